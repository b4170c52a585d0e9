//! Texts about a failed call: what happened and what to do.

use crate::{
    messages::{Lang, Text, m, tr},
    model::{FailureKind, Region, plain},
};

/// A failed call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Failure<'a> {
    /// The kind of failure.
    pub kind: FailureKind,
    /// The API action, such as `DescribeImages`.
    pub action: &'a str,
    /// The region that was called.
    pub region: Option<&'a Region>,
    /// The API's error code, or a lower-case word of this program.
    pub code: &'a str,
    /// The API's message as a literal, unmodified, in the language of the request, or a message of this program.
    pub message: &'a Text,
    /// The request id of the API.
    pub request_id: Option<&'a str>,
}

/// The other profiles that the user can switch to, and how.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct OtherProfiles<'a> {
    /// The names of the profiles.
    pub names: &'a [String],
    /// The key that switches profiles. `None` on a command line.
    pub key: Option<&'a str>,
}

/// Returns the name that access policies use for the permission to call an action.
pub fn permission(action: &str) -> String {
    let service = match action {
        "GetCallerIdentity" | "AssumeRole" => "sts",
        "DescribeRegions" => "region",
        _ => "cvm",
    };
    format!("name/{service}:{action}")
}

impl Failure<'_> {
    /// Returns what happened, on one line.
    pub fn summary(&self, lang: Lang) -> String {
        let message = self.message.render(lang);
        let message = plain(message.trim().trim_end_matches(['.', '\u{3002}']));
        match self.kind {
            FailureKind::Denied => {
                let permission = permission(self.action);
                tr!(lang, failure_you_lack_permission, permission)
            }
            FailureKind::Network => tr!(lang, failure_network, message),
            FailureKind::Incomplete => tr!(lang, failure_incomplete, message),
            FailureKind::Throttled => lang.text(m::failure_throttled).to_owned(),
            FailureKind::Setup => tr!(lang, failure_setup, message),
            FailureKind::Expired => lang.text(m::failure_session_has_expired).to_owned(),
            FailureKind::Credentials => tr!(lang, failure_credentials, message),
            FailureKind::Timeout | FailureKind::Unreadable | FailureKind::NotFound | FailureKind::Refused => {
                message.into_owned()
            }
        }
    }

    /// Returns what happened, with action and region.
    pub fn summary_with_region(&self, lang: Lang) -> String {
        let (action, what) = (self.action, self.summary(lang));
        match self.region {
            Some(region) => tr!(lang, failure_in_region, action, region, what),
            None => tr!(lang, failure_of_action, action, what),
        }
    }

    /// Returns what happened, with action, region, code and request id.
    pub fn details(&self, lang: Lang) -> String {
        let (action, what, code) = (self.action, self.summary(lang), plain(self.code));
        let region = self.region.map(|r| tr!(lang, failure_in, r)).unwrap_or_default();
        let id = self.request_id.map(plain).map(|id| tr!(lang, common_request, id));
        let id = id.unwrap_or_default();
        tr!(lang, failure_line, action, region, what, code, id)
    }

    /// Returns what to do, or `None` if the message already says it.
    pub fn advice(&self, others: OtherProfiles<'_>, lang: Lang) -> Option<String> {
        let first = lang.text(match self.kind {
            FailureKind::Setup => m::failure_check_endpoint,
            FailureKind::Network | FailureKind::Timeout => m::failure_check_network,
            FailureKind::Throttled => m::failure_quota_used_up,
            FailureKind::Credentials if self.code == "AuthFailure.SignatureExpire" => {
                // Calls of another profile would fail too, because they use the same clock.
                return Some(lang.text(m::failure_set_clock).to_owned());
            }
            FailureKind::Credentials => m::failure_check_key_pair,
            FailureKind::Expired => m::failure_sign_in_again,
            FailureKind::Denied => m::failure_ask_administrator,
            FailureKind::Unreadable => m::failure_intercepted,
            FailureKind::Incomplete => m::failure_list_incomplete,
            FailureKind::NotFound | FailureKind::Refused => return None,
        });
        let keys = matches!(self.kind, FailureKind::Credentials | FailureKind::Expired | FailureKind::Denied);
        let other = keys.then(|| others.advice(self.kind, lang)).flatten();
        Some(other.map_or_else(|| first.to_owned(), |other| tr!(lang, failure_or, first, other)))
    }
}

impl OtherProfiles<'_> {
    fn advice(&self, kind: FailureKind, lang: Lang) -> Option<String> {
        let names =
            self.names.iter().map(|n| plain(n)).collect::<Vec<_>>().join(lang.text(m::common_list_comma));
        match (names.is_empty(), self.key) {
            // A user without any credentials may only want to try the program.
            (true, None) if kind == FailureKind::Credentials => {
                Some(lang.text(m::failure_use_demo_which_needs_none).to_owned())
            }
            (true, _) => None,
            (_, Some(key)) => Some(tr!(lang, failure_switch_profile, key, names)),
            (_, None) => Some(tr!(lang, failure_use_profile, names)),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use super::*;

    const NONE: OtherProfiles<'_> = OtherProfiles { names: &[], key: None };

    fn failure(kind: FailureKind, action: &'static str, code: &'static str) -> Failure<'static> {
        static MESSAGE: LazyLock<Text> = LazyLock::new(|| "You \u{1b}[2J may not.".into());
        Failure { kind, action, region: None, code, message: &MESSAGE, request_id: Some("71e6") }
    }

    #[test]
    fn a_missing_permission_is_named_with_who_can_give_it_and_who_has_it() {
        let denied = failure(FailureKind::Denied, "SyncImages", "AuthFailure.UnauthorizedOperation");
        let names = ["prod".to_owned(), "lab".to_owned()];
        assert_eq!(
            denied.details(Lang::EN),
            "SyncImages: permission name/cvm:SyncImages is missing (AuthFailure.UnauthorizedOperation, request 71e6)"
        );
        assert_eq!(
            denied.advice(OtherProfiles { names: &names, key: Some("P") }, Lang::EN).unwrap(),
            "ask the account's administrator to grant it, or switch to another profile with P: prod, lab"
        );
        assert_eq!(denied.advice(NONE, Lang::EN).unwrap(), "ask the account's administrator to grant it");
        let region = "ap-guangzhou".parse().unwrap();
        let zh = Failure { region: Some(&region), ..denied };
        let (line, others) = (zh.details(Lang::ZH), OtherProfiles { names: &names, key: None });
        let kept = ["SyncImages", "ap-guangzhou", "name/cvm:SyncImages", denied.code, "71e6"];
        assert!(kept.iter().all(|part| line.contains(part)) && line != zh.details(Lang::EN), "{line}");
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
            gone.details(Lang::EN),
            "DescribeImages: You ^[[2J may not (InvalidImageId.NotFound, request 71e6)"
        );
        assert_eq!(gone.advice(NONE, Lang::EN), None);
    }

    #[test]
    fn a_clock_is_fixed_here_and_not_by_another_profile() {
        let late = failure(FailureKind::Credentials, "DescribeImages", "AuthFailure.SignatureExpire");
        let names = ["prod".to_owned()];
        let advice = late.advice(OtherProfiles { names: &names, key: None }, Lang::EN).unwrap();
        assert_eq!(advice, "set this machine's clock; signatures are valid for five minutes");
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
                assert!(!failure.summary(lang).is_empty());
                assert_eq!(failure.advice(NONE, lang).is_none(), quiet, "{kind:?}");
            }
            let said = failure.summary(Lang::ZH);
            // The message of these kinds is the program's own, in the language of the person.
            let own = matches!(kind, Timeout | Unreadable);
            assert!(quiet || own || said.chars().any(|c| c as u32 > 0x4e00), "{said}");
        }
    }
}
