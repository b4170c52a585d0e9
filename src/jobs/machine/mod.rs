//! The state machine of a job: takes answers and returns the next calls. It has no clock, no randomness and
//! no network; the worker makes the calls and passes the answers.
//!
//! Each region has its own lane, so that a slow or refusing region does not delay others. One call copies to
//! all regions with the same name; if it is refused, the regions are split in halves until the refused ones
//! are alone. After a lost answer, the machine reads the state before it sends anything again.

mod call_record;
mod checking;
mod commands;
mod copying;
#[cfg(test)]
mod copying_tests;
#[cfg(test)]
pub(crate) mod fixture;
mod pace;
#[cfg(test)]
mod property_tests;
#[cfg(test)]
mod resume_tests;
mod sharing;
#[cfg(test)]
mod sharing_tests;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use jiff::Timestamp;

use call_record::{call_record, failure};
pub use pace::Pace;

use super::{
    answer::{Class, Outcome},
    job::{Call, Cell, CellState, EdgeState, Job},
};
use crate::{
    messages::Text,
    model::{JobFailure, Region, Uin},
};

/// Reads that do not show an image or a share before it counts as missing. Lists lag behind writes.
const EMPTY_READS: u32 = 4;
/// Maximum number of sends with an unclear outcome before a person has to decide.
const MAX_SENDS: u32 = 4;
/// Maximum number of reads with the receiver's profile.
const MAX_RECEIVER_CHECKS: u32 = 8;

/// The result of a `Share` call, kept until the list has been read.
#[derive(Debug, Clone, PartialEq, Eq)]
enum ShareResult {
    /// Accepted: the list should show the shares soon.
    Accepted,
    /// The outcome is unknown.
    Lost(JobFailure),
    /// Refused, for this reason.
    Refused(Class, JobFailure),
}

/// The next step of a region.
#[derive(Debug, Clone, PartialEq, Eq)]
enum LaneStep {
    /// Request the copy, together with the other regions of its group.
    Send,
    /// Look for the copy by name.
    Seek {
        /// Reads that did not find it.
        empty: u32,
        /// Number of such reads after which the copy is requested (again).
        enough: u32,
    },
    /// Wait until the image is NORMAL.
    Watch {
        /// Reads that found it.
        looks: u32,
        /// Consecutive reads that did not find it.
        empty: u32,
    },
    /// Share with the accounts that wait for the image.
    Share,
    /// Read the outcome of a `Share` call.
    Read {
        /// The accounts of the call.
        batch: Vec<Uin>,
        /// The answer to the call.
        after: ShareResult,
        /// Reads that did not show all accounts.
        empty: u32,
    },
    /// Read the share list once more before the job ends, because the last read is old.
    Check {
        /// Reads that did not show all earlier shares.
        empty: u32,
    },
    /// Nothing is left to do.
    Idle,
}

#[derive(Debug, Clone)]
struct Lane {
    step: LaneStep,
    /// The earliest time of the next call.
    due: Timestamp,
    /// Whether a call is in progress.
    busy: bool,
    /// Regions with the same group are copied in one call.
    group: u32,
    /// Consecutive sends with an unclear outcome.
    unclear: u32,
    /// Consecutive waits, which determine the length of the next one.
    waits: u32,
    /// All waits, for jitter.
    count: u32,
    /// The failure of the last send.
    last: Option<JobFailure>,
    /// Batches of accounts that remain to be shared.
    queue: VecDeque<Vec<Uin>>,
    /// Maximum number of accounts per call.
    limit: usize,
    /// When the share list was last read; `None` before the first read.
    read: Option<Timestamp>,
    /// When the last answer arrived.
    last_answer: Option<Timestamp>,
    /// Whether the last read of the list lacked a share that an earlier one had shown.
    lacks_share: bool,
    /// Whether the list was read once more before the end.
    checked: bool,
}

/// A check with the receiver's profile whether they see the image.
#[derive(Debug, Clone)]
struct ReceiverCheck {
    tries: u32,
    due: Timestamp,
    busy: bool,
}

/// A job with the state that is needed to continue it.
#[derive(Debug, Clone)]
pub struct Machine {
    job: Job,
    pace: Pace,
    /// One lane per cell, in the same order.
    lanes: Vec<Lane>,
    /// Receiver checks, by the index of the edge.
    receiver_checks: BTreeMap<usize, ReceiverCheck>,
    /// Calls in progress and when they were sent.
    calls_in_progress: Vec<(Call, Timestamp)>,
    /// Accounts whose own profile is available.
    verify: BTreeSet<Uin>,
    groups: u32,
}

impl Machine {
    /// Continues a job from its recorded state. Determines the outcome of calls that were in progress by
    /// reading. `verify` are the accounts whose own profile is available.
    pub fn new(job: Job, pace: Pace, verify: BTreeSet<Uin>, now: Timestamp) -> Self {
        let mut machine = Self {
            lanes: Vec::with_capacity(job.cells.len()),
            receiver_checks: BTreeMap::new(),
            calls_in_progress: Vec::new(),
            groups: 0,
            job,
            pace,
            verify,
        };
        let mut by_name: BTreeMap<String, u32> = BTreeMap::new();
        for place in 0..machine.job.cells.len() {
            let cell = &mut machine.job.cells[place];
            // The copy was requested and the process ended before the answer.
            cell.doubt |= cell.state == CellState::Copying && cell.image.is_none();
            let step = match (cell.state, &cell.image) {
                (CellState::Copying | CellState::Waiting, None) if cell.doubt => {
                    LaneStep::Seek { empty: 0, enough: EMPTY_READS }
                }
                (CellState::Planned | CellState::Copying | CellState::Waiting, None) => LaneStep::Send,
                (CellState::Planned | CellState::Copying | CellState::Waiting, Some(_)) => {
                    LaneStep::Watch { looks: 0, empty: 0 }
                }
                (CellState::Ready, _) => LaneStep::Share,
                (CellState::Skipped | CellState::Failed | CellState::Undone, _) => LaneStep::Idle,
            };
            let seeks = matches!(step, LaneStep::Seek { .. });
            let name = cell.name.clone();
            let group = match by_name.get(&name) {
                Some(group) if !seeks => *group,
                _ => machine.new_group(),
            };
            if !seeks {
                by_name.insert(name, group);
            }
            machine.lanes.push(Lane {
                step,
                due: now,
                busy: false,
                group,
                unclear: 0,
                waits: 0,
                count: 0,
                last: None,
                queue: VecDeque::new(),
                limit: usize::MAX,
                read: None,
                last_answer: None,
                lacks_share: false,
                checked: false,
            });
            machine.settle_interrupted_shares(place);
        }
        for place in 0..machine.job.edges.len() {
            if machine.job.edges[place].state == EdgeState::Shared {
                machine.check_receiver(place, now);
            }
        }
        if machine.job.checking {
            (0..machine.lanes.len()).for_each(|place| machine.check(place, now));
            machine.end_check();
        }
        machine
    }

    /// Returns the job.
    pub fn job(&self) -> &Job {
        &self.job
    }

    /// Consumes the machine and returns the job.
    pub fn into_job(self) -> Job {
        self.job
    }

    /// Returns whether no call is in progress and a person has to act before anything else can happen.
    pub fn is_over(&self) -> bool {
        self.calls_in_progress.is_empty() && self.job.paused.is_none() && self.next_wake().is_none()
    }

    /// Returns whether a changing call is in progress.
    pub fn is_writing(&self) -> bool {
        self.calls_in_progress.iter().any(|(call, _)| matches!(call, Call::Copy { .. } | Call::Share { .. }))
    }

    /// Returns when to call [`Machine::next`] again, unless an answer arrives first. Returns `None` if only
    /// an answer or a person can advance the job.
    pub fn next_wake(&self) -> Option<Timestamp> {
        if self.job.paused.is_some() {
            return None;
        }
        let lanes = (0..self.lanes.len()).filter_map(|place| self.due(place));
        let proofs = self.receiver_checks.values().filter(|p| !p.busy).map(|p| p.due);
        lanes.chain(proofs).min()
    }

    /// Returns the calls to make now. They count as in progress until [`Machine::on_outcome`] receives their
    /// outcome.
    pub fn next(&mut self, now: Timestamp) -> Vec<Call> {
        if self.job.paused.is_some() {
            return Vec::new();
        }
        self.check_before_the_end(now);
        let due: Vec<usize> =
            (0..self.lanes.len()).filter(|p| self.due(*p).is_some_and(|due| due <= now)).collect();
        let mut calls = self.copies(&due, now);
        for place in due {
            calls.extend(self.ask(place));
        }
        for (place, proof) in self.receiver_checks.iter_mut().filter(|(_, p)| !p.busy && p.due <= now) {
            let edge = &self.job.edges[*place];
            let cell = self.job.cells.iter().find(|c| c.region == edge.region);
            if let Some(image) = cell.and_then(|c| c.image.clone()) {
                proof.busy = true;
                let (region, account) = (edge.region.clone(), edge.account.clone());
                calls.push(Call::Verify { region, image, account });
            }
        }
        self.calls_in_progress.extend(calls.iter().map(|c| (c.clone(), now)));
        calls
    }

    /// Handles the outcome of a call. Ignores calls that are not in progress.
    pub fn on_outcome(&mut self, call: &Call, outcome: &Outcome, now: Timestamp) {
        let Some(place) = self.calls_in_progress.iter().position(|(c, _)| c == call) else {
            return;
        };
        let (_, at) = self.calls_in_progress.swap_remove(place);
        self.job.calls.push(call_record(call, outcome, at, &self.job.source));
        let answer = &outcome.answer;
        match call {
            Call::Copy { to, .. } => self.on_copy(to, answer, now),
            Call::Find { region, .. } => self.on_lane(region, now, |m, p| m.on_find(p, answer, now)),
            Call::Look { region, .. } => self.on_lane(region, now, |m, p| m.on_poll(p, answer, now)),
            Call::Share { region, accounts, .. } => {
                self.on_lane(region, now, |m, p| m.on_share(p, accounts, answer, now));
            }
            Call::ReadShares { region, .. } => self.on_lane(region, now, |m, p| m.on_read(p, answer, now)),
            Call::Verify { region, account, .. } => self.on_verify(region, account, answer, now),
        }
        self.check_before_the_end(now);
    }

    fn place(&self, region: &Region) -> Option<usize> {
        self.job.cells.iter().position(|c| c.region == *region)
    }

    fn on_lane(&mut self, region: &Region, now: Timestamp, then: impl FnOnce(&mut Self, usize)) {
        if let Some(place) = self.place(region) {
            (self.lanes[place].busy, self.lanes[place].last_answer) = (false, Some(now));
            // If the region was left out during the call, only the record keeps the answer.
            if self.lanes[place].step != LaneStep::Idle {
                then(self, place);
            }
        }
    }

    /// Returns when a lane wants its next call. Returns `None` if it wants none, or waits for a call or its
    /// group.
    fn due(&self, place: usize) -> Option<Timestamp> {
        let lane = &self.lanes[place];
        if lane.busy {
            return None;
        }
        match lane.step {
            LaneStep::Idle => None,
            LaneStep::Seek { .. } => Some(lane.due),
            // A lane without an image has no call to make and must not wake the worker.
            LaneStep::Watch { .. } | LaneStep::Read { .. } | LaneStep::Share | LaneStep::Check { .. }
                if self.job.cells[place].image.is_none() =>
            {
                None
            }
            LaneStep::Watch { .. } | LaneStep::Read { .. } | LaneStep::Check { .. } => Some(lane.due),
            LaneStep::Share => self.has_to_share(place).then_some(lane.due),
            LaneStep::Send => {
                let group = self.lanes.iter().filter(|l| l.group == lane.group);
                let mut due = lane.due;
                for other in group {
                    match other.step {
                        LaneStep::Seek { .. } => return None,
                        LaneStep::Send if other.busy => return None,
                        LaneStep::Send => due = due.max(other.due),
                        _ => {}
                    }
                }
                Some(due)
            }
        }
    }

    fn ask(&mut self, place: usize) -> Option<Call> {
        let Cell { region, name, image, .. } = &self.job.cells[place];
        let call = match (&self.lanes[place].step, image) {
            (LaneStep::Seek { .. }, _) => Call::Find { region: region.clone(), name: name.clone() },
            (LaneStep::Watch { .. }, Some(image)) => {
                Call::Look { region: region.clone(), image: image.clone() }
            }
            (LaneStep::Read { .. } | LaneStep::Check { .. }, Some(image)) => {
                Call::ReadShares { region: region.clone(), image: image.clone() }
            }
            (LaneStep::Share, Some(_)) => self.share(place)?,
            _ => return None,
        };
        self.lanes[place].busy = true;
        Some(call)
    }

    fn new_group(&mut self) -> u32 {
        self.groups += 1;
        self.groups
    }

    fn pause(&mut self, code: &str, text: &Text) {
        self.job.paused = Some(JobFailure::new(code, text.clone()));
    }

    /// Sets the pause before a lane's next call. It grows with the number of preceding pauses.
    fn later(&mut self, place: usize, grown: u32, now: Timestamp) {
        let region = &self.job.cells[place].region;
        let lane = &mut self.lanes[place];
        lane.count += 1;
        lane.due = self.pace.after(grown, &[&self.job.id, region.as_str()], lane.count, now);
    }

    /// Waits; the lane continues automatically.
    fn wait(&mut self, place: usize, now: Timestamp) {
        self.lanes[place].waits += 1;
        self.later(place, self.lanes[place].waits, now);
    }

    /// Marks the region and its unshared accounts as failed.
    fn fail(&mut self, place: usize, failure: JobFailure) {
        let cell = &mut self.job.cells[place];
        cell.state = CellState::Failed;
        cell.error = Some(failure.clone());
        self.lanes[place].step = LaneStep::Idle;
        let waiting: Vec<Uin> = self.waiting(place);
        self.fail_edges(place, &waiting, &failure);
    }

    fn fail_edges(&mut self, place: usize, accounts: &[Uin], failure: &JobFailure) {
        let region = &self.job.cells[place].region;
        for edge in self.job.edges.iter_mut().filter(|e| e.region == *region) {
            if accounts.contains(&edge.account) {
                edge.state = EdgeState::Failed;
                edge.error = Some(failure.clone());
            }
        }
    }

    /// Returns the accounts of a region that are not finished.
    fn waiting(&self, place: usize) -> Vec<Uin> {
        let region = &self.job.cells[place].region;
        let open = |s| matches!(s, EdgeState::Planned | EdgeState::Waiting | EdgeState::Sharing);
        let edges = self.job.edges.iter().filter(|e| e.region == *region && open(e.state));
        edges.map(|e| e.account.clone()).collect()
    }
}
