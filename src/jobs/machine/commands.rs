//! What a person tells a job.

use jiff::{SignedDuration, Timestamp};

use super::{LaneStep, Machine};
use crate::{
    jobs::job::{CellState, EdgeState, UNREACHABLE},
    model::{Region, Uin},
};

impl Machine {
    /// Goes on after a pause, at the same step.
    pub fn resume(&mut self, now: Timestamp) {
        self.job.paused = None;
        for lane in self.lanes.iter_mut().filter(|l| !l.busy) {
            lane.due = lane.due.min(now);
        }
    }

    /// Leaves the job for later: no answer came from the cloud for so long.
    pub fn unreachable(&mut self, patience: SignedDuration) {
        let hours = patience.as_hours();
        self.pause(
            UNREACHABLE,
            &format!("no answer came from the cloud for {hours} h; the job waits to be resumed"),
        );
    }

    /// Tries a region again: its failed copy, or the failed shares in it. Where a copy may have been asked for, it is
    /// looked for first. A copy that is gone is made again, with its shares; a share alone that is gone is left, for
    /// somebody took it away.
    pub fn retry(&mut self, region: &Region, now: Timestamp) {
        let Some(place) = self.place(region) else {
            return;
        };
        self.job.cancelled = false;
        let cell = &mut self.job.cells[place];
        let lane = &mut self.lanes[place];
        let copy_is_missing = cell.is_missing();
        lane.checked = false;
        if cell.state == CellState::Failed {
            cell.error = None;
            cell.state = CellState::Waiting;
            lane.step = if cell.reused {
                LaneStep::Watch { looks: 0, empty: 0 }
            } else {
                cell.doubt |= cell.image.take().is_some();
                (cell.percent, cell.seen) = (None, None);
                LaneStep::Seek { empty: 0, enough: 1 }
            };
            self.groups += 1;
            lane.group = self.groups;
        } else if cell.state != CellState::Ready {
            return;
        }
        (lane.unclear, lane.waits, lane.due) = (0, 0, now);
        for edge in self.job.edges.iter_mut().filter(|e| e.region == *region) {
            let its_copy_is_made_again = copy_is_missing && edge.is_gone();
            if edge.can_retry() || its_copy_is_made_again {
                (edge.state, edge.seen, edge.error) = (EdgeState::Planned, None, None);
            }
        }
    }

    /// Tries every region again in which something failed. What was there and is gone is not made again.
    pub fn retry_all(&mut self, now: Timestamp) {
        let failed: Vec<Region> = self.job.failed_regions().cloned().collect();
        failed.iter().for_each(|region| self.retry(region, now));
    }

    /// Begins nothing more. What is under way is still settled; copies that run go on in the cloud and are not waited
    /// for.
    pub fn cancel(&mut self) {
        if self.job.is_over() {
            return;
        }
        self.job.cancelled = true;
        self.job.paused = None;
        let regions: Vec<Region> = self.job.cells.iter().map(|c| c.region.clone()).collect();
        for region in &regions {
            if self.job.cell(region).is_some_and(|c| c.state == CellState::Failed) {
                continue;
            }
            self.drop_cell(region);
        }
    }

    /// Leaves a region out. A copy that runs there goes on in the cloud (no API stops it) and is not waited for.
    pub fn drop_cell(&mut self, region: &Region) {
        let Some(place) = self.place(region) else {
            return;
        };
        let cell = &mut self.job.cells[place];
        if !matches!(cell.state, CellState::Ready | CellState::Undone) {
            cell.state = CellState::Skipped;
            self.lanes[place].step = LaneStep::Rest;
        }
        self.lanes[place].queue.clear();
        for edge in self.job.edges.iter_mut().filter(|e| e.region == *region) {
            if matches!(edge.state, EdgeState::Planned | EdgeState::Waiting | EdgeState::Failed) {
                edge.state = EdgeState::Skipped;
            }
        }
    }

    /// Leaves an account out of a region, where it is not shared and no call about it is under way.
    pub fn drop_edge(&mut self, region: &Region, account: &Uin) {
        for edge in self.job.edges.iter_mut().filter(|e| e.region == *region && e.account == *account) {
            if matches!(edge.state, EdgeState::Planned | EdgeState::Waiting | EdgeState::Failed) {
                edge.state = EdgeState::Skipped;
            }
        }
    }
}
