//! Jobs as commands: the real program over HTTP, ended by signals and kills, resumed, and in the background.

use crate::wait;
use std::{
    collections::{BTreeMap, BTreeSet},
    process::{Child, Command, Output, Stdio},
    time::{Duration, Instant},
};

use cvmshare::{
    emulator::{Options, Quirk},
    jobs::Journal,
};
use futures_util::future::join_all;
use rustix::process::{Pid, Signal, kill_process};
use serde_json::{Value, json};

use crate::{
    emulator_client::{ACME, BOREALIS, QUAY},
    jobs::{BASE, GOLDEN, GZ, Lab},
};

const SHANGHAI: &str = "ap-shanghai";
const BEIJING: &str = "ap-beijing";
/// The time limit for everything that a test waits for.
const PATIENCE: Duration = Duration::from_secs(30);

pub struct Bench {
    pub lab: Lab,
    home: tempfile::TempDir,
}

pub struct Ran {
    pub status: Option<i32>,
    pub out: String,
    pub err: String,
}

impl Ran {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|_| panic!("{}\n{}", self.out, self.err))
    }

    /// Returns the state of each region, as `ap-shanghai ready reused`.
    pub fn cells(&self) -> Vec<String> {
        let describe = |cell: &Value| {
            let reused = if cell["reused"] == true { " there" } else { "" };
            let code = cell["error"]["code"].as_str().map_or(String::new(), |c| format!(" {c}"));
            format!("{} {}{reused}{code}", text(&cell["region"]), text(&cell["state"]))
        };
        self.json()["cells"].as_array().unwrap().iter().map(describe).collect()
    }

    pub fn edges(&self) -> Vec<String> {
        let describe = |edge: &Value| {
            let ours = if edge["ours"] == true { " ours" } else { "" };
            let code = edge["error"]["code"].as_str().map_or(String::new(), |c| format!(" {c}"));
            format!(
                "{} {} {}{ours}{code}",
                text(&edge["region"]),
                text(&edge["account"]),
                text(&edge["state"])
            )
        };
        self.json()["edges"].as_array().unwrap().iter().map(describe).collect()
    }
}

pub fn text(value: &Value) -> &str {
    value.as_str().unwrap()
}

impl Bench {
    /// Starts a cloud in which names need not be unique, so that only the program prevents a second copy.
    pub async fn new(speed: f64, faults: &[&str]) -> Self {
        let quirks = ["names-unique=no"].iter().map(|q| q.parse::<Quirk>().unwrap()).collect();
        let mut lab = Lab::with(Options { speed, quirks, ..Options::default() }).await;
        lab.read().await;
        lab.faults(faults).await;
        Self { lab, home: tempfile::tempdir().unwrap() }
    }

    fn program(&self, who: &str) -> Command {
        let mut command = self.bare(who);
        command.args(["--regions", "ap-guangzhou,ap-shanghai,ap-beijing"]);
        command
    }

    /// Returns the program without the option for regions.
    pub fn bare(&self, who: &str) -> Command {
        let account = self.lab.desk.cloud.accounts.iter().find(|a| a.uin.as_str() == who).unwrap();
        let mut command = Command::new(env!("CARGO_BIN_EXE_cvmshare"));
        command
            .env_clear()
            .env("HOME", self.home.path())
            .env("CVMSHARE_CONFIG_DIR", self.home.path())
            .env("CVMSHARE_STATE_DIR", self.home.path())
            .env("CVMSHARE_ENDPOINT", &self.lab.desk.cloud.endpoint)
            .env("TENCENTCLOUD_SECRET_ID", &account.secret_id)
            .env("TENCENTCLOUD_SECRET_KEY", &account.secret_key)
            .args(["--speed", "1000"])
            .stdin(Stdio::null());
        command
    }

    pub async fn run(&self, line: &str) -> Ran {
        let mut command = self.program(ACME);
        command.args(line.split_whitespace());
        ran(command).await
    }

    /// Starts a command without waiting for it.
    pub fn begin(&self, line: &str) -> Child {
        let mut command = self.program(ACME);
        command.args(line.split_whitespace()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command.spawn().unwrap()
    }

    pub fn base(&self) -> String {
        self.lab.image(GZ, BASE).to_string()
    }

    /// The command that shares in Guangzhou and Shanghai with Borealis, and in Beijing with Quay.
    pub fn share(&self) -> String {
        format!("share {} --with {BOREALIS},{QUAY}@{BEIJING} --in {GZ},{SHANGHAI} --yes -o json", self.base())
    }

    fn journal(&self) -> Journal {
        wait(Journal::open(&self.home.path().join("journal.db"))).unwrap()
    }

    /// Waits until the journal's only job meets a condition.
    pub async fn until(
        &self,
        so: impl Fn(&cvmshare::jobs::journal::StoredJob) -> bool,
    ) -> cvmshare::jobs::journal::StoredJob {
        let end = Instant::now() + PATIENCE;
        loop {
            if self.home.path().join("journal.db").exists()
                && let Some(kept) = wait(self.journal().jobs()).unwrap().into_iter().next()
            {
                let kept = wait(self.journal().job(&kept.job.id)).unwrap().unwrap();
                if so(&kept) {
                    return kept;
                }
                assert!(Instant::now() < end, "{kept:?}");
            }
            assert!(Instant::now() < end);
            tokio::task::yield_now().await;
        }
    }

    /// Returns the own images with a name, by region, with the accounts they are shared with.
    pub async fn world(&self, name: &str) -> BTreeMap<String, Vec<BTreeSet<String>>> {
        let (_, world) = self.lab.desk.control("GET", "world", "").await;
        let mut found: BTreeMap<String, Vec<BTreeSet<String>>> = BTreeMap::new();
        for (region, shelf) in world["regions"].as_object().unwrap() {
            for image in shelf["images"].as_array().unwrap() {
                if image["name"] == name && image["owner"] == ACME {
                    let shares = image["shares"].as_array().unwrap();
                    let shares = shares.iter().map(|s| text(&s["account"]).to_owned()).collect();
                    found.entry(region.clone()).or_default().push(shares);
                }
            }
        }
        found
    }

    /// Checks that the result of [`Bench::share`] exists exactly once.
    async fn all_is_well(&self, when: &str) {
        let set = |uin: &str| vec![BTreeSet::from([uin.to_owned()])];
        let wanted = BTreeMap::from([
            (BEIJING.to_owned(), set(QUAY)),
            (GZ.to_owned(), set(BOREALIS)),
            (SHANGHAI.to_owned(), set(BOREALIS)),
        ]);
        assert_eq!(self.world(BASE).await, wanted, "{when}");
    }
}

pub async fn ran(mut command: Command) -> Ran {
    // The cloud runs on this runtime, so waiting must not block it.
    to_ran(tokio::task::spawn_blocking(move || command.output().unwrap()).await.unwrap())
}

pub async fn ended(child: Child) -> Ran {
    to_ran(tokio::task::spawn_blocking(move || child.wait_with_output().unwrap()).await.unwrap())
}

fn to_ran(Output { status, stdout, stderr }: Output) -> Ran {
    let text = |bytes| String::from_utf8(bytes).unwrap();
    Ran { status: status.code(), out: text(stdout), err: text(stderr) }
}

fn signal(child: &Child, signal: Signal) {
    kill_process(Pid::from_raw(i32::try_from(child.id()).unwrap()).unwrap(), signal).unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_share_is_planned_made_and_repeated() {
    let bench = Bench::new(20_000.0, &[]).await;
    let plan = bench.run(&bench.share().replace("--yes", "--dry-run")).await;
    assert_eq!(plan.status, Some(0), "{}", plan.err);
    assert_eq!(plan.json()["state"], "planned");
    assert_eq!(plan.cells(), ["ap-guangzhou ready there", "ap-shanghai planned", "ap-beijing planned"],);
    assert_eq!(
        plan.edges(),
        [
            "ap-guangzhou 100000000002 planned",
            "ap-shanghai 100000000002 planned",
            "ap-beijing 100000000003 planned",
        ]
    );
    let asks = bench.run(&bench.share().replace("--yes", "")).await;
    let document: Value = serde_json::from_str(&asks.out).unwrap();
    assert_eq!((asks.status, &document["error"]["code"]), (Some(2), &json!("usage")), "{}", asks.err);
    assert!(asks.err.contains("share.leak") && asks.err.contains("Add --yes"), "{}", asks.err);
    let real = |calls: Vec<Value>| -> usize {
        let writes = |c: &&Value| {
            matches!(c["action"].as_str().unwrap(), "SyncImages" | "ModifyImageSharePermission")
                && c["request"]["DryRun"] != true
        };
        calls.iter().filter(writes).count()
    };
    let calls = async || bench.lab.desk.control("GET", "calls", "").await.1.as_array().unwrap().clone();
    assert_eq!(real(calls().await), 0);
    assert_eq!(bench.world(BASE).await.len(), 1);

    let done = bench.run(&bench.share()).await;
    assert_eq!(done.status, Some(0), "{}", done.err);
    let document = done.json();
    let image = |n: usize| document["cells"][n]["image_id"].clone();
    let cell = |n: usize, region: &str, reused: bool| {
        json!({"region": region, "image_id": image(n), "state": "ready", "percent": 100, "reused": reused,
               "error": null})
    };
    let edge = |region: &str, account: &str| json!({"region": region, "account": account, "state": "shared", "ours": true, "error": null});
    let mut first = cell(0, GZ, true);
    first["percent"] = Value::Null;
    assert_eq!(
        document,
        json!({
            "job": plan.json()["job"], "state": "done",
            "cells": [first, cell(1, SHANGHAI, false), cell(2, BEIJING, false)],
            "edges": [edge(GZ, BOREALIS), edge(SHANGHAI, BOREALIS), edge(BEIJING, QUAY)],
            "calls": document["calls"],
        })
    );
    let all = document["calls"].as_array().unwrap();
    let copy = all.iter().find(|c| c["action"] == "SyncImages").unwrap();
    assert_eq!(
        copy,
        &json!({"action": "SyncImages", "region": GZ, "outcome": "ok", "request_id": copy["request_id"]})
    );
    assert!(copy["request_id"].is_string());
    bench.all_is_well("after the first").await;
    assert_eq!(real(calls().await), 4, "one call for both copies, one a region for the shares");

    // The same command finds the same job and sends nothing more.
    let again = bench.run(&bench.share()).await;
    assert_eq!((again.status, again.json()), (Some(0), document.clone()), "{}", again.err);
    assert_eq!(real(calls().await), 4);
    let shown = bench.run(&format!("jobs show {} -o json", text(&document["job"]))).await;
    assert_eq!((shown.status, shown.json()), (Some(0), document));
}

#[tokio::test(flavor = "multi_thread")]
async fn refusals_are_reported_by_region() {
    let bench = Bench::new(20_000.0, &[]).await;
    let far =
        bench.run(&format!("share {} --with {BOREALIS}@eu-frankfurt --yes -o json", bench.base())).await;
    assert_eq!(far.status, Some(3), "{}", far.err);
    assert_eq!(far.cells(), ["eu-frankfurt planned copy.cross-border"]);
    assert!(far.err.contains("eu-frankfurt:"), "{}", far.err);
    let nobody = bench.run("share img-00000000 --with 100000000002 --yes -o json").await;
    assert_eq!((nobody.status, nobody.out.as_str()), (Some(4), ""), "{}", nobody.err);
    let read_only = bench.run(&format!("{} --read-only", bench.share())).await;
    assert_eq!(read_only.status, Some(3), "{}", read_only.err);
    assert!(read_only.err.contains("mode.read-only"), "{}", read_only.err);
    // One region refuses the share permanently.
    bench.lab.faults(&["ModifyImageSharePermission@ap-shanghai*=error:UnauthorizedOperation"]).await;
    let part = bench.run(&bench.share()).await;
    assert_eq!(part.status, Some(5), "{}", part.err);
    assert_eq!(
        part.edges(),
        [
            "ap-guangzhou 100000000002 shared ours",
            "ap-shanghai 100000000002 failed UnauthorizedOperation",
            "ap-beijing 100000000003 shared ours",
        ]
    );
    assert!(part.out.contains("cvm:ModifyImageSharePermission"), "{}", part.out);
    // After the permission is granted, only the missing share is made.
    let (status, _) = bench.lab.desk.control("DELETE", "faults", "").await;
    assert_eq!(status, 200);
    let again = bench.run(&format!("jobs resume {} -o json", text(&part.json()["job"]))).await;
    assert_eq!((again.status, again.json()["state"].as_str()), (Some(0), Some("done")), "{}", again.err);
    bench.all_is_well("after the permission was given").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_killed_program_leaves_a_job_that_can_be_resumed() {
    let at: Vec<u32> = vec![1, 2, 3, 4, 5, 7, 10, 14, 19, 25, 32];
    let each = at.into_iter().map(|point| async move {
        let bench = Bench::new(20_000.0, &[]).await;
        let mut command = bench.program(ACME);
        command.env("CVMSHARE_TEST_KILL", point.to_string()).args(bench.share().split_whitespace());
        let killed = ran(command).await;
        // The number of failpoints depends on how often the job polls.
        if point > 20 && killed.status == Some(0) {
            return bench.all_is_well(&format!("it ended before point {point}")).await;
        }
        assert_eq!(
            (killed.status, killed.out.as_str()),
            (None, ""),
            "killed at point {point}: {}",
            killed.err
        );
        let kept = bench.until(|_| true).await;
        assert_eq!(kept.holder, None, "the dead hold nothing");
        let resumed = bench.run(&format!("jobs resume {} -o json", kept.job.id)).await;
        assert_eq!(resumed.json()["state"], "done", "killed at point {point}: {}", resumed.err);
        bench.all_is_well(&format!("killed at point {point}")).await;
    });
    join_all(each).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn three_programs_with_the_same_command_make_one_result() {
    let bench = Bench::new(4000.0, &[]).await;
    let line = bench.share();
    let all = join_all([bench.run(&line), bench.run(&line), bench.run(&line)]).await;
    for one in &all {
        assert_eq!((one.status, one.json()["state"].as_str()), (Some(0), Some("done")), "{}", one.err);
        assert_eq!(one.edges(), all[0].edges());
    }
    bench.all_is_well("three at once").await;
    let writes = bench.lab.writes().await;
    assert_eq!(writes.iter().filter(|w| w.starts_with("share")).count(), 3, "{writes:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn ctrl_c_pauses_the_job_and_a_hang_up_detaches_it() {
    // A copy takes a minute, so that the signal arrives while it is running.
    for (sent, status) in [(Signal::INT, 130), (Signal::TERM, 143), (Signal::HUP, 129)] {
        let bench = Bench::new(10.0, &[]).await;
        let child = bench.begin(&bench.share());
        let copying = bench
            .until(|k| k.job.cells.iter().any(|c| c.image.is_some() && !c.reused) && k.holder.is_some())
            .await;
        signal(&child, sent);
        let ran = ended(child).await;
        assert_eq!(ran.status, Some(status), "{}", ran.err);
        let document = ran.json();
        assert_eq!(document["state"], "running");
        if sent == Signal::HUP {
            assert!(ran.err.contains("continues in the background"), "{}", ran.err);
            let other =
                bench.until(|k| k.holder.as_ref().is_some_and(|h| Some(h) != copying.holder.as_ref())).await;
            let pid = other.holder.unwrap().pid;
            let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).unwrap();
            let numbers: Vec<&str> = stat.rsplit_once(')').unwrap().1.split_whitespace().collect();
            assert_eq!(numbers[3], pid.to_string(), "it is in a session of its own");
        } else {
            assert!(ran.err.contains("jobs resume"), "{}", ran.err);
            assert_eq!(bench.until(|_| true).await.holder, None);
        }
        // Only time is missing.
        let (answer, _) = bench.lab.desk.control("POST", "advance", "{\"seconds\":3600}").await;
        assert_eq!(answer, 200);
        if sent != Signal::HUP {
            let resumed = bench.run("jobs resume -o json").await;
            assert_eq!(
                (resumed.status, &resumed.json()[0]["state"]),
                (Some(0), &json!("done")),
                "{}",
                resumed.err
            );
        }
        bench.until(|k| k.job.is_over() && k.holder.is_none()).await;
        bench.all_is_well(&format!("{sent:?}")).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_detached_job_can_be_watched_and_cancelled() {
    let bench = Bench::new(10.0, &[]).await;
    let ran = bench.run(&format!("{} --detach", bench.share())).await;
    assert_eq!((ran.status, ran.json()["state"].as_str()), (Some(0), Some("planned")), "{}", ran.err);
    bench.until(|k| k.holder.is_some() && k.job.edges.iter().any(|e| e.state.is_shared())).await;
    let listed = bench.run("jobs list -o json").await.json();
    assert_eq!((&listed[0]["state"], &listed[0]["shared"]), (&json!("running"), &json!(1)));
    assert!(text(&listed[0]["driven_by"]).contains(" on "));
    let id = text(&ran.json()["job"]).to_owned();
    let too_early = bench.run(&format!("jobs undo {id} --yes")).await;
    assert_eq!(too_early.status, Some(1), "{}", too_early.err);
    let cancelled = bench.run(&format!("jobs cancel {id} -o json")).await;
    assert_eq!(cancelled.status, Some(0), "{}", cancelled.err);
    assert_eq!(cancelled.json()["state"], "partial");
    assert_eq!(
        cancelled.edges(),
        [
            "ap-guangzhou 100000000002 shared ours",
            "ap-shanghai 100000000002 skipped",
            "ap-beijing 100000000003 skipped",
        ]
    );
    assert_eq!(bench.run(&format!("jobs cancel {id}")).await.status, Some(1));
    // The running copy continues in the cloud, and undo can delete it.
    bench.lab.desk.control("POST", "advance", "{\"seconds\":3600}").await;
    let undone = bench.run(&format!("jobs undo {id} --yes -o json")).await;
    assert_eq!(undone.status, Some(0), "{}", undone.err);
    assert_eq!(bench.world(BASE).await, BTreeMap::from([(GZ.to_owned(), vec![BTreeSet::new()])]));
    assert!(!undone.edges().iter().any(|e| e.contains("ours")), "{:?}", undone.edges());
    let again = bench.run(&format!("jobs undo {id} --yes")).await;
    assert!(again.err.contains("nothing to undo"), "{}", again.err);
}

#[tokio::test(flavor = "multi_thread")]
async fn expired_credentials_leave_a_job_that_resumes_after_a_sign_in() {
    let bench = Bench::new(20_000.0, &["ModifyImageSharePermission#1=error:AuthFailure.TokenFailure"]).await;
    let ran = bench.run(&bench.share()).await;
    assert_eq!(ran.status, Some(6), "{}", ran.err);
    assert!(ran.err.contains("sign in, then continue with: cvmshare jobs resume"), "{}", ran.err);
    let id = text(&ran.json()["job"]).to_owned();
    let listed = bench.run("jobs list -o json").await.json();
    assert_eq!(listed[0]["paused"], "AuthFailure.TokenFailure");
    // Credentials of another account are refused.
    let mut theirs = bench.program(QUAY);
    theirs.args(["jobs", "resume", &id]);
    let theirs = crate::jobs_cli::ran(theirs).await;
    assert_eq!(theirs.status, Some(2), "{}", theirs.err);
    assert!(theirs.err.contains("belongs to account 100000000001"), "{}", theirs.err);
    let forbidden = bench.run(&format!("--read-only jobs resume {id}")).await;
    assert_eq!(forbidden.status, Some(3), "{}", forbidden.err);
    let resumed = bench.run(&format!("jobs resume {id} -o json")).await;
    assert_eq!(
        (resumed.status, resumed.json()["state"].as_str()),
        (Some(0), Some("done")),
        "{}",
        resumed.err
    );
    bench.all_is_well("after the sign-in").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn writing_calls_are_recorded_and_exposure_lists_shares() {
    let bench = Bench::new(20_000.0, &[]).await;
    std::fs::write(
        bench.home.path().join("config.toml"),
        format!("[profiles.lab]\n[accounts]\n\"{BOREALIS}\" = \"Borealis Games\"\n[groups]\neu = [\"{QUAY}@{BEIJING}\"]\n"),
    )
    .unwrap();
    let line = format!("share {} --with {BOREALIS},eu --in {GZ} --yes -o json", bench.base());
    let done = bench.run(&line).await;
    assert_eq!(done.status, Some(0), "{}", done.err);
    assert_eq!(
        done.edges(),
        ["ap-guangzhou 100000000002 shared ours", "ap-beijing 100000000003 shared ours"]
    );
    let golden = bench.lab.image(GZ, GOLDEN);
    let cancelled = bench.run(&format!("unshare {golden} --with {QUAY} --yes -o json")).await;
    assert_eq!(cancelled.status, Some(0), "{}", cancelled.err);
    assert_eq!(cancelled.json()["cancelled"], json!([QUAY]));
    assert_eq!(bench.run(&format!("unshare {golden} --with {QUAY} --yes")).await.status, Some(3));
    assert_eq!(bench.run(&format!("unshare {golden} --all")).await.status, Some(2));

    let audit = bench.run("list audit -o json").await.json();
    let entries: Vec<String> = audit
        .as_array()
        .unwrap()
        .iter()
        .map(|e| {
            assert_eq!(
                (&e["profile"], &e["account"], &e["outcome"]),
                (&json!("lab"), &json!(ACME), &json!("ok"))
            );
            assert!(e["request_id"].is_string() && e["at"].is_string());
            format!("{} {}: {}", text(&e["action"]), text(&e["region"]), text(&e["what"]))
        })
        .collect();
    let (base, copy) = (bench.base(), text(&done.json()["cells"][1]["image_id"]).to_owned());
    assert_eq!(
        entries,
        [
            format!("SyncImages ap-guangzhou: {base} to ap-beijing as {BASE}"),
            format!("ModifyImageSharePermission ap-guangzhou: share {base} with {BOREALIS}"),
            format!("ModifyImageSharePermission ap-beijing: share {copy} with {QUAY}"),
            format!("ModifyImageSharePermission ap-guangzhou: cancel {golden} with {QUAY}"),
        ]
    );
    assert_eq!((&audit[0]["job"], &audit[3]["job"]), (&done.json()["job"], &Value::Null));
    let csv = bench.run("list audit -o csv").await.out;
    assert!(csv.starts_with("at,job,profile,account,action,region,what,outcome,request_id\n"), "{csv}");
    assert_eq!(csv.lines().count(), 5);

    let exposure = bench.run("list exposure -o json").await.json();
    let of = |image: &str, account: &str| {
        let all = exposure.as_array().unwrap().iter();
        let mut found = all.filter(|e| e["image"] == image && e["account"] == account);
        found.next().map(|e| (e["known"] == true, e["made_here"] == true))
    };
    assert_eq!(of(&base, BOREALIS), Some((true, true)));
    assert_eq!(of(&copy, QUAY), Some((false, true)));
    let older = bench.lab.image(GZ, "golden-web-6");
    assert_eq!(of(older.as_str(), BOREALIS), Some((true, false)));
    assert_eq!(of(golden.as_str(), QUAY), None);
    let csv = bench.run("list exposure -o csv").await.out;
    assert!(csv.starts_with("image,name,region,account,label,known,since,made_here\n"), "{csv}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unusable_journal_stops_commands_at_the_start() {
    let bench = Bench::new(20_000.0, &[]).await;
    drop(bench.journal());
    let path = bench.home.path().join("journal.db");
    std::fs::write(&path, "a letter, which is longer than the head of a database would be").unwrap();
    let ran = bench.run(&bench.share()).await;
    let document: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!((ran.status, &document["error"]["code"]), (Some(1), &json!("failed")), "{}", ran.err);
    assert!(ran.err.contains("is not a cvmshare journal; move it away"), "{}", ran.err);
    assert_eq!(bench.lab.writes().await, [""; 0]);
}
