//! Jobs end to end: a plan from facts, the worker, the client, HTTP, and the built-in cloud, which has its own rules.
//! The calls are checked against the cloud's log.

use std::collections::{BTreeMap, BTreeSet};

use cvmshare::{
    cloud::{Client, ClientOptions, Credentials},
    emulator::{Options, Quirk},
    facts::{FactStore, undo},
    jobs::{
        Acquired, CellState, Choice, Clients, EdgeState, Goal, Job, JobCommand, JobState, Journal, Pace,
        Plan, Recorder, Worker, act, job::Cell, report,
    },
    model::{FailureDetail, Image, ImageId, ImageKind, Receiver, Region, Uin},
    rules::{self, Facts},
};
use jiff::{SignedDuration, Timestamp};
use serde_json::Value;
use tokio::sync::mpsc::{UnboundedSender, unbounded_channel};
use tokio_util::sync::CancellationToken;

use crate::emulator_client::{ACME, BOREALIS, COBALT, Desk, QUAY};

pub const GZ: &str = "ap-guangzhou";
const MAINLAND: [&str; 6] = [GZ, "ap-shanghai", "ap-beijing", "ap-nanjing", "ap-chengdu", "ap-chongqing"];
/// An image of 20 GiB in Guangzhou without shares and copies.
pub const BASE: &str = "base-ubuntu-24";
/// An image in Guangzhou, shared with Borealis, Quay and Cobalt, without copies.
pub const GOLDEN: &str = "golden-web-7";

pub struct Lab {
    pub desk: Desk,
    pub own: Client,
    pub facts: Facts,
}

impl Lab {
    /// Starts the scene `tour` at high speed with these faults and quirks, and reads the facts.
    pub async fn new(faults: &[&str], quirks: &[&str]) -> Self {
        let quirks = quirks.iter().map(|q| q.parse::<Quirk>().unwrap()).collect();
        let mut lab = Self::with(Options { speed: 4000.0, quirks, ..Options::default() }).await;
        lab.read().await;
        lab.faults(faults).await;
        lab
    }

    /// Starts a world without reading facts.
    pub async fn with(options: Options) -> Self {
        let desk = Desk::new(options).await;
        let own = client(&desk, ACME);
        Self { desk, own, facts: Facts::default() }
    }

    pub async fn faults(&self, faults: &[&str]) {
        let (status, answer) =
            self.desk.control("POST", "faults", &serde_json::json!(faults).to_string()).await;
        assert_eq!(status, 200, "{answer}");
    }

    pub async fn read(&mut self) {
        self.facts = Facts::default();
        self.facts.standing.me = Some(self.own.caller().await.unwrap().account);
        for code in MAINLAND {
            let region = region(code);
            let mut all: Vec<Image> = Vec::new();
            self.own.images(&region, ImageKind::Own, |page| all.extend(page)).await.unwrap();
            for image in &all {
                let shares = self.own.shares(&region, &image.id).await.unwrap();
                self.facts.set_shares(image.id.clone(), shares);
            }
            self.facts.set_images(&region, all, Timestamp::now());
        }
    }

    pub fn image(&self, region_code: &str, name: &str) -> ImageId {
        self.facts.own_named(&region(region_code), name).unwrap().id.clone()
    }

    pub fn goal(&self, name: &str, with: &[&str], regions: &[&str]) -> Goal {
        let with = Receiver::parse_many(&with.join(","));
        Goal::new(self.image(GZ, name), with, regions.iter().map(|r| region(r)).collect())
    }

    pub fn start(&self, goal: &Goal) -> Job {
        let plan = Plan::make(goal, &self.facts);
        plan.start(goal, &self.facts, "prod", Timestamp::now()).unwrap()
    }

    pub fn job(&self, name: &str, with: &[&str], regions: &[&str]) -> Job {
        self.start(&self.goal(name, with, regions))
    }

    pub async fn run(&self, job: Job) -> Job {
        let (_keep, mut commands) = unbounded_channel();
        let clients = Clients::owner_only(self.own.clone());
        Worker::new(clients, pace()).run(job, &mut commands, CancellationToken::new(), |_| {}).await.job
    }

    /// Returns the writing calls since the last time, as `action outcome` or with their subject.
    pub async fn writes(&self) -> Vec<String> {
        let (_, calls) = self.desk.control("GET", "calls", "").await;
        let calls = calls.as_array().unwrap().clone();
        let describe = |call: &Value| {
            let request = &call["request"];
            let list = |key: &str| {
                let all = request[key].as_array().cloned().unwrap_or_default();
                all.iter().map(|t| t.as_str().unwrap().to_owned()).collect::<Vec<_>>().join("+")
            };
            let what = match call["action"].as_str().unwrap() {
                "SyncImages" => format!("copy {}", list("DestinationRegions")),
                "ModifyImageSharePermission" => {
                    let word = request["Permission"].as_str().unwrap_or_default().to_lowercase();
                    format!("{word} {} {}", call["region"].as_str().unwrap(), list("AccountIds"))
                }
                "DeleteImages" => format!("delete {}", list("ImageIds")),
                "ModifyImageAttribute" => "rename".to_owned(),
                _ => return None,
            };
            Some(format!("{what}: {}", call["outcome"].as_str().unwrap()))
        };
        calls.iter().filter_map(describe).collect()
    }

    pub async fn count(&self, action: &str) -> usize {
        let (_, calls) = self.desk.control("GET", "calls", "").await;
        calls.as_array().unwrap().iter().filter(|c| c["action"] == action).count()
    }

    /// Counts the own images with this name in a region.
    pub async fn copies(&self, region_code: &str, name: &str) -> usize {
        let mut count = 0;
        self.own
            .images(&region(region_code), ImageKind::Own, |page| {
                count += page.iter().filter(|i| i.name == name).count();
            })
            .await
            .unwrap();
        count
    }

    /// Returns the accounts that the image of a region is shared with, as the cloud says.
    pub async fn shared(&self, job: &Job, region_code: &str) -> BTreeSet<String> {
        let image = job.cell(&region(region_code)).unwrap().image.clone().unwrap();
        let shares = self.own.shares(&region(region_code), &image).await.unwrap();
        shares.into_iter().map(|s| s.account.to_string()).collect()
    }
}

pub fn client(desk: &Desk, who: &str) -> Client {
    let account = desk.cloud.accounts.iter().find(|a| a.uin.as_str() == who).unwrap();
    let options = ClientOptions {
        endpoint: Some(desk.cloud.endpoint.clone()),
        timeout: std::time::Duration::from_secs(2),
        ..ClientOptions::default()
    };
    Client::new(options, Credentials::new(&account.secret_id, account.secret_key.clone().into(), "test"))
        .unwrap()
}

pub fn region(code: &str) -> Region {
    code.parse().unwrap()
}

pub fn uin(text: &str) -> Uin {
    text.parse().unwrap()
}

pub fn pace() -> Pace {
    Pace { first: SignedDuration::from_millis(15), max: SignedDuration::from_millis(60), ..Pace::default() }
}

/// Lists the cells and edges of a job: `ap-shanghai ready: 100000000002 shared`.
pub fn cells_and_edges(job: &Job) -> Vec<String> {
    let word = |state: EdgeState, ours: bool| {
        let ours = if ours { " ours" } else { "" };
        format!("{}{ours}", report::edge_state_name(state))
    };
    job.cells
        .iter()
        .map(|cell| {
            let mut text = format!("{} {}", cell.region, report::cell_state_name(cell.state));
            if let Some(error) = &cell.error {
                text.push_str(&format!(" {}", error.code));
            }
            for edge in job.edges.iter().filter(|e| e.region == cell.region) {
                text.push_str(&format!(", {} {}", edge.account, word(edge.state, edge.is_made_by_job())));
                if let Some(error) = edge.error.as_ref().filter(|_| cell.error.is_none()) {
                    text.push_str(&format!(" {}", error.code));
                }
            }
            text
        })
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn one_call_copies_to_all_regions_and_each_is_shared() {
    let lab = Lab::new(&[], &[]).await;
    let job = lab.job(BASE, &[BOREALIS, "100000000003@ap-beijing"], &[GZ, "ap-shanghai", "ap-beijing"]);
    let mut seen = Vec::new();
    let (_keep, mut commands) = unbounded_channel();
    let receivers = BTreeMap::from([(uin(BOREALIS), client(&lab.desk, BOREALIS))]);
    let clients = Clients { receivers, ..Clients::owner_only(lab.own.clone()) };
    let done = Worker::new(clients, pace())
        .run(job, &mut commands, CancellationToken::new(), |job| {
            seen.push((job.state(), job.cells[1].percent));
        })
        .await
        .job;
    assert_eq!(
        cells_and_edges(&done),
        [
            "ap-guangzhou ready, 100000000002 verified ours",
            "ap-shanghai ready, 100000000002 verified ours",
            "ap-beijing ready, 100000000002 verified ours, 100000000003 shared ours",
        ]
    );
    assert_eq!(done.state(), JobState::Done);
    assert_eq!(seen.last(), Some(&(JobState::Done, Some(100))));
    assert!(seen.iter().any(|s| s.0 == JobState::Running && s.1.is_some_and(|p| p < 100)), "{seen:?}");
    let mut writes = lab.writes().await;
    writes.sort();
    assert_eq!(
        writes,
        [
            "copy ap-shanghai+ap-beijing: ok",
            "share ap-beijing 100000000002+100000000003: ok",
            "share ap-guangzhou 100000000002: ok",
            "share ap-shanghai 100000000002: ok",
        ]
    );
    // The record has every call, writes with their request id.
    let kept = done.calls.iter().filter(|c| c.request_id.is_some()).count();
    assert_eq!(kept, 4);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_answer_to_a_copy_is_resolved_by_a_read() {
    for fault in ["drop-reply", "garbage", "truncate"] {
        let lab = Lab::new(&[&format!("SyncImages#1={fault}")], &["names-unique=no"]).await;
        let done = lab.run(lab.job(BASE, &[BOREALIS], &["ap-shanghai", "ap-beijing"])).await;
        assert_eq!(
            cells_and_edges(&done),
            ["ap-shanghai ready, 100000000002 shared ours", "ap-beijing ready, 100000000002 shared ours"],
            "{fault}"
        );
        assert_eq!(lab.count("SyncImages").await, 1, "{fault}: nothing is sent again");
        for place in ["ap-shanghai", "ap-beijing"] {
            assert_eq!(lab.copies(place, BASE).await, 1, "{fault}");
        }
        assert_eq!(done.calls[0].outcome, "lost");
        assert!(done.cells.iter().all(Cell::is_made_by_job), "adopted, and ours");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_missing_copy_is_requested_again_after_a_read() {
    let lab = Lab::new(&["SyncImages#1=drop", "SyncImages#2=http:502"], &["names-unique=no"]).await;
    let done = lab.run(lab.job(BASE, &[], &["ap-shanghai"])).await;
    assert_eq!(cells_and_edges(&done), ["ap-shanghai ready"]);
    assert_eq!(lab.count("SyncImages").await, 3);
    assert_eq!(lab.copies("ap-shanghai", BASE).await, 1);
    let looks = done.calls.iter().filter(|c| c.detail.ends_with(": none")).count();
    assert!(looks >= 8, "four empty reads before each: {looks}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_copy_hidden_by_a_lagging_list_is_not_made_twice() {
    // The answer is lost, and the next three reads do not show the copy yet.
    let faults = [
        "SyncImages#1=drop-reply",
        "DescribeImages@ap-shanghai#1=empty",
        "DescribeImages@ap-shanghai#2=empty",
        "DescribeImages@ap-shanghai#3=empty",
    ];
    let lab = Lab::new(&faults, &["names-unique=no"]).await;
    let done = lab.run(lab.job(BASE, &[BOREALIS], &["ap-shanghai"])).await;
    assert_eq!(cells_and_edges(&done), ["ap-shanghai ready, 100000000002 shared ours"]);
    assert_eq!(lab.count("SyncImages").await, 1);
    assert_eq!(lab.copies("ap-shanghai", BASE).await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_region_that_fails_the_call_does_not_block_the_others() {
    let lab = Lab::new(&[], &[]).await;
    let mut job = lab.job(BASE, &[BOREALIS], &["ap-shanghai", "ap-beijing", "ap-nanjing"]);
    // The rules would block this region; the test needs the cloud's own refusal.
    let far = Cell { region: region("eu-frankfurt"), ..job.cells[1].clone() };
    job.cells.insert(1, far);
    let done = lab.run(job).await;
    assert_eq!(
        cells_and_edges(&done),
        [
            "ap-shanghai ready, 100000000002 shared ours",
            "eu-frankfurt failed InvalidRegion.Unavailable",
            "ap-beijing ready, 100000000002 shared ours",
            "ap-nanjing ready, 100000000002 shared ours",
        ]
    );
    assert_eq!(done.state(), JobState::Partial);
    let copies: Vec<String> = lab.writes().await.into_iter().filter(|w| w.starts_with("copy")).collect();
    assert_eq!(
        copies.iter().filter(|c| c.ends_with(": ok")).count(),
        2,
        "the half without it, and the one beside it: {copies:?}"
    );
    for place in ["ap-shanghai", "ap-beijing", "ap-nanjing"] {
        assert_eq!(lab.copies(place, BASE).await, 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_name_used_by_another_image_asks_the_user() {
    let lab = Lab::new(&[], &[]).await;
    let job = lab.job(BASE, &[BOREALIS], &["ap-shanghai", "ap-beijing"]);
    // Meanwhile another console copies the image to Beijing.
    let image = lab.image(GZ, BASE);
    lab.own.sync_images(&region(GZ), &image, &[region("ap-beijing")], Some(BASE), false).await.unwrap();
    let done = lab.run(job).await;
    assert_eq!(
        cells_and_edges(&done),
        [
            "ap-shanghai ready, 100000000002 shared ours",
            "ap-beijing failed InvalidImageName.Duplicate, 100000000002 failed",
        ]
    );
    assert_eq!(lab.copies("ap-beijing", BASE).await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_busy_source_and_throttling_are_retried() {
    let faults = [
        "SyncImages#1=throttle",
        "ModifyImageSharePermission@ap-shanghai#1=throttle",
        "DescribeImages@ap-shanghai#2=throttle",
    ];
    let lab = Lab::new(&faults, &["source-busy=yes"]).await;
    // A first copy makes the source busy.
    let image = lab.image(GZ, BASE);
    let job = lab.job(BASE, &[BOREALIS], &["ap-shanghai"]);
    lab.own.sync_images(&region(GZ), &image, &[region("ap-chengdu")], Some("other"), false).await.unwrap();
    let done = lab.run(job).await;
    assert_eq!(cells_and_edges(&done), ["ap-shanghai ready, 100000000002 shared ours"]);
    let writes = lab.writes().await;
    assert!(writes.contains(&"copy ap-shanghai: FailedOperation.InvalidImageState".to_owned()), "{writes:?}");
    assert_eq!(writes.iter().filter(|w| *w == "copy ap-shanghai: ok").count(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn after_a_lost_answer_only_missing_shares_are_repeated() {
    let lab = Lab::new(&["ModifyImageSharePermission#1=drop-reply"], &["share-already=error"]).await;
    let done = lab.run(lab.job(BASE, &[BOREALIS, QUAY], &[])).await;
    assert_eq!(
        cells_and_edges(&done),
        ["ap-guangzhou ready, 100000000002 shared ours, 100000000003 shared ours"]
    );
    assert_eq!(lab.count("ModifyImageSharePermission").await, 1);

    let lab = Lab::new(&["ModifyImageSharePermission#1=drop"], &[]).await;
    let done = lab.run(lab.job(BASE, &[BOREALIS, QUAY], &[])).await;
    assert_eq!(
        cells_and_edges(&done),
        ["ap-guangzhou ready, 100000000002 shared ours, 100000000003 shared ours"]
    );
    assert_eq!(lab.count("ModifyImageSharePermission").await, 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_account_fails_alone_in_the_end() {
    for batch in ["share-batch=atomic", "share-batch=prefix"] {
        let lab = Lab::new(&[], &[batch]).await;
        // The fourth account does not exist and the fifth is a sub-account, which only the cloud knows.
        let with = [BOREALIS, QUAY, COBALT, "100000009999", "200000000021", "100000000101", "100000000102"];
        let done = lab.run(lab.job(BASE, &with, &[])).await;
        assert_eq!(
            cells_and_edges(&done),
            [
                "ap-guangzhou ready, 100000000002 shared ours, 100000000003 shared ours, 100000000004 shared ours, \
              100000009999 failed InvalidAccountId.NotFound, 200000000021 failed FailedOperation.NotMasterAccount, \
              100000000101 shared ours, 100000000102 shared ours"
            ],
            "{batch}"
        );
        let good = [BOREALIS, QUAY, COBALT, "100000000101", "100000000102"];
        assert_eq!(lab.shared(&done, GZ).await, good.map(str::to_owned).into());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn earlier_shares_are_not_claimed_and_a_full_image_says_how_many_fit() {
    let lab = Lab::new(&[], &["share-already=error"]).await;
    let job = lab.job(GOLDEN, &["100000000101", "100000000102"], &[]);
    // Meanwhile another user shares the image with one of them.
    let image = lab.image(GZ, GOLDEN);
    let other = uin("100000000102");
    let permission = cvmshare::cloud::Permission::Share;
    lab.own.modify_shares(&region(GZ), &image, &[other], permission).await.unwrap();
    let done = lab.run(job).await;
    assert_eq!(cells_and_edges(&done), ["ap-guangzhou ready, 100000000101 shared ours, 100000000102 shared"]);
    let plan = undo_plan(&lab, &done).await;
    let cancelled: Vec<&[Uin]> = plan.steps.iter().map(undo::UndoStep::accounts).collect();
    assert_eq!(cancelled, [[uin("100000000101")]]);
    // Earlier shares and those of others stay. They are reported if they concern the job.
    let stays: Vec<&undo::LeftoverKind> = plan.leftovers.iter().map(|s| &s.what).collect();
    assert_eq!(stays, [&undo::LeftoverKind::Shares(vec![uin("100000000102")])]);

    // The image has 49 of 50 shares. Two more do not fit, but the profile's own limit allows them.
    let mut lab = Lab::new(&[], &["share-batch=prefix"]).await;
    lab.facts.standing.limits.share_accounts = 60;
    let image = lab.image(GZ, "partner-sdk-2026");
    let has = lab.own.shares(&region(GZ), &image).await.unwrap();
    assert_eq!(has.len(), 49);
    let news: Vec<String> = (101..190)
        .map(|n| format!("100000000{n}"))
        .filter(|n| !has.iter().any(|s| s.account.as_str() == n))
        .take(2)
        .collect();
    let done = lab.run(lab.job("partner-sdk-2026", &[&news[0], &news[1]], &[])).await;
    assert_eq!(
        cells_and_edges(&done),
        [format!("ap-guangzhou ready, {} shared ours, {} failed OverQuota", news[0], news[1])]
    );
    let error = done.edges[1].error.clone().unwrap();
    assert_eq!(error.detail, Some(FailureDetail::Fitted { accounts: 1, of: 2 }));
}

#[tokio::test(flavor = "multi_thread")]
async fn too_many_accounts_for_a_call_are_split_in_half() {
    let lab = Lab::new(&[], &["accounts-per-call=2"]).await;
    let with: Vec<String> = (101..106).map(|n| format!("100000000{n}")).collect();
    let with: Vec<&str> = with.iter().map(String::as_str).collect();
    let done = lab.run(lab.job(BASE, &with, &[])).await;
    assert_eq!(done.state(), JobState::Done);
    assert_eq!(lab.shared(&done, GZ).await.len(), 5);
    let writes = lab.writes().await;
    assert_eq!(writes.iter().filter(|w| w.ends_with(": ok")).count(), 3, "{writes:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lagging_list_of_shares_is_read_again() {
    let lab =
        Lab::new(&["DescribeImageSharePermission#1=empty", "DescribeImageSharePermission#2=empty"], &[])
            .await;
    let job = lab.job(BASE, &[BOREALIS], &[]);
    let (_keep, mut commands) = unbounded_channel();
    let clients = Clients::owner_only(lab.own.clone());
    let mut history = Vec::new();
    let done = Worker::new(clients, pace())
        .run(job, &mut commands, CancellationToken::new(), |job| {
            let reads = job.calls.iter().filter(|c| c.action == "DescribeImageSharePermission").count();
            history.push((reads, job.edges[0].state));
        })
        .await
        .job;
    assert_eq!(done.edges[0].state, EdgeState::Shared);
    assert!(history.iter().all(|(reads, state)| *reads >= 3 || *state != EdgeState::Shared), "{history:?}");
    assert_eq!(lab.count("ModifyImageSharePermission").await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stopped_worker_can_be_continued_by_another() {
    let lab = Lab::new(&["SyncImages#1=latency:3000"], &["names-unique=no"]).await;
    let job = lab.job(BASE, &[BOREALIS], &[GZ, "ap-shanghai"]);
    let (_keep, mut commands) = unbounded_channel();
    let clients = Clients::owner_only(lab.own.clone());
    let stop = CancellationToken::new();
    // The worker ends before the answer to the copy arrives.
    let left = Worker::new(clients, pace())
        .run(job, &mut commands, stop.clone(), |job| {
            if job.edges[0].state == EdgeState::Shared {
                stop.cancel();
            }
        })
        .await
        .job;
    assert_eq!(cells_and_edges(&left)[1], "ap-shanghai copying, 100000000002 planned");
    assert_eq!(left.state(), JobState::Running);
    // Serialized and parsed again, as another process would read it.
    let kept: Job = serde_json::from_str(&serde_json::to_string(&left).unwrap()).unwrap();
    assert_eq!(kept, left);
    let done = lab.run(kept).await;
    assert_eq!(
        cells_and_edges(&done),
        ["ap-guangzhou ready, 100000000002 shared ours", "ap-shanghai ready, 100000000002 shared ours"]
    );
    assert_eq!(lab.count("SyncImages").await, 1);
    assert_eq!(lab.copies("ap-shanghai", BASE).await, 1);
}

/// Runs a job and calls `when` on each change, so that a test can send commands at the right time.
async fn watch(lab: &Lab, job: Job, mut when: impl FnMut(&Job, &UnboundedSender<JobCommand>)) -> Job {
    let (tell, mut commands) = unbounded_channel();
    let clients = Clients::owner_only(lab.own.clone());
    Worker::new(clients, pace())
        .run(job, &mut commands, CancellationToken::new(), |job| when(job, &tell))
        .await
        .job
}

#[tokio::test(flavor = "multi_thread")]
async fn expired_credentials_pause_the_job_until_it_is_resumed() {
    let faults = [
        "SyncImages#1=error:AuthFailure.TokenFailure",
        "ModifyImageSharePermission#1=error:AuthFailure.TokenFailure",
    ];
    let lab = Lab::new(&faults, &[]).await;
    let mut pauses = 0;
    let (told_pause, mut paused) = unbounded_channel();
    let done = watch(&lab, lab.job(BASE, &[BOREALIS], &["ap-shanghai"]), move |job, tell| {
        if let Some(why) = &job.paused {
            told_pause.send(why.code.clone()).unwrap();
            tell.send(JobCommand::Resume).unwrap();
        }
    })
    .await;
    while paused.try_recv().is_ok_and(|code| code == "AuthFailure.TokenFailure") {
        pauses += 1;
    }
    assert_eq!(
        (pauses, cells_and_edges(&done)),
        (2, vec!["ap-shanghai ready, 100000000002 shared ours".to_owned()])
    );
    assert_eq!(lab.copies("ap-shanghai", BASE).await, 1);

    // If nobody can tell it to resume, it ends.
    let lab = Lab::new(&["SyncImages#1=error:AuthFailure.TokenFailure"], &[]).await;
    let (gone, mut commands) = unbounded_channel();
    drop(gone);
    let clients = Clients::owner_only(lab.own.clone());
    let job = lab.job(BASE, &[], &["ap-shanghai"]);
    let left =
        Worker::new(clients, pace()).run(job, &mut commands, CancellationToken::new(), |_| {}).await.job;
    assert_eq!(left.paused.as_ref().unwrap().code, "AuthFailure.TokenFailure");
    assert_eq!(cells_and_edges(&lab.run(Job { paused: None, ..left }).await), ["ap-shanghai ready"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn failed_regions_can_be_retried_or_dropped() {
    let faults = ["SyncImages#1=error:InvalidRegion.Unavailable"];
    let lab = Lab::new(&faults, &[]).await;
    let failed = lab.run(lab.job(BASE, &[BOREALIS], &["ap-shanghai"])).await;
    assert_eq!(failed.state(), JobState::Failed);
    // A job that ended is run again with a command waiting.
    let (tell, mut commands) = unbounded_channel();
    tell.send(JobCommand::Retry(region("ap-shanghai"))).unwrap();
    let clients = Clients::owner_only(lab.own.clone());
    let done =
        Worker::new(clients, pace()).run(failed, &mut commands, CancellationToken::new(), |_| {}).await.job;
    assert_eq!(cells_and_edges(&done), ["ap-shanghai ready, 100000000002 shared ours"]);
    assert_eq!(done.cells[0].attempt, 2);

    let lab = Lab::new(&[], &[]).await;
    let mut dropped = false;
    let done = watch(&lab, lab.job(BASE, &[BOREALIS], &["ap-shanghai", "ap-beijing"]), move |job, tell| {
        if !dropped && job.cells[0].state == CellState::Copying && job.cells[0].image.is_some() {
            dropped = true;
            tell.send(JobCommand::Drop(region("ap-shanghai"))).unwrap();
        }
    })
    .await;
    assert_eq!(
        cells_and_edges(&done),
        ["ap-shanghai skipped, 100000000002 skipped", "ap-beijing ready, 100000000002 shared ours"]
    );
    assert_eq!(
        undo_plan(&lab, &done).await.steps.len(),
        3,
        "the share, and both copies, for the dropped one was begun"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn many_regions_and_accounts_take_one_call_per_copy_and_region() {
    let lab = Lab::new(&[], &[]).await;
    let with: Vec<String> = (101..151).map(|n| format!("100000000{n}")).collect();
    let with: Vec<&str> = with.iter().map(String::as_str).collect();
    let done = lab.run(lab.job(BASE, &with, &MAINLAND)).await;
    assert_eq!(done.state(), JobState::Done);
    assert_eq!(done.edges.iter().filter(|e| e.state == EdgeState::Shared && e.is_made_by_job()).count(), 300);
    let writes = lab.writes().await;
    assert_eq!(writes.len(), 7, "{writes:?}");
    let (_, calls) = lab.desk.control("GET", "calls", "").await;
    assert!(calls.as_array().unwrap().iter().all(|c| c["outcome"] == "ok"), "nothing was throttled");
    for place in MAINLAND {
        assert_eq!(lab.shared(&done, place).await.len(), 50);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn similar_images_are_reused_only_after_confirmation() {
    let lab = Lab::new(&[], &[]).await;
    let mut goal = lab.goal("golden-web-6", &[BOREALIS], &["ap-shanghai", "ap-beijing", "ap-nanjing"]);
    let plan = Plan::make(&goal, &lab.facts);
    assert!(!plan.is_ready());
    assert_eq!(plan.findings.len(), 2, "{:?}", plan.findings);
    let there = lab.image("ap-shanghai", "golden-web-6");
    goal.choices.insert(region("ap-shanghai"), Choice::Reuse(there.clone()));
    goal.choices.insert(region("ap-beijing"), Choice::CopyAs("golden-web-6b".into()));
    let done = lab.run(lab.start(&goal)).await;
    assert_eq!(done.state(), JobState::Done);
    assert_eq!((&done.cells[0].image, done.cells[0].reused), (&Some(there), true));
    // One call per name.
    let mut copies: Vec<String> = lab.writes().await.into_iter().filter(|w| w.starts_with("copy")).collect();
    copies.sort();
    assert_eq!(copies, ["copy ap-beijing: ok", "copy ap-nanjing: ok"]);
    assert_eq!(lab.copies("ap-beijing", "golden-web-6b").await, 1);
}

/// Plans the undo of a job from the current cloud state.
async fn undo_plan(lab: &Lab, job: &Job) -> undo::UndoPlan {
    let (mut facts, at) = (FactStore::default(), Timestamp::now());
    assert_eq!(undo::read_job(&lab.own, job, &mut facts).await, []);
    undo::plan(job, &facts, false, at)
}

/// Undoes a job. Returns its record in the journal afterwards, and the result of each step.
async fn undo_all(lab: &Lab, job: &Job) -> (Job, Vec<undo::Ended>) {
    let journal = Journal::in_memory().await.unwrap();
    journal.begin(job, None).await.unwrap();
    let Acquired::Held(mut kept, hold) = journal.acquire(&job.id).await.unwrap() else {
        panic!("nobody holds it")
    };
    let plan = undo_plan(lab, job).await;
    let recorder = Recorder::default();
    let run = undo::run(&lab.own, &hold, &mut kept, &plan, &recorder, |_| {});
    let ends = run.await.unwrap();
    drop(hold);
    (journal.job(&job.id).await.unwrap().unwrap().job, ends)
}

/// Performs an action through the rules, as the console does.
async fn perform(lab: &Lab, action: rules::Action, place: &str) -> act::Done {
    let verdict = rules::check(&action, &lab.facts);
    let cleared = rules::clear(action, &lab.facts, &verdict).unwrap();
    act::perform(&lab.own, &cleared, &region(place), &Recorder::default()).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn undo_removes_only_what_its_job_made() {
    let mut lab =
        Lab::new(&["ModifyImageSharePermission#3=drop-reply", "DeleteImages#1=drop-reply"], &[]).await;
    let done = lab.run(lab.job(BASE, &[BOREALIS, QUAY], &[GZ, "ap-shanghai"])).await;
    assert_eq!(done.state(), JobState::Done);
    let (undone, ends) = undo_all(&lab, &done).await;
    assert_eq!(ends, [undo::Ended::Done, undo::Ended::Done, undo::Ended::Done]);
    assert_eq!(
        cells_and_edges(&undone),
        [
            "ap-guangzhou ready, 100000000002 undone, 100000000003 undone",
            "ap-shanghai undone, 100000000002 undone, 100000000003 undone",
        ]
    );
    assert_eq!(undone.state(), JobState::Undone);
    assert_eq!(undo_plan(&lab, &undone).await, undo::UndoPlan::default());
    lab.read().await;
    assert_eq!(lab.copies("ap-shanghai", BASE).await, 0);
    assert_eq!(lab.copies(GZ, BASE).await, 1);
    assert_eq!(lab.facts.shares(&lab.image(GZ, BASE)).unwrap(), []);
}

#[tokio::test(flavor = "multi_thread")]
async fn single_actions_resolve_lost_answers_by_a_read() {
    let lab = Lab::new(
        &["ModifyImageAttribute#1=drop", "ModifyImageSharePermission#1=drop"],
        &["accounts-per-call=2"],
    )
    .await;
    let image = lab.image(GZ, BASE);
    let rename =
        rules::Action::Rename { image: image.clone(), name: Some("base-2".into()), description: None };
    let done = perform(&lab, rename, GZ).await;
    assert_eq!(done.image.unwrap().name, "base-2");
    let outcomes: Vec<&str> = done.calls.iter().map(|c| c.outcome.as_str()).collect();
    assert_eq!(outcomes, ["lost", "ok", "ok", "ok"]);

    let golden = lab.image(GZ, GOLDEN);
    let all = rules::Action::Unshare { image: golden.clone(), which: rules::ShareSelection::All };
    let done = perform(&lab, all, GZ).await;
    assert_eq!((done.shares, done.still_listed), (Some(Vec::new()), Vec::new()));

    // A refusal of the cloud is reported with its code.
    let delete = rules::Action::Delete { image: golden.clone(), with_snapshots: false };
    let mut facts = lab.facts.clone();
    facts.set_shares(golden.clone(), Vec::new());
    let shown = rules::check(&delete, &facts);
    let cleared = rules::clear(delete, &facts, &shown).unwrap();
    lab.faults(&["DeleteImages#1=error:InvalidImageId.InShared"]).await;
    let error = act::perform(&lab.own, &cleared, &region(GZ), &Recorder::default()).await.unwrap_err();
    assert_eq!(error.code, "InvalidImageId.InShared");
}
