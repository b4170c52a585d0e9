//! Families: an image and its copies. Copies are those that a job of this journal made, and images that look the
//! same. The API keeps no record of copies.

use std::collections::{HashMap, HashSet};

use crate::{
    model::{Image, ImageId, ImageKind, ImageState, Region},
    tui::app::{state::State, table::RowId},
};

/// The key that copies of one image share.
type FamilyKey<'a> = (&'a str, u32, &'a str, &'a str);

/// Returns the key of an image. A copy that a job made under another name has its source's key.
fn key<'a>(state: &'a State, image: &'a Image) -> FamilyKey<'a> {
    kind(source(state, &image.id).unwrap_or(image))
}

fn kind(source: &Image) -> FamilyKey<'_> {
    (&source.name, source.size_gib, &source.os, &source.arch)
}

/// Returns the image from which jobs of this journal copied an image, through any number of copies.
pub(crate) fn source<'a>(state: &'a State, id: &ImageId) -> Option<&'a Image> {
    let mut found = None;
    let mut at = id;
    // The number of steps is bounded, because a wrong journal could contain a cycle.
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

/// Returns whether two own images belong to one family.
pub(crate) fn is_same_family(state: &State, one: &Image, other: &Image) -> bool {
    let own = one.kind == ImageKind::Own && other.kind == ImageKind::Own;
    own && (one.id == other.id || key(state, one) == key(state, other))
}

/// Returns the family of an own image, including itself: the original first, then by region. Returns only the image
/// itself if it is not an own image.
pub(crate) fn members<'a>(state: &'a State, image: &'a Image) -> Vec<&'a Image> {
    let mut all: Vec<&Image> = vec![image];
    if image.kind == ImageKind::Own {
        all.extend(source(state, &image.id).filter(|root| root.id != image.id));
        let mut n = 0;
        while let Some(member) = all.get(n).copied() {
            let made = state.facts.copies.get(&member.id).into_iter().flat_map(|copies| copies.values());
            let made = made.filter_map(|id| state.facts.image(id));
            for found in made.chain(state.facts.similar_images(member)) {
                if !all.iter().any(|known| known.id == found.id) && is_same_family(state, found, image) {
                    all.push(found);
                }
            }
            n += 1;
        }
    }
    all.sort_by(|a, b| sort_key(a).cmp(&sort_key(b)).then_with(|| a.region.cmp(&b.region)));
    // The original is first; the others are sorted by region.
    if let Some(copies) = all.get_mut(1..) {
        copies.sort_by(|a, b| a.region.cmp(&b.region).then_with(|| a.id.cmp(&b.id)));
    }
    all
}

/// Returns a sort key: the original of a family has the lowest. Copies are newer, and an image that cannot be used is
/// never the original.
fn sort_key(image: &Image) -> (bool, bool, Option<jiff::Timestamp>, &ImageId) {
    (image.state != ImageState::Normal, image.created_at.is_none(), image.created_at, &image.id)
}

/// Keeps one row of each family: the original, if it is among the rows.
pub(crate) fn keep_originals(state: &State, rows: &mut Vec<RowId>) {
    let sources = sources(state);
    let mut first: HashMap<FamilyKey<'_>, &Image> = HashMap::new();
    for row in rows.iter() {
        let RowId::Image(id) = row else { continue };
        let Some(image) = state.facts.image(id) else { continue };
        let kept = first.entry(kind(sources.get(id).copied().unwrap_or(image))).or_insert(image);
        if sort_key(image) < sort_key(kept) {
            *kept = image;
        }
    }
    let kept: HashSet<&ImageId> = first.values().map(|image| &image.id).collect();
    rows.retain(|row| matches!(row, RowId::Image(id) if kept.contains(id)));
}

/// Returns the regions in which a job of this journal made a copy and that were not read since. The copy may still
/// exist.
pub(crate) fn unread_regions<'a>(state: &'a State, image: &'a Image) -> impl Iterator<Item = &'a Region> {
    let root = source(state, &image.id).unwrap_or(image);
    let regions = state.facts.copies.get(&root.id).into_iter().flat_map(|copies| copies.keys());
    regions.filter(|region| **region != image.region && state.facts.images_known(region).is_err())
}

/// Returns the source of each recorded copy.
fn sources(state: &State) -> HashMap<&ImageId, &Image> {
    let copies = || state.facts.copies.iter().flat_map(|(of, all)| all.values().map(move |copy| (copy, of)));
    let nearest: HashMap<&ImageId, &ImageId> = copies().collect();
    let root = |copy: &ImageId| {
        let up = std::iter::successors(nearest.get(copy), |at| nearest.get(**at)).take(nearest.len());
        up.filter_map(|id| state.facts.image(id)).last()
    };
    copies().filter_map(|(copy, _)| Some((copy, root(copy)?))).collect()
}
