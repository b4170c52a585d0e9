//! The number of calls of jobs, from the cloud's own log, at the vendor's documented rate limits.

use std::collections::{BTreeMap, BTreeSet};

use cvmshare::{
    emulator::{Clock, Options, SceneName},
    jobs::{
        Acquired, CellKind, CellState, Clients, CopyPoller, EdgeState, Goal, Job, JobState, Journal, Pace,
        Plan, Worker, job::Cell,
    },
    model::{Image, ImageKind, Receiver, Region, RuleSet},
    rules::{Facts, Limits},
};
use jiff::{SignedDuration, Timestamp};
use serde_json::Value;
use tokio::sync::mpsc::unbounded_channel;
use tokio_util::sync::CancellationToken;

use crate::{
    emulator_client::{ACME, BOREALIS},
    fixtures,
    jobs::{BASE, GZ, Lab, cells_and_edges, pace, region},
};

async fn calls(lab: &Lab) -> Vec<Value> {
    lab.desk.control("GET", "calls", "").await.1.as_array().unwrap().clone()
}

fn calls_of<'a>(calls: &'a [Value], action: &'a str) -> impl Iterator<Item = &'a Value> {
    calls.iter().filter(move |c| c["action"] == action)
}

fn account(n: usize) -> String {
    format!("100000000{n:03}")
}

#[tokio::test(flavor = "multi_thread")]
async fn twenty_regions_and_fifty_accounts_take_twenty_one_writes() {
    // The clock is real, so the rate limits apply. Only the time of copies is advanced.
    let lab = Lab::with(Options { scene: SceneName::Big, images: 60, ..Options::default() }).await;
    let regions: Vec<Region> = lab.own.regions().await.unwrap().into_iter().map(|(r, ..)| r).collect();
    assert_eq!(regions.len(), 20);
    // An own image without shares in each region.
    let mut own: BTreeMap<Region, Image> = BTreeMap::new();
    for place in &regions {
        let mut all: Vec<Image> = Vec::new();
        lab.own.images(place, ImageKind::Own, |page| all.extend(page)).await.unwrap();
        for image in all.into_iter().filter(Image::is_normal) {
            if lab.own.shares(place, &image.id).await.unwrap().is_empty() {
                own.insert(place.clone(), image);
                break;
            }
        }
    }
    // The image is copied to all regions that allow it. The other regions have it already, by the user's choice.
    let tokyo = region("ap-tokyo");
    let source = own[&tokyo].clone();
    let catalog = cvmshare::model::Catalog::get();
    let group = |r: &Region| catalog.region(r).map(|c| c.group);
    let takes = |r: &Region| {
        *r != tokyo && group(r) == group(&tokyo) && catalog.region(r).is_some_and(|c| c.receives_copies)
    };
    let cells: Vec<Cell> = regions
        .iter()
        .map(|place| {
            let image = (!takes(place)).then(|| own[place].id.clone());
            Cell {
                state: if image.is_some() { CellState::Ready } else { CellState::Planned },
                reused: image.is_some(),
                image,
                ..fixtures::cell(place, &source.name)
            }
        })
        .collect();
    let copies = cells.iter().filter(|c| c.image.is_none()).count();
    assert_eq!((cells.len(), copies), (20, 10));

    let edges = cells.iter().flat_map(|c| (101..151).map(|n| fixtures::edge(&c.region, &account(n))));
    let job = Job {
        account: ACME.parse().ok(),
        edges: edges.collect(),
        cells,
        ..fixtures::job("20202020", "prod", &source, Timestamp::now())
    };
    let before = calls(&lab).await.len();
    let home = tempfile::tempdir().unwrap();
    let journal = Journal::open(&home.path().join("journal.db")).await.unwrap();
    journal.begin(&job, None).await.unwrap();
    let Acquired::Held(job, hold) = journal.acquire(&job.id).await.unwrap() else { panic!("not ours") };
    let (told_copying, mut copying) = unbounded_channel();
    let worker = Worker::with_lease(hold, Clients::owner_only(lab.own.clone()), pace());
    let (_keep, mut commands) = unbounded_channel();
    let run = worker.run(*job, &mut commands, CancellationToken::new(), |job| {
        if job.cells.iter().filter(|c| c.state == CellState::Copying && c.percent.is_some()).count() == copies
        {
            let _ = told_copying.send(());
        }
    });
    let advance = async {
        copying.recv().await.unwrap();
        lab.desk.control("POST", "advance", "{\"seconds\":7200}").await
    };
    let (left, _) = tokio::join!(run, advance);
    let done = left.job;
    assert_eq!(done.state(), JobState::Done, "{:?}", cells_and_edges(&done));
    assert_eq!(
        done.edges.iter().filter(|e| e.state == EdgeState::Shared && e.is_made_by_job()).count(),
        1000
    );
    let log = calls(&lab).await.split_off(before);
    assert_eq!(calls_of(&log, "SyncImages").count(), 1);
    let shares: BTreeSet<&str> =
        calls_of(&log, "ModifyImageSharePermission").map(|c| c["region"].as_str().unwrap()).collect();
    assert_eq!((shares.len(), calls_of(&log, "ModifyImageSharePermission").count()), (20, 20));
    let throttled: Vec<&Value> =
        log.iter().filter(|c| c["outcome"].as_str().unwrap().starts_with("RequestLimit")).collect();
    assert!(throttled.is_empty(), "{throttled:?}");
}

/// A copy that is found NORMAL is shared at once and not read again.
#[tokio::test(flavor = "multi_thread")]
async fn a_ready_copy_is_shared_without_further_reads() {
    let lab = {
        let start = "2026-11-24T03:00:00Z".parse().unwrap();
        let mut lab = Lab::with(Options { clock: Clock::Manual(start), ..Options::default() }).await;
        lab.read().await;
        lab
    };
    let job = lab.job(BASE, &[BOREALIS], &["ap-shanghai", "ap-beijing"]);
    let (told_seen, mut seen) = unbounded_channel();
    let (_keep, mut commands) = unbounded_channel();
    let run = Worker::new(Clients::owner_only(lab.own.clone()), pace()).run(
        job,
        &mut commands,
        CancellationToken::new(),
        |job| {
            let looks = job.calls.iter().filter(|c| c.action == "DescribeImages").count();
            let _ = told_seen.send(looks);
        },
    );
    let advance = async {
        while seen.recv().await.unwrap() < 6 {}
        lab.desk.control("POST", "advance", "{\"seconds\":7200}").await;
    };
    let (left, ()) = tokio::join!(run, advance);
    assert_eq!(left.job.state(), JobState::Done, "{:?}", cells_and_edges(&left.job));
    for place in ["ap-shanghai", "ap-beijing"] {
        let of_region = |c: &&cvmshare::jobs::CallRecord| c.region.as_str() == place;
        let all: Vec<&str> = left.job.calls.iter().filter(of_region).map(|c| c.detail.as_str()).collect();
        let ready = all.iter().position(|d| *d == "NORMAL").unwrap();
        let (first, rest) = all[ready..].split_at(3);
        assert_eq!(first, ["NORMAL", "1 account", "1 account"], "looked, shared, read back");
        // The list of the first region may be read once more before the end.
        assert!(rest.is_empty() || rest == ["1 account"], "{rest:?}");
    }
}

/// Three jobs that wait for three images in the same region make one call per interval together.
#[tokio::test(flavor = "multi_thread")]
async fn jobs_that_wait_in_one_region_share_polls() {
    let lab = {
        let start = "2026-11-24T03:00:00Z".parse().unwrap();
        let mut lab = Lab::with(Options { clock: Clock::Manual(start), ..Options::default() }).await;
        lab.read().await;
        lab
    };
    let names = [BASE, "golden-web-6", "golden-web-7"];
    let place = "ap-chengdu";
    let poller = CopyPoller::default();
    let steady = Pace {
        first: SignedDuration::from_millis(200),
        max: SignedDuration::from_millis(200),
        ..Pace::default()
    };
    let stop = CancellationToken::new();
    let each = names.iter().map(|name| {
        let (job, own, poller, stop) =
            (lab.job(name, &[BOREALIS], &[place]), lab.own.clone(), poller.clone(), stop.clone());
        async move {
            let (_keep, mut commands) = unbounded_channel();
            let clients = Clients { poller, ..Clients::owner_only(own) };
            Worker::new(clients, steady).run(job, &mut commands, stop, |_| {}).await.job
        }
    });
    let all = futures_util::future::join_all(each);
    let watch = async {
        loop {
            let log = calls(&lab).await;
            let polls: Vec<&Value> = calls_of(&log, "DescribeImages")
                .filter(|c| c["region"] == place && c["request"]["ImageIds"].is_array())
                .collect();
            if polls.len() >= 6 {
                break;
            }
            tokio::task::yield_now().await;
        }
        stop.cancel();
    };
    let (jobs, ()) = tokio::join!(all, watch);
    let log = calls(&lab).await;
    let polls: Vec<usize> = calls_of(&log, "DescribeImages")
        .filter(|c| c["region"] == place)
        .filter_map(|c| c["request"]["ImageIds"].as_array().map(Vec::len))
        .collect();
    let told: usize =
        jobs.iter().map(|j| j.calls.iter().filter(|c| c.action == "DescribeImages").count()).sum();
    // Jobs that start waiting in between are served by the next call.
    assert!(told > polls.len() && polls.iter().any(|n| *n >= 2), "{told} answers from {polls:?}");
}

/// Ten thousand shares are one job, and the journal can store it.
#[tokio::test(flavor = "multi_thread")]
async fn five_hundred_accounts_in_twenty_regions_fit_one_job() {
    let mut lab = Lab::with(Options { rules: RuleSet::Current, speed: 4000.0, ..Options::default() }).await;
    lab.read().await;
    let source = lab.facts.image(&lab.image(GZ, BASE)).unwrap().clone();
    let mut facts = Facts::default();
    facts.standing.me = ACME.parse().ok();
    facts.standing.rules = RuleSet::Current;
    facts.standing.limits = Limits::documented(RuleSet::Current);
    // Copies exist in all regions, made by jobs.
    let places: Vec<Region> = cvmshare::model::Catalog::get()
        .iter()
        .filter(|r| r.open)
        .map(|r| r.region.clone())
        .take(20)
        .collect();
    assert_eq!(places.len(), 20);
    for (n, place) in places.iter().enumerate() {
        let mut copy = source.clone();
        if *place != source.region {
            copy.id = format!("img-copy{n:04}").parse().unwrap();
            copy.region = place.clone();
            facts.copies.entry(source.id.clone()).or_default().insert(place.clone(), copy.id.clone());
        }
        facts.set_shares(copy.id.clone(), Vec::new());
        facts.set_images(place, vec![copy], Timestamp::now());
    }
    let with: Vec<String> = (0..500).map(|n| format!("2000000{n:05}")).collect();
    let goal = Goal::new(source.id.clone(), Receiver::parse_many(&with.join("\n")), places.clone());
    let plan = Plan::make(&goal, &facts);
    assert!(plan.is_ready(), "{:?}", plan.findings.first());
    assert!(plan.cells.iter().all(|c| matches!(c.kind, CellKind::Here(_) | CellKind::Copied(_))));
    let job = plan.start(&goal, &facts, "prod", Timestamp::now()).unwrap();
    assert_eq!((job.cells.len(), job.edges.len()), (20, 10_000));
    let journal = Journal::in_memory().await.unwrap();
    journal.begin(&job, None).await.unwrap();
    assert_eq!(journal.job(&job.id).await.unwrap().unwrap().job, job);
}
