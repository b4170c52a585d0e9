//! Tests for jobs that another process left, or that a person cancels or retries: the initial state, the
//! calls that follow, and the final state.

use super::{
    fixture::{NONE, OK, Play, copied, is, job, lost, refused, shares, start},
    *,
};
use crate::jobs::answer::Answer;

/// A region's initial state: the cell's state, whether its copy is in doubt, and the states of its accounts.
type Region<'a> = (&'a str, CellState, bool, &'a [(u32, EdgeState, bool)]);

fn job_left(regions: &[Region<'_>]) -> Job {
    let accounts: Vec<(&str, Vec<u32>)> =
        regions.iter().map(|(r, .., edges)| (*r, edges.iter().map(|e| e.0).collect())).collect();
    let shape: Vec<(&str, &[u32])> = accounts.iter().map(|(r, all)| (*r, all.as_slice())).collect();
    let mut job = job(&shape);
    let mut edges = job.edges.iter_mut();
    for (cell, (_, state, doubt, wanted)) in job.cells.iter_mut().zip(regions) {
        (cell.state, cell.doubt, cell.since) = (*state, *doubt, Some(start()));
        for (edge, (_, state, unsure)) in edges.by_ref().take(wanted.len()).zip(*wanted) {
            (edge.state, edge.unsure) = (*state, *unsure);
        }
    }
    job
}

/// A description, the initial state, the calls with their answers, and the final state.
type Row<'a> = (&'a str, &'a [Region<'a>], Vec<(&'a str, Answer)>, &'a str);

#[test]
fn resumes_interrupted_jobs() {
    use CellState::{Copying, Planned, Ready, Waiting};
    use EdgeState::{Planned as Open, Shared, Sharing, Waiting as Waits};
    let rows: Vec<Row<'_>> = vec![
        (
            "nothing was sent: it is asked for",
            &[("sh", Planned, false, &[(2, Open, false)])],
            vec![("copy sh web", copied(&["sh"]))],
            "sh copying: 2 planned || waits",
        ),
        (
            "the copy was asked for, and nobody knows what came of it: looked for, and adopted",
            &[("sh", Copying, false, &[(2, Open, false)])],
            vec![("find sh web", NONE), ("find sh web", is("sh", "SYNCING"))],
            "sh copying 40: 2 planned || waits",
        ),
        (
            "the same, and it is not there: asked for after several empty reads",
            &[("sh", Copying, false, &[])],
            vec![
                ("find sh web", NONE),
                ("find sh web", NONE),
                ("find sh web", NONE),
                ("find sh web", NONE),
                ("copy sh web", copied(&["sh"])),
            ],
            "sh copying || waits",
        ),
        (
            "it waited, and nothing was ever begun: asked for at once, and a stranger's name is no copy of ours",
            &[("sh", Waiting, false, &[])],
            vec![("copy sh web", refused("InvalidImageName.Duplicate"))],
            "sh failed InvalidImageName.Duplicate",
        ),
        (
            "it waited with an answer lost: looked for",
            &[("sh", Waiting, true, &[])],
            vec![("find sh web", is("sh", "NORMAL"))],
            "sh ready",
        ),
        (
            "one in doubt and one that was not begun: the second does not wait for the first",
            &[("sh", Waiting, true, &[]), ("bj", Planned, false, &[])],
            vec![("copy bj web", copied(&["bj"])), ("find sh web", is("sh", "SYNCING"))],
            "sh copying 40 | bj copying || waits",
        ),
        (
            "a share was sent, and nobody knows what came of it: read, and ours",
            &[("gz", Ready, false, &[(2, Sharing, false), (3, Open, false)])],
            vec![("read gz", shares(&[2])), ("share gz 3", OK), ("read gz", shares(&[2, 3]))],
            "gz ready: 2 shared ours, 3 shared ours",
        ),
        (
            "the same, and the list does not show it: sent again",
            &[("gz", Ready, false, &[(2, Sharing, false)])],
            vec![("read gz", shares(&[])), ("share gz 2", OK), ("read gz", shares(&[2]))],
            "gz ready: 2 shared ours",
        ),
        (
            "a lost share was to be sent again; that the account shared already says it was ours",
            &[("gz", Ready, false, &[(2, Waits, true)])],
            vec![("share gz 2", refused("FailedOperation.AccountAlreadyExists")), ("read gz", shares(&[2]))],
            "gz ready: 2 shared ours",
        ),
        (
            "the same where nothing was lost: somebody else's",
            &[("gz", Ready, false, &[(2, Waits, false)])],
            vec![("share gz 2", refused("FailedOperation.AccountAlreadyExists")), ("read gz", shares(&[2]))],
            "gz ready: 2 shared",
        ),
        ("it was over", &[("gz", Ready, false, &[(2, Shared, false)])], vec![], "gz ready: 2 shared"),
    ];
    for (what, regions, answers, end) in rows {
        let mut play = Play::new(job_left(regions), &[]);
        for (call, answer) in answers {
            play.answer(call, answer);
        }
        assert_eq!(play.end(), end, "{what}");
    }
}

#[test]
fn a_cancelled_job_starts_nothing() {
    let regions: &[(&str, &[u32])] = &[("gz", &[2]), ("sh", &[2]), ("bj", &[2])];
    let mut play = Play::new(job(regions), &[]);
    play.answer("copy sh+bj web", copied(&["sh", "bj"]));
    play.answer("look bj", is("bj", "CREATEFAILED"));
    // The share in Guangzhou is in progress, and its outcome is still read.
    play.machine.cancel();
    play.answer("share gz 2", OK);
    play.answer("read gz", shares(&[2]));
    assert_eq!(
        play.end(),
        "gz ready: 2 shared ours | sh skipped: 2 skipped | bj failed CREATEFAILED: 2 failed"
    );
    let job = play.machine.job();
    assert_eq!((job.state(), job.cancelled), (crate::jobs::JobState::Partial, true));
    // Undo may delete a running copy, although the job does not wait for it.
    assert!(job.cells[1].is_made_by_job());

    let mut play = Play::new(super::fixture::job(regions), &[]);
    play.machine.cancel();
    assert_eq!(play.end(), "gz ready: 2 skipped | sh skipped: 2 skipped | bj skipped: 2 skipped");
    assert_eq!(play.machine.job().state(), crate::jobs::JobState::Failed);
}

#[test]
fn remakes_missing_parts_only_on_request() {
    let mut job = job(&[("gz", &[2, 3]), ("sh", &[2])]);
    (job.cells[1].state, job.cells[1].image) = (CellState::Ready, Some(super::fixture::copy_id("sh")));
    for edge in &mut job.edges {
        (edge.state, edge.made_by) = (EdgeState::Shared, crate::jobs::Maker::Job);
    }
    // Others cancelled one share and deleted the copy.
    job.edges[0].lost(start());
    job.image_is_gone(1, start());
    let end = "gz ready: 2 failed gone, 3 shared ours | sh failed missing: 2 failed";
    let mut play = Play::new(job.clone(), &[]);
    play.machine.retry_all(play.now);
    assert_eq!(play.end(), end);
    play.machine.retry(&super::fixture::short("gz"), play.now);
    assert_eq!(play.end(), end);
    // The copy can be requested again on its own, and its share follows.
    play.machine.retry(&super::fixture::short("sh"), play.now);
    play.answer("find sh web", NONE);
    play.answer("copy sh web", copied(&["sh"]));
    play.answer("look sh", is("sh", "NORMAL"));
    play.answer("share sh 2", OK);
    play.answer("read sh", shares(&[2]));
    play.answer("read gz", shares(&[3]));
    assert_eq!(play.end(), "gz ready: 2 failed gone, 3 shared ours | sh ready: 2 shared ours");
}

#[test]
fn repeats_an_interrupted_final_check_without_writes() {
    let mut job = job(&[("gz", &[2, 3]), ("sh", &[])]);
    (job.cells[1].state, job.cells[1].image) = (CellState::Ready, Some(super::fixture::copy_id("sh")));
    for edge in &mut job.edges {
        edge.state = EdgeState::Shared;
    }
    job.checking = true;
    assert_eq!(job.state(), crate::jobs::JobState::Running);
    let mut play = Play::new(job, &[]);
    for _ in 0..4 {
        play.answer("read gz", shares(&[3]));
    }
    assert_eq!(play.end(), "gz ready: 2 failed gone, 3 shared | sh ready");
    assert_eq!(play.machine.job().state(), crate::jobs::JobState::Partial);
}

#[test]
fn retries_everything_that_failed() {
    let mut play = Play::new(job(&[("gz", &[2]), ("sh", &[2]), ("bj", &[])]), &[]);
    play.answer("copy sh+bj web", refused("InvalidRegion.Unavailable"));
    play.answer("find sh web", NONE);
    play.answer("find bj web", NONE);
    play.answer("copy sh web", refused("InvalidRegion.Unavailable"));
    play.answer("copy bj web", copied(&["bj"]));
    play.answer("share gz 2", refused("UnauthorizedOperation"));
    play.answer("read gz", shares(&[]));
    play.answer("look bj", is("bj", "NORMAL"));
    assert_eq!(
        play.end(),
        "gz ready: 2 failed UnauthorizedOperation | sh failed InvalidRegion.Unavailable: 2 failed | bj ready"
    );
    play.machine.retry_all(play.now);
    play.answer("share gz 2", OK);
    play.answer("read gz", shares(&[2]));
    // A batch was refused: look once more whether it was carried out in part.
    play.answer("find sh web", NONE);
    play.answer("copy sh web", lost());
    play.answer("find sh web", is("sh", "NORMAL"));
    play.answer("share sh 2", OK);
    play.answer("read sh", shares(&[2]));
    // Guangzhou was shared long before: its list is read once more.
    play.answer("read gz", shares(&[2]));
    assert_eq!(play.end(), "gz ready: 2 shared ours | sh ready: 2 shared ours | bj ready");
}
