use std::os::unix::fs::PermissionsExt;

use jiff::Timestamp;

use super::{stored::CallResult, *};
use crate::{
    jobs::{
        Edge, EdgeState, Job, JobCommand, JobState, Maker,
        job::{Call, CallRecord, Cell, CellState},
    },
    messages::Lang,
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

fn held(take: Acquired) -> (Job, Lease) {
    match take {
        Acquired::Held(job, lease) => (*job, lease),
        other => panic!("{other:?}"),
    }
}

async fn save(
    lease: &Lease,
    job: &Job,
    intents: &[Intent],
    results: &[CallResult],
) -> Result<Vec<i64>, Error> {
    lease.save(job, intents.to_vec(), results.to_vec()).await
}

#[tokio::test]
async fn a_job_is_read_as_it_was_written() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("deep/journal.db");
    let journal = Journal::open(&path).await.unwrap();
    assert_eq!(journal.begin(&job("3f9a"), Some("http://127.0.0.1:2")).await.unwrap(), None);
    let (mut job, lease) = held(journal.acquire("3f9a").await.unwrap());
    job.cells[0].state = CellState::Copying;
    let intent = Intent::from_call(&job, &copy(), now()).unwrap();
    let ids = save(&lease, &job, &[intent], &[]).await.unwrap();
    job.cells[0].image = "img-0a1k2l9x".parse().ok();
    let end = CallResult { intent: Some(ids[0]), record: record("SyncImages", "ok") };
    let look = CallResult { intent: None, record: record("DescribeImages", "ok") };
    save(&lease, &job, &[], &[end.clone(), look.clone()]).await.unwrap();
    lease.release().await;
    drop(journal);

    let kept = Journal::open(&path).await.unwrap().job("3f9a").await.unwrap().unwrap();
    assert_eq!(kept.job, Job { calls: vec![end.record, look.record], ..job });
    assert_eq!((kept.endpoint.as_deref(), kept.holder, kept.revision), (Some("http://127.0.0.1:2"), None, 3));
    for file in [path.clone(), path.with_file_name("journal.db-journal")] {
        assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600, "{file:?}");
    }
    assert!(!path.with_file_name("journal.db-shm").exists());
}

#[tokio::test]
async fn revokes_the_rights_of_others() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("journal.db");
    drop(Journal::open(&path).await.unwrap());
    std::fs::set_permissions(&path, PermissionsExt::from_mode(0o644)).unwrap();
    drop(Journal::open(&path).await.unwrap());
    assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
}

#[tokio::test]
async fn refuses_newer_journals_and_other_files() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("journal.db");
    drop(Journal::open(&path).await.unwrap());
    Connection::open(&path).unwrap().pragma_update(None, "user_version", 7).unwrap();
    let before = std::fs::read(&path).unwrap();
    let error = Journal::open(&path).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        format!(
            "the journal {} has version 7, but this program supports version 1; use a newer cvmshare, or another state \
             directory (CVMSHARE_STATE_DIR)",
            path.display()
        )
    );
    assert_eq!(std::fs::read(&path).unwrap(), before);

    let other = home.path().join("other.db");
    Connection::open(&other).unwrap().execute("CREATE TABLE t (x)", []).unwrap();
    assert!(matches!(Journal::open(&other).await, Err(Error::NotOurs { .. })));
    std::fs::write(&other, "a letter, which is longer than the head of a database would be").unwrap();
    assert!(matches!(Journal::open(&other).await, Err(Error::NotOurs { .. })));
    let folder = home.path().join("folder.db");
    std::fs::create_dir(&folder).unwrap();
    assert!(Journal::open(&folder).await.is_err());
    std::fs::write(home.path().join("file"), "").unwrap();
    assert!(matches!(Journal::open(&home.path().join("file/journal.db")).await, Err(Error::Io { .. })));
}

#[tokio::test]
async fn only_the_holder_of_the_lease_can_write() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("journal.db");
    let (one, two) = (Journal::open(&path).await.unwrap(), Journal::open(&path).await.unwrap());
    one.begin(&job("3f9a"), None).await.unwrap();
    assert!(matches!(two.acquire("none").await.unwrap(), Acquired::Unknown));
    let (job, lease) = held(one.acquire("3f9a").await.unwrap());
    let Acquired::HeldByOther(holder) = two.acquire("3f9a").await.unwrap() else { panic!("taken twice") };
    assert_eq!(holder.pid, std::process::id());
    assert_eq!(two.job("3f9a").await.unwrap().unwrap().holder, Some(holder));

    // The lease expired: its intent is lost, and its next write fails as a whole.
    let intent = Intent::from_call(&job, &copy(), now()).unwrap();
    save(&lease, &job, std::slice::from_ref(&intent), &[]).await.unwrap();
    two.change(|t| Ok(t.execute("UPDATE leases SET beat = '2026-01-01T00:00:00.000000Z'", [])?))
        .await
        .unwrap();
    let (found, second) = held(two.acquire("3f9a").await.unwrap());
    assert_eq!(found.calls.iter().map(|c| c.outcome.as_str()).collect::<Vec<_>>(), ["lost"]);
    let entries = one.audit().await.unwrap().len();
    assert!(matches!(save(&lease, &job, &[intent], &[]).await, Err(Error::Taken)));
    assert!(matches!(lease.renew().await, Err(Error::Taken)));
    assert_eq!(one.audit().await.unwrap().len(), entries);
    // The release by the old holder does not affect the lease of the new one.
    lease.release().await;
    assert!(second.renew().await.is_ok());
    second.release().await;
    held(one.acquire("3f9a").await.unwrap());
}

#[tokio::test]
async fn a_killed_process_holds_no_lease() {
    let home = tempfile::tempdir().unwrap();
    let journal = Journal::open(&home.path().join("journal.db")).await.unwrap();
    journal.begin(&job("3f9a"), None).await.unwrap();
    let (_, lease) = held(journal.acquire("3f9a").await.unwrap());
    let mut child = std::process::Command::new("true").spawn().unwrap();
    let pid = child.id();
    child.wait().unwrap();
    journal.change(move |t| Ok(t.execute("UPDATE leases SET pid = ?", [pid])?)).await.unwrap();
    held(journal.acquire("3f9a").await.unwrap());
    drop(lease);
}

#[tokio::test]
async fn begin_keeps_unfinished_jobs_and_replaces_finished_ones() {
    let journal = Journal::in_memory().await.unwrap();
    journal.begin(&job("3f9a"), None).await.unwrap();
    assert_eq!(journal.begin(&job("3f9a"), None).await.unwrap().unwrap().job, job("3f9a"));
    let (mut done, lease) = held(journal.acquire("3f9a").await.unwrap());
    done.cells[0].state = CellState::Failed;
    done.edges[0].state = EdgeState::Failed;
    assert_eq!(done.state(), JobState::Failed);
    let end = CallResult { intent: None, record: record("DescribeImages", "ok") };
    save(&lease, &done, &[], std::slice::from_ref(&end)).await.unwrap();
    drop(lease);
    assert_eq!(journal.begin(&job("3f9a"), None).await.unwrap(), None);
    let again = journal.job("3f9a").await.unwrap().unwrap().job;
    assert_eq!(again, Job { calls: vec![end.record], ..job("3f9a") });
    assert_eq!(journal.jobs().await.unwrap().len(), 1);
}

#[tokio::test]
async fn delivers_commands_once_and_in_order() {
    let journal = Journal::in_memory().await.unwrap();
    journal.begin(&job("3f9a"), None).await.unwrap();
    let (_, lease) = held(journal.acquire("3f9a").await.unwrap());
    assert_eq!(lease.take_commands().await.unwrap(), []);
    let retry = JobCommand::Retry("ap-shanghai".parse().unwrap());
    journal.send_command("3f9a", &retry).await.unwrap();
    journal.send_command("3f9a", &JobCommand::Resume).await.unwrap();
    journal.send_command("else", &JobCommand::Resume).await.unwrap();
    assert_eq!(lease.take_commands().await.unwrap(), [retry, JobCommand::Resume]);
    assert_eq!(lease.take_commands().await.unwrap(), []);
}

#[tokio::test]
async fn records_single_actions_before_and_after() {
    let journal = Journal::in_memory().await.unwrap();
    let recorder = Recorder { journal: Some(journal.clone()), profile: "prod".into(), ..Recorder::default() };
    let region = "ap-guangzhou".parse().unwrap();
    let id = recorder.intend("DeleteImages", &region, "img-6pb6lrmy".into()).await.unwrap();
    let entry = journal.audit().await.unwrap().remove(0);
    assert_eq!((entry.what.as_str(), entry.outcome), ("img-6pb6lrmy", None));
    recorder.settle(id, &record("DeleteImages", "ok")).await;
    let entry = journal.audit().await.unwrap().remove(0);
    assert_eq!((entry.outcome.as_deref(), entry.request_id.as_deref()), (Some("ok"), Some("71e6")));
    assert_eq!((entry.job, entry.profile.as_str()), (None, "prod"));
}

#[tokio::test]
async fn concurrent_writers_lose_nothing() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("journal.db");
    let writers = (0..4).map(|n| {
        let path = path.clone();
        tokio::spawn(async move {
            let journal = Journal::open(&path).await.unwrap();
            let recorder = Recorder { journal: Some(journal), ..Recorder::default() };
            for m in 0..10 {
                let region = "ap-guangzhou".parse().unwrap();
                recorder.intend("DeleteImages", &region, format!("{n} {m}")).await.unwrap();
            }
        })
    });
    for writer in writers.collect::<Vec<_>>() {
        writer.await.unwrap();
    }
    assert_eq!(Journal::open(&path).await.unwrap().audit().await.unwrap().len(), 40);
}

#[tokio::test]
async fn inspect_counts_without_changing_the_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("journal.db");
    let journal = Journal::open(&path).await.unwrap();
    let empty = Summary { jobs: 0, unfinished: 0, open_intents: 0 };
    assert_eq!(Journal::inspect(&path).await.unwrap(), empty);
    journal.begin(&job("a"), None).await.unwrap();
    let (_, lease) = held(journal.acquire("a").await.unwrap());
    save(&lease, &job("a"), &[Intent::from_call(&job("a"), &copy(), now()).unwrap()], &[]).await.unwrap();
    std::fs::set_permissions(&path, PermissionsExt::from_mode(0o644)).unwrap();
    assert_eq!(Journal::inspect(&path).await.unwrap(), Summary { jobs: 1, unfinished: 1, open_intents: 1 });
    assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o644);
}

#[tokio::test]
async fn reports_the_file_and_the_fix_for_a_locked_journal() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("journal.db");
    let opened = path.clone();
    let journal = Journal::start(move || {
        let connection = connect(&opened)?;
        connection.busy_timeout(Duration::ZERO)?;
        Ok(connection)
    });
    let journal = journal.await.unwrap();
    let other = Connection::open(&path).unwrap();
    other.execute_batch("BEGIN EXCLUSIVE").unwrap();
    assert_eq!(
        journal.jobs().await.unwrap_err().to_string(),
        format!(
            "the journal {} has been locked by another process for more than 10 s; end that process, or use another state \
             directory (CVMSHARE_STATE_DIR)",
            path.display()
        )
    );
    other.execute_batch("COMMIT").unwrap();
    assert_eq!(journal.jobs().await.unwrap(), []);
}

#[tokio::test]
async fn dropping_a_lease_does_not_wait_for_the_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("journal.db");
    let journal = Journal::open(&path).await.unwrap();
    journal.begin(&job("3f9a"), None).await.unwrap();
    let (_, lease) = held(journal.acquire("3f9a").await.unwrap());
    let other = Connection::open(&path).unwrap();
    other.execute_batch("BEGIN EXCLUSIVE").unwrap();
    // If the drop released the lease synchronously, it would wait for the lock that is released only below.
    drop(lease);
    other.execute_batch("COMMIT").unwrap();
    held(journal.acquire("3f9a").await.unwrap());
}

#[tokio::test]
async fn calls_fail_after_the_thread_has_panicked() {
    let journal = Journal::in_memory().await.unwrap();
    let result = journal.read(|_| -> Result<(), Error> { panic!("a test asked for it") }).await;
    assert!(matches!(result, Err(Error::Stopped)));
    assert!(matches!(journal.jobs().await, Err(Error::Stopped)));
}

#[tokio::test]
async fn observe_repeats_after_a_concurrent_write() {
    let journal = Journal::in_memory().await.unwrap();
    journal.begin(&job("3f9a"), None).await.unwrap();
    let state = serde_json::to_string(&job("3f9a")).unwrap();
    assert!(!journal.replace(vec![("3f9a".into(), 7, state.clone())]).await.unwrap());
    assert!(journal.replace(vec![("3f9a".into(), 1, state)]).await.unwrap());
    assert_eq!(journal.revision("3f9a").await.unwrap(), Some(2));
}

/// Older versions stored the text of a failure as a string, and newer ones may store messages that this one does not
/// know.
#[test]
fn reads_failures_of_older_and_newer_versions() {
    for (error, text) in [
        (r#"{"code":"gone","text":"the share is not there any more"}"#, "the share is not there any more"),
        (r#"{"code":"gone","text":{"id":"job_share_gone","args":[]}}"#, "the share is not there any more"),
        (r#"{"code":"gone","text":{"id":"job_of_tomorrow","args":["img-1"]}}"#, "job_of_tomorrow: img-1"),
    ] {
        let mut stored = serde_json::to_value(job("3f9a0c11")).unwrap();
        stored["cells"][0]["error"] = serde_json::from_str(error).unwrap();
        let read: Job = serde_json::from_value(stored).unwrap();
        let failure = read.cells[0].error.clone().unwrap();
        assert_eq!((failure.text.render(Lang::EN).as_str(), failure.detail.clone()), (text, None));
        let again: Job = serde_json::from_str(&serde_json::to_string(&read).unwrap()).unwrap();
        assert_eq!(again.cells[0].error, Some(failure));
    }
}
