//! The service cbs: snapshots of images, snapshots that were kept after their image was deleted, and disks of
//! instances.

use jiff::Timestamp;
use serde_json::{Value, json};

use super::{
    context::{Answer, Ctx, answer, one_of},
    lists::{self, Selection, page_answer, with_fixed},
    tag_fields::tag_rows,
};
use crate::emulator::{
    clock::cbs_time,
    instance::{Charge, DiskKind, Instance},
    refusal::Refusal,
    resource::Tag,
    world::{Disk, Image, Phase},
};

/// The size of snapshots that is free of charge, in GiB.
const FREE_GIB: u32 = 80;

/// A snapshot of the caller, with its image if that still exists.
struct Snapshot<'a> {
    disk: &'a Disk,
    image: Option<&'a Image>,
}

fn snapshots<'a>(ctx: &'a Ctx<'_>) -> Result<Vec<Snapshot<'a>>, Refusal> {
    let resources = ctx.resources()?;
    let of_images = resources
        .images
        .iter()
        .filter(|i| i.owner.as_ref() == Some(ctx.me()))
        .flat_map(|image| image.disks.iter().map(move |disk| Snapshot { disk, image: Some(image) }));
    let stayed = resources.snapshots.iter().filter(|(owner, _)| owner == ctx.me());
    Ok(of_images.chain(stayed.map(|(_, disk)| Snapshot { disk, image: None })).collect())
}

impl Snapshot<'_> {
    fn created(&self, now: Timestamp) -> Timestamp {
        self.image.map_or(now, |i| i.created)
    }

    /// Returns the state and the progress in percent, which follow those of the image.
    fn state(&self, now: Timestamp) -> (&'static str, u8) {
        match self.image {
            Some(image) => match (image.percent(now), &image.phase) {
                (Some(percent), Phase::Moving { doing, .. }) if doing.as_str() == "SYNCING" => {
                    ("COPYING_FROM_REMOTE", percent)
                }
                (Some(percent), _) => ("CREATING", percent),
                (None, _) => ("NORMAL", 100),
            },
            None => ("NORMAL", 100),
        }
    }

    fn encrypted(&self) -> bool {
        self.image.is_some_and(|i| i.encrypted)
    }

    fn tags(&self) -> &[Tag] {
        self.image.map_or(&[], |i| &i.tags)
    }
}

fn usage(data: bool) -> &'static str {
    if data { "DATA_DISK" } else { "SYSTEM_DISK" }
}

/// Returns a boolean as the filters of the service spell it.
fn upper(yes: bool) -> &'static str {
    if yes { "TRUE" } else { "FALSE" }
}

/// Returns whether the newest rows come first: true unless the call says `ASC`.
fn newest_first(ctx: &Ctx<'_>, fields: &[&str]) -> Result<bool, Refusal> {
    if let Some(field) = ctx.params.given("OrderField") {
        one_of("OrderField", field, fields)?;
    }
    ctx.descends("Order", true)
}

pub(super) fn describe_snapshots(ctx: &Ctx<'_>) -> Answer {
    const FILTERS: &str = "snapshot-id snapshot-name snapshot-state disk-usage project-id disk-id zone encrypt \
                           snapshot-type tag-key tag-value";
    let selection = Selection::read(ctx, "SnapshotIds", FILTERS, &lists::CBS)?;
    selection.check_ids("snap", "InvalidParameterValue")?;
    let mut rows = snapshots(ctx)?;
    rows.retain(|s| {
        selection.has(&s.disk.id, |f| match f.name.as_str() {
            "snapshot-id" => f.is(&s.disk.id),
            "snapshot-name" => s.image.is_some_and(|i| f.is_in(&i.name)),
            "snapshot-state" => f.is(s.state(ctx.now).0),
            "disk-usage" => f.is(usage(s.disk.data)),
            "project-id" => f.is("0"),
            "encrypt" => f.is(upper(s.encrypted())),
            "snapshot-type" => f.is("PRIVATE_SNAPSHOT"),
            _ => f.tags(s.tags()),
        })
    });
    rows.sort_by_key(|s| s.created(ctx.now));
    if newest_first(ctx, &["CREATE_TIME"])? {
        rows.reverse();
    }
    page_answer(ctx, &lists::CBS, "SnapshotSet", &rows, |s| shown_snapshot(ctx, s))
}

fn shown_snapshot(ctx: &Ctx<'_>, s: &Snapshot<'_>) -> Value {
    const FIXED: &str = r#"{
        "Placement": {
            "Zone": "", "ProjectId": 0, "ProjectName": "Default project", "CageId": null, "CdcId": null, "CdcName": null,
            "DedicatedClusterId": null
        },
        "SnapshotType": "PRIVATE_SNAPSHOT", "SnapshotMode": "STANDARD_SNAPSHOT", "DiskId": "", "CopyingToRegions": [],
        "IsPermanent": true, "IsLocked": false, "DeadlineTime": "", "TimeStartShare": null, "AutoSnapshotPolicyId": null
    }"#;
    let (state, percent) = s.state(ctx.now);
    let images: Vec<Value> =
        s.image.iter().map(|i| json!({ "ImageId": i.id, "ImageName": i.name })).collect();
    let created = cbs_time(s.created(ctx.now));
    let row = json!({
        "SnapshotId": s.disk.id, "SnapshotName": s.image.map_or("", |i| &i.name), "SnapshotState": state,
        "Percent": percent, "DiskSize": s.disk.size_gib, "DiskUsage": usage(s.disk.data), "Encrypt": s.encrypted(),
        "ImageCount": images.len(), "Images": images, "ShareReference": s.image.map_or(0, |i| i.shares.len()),
        "CopyFromRemote": state == "COPYING_FROM_REMOTE", "CreateTime": created, "LatestModifyTime": created,
        "Tags": tag_rows(s.tags()),
    });
    with_fixed(row, FIXED)
}

pub(super) fn overview(ctx: &Ctx<'_>) -> Answer {
    let rows = snapshots(ctx)?;
    let size: u32 = rows.iter().map(|s| s.disk.size_gib).sum();
    answer(json!({
        "TotalNums": rows.len(), "TotalSize": f64::from(size), "FreeQuota": f64::from(FREE_GIB),
        "RealTradeSize": f64::from(size.saturating_sub(FREE_GIB)),
    }))
}

/// A disk of an instance, or one that was kept after its instance was terminated.
struct Row<'a> {
    instance: &'a Instance,
    id: &'a str,
    size_gib: u32,
    kind: &'a DiskKind,
    data: bool,
    attached: bool,
    goes_with_instance: bool,
}

fn disks<'a>(ctx: &'a Ctx<'_>) -> Result<Vec<Row<'a>>, Refusal> {
    let mut rows = Vec::new();
    for instance in ctx.resources()?.instances.iter().filter(|i| i.owner == *ctx.me()) {
        let attached = !instance.is_gone(ctx.now);
        if attached {
            rows.push(Row {
                instance,
                id: &instance.disk_id,
                size_gib: instance.disk_gib,
                kind: &instance.terms.system_disk,
                data: false,
                attached,
                goes_with_instance: true,
            });
        }
        rows.extend(instance.terms.data_disks.iter().filter(|d| attached || !d.goes_with_instance).map(
            |d| Row {
                instance,
                id: &d.id,
                size_gib: d.size_gib,
                kind: &d.kind,
                data: true,
                attached,
                goes_with_instance: d.goes_with_instance,
            },
        ));
    }
    Ok(rows)
}

pub(super) fn describe_disks(ctx: &Ctx<'_>) -> Answer {
    const FILTERS: &str = "disk-usage disk-charge-type portable project-id disk-id disk-name disk-type disk-state \
                           instance-id zone instance-ip-address instance-name tag-key tag-value encrypt";
    let selection = Selection::read(ctx, "DiskIds", FILTERS, &lists::CBS)?;
    selection.check_ids("disk", "InvalidParameterValue")?;
    let mut rows = disks(ctx)?;
    rows.retain(|row| {
        let i = row.instance;
        selection.has(row.id, |f| match f.name.as_str() {
            "disk-usage" => f.is(usage(row.data)),
            "disk-charge-type" => f.is(charge(i)),
            "portable" => f.is(upper(row.data)),
            "project-id" => f.is(&i.terms.project.to_string()),
            "disk-id" => f.is(row.id),
            "disk-name" => f.is_in(&row.kind.name),
            "disk-type" => f.is(&row.kind.kind),
            "disk-state" => f.is(if row.attached { "ATTACHED" } else { "UNATTACHED" }),
            "instance-id" => row.attached && f.is(i.id.as_str()),
            "zone" => f.is(&i.zone),
            "instance-ip-address" => row.attached && f.is(&i.private_ip),
            "instance-name" => row.attached && f.is_in(&i.name),
            "encrypt" => f.is(upper(row.kind.encrypted)),
            _ => f.tags(&i.tags),
        })
    });
    rows.sort_by_key(|r| r.instance.created);
    if newest_first(ctx, &["CREATE_TIME", "DEADLINE"])? {
        rows.reverse();
    }
    let policies = ctx.params.is("ReturnBindAutoSnapshotPolicy");
    page_answer(ctx, &lists::CBS, "DiskSet", &rows, |r| shown_disk(r, policies))
}

/// Returns the charge type of an instance's disks. There are no spot disks, so those of spot instances are paid by the
/// hour.
fn charge(i: &Instance) -> &'static str {
    match i.terms.charge {
        Charge::Prepaid { .. } => "PREPAID",
        Charge::Hourly | Charge::Spot { .. } => "POSTPAID_BY_HOUR",
    }
}

fn shown_disk(r: &Row<'_>, policies: bool) -> Value {
    const FIXED: &str = r#"{
        "AttachMode": "PF", "InstanceIdList": [], "InstanceType": "CVM", "SnapshotAbility": true, "SnapshotCount": 0,
        "SnapshotSize": 0, "AutoRenewFlagError": false, "Rollbacking": false, "RollbackPercent": 100, "Migrating": false,
        "MigratePercent": 0, "BackupDisk": true, "DeleteSnapshot": 0, "DeadlineError": false, "IsReturnable": false,
        "Shareable": false, "DiskBackupQuota": 0, "DiskBackupCount": 0, "ThroughputPerformance": 0,
        "BurstPerformance": false
    }"#;
    let i = r.instance;
    let (renew, deadline) = match &i.terms.charge {
        Charge::Prepaid { renew, until } => (Some(renew), Some(cbs_time(*until))),
        Charge::Hourly | Charge::Spot { .. } => (None, None),
    };
    let row = json!({
        "DiskId": r.id, "DiskName": r.kind.name, "DiskType": r.kind.kind, "DiskSize": r.size_gib,
        "DiskUsage": usage(r.data), "DiskState": if r.attached { "ATTACHED" } else { "UNATTACHED" },
        "DiskChargeType": charge(i), "Attached": r.attached,
        "InstanceId": if r.attached { i.id.as_str() } else { "" }, "LastAttachInsId": i.id,
        "DeleteWithInstance": r.goes_with_instance, "Portable": r.data,
        "Placement": {
            "Zone": i.zone, "ProjectId": i.terms.project, "ProjectName": "", "CageId": null, "CdcId": null,
            "CdcName": null, "DedicatedClusterId": null,
        },
        "Encrypt": r.kind.encrypted, "KmsKeyId": r.kind.kms_key, "RenewFlag": renew, "DeadlineTime": deadline,
        "CreateTime": cbs_time(i.created), "AutoSnapshotPolicyIds": if policies { json!([]) } else { Value::Null },
        "Tags": tag_rows(&i.tags),
    });
    with_fixed(row, FIXED)
}
