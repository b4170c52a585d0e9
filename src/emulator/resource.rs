//! The common parts of all resources: ids that derive from a seed, and tags.

use serde::{Deserialize, Serialize};

/// A tag of a resource.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Tag {
    pub key: String,
    pub value: String,
}

/// Returns a number that depends only on the seed and the label.
pub(super) fn seeded_hash(seed: u64, label: &str) -> u64 {
    // FNV-1a. The generator that is seeded with it mixes the bits further.
    label.bytes().fold(seed ^ 0xcbf2_9ce4_8422_2325, |h, b| (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3))
}

/// Returns eight characters of `[0-9a-z]`.
pub(super) fn random_chars(rng: &mut fastrand::Rng) -> String {
    const SET: &[u8; 36] = b"0123456789abcdefghijklmnopqrstuvwxyz";
    (0..8).map(|_| char::from(SET[rng.usize(..SET.len())])).collect()
}

/// Returns an id that depends only on the seed, the prefix and the label.
pub(super) fn fixed_id(seed: u64, prefix: &str, label: &str) -> String {
    let mut rng = fastrand::Rng::with_seed(seeded_hash(seed, &format!("{prefix}:{label}")));
    format!("{prefix}-{}", random_chars(&mut rng))
}

/// Returns whether an id has the form `PREFIX-CHARACTERS` with at least eight characters.
pub(super) fn is_id(id: &str, prefix: &str) -> bool {
    id.strip_prefix(prefix).and_then(|rest| rest.strip_prefix('-')).is_some_and(|rest| {
        rest.len() >= 8 && rest.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
    })
}
