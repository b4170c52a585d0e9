//! The text in the header about when the credentials expire.

use jiff::{SignedDuration, Timestamp};

use crate::messages::{Lang, m, tr};

/// The remaining time from which the text is a warning.
const SOON: SignedDuration = SignedDuration::from_mins(15);
/// The remaining time from which it is shown in minutes, not hours.
const HOURS: SignedDuration = SignedDuration::from_hours(2);

/// Returns the text, and whether it is a warning.
pub(crate) fn remaining_text(ends: Timestamp, now: Timestamp, lang: Lang) -> (String, bool) {
    let left = ends.duration_since(now);
    let text = if left <= SignedDuration::ZERO {
        lang.text(m::session_end_session_has_ended).to_owned()
    } else if left >= HOURS {
        tr!(lang, session_end_session_ends_in_h, as_hours = left.as_hours())
    } else if left >= SignedDuration::from_mins(1) {
        tr!(lang, session_end_session_ends_in_min, as_mins = left.as_mins())
    } else {
        lang.text(m::session_end_session_ends_in_minute).to_owned()
    };
    (text, left < SOON)
}

/// Returns when the text changes next, or `None` if it does not change any more.
pub(crate) fn changes_at(ends: Timestamp, now: Timestamp) -> Option<Timestamp> {
    let left = ends.duration_since(now);
    if left <= SignedDuration::ZERO {
        return None;
    }
    // One second after the change, so that a slightly early clock does not cause a second wake-up.
    let step = if left >= HOURS { 3600 } else { 60 };
    let rest = left.as_secs() % step + 1;
    now.checked_add(SignedDuration::from_secs(rest)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(minutes: i64, seconds: i64) -> Timestamp {
        Timestamp::from_second(1_800_000_000 + minutes * 60 + seconds).unwrap()
    }

    #[test]
    fn it_counts_down_and_turns_amber() {
        let now = at(0, 0);
        for (ends, text, amber) in [
            (at(300, 10), "session ends in 5 h", false),
            (at(120, 0), "session ends in 2 h", false),
            (at(119, 59), "session ends in 119 min", false),
            (at(15, 0), "session ends in 15 min", false),
            (at(14, 59), "session ends in 14 min", true),
            (at(0, 59), "session ends in a minute", true),
            (at(0, 0), "session has ended", true),
            (at(-9, 0), "session has ended", true),
        ] {
            assert_eq!(remaining_text(ends, now, Lang::EN), (text.to_owned(), amber));
        }
    }

    /// Each wake-up shows a new text, none is earlier than the text changes, and the last one is at the end.
    #[test]
    fn it_is_looked_at_when_the_words_change_and_no_more_than_once_a_minute() {
        let ends = at(250, 20);
        let mut now = at(0, 7);
        let mut seen = vec![remaining_text(ends, now, Lang::EN).0];
        let mut last = now;
        while let Some(next) = changes_at(ends, now) {
            assert!(next > now);
            now = next;
            let text = remaining_text(ends, now, Lang::EN).0;
            assert_ne!(Some(&text), seen.last());
            if seen.len() > 1 && text != "session has ended" {
                assert!(now.duration_since(last) >= SignedDuration::from_secs(59), "{text}");
            }
            last = now;
            seen.push(text);
        }
        assert_eq!(seen.len(), 1 + 2 + 119 + 1 + 1, "{seen:?}");
        assert_eq!(seen.last().map(String::as_str), Some("session has ended"));
    }
}
