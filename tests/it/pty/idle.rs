//! An idle console does nothing.

use super::tty::{LARGE, SMALL, demo};

/// Not even a timer for connections runs. The map causes none either after its running copy has ended.
#[test]
fn an_idle_console_writes_nothing_and_never_wakes_up() {
    let (mut tty, mut map) = (demo(SMALL), demo(LARGE));
    map.send("3").shows("own images");
    tty.idle();
    map.idle();
}

/// Without keys, the copy in sight completes: the loop wakes up by itself while it is running.
#[test]
fn a_visible_copy_is_followed_to_its_end() {
    let mut tty = super::tty::Start::new(&["--demo"]).size(LARGE).go();
    tty.shows("SYNCING  ").lacks("SYNCING").shows("镜像-数据库");
}
