//! Assembles the facts for the rules from answers of the cloud, the jobs of the journal, and the settings of
//! the profile. The console, the line mode and every command use a [`FactStore`], so that they get the same
//! verdicts.
//!
//! - [`Load`] is a read of the cloud and [`Loaded`] its result; [`fetch`] makes the read.
//! - [`FactStore::add_loaded`] and [`FactStore::add_job`] add facts.
//! - [`FactStore::verdict`] caches each verdict until a fact changes.
//! - [`optional_loads`] returns the reads that make a verdict more exact; [`learn()`] makes reads until
//!   nothing is missing.

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

/// Returns the reads that provide a missing fact. If the region of an image or instance is unknown, searches
/// every region of `view`.
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
        Missing::Image(id) => match store.region_of(id) {
            Some(region) => vec![Load::Image(region.clone(), id.clone())],
            None => view.iter().map(|region| Load::Image(region.clone(), id.clone())).collect(),
        },
        Missing::Instance(id) => {
            view.iter().map(|region| Load::Instance(region.clone(), id.clone())).collect()
        }
    }
}

/// Returns the reads that make a verdict more exact but that it does not wait for: the result of a dry run,
/// the shares of the image, the instances that run an image to be deleted, and the image that an instance
/// runs.
pub fn optional_loads(action: &Action, facts: &Facts) -> Vec<Load> {
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
        // Check whether one more account fits before any is chosen.
        Action::Share { with, .. } if with.is_empty() => probe.into_iter().chain(shares).collect(),
        Action::Share { .. } | Action::Distribute { .. } | Action::Copy { .. } => probe.into_iter().collect(),
        Action::Launch { .. } | Action::Rename { .. } => shares.into_iter().collect(),
        Action::Delete { .. } => vec![Load::Instances(region)],
        _ => Vec::new(),
    }
}
