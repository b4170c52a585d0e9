//! Instances by keys in a real terminal: a receiver launches a shared image, reinstalls the instance, and makes an
//! image of it. Afterwards the console is idle.

use super::tty::{End, LARGE, SMALL, Start};

fn instances_by_keys(size: (u16, u16)) {
    let mut tty = Start::new(&["--demo", "--speed", "600"]).size(size).go();
    tty.loaded();
    tty.send("P").shows("Profile");
    tty.send("j\r").shows("Borealis Games · 100000000002");
    tty.send("2/october\r").shows("golden-web-6").lacks("asking");
    tty.until("the image", |t| t.selected().starts_with("golden-web-6"));
    tty.shows("asks · Acme Platform is not trusted");

    tty.send("L").shows("[ choices ]").shows("46 of 48 types on sale").shows("sold out: ap-guangzhou-1");
    tty.send("j\r").shows("54 of 54 types").shows("ap-guangzhou-4");
    // The letters match in order, with others between them.
    tty.send("s5l8").until("the type first", |t| t.selected().starts_with("S5.LARGE8"));
    tty.send("\r").shows("S5.LARGE8 · 4 cores · 8 GiB").shows("0/128");
    tty.send("lobby-9\r").shows("7/128").shows("Leave empty for");
    // A subnet without its VPC is refused beside the field; an empty field means the default network.
    tty.send("\x1b[200~subnet-1a\x1b[201~\r").shows("add the ID of the VPC");
    tty.send("\x15\r").shows("[ risk ]").shows("[ No, go back ]").shows("You do not trust");
    tty.send("\t").shows("[ Yes, I accept the risk ]");
    tty.send("\r").lacks("[ risk ]").lacks("sending");
    tty.send("4/lobby-9\r").until("the instance as it runs", |t| {
        t.selected().starts_with("lobby-9") && t.selected().contains("RUNNING")
    });
    tty.shows("ready · wipes the system disk");
    let text = tty.text();
    let id = text.split_whitespace().find(|w| w.starts_with("ins-")).unwrap().to_owned();

    tty.send("R").shows("Reinstall: choose an image").shows("in use");
    tty.send("golden\r").shows("[ No ]").shows("This wipes").shows("You do not trust");
    tty.send("ins-00000000\t\r").shows("The ID does not match");
    tty.send(format!("\x15{id}\r")).shows("[ Yes, reinstall ]");
    tty.send("\r").lacks("This wipes").shows("is reinstalled, RUNNING.");

    tty.send("I").shows("Create an image").shows("contains their content").shows("keeps running");
    tty.send("\x15lobby-kept\tas it was\r").shows("[ No, go back ]");
    tty.send("\t").shows("[ Yes, create the image ]");
    tty.send("\r").lacks("Create an image");
    tty.send("1/lobby-kept\r").until("the image as it is ready", |t| {
        t.selected().starts_with("lobby-kept") && t.selected().contains("NORMAL")
    });
    tty.shows("as it was");
    // Everything is stable, so nothing is read again.
    tty.idle();
    tty.send("q");
    assert_eq!(tty.ended(), End::Status(0));
    assert_eq!(tty.changed(), [""; 0]);
}

#[test]
fn instances_by_keys_work_at_80x24() {
    instances_by_keys(SMALL);
}

#[test]
fn instances_by_keys_work_at_120x40() {
    instances_by_keys(LARGE);
}
