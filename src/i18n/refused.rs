//! Explains why a call of a job failed, with the sentence of a rule if one applies.

use crate::{
    i18n::{
        failure::{Failure, OtherProfiles},
        words::{remedy, sentence},
    },
    messages::{Lang, Text, tr},
    model::{FailureDetail, FailureKind, JobFailure, plain},
    rules::{Args, Code, Remedy, meanings_of},
};

/// The purpose of a job's call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// Copies an image.
    Copy,
    /// Shares an image or a copy.
    Share,
}

impl Purpose {
    /// Returns the same word as [`crate::rules::Action::as_str`].
    pub fn word(self) -> &'static str {
        match self {
            Self::Copy => "copy",
            Self::Share => "share",
        }
    }
}

/// Returns the sentence about a failure and, if known, the fix. The result is neutralised.
pub fn job_failure(failure: &JobFailure, wanted: Purpose, lang: Lang) -> (String, Option<String>) {
    let (code, text) = (failure.code.as_str(), &failure.text);
    if let Some(FailureDetail::Denied(action)) = &failure.detail {
        let (kind, message) = (FailureKind::Denied, &Text::default());
        let denied = Failure { kind, action, region: None, code, message, request_id: None };
        return (plain(&denied.summary(lang)).into_owned(), denied.advice(OtherProfiles::default(), lang));
    }
    let meant = meanings_of(wanted.word(), code).first().copied();
    let fix = meant.map(|code| remedy(&remedy_for(code), code, lang)).filter(|fix| !fix.is_empty());
    // The messages of this program say more than the rule does.
    let rule = meant.filter(|_| text.as_literal().is_some()).map(|code| sentence(code, &Args::new(), lang));
    let about = rule.unwrap_or_else(|| text.render(lang));
    let told = match &failure.detail {
        Some(FailureDetail::Fitted { accounts, of }) => {
            tr!(lang, refused_accounts_fitted, about, fitted = accounts, of)
        }
        _ => about,
    };
    (plain(&told).into_owned(), fix)
}

/// Returns the remedy for a code. An image that is not NORMAL may become NORMAL, so the remedy is to wait.
fn remedy_for(code: Code) -> Remedy {
    match code {
        Code::ShareNotNormal | Code::CopyNotNormal => Remedy::Wait,
        _ => Remedy::None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::messages::text;

    /// A failure, the purpose, the sentence, the fix, and what the Chinese text keeps of the arguments; `None` if it is
    /// not translated.
    type Case = (JobFailure, Purpose, &'static str, Option<&'static str>, Option<&'static [&'static str]>);

    fn chinese(text: &str) -> bool {
        text.chars().any(|c| c > '\u{4e00}')
    }

    #[test]
    fn a_refusal_has_the_sentence_of_its_rule_and_other_failures_their_own_text() {
        let sub = || {
            JobFailure::new("FailedOperation.NotMasterAccount", "The account \u{1b}[2J is no main account.")
        };
        let full = JobFailure::new("OverQuota", "Too many.");
        let fitted = Some(FailureDetail::Fitted { accounts: 2, of: 3 });
        let denied = Some(FailureDetail::Denied("SyncImages".to_owned()));
        let taken = text!(job_name_taken, image = "img-00000001");
        let cases: [Case; 8] = [
            (
                sub(),
                Purpose::Share,
                "This is a sub-account; images can be shared only with main accounts.",
                Some("ask the receiver for the ID of the main account"),
                Some(&[]),
            ),
            (sub(), Purpose::Copy, "The account ^[[2J is no main account.", None, None),
            (
                JobFailure { detail: fitted, ..full },
                Purpose::Share,
                "This image cannot be shared with more accounts. 2 of 3 accounts could be added.",
                Some("remove some receivers, or cancel shares that are no longer needed"),
                Some(&["2", "3"]),
            ),
            (
                JobFailure::new("InvalidImageId.IncorrectState", "It is SYNCING."),
                Purpose::Copy,
                "The image can be copied only while it is NORMAL.",
                Some("wait until it is NORMAL"),
                Some(&["NORMAL"]),
            ),
            (
                JobFailure::new("InvalidImageName.Duplicate", taken),
                Purpose::Copy,
                "img-00000001 has the name and is not known to be this job's copy",
                Some("use another name"),
                Some(&["img-00000001"]),
            ),
            (
                JobFailure {
                    detail: denied,
                    ..JobFailure::new("AuthFailure.UnauthorizedOperation", "You may not.")
                },
                Purpose::Copy,
                "permission name/cvm:SyncImages is missing",
                Some("ask the account's administrator to grant it"),
                Some(&["name/cvm:SyncImages"]),
            ),
            (JobFailure::new("lost", ""), Purpose::Share, "", None, None),
            // An older version has written this.
            (
                JobFailure::new("gone", "the share is not there any more"),
                Purpose::Share,
                "the share is not there any more",
                None,
                None,
            ),
        ];
        for (failure, wanted, sentence, fix, translated) in cases {
            let english = job_failure(&failure, wanted, Lang::EN);
            assert_eq!((english.0.as_str(), english.1.as_deref()), (sentence, fix));
            let (zh, zh_fix) = job_failure(&failure, wanted, Lang::ZH);
            assert_eq!(zh_fix.is_some_and(|fix| chinese(&fix)), fix.is_some(), "{zh}");
            match translated {
                Some(kept) => assert!(chinese(&zh) && kept.iter().all(|part| zh.contains(part)), "{zh}"),
                None => assert_eq!(zh, sentence),
            }
        }
    }
}
