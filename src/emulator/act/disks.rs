//! The service cbs: the snapshots that images hold, those that stayed, and the disks of instances.

use jiff::Timestamp;
use serde_json::{Value, json};

use super::{
    Answer, Ctx, answer,
    filter::{self, Filter, filters_of},
    network::is_id,
};
use crate::emulator::{
    clock::cbs_time,
    refusal::{Refusal, refuse},
    world::{Charge, Disk, DiskKind, Image, Instance, Label, Phase},
};

/// GiB of snapshots that cost nothing.
const FREE_GIB: u32 = 80;

/// A snapshot of the caller, with the image that holds it where there is one.
struct Snapshot<'a> {
    disk: &'a Disk,
    image: Option<&'a Image>,
}

fn snapshots<'a>(ctx: &'a Ctx<'_>) -> Result<Vec<Snapshot<'a>>, Refusal> {
    let shelf = ctx.shelf()?;
    let of_images = shelf
        .images
        .iter()
        .filter(|i| i.owner.as_ref() == Some(ctx.me()))
        .flat_map(|image| image.disks.iter().map(move |disk| Snapshot { disk, image: Some(image) }));
    let stayed = shelf.snapshots.iter().filter(|(owner, _)| owner == ctx.me());
    Ok(of_images.chain(stayed.map(|(_, disk)| Snapshot { disk, image: None })).collect())
}

impl Snapshot<'_> {
    fn created(&self, now: Timestamp) -> Timestamp {
        self.image.map_or(now, |i| i.created)
    }

    /// How it is while its image is being made or copied.
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

    fn tags(&self) -> &[Label] {
        self.image.map_or(&[], |i| &i.tags)
    }
}

fn usage(disk: &Disk) -> &'static str {
    if disk.data { "DATA_DISK" } else { "SYSTEM_DISK" }
}

/// The ids of a call, or its filters; not both.
fn chosen(
    ctx: &Ctx<'_>,
    ids: &str,
    prefix: &str,
    names: &[&str],
) -> Result<(Vec<String>, Vec<Filter>), Refusal> {
    let filters = filters_of(&filter::CBS, ctx.params, names, 5)?;
    let wanted: Vec<String> = ctx.params.texts(ids).into_iter().map(str::to_owned).collect();
    if !wanted.is_empty() && !filters.is_empty() {
        return refuse("InvalidParameter", format!("`{ids}` and `Filters` cannot be given together."));
    }
    if wanted.len() > 100 {
        return refuse("InvalidParameterValue.LimitExceeded", format!("`{ids}` takes at most 100 ids."));
    }
    if let Some(id) = wanted.iter().find(|id| !is_id(id, prefix)) {
        return refuse("InvalidParameterValue", format!("The id `{id}` is malformed."));
    }
    Ok((wanted, filters))
}

/// Whether the rows go from the newest to the oldest, as they do unless the call says `ASC`.
fn newest_first(ctx: &Ctx<'_>, fields: &[&str]) -> Result<bool, Refusal> {
    if let Some(field) = ctx.params.text("OrderField").filter(|f| !f.is_empty() && !fields.contains(f)) {
        return refuse(
            "InvalidParameterValue",
            format!("`OrderField` is `{field}`; it should be one of {}.", fields.join(", ")),
        );
    }
    match ctx.params.text("Order").filter(|o| !o.is_empty()) {
        None | Some("DESC") => Ok(true),
        Some("ASC") => Ok(false),
        Some(other) => {
            refuse("InvalidParameterValue", format!("`Order` is `{other}`; it should be ASC or DESC."))
        }
    }
}

pub(super) fn describe_snapshots(ctx: &Ctx<'_>) -> Answer {
    const NAMES: [&str; 11] = [
        "snapshot-id",
        "snapshot-name",
        "snapshot-state",
        "disk-usage",
        "project-id",
        "disk-id",
        "zone",
        "encrypt",
        "snapshot-type",
        "tag-key",
        "tag-value",
    ];
    let (ids, filters) = chosen(ctx, "SnapshotIds", "snap", &NAMES)?;
    let fits = |s: &Snapshot<'_>| {
        (ids.is_empty() || ids.contains(&s.disk.id))
            && filters.iter().all(|f| match f.name.as_str() {
                "snapshot-id" => f.is(&s.disk.id),
                "snapshot-name" => s.image.is_some_and(|i| f.is_in(&i.name)),
                "snapshot-state" => f.is(s.state(ctx.now).0),
                "disk-usage" => f.is(usage(s.disk)),
                "project-id" => f.is("0"),
                "encrypt" => f.is(if s.encrypted() { "TRUE" } else { "FALSE" }),
                "snapshot-type" => f.is("PRIVATE_SNAPSHOT"),
                _ => f.tags(s.tags()).unwrap_or(false),
            })
    };
    let mut rows: Vec<Snapshot<'_>> = snapshots(ctx)?.into_iter().filter(fits).collect();
    rows.sort_by_key(|s| s.created(ctx.now));
    if newest_first(ctx, &["CREATE_TIME"])? {
        rows.reverse();
    }
    let (offset, limit) = ctx.page("InvalidParameterValue.LimitExceeded")?;
    let total = rows.len();
    let rows: Vec<Value> = rows.iter().skip(offset).take(limit).map(|s| shown_snapshot(ctx, s)).collect();
    answer(json!({ "SnapshotSet": rows, "TotalCount": total }))
}

fn shown_snapshot(ctx: &Ctx<'_>, s: &Snapshot<'_>) -> Value {
    let (state, percent) = s.state(ctx.now);
    let images: Vec<Value> =
        s.image.iter().map(|i| json!({ "ImageId": i.id, "ImageName": i.name })).collect();
    let created = cbs_time(s.created(ctx.now));
    json!({
        "Placement": {
            "Zone": "",
            "ProjectId": 0,
            "ProjectName": "Default project",
            "CageId": null,
            "CdcId": null,
            "CdcName": null,
            "DedicatedClusterId": null,
        },
        "SnapshotId": s.disk.id,
        "SnapshotName": s.image.map_or("", |i| &i.name),
        "SnapshotState": state,
        "SnapshotType": "PRIVATE_SNAPSHOT",
        "SnapshotMode": "STANDARD_SNAPSHOT",
        "Percent": percent,
        "DiskId": "",
        "DiskSize": s.disk.size_gib,
        "DiskUsage": usage(s.disk),
        "Encrypt": s.encrypted(),
        "Images": images,
        "ImageCount": images.len(),
        "ShareReference": s.image.map_or(0, |i| i.shares.len()),
        "CopyFromRemote": state == "COPYING_FROM_REMOTE",
        "CopyingToRegions": [],
        "IsPermanent": true,
        "IsLocked": false,
        "DeadlineTime": "",
        "TimeStartShare": null,
        "CreateTime": created,
        "LatestModifyTime": created,
        "AutoSnapshotPolicyId": null,
        "Tags": shown_tags(s.tags()),
    })
}

fn shown_tags(tags: &[Label]) -> Vec<Value> {
    tags.iter().map(|t| json!({ "Key": t.key, "Value": t.value })).collect()
}

pub(super) fn overview(ctx: &Ctx<'_>) -> Answer {
    let rows = snapshots(ctx)?;
    let size: u32 = rows.iter().map(|s| s.disk.size_gib).sum();
    answer(json!({
        "TotalNums": rows.len(),
        "TotalSize": f64::from(size),
        "FreeQuota": f64::from(FREE_GIB),
        "RealTradeSize": f64::from(size.saturating_sub(FREE_GIB)),
    }))
}

/// A disk of an instance, or one that stayed when its instance was terminated.
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
    for instance in ctx.shelf()?.instances.iter().filter(|i| i.owner == *ctx.me()) {
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
    const NAMES: [&str; 15] = [
        "disk-usage",
        "disk-charge-type",
        "portable",
        "project-id",
        "disk-id",
        "disk-name",
        "disk-type",
        "disk-state",
        "instance-id",
        "zone",
        "instance-ip-address",
        "instance-name",
        "tag-key",
        "tag-value",
        "encrypt",
    ];
    let (ids, filters) = chosen(ctx, "DiskIds", "disk", &NAMES)?;
    let upper = |yes: bool| if yes { "TRUE" } else { "FALSE" };
    let fits = |row: &Row<'_>| {
        let i = row.instance;
        (ids.is_empty() || ids.iter().any(|id| id == row.id))
            && filters.iter().all(|f| match f.name.as_str() {
                "disk-usage" => f.is(if row.data { "DATA_DISK" } else { "SYSTEM_DISK" }),
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
                _ => f.tags(&i.tags).unwrap_or(false),
            })
    };
    let mut rows: Vec<Row<'_>> = disks(ctx)?.into_iter().filter(fits).collect();
    rows.sort_by_key(|r| r.instance.created);
    if newest_first(ctx, &["CREATE_TIME", "DEADLINE"])? {
        rows.reverse();
    }
    let (offset, limit) = ctx.page("InvalidParameterValue.LimitExceeded")?;
    let total = rows.len();
    let policies = ctx.params.is("ReturnBindAutoSnapshotPolicy");
    let rows: Vec<Value> = rows.iter().skip(offset).take(limit).map(|r| shown_disk(r, policies)).collect();
    answer(json!({ "DiskSet": rows, "TotalCount": total }))
}

/// Disks are paid for as their instance, but there are no spot disks.
fn charge(i: &Instance) -> &'static str {
    match i.terms.charge {
        Charge::Prepaid { .. } => "PREPAID",
        Charge::Hourly | Charge::Spot { .. } => "POSTPAID_BY_HOUR",
    }
}

fn shown_disk(r: &Row<'_>, policies: bool) -> Value {
    let i = r.instance;
    let (renew, deadline) = match &i.terms.charge {
        Charge::Prepaid { renew, until } => (Some(renew), Some(cbs_time(*until))),
        Charge::Hourly | Charge::Spot { .. } => (None, None),
    };
    json!({
        "DiskId": r.id,
        "DiskName": r.kind.name,
        "DiskType": r.kind.kind,
        "DiskSize": r.size_gib,
        "DiskUsage": if r.data { "DATA_DISK" } else { "SYSTEM_DISK" },
        "DiskState": if r.attached { "ATTACHED" } else { "UNATTACHED" },
        "DiskChargeType": charge(i),
        "Attached": r.attached,
        "AttachMode": "PF",
        "InstanceId": if r.attached { i.id.as_str() } else { "" },
        "InstanceIdList": [],
        "InstanceType": "CVM",
        "LastAttachInsId": i.id,
        "DeleteWithInstance": r.goes_with_instance,
        "Portable": r.data,
        "Placement": {
            "Zone": i.zone,
            "ProjectId": i.terms.project,
            "ProjectName": "",
            "CageId": null,
            "CdcId": null,
            "CdcName": null,
            "DedicatedClusterId": null,
        },
        "Encrypt": r.kind.encrypted,
        "KmsKeyId": r.kind.kms_key,
        "RenewFlag": renew,
        "DeadlineTime": deadline,
        "CreateTime": cbs_time(i.created),
        "SnapshotAbility": true,
        "SnapshotCount": 0,
        "SnapshotSize": 0,
        "AutoSnapshotPolicyIds": if policies { json!([]) } else { Value::Null },
        "AutoRenewFlagError": false,
        "Rollbacking": false,
        "RollbackPercent": 100,
        "Migrating": false,
        "MigratePercent": 0,
        "BackupDisk": true,
        "DeleteSnapshot": 0,
        "DeadlineError": false,
        "IsReturnable": false,
        "Shareable": false,
        "DiskBackupQuota": 0,
        "DiskBackupCount": 0,
        "ThroughputPerformance": 0,
        "BurstPerformance": false,
        "Tags": shown_tags(&i.tags),
    })
}
