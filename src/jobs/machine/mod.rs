//! The state machine of a job: answers in, next calls out. It has no clock, no randomness and no network; the worker
//! makes the calls and brings the answers.
//!
//! Each region has its own lane, so that a slow or refusing region does not delay the others. One call copies to all
//! regions of a name; when it is refused, the regions are split in halves until the refused ones are alone. A call whose
//! answer was lost is settled by reading before anything is sent again.

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
    job::{Call, Cell, CellState, EdgeState, Failure, Job},
};
use crate::model::{Region, Uin};

/// Reads without a sign of the image, or of a share, before it is taken as not there: lists lag behind writes.
const EMPTY_READS: u32 = 4;
/// Sends with an unclear outcome before a person is asked.
const SENDS: u32 = 4;
/// Reads in the receiver's own profile before the proof is left open.
const PROOFS: u32 = 8;

/// What comes after a Share, once the list has been read.
#[derive(Debug, Clone, PartialEq, Eq)]
enum ShareResult {
    /// It was accepted: the list has to show it, perhaps a little later.
    Accepted,
    /// Nobody knows.
    Lost(Failure),
    /// It was refused, with this.
    Refused(Class, Failure),
}

/// What a region does next.
#[derive(Debug, Clone, PartialEq, Eq)]
enum LaneStep {
    /// Ask for the copy, together with the others of its group.
    Send,
    /// Look for the copy by name.
    Seek {
        /// Reads that did not find it.
        empty: u32,
        /// That many are enough to ask for the copy (again).
        enough: u32,
    },
    /// Wait until the image is NORMAL.
    Watch {
        /// Reads that found it.
        looks: u32,
        /// Reads in a row that did not.
        empty: u32,
    },
    /// Share with those that are waiting for it.
    Share,
    /// Read what a Share did.
    Read {
        /// With whom it was to share.
        batch: Vec<Uin>,
        /// What its answer was.
        after: ShareResult,
        /// Reads that did not show all of them.
        empty: u32,
    },
    /// Read the share list once more before the job ends: it was read long before the others.
    Check {
        /// Reads that did not show all of what it showed before.
        empty: u32,
    },
    /// Nothing more.
    Rest,
}

#[derive(Debug, Clone)]
struct Lane {
    step: LaneStep,
    /// Not before.
    due: Timestamp,
    /// A call is under way.
    busy: bool,
    /// Those that are asked for in one call.
    group: u32,
    /// Sends in a row with an unclear outcome.
    unclear: u32,
    /// Waits in a row, for the next one's length.
    waits: u32,
    /// Waits in all, for jitter.
    count: u32,
    /// What the last send came to.
    last: Option<Failure>,
    /// Batches still to be shared.
    queue: VecDeque<Vec<Uin>>,
    /// Accounts a call.
    limit: usize,
    /// When the share list was last read; nothing before the first read.
    read: Option<Timestamp>,
    /// When the last answer came.
    heard: Option<Timestamp>,
    /// The last read of the list did not show a share that an earlier one had shown.
    lacks: bool,
    /// The list was read once more before the end.
    checked: bool,
}

/// A look with the receiver's own profile.
#[derive(Debug, Clone)]
struct ReceiverCheck {
    tries: u32,
    due: Timestamp,
    busy: bool,
}

/// A job with all that is needed to go on with it.
#[derive(Debug, Clone)]
pub struct Machine {
    job: Job,
    pace: Pace,
    /// One a cell, in its order.
    lanes: Vec<Lane>,
    /// By the edge's place.
    proofs: BTreeMap<usize, ReceiverCheck>,
    /// Calls under way, with when they were sent.
    flights: Vec<(Call, Timestamp)>,
    /// Accounts whose own profile is at hand.
    verify: BTreeSet<Uin>,
    groups: u32,
}

impl Machine {
    /// Takes a job up where it is: at its beginning, or where another left it. What was under way then is settled by
    /// reading. `verify` are the accounts whose own profile is at hand.
    pub fn new(job: Job, pace: Pace, verify: BTreeSet<Uin>, now: Timestamp) -> Self {
        let mut machine = Self {
            lanes: Vec::with_capacity(job.cells.len()),
            proofs: BTreeMap::new(),
            flights: Vec::new(),
            groups: 0,
            job,
            pace,
            verify,
        };
        let mut by_name: BTreeMap<String, u32> = BTreeMap::new();
        for place in 0..machine.job.cells.len() {
            let cell = &mut machine.job.cells[place];
            // Asked for, and left before there was an answer.
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
                (CellState::Skipped | CellState::Failed | CellState::Undone, _) => LaneStep::Rest,
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
                heard: None,
                lacks: false,
                checked: false,
            });
            machine.settle_left_over(place);
        }
        for place in 0..machine.job.edges.len() {
            if machine.job.edges[place].state == EdgeState::Shared {
                machine.prove(place, now);
            }
        }
        if machine.job.checking {
            (0..machine.lanes.len()).for_each(|place| machine.check(place, now));
            machine.end_check();
        }
        machine
    }

    /// The job as it is now.
    pub fn job(&self) -> &Job {
        &self.job
    }

    /// The job, taken out.
    pub fn into_job(self) -> Job {
        self.job
    }

    /// Nothing is under way and nothing more is to be done without a person.
    pub fn is_over(&self) -> bool {
        self.flights.is_empty() && self.job.paused.is_none() && self.wake().is_none()
    }

    /// Whether a call that changes something is under way.
    pub fn sends(&self) -> bool {
        self.flights.iter().any(|(call, _)| matches!(call, Call::Copy { .. } | Call::Share { .. }))
    }

    /// When to ask again where no answer comes first; nothing where only answers, or a person, can bring it on.
    pub fn wake(&self) -> Option<Timestamp> {
        if self.job.paused.is_some() {
            return None;
        }
        let lanes = (0..self.lanes.len()).filter_map(|place| self.due(place));
        let proofs = self.proofs.values().filter(|p| !p.busy).map(|p| p.due);
        lanes.chain(proofs).min()
    }

    /// The calls to make now. They count as under way until [`Machine::on`] brings their outcome.
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
        for (place, proof) in self.proofs.iter_mut().filter(|(_, p)| !p.busy && p.due <= now) {
            let edge = &self.job.edges[*place];
            let cell = self.job.cells.iter().find(|c| c.region == edge.region);
            if let Some(image) = cell.and_then(|c| c.image.clone()) {
                proof.busy = true;
                let (region, account) = (edge.region.clone(), edge.account.clone());
                calls.push(Call::Verify { region, image, account });
            }
        }
        self.flights.extend(calls.iter().map(|c| (c.clone(), now)));
        calls
    }

    /// Takes the outcome of a call. One that is not under way (any more) changes nothing.
    pub fn on(&mut self, call: &Call, outcome: &Outcome, now: Timestamp) {
        let Some(place) = self.flights.iter().position(|(c, _)| c == call) else {
            return;
        };
        let (_, at) = self.flights.swap_remove(place);
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
            (self.lanes[place].busy, self.lanes[place].heard) = (false, Some(now));
            // A region that was left out while its call was under way: the answer is only kept in the record.
            if self.lanes[place].step != LaneStep::Rest {
                then(self, place);
            }
        }
    }

    /// When a lane wants to be asked; nothing where it wants nothing, or waits for its call or for its group.
    fn due(&self, place: usize) -> Option<Timestamp> {
        let lane = &self.lanes[place];
        if lane.busy {
            return None;
        }
        match lane.step {
            LaneStep::Rest => None,
            LaneStep::Seek { .. } => Some(lane.due),
            // Without an image there is nothing to ask; what asks for nothing must not be woken.
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

    fn pause(&mut self, code: &str, text: &str) {
        self.job.paused = Some(Failure { code: code.to_owned(), text: text.to_owned() });
    }

    /// The pause before a lane's next call, the longer the more there were in a row.
    fn later(&mut self, place: usize, grown: u32, now: Timestamp) {
        let region = &self.job.cells[place].region;
        let lane = &mut self.lanes[place];
        lane.count += 1;
        lane.due = self.pace.after(grown, &[&self.job.id, region.as_str()], lane.count, now);
    }

    /// It cannot go on now and will by itself.
    fn wait(&mut self, place: usize, now: Timestamp) {
        self.lanes[place].waits += 1;
        self.later(place, self.lanes[place].waits, now);
    }

    /// The region, and with it what is not shared there yet, will not get there without a person.
    fn fail(&mut self, place: usize, failure: Failure) {
        let cell = &mut self.job.cells[place];
        cell.state = CellState::Failed;
        cell.error = Some(failure.clone());
        self.lanes[place].step = LaneStep::Rest;
        let waiting: Vec<Uin> = self.waiting(place);
        self.fail_edges(place, &waiting, &failure);
    }

    fn fail_edges(&mut self, place: usize, accounts: &[Uin], failure: &Failure) {
        let region = &self.job.cells[place].region;
        for edge in self.job.edges.iter_mut().filter(|e| e.region == *region) {
            if accounts.contains(&edge.account) {
                edge.state = EdgeState::Failed;
                edge.error = Some(failure.clone());
            }
        }
    }

    /// The accounts of a region that have not come to an end.
    fn waiting(&self, place: usize) -> Vec<Uin> {
        let region = &self.job.cells[place].region;
        let open = |s| matches!(s, EdgeState::Planned | EdgeState::Waiting | EdgeState::Sharing);
        let edges = self.job.edges.iter().filter(|e| e.region == *region && open(e.state));
        edges.map(|e| e.account.clone()).collect()
    }
}
