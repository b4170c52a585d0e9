//! Tests of the whole state machine: pauses, receiver checks, commands, resuming, and call records.

use super::{fixture::*, *};
use crate::{jobs::answer::Answer, messages::Lang};

#[test]
fn resumes_at_the_same_step_after_expired_credentials() {
    let mut play = Play::new(job(&[("gz", &[2]), ("sh", &[2])]), &[]);
    play.answer("copy sh web", refused("AuthFailure.TokenFailure"));
    // A call in progress ends normally.
    play.answer("share gz 2", OK);
    assert_eq!(play.end(), "gz ready: 2 sharing | sh waiting: 2 planned || paused AuthFailure.TokenFailure");
    assert_eq!((play.machine.next_wake(), play.machine.is_over()), (None, false));
    play.machine.resume(play.now);
    play.answer("copy sh web", copied(&["sh"]));
    play.answer("read gz", refused("UnauthorizedOperation.InvalidToken"));
    play.machine.resume(play.now);
    play.answer("read gz", shares(&[2]));
    play.answer("look sh", refused("AuthFailure.SignatureExpire"));
    play.machine.resume(play.now);
    play.answer("look sh", is("sh", "NORMAL"));
    play.answer("share sh 2", refused("AuthFailure.SecretIdNotFound"));
    play.machine.resume(play.now);
    play.answer("share sh 2", OK);
    play.answer("read sh", shares(&[2]));
    assert_eq!(play.end(), "gz ready: 2 shared ours | sh ready: 2 shared ours");
    assert_eq!(play.machine.job().state(), crate::jobs::JobState::Done);
}

#[test]
fn receiver_checks_never_fail_a_share() {
    let mut play = Play::new(job(&[("gz", &[2, 3, 4])]), &[2, 4]);
    play.answer("share gz 2+3+4", OK);
    play.answer("read gz", shares(&[2, 3, 4]));
    assert_eq!(play.machine.job().state(), crate::jobs::JobState::Done);
    play.answer("verify gz 2", Answer::Seen(false));
    play.answer("verify gz 4", refused("AuthFailure.TokenFailure"));
    play.answer("verify gz 2", lost());
    play.answer("verify gz 2", Answer::Seen(true));
    for _ in 0..7 {
        play.answer("verify gz 4", Answer::Seen(false));
    }
    assert_eq!(play.end(), "gz ready: 2 verified ours, 3 shared ours, 4 shared ours");
}

#[test]
fn a_retry_looks_for_the_copy_first() {
    let mut play = Play::new(job(&[("sh", &[2]), ("bj", &[])]), &[]);
    play.answer("copy sh+bj web", copied(&["sh", "bj"]));
    play.answer("look sh", is("sh", "CREATEFAILED"));
    // The failed image still has the name.
    play.machine.retry(&short("sh"), play.now);
    play.answer("find sh web", is("sh", "CREATEFAILED"));
    assert_eq!(play.machine.job().cells[0].error.as_ref().unwrap().code, "CREATEFAILED");
    assert_eq!(play.machine.job().cells[0].image, Some(copy_id("sh")), "so that it can be deleted");
    play.machine.retry(&short("sh"), play.now);
    play.answer("find sh web", NONE);
    play.answer("copy sh web", copied(&["sh"]));
    play.answer("look sh", is("sh", "NORMAL"));
    play.answer("share sh 2", refused("InvalidAccountId.NotFound"));
    play.answer("read sh", shares(&[]));
    assert_eq!(play.machine.job().edges[0].state, EdgeState::Failed);
    play.machine.retry(&short("sh"), play.now);
    play.answer("share sh 2", OK);
    play.answer("read sh", shares(&[2]));
    assert_eq!(play.machine.job().cells[0].attempt, 2);
    play.machine.drop_cell(&short("bj"));
    play.flying.clear();
    assert_eq!(state_text(play.machine.job()), "sh ready: 2 shared ours | bj skipped");
}

#[test]
fn dropped_regions_do_not_delay_the_job() {
    let mut play = Play::new(job(&[("sh", &[2, 3]), ("bj", &[2])]), &[]);
    play.start_calls();
    // The call is in progress: the ID of the copy is kept for undo, and nothing more happens in the region.
    play.machine.drop_cell(&short("sh"));
    play.machine.drop_edge(&short("bj"), &uin(2));
    play.answer("copy sh+bj web", copied(&["sh", "bj"]));
    play.answer("look bj", is("bj", "NORMAL"));
    assert_eq!(play.end(), "sh skipped: 2 skipped, 3 skipped | bj ready: 2 skipped");
    assert_eq!(play.machine.job().cells[0].image, Some(copy_id("sh")));
}

#[test]
fn settles_an_interrupted_job_by_reading() {
    let mut play = Play::new(job(&[("gz", &[2, 3]), ("sh", &[2]), ("bj", &[2])]), &[]);
    play.answer("copy sh+bj web", copied(&["bj"]));
    play.start_calls();
    // Kill the process here: sh has a copy without an ID, bj one with an ID, and a share in gz is in
    // progress.
    let left = play.machine.into_job();
    let mut play = Play::new(left, &[]);
    play.answer("read gz", shares(&[2]));
    play.answer("find sh web", is("sh", "SYNCING"));
    play.answer("look bj", is("bj", "SYNCING"));
    play.answer("share gz 3", OK);
    play.answer("read gz", shares(&[2, 3]));
    assert_eq!(
        play.end(),
        "gz ready: 2 shared ours, 3 shared ours | sh copying 40: 2 planned | bj copying 40: 2 planned \
         || look bj, look sh"
    );
}

#[test]
fn reads_shares_that_the_plan_assumed() {
    let mut left = job(&[("gz", &[2, 3])]);
    left.edges[0].state = EdgeState::Shared;
    let mut play = Play::new(left, &[]);
    play.answer("share gz 3", OK);
    play.answer("read gz", shares(&[3]));
    play.answer("share gz 2", OK);
    play.answer("read gz", shares(&[2, 3]));
    assert_eq!(play.end(), "gz ready: 2 shared ours, 3 shared ours");
}

#[test]
fn ignores_late_answers() {
    let mut play = Play::new(job(&[("gz", &[2])]), &[]);
    let before = play.machine.job().clone();
    let call = Call::ReadShares { region: short("gz"), image: SOURCE.parse().unwrap() };
    play.machine.on_outcome(&call, &shares(&[2]).into(), play.now);
    assert_eq!(*play.machine.job(), before);
}

#[test]
fn records_every_call_with_its_outcome() {
    let mut play = Play::new(job(&[("gz", &[2]), ("sh", &[])]), &[]);
    play.start_calls();
    let call = play.flying.remove(0);
    let outcome = Outcome { answer: copied(&["sh"]), request_id: Some("71e69b56".into()) };
    play.machine.on_outcome(&call, &outcome, play.now);
    play.answer("share gz 2", lost());
    play.answer("look sh", is("sh", "SYNCING"));
    play.answer("read gz", refused("InternalError"));
    let calls: Vec<String> = play
        .machine
        .job()
        .calls
        .iter()
        .map(|c| {
            let id = c.request_id.as_deref().unwrap_or("-");
            format!("{} {} {} {id} {}", c.action, shown(&c.region), c.outcome, c.detail)
        })
        .collect();
    assert_eq!(
        calls,
        [
            "SyncImages gz ok 71e69b56 ap-shanghai",
            "ModifyImageSharePermission gz lost - 1 account",
            "DescribeImages sh ok - 40 %",
            "DescribeImageSharePermission gz InternalError - img-6pb6lrmy",
        ]
    );
    assert_eq!(play.machine.job().calls[0].at, start());
}

#[test]
fn reports_a_copy_that_is_not_listed() {
    let mut play = Play::new(job(&[("sh", &[2])]), &[]);
    play.answer("copy sh web", copied(&["sh"]));
    play.answer("look sh", NONE);
    let error = play.machine.job().cells[0].error.clone().unwrap();
    assert_eq!(
        (error.code.as_str(), error.text.render(Lang::EN).as_str()),
        (
            "not-listed",
            "waiting for img-copy00sh to appear in the image list; its copy was asked for 2026-11-24 03:00 UTC"
        )
    );
    assert_eq!(play.machine.job().cells[0].state, CellState::Copying);
    play.answer("look sh", is("sh", "SYNCING"));
    assert_eq!(play.machine.job().cells[0].error, None);
}
