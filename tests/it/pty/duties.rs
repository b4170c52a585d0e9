//! What a guest of the terminal owes it while it is there.

use std::time::Duration;

use rustix::process::Signal;

use super::{
    stream,
    tty::{End, LARGE, SMALL, Start, demo},
};

/// So long nothing must come; and the pause within a key whose bytes arrive apart.
const WHILE: Duration = Duration::from_secs(3);
const APART: Duration = Duration::from_millis(30);

#[test]
fn a_key_whose_bytes_arrive_apart_is_that_key() {
    let mut tty = demo(SMALL);
    tty.send("jj").until("golden-web-7", |t| t.selected().starts_with("golden-web-7"));
    for part in ["\x1b", "[", "B"] {
        tty.send(part).quiet(APART);
    }
    tty.until("the row below", |t| t.selected().starts_with("镜像-数据库"));
    // A lone Esc is Esc all the same.
    tty.send("?").shows("On the tables");
    tty.send("\x1b").lacks("On the tables").shows("golden-web-7");
    // A wide character in pieces, while a filter is typed.
    tty.send("/");
    for byte in "镜像".as_bytes() {
        tty.send([*byte]).quiet(APART);
    }
    tty.until("two rows", |t| t.text().contains("/ 镜像") && !t.text().contains("golden-web-6"));
}

#[test]
fn a_paste_is_text_and_no_commands() {
    let mut tty = demo(SMALL);
    tty.send("/").shows("/ ▏");
    tty.send("\x1b[200~base\x1b[201~").until("one row", |t| t.selected().starts_with("base-ubuntu-24"));
    tty.send("\r").lacks("keep the filter");
    // On the table itself, a paste does nothing: no q quits, no D deletes.
    tty.send("\x1b[200~DqQ\x1b[201~").send("a").shows("Actions for base-ubuntu-24");
}

#[test]
fn sixty_keys_at_once_are_all_taken_in_three_frames() {
    let mut tty = demo(SMALL);
    let before = tty.out.len();
    tty.send("j".repeat(60)).until("the last row", |t| t.selected().starts_with("imported-appliance"));
    let frames = stream::frames(&tty.out[before..]);
    assert!(frames <= 3, "{frames} frames");
}

#[test]
fn keys_typed_before_the_first_frame_are_taken() {
    let mut start = Start::new(&["--demo"]);
    start.typed = b"2".to_vec();
    start.go().shows("quay-inference-arm").shows("only its owner");
}

/// What a row down costs: the highlight at once, and with the pane that follows.
#[test]
fn a_row_down_is_cheap_at_any_width() {
    for width in [80, 120, 200] {
        let mut tty = demo((width, 40));
        tty.send("j").until("the pane", |t| t.text().contains("nightly-ci-runner  img-"));
        tty.quiet(Duration::from_millis(300));
        let before = tty.out.len();
        tty.send("j").until("the highlight", |t| t.selected().starts_with("golden-web-7"));
        let frame = tty.out[before..].windows(8).position(|w| w == b"\x1b[?2026l").unwrap() + 8;
        assert!(frame <= 215, "{frame} bytes for the highlight at {width}");
        tty.until("the pane", |t| t.text().contains("golden-web-7  img-")).quiet(Duration::from_millis(300));
        let all = tty.out.len() - before;
        assert!(all <= 1200, "{all} bytes with the pane at {width}");
    }
}

#[test]
fn a_tab_is_at_most_six_kilobytes() {
    let mut tty = demo(SMALL);
    for (key, shows) in
        [("2", "quay-ml-runtime"), ("3", "South China"), ("4", "ml-sandbox"), ("1", "golden-web-7")]
    {
        let before = tty.out.len();
        tty.send(key).shows(shows).quiet(Duration::from_millis(200));
        let bytes = tty.out.len() - before;
        assert!(bytes <= 6 * 1024, "{bytes} bytes for tab {key}");
    }
}

#[test]
fn idle_means_nothing_is_written_and_nobody_wakes() {
    let mut tty = demo(LARGE);
    tty.quiet(Duration::from_millis(500));
    let (written, wakes) = (tty.out.len(), tty.wakes());
    tty.quiet(WHILE);
    assert_eq!(tty.out.len(), written);
    assert_eq!(tty.wakes(), wakes);
}

/// The tour has a description with an escape sequence in it; it is shown and never sent. No question is ever put to
/// the terminal either: a late answer on a slow line would be typed keys.
#[test]
fn only_what_is_ours_reaches_the_terminal() {
    let mut tty = demo(LARGE);
    for keys in [
        "/cis", "\r", "\r", "\x1b", "a", "\x1b", "\x1b", "2", "3", "4", "P", "\x1b", "?", "\x1b", "M",
        "\x1b", "1", "G", "\r", "\x1b",
    ] {
        tty.send(keys).quiet(Duration::from_millis(120));
    }
    tty.resize(SMALL);
    tty.send("gy").shows("clipboard");
    tty.send("q");
    assert_eq!(tty.ended(), End::Status(0));
    assert!(std::str::from_utf8(&tty.out).is_ok());
    let kinds = stream::kinds(&tty.out);
    let wanted = |kind: &str| {
        matches!(
            kind,
            // The replacement character stands for what was neutralised.
            "not UTF-8"
                | "CSI H"
                | "CSI J"
                | "CSI ?25 h"
                | "CSI ?25 l"
                | "CSI ?1049 h"
                | "CSI ?1049 l"
                | "CSI ?2004 h"
                | "CSI ?2004 l"
                | "CSI ?2026 h"
                | "CSI ?2026 l"
                | "OSC 52"
        ) || kind.ends_with(" m")
    };
    let odd: Vec<&String> = kinds.iter().filter(|k| !wanted(k)).collect();
    assert_eq!(odd, Vec::<&String>::new());
}

#[test]
fn the_clipboard_gets_the_id_through_the_terminal() {
    let mut tty = demo(SMALL);
    tty.send("jj").until("golden-web-7", |t| t.text().contains("golden-web-7  img-g6lo8csd"));
    tty.send("y").shows("was sent to the terminal's clipboard");
    // img-g6lo8csd in base64.
    let sent = b"\x1b]52;c;aW1nLWc2bG84Y3Nk";
    assert!(tty.out.windows(sent.len()).any(|w| w == sent));
}

#[test]
fn any_size_and_back() {
    let mut tty = demo(SMALL);
    for size in [(1, 1), (500, 200), (39, 9), (120, 40), (2, 50), (200, 3), (80, 24)] {
        tty.resize(size);
    }
    tty.until("the whole screen", |t| {
        t.text().contains("1 My Images 16") && t.rows()[23].trim_start().starts_with("Enter details")
    });
    tty.send("j").until("it goes on", |t| t.selected().starts_with("nightly-ci-runner"));
}

#[test]
fn ctrl_z_gives_the_terminal_back_and_fg_draws_anew() {
    let program = env!("CARGO_BIN_EXE_cvmshare");
    let mut start = Start::new(&[]).env("PS1", "$ ");
    start.argv = vec!["/bin/sh".into(), "-i".into()];
    let mut tty = start.go();
    tty.shows("$");
    tty.send(format!("{program} --demo\n")).loaded();
    tty.send("\x1a").until("the shell", |t| !t.screen().alternate_screen() && t.text().contains("Stopped"));
    assert!(!tty.screen().hide_cursor() && !tty.screen().bracketed_paste());
    tty.send("fg\n")
        .until("the console", |t| t.screen().alternate_screen() && t.text().contains("golden-web-7"));
    // The prompt, and not just the main screen: what is typed before it is still the console's.
    tty.send("q").until("the prompt", |t| {
        !t.screen().alternate_screen()
            && t.rows().into_iter().rfind(|r| !r.is_empty()).as_deref() == Some("$")
    });
    tty.send("echo over $?\n").shows("over 0");
    tty.send("exit\n");
    tty.ended();
}

#[test]
fn a_stop_from_outside_is_survived() {
    let mut tty = demo(SMALL);
    tty.signal(Signal::STOP);
    tty.until_process("T");
    tty.signal(Signal::CONT);
    tty.send("j").until("it goes on", |t| t.selected().starts_with("nightly-ci-runner"));
}
