//! Rules that several actions share. The caller passes the code.

use super::{Args, Code, Facts, Limits, Reason, Remedy, Verdict, args};
use crate::model::{Image, ImageId, ImageKind, ImageState, Region, RuleSet, Trust};

/// Adds the number and the label of a received image's owner to `args`, if they are known.
pub(super) fn owner_args(image: &Image, facts: &Facts, mut args: Args) -> Args {
    if let Some(owner) = image.owner() {
        args.insert("owner_name", facts.account_name(&owner).into());
        args.insert("owner", owner.to_string().into());
    }
    args
}

/// The `*.not-normal` rules: adds the state, its percentage, and whether waiting helps.
pub(super) fn not_normal(code: Code, image: &Image) -> Option<Reason> {
    if image.is_normal() {
        return None;
    }
    let mut args = args! { "name": image.name.as_str(), "state": image.state.as_str() };
    if image.state.is_transitional()
        && let Some(percent) = image.sync_percent
    {
        args.insert("percent", percent.into());
    }
    let failed = matches!(image.state, ImageState::CreateFailed | ImageState::ImportFailed);
    let remedy = if failed { Remedy::None } else { Remedy::Wait };
    Some(Reason { code, args, remedy })
}

/// The `*.name-length` rules for required names: the name must not be empty or too long.
pub(super) fn name_length(code: Code, name: &str, limit: u32) -> Option<Reason> {
    if name.is_empty() {
        let args = args! { "empty": true, "limit": limit };
        return Some(Reason { code, args, remedy: Remedy::Choose(None) });
    }
    too_long(code, name, limit)
}

/// The `*.name-length` and `*.description-length` rules. The length is counted in characters, not in bytes.
pub(super) fn too_long(code: Code, text: &str, limit: u32) -> Option<Reason> {
    let length = text.chars().count();
    (length > limit as usize).then(|| Reason {
        code,
        args: args! { "length": length, "limit": limit },
        remedy: Remedy::Choose(None),
    })
}

/// The `*.name-taken` rules: another own image in the region has the name. The remedy suggests a name that is
/// free in all of `regions`.
pub(super) fn name_taken(
    code: Code,
    name: &str,
    except: Option<&ImageId>,
    region: &Region,
    regions: &[&Region],
    facts: &Facts,
) -> Option<Reason> {
    let holder = facts.own_named(region, name).filter(|i| Some(&i.id) != except)?;
    Some(Reason {
        code,
        args: args! { "name": name, "region": region.as_str(), "image": holder.id.as_str() },
        remedy: Remedy::Choose(Some(free_name(name, regions, facts))),
    })
}

/// Returns the name with the smallest numeric suffix that is free in all regions and not too long.
fn free_name(name: &str, regions: &[&Region], facts: &Facts) -> String {
    let limit = facts.standing.limits.name_length as usize;
    let mut n = 2u32;
    loop {
        let tail = format!("-{n}");
        let head: String = name.chars().take(limit.saturating_sub(tail.len())).collect();
        let candidate = format!("{head}{tail}");
        if regions.iter().all(|r| facts.own_named(r, &candidate).is_none()) {
            return candidate;
        }
        n += 1;
    }
}

/// The `*.quota` rules: the region has no free slot for another own image. Lists the oldest images in the
/// region that are known to have no shares.
pub(super) fn no_slot(code: Code, region: &Region, facts: &Facts) -> Option<Reason> {
    let mut reason = no_slot_without_candidates(code, region, facts)?;
    let mut unshared: Vec<&Image> =
        facts.unshared().filter(|i| i.region == *region && i.kind == ImageKind::Own).collect();
    unshared.sort_by_key(|i| (i.created_at.is_none(), i.created_at, i.id.clone()));
    let oldest: Vec<&str> = unshared.iter().take(3).map(|i| i.name.as_str()).collect();
    if !oldest.is_empty() {
        reason.args.insert("oldest", oldest.into());
    }
    Some(reason)
}

/// Like [`no_slot`], but without the list of images. Used for many regions at once.
pub(super) fn no_slot_without_candidates(code: Code, region: &Region, facts: &Facts) -> Option<Reason> {
    let known = facts.regions.get(region)?;
    let own = known.own;
    let quota = facts.image_quota(region);
    if own < quota {
        return None;
    }
    let newer = Limits::documented(RuleSet::Current).images_per_region;
    let documented = known.quota.is_none() && facts.standing.rules == RuleSet::Faq;
    let remedy = if documented && own < newer { Remedy::CurrentRules(newer) } else { Remedy::Choose(None) };
    Some(Reason { code, args: args! { "region": region.as_str(), "own": own, "quota": quota }, remedy })
}

/// The `*.untrusted` rules: a received image of an untrusted account needs an acknowledgement, or blocks if
/// the profile enforces trust.
pub(super) fn untrusted(code: Code, image: &Image, facts: &Facts, out: &mut Verdict) {
    if image.kind != ImageKind::Received
        || image.owner().is_some_and(|owner| facts.standing.trusted.contains(&owner))
    {
        return;
    }
    let args = args! { "name": image.name.as_str(), "region": image.region.as_str() };
    let args = owner_args(image, facts, args);
    match facts.standing.trust {
        Trust::Audit => out.acknowledge(code, args),
        Trust::Enforce => out.block(code, args, Remedy::Choose(None)),
    }
}

/// Removes duplicates and keeps the order.
pub(super) fn unique<T: Ord + Clone>(all: impl IntoIterator<Item = T>) -> Vec<T> {
    let mut seen = std::collections::BTreeSet::new();
    all.into_iter().filter(|x| seen.insert(x.clone())).collect()
}
