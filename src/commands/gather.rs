//! The facts that a command judges by: the profile, the journal's jobs, and what the cloud is asked until a verdict
//! misses nothing.

use jiff::Timestamp;

use crate::{
    cloud::{Client, Error, each_region},
    commands::{list::regions_in_view, progress::waiting},
    facts::{FactStore, Learnt, Load, Loaded, fetch, learn_action, learn_plan},
    jobs::{Goal, Job, Journal, Plan, journal::StoredJob},
    model::{Image, ImageId, Region, Share, Uin},
    rules::{Action, Verdict},
    session::{
        error::{Fault, failure},
        setup::Setup,
    },
};

/// What is known of the setup's profile before the cloud is asked: what it decides, and the jobs of its journal. A
/// journal that is not there yet holds none and is not made.
pub(super) async fn known(setup: &Setup) -> Result<FactStore, Fault> {
    let mut store = setup.facts(setup.profile());
    if let Some(journal) = journal(setup).await? {
        take_jobs(&mut store, &journal.jobs().await?, setup);
    }
    Ok(store)
}

/// The journal of the setup's profile. None where there is none yet, or where it ends with this process.
async fn journal(setup: &Setup) -> Result<Option<Journal>, Fault> {
    if setup.ends_with_us(setup.profile()) || !setup.paths.journal().exists() {
        return Ok(None);
    }
    setup.journal().await.map(Some)
}

/// Takes the jobs of the cloud that is asked.
fn take_jobs(store: &mut FactStore, jobs: &[StoredJob], setup: &Setup) {
    let here = |kept: &&StoredJob| setup.asks_cloud_of(kept.endpoint.as_deref(), setup.profile());
    jobs.iter().filter(here).for_each(|kept| store.take_job(&kept.job));
}

/// Brings the records of the profile's jobs up to date with what was read since `at`, and the store with the records.
pub(super) async fn remember(store: &mut FactStore, setup: &Setup, at: Timestamp) -> Result<(), Fault> {
    let profile = setup.profile();
    let Some(journal) = journal(setup).await? else { return Ok(()) };
    let me = store.standing.me.clone();
    let ours = |job: &Job, endpoint: Option<&str>| {
        let same_account = me.is_none() || job.account.is_none() || job.account == me;
        job.profile == profile.name && same_account && setup.asks_cloud_of(endpoint, profile)
    };
    let jobs = journal.observe(store, at, ours).await?;
    take_jobs(store, &jobs, setup);
    Ok(())
}

/// Brings the records of jobs up to date with an image as it was read after a call of ours that began at `at`: deleted, or
/// shared with these accounts.
pub(super) async fn remember_image(
    image: &Image,
    shares: Option<&[Share]>,
    deleted: bool,
    me: Option<Uin>,
    setup: &Setup,
    at: Timestamp,
) -> Result<(), Fault> {
    let mut store = setup.facts(setup.profile());
    if let Some(me) = me {
        store.take(&Load::Identity, Loaded::Identity(me), at);
    }
    store.take_page([image.clone()]);
    if let Some(shares) = shares {
        store.take_shares(image.id.clone(), shares.to_vec());
    }
    if deleted {
        store.image_deleted(&image.id);
    }
    remember(&mut store, setup, at).await
}

/// A job of the journal.
pub(super) async fn job(id: &str, setup: &Setup) -> Result<Option<StoredJob>, Fault> {
    match journal(setup).await? {
        Some(journal) => Ok(journal.job(id).await?),
        None => Ok(None),
    }
}

/// The verdict on an action with everything read that it needs, and what could not be read, for people.
pub(crate) async fn verdict(
    action: &Action,
    setup: &Setup,
    client: &Client,
) -> Result<(Verdict, FactStore, Vec<String>), Fault> {
    let (mut store, at) = (known(setup).await?, Timestamp::now());
    let read = async {
        let (view, problems) = standing(&mut store, setup, client).await?;
        Ok::<_, Fault>((learn_action(&mut store, client, &view, action).await, problems))
    };
    let (Learnt { failed, .. }, mut problems) = waiting(|| asking(setup), read).await?;
    problems.extend(told(&failed, setup));
    remember(&mut store, setup, at).await?;
    Ok(((*store.verdict(action)).clone(), store, problems))
}

/// A plan with everything read that it needs, and what could not be read, for people.
pub(crate) async fn plan(
    goal: &Goal,
    store: &mut FactStore,
    setup: &Setup,
    client: &Client,
) -> Result<(Plan, Vec<String>), Fault> {
    let at = Timestamp::now();
    let read = async {
        let (view, problems) = standing(store, setup, client).await?;
        Ok::<_, Fault>((learn_plan(store, client, &view, goal).await, problems))
    };
    let (Learnt { failed, .. }, mut problems) = waiting(|| asking(setup), read).await?;
    problems.extend(told(&failed, setup));
    remember(store, setup, at).await?;
    Ok((Plan::make(goal, store), problems))
}

/// What a terminal tells while the cloud is asked.
fn asking(setup: &Setup) -> String {
    setup.lang.of("waiting for the cloud …", "正在等待云端应答 …").to_owned()
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
pub(crate) async fn find_image(
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
