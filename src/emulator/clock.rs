//! The clock of the built-in cloud, and the time formats of the services.

use jiff::{SignedDuration, Timestamp};

/// The clock of the world.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Clock {
    /// The machine's clock, plus what `POST /_emulator/advance` adds.
    #[default]
    Real,
    /// Starts at this time and moves only by `POST /_emulator/advance`; for screenshots and tests. The rate limits are
    /// off, since they count real seconds. Signatures are still checked against the machine's clock.
    Manual(Timestamp),
}

impl Clock {
    /// Returns the world's time, `ahead` seconds after that of the clock.
    pub(super) fn now(self, ahead: i64) -> Timestamp {
        let base = match self {
            Self::Real => Timestamp::now(),
            Self::Manual(start) => start,
        };
        later(base, SignedDuration::from_secs(ahead))
    }
}

/// Adds a duration to a time. Returns the latest possible time on overflow.
pub(super) fn later(at: Timestamp, by: SignedDuration) -> Timestamp {
    at.checked_add(by).unwrap_or(Timestamp::MAX)
}

/// Formats a time as the service cbs does, in UTC+8: `2026-11-24 11:00:00`. Cloud Custodian, which is written against
/// the real service, parses only this form.
pub(super) fn cbs_time(at: Timestamp) -> String {
    at.saturating_add(SignedDuration::from_hours(8)).unwrap_or(at).strftime("%Y-%m-%d %H:%M:%S").to_string()
}

/// Formats a time as the API does: `2026-11-24T03:00:00Z`.
pub(super) fn iso(at: Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// Returns how long an operation takes, in world time.
pub(super) fn duration(minutes: f64, speed: f64) -> SignedDuration {
    SignedDuration::from_millis((minutes * 60_000.0 / speed).clamp(1.0, 1e13) as i64)
}
