//! The copies under way: those of this journal's jobs, and those that the cloud reports.

use crate::{
    jobs::CellState,
    model::{Image, ImageId, Region},
    tui::app::state::State,
};

/// A copy that is under way.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct RunningCopy {
    /// The destination.
    pub to: Region,
    /// The source. The API does not report it: it is known for copies of this journal's jobs, and guessed otherwise.
    pub from: Option<Region>,
    /// Whether `from` is a guess: the only other region with an image of that name, size and system.
    pub guessed: bool,
    /// The name of the copy.
    pub name: String,
    /// The copy's ID. `None` until the cloud lists it.
    pub image: Option<ImageId>,
    /// The progress in percent, if the API reports it.
    pub percent: Option<u8>,
}

/// Returns all copies under way, by destination and name.
pub fn all(state: &State) -> Vec<RunningCopy> {
    let profile = state.profile().map(|p| p.name.as_str());
    let mut all = Vec::new();
    for job in state.running_jobs().filter(|j| Some(j.profile.as_str()) == profile) {
        for cell in job.cells.iter().filter(|c| c.state == CellState::Copying) {
            all.push(RunningCopy {
                to: cell.region.clone(),
                from: Some(job.source.clone()),
                guessed: false,
                name: cell.name.clone(),
                image: cell.image.clone(),
                percent: cell.percent,
            });
        }
    }
    for id in state.facts.regions.values().flat_map(|r| &r.syncing) {
        // Names are unique in a region, and a job knows the name of its copy before the ID.
        let told = |image: &&Image| all.iter().any(|u| u.to == image.region && u.name == image.name);
        if let Some(image) = state.facts.image(id).filter(|i| !told(i)) {
            let known = source(state, id);
            let mut alike = state.facts.similar_images(image).filter(|i| i.is_normal());
            let guess = alike.next().filter(|_| alike.next().is_none());
            all.push(RunningCopy {
                to: image.region.clone(),
                guessed: known.is_none(),
                from: known.or_else(|| guess.map(|i| i.region.clone())),
                name: image.name.to_string(),
                image: Some(id.clone()),
                percent: image.sync_percent,
            });
        }
    }
    all.sort();
    all
}

/// Returns the region from which a job of this journal copied an image.
fn source(state: &State, copy: &ImageId) -> Option<Region> {
    let of = state.facts.copies.iter().find(|(_, copies)| copies.values().any(|id| id == copy));
    of.and_then(|(source, _)| state.facts.image(source)).map(|i| i.region.clone())
}
