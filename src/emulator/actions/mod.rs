//! The actions of the API, written from the vendor's pages. They never use the console's rules, so that tests can
//! compare the two.

mod context;
mod create_image;
mod disks;
mod identity;
mod image_changes;
mod image_sharing;
mod images;
mod instance_changes;
mod instance_fields;
mod instances;
mod keys;
mod launch;
mod launch_disks;
mod launch_network;
mod launch_order;
mod lists;
mod offers;
mod prices;
mod regions;
mod security_groups;
mod sync_images;
mod tag_fields;
mod tag_service;
mod vpcs;

pub(super) use context::{Answer, Ctx};
pub(super) use identity::ROLES;

use super::{gateway::CallerKind, refusal::refuse};

/// Performs an action. A temporary key of a read-only role may not use actions that change anything.
pub(super) fn perform_action(service: &str, action: &str, ctx: &mut Ctx<'_>) -> Answer {
    let reads = ["Describe", "Get", "Assume", "Inquiry"].iter().any(|p| action.starts_with(p));
    if let CallerKind::Role { name, session, read_only: true } = &ctx.caller.kind
        && !reads
    {
        let name = if name.is_empty() { session } else { name };
        return refuse(
            "AuthFailure.UnauthorizedOperation",
            format!("The role {name} is not authorized to perform the operation ({service}:{action})."),
        );
    }
    match (service, action) {
        ("cvm", "DescribeImages") => images::describe(ctx),
        ("cvm", "DescribeImageQuota") => images::quota(ctx),
        ("cvm", "DescribeImageFromFamily") => images::from_family(ctx),
        ("cvm", "DescribeImageSharePermission") => image_sharing::describe(ctx),
        ("cvm", "ModifyImageSharePermission") => image_sharing::modify(ctx),
        ("cvm", "SyncImages") => sync_images::sync(ctx),
        ("cvm", "DeleteImages") => image_changes::delete(ctx),
        ("cvm", "ModifyImageAttribute") => image_changes::modify(ctx),
        ("cvm", "CreateImage") => create_image::create(ctx),
        ("cvm", "DescribeInstances") => instances::describe(ctx),
        ("cvm", "DescribeInstancesStatus") => instances::status(ctx),
        ("cvm", "StartInstances") => instance_changes::start(ctx),
        ("cvm", "StopInstances") => instance_changes::stop(ctx),
        ("cvm", "RebootInstances") => instance_changes::reboot(ctx),
        ("cvm", "ModifyInstancesAttribute") => instance_changes::modify(ctx),
        ("cvm", "ResetInstancesPassword") => instance_changes::reset_password(ctx),
        ("cvm", "TerminateInstances") => instance_changes::terminate(ctx),
        ("cvm", "RunInstances") => launch::run(ctx),
        ("cvm", "ResetInstance") => launch::reset(ctx),
        ("cvm", "DescribeZoneInstanceConfigInfos") => offers::zones(ctx),
        ("cvm" | "region", "DescribeZones") => regions::zones(ctx, service),
        ("region", "DescribeProducts") => regions::products(ctx),
        ("cvm" | "region", "DescribeRegions") => regions::regions(ctx, service),
        ("cvm", "InquiryPriceRunInstances") => prices::price(ctx),
        ("cvm", "DescribeInstanceTypeConfigs") => offers::types(ctx),
        ("cvm", "DescribeAccountQuota") => offers::quotas(ctx),
        ("cvm", "DescribeKeyPairs") => keys::describe(ctx),
        ("cvm", "CreateKeyPair") => keys::create(ctx),
        ("cvm", "ImportKeyPair") => keys::import(ctx),
        ("cvm", "DeleteKeyPairs") => keys::delete(ctx),
        ("cvm", "AssociateInstancesKeyPairs") => keys::change(ctx, "AssociateInstancesKeyPairs", true),
        ("cvm", "DisassociateInstancesKeyPairs") => keys::change(ctx, "DisassociateInstancesKeyPairs", false),
        ("vpc", "DescribeVpcs") => vpcs::vpcs(ctx),
        ("vpc", "DescribeSubnets") => vpcs::subnets(ctx),
        ("vpc", "DescribeSecurityGroups") => security_groups::groups(ctx),
        ("vpc", "DescribeSecurityGroupPolicies") => security_groups::policies(ctx),
        ("vpc", "CreateVpc") => vpcs::create_vpc(ctx),
        ("vpc", "CreateSubnet") => vpcs::create_subnet(ctx),
        ("vpc", "CreateSecurityGroup") => security_groups::create_group(ctx),
        ("vpc", "CreateSecurityGroupPolicies") => security_groups::create_policies(ctx),
        ("vpc", "DeleteVpc") => vpcs::delete_vpc(ctx),
        ("vpc", "DeleteSubnet") => vpcs::delete_subnet(ctx),
        ("vpc", "DeleteSecurityGroup") => security_groups::delete_group(ctx),
        ("cbs", "DescribeSnapshots") => disks::describe_snapshots(ctx),
        ("cbs", "DescribeSnapshotOverview") => disks::overview(ctx),
        ("cbs", "DescribeDisks") => disks::describe_disks(ctx),
        ("tag", "GetResources") => tag_service::resources(ctx),
        ("tag", "DescribeTags") => tag_service::list(ctx),
        ("tag", "TagResources") => tag_service::tag(ctx),
        ("tag", "UnTagResources") => tag_service::untag(ctx),
        ("sts", "GetCallerIdentity") => identity::caller_identity(ctx),
        ("sts", "AssumeRole") => identity::assume(ctx),
        ("sts", "GetFederationToken") => identity::federate(ctx),
        ("cam", "GetUserAppId") => identity::app_id(ctx),
        _ => refuse("InvalidAction", format!("The action `{action}` is not found in `{service}`.")),
    }
}
