//! Plain values: parsed once on input, with a type of their own.

mod access;
mod arc_str;
mod catalog;
mod failure;
mod id;
mod image;
mod instance;
mod offer;
mod plain;
mod receiver;

pub use access::{Site, Source};
pub use arc_str::ArcStr;
pub use catalog::{Catalog, CopyGroup, RegionInfo};
pub use failure::{FailureDetail, FailureKind, JobFailure};
pub use id::{ImageId, InstanceId, InvalidId, Region, Uin};
pub use image::{Image, ImageKind, ImageState, Share, Snapshot};
pub use instance::{Instance, InstanceDetails, InstanceState};
pub use offer::Offer;
pub use plain::{is_hostile, is_plain_ascii, plain};
pub use receiver::Receiver;

mod policy;
pub use policy::{Receivers, RuleSet, Session, Trust};
