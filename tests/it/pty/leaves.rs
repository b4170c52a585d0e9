//! However it ends, the terminal is whole afterwards.

use rustix::process::Signal;

use super::tty::{End, LARGE, SMALL, Start, Tty, demo};

fn whole(tty: &Tty) {
    assert_eq!(tty.changed(), [""; 0], "{}", tty.text());
}

#[test]
fn after_quit() {
    for keys in ["q", "\x03"] {
        let mut tty = demo(SMALL);
        tty.send(keys);
        assert_eq!(tty.ended(), End::Status(0));
        whole(&tty);
        assert_eq!(tty.text().trim(), "", "nothing is left on the main screen");
    }
}

#[test]
fn after_signals() {
    for (signal, status) in [(Signal::TERM, 143), (Signal::HUP, 129), (Signal::INT, 130)] {
        let mut tty = demo(LARGE);
        tty.signal(signal);
        assert_eq!(tty.ended(), End::Status(status));
        whole(&tty);
    }
}

/// With and without the kernel's word for it: a program that is not the terminal's own gets no SIGHUP.
#[test]
fn a_dead_terminal_ends_it() {
    for controlling in [true, false] {
        let mut start = Start::new(&["--demo"]);
        start.controlling = controlling;
        let mut tty = start.go();
        tty.loaded();
        tty.hang_up();
        tty.until_process("Z");
        assert_eq!(tty.ended(), End::Status(129));
    }
}

#[test]
fn a_bad_keymap_is_told_before_the_terminal_is_touched() {
    let mut tty = Start::new(&["--demo"]).file("keymap.toml", "[table]\ndelete = [\"s\"]\n").size(LARGE).go();
    assert_eq!(tty.ended(), End::Status(1));
    let text = tty.text();
    for part in ["config/keymap.toml", "s is bound to both", "take it from one of them"] {
        assert!(text.contains(part), "no {part:?} in\n{text}");
    }
    assert!(!tty.out.contains(&0x1b), "{text}");
    whole(&tty);
}
