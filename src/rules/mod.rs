//! One gate: [`check`] tells what may be done and, when it may not, why and what to do first; [`clear`] is the only
//! way to a [`Cleared`] action, and nothing changes anything without one.
//!
//! The table is design/rules.md: each row is a [`Code`], a small function in one of the files here, a sentence in
//! English and one in Chinese in [`crate::words`], and a link to the vendor's page.

mod action;
mod code;
mod facts;
mod limits;
mod verdict;

pub use action::{Action, Which};
pub use code::{Code, Sort};
pub use facts::{Facts, Probe, RegionFacts, Standing};
pub use limits::Limits;
pub use verdict::{Args, Cleared, Kind, Missing, Note, Reason, Remedy, Verdict, clear};

/// The verdict on an action, from what is known now. Pure: the same facts give the same verdict.
pub fn check(action: &Action, facts: &Facts) -> Verdict {
    let _ = (action, facts);
    Verdict::default()
}
