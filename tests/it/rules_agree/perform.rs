//! Performs actions as calls, as the product does, and reads what they changed.

use std::collections::BTreeMap;

use cvmshare::{
    model::{Catalog, Image, ImageId, ImageKind, Receiver, Region},
    rules::{Action, CopyLookup, ShareSelection},
};
use serde_json::{Value, json};

use super::read::{Play, rows};
use crate::{
    emulator_client::{ACME, BOREALIS},
    rules_world::uin,
};

impl Play {
    /// Performs an action. Returns the first error code if a call is refused.
    pub async fn perform(&mut self, action: &Action) -> Result<(), String> {
        match action {
            Action::Share { image, with } => {
                let image = self.image(image);
                self.share(&image, with, false).await
            }
            Action::Distribute { image, with, regions } => self.distribute(image, with, regions).await,
            Action::Copy { image, to, name } => {
                let image = self.image(image);
                let done = self.copy(&image, to, name.as_deref()).await;
                done.map(|_| ())
            }
            Action::Unshare { image, which } => self.unshare(image, which).await,
            Action::Delete { image, with_snapshots } => {
                let region = self.image(image).region;
                let params = json!({ "ImageIds": [image], "DeleteBindedSnap": with_snapshots });
                self.call(&region, "DeleteImages", params).await?;
                self.read_images(&region).await;
                Ok(())
            }
            Action::Rename { image, name, description } => {
                let region = self.image(image).region;
                let mut params = json!({ "ImageId": image });
                if let Some(name) = name {
                    params["ImageName"] = name.as_str().into();
                }
                if let Some(description) = description {
                    params["ImageDescription"] = description.as_str().into();
                }
                self.call(&region, "ModifyImageAttribute", params).await?;
                self.read_images(&region).await;
                Ok(())
            }
            Action::Launch { image, region, zone, instance_type, .. } => {
                let region = region.clone().unwrap_or_else(|| self.image(image).region);
                let params = json!({
                    "ImageId": image,
                    "Placement": { "Zone": zone.clone().unwrap_or_else(|| zone_of(&region)) },
                    "InstanceType": instance_type.as_deref().unwrap_or("S5.MEDIUM4"),
                    "DryRun": true,
                });
                self.call(&region, "RunInstances", params).await.map(|_| ())
            }
            Action::Reinstall { instance, image } => {
                let region = self.facts.instance(instance).unwrap().region.clone();
                self.call(&region, "ResetInstance", json!({ "InstanceId": instance, "ImageId": image }))
                    .await?;
                self.read_instances(&region).await;
                self.moving.insert(region);
                Ok(())
            }
            Action::Capture { instance, name } => {
                let region = self.facts.instance(instance).unwrap().region.clone();
                self.call(&region, "CreateImage", json!({ "InstanceId": instance, "ImageName": name }))
                    .await?;
                self.read_images(&region).await;
                self.read_probes().await;
                self.moving.insert(region);
                Ok(())
            }
        }
    }

    fn image(&self, id: &ImageId) -> Image {
        self.facts.image(id).unwrap().clone()
    }

    /// Makes one call for each region of the receivers, for the image or its copy there. It names only accounts that do
    /// not have the image. If all have it and there are no others, it names them anyway, to see the cloud's answer.
    async fn share(&mut self, image: &Image, with: &[Receiver], others: bool) -> Result<(), String> {
        let mut groups = BTreeMap::<Region, Vec<String>>::new();
        for receiver in with {
            let account = receiver.account.as_ref().map_or_else(Clone::clone, ToString::to_string);
            // The image of another account is looked up in its own region.
            let region = receiver.region.as_ref().filter(|_| image.kind == ImageKind::Own);
            groups.entry(region.unwrap_or(&image.region).clone()).or_default().push(account);
        }
        let mut calls = Vec::new();
        for (region, accounts) in groups {
            let id = self.copy_in(image, &region).filter(|_| region != image.region);
            let here = id.is_some() || region == image.region;
            let id = id.unwrap_or_else(|| image.id.clone());
            let shares = self.facts.shares(&id).filter(|_| here).unwrap_or_default();
            let (old, new): (Vec<String>, Vec<String>) =
                accounts.into_iter().partition(|a| shares.iter().any(|s| s.account.as_str() == a));
            calls.push((region, id, old, new));
        }
        let anybody = others || calls.iter().any(|(.., new)| !new.is_empty());
        for (region, id, old, new) in calls {
            let accounts = if anybody { new } else { old };
            if accounts.is_empty() {
                continue;
            }
            let params = json!({ "ImageId": id, "AccountIds": accounts, "Permission": "SHARE" });
            self.call(&region, "ModifyImageSharePermission", params).await?;
            self.read_shares(&region, &id).await;
        }
        Ok(())
    }

    /// Returns a copy in a region that this test made, or the image of which this one is a copy.
    fn copy_in(&self, image: &Image, region: &Region) -> Option<ImageId> {
        match self.facts.copy_in(image, region) {
            CopyLookup::Found(copy) => Some(copy.id.clone()),
            CopyLookup::Unseen(_) | CopyLookup::NotFound => None,
        }
    }

    async fn unshare(&mut self, id: &ImageId, which: &ShareSelection) -> Result<(), String> {
        let image = self.image(id);
        let accounts: Vec<String> = match (which, self.facts.shares(id)) {
            (ShareSelection::Accounts(accounts), _) => accounts.iter().map(ToString::to_string).collect(),
            (ShareSelection::All, Some(shares)) if !shares.is_empty() => {
                shares.iter().map(|s| s.account.to_string()).collect()
            }
            // There are no shares. Tries any account, to see the cloud's answer.
            (ShareSelection::All, _) => vec![BOREALIS.to_owned()],
        };
        let params = json!({ "ImageId": id, "AccountIds": accounts, "Permission": "CANCEL" });
        self.call(&image.region, "ModifyImageSharePermission", params).await?;
        if image.kind == ImageKind::Own {
            let before = self.facts.shares(id).map(<[_]>::len);
            self.read_shares(&image.region, id).await;
            let after = self.facts.shares(id).map(<[_]>::len);
            assert!(after <= before);
        }
        Ok(())
    }

    async fn copy(
        &mut self,
        image: &Image,
        to: &[Region],
        name: Option<&str>,
    ) -> Result<Vec<(Region, ImageId)>, String> {
        let answer = self.call(&image.region, "SyncImages", sync(image, to, name, false)).await?;
        let copies: Vec<(Region, ImageId)> = rows(&answer["ImageSet"])
            .map(|c| {
                (
                    c["Region"].as_str().unwrap().parse().unwrap(),
                    c["ImageId"].as_str().unwrap().parse().unwrap(),
                )
            })
            .collect();
        for (region, id) in &copies {
            self.read_images(region).await;
            self.moving.insert(region.clone());
            if image.kind == ImageKind::Own {
                self.facts.copies.entry(image.id.clone()).or_default().insert(region.clone(), id.clone());
            }
        }
        // The copy may have made the source busy.
        self.read_images(&image.region).await;
        self.moving.insert(image.region.clone());
        self.read_probes().await;
        Ok(copies)
    }

    /// Runs the guided flow: a dry run of the copies, the shares that are possible now, the copies, and their shares.
    async fn distribute(
        &mut self,
        id: &ImageId,
        with: &[Receiver],
        regions: &[Region],
    ) -> Result<(), String> {
        let image = self.image(id);
        let me = uin(ACME);
        // A receiver without a region needs the image in all chosen regions.
        let with: Vec<Receiver> = with
            .iter()
            .flat_map(|r| match (&r.region, regions) {
                (None, [_, ..]) => {
                    regions.iter().map(|at| Receiver { region: Some(at.clone()), ..r.clone() }).collect()
                }
                _ => vec![r.clone()],
            })
            .collect();
        let has = |region: &Region| *region == image.region || self.copy_in(&image, region).is_some();
        let (mut here, mut there) = (Vec::new(), Vec::new());
        for receiver in &with {
            match &receiver.region {
                Some(region) if !has(region) && receiver.account.as_ref() != Ok(&me) => {
                    there.push(receiver.clone());
                }
                Some(region) if has(region) => here.push(receiver.clone()),
                // Nothing is copied for the own account.
                _ => here.push(Receiver { region: None, ..receiver.clone() }),
            }
        }
        let wanted = there.iter().filter_map(|r| r.region.as_ref()).chain(regions.iter().filter(|r| !has(r)));
        let needed: Vec<Region> =
            wanted.cloned().collect::<std::collections::BTreeSet<_>>().into_iter().collect();
        if !needed.is_empty() {
            self.call(&image.region, "SyncImages", sync(&image, &needed, None, true)).await?;
        }
        if !here.is_empty() {
            self.share(&image, &here, !needed.is_empty()).await?;
        }
        if needed.is_empty() {
            return Ok(());
        }
        // An impossible receiver is found on the source, so that nothing is copied for it.
        self.copy(&image, &needed, None).await?;
        self.advance(3600).await;
        if there.is_empty() { Ok(()) } else { self.share(&image, &there, false).await }
    }
}

fn sync(image: &Image, to: &[Region], name: Option<&str>, dry_run: bool) -> Value {
    let mut params = json!({
        "ImageIds": [image.id],
        "DestinationRegions": to,
        "ImageSetRequired": true,
        "DryRun": dry_run,
    });
    if let Some(name) = name {
        params["ImageName"] = name.into();
    }
    params
}

/// Returns a zone that sells in a region, or an invalid zone if the region does not exist.
fn zone_of(region: &Region) -> String {
    let info = Catalog::get().region(region);
    info.and_then(|i| i.zones.iter().find(|z| !i.sold_out.contains(z)))
        .cloned()
        .unwrap_or_else(|| format!("{region}-1"))
}
