//! What is sent to the terminal: how much, and nothing that does not belong.

use std::time::Duration;

use super::{
    stream,
    tty::{LARGE, SMALL, Start, Tty, demo},
};

/// Longer than the pane waits for the keys to rest.
const REST: Duration = Duration::from_millis(150);

/// The bytes of what follows, up to the first frame and in all.
fn cost(tty: &mut Tty, keys: &str) -> (usize, usize) {
    let before = tty.out.len();
    tty.send(keys).until("a frame", |t| stream::frames(&t.out[before..]) > 0);
    let first = tty.out[before..].windows(8).position(|w| w == b"\x1b[?2026l").unwrap() + 8;
    tty.quiet(REST);
    (first, tty.out.len() - before)
}

#[test]
fn a_row_down_is_cheap_at_any_width() {
    for width in [80, 120, 200] {
        let mut tty = demo((width, 40));
        tty.quiet(REST);
        for row in 1..8 {
            let (first, all) = cost(&mut tty, "j");
            assert!(first <= 215 && all <= 1200, "{width} columns, row {row}: {first}, {all} bytes in all");
        }
    }
}

/// The map stands beside the pane: of it only two signs change.
#[test]
fn a_region_down_is_cheap_beside_the_map() {
    for size in [LARGE, (200, 50)] {
        let mut tty = demo(size);
        tty.quiet(REST);
        let (_, all) = cost(&mut tty, "3");
        assert!(all <= 11 * 1024, "the tab at {size:?}: {all} bytes");
        tty.shows("own images");
        for row in 1..12 {
            let (first, all) = cost(&mut tty, "j");
            assert!(first <= 215 && all <= 1400, "{size:?}, row {row}: {first}, {all} bytes in all");
        }
    }
}

#[test]
fn a_tab_is_cheap() {
    let mut tty = demo(SMALL);
    tty.quiet(REST);
    for tab in ["2", "3", "4", "1"] {
        let (_, all) = cost(&mut tty, tab);
        assert!(all <= 6 * 1024, "tab {tab}: {all} bytes");
    }
}

/// Every tab, every row, every screen that shows text from the cloud.
#[test]
fn nothing_hostile_and_no_question_reaches_the_terminal() {
    let mut tty = demo((160, 50));
    tty.send("/imported\r").until("the hostile image", |t| t.selected().starts_with("imported-appliance"));
    // It is shown as what it is.
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
        tty.send(tab).send("j".repeat(30)).quiet(REST);
    }
    tty.resize((90, 20));
    tty.send("\x0c").shows("golden-web").quiet(REST);
    tty.send("q");
    tty.ended();
    let kinds = stream::kinds(&tty.out);
    let expected = [
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
        "CSI m",
    ];
    let odd: Vec<&String> = kinds.iter().filter(|k| !expected.contains(&k.as_str())).collect();
    assert_eq!(odd, [""; 0]);
    assert!(!String::from_utf8_lossy(&tty.out).contains("owned\u{7}"));
}

#[test]
fn the_id_goes_to_the_terminals_clipboard() {
    let mut tty = Start::new(&["--demo"]).go();
    tty.loaded();
    tty.send("/november\r").until("the row", |t| t.selected().starts_with("golden-web-7"));
    tty.send("y").shows("img-g6lo8csd was sent to the terminal's clipboard");
    // img-g6lo8csd
    let wanted = b"\x1b]52;c;aW1nLWc2bG84Y3Nk\x1b\\";
    let count = tty.out.windows(wanted.len()).filter(|w| w == wanted).count();
    assert_eq!((count, stream::kinds(&tty.out).iter().filter(|k| k.starts_with("OSC")).count()), (1, 1));
}

/// Of the rows that stay, the letters that were found are underlined, and no more than that is sent.
#[test]
fn a_letter_of_a_filter_is_cheap() {
    let mut tty = demo(LARGE);
    tty.quiet(REST);
    // No row goes away with these letters.
    cost(&mut tty, "/golden-");
    for key in ["w", "e", "b"] {
        let (first, _) = cost(&mut tty, key);
        assert!(first <= 160, "{key:?}: {first} bytes");
    }
}
