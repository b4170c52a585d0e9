//! Converts API shapes to model values.
//!
//! A row is unreadable if its ID is invalid or if it contains a list that is too long. All other fields may
//! be missing, unknown or invalid without affecting the rest of the row.

use std::{collections::BTreeMap, str::FromStr};

use jiff::Timestamp;
use serde::de::DeserializeOwned;
use serde_json::value::RawValue;

use super::wire;
use crate::{
    messages::{Text, text},
    model::{
        ArcStr, Image, ImageKind, ImageState, Instance, InstanceDetails, InstanceState, Region, Share,
        Snapshot,
    },
};

/// Why a row cannot be read.
pub(super) type RowError = Text;

/// Maximum length of a list in a row. The vendor allows 50 tags, 21 disks and a few hundred addresses.
const MAX_ENTRIES: usize = 1024;

/// Parses a row. Fields with invalid values are left out.
pub(super) fn row<T: DeserializeOwned + Default>(text: &str) -> T {
    if let Ok(row) = serde_json::from_str(text) {
        return row;
    }
    // Serialise to text again instead of parsing to values: each shape then needs one deserialiser instead of
    // three.
    let read = |fields: &BTreeMap<&String, &RawValue>| {
        serde_json::to_string(fields).ok().and_then(|text| serde_json::from_str::<T>(&text).ok())
    };
    let fields: BTreeMap<String, &RawValue> = serde_json::from_str(text).unwrap_or_default();
    let good = fields.iter().map(|(name, value)| (name, *value));
    let good = good.filter(|field| read(&BTreeMap::from([*field])).is_some()).collect();
    read(&good).unwrap_or_default()
}

/// Parses the ID in a field.
fn id<T: FromStr>(field: &str, text: &str) -> Result<T, RowError> {
    text.parse().map_err(|_| match text.char_indices().nth(40) {
        _ if text.is_empty() => text!(cloud_row_without, field),
        Some((end, _)) => {
            text!(cloud_row_bad_field, field, value = format!("{:?}", format!("{}…", &text[..end])))
        }
        None => text!(cloud_row_bad_field, field, value = format!("{text:?}")),
    })
}

fn check_lengths(lists: &[usize]) -> Result<(), RowError> {
    match lists.iter().any(|entries| *entries > MAX_ENTRIES) {
        true => Err(text!(cloud_row_list_too_long, entries = MAX_ENTRIES)),
        false => Ok(()),
    }
}

fn non_empty(text: &str) -> Option<ArcStr> {
    (!text.is_empty()).then(|| ArcStr::interned(text))
}

fn tags(tags: Vec<wire::Tag>) -> Vec<(String, String)> {
    tags.into_iter().map(|tag| (tag.Key, tag.Value)).collect()
}

fn time(text: &str) -> Option<Timestamp> {
    text.parse().ok()
}

fn gib(size: i64) -> u32 {
    u32::try_from(size.max(0)).unwrap_or(u32::MAX)
}

/// Converts an image. `asked` is the kind that was requested, in case the row does not name it.
pub(super) fn image(from: wire::Image, region: &Region, asked: Option<ImageKind>) -> Result<Image, RowError> {
    check_lengths(&[from.SnapshotSet.len(), from.Tags.len()])?;
    let kind = match from.ImageType.as_str() {
        "PRIVATE_IMAGE" => ImageKind::Own,
        "SHARED_IMAGE" => ImageKind::Received,
        "PUBLIC_IMAGE" => ImageKind::Public,
        _ => asked.unwrap_or(ImageKind::Public),
    };
    Ok(Image {
        id: id("ImageId", &from.ImageId)?,
        region: region.clone(),
        name: from.ImageName.into(),
        description: match from.ImageDescription.as_str() {
            "" => ArcStr::default(),
            text => text.into(),
        },
        kind,
        state: ImageState::from(from.ImageState),
        sync_percent: from.SyncPercent.and_then(|p| u8::try_from(p.clamp(0, 100)).ok()),
        size_gib: gib(from.ImageSize),
        os: ArcStr::interned(&from.OsName),
        platform: ArcStr::interned(&from.Platform),
        arch: ArcStr::interned(&from.Architecture),
        created_at: time(&from.CreatedTime),
        creator: non_empty(&from.ImageCreator),
        source: non_empty(&from.ImageSource),
        snapshots: from
            .SnapshotSet
            .into_iter()
            .map(|s| Snapshot {
                id: s.SnapshotId.into(),
                data_disk: s.DiskUsage == "DATA_DISK",
                size_gib: gib(s.DiskSize),
            })
            // Reallocate to the exact size.
            .collect::<Box<[_]>>()
            .into_vec(),
        byol: from.LicenseType == "BYOL",
        family: non_empty(&from.ImageFamily),
        deprecated: from.ImageDeprecated,
        cloudinit: from.IsSupportCloudinit,
        tags: tags(from.Tags),
    })
}

pub(super) fn share(from: wire::SharePermission) -> Result<Share, RowError> {
    Ok(Share { account: id("AccountId", &from.AccountId)?, since: time(&from.CreatedTime) })
}

pub(super) fn instance(from: wire::Instance, region: &Region) -> Result<Instance, RowError> {
    check_lengths(&[from.PrivateIpAddresses.len(), from.PublicIpAddresses.len(), from.Tags.len()])?;
    Ok(Instance {
        id: id("InstanceId", &from.InstanceId)?,
        region: region.clone(),
        zone: from.Placement.Zone,
        name: from.InstanceName,
        state: InstanceState::from(from.InstanceState),
        instance_type: from.InstanceType,
        cpu: gib(from.CPU),
        memory_gib: gib(from.Memory),
        image: from.ImageId.parse().ok(),
        os: from.OsName,
        private_ips: from.PrivateIpAddresses,
        public_ips: from.PublicIpAddresses,
        created_at: time(&from.CreatedTime),
        system_disk_gib: gib(from.SystemDisk.DiskSize),
        latest_operation: from
            .LatestOperation
            .map(|operation| (operation, from.LatestOperationState.unwrap_or_default())),
        details: InstanceDetails {
            charge: from.InstanceChargeType,
            expires_at: time(&from.ExpiredTime),
            restricted: from.RestrictState,
            disk: (from.SystemDisk.DiskType, from.SystemDisk.DiskId),
            network: (from.VirtualPrivateCloud.VpcId, from.VirtualPrivateCloud.SubnetId),
            uuid: from.Uuid,
            latest_request: from.LatestOperationRequestId.unwrap_or_default(),
            tags: tags(from.Tags),
        },
    })
}

/// Returns the code, the name, and whether the region is available.
pub(super) fn region(from: wire::RegionInfo) -> Result<(Region, String, bool), RowError> {
    Ok((id("Region", &from.Region)?, from.RegionName, from.RegionState == "AVAILABLE"))
}

/// Returns the region and the ID of a copy that was started.
pub(super) fn copy(from: wire::SyncImage) -> Result<(Region, crate::model::ImageId), RowError> {
    Ok((id("Region", &from.Region)?, id("ImageId", &from.ImageId)?))
}
