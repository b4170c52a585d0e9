//! What jobs did before: taught to the rules, and known by a job that is asked for again.

use jiff::SignedDuration;

use super::{
    job::{Cell, CellState, EdgeState, Job},
    observed::{Maker, Seen, same_share},
};
use crate::{
    model::{Image, ImageKind},
    rules::Facts,
};

/// How far the cloud's clock may be from ours: the API allows 300 s, and as much again.
const SKEW: SignedDuration = SignedDuration::from_mins(10);

impl Job {
    /// Brings what the rules know up to date with the job: the copies and shares that it made and that are still
    /// there, and the images that it works on. What an earlier state of the job taught is taken back.
    pub fn teach(&self, facts: &mut Facts) {
        for cell in &self.cells {
            let Some(id) = &cell.image else { continue };
            if cell.is_ours() {
                let copies = facts.copies.entry(self.image.clone()).or_default();
                copies.insert(cell.region.clone(), id.clone());
            } else if let Some(copies) = facts.copies.get_mut(&self.image)
                && !cell.reused
                && copies.get(&cell.region) == Some(id)
            {
                copies.remove(&cell.region);
            }
        }
        for edge in &self.edges {
            let Some(id) = self.image_in(edge).cloned() else { continue };
            let (share, since) = ((id, edge.account.clone()), edge.seen.and_then(|s| s.since));
            if edge.made_by != Maker::Others && edge.state.is_shared() {
                // Of several jobs that made it, one after the other, the last one's is there.
                let known = facts.recorded_shares.entry(share).or_default();
                *known = (*known).max(since);
            } else if edge.made_by != Maker::Others && facts.recorded_shares.get(&share) == Some(&since) {
                facts.recorded_shares.remove(&share);
            }
        }
        facts.busy.retain(|_, job| *job != self.id);
        if !self.is_over() {
            let images = self.cells.iter().filter_map(|c| c.image.clone()).chain([self.image.clone()]);
            facts.busy.extend(images.map(|id| (id, self.id.clone())));
        }
    }

    /// Whether an image that was found by name can be the copy that a cell asked for: never by name alone.
    pub fn could_be_copy(&self, cell: &Cell, image: &Image) -> bool {
        let since = cell.since.unwrap_or(self.created);
        let early = image.created_at.is_some_and(|at| at < since.saturating_sub(SKEW).unwrap_or(since));
        self.is_like_copy(cell, image) && !early
    }

    /// Whether an image that the cloud named as a cell's copy has its owner, name and size. The plan found the name free
    /// in that region, so an own image that has it was made since; its creation time, by another clock, need not be asked.
    pub fn is_like_copy(&self, cell: &Cell, image: &Image) -> bool {
        let size = image.size_gib == self.size_gib || (image.size_gib == 0 && image.state.is_transitional());
        image.kind == ImageKind::Own && image.name == cell.name && size
    }

    /// A job that is asked for again knows what it did before: its copies and shares stay its own, and what may have
    /// been sent is looked for before it is sent again.
    pub fn inherit(&mut self, old: &Self) {
        for cell in &mut self.cells {
            let Some(was) = old.cell(&cell.region).filter(|w| w.name == cell.name) else { continue };
            match &cell.image {
                Some(image) if was.image.as_ref() == Some(image) => cell.reused = was.reused,
                Some(_) if was.image.is_none() && was.doubt => cell.reused = false,
                Some(_) => {}
                None if was.doubt && cell.state == CellState::Planned => {
                    (cell.state, cell.doubt) = (CellState::Waiting, true);
                    (cell.since, cell.attempt) = (was.since, was.attempt);
                }
                None => {}
            }
        }
        for edge in &mut self.edges {
            let Some(was) = old.edge(&edge.region, &edge.account) else { continue };
            edge.unsure = was.unsure;
            let since = |seen: Option<Seen>| seen.and_then(|s| s.since);
            let made = was.made_by == Maker::Job && was.state != EdgeState::Undone;
            if edge.state.is_shared() && (was.unsure || made) && same_share(since(was.seen), since(edge.seen))
            {
                edge.made_by = Maker::Job;
            }
        }
    }
}

#[cfg(test)]
#[path = "inherit_tests.rs"]
mod tests;
