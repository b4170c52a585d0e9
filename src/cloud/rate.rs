//! Never more calls a second than the documented figure, counted per action and region as the service counts them.
//!
//! A bucket of as many tokens as the figure. When a call reaches the service is not known to the client, only that it is
//! between sending and answer; so a call takes a token along, and the token comes back a second after the call has
//! ended. Then no second at the service holds more than the figure, however long anything travels.

use parking_lot::Mutex;
use std::{
    collections::{HashMap, VecDeque},
    sync::Arc,
    time::Duration,
};

use tokio::{sync::Notify, time::Instant};

use super::api::Api;
use crate::model::Region;

/// What the figures are of.
const SECOND: Duration = Duration::from_secs(1);

/// What is counted together: an action in a region.
type Counted = (&'static str, Option<Region>);

/// A bucket for each.
#[derive(Debug, Default)]
pub(super) struct Rates(Mutex<HashMap<Counted, Arc<Bucket>>>);

#[derive(Debug, Default)]
struct Bucket {
    /// Whoever waits longest holds it, so that turns are given in order of asking.
    line: tokio::sync::Mutex<()>,
    tokens: Mutex<Tokens>,
    ended: Notify,
}

#[derive(Debug, Default)]
struct Tokens {
    /// Calls under way.
    out: usize,
    /// When calls ended whose tokens are not back yet, oldest first.
    ended: VecDeque<Instant>,
}

/// A call's token, given back when the call ends or is given up.
#[derive(Debug)]
pub(super) struct Turn(Arc<Bucket>);

impl Drop for Turn {
    fn drop(&mut self) {
        self.0.tokens.lock().end(Instant::now());
        self.0.ended.notify_one();
    }
}

impl Rates {
    /// Waits for this call's turn, which lasts until what is returned is dropped.
    pub(super) async fn turn(&self, api: &'static Api, region: Option<&Region>) -> Turn {
        let bucket = {
            let mut all = self.0.lock();
            all.entry((api.name, region.cloned())).or_default().clone()
        };
        let _first = bucket.line.lock().await;
        loop {
            let taken = {
                let mut tokens = bucket.tokens.lock();
                tokens.take(api.per_second, Instant::now())
            };
            match taken {
                Ok(()) => return Turn(bucket.clone()),
                Err(Some(at)) => tokio::time::sleep_until(at).await,
                // All tokens are out; the permit of a call that ended meanwhile is kept.
                Err(None) => bucket.ended.notified().await,
            }
        }
    }
}

impl Tokens {
    /// Takes one, or tells when the next one is back; nothing where that depends on a call under way.
    fn take(&mut self, figure: usize, now: Instant) -> Result<(), Option<Instant>> {
        while self.ended.front().is_some_and(|end| *end + SECOND <= now) {
            self.ended.pop_front();
        }
        if self.out + self.ended.len() < figure {
            self.out += 1;
            return Ok(());
        }
        Err(self.ended.front().map(|end| *end + SECOND))
    }

    fn end(&mut self, now: Instant) {
        self.out = self.out.saturating_sub(1);
        self.ended.push_back(now);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cloud::api::{DESCRIBE_IMAGES, DESCRIBE_QUOTA};

    /// When each of so many calls that are all wanted at once began and ended, in milliseconds; each takes as long as its
    /// number says.
    fn calls(figure: usize, many: usize, takes: impl Fn(usize) -> u64) -> Vec<(u64, u64)> {
        let (start, mut tokens, mut now) = (Instant::now(), Tokens::default(), 0);
        let at = |ms| start + Duration::from_millis(ms);
        let (mut calls, mut under_way) = (Vec::<(u64, u64)>::new(), Vec::<u64>::new());
        while calls.len() < many {
            under_way.sort_unstable();
            while under_way.first().is_some_and(|end| *end <= now) {
                tokens.end(at(under_way.remove(0)));
            }
            match tokens.take(figure, at(now)) {
                Ok(()) => {
                    let end = now + takes(calls.len());
                    calls.push((now, end));
                    under_way.push(end);
                }
                Err(next) => {
                    let next = next.map(|at| u64::try_from((at - start).as_millis()).unwrap());
                    now = next.into_iter().chain(under_way.first().copied()).min().unwrap();
                }
            }
        }
        calls
    }

    /// The most in any second, wherever between its beginning and its end each call reaches the service.
    fn most_in_a_second(calls: &[(u64, u64)]) -> usize {
        let within =
            |from: u64| calls.iter().filter(|(began, end)| *began < from + 1000 && *end >= from).count();
        calls.iter().map(|(_, end)| within(*end)).max().unwrap_or_default()
    }

    #[test]
    fn the_figure_is_reached_and_never_exceeded() {
        let got = calls(40, 400, |_| 0);
        // Forty at once, and forty more each second.
        assert_eq!(got.last(), Some(&(9_000, 9_000)));
        assert_eq!(most_in_a_second(&got), 40);
        for slow in [30, 100, 700] {
            let got = calls(10, 200, |n| n as u64 * 37 % slow);
            assert_eq!(most_in_a_second(&got), 10, "{slow}");
        }
    }

    #[tokio::test]
    async fn turns_last_as_long_as_calls_and_each_region_has_its_own() {
        let rates = Rates::default();
        let (here, there) = ("ap-guangzhou".parse().ok(), "ap-shanghai".parse().ok());
        let mut turns = Vec::new();
        for _ in 0..10 {
            turns.push(rates.turn(&DESCRIBE_QUOTA, here.as_ref()).await);
        }
        // Others do not wait.
        drop(rates.turn(&DESCRIBE_QUOTA, there.as_ref()).await);
        drop(rates.turn(&DESCRIBE_IMAGES, here.as_ref()).await);
        // This one does, and when it is given up it takes nothing along.
        let mut waits = Box::pin(rates.turn(&DESCRIBE_QUOTA, here.as_ref()));
        let polled = std::future::poll_fn(|cx| std::task::Poll::Ready(waits.as_mut().poll(cx))).await;
        assert!(polled.is_pending());
        drop(waits);
        let out = || rates.0.lock()[&("DescribeImageQuota", here.clone())].tokens.lock().out;
        assert_eq!(out(), 10);
        // A call that waited for one under way gets its turn a second after that has ended.
        let ended = Instant::now();
        turns.pop();
        drop(rates.turn(&DESCRIBE_QUOTA, here.as_ref()).await);
        assert!(ended.elapsed() >= SECOND);
        drop(turns);
        assert_eq!(out(), 0);
    }
}
