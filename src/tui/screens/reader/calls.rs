//! A summary of the calls: their number, a chart of their rate, and the number that were throttled. The chart ends at
//! the last call, so it does not change while nothing is read.

use jiff::SignedDuration;

use crate::{messages::tr, tui::app::state::State};

/// The time that one character of the chart covers, in seconds.
const STEP: i64 = 5;
/// The number of characters of the chart.
const SIGNS: usize = 24;

/// Returns the summary on one line.
pub(crate) fn summary(state: &State) -> String {
    let lang = state.lang;
    let Some(last) = state.calls.iter().map(|c| c.at).max() else { return String::new() };
    let span = SignedDuration::from_secs(STEP * SIGNS as i64);
    let mut counts = [0u32; SIGNS];
    let mut slowed = 0;
    for call in &state.calls {
        let age = last.duration_since(call.at);
        if age < span {
            let back = usize::try_from(age.as_secs() / STEP).unwrap_or(0).min(SIGNS - 1);
            counts[SIGNS - 1 - back] += 1;
            slowed += u32::from(call.outcome.starts_with("RequestLimitExceeded"));
        }
    }
    let sum: u32 = counts.iter().sum();
    let slowed = match slowed {
        0 => String::new(),
        n => tr!(lang, reader_told_to_slow_down, n),
    };
    let minutes = span.as_mins();
    tr!(lang, reader_calls_in_min, sum, minutes, slowed, line = line(&counts, state.looks.ascii))
}

/// Returns one character per count, scaled to the highest. A count above zero is never drawn as zero.
fn line(counts: &[u32], ascii: bool) -> String {
    let signs: &[char] = match ascii {
        true => &['_', '.', ':', '-', '=', '+', '*', '#'],
        false => &['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'],
    };
    let most = counts.iter().copied().max().unwrap_or(0).max(1);
    let steps = signs.len() as u32 - 1;
    counts.iter().map(|n| signs[(n * steps).div_ceil(most).min(steps) as usize]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_greatest_is_full_and_some_is_never_none() {
        assert_eq!(line(&[0, 1, 7, 70, 35], true), "_..#=");
        assert_eq!(line(&[0, 1, 2], false), "▁▅█");
        assert_eq!(line(&[0, 0], true), "__");
    }
}
