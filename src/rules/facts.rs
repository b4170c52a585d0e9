//! The facts about one profile's cloud. Tables, verdicts and commands all read the same facts, so they always
//! agree.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;

use super::{Action, Limits, Missing};
use crate::model::{
    ArcStr, Image, ImageId, ImageKind, ImageState, Instance, InstanceId, Offer, Receivers, Region, RuleSet,
    Session, Share, Trust, Uin,
};

/// A hash map with a fast hash function. Filters look up every row on every key press. All keys are parsed
/// IDs or image names.
type HashMap<K, V> = std::collections::HashMap<K, V, foldhash::fast::RandomState>;

/// The identity of the account and the settings of the profile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// The profile's own main account; `None` until GetCallerIdentity answered.
    pub me: Option<Uin>,
    /// Whether the credentials work.
    pub session: Session,
    /// Whether the profile forbids changes.
    pub read_only: bool,
    /// Whether the last request could not reach the cloud.
    pub offline: bool,
    /// The set of vendor pages that the rules follow.
    pub rules: RuleSet,
    /// The limits that apply.
    pub limits: Limits,
    /// Accounts whose images may be used without a warning.
    pub trusted: BTreeSet<Uin>,
    /// What to do with images of other accounts.
    pub trust: Trust,
    /// The accounts that images may be shared with.
    pub receivers: Receivers,
}

impl Default for Standing {
    fn default() -> Self {
        Self {
            me: None,
            session: Session::Valid,
            read_only: false,
            offline: false,
            rules: RuleSet::Faq,
            limits: Limits::documented(RuleSet::Faq),
            trusted: BTreeSet::new(),
            trust: Trust::Audit,
            receivers: Receivers::Any,
        }
    }
}

/// Properties of an image that DescribeImages does not report. They come from a SyncImages dry run or from a
/// refusal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Probe {
    /// The image is encrypted.
    pub encrypted: bool,
    /// The image contains a whole machine, including data disks.
    pub whole_machine: bool,
}

/// The facts about one region.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RegionFacts {
    /// When the images were last read completely; `None` if they never were.
    pub images_at: Option<Timestamp>,
    /// When the instances were last read completely.
    pub instances_at: Option<Timestamp>,
    /// The server's limit for own images (`ImageNumQuota`). It takes precedence over the documented limit.
    pub quota: Option<u32>,
    /// The number of own images, including those being created.
    pub own: u32,
    /// The number of received images, which do not count toward the quota (FAQ question F3).
    pub received: u32,
    /// Own images that are being copied to this region (state `SYNCING`).
    pub syncing: BTreeSet<ImageId>,
    /// The number of instances.
    pub instances: u32,
    own_names: HashMap<ArcStr, ImageId>,
}

/// Everything that is known about one profile's cloud.
#[derive(Debug, Clone, Default)]
pub struct Facts {
    /// The identity of the account and the settings of the profile.
    pub standing: Standing,
    /// The regions of the cloud. Empty until they have been read; until then no region is reported as
    /// unknown.
    pub known_regions: BTreeSet<Region>,
    /// Labels of accounts, from the address book and the demo scene.
    pub accounts: BTreeMap<Uin, String>,
    /// Accounts that are in a group of the address book and have no label.
    pub grouped: BTreeSet<Uin>,
    /// Images that a running job uses, with the ID of the job.
    pub busy: HashMap<ImageId, String>,
    /// Own images that a job made, by source image and region.
    pub copies: HashMap<ImageId, BTreeMap<Region, ImageId>>,
    /// Shares that this program made. The value is the creation time that the cloud reported, if it was seen.
    pub recorded_shares: BTreeMap<(ImageId, Uin), Option<Timestamp>>,
    /// Accounts that the server reported as not being main accounts.
    pub sub_accounts: BTreeSet<Uin>,
    /// Properties of images that DescribeImages does not report.
    pub probes: HashMap<ImageId, Probe>,
    /// Images created from an instance, by instance. The API does not record this, so only images that this
    /// program created are listed.
    pub captures: BTreeMap<InstanceId, BTreeSet<ImageId>>,
    /// The facts about each region.
    pub regions: BTreeMap<Region, RegionFacts>,
    // Boxed, because a large hash map is up to half empty.
    images: HashMap<ImageId, Box<Image>>,
    gone: HashMap<ImageId, Box<Image>>,
    /// Images that a read did not find.
    absent: BTreeSet<ImageId>,
    shares: HashMap<ImageId, Vec<Share>>,
    instances: HashMap<InstanceId, Box<Instance>>,
    running: HashMap<ImageId, BTreeSet<InstanceId>>,
    offers: BTreeMap<Region, Vec<Offer>>,
    revision: u64,
    rows_revision: u64,
}

impl Facts {
    /// A counter that grows with every change to images, shares or instances. Views use it to decide whether
    /// to derive their rows again.
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// A counter that grows with every change to images or instances, but not to shares.
    pub fn rows_revision(&self) -> u64 {
        self.rows_revision
    }

    fn rows_changed(&mut self) {
        self.revision += 1;
        self.rows_revision = self.revision;
    }

    /// Adds or replaces images from a page of a list or from a single read.
    pub fn add_images(&mut self, images: impl IntoIterator<Item = Image>) {
        for image in images {
            self.forget_image(&image.id.clone());
            self.gone.remove(&image.id);
            self.absent.remove(&image.id);
            let region = self.regions.entry(image.region.clone()).or_default();
            match image.kind {
                ImageKind::Own => {
                    region.own += 1;
                    region.own_names.insert(image.name.clone(), image.id.clone());
                    if image.state == ImageState::Syncing {
                        region.syncing.insert(image.id.clone());
                    }
                }
                ImageKind::Received => region.received += 1,
                ImageKind::Public => {}
            }
            self.images.insert(image.id.clone(), Box::new(image));
        }
        self.rows_changed();
    }

    /// Replaces the own and received images of a region with a complete list. Images that are not in the list
    /// are removed.
    pub fn set_images(&mut self, region: &Region, images: Vec<Image>, at: Timestamp) {
        let keep = images.iter().map(|i| i.id.clone()).collect();
        self.keep_images(region, &keep, at);
        self.add_images(images);
    }

    /// Ends a complete read of a region whose images were added page by page. Removes the images that are not
    /// in `keep`.
    pub fn keep_images(&mut self, region: &Region, keep: &BTreeSet<ImageId>, at: Timestamp) {
        let gone: Vec<ImageId> = self
            .images
            .values()
            .filter(|i| i.region == *region && i.kind != ImageKind::Public && !keep.contains(&i.id))
            .map(|i| i.id.clone())
            .collect();
        for id in gone {
            self.remove_image(&id);
        }
        self.regions.entry(region.clone()).or_default().images_at = Some(at);
        self.rows_changed();
    }

    /// Removes an image that was deleted or is no longer visible. [`Facts::gone_image`] still returns it,
    /// because instances may still run it.
    pub fn remove_image(&mut self, id: &ImageId) {
        if let Some(old) = self.forget_image(id) {
            self.gone.insert(id.clone(), old);
        }
        self.absent.insert(id.clone());
        self.shares.remove(id);
        self.rows_changed();
    }

    fn forget_image(&mut self, id: &ImageId) -> Option<Box<Image>> {
        let old = self.images.remove(id)?;
        let region = self.regions.entry(old.region.clone()).or_default();
        match old.kind {
            ImageKind::Own => {
                region.own = region.own.saturating_sub(1);
                region.syncing.remove(id);
                if region.own_names.get(&old.name) == Some(id) {
                    region.own_names.remove(&old.name);
                }
            }
            ImageKind::Received => region.received = region.received.saturating_sub(1),
            ImageKind::Public => {}
        }
        Some(old)
    }

    /// Returns the last known values of an image that is no longer visible.
    pub fn gone_image(&self, id: &ImageId) -> Option<&Image> {
        self.gone.get(id).map(Box::as_ref)
    }

    /// Returns the images known to be created from an instance, and the copies that jobs made of them,
    /// without duplicates.
    pub fn made_from(&self, instance: &InstanceId) -> BTreeSet<&ImageId> {
        let made = self.captures.get(instance).into_iter().flatten();
        made.flat_map(|id| self.copies.get(id).into_iter().flat_map(BTreeMap::values).chain([id])).collect()
    }

    /// Returns an image.
    pub fn image(&self, id: &ImageId) -> Option<&Image> {
        self.images.get(id).map(Box::as_ref)
    }

    /// Iterates over all images in arbitrary order.
    pub fn images(&self) -> impl Iterator<Item = &Image> {
        self.images.values().map(Box::as_ref)
    }

    /// Finds an own image by name. Names are unique among the own images of a region.
    pub fn own_named(&self, region: &Region, name: &str) -> Option<&Image> {
        self.image(self.regions.get(region)?.own_names.get(name)?)
    }

    /// Iterates over own images in other regions with the same name, size and system. They are probably
    /// copies of each other; the API does not record this. [`Facts::copies`] lists the copies that jobs made.
    pub fn similar_images<'a>(&'a self, image: &'a Image) -> impl Iterator<Item = &'a Image> {
        self.regions
            .keys()
            .filter(|r| **r != image.region)
            .filter_map(|r| self.own_named(r, &image.name))
            .filter(|i| i.size_gib == image.size_gib && i.os == image.os && i.arch == image.arch)
    }

    /// Returns the shares of an own image, or `None` if they have not been read.
    pub fn shares(&self, id: &ImageId) -> Option<&[Share]> {
        self.shares.get(id).map(Vec::as_slice)
    }

    /// Returns whether a read of the image, or of its whole region, did not find it.
    pub fn is_absent(&self, id: &ImageId) -> bool {
        self.absent.contains(id)
    }

    /// Returns whether this program made the share and nobody has cancelled and recreated it since. If the
    /// share list has been read, it decides: the share must be listed, and the creation times must agree if
    /// both are known.
    pub fn made_here(&self, image: &ImageId, account: &Uin) -> bool {
        let Some(made) = self.recorded_shares.get(&(image.clone(), account.clone())) else { return false };
        let Some(shares) = self.shares(image) else { return true };
        shares
            .iter()
            .any(|s| s.account == *account && (made.is_none() || s.since.is_none() || *made == s.since))
    }

    /// Iterates over the images that are known to have no shares, in arbitrary order.
    pub fn unshared(&self) -> impl Iterator<Item = &Image> {
        self.shares.iter().filter(|(_, shares)| shares.is_empty()).filter_map(|(id, _)| self.image(id))
    }

    /// Replaces the shares of an image.
    pub fn set_shares(&mut self, id: ImageId, shares: Vec<Share>) {
        self.shares.insert(id, shares);
        self.revision += 1;
    }

    /// Returns an instance.
    pub fn instance(&self, id: &InstanceId) -> Option<&Instance> {
        self.instances.get(id).map(Box::as_ref)
    }

    /// Iterates over all instances in arbitrary order.
    pub fn instances(&self) -> impl Iterator<Item = &Instance> {
        self.instances.values().map(Box::as_ref)
    }

    /// Iterates over the instances that run an image, ordered by ID.
    pub fn running(&self, image: &ImageId) -> impl Iterator<Item = &Instance> {
        self.running.get(image).into_iter().flatten().filter_map(|id| self.instance(id))
    }

    /// Adds or replaces instances.
    pub fn add_instances(&mut self, instances: impl IntoIterator<Item = Instance>) {
        for instance in instances {
            self.forget_instance(&instance.id);
            self.regions.entry(instance.region.clone()).or_default().instances += 1;
            if let Some(image) = &instance.image {
                self.running.entry(image.clone()).or_default().insert(instance.id.clone());
            }
            self.instances.insert(instance.id.clone(), Box::new(instance));
        }
        self.rows_changed();
    }

    fn forget_instance(&mut self, id: &InstanceId) {
        let Some(old) = self.instances.remove(id) else { return };
        let region = self.regions.entry(old.region).or_default();
        region.instances = region.instances.saturating_sub(1);
        if let Some(image) = old.image
            && let Some(all) = self.running.get_mut(&image)
        {
            all.remove(id);
            if all.is_empty() {
                self.running.remove(&image);
            }
        }
    }

    /// Replaces the instances of a region with a complete list. Instances that are not in the list are
    /// removed.
    pub fn set_instances(&mut self, region: &Region, instances: Vec<Instance>, at: Timestamp) {
        let before: Vec<InstanceId> =
            self.instances.values().filter(|i| i.region == *region).map(|i| i.id.clone()).collect();
        before.iter().for_each(|id| self.forget_instance(id));
        self.add_instances(instances);
        self.regions.entry(region.clone()).or_default().instances_at = Some(at);
    }

    /// Returns the instance types that the zones of a region sell, or `None` if they have not been read.
    pub fn offers(&self, region: &Region) -> Option<&[Offer]> {
        self.offers.get(region).map(Vec::as_slice)
    }

    /// Replaces the instance types that the zones of a region sell.
    pub fn set_offers(&mut self, region: Region, offers: Vec<Offer>) {
        self.offers.insert(region, offers);
        self.revision += 1;
    }

    /// Returns the limit of own images in a region: the server's, or the documented one if the server's is
    /// unknown.
    pub fn image_quota(&self, region: &Region) -> u32 {
        self.regions.get(region).and_then(|r| r.quota).unwrap_or(self.standing.limits.images_per_region)
    }

    /// Returns the facts about a region whose images have been read completely.
    ///
    /// # Errors
    /// The missing fact, if they have not been read.
    pub fn images_known(&self, region: &Region) -> Result<&RegionFacts, Missing> {
        self.regions
            .get(region)
            .filter(|r| r.images_at.is_some())
            .ok_or_else(|| Missing::Images(region.clone()))
    }

    /// Returns the ID, the unmodified name and the region of the image or instance that an action concerns.
    /// Returns `None` if it has not been seen.
    pub fn target(&self, action: &Action) -> Option<(&str, &str, &Region)> {
        match action {
            Action::Reinstall { instance, .. } | Action::Capture { instance, .. } => {
                self.instance(instance).map(|i| (i.id.as_str(), i.name.as_str(), &i.region))
            }
            _ => self.image(action.image()?).map(|i| (i.id.as_str(), i.name.as_str(), &i.region)),
        }
    }

    /// Returns the label of an account, or its number if it has no label.
    pub fn account_name(&self, uin: &Uin) -> String {
        self.accounts.get(uin).cloned().unwrap_or_else(|| uin.to_string())
    }
}
