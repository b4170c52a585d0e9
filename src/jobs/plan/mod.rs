//! Turns a request into cells and edges, and lists everything that blocks it. Pure; changes nothing. A plan
//! becomes a [`Job`](super::Job) only through [`clear`](crate::rules::clear).

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

/// A person's decision about a region.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Choice {
    /// The existing image is a copy of the source: share it and copy nothing.
    Reuse(ImageId),
    /// Copy under this name.
    CopyAs(String),
    /// Leave out the region.
    Drop,
}

/// A request to copy and share an image.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Goal {
    /// The own image to copy and share.
    pub image: ImageId,
    /// The receivers. `UIN@R` needs the image in R only; `UIN` in all of `regions`, or in the image's own
    /// region if `regions` is empty.
    pub with: Vec<Receiver>,
    /// Regions that get the image even if no receiver names them.
    pub regions: Vec<Region>,
    /// Decisions about regions.
    pub choices: BTreeMap<Region, Choice>,
    /// Accounts that are left out of a region.
    pub dropped: BTreeSet<(Region, Uin)>,
}

impl Goal {
    /// Creates a goal without decisions.
    pub fn new(image: ImageId, with: Vec<Receiver>, regions: Vec<Region>) -> Self {
        Self { image, with, regions, choices: BTreeMap::new(), dropped: BTreeSet::new() }
    }
}

/// What a region needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CellKind {
    /// Nothing: it is the region of the source.
    Here(ImageId),
    /// Nothing: it has a copy that a job made or that the person chose.
    Copied(ImageId),
    /// A decision: it has an own image with the same name, size and system that is not known to be a copy.
    LooksLike(ImageId),
    /// A copy.
    Copy {
        /// The name of the copy.
        name: String,
    },
    /// Nothing: the person left it out.
    Dropped,
    /// Blocked; the findings say why.
    Blocked,
}

/// A region of a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanCell {
    /// The region.
    pub region: Region,
    /// What it needs.
    pub kind: CellKind,
}

/// What an account in a region needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EdgeKind {
    /// A share.
    Add,
    /// Nothing: the image has been shared with it since then.
    Already(Option<Timestamp>),
    /// Nothing: the person left out the account or its region.
    Dropped,
    /// Blocked; the findings say why.
    Blocked,
}

/// An account as given: its ID, or the text that is not an account ID.
pub type Account = Result<Uin, String>;

/// An account in a region of a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanEdge {
    /// The region.
    pub region: Region,
    /// The account.
    pub account: Account,
    /// What it needs.
    pub kind: EdgeKind,
}

/// The cause of a finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cause {
    /// A rule blocks.
    Rule(Reason),
    /// An image that looks like a copy has the name: reuse it, copy under another name, or leave out the
    /// region.
    LooksLike {
        /// The existing image.
        image: ImageId,
        /// The region.
        region: Region,
        /// The name of the image, which is also the name of the copy.
        name: String,
        /// A free name in the region.
        suggestion: String,
    },
}

impl Cause {
    /// Returns the cause as a reason. A decision becomes a taken name with a free name as remedy.
    pub fn reason(&self) -> Reason {
        match self {
            Self::Rule(reason) => reason.clone(),
            Self::LooksLike { image, region, name, suggestion } => {
                name_taken(image, region, name, suggestion)
            }
        }
    }
}

/// Something that blocks a part of the plan, or all of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanFinding {
    /// The region; `None` if it concerns the whole plan.
    pub region: Option<Region>,
    /// The account, if it concerns one.
    pub account: Option<Account>,
    /// The cause.
    pub cause: Cause,
    /// Whether it blocks the whole plan.
    pub blocking: bool,
}

/// What would be done, and everything that blocks it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Plan {
    /// The regions: the source's region first if it takes part, then in the requested order.
    pub cells: Vec<PlanCell>,
    /// The accounts by region, in the order of the receivers.
    pub edges: Vec<PlanEdge>,
    /// All findings.
    pub findings: Vec<PlanFinding>,
    /// Facts to read before the plan is made again.
    pub missing: Vec<Missing>,
    /// The total size of the copies in GiB.
    pub bytes_gib: u32,
    /// Risks that a person has to accept.
    pub acknowledge: Vec<Note>,
    /// Notes.
    pub notes: Vec<Note>,
}

impl Plan {
    /// Returns whether the job can start: nothing blocks it, no facts are missing, and there is something to
    /// do.
    pub fn is_ready(&self) -> bool {
        self.missing.is_empty() && !self.findings.iter().any(|f| f.blocking) && self.has_work()
    }

    /// Returns what a region needs.
    pub fn cell_kind(&self, region: &Region) -> Option<&CellKind> {
        self.cells.iter().find(|c| c.region == *region).map(|c| &c.kind)
    }

    /// Returns everything that blocks the plan as a verdict.
    pub fn verdict(&self) -> Verdict {
        Verdict {
            reasons: self.findings.iter().filter(|f| f.blocking).map(|f| f.cause.reason()).collect(),
            notes: self.notes.clone(),
            acknowledge: self.acknowledge.clone(),
            missing: self.missing.clone(),
        }
    }

    /// Returns the remaining work as one action that the rules can clear. Without receivers it is a copy.
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

/// Returns the reason for a taken name, with a free name as remedy.
fn name_taken(image: &ImageId, region: &Region, name: &str, suggestion: &str) -> Reason {
    let args = Args::from([
        ("name", name.into()),
        ("region", region.as_str().into()),
        ("image", image.as_str().into()),
    ]);
    Reason { code: Code::CopyNameTaken, args, remedy: Remedy::Choose(Some(suggestion.to_owned())) }
}
