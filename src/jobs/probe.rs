//! What the cloud tells of an image only when it is asked for something. Nothing is changed.

use super::{
    answer::is_passing,
    job::Failure,
    plan::{CellKind, Plan},
};
use crate::{
    cloud::{Client, Error, Kind},
    model::{Catalog, ImageId, Region},
    rules::{Facts, Probe},
};

/// SyncImages with DryRun to a region that could take a copy: it changes nothing, and its refusal tells what
/// DescribeImages does not (api-3.0.md, section 7).
///
/// # Errors
/// Those that are no answer to the question: the cloud could not be asked.
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

/// Lets the cloud try a plan's copies without making them, and returns what it refuses. One call for all regions of a
/// name, and, where that is refused, one a region to learn which of them spoil it. What passes by itself is no refusal: a
/// busy source is waited for, and a cloud that cannot be asked says nothing.
pub async fn rehearse(
    plan: &Plan,
    image: &ImageId,
    facts: &Facts,
    client: &Client,
) -> Vec<(Region, Failure)> {
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
        .filter(|(_, e)| e.kind == Kind::Refused && !is_passing(&e.code))
        .map(|(region, e)| (region, Failure { code: e.code, text: e.message }))
        .collect()
}
