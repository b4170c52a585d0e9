//! The disks of RunInstances.

use super::context::{Ctx, invalid};
use crate::emulator::{
    catalog::{Goods, Stock},
    instance::{DataDisk, DiskKind},
    params::Params,
    refusal::{Refusal, refuse, refuse_if},
    resource::is_id,
    world::Image,
};

/// The most data disks of an instance, and the most characters of a disk's name.
const MOST_DISKS: usize = 20;
const NAME_LENGTH: usize = 128;

/// Returns the size in GiB and the kind of the system disk. The default size is 50 GiB, or that of the image if it is
/// larger.
pub(super) fn system_disk(disk: &Params, zone: &str, image: &Image) -> Result<(u32, DiskKind), Refusal> {
    let kind = disk_kind(disk, "SystemDisk")?;
    let (least, most) = disk_size_limits(&kind.kind, zone, "SystemDisk", true)?;
    let least = least.max(image.size_gib);
    match disk.int("DiskSize").filter(|size| *size != 0) {
        None => Ok((image.size_gib.max(50), kind)),
        Some(size) => match u32::try_from(size) {
            Ok(size) if (least..=most).contains(&size) => Ok((size, kind)),
            _ => invalid(format!("`SystemDisk.DiskSize` is {size}; it should be from {least} to {most}.")),
        },
    }
}

/// Returns the least and the most GiB of a disk type. Fails if the zone does not have the type.
fn disk_size_limits(kind: &str, zone: &str, field: &str, system: bool) -> Result<(u32, u32), Refusal> {
    let goods = Goods::get();
    let Some(disk) = goods.disk(kind) else {
        let all: Vec<&str> = goods.disks.iter().map(|d| d.kind.as_str()).collect();
        return invalid(format!("`{field}.DiskType` is `{kind}`; it should be one of {}.", all.join(", ")));
    };
    let sizes = if system { disk.system } else { disk.data };
    match (sizes, goods.stock(zone, kind)) {
        (Some(sizes), Stock::Enough | Stock::Scarce | Stock::SoldOut) => Ok(sizes),
        _ => refuse(
            "ResourceInsufficient.CloudDiskUnavailable",
            format!("`{field}`: disks of type {kind} are not available in the zone {zone}."),
        ),
    }
}

fn disk_kind(disk: &Params, field: &str) -> Result<DiskKind, Refusal> {
    let message = format_args!("The dedicated cluster of `{field}` is not found.");
    refuse_if(disk.given("CdcId").is_some(), "UnsupportedOperation.InvalidDisk", message)?;
    let name = disk.str("DiskName");
    if name.chars().count() > NAME_LENGTH {
        return invalid(format!("`{field}.DiskName` takes at most 128 characters."));
    }
    let key = disk.given("KmsKeyId");
    if key.is_some() && !disk.is("Encrypt") {
        return refuse("InvalidParameterCombination", format!("`{field}.KmsKeyId` goes with `Encrypt`."));
    }
    Ok(DiskKind {
        kind: disk.given("DiskType").unwrap_or("CLOUD_PREMIUM").to_owned(),
        name: name.to_owned(),
        encrypted: disk.is("Encrypt"),
        kms_key: key.map(str::to_owned),
    })
}

/// Reads the data disks. They get their ids later.
pub(super) fn data_disks(ctx: &Ctx<'_>, zone: &str) -> Result<Vec<DataDisk>, Refusal> {
    let rows = ctx.params.objects("DataDisks");
    let message = format_args!("`DataDisks` takes at most {MOST_DISKS} disks.");
    refuse_if(rows.len() > MOST_DISKS, "InvalidParameterValue.LimitExceeded", message)?;
    let mut disks = Vec::new();
    for (n, row) in rows.iter().enumerate() {
        let field = format!("DataDisks.{n}");
        let kind = disk_kind(row, &field)?;
        let (least, most) = disk_size_limits(&kind.kind, zone, &field, false)?;
        let size = row.int("DiskSize").unwrap_or_default();
        let size_gib = match u32::try_from(size) {
            Ok(size) if (least..=most).contains(&size) && size % 10 == 0 => size,
            _ => {
                let small = kind.kind == "CLOUD_SSD" && size < i64::from(least);
                let code = if small {
                    "InvalidParameterValue.CloudSsdDataDiskSizeTooSmall"
                } else {
                    "InvalidParameterValue"
                };
                return refuse(
                    code,
                    format!(
                        "`{field}.DiskSize` is {size}; it should be from {least} to {most} in steps of 10."
                    ),
                );
            }
        };
        let throughput = row.int("ThroughputPerformance").unwrap_or_default();
        let extra = Goods::get().disk(&kind.kind).is_some_and(|d| d.throughput);
        if throughput != 0 && !(extra && (0..=650).contains(&throughput)) {
            return invalid(format!(
                "`{field}.ThroughputPerformance` is from 0 to 650, and for CLOUD_TSSD and CLOUD_HSSD alone."
            ));
        }
        disks.push(DataDisk {
            id: String::new(),
            size_gib,
            goes_with_instance: row.flag("DeleteWithInstance").unwrap_or(true),
            snapshot: snapshot(ctx, row, size_gib)?,
            throughput,
            burst: row.is("BurstPerformance"),
            kind,
        });
    }
    Ok(disks)
}

/// Checks the snapshot that a data disk is made from: a kept one of the caller, or one of an image that the caller can
/// see.
fn snapshot(ctx: &Ctx<'_>, row: &Params, size_gib: u32) -> Result<Option<String>, Refusal> {
    let Some(id) = row.given("SnapshotId") else { return Ok(None) };
    let message = format_args!("The snapshot id `{id}` is malformed.");
    refuse_if(!is_id(id, "snap"), "InvalidParameterValue.SnapshotIdMalformed", message)?;
    let resources = ctx.resources()?;
    let of_images =
        resources.images.iter().filter(|i| i.ownership(ctx.me()).is_some()).flat_map(|i| &i.disks);
    let stayed = resources.snapshots.iter().filter(|(owner, _)| owner == ctx.me()).map(|(_, disk)| disk);
    match of_images.chain(stayed).find(|d| d.id == id) {
        None => refuse("InvalidParameter.SnapshotNotFound", format!("The snapshot `{id}` is not found.")),
        Some(disk) if disk.size_gib > size_gib => refuse(
            "FailedOperation.SnapshotSizeLargerThanDataSize",
            format!("The snapshot {id} has {} GiB, more than the disk's {size_gib}.", disk.size_gib),
        ),
        Some(_) => Ok(Some(id.to_owned())),
    }
}
