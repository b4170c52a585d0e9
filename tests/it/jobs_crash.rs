//! Workers that end at any point. A worker is ended before and after every write of its journal, and before, during and
//! after every call. Another worker then continues from the journal. There is never a second copy in a region, no share
//! is lost, and the record claims none that the cloud does not have.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use cvmshare::{
    emulator::{Options, Quirk},
    jobs::{
        Acquired, CellState, Clients, ExitReason, Failpoint, Failpoints, Job, JobState, Journal, Lease,
        Worker, WorkerExit, follow,
    },
};
use futures_util::{StreamExt, future::join_all, stream};
use serde_json::Value;
use tokio::sync::mpsc::unbounded_channel;
use tokio_util::sync::CancellationToken;

use crate::{
    emulator_client::{ACME, BOREALIS},
    jobs::{BASE, GZ, Lab, cells_and_edges, pace},
};

const SHANGHAI: &str = "ap-shanghai";
const BEIJING: &str = "ap-beijing";

/// Copies take about 30 ms. Names need not be unique, so that only the worker prevents a second copy.
fn options(quirks: &[&str]) -> Options {
    let quirks = quirks.iter().map(|q| q.parse::<Quirk>().unwrap()).collect();
    Options { speed: 20_000.0, quirks, ..Options::default() }
}

/// Returns the same job for every world of the scene: the same seed gives the same ids.
async fn new_job() -> Job {
    let mut lab = Lab::with(options(&[])).await;
    lab.read().await;
    lab.job(BASE, &[BOREALIS, "100000000003@ap-beijing"], &[GZ, SHANGHAI, BEIJING])
}

fn clients(lab: &Lab) -> Clients {
    Clients::owner_only(lab.own.clone())
}

struct Home {
    path: PathBuf,
    _folder: tempfile::TempDir,
}

impl Home {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        Self { path: folder.path().join("journal.db"), _folder: folder }
    }
}

/// Runs a worker until its failpoint number `last`. Returns `None` if the job ended before.
async fn run_worker_until(lab: &Lab, path: &Path, id: &str, last: u64) -> Option<Failpoint> {
    run_worker_until_kind(lab, path, id, None, last).await
}

/// Runs a worker until its failpoint number `last` of one kind. Concurrent calls pass failpoints of other kinds in any
/// order.
async fn run_worker_until_kind(
    lab: &Lab,
    path: &Path,
    id: &str,
    kind: Option<Failpoint>,
    last: u64,
) -> Option<Failpoint> {
    let (job, lease) = acquired(path, id).await;
    life_with(lab, job, lease, kind, last).await
}

async fn acquired(path: &Path, id: &str) -> (Box<Job>, Lease) {
    let journal = Journal::open(path).await.unwrap();
    loop {
        // The write of an ended worker may still be in progress.
        match journal.acquire(id).await.unwrap() {
            Acquired::Held(job, lease) => break (job, lease),
            Acquired::HeldByOther(_) => tokio::task::yield_now().await,
            Acquired::Unknown => panic!("no job"),
        }
    }
}

async fn life_with(
    lab: &Lab,
    job: Box<Job>,
    lease: Lease,
    kind: Option<Failpoint>,
    last: u64,
) -> Option<Failpoint> {
    let (passed, out) = (AtomicU64::new(0), CancellationToken::new());
    let at = Arc::new(std::sync::Mutex::new(None));
    let (told, gone) = (at.clone(), out.clone());
    let failpoints = Failpoints::new(move |point| {
        let counted = u64::from(kind.is_none_or(|k| k == point));
        let blows = passed.fetch_add(counted, Ordering::SeqCst) + counted >= last;
        if blows {
            told.lock().unwrap().get_or_insert(point);
            gone.cancel();
        }
        blows
    });
    let worker = Worker { failpoints, ..Worker::with_lease(lease, clients(lab), pace()) };
    let (_keep, mut commands) = unbounded_channel();
    let ended = tokio::select! {
        biased;
        () = out.cancelled() => None,
        left = worker.run(*job, &mut commands, CancellationToken::new(), |_| {}) => Some(left.reason),
    };
    let at = *at.lock().unwrap();
    match (ended, at) {
        (None, at) => at,
        // The worker ended at the very last write, when the job was complete.
        (Some(ExitReason::Over), _) => None,
        (Some(end), _) => panic!("{end:?}"),
    }
}

async fn finish(lab: &Lab, path: &Path, id: &str) -> WorkerExit {
    let (_keep, mut commands) = unbounded_channel();
    let journal = Journal::open(path).await.unwrap();
    follow(&journal, id, clients(lab), pace(), &mut commands, CancellationToken::new(), |_, _| {})
        .await
        .unwrap()
        .unwrap()
}

/// The world of the cloud.
struct World(Value);

impl World {
    async fn read(lab: &Lab) -> Self {
        Self(lab.desk.control("GET", "world", "").await.1)
    }

    /// Returns the own images with a name in a region: id, and the accounts they are shared with.
    fn images(&self, place: &str, name: &str) -> BTreeMap<String, BTreeSet<String>> {
        let images = self.0["regions"][place]["images"].as_array().unwrap();
        let named = images.iter().filter(|i| i["name"] == name && i["owner"] == ACME);
        let shares = |image: &Value| match &image["shares"] {
            Value::Object(by) => by.keys().cloned().collect(),
            Value::Array(list) => {
                list.iter().filter_map(|s| Some(s.get("account")?.as_str()?.to_owned())).collect()
            }
            other => panic!("{other}"),
        };
        named.map(|i| (i["id"].as_str().unwrap().to_owned(), shares(i))).collect()
    }

    /// Checks that everything the job claims is true.
    fn check_claims(&self, job: &Job, when: &str) {
        for cell in &job.cells {
            let there = self.images(cell.region.as_str(), &cell.name);
            if let Some(image) = &cell.image {
                assert!(there.contains_key(image.as_str()), "{when}: {image} is claimed in {}", cell.region);
            }
            let shared = job.edges.iter().filter(|e| e.region == cell.region && e.state.is_shared());
            for edge in shared {
                let image = cell.image.as_ref().unwrap();
                assert!(there[image.as_str()].contains(edge.account.as_str()), "{when}: {edge:?} is claimed");
            }
        }
    }
}

/// Checks that the complete result exists exactly once.
async fn all_is_well(lab: &Lab, job: &Job, when: &str) {
    assert_eq!(job.state(), JobState::Done, "{when}: {:?}", cells_and_edges(job));
    let world = World::read(lab).await;
    world.check_claims(job, when);
    for cell in &job.cells {
        let there = world.images(cell.region.as_str(), BASE);
        assert_eq!(there.len(), 1, "{when}: copies in {}", cell.region);
        let wanted: BTreeSet<String> =
            job.edges.iter().filter(|e| e.region == cell.region).map(|e| e.account.to_string()).collect();
        assert_eq!(there.into_values().next().unwrap(), wanted, "{when}: shares in {}", cell.region);
    }
    assert!(job.edges.iter().all(|e| e.is_made_by_job()), "{when}: undo would leave a share behind");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_worker_can_end_at_any_point() {
    let job = new_job().await;
    for kind in [
        Failpoint::BeforeWrite,
        Failpoint::AfterWrite,
        Failpoint::BeforeSend,
        Failpoint::AfterSend,
        Failpoint::AfterAnswer,
    ] {
        let ended_at = stream::iter(1..400)
            .map(|last| {
                let job = job.clone();
                tokio::spawn(async move {
                    let lab = Lab::with(options(&["names-unique=no"])).await;
                    let home = Home::new();
                    Journal::open(&home.path).await.unwrap().begin(&job, None).await.unwrap();
                    let point = run_worker_until_kind(&lab, &home.path, &job.id, Some(kind), last).await;
                    let when = format!("ended at its {last}. {kind:?}");
                    let kept =
                        Journal::open(&home.path).await.unwrap().job(&job.id).await.unwrap().unwrap().job;
                    World::read(&lab).await.check_claims(&kept, &when);
                    let left = finish(&lab, &home.path, &job.id).await;
                    assert_eq!(left.reason, ExitReason::Over, "{when}");
                    all_is_well(&lab, &left.job, &when).await;
                    let kept = Journal::open(&home.path).await.unwrap().job(&job.id).await.unwrap().unwrap();
                    assert_eq!(cells_and_edges(&kept.job), cells_and_edges(&left.job), "{when}");
                    assert_eq!(kept.holder, None);
                    let open = |e: &cvmshare::jobs::journal::Entry| e.outcome.is_none();
                    assert!(
                        !Journal::open(&home.path).await.unwrap().audit().await.unwrap().iter().any(open),
                        "{when}"
                    );
                    point
                })
            })
            .buffered(6)
            .map(Result::unwrap)
            .take_while(|point| std::future::ready(point.is_some()))
            .collect::<Vec<_>>()
            .await;
        let times = ended_at.iter().flatten().filter(|p| **p == kind).count();
        assert_eq!(times, ended_at.len(), "{kind:?}");
        assert!(times >= 5, "{kind:?} {times} times");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_repeatedly_interrupted_job_completes() {
    let job = new_job().await;
    // A worker has to run long enough for the reads that check the unfinished calls of the one before.
    let mut interrupted = 0;
    for step in [18, 24, 28] {
        let lab = Lab::with(options(&["names-unique=no"])).await;
        let home = Home::new();
        Journal::open(&home.path).await.unwrap().begin(&job, None).await.unwrap();
        let mut lives = 1;
        while run_worker_until(&lab, &home.path, &job.id, step + lives % 7).await.is_some() {
            lives += 1;
            let kept = Journal::open(&home.path).await.unwrap().job(&job.id).await.unwrap().unwrap().job;
            World::read(&lab).await.check_claims(&kept, "between two lives");
            assert!(lives < 200, "{:?}", cells_and_edges(&kept));
        }
        let kept = Journal::open(&home.path).await.unwrap().job(&job.id).await.unwrap().unwrap().job;
        interrupted += lives - 1;
        all_is_well(&lab, &kept, &format!("{lives} lives of about {step} points")).await;
    }
    assert!(interrupted > 0, "it always came to its end in one life");
}

/// Several processes run the same job at once, each with its own connection to the journal.
#[tokio::test(flavor = "multi_thread")]
async fn one_of_several_processes_runs_a_job_and_the_others_watch() {
    let job = new_job().await;
    for number in [2, 3] {
        let lab = Lab::with(options(&["names-unique=no"])).await;
        let home = Home::new();
        // All of them start it before one can finish it, since a finished job starts again.
        let mut journals = Vec::new();
        for _ in 0..number {
            let journal = Journal::open(&home.path).await.unwrap();
            journal.begin(&job, None).await.unwrap();
            journals.push(journal);
        }
        let each =
            journals.iter().map(|journal| async {
                let (_keep, mut commands) = unbounded_channel();
                let stop = CancellationToken::new();
                let (mut drove, mut watched) = (0, 0);
                let left =
                    follow(journal, &job.id, clients(&lab), pace(), &mut commands, stop, |_, holder| {
                        match holder {
                            None => drove += 1,
                            Some(_) => watched += 1,
                        }
                    })
                    .await
                    .unwrap()
                    .unwrap();
                assert!(drove > 0 || watched > 0);
                left
            });
        for left in join_all(each).await {
            assert_eq!(left.reason, ExitReason::Over);
            all_is_well(&lab, &left.job, &format!("{number} at once")).await;
        }
        let writes = lab.writes().await;
        assert_eq!(writes.iter().filter(|w| w.starts_with("copy")).count(), 1, "{writes:?}");
        assert_eq!(writes.iter().filter(|w| w.starts_with("share")).count(), 3, "{writes:?}");
    }
}

/// The process that runs the job ends in the middle, and a watching one continues it.
#[tokio::test(flavor = "multi_thread")]
async fn a_watching_process_takes_over() {
    let job = new_job().await;
    let lab = Lab::with(options(&["names-unique=no"])).await;
    let home = Home::new();
    Journal::open(&home.path).await.unwrap().begin(&job, None).await.unwrap();
    let (own, lease) = acquired(&home.path, &job.id).await;
    let first = life_with(&lab, own, lease, None, 12);
    let others = join_all([finish(&lab, &home.path, &job.id), finish(&lab, &home.path, &job.id)]);
    let (point, others) = tokio::join!(first, others);
    assert!(point.is_some());
    for left in others {
        all_is_well(&lab, &left.job, "taken over").await;
    }
}

/// Each process has its own journal. Only unique names in the cloud prevent a second copy.
#[tokio::test(flavor = "multi_thread")]
async fn two_hosts_with_separate_journals_make_no_second_copy() {
    let job = new_job().await;
    for ahead in [1, 4, 9, 20, 400] {
        let lab = Lab::with(options(&[])).await;
        let (one, two) = (Home::new(), Home::new());
        for home in [&one, &two] {
            Journal::open(&home.path).await.unwrap().begin(&job, None).await.unwrap();
        }
        // The first process may also end in the middle and continue beside the other.
        let first = async {
            run_worker_until(&lab, &one.path, &job.id, ahead).await;
            finish(&lab, &one.path, &job.id).await
        };
        let (first, second) = tokio::join!(first, finish(&lab, &two.path, &job.id));
        let world = World::read(&lab).await;
        for (left, who) in [(&first, "first"), (&second, "second")] {
            assert_eq!(left.reason, ExitReason::Over);
            world.check_claims(&left.job, &format!("{who}, {ahead}"));
        }
        for cell in &job.cells {
            let there = world.images(cell.region.as_str(), BASE);
            assert_eq!(there.len(), 1, "{ahead}: copies in {}", cell.region);
            let ready = [&first, &second]
                .iter()
                .any(|l| l.job.cell(&cell.region).is_some_and(|c| c.state == CellState::Ready));
            assert!(ready, "{ahead}: nobody has {}", cell.region);
            let wanted: BTreeSet<String> =
                job.edges.iter().filter(|e| e.region == cell.region).map(|e| e.account.to_string()).collect();
            assert_eq!(there.into_values().next().unwrap(), wanted, "{ahead}: shares in {}", cell.region);
        }
        // A copy of another process with the same name is reported, and never used without asking.
        for left in [&first, &second] {
            let odd = left.job.cells.iter().filter_map(|c| c.error.as_ref());
            odd.for_each(|e| assert_eq!(e.code, "InvalidImageName.Duplicate"));
        }
    }
}

/// The cloud stops during a copy, with or without the worker, and restarts with its state file.
#[tokio::test(flavor = "multi_thread")]
async fn a_cloud_that_restarts_during_a_copy_loses_nothing() {
    let job = new_job().await;
    for worker_dies in [false, true] {
        let folder = tempfile::tempdir().unwrap();
        let state = Some(folder.path().join("world.json"));
        let lab =
            Lab::with(Options { speed: 2000.0, state: state.clone(), ..options(&["names-unique=no"]) }).await;
        let home = Home::new();
        let journal = Journal::open(&home.path).await.unwrap();
        journal.begin(&job, None).await.unwrap();
        let copying = CancellationToken::new();
        let stop = CancellationToken::new();
        let (path, id, owned, told, ending) =
            (home.path.clone(), job.id.clone(), clients(&lab), copying.clone(), stop.clone());
        let worker = tokio::spawn(async move {
            let journal = Journal::open(&path).await.unwrap();
            let (_keep, mut commands) = unbounded_channel();
            follow(&journal, &id, owned, pace(), &mut commands, ending, |job, _| {
                if job.cells.iter().any(|c| !c.reused && c.image.is_some()) {
                    told.cancel();
                }
            })
            .await
            .unwrap()
            .unwrap()
        });
        copying.cancelled().await;
        let listen = lab.desk.cloud.endpoint.trim_start_matches("http://").parse().unwrap();
        let Lab { desk, own, .. } = lab;
        desk.cloud.stop().await;
        if worker_dies {
            worker.abort();
            let _ = worker.await;
        } else {
            stop_when_it_has_missed_the_cloud(&journal, &job.id).await;
        }
        let again = Options { speed: 2000.0, listen, state, ..options(&["names-unique=no"]) };
        let lab = Lab { own, ..Lab::with(again).await };
        let left = finish(&lab, &home.path, &job.id).await;
        all_is_well(&lab, &left.job, "the cloud was away").await;
        assert_eq!(left.job.calls.iter().filter(|c| c.action == "SyncImages").count(), 1);
        stop.cancel();
    }
}

/// Waits until a call has not reached the cloud.
async fn stop_when_it_has_missed_the_cloud(journal: &Journal, id: &str) {
    loop {
        let job = journal.job(id).await.unwrap().unwrap().job;
        if job.calls.iter().any(|c| c.outcome == "unsent" || c.outcome == "lost") {
            return;
        }
        tokio::task::yield_now().await;
    }
}
