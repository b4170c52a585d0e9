//! From what a person wants to cells and edges: everything that stands in the way at once, and what would be done.
//! Pure, and changes nothing; the only way from here to a [`Job`] is through [`rules::clear`].

mod start;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;

use super::names;
use crate::{
    model::{Image, ImageId, ImageKind, Receiver, Region, Share, Uin},
    rules::{self, Action, Args, Code, Facts, Missing, Note, Reason, Remedy, Verdict},
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
            Self::LooksLike { image, name, suggestion } => name_taken(image, name, suggestion),
        }
    }
}

/// Something that stands in the way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
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
    pub findings: Vec<Finding>,
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
    /// Plans a goal from what is known. The same goal and facts give the same plan.
    pub fn make(goal: &Goal, facts: &Facts) -> Self {
        let mut plan = Self::default();
        let Some(source) = facts.image(&goal.image) else {
            plan.missing.push(Missing::Image(goal.image.clone()));
            return plan;
        };
        for (region, accounts) in wanted(goal, source) {
            let kind = plan.cell(goal, facts, source, &region);
            plan.edges_of(goal, facts, source, &region, &kind, accounts);
            plan.cells.push(PlanCell { region, kind });
        }
        let copies = plan.cells.iter().filter(|c| matches!(c.kind, CellKind::Copy { .. })).count();
        plan.bytes_gib = source.size_gib.saturating_mul(u32::try_from(copies).unwrap_or(u32::MAX));
        plan.nothing_to_do(source);
        let whole = rules::check(&plan.action(goal), facts);
        plan.acknowledge.extend(whole.acknowledge);
        plan.notes.extend(whole.notes);
        plan
    }

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

    /// What remains to be done, as the one action that the rules are asked to clear.
    pub fn action(&self, goal: &Goal) -> Action {
        let added = self.edges.iter().filter(|e| e.kind == EdgeKind::Add);
        let with =
            added.map(|e| Receiver { account: e.account.clone(), region: Some(e.region.clone()) }).collect();
        let copied = self.cells.iter().filter(|c| matches!(c.kind, CellKind::Copy { .. }));
        let regions = copied.map(|c| c.region.clone()).collect();
        Action::Distribute { image: goal.image.clone(), with, regions }
    }

    fn has_work(&self) -> bool {
        self.cells.iter().any(|c| matches!(c.kind, CellKind::Copy { .. }))
            || self.edges.iter().any(|e| e.kind == EdgeKind::Add)
    }

    fn cell(&mut self, goal: &Goal, facts: &Facts, source: &Image, region: &Region) -> CellKind {
        let choice = goal.choices.get(region);
        if choice == Some(&Choice::Drop) {
            return CellKind::Dropped;
        }
        if *region == source.region {
            return CellKind::Here(source.id.clone());
        }
        if let Err(missing) = facts.images_known(region) {
            self.miss(missing);
        }
        if let Some(Choice::Reuse(id)) = choice {
            return match facts.image(id).filter(|i| i.region == *region && alike(i, source)) {
                Some(_) => CellKind::Copied(id.clone()),
                None => {
                    let name = facts.image(id).map_or(source.name.as_str(), |i| &i.name);
                    let free = names::free(facts, region, &source.name);
                    self.find(Some(region), None, Cause::Rule(name_taken(id, name, &free)));
                    CellKind::Blocked
                }
            };
        }
        let name = match choice {
            Some(Choice::CopyAs(name)) => name,
            _ => &source.name,
        };
        if !matches!(choice, Some(Choice::CopyAs(_))) {
            if let Some(copy) = known_copy(facts, source, region) {
                return CellKind::Copied(copy.id.clone());
            }
            if let Some(there) = facts.own_named(region, name)
                && alike(there, source)
            {
                let suggestion = names::free(facts, region, name);
                let cause = Cause::LooksLike { image: there.id.clone(), name: name.clone(), suggestion };
                self.find(Some(region), None, cause);
                return CellKind::LooksLike(there.id.clone());
            }
        }
        let copy =
            Action::Copy { image: source.id.clone(), to: vec![region.clone()], name: Some(name.clone()) };
        let mut verdict = rules::check(&copy, facts);
        // Said here too, so that no copy is ever asked for under a name that is known to be taken.
        if let Some(there) = facts.own_named(region, name)
            && !verdict.codes().contains(&Code::CopyNameTaken)
        {
            verdict.reasons.push(name_taken(&there.id, name, &names::free(facts, region, name)));
        }
        let blocked = self.take(Some(region), None, verdict);
        if blocked { CellKind::Blocked } else { CellKind::Copy { name: name.clone() } }
    }

    fn edges_of(
        &mut self,
        goal: &Goal,
        facts: &Facts,
        source: &Image,
        region: &Region,
        kind: &CellKind,
        accounts: Vec<Account>,
    ) {
        let there = match kind {
            CellKind::Here(id) | CellKind::Copied(id) => facts.image(id),
            _ => None,
        };
        let shares = there.and_then(|image| facts.shares(&image.id));
        if let (Some(image), None, false) = (there, shares, accounts.is_empty()) {
            self.miss(Missing::Shares(image.id.clone()));
        }
        // A copy that is not there yet is judged as the image that it will be, in a small world of its own.
        let world = there.is_none().then(|| as_copied(source, region, facts));
        let (world, image) = (world.as_ref().unwrap_or(facts), there.unwrap_or(source));

        let mut edges: Vec<(Account, EdgeKind)> = Vec::with_capacity(accounts.len());
        for account in accounts {
            let kind = if *kind == CellKind::Dropped || is_dropped(goal, region, &account) {
                EdgeKind::Dropped
            } else if let Some(share) = share_of(shares, &account) {
                EdgeKind::Already(share.since)
            } else {
                EdgeKind::Add
            };
            edges.push((account, kind));
        }
        let ask = |accounts: Vec<Account>| {
            let with = accounts.into_iter().map(|account| Receiver { account, region: None }).collect();
            rules::check(&Action::Share { image: image.id.clone(), with }, world)
        };
        let added = |edges: &[(Account, EdgeKind)]| -> Vec<Account> {
            edges.iter().filter(|e| e.1 == EdgeKind::Add).map(|e| e.0.clone()).collect()
        };
        let mut all = added(&edges);
        if !all.is_empty() {
            let mut verdict = ask(all.clone());
            if verdict.reasons.iter().any(|r| of_account(r.code)) {
                for edge in edges.iter_mut().filter(|e| e.1 == EdgeKind::Add) {
                    let mut alone = ask(vec![edge.0.clone()]);
                    alone.reasons.retain(|r| of_account(r.code));
                    if self.take(Some(region), Some(&edge.0), alone) {
                        edge.1 = EdgeKind::Blocked;
                    }
                }
                all = added(&edges);
                verdict = if all.is_empty() { Verdict::default() } else { ask(all) };
            }
            let waits = matches!(kind, CellKind::Copied(_)) && image.state.is_moving();
            verdict
                .reasons
                .retain(|r| r.code != Code::ShareAlready && !(waits && r.code == Code::ShareNotNormal));
            let unfit = verdict.reasons.iter().any(|r| r.code != Code::ShareLimit);
            if *kind != CellKind::Blocked && self.take(Some(region), None, verdict) && unfit {
                edges.iter_mut().filter(|e| e.1 == EdgeKind::Add).for_each(|e| e.1 = EdgeKind::Blocked);
            }
        }
        if *kind == CellKind::Blocked {
            edges.iter_mut().filter(|e| e.1 == EdgeKind::Add).for_each(|e| e.1 = EdgeKind::Blocked);
        }
        let region = || region.clone();
        self.edges.extend(edges.into_iter().map(|(account, kind)| PlanEdge {
            region: region(),
            account,
            kind,
        }));
    }

    /// Takes a verdict's reasons and missing facts, each once, and tells whether it blocks.
    fn take(&mut self, region: Option<&Region>, account: Option<&Account>, verdict: Verdict) -> bool {
        let blocked = !verdict.reasons.is_empty();
        for reason in verdict.reasons {
            if of_everything(reason.code) {
                self.find(None, None, Cause::Rule(reason));
            } else {
                self.find(region, account, Cause::Rule(reason));
            }
        }
        for missing in verdict.missing {
            self.miss(missing);
        }
        blocked
    }

    fn find(&mut self, region: Option<&Region>, account: Option<&Account>, cause: Cause) {
        let finding = Finding { region: region.cloned(), account: account.cloned(), cause, blocking: true };
        if !self.findings.contains(&finding) {
            self.findings.push(finding);
        }
    }

    fn miss(&mut self, missing: Missing) {
        if !self.missing.contains(&missing) {
            self.missing.push(missing);
        }
    }

    /// A plan that finds nothing wrong and would do nothing says so.
    fn nothing_to_do(&mut self, source: &Image) {
        if !self.findings.is_empty() || !self.missing.is_empty() || self.has_work() {
            return;
        }
        let already: Vec<String> = self
            .edges
            .iter()
            .filter(|e| matches!(e.kind, EdgeKind::Already(_)))
            .map(|e| e.account.clone().map_or_else(|text| text, |uin| uin.to_string()))
            .collect();
        let mut args = Args::new();
        let code = if already.is_empty() {
            args.insert("region", source.region.as_str().into());
            Code::CopySameRegion
        } else {
            args.insert("accounts", already.into());
            Code::ShareAlready
        };
        self.find(None, None, Cause::Rule(Reason { code, args, remedy: Remedy::None }));
    }
}

/// The regions that are asked for with the accounts of each, in order and each once.
fn wanted(goal: &Goal, source: &Image) -> Vec<(Region, Vec<Account>)> {
    let mut order: Vec<Region> = Vec::new();
    let mut accounts: BTreeMap<Region, Vec<Account>> = BTreeMap::new();
    for region in &goal.regions {
        if !order.contains(region) {
            order.push(region.clone());
        }
    }
    let own = [source.region.clone()];
    for receiver in &goal.with {
        let regions: &[Region] = match &receiver.region {
            Some(region) => std::slice::from_ref(region),
            None if goal.regions.is_empty() => &own,
            None => &goal.regions,
        };
        for region in regions {
            if !order.contains(region) {
                order.push(region.clone());
            }
            let there = accounts.entry(region.clone()).or_default();
            if !there.contains(&receiver.account) {
                there.push(receiver.account.clone());
            }
        }
    }
    order.sort_by_key(|r| *r != source.region);
    order
        .into_iter()
        .map(|region| {
            let there = accounts.remove(&region).unwrap_or_default();
            (region, there)
        })
        .collect()
}

/// A copy in a region that a job of ours made: of this image, or of the image that this one is a copy of, or that
/// image itself. One that is gone or that failed is none.
fn known_copy<'a>(facts: &'a Facts, source: &Image, region: &Region) -> Option<&'a Image> {
    let direct = facts.copies.get(&source.id).and_then(|by| by.get(region));
    let family = facts.copies.iter().filter(|(_, by)| by.get(&source.region) == Some(&source.id));
    let kin = family.flat_map(|(first, by)| by.get(region).into_iter().chain([first]));
    direct
        .into_iter()
        .chain(kin)
        .filter_map(|id| facts.image(id))
        .find(|i| i.region == *region && i.kind == ImageKind::Own && (i.is_normal() || i.state.is_moving()))
}

fn alike(image: &Image, source: &Image) -> bool {
    image.kind == ImageKind::Own
        && image.size_gib == source.size_gib
        && image.os == source.os
        && image.arch == source.arch
        && (image.is_normal() || image.state.is_moving())
}

/// A world that holds the copy alone, as it will be: NORMAL, shared with nobody.
fn as_copied(source: &Image, region: &Region, facts: &Facts) -> Facts {
    let mut world = Facts::default();
    world.standing = facts.standing.clone();
    world.known_regions = facts.known_regions.clone();
    world.accounts = facts.accounts.clone();
    world.sub_accounts = facts.sub_accounts.clone();
    if let Some(probe) = facts.probes.get(&source.id) {
        world.probes.insert(source.id.clone(), *probe);
    }
    let mut copy = source.clone();
    copy.region = region.clone();
    copy.state = crate::model::ImageState::Normal;
    world.add_images([copy]);
    world.set_shares(source.id.clone(), Vec::new());
    world
}

fn is_dropped(goal: &Goal, region: &Region, account: &Account) -> bool {
    account.as_ref().is_ok_and(|uin| goal.dropped.contains(&(region.clone(), uin.clone())))
}

fn share_of<'a>(shares: Option<&'a [Share]>, account: &Account) -> Option<&'a Share> {
    shares?.iter().find(|s| account.as_ref() == Ok(&s.account))
}

/// Reasons that concern one account rather than the image or the number of accounts.
fn of_account(code: Code) -> bool {
    matches!(code, Code::ShareAccountForm | Code::ShareSelf | Code::ShareSubAccount)
}

/// Reasons that are the same for every cell and edge.
fn of_everything(code: Code) -> bool {
    matches!(code, Code::ModeReadOnly | Code::SessionNone | Code::SessionExpired | Code::NetOffline)
}

fn name_taken(image: &ImageId, name: &str, suggestion: &str) -> Reason {
    let args = Args::from([
        ("name", name.into()),
        ("image", image.as_str().into()),
        ("suggestion", suggestion.into()),
    ]);
    Reason { code: Code::CopyNameTaken, args, remedy: Remedy::Choose(Some(suggestion.to_owned())) }
}
