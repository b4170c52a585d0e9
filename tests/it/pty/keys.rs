//! Keys that arrive in pieces, in bursts, or before the first frame.

use super::{
    stream,
    tty::{SMALL, Start, Tty, demo},
};

/// Returns the names of the visible rows.
fn names(tty: &Tty) -> Vec<String> {
    let of = |row: &String| {
        row.trim_start_matches([' ', '▌']).split_whitespace().next().unwrap_or_default().to_owned()
    };
    let table = tty.rows();
    table.iter().skip(2).filter(|r| r.contains(" ap-") || r.contains(" eu-")).map(of).collect()
}

#[test]
fn an_arrow_key_in_pieces_is_that_key() {
    let mut tty = demo(SMALL);
    let names = names(&tty);
    for (n, pieces) in [["\x1b", "[B"], ["\x1b[", "B"]].into_iter().enumerate() {
        tty.settled().taken(pieces[0]);
        tty.send(pieces[1]);
        let wanted = &names[n + 1];
        tty.until(wanted, |t| t.selected().starts_with(wanted));
    }
    // A lone Esc is the key Esc.
    tty.send("?").shows("Esc back");
    tty.send("\x1b").lacks("Esc back");
    // Also if another key follows at once or in the next packet.
    for next in ["2", "\x1b[B2"] {
        tty.send("1").shows("golden-web-7");
        tty.send("?").shows("Esc back");
        tty.send(format!("\x1b{next}")).shows("quay-ml-runtime");
    }
}

#[test]
fn letters_in_pieces_and_pastes_reach_the_filter() {
    let mut tty = demo((120, 30));
    let name = "镜像".as_bytes();
    tty.send("/").shows("keep filter");
    tty.settled().taken(&name[..1]);
    tty.settled().taken(&name[1..5]);
    tty.send(&name[5..]).shows("/ 镜像");
    tty.until("two rows", |t| names(t).is_empty() || !t.text().contains("golden-web-7"));
    tty.send("\x1b").shows("golden-web-7");
    // A paste is text; line ends and escape sequences in it are not keys.
    tty.send("/\x1b[200~edge\x1b[31m-cache\rq\x1b[201~").shows("/ edge[31m-cacheq");
    tty.send("\x15edge-cache").until("its rows", |t| t.selected().starts_with("edge-cache-3"));
    tty.send("\x1b").shows("golden-web-7");
    // A paste on the table runs no commands.
    tty.send("\x1b[200~qqDy\x1b[201~2").shows("quay-ml-runtime");
}

#[test]
fn a_burst_of_keys_draws_few_frames() {
    let mut tty = demo((80, 40));
    let names = names(&tty);
    assert_eq!(names.len(), 16);
    tty.settled();
    for (keys, wanted) in [("j", &names[15]), ("k", &names[0])] {
        let before = tty.out.len();
        tty.send(keys.repeat(60)).until(wanted, |t| t.selected().starts_with(wanted));
        // The details pane follows.
        tty.settled();
        assert!(tty.selected().starts_with(wanted));
        let frames = stream::frames(&tty.out[before..]);
        assert!(frames <= 3, "{frames} frames");
    }
}

#[test]
fn keys_typed_before_the_first_frame_count() {
    let mut start = Start::new(&["--demo"]);
    start.typed = b"2\x1b[B".to_vec();
    let mut tty = start.go();
    tty.shows("quay-ml-runtime").until("the second row", |t| t.selected().starts_with("quay-"));
    tty.until("the rest", |t| t.text().contains("2 Shared With Me 2"));
}
