//! Reads old share lists once more before a job ends. Others may have cancelled shares while the job waited
//! for its last region.

use jiff::Timestamp;

use super::{EMPTY_READS, LaneStep, MAX_SENDS, Machine};
use crate::{
    jobs::{
        answer::{Answer, Class, class},
        job::{Call, CellState},
    },
    model::Share,
};

impl Machine {
    /// If there is nothing else to do, starts to read the lists that were read long before the last answer or
    /// that lacked a share.
    pub(super) fn check_before_the_end(&mut self, now: Timestamp) {
        // Receiver checks may still be in progress, because they do not change share lists.
        let busy = self.calls_in_progress.iter().any(|(call, _)| !matches!(call, Call::Verify { .. }));
        if self.job.checking || self.job.paused.is_some() || busy {
            return;
        }
        if (0..self.lanes.len()).any(|place| self.lanes[place].busy || self.due(place).is_some()) {
            return;
        }
        let Some(last) = self.lanes.iter().filter_map(|l| l.last_answer).max() else { return };
        let late = |read: Timestamp| last.duration_since(read) > self.pace.first;
        let old: Vec<usize> = (0..self.lanes.len())
            .filter(|place| {
                let lane = &self.lanes[*place];
                !lane.checked && (lane.lacks_share || lane.read.is_none_or(late)) && self.has_shared(*place)
            })
            .collect();
        // The job counts as running until the lists have been read, so nobody sees the old result.
        self.job.checking = !old.is_empty();
        old.into_iter().for_each(|place| self.check(place, now));
    }

    pub(super) fn check(&mut self, place: usize, now: Timestamp) {
        if self.has_shared(place) && self.lanes[place].step == LaneStep::Share {
            let lane = &mut self.lanes[place];
            (lane.step, lane.due, lane.waits) = (LaneStep::Check { empty: 0 }, now, 0);
        }
    }

    fn has_shared(&self, place: usize) -> bool {
        let cell = &self.job.cells[place];
        cell.image.is_some()
            && cell.state == CellState::Ready
            && self.job.edges.iter().any(|e| e.region == cell.region && e.state.is_shared())
    }

    /// Handles the answer to the last read of a list.
    pub(super) fn on_check(&mut self, place: usize, empty: u32, answer: &Answer, now: Timestamp) {
        match answer {
            Answer::Shares(shares) => self.compare(place, empty, shares, now),
            Answer::Refused { code, text } => match class(code) {
                Class::SignIn => self.pause(code, text),
                Class::Gone if empty + 1 < EMPTY_READS => self.check_again(place, empty + 1, now),
                Class::Gone => self.image_gone(place, now),
                // If the list can no longer be read, keep what was last seen.
                Class::Denied | Class::Image => self.checked(place),
                Class::Other if self.lanes[place].waits >= MAX_SENDS => self.checked(place),
                _ => self.wait(place, now),
            },
            _ => self.wait(place, now),
        }
        self.end_check();
    }

    fn compare(&mut self, place: usize, empty: u32, shares: &[Share], now: Timestamp) {
        self.lanes[place].waits = 0;
        let region = self.job.cells[place].region.clone();
        let mut lacks = false;
        for edge in self.job.edges.iter_mut().filter(|e| e.region == region && e.state.is_shared()) {
            match shares.iter().find(|s| s.account == edge.account) {
                Some(share) => edge.found(share, now),
                // Lists may lag behind: only several reads without the share count.
                None if empty + 1 < EMPTY_READS => lacks = true,
                None => edge.lost(now),
            }
        }
        if lacks {
            self.check_again(place, empty + 1, now);
        } else {
            self.lanes[place].read = Some(now);
            self.checked(place);
        }
    }

    fn check_again(&mut self, place: usize, empty: u32, now: Timestamp) {
        self.lanes[place].step = LaneStep::Check { empty };
        self.later(place, empty, now);
    }

    fn checked(&mut self, place: usize) {
        let lane = &mut self.lanes[place];
        (lane.step, lane.checked) = (LaneStep::Share, true);
    }

    /// Ends the job's check when no list remains to be read.
    pub(super) fn end_check(&mut self) {
        self.job.checking = self.lanes.iter().any(|l| matches!(l.step, LaneStep::Check { .. }));
    }
}
