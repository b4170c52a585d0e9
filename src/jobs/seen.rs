//! What a job's record claims of the cloud: what was last seen, when, and who made it. Every later look at the cloud
//! brings the record up to date, and what the cloud has no more is claimed no more.

use jiff::Timestamp;
use serde::{Deserialize, Deserializer, Serialize};

use super::job::{Cell, CellState, Edge, EdgeState, Failure, Job};
use crate::{
    model::{ImageId, Share},
    rules::Facts,
};

/// The code of an edge whose share is not there any more.
pub const GONE: &str = "gone";
/// The code of a cell whose image is not there any more, and of the edges that were shared in it.
pub const MISSING: &str = "missing";

/// Who made a share.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Maker {
    /// This job.
    Job,
    /// Another job or command of ours, before this job.
    Earlier,
    /// Somebody else, or nobody knows. Also the value for a share that does not exist.
    #[default]
    Others,
}

impl<'de> Deserialize<'de> for Maker {
    /// Older journals only kept whether the job made the share, as a boolean.
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(rename_all = "snake_case")]
        enum Word {
            Job,
            Earlier,
            Others,
        }
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Kept {
            Ours(bool),
            Word(Word),
        }
        Ok(match Kept::deserialize(from)? {
            Kept::Ours(true) | Kept::Word(Word::Job) => Self::Job,
            Kept::Word(Word::Earlier) => Self::Earlier,
            Kept::Ours(false) | Kept::Word(Word::Others) => Self::Others,
        })
    }
}

/// What the cloud showed when it was last read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seen {
    /// When it was read, by this machine's clock.
    pub at: Timestamp,
    /// Whether the image or the share was there.
    pub there: bool,
    /// When the cloud says that the image or the share was created; the last one that was seen where it is gone.
    pub since: Option<Timestamp>,
}

impl Seen {
    /// There, as read at `at`.
    pub fn there(at: Timestamp, since: Option<Timestamp>) -> Self {
        Self { at, there: true, since }
    }

    /// Not there, as read at `at`; `before` is what was seen before.
    pub fn gone(at: Timestamp, before: Option<Self>) -> Self {
        Self { at, there: false, since: before.and_then(|b| b.since) }
    }
}

/// Whether two creation times can be of the same share: they differ only where both are known.
pub(super) fn same_share(recorded: Option<Timestamp>, shown: Option<Timestamp>) -> bool {
    recorded.is_none() || shown.is_none() || recorded == shown
}

/// Why an image, or without one a share, is claimed no more: when it was last seen and when it was found gone.
pub(super) fn gone(image: Option<&ImageId>, before: Option<Seen>, now: Timestamp) -> Failure {
    let minute = |at: Timestamp| at.strftime("%Y-%m-%d %H:%M").to_string();
    let times = before.filter(|b| b.there).map(|b| (minute(b.at), minute(now)));
    let text = match (image, times) {
        (None, Some((last, now))) => format!("the share was last seen {last} and was gone {now}"),
        (None, None) => "the share is not there any more".to_owned(),
        (Some(id), Some((last, now))) => format!("{id} was last seen {last} and was gone {now}"),
        (Some(id), None) => format!("{id} is not there any more"),
    };
    Failure { code: if image.is_some() { MISSING } else { GONE }.to_owned(), text }
}

impl Edge {
    /// The owner's share list has it.
    pub(super) fn found(&mut self, share: &Share, at: Timestamp) {
        if !same_share(self.seen.and_then(|s| s.since), share.since) {
            // It vanished and came back later than it was made: another share.
            self.made_by = Maker::Others;
        }
        (self.state, self.error) = match self.state {
            EdgeState::Verified => (EdgeState::Verified, None),
            _ => (EdgeState::Shared, None),
        };
        self.seen = Some(Seen::there(at, share.since));
    }

    /// The owner's share list, read completely, does not have it (any more).
    pub(super) fn lost(&mut self, at: Timestamp) {
        self.error = Some(gone(None, self.seen, at));
        (self.state, self.seen) = (EdgeState::Failed, Some(Seen::gone(at, self.seen)));
    }

    /// It was there, and is not any more.
    pub fn is_gone(&self) -> bool {
        self.state == EdgeState::Failed
            && self.error.as_ref().is_some_and(|e| matches!(e.code.as_str(), GONE | MISSING))
    }
}

impl Cell {
    /// Its image was there, and is not any more.
    pub fn is_missing(&self) -> bool {
        self.state == CellState::Failed && self.error.as_ref().is_some_and(|e| e.code == MISSING)
    }

    pub(super) fn found(&mut self, created: Option<Timestamp>, at: Timestamp) {
        self.seen = Some(Seen::there(at, created));
    }
}

impl Job {
    /// The image of a cell is not there any more, and with it its shares.
    pub(super) fn image_is_gone(&mut self, place: usize, at: Timestamp) {
        let cell = &mut self.cells[place];
        let Some(id) = &cell.image else { return };
        let why = gone(Some(id), cell.seen, at);
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

    /// Compares the record of a job that is over with what was read of the cloud, and updates it: what was last seen,
    /// what is not there any more, what is there again. Only what `facts` have really read counts: share lists, images,
    /// complete lists of a region, and images that a read of them alone did not find. `at` is when the reads began;
    /// what the record has seen since then stands. Returns whether anything changed.
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

    /// What the record once claimed and the cloud has no more: cells first, then edges of cells whose image is there.
    pub fn gone(&self) -> (Vec<&Cell>, Vec<&Edge>) {
        let cells: Vec<&Cell> = self.cells.iter().filter(|c| c.is_missing()).collect();
        let edges = self.edges.iter().filter(|e| e.is_gone() && cells.iter().all(|c| c.region != e.region));
        (cells.clone(), edges.collect())
    }

    /// When the record was last compared with the cloud as a whole: the oldest look at anything that it claims.
    pub fn last_seen(&self) -> Option<Timestamp> {
        let cells = self.cells.iter().filter(|c| c.state == CellState::Ready).map(|c| c.seen);
        let edges = self.edges.iter().filter(|e| e.state.is_shared()).map(|e| e.seen);
        let looks: Vec<Option<Seen>> = cells.chain(edges).collect();
        looks.into_iter().map(|s| s.map(|s| s.at)).collect::<Option<Vec<_>>>()?.into_iter().min()
    }

    /// The image of a region's cell.
    pub(super) fn image_in(&self, edge: &Edge) -> Option<&ImageId> {
        self.cell(&edge.region).and_then(|c| c.image.as_ref())
    }
}

#[cfg(test)]
#[path = "seen_tests.rs"]
mod tests;
