//! Jobs that outlive the console: it quits, its terminal hangs up, it is killed, and another one is opened beside it.

use crate::wait;
use std::{collections::BTreeSet, path::PathBuf, time::Duration, time::Instant};

use cvmshare::{
    emulator::{self, Options, Running},
    jobs::{JobState, Journal, journal::StoredJob},
};
use rustix::process::Signal;
use tokio::runtime::Runtime;

use super::tty::{End, LARGE, Start, Tty};

const PATIENCE: Duration = Duration::from_secs(30);

/// A built-in cloud in another process than the console, and a state directory that outlives the console.
struct Outside {
    runtime: Runtime,
    cloud: Running,
    state: tempfile::TempDir,
}

impl Outside {
    fn new() -> Self {
        let runtime = Runtime::new().unwrap();
        // A copy takes a minute unless the clock is advanced.
        let options = Options { speed: 10.0, ..Options::default() };
        let cloud = runtime.block_on(emulator::start(options)).unwrap();
        Self { runtime, cloud, state: tempfile::tempdir().unwrap() }
    }

    fn console(&self) -> Tty {
        let account = self.cloud.accounts.iter().find(|a| a.uin.as_str() == "100000000001").unwrap();
        let args =
            ["--endpoint", &self.cloud.endpoint, "--regions", "ap-guangzhou,ap-shanghai", "--speed", "1000"];
        Start::new(&args)
            .size(LARGE)
            .env("TENCENTCLOUD_SECRET_ID", &account.secret_id)
            .env("TENCENTCLOUD_SECRET_KEY", &account.secret_key)
            .env("CVMSHARE_STATE_DIR", self.state.path().to_str().unwrap())
            .go()
    }

    /// Opens a console with a running job: base-ubuntu-24 to Shanghai, for Borealis.
    fn with_job(&self) -> (Tty, StoredJob) {
        let mut tty = self.console();
        tty.shows("1 My Images 1").lacks("asking");
        tty.send("/base-ubuntu-24\r").until("the image", |t| t.selected().starts_with("base-ubuntu-24"));
        tty.send("s").shows("[ receivers ]");
        tty.send("100000000002\r").shows("Chosen: 100000000002");
        tty.send("\r").shows("[ regions ]").shows("original image");
        tty.send("j ").until("two regions", |t| t.text().matches("[x]").count() == 2);
        tty.send("\r").shows("[ checks ]").shows("No problems found.");
        tty.send("\r").shows("[ risk ]");
        tty.send("\t").shows("[ Yes, I accept the risk ]");
        tty.send("\r").shows("[ running ]").shows(" %");
        let kept = self.until(|k| k.holder.is_some() && k.job.cells.iter().all(|c| c.image.is_some()));
        assert_eq!(
            kept.holder.as_ref().unwrap().pid,
            u32::try_from(tty.pid().as_raw_nonzero().get()).unwrap()
        );
        (tty, kept)
    }

    fn path(&self) -> PathBuf {
        self.state.path().join("journal.db")
    }

    /// Waits until the job meets a condition.
    fn until(&self, so: impl Fn(&StoredJob) -> bool) -> StoredJob {
        let end = Instant::now() + PATIENCE;
        loop {
            let job = self
                .path()
                .exists()
                .then(|| wait(wait(Journal::open(&self.path())).unwrap().jobs()).unwrap());
            let kept = job.and_then(|jobs| jobs.into_iter().next());
            if let Some(kept) = kept.clone().filter(|k| so(k)) {
                return kept;
            }
            assert!(Instant::now() < end, "{kept:?}");
            std::thread::yield_now();
        }
    }

    fn advance(&self) {
        let url = format!("{}/_emulator/advance", self.cloud.endpoint);
        self.runtime.block_on(async {
            let http = crate::http();
            http.post(url).body("{\"seconds\":3600}").send().await.unwrap().error_for_status().unwrap();
        });
    }

    /// Waits until the job has finished, and checks that there is one copy.
    fn finishes(&self) {
        self.advance();
        let kept = self.until(|k| k.job.is_over() && k.holder.is_none());
        assert_eq!(kept.job.state(), JobState::Done, "{kept:?}");
        let url = format!("{}/_emulator/world", self.cloud.endpoint);
        let world: serde_json::Value = self.runtime.block_on(async {
            let http = crate::http();
            serde_json::from_str(&http.get(url).send().await.unwrap().text().await.unwrap()).unwrap()
        });
        for region in ["ap-guangzhou", "ap-shanghai"] {
            let all = world["regions"][region]["images"].as_array().unwrap();
            let named: Vec<_> = all.iter().filter(|i| i["name"] == "base-ubuntu-24").collect();
            assert_eq!(named.len(), 1, "{region}");
            let shares: BTreeSet<&str> = named[0]["shares"]
                .as_array()
                .unwrap()
                .iter()
                .map(|s| s["account"].as_str().unwrap())
                .collect();
            assert_eq!(shares, BTreeSet::from(["100000000002"]), "{region}");
        }
    }
}

#[test]
fn quitting_hands_the_job_to_the_background() {
    let outside = Outside::new();
    let (mut tty, kept) = outside.with_job();
    tty.send("\x1b").shows("1 My Images 1");
    tty.send("q").shows("1 job is running and continues in the background. Press q again to quit.");
    tty.send("q");
    assert_eq!(tty.ended(), End::Status(0));
    assert_eq!(tty.changed(), [""; 0]);
    let told = format!("job {} continues in the background", kept.job.id);
    assert!(tty.text().contains(&told), "{}", tty.text());
    outside.until(|k| {
        k.holder.is_some() && k.holder.as_ref().map(|h| h.pid) != kept.holder.as_ref().map(|h| h.pid)
    });
    outside.finishes();
}

#[test]
fn a_hang_up_does_not_end_the_job() {
    let outside = Outside::new();
    let (mut tty, _) = outside.with_job();
    tty.hang_up();
    assert_eq!(tty.ended(), End::Status(129));
    outside.finishes();
}

#[test]
fn the_next_console_continues_the_job_of_a_killed_one() {
    let outside = Outside::new();
    let (mut tty, _) = outside.with_job();
    tty.signal(Signal::KILL);
    assert!(matches!(tty.ended(), End::Signal(_)));
    assert_eq!(outside.until(|_| true).holder, None);
    let mut next = outside.console();
    next.shows("1 unfinished job continues. J shows it.");
    next.send("J").shows("[ running ]");
    outside.finishes();
    next.shows("[ report ]").shows("1 copied, 2 of 2 shared and confirmed");
    next.send("\x1bq");
    assert_eq!(next.ended(), End::Status(0));
}

#[test]
fn a_second_console_watches_a_job_and_takes_over() {
    let outside = Outside::new();
    let (mut tty, kept) = outside.with_job();
    let pid = kept.holder.unwrap().pid;
    let mut other = outside.console();
    other.shows("1 unfinished job continues");
    other.send("J").shows("[ running ]").shows(&format!("Process {pid} on ")).shows("it is only shown here");
    tty.signal(Signal::KILL);
    tty.ended();
    other.lacks("it is only shown here");
    outside.finishes();
    other.shows("[ report ]");
}
