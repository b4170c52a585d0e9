//! Test fixtures: jobs, images, answers, and a driver for the state machine.

use jiff::Timestamp;

use super::*;
use crate::{
    fixtures::image as image_of,
    jobs::{answer::Answer, job::Edge, observed::Maker},
    model::{Image, ImageId, ImageState, Share},
};

pub(super) const SOURCE: &str = "img-6pb6lrmy";

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

pub(super) fn number(uin: &Uin) -> &str {
    uin.as_str().strip_prefix("1000000000").unwrap().trim_start_matches('0')
}

pub(crate) fn copy_id(region: &str) -> ImageId {
    format!("img-copy00{region}").parse().unwrap()
}

pub(crate) fn start() -> Timestamp {
    "2026-11-24T03:00:00Z".parse().unwrap()
}

/// Returns a job for a 50 GiB image `web` in Guangzhou. Each region has a list of accounts.
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
        state: ImageState::from(state.to_owned()),
        sync_percent: (state == "SYNCING").then_some(40),
        created_at: Some(start()),
        ..image_of(copy_id(region).as_str(), short(region).as_str(), "web")
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
pub(super) fn unsent() -> Answer {
    Answer::Unsent { text: "no route".into() }
}
pub(super) const NONE: Answer = Answer::Image(None);
pub(super) const OK: Answer = Answer::Accepted;
pub(super) const DUPLICATE: &str = "InvalidImageName.Duplicate";

pub(super) fn call_text(call: &Call) -> String {
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

/// Formats a job as `gz ready: 2 shared ours | sh copying 40: 2 planned`.
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
            let ours = if e.is_made_by_job() { " ours" } else { "" };
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

/// Drives a state machine with answers in the order in which they arrive.
pub(super) struct Play {
    pub machine: Machine,
    pub now: Timestamp,
    pub flying: Vec<Call>,
}

impl Play {
    pub fn new(job: Job, verify: &[u32]) -> Self {
        let verify = verify.iter().map(|n| uin(*n)).collect();
        let machine = Machine::new(job, Pace::default(), verify, start());
        Self { machine, now: start(), flying: Vec::new() }
    }

    pub fn start_calls(&mut self) {
        let calls = self.machine.next(self.now);
        self.flying.extend(calls);
    }

    /// Advances the clock until the machine makes the call, and answers it. Other calls that are made
    /// meanwhile remain in progress.
    pub fn answer(&mut self, call: &str, answer: Answer) {
        for _ in 0..20 {
            self.start_calls();
            if let Some(place) = self.flying.iter().position(|c| call_text(c) == call) {
                let call = self.flying.remove(place);
                self.machine.on_outcome(&call, &answer.into(), self.now);
                return;
            }
            self.now = self.now.max(self.machine.next_wake().unwrap_or(self.now));
        }
        let flying: Vec<String> = self.flying.iter().map(call_text).collect();
        panic!("{call} is not asked, but {flying:?}; {}", state_text(self.machine.job()));
    }

    /// Returns the state after one more step.
    pub fn end(&mut self) -> String {
        self.start_calls();
        let mut text = state_text(self.machine.job());
        if let Some(paused) = &self.machine.job().paused {
            text.push_str(&format!(" || paused {}", paused.code));
        } else if !self.flying.is_empty() {
            let flying: Vec<String> = self.flying.iter().map(call_text).collect();
            text.push_str(&format!(" || {}", flying.join(", ")));
        } else if let Some(wake) = self.machine.next_wake() {
            assert!(wake > self.now, "what is due is asked");
            text.push_str(" || waits");
        } else {
            assert!(self.machine.is_over());
        }
        text
    }
}

/// A description, regions with accounts, calls with their answers, and the final state. The machine must make
/// exactly these calls, answered in this order.
pub(super) type Row<'a> = (&'a str, &'a [(&'a str, &'a [u32])], Vec<(&'a str, Answer)>, &'a str);

pub(super) fn check(rows: Vec<Row<'_>>) {
    for (what, regions, answers, end) in rows {
        let mut play = Play::new(job(regions), &[]);
        for (call, answer) in answers {
            play.answer(call, answer);
        }
        assert_eq!(play.end(), end, "{what}");
    }
}
