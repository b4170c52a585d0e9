//! Taking back what a job made, planned from what is there now: only the shares and copies that it made, in every region
//! of the job, shares first. Offered, never automatic. The command and the console use the same plan and the same
//! executor, and the record says "undone" afterwards.

use std::{
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};

use futures_util::{StreamExt, stream};
use jiff::Timestamp;

use super::{FactStore, Load, Loaded};
use crate::{
    cloud::{Client, Error},
    jobs::{
        CellState, EdgeState, Failure, Job, Seen, act,
        journal::{self, Lease, Recorder},
    },
    model::{ImageId, ImageKind, InstanceId, Region, Share, Uin},
    rules::{self, Action, Code, Facts, Kind, Note, ShareSelection, Standing, Verdict},
};

/// Reads at a time.
const AT_ONCE: usize = 10;
/// How long a share list that still shows what was cancelled is waited for before its copy is deleted.
const LAG: Duration = Duration::from_millis(500);

/// The images that have to be read before a job can be undone or its record renewed: that of each cell.
pub fn needs(job: &Job) -> Vec<(Region, ImageId)> {
    let there = job.cells.iter().filter(|c| c.state != CellState::Undone);
    there.filter_map(|c| Some((c.region.clone(), c.image.clone()?))).collect()
}

/// Reads these images and, where they are own, their share lists, into `store`. Returns what could not be read.
pub async fn look(client: &Client, images: &[(Region, ImageId)], store: &mut FactStore) -> Vec<Error> {
    let reads = stream::iter(images.to_vec()).map(|(region, id)| {
        let client = client.clone();
        async move {
            let image = client.image(&region, &id).await;
            let shares = match &image {
                Ok(Some(image)) if image.kind == ImageKind::Own => Some(client.shares(&region, &id).await),
                _ => None,
            };
            (region, id, image, shares)
        }
    });
    let mut reads = std::pin::pin!(reads.buffered(AT_ONCE));
    let mut failed = Vec::new();
    while let Some((region, id, image, shares)) = reads.next().await {
        match image {
            Ok(image) => {
                let load = Load::Image(region, id.clone());
                store.take(&load, Loaded::Image(Box::new(image)), Timestamp::now());
            }
            Err(error) => failed.push(error),
        }
        match shares {
            Some(Ok(shares)) => store.take_shares(id, shares),
            Some(Err(error)) => failed.push(error),
            None => {}
        }
    }
    failed
}

/// The same for a whole job, with the instances of the regions in which it made copies: they are told of, and where they
/// cannot be read nothing waits for them.
pub async fn look_at(client: &Client, job: &Job, store: &mut FactStore) -> Vec<Error> {
    let images = needs(job);
    let failed = look(client, &images, store).await;
    let ours: Vec<Region> = job.cells.iter().filter(|c| c.is_ours()).map(|c| c.region.clone()).collect();
    let reads = stream::iter(ours).map(|region| {
        let client = client.clone();
        async move {
            let mut all = Vec::new();
            client.instances(&region, |page| all.extend(page)).await.map(|_| all)
        }
    });
    let instances: Vec<_> = reads.buffered(AT_ONCE).collect().await;
    instances.into_iter().flatten().for_each(|all| store.take_instances(all));
    failed
}

/// One step of an undo.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// Where.
    pub region: Region,
    /// The image that is unshared or deleted.
    pub image: ImageId,
    /// What is done: [`Action::Unshare`] with accounts, or [`Action::Delete`].
    pub action: Action,
    /// What the rules say of it. That of a deletion is for the time when the steps before it are done.
    pub verdict: Verdict,
}

impl Step {
    /// Whose shares are cancelled; nobody where a copy is deleted.
    pub fn accounts(&self) -> &[Uin] {
        match &self.action {
            Action::Unshare { which: ShareSelection::Accounts(accounts), .. } => accounts,
            _ => &[],
        }
    }
}

/// Something of the job, or made from it, that an undo leaves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stay {
    /// Where.
    pub region: Region,
    /// Of which image.
    pub image: ImageId,
    /// What stays.
    pub what: Stays,
}

/// What an undo leaves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stays {
    /// Shares that this job did not make, with these accounts.
    Shares(Vec<Uin>),
    /// A copy that this job made, with the reasons why it cannot be deleted.
    Copy(Verdict),
    /// This many snapshots of a copy that is deleted.
    Snapshots(usize),
    /// Instances of ours that run the image.
    Instances(Vec<InstanceId>),
}

/// What an undo would do, and what it leaves.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct UndoPlan {
    /// Shares first, then copies.
    pub steps: Vec<Step>,
    /// In the order of the job's regions.
    pub stays: Vec<Stay>,
    /// The snapshots of the copies are deleted too.
    pub with_snapshots: bool,
    /// Who asks, for the checks before each step.
    standing: Standing,
}

impl UndoPlan {
    /// The risks of all steps, each once.
    pub fn risks(&self) -> Vec<Note> {
        let mut risks: Vec<Note> = Vec::new();
        for risk in self.steps.iter().flat_map(|s| &s.verdict.acknowledge) {
            if !risks.contains(risk) {
                risks.push(risk.clone());
            }
        }
        risks
    }

    /// Whether any step can be done.
    pub fn can_begin(&self) -> bool {
        self.steps.iter().any(|s| s.verdict.is_allowed())
    }
}

/// Plans the undo of a job from facts that have been read now (see [`look_at`]): the record is compared with them first,
/// so what is gone is not taken back again, and what others made since is left. The same job and facts give the same
/// plan.
pub fn plan(job: &Job, facts: &Facts, with_snapshots: bool, now: Timestamp) -> UndoPlan {
    let mut job = job.clone();
    job.observe(facts, now);
    let mut facts = facts.clone();
    job.teach(&mut facts);
    let mut plan = UndoPlan { with_snapshots, standing: facts.standing.clone(), ..UndoPlan::default() };
    let mut deletes = Vec::new();
    for cell in job.cells.iter().filter(|c| c.state != CellState::Undone) {
        let Some(id) = cell.image.clone().filter(|id| !facts.is_absent(id)) else { continue };
        let region = cell.region.clone();
        let of_cell = || job.edges.iter().filter(|e| e.region == region);
        let ours: Vec<Uin> = of_cell().filter(|e| e.is_ours()).map(|e| e.account.clone()).collect();
        if !ours.is_empty() {
            let action = Action::Unshare { image: id.clone(), which: ShareSelection::Accounts(ours.clone()) };
            let verdict = rules::check(&action, &facts);
            plan.steps.push(Step { region: region.clone(), image: id.clone(), action, verdict });
        }
        let shares: Vec<Share> = facts.shares(&id).map(<[Share]>::to_vec).unwrap_or_default();
        let rest: Vec<Share> = shares.into_iter().filter(|s| !ours.contains(&s.account)).collect();
        // Of an image that is not the job's own only what the job is about is told.
        let told = |s: &&Share| cell.is_ours() || of_cell().any(|e| e.account == s.account);
        let others: Vec<Uin> = rest.iter().filter(told).map(|s| s.account.clone()).collect();
        let mut stay = |what| plan.stays.push(Stay { region: region.clone(), image: id.clone(), what });
        if !others.is_empty() {
            stay(Stays::Shares(others));
        }
        if !cell.is_ours() {
            continue;
        }
        let action = Action::Delete { image: id.clone(), with_snapshots };
        let verdict = if facts.shares(&id).is_some() {
            let mut then = facts.clone();
            then.set_shares(id.clone(), rest.clone());
            rules::check(&action, &then)
        } else {
            rules::check(&action, &facts)
        };
        if verdict.codes().contains(&Code::DeleteShared) {
            stay(Stays::Copy(verdict));
            continue;
        }
        let snapshots = facts.image(&id).map_or(0, |i| i.snapshots.len());
        if snapshots > 0 && !with_snapshots {
            stay(Stays::Snapshots(snapshots));
        }
        let running: Vec<InstanceId> = facts.running(&id).map(|i| i.id.clone()).collect();
        if !running.is_empty() {
            stay(Stays::Instances(running));
        }
        deletes.push(Step { region: region.clone(), image: id.clone(), action, verdict });
    }
    plan.steps.append(&mut deletes);
    plan
}

/// How a step ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ended {
    /// It was done and read back.
    Done,
    /// The rules do not let it pass, for these reasons.
    Refused(Verdict),
    /// The cloud refused it, or could not be asked.
    Failed(Error),
    /// It was accepted, and the share list still shows these accounts.
    StillShown(Vec<Uin>),
}

/// Does the steps of a plan that were allowed when it was shown, each after reading its image again, and writes the job
/// after each. The plan's verdicts are those that were accepted. Returns how each step of the plan ended.
///
/// # Errors
/// The journal cannot be written, or another process has taken the job over; nothing more is sent then.
pub async fn run(
    client: &Client,
    lease: &Lease,
    job: &mut Job,
    plan: &UndoPlan,
    recorder: &Recorder,
    mut on_change: impl FnMut(&Job),
) -> Result<Vec<Ended>, journal::Error> {
    let mut ends = Vec::with_capacity(plan.steps.len());
    for step in &plan.steps {
        let ended = match step.verdict.kind() {
            Kind::Allowed => one(client, job, step, plan, recorder).await,
            _ => Ended::Refused(step.verdict.clone()),
        };
        took_back(job, step, &ended, Timestamp::now());
        lease.amend(job).await?;
        on_change(job);
        ends.push(ended);
    }
    Ok(ends)
}

/// One step, through the gate, with what is there at this moment.
async fn one(client: &Client, job: &mut Job, step: &Step, plan: &UndoPlan, recorder: &Recorder) -> Ended {
    let mut facts =
        FactStore::new(&job.profile, plan.standing.clone(), BTreeMap::default(), BTreeSet::default());
    let at = Timestamp::now();
    let place = [(step.region.clone(), step.image.clone())];
    if let Some(error) = look(client, &place, &mut facts).await.into_iter().next() {
        return Ended::Failed(error);
    }
    job.observe(&facts, at);
    if facts.is_absent(&step.image) {
        // Somebody else took it away meanwhile, and the record says so now.
        return Ended::Done;
    }
    let action = match &step.action {
        Action::Unshare { image, which: ShareSelection::Accounts(accounts) } => {
            // Those that were cancelled meanwhile need nothing, and those that others made since are theirs.
            let ours = |a: &&Uin| job.edge(&step.region, a).is_some_and(crate::jobs::Edge::is_ours);
            let left: Vec<Uin> = accounts.iter().filter(ours).cloned().collect();
            if left.is_empty() {
                return Ended::Done;
            }
            Action::Unshare { image: image.clone(), which: ShareSelection::Accounts(left) }
        }
        Action::Delete { image, .. } => {
            // The list may lag behind the shares that were cancelled a moment ago.
            if facts.shares(image).is_some_and(|s| !s.is_empty()) {
                tokio::time::sleep(LAG).await;
                if let Some(error) = look(client, &place, &mut facts).await.into_iter().next() {
                    return Ended::Failed(error);
                }
            }
            step.action.clone()
        }
        other => other.clone(),
    };
    facts.take_job(job);
    let cleared = match rules::clear(action, &facts, &step.verdict) {
        Ok(cleared) => cleared,
        Err(verdict) => return Ended::Refused(verdict),
    };
    match act::perform(client, &cleared, &step.region, recorder).await {
        Ok(done) if done.left.is_empty() => Ended::Done,
        Ok(done) => Ended::StillShown(done.left),
        Err(error) => Ended::Failed(error),
    }
}

/// The record claims nothing any more that was taken back, and says why the rest was not.
fn took_back(job: &mut Job, step: &Step, ended: &Ended, now: Timestamp) {
    let why = match ended {
        Ended::Done => None,
        Ended::Refused(verdict) => {
            let code = verdict.reasons.first().map_or("unknown", |r| r.code.as_str());
            Some(Failure { code: code.to_owned(), text: "it could not be taken back".to_owned() })
        }
        Ended::Failed(error) => Some(Failure { code: error.code.clone(), text: error.message.clone() }),
        Ended::StillShown(_) => {
            let text = "the cancelling was accepted, and the share list still shows it".to_owned();
            Some(Failure { code: "still-shown".to_owned(), text })
        }
    };
    if let Action::Delete { .. } = step.action {
        for cell in job.cells.iter_mut().filter(|c| c.region == step.region && c.is_ours()) {
            match &why {
                None => {
                    (cell.state, cell.error, cell.percent) = (CellState::Undone, None, None);
                    (cell.doubt, cell.seen) = (false, Some(Seen::gone(now, cell.seen)));
                }
                some => cell.error.clone_from(some),
            }
        }
        return;
    }
    for edge in job.edges.iter_mut().filter(|e| e.region == step.region && e.is_ours()) {
        let stays = match ended {
            Ended::StillShown(left) => left.contains(&edge.account),
            _ => why.is_some(),
        };
        if !step.accounts().contains(&edge.account) {
            continue;
        }
        if stays {
            edge.error.clone_from(&why);
        } else {
            (edge.state, edge.error, edge.unsure) = (EdgeState::Undone, None, false);
            edge.seen = Some(Seen::gone(now, edge.seen));
        }
    }
}

#[cfg(test)]
#[path = "undo_tests.rs"]
mod tests;
