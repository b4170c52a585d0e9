//! Decides which actions are allowed.
//!
//! [`check`] returns a [`Verdict`]: whether an action is possible and, if not, why and what to do first.
//! [`clear`] is the only way to get a [`Cleared`] action, and only a cleared action may change the cloud.
//!
//! Each rule has a [`Code`], a function in this folder, a message in [`crate::i18n`], and a link to the
//! vendor's page.
//!
//! # How a verdict is made
//! - Reasons are sorted: first those that only somebody else can fix ([`Remedy::Outside`]), then those that
//!   nothing can fix ([`Remedy::None`]), then all others. Within each group the rules for every action come
//!   first, then the rules of the receivers, of the image, and of each destination.
//! - A reason, note or acknowledgement with the argument `region` concerns only that destination. A plan can
//!   drop the destination and keep the others.
//! - A missing fact makes a verdict unknown only if it could change the verdict: the share list, for
//!   cancelling and deleting, and for sharing once accounts are chosen; the own images of a destination, for
//!   the name and the quota of a copy; the identity, for sharing with the own account; the instance types of
//!   a region, once a zone or a type is chosen. Verdicts do not wait for the server's quota; they use the
//!   documented limit until it is known. Verdicts do not wait for [`Facts::probes`] either; a probe blocks as
//!   soon as it is known.
//! - If a rule about the owner of the image blocks, rules that matter only to an owner are left out. For
//!   example, the name of a received image is not checked in the destination.

mod action;
mod code;
mod common;
mod copies;
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

pub use action::{Action, ShareSelection};
pub use code::{Code, Severity};
pub use copies::CopyLookup;
pub use copy::route;
pub use facts::{Facts, Probe, RegionFacts, Standing};
pub use limits::{Figure, Limit, Limits};
pub use refusal::{Refusal, drift, from_refusal, meanings, meanings_of, refusals};
pub use standing::quota_note;
pub use verdict::{
    Args, Cleared, Missing, Note, Reason, Remedy, Step, Verdict, VerdictKind, cancel_first, clear, guided,
    guided_from,
};

use crate::model::{Image, ImageId};

/// Builds [`Args`] from pairs.
macro_rules! args {
    ($($key:tt: $value:expr),* $(,)?) => {{
        #[allow(unused_mut)]
        let mut all = $crate::rules::Args::new();
        $(all.insert($key, serde_json::Value::from($value));)*
        all
    }};
}
use args;

/// Returns the verdict on an action. Pure: the same facts give the same verdict.
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
        Action::Launch { image, region, zone, instance_type, .. } => {
            let chosen = (zone.as_deref(), instance_type.as_deref());
            instances::launch(image, region.as_ref(), chosen, facts, &mut out);
        }
        Action::Reinstall { instance, image } => {
            instances::reinstall(instance, image.as_ref(), facts, &mut out);
        }
        Action::Capture { instance, name } => {
            instances::capture(instance, name.as_deref(), facts, &mut out);
        }
    }
    out.reasons.sort_by_key(|r| r.remedy.sort_key());
    out.missing.sort();
    out.missing.dedup();
    out
}

/// Looks up an image. If it has not been seen, adds it to the missing facts.
fn image<'a>(id: &ImageId, facts: &'a Facts, out: &mut Verdict) -> Option<&'a Image> {
    let found = facts.image(id);
    if found.is_none() {
        out.missing.push(Missing::Image(id.clone()));
    }
    found
}
