//! Instances, and what they were launched with.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::resource::Tag;
use crate::model::{ImageId, InstanceId, Uin};

/// What an instance is doing: a state, and where it passes by itself, until when and into what.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Stage {
    pub state: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub then: Option<(Timestamp, String)>,
}

/// An instance.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Instance {
    pub id: InstanceId,
    pub owner: Uin,
    pub name: String,
    pub zone: String,
    pub instance_type: String,
    pub cpu: u32,
    pub memory_gib: u32,
    pub image: ImageId,
    pub os: String,
    pub created: Timestamp,
    pub disk_id: String,
    pub disk_gib: u32,
    pub private_ip: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub public_ip: Option<String>,
    pub stage: Stage,
    /// `ResetInstance` and its RequestId; it is over when the stage is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub latest: Option<(String, String)>,
    #[serde(default)]
    pub tags: Vec<Tag>,
    #[serde(default)]
    pub terms: Terms,
}

/// How an instance is paid for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Charge {
    #[default]
    Hourly,
    Prepaid {
        renew: String,
        until: Timestamp,
    },
    Spot {
        /// The most that is paid for an hour, as it was written.
        max_price: Option<String>,
    },
}

impl Charge {
    /// `InstanceChargeType`.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Hourly => "POSTPAID_BY_HOUR",
            Self::Prepaid { .. } => "PREPAID",
            Self::Spot { .. } => "SPOTPAID",
        }
    }
}

/// What kind of disk, and under which name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct DiskKind {
    pub kind: String,
    pub name: String,
    pub encrypted: bool,
    pub kms_key: Option<String>,
}

impl Default for DiskKind {
    fn default() -> Self {
        Self { kind: "CLOUD_PREMIUM".to_owned(), name: String::new(), encrypted: false, kms_key: None }
    }
}

/// A data disk of an instance.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct DataDisk {
    pub id: String,
    pub size_gib: u32,
    pub kind: DiskKind,
    pub goes_with_instance: bool,
    pub snapshot: Option<String>,
    pub throughput: i64,
    pub burst: bool,
}

/// How an instance reaches the internet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Internet {
    pub charge: String,
    /// Mbit/s.
    pub bandwidth: i64,
    pub provider: String,
    pub address_type: String,
}

/// What an instance was launched with, beyond its image and its type.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Terms {
    pub charge: Charge,
    pub project: i64,
    pub host_name: String,
    pub vpc: String,
    pub subnet: String,
    pub groups: Vec<String>,
    pub gateway: bool,
    pub keys: Vec<String>,
    pub keeps_login: bool,
    pub system_disk: DiskKind,
    pub data_disks: Vec<DataDisk>,
    pub internet: Option<Internet>,
    pub role: String,
    pub is_protected: bool,
    pub jumbo: bool,
    pub user_data: String,
    pub metadata: Vec<Tag>,
    /// Cores, and threads of each.
    pub topology: Option<(i64, i64)>,
    /// Whether it stopped without being charged.
    pub stops_charging: bool,
}

/// Where a terminated instance ends; it is not listed any more.
pub(super) const GONE: &str = "GONE";

impl Instance {
    /// What it is doing now.
    pub fn state(&self, now: Timestamp) -> &str {
        match &self.stage.then {
            Some((until, then)) if now >= *until => then,
            _ => &self.stage.state,
        }
    }

    /// Whether it was terminated.
    pub fn is_gone(&self, now: Timestamp) -> bool {
        self.state(now) == GONE
    }

    /// Whether it is on its way into another state.
    pub fn is_transitional(&self, now: Timestamp) -> bool {
        self.stage.then.as_ref().is_some_and(|(until, _)| now < *until)
    }
}
