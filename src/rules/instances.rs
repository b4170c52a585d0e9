//! Creating an instance, reinstalling one, making an image from one.

use super::{
    Action, Code, Facts, Missing, Reason, Remedy, Verdict, args,
    rows::{name_length, name_taken, no_slot, not_normal, owner_args},
};
use crate::model::{Image, ImageId, ImageKind, Instance, InstanceId, InstanceState, Region, Trust};

pub(super) fn launch(id: &ImageId, region: Option<&Region>, facts: &Facts, out: &mut Verdict) {
    let Some(image) = super::image(id, facts, out) else { return };
    if let Some(region) = region.filter(|r| super::standing::is_known(r, facts)) {
        out.reasons.extend(launch_other_region(image, region, facts));
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
        out.ask(
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

/// An own image is copied there first; where our copy is there already, it is the one to choose. Public images are in
/// every region under the same id.
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

fn copy_there<'a>(image: &Image, region: &Region, facts: &'a Facts) -> Option<&'a ImageId> {
    let id = facts.copies.get(&image.id)?.get(region)?;
    // A complete read of the region that lacks it means that it is gone.
    (facts.image(id).is_some() || facts.images_known(region).is_err()).then_some(id)
}

/// A received image of an account that is not trusted: a risk to accept, or a block where the profile says so.
fn untrusted(code: Code, image: &Image, facts: &Facts, out: &mut Verdict) {
    if image.kind != ImageKind::Received
        || image.owner().is_some_and(|owner| facts.standing.trusted.contains(&owner))
    {
        return;
    }
    let args = owner_args(image, facts, args! { "name": image.name.as_str() });
    match facts.standing.trust {
        Trust::Audit => out.ask(code, args),
        Trust::Enforce => out.block(code, args, Remedy::Choose(None)),
    }
}

fn own_shared(image: &Image, facts: &Facts, out: &mut Verdict) {
    if image.kind != ImageKind::Own {
        return;
    }
    if let Some(shares) = facts.shares(&image.id).filter(|s| !s.is_empty()) {
        out.note(Code::LaunchOwnShared, args! { "name": image.name.as_str(), "shared": shares.len() });
    }
}

/// The newest of the family that is ready and not deprecated, where there is one.
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

/// It has to be up or down, and nothing may be at work on it: a reinstallation leaves it RUNNING meanwhile.
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

/// The instance runs another account's image: the new one carries that content on.
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
