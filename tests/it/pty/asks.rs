//! Commands that ask for confirmation on a terminal. Enter means No.

use super::tty::{End, LARGE, Start, Tty};

/// The id is the same in every built-in cloud.
const GOLDEN: &str = "img-g6lo8csd";

fn asked(args: &[&str]) -> Tty {
    let mut all = vec!["--demo"];
    all.extend(args);
    Start::new(&all).size(LARGE).go()
}

#[test]
fn enter_means_no() {
    for answer in ["\r", "n\r", "\x04", "sure\r"] {
        let mut tty = asked(&["rename", GOLDEN, "--name", "golden-web-8"]);
        tty.shows("continue? [y/N]").send(answer);
        assert_eq!(tty.ended(), End::Status(1), "{answer:?}\n{}", tty.text());
        assert!(tty.text().contains("nothing was changed"), "{answer:?}\n{}", tty.text());
    }
}

#[test]
fn yes_performs_the_action() {
    let mut tty = asked(&["rename", GOLDEN, "--name", "golden-web-8"]);
    tty.shows("[y/N]").send("y\r");
    assert_eq!(tty.ended(), End::Status(0));
    assert!(tty.text().contains("golden-web-8  img-g6lo8csd"), "{}", tty.text());
}

#[test]
fn deleting_shows_the_risks_and_asks_for_the_name() {
    let delete = ["delete", GOLDEN, "--cancel-shares"];
    let mut tty = asked(&delete);
    tty.shows("type golden-web-7 to continue:");
    let text = tty.text();
    for risk in ["[unshare.lives-on]", "[unshare.foreign]", "[delete.type-name]", "Quay Labs"] {
        assert!(text.contains(risk), "{risk}: {text}");
    }
    tty.send("y\r");
    assert_eq!(tty.ended(), End::Status(1), "{}", tty.text());
    let mut tty = asked(&delete);
    tty.shows("to continue:").send("golden-web-7\r");
    assert_eq!(tty.ended(), End::Status(0), "{}", tty.text());
    assert!(tty.text().contains("ap-guangzhou  deleted"), "{}", tty.text());
}

#[test]
fn blocked_or_confirmed_actions_are_not_asked() {
    let mut tty = asked(&["delete", GOLDEN]);
    assert_eq!(tty.ended(), End::Status(3), "{}", tty.text());
    let mut tty = asked(&["delete", GOLDEN, "--cancel-shares", "--yes"]);
    assert_eq!(tty.ended(), End::Status(0), "{}", tty.text());
}

#[test]
fn a_plan_file_is_applied_after_its_difference_was_shown() {
    let file =
        "[[images]]\nimage = \"base-ubuntu-24\"\nregion = \"ap-guangzhou\"\nwith = [\"100000000002\"]\n";
    let apply = || {
        let args = ["--demo", "apply", "config/wanted.toml"];
        Start::new(&args).size(LARGE).file("wanted.toml", file).go()
    };
    let mut tty = apply();
    tty.shows("1 to add, 0 to cancel: continue? [y/N]");
    for said in ["add    share  base-ubuntu-24", "100000000002 Borealis Games", "[share.leak]"] {
        assert!(tty.text().contains(said), "{said}\n{}", tty.text());
    }
    tty.send("\r");
    assert_eq!(tty.ended(), End::Status(1), "{}", tty.text());
    let mut tty = apply();
    tty.shows("[y/N]").send("y\r");
    assert_eq!(tty.ended(), End::Status(0), "{}", tty.text());
    assert!(tty.text().contains("1 added, 0 cancelled"), "{}", tty.text());
}
