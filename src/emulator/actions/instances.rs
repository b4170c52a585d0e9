//! Actions that read instances: DescribeInstances and DescribeInstancesStatus.

use serde_json::{Value, json};

use super::{
    context::{Answer, Ctx, instance_ids},
    lists::{self, Selection, page_answer, with_fixed},
    tag_fields::tag_rows,
};
use crate::emulator::{
    catalog,
    clock::iso,
    instance::{Charge, DataDisk, DiskKind, Instance},
    refusal::Refusal,
    resource::seeded_hash,
};

/// Returns the caller's instances that the call selects, newest first.
fn listed<'a>(ctx: &'a Ctx<'_>) -> Result<Vec<&'a Instance>, Refusal> {
    const FILTERS: &str = "zone project-id host-id dedicated-cluster-id vpc-id subnet-id instance-id uuid \
                           security-group-id instance-name instance-charge-type instance-state private-ip-address \
                           public-ip-address ipv6-address tag-key tag-value creation-start-time creation-end-time \
                           instance-type";
    let selection = Selection::read(ctx, "InstanceIds", FILTERS, &lists::CVM)?;
    instance_ids(ctx)?;
    let has = |i: &&Instance| {
        selection.has(i.id.as_str(), |f| match f.name.as_str() {
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
            _ => f.tags(&i.tags),
        })
    };
    let all = ctx.resources()?.instances.iter().rev();
    Ok(all.filter(|i| i.owner == *ctx.me() && !i.is_gone(ctx.now)).filter(has).collect())
}

fn uuid(i: &Instance) -> String {
    let n = u128::from(seeded_hash(1, i.id.as_str())) << 64 | u128::from(seeded_hash(2, i.id.as_str()));
    uuid::Builder::from_random_bytes(n.to_be_bytes()).into_uuid().to_string()
}

pub(super) fn describe(ctx: &Ctx<'_>) -> Answer {
    page_answer(ctx, &lists::CVM, "InstanceSet", &listed(ctx)?, |i| shown(ctx, i))
}

pub(super) fn status(ctx: &Ctx<'_>) -> Answer {
    page_answer(
        ctx,
        &lists::CVM,
        "InstanceStatusSet",
        &listed(ctx)?,
        |i| json!({ "InstanceId": i.id, "InstanceState": i.state(ctx.now) }),
    )
}

/// Returns an instance as the API shows it, without passwords.
fn shown(ctx: &Ctx<'_>, i: &Instance) -> Value {
    const FIXED: &str = r#"{
        "DisasterRecoverGroupId": "", "DisasterRecoverGroupIds": [], "IPv6Addresses": null, "PublicIPv6Addresses": null,
        "HpcClusterId": "", "RdmaIpAddresses": null, "DedicatedClusterId": "", "LicenseType": "TencentCloud",
        "LatestOperationErrorMsg": null, "PartitionNumber": null
    }"#;
    let terms = &i.terms;
    let (renew, expires) = match &terms.charge {
        Charge::Prepaid { renew, until } => (Some(renew), Some(iso(*until))),
        Charge::Hourly | Charge::Spot { .. } => (None, None),
    };
    let state = i.state(ctx.now);
    let shut_down = state == "SHUTDOWN";
    let (user, port) = if i.os.starts_with("Windows") { ("Administrator", 3389) } else { ("root", 22) };
    let stop_mode = match (state, terms.stops_charging) {
        ("STOPPED", true) => "STOP_CHARGING",
        ("STOPPED", false) => "KEEP_CHARGING",
        _ => "NOT_APPLICABLE",
    };
    let latest = i.latest.as_ref();
    let latest_state = latest.map(|_| if i.is_transitional(ctx.now) { "OPERATING" } else { "SUCCESS" });
    let row = json!({
        "InstanceId": i.id, "InstanceType": i.instance_type, "CPU": i.cpu, "Memory": i.memory_gib, "InstanceName": i.name,
        "Placement": {
            "Zone": i.zone, "ProjectId": terms.project, "HostIds": [], "HostId": null,
            "DedicatedResourcePackTenancy": null, "DedicatedResourcePackIds": [], "RackId": null,
        },
        "RestrictState": if shut_down { "PROTECTIVELY_ISOLATED" } else { "NORMAL" },
        "InstanceChargeType": terms.charge.name(), "RenewFlag": renew, "ExpiredTime": expires,
        "SystemDisk": disk(&terms.system_disk, &i.disk_id, i.disk_gib),
        "DataDisks": terms.data_disks.iter().map(data_disk).collect::<Value>(),
        "PrivateIpAddresses": [i.private_ip], "PublicIpAddresses": Vec::from_iter(&i.public_ip),
        "InternetAccessible": internet(i),
        "VirtualPrivateCloud": {
            "VpcId": terms.vpc, "SubnetId": terms.subnet, "AsVpcGateway": terms.gateway,
            "PrivateIpAddresses": [i.private_ip], "Ipv6AddressCount": 0,
        },
        "ImageId": i.image, "OsName": i.os, "CreatedTime": iso(i.created), "InstanceState": state, "Uuid": uuid(i),
        "SecurityGroupIds": terms.groups, "Tags": tag_rows(&i.tags), "StopChargingMode": stop_mode,
        "LoginSettings": { "Password": null, "KeyIds": terms.keys, "KeepImageLogin": terms.keeps_login.to_string() },
        "CamRoleName": terms.role, "IsolatedSource": if shut_down { "MANMADE" } else { "NOTISOLATED" }, "GPUInfo": gpu(i),
        "DisableApiTermination": terms.is_protected, "HostName": terms.host_name, "DefaultLoginUser": user,
        "DefaultLoginPort": port, "EnableJumboFrame": terms.jumbo, "Metadata": { "Items": tag_rows(&terms.metadata) },
        "CpuTopology": terms.topology.map(|(cores, threads)| json!({ "CoreCount": cores, "ThreadPerCore": threads })),
        "LatestOperation": latest.map(|(name, _)| name), "LatestOperationState": latest_state,
        "LatestOperationRequestId": latest.map(|(_, id)| id),
    });
    with_fixed(row, FIXED)
}

fn disk(kind: &DiskKind, id: &str, size_gib: u32) -> Value {
    json!({
        "DiskType": kind.kind, "DiskId": id, "DiskSize": size_gib, "CdcId": null, "DiskName": kind.name,
        "Encrypt": kind.encrypted, "KmsKeyId": kind.kms_key,
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

/// Returns the GPU of an instance. Returns `None` if its type has none.
fn gpu(i: &Instance) -> Option<Value> {
    let kind = catalog::instance_type(&i.instance_type).filter(|t| !t.gpu.is_empty())?;
    Some(json!({ "GPUCount": 1.0, "GPUId": [uuid(i)], "GPUType": kind.gpu }))
}
