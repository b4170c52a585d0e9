//! The state of the built-in cloud: accounts, and the resources of each region. States that change with time are computed
//! when a call asks for them, so no task runs in between, and a copy proceeds even while the process is not running.

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

/// An account that exists, whether or not it has a key here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Person {
    pub uin: Uin,
    pub name: String,
    /// The main account, of a sub-account.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub main: Option<Uin>,
    pub app_id: u64,
}

/// A temporary key, made by AssumeRole.
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

/// What an image is doing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Phase {
    Still(ImageState),
    Moving { doing: ImageState, from: Timestamp, until: Timestamp, ends: ImageState },
}

/// One account that an image is shared with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Shared {
    pub account: Uin,
    pub since: Timestamp,
}

/// A disk that an image holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Disk {
    pub id: String,
    pub data: bool,
    pub size_gib: u32,
}

/// An image of an account, or a public one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Image {
    pub id: ImageId,
    /// Nothing for public images.
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
    /// The source of a running copy, where that makes it busy (quirk `source-busy`).
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

/// Whose an image is, to one account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Whose {
    Own,
    Received,
    Public,
}

/// The part of a copy's time that it waits in the queue before the percent grows.
const QUEUE: f64 = 0.08;

impl Image {
    /// One of an operating system, with nothing but its system disk.
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

    /// Whose it is to this main account; nothing where it cannot see it.
    pub fn whose(&self, main: &Uin) -> Option<Whose> {
        match &self.owner {
            None => Some(Whose::Public),
            Some(owner) if owner == main => Some(Whose::Own),
            Some(_) if self.shares.iter().any(|s| s.account == *main) => Some(Whose::Received),
            Some(_) => None,
        }
    }

    /// What it is doing now.
    pub fn state(&self, now: Timestamp) -> ImageState {
        match &self.phase {
            Phase::Moving { doing, until, .. } if now < *until => doing.clone(),
            _ if self.is_busy(now) => ImageState::Syncing,
            Phase::Moving { ends, .. } => ends.clone(),
            Phase::Still(state) => state.clone(),
        }
    }

    /// Whether a copy of it is running and makes it busy.
    pub fn is_busy(&self, now: Timestamp) -> bool {
        self.busy_until.is_some_and(|until| now < until)
    }

    /// How far a copy or creation is, while it runs.
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

    /// The part of its time after which a copy shows this percent.
    pub fn part_at(percent: f64) -> f64 {
        QUEUE + (1.0 - QUEUE) * (percent + 0.5) / 100.0
    }
}

/// One region.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Resources {
    /// Newest last.
    pub images: Vec<Image>,
    pub instances: Vec<Instance>,
    /// Snapshots that stayed when their image was deleted, with their owner.
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
    /// How many own images an account has here; those being made count, received ones do not.
    pub fn own_images(&self, main: &Uin) -> usize {
        self.images.iter().filter(|i| i.owner.as_ref() == Some(main)).count()
    }

    /// The addresses of a VPC that instances have, given which instances are still there.
    pub fn addresses(&self, vpc: &str, now: Timestamp) -> BTreeSet<Ipv4Addr> {
        self.instances
            .iter()
            .filter(|i| i.terms.vpc == vpc && !i.is_gone(now))
            .filter_map(|i| i.private_ip.parse().ok())
            .collect()
    }

    /// Whether an own image of that name is here.
    pub fn has_name(&self, main: &Uin, name: &str) -> bool {
        self.images.iter().any(|i| i.name == name && i.owner.as_ref() == Some(main))
    }
}

/// The whole state. It is what `--state` saves.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct World {
    pub version: u32,
    pub seed: u64,
    /// How many things were made since the scene; the next ones' ids come from it.
    pub made: u64,
    /// Seconds that `advance` has added to the clock.
    pub ahead: i64,
    pub accounts: Vec<Person>,
    pub regions: BTreeMap<Region, Resources>,
    #[serde(default)]
    pub leases: Vec<Lease>,
    /// What RunInstances answered to a client token, by region, account and token.
    #[serde(default)]
    pub client_tokens: BTreeMap<String, Vec<InstanceId>>,
    #[serde(default)]
    pub projects: Vec<Project>,
    /// How many networks, groups and keys were made since the scene. They have their own ids, so that those of images
    /// and instances do not depend on them.
    #[serde(default)]
    pub made_aside: u64,
}

impl World {
    /// An account.
    pub fn person(&self, uin: &str) -> Option<&Person> {
        self.accounts.iter().find(|p| p.uin.as_str() == uin)
    }

    /// A region's contents; nothing for a region that is not offered.
    pub fn resources(&mut self, region: &Region) -> Option<&mut Resources> {
        self.regions.get_mut(region)
    }

    /// Eight new characters for an id, and a part from 0 to 1 that goes with them.
    pub fn next(&mut self) -> (String, f64) {
        self.made += 1;
        let mut rng = fastrand::Rng::with_seed(seeded_hash(self.seed, &self.made.to_string()));
        (random_chars(&mut rng), rng.f64())
    }

    /// An id for something that is neither image nor instance, such as `vpc-6pb6lrmy`.
    pub fn next_id(&mut self, prefix: &str) -> String {
        self.made_aside += 1;
        fixed_id(self.seed, prefix, &format!("made:{}", self.made_aside))
    }

    /// Whether an account has the project.
    pub fn has_project(&self, owner: &Uin, id: i64) -> bool {
        id == 0 || self.projects.iter().any(|p| p.owner == *owner && p.id == id)
    }

    /// An image id that was not there before.
    pub fn next_image_id(&mut self) -> Option<ImageId> {
        format!("img-{}", self.next().0).parse().ok()
    }
}

/// A copy that starts now: longer for bigger images, and some wait longer in the queue.
pub(super) fn copy_phase(size_gib: u32, jitter: f64, now: Timestamp, speed: f64) -> Phase {
    let minutes = 6.0 + 6.0 * f64::from(size_gib.min(500)) / 500.0 + 3.0 * jitter;
    Phase::Moving {
        doing: ImageState::Syncing,
        from: now,
        until: later(now, duration(minutes, speed)),
        ends: ImageState::Normal,
    }
}
