//! Changing an image by keys in a real terminal: each action asks with No selected first, and its result is read back.

use super::tty::{End, LARGE, SMALL, Start, Tty};

/// Opens the console with one image selected.
fn on(size: (u16, u16), filter: &str, name: &str) -> Tty {
    let mut tty = Start::new(&["--demo", "--speed", "600"]).size(size).go();
    tty.loaded();
    tty.send(format!("/{filter}\r"))
        .until(name, |t| t.selected().starts_with(name) && t.text().contains(&format!("{name}  img-")));
    tty
}

fn over(tty: &mut Tty) {
    tty.send("q");
    assert_eq!(tty.ended(), End::Status(0));
    assert_eq!(tty.changed(), [""; 0]);
}

fn both(test: impl Fn((u16, u16))) {
    test(SMALL);
    test(LARGE);
}

#[test]
fn one_share_or_all_shares_are_cancelled() {
    both(|size| {
        let mut tty = on(size, "november", "golden-web-7");
        tty.send("u").shows("Cancel shares of golden-web-7").shows("Quay Labs");
        tty.send(" \r").shows("[ No ]").shows("keep running");
        // No is selected first: Enter alone changes nothing.
        tty.send("\r").lacks("[ No ]");
        tty.shows("3 of 50").send("u").shows("Cancel shares of golden-web-7");
        tty.send(" \r").shows("[ No ]");
        tty.send("\t\r").shows("2 left (confirmed)").shows("2 of 50");
        tty.send("u").shows("Cancel shares of golden-web-7").lacks("Quay Labs");
        tty.send("*\r").shows("[ No ]");
        tty.send("\t\r").shows("0 left (confirmed)").shows("not shared");
        over(&mut tty);
    });
}

#[test]
fn deleting_cancels_the_shares_and_asks_for_the_name() {
    both(|size| {
        let mut tty = on(size, "november", "golden-web-7");
        tty.send("D")
            .shows("1 Cancel all 3 shares of golden-web-7")
            .shows("2 Delete golden-web-7")
            .shows("[ No ]");
        tty.send("\r").lacks("[ No ]");
        tty.send("D").shows("[ No ]");
        tty.send("golden-web\t\r").shows("The name does not match");
        tty.send("-7\r\r").shows("golden-web-7 is deleted.").shows("1 My Images 15");
        tty.send("\x1b").shows("base-ubuntu-24").lacks("golden-web-7 ");
        over(&mut tty);
    });
}

#[test]
fn renaming_works_and_bad_names_are_refused_beside_the_field() {
    both(|size| {
        let mut tty = on(size, "cis", "base-ubuntu-24");
        tty.send("e").shows("Name and description").shows("14/60");
        tty.send("\x15golden-web-7\r").shows("Name and description").shows("12/60");
        tty.shows("golden-web-7").send("-lts\r").lacks("Name and description");
        tty.shows("is changed (confirmed)")
            .until("the row", |t| t.selected().starts_with("golden-web-7-lts"));
        over(&mut tty);
    });
}

#[test]
fn an_image_is_copied_without_shares() {
    both(|size| {
        let mut tty = on(size, "cis", "base-ubuntu-24");
        tty.send("c").shows("[ regions ]").shows("cannot");
        tty.send("j \r").shows("[ checks ]").shows("No problems found.");
        tty.send("\r").shows("[ risk ]").shows("[ No, go back ]");
        tty.send("\t\r").shows("[ running ]").shows(" %");
        tty.shows("[ report ]").shows("1 copied");
        // The row of the copy in the chosen region.
        tty.send("\x1b").shows("1 My Images 17").until("two rows", |t| {
            let rows = t.rows();
            let there = |r| rows.iter().any(|row| row.contains("base-ubuntu-24") && row.contains(r));
            there("ap-guangzhou") && there("ap-shanghai")
        });
        over(&mut tty);
    });
}
