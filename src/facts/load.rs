//! Reads of the cloud and their results.

use parking_lot::Mutex;
use std::collections::BTreeSet;

use crate::{
    cloud::{Client, Error},
    jobs,
    model::{Image, ImageId, ImageKind, Instance, InstanceId, Offer, Region, Share, Uin},
    rules::Probe,
};

/// A read of the cloud.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Load {
    /// The main account of the credentials.
    Identity,
    /// The regions of the cloud.
    Regions,
    /// The own and received images of a region.
    Images(Region),
    /// The instances of a region.
    Instances(Region),
    /// An image.
    Image(Region, ImageId),
    /// An instance.
    Instance(Region, InstanceId),
    /// The instance types that a region's zones sell by the hour.
    Offers(Region),
    /// The shares of an own image.
    Shares(Region, ImageId),
    /// The maximum number of own images in a region.
    Quota(Region),
    /// The properties of an image that only a dry run of SyncImages reveals.
    Probe(Region, ImageId),
}

impl Load {
    /// Returns whether this is one of the lists that the console reads first. The status line shows their
    /// progress.
    pub fn is_list(&self) -> bool {
        matches!(self, Self::Images(_) | Self::Instances(_) | Self::Regions | Self::Identity)
    }
}

/// The result of a read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Loaded {
    /// The main account.
    Identity(Uin),
    /// The regions that are available to the account.
    Regions(Vec<Region>),
    /// All images of a region.
    Images(Vec<Image>),
    /// The IDs of all images of a region. The images have been delivered page by page.
    Listed(BTreeSet<ImageId>),
    /// An image; `None` if it does not exist.
    Image(Box<Option<Image>>),
    /// All instances of a region.
    Instances(Vec<Instance>),
    /// An instance; `None` if it does not exist.
    Instance(Box<Option<Instance>>),
    /// The instance types of each zone, including those that are sold out.
    Offers(Vec<Offer>),
    /// The shares of an image.
    Shares(Vec<Share>),
    /// The maximum number of own images in a region.
    Quota(u32),
    /// The result of the dry run.
    Probe(Probe),
}

/// Rows of a list that is not complete yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Page {
    /// Images of a region.
    Images(Vec<Image>),
    /// Instances of a region.
    Instances(Vec<Instance>),
}

/// Makes a read. `on_page` receives the pages of a long image list before the result, which is then
/// [`Loaded::Listed`], and the readable rows of an incomplete list.
///
/// # Errors
/// Errors of the cloud; [`crate::cloud::Kind::Incomplete`] for an incomplete list.
pub async fn fetch(client: &Client, load: &Load, on_page: impl Fn(Page)) -> Result<Loaded, Error> {
    Ok(match load {
        Load::Identity => Loaded::Identity(client.caller().await?.account),
        Load::Regions => {
            let all = client.regions().await?;
            Loaded::Regions(all.into_iter().filter(|(_, _, open)| *open).map(|(r, ..)| r).collect())
        }
        Load::Images(region) => images(client, region, on_page).await?,
        Load::Image(region, id) => Loaded::Image(Box::new(client.image(region, id).await?)),
        Load::Instances(region) => {
            let mut all = Vec::new();
            match Error::split_incomplete(client.instances(region, |page| all.extend(page)).await)? {
                None => Loaded::Instances(all),
                Some(gap) => {
                    on_page(Page::Instances(all));
                    return Err(gap);
                }
            }
        }
        Load::Instance(region, id) => Loaded::Instance(Box::new(client.instance(region, id).await?)),
        Load::Offers(region) => Loaded::Offers(client.zone_types(region).await?),
        Load::Shares(region, id) => Loaded::Shares(client.shares(region, id).await?),
        Load::Quota(region) => Loaded::Quota(client.image_quota(region).await?),
        Load::Probe(region, id) => Loaded::Probe(jobs::probe(client, region, id).await?),
    })
}

/// Reads own and received images concurrently. If they fit on one page, returns them; otherwise passes the
/// pages to `on_page`.
async fn images(client: &Client, region: &Region, on_page: impl Fn(Page)) -> Result<Loaded, Error> {
    let few = Mutex::new(Vec::new());
    let listed = Mutex::new(BTreeSet::new());
    let keep = |page: Vec<Image>| {
        let mut listed = listed.lock();
        if listed.is_empty() && page.len() < 100 {
            few.lock().extend(page);
        } else {
            listed.extend(page.iter().map(|image| image.id.clone()));
            on_page(Page::Images(page));
        }
    };
    let own = async { Error::split_incomplete(client.images(region, ImageKind::Own, keep).await) };
    let received = async { Error::split_incomplete(client.images(region, ImageKind::Received, keep).await) };
    let (own, received) = futures_util::future::try_join(own, received).await?;
    let few = few.into_inner();
    let mut listed = listed.into_inner();
    if let Some(gap) = own.or(received) {
        on_page(Page::Images(few));
        return Err(gap);
    }
    if listed.is_empty() {
        return Ok(Loaded::Images(few));
    }
    if !few.is_empty() {
        listed.extend(few.iter().map(|image| image.id.clone()));
        on_page(Page::Images(few));
    }
    Ok(Loaded::Listed(listed))
}
