//! While nothing happens, nothing runs.

use std::time::{Duration, Instant};

use super::tty::{SMALL, demo};

/// What is asked at the start may end late; then comes a time in which nothing is written and no thread is woken.
#[test]
fn idle_means_no_bytes_and_no_wakes() {
    let mut tty = demo(SMALL);
    let end = Instant::now() + Duration::from_secs(20);
    let mut woken = Vec::new();
    while Instant::now() < end {
        let (bytes, before) = (tty.out.len(), tty.wakes());
        tty.quiet(Duration::from_secs(3));
        let after = tty.wakes();
        if tty.out.len() == bytes && after == before {
            return;
        }
        woken.push(after.into_iter().filter(|(name, n)| before.get(name) != Some(n)).collect::<Vec<_>>());
    }
    panic!("never at rest; woken in each 3 s: {woken:#?}");
}
