//! A person's commands to a job.

use jiff::{SignedDuration, Timestamp};

use super::{LaneStep, Machine};
use crate::{
    jobs::job::{CellState, EdgeState, UNREACHABLE},
    messages::text,
    model::{Region, Uin},
};

impl Machine {
    /// Resumes after a pause at the same step.
    pub fn resume(&mut self, now: Timestamp) {
        self.job.paused = None;
        for lane in self.lanes.iter_mut().filter(|l| !l.busy) {
            lane.due = lane.due.min(now);
        }
    }

    /// Pauses the job because the cloud has not answered for `patience`.
    pub fn unreachable(&mut self, patience: SignedDuration) {
        self.pause(UNREACHABLE, &text!(job_unreachable, hours = patience.as_hours()));
    }

    /// Retries the failed copy or the failed shares of a region. If a copy may have been requested, looks for
    /// it first. Makes a copy that is gone again, together with its shares. Does not repeat a single share
    /// that is gone, because somebody cancelled it.
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

    /// Retries every region in which something failed. Does not make again what existed and is gone.
    pub fn retry_all(&mut self, now: Timestamp) {
        let failed: Vec<Region> = self.job.failed_regions().cloned().collect();
        failed.iter().for_each(|region| self.retry(region, now));
    }

    /// Cancels the job: starts nothing more. The outcomes of calls in progress are still determined. Running
    /// copies continue in the cloud, and the job does not wait for them.
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

    /// Leaves out a region. A running copy continues in the cloud, because no API stops it, and the job does
    /// not wait for it.
    pub fn drop_cell(&mut self, region: &Region) {
        let Some(place) = self.place(region) else {
            return;
        };
        let cell = &mut self.job.cells[place];
        if !matches!(cell.state, CellState::Ready | CellState::Undone) {
            cell.state = CellState::Skipped;
            self.lanes[place].step = LaneStep::Idle;
        }
        self.lanes[place].queue.clear();
        for edge in self.job.edges.iter_mut().filter(|e| e.region == *region) {
            if matches!(edge.state, EdgeState::Planned | EdgeState::Waiting | EdgeState::Failed) {
                edge.state = EdgeState::Skipped;
            }
        }
    }

    /// Leaves out an account in a region, unless it is shared or a call for it is in progress.
    pub fn drop_edge(&mut self, region: &Region, account: &Uin) {
        for edge in self.job.edges.iter_mut().filter(|e| e.region == *region && e.account == *account) {
            if matches!(edge.state, EdgeState::Planned | EdgeState::Waiting | EdgeState::Failed) {
                edge.state = EdgeState::Skipped;
            }
        }
    }
}
