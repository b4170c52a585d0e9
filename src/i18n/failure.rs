//! A call that failed: what happened, and what to do about it.

use crate::{
    messages::{Lang, Text, m, tr},
    model::{FailureKind, Region, plain},
};

/// A failed call, as far as words are made of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Failure<'a> {
    /// In one word.
    pub kind: FailureKind,
    /// `DescribeImages`
    pub action: &'a str,
    /// Where.
    pub region: Option<&'a Region>,
    /// The API's code, or a lower-case word of ours.
    pub code: &'a str,
    /// A literal is the API's message, unmodified, in the language that it was asked in.
    pub message: &'a Text,
    /// The API's id of the call.
    pub request_id: Option<&'a str>,
}

/// The profiles that can be turned to, and by which key or flag.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Others<'a> {
    /// Their names.
    pub names: &'a [String],
    /// The key; nothing on a command line.
    pub key: Option<&'a str>,
}

/// The permission that the vendor's access management knows an action by, as policies spell it.
pub fn permission(action: &str) -> String {
    let service = match action {
        "GetCallerIdentity" | "AssumeRole" => "sts",
        "DescribeRegions" => "region",
        _ => "cvm",
    };
    format!("name/{service}:{action}")
}

impl Failure<'_> {
    /// What happened, for one line.
    pub fn what(&self, lang: Lang) -> String {
        let message = self.message.render(lang);
        let message = plain(message.trim().trim_end_matches(['.', '\u{3002}']));
        match self.kind {
            FailureKind::Denied => {
                let permission = permission(self.action);
                tr!(lang, failure_you_lack_permission, permission)
            }
            FailureKind::Network => tr!(lang, failure_joined, message),
            FailureKind::Timeout => tr!(lang, failure_timeout, message),
            FailureKind::Unreadable => message.into_owned(),
            FailureKind::Incomplete => tr!(lang, failure_joined_c, message),
            FailureKind::Throttled => lang.text(m::failure_cloud_took_no_more_calls).to_owned(),
            FailureKind::Setup => tr!(lang, failure_joined_d, message),
            FailureKind::Expired => lang.text(m::failure_session_has_expired).to_owned(),
            FailureKind::Credentials => tr!(lang, failure_joined_e, message),
            FailureKind::NotFound | FailureKind::Refused => message.into_owned(),
        }
    }

    /// What happened, with action and region.
    pub fn with_place(&self, lang: Lang) -> String {
        let (action, what) = (self.action, self.what(lang));
        match self.region {
            Some(region) => tr!(lang, failure_in_region, action, region, what),
            None => tr!(lang, failure_of_action, action, what),
        }
    }

    /// What happened, with action, region, code and request.
    pub fn line(&self, lang: Lang) -> String {
        let (action, what, code) = (self.action, self.what(lang), plain(self.code));
        let region = self.region.map(|r| tr!(lang, failure_in, r)).unwrap_or_default();
        let id = self.request_id.map(plain).map(|id| tr!(lang, common_request, id));
        let id = id.unwrap_or_default();
        tr!(lang, failure_joined_f, action, region, what, code, id)
    }

    /// What to do about it; nothing where the message itself says all.
    pub fn advice(&self, others: Others<'_>, lang: Lang) -> Option<String> {
        let first = lang.text(match self.kind {
            FailureKind::Setup => m::failure_mend_endpoint_in_endpoint_or,
            FailureKind::Network | FailureKind::Timeout => m::failure_check_network_and_https_proxy,
            FailureKind::Throttled => m::failure_other_programs_use_up_this,
            FailureKind::Credentials if self.code == "AuthFailure.SignatureExpire" => {
                // Signatures of another profile would be as late.
                return Some(lang.text(m::failure_set_clock).to_owned());
            }
            FailureKind::Credentials => m::failure_check_key_pair,
            FailureKind::Expired => m::failure_sign_in_again_with_official,
            FailureKind::Denied => m::failure_ask_accounts_administrator_for_it,
            FailureKind::Unreadable => m::failure_something_between_here_and_cloud,
            FailureKind::Incomplete => m::failure_this_is_not_whole_list,
            FailureKind::NotFound | FailureKind::Refused => return None,
        });
        let keys = matches!(self.kind, FailureKind::Credentials | FailureKind::Expired | FailureKind::Denied);
        let other = keys.then(|| others.advice(self.kind, lang)).flatten();
        Some(other.map_or_else(|| first.to_owned(), |other| tr!(lang, failure_or, first, other)))
    }
}

impl Others<'_> {
    fn advice(&self, kind: FailureKind, lang: Lang) -> Option<String> {
        let names = self.names.iter().map(|n| plain(n)).collect::<Vec<_>>().join(lang.text(m::common_comma));
        match (names.is_empty(), self.key) {
            // Whoever tries this program may have no account.
            (true, None) if kind == FailureKind::Credentials => {
                Some(lang.text(m::failure_use_demo_which_needs_none).to_owned())
            }
            (true, _) => None,
            (_, Some(key)) => Some(tr!(lang, failure_turn_to_another_profile_with, key, names)),
            (_, None) => Some(tr!(lang, failure_use_another_profile_with_profile, names)),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use super::*;

    const NONE: Others<'_> = Others { names: &[], key: None };

    fn failure(kind: FailureKind, action: &'static str, code: &'static str) -> Failure<'static> {
        static MESSAGE: LazyLock<Text> = LazyLock::new(|| "You \u{1b}[2J may not.".into());
        Failure { kind, action, region: None, code, message: &MESSAGE, request_id: Some("71e6") }
    }

    #[test]
    fn a_missing_permission_is_named_with_who_can_give_it_and_who_has_it() {
        let denied = failure(FailureKind::Denied, "SyncImages", "AuthFailure.UnauthorizedOperation");
        let names = ["prod".to_owned(), "lab".to_owned()];
        assert_eq!(
            denied.line(Lang::EN),
            "SyncImages: you lack the permission name/cvm:SyncImages (AuthFailure.UnauthorizedOperation, request 71e6)"
        );
        assert_eq!(
            denied.advice(Others { names: &names, key: Some("P") }, Lang::EN).unwrap(),
            "ask the account's administrator for it, or turn to another profile with P: prod, lab"
        );
        assert_eq!(denied.advice(NONE, Lang::EN).unwrap(), "ask the account's administrator for it");
        let region = "ap-guangzhou".parse().unwrap();
        let zh = Failure { region: Some(&region), ..denied };
        let (line, others) = (zh.line(Lang::ZH), Others { names: &names, key: None });
        let kept = ["SyncImages", "ap-guangzhou", "name/cvm:SyncImages", denied.code, "71e6"];
        assert!(kept.iter().all(|part| line.contains(part)) && line != zh.line(Lang::EN), "{line}");
        let advice = zh.advice(others, Lang::ZH).unwrap();
        let kept = ["--profile", "prod\u{3001}lab"];
        assert!(kept.iter().all(|part| advice.contains(part)), "{advice}");
        assert_eq!(permission("AssumeRole"), "name/sts:AssumeRole");
        assert_eq!(permission("DescribeRegions"), "name/region:DescribeRegions");
    }

    #[test]
    fn what_the_cloud_said_is_shown_harmless_and_needs_no_advice() {
        let gone = failure(FailureKind::NotFound, "DescribeImages", "InvalidImageId.NotFound");
        assert_eq!(
            gone.line(Lang::EN),
            "DescribeImages: You ^[[2J may not (InvalidImageId.NotFound, request 71e6)"
        );
        assert_eq!(gone.advice(NONE, Lang::EN), None);
    }

    #[test]
    fn a_clock_is_fixed_here_and_not_by_another_profile() {
        let late = failure(FailureKind::Credentials, "DescribeImages", "AuthFailure.SignatureExpire");
        let names = ["prod".to_owned()];
        let advice = late.advice(Others { names: &names, key: None }, Lang::EN).unwrap();
        assert_eq!(advice, "set this machine's clock; signatures of the last five minutes are taken");
    }

    #[test]
    fn every_kind_has_words_in_both_languages() {
        use FailureKind::*;
        for kind in [
            Setup,
            Network,
            Timeout,
            Throttled,
            Credentials,
            Expired,
            Denied,
            NotFound,
            Refused,
            Unreadable,
            Incomplete,
        ] {
            let failure = failure(kind, "DescribeImages", "code");
            let quiet = matches!(kind, NotFound | Refused);
            for lang in [Lang::EN, Lang::ZH] {
                assert!(!failure.what(lang).is_empty());
                assert_eq!(failure.advice(NONE, lang).is_none(), quiet, "{kind:?}");
            }
            let said = failure.what(Lang::ZH);
            assert!(quiet || said.chars().any(|c| c as u32 > 0x4e00), "{said}");
        }
    }
}
