//! Reads the facts of a command: the profile, the journal's jobs, and from the cloud what a verdict lacks.

use jiff::Timestamp;

use crate::{
    cloud::{Client, Error, for_each_region},
    commands::{cloud_error::warn_clock, progress::with_status},
    facts::{FactStore, Learnt, Load, fetch, learn_action, learn_plan},
    jobs::{Goal, Job, Journal, Plan, journal::StoredJob},
    messages::m,
    model::{Image, ImageId, Region},
    rules::{Action, Verdict},
    session::{
        error::{CommandError, failure},
        setup::Setup,
    },
};

/// Returns the facts about the setup's profile that need no call: its settings and the jobs of its journal.
pub(crate) async fn known_facts(setup: &Setup) -> Result<FactStore, CommandError> {
    let mut store = setup.facts(setup.profile());
    if let Some(journal) = journal(setup).await? {
        add_jobs(&mut store, &journal.jobs().await?, setup);
    }
    Ok(store)
}

/// Returns the journal of the setup's profile. Returns `None` if the file does not exist (it is not created), or if
/// the journal would be in memory.
async fn journal(setup: &Setup) -> Result<Option<Journal>, CommandError> {
    match !setup.ends_with_process(setup.profile()) && setup.paths.journal().exists() {
        true => setup.journal().await.map(Some),
        false => Ok(None),
    }
}

/// Adds the jobs on the cloud in use to the facts.
fn add_jobs(store: &mut FactStore, jobs: &[StoredJob], setup: &Setup) {
    let here = |kept: &&StoredJob| setup.uses_cloud_of(kept.endpoint.as_deref(), setup.profile());
    jobs.iter().filter(here).for_each(|kept| store.add_job(&kept.job));
}

/// Updates the records of the profile's jobs with what was read since `at`, and the facts with the records.
pub(crate) async fn update_records(
    store: &mut FactStore,
    setup: &Setup,
    at: Timestamp,
) -> Result<(), CommandError> {
    let profile = setup.profile();
    let Some(journal) = journal(setup).await? else { return Ok(()) };
    let me = store.standing.me.clone();
    let ours = |job: &Job, endpoint: Option<&str>| {
        let same_account = me.is_none() || job.account.is_none() || job.account == me;
        job.profile == profile.name && same_account && setup.uses_cloud_of(endpoint, profile)
    };
    let jobs = journal.observe(store, at, ours).await?;
    add_jobs(store, &jobs, setup);
    Ok(())
}

/// Returns a job of the journal.
pub(super) async fn job(id: &str, setup: &Setup) -> Result<Option<StoredJob>, CommandError> {
    match journal(setup).await? {
        Some(journal) => Ok(journal.job(id).await?),
        None => Ok(None),
    }
}

/// Reads what an action needs. Returns the verdict, the facts, and messages about what could not be read.
pub(crate) async fn verdict(
    action: &Action,
    setup: &Setup,
    client: &Client,
) -> Result<(Verdict, FactStore, Vec<String>), CommandError> {
    let mut store = known_facts(setup).await?;
    let read =
        learn(&mut store, setup, client, async |store, view| learn_action(store, client, view, action).await);
    let read = read.await;
    warn_clock(client, setup);
    let problems = read?;
    Ok(((*store.verdict(action)).clone(), store, problems))
}

/// Reads what a goal needs. Returns the plan, and messages about what could not be read.
pub(crate) async fn plan(
    goal: &Goal,
    store: &mut FactStore,
    setup: &Setup,
    client: &Client,
) -> Result<(Plan, Vec<String>), CommandError> {
    let read = async |store: &mut FactStore, view: &[Region]| learn_plan(store, client, view, goal).await;
    let problems = learn(store, setup, client, read).await?;
    Ok((Plan::make(goal, store), problems))
}

/// Reads facts with `read`, which gets the regions in view, and updates the records. Returns messages about what
/// could not be read.
async fn learn<T>(
    store: &mut FactStore,
    setup: &Setup,
    client: &Client,
    read: impl AsyncFnOnce(&mut FactStore, &[Region]) -> Learnt<T>,
) -> Result<Vec<String>, CommandError> {
    let at = Timestamp::now();
    let reading = async {
        let (view, problems) = standing(store, setup, client).await?;
        Ok::<_, CommandError>((read(store, &view).await, problems))
    };
    let status = || setup.lang.text(m::cmd_lookup_waiting_for_cloud).to_owned();
    let (Learnt { failed, .. }, mut problems) = with_status(status, reading).await?;
    let mut lines: Vec<String> = failed.iter().map(|e| failure(e).details(setup.lang)).collect();
    lines.sort();
    lines.dedup();
    problems.extend(lines);
    update_records(store, setup, at).await?;
    Ok(problems)
}

/// Reads the caller's identity and the regions if they are not known, and returns the regions in view. If the cloud
/// cannot be reached and a rule covers that, returns no region and the problem.
async fn standing(
    store: &mut FactStore,
    setup: &Setup,
    client: &Client,
) -> Result<(Vec<Region>, Vec<String>), CommandError> {
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
            setup.regions_in_view(client)
        )
    };
    match asked.await {
        Ok((identity, regions, (view, _))) => {
            for (load, loaded) in [identity, regions].into_iter().flatten() {
                store.add_loaded(&load, loaded, Timestamp::now());
            }
            Ok((view, Vec::new()))
        }
        Err(error) if store.record_error(&error) => {
            Ok((Vec::new(), vec![failure(&error).details(setup.lang)]))
        }
        Err(error) => Err(error.into()),
    }
}

/// Returns the image from the first region that has it. An error of one region is returned only if no other region
/// has the image.
pub(crate) async fn image(client: &Client, regions: &[Region], id: &ImageId) -> Result<Option<Image>, Error> {
    let (mut found, mut failed) = (None, None);
    let ask = async |region: Region| client.image(&region, id).await;
    for_each_region(regions.iter().cloned(), ask, |_, result| match result {
        Ok(one) => found = found.take().or(one),
        Err(error) => failed = Some(error),
    })
    .await;
    match (found, failed) {
        (None, Some(error)) => Err(error),
        (found, _) => Ok(found),
    }
}
