//! The main flow by keys in a real terminal: copy, share, progress, report, and the receiver's view.

use super::tty::{End, LARGE, SMALL, Start};

fn shares_by_keys(size: (u16, u16)) {
    let mut tty = Start::new(&["--demo", "--speed", "600"]).size(size).go();
    tty.loaded();
    tty.send("/golden-web-7\r").until("the image", |t| {
        t.selected().starts_with("golden-web-7") && t.text().contains("golden-web-7  img-")
    });
    tty.send("s").shows("[ receivers ]").shows("Borealis Games");
    // Invalid input is reported beside the field, and the text stays.
    tty.send("nobody@example.com\r").shows("e-mail address").shows("nobody@example.com");
    tty.send("\x15100000000002\r").shows("Chosen: Borealis Games");
    tty.send("\r").shows("[ regions ]").shows("original image");
    // Shanghai, Nanjing, Beijing. Marking a row moves to the next one.
    tty.send("j   ").until("three more", |t| t.text().matches("[x]").count() == 4);
    tty.send("\r").shows("[ checks ]").shows("No problems found.");
    // Going back and forth keeps the choices.
    tty.send("\x1b").shows("[ regions ]");
    tty.send("\r").shows("[ checks ]").shows("No problems found.");
    tty.send("\r").shows("[ risk ]").shows("[ No, go back ]");
    tty.send("\t").shows("[ Yes, I accept the risk ]");
    tty.send("\r").shows("[ running ]").shows(" %");
    tty.shows("[ report ]").shows("3 copied, 4 of 4 shared and confirmed, 4 visible to receivers");
    tty.send("\x1b").shows("1 My Images 19");
    // The receiver sees the image in these regions only.
    tty.send("P").shows("Profile");
    tty.send("j\r").shows("Borealis Games · 100000000002");
    let there = ["ap-guangzhou", "ap-shanghai", "ap-nanjing", "ap-beijing"];
    tty.send("2/golden-web-7\r").until("the image in four regions", |t| {
        let rows: Vec<String> = t.rows().into_iter().filter(|r| r.contains("golden-web-7")).collect();
        there.iter().all(|region| rows.iter().any(|r| r.contains(region) && r.contains("Acme Platform")))
    });
    tty.lacks("asking");
    tty.shows("blocked · only its owner, Acme Platform, can share it");
    tty.send("q");
    assert_eq!(tty.ended(), End::Status(0));
    assert_eq!(tty.changed(), [""; 0]);
}

#[test]
fn sharing_by_keys_works_at_80x24() {
    shares_by_keys(SMALL);
}

#[test]
fn sharing_by_keys_works_at_120x40() {
    shares_by_keys(LARGE);
}

/// Nothing answers: the console says so, stays open, and tries again on a key.
#[test]
fn an_unreachable_cloud_is_reported_and_the_console_stays() {
    let config = "[profiles.lab]\ncredentials = \"demo:100000000001\"\nregions = [\"ap-guangzhou\"]\n";
    let mut tty = Start::new(&["--endpoint", "http://127.0.0.1:9"]).file("config.toml", config).go();
    tty.shows("ap-guangzhou: ").shows("offline").shows("tries again");
    tty.send("r").shows("ap-guangzhou: ").shows("offline");
    tty.send("q");
    assert_eq!(tty.ended(), End::Status(0));
}
