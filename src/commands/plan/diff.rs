//! Compares a plan file with the cloud: what to add, what exists, what is not in the file.

use std::collections::BTreeSet;

use clap::ValueEnum;
use serde::Serialize;

use crate::{
    cloud::{Client, Error, Kind},
    commands::plan::resolve::{PlannedImage, locations},
    facts::FactStore,
    jobs::{CellKind, CellState, EdgeKind},
    model::{ImageId, Region, Uin},
    rules::{Action, Facts, Note, Reason, ShareSelection},
};

/// Which shares that a file does not name are cancelled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Prune {
    /// Those that were made from here
    Ours,
    /// All
    All,
}

/// What to do about one copy or share.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum DiffStatus {
    /// It does not exist and can be made.
    Add,
    /// It exists, as the file says.
    There,
    /// It exists, but is not in the file.
    Extra,
    /// It does not exist and cannot be made. The findings say why.
    Blocked,
}

/// One copy, or the image in its own region.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct CopyLine {
    pub region: Region,
    pub image_id: Option<ImageId>,
    pub name: String,
    pub step: DiffStatus,
}

/// One share.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct ShareLine {
    pub region: Region,
    pub image_id: Option<ImageId>,
    pub account: Uin,
    pub step: DiffStatus,
    /// Whether a job of this journal made it.
    pub ours: bool,
}

/// What the cloud has for one image of the file.
pub(crate) struct Difference {
    pub copies: Vec<CopyLine>,
    pub shares: Vec<ShareLine>,
}

/// Returns the differences of all images, and the facts. Reads the share lists that the plans did not need.
///
/// # Errors
///
/// The error of the cloud.
pub(crate) async fn differences(
    all: &[PlannedImage],
    client: &Client,
) -> Result<(Vec<Difference>, FactStore), Error> {
    let mut facts = all.last().map(|w| w.planned.facts.clone()).unwrap_or_default();
    for (region, id) in all.iter().flat_map(locations).collect::<BTreeSet<_>>() {
        if facts.shares(&id).is_some() {
            continue;
        }
        match client.shares(&region, &id).await {
            Ok(shares) => facts.set_shares(id.clone(), shares),
            // A recorded copy that was deleted has no shares.
            Err(error) if error.kind == Kind::NotFound => continue,
            Err(error) => return Err(error),
        }
        if facts.image(&id).is_none()
            && let Some(image) = client.image(&region, &id).await?
        {
            facts.add_images([image]);
        }
    }
    // Several entries may name one image.
    let wanted: BTreeSet<(ImageId, Uin)> = all.iter().flat_map(wanted_of).collect();
    let mut seen = BTreeSet::new();
    let mut lines = Vec::new();
    for one in all {
        let mut difference = difference(one, &facts);
        for (region, id) in locations(one) {
            if !seen.insert(id.clone()) {
                continue;
            }
            for share in facts.shares(&id).unwrap_or_default() {
                if wanted.contains(&(id.clone(), share.account.clone())) {
                    continue;
                }
                difference.shares.push(ShareLine {
                    region: region.clone(),
                    image_id: Some(id.clone()),
                    account: share.account.clone(),
                    step: DiffStatus::Extra,
                    ours: facts.made_here(&id, &share.account),
                });
            }
        }
        lines.push(difference);
    }
    Ok((lines, facts))
}

fn image_in(wanted: &PlannedImage, region: &Region) -> Option<ImageId> {
    match wanted.planned.plan.cell_kind(region)? {
        CellKind::Here(id) | CellKind::Copied(id) => Some(id.clone()),
        _ => None,
    }
}

fn wanted_of(one: &PlannedImage) -> Vec<(ImageId, Uin)> {
    let edges = one.planned.plan.edges.iter();
    edges.filter_map(|e| Some((image_in(one, &e.region)?, e.account.clone().ok()?))).collect()
}

fn difference(one: &PlannedImage, facts: &Facts) -> Difference {
    let plan = &one.planned.plan;
    // An unfinished job of this goal is resumed; for any other goal the image is busy.
    let job = one.planned.unfinished().map(|kept| &kept.job);
    let copies = plan.cells.iter().map(|cell| {
        let (image_id, name, step) = match &cell.kind {
            CellKind::Here(id) | CellKind::Copied(id) => (Some(id.clone()), None, DiffStatus::There),
            CellKind::LooksLike(id) => (Some(id.clone()), None, DiffStatus::Blocked),
            CellKind::Copy { name } => (None, Some(name.clone()), DiffStatus::Add),
            CellKind::Dropped | CellKind::Blocked => (None, None, DiffStatus::Blocked),
        };
        let unfinished = job.and_then(|job| job.cell(&cell.region));
        let step = match unfinished.map(|cell| cell.state) {
            Some(CellState::Ready) => DiffStatus::There,
            Some(_) => DiffStatus::Add,
            None => step,
        };
        let there = image_id.as_ref().and_then(|id| facts.image(id)).map(|i| i.name.to_string());
        let name = name.or(there).unwrap_or_else(|| one.image.name.to_string());
        CopyLine { region: cell.region.clone(), image_id, name, step }
    });
    let shares = plan.edges.iter().filter_map(|edge| {
        let account = edge.account.clone().ok()?;
        let image_id = image_in(one, &edge.region);
        let step = match edge.kind {
            EdgeKind::Add => DiffStatus::Add,
            EdgeKind::Already(_) => DiffStatus::There,
            EdgeKind::Dropped | EdgeKind::Blocked => DiffStatus::Blocked,
        };
        let step = match job.and_then(|job| job.edge(&edge.region, &account)) {
            Some(edge) if edge.state.is_shared() => DiffStatus::There,
            Some(_) => DiffStatus::Add,
            None => step,
        };
        let ours = image_id.as_ref().is_some_and(|id| facts.made_here(id, &account));
        Some(ShareLine { region: edge.region.clone(), image_id, account, step, ours })
    });
    Difference { copies: copies.collect(), shares: shares.collect() }
}

/// Returns the shares to cancel: for each image its region, its ID and the accounts.
pub(crate) fn prunes(all: &[Difference], prune: Option<Prune>) -> Vec<(Region, ImageId, Vec<Uin>)> {
    let mut out: Vec<(Region, ImageId, Vec<Uin>)> = Vec::new();
    let Some(prune) = prune else { return out };
    let extra = all.iter().flat_map(|d| &d.shares).filter(|s| s.step == DiffStatus::Extra);
    for share in extra.filter(|s| s.ours || prune == Prune::All) {
        let Some(id) = &share.image_id else { continue };
        match out.iter_mut().find(|(_, image, _)| image == id) {
            Some((.., accounts)) => accounts.push(share.account.clone()),
            None => out.push((share.region.clone(), id.clone(), vec![share.account.clone()])),
        }
    }
    out
}

/// Returns the action that cancels shares.
pub(crate) fn cancel(id: &ImageId, accounts: &[Uin]) -> Action {
    Action::Unshare { image: id.clone(), which: ShareSelection::Accounts(accounts.to_vec()) }
}

/// Returns the risks of all steps without duplicates, and the reasons that block cancelling.
pub(crate) fn risks(
    all: &[PlannedImage],
    prunes: &[(Region, ImageId, Vec<Uin>)],
    facts: &FactStore,
) -> (Vec<Note>, Vec<Reason>) {
    let (mut notes, mut reasons): (Vec<Note>, Vec<Reason>) = (Vec::new(), Vec::new());
    let mut add = |new: Vec<Note>| {
        for note in new {
            if !notes.contains(&note) {
                notes.push(note);
            }
        }
    };
    for one in all.iter().filter(|w| w.planned.plan.is_ready()) {
        add(one.planned.plan.acknowledge.clone());
    }
    for (_, id, accounts) in prunes {
        let verdict = facts.verdict(&cancel(id, accounts));
        add(verdict.acknowledge.clone());
        reasons.extend(verdict.reasons.iter().cloned());
    }
    (notes, reasons)
}

/// Returns whether the only reasons are that everything exists.
pub(crate) fn is_unchanged(one: &PlannedImage) -> bool {
    one.planned.is_all_there() && !one.planned.plan.verdict().reasons.is_empty()
}
