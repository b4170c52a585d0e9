//! The world of the built-in cloud: its accounts, and the resources of each region. States that change with time are
//! computed when a call asks for them. No task is needed, and copies progress even while the process is not running.

use std::{
    collections::{BTreeMap, BTreeSet},
    net::Ipv4Addr,
};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{
    catalog::Os,
    clock::{duration, later},
    instance::Instance,
    network::{Group, KeyPair, Project, Subnet, Vpc},
    resource::{Tag, fixed_id, random_chars, seeded_hash},
};
use crate::model::{ImageId, ImageState, InstanceId, Region, Uin};

/// An account that exists, with or without a key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct AccountRecord {
    pub uin: Uin,
    pub name: String,
    /// The main account; `None` unless this is a sub-account.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub main: Option<Uin>,
    pub app_id: u64,
}

/// A temporary key, made by AssumeRole or GetFederationToken.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Lease {
    pub main: Uin,
    pub role: String,
    pub session: String,
    pub read_only: bool,
    pub secret_id: String,
    pub secret_key: String,
    pub token: String,
    pub until: Timestamp,
}

/// The state of an image, or the change that it is going through.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Phase {
    Still(ImageState),
    Moving { doing: ImageState, from: Timestamp, until: Timestamp, ends: ImageState },
}

/// An account that an image is shared with, and since when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Shared {
    pub account: Uin,
    pub since: Timestamp,
}

/// A snapshot of a disk in an image.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Disk {
    pub id: String,
    pub data: bool,
    pub size_gib: u32,
}

/// A custom or public image.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Image {
    pub id: ImageId,
    /// The owner; `None` for public images.
    pub owner: Option<Uin>,
    pub name: String,
    pub description: String,
    pub os: String,
    pub platform: String,
    pub arch: String,
    pub size_gib: u32,
    pub created: Timestamp,
    pub source: String,
    pub disks: Vec<Disk>,
    pub phase: Phase,
    /// Until when a running copy makes its source busy (quirk `source-busy`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub busy_until: Option<Timestamp>,
    #[serde(default)]
    pub encrypted: bool,
    #[serde(default)]
    pub whole_machine: bool,
    #[serde(default)]
    pub byol: bool,
    #[serde(default)]
    pub family: String,
    #[serde(default)]
    pub deprecated: bool,
    #[serde(default)]
    pub tags: Vec<Tag>,
    #[serde(default)]
    pub shares: Vec<Shared>,
}

/// How an account can see an image.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ownership {
    Own,
    Received,
    Public,
}

/// The share of a copy's duration that it waits in the queue, at 0 percent.
const QUEUE: f64 = 0.08;

impl Image {
    /// Makes an image of an operating system with only a system disk.
    pub fn new(id: ImageId, os: &Os, size_gib: u32, snapshot: String, created: Timestamp) -> Self {
        Self {
            id,
            owner: None,
            name: String::new(),
            description: String::new(),
            os: os.name.to_owned(),
            platform: os.platform.to_owned(),
            arch: os.arch.to_owned(),
            size_gib,
            created,
            source: "CREATE_IMAGE".to_owned(),
            disks: vec![Disk { id: snapshot, data: false, size_gib }],
            phase: Phase::Still(ImageState::Normal),
            busy_until: None,
            encrypted: false,
            whole_machine: false,
            byol: false,
            family: String::new(),
            deprecated: false,
            tags: Vec::new(),
            shares: Vec::new(),
        }
    }

    /// Returns how a main account sees the image. Returns `None` if it cannot see it.
    pub fn ownership(&self, main: &Uin) -> Option<Ownership> {
        match &self.owner {
            None => Some(Ownership::Public),
            Some(owner) if owner == main => Some(Ownership::Own),
            Some(_) if self.shares.iter().any(|s| s.account == *main) => Some(Ownership::Received),
            Some(_) => None,
        }
    }

    /// Returns the current state.
    pub fn state(&self, now: Timestamp) -> ImageState {
        match &self.phase {
            Phase::Moving { doing, until, .. } if now < *until => doing.clone(),
            _ if self.is_busy(now) => ImageState::Syncing,
            Phase::Moving { ends, .. } => ends.clone(),
            Phase::Still(state) => state.clone(),
        }
    }

    /// Returns whether a running copy makes the image busy.
    pub fn is_busy(&self, now: Timestamp) -> bool {
        self.busy_until.is_some_and(|until| now < until)
    }

    /// Returns the progress of a copy or a creation in percent. Returns `None` if none is running.
    pub fn percent(&self, now: Timestamp) -> Option<u8> {
        match &self.phase {
            Phase::Moving { from, until, .. } if now < *until => {
                let whole = until.duration_since(*from).as_secs_f64();
                let part = now.duration_since(*from).as_secs_f64() / whole;
                Some((100.0 * (part - QUEUE) / (1.0 - QUEUE)).clamp(0.0, 99.0) as u8)
            }
            _ => None,
        }
    }

    /// Returns the share of a copy's duration after which it shows this percent.
    pub fn part_at(percent: f64) -> f64 {
        QUEUE + (1.0 - QUEUE) * (percent + 0.5) / 100.0
    }
}

/// The resources of one region.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Resources {
    /// The images, oldest first.
    pub images: Vec<Image>,
    pub instances: Vec<Instance>,
    /// Snapshots that were kept when their image was deleted, with their owner.
    #[serde(default)]
    pub snapshots: Vec<(Uin, Disk)>,
    #[serde(default)]
    pub vpcs: Vec<Vpc>,
    #[serde(default)]
    pub subnets: Vec<Subnet>,
    #[serde(default)]
    pub groups: Vec<Group>,
    #[serde(default)]
    pub keys: Vec<KeyPair>,
}

impl Resources {
    /// Returns the number of an account's own images. Images that are being made count; received ones do not.
    pub fn own_images(&self, main: &Uin) -> usize {
        self.images.iter().filter(|i| i.owner.as_ref() == Some(main)).count()
    }

    /// Returns the addresses in a VPC that existing instances use.
    pub fn addresses(&self, vpc: &str, now: Timestamp) -> BTreeSet<Ipv4Addr> {
        self.instances
            .iter()
            .filter(|i| i.terms.vpc == vpc && !i.is_gone(now))
            .filter_map(|i| i.private_ip.parse().ok())
            .collect()
    }

    /// Returns whether the account has an own image with this name.
    pub fn has_name(&self, main: &Uin, name: &str) -> bool {
        self.images.iter().any(|i| i.name == name && i.owner.as_ref() == Some(main))
    }
}

/// The whole state, as saved by `--state`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct World {
    pub version: u32,
    pub seed: u64,
    /// The number of images and instances made since the scene. The ids of new ones derive from it.
    pub made: u64,
    /// The seconds that `advance` has added to the clock.
    pub ahead: i64,
    pub accounts: Vec<AccountRecord>,
    pub regions: BTreeMap<Region, Resources>,
    #[serde(default)]
    pub leases: Vec<Lease>,
    /// The answers of RunInstances by region, account and client token.
    #[serde(default)]
    pub client_tokens: BTreeMap<String, Vec<InstanceId>>,
    #[serde(default)]
    pub projects: Vec<Project>,
    /// The number of networks, groups and keys made since the scene. It is separate from `made`, so that the ids of
    /// images and instances do not depend on it.
    #[serde(default)]
    pub made_aside: u64,
}

impl World {
    /// Finds an account.
    pub fn account(&self, uin: &str) -> Option<&AccountRecord> {
        self.accounts.iter().find(|p| p.uin.as_str() == uin)
    }

    /// Returns the resources of a region. Returns `None` if the region is not offered.
    pub fn resources(&mut self, region: &Region) -> Option<&mut Resources> {
        self.regions.get_mut(region)
    }

    /// Returns eight new characters for an id, and a random fraction from 0 to 1 that belongs to them.
    pub fn next(&mut self) -> (String, f64) {
        self.made += 1;
        let mut rng = fastrand::Rng::with_seed(seeded_hash(self.seed, &self.made.to_string()));
        (random_chars(&mut rng), rng.f64())
    }

    /// Returns a new id for anything but images and instances, such as `vpc-6pb6lrmy`.
    pub fn next_id(&mut self, prefix: &str) -> String {
        self.made_aside += 1;
        fixed_id(self.seed, prefix, &format!("made:{}", self.made_aside))
    }

    /// Returns whether an account has the project.
    pub fn has_project(&self, owner: &Uin, id: i64) -> bool {
        id == 0 || self.projects.iter().any(|p| p.owner == *owner && p.id == id)
    }

    /// Returns a new image id.
    pub fn next_image_id(&mut self) -> Option<ImageId> {
        format!("img-{}", self.next().0).parse().ok()
    }
}

/// Returns the phase of a copy that starts now. Bigger images take longer; `jitter` from 0 to 1 adds up to 3 minutes.
pub(super) fn copy_phase(size_gib: u32, jitter: f64, now: Timestamp, speed: f64) -> Phase {
    let minutes = 6.0 + 6.0 * f64::from(size_gib.min(500)) / 500.0 + 3.0 * jitter;
    Phase::Moving {
        doing: ImageState::Syncing,
        from: now,
        until: later(now, duration(minutes, speed)),
        ends: ImageState::Normal,
    }
}
