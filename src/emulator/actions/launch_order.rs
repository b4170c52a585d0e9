//! Checks the parameters of RunInstances, and the part of them that InquiryPriceRunInstances uses.
//!
//! Some fields are accepted without effect: `EnhancedService`, since nothing runs on the instances that could report,
//! and those that the vendor documents only for answers (`DiskId`, `HostId`, `RackId`).

use jiff::ToSpan as _;
use std::net::Ipv4Addr;

use super::{
    context::{Ctx, invalid, one_of},
    instance_fields::{
        check_arch, check_login, host_name, instance_type, jumbo, keeps_login, metadata, role, topology,
        usable_image, user_data,
    },
    launch_disks::{data_disks, system_disk},
    launch_network::{addresses, groups, internet, subnet},
    tag_fields::{self, tag_specification},
};
use crate::{
    emulator::{
        catalog::{self, Goods, Stock},
        instance::{Charge, Terms},
        params::Params,
        refusal::{Refusal, refuse, refuse_if},
        resource::{Tag, is_id},
        world::Image,
    },
    model::{Catalog, Region},
};

/// The most instances of a call, and the most characters of their name and of a client token.
const MOST_INSTANCES: i64 = 500;
const NAME_LENGTH: usize = 128;
const TOKEN_LENGTH: usize = 64;

const CHARGES: [&str; 3] = ["POSTPAID_BY_HOUR", "PREPAID", "SPOTPAID"];
const PERIODS: [i64; 16] = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 24, 36, 48, 60];
const RENEWALS: [&str; 3] =
    ["NOTIFY_AND_AUTO_RENEW", "NOTIFY_AND_MANUAL_RENEW", "DISABLE_NOTIFY_AND_MANUAL_RENEW"];

/// A checked call of RunInstances.
pub(super) struct Order {
    pub zone: String,
    pub kind: &'static catalog::Type,
    pub image: Image,
    pub count: i64,
    pub name: String,
    pub disk_gib: u32,
    /// The private addresses, one for each instance.
    pub addresses: Vec<Ipv4Addr>,
    pub terms: Terms,
    /// Months paid in advance; 0 if the instances are paid by the hour.
    pub months: i64,
    pub tags: Vec<Tag>,
}

/// Returns the client token of a call with its region and account, as the world stores it. Returns an empty text if
/// there is none.
pub(super) fn client_token(ctx: &Ctx<'_>) -> Result<String, Refusal> {
    let token = ctx.params.str("ClientToken");
    if token.len() > TOKEN_LENGTH || !token.is_ascii() {
        return refuse("InvalidClientToken.TooLong", "`ClientToken` takes at most 64 ASCII characters.");
    }
    if token.is_empty() {
        return Ok(String::new());
    }
    Ok(format!("{}/{}/{token}", ctx.call_region()?, ctx.caller.uin))
}

/// Checks the parameters that the price depends on. The other fields of the order stay empty.
pub(super) fn check_priced_parameters(ctx: &Ctx<'_>) -> Result<Order, Refusal> {
    let params = ctx.params;
    for field in ["Placement", "ImageId"] {
        let message = format_args!("The request is missing a required parameter `{field}`.");
        refuse_if(!params.has(field), "MissingParameter", message)?;
    }
    let placement = params.object("Placement");
    let zone = placement.str("Zone").to_owned();
    check_zone_exists(ctx, &zone)?;
    let kind = instance_type(params.given("InstanceType").unwrap_or("S5.SMALL2"))?;
    let image = usable_image(ctx, params.str("ImageId"))?.clone();
    check_stock(&zone, kind)?;
    let count = params.int("InstanceCount").unwrap_or(1);
    if !(1..=MOST_INSTANCES).contains(&count) {
        return refuse("InvalidParameterValue.Range", "`InstanceCount` should be from 1 to 500.");
    }
    let name = params.given("InstanceName").unwrap_or("Unnamed").to_owned();
    if name.chars().count() > NAME_LENGTH {
        return refuse("InvalidInstanceName.TooLong", "`InstanceName` takes at most 128 characters.");
    }
    if let Some(id) = placement.texts("HostIds").first() {
        let code = if is_id(id, "host") { "InvalidHostId.NotFound" } else { "InvalidHostId.Malformed" };
        return refuse(code, format!("The dedicated host `{id}` is not found."));
    }
    if let Some(id) = params.given("HpcClusterId") {
        return refuse("ResourceNotFound.HpcCluster", format!("The cluster `{id}` is not found."));
    }
    let (charge, months) = charge(ctx, kind)?;
    let (disk_gib, system_disk) = system_disk(&params.object("SystemDisk"), &zone, &image)?;
    let terms = Terms {
        charge,
        project: project(ctx, &placement)?,
        system_disk,
        data_disks: data_disks(ctx, &zone)?,
        internet: internet(ctx, months)?,
        ..Terms::default()
    };
    let tags = tag_specification(params, "instance", &tag_fields::CVM)?;
    Ok(Order { zone, kind, image, count, name, disk_gib, addresses: Vec::new(), terms, months, tags })
}

/// Checks all parameters of a call.
pub(super) fn check_order(ctx: &Ctx<'_>) -> Result<Order, Refusal> {
    let params = ctx.params;
    if params.has("LaunchTemplate") {
        return refuse("InvalidParameterValue.LaunchTemplateNotFound", "The launch template is not found.");
    }
    let mut order = check_priced_parameters(ctx)?;
    let (zone, kind, image) = (order.zone.as_str(), order.kind, &order.image);
    check_zone_sells(ctx, zone)?;
    check_arch(image, kind)?;
    if let Some(min) = params.int("MinCount") {
        refuse_if(
            !(1..=order.count).contains(&min),
            "InvalidParameterValue.InvalidParameterMinCount",
            "`MinCount` should be from 1 to `InstanceCount`.",
        )?;
        refuse_if(
            order.terms.charge != Charge::Hourly,
            "UnsupportedOperation.MinCountUnsupportedChargeType",
            "`MinCount` goes with POSTPAID_BY_HOUR alone.",
        )?;
    }
    for disk in order.terms.data_disks.iter().map(|d| &d.kind).chain([&order.terms.system_disk]) {
        refuse_if(
            Goods::get().stock(zone, &disk.kind) == Stock::SoldOut,
            "ResourceInsufficient.CloudDiskSoldOut",
            format_args!("The disks of type {} are sold out in the zone {zone}.", disk.kind),
        )?;
    }
    check_unsupported(ctx)?;
    check_login(ctx, image)?;
    let network = params.object("VirtualPrivateCloud");
    let subnet = subnet(ctx, zone)?;
    order.addresses = addresses(ctx, subnet, order.count)?;
    let logs_in = params.object("LoginSettings");
    order.terms = Terms {
        host_name: host_name(params, image)?,
        vpc: subnet.vpc.clone(),
        subnet: subnet.id.clone(),
        groups: groups(ctx, "SecurityGroupIds")?,
        gateway: network.is("AsVpcGateway"),
        keys: logs_in.strings("KeyIds"),
        keeps_login: keeps_login(&logs_in),
        role: role(params)?,
        is_protected: params.is("DisableApiTermination"),
        jumbo: jumbo(params, kind)?,
        user_data: user_data(params)?,
        metadata: metadata(params)?,
        topology: topology(params, kind)?,
        ..order.terms
    };
    Ok(order)
}

fn check_zone_exists(ctx: &Ctx<'_>, zone: &str) -> Result<(), Refusal> {
    let region = ctx.call_region()?;
    if Catalog::get().region(region).is_some_and(|info| info.zones.iter().any(|z| z == zone)) {
        return Ok(());
    }
    let message = format_args!("The zone `{zone}` is not supported.");
    refuse_if(zone_fits(region, zone), "InvalidParameterValue.ZoneNotSupported", message)?;
    refuse("InvalidZone.MismatchRegion", format!("The zone `{zone}` is not in the region {region}."))
}

fn check_zone_sells(ctx: &Ctx<'_>, zone: &str) -> Result<(), Refusal> {
    let info = Catalog::get().region(ctx.call_region()?);
    refuse_if(
        info.is_some_and(|info| info.sold_out.iter().any(|z| z == zone)),
        "ResourceInsufficient.AvailabilityZoneSoldOut",
        format_args!("The zone `{zone}` is sold out."),
    )?;
    Ok(())
}

fn check_stock(zone: &str, kind: &catalog::Type) -> Result<(), Refusal> {
    match Goods::get().stock(zone, &kind.name) {
        Stock::Enough | Stock::Scarce => Ok(()),
        Stock::SoldOut => refuse(
            "ResourcesSoldOut.SpecifiedInstanceType",
            format!("The instance type {} is sold out in the zone {zone}.", kind.name),
        ),
        Stock::Absent => refuse(
            "ResourceUnavailable.InstanceType",
            format!("The zone {zone} does not sell the instance type {}.", kind.name),
        ),
    }
}

/// Reads how the instances are paid for, and the months paid in advance.
fn charge(ctx: &Ctx<'_>, kind: &catalog::Type) -> Result<(Charge, i64), Refusal> {
    let params = ctx.params;
    let word = params.given("InstanceChargeType").unwrap_or(CHARGES[0]);
    match word {
        "CDHPAID" => {
            let message = "CDHPAID goes with dedicated hosts, of which there are none.";
            return refuse("InvalidHostId.NotFound", message);
        }
        "CDCPAID" => {
            return invalid("CDCPAID goes with dedicated clusters, of which there are none.");
        }
        "UNDERWRITE" => return refuse("UnsupportedOperation", "The account has no underwriting contract."),
        word => one_of("InstanceChargeType", word, &CHARGES)?,
    }
    for (field, goes_with) in [("InstanceChargePrepaid", "PREPAID"), ("InstanceMarketOptions", "SPOTPAID")] {
        if params.has(field) && word != goes_with {
            return refuse("InvalidParameterCombination", format!("`{field}` goes with {goes_with} alone."));
        }
    }
    match word {
        "PREPAID" => prepaid(ctx),
        "SPOTPAID" => Ok((spot(params, kind)?, 0)),
        _ => Ok((Charge::Hourly, 0)),
    }
}

fn prepaid(ctx: &Ctx<'_>) -> Result<(Charge, i64), Refusal> {
    if !ctx.params.has("InstanceChargePrepaid") {
        return refuse("MissingParameter", "PREPAID goes with `InstanceChargePrepaid`.");
    }
    let prepaid = ctx.params.object("InstanceChargePrepaid");
    let months = prepaid.int("Period").unwrap_or_default();
    if !PERIODS.contains(&months) {
        return refuse("InvalidPeriod", format!("`Period` is {months}; it should be one of {PERIODS:?}."));
    }
    let renew = prepaid.given("RenewFlag").unwrap_or(RENEWALS[1]);
    one_of("RenewFlag", renew, &RENEWALS)?;
    let utc = ctx.now.to_zoned_datetime(jiff::tz::TimeZone::UTC);
    let until = utc.checked_add(months.months()).map_or(ctx.now, |at| at.timestamp());
    Ok((Charge::Prepaid { renew: renew.to_owned(), until }, months))
}

fn spot(params: &Params, kind: &catalog::Type) -> Result<Charge, Refusal> {
    let Some(part) = kind.spot else {
        let message = format!("There are no spot instances of the type {}.", kind.name);
        return refuse("UnsupportedOperation.NoInstanceTypeSupportSpot", message);
    };
    let market = params.object("InstanceMarketOptions");
    if let Some(word) = market.given("MarketType") {
        one_of("MarketType", word, &["spot"])?;
    }
    let options = market.object("SpotOptions");
    if let Some(word) = options.given("SpotInstanceType") {
        one_of("SpotInstanceType", word, &["one-time"])?;
    }
    let max_price = options.given("MaxPrice");
    match max_price.map(str::parse::<f64>) {
        Some(Ok(price)) if price < kind.price * part => {
            let message = format!("`MaxPrice` is {price}; the price is {:.4}.", kind.price * part);
            return refuse("InvalidParameterValue.InsufficientPrice", message);
        }
        Some(Err(_)) => return invalid("`MaxPrice` should be a number."),
        _ => {}
    }
    Ok(Charge::Spot { max_price: max_price.map(str::to_owned) })
}

fn project(ctx: &Ctx<'_>, placement: &Params) -> Result<i64, Refusal> {
    let id = placement.int("ProjectId").unwrap_or_default();
    if ctx.world.has_project(ctx.me(), id) {
        return Ok(id);
    }
    refuse("InvalidProjectId.NotFound", format!("The project {id} is not found."))
}

/// Fails if the call uses a feature that the built-in cloud lacks: placement groups, clusters, dedicated hardware,
/// timers, more network interfaces, IPv6.
fn check_unsupported(ctx: &Ctx<'_>) -> Result<(), Refusal> {
    let params = ctx.params;
    let placement = params.object("Placement");
    if let Some(id) = placement.texts("DedicatedResourcePackIds").first() {
        let message = format!("The reserved resource `{id}` is not found.");
        return refuse("InvalidParameterValue.DedicatedResourcePackIdsNotFound", message);
    }
    refuse_if(
        placement.given("DedicatedResourcePackTenancy").is_some(),
        "InvalidParameterValue.DedicatedResourcePackTenancyMismatch",
        "`DedicatedResourcePackTenancy` goes with `DedicatedResourcePackIds`.",
    )?;
    if let Some(id) = params.given("DedicatedClusterId") {
        let message = format!("The dedicated cluster `{id}` is not found.");
        return refuse("InvalidParameter.CdcNotSupported", message);
    }
    if params.object("InternetAccessible").given("IPv6AddressType").is_some() {
        return refuse("InvalidParameterValue.VpcNotSupportIpv6Address", "No VPC has IPv6.");
    }
    if let Some(id) = params.texts("DisasterRecoverGroupIds").first() {
        let message = format!("The placement group `{id}` is not found.");
        return refuse("FailedOperation.DisasterRecoverGroupNotFound", message);
    }
    let message = "`PartitionNumber` goes with `DisasterRecoverGroupIds`.";
    refuse_if(params.has("PartitionNumber"), "InvalidParameterCombination", message)?;
    if let Some(id) = params.texts("ChcIds").first() {
        return refuse("InvalidParameterValue.ChcHostsNotFound", format!("The host `{id}` is not found."));
    }
    refuse_if(params.has("ActionTimer"), "UnsupportedOperation", "The built-in cloud has no timers.")?;
    if let Some(interface) = params.objects("NetworkInterfaces").first() {
        return match interface.given("NetworkInterfaceId") {
            Some(id) => refuse(
                "InvalidParameterValue.ElasticNetworkNotExist",
                format!("The network interface `{id}` is not found."),
            ),
            None => refuse(
                "InvalidParameterValue.InstanceTypeNotSupportElasticNetworks",
                "The instance type takes no further network interfaces.",
            ),
        };
    }
    Ok(())
}

/// Returns whether a zone's name has the form of the region's zones.
fn zone_fits(region: &Region, zone: &str) -> bool {
    zone.strip_prefix(region.as_str())
        .and_then(|rest| rest.strip_prefix('-'))
        .is_some_and(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()))
}
