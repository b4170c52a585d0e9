//! Instances.

use std::fmt;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{ImageId, InstanceId, Region};

/// The state of an instance (`InstanceState`). Unknown states are kept.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub enum InstanceState {
    /// Running.
    Running,
    /// Stopped.
    Stopped,
    /// Any other state, as the API spells it.
    Other(String),
}

impl InstanceState {
    /// Returns the state as the API spells it.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Running => "RUNNING",
            Self::Stopped => "STOPPED",
            Self::Other(word) => word,
        }
    }
}

impl From<String> for InstanceState {
    fn from(word: String) -> Self {
        match word.as_str() {
            "RUNNING" => Self::Running,
            "STOPPED" => Self::Stopped,
            _ => Self::Other(word),
        }
    }
}

impl From<InstanceState> for String {
    fn from(state: InstanceState) -> String {
        state.as_str().to_owned()
    }
}

impl fmt::Display for InstanceState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// An instance in one region.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Instance {
    /// The ID, `ins-…`.
    pub id: InstanceId,
    /// The region.
    pub region: Region,
    /// The zone, such as `ap-guangzhou-3`.
    pub zone: String,
    /// The name, unmodified.
    pub name: String,
    /// The state.
    pub state: InstanceState,
    /// The instance type, such as `S5.MEDIUM4`.
    pub instance_type: String,
    /// The number of CPU cores.
    pub cpu: u32,
    /// The memory in GiB.
    pub memory_gib: u32,
    /// The image from which the instance was created or last reinstalled; `None` if the API reports none or an
    /// invalid ID.
    pub image: Option<ImageId>,
    /// The operating system, such as `Ubuntu Server 24.04 LTS 64bit`.
    pub os: String,
    /// The private IP addresses.
    pub private_ips: Vec<String>,
    /// The public IP addresses.
    pub public_ips: Vec<String>,
    /// The creation time.
    pub created_at: Option<Timestamp>,
    /// The size of the system disk in GiB.
    pub system_disk_gib: u32,
    /// `LatestOperation` and `LatestOperationState`, such as `ResetInstance` and `OPERATING`, if the API reports
    /// them.
    pub latest_operation: Option<(String, String)>,
    /// Properties that no rule uses.
    #[serde(default)]
    pub details: InstanceDetails,
}

/// Properties of an instance that no rule uses, unmodified. A text is empty if the API does not report it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct InstanceDetails {
    /// `InstanceChargeType`, such as `POSTPAID_BY_HOUR` or `PREPAID`.
    pub charge: String,
    /// `ExpiredTime` of a prepaid instance.
    pub expires_at: Option<Timestamp>,
    /// `RestrictState`: `NORMAL`, `EXPIRED` or `PROTECTIVELY_ISOLATED`.
    pub restricted: String,
    /// `DiskType` and `DiskId` of the system disk.
    pub disk: (String, String),
    /// `VpcId` and `SubnetId`.
    pub network: (String, String),
    /// `Uuid`.
    pub uuid: String,
    /// `LatestOperationRequestId`.
    pub latest_request: String,
    /// `Tags` as key and value.
    pub tags: Vec<(String, String)>,
}
