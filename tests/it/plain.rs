//! The line mode, through a pipe as a program uses it, and on a terminal without capabilities.

use std::{
    io::Write,
    process::{Command, Stdio},
};

use cvmshare::emulator::Options;
use rustix::process::Signal;
use tokio::runtime::Runtime;

use crate::{
    emulator_client::Desk,
    pty::tty::{End, Start},
};

/// Runs the line mode with these lines. Returns its output and exit status.
pub(crate) fn run_lines(args: &[&str], env: &[(&str, &str)], lines: &str) -> (String, Option<i32>) {
    let home = tempfile::tempdir().unwrap();
    let config = home.path().join("config");
    std::fs::create_dir(&config).unwrap();
    let lab = "[profiles.lab]\ncredentials = \"demo:100000000001\"\nregions = [\"ap-guangzhou\", \"ap-shanghai\"]\n\
               [profiles.them]\ncredentials = \"demo:100000000002\"\nregions = [\"ap-shanghai\"]\n\
               [accounts]\n\"100000000002\" = \"Borealis Games\"\n[groups]\neverybody = [\"100000000002\", \"100000000003@ap-guangzhou\"]\n";
    if !args.contains(&"--demo") {
        std::fs::write(config.join("config.toml"), lab).unwrap();
    }
    let mut child = Command::new(env!("CARGO_BIN_EXE_cvmshare"))
        .args(args)
        .args(["--plain", "--metadata=off"])
        .env_clear()
        .env("HOME", home.path())
        .env("LANG", "C.UTF-8")
        .env("CVMSHARE_CONFIG_DIR", &config)
        .env("CVMSHARE_STATE_DIR", home.path().join("state"))
        .envs(env.iter().copied())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(lines.as_bytes()).unwrap();
    let out = child.wait_with_output().unwrap();
    assert_eq!(String::from_utf8_lossy(&out.stderr), "");
    assert!(!home.path().join("state/view.toml").exists(), "how the screen was left is the screen's");
    (String::from_utf8(out.stdout).unwrap(), out.status.code())
}

/// A built-in cloud for one test, with the profile `lab` and its customer.
pub(crate) struct Cloud {
    pub runtime: Runtime,
    pub desk: Desk,
}

impl Cloud {
    pub(crate) fn start() -> Self {
        let runtime = Runtime::new().unwrap();
        let desk = runtime.block_on(Desk::new(Options { speed: 600.0, ..Options::default() }));
        Self { runtime, desk }
    }

    pub(crate) fn run(&self, lines: &str) -> String {
        self.run_in_locale("C.UTF-8", lines)
    }

    /// Runs the line mode in a locale.
    pub(crate) fn run_in_locale(&self, locale: &str, lines: &str) -> String {
        let env = [("CVMSHARE_ENDPOINT", self.desk.cloud.endpoint.as_str()), ("LANG", locale)];
        let (text, status) = run_lines(&["--profile", "lab", "--speed", "600"], &env, lines);
        assert_eq!(status, Some(0), "{text}");
        text
    }

    /// Adds faults.
    pub(crate) fn faults(&self, all: &[&str]) {
        let all = serde_json::to_string(all).unwrap();
        self.runtime.block_on(self.desk.control("DELETE", "faults", ""));
        self.runtime.block_on(self.desk.control("POST", "faults", &all));
    }

    /// Returns the writing calls so far, as action and region.
    pub(crate) fn writes(&self) -> Vec<String> {
        let calls = self.runtime.block_on(self.desk.control("GET", "calls", "")).1;
        let calls = calls.as_array().unwrap().iter().filter(|c| c["request"]["DryRun"] != true);
        let words = calls
            .map(|c| format!("{} {}", c["action"].as_str().unwrap(), c["region"].as_str().unwrap_or("-")));
        let mut all: Vec<String> =
            words.filter(|w| !w.starts_with("Describe") && !w.starts_with("GetCaller")).collect();
        all.sort();
        all
    }
}

/// Splits the output into the lines without a job's progress, and the sorted progress lines. The regions of a job
/// progress in any order.
fn parted(text: &str) -> (Vec<&str>, Vec<&str>) {
    let (mut progress, rest): (Vec<&str>, Vec<&str>) =
        text.lines().partition(|l| l.starts_with("Job ") && l[..16].contains(": "));
    progress.retain(|l| !l.contains("copying") && !l.ends_with(": sharing") && !l.ends_with(": shared"));
    progress.sort_unstable();
    (rest, progress)
}

#[test]
fn a_share_in_the_line_mode_completes() {
    let cloud = Cloud::start();
    let text = cloud.run(
        "images november\nshare 1\nnobody@example.com\neverybody\nap-shanghai, ap-guangzhou\nyes\nwait\n\
         images november\nprofile them\nshared\n",
    );
    let (rest, progress) = parted(&text);
    let leak = "To accept: Receivers can read everything on golden-web-7, launch it, create new images from it and pass \
                those on. Cancelling the share later does not bring the data back.";
    let step = "Step 1, receivers. Share with whom? Type account IDs, or names from the address book or of groups, \
                separated by commas; ID@REGION for one region only. An empty line stops.";
    let id = rest.iter().find_map(|l| l.strip_prefix("Job ")?.split_once(" started")).unwrap().0;
    let copy = rest.iter().rev().find_map(|l| l.split(", ").find(|p| p.starts_with("img-"))).unwrap();
    let ends = |end: &str| format!("Job {id}{end}");
    let wanted = [
        "cvmshare, line by line. Profile lab, DEMO: the built-in cloud. Type help for a list of commands.".to_owned(),
        "Account 100000000001, My Images 10, Shared With Me 1, Regions 20, Instances 4.".to_owned(),
        "My Images: 1 row matching the filter.".to_owned(),
        "1. golden-web-7, img-g6lo8csd, ap-guangzhou, NORMAL, size 50 GiB, shared 3 of 50, age 3 h".to_owned(),
        "Share golden-web-7 (img-g6lo8csd, ap-guangzhou). Nothing is sent before you type yes.".to_owned(),
        step.to_owned(),
        "nobody@example.com: \"nobody@example.com\" is an e-mail address; an account ID has only digits. The receiver \
         finds it in the console under Account Information."
            .to_owned(),
        step.to_owned(),
        "Step 2, regions. Which regions? Type region codes separated by commas; an empty line selects only ap-guangzhou, \
         where the image is; stop stops."
            .to_owned(),
        "Step 3, checks.".to_owned(),
        "ap-guangzhou: original image, img-g6lo8csd.".to_owned(),
        "ap-guangzhou, Borealis Games: will be shared.".to_owned(),
        "ap-guangzhou, Quay Labs: shared already.".to_owned(),
        "ap-shanghai: will be copied, as golden-web-7.".to_owned(),
        "ap-shanghai, Borealis Games: will be shared.".to_owned(),
        "Step 4, risk.".to_owned(),
        "Note: Copying is free; the snapshot of the copy is billed: 50 GiB in 1 region.".to_owned(),
        leak.to_owned(),
        "  Check: Keys and passwords: SSH keys, cloud keys, tokens, certificates, .env files".to_owned(),
        "  Check: History: shell history, editor backups, repositories with old commits".to_owned(),
        "  Check: Logs and data: /var/log, databases, mail, caches, temporary files".to_owned(),
        "  Check: Licences: software that you may not pass on".to_owned(),
        "Accept this and start? Type yes; anything else stops.".to_owned(),
        ends(" started; you can do something else. wait waits until it ends, jobs shows its progress."),
        ends(" of golden-web-7: done."),
        "No jobs are running.".to_owned(),
        "My Images: 2 rows matching the filter.".to_owned(),
        format!("1. golden-web-7, {copy}, ap-shanghai, NORMAL, size 50 GiB, shared 1 of 50, copies gz, age now"),
        "2. golden-web-7, img-g6lo8csd, ap-guangzhou, NORMAL, size 50 GiB, shared 4 of 50, copies sh, age 3 h".to_owned(),
        "Now using them.".to_owned(),
        "Account 100000000002, My Images 0, Shared With Me 1, Regions 20, Instances 0.".to_owned(),
        "Shared With Me: 1 row.".to_owned(),
        format!(
            "1. golden-web-7, {copy}, ap-shanghai, owner Acme Platform, NORMAL, system Ubuntu Server 24.04 LTS 64bit, \
             size 50 GiB, age now"
        ),
    ];
    assert_eq!(rest, wanted);
    let mut wanted = [
        ends(": ap-guangzhou, Borealis Games: shared, visible to the receiver"),
        ends(": ap-shanghai, Borealis Games: shared, visible to the receiver"),
        ends(": ap-shanghai: copied"),
    ];
    wanted.sort();
    let (texts, progress): (Vec<&str>, Vec<&str>) =
        progress.into_iter().partition(|l| l.contains(": text for "));
    assert_eq!(texts.iter().filter(|l| l.contains(copy)).count(), 1, "{texts:?}");
    // The line about the receiver's view may come after the end.
    assert!(progress.iter().all(|l| wanted.contains(&l.to_string())), "{progress:?}");
    assert!(progress.contains(&wanted[2].as_str()), "{progress:?}");
    assert_eq!(
        cloud.writes(),
        [
            "ModifyImageSharePermission ap-guangzhou",
            "ModifyImageSharePermission ap-shanghai",
            "SyncImages ap-guangzhou"
        ]
    );
}

#[test]
fn nothing_is_sent_without_a_yes_or_at_the_end_of_the_input() {
    let cloud = Cloud::start();
    let share = ["share img-g6lo8csd", "100000000009", "ap-shanghai", "no"];
    for steps in 1..=share.len() {
        let text = cloud.run(&share[..steps].join("\n"));
        assert!(text.contains("Nothing was changed."), "{text}");
    }
    for lines in [
        "copy img-g6lo8csd\n",
        "copy img-g6lo8csd\nap-shanghai\n",
        "copy img-g6lo8csd\nap-shanghai\nYES!\n",
        "unshare img-g6lo8csd\n",
        "unshare img-g6lo8csd\nall\n",
        "unshare img-g6lo8csd\n100000000009\nyes\n",
        "delete img-g6lo8csd\ngolden-web-7\n\n",
        "delete img-g6lo8csd\ngolden-web-6\nyes\n",
        "rename img-g6lo8csd\n\n\n",
        "rename img-g6lo8csd\nother\n\nno\n",
    ] {
        let text = cloud.run(lines);
        assert!(text.contains("othing was changed."), "{lines:?}: {text}");
    }
    assert_eq!(cloud.writes(), [""; 0]);
}

#[test]
fn blocked_actions_show_all_reasons() {
    let (text, status) = run_lines(
        &["--demo"],
        &[],
        "delete img-s0w16b2t\nshared ml-runtime\nactions 1\nshare 1\nfly\nshow\nshow 7\nimages nowhere\nmore\nquit\nimages\n",
    );
    assert_eq!(status, Some(0));
    let after = text.lines().skip(2).collect::<Vec<_>>().join("\n");
    insta::assert_snapshot!("plain-blocked", after);
}

#[test]
fn an_image_is_unshared_renamed_and_deleted() {
    let cloud = Cloud::start();
    let text = cloud.run(
        "unshare img-g6lo8csd\n100000000003\nyes\nrename img-g6lo8csd\ngolden-web-8\n-\nyes\nshow img-g6lo8csd\n\
         delete img-g6lo8csd\ngolden-web-8\nyes\nshow img-g6lo8csd\n",
    );
    for part in [
        "Cancelled shares of golden-web-7; 2 left (confirmed).",
        "\ngolden-web-8\nid img-g6lo8csd\n",
        "This does both: it cancels all shares",
        "golden-web-8 is deleted.\nimg-g6lo8csd not found.",
    ] {
        assert!(text.contains(part), "no {part:?} in\n{text}");
    }
    assert_eq!(
        cloud.writes(),
        [
            "DeleteImages ap-guangzhou",
            "ModifyImageAttribute ap-guangzhou",
            "ModifyImageSharePermission ap-guangzhou",
            "ModifyImageSharePermission ap-guangzhou"
        ]
    );
}

/// A cloud in the same process ends with it, so its jobs finish first.
#[test]
fn the_end_of_the_input_waits_for_jobs_of_the_demo() {
    let lines = "copy img-g6lo8csd\nap-shanghai\nyes\n";
    let (text, status) = run_lines(&["--demo", "--speed", "600"], &[], lines);
    assert!(text.trim_end().ends_with("ap-shanghai: copied"), "{text}");
    assert_eq!(status, Some(0));
    let (text, status) = run_lines(&["--demo", "--speed", "1"], &[], &format!("{lines}quit\nquit\n"));
    assert!(text.trim_end().ends_with("wait waits until it ends; quit again quits now."), "{text}");
    assert_eq!(status, Some(0));
}

#[test]
fn an_unreachable_cloud_does_not_end_the_line_mode() {
    let (text, status) =
        run_lines(&["--profile", "lab", "--endpoint", "http://127.0.0.1:9"], &[], "images\nregions tokyo\n");
    assert_eq!(status, Some(0));
    for part in [
        "Problem: ",
        "did not answer",
        "My Images: 0 rows.",
        "1. Northeast Asia (Tokyo), ap-tokyo, own not loaded",
    ] {
        assert!(text.contains(part), "no {part:?} in\n{text}");
    }
}

#[test]
fn a_dumb_terminal_gets_only_lines() {
    let mut tty = Start::new(&["--demo"]).size((200, 50)).env("TERM", "dumb").go();
    tty.shows("Instances 5.").shows("\n>");
    tty.send("images golden-web-7\r").shows("1. golden-web-7, img-g6lo8csd");
    assert!(!tty.out.contains(&0x1b), "{:?}", String::from_utf8_lossy(&tty.out));
    tty.send("quit\r");
    assert_eq!(tty.ended(), End::Status(0));
    assert_eq!(tty.changed(), [""; 0]);
    // Ctrl-D is the end of the input.
    let mut tty = Start::new(&["--demo", "--plain"]).size((200, 50)).go();
    tty.shows("\n>").send("\x04");
    assert_eq!(tty.ended(), End::Status(0));
    for (signal, status) in [(Signal::TERM, 143), (Signal::HUP, 129), (Signal::INT, 130)] {
        let mut tty = Start::new(&["--demo", "--plain"]).size((200, 50)).go();
        tty.shows("\n>").signal(signal);
        assert_eq!(tty.ended(), End::Status(status));
    }
}
