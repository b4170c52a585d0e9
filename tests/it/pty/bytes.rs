//! The bytes sent to the terminal: how many, and only of the expected kinds.

use std::time::Duration;

use super::{
    stream,
    tty::{LARGE, SMALL, Start, Tty, demo},
};

/// Sends keys. Returns the bytes up to the first frame, and all bytes.
fn cost(tty: &mut Tty, keys: &str) -> (usize, usize) {
    let before = tty.out.len();
    tty.send(keys).until("a frame", |t| stream::frames(&t.out[before..]) > 0);
    let first = tty.out[before..].windows(8).position(|w| w == b"\x1b[?2026l").unwrap() + 8;
    tty.settled();
    (first, tty.out.len() - before)
}

#[test]
fn a_move_by_one_row_is_cheap_at_any_width() {
    for width in [80, 120, 200] {
        let mut tty = still((width, 40));
        tty.settled();
        rows_down_are_cheap(&mut tty, 7);
    }
}

/// Starts a demo whose copy does not progress, so that only keys change the screen.
fn still(size: (u16, u16)) -> Tty {
    let mut tty = Start::new(&["--demo", "--speed", "0.001"]).size(size).go();
    tty.loaded();
    tty
}

/// Moves down by this many rows. The first frame of each move has only the two changed rows; the details pane follows
/// later. On a busy machine a few moves may be drawn together with the pane.
fn rows_down_are_cheap(tty: &mut Tty, rows: usize) {
    let mut costs: Vec<(usize, usize)> = (0..rows).map(|_| cost(tty, "j")).collect();
    assert!(costs.iter().all(|(_, all)| *all <= 900), "{costs:?}");
    costs.sort();
    assert!(costs[rows / 2].0 <= 120, "{costs:?}");
}

/// On the map beside the pane only two signs change.
#[test]
fn a_move_by_one_region_is_cheap_beside_the_map() {
    for size in [LARGE, (200, 50)] {
        let mut tty = still(size);
        tty.settled();
        let (_, all) = cost(&mut tty, "3");
        assert!(all <= 7 * 1024, "the tab at {size:?}: {all} bytes");
        tty.shows("own images");
        rows_down_are_cheap(&mut tty, 11);
    }
}

/// From the first byte until all rows of the start are shown.
#[test]
fn the_first_screen_is_small() {
    let mut tty = Start::new(&["--demo"]).size(SMALL).go();
    tty.loaded().settled();
    let bytes = tty.out.len();
    assert!(bytes <= 4096, "{bytes} bytes in {} frames", stream::frames(&tty.out));
}

/// When the selection moves below the visible rows, the terminal scrolls the list, and no row is sent again.
#[test]
fn sixty_moves_by_one_row_are_cheap() {
    for size in [(80, 18), (200, 18)] {
        let mut tty = demo(size);
        tty.settled();
        let before = tty.out.len();
        // Moves down and up in a list longer than the screen, at the rate of a held key.
        for key in ["j".repeat(15), "k".repeat(15)].concat().repeat(2).chars() {
            let drawn = tty.out.len();
            tty.send(key.to_string()).until("a frame", |t| t.out.len() > drawn);
        }
        tty.settled();
        let bytes = tty.out.len() - before;
        assert!(bytes <= 60 * 225 + 900, "{size:?}: {bytes} bytes");
    }
}

/// No spinner, no highlight, and few frames.
#[test]
fn with_slow_only_the_marker_moves() {
    let mut tty = Start::new(&["--demo", "--slow"]).go();
    tty.loaded().settled();
    let (first, _) = cost(&mut tty, "j");
    assert!(first <= 60, "{first} bytes");
    tty.settled();
    // At most one frame per quarter of a second, however often a key is pressed.
    let (before, begun) = (tty.out.len(), std::time::Instant::now());
    let mut keys = ["j", "k"].into_iter().cycle();
    while stream::frames(&tty.out[before..]) < 4 {
        tty.send(keys.next().unwrap()).pump(Duration::from_millis(1));
    }
    assert!(begun.elapsed() > Duration::from_millis(3 * 250), "4 frames in {:?}", begun.elapsed());
}

/// No frame is drawn while the kernel's connection table shows unacknowledged bytes of the SSH session.
#[test]
fn frames_wait_for_a_busy_connection() {
    use std::io::{Read, Write};
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let there = std::net::TcpStream::connect(listener.local_addr().unwrap()).unwrap();
    let (mut here, _) = listener.accept().unwrap();
    let (of, to) = (there.local_addr().unwrap(), here.local_addr().unwrap());
    let told = format!("{} {} {} {}", of.ip(), of.port(), to.ip(), to.port());
    let mut tty = Start::new(&["--demo"]).env("SSH_CONNECTION", &told).go();
    tty.loaded().settled();
    here.set_nonblocking(true).unwrap();
    while here.write(&[0; 65536]).is_ok() {}
    let before = tty.out.len();
    // Complete screens, as after changes of the tab.
    for _ in 0..20 {
        tty.taken("\x0c").loops(1);
    }
    let bytes = tty.out.len() - before;
    assert!(bytes < 5 * 1024, "it has drawn {bytes} bytes on a full line");
    let before = tty.out.len();
    tty.taken("jjj").taken("2").loops(10);
    assert_eq!(tty.out.len(), before, "it goes on drawing");
    there.set_nonblocking(true).unwrap();
    tty.until("the last of what was asked for", |t| {
        while (&there).read(&mut [0; 65536]).is_ok() {}
        t.text().contains("quay-ml-runtime")
    });
    tty.settled();
    let frames = stream::frames(&tty.out[before..]);
    assert!(frames <= 3, "{frames} frames");
}

/// The links lead to the vendor's pages, and are used only if the terminal is known to support them.
#[test]
fn links_are_sent_only_to_terminals_that_support_them() {
    for (term, tmux, takes) in [
        ("xterm-kitty", None, true),
        ("xterm-256color", None, false),
        ("vt100", None, false),
        ("foot", Some("/t,1,0"), false),
    ] {
        let mut start = Start::new(&["--demo"]).env("TERM", term);
        if let Some(tmux) = tmux {
            start = start.env("TMUX", tmux);
        }
        let mut tty = start.go();
        tty.loaded();
        // Received images cannot be shared on, and the reason has a link to the vendor's page.
        tty.send("2").shows("quay-ml-runtime").send("a").shows("tencentcloud.com/document/product/213/");
        let links = tty.out.windows(13).filter(|w| *w == b"\x1b]8;;https://").count();
        let ends = tty.out.windows(7).filter(|w| *w == b"\x1b]8;;\x1b\\").count();
        assert_eq!((links > 0, links), (takes, ends), "{term}");
    }
}

#[test]
fn a_change_of_the_tab_is_cheap() {
    let mut tty = demo(SMALL);
    tty.settled();
    for tab in ["2", "3", "4", "1"] {
        let (_, all) = cost(&mut tty, tab);
        assert!(all <= 2 * 1024, "tab {tab}: {all} bytes");
    }
}

/// Visits every tab, every row, and every screen that shows text from the cloud.
#[test]
fn only_expected_control_sequences_reach_the_terminal() {
    let mut tty = demo((160, 50));
    tty.send("/imported\r").until("the hostile image", |t| t.selected().starts_with("imported-appliance"));
    // Control characters are shown as text.
    tty.shows("vendor ^[[31mappliance^[[0m^[[2J^[]0;owned^G");
    for key in ["\r", "a", "s", "c", "u", "e", "D", "?", "M", ":", "P", "o", "J"] {
        let before = tty.out.len();
        tty.send(key).until("a frame", |t| t.out.len() > before);
        tty.send("\x1b\x1b1g/imported\r").until("the hostile image again", |t| {
            t.text().contains("Enter details") && t.selected().starts_with("imported-appliance")
        });
    }
    tty.send("\x1b").shows("golden-web-7");
    for tab in ["2", "3", "4", "1"] {
        tty.send(tab).send("j".repeat(30)).settled();
    }
    tty.resize((90, 20));
    tty.send("\x0c").shows("golden-web").settled();
    tty.send("q");
    tty.ended();
    let kinds = stream::kinds(&tty.out);
    let expected = [
        "CSI ?1000 l",
        "CSI ?1004 h",
        "CSI ?1004 l",
        "CSI ?1006 l",
        "CSI ?1049 h",
        "CSI ?1049 l",
        "CSI ?2004 h",
        "CSI ?2004 l",
        "CSI ?2026 h",
        "CSI ?2026 l",
        "CSI ?25 h",
        "CSI ?25 l",
        "CSI H",
        "CSI J",
        "CSI K",
        "CSI L",
        "CSI M",
        "CSI m",
        "CSI r",
        "^H",
        "^J",
        "^M",
        "CSI C",
    ];
    let odd: Vec<&String> = kinds.iter().filter(|k| !expected.contains(&k.as_str())).collect();
    assert_eq!(odd, [""; 0]);
    assert!(!String::from_utf8_lossy(&tty.out).contains("owned\u{7}"));
}

#[test]
fn the_id_is_sent_to_the_terminals_clipboard() {
    let mut tty = Start::new(&["--demo"]).go();
    tty.loaded();
    tty.send("/november\r").until("the row", |t| t.selected().starts_with("golden-web-7"));
    tty.send("y").shows("img-g6lo8csd was sent to the terminal's clipboard");
    // The base64 of img-g6lo8csd.
    let wanted = b"\x1b]52;c;aW1nLWc2bG84Y3Nk\x1b\\";
    let count = tty.out.windows(wanted.len()).filter(|w| w == wanted).count();
    assert_eq!((count, stream::kinds(&tty.out).iter().filter(|k| k.starts_with("OSC")).count()), (1, 1));
}

/// Only the underlines of the matched letters are sent; the rows stay.
#[test]
fn a_letter_of_a_filter_is_cheap() {
    let mut tty = demo(LARGE);
    tty.settled();
    // All rows match these letters.
    cost(&mut tty, "/golden-");
    for key in ["w", "e", "b"] {
        let (first, _) = cost(&mut tty, key);
        assert!(first <= 160, "{key:?}: {first} bytes");
    }
}
