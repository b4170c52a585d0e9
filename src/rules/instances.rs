//! Rules for creating an instance, reinstalling one, and creating an image from one.

use super::{
    Action, Code, CopyLookup, Facts, Missing, Reason, Remedy, Verdict, args,
    common::{name_length, name_taken, no_slot, not_normal, owner_args, untrusted},
};
use crate::model::{Image, ImageId, ImageKind, Instance, InstanceId, InstanceState, Offer, Region};

/// Checks the creation of an instance. `chosen` is the zone and the instance type.
pub(super) fn launch(
    id: &ImageId,
    region: Option<&Region>,
    chosen: (Option<&str>, Option<&str>),
    facts: &Facts,
    out: &mut Verdict,
) {
    let Some(image) = super::image(id, facts, out) else { return };
    let region = region.unwrap_or(&image.region);
    if super::standing::is_known(region, facts) {
        out.reasons.extend(launch_other_region(image, region, facts));
        check_offers(region, chosen, facts, out);
    }
    out.reasons.extend(not_normal(Code::LaunchNotNormal, image));
    untrusted(Code::LaunchUntrusted, image, facts, out);
    own_shared(image, facts, out);
    deprecated(image, facts, out);
}

pub(super) fn reinstall(id: &InstanceId, image: Option<&ImageId>, facts: &Facts, out: &mut Verdict) {
    let instance = instance(id, facts, out);
    let image = image.and_then(|id| super::image(id, facts, out));
    if let (Some(instance), Some(image)) = (instance, image) {
        out.reasons.extend(reinstall_other_region(instance, image, facts));
    }
    if let Some(image) = image {
        out.reasons.extend(not_normal(Code::ReinstallNotNormal, image));
        untrusted(Code::ReinstallUntrusted, image, facts, out);
    }
    if let Some(instance) = instance {
        out.reasons.extend(state(Code::ReinstallState, instance));
        out.acknowledge(
            Code::ReinstallWipes,
            args! {
                "instance": instance.id.as_str(),
                "name": instance.name.as_str(),
                "disk_gib": instance.system_disk_gib,
            },
        );
    }
}

pub(super) fn capture(id: &InstanceId, name: Option<&str>, facts: &Facts, out: &mut Verdict) {
    if let Some(name) = name {
        out.reasons.extend(name_length(Code::CaptureNameLength, name, facts.standing.limits.name_length));
    }
    let Some(instance) = instance(id, facts, out) else { return };
    let region = &instance.region;
    if let Err(missing) = facts.images_known(region) {
        out.missing.push(missing);
    }
    out.reasons.extend(no_slot(Code::CaptureQuota, region, facts));
    if let Some(name) = name {
        out.reasons.extend(name_taken(Code::CaptureNameTaken, name, None, region, &[region], facts));
    }
    out.reasons.extend(state(Code::CaptureState, instance));
    received_content(instance, facts, out);
    out.notes.extend(super::quota_note(region, facts));
}

fn instance<'a>(id: &InstanceId, facts: &'a Facts, out: &mut Verdict) -> Option<&'a Instance> {
    let found = facts.instance(id);
    if found.is_none() {
        out.missing.push(Missing::Instance(id.clone()));
    }
    found
}

/// Blocks an image of another region. The remedy is to use the copy in `region`, or to make one if there is
/// none. Public images have the same ID in every region.
fn launch_other_region(image: &Image, region: &Region, facts: &Facts) -> Option<Reason> {
    if *region == image.region || image.kind == ImageKind::Public {
        return None;
    }
    let mut args =
        args! { "name": image.name.as_str(), "from": image.region.as_str(), "region": region.as_str() };
    let remedy = if image.kind == ImageKind::Own {
        args.insert("own", true.into());
        match copy_there(image, region, facts) {
            Some(copy) => Remedy::Choose(Some(copy.to_string())),
            None => Remedy::Do(Box::new(Action::Copy {
                image: image.id.clone(),
                to: vec![region.clone()],
                name: None,
            })),
        }
    } else {
        args = owner_args(image, facts, args);
        Remedy::Outside
    };
    Some(Reason { code: Code::LaunchOtherRegion, args, remedy })
}

fn reinstall_other_region(instance: &Instance, image: &Image, facts: &Facts) -> Option<Reason> {
    (instance.region != image.region && image.kind != ImageKind::Public).then(|| Reason {
        code: Code::ReinstallOtherRegion,
        args: args! {
            "name": image.name.as_str(),
            "from": image.region.as_str(),
            "instance": instance.id.as_str(),
            "region": instance.region.as_str(),
        },
        remedy: Remedy::Choose(copy_there(image, &instance.region, facts).map(ToString::to_string)),
    })
}

/// Returns the copy that a job made in `region`, or else a similar image.
fn copy_there<'a>(image: &'a Image, region: &Region, facts: &'a Facts) -> Option<&'a ImageId> {
    match facts.copy_in(image, region) {
        CopyLookup::Found(copy) => Some(&copy.id),
        CopyLookup::Unseen(id) => Some(id),
        CopyLookup::NotFound => {
            facts.similar_images(image).find(|i| i.region == *region && i.is_normal()).map(|i| &i.id)
        }
    }
}

/// Checks the chosen zone and instance type against what the region sells.
fn check_offers(
    region: &Region,
    (zone, instance_type): (Option<&str>, Option<&str>),
    facts: &Facts,
    out: &mut Verdict,
) {
    if (zone, instance_type) == (None, None) {
        return;
    }
    let Some(offers) = facts.offers(region) else {
        out.missing.push(Missing::Offers(region.clone()));
        return;
    };
    let sold: Vec<&Offer> = offers.iter().filter(|o| o.sold).collect();
    let wrong_zone = zone.and_then(|zone| launch_zone(zone, region, offers, &sold));
    // If the zone is invalid, check the instance type against the whole region instead.
    let zone = zone.filter(|_| wrong_zone.is_none());
    out.reasons.extend(wrong_zone);
    if let Some(wanted) = instance_type {
        out.reasons.extend(launch_type(wanted, zone, region, offers, &sold));
    }
}

/// The largest number of zones or types that a reason lists.
const MAX_SUGGESTIONS: usize = 5;

fn launch_zone(zone: &str, region: &Region, offers: &[Offer], sold: &[&Offer]) -> Option<Reason> {
    if sold.iter().any(|o| o.zone == zone) {
        return None;
    }
    let mut args = args! { "zone": zone, "region": region.as_str() };
    if offers.iter().any(|o| o.zone == zone) {
        args.insert("sold_out", true.into());
    }
    let zones = nearest(sold.iter().map(|o| (0, o.zone.as_str())), zone);
    let suggestion = zones.first().map(ToString::to_string);
    if !zones.is_empty() {
        args.insert("zones", zones.into());
    }
    Some(Reason { code: Code::LaunchZone, args, remedy: Remedy::Choose(suggestion) })
}

/// Checks the instance type in `zone`, or in the whole region if no zone is given.
fn launch_type(
    wanted: &str,
    zone: Option<&str>,
    region: &Region,
    offers: &[Offer],
    sold: &[&Offer],
) -> Option<Reason> {
    let here = |o: &Offer| zone.is_none_or(|zone| o.zone == zone);
    if sold.iter().any(|o| here(o) && o.instance_type == wanted) {
        return None;
    }
    let mut args = args! { "type": wanted, "place": zone.unwrap_or(region.as_str()) };
    let known = offers.iter().find(|o| o.instance_type == wanted);
    if offers.iter().any(|o| here(o) && o.instance_type == wanted) {
        args.insert("sold_out", true.into());
    }
    let elsewhere = sold.iter().filter(|o| o.instance_type == wanted).map(|o| (0, o.zone.as_str()));
    let elsewhere = nearest(elsewhere, zone.unwrap_or_default());
    if !elsewhere.is_empty() {
        args.insert("elsewhere", elsewhere.into());
    }
    // Severity types of similar size first if the size of the wanted type is known, then types with a similar
    // name.
    let size = |o: &Offer| {
        known.map_or(0, |k| k.cpu.abs_diff(o.cpu).saturating_add(k.memory_gib.abs_diff(o.memory_gib)))
    };
    let types = sold.iter().filter(|o| here(o)).map(|o| (size(o), o.instance_type.as_str()));
    let types = nearest(types, wanted);
    let suggestion = types.first().map(ToString::to_string);
    if !types.is_empty() {
        args.insert("types", types.into());
    }
    Some(Reason { code: Code::LaunchType, args, remedy: Remedy::Choose(suggestion) })
}

/// Returns up to `MAX_SUGGESTIONS` distinct texts, ordered by rank and then by edit distance to `wanted`.
fn nearest<'a>(all: impl Iterator<Item = (u32, &'a str)>, wanted: &str) -> Vec<&'a str> {
    let mut all: Vec<(u32, usize, &str)> =
        all.map(|(rank, text)| (rank, super::standing::distance(text, wanted), text)).collect();
    all.sort_unstable();
    all.dedup();
    all.into_iter().map(|(_, _, text)| text).take(MAX_SUGGESTIONS).collect()
}

fn own_shared(image: &Image, facts: &Facts, out: &mut Verdict) {
    if image.kind != ImageKind::Own {
        return;
    }
    if let Some(shares) = facts.shares(&image.id).filter(|s| !s.is_empty()) {
        out.note(Code::LaunchOwnShared, args! { "name": image.name.as_str(), "shared": shares.len() });
    }
}

/// Notes that the image is deprecated, with the newest usable image of its family, if there is one.
fn deprecated(image: &Image, facts: &Facts, out: &mut Verdict) {
    if !image.deprecated {
        return;
    }
    let newest = image.family.as_ref().and_then(|family| {
        facts
            .images()
            .filter(|i| i.region == image.region && i.kind == image.kind && i.id != image.id)
            .filter(|i| i.family.as_ref() == Some(family) && !i.deprecated && i.is_normal())
            .max_by_key(|i| (i.created_at, i.id.clone()))
    });
    let mut args = args! { "name": image.name.as_str() };
    if let Some(newest) = newest {
        args.insert("newest", newest.name.as_str().into());
        args.insert("newest_id", newest.id.as_str().into());
    }
    out.note(Code::LaunchDeprecated, args);
}

/// Blocks an instance that is neither running nor stopped, or that has an operation in progress. During a
/// reinstallation the state remains RUNNING.
fn state(code: Code, instance: &Instance) -> Option<Reason> {
    let mut args = args! { "instance": instance.id.as_str(), "state": instance.state.as_str() };
    match &instance.latest_operation {
        Some((operation, state)) if state == "OPERATING" => {
            args.insert("operation", operation.as_str().into());
        }
        _ if matches!(instance.state, InstanceState::Other(_)) => {}
        _ => return None,
    }
    Some(Reason { code, args, remedy: Remedy::Wait })
}

/// Warns that the instance runs another account's image. An image created from it contains that account's
/// content.
fn received_content(instance: &Instance, facts: &Facts, out: &mut Verdict) {
    let source = instance.image.as_ref().and_then(|id| facts.image(id));
    if let Some(source) = source.filter(|i| i.kind == ImageKind::Received) {
        let args = owner_args(
            source,
            facts,
            args! { "name": source.name.as_str(), "instance": instance.id.as_str() },
        );
        out.note(Code::CaptureReceivedContent, args);
    }
}
