//! Table tests for shares: the answers of the cloud, the calls that follow, and the final state.

use super::fixture::*;
use crate::model::FailureDetail;

#[test]
fn follows_the_sharing_table() {
    let three: &[(&str, &[u32])] = &[("gz", &[2, 3, 4])];
    let five: &[(&str, &[u32])] = &[("gz", &[2, 3, 4, 5, 6])];
    let one: &[(&str, &[u32])] = &[("gz", &[2])];
    check(vec![
        (
            "one call, read back",
            three,
            vec![("share gz 2+3+4", OK), ("read gz", shares(&[2, 3, 4, 9]))],
            "gz ready: 2 shared ours, 3 shared ours, 4 shared ours",
        ),
        (
            "accepted is not shared: the list has to show it, and may be late",
            one,
            vec![("share gz 2", OK), ("read gz", shares(&[])), ("read gz", shares(&[]))],
            "gz ready: 2 sharing || waits",
        ),
        (
            "accepted again and again, and never shown",
            one,
            std::iter::repeat_n(
                [
                    ("share gz 2", OK),
                    ("read gz", shares(&[])),
                    ("read gz", shares(&[])),
                    ("read gz", shares(&[])),
                    ("read gz", shares(&[])),
                ],
                4,
            )
            .flatten()
            .collect(),
            "gz ready: 2 failed not-shown",
        ),
        (
            "the answer was lost: read, and send only what is missing",
            three,
            vec![
                ("share gz 2+3+4", lost()),
                ("read gz", shares(&[2])),
                ("share gz 3+4", OK),
                ("read gz", shares(&[2, 3, 4])),
            ],
            "gz ready: 2 shared ours, 3 shared ours, 4 shared ours",
        ),
        (
            "an account shared already: done, and not ours",
            one,
            vec![("share gz 2", refused("FailedOperation.AccountAlreadyExists")), ("read gz", shares(&[2]))],
            "gz ready: 2 shared",
        ),
        (
            "one of a batch shared already: it is not ours, the rest goes again",
            three,
            vec![
                ("share gz 2+3+4", refused("FailedOperation.AccountAlreadyExists")),
                ("read gz", shares(&[3])),
                ("share gz 2+4", OK),
                ("read gz", shares(&[2, 3, 4])),
            ],
            "gz ready: 2 shared ours, 3 shared, 4 shared ours",
        ),
        (
            "shared already by our own lost call: ours",
            one,
            vec![
                ("share gz 2", lost()),
                ("read gz", shares(&[])),
                ("share gz 2", refused("FailedOperation.AccountAlreadyExists")),
                ("read gz", shares(&[])),
                ("read gz", shares(&[2])),
            ],
            "gz ready: 2 shared ours",
        ),
        (
            "a bad account in a batch that is all or nothing: halved until it stands alone",
            five,
            vec![
                ("share gz 2+3+4+5+6", refused("InvalidAccountId.NotFound")),
                ("read gz", shares(&[])),
                ("share gz 2+3", OK),
                ("read gz", shares(&[2, 3])),
                ("share gz 4+5+6", refused("InvalidAccountId.NotFound")),
                ("read gz", shares(&[2, 3])),
                ("share gz 4", refused("InvalidAccountId.NotFound")),
                ("read gz", shares(&[2, 3])),
                ("share gz 5+6", OK),
                ("read gz", shares(&[2, 3, 5, 6])),
            ],
            "gz ready: 2 shared ours, 3 shared ours, 4 failed InvalidAccountId.NotFound, 5 shared ours, \
             6 shared ours",
        ),
        (
            "a bad account in a batch that is carried out up to it",
            five,
            vec![
                ("share gz 2+3+4+5+6", refused("FailedOperation.NotMasterAccount")),
                ("read gz", shares(&[2, 3])),
                ("share gz 4", refused("FailedOperation.NotMasterAccount")),
                ("read gz", shares(&[2, 3])),
                ("share gz 5+6", OK),
                ("read gz", shares(&[2, 3, 5, 6])),
            ],
            "gz ready: 2 shared ours, 3 shared ours, 4 failed FailedOperation.NotMasterAccount, 5 shared ours, \
             6 shared ours",
        ),
        (
            "the image is full: no more is added to it",
            three,
            vec![("share gz 2+3+4", refused("OverQuota")), ("read gz", shares(&[2]))],
            "gz ready: 2 shared ours, 3 failed OverQuota, 4 failed OverQuota",
        ),
        (
            "too many accounts a call: halve, and keep to it",
            five,
            vec![
                ("share gz 2+3+4+5+6", refused("InvalidParameterValue.LimitExceeded")),
                ("read gz", shares(&[])),
                ("share gz 2+3", OK),
                ("read gz", shares(&[2, 3])),
                ("share gz 4+5", OK),
                ("read gz", shares(&[2, 3, 4, 5])),
                ("share gz 6", OK),
                ("read gz", shares(&[2, 3, 4, 5, 6])),
            ],
            "gz ready: 2 shared ours, 3 shared ours, 4 shared ours, 5 shared ours, 6 shared ours",
        ),
        (
            "too many calls, or the line is down: wait, nothing to read",
            one,
            vec![("share gz 2", refused("RequestLimitExceeded.UinLimitExceeded")), ("share gz 2", unsent())],
            "gz ready: 2 waiting || waits",
        ),
        (
            "it is the image: all of its shares",
            three,
            vec![
                ("share gz 2+3+4", refused("FailedOperation.BYOLImageShareFailed")),
                ("read gz", shares(&[])),
            ],
            "gz ready: 2 failed FailedOperation.BYOLImageShareFailed, \
             3 failed FailedOperation.BYOLImageShareFailed, 4 failed FailedOperation.BYOLImageShareFailed",
        ),
        (
            "the image was deleted while it was shared",
            one,
            vec![
                ("share gz 2", OK),
                ("read gz", refused("InvalidImageId.NotFound")),
                ("read gz", refused("InvalidImageId.NotFound")),
                ("read gz", refused("InvalidImageId.NotFound")),
                ("read gz", refused("InvalidImageId.NotFound")),
            ],
            "gz failed missing: 2 failed",
        ),
        (
            "what cannot be read back is not claimed",
            one,
            vec![("share gz 2", OK), ("read gz", refused("UnauthorizedOperation"))],
            "gz ready: 2 failed UnauthorizedOperation",
        ),
    ]);
}

#[test]
fn names_the_missing_permission() {
    let mut play = Play::new(job(&[("gz", &[2]), ("sh", &[])]), &[]);
    play.answer("copy sh web", refused("UnauthorizedOperation"));
    play.answer("share gz 2", refused("AuthFailure.UnauthorizedOperation"));
    play.answer("read gz", shares(&[]));
    let job = play.machine.job();
    let denied = |action: &str| Some(FailureDetail::Denied(action.to_owned()));
    let (cell, edge) = (job.cells[1].error.as_ref().unwrap(), job.edges[0].error.as_ref().unwrap());
    assert_eq!((&cell.detail, &cell.text), (&denied("SyncImages"), &"no".into()));
    assert_eq!((&edge.detail, &edge.text), (&denied("ModifyImageSharePermission"), &"no".into()));
}

#[test]
fn reports_how_many_accounts_fitted() {
    let mut play = Play::new(job(&[("gz", &[2, 3, 4])]), &[]);
    play.answer("share gz 2+3+4", refused("OverQuota"));
    play.answer("read gz", shares(&[2]));
    let error = play.machine.job().edges[1].error.clone().unwrap();
    assert_eq!(error.detail, Some(FailureDetail::Fitted { accounts: 1, of: 3 }));
}
