//! While nothing happens, nothing runs.

use super::tty::{LARGE, SMALL, demo};

/// Not even a timer that looks after connections; nor for the map, once the copy on it is there: until then it is followed.
#[test]
fn idle_means_no_bytes_and_no_wakes() {
    let (mut tty, mut map) = (demo(SMALL), demo(LARGE));
    map.send("3").shows("own images");
    tty.idle();
    map.idle();
}

/// Nobody presses a key, and the copy in sight arrives; the loop wakes by itself while it is under way.
#[test]
fn what_moves_in_sight_is_followed_to_its_end() {
    let mut tty = super::tty::Start::new(&["--demo"]).size(LARGE).go();
    tty.shows("SYNCING  ").lacks("SYNCING").shows("镜像-数据库");
}
