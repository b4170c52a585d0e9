//! An image and the shares of it.

use std::fmt;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{ImageId, Region, Text, Uin};

/// Whose an image is (`ImageType`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ImageKind {
    /// `PRIVATE_IMAGE`: ours.
    Own,
    /// `SHARED_IMAGE`: another account shared it with us.
    Received,
    /// `PUBLIC_IMAGE`, and anything the API may add: everyone's.
    Public,
}

/// What an image is doing (`ImageState`). An unknown word is kept, never an error.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub enum ImageState {
    /// Ready to use.
    Normal,
    /// Being made from an instance.
    Creating,
    /// Being copied here from another region.
    Syncing,
    /// Being imported.
    Importing,
    /// Making or copying it failed.
    CreateFailed,
    /// Importing it failed.
    ImportFailed,
    /// A state that this program does not know, as the API spelt it.
    Other(Text),
}

impl ImageState {
    /// The API's spelling.
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

    /// Whether the state will pass by itself.
    pub fn is_moving(&self) -> bool {
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
            _ => Self::Other(Text::common(&word)),
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

/// A snapshot that an image is made of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Snapshot {
    /// `snap-…`.
    pub id: Text,
    /// Whether it holds a data disk rather than the system disk.
    pub data_disk: bool,
    /// Its disk's size in GiB.
    pub size_gib: u32,
}

/// A custom, received or public image, as one region shows it to one account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Image {
    /// A received image keeps the id that its owner sees.
    pub id: ImageId,
    /// The region that it lives in; it can be launched and shared only there.
    pub region: Region,
    /// At most 60 characters; as the cloud gave it, so hostile until shown through a neutralising view.
    pub name: Text,
    /// At most 256 characters; empty where there is none.
    pub description: Text,
    /// Whose it is.
    pub kind: ImageKind,
    /// What it is doing.
    pub state: ImageState,
    /// How far a copy or creation is, 0 to 100, where the API says.
    pub sync_percent: Option<u8>,
    /// In GiB.
    pub size_gib: u32,
    /// The operating system as a sentence: `Ubuntu Server 24.04 LTS 64bit`.
    pub os: Text,
    /// The family of it: `Ubuntu`, `Windows`.
    pub platform: Text,
    /// `x86_64`, `arm` or `i386`.
    pub arch: Text,
    /// When it was made, where the API's text can be read.
    pub created_at: Option<Timestamp>,
    /// `ImageCreator`: a uin for private images, a word for public ones, often empty for received ones.
    pub creator: Option<Text>,
    /// `ImageSource`: `OFFICIAL`, `CREATE_IMAGE` or `EXTERNAL_IMPORT`.
    pub source: Option<Text>,
    /// Empty while it is being made.
    pub snapshots: Vec<Snapshot>,
    /// `LicenseType` is `BYOL`: the owner brought the licence.
    pub byol: bool,
    /// `ImageFamily`, where set.
    pub family: Option<Text>,
    /// `ImageDeprecated`.
    pub deprecated: bool,
    /// `IsSupportCloudinit`.
    #[serde(default)]
    pub cloudinit: bool,
    /// `Tags`, each with its key and value, as they came.
    #[serde(default)]
    pub tags: Vec<(String, String)>,
}

impl Image {
    /// Whether it is ready to use.
    pub fn is_normal(&self) -> bool {
        self.state == ImageState::Normal
    }

    /// The owner of a received image, where the API filled it in.
    pub fn owner(&self) -> Option<Uin> {
        self.creator.as_deref().and_then(|c| c.parse().ok())
    }
}

/// One account that an own image is shared with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Share {
    /// The receiver's main account.
    pub account: Uin,
    /// Since when.
    pub since: Option<Timestamp>,
}
