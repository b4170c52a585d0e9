//! What the cloud says, without the secrets of the call and no longer than anybody reads.

use std::borrow::Cow;

use reqwest::header::{AUTHORIZATION, HeaderMap};

use super::Credentials;

/// Characters of a message that are kept.
pub(super) const LONGEST_MESSAGE: usize = 500;
/// Characters of a code or a request ID that are kept; the API's have some 60.
pub(super) const LONGEST_WORD: usize = 128;
/// What stands in a secret's place.
const HIDDEN: &str = "[redacted]";
/// What is shorter is no secret and may stand in any text.
const SHORTEST: usize = 8;

/// The secrets that a request carries or is signed with: a server may send them back in what it answers.
#[derive(Default)]
pub(super) struct Secrets<'a>(Vec<Cow<'a, str>>);

impl<'a> Secrets<'a> {
    pub(super) fn of(credentials: &'a Credentials, headers: &HeaderMap) -> Self {
        let authorization = headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok());
        let signature =
            authorization.and_then(|value| value.rsplit_once('=')).map(|(_, signature)| signature);
        let borrowed = [Some(credentials.secret_key()), credentials.token(), Some(credentials.secret_id())];
        let borrowed = borrowed.into_iter().flatten().map(Cow::Borrowed);
        let all = borrowed.chain(signature.map(|signature| Cow::Owned(signature.to_owned())));
        Self(all.filter(|secret| secret.len() >= SHORTEST).collect())
    }

    /// A text without them.
    pub(super) fn hide(&self, mut text: String) -> String {
        for secret in &self.0 {
            if text.contains(&**secret) {
                text = text.replace(&**secret, HIDDEN);
            }
        }
        text
    }

    /// A JSON document without them, where their slashes may be escaped as some encoders do.
    pub(super) fn hide_in_json(&self, text: String) -> String {
        let mut text = self.hide(text);
        for secret in self.0.iter().filter(|secret| secret.contains('/')) {
            let escaped = secret.replace('/', "\\/");
            if text.contains(&escaped) {
                text = text.replace(&escaped, HIDDEN);
            }
        }
        text
    }
}

/// A text of so many characters at most; of a longer one the beginning, and how much was cut.
pub(super) fn short(mut text: String, most: usize) -> String {
    let Some((end, _)) = text.char_indices().nth(most) else { return text };
    let cut = text.len() - end;
    text.truncate(end);
    text.shrink_to_fit();
    match cut {
        0..1024 => text + &format!("… ({cut} bytes cut)"),
        1024..1_048_576 => text + &format!("… ({} KiB cut)", cut >> 10),
        _ => text + &format!("… ({} MiB cut)", cut >> 20),
    }
}

#[cfg(test)]
mod tests {
    use reqwest::header::HeaderValue;

    use super::*;

    #[test]
    fn secrets_of_a_call_are_hidden_however_json_spells_them() {
        let keys = Credentials::new("AKIDexample", "hush/hush".to_owned().into(), "a test")
            .with_token("tok/en+of=it".to_owned().into(), None);
        let authorization = "TC3-HMAC-SHA256 Credential=AKIDexample/2026-01-01/cvm/tc3_request, SignedHeaders=host, \
                             Signature=0123456789abcdef";
        let headers = HeaderMap::from_iter([(AUTHORIZATION, HeaderValue::from_static(authorization))]);
        let secrets = Secrets::of(&keys, &headers);
        let echo = format!("token tok/en+of=it, key hush/hush, {authorization}");
        assert_eq!(
            secrets.hide(echo),
            "token [redacted], key [redacted], TC3-HMAC-SHA256 Credential=[redacted]/2026-01-01/cvm/tc3_request, \
             SignedHeaders=host, Signature=[redacted]"
        );
        let json = r#"{"a":"tok\/en+of=it","b":"hush/hush"}"#.to_owned();
        assert_eq!(secrets.hide_in_json(json), r#"{"a":"[redacted]","b":"[redacted]"}"#);
    }

    #[test]
    fn what_is_short_is_no_secret() {
        let keys = Credentials::new("a", "of".to_owned().into(), "a test");
        let secrets = Secrets::of(&keys, &HeaderMap::new());
        assert_eq!(secrets.hide("a region of two".into()), "a region of two");
    }

    #[test]
    fn long_texts_are_cut_between_characters() {
        assert_eq!(short("镜像不存在".into(), 5), "镜像不存在");
        assert_eq!(short("镜像不存在".into(), 2), "镜像… (9 bytes cut)");
        assert_eq!(short("a".repeat(7 << 20), 3), "aaa… (6 MiB cut)");
        assert_eq!(short("a".repeat(5000), 3), "aaa… (4 KiB cut)");
    }
}
