//! The first start on a machine without credentials and files.

use std::process::{Command, Stdio};

use super::tty::{LARGE, SMALL, Start, Tty};

fn fresh(size: (u16, u16)) -> Tty {
    let mut tty = Start::new(&[]).size(size).go();
    tty.loaded();
    tty
}

/// Returns the row whose name starts with this text.
fn row(tty: &Tty, name: &str) -> String {
    tty.rows().into_iter().find(|r| r.trim_start_matches([' ', '▌']).starts_with(name)).unwrap_or_default()
}

fn opens_on_the_built_in_cloud(size: (u16, u16)) {
    let mut tty = fresh(size);
    let header = tty.rows()[0].clone();
    for part in ["cvmshare", "Acme Platform", "100000000001", "DEMO"] {
        assert!(header.contains(part), "{header}");
    }
    assert!(tty.screen().alternate_screen() && tty.screen().hide_cursor() && tty.screen().bracketed_paste());
    let golden = row(&tty, "golden-web-7");
    for part in ["ap-guangzhou", "NORMAL", "3 of 50"] {
        assert!(golden.contains(part), "{golden}\n{}", tty.text());
    }
    for (key, row) in [
        ("2", "quay-ml-runtime"),
        ("3", "South China (Guangzhou)"),
        ("4", "ml-sandbox"),
        ("1", "golden-web-7"),
    ] {
        tty.send(key);
        tty.until(row, |t| !self::row(t, row).is_empty());
    }
    tty.send("\t").shows("quay-inference-arm");
    tty.send("\x1b[Z").shows("golden-web-7");
    assert_eq!(tty.rows().len(), usize::from(size.1));
}

#[test]
fn the_demo_opens_at_80x24() {
    opens_on_the_built_in_cloud(SMALL);
}

#[test]
fn the_demo_opens_at_120x40() {
    opens_on_the_built_in_cloud(LARGE);
}

fn filters_and_tells_details_and_verdicts(size: (u16, u16)) {
    let mut tty = fresh(size);
    tty.send("/november")
        .until("one row", |t| t.selected().starts_with("golden-web-7") && !t.text().contains("golden-web-6"));
    tty.send("\r").lacks("keep filter").until("the pane", |t| {
        // The pane shows as many lines as fit, and always the first action.
        t.rows().iter().any(|r| r.trim_start().starts_with("s  share"))
    });
    tty.send("\r").shows("golden-web-7").shows("Web tier, November patch set");
    tty.send("\x1b").shows("D  delete");
    tty.send("a").shows("Actions for golden-web-7");
    for reason in ["blocked · shared with 3 accounts", "s  share", "c  copy", "e  rename"] {
        tty.shows(reason);
    }
    tty.send("\x1b").lacks("Actions for");
    tty.send("\x1b").shows("base-ubuntu-24");
    tty.send("2").shows("quay-ml-runtime").until("the verdicts of a received image", |t| {
        let text = t.text();
        text.contains("only its owner") && text.contains("blocked")
    });
}

#[test]
fn filter_details_and_verdicts_work_at_80x24() {
    filters_and_tells_details_and_verdicts(SMALL);
}

#[test]
fn filter_details_and_verdicts_work_at_120x40() {
    filters_and_tells_details_and_verdicts(LARGE);
}

#[test]
fn without_a_terminal_the_console_names_the_command_for_scripts() {
    // Neither end is a terminal.
    let out = Command::new(env!("CARGO_BIN_EXE_cvmshare"))
        .stdin(Stdio::null())
        .env("CVMSHARE_CONFIG_DIR", "/nonexistent")
        .output()
        .unwrap();
    let text = String::from_utf8(out.stderr).unwrap();
    assert_eq!((out.status.code(), out.stdout.len()), (Some(2), 0));
    assert!(text.contains("cvmshare list images -o json"), "{text}");
    // One end is a terminal.
    for redirect in ["</dev/null", ">out"] {
        let mut start = Start::new(&[]);
        let program = start.argv[0].clone();
        start.argv = vec!["/bin/sh".into(), "-c".into(), format!("{program} {redirect}; echo status $?")];
        let mut tty = start.go();
        tty.shows("status 2").shows("cvmshare list images -o json");
        assert_eq!(tty.changed(), [""; 0]);
    }
}
