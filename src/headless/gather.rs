//! The facts that a verdict needs, fetched until it has them all.

use futures_util::future::join_all;
use jiff::Timestamp;

use super::list::regions_in_view;
use crate::{
    cli::{Fault, Setup, failure},
    cloud::{Client, Error, Kind, each_region},
    jobs::{self, Goal, Plan},
    model::{Image, ImageId, ImageKind, Instance, InstanceId, Region, Session},
    rules::{Action, Facts, Missing, Verdict, check},
};

/// Each round answers what the last verdict missed, and an answer can raise new questions: the image, its shares, the
/// destinations. A round that brings nothing new is the last one anyway.
const ROUNDS: usize = 6;

/// The verdict with everything known that it asks for, and what could not be learnt, for people.
pub(super) async fn verdict(
    action: &Action,
    setup: &Setup,
    client: &Client,
) -> Result<(Verdict, Facts, Vec<String>), Fault> {
    let facts = setup.facts(setup.profile());
    let (verdict, mut facts, mut problems) =
        learn(facts, setup, client, |facts| check(action, facts), |v| &v.missing).await?;
    worth_knowing(action, client, &mut facts).await;
    let verdict = if verdict.missing.is_empty() { check(action, &facts) } else { verdict };
    problems.dedup();
    Ok((verdict, facts, problems))
}

/// A plan with everything known that it asks for, and what could not be learnt, for people. `facts` is what is known
/// already.
pub(super) async fn plan(
    goal: &Goal,
    facts: Facts,
    setup: &Setup,
    client: &Client,
) -> Result<(Plan, Facts, Vec<String>), Fault> {
    let make = |facts: &Facts| Plan::make(goal, facts);
    let (plan, mut facts, problems) = learn(facts, setup, client, make, |plan| &plan.missing).await?;
    worth_knowing(&plan.action(goal), client, &mut facts).await;
    let plan = if plan.missing.is_empty() { Plan::make(goal, &facts) } else { plan };
    Ok((plan, facts, problems))
}

/// Asks a question of the facts, fetches what it misses, and asks again, until nothing is missing or nothing new comes.
async fn learn<T>(
    mut facts: Facts,
    setup: &Setup,
    client: &Client,
    ask: impl Fn(&Facts) -> T,
    missing: impl Fn(&T) -> &[Missing],
) -> Result<(T, Facts, Vec<String>), Fault> {
    let mut problems = Vec::new();
    let view = match standing(&mut facts, setup, client).await {
        Ok(view) => view,
        Err(error) if settle(&mut facts, &error) => {
            problems.push(failure(&error).line(setup.lang));
            Vec::new()
        }
        Err(error) => return Err(error.into()),
    };
    let mut answer = ask(&facts);
    for _ in 0..ROUNDS {
        let wanted = missing(&answer).to_vec();
        if wanted.is_empty() || view.is_empty() {
            break;
        }
        let mut failed = Vec::new();
        for result in join_all(wanted.iter().map(|m| fetch(m, client, &facts, &view))).await {
            match result {
                Ok(got) => got.into_iter().for_each(|add| add(&mut facts)),
                Err(error) => failed.push(error),
            }
        }
        answer = ask(&facts);
        if missing(&answer) == wanted {
            problems.extend(failed.iter().map(|e| failure(e).line(setup.lang)));
            break;
        }
    }
    problems.dedup();
    Ok((answer, facts, problems))
}

/// What no verdict waits for, but what makes it exact: the image's secrets that only a DryRun tells, its shares where
/// they are worth a note (F11), the instances made from an image that is to go, and the image that an instance runs.
/// Where it does not come, the verdict stands without it.
async fn worth_knowing(action: &Action, client: &Client, facts: &mut Facts) {
    if let Action::Capture { instance, .. } = action
        && let Some(instance) = facts.instance(instance)
        && let (region, Some(image)) = (instance.region.clone(), instance.image.clone())
        && let Ok(Some(image)) = client.image(&region, &image).await
    {
        facts.add_images([image]);
    }
    let Some(image) = action.image().and_then(|id| facts.image(id)).filter(|i| i.kind == ImageKind::Own)
    else {
        return;
    };
    let (region, id) = (image.region.clone(), image.id.clone());
    match action {
        Action::Share { .. } | Action::Distribute { .. } | Action::Copy { .. } if image.is_normal() => {
            if let Ok(probe) = jobs::probe(client, &region, &id).await {
                facts.probes.insert(id, probe);
            }
        }
        Action::Launch { .. } if facts.shares(&id).is_none() => {
            if let Ok(shares) = client.shares(&region, &id).await {
                facts.set_shares(id, shares);
            }
        }
        Action::Delete { .. } => {
            let mut instances = Vec::new();
            if client.instances(&region, |page| instances.extend(page)).await.is_ok() {
                facts.add_instances(instances);
            }
        }
        _ => {}
    }
}

/// Who asks, and which regions there are.
async fn standing(facts: &mut Facts, setup: &Setup, client: &Client) -> Result<Vec<Region>, Error> {
    let (caller, regions, view) =
        tokio::try_join!(client.caller(), client.regions(), regions_in_view(setup, client))?;
    facts.standing.me = Some(caller.account);
    facts.known_regions = regions.into_iter().map(|(region, _, _)| region).collect();
    Ok(view)
}

/// Some errors are facts of their own, and there are rules for them.
fn settle(facts: &mut Facts, error: &Error) -> bool {
    match error.kind {
        Kind::Expired => facts.standing.session = Session::Expired,
        Kind::Network | Kind::Timeout => facts.standing.offline = true,
        _ => return false,
    }
    true
}

type Add = Box<dyn FnOnce(&mut Facts) + Send>;

/// Fetches one fact; what comes is put in afterwards, since many are fetched at once.
async fn fetch(
    missing: &Missing,
    client: &Client,
    facts: &Facts,
    view: &[Region],
) -> Result<Option<Add>, Error> {
    Ok(Some(match missing {
        Missing::Image(id) => {
            let Some(image) = find_image(client, view, id).await? else {
                return Ok(None);
            };
            Box::new(move |f| f.add_images([image]))
        }
        Missing::Shares(id) => {
            let Some(region) = facts.image(id).map(|i| i.region.clone()) else {
                return Ok(None);
            };
            let (id, shares) = (id.clone(), client.shares(&region, id).await?);
            Box::new(move |f| f.set_shares(id, shares))
        }
        Missing::Instance(id) => {
            let Some(instance) = find_instance(client, view, id).await? else {
                return Ok(None);
            };
            Box::new(move |f| f.add_instances([instance]))
        }
        Missing::Images(region) => {
            let (mut own, mut received) = (Vec::new(), Vec::new());
            tokio::try_join!(
                client.images(region, ImageKind::Own, |page| own.extend(page)),
                client.images(region, ImageKind::Received, |page| received.extend(page)),
            )?;
            own.append(&mut received);
            // With the names come the slots, and their number is worth having from the server itself.
            let quota = client.image_quota(region).await.ok();
            let region = region.clone();
            Box::new(move |f| {
                f.set_images(&region, own, Timestamp::now());
                let known = f.regions.entry(region).or_default();
                known.quota = quota.or(known.quota);
            })
        }
        Missing::Quota(region) => {
            let (quota, region) = (client.image_quota(region).await?, region.clone());
            Box::new(move |f| f.regions.entry(region).or_default().quota = Some(quota))
        }
        Missing::Offers(region) => {
            let (offers, region) = (client.zone_types(region).await?, region.clone());
            Box::new(move |f| f.set_offers(region, offers))
        }
        Missing::Identity => {
            let caller = client.caller().await?;
            Box::new(move |f| f.standing.me = Some(caller.account))
        }
    }))
}

/// The image, from whichever of the regions has it. A region that fails matters only when no other has it.
pub(super) async fn find_image(
    client: &Client,
    regions: &[Region],
    id: &ImageId,
) -> Result<Option<Image>, Error> {
    first(regions, async |region| client.image(&region, id).await).await
}

async fn find_instance(
    client: &Client,
    regions: &[Region],
    id: &InstanceId,
) -> Result<Option<Instance>, Error> {
    first(regions, async |region| client.instance(&region, id).await).await
}

async fn first<T, F: Future<Output = Result<Option<T>, Error>>>(
    regions: &[Region],
    ask: impl Fn(Region) -> F,
) -> Result<Option<T>, Error> {
    let (mut found, mut failed) = (None, None);
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
