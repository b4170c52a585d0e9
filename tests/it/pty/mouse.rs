//! Mouse reports are off until the user turns them on, and are turned off again at every end of the program.

use rustix::process::Signal;

use super::tty::{End, SMALL, Start, Tty, demo};

const NONE: vt100::MouseProtocolMode = vt100::MouseProtocolMode::None;

/// Clicks with the left button. The terminal counts columns and rows from 1.
fn click(tty: &mut Tty, (x, y): (usize, usize)) {
    tty.send(format!("\x1b[<0;{};{}M\x1b[<0;{0};{1}m", x + 1, y + 1));
}

/// Returns the column and row of a text.
fn place(tty: &Tty, text: &str) -> (usize, usize) {
    let rows = tty.rows();
    let at = rows.iter().enumerate().find_map(|(y, row)| Some((row.find(text)?, y)));
    let (byte, y) = at.unwrap_or_else(|| panic!("no {text:?} in\n{}", tty.text()));
    (vt100_width(&rows[y][..byte]), y)
}

fn vt100_width(text: &str) -> usize {
    unicode_width::UnicodeWidthStr::width(text)
}

#[test]
fn clicks_and_the_wheel_work_only_while_the_mouse_is_on() {
    let mut tty = demo(SMALL);
    assert_eq!(tty.screen().mouse_protocol_mode(), NONE, "it is off at first");
    // A report that arrives anyway is ignored.
    let at = place(&tty, "2 Shared With Me");
    click(&mut tty, at);
    tty.send("m").shows("The mouse is on");
    assert_eq!(tty.screen().mouse_protocol_mode(), vt100::MouseProtocolMode::PressRelease);
    assert!(tty.text().contains("golden-web-7"));
    click(&mut tty, at);
    tty.shows("quay-ml-runtime");
    let at = place(&tty, "My Images");
    click(&mut tty, at);
    tty.shows("golden-web-7");
    let at = place(&tty, "golden-web-7");
    click(&mut tty, at);
    tty.until("the row", |t| t.selected().starts_with("golden-web-7"));
    tty.send("\x1b[<65;5;5M").until("three rows on", |t| !t.selected().starts_with("golden-web-7"));
    tty.send("\x1b[<64;5;5M").until("and back", |t| t.selected().starts_with("golden-web-7"));
    let at = place(&tty, "? help");
    click(&mut tty, at);
    tty.shows("In tables");
    let at = place(&tty, "Esc back");
    click(&mut tty, at);
    tty.lacks("In tables");
    tty.send("m").shows("The mouse is off");
    assert_eq!(tty.screen().mouse_protocol_mode(), NONE);
}

#[test]
fn the_mouse_is_released_at_every_exit() {
    for signal in [None, Some(Signal::TERM)] {
        let mut tty = demo(SMALL);
        tty.send("m").until("the mouse", |t| t.screen().mouse_protocol_mode() != NONE);
        match signal {
            Some(signal) => tty.signal(signal),
            None => drop(tty.send("q")),
        }
        tty.ended();
        assert_eq!(tty.changed(), [""; 0]);
    }
}

#[test]
fn a_panic_releases_the_mouse() {
    let mut tty = Start::new(&["--demo"]).env("CVMSHARE_TEST_PANIC", "mouse").go();
    tty.loaded();
    tty.send("m");
    assert_eq!(tty.ended(), End::Status(101));
    let taken = tty.out.windows(8).any(|w| w == b"\x1b[?1000h");
    assert!(taken, "it was taken");
    assert_eq!(tty.changed(), [""; 0]);
    assert!(tty.text().contains("a test asked for it"), "{}", tty.text());
}
