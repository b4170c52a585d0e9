//! One read of the cloud, and what it brought.

use parking_lot::Mutex;
use std::collections::BTreeSet;

use crate::{
    cloud::{Client, Error},
    jobs,
    model::{Image, ImageId, ImageKind, Instance, InstanceId, Offer, Region, Share, Uin},
    rules::Probe,
};

/// One read of the cloud.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Load {
    /// The main account of the credentials.
    Identity,
    /// The regions of the cloud.
    Regions,
    /// Own and received images of a region.
    Images(Region),
    /// Instances of a region.
    Instances(Region),
    /// One image.
    Image(Region, ImageId),
    /// One instance.
    Instance(Region, InstanceId),
    /// The instance types that a region's zones sell by the hour.
    Offers(Region),
    /// The accounts that an own image is shared with.
    Shares(Region, ImageId),
    /// How many own images a region may hold.
    Quota(Region),
    /// What only a dry run of SyncImages tells of an image.
    Probe(Region, ImageId),
}

impl Load {
    /// Whether it is one of the lists that the console reads first and whose progress the status line shows.
    pub fn is_list(&self) -> bool {
        matches!(self, Self::Images(_) | Self::Instances(_) | Self::Regions | Self::Identity)
    }
}

/// What a read brought.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Loaded {
    /// The main account.
    Identity(Uin),
    /// The regions that are open to this account.
    Regions(Vec<Region>),
    /// All images of a region.
    Images(Vec<Image>),
    /// The ids of all images of a region; the images themselves came page by page before.
    Listed(BTreeSet<ImageId>),
    /// One image; nothing where it is not there.
    Image(Box<Option<Image>>),
    /// All instances of a region.
    Instances(Vec<Instance>),
    /// One instance; nothing where it is not there.
    Instance(Box<Option<Instance>>),
    /// What each zone sells, and what it has sold out.
    Offers(Vec<Offer>),
    /// An image's shares.
    Shares(Vec<Share>),
    /// A region's limit of own images.
    Quota(u32),
    /// What the dry run told.
    Probe(Probe),
}

/// Rows of a list that come ahead of its end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Page {
    /// Images of a region.
    Images(Vec<Image>),
    /// Instances of a region.
    Instances(Vec<Instance>),
}

/// Carries out a read. `on_page` gets pages of a long image list ahead of the whole answer, which is then
/// [`Loaded::Listed`], and the rows that could be read of a list that is not whole.
///
/// # Errors
/// What the cloud said, or that it could not be asked; [`crate::cloud::Kind::Incomplete`] for a list that is not whole.
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
            match Error::gap(client.instances(region, |page| all.extend(page)).await)? {
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

/// Own and received images side by side. A region of one page comes whole with the answer; of a longer one the pages
/// come first.
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
    let own = async { Error::gap(client.images(region, ImageKind::Own, keep).await) };
    let received = async { Error::gap(client.images(region, ImageKind::Received, keep).await) };
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
