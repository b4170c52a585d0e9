//! Keeps the number of calls per second within the documented limit, per action and region like the service.
//!
//! A bucket holds as many tokens as the limit. The client cannot know when a call reaches the service, only
//! that it does so between sending and answer. So a call holds a token, and the token returns one second
//! after the call has ended. No second at the service then exceeds the limit, regardless of the latency.

use parking_lot::Mutex;
use std::{
    collections::{HashMap, VecDeque},
    sync::Arc,
    time::Duration,
};

use tokio::{sync::Notify, time::Instant};

use super::api::Api;
use crate::model::Region;

/// The period of the rate limits.
const SECOND: Duration = Duration::from_secs(1);

/// The key of a rate limit: an action in a region.
type Counted = (&'static str, Option<Region>);

/// One bucket per key.
#[derive(Debug, Default)]
pub(super) struct Rates(Mutex<HashMap<Counted, Arc<Bucket>>>);

#[derive(Debug, Default)]
struct Bucket {
    /// Held by the caller that has waited longest, so that callers are served in order.
    queue: tokio::sync::Mutex<()>,
    tokens: Mutex<Tokens>,
    ended: Notify,
}

#[derive(Debug, Default)]
struct Tokens {
    /// Calls in progress.
    in_progress: usize,
    /// End times of calls whose tokens have not returned yet, oldest first.
    ended: VecDeque<Instant>,
}

/// The token of a call. Dropping it ends the call.
#[derive(Debug)]
pub(super) struct RateToken(Arc<Bucket>);

impl Drop for RateToken {
    fn drop(&mut self) {
        self.0.tokens.lock().end(Instant::now());
        self.0.ended.notify_one();
    }
}

impl Rates {
    /// Waits for a token. The call lasts until the token is dropped.
    pub(super) async fn acquire(&self, api: &'static Api, region: Option<&Region>) -> RateToken {
        let bucket = {
            let mut all = self.0.lock();
            all.entry((api.name, region.cloned())).or_default().clone()
        };
        let _first = bucket.queue.lock().await;
        loop {
            let taken = {
                let mut tokens = bucket.tokens.lock();
                tokens.try_take(api.per_second, Instant::now())
            };
            match taken {
                Ok(()) => return RateToken(bucket.clone()),
                Err(Some(at)) => tokio::time::sleep_until(at).await,
                // All tokens are in use. `Notify` keeps the notification of a call that ended in the
                // meantime.
                Err(None) => bucket.ended.notified().await,
            }
        }
    }
}

impl Tokens {
    /// Takes a token. Otherwise returns when the next one returns, or `Err(None)` if that depends on a call
    /// in progress.
    fn try_take(&mut self, figure: usize, now: Instant) -> Result<(), Option<Instant>> {
        while self.ended.front().is_some_and(|end| *end + SECOND <= now) {
            self.ended.pop_front();
        }
        if self.in_progress + self.ended.len() < figure {
            self.in_progress += 1;
            return Ok(());
        }
        Err(self.ended.front().map(|end| *end + SECOND))
    }

    fn end(&mut self, now: Instant) {
        self.in_progress = self.in_progress.saturating_sub(1);
        self.ended.push_back(now);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cloud::api::{DESCRIBE_IMAGES, DESCRIBE_QUOTA};

    /// Simulates `many` calls that are requested at once. Returns the start and end of each in milliseconds;
    /// `takes` returns the duration of a call.
    fn calls(figure: usize, many: usize, takes: impl Fn(usize) -> u64) -> Vec<(u64, u64)> {
        let (start, mut tokens, mut now) = (Instant::now(), Tokens::default(), 0);
        let at = |ms| start + Duration::from_millis(ms);
        let (mut calls, mut under_way) = (Vec::<(u64, u64)>::new(), Vec::<u64>::new());
        while calls.len() < many {
            under_way.sort_unstable();
            while under_way.first().is_some_and(|end| *end <= now) {
                tokens.end(at(under_way.remove(0)));
            }
            match tokens.try_take(figure, at(now)) {
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

    /// Returns the maximum number of calls in any second, wherever between its start and end each call
    /// reaches the service.
    fn most_in_a_second(calls: &[(u64, u64)]) -> usize {
        let within =
            |from: u64| calls.iter().filter(|(began, end)| *began < from + 1000 && *end >= from).count();
        calls.iter().map(|(_, end)| within(*end)).max().unwrap_or_default()
    }

    #[test]
    fn reaches_but_never_exceeds_the_limit() {
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
    async fn tokens_last_as_long_as_calls_and_each_region_has_its_own() {
        let rates = Rates::default();
        let (here, there) = ("ap-guangzhou".parse().ok(), "ap-shanghai".parse().ok());
        let mut turns = Vec::new();
        for _ in 0..10 {
            turns.push(rates.acquire(&DESCRIBE_QUOTA, here.as_ref()).await);
        }
        // Other actions and regions do not wait.
        drop(rates.acquire(&DESCRIBE_QUOTA, there.as_ref()).await);
        drop(rates.acquire(&DESCRIBE_IMAGES, here.as_ref()).await);
        // This call waits. Dropping it does not take a token.
        let mut waits = Box::pin(rates.acquire(&DESCRIBE_QUOTA, here.as_ref()));
        let polled = std::future::poll_fn(|cx| std::task::Poll::Ready(waits.as_mut().poll(cx))).await;
        assert!(polled.is_pending());
        drop(waits);
        let in_progress = || rates.0.lock()[&("DescribeImageQuota", here.clone())].tokens.lock().in_progress;
        assert_eq!(in_progress(), 10);
        // A call that waits for another gets its token one second after that one has ended.
        let ended = Instant::now();
        turns.pop();
        drop(rates.acquire(&DESCRIBE_QUOTA, here.as_ref()).await);
        assert!(ended.elapsed() >= SECOND);
        drop(turns);
        assert_eq!(in_progress(), 0);
    }
}
