//! A call that failed: what happened, and what to do about it.

use crate::{
    i18n::{
        lang::{Lang, tell},
        ours::ours,
    },
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
    /// The API's message, in the language that it was asked in, or ours; from outside.
    pub message: &'a str,
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
        let message = ours(self.message.trim().trim_end_matches(['.', '。']), lang);
        let message = plain(&message);
        match self.kind {
            FailureKind::Denied => {
                let permission = permission(self.action);
                tell!(lang, "you lack the permission {permission}", "没有权限：{permission}")
            }
            FailureKind::Network => tell!(lang, "{message}", "连接失败：{message}"),
            FailureKind::Timeout => lang.of(&message, "没有在时限内收到应答").to_owned(),
            FailureKind::Unreadable => {
                let code = plain(self.code);
                tell!(lang, "{message}", "收到的应答不是云 API 的应答（{code}）")
            }
            FailureKind::Incomplete => tell!(lang, "{message}", "列表不完整：{message}"),
            FailureKind::Throttled => {
                lang.of("the cloud took no more calls for a minute", "请求过于频繁").to_owned()
            }
            FailureKind::Setup => tell!(lang, "{message}", "无法发起请求：{message}"),
            FailureKind::Expired => lang.of("the session has expired", "登录已过期").to_owned(),
            FailureKind::Credentials => tell!(lang, "{message}", "凭证不可用：{message}"),
            FailureKind::NotFound | FailureKind::Refused => message.into_owned(),
        }
    }

    /// What happened, with action, region, code and request.
    pub fn line(&self, lang: Lang) -> String {
        let (action, what, code) = (self.action, self.what(lang), plain(self.code));
        let region = self.region.map(|r| tell!(lang, " in {r}", "（{r}）")).unwrap_or_default();
        let id = self.request_id.map(plain).map(|id| tell!(lang, ", request {id}", "，请求 {id}"));
        let id = id.unwrap_or_default();
        tell!(lang, "{action}{region}: {what} ({code}{id})", "{action}{region}：{what}（{code}{id}）")
    }

    /// What to do about it; nothing where the message itself says all.
    pub fn advice(&self, others: Others<'_>, lang: Lang) -> Option<String> {
        let (en, zh) = match self.kind {
            FailureKind::Setup => (
                "mend the endpoint, in --endpoint or CVMSHARE_ENDPOINT, or the TLS settings",
                "请检查 --endpoint、CVMSHARE_ENDPOINT 或 TLS 设置",
            ),
            FailureKind::Network | FailureKind::Timeout => (
                "check the network and HTTPS_PROXY; --regions narrows down what is asked",
                "请检查网络与 HTTPS_PROXY；可用 --regions 缩小范围",
            ),
            FailureKind::Throttled => (
                "other programs use up this account's calls; try again in a minute",
                "其他程序也在使用该账号的调用额度；请一分钟后再试",
            ),
            FailureKind::Credentials if self.code == "AuthFailure.SignatureExpire" => {
                // Signatures of another profile would be as late.
                let set = "set this machine's clock; signatures of the last five minutes are taken";
                return Some(lang.of(set, "请校准本机时钟；签名仅在五分钟内有效").to_owned());
            }
            FailureKind::Credentials => ("check the key pair", "请检查密钥"),
            FailureKind::Expired => ("sign in again with the official CLI", "请用官方命令行工具重新登录"),
            FailureKind::Denied => ("ask the account's administrator for it", "请联系账号管理员授予该权限"),
            FailureKind::Unreadable => (
                "something between here and the cloud answered in its place; check the network and HTTPS_PROXY",
                "有其他设备代替云 API 应答；请检查网络与 HTTPS_PROXY",
            ),
            FailureKind::Incomplete => (
                "this is not the whole list; try again, and compare with the vendor's console",
                "这不是完整的列表；请重试，并与云服务商的控制台核对",
            ),
            FailureKind::NotFound | FailureKind::Refused => return None,
        };
        let first = lang.of(en, zh);
        let keys = matches!(self.kind, FailureKind::Credentials | FailureKind::Expired | FailureKind::Denied);
        let other = keys.then(|| others.advice(self.kind, lang)).flatten();
        Some(other.map_or_else(
            || first.to_owned(),
            |other| tell!(lang, "{first}, or {other}", "{first}，或{other}"),
        ))
    }
}

impl Others<'_> {
    fn advice(&self, kind: FailureKind, lang: Lang) -> Option<String> {
        let names = self.names.iter().map(|n| plain(n)).collect::<Vec<_>>().join(lang.of(", ", "、"));
        match (names.is_empty(), self.key) {
            // Whoever tries this program may have no account.
            (true, None) if kind == FailureKind::Credentials => {
                Some(lang.of("use --demo, which needs none", "使用无需密钥的 --demo").to_owned())
            }
            (true, _) => None,
            (_, Some(key)) => Some(tell!(
                lang,
                "turn to another profile with {key}: {names}",
                "按 {key} 切换到其他配置：{names}"
            )),
            (_, None) => Some(tell!(
                lang,
                "use another profile with --profile: {names}",
                "用 --profile 换用其他配置：{names}"
            )),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NONE: Others<'_> = Others { names: &[], key: None };

    fn failure(kind: FailureKind, action: &'static str, code: &'static str) -> Failure<'static> {
        let message = "You \u{1b}[2J may not.";
        Failure { kind, action, region: None, code, message, request_id: Some("71e6") }
    }

    #[test]
    fn a_missing_permission_is_named_with_who_can_give_it_and_who_has_it() {
        let denied = failure(FailureKind::Denied, "SyncImages", "AuthFailure.UnauthorizedOperation");
        let names = ["prod".to_owned(), "lab".to_owned()];
        assert_eq!(
            denied.line(Lang::En),
            "SyncImages: you lack the permission name/cvm:SyncImages (AuthFailure.UnauthorizedOperation, request 71e6)"
        );
        assert_eq!(
            denied.advice(Others { names: &names, key: Some("P") }, Lang::En).unwrap(),
            "ask the account's administrator for it, or turn to another profile with P: prod, lab"
        );
        assert_eq!(denied.advice(NONE, Lang::En).unwrap(), "ask the account's administrator for it");
        let region = "ap-guangzhou".parse().unwrap();
        let zh = Failure { region: Some(&region), ..denied };
        assert_eq!(
            zh.line(Lang::Zh),
            "SyncImages（ap-guangzhou）：没有权限：name/cvm:SyncImages（AuthFailure.UnauthorizedOperation，请求 71e6）"
        );
        assert_eq!(
            zh.advice(Others { names: &names, key: None }, Lang::Zh).unwrap(),
            "请联系账号管理员授予该权限，或用 --profile 换用其他配置：prod、lab"
        );
        assert_eq!(permission("AssumeRole"), "name/sts:AssumeRole");
        assert_eq!(permission("DescribeRegions"), "name/region:DescribeRegions");
    }

    #[test]
    fn what_the_cloud_said_is_shown_harmless_and_needs_no_advice() {
        let gone = failure(FailureKind::NotFound, "DescribeImages", "InvalidImageId.NotFound");
        assert_eq!(
            gone.line(Lang::En),
            "DescribeImages: You ^[[2J may not (InvalidImageId.NotFound, request 71e6)"
        );
        assert_eq!(gone.advice(NONE, Lang::En), None);
    }

    #[test]
    fn a_clock_is_fixed_here_and_not_by_another_profile() {
        let late = failure(FailureKind::Credentials, "DescribeImages", "AuthFailure.SignatureExpire");
        let names = ["prod".to_owned()];
        let advice = late.advice(Others { names: &names, key: None }, Lang::En).unwrap();
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
            for lang in [Lang::En, Lang::Zh] {
                assert!(!failure.what(lang).is_empty());
                assert_eq!(failure.advice(NONE, lang).is_none(), quiet, "{kind:?}");
            }
            let said = failure.what(Lang::Zh);
            assert!(quiet || said.chars().any(|c| c as u32 > 0x4e00), "{said}");
        }
    }
}
