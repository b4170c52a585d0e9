//! Makes a plan: what each region and each account in it needs, according to the rules.

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
    /// Plans a goal. The same goal and facts give the same plan.
    pub fn make(goal: &Goal, facts: &Facts) -> Self {
        let mut plan = Self::default();
        let Some(source) = facts.image(&goal.image) else {
            plan.missing.push(Missing::Image(goal.image.clone()));
            return plan;
        };
        for (region, accounts) in requested_regions(goal, source) {
            let kind = plan.cell(goal, facts, source, &region);
            plan.edges_of(goal, facts, source, &region, &kind, accounts);
            plan.cells.push(PlanCell { region, kind });
        }
        let copies = plan.cells.iter().filter(|c| matches!(c.kind, CellKind::Copy { .. })).count();
        plan.bytes_gib = source.size_gib.saturating_mul(u32::try_from(copies).unwrap_or(u32::MAX));
        plan.nothing_to_do(facts, source);
        let whole = rules::check(&plan.action(goal), &world::decided(&plan, facts, source));
        // If no copy is possible, risks and notes about copies do not matter.
        if plan.has_work() || !goal.with.is_empty() {
            plan.acknowledge.clone_from(&whole.acknowledge);
            plan.notes.clone_from(&whole.notes);
        }
        if plan.has_work() {
            // Do not repeat for the whole plan what a cell or an edge already reports.
            let said: BTreeSet<Code> = plan.findings.iter().map(|f| f.cause.reason().code).collect();
            let mut rest = whole;
            rest.reasons.retain(|r| !said.contains(&r.code));
            plan.add_verdict(None, None, rest);
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
            self.add_missing(missing);
        }
        if let Some(Choice::Reuse(id)) = choice {
            return match facts.image(id).filter(|i| i.region == *region && looks_like_copy(i, source)) {
                Some(_) => CellKind::Copied(id.clone()),
                None => {
                    let name = facts.image(id).map_or(source.name.as_str(), |i| &i.name);
                    let free = names::free_name(facts, region, &source.name);
                    self.add_finding(Some(region), None, Cause::Rule(name_taken(id, region, name, &free)));
                    CellKind::Blocked
                }
            };
        }
        let name = match choice {
            Some(Choice::CopyAs(name)) => name,
            _ => source.name.as_str(),
        };
        // If the person chose a name, an existing copy with another name does not count.
        let named = |copy: &Image| !matches!(choice, Some(Choice::CopyAs(_))) || copy.name == *name;
        if let CopyLookup::Found(copy) = facts.copy_in(source, region)
            && named(copy)
        {
            return CellKind::Copied(copy.id.clone());
        }
        if let Some(there) = facts.own_named(region, name)
            && looks_like_copy(there, source)
        {
            let suggestion = names::free_name(facts, region, name);
            let image = there.id.clone();
            let cause = Cause::LooksLike { image, region: region.clone(), name: name.to_owned(), suggestion };
            self.add_finding(Some(region), None, cause);
            return CellKind::LooksLike(there.id.clone());
        }
        let copy =
            Action::Copy { image: source.id.clone(), to: vec![region.clone()], name: Some(name.to_owned()) };
        let mut verdict = rules::check(&copy, facts);
        // Report this here too, so that no copy is requested under a name that is known to be taken.
        if let Some(there) = facts.own_named(region, name)
            && !verdict.codes().contains(&Code::CopyNameTaken)
        {
            let free = names::free_name(facts, region, name);
            verdict.reasons.push(name_taken(&there.id, region, name, &free));
        }
        let blocked = self.add_verdict(Some(region), None, verdict);
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
            self.add_missing(Missing::Shares(image.id.clone()));
        }
        // Check a future copy with facts that contain only this copy.
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
            if verdict.reasons.iter().any(|r| concerns_account(r.code)) {
                for edge in edges.iter_mut().filter(|e| e.1 == EdgeKind::Add) {
                    let mut alone = ask(vec![edge.0.clone()]);
                    alone.reasons.retain(|r| concerns_account(r.code));
                    if self.add_verdict(Some(region), Some(&edge.0), alone) {
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
            if *kind != CellKind::Blocked && self.add_verdict(Some(region), None, verdict) && unfit {
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

    /// Adds the reasons and missing facts of a verdict without duplicates. Returns whether the verdict
    /// blocks.
    fn add_verdict(&mut self, region: Option<&Region>, account: Option<&Account>, verdict: Verdict) -> bool {
        let blocked = !verdict.reasons.is_empty();
        for reason in verdict.reasons {
            if concerns_all(reason.code) || reason.code == Code::JobBusy {
                self.add_finding(None, None, Cause::Rule(reason));
            } else {
                self.add_finding(region, account, Cause::Rule(reason));
            }
        }
        for missing in verdict.missing {
            self.add_missing(missing);
        }
        blocked
    }

    fn add_finding(&mut self, region: Option<&Region>, account: Option<&Account>, cause: Cause) {
        let finding =
            PlanFinding { region: region.cloned(), account: account.cloned(), cause, blocking: true };
        if !self.findings.contains(&finding) {
            self.findings.push(finding);
        }
    }

    fn add_missing(&mut self, missing: Missing) {
        if !self.missing.contains(&missing) {
            self.missing.push(missing);
        }
    }

    /// Adds a finding if nothing is wrong and there is nothing to do.
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
        self.add_finding(None, None, Cause::Rule(Reason { code, args, remedy: Remedy::None }));
    }
}

/// Returns the requested regions with the accounts of each, in order and without duplicates.
fn requested_regions(goal: &Goal, source: &Image) -> Vec<(Region, Vec<Account>)> {
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

fn looks_like_copy(image: &Image, source: &Image) -> bool {
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

/// Returns whether the reason concerns one account rather than the image or the number of accounts.
fn concerns_account(code: Code) -> bool {
    matches!(code, Code::ShareAccountForm | Code::ShareSelf | Code::ShareSubAccount | Code::ShareNotKnown)
}

/// Returns whether the reason is the same for every cell and edge.
fn concerns_all(code: Code) -> bool {
    matches!(code, Code::ModeReadOnly | Code::SessionNone | Code::SessionExpired | Code::NetOffline)
}
