//! Keys and tokens.
//!
//! Each secret is in memory once and is registered, so that [`redact`] finds it in any text that leaves the
//! program. Its memory is overwritten when it is no longer needed.

use parking_lot::{Mutex, MutexGuard};
use std::{borrow::Cow, collections::VecDeque, fmt, sync::Arc};

use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Deserializer};

/// The text that replaces a secret.
pub const REDACTED: &str = "[redacted]";
/// The minimum length of a registered secret in bytes. Shorter ones would match within words. Real keys have 32
/// characters.
const MIN_SECRET_LEN: usize = 6;
/// The number of secrets that the registry keeps. A profile has three, and three more for each assumed role.
const MAX_SECRETS: usize = 256;
/// The number of signatures that the registry keeps. Each is valid for five minutes.
const MAX_SIGNATURES: usize = 256;
/// The length of a signature: SHA-256 in hexadecimal.
const SIGNATURE_LEN: usize = 64;

/// A secret text.
///
/// Clones share one buffer, and so do secrets with the same text. The buffer is overwritten when its last user is
/// dropped and the registry has discarded it, which happens after `MAX_SECRETS` newer secrets or in
/// [`forget_all`]. `Debug` does not show the text.
#[derive(Clone)]
pub struct Secret(Arc<SecretString>);

impl Secret {
    /// Returns the text, for signing and for headers.
    pub fn expose(&self) -> &str {
        self.0.expose_secret()
    }

    /// Returns whether the text is empty.
    pub fn is_empty(&self) -> bool {
        self.expose().is_empty()
    }

    /// Returns the secret without leading and trailing white space. Copies the text only if there is some.
    #[must_use]
    pub fn trimmed(self) -> Self {
        let text = self.expose().trim();
        if text.len() == self.expose().len() { self } else { Self::from(text) }
    }
}

impl From<SecretString> for Secret {
    fn from(text: SecretString) -> Self {
        if text.expose_secret().len() < MIN_SECRET_LEN {
            return Self(Arc::new(text));
        }
        let mut known = registry();
        if let Some(same) = known.secrets.iter().find(|one| one.expose_secret() == text.expose_secret()) {
            return Self(same.clone());
        }
        if known.secrets.len() == MAX_SECRETS {
            known.secrets.pop_front();
        }
        let secret = Arc::new(text);
        known.secrets.push_back(secret.clone());
        Self(secret)
    }
}

impl From<String> for Secret {
    fn from(text: String) -> Self {
        Self::from(SecretString::from(text))
    }
}

impl From<&str> for Secret {
    fn from(text: &str) -> Self {
        Self::from(SecretString::from(text))
    }
}

impl From<&String> for Secret {
    fn from(text: &String) -> Self {
        Self::from(text.as_str())
    }
}

impl Default for Secret {
    fn default() -> Self {
        Self::from("")
    }
}

impl PartialEq for Secret {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0) || self.expose() == other.expose()
    }
}

impl Eq for Secret {}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(REDACTED)
    }
}

impl<'de> Deserialize<'de> for Secret {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        SecretString::deserialize(from).map(Self::from)
    }
}

/// The texts that [`redact`] searches for.
#[derive(Default)]
struct Registry {
    /// The shared buffers of the secrets, not copies.
    secrets: VecDeque<Arc<SecretString>>,
    /// The signatures of the latest requests.
    signatures: VecDeque<[u8; SIGNATURE_LEN]>,
}

fn registry() -> MutexGuard<'static, Registry> {
    static REGISTRY: Mutex<Registry> =
        Mutex::new(Registry { secrets: VecDeque::new(), signatures: VecDeque::new() });
    REGISTRY.lock()
}

/// Registers the signature of a request, in case a service returns it in a message. Ignores text that is not 64
/// characters long.
pub fn remember_signature(hexadecimal: &str) {
    let Ok(signature) = <[u8; SIGNATURE_LEN]>::try_from(hexadecimal.as_bytes()) else { return };
    let mut known = registry();
    if known.signatures.len() == MAX_SIGNATURES {
        known.signatures.pop_front();
    }
    known.signatures.push_back(signature);
}

/// Clears the registry and overwrites the secrets that have no other user. Call this at the end of the program,
/// after the last output.
pub fn forget_all() {
    let mut known = registry();
    known.secrets.clear();
    known.signatures.clear();
}

/// Replaces every registered secret and signature in a text by [`REDACTED`]. Also finds secrets whose `"` and `\`
/// are escaped, as JSON and `Debug` do.
pub fn redact(text: &str) -> Cow<'_, str> {
    let known = registry();
    let mut text = redact_signatures(text, &known.signatures);
    for secret in &known.secrets {
        let spans = find_spans(&text, secret.expose_secret());
        if spans.is_empty() {
            continue;
        }
        let mut out = String::with_capacity(text.len());
        let mut end = 0;
        for (from, to) in spans {
            out.push_str(&text[end..from]);
            out.push_str(REDACTED);
            end = to;
        }
        out.push_str(&text[end..]);
        text = Cow::Owned(out);
    }
    text
}

fn redact_signatures<'a>(text: &'a str, signatures: &VecDeque<[u8; SIGNATURE_LEN]>) -> Cow<'a, str> {
    if signatures.is_empty() || text.len() < SIGNATURE_LEN {
        return Cow::Borrowed(text);
    }
    let mut out = String::new();
    let (mut end, mut start) = (0, None);
    let is_hex = |byte: u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
    for at in 0..=text.len() {
        let inside = text.as_bytes().get(at).is_some_and(|byte| is_hex(*byte));
        match (inside, start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                start = None;
                let run = &text.as_bytes()[from..at];
                if run.len() >= SIGNATURE_LEN
                    && run.windows(SIGNATURE_LEN).any(|w| signatures.iter().any(|s| s.as_slice() == w))
                {
                    out.push_str(&text[end..from]);
                    out.push_str(REDACTED);
                    end = at;
                }
            }
            _ => {}
        }
    }
    match end {
        0 => Cow::Borrowed(text),
        _ => {
            out.push_str(&text[end..]);
            Cow::Owned(out)
        }
    }
}

/// Returns the byte ranges of a secret in a text, escaped or not.
fn find_spans(text: &str, secret: &str) -> Vec<(usize, usize)> {
    let mut found: Vec<(usize, usize)> = Vec::new();
    if !secret.contains(['"', '\\']) {
        found.extend(text.match_indices(secret).map(|(at, _)| (at, at + secret.len())));
        return found;
    }
    let first = secret.chars().next().unwrap_or_default();
    for (at, _) in text.match_indices([first, '\\']) {
        if found.last().is_some_and(|(_, to)| at < *to) {
            continue;
        }
        if let Some(length) = matching_len(&text[at..], secret) {
            found.push((at, at + length));
        }
    }
    found
}

/// Returns the length in bytes of the secret at the start of `text`, escaped or not. Returns `None` if the text
/// does not start with the secret.
fn matching_len(text: &str, secret: &str) -> Option<usize> {
    let mut rest = text;
    for c in secret.chars() {
        if let Some(after) = rest.strip_prefix(c) {
            // A backslash may be unescaped, or the first of an escaped pair.
            rest = if c == '\\' { after.strip_prefix('\\').unwrap_or(after) } else { after };
        } else {
            rest = rest.strip_prefix('\\')?.strip_prefix(c)?;
        }
    }
    Some(text.len() - rest.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_escaped_secrets_after_their_owner_is_dropped() {
        let key = Secret::from("kq7-alive-\"quoted\\key");
        let text = "a kq7-alive-\"quoted\\key b";
        let json = serde_json::to_string(text).unwrap();
        assert_eq!(redact(text), "a [redacted] b");
        assert_eq!(redact(&json), "\"a [redacted] b\"");
        assert_eq!(redact(&format!("{text:?}")), "\"a [redacted] b\"");
        assert_eq!(redact("kq7-alive-"), "kq7-alive-");
        // An error is usually reported after its client has been dropped.
        drop(key);
        assert_eq!(redact(text), "a [redacted] b");
    }

    #[test]
    fn redacts_every_occurrence_but_no_short_secrets() {
        for key in ["wz4-first-token", "wz4-second", "wz"] {
            let _ = Secret::from(key);
        }
        assert_eq!(
            redact("wz4-first-tokenwz4-second, wz, wz4-first-token"),
            "[redacted][redacted], wz, [redacted]"
        );
    }

    #[test]
    fn redacts_signatures_but_no_other_digests() {
        let (ours, theirs) = ("5e".repeat(32), "6f".repeat(32));
        remember_signature(&ours);
        assert_eq!(redact(&format!("Signature={ours}, {theirs}")), format!("Signature=[redacted], {theirs}"));
        assert_eq!(redact(&format!("{ours}00")), REDACTED);
        for n in 0..MAX_SIGNATURES {
            remember_signature(&format!("{n:064x}"));
        }
        assert_eq!(redact(&ours), ours, "only the newest are kept");
        assert_eq!(registry().signatures.len(), MAX_SIGNATURES);
    }

    #[test]
    fn debug_hides_the_text_and_equal_secrets_share_a_buffer() {
        let key = Secret::from("vv5-not-shown".to_owned());
        assert!(std::ptr::eq(key.expose(), Secret::from("vv5-not-shown").expose()));
        assert_eq!(format!("{key:?}"), REDACTED);
        assert!(std::ptr::eq(key.expose(), key.clone().expose()));
        assert!(std::ptr::eq(key.expose(), key.clone().trimmed().expose()));
        assert_eq!(Secret::from(" vv5-x\n").trimmed().expose(), "vv5-x");
    }
}
