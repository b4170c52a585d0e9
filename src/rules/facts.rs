//! All that is known of one profile's cloud. The console's tables, the pane's verdicts and the headless commands read
//! the same facts, so that a row and its verdict cannot tell two stories.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;

use super::{Action, Limits, Missing};
use crate::model::{
    Image, ImageId, ImageKind, ImageState, Instance, InstanceId, Offer, Receivers, Region, RuleSet, Session,
    Share, Text, Trust, Uin,
};

/// Looked into for every row at every key of a filter; what is looked for are ids that were parsed, and names.
type HashMap<K, V> = std::collections::HashMap<K, V, foldhash::fast::RandomState>;

/// Who asks, and what the profile decides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// Our own main account, once GetCallerIdentity answered.
    pub me: Option<Uin>,
    /// Whether the credentials work.
    pub session: Session,
    /// Changing calls are off.
    pub read_only: bool,
    /// The cloud could not be reached at the last try.
    pub offline: bool,
    /// Which of the vendor's pages hold.
    pub rules: RuleSet,
    /// The figures that hold.
    pub limits: Limits,
    /// Accounts whose images may be used.
    pub trusted: BTreeSet<Uin>,
    /// What happens with the others'.
    pub trust: Trust,
    /// With whom images may be shared.
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
            limits: Limits::of(RuleSet::Faq),
            trusted: BTreeSet::new(),
            trust: Trust::Audit,
            receivers: Receivers::Any,
        }
    }
}

/// What SyncImages' DryRun, or a refusal, has taught of an image. DescribeImages does not tell these.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Probe {
    /// It is encrypted.
    pub encrypted: bool,
    /// It is an image of a whole machine, data disks and all.
    pub whole_machine: bool,
}

/// What is known of one region.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RegionFacts {
    /// When its images were last read completely; nothing while they were not.
    pub images_at: Option<Timestamp>,
    /// When its instances were last read completely.
    pub instances_at: Option<Timestamp>,
    /// The server's own figure for own images (`ImageNumQuota`); it wins over documents.
    pub quota: Option<u32>,
    /// Own images, those being made among them.
    pub own: u32,
    /// Received images; they do not count to the quota (F3).
    pub received: u32,
    /// Own images that are being copied here (`SYNCING`).
    pub syncing: BTreeSet<ImageId>,
    /// Instances.
    pub instances: u32,
    own_names: HashMap<Text, ImageId>,
}

/// All that is known.
#[derive(Debug, Clone, Default)]
pub struct Facts {
    /// Who asks.
    pub standing: Standing,
    /// Regions that the cloud has; empty while it has not been asked, and then no region is called unknown.
    pub known_regions: BTreeSet<Region>,
    /// Labels of accounts: the address book, and what the scene or the person said.
    pub accounts: BTreeMap<Uin, String>,
    /// Accounts of the address book that have no label: members of groups.
    pub grouped: BTreeSet<Uin>,
    /// Images that a running job of ours works on, with its id.
    pub busy: HashMap<ImageId, String>,
    /// Own images that a job of ours made, by source and region.
    pub copies: HashMap<ImageId, BTreeMap<Region, ImageId>>,
    /// Shares that were made from here, with the cloud's own creation time of each, where it was seen.
    pub ours: BTreeMap<(ImageId, Uin), Option<Timestamp>>,
    /// Accounts that the server called no main account.
    pub sub_accounts: BTreeSet<Uin>,
    /// What was learnt of images beyond DescribeImages.
    pub probes: HashMap<ImageId, Probe>,
    /// Images that were made from an instance, by the instance. The API keeps no record of that:
    /// only what was made from here is known.
    pub made: BTreeMap<InstanceId, BTreeSet<ImageId>>,
    /// Per region.
    pub regions: BTreeMap<Region, RegionFacts>,
    // Boxed, since a map of very many is half empty.
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
    /// Grows with every change to images, shares and instances; a view that kept it need not derive its rows again.
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// Grows with every change to images and instances, but not to shares.
    pub fn rows_revision(&self) -> u64 {
        self.rows_revision
    }

    fn rows_changed(&mut self) {
        self.revision += 1;
        self.rows_revision = self.revision;
    }

    /// Adds or replaces images, as pages and single reads bring them.
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

    /// Takes a complete read of a region's own and received images: those not in it are gone.
    pub fn set_images(&mut self, region: &Region, images: Vec<Image>, at: Timestamp) {
        let keep = images.iter().map(|i| i.id.clone()).collect();
        self.keep_images(region, &keep, at);
        self.add_images(images);
    }

    /// Takes the ids of a complete read, whose images were added as they came: those not among them are gone.
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

    /// An image is no more, or no longer to be seen. What it was stays known: instances still run it.
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

    /// An image that was seen and is not to be seen any more, as it was.
    pub fn gone_image(&self, id: &ImageId) -> Option<&Image> {
        self.gone.get(id).map(Box::as_ref)
    }

    /// The images that we know were made from an instance, and the copies of those that we made, each once.
    pub fn made_from(&self, instance: &InstanceId) -> BTreeSet<&ImageId> {
        let made = self.made.get(instance).into_iter().flatten();
        made.flat_map(|id| self.copies.get(id).into_iter().flat_map(BTreeMap::values).chain([id])).collect()
    }

    /// One image.
    pub fn image(&self, id: &ImageId) -> Option<&Image> {
        self.images.get(id).map(Box::as_ref)
    }

    /// All images, in no order.
    pub fn images(&self) -> impl Iterator<Item = &Image> {
        self.images.values().map(Box::as_ref)
    }

    /// The own image of that name in a region; names are unique among own images there.
    pub fn own_named(&self, region: &Region, name: &str) -> Option<&Image> {
        self.image(self.regions.get(region)?.own_names.get(name)?)
    }

    /// Own images in other regions with this one's name, size and system: probably copies of one another, though the
    /// API keeps no record of it. Those that a job of ours made are in `copies`.
    pub fn look_alikes<'a>(&'a self, image: &'a Image) -> impl Iterator<Item = &'a Image> {
        self.regions
            .keys()
            .filter(|r| **r != image.region)
            .filter_map(|r| self.own_named(r, &image.name))
            .filter(|i| i.size_gib == image.size_gib && i.os == image.os && i.arch == image.arch)
    }

    /// Whom an own image is shared with; nothing while it has not been read.
    pub fn shares(&self, id: &ImageId) -> Option<&[Share]> {
        self.shares.get(id).map(Vec::as_slice)
    }

    /// Whether a read of the image, alone or with all of its region, did not find it.
    pub fn is_absent(&self, id: &ImageId) -> bool {
        self.absent.contains(id)
    }

    /// Whether a share was made from here: by a job or command of ours that recorded it, and not cancelled and made
    /// again since. What the share list shows decides where it was read; creation times differ only where both are known.
    pub fn made_here(&self, image: &ImageId, account: &Uin) -> bool {
        let Some(made) = self.ours.get(&(image.clone(), account.clone())) else { return false };
        let Some(shares) = self.shares(image) else { return true };
        shares
            .iter()
            .any(|s| s.account == *account && (made.is_none() || s.since.is_none() || *made == s.since))
    }

    /// Images that are known to be shared with nobody, in no order.
    pub fn unshared(&self) -> impl Iterator<Item = &Image> {
        self.shares.iter().filter(|(_, shares)| shares.is_empty()).filter_map(|(id, _)| self.image(id))
    }

    /// Takes a read of an image's shares.
    pub fn set_shares(&mut self, id: ImageId, shares: Vec<Share>) {
        self.shares.insert(id, shares);
        self.revision += 1;
    }

    /// One instance.
    pub fn instance(&self, id: &InstanceId) -> Option<&Instance> {
        self.instances.get(id).map(Box::as_ref)
    }

    /// All instances, in no order.
    pub fn instances(&self) -> impl Iterator<Item = &Instance> {
        self.instances.values().map(Box::as_ref)
    }

    /// Instances that run an image, by their ids.
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

    /// Takes a complete read of a region's instances: those not in it are gone.
    pub fn set_instances(&mut self, region: &Region, instances: Vec<Instance>, at: Timestamp) {
        let before: Vec<InstanceId> =
            self.instances.values().filter(|i| i.region == *region).map(|i| i.id.clone()).collect();
        before.iter().for_each(|id| self.forget_instance(id));
        self.add_instances(instances);
        self.regions.entry(region.clone()).or_default().instances_at = Some(at);
    }

    /// What the zones of a region sell; nothing while it has not been read.
    pub fn offers(&self, region: &Region) -> Option<&[Offer]> {
        self.offers.get(region).map(Vec::as_slice)
    }

    /// Takes a complete read of what a region's zones sell.
    pub fn set_offers(&mut self, region: Region, offers: Vec<Offer>) {
        self.offers.insert(region, offers);
        self.revision += 1;
    }

    /// A region's limit for own images: the server's figure, else the document's.
    pub fn image_quota(&self, region: &Region) -> u32 {
        self.regions.get(region).and_then(|r| r.quota).unwrap_or(self.standing.limits.images_per_region)
    }

    /// Whether a region's images have been read completely, and what to fetch where they have not.
    ///
    /// # Errors
    /// The fact that is missing.
    pub fn images_known(&self, region: &Region) -> Result<&RegionFacts, Missing> {
        self.regions
            .get(region)
            .filter(|r| r.images_at.is_some())
            .ok_or_else(|| Missing::Images(region.clone()))
    }

    /// The image or instance that an action is about, where it was seen: its ID, its name as it came, its region.
    pub fn target(&self, action: &Action) -> Option<(&str, &str, &Region)> {
        match action {
            Action::Reinstall { instance, .. } | Action::Capture { instance, .. } => {
                self.instance(instance).map(|i| (i.id.as_str(), i.name.as_str(), &i.region))
            }
            _ => self.image(action.image()?).map(|i| (i.id.as_str(), i.name.as_str(), &i.region)),
        }
    }

    /// What a person calls an account: its label, or its number.
    pub fn account_name(&self, uin: &Uin) -> String {
        self.accounts.get(uin).cloned().unwrap_or_else(|| uin.to_string())
    }
}
