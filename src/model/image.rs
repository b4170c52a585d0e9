//! Images and their shares.

use std::fmt;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{ArcStr, ImageId, Region, Uin};

/// The relation of the account to an image (`ImageType`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ImageKind {
    /// `PRIVATE_IMAGE`: the account owns it.
    Own,
    /// `SHARED_IMAGE`: another account shared it with this one.
    Received,
    /// `PUBLIC_IMAGE` and any value that the API may add: available to everyone.
    Public,
}

/// The state of an image (`ImageState`). Unknown states are kept.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub enum ImageState {
    /// Ready to use.
    Normal,
    /// Being created from an instance.
    Creating,
    /// Being copied from another region.
    Syncing,
    /// Being imported.
    Importing,
    /// Creating or copying failed.
    CreateFailed,
    /// Importing failed.
    ImportFailed,
    /// A state that this program does not know, as the API spells it.
    Other(ArcStr),
}

impl ImageState {
    /// Returns the state as the API spells it.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Normal => "NORMAL",
            Self::Creating => "CREATING",
            Self::Syncing => "SYNCING",
            Self::Importing => "IMPORTING",
            Self::CreateFailed => "CREATEFAILED",
            Self::ImportFailed => "IMPORTFAILED",
            Self::Other(word) => word,
        }
    }

    /// Returns whether the state is temporary and will change without intervention.
    pub fn is_transitional(&self) -> bool {
        matches!(self, Self::Creating | Self::Syncing | Self::Importing)
    }
}

impl From<String> for ImageState {
    fn from(word: String) -> Self {
        match word.as_str() {
            "NORMAL" => Self::Normal,
            "CREATING" => Self::Creating,
            "SYNCING" => Self::Syncing,
            "IMPORTING" => Self::Importing,
            "CREATEFAILED" => Self::CreateFailed,
            "IMPORTFAILED" => Self::ImportFailed,
            _ => Self::Other(ArcStr::interned(&word)),
        }
    }
}

impl From<ImageState> for String {
    fn from(state: ImageState) -> String {
        state.as_str().to_owned()
    }
}

impl fmt::Display for ImageState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// A snapshot that belongs to an image.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Snapshot {
    /// The ID, `snap-…`.
    pub id: ArcStr,
    /// Whether it holds a data disk; otherwise it holds the system disk.
    pub data_disk: bool,
    /// The size of the disk in GiB.
    pub size_gib: u32,
}

/// An own, received or public image in one region.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Image {
    /// The ID. A received image has the same ID as in the owner's account.
    pub id: ImageId,
    /// The region of the image. The image can be launched and shared only there.
    pub region: Region,
    /// The name, at most 60 characters. Unmodified, so it must be neutralised before it is shown.
    pub name: ArcStr,
    /// The description, at most 256 characters; empty if there is none.
    pub description: ArcStr,
    /// The relation of the account to the image.
    pub kind: ImageKind,
    /// The state.
    pub state: ImageState,
    /// The progress of a copy or creation, 0 to 100, if the API reports it.
    pub sync_percent: Option<u8>,
    /// The size in GiB.
    pub size_gib: u32,
    /// The operating system, such as `Ubuntu Server 24.04 LTS 64bit`.
    pub os: ArcStr,
    /// The family of the operating system, such as `Ubuntu` or `Windows`.
    pub platform: ArcStr,
    /// The architecture: `x86_64`, `arm` or `i386`.
    pub arch: ArcStr,
    /// The creation time, if the API reports a valid one.
    pub created_at: Option<Timestamp>,
    /// `ImageCreator`: a uin for own images, a word for public ones, often empty for received ones.
    pub creator: Option<ArcStr>,
    /// `ImageSource`: `OFFICIAL`, `CREATE_IMAGE` or `EXTERNAL_IMPORT`.
    pub source: Option<ArcStr>,
    /// The snapshots; empty while the image is being created.
    pub snapshots: Vec<Snapshot>,
    /// Whether `LicenseType` is `BYOL`: the owner brought the licence.
    pub byol: bool,
    /// `ImageFamily`, if set.
    pub family: Option<ArcStr>,
    /// `ImageDeprecated`.
    pub deprecated: bool,
    /// `IsSupportCloudinit`.
    #[serde(default)]
    pub cloudinit: bool,
    /// `Tags` as key and value, unmodified.
    #[serde(default)]
    pub tags: Vec<(String, String)>,
}

impl Image {
    /// Returns whether the image is ready to use.
    pub fn is_normal(&self) -> bool {
        self.state == ImageState::Normal
    }

    /// Returns the owner of a received image, if the API reports it.
    pub fn owner(&self) -> Option<Uin> {
        self.creator.as_deref().and_then(|c| c.parse().ok())
    }
}

/// A share of an own image with one account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Share {
    /// The main account of the receiver.
    pub account: Uin,
    /// When the share was created.
    pub since: Option<Timestamp>,
}
