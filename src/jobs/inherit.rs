//! Transfers what earlier jobs did: to the facts of the rules, and to a repeated job.

use jiff::SignedDuration;

use super::{
    job::{Cell, CellState, EdgeState, Job},
    observed::{Maker, Seen, same_share},
};
use crate::{
    model::{Image, ImageKind},
    rules::Facts,
};

/// The maximum difference between the clocks of the cloud and of this machine: twice the 300 s that the API
/// allows.
const SKEW: SignedDuration = SignedDuration::from_mins(10);

impl Job {
    /// Updates the facts with the state of the job: the copies and shares that it made and that still exist,
    /// and the images that it uses. Removes what an earlier state of the job added.
    pub fn update_facts(&self, facts: &mut Facts) {
        for cell in &self.cells {
            let Some(id) = &cell.image else { continue };
            if cell.is_made_by_job() {
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
                // If several jobs made the share one after the other, the share of the last one exists.
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

    /// Returns whether an image that was found by name can be the copy that a cell requested. The name alone
    /// is not sufficient.
    pub fn could_be_copy(&self, cell: &Cell, image: &Image) -> bool {
        let since = cell.since.unwrap_or(self.created);
        let early = image.created_at.is_some_and(|at| at < since.saturating_sub(SKEW).unwrap_or(since));
        self.matches_copy(cell, image) && !early
    }

    /// Returns whether the image that the cloud named as a cell's copy has the expected owner, name and size.
    /// The plan found the name free in the region, so the image is newer than the plan; its creation time,
    /// from another clock, is not compared.
    pub fn matches_copy(&self, cell: &Cell, image: &Image) -> bool {
        let size = image.size_gib == self.size_gib || (image.size_gib == 0 && image.state.is_transitional());
        image.kind == ImageKind::Own && image.name == cell.name && size
    }

    /// Transfers the state of an earlier job with the same ID. Its copies and shares remain the job's own,
    /// and the new job looks for copies that may have been requested before it requests them again.
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
