//! Keys and tokens. Each is in memory once, and is known to a registry that finds it in any text that leaves the
//! program. It is overwritten when it is of no more use.

use parking_lot::{Mutex, MutexGuard};
use std::{borrow::Cow, collections::VecDeque, fmt, sync::Arc};

use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Deserializer};

/// What stands in a text where a secret was.
pub const REDACTED: &str = "[redacted]";
/// Shorter secrets are not looked for: they would be found in the middle of words. Real keys have 32 characters.
const SHORTEST: usize = 6;
/// Secrets that are remembered, the newest. A profile has three, and three more with each role that is assumed.
const SECRETS: usize = 256;
/// Signatures that are remembered, the newest; each is of use for five minutes.
const SIGNATURES: usize = 256;
/// The characters of a signature: SHA-256 in hexadecimal.
const SIGNATURE: usize = 64;

/// A secret text. Clones share one buffer, and so do secrets of the same text, however often it is read. The buffer is
/// overwritten when the last of them is dropped and the registry has forgotten it: after `SECRETS` newer ones, or at
/// the end of the program ([`forget_all`]). `Debug` shows nothing of it.
#[derive(Clone)]
pub struct Secret(Arc<SecretString>);

impl Secret {
    /// The text itself, for signing and for headers.
    pub fn expose(&self) -> &str {
        self.0.expose_secret()
    }

    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.expose().is_empty()
    }

    /// The same without white space around it. Makes no copy where there is none.
    #[must_use]
    pub fn trimmed(self) -> Self {
        let text = self.expose().trim();
        if text.len() == self.expose().len() { self } else { Self::from(text) }
    }
}

impl From<SecretString> for Secret {
    fn from(text: SecretString) -> Self {
        if text.expose_secret().len() < SHORTEST {
            return Self(Arc::new(text));
        }
        let mut known = registry();
        if let Some(same) = known.secrets.iter().find(|one| one.expose_secret() == text.expose_secret()) {
            return Self(same.clone());
        }
        if known.secrets.len() == SECRETS {
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

/// What is looked for in texts.
#[derive(Default)]
struct Known {
    /// The very buffers that are in use: this is no further copy.
    secrets: VecDeque<Arc<SecretString>>,
    /// Signatures of the last requests.
    signatures: VecDeque<[u8; SIGNATURE]>,
}

fn registry() -> MutexGuard<'static, Known> {
    static KNOWN: Mutex<Known> = Mutex::new(Known { secrets: VecDeque::new(), signatures: VecDeque::new() });
    KNOWN.lock()
}

/// Remembers a request's signature, so that a service that sends it back does not bring it into messages. Ignores
/// text that is not 64 characters long.
pub fn remember_signature(hexadecimal: &str) {
    let Ok(signature) = <[u8; SIGNATURE]>::try_from(hexadecimal.as_bytes()) else { return };
    let mut known = registry();
    if known.signatures.len() == SIGNATURES {
        known.signatures.pop_front();
    }
    known.signatures.push_back(signature);
}

/// Forgets all secrets and signatures, and overwrites the secrets that nobody else holds. For the end of the program,
/// after its last output.
pub fn forget_all() {
    let mut known = registry();
    known.secrets.clear();
    known.signatures.clear();
}

/// The text with [`REDACTED`] in the place of every secret that is known and of the newest signatures. A secret is also
/// found as JSON or `Debug` spell it, with `"` and `\` escaped.
pub fn redact(text: &str) -> Cow<'_, str> {
    let known = registry();
    let mut text = redact_signatures(text, &known.signatures);
    for secret in &known.secrets {
        let spans = spans(&text, secret.expose_secret());
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

fn redact_signatures<'a>(text: &'a str, signatures: &VecDeque<[u8; SIGNATURE]>) -> Cow<'a, str> {
    if signatures.is_empty() || text.len() < SIGNATURE {
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
                if run.len() >= SIGNATURE
                    && run.windows(SIGNATURE).any(|w| signatures.iter().any(|s| s.as_slice() == w))
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

/// Where a secret stands in a text, as it is or escaped.
fn spans(text: &str, secret: &str) -> Vec<(usize, usize)> {
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
        if let Some(length) = spelled(&text[at..], secret) {
            found.push((at, at + length));
        }
    }
    found
}

/// How many bytes of the text spell the secret, where the text begins with it.
fn spelled(text: &str, secret: &str) -> Option<usize> {
    let mut rest = text;
    for c in secret.chars() {
        if let Some(after) = rest.strip_prefix(c) {
            // A backslash may stand for itself, or be the first half of an escaped one.
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
    fn a_secret_is_found_even_when_its_owner_is_gone_and_however_it_is_escaped() {
        let key = Secret::from("kq7-alive-\"quoted\\key");
        let text = "a kq7-alive-\"quoted\\key b";
        let json = serde_json::to_string(text).unwrap();
        assert_eq!(redact(text), "a [redacted] b");
        assert_eq!(redact(&json), "\"a [redacted] b\"");
        assert_eq!(redact(&format!("{text:?}")), "\"a [redacted] b\"");
        assert_eq!(redact("kq7-alive-"), "kq7-alive-");
        // A client that failed is dropped before its error is told.
        drop(key);
        assert_eq!(redact(text), "a [redacted] b");
    }

    #[test]
    fn every_occurrence_goes_and_short_secrets_are_left() {
        for key in ["wz4-first-token", "wz4-second", "wz"] {
            let _ = Secret::from(key);
        }
        assert_eq!(
            redact("wz4-first-tokenwz4-second, wz, wz4-first-token"),
            "[redacted][redacted], wz, [redacted]"
        );
    }

    #[test]
    fn signatures_are_found_wherever_they_stand_and_other_digests_are_left() {
        let (ours, theirs) = ("5e".repeat(32), "6f".repeat(32));
        remember_signature(&ours);
        assert_eq!(redact(&format!("Signature={ours}, {theirs}")), format!("Signature=[redacted], {theirs}"));
        assert_eq!(redact(&format!("{ours}00")), REDACTED);
        for n in 0..SIGNATURES {
            remember_signature(&format!("{n:064x}"));
        }
        assert_eq!(redact(&ours), ours, "only the newest are kept");
        assert_eq!(registry().signatures.len(), SIGNATURES);
    }

    #[test]
    fn debug_shows_nothing_and_the_same_secret_has_one_buffer() {
        let key = Secret::from("vv5-not-shown".to_owned());
        assert!(std::ptr::eq(key.expose(), Secret::from("vv5-not-shown").expose()));
        assert_eq!(format!("{key:?}"), REDACTED);
        assert!(std::ptr::eq(key.expose(), key.clone().expose()));
        assert!(std::ptr::eq(key.expose(), key.clone().trimmed().expose()));
        assert_eq!(Secret::from(" vv5-x\n").trimmed().expose(), "vv5-x");
    }
}
