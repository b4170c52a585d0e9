//! From the API's shapes to our values. A row whose id cannot be read is left out; everything else has a way to be
//! missing, unknown or odd without taking the row, let alone the page, with it.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::de::DeserializeOwned;
use serde_json::value::RawValue;

use super::wire;
use crate::model::{
    Image, ImageKind, ImageState, Instance, InstanceState, More, Region, Share, Snapshot, Text,
};

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

fn some(text: &str) -> Option<Text> {
    (!text.is_empty()).then(|| Text::common(text))
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
pub(super) fn image(from: wire::Image, region: &Region, asked: Option<ImageKind>) -> Option<Image> {
    let kind = match from.ImageType.as_str() {
        "PRIVATE_IMAGE" => ImageKind::Own,
        "SHARED_IMAGE" => ImageKind::Received,
        "PUBLIC_IMAGE" => ImageKind::Public,
        _ => asked.unwrap_or(ImageKind::Public),
    };
    Some(Image {
        id: from.ImageId.parse().ok()?,
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
        os: Text::common(&from.OsName),
        platform: Text::common(&from.Platform),
        arch: Text::common(&from.Architecture),
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

pub(super) fn share(from: &wire::SharePermission) -> Option<Share> {
    Some(Share { account: from.AccountId.parse().ok()?, since: time(&from.CreatedTime) })
}

pub(super) fn instance(from: wire::Instance, region: &Region) -> Option<Instance> {
    Some(Instance {
        id: from.InstanceId.parse().ok()?,
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
        more: More {
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
