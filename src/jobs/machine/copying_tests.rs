//! Table tests for copies: the answers of the cloud, the calls that follow, and the final state.

use jiff::SignedDuration;

use super::fixture::*;
use crate::{
    jobs::answer::Answer,
    model::{Image, ImageKind},
};

#[test]
fn follows_the_copying_table() {
    let sh: &[(&str, &[u32])] = &[("sh", &[2])];
    let two: &[(&str, &[u32])] = &[("sh", &[]), ("bj", &[])];
    let all: &[(&str, &[u32])] = &[("gz", &[2]), ("sh", &[2]), ("bj", &[2, 3])];
    let four: &[(&str, &[u32])] = &[("sh", &[]), ("bj", &[]), ("nj", &[])];
    check(vec![
        (
            "one call for all missing regions; each is shared when it is NORMAL, not after the slowest",
            all,
            vec![
                ("copy sh+bj web", copied(&["sh", "bj"])),
                ("share gz 2", OK),
                ("read gz", shares(&[2])),
                ("look bj", is("bj", "NORMAL")),
                ("share bj 2+3", OK),
                ("read bj", shares(&[2, 3])),
                ("look sh", is("sh", "SYNCING")),
            ],
            "gz ready: 2 shared ours | sh copying 40: 2 planned | bj ready: 2 shared ours, 3 shared ours || waits",
        ),
        (
            "a share that others cancel while another region is still being copied is not claimed",
            &[("gz", &[2, 3]), ("sh", &[2])],
            vec![
                ("copy sh web", copied(&["sh"])),
                ("share gz 2+3", OK),
                ("read gz", shares(&[2, 3])),
                ("look sh", is("sh", "SYNCING")),
                ("look sh", is("sh", "NORMAL")),
                ("share sh 2", OK),
                ("read sh", shares(&[2])),
                ("read gz", shares(&[3])),
                ("read gz", lost()),
                ("read gz", shares(&[3])),
                ("read gz", shares(&[3])),
                ("read gz", shares(&[3])),
                // This took long, so the other list is also read once more.
                ("read sh", shares(&[2])),
            ],
            "gz ready: 2 failed gone, 3 shared ours | sh ready: 2 shared ours",
        ),
        (
            "a list that lags behind in that last read is read again",
            &[("gz", &[2]), ("sh", &[])],
            vec![
                ("copy sh web", copied(&["sh"])),
                ("share gz 2", OK),
                ("read gz", shares(&[2])),
                ("look sh", is("sh", "SYNCING")),
                ("look sh", is("sh", "NORMAL")),
                ("read gz", shares(&[])),
                ("read gz", shares(&[2])),
            ],
            "gz ready: 2 shared ours | sh ready",
        ),
        (
            "until then the job is not over",
            &[("gz", &[2]), ("sh", &[])],
            vec![
                ("copy sh web", copied(&["sh"])),
                ("share gz 2", OK),
                ("read gz", shares(&[2])),
                ("look sh", is("sh", "SYNCING")),
                ("look sh", is("sh", "NORMAL")),
            ],
            "gz ready: 2 shared ours | sh ready || read gz",
        ),
        (
            "the cloud names another image than the copy: it is not shared, and undo does not touch it",
            sh,
            vec![
                ("copy sh web", copied(&["sh"])),
                (
                    "look sh",
                    Answer::Image(Some(Box::new(Image { name: "db".into(), ..image("sh", "NORMAL") }))),
                ),
            ],
            "sh failed not-the-copy: 2 failed",
        ),
        (
            "the same with somebody else's image",
            sh,
            vec![
                ("copy sh web", copied(&["sh"])),
                (
                    "look sh",
                    Answer::Image(Some(Box::new(Image {
                        kind: ImageKind::Received,
                        ..image("sh", "NORMAL")
                    }))),
                ),
            ],
            "sh failed not-the-copy: 2 failed",
        ),
        (
            "the same with an image of another size",
            sh,
            vec![
                ("copy sh web", copied(&["sh"])),
                ("look sh", Answer::Image(Some(Box::new(Image { size_gib: 20, ..image("sh", "NORMAL") })))),
            ],
            "sh failed not-the-copy: 2 failed",
        ),
        (
            "the answer was lost, the copy is there: adopted, never asked for again",
            sh,
            vec![
                ("copy sh web", lost()),
                ("find sh web", NONE),
                ("find sh web", is("sh", "SYNCING")),
                ("look sh", is("sh", "NORMAL")),
                ("share sh 2", OK),
                ("read sh", shares(&[2])),
            ],
            "sh ready: 2 shared ours",
        ),
        (
            "the answer was lost, nothing is there: again, after several empty reads",
            sh,
            vec![
                ("copy sh web", lost()),
                ("find sh web", NONE),
                ("find sh web", NONE),
                ("find sh web", NONE),
                ("find sh web", NONE),
                ("copy sh web", copied(&["sh"])),
            ],
            "sh copying: 2 planned || waits",
        ),
        (
            "a read that fails is no empty read",
            sh,
            vec![
                ("copy sh web", lost()),
                ("find sh web", NONE),
                ("find sh web", NONE),
                ("find sh web", lost()),
                ("find sh web", unsent()),
                ("find sh web", refused("RequestLimitExceeded")),
                ("find sh web", NONE),
            ],
            "sh waiting: 2 planned || waits",
        ),
        (
            "the cloud failed inside: the same doubt",
            sh,
            vec![("copy sh web", refused("InternalError")), ("find sh web", is("sh", "NORMAL"))],
            "sh ready: 2 sharing || share sh 2",
        ),
        (
            "accepted without an id: looked for by name",
            sh,
            vec![("copy sh web", copied(&[])), ("find sh web", is("sh", "SYNCING"))],
            "sh copying 40: 2 planned || waits",
        ),
        (
            "lost again and again: a person decides",
            &[("sh", &[])],
            std::iter::repeat_n(
                [
                    ("copy sh web", lost()),
                    ("find sh web", NONE),
                    ("find sh web", NONE),
                    ("find sh web", NONE),
                    ("find sh web", NONE),
                ],
                4,
            )
            .flatten()
            .collect(),
            "sh failed lost",
        ),
        (
            "the name is taken after a lost send of ours: adopted, where the size fits",
            sh,
            vec![
                ("copy sh web", lost()),
                ("find sh web", NONE),
                ("find sh web", NONE),
                ("find sh web", NONE),
                ("find sh web", NONE),
                ("copy sh web", refused(DUPLICATE)),
                ("find sh web", is("sh", "SYNCING")),
            ],
            "sh copying 40: 2 planned || waits",
        ),
        (
            "the name is taken and we never sent before: a question",
            sh,
            vec![("copy sh web", refused(DUPLICATE))],
            "sh failed InvalidImageName.Duplicate: 2 failed",
        ),
        (
            "what is found under the name has another size: a question",
            sh,
            vec![
                ("copy sh web", lost()),
                (
                    "find sh web",
                    Answer::Image(Some(Box::new(Image { size_gib: 20, ..image("sh", "NORMAL") }))),
                ),
            ],
            "sh failed InvalidImageName.Duplicate: 2 failed",
        ),
        (
            "what is found under the name is older than the call: a question",
            sh,
            vec![
                ("copy sh web", lost()),
                (
                    "find sh web",
                    Answer::Image(Some(Box::new(Image {
                        created_at: start().checked_sub(SignedDuration::from_mins(11)).ok(),
                        ..image("sh", "NORMAL")
                    }))),
                ),
            ],
            "sh failed InvalidImageName.Duplicate: 2 failed",
        ),
        (
            "one region spoils the batch: it stands alone in the end, the others go",
            four,
            vec![
                ("copy sh+bj+nj web", refused("InvalidRegion.Unavailable")),
                ("find sh web", NONE),
                ("find bj web", NONE),
                ("find nj web", NONE),
                ("copy sh web", copied(&["sh"])),
                ("copy bj+nj web", refused("InvalidRegion.Unavailable")),
                ("find bj web", NONE),
                ("find nj web", NONE),
                ("copy bj web", refused("InvalidRegion.Unavailable")),
                ("copy nj web", copied(&["nj"])),
            ],
            "sh copying | bj failed InvalidRegion.Unavailable | nj copying || waits",
        ),
        (
            "a refused batch that was carried out in part: what is there is adopted",
            two,
            vec![
                ("copy sh+bj web", refused("ImageQuotaLimitExceeded")),
                ("find sh web", is("sh", "SYNCING")),
                ("find bj web", NONE),
                ("copy bj web", refused("ImageQuotaLimitExceeded")),
            ],
            "sh copying 40 | bj failed ImageQuotaLimitExceeded || waits",
        ),
        (
            "a stranger's image holds the name in one region of a batch: a question there, the other goes",
            two,
            vec![
                ("copy sh+bj web", refused(DUPLICATE)),
                ("find sh web", NONE),
                ("find bj web", is("bj", "NORMAL")),
                ("copy sh web", copied(&["sh"])),
            ],
            "sh copying | bj failed InvalidImageName.Duplicate || waits",
        ),
        (
            "a region whose list cannot be read does not hold the others",
            two,
            vec![
                ("copy sh+bj web", lost()),
                ("find sh web", lost()),
                ("find bj web", NONE),
                ("find bj web", NONE),
                ("find bj web", NONE),
                ("find bj web", NONE),
                ("copy bj web", copied(&["bj"])),
            ],
            "sh waiting | bj copying || find sh web",
        ),
        (
            "the source is busy, the calls are too many, the line is down: wait, and go on together",
            two,
            vec![
                ("copy sh+bj web", refused("InvalidParameterValue.InvalidImageState")),
                ("copy sh+bj web", refused("RequestLimitExceeded")),
                ("copy sh+bj web", unsent()),
            ],
            "sh waiting | bj waiting || waits",
        ),
        (
            "the source is gone: nothing new, what runs goes on",
            all,
            vec![
                ("copy sh+bj web", refused("InvalidImageId.NotFound")),
                ("share gz 2", OK),
                ("read gz", shares(&[2])),
            ],
            "gz ready: 2 shared ours | sh failed InvalidImageId.NotFound: 2 failed | \
             bj failed InvalidImageId.NotFound: 2 failed, 3 failed",
        ),
        (
            "it is the image: no region is tried alone",
            two,
            vec![("copy sh+bj web", refused("UnsupportedOperation.EncryptedImagesNotSupported"))],
            "sh failed UnsupportedOperation.EncryptedImagesNotSupported | \
             bj failed UnsupportedOperation.EncryptedImagesNotSupported",
        ),
        (
            "the copy failed",
            sh,
            vec![("copy sh web", copied(&["sh"])), ("look sh", is("sh", "CREATEFAILED"))],
            "sh failed CREATEFAILED: 2 failed",
        ),
        (
            "the copy is not in the list yet, then it is",
            sh,
            vec![
                ("copy sh web", copied(&["sh"])),
                ("look sh", NONE),
                ("look sh", NONE),
                ("look sh", refused("InvalidImageId.NotFound")),
                ("look sh", is("sh", "SYNCING")),
                ("look sh", NONE),
            ],
            "sh copying 40: 2 planned || waits",
        ),
        (
            "the copy was deleted meanwhile",
            sh,
            vec![
                ("copy sh web", copied(&["sh"])),
                ("look sh", is("sh", "SYNCING")),
                ("look sh", NONE),
                ("look sh", NONE),
                ("look sh", NONE),
                ("look sh", NONE),
            ],
            "sh failed missing: 2 failed",
        ),
        (
            "slow is no error",
            sh,
            std::iter::once(("copy sh web", copied(&["sh"])))
                .chain(std::iter::repeat_n(("look sh", is("sh", "SYNCING")), 500))
                .collect(),
            "sh copying 40: 2 planned || waits",
        ),
    ]);
}
