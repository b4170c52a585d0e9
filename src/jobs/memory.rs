//! What jobs did before: taught to the rules, and known by a job that is asked for again.

use jiff::SignedDuration;

use super::job::{Cell, CellState, Job};
use crate::{
    model::{Image, ImageKind},
    rules::Facts,
};

/// How far the cloud's clock may be from ours (api-3.0.md, section 2: 300 s, and as much again).
const SKEW: SignedDuration = SignedDuration::from_mins(10);

impl Job {
    /// Adds what the job made, and what it works on, to what the rules know.
    pub fn teach(&self, facts: &mut Facts) {
        for cell in self.cells.iter().filter(|c| c.is_ours()) {
            if let Some(id) = &cell.image {
                let copies = facts.copies.entry(self.image.clone()).or_default();
                copies.insert(cell.region.clone(), id.clone());
            }
        }
        for edge in self.edges.iter().filter(|e| e.ours && e.state.is_shared()) {
            if let Some(id) = self.cell(&edge.region).and_then(|c| c.image.clone()) {
                facts.ours.insert((id, edge.account.clone()));
            }
        }
        if !self.is_over() {
            let images = self.cells.iter().filter_map(|c| c.image.clone()).chain([self.image.clone()]);
            facts.busy.extend(images.map(|id| (id, self.id.clone())));
        }
    }

    /// Whether an image that was found by name can be the copy that a cell asked for: never by name alone.
    pub fn could_be_copy(&self, cell: &Cell, image: &Image) -> bool {
        let since = cell.since.unwrap_or(self.created);
        let early = image.created_at.is_some_and(|at| at < since.saturating_sub(SKEW).unwrap_or(since));
        let size = image.size_gib == self.size_gib || (image.size_gib == 0 && image.state.is_moving());
        image.kind == ImageKind::Own && image.name == cell.name && size && !early
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
            edge.ours = edge.state.is_shared() && (was.ours || was.unsure);
        }
    }
}

#[cfg(test)]
#[path = "memory_tests.rs"]
mod tests;
