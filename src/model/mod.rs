//! Plain values: parsed once on input, with a type of their own.

mod access;
mod catalog;
mod failure;
mod id;
mod image;
mod instance;
mod offer;
mod plain;
mod receiver;
mod text;

pub use access::{Site, Source};
pub use catalog::{Catalog, CopyGroup, RegionInfo};
pub use failure::FailureKind;
pub use id::{ImageId, InstanceId, InvalidId, Region, Uin};
pub use image::{Image, ImageKind, ImageState, Share, Snapshot};
pub use instance::{Instance, InstanceDetails, InstanceState};
pub use offer::Offer;
pub use plain::{is_hostile, is_plain_ascii, plain};
pub use receiver::Receiver;
pub use text::Text;

mod policy;
pub use policy::{Receivers, RuleSet, Session, Trust};
