use std::os::unix::fs::PermissionsExt;

use jiff::Timestamp;

use super::{keep::Ended, *};
use crate::jobs::{
    Command, Edge, EdgeState, Job, JobState, Maker,
    job::{Call, CallRecord, Cell, CellState},
};

fn now() -> Timestamp {
    "2026-11-24T03:00:00Z".parse().unwrap()
}

fn job(id: &str) -> Job {
    Job {
        id: id.into(),
        profile: "prod".into(),
        account: "100000000001".parse().ok(),
        image: "img-6pb6lrmy".parse().unwrap(),
        name: "web".into(),
        size_gib: 50,
        source: "ap-guangzhou".parse().unwrap(),
        cells: vec![Cell {
            region: "ap-shanghai".parse().unwrap(),
            image: None,
            state: CellState::Planned,
            percent: None,
            reused: false,
            name: "web".into(),
            error: None,
            since: None,
            attempt: 0,
            doubt: false,
            seen: None,
        }],
        edges: vec![Edge {
            region: "ap-shanghai".parse().unwrap(),
            account: "100000000002".parse().unwrap(),
            state: EdgeState::Planned,
            made_by: Maker::Others,
            seen: None,
            error: None,
            unsure: false,
        }],
        calls: Vec::new(),
        created: now(),
        paused: None,
        cancelled: false,
        checking: false,
    }
}

fn copy() -> Call {
    Call::Copy { to: vec!["ap-shanghai".parse().unwrap()], name: "web".into() }
}

fn record(action: &str, outcome: &str) -> CallRecord {
    CallRecord {
        at: now(),
        action: action.into(),
        region: "ap-guangzhou".parse().unwrap(),
        outcome: outcome.into(),
        request_id: Some("71e6".into()),
        detail: "ap-shanghai".into(),
    }
}

fn ours(take: Take) -> (Job, Hold) {
    match take {
        Take::Ours(job, hold) => (*job, hold),
        other => panic!("{other:?}"),
    }
}

fn save(hold: &Hold, job: &Job, intents: &[Intent], ended: &[Ended]) -> Result<Vec<i64>, Error> {
    hold.save(&serde_json::to_string(&job.without_calls()).unwrap(), job.is_over(), intents, ended)
}

#[test]
fn a_job_comes_back_as_it_was_written() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("deep/journal.db");
    let journal = Journal::open(&path).unwrap();
    assert_eq!(journal.begin(&job("3f9a"), Some("http://127.0.0.1:2")).unwrap(), None);
    let (mut job, hold) = ours(journal.take("3f9a").unwrap());
    job.cells[0].state = CellState::Copying;
    let intent = Intent::of(&job, &copy(), now()).unwrap();
    let ids = save(&hold, &job, &[intent], &[]).unwrap();
    job.cells[0].image = "img-0a1k2l9x".parse().ok();
    let end = Ended { intent: Some(ids[0]), record: record("SyncImages", "ok") };
    let look = Ended { intent: None, record: record("DescribeImages", "ok") };
    save(&hold, &job, &[], &[end.clone(), look.clone()]).unwrap();
    drop((hold, journal));

    let kept = Journal::open(&path).unwrap().job("3f9a").unwrap().unwrap();
    assert_eq!(kept.job, Job { calls: vec![end.record, look.record], ..job });
    assert_eq!((kept.endpoint.as_deref(), kept.holder, kept.revision), (Some("http://127.0.0.1:2"), None, 3));
    for file in [path.clone(), path.with_file_name("journal.db-journal")] {
        assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600, "{file:?}");
    }
    assert!(!path.with_file_name("journal.db-shm").exists());
}

#[test]
fn others_may_not_read_it_even_where_it_was_left_open() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("journal.db");
    drop(Journal::open(&path).unwrap());
    std::fs::set_permissions(&path, PermissionsExt::from_mode(0o644)).unwrap();
    drop(Journal::open(&path).unwrap());
    assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
}

#[test]
fn a_newer_journal_and_a_file_of_something_else_are_left_alone() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("journal.db");
    drop(Journal::open(&path).unwrap());
    Connection::open(&path).unwrap().pragma_update(None, "user_version", 7).unwrap();
    let before = std::fs::read(&path).unwrap();
    let error = Journal::open(&path).unwrap_err();
    assert_eq!(
        error.to_string(),
        format!(
            "the journal {} is of version 7 and this program knows 1; use the newer cvmshare, or another state \
             directory (CVMSHARE_STATE_DIR)",
            path.display()
        )
    );
    assert_eq!(std::fs::read(&path).unwrap(), before);

    let other = home.path().join("other.db");
    Connection::open(&other).unwrap().execute("CREATE TABLE t (x)", []).unwrap();
    assert!(matches!(Journal::open(&other), Err(Error::NotOurs { .. })));
    std::fs::write(&other, "a letter, which is longer than the head of a database would be").unwrap();
    assert!(matches!(Journal::open(&other), Err(Error::NotOurs { .. })));
    let folder = home.path().join("folder.db");
    std::fs::create_dir(&folder).unwrap();
    assert!(Journal::open(&folder).is_err());
    std::fs::write(home.path().join("file"), "").unwrap();
    assert!(matches!(Journal::open(&home.path().join("file/journal.db")), Err(Error::Io { .. })));
}

#[test]
fn one_process_drives_a_job_and_the_one_that_lost_it_learns_so_before_it_sends() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("journal.db");
    let (one, two) = (Journal::open(&path).unwrap(), Journal::open(&path).unwrap());
    one.begin(&job("3f9a"), None).unwrap();
    assert!(matches!(two.take("none").unwrap(), Take::Unknown));
    let (job, hold) = ours(one.take("3f9a").unwrap());
    let Take::Theirs(holder) = two.take("3f9a").unwrap() else { panic!("taken twice") };
    assert_eq!(holder.pid, std::process::id());
    assert_eq!(two.job("3f9a").unwrap().unwrap().holder, Some(holder));

    // Silent for too long: an intent of it is lost, and what it writes now fails whole.
    let intent = Intent::of(&job, &copy(), now()).unwrap();
    save(&hold, &job, std::slice::from_ref(&intent), &[]).unwrap();
    two.change(|t| Ok(t.execute("UPDATE leases SET beat = '2026-01-01T00:00:00.000000Z'", [])?)).unwrap();
    let (found, second) = ours(two.take("3f9a").unwrap());
    assert_eq!(found.calls.iter().map(|c| c.outcome.as_str()).collect::<Vec<_>>(), ["lost"]);
    let entries = one.audit().unwrap().len();
    assert!(matches!(save(&hold, &job, &[intent], &[]), Err(Error::Taken)));
    assert!(matches!(hold.beat(), Err(Error::Taken)));
    assert_eq!(one.audit().unwrap().len(), entries);
    // Its end does not take the lease from the one that has it.
    drop(hold);
    assert!(second.beat().is_ok());
    drop(second);
    ours(one.take("3f9a").unwrap());
}

#[test]
fn a_process_that_was_killed_holds_nothing() {
    let home = tempfile::tempdir().unwrap();
    let journal = Journal::open(&home.path().join("journal.db")).unwrap();
    journal.begin(&job("3f9a"), None).unwrap();
    let (_, hold) = ours(journal.take("3f9a").unwrap());
    let mut child = std::process::Command::new("true").spawn().unwrap();
    let pid = child.id();
    child.wait().unwrap();
    journal.change(|t| Ok(t.execute("UPDATE leases SET pid = ?", [pid])?)).unwrap();
    ours(journal.take("3f9a").unwrap());
    drop(hold);
}

#[test]
fn a_job_that_goes_on_stands_and_one_that_is_over_begins_anew() {
    let journal = Journal::in_memory().unwrap();
    journal.begin(&job("3f9a"), None).unwrap();
    assert_eq!(journal.begin(&job("3f9a"), None).unwrap().unwrap().job, job("3f9a"));
    let (mut done, hold) = ours(journal.take("3f9a").unwrap());
    done.cells[0].state = CellState::Failed;
    done.edges[0].state = EdgeState::Failed;
    assert_eq!(done.state(), JobState::Failed);
    let end = Ended { intent: None, record: record("DescribeImages", "ok") };
    save(&hold, &done, &[], std::slice::from_ref(&end)).unwrap();
    drop(hold);
    assert_eq!(journal.begin(&job("3f9a"), None).unwrap(), None);
    let again = journal.job("3f9a").unwrap().unwrap().job;
    assert_eq!(again, Job { calls: vec![end.record], ..job("3f9a") });
    assert_eq!(journal.jobs().unwrap().len(), 1);
}

#[test]
fn orders_reach_the_driver_once_and_in_order() {
    let journal = Journal::in_memory().unwrap();
    journal.begin(&job("3f9a"), None).unwrap();
    let (_, hold) = ours(journal.take("3f9a").unwrap());
    assert_eq!(hold.orders().unwrap(), []);
    let retry = Command::Retry("ap-shanghai".parse().unwrap());
    journal.order("3f9a", &retry).unwrap();
    journal.order("3f9a", &Command::Resume).unwrap();
    journal.order("else", &Command::Resume).unwrap();
    assert_eq!(hold.orders().unwrap(), [retry, Command::Resume]);
    assert_eq!(hold.orders().unwrap(), []);
}

#[test]
fn single_actions_are_kept_before_and_after() {
    let journal = Journal::in_memory().unwrap();
    let recorder = Recorder { journal: Some(journal.clone()), profile: "prod".into(), ..Recorder::default() };
    let region = "ap-guangzhou".parse().unwrap();
    let id = recorder.intend("DeleteImages", &region, "img-6pb6lrmy".into()).unwrap();
    let entry = journal.audit().unwrap().remove(0);
    assert_eq!((entry.what.as_str(), entry.outcome), ("img-6pb6lrmy", None));
    recorder.settle(id, &record("DeleteImages", "ok"));
    let entry = journal.audit().unwrap().remove(0);
    assert_eq!((entry.outcome.as_deref(), entry.request_id.as_deref()), (Some("ok"), Some("71e6")));
    assert_eq!((entry.job, entry.profile.as_str()), (None, "prod"));
}

#[test]
fn many_writers_lose_nothing() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("journal.db");
    std::thread::scope(|scope| {
        for n in 0..4 {
            let path = &path;
            scope.spawn(move || {
                let journal = Journal::open(path).unwrap();
                let recorder = Recorder { journal: Some(journal), ..Recorder::default() };
                for m in 0..10 {
                    let region = "ap-guangzhou".parse().unwrap();
                    recorder.intend("DeleteImages", &region, format!("{n} {m}")).unwrap();
                }
            });
        }
    });
    assert_eq!(Journal::open(&path).unwrap().audit().unwrap().len(), 40);
}

#[test]
fn a_look_from_outside_tells_what_is_there_and_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("journal.db");
    let journal = Journal::open(&path).unwrap();
    let empty = Look { jobs: 0, unfinished: 0, open_intents: 0 };
    assert_eq!(Journal::look(&path).unwrap(), empty);
    journal.begin(&job("a"), None).unwrap();
    let (_, hold) = ours(journal.take("a").unwrap());
    save(&hold, &job("a"), &[Intent::of(&job("a"), &copy(), now()).unwrap()], &[]).unwrap();
    std::fs::set_permissions(&path, PermissionsExt::from_mode(0o644)).unwrap();
    assert_eq!(Journal::look(&path).unwrap(), Look { jobs: 1, unfinished: 1, open_intents: 1 });
    assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o644);
}
