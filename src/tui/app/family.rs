//! Copies of one image: those that a job of ours made, and those that look the same. The API keeps no record of it.

use std::collections::{HashMap, HashSet};

use crate::{
    model::{Image, ImageId, ImageKind, ImageState, Region},
    tui::app::{state::State, table::RowId},
};

/// What copies of one image have in common.
type Kin<'a> = (&'a str, u32, &'a str, &'a str);

/// A copy that a job made under another name is its source's kin.
fn kin<'a>(state: &'a State, image: &'a Image) -> Kin<'a> {
    kind(source(state, &image.id).unwrap_or(image))
}

fn kind(source: &Image) -> Kin<'_> {
    (&source.name, source.size_gib, &source.os, &source.arch)
}

/// What an image was copied from by a job of ours, through any number of copies.
pub(crate) fn source<'a>(state: &'a State, id: &ImageId) -> Option<&'a Image> {
    let mut found = None;
    let mut at = id;
    // Each step is one copy; nothing is copied in a circle, but a journal could be wrong.
    for _ in 0..state.facts.copies.len() {
        let Some((source, _)) =
            state.facts.copies.iter().find(|(_, copies)| copies.values().any(|copy| copy == at))
        else {
            break;
        };
        found = state.facts.image(source).or(found);
        at = source;
    }
    found
}

/// Whether two own images are of one family.
pub(crate) fn same(state: &State, one: &Image, other: &Image) -> bool {
    let own = one.kind == ImageKind::Own && other.kind == ImageKind::Own;
    own && (one.id == other.id || kin(state, one) == kin(state, other))
}

/// The family of an own image, itself among it: the original first, then by region. One of itself alone for any other.
pub(crate) fn of<'a>(state: &'a State, image: &'a Image) -> Vec<&'a Image> {
    let mut all: Vec<&Image> = vec![image];
    if image.kind == ImageKind::Own {
        all.extend(source(state, &image.id).filter(|root| root.id != image.id));
        let mut n = 0;
        while let Some(member) = all.get(n).copied() {
            let made = state.facts.copies.get(&member.id).into_iter().flat_map(|copies| copies.values());
            let made = made.filter_map(|id| state.facts.image(id));
            for found in made.chain(state.facts.similar_images(member)) {
                if !all.iter().any(|known| known.id == found.id) && same(state, found, image) {
                    all.push(found);
                }
            }
            n += 1;
        }
    }
    all.sort_by(|a, b| standing(a).cmp(&standing(b)).then_with(|| a.region.cmp(&b.region)));
    // The original stands first; the others by region.
    if let Some(copies) = all.get_mut(1..) {
        copies.sort_by(|a, b| a.region.cmp(&b.region).then_with(|| a.id.cmp(&b.id)));
    }
    all
}

/// The lower, the more an image is its family's original: copies come later, and one that cannot be used stands for none.
fn standing(image: &Image) -> (bool, bool, Option<jiff::Timestamp>, &ImageId) {
    (image.state != ImageState::Normal, image.created_at.is_none(), image.created_at, &image.id)
}

/// Keeps of each family the row of the original among those that are there.
pub(crate) fn one_row_each(state: &State, rows: &mut Vec<RowId>) {
    let sources = sources(state);
    let mut first: HashMap<Kin<'_>, &Image> = HashMap::new();
    for row in rows.iter() {
        let RowId::Image(id) = row else { continue };
        let Some(image) = state.facts.image(id) else { continue };
        let kept = first.entry(kind(sources.get(id).copied().unwrap_or(image))).or_insert(image);
        if standing(image) < standing(kept) {
            *kept = image;
        }
    }
    let kept: HashSet<&ImageId> = first.values().map(|image| &image.id).collect();
    rows.retain(|row| matches!(row, RowId::Image(id) if kept.contains(id)));
}

/// Regions where a job of ours made a copy and that were not read since: it may still be there.
pub(crate) fn unread<'a>(state: &'a State, image: &'a Image) -> impl Iterator<Item = &'a Region> {
    let root = source(state, &image.id).unwrap_or(image);
    let regions = state.facts.copies.get(&root.id).into_iter().flat_map(|copies| copies.keys());
    regions.filter(|region| **region != image.region && state.facts.images_known(region).is_err())
}

/// Each recorded copy with its source.
fn sources(state: &State) -> HashMap<&ImageId, &Image> {
    let copies = || state.facts.copies.iter().flat_map(|(of, all)| all.values().map(move |copy| (copy, of)));
    let nearest: HashMap<&ImageId, &ImageId> = copies().collect();
    let root = |copy: &ImageId| {
        let up = std::iter::successors(nearest.get(copy), |at| nearest.get(**at)).take(nearest.len());
        up.filter_map(|id| state.facts.image(id)).last()
    };
    copies().filter_map(|(copy, _)| Some((copy, root(copy)?))).collect()
}
