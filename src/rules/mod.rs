//! One gate: [`check`] tells what may be done and, when it may not, why and what to do first; [`clear`] is the only
//! way to a [`Cleared`] action, and nothing changes anything without one.
//!
//! Each row is a [`Code`], a small function in one of the files here, a sentence in English and one in Chinese in
//! [`crate::i18n`], and a link to the vendor's page.
//!
//! # How a verdict is made
//! - Reasons stand in this order: what only somebody outside can fix ([`Remedy::Outside`]), what nobody can fix
//!   ([`Remedy::None`]), what can be fixed here. Among equals the standing rules come first, then the receivers, the
//!   image, and destination by destination; within these the order of the table.
//! - A reason, note or acknowledgement whose args have `region` concerns that destination alone; a plan can drop it
//!   and keep the rest.
//! - A fact that is missing makes a verdict unknown only where it could turn it: the share list for cancelling and
//!   deleting, and for sharing once accounts are chosen; a destination's own images for a copy's name and slot; who
//!   we are for sharing with ourselves; what a region sells once a zone or an instance type is chosen. The server's quota is not waited for: until it is known, the documented
//!   figure holds. What [`Facts::probes`] would tell is not waited for either; it blocks once learnt.
//! - A row about the image's owner silences those that would only matter to an owner: for a received image nobody
//!   needs to read that its name is taken in the destination.

mod action;
mod code;
mod copies;
mod copy;
mod delete;
mod facts;
mod instances;
mod limits;
mod refusal;
mod rename;
mod rows;
mod share;
mod standing;
mod unshare;
mod verdict;

pub use action::{Action, Which};
pub use code::{Code, Sort};
pub use copies::CopyIn;
pub use copy::route;
pub use facts::{Facts, Probe, RegionFacts, Standing};
pub use limits::{Figure, Limit, Limits};
pub use refusal::{Refusal, drift, from_refusal, meanings, meanings_of, refusals};
pub use standing::quota_note;
pub use verdict::{
    Args, Cleared, Kind, Missing, Note, Reason, Remedy, Step, Verdict, cancel_first, clear, guided,
    guided_from,
};

use crate::model::{Image, ImageId};

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
