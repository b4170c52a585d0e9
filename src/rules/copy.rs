//! Rules for copying an image to other regions.

use super::{
    Code, Facts, Reason, Remedy, Verdict, args,
    common::{
        name_taken, no_slot, no_slot_without_candidates, not_normal, owner_args, too_long, unique, untrusted,
    },
};
use crate::model::{Catalog, CopyGroup, Image, ImageId, ImageKind, Region};

/// Checks a copy. An empty `to` asks whether the image can be copied at all. An empty `name` means the name
/// of the source.
pub(super) fn check(id: &ImageId, to: &[Region], name: Option<&str>, facts: &Facts, out: &mut Verdict) {
    let Some(image) = super::image(id, facts, out) else { return };
    let to: Vec<&Region> = unique(to);
    out.reasons.extend(public(image));
    if image.kind == ImageKind::Public {
        return;
    }
    out.reasons.extend(received(image, &to, facts));
    out.reasons.extend(not_normal(Code::CopyNotNormal, image));
    // Copying an encrypted image within its own region is allowed; a received image becomes an own image that
    // way.
    let leaves = to.iter().any(|r| **r != image.region) || (to.is_empty() && image.kind == ImageKind::Own);
    if leaves {
        out.reasons.extend(encrypted(image, facts));
    }
    out.reasons.extend(whole_machine(image, facts));
    let possible: Vec<&Region> = match image.kind {
        ImageKind::Received => to.iter().filter(|r| ***r == image.region).copied().collect(),
        _ => to.clone(),
    };
    if image.kind == ImageKind::Received && (to.is_empty() || !possible.is_empty()) {
        untrusted(Code::CopyUntrusted, image, facts, out);
        let args = args! { "name": image.name.as_str(), "region": image.region.as_str() };
        out.note(Code::CopyReceivedOwn, args);
    }
    let given = name.filter(|n| !n.is_empty());
    let name = given.unwrap_or(&image.name);
    if given.is_some() || !to.is_empty() {
        out.reasons.extend(too_long(Code::CopyNameLength, name, facts.standing.limits.name_length));
    }
    out.reasons.extend(too_long(
        Code::CopyDescriptionLength,
        &image.description,
        facts.standing.limits.description_length,
    ));
    to_regions(image, &possible, name, facts, out);
    if to.is_empty() {
        out.note(Code::CopyStorage, args! { "size_gib": image.size_gib });
    }
}

/// Adds the rules of each destination and the cost of the copies.
pub(super) fn to_regions(image: &Image, to: &[&Region], name: &str, facts: &Facts, out: &mut Verdict) {
    for region in to {
        if **region == image.region {
            out.reasons.extend(same_region(image));
            if image.kind == ImageKind::Own {
                continue;
            }
        }
        out.reasons.extend(between(&image.region, region));
        if !super::standing::is_known(region, facts) {
            continue;
        }
        if let Err(missing) = facts.images_known(region) {
            out.missing.push(missing);
        }
        out.reasons.extend(name_taken(Code::CopyNameTaken, name, None, region, to, facts));
        out.reasons.extend(no_slot(Code::CopyQuota, region, facts));
        out.notes.extend(super::quota_note(region, facts));
    }
    if !to.is_empty() {
        let total = u64::from(image.size_gib) * to.len() as u64;
        out.note(
            Code::CopyStorage,
            args! { "size_gib": image.size_gib, "regions": to.len(), "total_gib": total },
        );
    }
}

/// Returns the reasons that block every copy from one region to another, regardless of the image. [`super::check`]
/// applies the same rules to a copy.
pub fn route(from: &Region, to: &Region, facts: &Facts) -> Vec<Reason> {
    let mut reasons = between(from, to);
    reasons.extend(no_slot_without_candidates(Code::CopyQuota, to, facts));
    reasons
}

fn between(from: &Region, to: &Region) -> Vec<Reason> {
    [cross_border(from, to), finance(from, to), no_copy_region(to)].into_iter().flatten().collect()
}

/// A received image can be copied only within its own region, where it becomes an own image.
fn received(image: &Image, to: &[&Region], facts: &Facts) -> Vec<Reason> {
    if image.kind != ImageKind::Received {
        return Vec::new();
    }
    let elsewhere = to.iter().filter(|r| ***r != image.region);
    elsewhere
        .map(|region| {
            let args = args! {
                "name": image.name.as_str(),
                "from": image.region.as_str(),
                "region": region.as_str(),
            };
            Reason { code: Code::CopyReceived, args: owner_args(image, facts, args), remedy: Remedy::Outside }
        })
        .collect()
}

fn public(image: &Image) -> Option<Reason> {
    (image.kind == ImageKind::Public).then(|| Reason {
        code: Code::CopyPublic,
        args: args! { "name": image.name.as_str() },
        remedy: Remedy::None,
    })
}

fn encrypted(image: &Image, facts: &Facts) -> Option<Reason> {
    facts.probes.get(&image.id).filter(|p| p.encrypted).map(|_| Reason {
        code: Code::CopyEncrypted,
        args: args! { "name": image.name.as_str() },
        remedy: Remedy::Outside,
    })
}

fn whole_machine(image: &Image, facts: &Facts) -> Option<Reason> {
    facts.probes.get(&image.id).filter(|p| p.whole_machine).map(|_| Reason {
        code: Code::CopyWholeMachine,
        args: args! { "name": image.name.as_str() },
        remedy: Remedy::Outside,
    })
}

fn same_region(image: &Image) -> Option<Reason> {
    (image.kind == ImageKind::Own).then(|| Reason {
        code: Code::CopySameRegion,
        args: args! { "name": image.name.as_str(), "region": image.region.as_str() },
        remedy: Remedy::Choose(None),
    })
}

/// Returns the copy groups of both regions. Returns `None` if the catalogue lacks one of them; the server
/// then decides.
fn groups(from: &Region, region: &Region) -> Option<(CopyGroup, CopyGroup)> {
    let catalog = Catalog::get();
    Some((catalog.region(from)?.group, catalog.region(region)?.group))
}

fn cross_border(from: &Region, region: &Region) -> Option<Reason> {
    let ends = groups(from, region)?;
    matches!(ends, (CopyGroup::Mainland, CopyGroup::Overseas) | (CopyGroup::Overseas, CopyGroup::Mainland))
        .then(|| {
            let mainland = if ends.0 == CopyGroup::Mainland { from } else { region };
            Reason {
                code: Code::CopyCrossBorder,
                args: args! {
                    "from": from.as_str(),
                    "region": region.as_str(),
                    "mainland": mainland.as_str(),
                },
                remedy: Remedy::Outside,
            }
        })
}

fn finance(from: &Region, region: &Region) -> Option<Reason> {
    let ends = groups(from, region)?;
    ((ends.0 == CopyGroup::Finance) != (ends.1 == CopyGroup::Finance)).then(|| {
        let finance = if ends.0 == CopyGroup::Finance { from } else { region };
        Reason {
            code: Code::CopyFinance,
            args: args! {
                "from": from.as_str(),
                "region": region.as_str(),
                "finance": finance.as_str(),
            },
            remedy: Remedy::Outside,
        }
    })
}

fn no_copy_region(region: &Region) -> Option<Reason> {
    let info = Catalog::get().region(region)?;
    (!info.receives_copies).then(|| Reason {
        code: Code::CopyNoCopyRegion,
        args: args! { "region": region.as_str() },
        remedy: Remedy::Choose(None),
    })
}
