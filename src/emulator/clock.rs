//! The clock of the built-in cloud, and the formats in which the services write times.

use jiff::{SignedDuration, Timestamp};

/// Which time the world goes by.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Clock {
    /// The machine's, and what `POST /_emulator/advance` adds to it.
    #[default]
    Real,
    /// It starts here and moves by `POST /_emulator/advance` alone; for pictures and tests. The documented rates do
    /// not hold then, since they count real seconds. Signatures are still checked against the machine's clock.
    Manual(Timestamp),
}

impl Clock {
    /// The world's time, so many seconds ahead.
    pub(super) fn now(self, ahead: i64) -> Timestamp {
        let base = match self {
            Self::Real => Timestamp::now(),
            Self::Manual(start) => start,
        };
        later(base, SignedDuration::from_secs(ahead))
    }
}

/// A later time; the last one there is, where that would be past it.
pub(super) fn later(at: Timestamp, by: SignedDuration) -> Timestamp {
    at.checked_add(by).unwrap_or(Timestamp::MAX)
}

/// As the service cbs writes times, in UTC+8: `2026-11-24 11:00:00`. Cloud Custodian, which is written against the real
/// service, reads this form and no other.
pub(super) fn cbs_time(at: Timestamp) -> String {
    at.saturating_add(SignedDuration::from_hours(8)).unwrap_or(at).strftime("%Y-%m-%d %H:%M:%S").to_string()
}

/// As the API writes times: `2026-11-24T03:00:00Z`.
pub(super) fn iso(at: Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// How long something takes, in world time.
pub(super) fn duration(minutes: f64, speed: f64) -> SignedDuration {
    SignedDuration::from_millis((minutes * 60_000.0 / speed).clamp(1.0, 1e13) as i64)
}
