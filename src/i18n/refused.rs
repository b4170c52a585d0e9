//! Explains why a call of a job failed, with the sentence of a rule if one applies.

use crate::{
    i18n::{
        failure::{Failure, OtherProfiles},
        ours::{is_ours, ours, parts},
        words::{remedy, sentence},
    },
    messages::{Lang, tr},
    model::{FailureKind, plain},
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

/// Returns the sentence about a failure and, if known, the fix. `code` is the API's code, a rule's code or a word of
/// this program. `text` is the message that the job recorded. The result is neutralised.
pub fn job_failure(code: &str, text: &str, wanted: Purpose, lang: Lang) -> (String, Option<String>) {
    if let Some([_, action]) = parts("{} (CAM action cvm:{})", text).as_deref() {
        let kind = FailureKind::Denied;
        let denied = Failure { kind, action, region: None, code, message: "", request_id: None };
        return (plain(&denied.summary(lang)).into_owned(), denied.advice(OtherProfiles::default(), lang));
    }
    let meant = meanings_of(wanted.word(), code).first().copied();
    let fix = meant.map(|code| remedy(&remedy_for(code), code, lang)).filter(|fix| !fix.is_empty());
    let fitted = parts("{} ({} of {} accounts fitted)", text);
    let told = match (meant, fitted.as_deref()) {
        (Some(meant), Some([_, fitted, of])) => {
            let about = sentence(meant, &Args::new(), lang);
            tr!(lang, refused_accounts_fitted, about, fitted, of)
        }
        (Some(meant), None) if !is_ours(text) => sentence(meant, &Args::new(), lang),
        _ => ours(text, lang).into_owned(),
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

    /// The expected sentence and fix.
    type Told = (&'static str, Option<&'static str>);

    #[test]
    fn a_refusal_is_told_in_the_words_of_the_rules_and_anything_else_as_it_came() {
        let cloud = "The account \u{1b}[2J is no main account.";
        let sub = "FailedOperation.NotMasterAccount";
        let cases: &[(&str, &str, Purpose, [Told; 2])] = &[
            (
                sub,
                cloud,
                Purpose::Share,
                [
                    (
                        "This is a sub-account; images can be shared only with main accounts.",
                        Some("ask the receiver for the ID of the main account"),
                    ),
                    ("对方是子账号，镜像只能共享给主账号。", Some("请对方提供主账号的 ID")),
                ],
            ),
            (sub, cloud, Purpose::Copy, [("The account ^[[2J is no main account.", None); 2]),
            (
                "OverQuota",
                "Too many. (2 of 3 accounts fitted)",
                Purpose::Share,
                [
                    (
                        "This image cannot be shared with more accounts. 2 of 3 accounts could be added.",
                        Some("remove some receivers, or cancel shares that are no longer needed"),
                    ),
                    (
                        "这个镜像不能再共享给更多账号。3 个账号中可添加 2 个。",
                        Some("减少接收方，或先取消不再需要的共享"),
                    ),
                ],
            ),
            (
                "InvalidImageId.IncorrectState",
                "It is SYNCING.",
                Purpose::Copy,
                [
                    ("The image can be copied only while it is NORMAL.", Some("wait until it is NORMAL")),
                    ("镜像只有处于 NORMAL 时才能复制。", Some("等它变为 NORMAL")),
                ],
            ),
            (
                "InvalidImageName.Duplicate",
                "img-00000001 has the name and is not known to be this job's copy",
                Purpose::Copy,
                [
                    (
                        "img-00000001 has the name and is not known to be this job's copy",
                        Some("use another name"),
                    ),
                    ("img-00000001 占用了这个名称，且不能确定是本任务的副本", Some("换个名称")),
                ],
            ),
            (
                "AuthFailure.UnauthorizedOperation",
                "You may not. (CAM action cvm:SyncImages)",
                Purpose::Copy,
                [
                    (
                        "permission name/cvm:SyncImages is missing",
                        Some("ask the account's administrator to grant it"),
                    ),
                    ("缺少权限：name/cvm:SyncImages", Some("请联系账号管理员授予该权限")),
                ],
            ),
            ("lost", "", Purpose::Share, [("", None); 2]),
        ];
        for (code, text, wanted, told) in cases {
            for (lang, (sentence, fix)) in [Lang::EN, Lang::ZH].into_iter().zip(told) {
                let got = job_failure(code, text, *wanted, lang);
                assert_eq!((got.0.as_str(), got.1.as_deref()), (*sentence, *fix), "{code} {lang:?}");
            }
        }
    }
}
