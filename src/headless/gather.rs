//! The facts that a command judges by: the profile, the journal's jobs, and what the cloud is asked until a verdict
//! misses nothing.

use jiff::Timestamp;

use super::list::regions_in_view;
use crate::{
    cli::{Fault, Setup, failure},
    cloud::{Client, Error, each_region},
    facts::{FactStore, Learnt, Load, fetch, learn_action, learn_plan},
    jobs::{Goal, Job, Plan, journal::Kept},
    model::{Image, ImageId, Region},
    rules::{Action, Verdict},
};

/// What is known of the setup's profile before the cloud is asked: what it decides, and the jobs of its journal. A
/// journal that is not there yet holds none and is not made.
pub(super) fn known(setup: &Setup) -> Result<FactStore, Fault> {
    let mut store = setup.facts(setup.profile());
    if !setup.ends_with_us(setup.profile()) && setup.paths.journal().exists() {
        for kept in setup.journal()?.jobs()? {
            if setup.asks_cloud_of(kept.endpoint.as_deref(), setup.profile()) {
                store.take_job(&kept.job);
            }
        }
    }
    Ok(store)
}

/// Brings the records of the profile's jobs up to date with what was read since `at`, and the store with the records.
pub(super) fn remember(store: &mut FactStore, setup: &Setup, at: Timestamp) -> Result<(), Fault> {
    let profile = setup.profile();
    if setup.ends_with_us(profile) || !setup.paths.journal().exists() {
        return Ok(());
    }
    let journal = setup.journal()?;
    let me = store.standing.me.clone();
    let ours = |job: &Job, endpoint: Option<&str>| {
        let same_account = me.is_none() || job.account.is_none() || job.account == me;
        job.profile == profile.name && same_account && setup.asks_cloud_of(endpoint, profile)
    };
    journal.observe(store, at, ours)?;
    for kept in journal.jobs()? {
        if setup.asks_cloud_of(kept.endpoint.as_deref(), profile) {
            store.take_job(&kept.job);
        }
    }
    Ok(())
}

/// A job of the journal.
pub(super) fn job(id: &str, setup: &Setup) -> Result<Option<Kept>, Fault> {
    match setup.ends_with_us(setup.profile()) || !setup.paths.journal().exists() {
        true => Ok(None),
        false => Ok(setup.journal()?.job(id)?),
    }
}

/// The verdict on an action with everything read that it needs, and what could not be read, for people.
pub(super) async fn verdict(
    action: &Action,
    setup: &Setup,
    client: &Client,
) -> Result<(Verdict, FactStore, Vec<String>), Fault> {
    let (mut store, at) = (known(setup)?, Timestamp::now());
    let (view, mut problems) = standing(&mut store, setup, client).await?;
    let Learnt { failed, .. } = learn_action(&mut store, client, &view, action).await;
    problems.extend(told(&failed, setup));
    remember(&mut store, setup, at)?;
    Ok(((*store.verdict(action)).clone(), store, problems))
}

/// A plan with everything read that it needs, and what could not be read, for people.
pub(super) async fn plan(
    goal: &Goal,
    store: &mut FactStore,
    setup: &Setup,
    client: &Client,
) -> Result<(Plan, Vec<String>), Fault> {
    let at = Timestamp::now();
    let (view, mut problems) = standing(store, setup, client).await?;
    let Learnt { failed, .. } = learn_plan(store, client, &view, goal).await;
    problems.extend(told(&failed, setup));
    remember(store, setup, at)?;
    Ok((Plan::make(goal, store), problems))
}

fn told(failed: &[Error], setup: &Setup) -> Vec<String> {
    let mut lines: Vec<String> = failed.iter().map(|e| failure(e).line(setup.lang)).collect();
    lines.sort();
    lines.dedup();
    lines
}

/// Who asks, which regions there are, and those in view; read once. Where the cloud cannot be asked and a rule says so,
/// no region is in view and the problem is told.
async fn standing(
    store: &mut FactStore,
    setup: &Setup,
    client: &Client,
) -> Result<(Vec<Region>, Vec<String>), Fault> {
    let read = async |load: Load| {
        let loaded = fetch(client, &load, |_| {}).await?;
        Ok::<_, Error>((load, loaded))
    };
    let (identity, regions) = (store.standing.me.is_none(), store.known_regions.is_empty());
    let read_if = async |needed: bool, load: Load| match needed {
        true => read(load).await.map(Some),
        false => Ok(None),
    };
    let asked = async {
        tokio::try_join!(
            read_if(identity, Load::Identity),
            read_if(regions, Load::Regions),
            regions_in_view(setup, client)
        )
    };
    match asked.await {
        Ok((identity, regions, view)) => {
            for (load, loaded) in [identity, regions].into_iter().flatten() {
                store.take(&load, loaded, Timestamp::now());
            }
            Ok((view, Vec::new()))
        }
        Err(error) if store.take_error(&error) => Ok((Vec::new(), vec![failure(&error).line(setup.lang)])),
        Err(error) => Err(error.into()),
    }
}

/// The image, from whichever of the regions has it. A region that fails matters only when no other has it.
pub(super) async fn find_image(
    client: &Client,
    regions: &[Region],
    id: &ImageId,
) -> Result<Option<Image>, Error> {
    let (mut found, mut failed) = (None, None);
    let ask = async |region: Region| client.image(&region, id).await;
    each_region(regions.iter().cloned(), ask, |_, result| match result {
        Ok(one) => found = found.take().or(one),
        Err(error) => failed = Some(error),
    })
    .await;
    match (found, failed) {
        (None, Some(error)) => Err(error),
        (found, _) => Ok(found),
    }
}
