//! Dry runs: ask the cloud whether an action would work or is permitted, without changing anything.

use jiff::Timestamp;

use super::{
    act::CallOptions,
    answer::is_temporary,
    job::CallRecord,
    plan::{CellKind, Plan},
};
use crate::{
    cloud::{Client, Error, Kind, Launch},
    model::{Catalog, ImageId, JobFailure, Region},
    rules::{Action, Facts, Probe},
};

/// Makes the dry run of a single action, if the API has one: Delete and Launch. It needs no cleared action,
/// because it changes nothing. Returns the call, and the error if the cloud would refuse the action.
pub async fn dry_run(
    client: &Client,
    action: &Action,
    extra: &CallOptions,
    region: &Region,
) -> Option<(CallRecord, Result<(), Error>)> {
    let at = Timestamp::now();
    let (name, asked) = match action {
        Action::Delete { image, with_snapshots } => {
            let ids = std::slice::from_ref(image);
            let asked = client.delete_images(region, ids, *with_snapshots, true).await;
            ("DeleteImages", asked.map(Some))
        }
        Action::Launch { image, zone: Some(zone), instance_type: Some(kind), name, .. } => {
            let launch = Launch {
                image: image.clone(),
                zone: zone.clone(),
                instance_type: kind.clone(),
                name: name.clone(),
                network: extra.network.clone(),
                token: String::new(),
            };
            ("RunInstances", client.run_instances(region, &launch, true).await.map(|_| None))
        }
        _ => return None,
    };
    let (outcome, request_id) = match &asked {
        Ok(id) => ("ok".to_owned(), id.clone()),
        Err(e) => (e.code.clone(), e.request_id.clone()),
    };
    let (action, region, detail) = (name.to_owned(), region.clone(), "dry run".to_owned());
    Some((CallRecord { at, action, region, outcome, request_id, detail }, asked.map(drop)))
}

/// Makes the dry run of each action that has one, for an image that does not exist. The error is a denial if
/// the account lacks the permission, and a different one otherwise.
pub async fn permissions(client: &Client, region: &Region) -> Vec<(&'static str, Option<Error>)> {
    let Ok(nobody) = "img-00000000".parse::<ImageId>() else { return Vec::new() };
    let other = Catalog::get().iter().find(|r| r.region != *region && r.receives_copies);
    let to: Vec<Region> = other.map(|r| r.region.clone()).into_iter().collect();
    let launch = Launch {
        image: nobody.clone(),
        zone: format!("{region}-1"),
        instance_type: "S5.MEDIUM4".to_owned(),
        name: None,
        network: None,
        token: String::new(),
    };
    let ids = std::slice::from_ref(&nobody);
    let (copy, delete, run) = tokio::join!(
        client.sync_images(region, &nobody, &to, None, true),
        client.delete_images(region, ids, false, true),
        client.run_instances(region, &launch, true),
    );
    vec![("SyncImages", copy.err()), ("DeleteImages", delete.err()), ("RunInstances", run.err())]
}

/// Makes a dry run of SyncImages to a region that can receive copies. The refusal reveals properties that
/// DescribeImages does not report (the DryRun parameter of
/// <https://cloud.tencent.com/document/api/213/33272>).
///
/// # Errors
/// Errors that say nothing about the image, for example if the cloud could not be reached.
pub async fn probe(client: &Client, region: &Region, id: &ImageId) -> Result<Probe, Error> {
    let catalog = Catalog::get();
    let group = catalog.region(region).map(|r| r.group);
    let target = catalog
        .iter()
        .find(|r| r.region != *region && r.open && r.receives_copies && Some(r.group) == group)
        .map(|r| r.region.clone());
    let Some(target) = target else { return Ok(Probe::default()) };
    match client.sync_images(region, id, &[target], None, true).await {
        Ok(_) => Ok(Probe::default()),
        Err(error) => Ok(Probe {
            encrypted: error.code == "UnsupportedOperation.EncryptedImagesNotSupported",
            whole_machine: error.code == "InvalidParameter.InstanceImageNotSupport",
        }),
    }
}

/// Makes dry runs of a plan's copies and returns the refusals. Makes one call for all regions with the same
/// name; if that is refused, one call per region. Ignores temporary refusals, such as a busy source, and
/// calls that did not reach the cloud.
pub async fn rehearse(
    plan: &Plan,
    image: &ImageId,
    facts: &Facts,
    client: &Client,
) -> Vec<(Region, JobFailure)> {
    let Some(source) = facts.image(image).map(|i| i.region.clone()) else { return Vec::new() };
    let mut by_name: Vec<(&str, Vec<Region>)> = Vec::new();
    for cell in &plan.cells {
        let CellKind::Copy { name } = &cell.kind else { continue };
        match by_name.iter_mut().find(|(n, _)| n == name) {
            Some((_, regions)) => regions.push(cell.region.clone()),
            None => by_name.push((name, vec![cell.region.clone()])),
        }
    }
    let mut refused: Vec<(Region, Error)> = Vec::new();
    for (name, regions) in by_name {
        let Err(all) = client.sync_images(&source, image, &regions, Some(name), true).await else { continue };
        if let [region] = &regions[..] {
            refused.push((region.clone(), all));
            continue;
        }
        for region in regions {
            let alone = std::slice::from_ref(&region);
            if let Err(error) = client.sync_images(&source, image, alone, Some(name), true).await {
                refused.push((region, error));
            }
        }
    }
    refused
        .into_iter()
        .filter(|(_, e)| e.kind == Kind::Refused && !is_temporary(&e.code))
        .map(|(region, e)| (region, JobFailure::new(&e.code, e.message)))
        .collect()
}
