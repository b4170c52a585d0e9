//! What the cloud tells of an image only when it is asked for something.

use crate::{
    cloud::{Client, Error},
    model::{Catalog, ImageId, Region},
    rules::Probe,
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
