//! Actions that a person can ask for.

use serde::{Deserialize, Serialize};

use crate::model::{ImageId, InstanceId, Receiver, Region, Uin};

/// Selects shares of an image.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ShareSelection {
    /// Every share.
    All,
    /// The shares with these accounts.
    Accounts(Vec<Uin>),
}

/// An action on one image or instance.
///
/// An empty list or a missing choice asks whether the action is possible at all. The detail pane below a
/// table uses such actions.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "action")]
pub enum Action {
    /// Share an own image with accounts, in the image's own region. A receiver that names another region is
    /// blocked until the image has been copied there.
    Share {
        /// The image to share.
        image: ImageId,
        /// The receivers, each with an optional region.
        with: Vec<Receiver>,
    },
    /// Copy an own image to the regions that need it, then share each copy, as one job.
    Distribute {
        /// The source image.
        image: ImageId,
        /// The receivers. A receiver without a region gets the image in all of `regions`, or in the image's
        /// own region if `regions` is empty.
        with: Vec<Receiver>,
        /// Regions that get a copy even if no receiver names them.
        regions: Vec<Region>,
    },
    /// Copy an image to other regions.
    Copy {
        /// The source image.
        image: ImageId,
        /// The destination regions.
        to: Vec<Region>,
        /// The name of the copies; defaults to the name of the source.
        name: Option<String>,
    },
    /// Cancel shares of an image.
    Unshare {
        /// The shared image.
        image: ImageId,
        /// The shares to cancel.
        which: ShareSelection,
    },
    /// Delete an own image.
    Delete {
        /// The image to delete.
        image: ImageId,
        /// Also delete its snapshots.
        with_snapshots: bool,
    },
    /// Change the name, the description, or both.
    Rename {
        /// The image to change.
        image: ImageId,
        /// The new name.
        name: Option<String>,
        /// The new description.
        description: Option<String>,
    },
    /// Create an instance from an image.
    Launch {
        /// The image.
        image: ImageId,
        /// The region; defaults to the region of the image.
        region: Option<Region>,
        /// The zone, such as `ap-guangzhou-3`.
        zone: Option<String>,
        /// The instance type, such as `S5.MEDIUM4`.
        instance_type: Option<String>,
        /// The name of the instance; the cloud chooses one by default.
        #[serde(default)]
        name: Option<String>,
    },
    /// Reinstall an instance, which wipes its system disk.
    Reinstall {
        /// The instance.
        instance: InstanceId,
        /// The image to install; `None` until one is chosen.
        image: Option<ImageId>,
    },
    /// Create an image from an instance.
    Capture {
        /// The instance.
        instance: InstanceId,
        /// The name of the new image.
        name: Option<String>,
    },
}

impl Action {
    /// Returns the name of the action as commands and JSON spell it.
    pub fn as_str(&self) -> &'static str {
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

    /// Returns the image that the action concerns, if any.
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
