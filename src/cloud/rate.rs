//! Never more calls a second than the documented figure, counted per action and region as the service counts them.

use std::{
    collections::{HashMap, VecDeque},
    sync::{Mutex, PoisonError},
    time::Duration,
};

use tokio::time::Instant;

use super::api::Api;
use crate::model::Region;

/// A second, and a little for calls that travel at different speeds.
const WINDOW: Duration = Duration::from_millis(1050);

/// What is counted together: an action in a region.
type Counted = (&'static str, Option<Region>);

/// The times of the last calls of each.
#[derive(Debug, Default)]
pub(super) struct Rates(Mutex<HashMap<Counted, VecDeque<Instant>>>);

impl Rates {
    /// Waits for this call's turn. Turns are given in order of asking.
    pub(super) async fn turn(&self, api: &'static Api, region: Option<&Region>) {
        let at = {
            let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            reserve(all.entry((api.name, region.cloned())).or_default(), Instant::now(), api.per_second)
        };
        tokio::time::sleep_until(at).await;
    }
}

/// When the next call may go, which is noted as gone then: as a bucket of `per_second` tokens, each of which comes back
/// a window after it was taken.
fn reserve(last: &mut VecDeque<Instant>, now: Instant, per_second: usize) -> Instant {
    while last.len() > per_second.saturating_sub(1) && last.front().is_some_and(|t| *t + WINDOW <= now) {
        last.pop_front();
    }
    let at = match last.len().checked_sub(per_second) {
        Some(index) => last.get(index).map_or(now, |t| (*t + WINDOW).max(now)),
        None => now,
    };
    last.push_back(at);
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_window_holds_more_than_the_figure() {
        let start = Instant::now();
        let mut last = VecDeque::new();
        let at: Vec<u128> = (0..7).map(|_| (reserve(&mut last, start, 3) - start).as_millis()).collect();
        assert_eq!(at, [0, 0, 0, 1050, 1050, 1050, 2100]);
        let later = start + Duration::from_millis(2200);
        let at: Vec<u128> = (0..3).map(|_| (reserve(&mut last, later, 3) - start).as_millis()).collect();
        assert_eq!(at, [2200, 2200, 3150]);
        assert!(last.len() <= 6);
    }
}
