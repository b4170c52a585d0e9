//! The one place that assembles what the rules judge by: answers of the cloud, the jobs of the journal, and what the
//! profile decides. The console, the line mode and every command keep their facts in a [`FactStore`] and take their
//! verdicts from it, so one question has one answer.
//!
//! - [`Load`] is one read of the cloud and [`Loaded`] what it brought; [`fetch`] carries it out.
//! - [`FactStore::take`] and [`FactStore::take_job`] are the only ways in.
//! - [`FactStore::verdict`] keeps each verdict until a fact changes.
//! - [`wanted`] names the reads that an action still needs, [`learn()`] makes them until nothing is missing.

mod learn;
mod load;
mod store;
pub mod undo;

pub use learn::{Learnt, learn, learn_action, learn_plan};
pub use load::{Load, Loaded, Page, fetch};
pub use store::FactStore;

use crate::{
    model::ImageKind,
    rules::{Action, Facts, Missing},
};

/// The reads that bring a missing fact. An image or instance whose region is not known is looked for in every region of
/// `view`.
fn loads_for(missing: &Missing, store: &FactStore, view: &[crate::model::Region]) -> Vec<Load> {
    match missing {
        Missing::Identity => vec![Load::Identity],
        Missing::Images(region) => vec![Load::Images(region.clone())],
        Missing::Offers(region) => vec![Load::Offers(region.clone())],
        Missing::Quota(region) => vec![Load::Quota(region.clone())],
        Missing::Shares(id) => match store.image(id) {
            Some(image) => vec![Load::Shares(image.region.clone(), id.clone())],
            None => Vec::new(),
        },
        Missing::Image(id) => match store.home(id) {
            Some(region) => vec![Load::Image(region.clone(), id.clone())],
            None => view.iter().map(|region| Load::Image(region.clone(), id.clone())).collect(),
        },
        Missing::Instance(id) => {
            view.iter().map(|region| Load::Instance(region.clone(), id.clone())).collect()
        }
    }
}

/// Reads that no verdict waits for but that make it exact: what only a dry run tells of an image, whom it is shared
/// with, the instances that run an image to be deleted, the image that an instance runs.
pub fn wanted(action: &Action, facts: &Facts) -> Vec<Load> {
    if let Action::Capture { instance, .. } = action {
        let instance = facts.instance(instance);
        let runs = instance.and_then(|i| Some((i.region.clone(), i.image.clone()?)));
        let unknown = runs.filter(|(_, image)| facts.image(image).is_none());
        return unknown.into_iter().map(|(region, image)| Load::Image(region, image)).collect();
    }
    let Some(image) = action.image().and_then(|id| facts.image(id)).filter(|i| i.kind == ImageKind::Own)
    else {
        return Vec::new();
    };
    let (region, id) = (image.region.clone(), image.id.clone());
    let probe = (image.is_normal() && !facts.probes.contains_key(&id))
        .then(|| Load::Probe(region.clone(), id.clone()));
    let shares = facts.shares(&id).is_none().then(|| Load::Shares(region.clone(), id.clone()));
    match action {
        // Whether one more account fits, before any is chosen.
        Action::Share { with, .. } if with.is_empty() => probe.into_iter().chain(shares).collect(),
        Action::Share { .. } | Action::Distribute { .. } | Action::Copy { .. } => probe.into_iter().collect(),
        Action::Launch { .. } | Action::Rename { .. } => shares.into_iter().collect(),
        Action::Delete { .. } => vec![Load::Instances(region)],
        _ => Vec::new(),
    }
}
