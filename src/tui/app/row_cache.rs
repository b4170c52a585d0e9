//! The last known rows of a profile, shown with their age until the cloud has answered. They are not facts: the rules
//! never see them, so no verdict and no action depends on old rows.

use std::{
    collections::{BTreeMap, HashMap},
    path::Path,
};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    boundary::file,
    facts::FactStore,
    model::{Image, ImageId, ImageKind, Instance, InstanceId, Region, Uin},
};

/// The maximum number of saved rows of each kind. The newest are saved.
const MOST: usize = 2000;

/// The saved rows of a profile: `rows/PROFILE.json` in the state directory.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SavedRows {
    /// The profile's name.
    pub profile: String,
    /// The base URL of its cloud, if it is not the vendor's.
    pub endpoint: Option<String>,
    /// The account that owns the rows.
    pub account: Uin,
    /// The time at which each region was read.
    pub at: BTreeMap<Region, Timestamp>,
    /// Own and received images.
    pub images: Vec<Image>,
    /// The number of accounts with which each own image was shared.
    pub shares: BTreeMap<ImageId, u32>,
    /// Instances.
    pub instances: Vec<Instance>,
}

impl SavedRows {
    /// Returns the current rows to save, or `None` if nothing was read.
    pub fn from_facts(profile: &str, facts: &FactStore) -> Option<Self> {
        let account = facts.standing.me.clone()?;
        let known = |region: &Region| facts.images_known(region).ok().and_then(|f| f.images_at);
        let at: BTreeMap<Region, Timestamp> =
            facts.regions.keys().filter_map(|r| Some((r.clone(), known(r)?))).collect();
        if at.is_empty() {
            return None;
        }
        let mut images: Vec<&Image> =
            facts.images().filter(|i| i.kind != ImageKind::Public && at.contains_key(&i.region)).collect();
        images.sort_by(|a, b| b.created_at.cmp(&a.created_at).then_with(|| a.id.cmp(&b.id)));
        let images: Vec<Image> = images.into_iter().take(MOST).cloned().collect();
        let mut instances: Vec<&Instance> =
            facts.instances().filter(|i| at.contains_key(&i.region)).collect();
        instances.sort_by(|a, b| b.created_at.cmp(&a.created_at).then_with(|| a.id.cmp(&b.id)));
        let instances = instances.into_iter().take(MOST).cloned().collect();
        let shares = images
            .iter()
            .filter_map(|i| Some((i.id.clone(), u32::try_from(facts.shares(&i.id)?.len()).ok()?)))
            .collect();
        Some(Self { profile: profile.to_owned(), endpoint: None, account, at, images, shares, instances })
    }

    /// Reads the saved rows. Returns `None` if there is no file or it has another format.
    pub fn read(file: &Path) -> Option<Self> {
        let unusable = |error: &dyn std::fmt::Display| {
            tracing::warn!("{}: {error}; the rows of last time are not shown", file.display());
        };
        let bytes = match file::read_private(file, file::ROWS) {
            Ok(bytes) => bytes,
            Err(error) if error.is_not_found() => return None,
            Err(error) => {
                unusable(&error);
                return None;
            }
        };
        serde_json::from_slice(&bytes).inspect_err(|error| unusable(error)).ok()
    }

    /// Writes the file atomically with mode 0600.
    ///
    /// # Errors
    ///
    /// A sentence with the file's name.
    pub fn write(&self, file: &Path) -> Result<(), String> {
        let named = |e: String| format!("{}: {e}", file.display());
        let text = serde_json::to_string(self).map_err(|e| named(e.to_string()))?;
        file::write_private(file, text.as_bytes()).map_err(|e| named(e.to_string()))
    }
}

/// The rows of the last run that were not read again yet.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RowCache {
    account: Option<Uin>,
    at: BTreeMap<Region, Timestamp>,
    images: HashMap<ImageId, Image>,
    shares: BTreeMap<ImageId, u32>,
    instances: HashMap<InstanceId, Instance>,
}

impl RowCache {
    /// Makes a cache of the saved rows that the facts do not have yet.
    pub fn new(kept: SavedRows, view: &[Region], facts: &FactStore) -> Self {
        let mut past = Self {
            account: Some(kept.account),
            at: kept.at,
            images: kept.images.into_iter().map(|i| (i.id.clone(), i)).collect(),
            shares: kept.shares,
            instances: kept.instances.into_iter().map(|i| (i.id.clone(), i)).collect(),
        };
        // Rows of regions outside the view would never be replaced.
        past.keep_view(view);
        for (region, known) in &facts.regions {
            if known.images_at.is_some() {
                past.remove_images(region);
            }
            if known.instances_at.is_some() {
                past.remove_instances(region);
            }
        }
        if let Some(me) = &facts.standing.me {
            past.keep_account(me);
        }
        past
    }

    /// Drops all rows if they belong to another account than the credentials.
    pub fn keep_account(&mut self, account: &Uin) {
        if self.account.as_ref().is_some_and(|a| a != account) {
            *self = Self::default();
        }
    }

    /// Drops a region's images, because they were read.
    pub fn remove_images(&mut self, region: &Region) {
        self.images.retain(|_, i| i.region != *region);
    }

    /// Drops a region's instances, because they were read.
    pub fn remove_instances(&mut self, region: &Region) {
        self.instances.retain(|_, i| i.region != *region);
    }

    /// Drops the rows of regions outside the view, because they are not read.
    pub fn keep_view(&mut self, view: &[Region]) {
        if !view.is_empty() {
            self.images.retain(|_, i| view.contains(&i.region));
            self.instances.retain(|_, i| view.contains(&i.region));
        }
    }

    /// Returns a cached image.
    pub fn image(&self, id: &ImageId) -> Option<&Image> {
        self.images.get(id)
    }

    /// Returns the cached images, unordered.
    pub fn images(&self) -> impl Iterator<Item = &Image> {
        self.images.values()
    }

    /// Returns the number of accounts with which an image was shared.
    pub fn shares(&self, id: &ImageId) -> Option<u32> {
        self.shares.get(id).copied()
    }

    /// Returns a cached instance.
    pub fn instance(&self, id: &InstanceId) -> Option<&Instance> {
        self.instances.get(id)
    }

    /// Returns the cached instances, unordered.
    pub fn instances(&self) -> impl Iterator<Item = &Instance> {
        self.instances.values()
    }

    /// Returns when the oldest cached row was read.
    pub fn since(&self) -> Option<Timestamp> {
        let images = self.images.values().map(|i| &i.region);
        let regions = images.chain(self.instances.values().map(|i| &i.region));
        regions.filter_map(|r| self.at.get(r)).min().copied()
    }
}
