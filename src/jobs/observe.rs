//! Compares a job's record with the cloud. Each later read of the cloud updates the record: what was last
//! seen and when. The record stops claiming what no longer exists.

use jiff::Timestamp;

use super::{
    job::{Cell, CellState, Edge, EdgeState, GONE, Job, MISSING},
    observed::{Maker, Seen, same_share},
};
use crate::{
    messages::text,
    model::{ImageId, JobFailure, Share},
    rules::Facts,
};

/// Returns the failure of an image, or of a share if `image` is `None`, that no longer exists: when it
/// was last seen and when it was found missing.
pub(super) fn gone_failure(image: Option<&ImageId>, before: Option<Seen>, now: Timestamp) -> JobFailure {
    let minute = |at: Timestamp| at.strftime("%Y-%m-%d %H:%M").to_string();
    let times = before.filter(|b| b.there).map(|b| (minute(b.at), minute(now)));
    let text = match (image, times) {
        (None, Some((last, now))) => text!(job_share_gone_since, seen = last, now),
        (None, None) => text!(job_share_gone),
        (Some(id), Some((last, now))) => text!(job_image_gone_since, image = id, seen = last, now),
        (Some(id), None) => text!(job_image_gone, image = id),
    };
    JobFailure::new(if image.is_some() { MISSING } else { GONE }, text)
}

impl Edge {
    /// Updates the edge: the owner's share list contains it.
    pub(super) fn found(&mut self, share: &Share, at: Timestamp) {
        if !same_share(self.seen.and_then(|s| s.since), share.since) {
            // The share was gone and has a later creation time: it is another share.
            self.made_by = Maker::Others;
        }
        (self.state, self.error) = match self.state {
            EdgeState::Verified => (EdgeState::Verified, None),
            _ => (EdgeState::Shared, None),
        };
        self.seen = Some(Seen::there(at, share.since));
    }

    /// Updates the edge: the owner's complete share list does not contain it, or no longer does.
    pub(super) fn lost(&mut self, at: Timestamp) {
        self.error = Some(gone_failure(None, self.seen, at));
        (self.state, self.seen) = (EdgeState::Failed, Some(Seen::gone(at, self.seen)));
    }
}

impl Cell {
    pub(super) fn found(&mut self, created: Option<Timestamp>, at: Timestamp) {
        self.seen = Some(Seen::there(at, created));
    }
}

impl Job {
    /// Updates the job: the image of a cell no longer exists, and neither do its shares.
    pub(super) fn image_is_gone(&mut self, place: usize, at: Timestamp) {
        let cell = &mut self.cells[place];
        let Some(id) = &cell.image else { return };
        let why = gone_failure(Some(id), cell.seen, at);
        cell.seen = Some(Seen::gone(at, cell.seen));
        if cell.state == CellState::Ready {
            (cell.state, cell.error) = (CellState::Failed, Some(why.clone()));
        }
        let region = cell.region.clone();
        for edge in self.edges.iter_mut().filter(|e| e.region == region && e.state.is_shared()) {
            edge.seen = Some(Seen::gone(at, edge.seen));
            (edge.state, edge.error) = (EdgeState::Failed, Some(why.clone()));
        }
    }

    /// Compares the record of a finished job with facts and updates it: what was last seen, what no longer
    /// exists, and what exists again.
    ///
    /// Only what has been read counts: share lists, images, complete lists of a region, and images that a
    /// read of their ID did not find. `at` is when the reads began; later observations in the record are
    /// kept. Returns whether the record changed.
    pub fn observe(&mut self, facts: &Facts, at: Timestamp) -> bool {
        if !self.is_over() {
            return false;
        }
        let before = (self.cells.clone(), self.edges.clone());
        let old = |seen: Option<Seen>| seen.is_none_or(|s| s.at <= at);
        for place in 0..self.cells.len() {
            let cell = &mut self.cells[place];
            let Some(id) = cell.image.clone() else { continue };
            if cell.state == CellState::Undone {
                continue;
            }
            if let Some(image) = facts.image(&id) {
                if old(cell.seen) {
                    cell.found(image.created_at, at);
                    if cell.is_missing() {
                        (cell.state, cell.error) = (CellState::Ready, None);
                    }
                }
            } else if (facts.is_absent(&id) || facts.images_known(&cell.region).is_ok())
                && old(cell.seen)
                && cell.seen.is_none_or(|s| s.there)
            {
                self.image_is_gone(place, at);
            }
            let Some(shares) = facts.shares(&id) else { continue };
            let region = self.cells[place].region.clone();
            for edge in self.edges.iter_mut().filter(|e| e.region == region && old(e.seen)) {
                let share = shares.iter().find(|s| s.account == edge.account);
                match share {
                    Some(share) if edge.state.is_shared() || edge.is_gone() => edge.found(share, at),
                    None if edge.state.is_shared() => edge.lost(at),
                    _ => {}
                }
            }
        }
        before != (self.cells.clone(), self.edges.clone())
    }

    /// Returns what the record claimed and the cloud no longer has: cells, and edges of cells whose
    /// image exists.
    pub fn gone(&self) -> (Vec<&Cell>, Vec<&Edge>) {
        let cells: Vec<&Cell> = self.cells.iter().filter(|c| c.is_missing()).collect();
        let edges = self.edges.iter().filter(|e| e.is_gone() && cells.iter().all(|c| c.region != e.region));
        (cells.clone(), edges.collect())
    }

    /// Returns when the whole record was last compared with the cloud: the time of the oldest observation.
    pub fn last_seen(&self) -> Option<Timestamp> {
        let cells = self.cells.iter().filter(|c| c.state == CellState::Ready).map(|c| c.seen);
        let edges = self.edges.iter().filter(|e| e.state.is_shared()).map(|e| e.seen);
        let looks: Vec<Option<Seen>> = cells.chain(edges).collect();
        looks.into_iter().map(|s| s.map(|s| s.at)).collect::<Option<Vec<_>>>()?.into_iter().min()
    }

    /// Returns the image of an edge's cell.
    pub(super) fn image_in(&self, edge: &Edge) -> Option<&ImageId> {
        self.cell(&edge.region).and_then(|c| c.image.as_ref())
    }
}

#[cfg(test)]
#[path = "observe_tests.rs"]
mod tests;
