//! What a person can want.

use serde::{Deserialize, Serialize};

use crate::model::{ImageId, InstanceId, Receiver, Region, Uin};

/// Some of the shares of an image, or all.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Which {
    /// Every account it is shared with.
    All,
    /// These.
    Accounts(Vec<Uin>),
}

/// One thing to be done to one image or instance. Empty lists and missing choices mean "could this be done at all",
/// which is what the pane below a table asks.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "action")]
pub enum Action {
    /// Share an own image, in its own region, with accounts. A receiver with another region is a reason to copy first.
    Share {
        /// The image to share.
        image: ImageId,
        /// Who gets it, and in which region they need it.
        with: Vec<Receiver>,
    },
    /// Copy an own image to the regions that need it, then share each copy: the guided flow, one job.
    Distribute {
        /// The source.
        image: ImageId,
        /// Each with the region that they need it in; where there is none, all of `regions`, or the image's own where
        /// none are given.
        with: Vec<Receiver>,
        /// Regions to have a copy in, whether or not a receiver names them.
        regions: Vec<Region>,
    },
    /// Copy an image to regions.
    Copy {
        /// The source.
        image: ImageId,
        /// Where to.
        to: Vec<Region>,
        /// The copies' name; the source's where nothing is said.
        name: Option<String>,
    },
    /// Cancel shares.
    Unshare {
        /// The shared image.
        image: ImageId,
        /// With whom no longer.
        which: Which,
    },
    /// Delete an own image.
    Delete {
        /// The image.
        image: ImageId,
        /// Its snapshots too.
        with_snapshots: bool,
    },
    /// Change name, description, or both.
    Rename {
        /// The image.
        image: ImageId,
        /// The new name.
        name: Option<String>,
        /// The new description.
        description: Option<String>,
    },
    /// Create an instance.
    Launch {
        /// From this image.
        image: ImageId,
        /// In this region; the image's own where nothing is said.
        region: Option<Region>,
        /// `ap-guangzhou-3`.
        zone: Option<String>,
        /// `S5.MEDIUM4`.
        instance_type: Option<String>,
        /// The instance's name; the cloud's own where nothing is said.
        #[serde(default)]
        name: Option<String>,
    },
    /// Reinstall an instance: wipes its system disk.
    Reinstall {
        /// The instance.
        instance: InstanceId,
        /// With this image; nothing while none is chosen.
        image: Option<ImageId>,
    },
    /// Make an image from an instance.
    Capture {
        /// The instance.
        instance: InstanceId,
        /// The new image's name.
        name: Option<String>,
    },
}

impl Action {
    /// The word for it in commands and JSON.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Share { .. } | Self::Distribute { .. } => "share",
            Self::Copy { .. } => "copy",
            Self::Unshare { .. } => "unshare",
            Self::Delete { .. } => "delete",
            Self::Rename { .. } => "rename",
            Self::Launch { .. } => "launch",
            Self::Reinstall { .. } => "reinstall",
            Self::Capture { .. } => "capture",
        }
    }

    /// The image that it is about, where there is one.
    pub fn image(&self) -> Option<&ImageId> {
        match self {
            Self::Share { image, .. }
            | Self::Distribute { image, .. }
            | Self::Copy { image, .. }
            | Self::Unshare { image, .. }
            | Self::Delete { image, .. }
            | Self::Rename { image, .. }
            | Self::Launch { image, .. } => Some(image),
            Self::Reinstall { image, .. } => image.as_ref(),
            Self::Capture { .. } => None,
        }
    }
}
