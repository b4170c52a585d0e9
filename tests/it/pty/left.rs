//! From one session to the next: the console opens with the last view and the cached rows, until the cloud answers.

use std::{
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
};

use cvmshare::emulator::Options;
use rustix::process::Signal;
use tokio::runtime::Runtime;

use super::tty::{End, LARGE, Start, Tty};
use crate::emulator_client::Desk;

/// A cloud, and a state directory that outlives a console.
struct Place {
    runtime: Runtime,
    desk: Desk,
    home: tempfile::TempDir,
}

impl Place {
    fn new() -> Self {
        let runtime = Runtime::new().unwrap();
        let desk = runtime.block_on(Desk::new(Options::default()));
        Self { runtime, desk, home: tempfile::tempdir().unwrap() }
    }

    /// Opens a console with credentials like those of a real account.
    fn console(&self) -> Tty {
        let config = "refresh = \"off\"\n[profiles.prod]\ncredentials = \"env\"\n\
                      regions = [\"ap-guangzhou\", \"ap-shanghai\"]\n";
        Start::new(&[])
            .size(LARGE)
            .file("config.toml", config)
            .env("CVMSHARE_STATE_DIR", self.home.path().to_str().unwrap())
            .env("CVMSHARE_ENDPOINT", &self.desk.cloud.endpoint)
            .env("TENCENTCLOUD_SECRET_ID", "demo-id-100000000001")
            .env("TENCENTCLOUD_SECRET_KEY", "demo-key-100000000001")
            .go()
    }

    fn rows(&self) -> PathBuf {
        self.home.path().join("rows/prod.json")
    }

    fn view(&self) -> String {
        std::fs::read_to_string(self.home.path().join("view.toml")).unwrap()
    }

    fn faults(&self, faults: &str) {
        self.runtime.block_on(self.desk.control("DELETE", "faults", ""));
        self.runtime.block_on(self.desk.control("POST", "faults", faults));
    }
}

fn mode(file: &Path) -> u32 {
    std::fs::metadata(file).unwrap().permissions().mode() & 0o777
}

#[test]
fn the_view_state_is_restored_after_every_kind_of_exit() {
    let place = Place::new();
    let mut tty = place.console();
    tty.shows("3 of 50").lacks("asking");
    tty.send("<").shows("COPIES ↑").send("=").shows("COPIES ↓").send("4").shows("web-1");
    tty.send("q");
    assert_eq!(tty.ended(), End::Status(0));
    let first = "tab = \"instances\"\nsessions = 1\n\n[sort.images]\nby = \"copies\"\ndescending = true\n";
    assert_eq!(place.view(), first);
    assert_eq!((mode(&place.home.path().join("view.toml")), mode(&place.rows())), (0o600, 0o600));
    // A hang-up of the terminal, and a shutdown of the machine.
    let ends = [(Signal::HUP, 129, "2", "shared"), (Signal::TERM, 143, "4", "instances")];
    for (sessions, (signal, status, key, tab)) in (2..).zip(ends) {
        let mut tty = place.console();
        tty.shows("1 My Images 10").lacks("asking").send("1").shows("COPIES ↓");
        tty.send(key).lacks("COPIES").signal(signal);
        assert_eq!(tty.ended(), End::Status(status));
        let sessions = format!("sessions = {sessions}");
        assert_eq!(place.view(), first.replace("instances", tab).replace("sessions = 1", &sessions));
    }
}

#[test]
fn an_unreadable_view_state_is_reported_and_ignored() {
    let place = Place::new();
    std::fs::write(place.home.path().join("view.toml"), "tab = [\n").unwrap();
    std::fs::create_dir(place.home.path().join("rows")).unwrap();
    std::fs::write(place.rows(), "{").unwrap();
    let mut tty = place.console();
    tty.shows("The last view could not be restored.").shows("3 of 50").lacks("asking");
    tty.send("q");
    assert_eq!(tty.ended(), End::Status(0));
    assert_eq!(place.view(), "tab = \"images\"\nsessions = 1\n");
}

#[test]
fn cached_rows_are_shown_until_the_cloud_answers() {
    let place = Place::new();
    let mut tty = place.console();
    tty.shows("3 of 50").lacks("asking").send("q");
    assert_eq!(tty.ended(), End::Status(0));
    place.faults("[\"DescribeImages*=stall\"]");
    let mut tty = place.console();
    tty.shows("as of just now · asking").shows("golden-web-7").shows("3 of 50").shows("checking …");
    // An action on a cached row is blocked until the row has been read.
    tty.send("D").shows("Still loading");
    place.faults("[]");
    tty.send("P")
        .shows("Profile")
        .send("\r")
        .lacks("as of")
        .lacks("asking")
        .shows("golden-web-7")
        .lacks("checking");
    tty.send("q");
    assert_eq!(tty.ended(), End::Status(0));
    let calls = place.runtime.block_on(place.desk.control("GET", "calls", "")).1;
    let mut actions: Vec<&str> =
        calls.as_array().unwrap().iter().map(|c| c["action"].as_str().unwrap()).collect();
    actions.retain(|a| !a.starts_with("Describe") && !a.starts_with("GetCaller") && *a != "SyncImages");
    assert_eq!(actions, [""; 0]);
}

#[test]
fn no_rows_of_the_built_in_cloud_are_cached() {
    let home = tempfile::tempdir().unwrap();
    let mut tty =
        Start::new(&["--demo"]).env("CVMSHARE_STATE_DIR", home.path().to_str().unwrap()).size(LARGE).go();
    tty.loaded().send("q");
    assert_eq!(tty.ended(), End::Status(0));
    let left: Vec<_> = std::fs::read_dir(home.path()).unwrap().map(|f| f.unwrap().file_name()).collect();
    assert_eq!(left, ["view.toml"]);
}

#[test]
fn a_key_opens_the_doctor() {
    let place = Place::new();
    let mut tty = place.console();
    tty.shows("3 of 50").lacks("asking");
    tty.send("\x1bOQ").shows("No problems found.").shows("ap-guangzhou").shows("100000000001");
    tty.send("\x1b").shows("golden-web-7").send("q");
    assert_eq!(tty.ended(), End::Status(0));
}
