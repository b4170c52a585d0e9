//! Small worlds to ask the rules about: what they would say once the copies are there, and once the person's choices
//! are taken as facts.

use super::{CellKind, Plan};
use crate::{
    model::{Image, ImageState, Region},
    rules::{Facts, RegionFacts},
};

/// Who asks, and nothing of what is there.
fn bare(source: &Image, facts: &Facts) -> Facts {
    let mut world = Facts::default();
    world.standing = facts.standing.clone();
    world.known_regions = facts.known_regions.clone();
    world.accounts = facts.accounts.clone();
    world.grouped = facts.grouped.clone();
    world.sub_accounts = facts.sub_accounts.clone();
    if let Some(probe) = facts.probes.get(&source.id) {
        world.probes.insert(source.id.clone(), *probe);
    }
    world
}

/// The copy alone, as it will be: NORMAL, shared with nobody.
pub(super) fn as_copied(source: &Image, region: &Region, facts: &Facts) -> Facts {
    let mut world = bare(source, facts);
    let mut copy = source.clone();
    copy.region = region.clone();
    copy.state = ImageState::Normal;
    world.add_images([copy]);
    world.set_shares(source.id.clone(), Vec::new());
    world
}

/// The source and the copies that a plan goes on from. What the person called a copy is one here; a name is free here
/// where a cell will use another, which the rules were asked about cell by cell; a copy that is still being made is
/// taken as it will be, for the job waits for it.
pub(super) fn decided(plan: &Plan, facts: &Facts, source: &Image) -> Facts {
    let mut world = bare(source, facts);
    if let Some(job) = facts.busy.get(&source.id) {
        world.busy.insert(source.id.clone(), job.clone());
    }
    let mut take = |image: &Image, waits: bool| {
        let mut image = image.clone();
        if waits && image.state.is_transitional() {
            image.state = ImageState::Normal;
        }
        if let Some(shares) = facts.shares(&image.id) {
            world.set_shares(image.id.clone(), shares.to_vec());
        }
        world.add_images([image]);
    };
    take(source, false);
    for cell in &plan.cells {
        if let CellKind::Copied(id) = &cell.kind
            && let Some(image) = facts.image(id)
        {
            take(image, true);
        }
    }
    for cell in &plan.cells {
        if let CellKind::Copied(id) = &cell.kind {
            let copies = world.copies.entry(source.id.clone()).or_default();
            copies.insert(cell.region.clone(), id.clone());
        }
        if let Some(known) = facts.regions.get(&cell.region) {
            let mut region = RegionFacts::default();
            region.images_at = known.images_at;
            region.quota = known.quota;
            region.own = known.own;
            region.received = known.received;
            world.regions.insert(cell.region.clone(), region);
        }
    }
    world
}
