//! Pauses between calls.

use jiff::{SignedDuration, Timestamp};

/// The pauses between reads and after calls that could not be made. They grow from the first to the longest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pace {
    /// The first pause.
    pub first: SignedDuration,
    /// The longest pause.
    pub max: SignedDuration,
    /// How long a worker continues if the cloud does not answer at all. It then pauses the job.
    pub patience: SignedDuration,
}

impl Default for Pace {
    /// Returns pauses from 5 to 30 seconds, and a patience of one day.
    fn default() -> Self {
        Self {
            first: SignedDuration::from_secs(5),
            max: SignedDuration::from_secs(30),
            patience: SignedDuration::from_hours(24),
        }
    }
}

impl Pace {
    /// Returns the pause after `grown` others. Each is longer by half.
    pub fn grown(self, grown: u32) -> SignedDuration {
        let most = self.max.as_nanos();
        let mut nanos = self.first.as_nanos().clamp(1_000_000, most.max(1_000_000));
        for _ in 0..grown.min(64) {
            nanos = (nanos * 3 / 2).min(most);
        }
        SignedDuration::from_nanos_i128(nanos)
    }

    /// Returns when the pause after `grown` others ends. It is up to a fifth shorter or longer, so that
    /// regions and jobs do not send at the same time. The same salt and count give the same result, so that a
    /// job can be replayed.
    pub(super) fn after(self, grown: u32, salt: &[&str], count: u32, now: Timestamp) -> Timestamp {
        let most = self.max.as_millis().max(1);
        let per_mille = 800 + i128::from(hash(salt, count) % 401);
        let millis = (self.grown(grown).as_millis() * per_mille / 1000).clamp(1, most);
        let pause = SignedDuration::from_millis(i64::try_from(millis).unwrap_or(i64::MAX));
        now.checked_add(pause).unwrap_or(now)
    }
}

/// FNV-1a. Any hash that does not change between versions would work.
fn hash(salt: &[&str], count: u32) -> u64 {
    let bytes = salt.iter().flat_map(|s| s.bytes().chain([0])).chain(count.to_le_bytes());
    bytes.fold(0xcbf2_9ce4_8422_2325, |h, b| (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_to_the_maximum_and_are_deterministic() {
        let pace = Pace::default();
        let at = |grown, count| {
            pace.after(grown, &["3f9a", "ap-beijing"], count, Timestamp::UNIX_EPOCH).as_millisecond()
        };
        for count in 0..200 {
            assert!((4000..=6000).contains(&at(0, count)), "{}", at(0, count));
            assert!((6000..=9001).contains(&at(1, count)));
            assert!((24_000..=30_000).contains(&at(40, count)));
            assert_eq!(at(3, count), at(3, count));
        }
        assert!((0..200).map(|c| at(0, c)).collect::<std::collections::BTreeSet<_>>().len() > 100);
    }
}
