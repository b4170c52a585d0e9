//! The failure table of jobs.md, row by row: what the cloud answers, the calls that follow, and where it ends.

use jiff::{SignedDuration, Timestamp};

use super::*;
use crate::{
    jobs::{answer::Answer, job::Edge, observed::Maker},
    model::{Image, ImageId, ImageKind, ImageState, Share},
};

const SOURCE: &str = "img-6pb6lrmy";

pub(crate) fn short(region: &str) -> Region {
    match region {
        "gz" => "ap-guangzhou",
        "sh" => "ap-shanghai",
        "bj" => "ap-beijing",
        _ => "ap-nanjing",
    }
    .parse()
    .unwrap()
}

pub(crate) fn shown(region: &Region) -> &'static str {
    match region.as_str() {
        "ap-guangzhou" => "gz",
        "ap-shanghai" => "sh",
        "ap-beijing" => "bj",
        _ => "nj",
    }
}

pub(crate) fn uin(n: u32) -> Uin {
    format!("1000000000{n:02}").parse().unwrap()
}

fn number(uin: &Uin) -> &str {
    uin.as_str().strip_prefix("1000000000").unwrap().trim_start_matches('0')
}

pub(crate) fn copy_id(region: &str) -> ImageId {
    format!("img-copy00{region}").parse().unwrap()
}

pub(crate) fn start() -> Timestamp {
    "2026-11-24T03:00:00Z".parse().unwrap()
}

/// A job for a 50 GiB image `web` in Guangzhou: regions with the accounts that need it there.
pub(crate) fn job(regions: &[(&str, &[u32])]) -> Job {
    let cells = regions.iter().map(|(r, _)| {
        let here = *r == "gz";
        Cell {
            region: short(r),
            image: here.then(|| SOURCE.parse().unwrap()),
            state: if here { CellState::Ready } else { CellState::Planned },
            percent: None,
            reused: here,
            name: "web".into(),
            error: None,
            since: None,
            attempt: 0,
            doubt: false,
            seen: None,
        }
    });
    let edges = regions.iter().flat_map(|(r, accounts)| {
        accounts.iter().map(|n| Edge {
            region: short(r),
            account: uin(*n),
            state: EdgeState::Planned,
            made_by: Maker::Others,
            seen: None,
            error: None,
            unsure: false,
        })
    });
    Job {
        id: "3f9a0c11".into(),
        profile: "prod".into(),
        account: None,
        image: SOURCE.parse().unwrap(),
        name: "web".into(),
        size_gib: 50,
        source: short("gz"),
        cells: cells.collect(),
        edges: edges.collect(),
        calls: Vec::new(),
        created: start(),
        paused: None,
        cancelled: false,
        checking: false,
    }
}

pub(crate) fn image(region: &str, state: &str) -> Image {
    Image {
        id: copy_id(region),
        region: short(region),
        name: "web".into(),
        description: "".into(),
        kind: ImageKind::Own,
        state: ImageState::from(state.to_owned()),
        sync_percent: (state == "SYNCING").then_some(40),
        size_gib: 50,
        os: "".into(),
        platform: "".into(),
        arch: "".into(),
        created_at: Some(start()),
        creator: None,
        source: None,
        snapshots: Vec::new(),
        byol: false,
        family: None,
        deprecated: false,
        cloudinit: false,
        tags: Vec::new(),
    }
}

pub(crate) fn copied(regions: &[&str]) -> Answer {
    Answer::Copied(regions.iter().map(|r| (short(r), copy_id(r))).collect())
}
pub(crate) fn is(region: &str, state: &str) -> Answer {
    Answer::Image(Some(Box::new(image(region, state))))
}
pub(crate) fn shares(accounts: &[u32]) -> Answer {
    Answer::Shares(accounts.iter().map(|n| Share { account: uin(*n), since: None }).collect())
}
pub(crate) fn refused(code: &str) -> Answer {
    Answer::Refused { code: code.into(), text: "no".into() }
}
pub(crate) fn lost() -> Answer {
    Answer::Lost { text: "timed out".into() }
}
fn unsent() -> Answer {
    Answer::Unsent { text: "no route".into() }
}
pub(super) const NONE: Answer = Answer::Image(None);
pub(super) const OK: Answer = Answer::Accepted;
const DUPLICATE: &str = "InvalidImageName.Duplicate";

fn call_text(call: &Call) -> String {
    let list = |all: Vec<&str>| all.join("+");
    let accounts = |all: &[Uin]| list(all.iter().map(number).collect());
    match call {
        Call::Copy { to, name } => format!("copy {} {name}", list(to.iter().map(shown).collect())),
        Call::Find { region, name } => format!("find {} {name}", shown(region)),
        Call::Look { region, .. } => format!("look {}", shown(region)),
        Call::Share { region, accounts: a, .. } => format!("share {} {}", shown(region), accounts(a)),
        Call::ReadShares { region, .. } => format!("read {}", shown(region)),
        Call::Verify { region, account, .. } => format!("verify {} {}", shown(region), number(account)),
    }
}

/// `gz ready: 2 shared ours | sh copying 40: 2 planned`
pub(crate) fn state_text(job: &Job) -> String {
    let word = |s: &dyn std::fmt::Debug| format!("{s:?}").to_lowercase();
    let cells = job.cells.iter().map(|c| {
        let mut text = format!("{} {}", shown(&c.region), word(&c.state));
        if let Some(percent) = c.percent.filter(|_| c.state == CellState::Copying) {
            text.push_str(&format!(" {percent}"));
        }
        if let Some(error) = &c.error {
            text.push_str(&format!(" {}", error.code));
        }
        let edges = job.edges.iter().filter(|e| e.region == c.region).map(|e| {
            let ours = if e.is_ours() { " ours" } else { "" };
            let error = match &e.error {
                Some(error) if c.error.is_none() => format!(" {}", error.code),
                _ => String::new(),
            };
            format!("{} {}{ours}{error}", number(&e.account), word(&e.state))
        });
        let edges: Vec<String> = edges.collect();
        if edges.is_empty() { text } else { format!("{text}: {}", edges.join(", ")) }
    });
    cells.collect::<Vec<_>>().join(" | ")
}

/// Plays a machine against answers that are given in the order in which they arrive.
pub(super) struct Play {
    pub machine: Machine,
    pub now: Timestamp,
    flying: Vec<Call>,
}

impl Play {
    pub fn new(job: Job, verify: &[u32]) -> Self {
        let verify = verify.iter().map(|n| uin(*n)).collect();
        let machine = Machine::new(job, Pace::default(), verify, start());
        Self { machine, now: start(), flying: Vec::new() }
    }

    fn fly(&mut self) {
        let calls = self.machine.next(self.now);
        self.flying.extend(calls);
    }

    /// Lets time pass until the call is made, and answers it. Any other call that is made meanwhile stays under way.
    pub fn answer(&mut self, call: &str, answer: Answer) {
        for _ in 0..20 {
            self.fly();
            if let Some(place) = self.flying.iter().position(|c| call_text(c) == call) {
                let call = self.flying.remove(place);
                self.machine.on(&call, &answer.into(), self.now);
                return;
            }
            self.now = self.now.max(self.machine.wake().unwrap_or(self.now));
        }
        let flying: Vec<String> = self.flying.iter().map(call_text).collect();
        panic!("{call} is not asked, but {flying:?}; {}", state_text(self.machine.job()));
    }

    /// What it ends in, after one more step.
    pub fn end(&mut self) -> String {
        self.fly();
        let mut text = state_text(self.machine.job());
        if let Some(paused) = &self.machine.job().paused {
            text.push_str(&format!(" || paused {}", paused.code));
        } else if !self.flying.is_empty() {
            let flying: Vec<String> = self.flying.iter().map(call_text).collect();
            text.push_str(&format!(" || {}", flying.join(", ")));
        } else if let Some(wake) = self.machine.wake() {
            assert!(wake > self.now, "what is due is asked");
            text.push_str(" || waits");
        } else {
            assert!(self.machine.is_over());
        }
        text
    }
}

/// Regions with accounts; calls with their answers; the end. Calls are exactly these, in this order of answers.
type Row<'a> = (&'a str, &'a [(&'a str, &'a [u32])], Vec<(&'a str, Answer)>, &'a str);

fn check(rows: Vec<Row<'_>>) {
    for (what, regions, answers, end) in rows {
        let mut play = Play::new(job(regions), &[]);
        for (call, answer) in answers {
            play.answer(call, answer);
        }
        assert_eq!(play.end(), end, "{what}");
    }
}

#[test]
fn copies() {
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
                // That took long itself, so the other list is read once more too.
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

#[test]
fn shares_of_accounts() {
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
            "an account has it already: done, and not ours",
            one,
            vec![("share gz 2", refused("FailedOperation.AccountAlreadyExists")), ("read gz", shares(&[2]))],
            "gz ready: 2 shared",
        ),
        (
            "one of a batch has it already: it is not ours, the rest goes again",
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
            "has it already by our own lost call: ours",
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
fn a_missing_permission_is_named() {
    let mut play = Play::new(job(&[("gz", &[2]), ("sh", &[])]), &[]);
    play.answer("copy sh web", refused("UnauthorizedOperation"));
    play.answer("share gz 2", refused("AuthFailure.UnauthorizedOperation"));
    play.answer("read gz", shares(&[]));
    let job = play.machine.job();
    assert_eq!(job.cells[1].error.as_ref().unwrap().text, "no (CAM action cvm:SyncImages)");
    let edge = job.edges[0].error.as_ref().unwrap();
    assert_eq!(edge.text, "no (CAM action cvm:ModifyImageSharePermission)");
}

#[test]
fn how_many_fitted_is_said() {
    let mut play = Play::new(job(&[("gz", &[2, 3, 4])]), &[]);
    play.answer("share gz 2+3+4", refused("OverQuota"));
    play.answer("read gz", shares(&[2]));
    let error = play.machine.job().edges[1].error.clone().unwrap();
    assert_eq!(error.text, "no (1 of 3 accounts fitted)");
}

#[test]
fn expired_credentials_pause_the_whole_and_it_goes_on_at_the_same_step() {
    let mut play = Play::new(job(&[("gz", &[2]), ("sh", &[2])]), &[]);
    play.answer("copy sh web", refused("AuthFailure.TokenFailure"));
    // What was under way ends as it ends.
    play.answer("share gz 2", OK);
    assert_eq!(play.end(), "gz ready: 2 sharing | sh waiting: 2 planned || paused AuthFailure.TokenFailure");
    assert_eq!((play.machine.wake(), play.machine.is_over()), (None, false));
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
fn a_receivers_proof_is_waited_for_and_never_fails_a_share() {
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
fn a_failed_region_is_tried_again_and_looked_for_first() {
    let mut play = Play::new(job(&[("sh", &[2]), ("bj", &[])]), &[]);
    play.answer("copy sh+bj web", copied(&["sh", "bj"]));
    play.answer("look sh", is("sh", "CREATEFAILED"));
    // The failed image still holds the name.
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
fn a_region_that_is_left_out_holds_nothing_back() {
    let mut play = Play::new(job(&[("sh", &[2, 3]), ("bj", &[2])]), &[]);
    play.fly();
    // While the call is under way: the copy's id is kept, for undo, and nothing more is done there.
    play.machine.drop_cell(&short("sh"));
    play.machine.drop_edge(&short("bj"), &uin(2));
    play.answer("copy sh+bj web", copied(&["sh", "bj"]));
    play.answer("look bj", is("bj", "NORMAL"));
    assert_eq!(play.end(), "sh skipped: 2 skipped, 3 skipped | bj ready: 2 skipped");
    assert_eq!(play.machine.job().cells[0].image, Some(copy_id("sh")));
}

#[test]
fn a_job_that_was_left_is_settled_by_reading() {
    let mut play = Play::new(job(&[("gz", &[2, 3]), ("sh", &[2]), ("bj", &[2])]), &[]);
    play.answer("copy sh+bj web", copied(&["bj"]));
    play.fly();
    // Killed here: a copy without an id in sh, a copy with one in bj, a share under way in gz.
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
fn what_the_plan_took_for_shared_is_looked_at_again() {
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
fn late_answers_to_old_questions_change_nothing() {
    let mut play = Play::new(job(&[("gz", &[2])]), &[]);
    let before = play.machine.job().clone();
    let call = Call::ReadShares { region: short("gz"), image: SOURCE.parse().unwrap() };
    play.machine.on(&call, &shares(&[2]).into(), play.now);
    assert_eq!(*play.machine.job(), before);
}

#[test]
fn every_call_is_kept_with_its_outcome() {
    let mut play = Play::new(job(&[("gz", &[2]), ("sh", &[])]), &[]);
    play.fly();
    let call = play.flying.remove(0);
    let outcome = Outcome { answer: copied(&["sh"]), request_id: Some("71e69b56".into()) };
    play.machine.on(&call, &outcome, play.now);
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
