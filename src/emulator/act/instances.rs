//! Reading instances, switching them on and off, and changing what they are called.

use serde_json::{Value, json};

use super::{
    Answer, Ctx, answer, done,
    filter::{Filter, filters},
    order,
};
use crate::{
    cloud::wire,
    emulator::{
        catalog,
        clock::{iso, later},
        refusal::{Refusal, refuse},
        world::{Charge, DataDisk, DiskKind, GONE, Instance, mix, takes},
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
pub(super) fn instance_ids<'a>(ctx: &'a Ctx<'_>) -> Result<Vec<&'a str>, Refusal> {
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
                "vpc-id" => f.is(&i.terms.vpc),
                "subnet-id" => f.is(&i.terms.subnet),
                "security-group-id" => i.terms.groups.iter().any(|g| f.is(g)),
                "instance-name" => f.is_in(&i.name),
                "instance-type" => f.is(&i.instance_type),
                "instance-charge-type" => f.is(i.terms.charge.name()),
                "instance-state" => f.is(i.state(ctx.now)),
                "private-ip-address" => f.is(&i.private_ip),
                "public-ip-address" => i.public_ip.as_deref().is_some_and(|ip| f.is(ip)),
                "project-id" => f.is(&i.terms.project.to_string()),
                "creation-start-time" => f.values.iter().all(|v| iso(i.created) >= *v),
                "creation-end-time" => f.values.iter().all(|v| iso(i.created) <= *v),
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

fn uuid(i: &Instance) -> String {
    let n = u128::from(mix(1, i.id.as_str())) << 64 | u128::from(mix(2, i.id.as_str()));
    uuid::Builder::from_random_bytes(n.to_be_bytes()).into_uuid().to_string()
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
fn shown(ctx: &Ctx<'_>, i: &Instance) -> Value {
    let mut row = json!(read(ctx, i));
    let terms = &i.terms;
    let (renew, expires) = match &terms.charge {
        Charge::Prepaid { renew, until } => (Some(renew), Some(iso(*until))),
        Charge::Hourly | Charge::Spot { .. } => (None, None),
    };
    let state = i.state(ctx.now);
    let shut_down = state == "SHUTDOWN";
    let windows = i.os.starts_with("Windows");
    let stop_mode = match (state, terms.stops_charging) {
        ("STOPPED", true) => "STOP_CHARGING",
        ("STOPPED", false) => "KEEP_CHARGING",
        _ => "NOT_APPLICABLE",
    };
    let more = json!({
        "Placement": {
            "Zone": i.zone,
            "ProjectId": terms.project,
            "HostIds": [],
            "HostId": null,
            "DedicatedResourcePackTenancy": null,
            "DedicatedResourcePackIds": [],
            "RackId": null,
        },
        "RestrictState": if shut_down { "PROTECTIVELY_ISOLATED" } else { "NORMAL" },
        "SystemDisk": disk(&terms.system_disk, &i.disk_id, i.disk_gib),
        "DataDisks": terms.data_disks.iter().map(data_disk).collect::<Vec<_>>(),
        "InternetAccessible": internet(i),
        "VirtualPrivateCloud": {
            "VpcId": terms.vpc,
            "SubnetId": terms.subnet,
            "AsVpcGateway": terms.gateway,
            "PrivateIpAddresses": [i.private_ip],
            "Ipv6AddressCount": 0,
        },
        "RenewFlag": renew,
        "ExpiredTime": expires,
        "SecurityGroupIds": terms.groups,
        // Passwords are never told.
        "LoginSettings": { "Password": null, "KeyIds": terms.keys, "KeepImageLogin": terms.keeps_login.to_string() },
        "StopChargingMode": stop_mode,
        "DisasterRecoverGroupId": "",
        "DisasterRecoverGroupIds": [],
        "IPv6Addresses": null,
        "PublicIPv6Addresses": null,
        "CamRoleName": terms.role,
        "HpcClusterId": "",
        "RdmaIpAddresses": null,
        "DedicatedClusterId": "",
        "IsolatedSource": if shut_down { "MANMADE" } else { "NOTISOLATED" },
        "GPUInfo": gpu(i),
        "LicenseType": "TencentCloud",
        "DisableApiTermination": terms.is_protected,
        "HostName": terms.host_name,
        "DefaultLoginUser": if windows { "Administrator" } else { "root" },
        "DefaultLoginPort": if windows { 3389 } else { 22 },
        "LatestOperationErrorMsg": null,
        "EnableJumboFrame": terms.jumbo,
        "Metadata": {
            "Items": terms.metadata.iter().map(|m| json!({ "Key": m.key, "Value": m.value })).collect::<Vec<_>>(),
        },
        "CpuTopology": terms.topology.map(|(cores, threads)| json!({ "CoreCount": cores, "ThreadPerCore": threads })),
        "PartitionNumber": null,
    });
    if let (Some(row), Value::Object(more)) = (row.as_object_mut(), more) {
        row.extend(more);
    }
    row
}

fn disk(kind: &DiskKind, id: &str, size_gib: u32) -> Value {
    json!({
        "DiskType": kind.kind,
        "DiskId": id,
        "DiskSize": size_gib,
        "CdcId": null,
        "DiskName": kind.name,
        "Encrypt": kind.encrypted,
        "KmsKeyId": kind.kms_key,
    })
}

fn data_disk(d: &DataDisk) -> Value {
    let mut row = disk(&d.kind, &d.id, d.size_gib);
    row["DeleteWithInstance"] = d.goes_with_instance.into();
    row["SnapshotId"] = json!(d.snapshot);
    row["ThroughputPerformance"] = d.throughput.into();
    row["BurstPerformance"] = d.burst.into();
    row
}

fn internet(i: &Instance) -> Value {
    let net = i.terms.internet.as_ref();
    json!({
        "InternetChargeType": net.map_or("TRAFFIC_POSTPAID_BY_HOUR", |n| &n.charge),
        "InternetMaxBandwidthOut": net.map_or(0, |n| n.bandwidth),
        "PublicIpAssigned": i.public_ip.is_some(),
        "BandwidthPackageId": null,
        "InternetServiceProvider": net.map(|n| &n.provider),
        "IPv4AddressType": net.map(|n| &n.address_type),
        "IPv6AddressType": null,
        "AntiDDoSPackageId": null,
    })
}

/// The GPU of a type that has one.
fn gpu(i: &Instance) -> Option<Value> {
    let kind = catalog::instance_type(&i.instance_type).filter(|t| !t.gpu.is_empty())?;
    Some(json!({ "GPUCount": 1.0, "GPUId": [uuid(i)], "GPUType": kind.gpu }))
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
        InstanceChargeType: i.terms.charge.name().to_owned(),
        SystemDisk: wire::SystemDisk {
            DiskType: i.terms.system_disk.kind.clone(),
            DiskId: i.disk_id.clone(),
            DiskSize: i.disk_gib.into(),
        },
        PrivateIpAddresses: vec![i.private_ip.clone()],
        PublicIpAddresses: i.public_ip.iter().cloned().collect(),
        VirtualPrivateCloud: wire::VirtualPrivateCloud {
            VpcId: i.terms.vpc.clone(),
            SubnetId: i.terms.subnet.clone(),
        },
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
        "SHUTDOWN" => "UnsupportedOperation.InstanceStateShutdown",
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
    let (now, request_id) = (ctx.now, ctx.request_id.to_owned());
    for id in &found {
        let instance = ctx.instance_mut(id)?;
        // One that is paid in advance goes to the recycle bin first.
        let binned = how.then == GONE
            && matches!(instance.terms.charge, Charge::Prepaid { .. })
            && instance.state(now) != "SHUTDOWN";
        instance.stage.state = how.doing.to_owned();
        instance.stage.then = Some((until, if binned { "SHUTDOWN" } else { how.then }.to_owned()));
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

fn one_of(ctx: &Ctx<'_>, field: &str, words: &[&str]) -> Result<(), Refusal> {
    match ctx.params.text(field).filter(|w| !words.contains(w)) {
        None => Ok(()),
        Some(word) => refuse(
            "InvalidParameterValue",
            format!("`{field}` is `{word}`; it should be one of {}.", words.join(", ")),
        ),
    }
}

const STOP_TYPES: [&str; 3] = ["SOFT", "SOFT_FIRST", "HARD"];

pub(super) fn stop(ctx: &mut Ctx<'_>) -> Answer {
    if ctx.params.has("ForceStop") && ctx.params.has("StopType") {
        return refuse("InvalidParameterCombination", "`ForceStop` and `StopType` cannot be given together.");
    }
    one_of(ctx, "StopType", &STOP_TYPES)?;
    one_of(ctx, "StoppedMode", &["KEEP_CHARGING", "STOP_CHARGING"])?;
    let free = ctx.params.text("StoppedMode") == Some("STOP_CHARGING");
    let hard = ctx.params.is("ForceStop") || ctx.params.text("StopType") == Some("HARD");
    let answer = switch(
        ctx,
        &Switch {
            action: "StopInstances",
            from: &["RUNNING"],
            doing: "STOPPING",
            minutes: if hard { 0.1 } else { 0.5 },
            then: "STOPPED",
        },
    )?;
    each(ctx, |instance| {
        // Instances that are paid in advance are paid for when they are stopped, too.
        instance.terms.stops_charging = free && instance.terms.charge == Charge::Hourly;
    })?;
    Ok(answer)
}

pub(super) fn reboot(ctx: &mut Ctx<'_>) -> Answer {
    if ctx.params.has("ForceReboot") && ctx.params.has("StopType") {
        return refuse(
            "InvalidParameterCombination",
            "`ForceReboot` and `StopType` cannot be given together.",
        );
    }
    one_of(ctx, "StopType", &STOP_TYPES)?;
    let hard = ctx.params.is("ForceReboot") || ctx.params.text("StopType") == Some("HARD");
    switch(
        ctx,
        &Switch {
            action: "RebootInstances",
            from: &["RUNNING"],
            doing: "REBOOTING",
            minutes: if hard { 0.3 } else { 0.6 },
            then: "RUNNING",
        },
    )
}

pub(super) fn terminate(ctx: &mut Ctx<'_>) -> Answer {
    for id in instance_ids(ctx)? {
        if ctx.instance(id)?.terms.is_protected {
            return refuse(
                "UnsupportedOperation.InstancesProtected",
                format!("The instance {id} is protected from termination."),
            );
        }
    }
    let all_disks = ctx.params.is("ReleasePrepaidDataDisks");
    let answer = switch(
        ctx,
        &Switch {
            action: "TerminateInstances",
            from: &["RUNNING", "STOPPED", "SHUTDOWN"],
            doing: "TERMINATING",
            minutes: 0.5,
            then: GONE,
        },
    )?;
    each(ctx, |instance| {
        for disk in &mut instance.terms.data_disks {
            disk.goes_with_instance |= all_disks;
        }
    })?;
    Ok(answer)
}

/// Changes each instance of a call that was checked.
fn each(ctx: &mut Ctx<'_>, change: impl Fn(&mut Instance)) -> Result<(), Refusal> {
    let ids: Vec<InstanceId> = instance_ids(ctx)?.into_iter().filter_map(|id| id.parse().ok()).collect();
    for id in &ids {
        change(ctx.instance_mut(id)?);
    }
    ctx.changed = true;
    Ok(())
}

/// The instances of a call, which are there.
fn found<'a>(ctx: &'a Ctx<'_>) -> Result<Vec<&'a Instance>, Refusal> {
    let ids = instance_ids(ctx)?;
    if ids.is_empty() {
        return refuse("MissingParameter", "The request is missing a required parameter `InstanceIds`.");
    }
    ids.into_iter().map(|id| ctx.instance(id)).collect()
}

/// ModifyInstancesAttribute: the same for all instances of a call.
pub(super) fn modify(ctx: &mut Ctx<'_>) -> Answer {
    let params = ctx.params;
    let instances = found(ctx)?;
    let mut images = Vec::new();
    for i in &instances {
        at_rest(ctx, i)?;
        if params.has("EnableJumboFrame")
            && let Some(kind) = catalog::instance_type(&i.instance_type)
        {
            order::jumbo(params, kind)?;
        }
        if params.has("HostName") {
            in_state(ctx, i, &["RUNNING", "STOPPED"])?;
            images.push(ctx.shelf()?.images.iter().find(|image| image.id == i.image));
        }
    }
    const FIELDS: [&str; 7] = [
        "InstanceName",
        "UserData",
        "SecurityGroups",
        "CamRoleName",
        "HostName",
        "DisableApiTermination",
        "EnableJumboFrame",
    ];
    if !FIELDS.iter().any(|f| params.has(f)) {
        return refuse("MissingParameter", format!("One of {} should be given.", FIELDS.join(", ")));
    }
    let name = params.text("InstanceName").map(str::to_owned);
    if name.as_ref().is_some_and(|n| n.chars().count() > 60) {
        return refuse("InvalidInstanceName.TooLong", "`InstanceName` takes at most 60 characters.");
    }
    let groups =
        if params.has("SecurityGroups") { Some(order::groups(ctx, "SecurityGroups")?) } else { None };
    let role = if params.has("CamRoleName") { Some(order::role(params)?) } else { None };
    if let Some(kind) = params.text("CamRoleType").filter(|t| !t.is_empty()) {
        one_of(ctx, "CamRoleType", &["user", "system", "service_linked"])?;
        if role.is_none() {
            return refuse(
                "InvalidParameterCombination",
                format!("`CamRoleType` {kind} goes with `CamRoleName`."),
            );
        }
    }
    let user_data = if params.has("UserData") { Some(order::user_data(params)?) } else { None };
    let host_name = match images.first() {
        Some(Some(image)) => Some(order::host_name(params, image)?),
        // The image is gone or is no longer shared; the name is checked as for Linux.
        Some(None) => params.text("HostName").map(str::to_owned),
        None => None,
    };
    let (protects, jumbo) = (params.flag("DisableApiTermination"), params.flag("EnableJumboFrame"));
    // A new host name needs a reboot, which happens by itself unless the call says no.
    let reboots = host_name.is_some() && params.flag("AutoReboot").unwrap_or(true);
    let (now, until) = (ctx.now, later(ctx.now, takes(0.6, ctx.speed)));
    let request_id = ctx.request_id.to_owned();
    each(ctx, |i| {
        let terms = &mut i.terms;
        if let Some(name) = &name {
            i.name.clone_from(name);
        }
        if let Some(groups) = &groups {
            terms.groups.clone_from(groups);
        }
        if let Some(role) = &role {
            terms.role.clone_from(role);
        }
        if let Some(data) = &user_data {
            terms.user_data.clone_from(data);
        }
        if let Some(host_name) = &host_name {
            terms.host_name.clone_from(host_name);
        }
        terms.is_protected = protects.unwrap_or(terms.is_protected);
        terms.jumbo = jumbo.unwrap_or(terms.jumbo);
        i.latest = Some(("ModifyInstancesAttribute".to_owned(), request_id.clone()));
        if reboots && i.state(now) == "RUNNING" {
            i.stage.state = "REBOOTING".to_owned();
            i.stage.then = Some((until, "RUNNING".to_owned()));
        }
    })?;
    done()
}

/// ResetInstancesPassword: checks the password and forgets it. Instances that run are restarted for it.
pub(super) fn reset_password(ctx: &mut Ctx<'_>) -> Answer {
    let user = ctx.params.text("UserName").unwrap_or_default();
    let user_fits =
        user.len() <= 64 && user.bytes().all(|b| b.is_ascii_alphanumeric() || b"_-.".contains(&b));
    if !user_fits {
        return refuse(
            "InvalidParameterValue",
            "`UserName` has at most 64 letters, digits, `_`, `-` and `.`.",
        );
    }
    let stops = ctx.params.is("ForceStop");
    for i in found(ctx)? {
        in_state(ctx, i, if stops { &["RUNNING", "STOPPED"] } else { &["STOPPED"] })?;
        at_rest(ctx, i)?;
        if !order::password_fits(ctx.params.required("Password"), i.os.starts_with("Windows")) {
            return refuse("InvalidParameterValue.InvalidPassword", "`Password` is not valid.");
        }
    }
    let (now, until) = (ctx.now, later(ctx.now, takes(0.6, ctx.speed)));
    let request_id = ctx.request_id.to_owned();
    each(ctx, |i| {
        let state = i.state(now).to_owned();
        i.stage.state.clone_from(&state);
        i.stage.then = Some((until, state));
        i.latest = Some(("ResetInstancesPassword".to_owned(), request_id.clone()));
    })?;
    done()
}

/// Whether a zone's name is one of the region's.
pub(super) fn zone_fits(region: &Region, zone: &str) -> bool {
    zone.strip_prefix(region.as_str())
        .and_then(|rest| rest.strip_prefix('-'))
        .is_some_and(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()))
}
