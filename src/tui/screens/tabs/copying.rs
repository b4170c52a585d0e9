//! Copies under way: what jobs of ours have asked for, and what the cloud says is being copied.

use crate::{
    jobs::CellState,
    model::{Image, ImageId, Region},
    tui::app::state::State,
};

/// One copy under way.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct UnderWay {
    /// Where to.
    pub to: Region,
    /// Where from. The API does not tell: it is known of our own jobs' copies, and otherwise guessed.
    pub from: Option<Region>,
    /// `from` is a guess: the one other region with an image of that name, size and system.
    pub guessed: bool,
    /// The copy's name.
    pub name: String,
    /// The copy; nothing until the cloud has shown it.
    pub image: Option<ImageId>,
    /// How far it is, 0 to 100, where the API says.
    pub percent: Option<u8>,
}

/// All of them, by destination and name.
pub fn all(state: &State) -> Vec<UnderWay> {
    let profile = state.profile().map(|p| p.name.as_str());
    let mut all = Vec::new();
    for job in state.running_jobs().filter(|j| Some(j.profile.as_str()) == profile) {
        for cell in job.cells.iter().filter(|c| c.state == CellState::Copying) {
            all.push(UnderWay {
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
        // Names are unique in a region, and a job knows its copy's before the cloud tells the id.
        let told = |image: &&Image| all.iter().any(|u| u.to == image.region && u.name == image.name);
        if let Some(image) = state.facts.image(id).filter(|i| !told(i)) {
            let known = source(state, id);
            let mut alike = state.facts.similar_images(image).filter(|i| i.is_normal());
            let guess = alike.next().filter(|_| alike.next().is_none());
            all.push(UnderWay {
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

/// Where an image was copied from by a job of ours.
fn source(state: &State, copy: &ImageId) -> Option<Region> {
    let of = state.facts.copies.iter().find(|(_, copies)| copies.values().any(|id| id == copy));
    of.and_then(|(source, _)| state.facts.image(source)).map(|i| i.region.clone())
}
