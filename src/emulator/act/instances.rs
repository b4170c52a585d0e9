//! Reading instances and switching them on and off (api-3.0.md, sections 4 and 9).

use serde_json::json;

use super::{
    Answer, Ctx, answer, done,
    filter::{Filter, filters},
};
use crate::{
    cloud::wire,
    emulator::{
        clock::{iso, later},
        refusal::{Refusal, refuse},
        world::{GONE, Instance, mix, takes},
    },
    model::{InstanceId, Region},
};

const FILTERS: [&str; 20] = [
    "zone",
    "project-id",
    "host-id",
    "dedicated-cluster-id",
    "vpc-id",
    "subnet-id",
    "instance-id",
    "uuid",
    "security-group-id",
    "instance-name",
    "instance-charge-type",
    "instance-state",
    "private-ip-address",
    "public-ip-address",
    "ipv6-address",
    "tag-key",
    "tag-value",
    "creation-start-time",
    "creation-end-time",
    "instance-type",
];

/// The ids of a call, each of them well formed.
fn instance_ids<'a>(ctx: &'a Ctx<'_>) -> Result<Vec<&'a str>, Refusal> {
    let ids = ctx.params.texts("InstanceIds");
    if ids.len() > 100 {
        return refuse("InvalidParameterValue.LimitExceeded", "`InstanceIds` takes at most 100 ids.");
    }
    for id in &ids {
        if id.parse::<InstanceId>().is_err() {
            return refuse("InvalidInstanceId.Malformed", format!("The instance id `{id}` is malformed."));
        }
    }
    Ok(ids)
}

/// The caller's instances that fit, newest first: the page, and how many there are in all.
fn listed<'a>(ctx: &'a Ctx<'_>, filters: &[Filter]) -> Result<(Vec<&'a Instance>, usize), Refusal> {
    let ids = instance_ids(ctx)?;
    let (offset, limit) = ctx.page("InvalidParameterValue.LimitExceeded")?;
    let fits = |i: &Instance| {
        (ids.is_empty() || ids.contains(&i.id.as_str()))
            && filters.iter().all(|f| match f.name.as_str() {
                "zone" => f.is(&i.zone),
                "instance-id" => f.is(i.id.as_str()),
                "uuid" => f.is(&uuid(i)),
                "vpc-id" => f.is(&vpc(i)),
                "subnet-id" => f.is(&subnet(i)),
                "instance-name" => f.is_in(&i.name),
                "instance-type" => f.is(&i.instance_type),
                "instance-charge-type" => f.is(CHARGE),
                "instance-state" => f.is(i.state(ctx.now)),
                "private-ip-address" => f.is(&i.private_ip),
                "public-ip-address" => i.public_ip.as_deref().is_some_and(|ip| f.is(ip)),
                "project-id" => f.is("0"),
                _ => f.tags(&i.tags).unwrap_or(false),
            })
    };
    let (mut page, mut total) = (Vec::new(), 0);
    for instance in ctx.shelf()?.instances.iter().rev() {
        if instance.owner != *ctx.me() || instance.state(ctx.now) == GONE || !fits(instance) {
            continue;
        }
        if total >= offset && page.len() < limit {
            page.push(instance);
        }
        total += 1;
    }
    Ok((page, total))
}

const CHARGE: &str = "POSTPAID_BY_HOUR";

fn uuid(i: &Instance) -> String {
    let n = u128::from(mix(1, i.id.as_str())) << 64 | u128::from(mix(2, i.id.as_str()));
    uuid::Builder::from_random_bytes(n.to_be_bytes()).into_uuid().to_string()
}

fn vpc(i: &Instance) -> String {
    format!("vpc-{:08x}", mix(3, i.owner.as_str()) as u32)
}

fn subnet(i: &Instance) -> String {
    format!("subnet-{:08x}", mix(4, &format!("{}{}", i.owner, i.zone)) as u32)
}

pub(super) fn describe(ctx: &Ctx<'_>) -> Answer {
    let filters = filters(ctx.params, &FILTERS, 5)?;
    if !ctx.params.texts("InstanceIds").is_empty() && !filters.is_empty() {
        return refuse("InvalidParameter", "`InstanceIds` and `Filters` cannot be given together.");
    }
    let (page, total) = listed(ctx, &filters)?;
    let rows: Vec<_> = page.into_iter().map(|i| shown(ctx, i)).collect();
    answer(json!({ "InstanceSet": rows, "TotalCount": total }))
}

pub(super) fn status(ctx: &Ctx<'_>) -> Answer {
    let (page, total) = listed(ctx, &[])?;
    let rows: Vec<_> =
        page.into_iter().map(|i| json!({ "InstanceId": i.id, "InstanceState": i.state(ctx.now) })).collect();
    answer(json!({ "InstanceStatusSet": rows, "TotalCount": total }))
}

/// An instance as the API shows it: what the product reads, and what other tools expect beside it.
fn shown(ctx: &Ctx<'_>, i: &Instance) -> serde_json::Value {
    let mut row = json!(read(ctx, i));
    let more = json!({
        "DataDisks": [],
        "InternetAccessible": {
            "InternetChargeType": "TRAFFIC_POSTPAID_BY_HOUR",
            "InternetMaxBandwidthOut": if i.public_ip.is_some() { 10 } else { 0 },
            "PublicIpAssigned": i.public_ip.is_some(),
        },
        "RenewFlag": null,
        "SecurityGroupIds": [format!("sg-{:08x}", mix(5, i.owner.as_str()) as u32)],
        "LoginSettings": {},
        "StopChargingMode": if i.state(ctx.now) == "STOPPED" { "KEEP_CHARGING" } else { "NOT_APPLICABLE" },
        "IPv6Addresses": null,
        "LicenseType": "TencentCloud",
        "DisableApiTermination": false,
        "DefaultLoginUser": if i.os.starts_with("Windows") { "Administrator" } else { "root" },
        "DefaultLoginPort": if i.os.starts_with("Windows") { 3389 } else { 22 },
        "LatestOperationErrorMsg": null,
    });
    if let (Some(row), serde_json::Value::Object(more)) = (row.as_object_mut(), more) {
        row.extend(more);
    }
    row
}

fn read(ctx: &Ctx<'_>, i: &Instance) -> wire::Instance {
    let latest = i.latest.as_ref();
    let latest_state = latest.map(|_| if i.is_moving(ctx.now) { "OPERATING" } else { "SUCCESS" }.to_owned());
    wire::Instance {
        Placement: wire::Placement { Zone: i.zone.clone() },
        InstanceId: i.id.to_string(),
        InstanceType: i.instance_type.clone(),
        CPU: i.cpu.into(),
        Memory: i.memory_gib.into(),
        RestrictState: "NORMAL".to_owned(),
        InstanceName: i.name.clone(),
        InstanceChargeType: CHARGE.to_owned(),
        SystemDisk: wire::SystemDisk {
            DiskType: "CLOUD_PREMIUM".to_owned(),
            DiskId: i.disk_id.clone(),
            DiskSize: i.disk_gib.into(),
        },
        PrivateIpAddresses: vec![i.private_ip.clone()],
        PublicIpAddresses: i.public_ip.iter().cloned().collect(),
        VirtualPrivateCloud: wire::VirtualPrivateCloud { VpcId: vpc(i), SubnetId: subnet(i) },
        ImageId: i.image.to_string(),
        CreatedTime: iso(i.created),
        ExpiredTime: String::new(),
        OsName: i.os.clone(),
        InstanceState: i.state(ctx.now).to_owned(),
        Tags: i.tags.iter().map(|t| wire::Tag { Key: t.key.clone(), Value: t.value.clone() }).collect(),
        LatestOperation: latest.map(|(name, _)| name.clone()),
        LatestOperationState: latest_state,
        LatestOperationRequestId: latest.map(|(_, id)| id.clone()),
        Uuid: uuid(i),
    }
}

/// Refuses an instance whose state forbids the operation, with the code that names the state.
pub(super) fn in_state(ctx: &Ctx<'_>, i: &Instance, good: &[&str]) -> Result<(), Refusal> {
    let state = i.state(ctx.now);
    if good.contains(&state) {
        return Ok(());
    }
    let code = match state {
        "PENDING" => "UnsupportedOperation.InstanceStatePending",
        "RUNNING" => "UnsupportedOperation.InstanceStateRunning",
        "STOPPED" => "UnsupportedOperation.InstanceStateStopped",
        "STARTING" => "UnsupportedOperation.InstanceStateStarting",
        "STOPPING" => "UnsupportedOperation.InstanceStateStopping",
        "REBOOTING" => "UnsupportedOperation.InstanceStateRebooting",
        "TERMINATING" => "UnsupportedOperation.InstanceStateTerminating",
        _ => "UnsupportedOperation",
    };
    refuse(code, format!("The instance `{}` is {state}.", i.id))
}

/// Refuses an instance that an operation is working on.
pub(super) fn at_rest(ctx: &Ctx<'_>, i: &Instance) -> Result<(), Refusal> {
    if i.is_moving(ctx.now) && i.state(ctx.now) == "RUNNING" {
        return refuse(
            "OperationDenied.InstanceOperationInProgress",
            format!("Another operation is in progress on the instance `{}`.", i.id),
        );
    }
    Ok(())
}

struct Switch {
    action: &'static str,
    from: &'static [&'static str],
    doing: &'static str,
    minutes: f64,
    then: &'static str,
}

/// All or nothing: every instance has to be in a state that allows it.
fn switch(ctx: &mut Ctx<'_>, how: &Switch) -> Answer {
    let ids: Vec<String> = instance_ids(ctx)?.into_iter().map(str::to_owned).collect();
    if ids.is_empty() {
        return refuse("MissingParameter", "The request is missing a required parameter `InstanceIds`.");
    }
    let mut found = Vec::new();
    for id in &ids {
        let instance = ctx.instance(id)?;
        in_state(ctx, instance, how.from)?;
        at_rest(ctx, instance)?;
        found.push(instance.id.clone());
    }
    let until = later(ctx.now, takes(how.minutes, ctx.speed));
    let request_id = ctx.request_id.to_owned();
    for id in &found {
        let instance = ctx.instance_mut(id)?;
        instance.stage.state = how.doing.to_owned();
        instance.stage.then = Some((until, how.then.to_owned()));
        instance.latest = Some((how.action.to_owned(), request_id.clone()));
    }
    ctx.changed = true;
    done()
}

pub(super) fn start(ctx: &mut Ctx<'_>) -> Answer {
    switch(
        ctx,
        &Switch {
            action: "StartInstances",
            from: &["STOPPED"],
            doing: "STARTING",
            minutes: 0.4,
            then: "RUNNING",
        },
    )
}

pub(super) fn stop(ctx: &mut Ctx<'_>) -> Answer {
    if ctx.params.has("ForceStop") && ctx.params.has("StopType") {
        return refuse("InvalidParameterCombination", "`ForceStop` and `StopType` cannot be given together.");
    }
    for (field, words) in [
        ("StopType", &["SOFT", "SOFT_FIRST", "HARD"][..]),
        ("StoppedMode", &["KEEP_CHARGING", "STOP_CHARGING"]),
    ] {
        if let Some(word) = ctx.params.text(field).filter(|w| !words.contains(w)) {
            return refuse(
                "InvalidParameterValue",
                format!("`{field}` is `{word}`; it should be one of {}.", words.join(", ")),
            );
        }
    }
    switch(
        ctx,
        &Switch {
            action: "StopInstances",
            from: &["RUNNING"],
            doing: "STOPPING",
            minutes: 0.5,
            then: "STOPPED",
        },
    )
}

pub(super) fn terminate(ctx: &mut Ctx<'_>) -> Answer {
    switch(
        ctx,
        &Switch {
            action: "TerminateInstances",
            from: &["RUNNING", "STOPPED"],
            doing: "TERMINATING",
            minutes: 0.5,
            then: GONE,
        },
    )
}

/// Whether a zone's name is one of the region's.
pub(super) fn zone_fits(region: &Region, zone: &str) -> bool {
    zone.strip_prefix(region.as_str())
        .and_then(|rest| rest.strip_prefix('-'))
        .is_some_and(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()))
}
