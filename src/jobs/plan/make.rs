//! Making a plan: what each region and each account in it needs, with the rules asked about every one of them.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Account, Cause, CellKind, Choice, EdgeKind, Goal, Plan, PlanCell, PlanEdge, PlanFinding, name_taken,
    world,
};
use crate::{
    jobs::names,
    model::{Image, ImageKind, Receiver, Region, Share},
    rules::{self, Action, Args, Code, CopyLookup, Facts, Missing, Reason, Remedy, Verdict},
};

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
        plan.nothing_to_do(facts, source);
        let whole = rules::check(&plan.action(goal), &world::decided(&plan, facts, source));
        // Where no copy can be made, there is nothing to accept and to know about copies.
        if plan.has_work() || !goal.with.is_empty() {
            plan.acknowledge.clone_from(&whole.acknowledge);
            plan.notes.clone_from(&whole.notes);
        }
        if plan.has_work() {
            // What was said of a cell or an edge need not be said of the whole again.
            let said: BTreeSet<Code> = plan.findings.iter().map(|f| f.cause.reason().code).collect();
            let mut rest = whole;
            rest.reasons.retain(|r| !said.contains(&r.code));
            plan.take(None, None, rest);
        }
        plan
    }

    fn cell(&mut self, goal: &Goal, facts: &Facts, source: &Image, region: &Region) -> CellKind {
        let choice = goal.choices.get(region);
        if choice == Some(&Choice::Drop) {
            return CellKind::Dropped;
        }
        if *region == source.region && source.kind == ImageKind::Own {
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
                    self.find(Some(region), None, Cause::Rule(name_taken(id, region, name, &free)));
                    CellKind::Blocked
                }
            };
        }
        let name = match choice {
            Some(Choice::CopyAs(name)) => name,
            _ => source.name.as_str(),
        };
        // A copy of ours under another name than the one that was asked for is not the one that was asked for.
        let named = |copy: &Image| !matches!(choice, Some(Choice::CopyAs(_))) || copy.name == *name;
        if let CopyLookup::Found(copy) = facts.copy_in(source, region)
            && named(copy)
        {
            return CellKind::Copied(copy.id.clone());
        }
        if let Some(there) = facts.own_named(region, name)
            && alike(there, source)
        {
            let suggestion = names::free(facts, region, name);
            let image = there.id.clone();
            let cause = Cause::LooksLike { image, region: region.clone(), name: name.to_owned(), suggestion };
            self.find(Some(region), None, cause);
            return CellKind::LooksLike(there.id.clone());
        }
        let copy =
            Action::Copy { image: source.id.clone(), to: vec![region.clone()], name: Some(name.to_owned()) };
        let mut verdict = rules::check(&copy, facts);
        // Said here too, so that no copy is ever asked for under a name that is known to be taken.
        if let Some(there) = facts.own_named(region, name)
            && !verdict.codes().contains(&Code::CopyNameTaken)
        {
            let free = names::free(facts, region, name);
            verdict.reasons.push(name_taken(&there.id, region, name, &free));
        }
        let blocked = self.take(Some(region), None, verdict);
        if blocked { CellKind::Blocked } else { CellKind::Copy { name: name.to_owned() } }
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
        if let (Some(image), None, false) =
            (there.filter(|i| i.kind == ImageKind::Own), shares, accounts.is_empty())
        {
            self.miss(Missing::Shares(image.id.clone()));
        }
        // A copy that is not there yet is judged as the image that it will be, in a small world of its own.
        let world = there.is_none().then(|| world::as_copied(source, region, facts));
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
            let waits = matches!(kind, CellKind::Copied(_)) && image.state.is_transitional();
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
            if of_everything(reason.code) || reason.code == Code::JobBusy {
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
        let finding =
            PlanFinding { region: region.cloned(), account: account.cloned(), cause, blocking: true };
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
    fn nothing_to_do(&mut self, facts: &Facts, source: &Image) {
        if !self.findings.is_empty() || !self.missing.is_empty() || self.has_work() {
            return;
        }
        let already: Vec<String> = self
            .edges
            .iter()
            .filter(|e| matches!(e.kind, EdgeKind::Already(_)))
            .filter_map(|e| e.account.as_ref().ok().map(|uin| facts.account_name(uin)))
            .collect();
        let mut args = Args::new();
        let code = if already.is_empty() {
            args.insert("name", source.name.as_str().into());
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
    for receiver in &goal.with {
        for region in receiver.regions(&goal.regions, &source.region) {
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

fn alike(image: &Image, source: &Image) -> bool {
    image.kind == ImageKind::Own
        && image.size_gib == source.size_gib
        && image.os == source.os
        && image.arch == source.arch
        && (image.is_normal() || image.state.is_transitional())
}

fn is_dropped(goal: &Goal, region: &Region, account: &Account) -> bool {
    account.as_ref().is_ok_and(|uin| goal.dropped.contains(&(region.clone(), uin.clone())))
}

fn share_of<'a>(shares: Option<&'a [Share]>, account: &Account) -> Option<&'a Share> {
    shares?.iter().find(|s| account.as_ref() == Ok(&s.account))
}

/// Reasons that concern one account rather than the image or the number of accounts.
fn of_account(code: Code) -> bool {
    matches!(code, Code::ShareAccountForm | Code::ShareSelf | Code::ShareSubAccount | Code::ShareNotKnown)
}

/// Reasons that are the same for every cell and edge.
fn of_everything(code: Code) -> bool {
    matches!(code, Code::ModeReadOnly | Code::SessionNone | Code::SessionExpired | Code::NetOffline)
}
