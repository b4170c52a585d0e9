//! From the API's shapes to our values. A row without an ID that can be read, or with a list in it that is longer than
//! any, cannot be read; everything else has a way to be missing, unknown or odd without taking the row, let alone the
//! page, with it.

use std::{collections::BTreeMap, str::FromStr};

use jiff::Timestamp;
use serde::de::DeserializeOwned;
use serde_json::value::RawValue;

use super::wire;
use crate::model::{
    Image, ImageKind, ImageState, Instance, InstanceDetails, InstanceState, Region, Share, Snapshot, Text,
};

/// Why a row cannot be read, in English.
pub(super) type Odd = String;

/// Entries of a list in a row. The vendor allows 50 tags, 21 disks and some hundred addresses.
const MOST_ENTRIES: usize = 1024;

/// One row from its text. Where a field holds what it should not, the others are still read.
pub(super) fn row<T: DeserializeOwned + Default>(text: &str) -> T {
    if let Ok(row) = serde_json::from_str(text) {
        return row;
    }
    // Text again rather than values: each shape then has one reader and not three.
    let read = |fields: &BTreeMap<&String, &RawValue>| {
        serde_json::to_string(fields).ok().and_then(|text| serde_json::from_str::<T>(&text).ok())
    };
    let fields: BTreeMap<String, &RawValue> = serde_json::from_str(text).unwrap_or_default();
    let good = fields.iter().map(|(name, value)| (name, *value));
    let good = good.filter(|field| read(&BTreeMap::from([*field])).is_some()).collect();
    read(&good).unwrap_or_default()
}

/// An ID in a field of that name.
fn id<T: FromStr>(field: &str, text: &str) -> Result<T, Odd> {
    text.parse().map_err(|_| match text.char_indices().nth(40) {
        _ if text.is_empty() => format!("it has no {field}"),
        Some((end, _)) => format!("its {field} is {:?}", format!("{}…", &text[..end])),
        None => format!("its {field} is {text:?}"),
    })
}

fn few(lists: &[usize]) -> Result<(), Odd> {
    match lists.iter().any(|entries| *entries > MOST_ENTRIES) {
        true => Err(format!("a list in it has more than {MOST_ENTRIES} entries")),
        false => Ok(()),
    }
}

fn some(text: &str) -> Option<Text> {
    (!text.is_empty()).then(|| Text::interned(text))
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

/// `asked` is the kind that the list was asked for, should the row not say.
pub(super) fn image(from: wire::Image, region: &Region, asked: Option<ImageKind>) -> Result<Image, Odd> {
    few(&[from.SnapshotSet.len(), from.Tags.len()])?;
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
            "" => Text::default(),
            text => text.into(),
        },
        kind,
        state: ImageState::from(from.ImageState),
        sync_percent: from.SyncPercent.and_then(|p| u8::try_from(p.clamp(0, 100)).ok()),
        size_gib: gib(from.ImageSize),
        os: Text::interned(&from.OsName),
        platform: Text::interned(&from.Platform),
        arch: Text::interned(&from.Architecture),
        created_at: time(&from.CreatedTime),
        creator: some(&from.ImageCreator),
        source: some(&from.ImageSource),
        snapshots: from
            .SnapshotSet
            .into_iter()
            .map(|s| Snapshot {
                id: s.SnapshotId.into(),
                data_disk: s.DiskUsage == "DATA_DISK",
                size_gib: gib(s.DiskSize),
            })
            // As large as it has to be, not as what it was read into.
            .collect::<Box<[_]>>()
            .into_vec(),
        byol: from.LicenseType == "BYOL",
        family: some(&from.ImageFamily),
        deprecated: from.ImageDeprecated,
        cloudinit: from.IsSupportCloudinit,
        tags: tags(from.Tags),
    })
}

pub(super) fn share(from: wire::SharePermission) -> Result<Share, Odd> {
    Ok(Share { account: id("AccountId", &from.AccountId)?, since: time(&from.CreatedTime) })
}

pub(super) fn instance(from: wire::Instance, region: &Region) -> Result<Instance, Odd> {
    few(&[from.PrivateIpAddresses.len(), from.PublicIpAddresses.len(), from.Tags.len()])?;
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

/// Code, name, and whether it is open.
pub(super) fn region(from: wire::RegionInfo) -> Result<(Region, String, bool), Odd> {
    Ok((id("Region", &from.Region)?, from.RegionName, from.RegionState == "AVAILABLE"))
}

/// A copy that was begun: where, and the new image.
pub(super) fn copy(from: wire::SyncImage) -> Result<(Region, crate::model::ImageId), Odd> {
    Ok((id("Region", &from.Region)?, id("ImageId", &from.ImageId)?))
}
