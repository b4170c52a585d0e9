//! From what a person wants to cells and edges: everything that stands in the way at once, and what would be done.
//! Pure, and changes nothing; the only way from here to a [`Job`](super::Job) is through [`clear`](crate::rules::clear).

mod make;
mod start;
#[cfg(test)]
mod tests;
mod world;

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;

use crate::{
    model::{ImageId, Receiver, Region, Uin},
    rules::{Action, Args, Code, Missing, Note, Reason, Remedy, Verdict},
};

/// What a person decided about one region.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Choice {
    /// The image that is there is a copy of this one: share it, copy nothing.
    Reuse(ImageId),
    /// Copy under this name.
    CopyAs(String),
    /// Leave the region out.
    Drop,
}

/// What a person wants.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Goal {
    /// The own image to copy and share.
    pub image: ImageId,
    /// Who gets it. `UIN@R` needs it in R alone; `UIN` in all of `regions`, or, where none are given, in the image's own.
    pub with: Vec<Receiver>,
    /// Regions to have it in, whether or not a receiver names them.
    pub regions: Vec<Region>,
    /// What was decided about regions.
    pub choices: BTreeMap<Region, Choice>,
    /// Accounts left out of a region.
    pub dropped: BTreeSet<(Region, Uin)>,
}

impl Goal {
    /// An image for receivers, in these regions beside those that the receivers name; nothing decided yet.
    pub fn new(image: ImageId, with: Vec<Receiver>, regions: Vec<Region>) -> Self {
        Self { image, with, regions, choices: BTreeMap::new(), dropped: BTreeSet::new() }
    }
}

/// What a region needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CellKind {
    /// It is the source's own region.
    Here(ImageId),
    /// A copy is there: a job of ours made it, or the person said so.
    Copied(ImageId),
    /// An own image of the same name, size and system is there, and nothing tells that it is a copy: ask.
    LooksLike(ImageId),
    /// A copy is to be made.
    Copy {
        /// Under this name.
        name: String,
    },
    /// The person left it out.
    Dropped,
    /// It cannot be done as it stands; the findings say why.
    Blocked,
}

/// One region of a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanCell {
    /// Where.
    pub region: Region,
    /// What it needs.
    pub kind: CellKind,
}

/// What an account in a region needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EdgeKind {
    /// A share.
    Add,
    /// Nothing: the image there is shared with it already, since then.
    Already(Option<Timestamp>),
    /// The person left it out, or its region.
    Dropped,
    /// It cannot be done as it stands; the findings say why.
    Blocked,
}

/// An account as it was given: its ID, or the text that is none.
pub type Account = Result<Uin, String>;

/// One account in one region of a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanEdge {
    /// Where.
    pub region: Region,
    /// Who.
    pub account: Account,
    /// What it needs.
    pub kind: EdgeKind,
}

/// What a finding is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cause {
    /// A rule says no.
    Rule(Reason),
    /// An image that looks like a copy holds the name: reuse it, copy under another name, or leave the region out.
    LooksLike {
        /// The image that is there.
        image: ImageId,
        /// Where.
        region: Region,
        /// Its name, and what the copy would be called.
        name: String,
        /// A name that is free there.
        suggestion: String,
    },
}

impl Cause {
    /// The reason that it is; a question is put as a name that is taken, with the free name as the way out.
    pub fn reason(&self) -> Reason {
        match self {
            Self::Rule(reason) => reason.clone(),
            Self::LooksLike { image, region, name, suggestion } => {
                name_taken(image, region, name, suggestion)
            }
        }
    }
}

/// Something that stands in the way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanFinding {
    /// Where; nothing where it concerns the whole.
    pub region: Option<Region>,
    /// Who, where it concerns one account.
    pub account: Option<Account>,
    /// What.
    pub cause: Cause,
    /// Nothing can start while it stands.
    pub blocking: bool,
}

/// What would be done, and all that stands in the way.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Plan {
    /// The source's region first where it takes part, then in the order in which they were asked for.
    pub cells: Vec<PlanCell>,
    /// By cell, then in the order of the receivers.
    pub edges: Vec<PlanEdge>,
    /// All of them.
    pub findings: Vec<PlanFinding>,
    /// Facts to fetch; afterwards the plan is made again.
    pub missing: Vec<Missing>,
    /// GiB that the copies will take, in all regions together.
    pub bytes_gib: u32,
    /// Risks that a person has to accept.
    pub acknowledge: Vec<Note>,
    /// Things to know.
    pub notes: Vec<Note>,
}

impl Plan {
    /// Whether it can start: nothing stands in the way, nothing is unknown, and there is something to do.
    pub fn is_ready(&self) -> bool {
        self.missing.is_empty() && !self.findings.iter().any(|f| f.blocking) && self.has_work()
    }

    /// The kind of a region's cell.
    pub fn cell_kind(&self, region: &Region) -> Option<&CellKind> {
        self.cells.iter().find(|c| c.region == *region).map(|c| &c.kind)
    }

    /// All that stands in the way, as a verdict.
    pub fn verdict(&self) -> Verdict {
        Verdict {
            reasons: self.findings.iter().filter(|f| f.blocking).map(|f| f.cause.reason()).collect(),
            notes: self.notes.clone(),
            acknowledge: self.acknowledge.clone(),
            missing: self.missing.clone(),
        }
    }

    /// What remains to be done, as the one action that the rules are asked to clear. With nobody to share with, it is a
    /// copy and no more.
    pub fn action(&self, goal: &Goal) -> Action {
        let copied = self.cells.iter().filter(|c| matches!(c.kind, CellKind::Copy { .. }));
        let regions = copied.map(|c| c.region.clone()).collect();
        if goal.with.is_empty() {
            return Action::Copy { image: goal.image.clone(), to: regions, name: None };
        }
        let added = self.edges.iter().filter(|e| e.kind == EdgeKind::Add);
        let with =
            added.map(|e| Receiver { account: e.account.clone(), region: Some(e.region.clone()) }).collect();
        Action::Distribute { image: goal.image.clone(), with, regions }
    }

    fn has_work(&self) -> bool {
        self.cells.iter().any(|c| matches!(c.kind, CellKind::Copy { .. }))
            || self.edges.iter().any(|e| e.kind == EdgeKind::Add)
    }
}

/// A name that is taken, with one that is free.
fn name_taken(image: &ImageId, region: &Region, name: &str, suggestion: &str) -> Reason {
    let args = Args::from([
        ("name", name.into()),
        ("region", region.as_str().into()),
        ("image", image.as_str().into()),
    ]);
    Reason { code: Code::CopyNameTaken, args, remedy: Remedy::Choose(Some(suggestion.to_owned())) }
}
