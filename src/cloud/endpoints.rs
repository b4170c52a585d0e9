//! Typed methods for the API actions.

use std::collections::HashSet;

use super::{
    Client, Error,
    answer::incomplete,
    answer::{Answer, Response},
    api, convert,
    pages::{PAGE_ROWS, all_rows, rows, total, unread_rows_error},
    wire,
};
use crate::{
    messages::text,
    model::{Image, ImageId, ImageKind, Instance, InstanceId, Region, Share, Uin},
};

/// The identity that credentials belong to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Caller {
    /// The main account.
    pub account: Uin,
    /// `UserId`: the sub-account, or a role and its session.
    pub user: String,
    /// The ARN: `qcs::cam:…`.
    pub arn: String,
    /// The type of the identity, such as `CAMUser` or `CAMRole`.
    pub kind: String,
}

/// A zone of a region.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Zone {
    /// The ID, such as `ap-guangzhou-3`.
    pub id: String,
    /// The name in the client's language.
    pub name: String,
    /// Whether instances can be created there.
    pub available: bool,
}

/// Share, or cancel a share.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Permission {
    /// `SHARE`
    Share,
    /// `CANCEL`
    Cancel,
}

/// The result of SyncImages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Synced {
    /// The request ID.
    pub request_id: String,
    /// The new images, one per region; empty for a dry run.
    pub images: Vec<(Region, ImageId)>,
}

impl Client {
    /// Returns the identity that the credentials belong to.
    ///
    /// # Errors
    /// See [`super::Kind`].
    pub async fn caller(&self) -> Result<Caller, Error> {
        // The action's page requires a region, and the official clients send this one.
        let region = "ap-guangzhou".parse().ok();
        let answer = self.call(&api::GET_CALLER, region.as_ref(), &wire::Nothing {}, false).await?;
        let lost = incomplete(&answer);
        let who: wire::GetCallerIdentityAnswer = answer.response.row();
        let account: Uin = who.AccountId.parse().map_err(|_| lost)?;
        *self.0.account.lock() = Some(account.clone());
        Ok(Caller { account, user: who.UserId, arn: who.Arn, kind: who.Type })
    }

    /// Returns the regions that have CVM: code, name in the client's language, and whether the region is
    /// available. Leaves out rows that cannot be read.
    ///
    /// # Errors
    /// See [`super::Kind`].
    pub async fn regions(&self) -> Result<Vec<(Region, String, bool)>, Error> {
        Ok(self.regions_with_gap().await?.0)
    }

    /// Like [`Client::regions`], and also returns an error of [`super::Kind::Incomplete`] if some rows cannot
    /// be read.
    ///
    /// # Errors
    /// See [`super::Kind`].
    pub async fn regions_with_gap(&self) -> Result<(Vec<(Region, String, bool)>, Option<Error>), Error> {
        let request = wire::DescribeRegions { Product: Some("cvm".into()), Scene: None };
        let answer = self.call(&api::DESCRIBE_REGIONS, None, &request, false).await?;
        all_rows(&answer, "RegionSet", convert::region)
    }

    /// Returns the zones of a region.
    ///
    /// # Errors
    /// See [`super::Kind`].
    pub async fn zones(&self, region: &Region) -> Result<Vec<Zone>, Error> {
        let answer = self.call(&api::DESCRIBE_ZONES, Some(region), &wire::Nothing {}, false).await?;
        let zone = |z: wire::ZoneInfo| {
            Ok(Zone { id: z.Zone, name: z.ZoneName, available: z.ZoneState == "AVAILABLE" })
        };
        Ok(all_rows(&answer, "ZoneSet", zone)?.0)
    }

    /// Reads all images of one kind in a region. Calls `on_page` with each page in order. Returns the number
    /// of images.
    ///
    /// # Errors
    /// See [`super::Kind`]; pages before the error have been delivered. With [`super::Kind::Incomplete`], all
    /// readable rows have been delivered.
    pub async fn images(
        &self,
        region: &Region,
        which: ImageKind,
        on_page: impl FnMut(Vec<Image>),
    ) -> Result<usize, Error> {
        self.filtered(region, which, None, on_page).await
    }

    async fn filtered(
        &self,
        region: &Region,
        which: ImageKind,
        name: Option<&str>,
        on_page: impl FnMut(Vec<Image>),
    ) -> Result<usize, Error> {
        let mut filters = vec![filter("image-type", image_type(which))];
        filters.extend(name.map(|n| filter("image-name", n)));
        let request = |offset| wire::DescribeImages {
            Filters: Some(filters.clone()),
            Offset: Some(offset),
            Limit: Some(PAGE_ROWS),
            ..Default::default()
        };
        let convert = |w| convert::image(w, region, Some(which));
        let id = |image: &Image| image.id.clone();
        self.pages((&api::DESCRIBE_IMAGES, "ImageSet"), region, request, convert, id, on_page).await
    }

    /// Returns the number of images of one kind in a region without reading them.
    ///
    /// # Errors
    /// See [`super::Kind`].
    pub async fn image_count(&self, region: &Region, which: ImageKind) -> Result<u64, Error> {
        let request = wire::DescribeImages {
            Filters: Some(vec![filter("image-type", image_type(which))]),
            Limit: Some(1),
            ..Default::default()
        };
        let answer = self.call(&api::DESCRIBE_IMAGES, Some(region), &request, false).await?;
        total(&answer).ok_or_else(|| incomplete(&answer))
    }

    /// Returns up to 100 images by ID. Leaves out images that do not exist.
    ///
    /// # Errors
    /// See [`super::Kind`].
    pub async fn images_by_id(&self, region: &Region, ids: &[ImageId]) -> Result<Vec<Image>, Error> {
        match self.by_id(region, ids).await {
            // It is not documented whether an unknown ID fails the call or is left out of the answer.
            Err(e) if e.code == "InvalidImageId.NotFound" && ids.len() > 1 => {
                let each = ids.iter().map(|id| self.image(region, id));
                let found = futures_util::future::try_join_all(each).await?;
                Ok(found.into_iter().flatten().collect())
            }
            Err(e) if e.code == "InvalidImageId.NotFound" => Ok(Vec::new()),
            other => other,
        }
    }

    /// Returns an image, or `None` if it does not exist.
    ///
    /// # Errors
    /// See [`super::Kind`].
    pub async fn image(&self, region: &Region, id: &ImageId) -> Result<Option<Image>, Error> {
        match self.by_id(region, std::slice::from_ref(id)).await {
            Err(e) if e.code == "InvalidImageId.NotFound" => Ok(None),
            other => Ok(other?.pop()),
        }
    }

    async fn by_id(&self, region: &Region, ids: &[ImageId]) -> Result<Vec<Image>, Error> {
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let request = wire::DescribeImages {
            ImageIds: Some(ids.iter().map(ToString::to_string).collect()),
            Limit: Some(PAGE_ROWS),
            ..Default::default()
        };
        let answer = self.call(&api::DESCRIBE_IMAGES, Some(region), &request, false).await?;
        let found = rows(&answer, "ImageSet", PAGE_ROWS as usize, |w| convert::image(w, region, None))?;
        let unread = unread_rows_error(found.received - found.read.len(), found.received, found.first_error);
        let mut images: Vec<Image> = found.read.into_iter().filter(|i| ids.contains(&i.id)).collect();
        images.sort_by(|a, b| a.id.cmp(&b.id));
        images.dedup_by(|a, b| a.id == b.id);
        // An unreadable row may be one of the images that are missing.
        match unread.filter(|_| images.len() < ids.len()) {
            Some(unread) => Err(unread.at(answer.action, Some(region))),
            None => Ok(images),
        }
    }

    /// Returns the own image with exactly this name. The service's filter is fuzzy, so this reads all its
    /// pages and compares the names.
    ///
    /// # Errors
    /// See [`super::Kind`].
    pub async fn own_named(&self, region: &Region, name: &str) -> Result<Option<Image>, Error> {
        let mut found = None;
        let look = |page: Vec<Image>| {
            if let Some(image) = page.into_iter().find(|i| i.name == name) {
                found = Some(image);
            }
        };
        match self.filtered(region, ImageKind::Own, Some(name), look).await {
            // Names are unique, so the unreadable rows are other images.
            Err(error) if error.kind == super::Kind::Incomplete && found.is_some() => Ok(found),
            read => read.map(|_| found),
        }
    }

    /// Returns the shares of an own image.
    ///
    /// # Errors
    /// See [`super::Kind`]; `UnauthorizedOperation.ImageNotBelongToAccount` for an image of another account,
    /// and [`super::Kind::Incomplete`] if a row cannot be read.
    pub async fn shares(&self, region: &Region, image: &ImageId) -> Result<Vec<Share>, Error> {
        match self.shares_with_gap(region, image).await? {
            (_, Some(gap)) => Err(gap),
            (shares, None) => Ok(shares),
        }
    }

    /// Like [`Client::shares`], but returns the readable rows and an error of [`super::Kind::Incomplete`] if
    /// there are others. Each account occurs once.
    ///
    /// # Errors
    /// See [`super::Kind`].
    pub async fn shares_with_gap(
        &self,
        region: &Region,
        image: &ImageId,
    ) -> Result<(Vec<Share>, Option<Error>), Error> {
        let request = wire::DescribeImageSharePermission { ImageId: Some(image.to_string()) };
        let answer = self.call(&api::DESCRIBE_SHARES, Some(region), &request, false).await?;
        let (mut shares, gap) = all_rows(&answer, "SharePermissionSet", convert::share)?;
        let gap = gap
            .map(|gap| Error { message: text!(common_region_why, region = image, why = gap.message), ..gap });
        let mut known = HashSet::new();
        shares.retain(|share| known.insert(share.account.clone()));
        Ok((shares, gap))
    }

    /// Shares an image with accounts, or cancels shares. Sent at most once: after a lost answer, read the shares.
    ///
    /// # Errors
    /// See [`super::Kind`] and [`super::Sent`].
    pub async fn modify_shares(
        &self,
        region: &Region,
        image: &ImageId,
        accounts: &[Uin],
        permission: Permission,
    ) -> Result<String, Error> {
        let word = match permission {
            Permission::Share => "SHARE",
            Permission::Cancel => "CANCEL",
        };
        let request = wire::ModifyImageSharePermission {
            ImageId: Some(image.to_string()),
            AccountIds: Some(accounts.iter().map(ToString::to_string).collect()),
            Permission: Some(word.into()),
        };
        let answer = self.call(&api::MODIFY_SHARES, Some(region), &request, false).await?;
        Ok(answer.request_id)
    }

    /// Starts copies of an image in other regions, or makes a dry run. Sent at most once unless it is a dry run: after a
    /// lost answer, look for the name in each destination.
    ///
    /// # Errors
    /// See [`super::Kind`] and [`super::Sent`].
    pub async fn sync_images(
        &self,
        source: &Region,
        image: &ImageId,
        to: &[Region],
        name: Option<&str>,
        dry_run: bool,
    ) -> Result<Synced, Error> {
        let request = wire::SyncImages {
            ImageIds: Some(vec![image.to_string()]),
            DestinationRegions: Some(to.iter().map(ToString::to_string).collect()),
            DryRun: dry_run.then_some(true),
            ImageName: name.map(str::to_owned),
            // Without this parameter the answer does not contain the new IDs.
            ImageSetRequired: Some(true),
            ..Default::default()
        };
        let answer = self.call(&api::SYNC_IMAGES, Some(source), &request, dry_run).await;
        let answer = dry_run_result(answer, dry_run)?;
        let images = rows(&answer, "ImageSet", to.len(), convert::copy).map(|rows| rows.read);
        Ok(Synced { request_id: answer.request_id, images: images.unwrap_or_default() })
    }

    /// Deletes own images and optionally their snapshots, or makes a dry run.
    ///
    /// # Errors
    /// See [`super::Kind`] and [`super::Sent`].
    pub async fn delete_images(
        &self,
        region: &Region,
        images: &[ImageId],
        with_snapshots: bool,
        dry_run: bool,
    ) -> Result<String, Error> {
        let request = wire::DeleteImages {
            ImageIds: Some(images.iter().map(ToString::to_string).collect()),
            DeleteBindedSnap: with_snapshots.then_some(true),
            DryRun: dry_run.then_some(true),
        };
        let answer = self.call(&api::DELETE_IMAGES, Some(region), &request, dry_run).await;
        Ok(dry_run_result(answer, dry_run)?.request_id)
    }

    /// Changes the name, the description, or both, of an own image.
    ///
    /// # Errors
    /// See [`super::Kind`] and [`super::Sent`].
    pub async fn modify_image(
        &self,
        region: &Region,
        image: &ImageId,
        name: Option<&str>,
        description: Option<&str>,
    ) -> Result<String, Error> {
        let request = wire::ModifyImageAttribute {
            ImageId: Some(image.to_string()),
            ImageName: name.map(str::to_owned),
            ImageDescription: description.map(str::to_owned),
            ..Default::default()
        };
        Ok(self.call(&api::MODIFY_IMAGE, Some(region), &request, false).await?.request_id)
    }

    /// Returns the maximum number of own images in a region.
    ///
    /// # Errors
    /// See [`super::Kind`].
    pub async fn image_quota(&self, region: &Region) -> Result<u32, Error> {
        let answer = self.call(&api::DESCRIBE_QUOTA, Some(region), &wire::Nothing {}, false).await?;
        let quota = answer.response.number("ImageNumQuota");
        quota.and_then(|q| u32::try_from(q).ok()).ok_or_else(|| incomplete(&answer))
    }

    /// Reads all instances of a region. Calls `on_page` with each page in order. Returns the number of
    /// instances.
    ///
    /// # Errors
    /// See [`super::Kind`]; pages before the error have been delivered. With [`super::Kind::Incomplete`], all
    /// readable rows have been delivered.
    pub async fn instances(
        &self,
        region: &Region,
        on_page: impl FnMut(Vec<Instance>),
    ) -> Result<usize, Error> {
        let request = |offset| wire::DescribeInstances {
            Offset: i64::try_from(offset).ok(),
            Limit: Some(PAGE_ROWS.cast_signed()),
            ..Default::default()
        };
        let convert = |w| convert::instance(w, region);
        let id = |instance: &Instance| instance.id.clone();
        self.pages((&api::DESCRIBE_INSTANCES, "InstanceSet"), region, request, convert, id, on_page).await
    }

    /// Returns an instance, or `None` if it does not exist.
    ///
    /// # Errors
    /// See [`super::Kind`].
    pub async fn instance(&self, region: &Region, id: &InstanceId) -> Result<Option<Instance>, Error> {
        let request =
            wire::DescribeInstances { InstanceIds: Some(vec![id.to_string()]), ..Default::default() };
        match self.call(&api::DESCRIBE_INSTANCES, Some(region), &request, false).await {
            Err(e) if e.code == "InvalidInstanceId.NotFound" => Ok(None),
            answer => {
                let (found, gap) = all_rows(&answer?, "InstanceSet", |w| convert::instance(w, region))?;
                match (found.into_iter().find(|i| i.id == *id), gap) {
                    (None, Some(gap)) => Err(gap),
                    (found, _) => Ok(found),
                }
            }
        }
    }

    /// Returns the number of instances in a region without reading them.
    ///
    /// # Errors
    /// See [`super::Kind`].
    pub async fn instance_count(&self, region: &Region) -> Result<u64, Error> {
        let request = wire::DescribeInstances { Limit: Some(1), ..Default::default() };
        let answer = self.call(&api::DESCRIBE_INSTANCES, Some(region), &request, false).await?;
        total(&answer).ok_or_else(|| incomplete(&answer))
    }
}

fn image_type(which: ImageKind) -> &'static str {
    match which {
        ImageKind::Own => "PRIVATE_IMAGE",
        ImageKind::Received => "SHARED_IMAGE",
        ImageKind::Public => "PUBLIC_IMAGE",
    }
}

pub(super) fn filter(name: &str, value: &str) -> wire::Filter {
    wire::Filter { Name: name.into(), Values: vec![value.into()] }
}

/// Treats the error code for a successful dry run as success. The service may use either form.
pub(super) fn dry_run_result(answer: Result<Answer, Error>, dry_run: bool) -> Result<Answer, Error> {
    match answer {
        Err(e) if dry_run && e.code == "DryRunOperation" => Ok(Answer {
            action: e.action,
            region: e.region,
            response: Response::default(),
            request_id: e.request_id.unwrap_or_default(),
            _large: None,
        }),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Compile-time check that the futures of calls are `Send`; the console and the worker spawn them.
    const _: fn(&Client, &Region, &ImageId) = calls_can_be_spawned;

    fn calls_can_be_spawned(client: &Client, region: &Region, id: &ImageId) {
        fn sendable(_: impl Future + Send) {}
        sendable(client.images(region, ImageKind::Own, |_| {}));
        sendable(client.instances(region, |_| {}));
        sendable(client.own_named(region, "x"));
        sendable(client.images_by_id(region, std::slice::from_ref(id)));
        sendable(client.sync_images(region, id, &[], None, false));
    }
}
