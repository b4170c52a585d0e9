//! Windows that are resized, tiny or huge.

use super::tty::{End, LARGE, SMALL, Start, Tty, demo};

fn again_right(tty: &mut Tty, size: (u16, u16)) {
    tty.resize(size);
    tty.send("g").until("the picture in this size", |t| {
        let rows = t.rows();
        rows[0].ends_with("DEMO")
            && rows.iter().filter(|r| r.contains("Enter details")).count() == 1
            && rows[usize::from(size.1) - 1].contains("Enter details")
            && t.selected().starts_with("golden-web-7")
            && rows.iter().any(|r| r.contains("e  rename     ready"))
    });
    // Nothing of an older frame is left: a full redraw shows the same.
    let before = tty.text();
    let drawn = tty.out.len();
    tty.send("\x0c").until("drawn anew", |t| t.out.len() > drawn + 1000);
    assert_eq!(tty.text(), before);
}

#[test]
fn tiny_and_huge_windows_are_drawn() {
    let mut tty = demo(SMALL);
    for size in [(1, 1), (500, 200), (2, 40), (200, 2), (39, 9), (40, 10), (3, 3)] {
        tty.resize(size);
        let drawn = tty.out.len();
        // Keys work in each size.
        tty.send("\x0c").until("a frame", |t| t.out.len() > drawn);
        tty.send("jGgk");
    }
    for size in [SMALL, LARGE, (200, 50), SMALL] {
        again_right(&mut tty, size);
    }
}

#[test]
fn many_resizes_at_once_are_drawn() {
    let mut tty = demo(LARGE);
    for step in 0..300u16 {
        tty.resize((1 + (step * 37) % 160, 1 + (step * 23) % 60));
        if step % 7 == 0 {
            tty.send("j");
        }
    }
    again_right(&mut tty, SMALL);
}

#[test]
fn dialogs_fit_small_windows() {
    let mut tty = demo(SMALL);
    for key in ["\r", "a", "?", "M", ":", "P", "o", "J", "s", "u", "e", "D", "c"] {
        // On an own image in the state NORMAL.
        tty.send("1g/november\r").until("the row", |t| t.selected().starts_with("golden-web-7"));
        tty.send(key);
        for size in [(1, 1), (20, 5), (80, 6), SMALL] {
            tty.resize(size);
            let drawn = tty.out.len();
            tty.send("\x0c").until("a frame", |t| t.out.len() > drawn);
        }
        tty.until("whole again", |t| t.rows()[0].contains("cvmshare"));
        tty.send("\x1b\x1b\x1b\x1b").shows("Enter details").shows("base-ubuntu-24");
    }
}

#[test]
fn a_terminal_without_a_size_works() {
    let mut start = Start::new(&["--demo"]);
    start.size = SMALL;
    let mut tty = start.unsized_().go();
    tty.until("a frame", |t| !t.out.is_empty());
    tty.resize(SMALL);
    tty.loaded();
    tty.send("q");
    assert_eq!(tty.ended(), End::Status(0));
}
