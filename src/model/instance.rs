//! An instance, as far as images need to know it.

use std::fmt;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{ImageId, InstanceId, Region};

/// What an instance is doing (`InstanceState`). An unknown word is kept, never an error.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub enum InstanceState {
    /// Up.
    Running,
    /// Down.
    Stopped,
    /// Any of the passing or failed states, as the API spelt it.
    Other(String),
}

impl InstanceState {
    /// The API's spelling.
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
    /// `ins-…`.
    pub id: InstanceId,
    /// Where it runs.
    pub region: Region,
    /// `ap-guangzhou-3`.
    pub zone: String,
    /// As the cloud gave it.
    pub name: String,
    /// What it is doing.
    pub state: InstanceState,
    /// `S5.MEDIUM4`.
    pub instance_type: String,
    /// Cores.
    pub cpu: u32,
    /// GiB of memory.
    pub memory_gib: u32,
    /// The image it was made or last reinstalled from; nothing where the API left it out or the id cannot be read.
    pub image: Option<ImageId>,
    /// The operating system as a sentence.
    pub os: String,
    /// Inside addresses.
    pub private_ips: Vec<String>,
    /// Outside addresses.
    pub public_ips: Vec<String>,
    /// When it was made.
    pub created_at: Option<Timestamp>,
    /// The system disk's size in GiB.
    pub system_disk_gib: u32,
    /// `LatestOperation` and `LatestOperationState`, where the API says: `ResetInstance`, `OPERATING`.
    pub latest_operation: Option<(String, String)>,
    /// What the API tells beside.
    #[serde(default)]
    pub more: More,
}

/// What the API tells of an instance that no rule asks for, as it came; a text is empty where the API left it out.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct More {
    /// `InstanceChargeType`: `POSTPAID_BY_HOUR`, `PREPAID`.
    pub charge: String,
    /// `ExpiredTime`, where it is paid ahead.
    pub expires_at: Option<Timestamp>,
    /// `RestrictState`: `NORMAL`, `EXPIRED`, `PROTECTIVELY_ISOLATED`.
    pub restricted: String,
    /// The system disk's `DiskType` and `DiskId`.
    pub disk: (String, String),
    /// `VpcId` and `SubnetId`.
    pub network: (String, String),
    /// `Uuid`.
    pub uuid: String,
    /// `LatestOperationRequestId`.
    pub latest_request: String,
    /// `Tags`, each with its key and value.
    pub tags: Vec<(String, String)>,
}
