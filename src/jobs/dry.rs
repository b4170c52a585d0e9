//! Asking the cloud whether something would work, or whether we may, without doing it.

use jiff::Timestamp;

use super::{act::Extra, job::CallRecord};
use crate::{
    cloud::{Client, Error, Launch},
    model::{Catalog, ImageId, Region},
    rules::Action,
};

/// The dry run of a single action, where the API has one: Delete and Launch. Nothing is changed, so nothing has to be
/// cleared. Returns the call, and what the cloud said where it would refuse.
pub async fn dry_run(
    client: &Client,
    action: &Action,
    extra: &Extra,
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

/// What the cloud says to the dry runs of the actions that have one, about an image that is not there: a denial where the
/// account may not, anything else where it may.
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
