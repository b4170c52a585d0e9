//! The documented rate limits: one token bucket per action, region and caller.

use std::{collections::HashMap, time::Instant};

use crate::model::Uin;

#[derive(Debug)]
struct Bucket {
    tokens: f64,
    at: Instant,
}

#[derive(Debug, Default)]
pub(super) struct Buckets {
    all: HashMap<(&'static str, String, Uin), Bucket>,
}

impl Buckets {
    /// Takes one token from the bucket of the call. A bucket holds `rate` tokens and is refilled with `rate` tokens per
    /// second. Returns false if it is empty.
    pub fn try_consume(
        &mut self,
        action: &'static str,
        region: &str,
        caller: &Uin,
        rate: f64,
        now: Instant,
    ) -> bool {
        let bucket = self
            .all
            .entry((action, region.to_owned(), caller.clone()))
            .or_insert(Bucket { tokens: rate, at: now });
        let gained = now.saturating_duration_since(bucket.at).as_secs_f64() * rate;
        bucket.tokens = (bucket.tokens + gained).min(rate);
        bucket.at = now;
        if bucket.tokens < 1.0 {
            return false;
        }
        bucket.tokens -= 1.0;
        true
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn a_bucket_holds_its_rate_and_refills_over_time() {
        let mut buckets = Buckets::default();
        let start = Instant::now();
        let me: Uin = "100000000001".parse().unwrap();
        let mut burst = |region: &str, ms| {
            let at = start + Duration::from_millis(ms);
            (0..100).filter(|_| buckets.try_consume("SyncImages", region, &me, 10.0, at)).count()
        };
        assert_eq!(burst("ap-guangzhou", 0), 10);
        assert_eq!(burst("ap-shanghai", 0), 10);
        assert_eq!(burst("ap-guangzhou", 500), 5);
        assert_eq!(burst("ap-guangzhou", 60_000), 10);
    }
}
