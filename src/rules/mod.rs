//! One gate: [`check`] tells what may be done and, when it may not, why and what to do first; [`clear`] is the only
//! way to a [`Cleared`] action, and nothing changes anything without one.
//!
//! The table is design/rules.md: each row is a [`Code`], a small function in one of the files here, a sentence in
//! English and one in Chinese in [`crate::words`], and a link to the vendor's page.
//!
//! # How a verdict is made
//! - Reasons stand in this order: what only somebody outside can mend ([`Remedy::Outside`]), what nothing mends
//!   ([`Remedy::None`]), what can be mended here. Among equals the standing rules come first, then the order of
//!   the table.
//! - A reason, note or acknowledgement whose args have `region` concerns that destination alone; a plan can drop it
//!   and keep the rest.
//! - A fact that is missing makes a verdict unknown only where it could turn it: the share list for cancelling and
//!   deleting, and for sharing once accounts are chosen; a destination's own images for a copy's name and slot; who
//!   we are for sharing with ourselves. The server's quota is not waited for: until it is known, the documented
//!   figure holds. What [`Facts::probes`] would tell is not waited for either; it blocks once learnt.
//! - A row about the image's owner silences those that would only matter to an owner: for a received image nobody
//!   needs to read that its name is taken in the destination.

mod action;
mod code;
mod copy;
mod delete;
mod facts;
mod instances;
mod limits;
mod refusal;
mod rename;
mod share;
mod standing;
mod unshare;
mod verdict;

pub use action::{Action, Which};
pub use code::{Code, Sort};
pub use facts::{Facts, Probe, RegionFacts, Standing};
pub use limits::{Figure, Limit, Limits};
pub use refusal::{api_actions, from_refusal, refusals};
pub use standing::quota_note;
pub use verdict::{Args, Cleared, Kind, Missing, Note, Reason, Remedy, Verdict, clear};

use crate::model::{Image, ImageId, Region};

/// Fills [`Args`] from pairs.
macro_rules! args {
    ($($key:tt: $value:expr),* $(,)?) => {{
        #[allow(unused_mut)]
        let mut all = $crate::rules::Args::new();
        $(all.insert($key, serde_json::Value::from($value));)*
        all
    }};
}
use args;

/// The verdict on an action, from what is known now. Pure: the same facts give the same verdict.
pub fn check(action: &Action, facts: &Facts) -> Verdict {
    let mut out = Verdict::default();
    standing::check(action, facts, &mut out);
    match action {
        Action::Share { image, with } => share::share(image, with, facts, &mut out),
        Action::Distribute { image, with, regions } => {
            share::distribute(image, with, regions, facts, &mut out);
        }
        Action::Copy { image, to, name } => copy::check(image, to, name.as_deref(), facts, &mut out),
        Action::Unshare { image, which } => unshare::check(image, which, facts, &mut out),
        Action::Delete { image, with_snapshots } => delete::check(image, *with_snapshots, facts, &mut out),
        Action::Rename { image, name, description } => {
            rename::check(image, name.as_deref(), description.as_deref(), facts, &mut out);
        }
        Action::Launch { image, region, .. } => instances::launch(image, region.as_ref(), facts, &mut out),
        Action::Reinstall { instance, image } => {
            instances::reinstall(instance, image.as_ref(), facts, &mut out);
        }
        Action::Capture { instance, name } => {
            instances::capture(instance, name.as_deref(), facts, &mut out);
        }
    }
    out.reasons.sort_by_key(|r| r.remedy.reach());
    out.missing.sort();
    out.missing.dedup();
    out
}

/// The image, or the note that it has to be fetched.
fn image<'a>(id: &ImageId, facts: &'a Facts, out: &mut Verdict) -> Option<&'a Image> {
    let found = facts.image(id);
    if found.is_none() {
        out.missing.push(Missing::Image(id.clone()));
    }
    found
}

/// The owner of a received image: number and name, where they are known.
fn owner_args(image: &Image, facts: &Facts, mut args: Args) -> Args {
    if let Some(owner) = image.owner() {
        args.insert("owner_name", facts.account_name(&owner).into());
        args.insert("owner", owner.to_string().into());
    }
    args
}

/// For the `*.not-normal` rows: the state with its percent, and whether waiting helps.
fn not_normal(code: Code, image: &Image) -> Option<Reason> {
    if image.is_normal() {
        return None;
    }
    let mut args = args! { "name": image.name.as_str(), "state": image.state.as_str() };
    if image.state.is_moving()
        && let Some(percent) = image.sync_percent
    {
        args.insert("percent", percent.into());
    }
    let failed = matches!(
        image.state,
        crate::model::ImageState::CreateFailed | crate::model::ImageState::ImportFailed
    );
    let remedy = if failed { Remedy::None } else { Remedy::Wait };
    Some(Reason { code, args, remedy })
}

/// For the `*.name-length` and `*.description-length` rows. Characters are counted, not bytes.
fn too_long(code: Code, text: &str, limit: u32) -> Option<Reason> {
    let length = text.chars().count();
    (length > limit as usize).then(|| Reason {
        code,
        args: args! { "length": length, "limit": limit },
        remedy: Remedy::Choose(None),
    })
}

/// For the `*.name-taken` rows: an own image of that name in the region, other than the image itself. The remedy
/// suggests a name that is free in all of `regions`.
fn name_taken(
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

/// The name with the smallest number behind it that is free in all the regions and not too long.
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

/// For the `*.quota` rows: a region without a free slot for one more own image, with the oldest images there that are
/// known to be shared with nobody.
fn no_slot(code: Code, region: &Region, facts: &Facts) -> Option<Reason> {
    let own = facts.regions.get(region)?.own;
    let quota = facts.image_quota(region);
    if own < quota {
        return None;
    }
    let mut unshared: Vec<&Image> = facts
        .images()
        .filter(|i| i.region == *region && i.kind == crate::model::ImageKind::Own)
        .filter(|i| facts.shares(&i.id).is_some_and(<[_]>::is_empty))
        .collect();
    unshared.sort_by_key(|i| (i.created_at.is_none(), i.created_at, i.id.clone()));
    let oldest: Vec<&str> = unshared.iter().take(3).map(|i| i.name.as_str()).collect();
    let mut args = args! { "region": region.as_str(), "own": own, "quota": quota };
    if !oldest.is_empty() {
        args.insert("oldest", oldest.into());
    }
    Some(Reason { code, args, remedy: Remedy::Choose(None) })
}

/// Each once, in the order given.
fn each_once<T: Ord>(all: impl IntoIterator<Item = T>) -> Vec<T>
where
    T: Clone,
{
    let mut seen = std::collections::BTreeSet::new();
    all.into_iter().filter(|x| seen.insert(x.clone())).collect()
}
