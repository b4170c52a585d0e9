//! Redacts the secrets of a call in texts from the cloud, and truncates these texts.

use std::borrow::Cow;

use reqwest::header::{AUTHORIZATION, HeaderMap};

use super::Credentials;

/// Maximum number of characters in a message.
pub(super) const MAX_MESSAGE_CHARS: usize = 500;
/// Maximum number of characters in an error code or a request ID. Those of the API have about 60.
pub(super) const MAX_CODE_CHARS: usize = 128;
/// The text that replaces a secret.
const HIDDEN: &str = "[redacted]";
/// Minimum length of a secret. Shorter texts may occur anywhere.
const MIN_SECRET_LEN: usize = 8;

/// The secrets of a request. A server may return them in its answer.
#[derive(Default)]
pub(super) struct Secrets<'a>(Vec<Cow<'a, str>>);

impl<'a> Secrets<'a> {
    pub(super) fn of_request(credentials: &'a Credentials, headers: &HeaderMap) -> Self {
        let authorization = headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok());
        let signature =
            authorization.and_then(|value| value.rsplit_once('=')).map(|(_, signature)| signature);
        let borrowed = [Some(credentials.secret_key()), credentials.token(), Some(credentials.secret_id())];
        let borrowed = borrowed.into_iter().flatten().map(Cow::Borrowed);
        let all = borrowed.chain(signature.map(|signature| Cow::Owned(signature.to_owned())));
        Self(all.filter(|secret| secret.len() >= MIN_SECRET_LEN).collect())
    }

    /// Redacts the secrets in a text.
    pub(super) fn hide(&self, mut text: String) -> String {
        for secret in &self.0 {
            if text.contains(&**secret) {
                text = text.replace(&**secret, HIDDEN);
            }
        }
        text
    }

    /// Redacts the secrets in a JSON document, whose slashes may be escaped.
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

/// Truncates a text to `most` characters and notes how many bytes were cut, such as `(+9 B)`.
pub(super) fn truncate(mut text: String, most: usize) -> String {
    let Some((end, _)) = text.char_indices().nth(most) else { return text };
    let cut = text.len() - end;
    text.truncate(end);
    text.shrink_to_fit();
    match cut {
        0..1024 => text + &format!("… (+{cut} B)"),
        1024..1_048_576 => text + &format!("… (+{} KiB)", cut >> 10),
        _ => text + &format!("… (+{} MiB)", cut >> 20),
    }
}

#[cfg(test)]
mod tests {
    use reqwest::header::HeaderValue;

    use super::*;

    #[test]
    fn redacts_secrets_with_escaped_slashes() {
        let keys = Credentials::new("AKIDexample", "hush/hush".to_owned().into(), "a test")
            .with_token("tok/en+of=it".to_owned().into(), None);
        let authorization = "TC3-HMAC-SHA256 Credential=AKIDexample/2026-01-01/cvm/tc3_request, SignedHeaders=host, \
                             Signature=0123456789abcdef";
        let headers = HeaderMap::from_iter([(AUTHORIZATION, HeaderValue::from_static(authorization))]);
        let secrets = Secrets::of_request(&keys, &headers);
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
    fn ignores_short_secrets() {
        let keys = Credentials::new("a", "of".to_owned().into(), "a test");
        let secrets = Secrets::of_request(&keys, &HeaderMap::new());
        assert_eq!(secrets.hide("a region of two".into()), "a region of two");
    }

    #[test]
    fn truncates_between_characters() {
        assert_eq!(
            truncate("\u{955c}\u{50cf}\u{4e0d}\u{5b58}\u{5728}".into(), 5),
            "\u{955c}\u{50cf}\u{4e0d}\u{5b58}\u{5728}"
        );
        assert_eq!(
            truncate("\u{955c}\u{50cf}\u{4e0d}\u{5b58}\u{5728}".into(), 2),
            "\u{955c}\u{50cf}… (+9 B)"
        );
        assert_eq!(truncate("a".repeat(7 << 20), 3), "aaa… (+6 MiB)");
        assert_eq!(truncate("a".repeat(5000), 3), "aaa… (+4 KiB)");
    }
}
