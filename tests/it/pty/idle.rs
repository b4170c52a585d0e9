//! While nothing happens, nothing runs.

use std::time::Duration;

use super::tty::{SMALL, demo};

/// Longer than anything that is done once after a pause.
const WHILE: Duration = Duration::from_secs(21);

/// Not even a timer that looks after connections.
#[test]
fn idle_means_no_bytes_and_no_wakes() {
    let mut tty = demo(SMALL);
    tty.quiet(Duration::from_secs(1));
    let (bytes, wakes) = (tty.out.len(), tty.wakes());
    tty.quiet(WHILE);
    assert_eq!((tty.out.len(), tty.wakes()), (bytes, wakes));
}
