//! Undoes a job: cancels the shares and deletes the copies that the job made, as far as they still exist, in
//! every region of the job, shares first. Never automatic. The command and the console use the same plan and
//! the same executor, and the record of the job then says "undone".

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
        CellState, EdgeState, Job, Seen, act,
        journal::{self, Lease, Recorder},
    },
    messages::text,
    model::{ImageId, ImageKind, InstanceId, JobFailure, Region, Share, Uin},
    rules::{self, Action, Code, Facts, Note, ShareSelection, Standing, Verdict, VerdictKind},
};

/// Maximum number of concurrent reads.
const CONCURRENT_READS: usize = 10;
/// How long to wait for a share list that still shows cancelled shares, before the copy is deleted.
const SHARE_LIST_DELAY: Duration = Duration::from_millis(500);

/// Returns the images that must be read before a job is undone or its record updated: the image of each cell.
pub fn images_to_read(job: &Job) -> Vec<(Region, ImageId)> {
    let there = job.cells.iter().filter(|c| c.state != CellState::Undone);
    there.filter_map(|c| Some((c.region.clone(), c.image.clone()?))).collect()
}

/// Reads images and the shares of own images into `store`. Returns the errors.
pub async fn read_images(client: &Client, images: &[(Region, ImageId)], store: &mut FactStore) -> Vec<Error> {
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
    let mut reads = std::pin::pin!(reads.buffered(CONCURRENT_READS));
    let mut failed = Vec::new();
    while let Some((region, id, image, shares)) = reads.next().await {
        match image {
            Ok(image) => {
                let load = Load::Image(region, id.clone());
                store.add_loaded(&load, Loaded::Image(Box::new(image)), Timestamp::now());
            }
            Err(error) => failed.push(error),
        }
        match shares {
            Some(Ok(shares)) => store.set_shares(id, shares),
            Some(Err(error)) => failed.push(error),
            None => {}
        }
    }
    failed
}

/// Like [`read_images`], for all images of a job. Also reads the instances of the regions with copies; these
/// reads are optional.
pub async fn read_job(client: &Client, job: &Job, store: &mut FactStore) -> Vec<Error> {
    let images = images_to_read(job);
    let failed = read_images(client, &images, store).await;
    let ours: Vec<Region> =
        job.cells.iter().filter(|c| c.is_made_by_job()).map(|c| c.region.clone()).collect();
    let reads = stream::iter(ours).map(|region| {
        let client = client.clone();
        async move {
            let mut all = Vec::new();
            client.instances(&region, |page| all.extend(page)).await.map(|_| all)
        }
    });
    let instances: Vec<_> = reads.buffered(CONCURRENT_READS).collect().await;
    instances.into_iter().flatten().for_each(|all| store.add_instances(all));
    failed
}

/// A step of an undo.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UndoStep {
    /// The region.
    pub region: Region,
    /// The image that is unshared or deleted.
    pub image: ImageId,
    /// [`Action::Unshare`] with accounts, or [`Action::Delete`].
    pub action: Action,
    /// The verdict on the action. For a deletion, it assumes that the steps before it are done.
    pub verdict: Verdict,
}

impl UndoStep {
    /// Returns the accounts whose shares are cancelled; empty if a copy is deleted.
    pub fn accounts(&self) -> &[Uin] {
        match &self.action {
            Action::Unshare { which: ShareSelection::Accounts(accounts), .. } => accounts,
            _ => &[],
        }
    }
}

/// Something that an undo does not remove.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leftover {
    /// The region.
    pub region: Region,
    /// The image.
    pub image: ImageId,
    /// What remains.
    pub what: LeftoverKind,
}

/// What an undo does not remove.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LeftoverKind {
    /// Shares with these accounts, which the job did not make.
    Shares(Vec<Uin>),
    /// A copy that the job made, with the reasons why it cannot be deleted.
    Copy(Verdict),
    /// This many snapshots of a copy that is deleted.
    Snapshots(usize),
    /// Own instances that run the image.
    Instances(Vec<InstanceId>),
}

/// What an undo would remove and what would remain.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct UndoPlan {
    /// The steps: shares first, then copies.
    pub steps: Vec<UndoStep>,
    /// What remains, in the order of the job's regions.
    pub leftovers: Vec<Leftover>,
    /// Whether the snapshots of the copies are deleted too.
    pub with_snapshots: bool,
    /// The standing for the checks before each step.
    standing: Standing,
}

impl UndoPlan {
    /// Returns the risks of all steps without duplicates.
    pub fn risks(&self) -> Vec<Note> {
        let mut risks: Vec<Note> = Vec::new();
        for risk in self.steps.iter().flat_map(|s| &s.verdict.acknowledge) {
            if !risks.contains(risk) {
                risks.push(risk.clone());
            }
        }
        risks
    }

    /// Returns whether any step is allowed.
    pub fn can_start(&self) -> bool {
        self.steps.iter().any(|s| s.verdict.is_allowed())
    }
}

/// Plans the undo of a job from facts that have just been read (see [`read_job`]). First compares the record
/// with the facts, so that it does not undo what is already gone, or what others have made since. The same
/// job and facts give the same plan.
pub fn plan(job: &Job, facts: &Facts, with_snapshots: bool, now: Timestamp) -> UndoPlan {
    let mut job = job.clone();
    job.observe(facts, now);
    let mut facts = facts.clone();
    job.update_facts(&mut facts);
    let mut plan = UndoPlan { with_snapshots, standing: facts.standing.clone(), ..UndoPlan::default() };
    let mut deletes = Vec::new();
    for cell in job.cells.iter().filter(|c| c.state != CellState::Undone) {
        let Some(id) = cell.image.clone().filter(|id| !facts.is_absent(id)) else { continue };
        let region = cell.region.clone();
        let of_cell = || job.edges.iter().filter(|e| e.region == region);
        let ours: Vec<Uin> = of_cell().filter(|e| e.is_made_by_job()).map(|e| e.account.clone()).collect();
        if !ours.is_empty() {
            let action = Action::Unshare { image: id.clone(), which: ShareSelection::Accounts(ours.clone()) };
            let verdict = rules::check(&action, &facts);
            plan.steps.push(UndoStep { region: region.clone(), image: id.clone(), action, verdict });
        }
        let shares: Vec<Share> = facts.shares(&id).map(<[Share]>::to_vec).unwrap_or_default();
        let rest: Vec<Share> = shares.into_iter().filter(|s| !ours.contains(&s.account)).collect();
        // For an image that the job did not make, report only the shares of the job's accounts.
        let told = |s: &&Share| cell.is_made_by_job() || of_cell().any(|e| e.account == s.account);
        let others: Vec<Uin> = rest.iter().filter(told).map(|s| s.account.clone()).collect();
        let mut stay =
            |what| plan.leftovers.push(Leftover { region: region.clone(), image: id.clone(), what });
        if !others.is_empty() {
            stay(LeftoverKind::Shares(others));
        }
        if !cell.is_made_by_job() {
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
            stay(LeftoverKind::Copy(verdict));
            continue;
        }
        let snapshots = facts.image(&id).map_or(0, |i| i.snapshots.len());
        if snapshots > 0 && !with_snapshots {
            stay(LeftoverKind::Snapshots(snapshots));
        }
        let running: Vec<InstanceId> = facts.running(&id).map(|i| i.id.clone()).collect();
        if !running.is_empty() {
            stay(LeftoverKind::Instances(running));
        }
        deletes.push(UndoStep { region: region.clone(), image: id.clone(), action, verdict });
    }
    plan.steps.append(&mut deletes);
    plan
}

/// How a step ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ended {
    /// It succeeded, and reading confirmed it.
    Done,
    /// The rules did not allow it.
    Refused(Verdict),
    /// The cloud refused it or could not be reached.
    Failed(Error),
    /// It was accepted, and the share list still shows these accounts.
    StillShown(Vec<Uin>),
}

/// Runs the steps of a plan that were allowed when it was shown. Reads the image again before each step and
/// writes the job after each. The person has accepted the plan's verdicts. Returns how each step ended.
///
/// # Errors
/// The journal cannot be written, or another process drives the job now. Nothing more is sent then.
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
            VerdictKind::Allowed => run_step(client, job, step, plan, recorder).await,
            _ => Ended::Refused(step.verdict.clone()),
        };
        update_record(job, step, &ended, Timestamp::now());
        lease.amend(job).await?;
        on_change(job);
        ends.push(ended);
    }
    Ok(ends)
}

/// Runs one step with the current facts, after the rules have cleared it.
async fn run_step(
    client: &Client,
    job: &mut Job,
    step: &UndoStep,
    plan: &UndoPlan,
    recorder: &Recorder,
) -> Ended {
    let mut facts =
        FactStore::new(&job.profile, plan.standing.clone(), BTreeMap::default(), BTreeSet::default());
    let at = Timestamp::now();
    let place = [(step.region.clone(), step.image.clone())];
    if let Some(error) = read_images(client, &place, &mut facts).await.into_iter().next() {
        return Ended::Failed(error);
    }
    job.observe(&facts, at);
    if facts.is_absent(&step.image) {
        // Somebody else has removed it in the meantime, and the record now says so.
        return Ended::Done;
    }
    let action = match &step.action {
        Action::Unshare { image, which: ShareSelection::Accounts(accounts) } => {
            // Skip shares that were cancelled in the meantime, and those that others have made since.
            let ours = |a: &&Uin| job.edge(&step.region, a).is_some_and(crate::jobs::Edge::is_made_by_job);
            let left: Vec<Uin> = accounts.iter().filter(ours).cloned().collect();
            if left.is_empty() {
                return Ended::Done;
            }
            Action::Unshare { image: image.clone(), which: ShareSelection::Accounts(left) }
        }
        Action::Delete { image, .. } => {
            // The list may still show shares that were just cancelled.
            if facts.shares(image).is_some_and(|s| !s.is_empty()) {
                tokio::time::sleep(SHARE_LIST_DELAY).await;
                if let Some(error) = read_images(client, &place, &mut facts).await.into_iter().next() {
                    return Ended::Failed(error);
                }
            }
            step.action.clone()
        }
        other => other.clone(),
    };
    facts.add_job(job);
    let cleared = match rules::clear(action, &facts, &step.verdict) {
        Ok(cleared) => cleared,
        Err(verdict) => return Ended::Refused(verdict),
    };
    match act::perform(client, &cleared, &step.region, recorder).await {
        Ok(done) if done.still_listed.is_empty() => Ended::Done,
        Ok(done) => Ended::StillShown(done.still_listed),
        Err(error) => Ended::Failed(error),
    }
}

/// Updates the record: it does not claim what was undone, and it says why the rest was not undone.
fn update_record(job: &mut Job, step: &UndoStep, ended: &Ended, now: Timestamp) {
    let why = match ended {
        Ended::Done => None,
        Ended::Refused(verdict) => {
            let code = verdict.reasons.first().map_or("unknown", |r| r.code.as_str());
            Some(JobFailure::new(code, text!(job_not_undone)))
        }
        Ended::Failed(error) => Some(JobFailure::new(&error.code, error.message.clone())),
        Ended::StillShown(_) => Some(JobFailure::new("still-shown", text!(job_still_shown))),
    };
    if let Action::Delete { .. } = step.action {
        for cell in job.cells.iter_mut().filter(|c| c.region == step.region && c.is_made_by_job()) {
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
    for edge in job.edges.iter_mut().filter(|e| e.region == step.region && e.is_made_by_job()) {
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
