//! Instances and their launch configuration.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::resource::Tag;
use crate::model::{ImageId, InstanceId, Uin};

/// The state of an instance and, if it changes by itself, when and to which state.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Stage {
    pub state: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub then: Option<(Timestamp, String)>,
}

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
    /// The name and the RequestId of the latest operation. It is in progress while the stage changes.
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
        /// The maximum price per hour, as the call spelled it.
        max_price: Option<String>,
    },
}

impl Charge {
    /// Returns the `InstanceChargeType`.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Hourly => "POSTPAID_BY_HOUR",
            Self::Prepaid { .. } => "PREPAID",
            Self::Spot { .. } => "SPOTPAID",
        }
    }
}

/// The type, name and encryption of a disk.
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

/// The internet access of an instance.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Internet {
    pub charge: String,
    /// In Mbit/s.
    pub bandwidth: i64,
    pub provider: String,
    pub address_type: String,
}

/// The launch configuration of an instance beyond its image and its type.
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
    /// The number of cores, and the number of threads per core.
    pub topology: Option<(i64, i64)>,
    /// Whether the instance is not charged while it is stopped.
    pub stops_charging: bool,
}

/// The final state of a terminated instance. It is no longer listed.
pub(super) const GONE: &str = "GONE";

impl Instance {
    /// Returns the current state.
    pub fn state(&self, now: Timestamp) -> &str {
        match &self.stage.then {
            Some((until, then)) if now >= *until => then,
            _ => &self.stage.state,
        }
    }

    /// Returns whether the instance was terminated.
    pub fn is_gone(&self, now: Timestamp) -> bool {
        self.state(now) == GONE
    }

    /// Whether it is on its way into another state.
    pub fn is_transitional(&self, now: Timestamp) -> bool {
        self.stage.then.as_ref().is_some_and(|(until, _)| now < *until)
    }
}
