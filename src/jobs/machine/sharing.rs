//! Shares images that are ready, reads the outcome back, and checks what receivers see.

use jiff::Timestamp;

use super::{
    EMPTY_READS, LaneStep, MAX_RECEIVER_CHECKS, MAX_SENDS, Machine, ReceiverCheck, ShareResult, failure,
};
use crate::{
    jobs::{
        answer::{Answer, Class, class},
        job::{Call, EdgeState},
        observed::Maker,
    },
    messages::text,
    model::{FailureDetail, JobFailure, Region, Share, Uin},
};

impl Machine {
    /// Determines by reading the outcome of shares that were in progress when the job was left.
    pub(super) fn settle_interrupted_shares(&mut self, place: usize) {
        let cell = &self.job.cells[place];
        if self.lanes[place].step != LaneStep::Share || cell.image.is_none() {
            return;
        }
        let batch = self.in_state(place, EdgeState::Sharing);
        if !batch.is_empty() {
            let lost = JobFailure::new("lost", "");
            self.doubt_edges(place, &batch);
            self.lanes[place].step = LaneStep::Read { batch, after: ShareResult::Lost(lost), empty: 0 };
        }
    }

    fn in_state(&self, place: usize, state: EdgeState) -> Vec<Uin> {
        let region = &self.job.cells[place].region;
        let edges = self.job.edges.iter().filter(|e| e.region == *region && e.state == state);
        edges.map(|e| e.account.clone()).collect()
    }

    pub(super) fn has_to_share(&self, place: usize) -> bool {
        let region = &self.job.cells[place].region;
        let open = |s| matches!(s, EdgeState::Planned | EdgeState::Waiting);
        self.job.edges.iter().any(|e| e.region == *region && open(e.state))
    }

    /// Returns the call for the next batch of a region.
    pub(super) fn share(&mut self, place: usize) -> Option<Call> {
        let (region, image) = {
            let cell = &self.job.cells[place];
            (cell.region.clone(), cell.image.clone()?)
        };
        let open: Vec<Uin> = self.waiting(place);
        let lane = &mut self.lanes[place];
        let mut accounts: Vec<Uin> = Vec::new();
        while accounts.is_empty()
            && let Some(batch) = lane.queue.pop_front()
        {
            accounts = batch.into_iter().filter(|a| open.contains(a)).collect();
        }
        if accounts.is_empty() {
            lane.queue = open.chunks(lane.limit).map(<[Uin]>::to_vec).collect();
            accounts = lane.queue.pop_front()?;
        }
        self.set_edge_states(place, &accounts, EdgeState::Sharing);
        Some(Call::Share { region, image, accounts })
    }

    fn set_edge_states(&mut self, place: usize, accounts: &[Uin], state: EdgeState) {
        let region = &self.job.cells[place].region;
        for edge in self.job.edges.iter_mut().filter(|e| e.region == *region) {
            if accounts.contains(&edge.account) {
                edge.state = state;
            }
        }
    }

    /// Marks edges whose share call has an unknown outcome.
    fn doubt_edges(&mut self, place: usize, accounts: &[Uin]) {
        let region = &self.job.cells[place].region;
        for edge in self.job.edges.iter_mut().filter(|e| e.region == *region) {
            edge.unsure |= accounts.contains(&edge.account);
        }
    }

    pub(super) fn on_share(&mut self, place: usize, batch: &[Uin], answer: &Answer, now: Timestamp) {
        let after = match answer {
            Answer::Accepted => ShareResult::Accepted,
            Answer::Unsent { .. } => return self.share_later(place, batch, now),
            Answer::Refused { code, text } => match class(code) {
                Class::SignIn => {
                    self.pause(code, text);
                    self.set_edge_states(place, batch, EdgeState::Waiting);
                    self.lanes[place].queue.push_front(batch.to_vec());
                    return;
                }
                Class::Throttled | Class::Busy => return self.share_later(place, batch, now),
                kind => ShareResult::Refused(kind, failure(code, text, "ModifyImageSharePermission")),
            },
            Answer::Lost { text } => ShareResult::Lost(JobFailure::new("lost", text.clone())),
            _ => ShareResult::Lost(JobFailure::new("lost", "")),
        };
        if matches!(after, ShareResult::Lost(_) | ShareResult::Refused(Class::Doubtful, _)) {
            self.doubt_edges(place, batch);
        }
        let lane = &mut self.lanes[place];
        lane.waits = 0;
        lane.step = LaneStep::Read { batch: batch.to_vec(), after, empty: 0 };
        lane.due = now;
    }

    /// The call had no effect: share the same batch again after a wait.
    fn share_later(&mut self, place: usize, batch: &[Uin], now: Timestamp) {
        self.set_edge_states(place, batch, EdgeState::Waiting);
        self.lanes[place].queue.push_front(batch.to_vec());
        self.wait(place, now);
    }

    pub(super) fn on_read(&mut self, place: usize, answer: &Answer, now: Timestamp) {
        let (batch, after, empty) = match self.lanes[place].step.clone() {
            LaneStep::Read { batch, after, empty } => (batch, after, empty),
            LaneStep::Check { empty } => return self.on_check(place, empty, answer, now),
            _ => return,
        };
        match answer {
            Answer::Shares(shares) => self.settle(place, &batch, after, empty, shares, now),
            Answer::Refused { code, text } => match class(code) {
                Class::SignIn => self.pause(code, text),
                Class::Gone if empty + 1 < EMPTY_READS => {
                    self.lanes[place].step = LaneStep::Read { batch, after, empty: empty + 1 };
                    self.later(place, empty + 1, now);
                }
                Class::Gone => self.image_gone(place, now),
                // A share that cannot be read is not claimed.
                Class::Denied | Class::Image => {
                    let why = failure(code, text, "DescribeImageSharePermission");
                    self.fail_remaining(place, &why);
                }
                Class::Other if self.lanes[place].waits >= MAX_SENDS => {
                    self.fail_remaining(place, &failure(code, text, "DescribeImageSharePermission"));
                }
                _ => self.wait(place, now),
            },
            _ => self.wait(place, now),
        }
    }

    /// Handles a share list that was read after a `Share` call.
    fn settle(
        &mut self,
        place: usize,
        batch: &[Uin],
        after: ShareResult,
        empty: u32,
        shares: &[Share],
        now: Timestamp,
    ) {
        self.lanes[place].waits = 0;
        let first = self.lanes[place].read.replace(now).is_none();
        let region = self.job.cells[place].region.clone();
        let theirs = matches!(after, ShareResult::Refused(Class::Already, _));
        let mut shown = Vec::new();
        let mut lacks = false;
        for (at, edge) in self.job.edges.iter_mut().enumerate().filter(|(_, e)| e.region == region) {
            let there = shares.iter().find(|s| s.account == edge.account);
            match (edge.state, there) {
                (EdgeState::Planned | EdgeState::Waiting | EdgeState::Sharing, Some(share)) => {
                    let sent = edge.state == EdgeState::Sharing && batch.contains(&edge.account);
                    let ours = edge.unsure || (sent && !theirs);
                    edge.made_by = if ours { Maker::Job } else { Maker::Others };
                    edge.seen = None;
                    edge.found(share, now);
                    shown.push(at);
                }
                (EdgeState::Shared | EdgeState::Verified, Some(share)) => edge.found(share, now),
                // The plan assumed that the share existed, but it no longer exists.
                (EdgeState::Shared, None) if first && !edge.is_made_by_job() => {
                    (edge.state, edge.seen) = (EdgeState::Planned, None);
                }
                (EdgeState::Shared | EdgeState::Verified, None) => lacks = true,
                _ => {}
            }
        }
        self.lanes[place].lacks_share = lacks;
        shown.into_iter().for_each(|at| self.check_receiver(at, now));
        let sharing = self.in_state(place, EdgeState::Sharing);
        let open: Vec<Uin> = batch.iter().filter(|a| sharing.contains(a)).cloned().collect();
        let lane = &mut self.lanes[place];
        lane.step = LaneStep::Share;
        lane.due = now;
        if open.is_empty() {
            lane.unclear = 0;
            return;
        }
        self.not_shown(place, batch, open, after, empty, now);
    }

    /// Handles accounts that are not in the list after a `Share` call.
    fn not_shown(
        &mut self,
        place: usize,
        batch: &[Uin],
        open: Vec<Uin>,
        after: ShareResult,
        empty: u32,
        now: Timestamp,
    ) {
        let alone = batch.len() == 1;
        match after {
            ShareResult::Accepted | ShareResult::Refused(Class::Already, _)
                if empty + 1 < EMPTY_READS && (alone || after == ShareResult::Accepted) =>
            {
                self.lanes[place].step = LaneStep::Read { batch: batch.to_vec(), after, empty: empty + 1 };
                self.later(place, empty, now);
            }
            ShareResult::Accepted => {
                let why = JobFailure::new("not-shown", text!(job_not_shown));
                self.share_again(place, open, &why, now);
            }
            ShareResult::Lost(why) | ShareResult::Refused(Class::Doubtful | Class::Gone, why) => {
                if !alone && self.lanes[place].unclear > 0 {
                    self.halve(place, open);
                } else {
                    self.share_again(place, open, &why, now);
                }
            }
            ShareResult::Refused(Class::Full, why) => {
                let asked = self.edges_of(place);
                let accounts = asked.iter().filter(|s| s.is_shared()).count();
                let detail = Some(FailureDetail::Fitted { accounts, of: asked.len() });
                self.fail_remaining(place, &JobFailure { detail, ..why });
            }
            ShareResult::Refused(Class::Image | Class::Denied, why) => self.fail_remaining(place, &why),
            ShareResult::Refused(Class::TooMany, _) if !alone => {
                let lane = &mut self.lanes[place];
                lane.limit = (batch.len() / 2).max(1);
                let rest: Vec<Uin> = open.into_iter().chain(lane.queue.drain(..).flatten()).collect();
                lane.queue = rest.chunks(lane.limit).map(<[Uin]>::to_vec).collect();
                self.set_edge_states(place, &rest, EdgeState::Planned);
            }
            // Some accounts already had the image. Share with the others again.
            ShareResult::Refused(Class::Already, _) if open.len() < batch.len() => {
                self.set_edge_states(place, &open, EdgeState::Planned);
                self.lanes[place].queue.push_front(open);
            }
            ShareResult::Refused(_, _) if !alone => self.halve(place, open),
            ShareResult::Refused(_, why) => self.fail_edges(place, &open, &why),
        }
    }

    /// Splits a refused batch in halves until the refused account is alone.
    fn halve(&mut self, place: usize, open: Vec<Uin>) {
        self.set_edge_states(place, &open, EdgeState::Planned);
        let (left, right) = open.split_at(open.len() / 2);
        for half in [right, left] {
            if !half.is_empty() {
                self.lanes[place].queue.push_front(half.to_vec());
            }
        }
    }

    /// Shares again with accounts that are not in the list, which is idempotent, up to a limit.
    fn share_again(&mut self, place: usize, open: Vec<Uin>, why: &JobFailure, now: Timestamp) {
        let lane = &mut self.lanes[place];
        lane.unclear += 1;
        if lane.unclear >= MAX_SENDS {
            lane.unclear = 0;
            self.fail_edges(place, &open, why);
            return;
        }
        lane.queue.push_front(open.clone());
        let grown = lane.unclear;
        self.set_edge_states(place, &open, EdgeState::Waiting);
        self.later(place, grown, now);
    }

    /// Stops sharing in this region.
    fn fail_remaining(&mut self, place: usize, why: &JobFailure) {
        let open = self.waiting(place);
        self.fail_edges(place, &open, why);
        let lane = &mut self.lanes[place];
        lane.queue.clear();
        lane.step = LaneStep::Share;
    }

    fn edges_of(&self, place: usize) -> Vec<EdgeState> {
        let region = &self.job.cells[place].region;
        let edges = self.job.edges.iter().filter(|e| e.region == *region && e.state != EdgeState::Skipped);
        edges.map(|e| e.state).collect()
    }

    /// Starts a receiver check if the receiver's profile is available.
    pub(super) fn check_receiver(&mut self, edge: usize, now: Timestamp) {
        if self.verify.contains(&self.job.edges[edge].account) {
            self.receiver_checks.entry(edge).or_insert(ReceiverCheck { tries: 0, due: now, busy: false });
        }
    }

    /// Handles a receiver check. A receiver who does not see the image yet is asked again; the share itself
    /// remains valid.
    pub(super) fn on_verify(&mut self, region: &Region, account: &Uin, answer: &Answer, now: Timestamp) {
        let edges = &mut self.job.edges;
        let Some(at) = edges.iter().position(|e| e.region == *region && e.account == *account) else {
            return;
        };
        let shared = edges[at].state == EdgeState::Shared;
        let Some(proof) = self.receiver_checks.get_mut(&at) else {
            return;
        };
        proof.busy = false;
        proof.tries += 1;
        let seen = matches!(answer, Answer::Seen(true));
        if shared && seen {
            edges[at].state = EdgeState::Verified;
        }
        if seen || !shared || proof.tries >= MAX_RECEIVER_CHECKS {
            self.receiver_checks.remove(&at);
        } else {
            let salt = [self.job.id.as_str(), region.as_str(), account.as_str()];
            proof.due = self.pace.after(proof.tries - 1, &salt, proof.tries, now);
        }
    }
}
