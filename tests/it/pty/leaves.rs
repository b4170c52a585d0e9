//! Every way of ending restores the terminal.

use rustix::process::Signal;

use super::tty::{End, LARGE, SMALL, Start, Tty, demo};

fn whole(tty: &Tty) {
    assert_eq!(tty.changed(), [""; 0], "{}", tty.text());
}

#[test]
fn quitting_restores_the_terminal() {
    for keys in ["q", "\x03"] {
        let mut tty = demo(SMALL);
        tty.send(keys);
        assert_eq!(tty.ended(), End::Status(0));
        whole(&tty);
        assert_eq!(tty.text().trim(), "", "nothing is left on the main screen");
    }
}

#[test]
fn signals_restore_the_terminal() {
    for (signal, status) in [(Signal::TERM, 143), (Signal::HUP, 129), (Signal::INT, 130)] {
        let mut tty = demo(LARGE);
        tty.signal(signal);
        assert_eq!(tty.ended(), End::Status(status));
        whole(&tty);
    }
}

/// With and without a signal from the kernel: a program that does not own the terminal gets no SIGHUP.
#[test]
fn a_hung_up_terminal_ends_the_program() {
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
fn a_bad_keymap_is_reported_before_the_terminal_changes() {
    let mut tty = Start::new(&["--demo"]).file("keymap.toml", "[table]\ndelete = [\"s\"]\n").size(LARGE).go();
    assert_eq!(tty.ended(), End::Status(2));
    let text = tty.text();
    for part in ["config/keymap.toml", "s is bound to both", "take it from one of them"] {
        assert!(text.contains(part), "no {part:?} in\n{text}");
    }
    assert!(!tty.out.contains(&0x1b), "{text}");
    whole(&tty);
}

#[test]
fn a_bad_theme_is_reported_before_the_terminal_changes() {
    let theme = "[roles]\nbad = { fg = \"rde\" }\n";
    for (args, config, said) in [
        (
            &["--demo", "--theme=dusk"][..],
            "",
            "theme: no theme \"dusk\"; themes: dark, light, high-contrast, mono",
        ),
        (&["--demo"], "theme = \"dusk\"\n", "config/config.toml: theme: no theme \"dusk\""),
        (
            &["--demo"],
            "theme = 3\n",
            "config/config.toml:1: theme: invalid type: integer `3`, expected a string",
        ),
        (
            &["--demo"],
            "theme = \"mine\"\n",
            "config/themes/mine.toml:2: roles.bad: \"rde\" is no colour; write one of default, black, red",
        ),
    ] {
        let mut tty =
            Start::new(args).file("config.toml", config).file("themes/mine.toml", theme).size((200, 20)).go();
        assert_eq!(tty.ended(), End::Status(2), "{said}");
        let text = tty.rows().concat();
        assert!(text.contains(said), "{said}\n{text}");
        assert!(!tty.out.contains(&0x1b), "{text}");
    }
}

/// No colours with any of the settings against them.
#[test]
fn colours_can_be_turned_off() {
    for (args, name, value, none) in [
        (&["--demo"][..], "NO_COLOR", "1", true),
        (&["--demo", "--no-color"], "X", "", true),
        (&["--demo", "--theme=mono"], "X", "", true),
        (&["--demo", "--theme=dark"], "NO_COLOR", "1", false),
        (&["--demo"], "NO_COLOR", "", false),
    ] {
        let mut tty = Start::new(args).env(name, value).go();
        tty.loaded();
        let (rows, cols) = tty.screen().size();
        let cells = (0..rows.get()).flat_map(|y| (0..cols.get()).map(move |x| (y, x)));
        let coloured =
            cells.filter(|at| tty.screen().cell(at.0, at.1).unwrap().fgcolor() != vt100::Color::Default);
        assert_eq!(coloured.count() == 0, none, "{args:?} {name}={value}");
    }
}

/// The terminal is restored as soon as its modes have changed.
#[test]
fn a_signal_at_the_first_change_restores_the_terminal() {
    let mut tty = Start::new(&["--demo"]).go();
    tty.until_raw();
    tty.signal(Signal::TERM);
    assert_eq!(tty.ended(), End::Status(143));
    whole(&tty);
}

/// The terminal accepts no more bytes, like a connection that is dead without having noticed.
#[test]
fn a_stalled_terminal_does_not_keep_the_program_running() {
    let mut tty = demo(SMALL);
    tty.stall();
    let before = tty.out.len();
    tty.settled().taken("2").settled();
    assert_eq!(tty.out.len(), before, "it is in the middle of a frame");
    tty.signal(Signal::TERM);
    assert_eq!(tty.ended(), End::Status(143));
    assert_eq!(tty.changed().last().map(String::as_str), Some("focus"), "the termios are whole");
}

#[test]
fn the_message_of_a_panic_is_on_the_main_screen() {
    let mut tty = Start::new(&["--demo"]).size(LARGE).env("CVMSHARE_TEST_PANIC", "main").go();
    assert_eq!(tty.ended(), End::Status(101));
    whole(&tty);
    assert!(tty.text().contains("a test asked for it"), "{}", tty.text());
}

#[test]
fn a_panic_in_the_background_is_a_message() {
    let mut tty = Start::new(&["--demo"]).size(LARGE).env("CVMSHARE_TEST_PANIC", "background").go();
    tty.loaded().shows("Internal error: a test asked for it");
    tty.send("2").shows("quay-ml-runtime").send("q");
    assert_eq!(tty.ended(), End::Status(0));
    whole(&tty);
}
