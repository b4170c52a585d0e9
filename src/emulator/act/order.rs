//! What RunInstances asks for, checked field by field, and the part of it on which InquiryPriceRunInstances depends.
//! What is accepted is in the order. The fields that have no effect are `EnhancedService` (nothing runs on the instances
//! that could report) and those that the vendor documents for answers alone: `DiskId`, `HostId`, `RackId`.

use std::{collections::BTreeSet, net::Ipv4Addr};

use base64::prelude::{BASE64_STANDARD, Engine as _};
use jiff::ToSpan as _;

use super::{
    Ctx,
    identity::is_role,
    instances::zone_fits,
    network::is_id,
    tags::{self, specified},
};
use crate::{
    emulator::{
        catalog::{self, Goods, Stock},
        network::Subnet,
        params::Params,
        refusal::{Refusal, refuse},
        world::{Charge, DataDisk, DiskKind, Image, Internet, Label, Terms, Whose},
    },
    model::{Catalog, ImageState},
};

/// Most instances a call makes, characters of their name and of a client token, data disks, security groups.
const MOST_INSTANCES: i64 = 500;
const NAME_LENGTH: usize = 128;
const TOKEN_LENGTH: usize = 64;
const MOST_DISKS: usize = 20;
const MOST_GROUPS: usize = 5;
/// Bytes of user data before they are encoded.
const USER_DATA: usize = 16 * 1024;

const CHARGES: [&str; 3] = ["POSTPAID_BY_HOUR", "PREPAID", "SPOTPAID"];
const PERIODS: [i64; 16] = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 24, 36, 48, 60];
const RENEWALS: [&str; 3] =
    ["NOTIFY_AND_AUTO_RENEW", "NOTIFY_AND_MANUAL_RENEW", "DISABLE_NOTIFY_AND_MANUAL_RENEW"];

/// A call of RunInstances that can be done.
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
    /// Months in advance; 0 where it is paid by the hour.
    pub months: i64,
    pub tags: Vec<Label>,
}

fn bad<T>(message: impl Into<String>) -> Result<T, Refusal> {
    refuse("InvalidParameterValue", message)
}

/// A text that is given and not empty; some clients send empty ones for what they leave out.
fn given<'a>(params: &'a Params, field: &str) -> Option<&'a str> {
    params.text(field).filter(|t| !t.is_empty())
}

fn one_of(field: &str, word: &str, words: &[&str]) -> Result<(), Refusal> {
    if words.contains(&word) {
        return Ok(());
    }
    bad(format!("`{field}` is `{word}`; it should be one of {}.", words.join(", ")))
}

/// The client token of a call, as the world keeps it; empty where there is none.
pub(super) fn client_token(ctx: &Ctx<'_>) -> Result<String, Refusal> {
    let token = ctx.params.text("ClientToken").unwrap_or_default();
    if token.len() > TOKEN_LENGTH || !token.is_ascii() {
        return refuse("InvalidClientToken.TooLong", "`ClientToken` takes at most 64 ASCII characters.");
    }
    if token.is_empty() {
        return Ok(String::new());
    }
    Ok(format!("{}/{}/{token}", ctx.here()?, ctx.caller.uin))
}

/// Checks what the price depends on, as far as both actions check it; the rest of the order is empty.
pub(super) fn priced(ctx: &Ctx<'_>) -> Result<Order, Refusal> {
    let params = ctx.params;
    for field in ["Placement", "ImageId"] {
        if !params.has(field) {
            return refuse(
                "MissingParameter",
                format!("The request is missing a required parameter `{field}`."),
            );
        }
    }
    let placement = params.object("Placement");
    let zone = placement.required("Zone").to_owned();
    zone_is_here(ctx, &zone)?;
    let kind = instance_type(given(params, "InstanceType").unwrap_or("S5.SMALL2"))?;
    let image = usable(ctx, params.required("ImageId"))?.clone();
    in_stock(&zone, kind)?;
    let count = params.int("InstanceCount").unwrap_or(1);
    if !(1..=MOST_INSTANCES).contains(&count) {
        return refuse("InvalidParameterValue.Range", "`InstanceCount` should be from 1 to 500.");
    }
    let name = given(params, "InstanceName").unwrap_or("Unnamed").to_owned();
    if name.chars().count() > NAME_LENGTH {
        return refuse("InvalidInstanceName.TooLong", "`InstanceName` takes at most 128 characters.");
    }
    if let Some(id) = placement.texts("HostIds").first() {
        let code = if is_id(id, "host") { "InvalidHostId.NotFound" } else { "InvalidHostId.Malformed" };
        return refuse(code, format!("The dedicated host `{id}` is not found."));
    }
    if let Some(id) = given(params, "HpcClusterId") {
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
    let tags = specified(params, "instance", &tags::CVM)?;
    Ok(Order { zone, kind, image, count, name, disk_gib, addresses: Vec::new(), terms, months, tags })
}

/// Checks a whole call and says what is to be made.
pub(super) fn order(ctx: &Ctx<'_>) -> Result<Order, Refusal> {
    let params = ctx.params;
    if params.has("LaunchTemplate") {
        return refuse("InvalidParameterValue.LaunchTemplateNotFound", "The launch template is not found.");
    }
    let mut order = priced(ctx)?;
    let (zone, kind, image) = (order.zone.as_str(), order.kind, &order.image);
    zone_sells(ctx, zone)?;
    suits(image, kind)?;
    if let Some(min) = params.int("MinCount") {
        if !(1..=order.count).contains(&min) {
            return refuse(
                "InvalidParameterValue.InvalidParameterMinCount",
                "`MinCount` should be from 1 to `InstanceCount`.",
            );
        }
        if order.terms.charge != Charge::Hourly {
            return refuse(
                "UnsupportedOperation.MinCountUnsupportedChargeType",
                "`MinCount` goes with POSTPAID_BY_HOUR alone.",
            );
        }
    }
    for disk in order.terms.data_disks.iter().map(|d| &d.kind).chain([&order.terms.system_disk]) {
        if Goods::get().stock(zone, &disk.kind) == Stock::SoldOut {
            return refuse(
                "ResourceInsufficient.CloudDiskSoldOut",
                format!("The disks of type {} are sold out in the zone {zone}.", disk.kind),
            );
        }
    }
    not_here(ctx)?;
    login(ctx, image)?;
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
        keys: logs_in.texts("KeyIds").into_iter().map(str::to_owned).collect(),
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

fn zone_is_here(ctx: &Ctx<'_>, zone: &str) -> Result<(), Refusal> {
    let region = ctx.here()?;
    if Catalog::get().region(region).is_some_and(|info| info.zones.iter().any(|z| z == zone)) {
        return Ok(());
    }
    if zone_fits(region, zone) {
        return refuse(
            "InvalidParameterValue.ZoneNotSupported",
            format!("The zone `{zone}` is not supported."),
        );
    }
    refuse("InvalidZone.MismatchRegion", format!("The zone `{zone}` is not in the region {region}."))
}

fn zone_sells(ctx: &Ctx<'_>, zone: &str) -> Result<(), Refusal> {
    let info = Catalog::get().region(ctx.here()?);
    if info.is_some_and(|info| info.sold_out.iter().any(|z| z == zone)) {
        return refuse(
            "ResourceInsufficient.AvailabilityZoneSoldOut",
            format!("The zone `{zone}` is sold out."),
        );
    }
    Ok(())
}

fn instance_type(name: &str) -> Result<&'static catalog::Type, Refusal> {
    match catalog::instance_type(name) {
        Some(kind) => Ok(kind),
        None if name.contains('.') => refuse(
            "InvalidParameterValue.InstanceTypeNotFound",
            format!("The instance type `{name}` is not found."),
        ),
        None => refuse("InvalidInstanceType.Malformed", format!("The instance type `{name}` is malformed.")),
    }
}

/// An image that the caller sees in the region and that is NORMAL.
pub(super) fn usable<'a>(ctx: &'a Ctx<'_>, id: &str) -> Result<&'a Image, Refusal> {
    let (image, _) = ctx.image(id)?;
    let state = image.state(ctx.now);
    if state != ImageState::Normal {
        return refuse(
            "InvalidParameterValue.InvalidImageState",
            format!("The image {} is {state}; it should be NORMAL.", image.id),
        );
    }
    Ok(image)
}

/// Refuses an image of another processor than the type has.
pub(super) fn suits(image: &Image, kind: &catalog::Type) -> Result<(), Refusal> {
    if image.arch == kind.arch {
        return Ok(());
    }
    refuse(
        "InvalidParameterValue.InvalidImageForGivenInstanceType",
        format!("The image {} is for {}; the instance type {} is not.", image.id, image.arch, kind.name),
    )
}

fn in_stock(zone: &str, kind: &catalog::Type) -> Result<(), Refusal> {
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

/// How it is paid for, and how many months in advance.
fn charge(ctx: &Ctx<'_>, kind: &catalog::Type) -> Result<(Charge, i64), Refusal> {
    let params = ctx.params;
    let word = given(params, "InstanceChargeType").unwrap_or(CHARGES[0]);
    match word {
        "CDHPAID" => {
            return refuse(
                "InvalidHostId.NotFound",
                "CDHPAID goes with dedicated hosts, of which there are none.",
            );
        }
        "CDCPAID" => {
            return bad("CDCPAID goes with dedicated clusters, of which there are none.");
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
    let renew = given(&prepaid, "RenewFlag").unwrap_or(RENEWALS[1]);
    one_of("RenewFlag", renew, &RENEWALS)?;
    let utc = ctx.now.to_zoned_datetime(jiff::tz::TimeZone::UTC);
    let until = utc.checked_add(months.months()).map_or(ctx.now, |at| at.timestamp());
    Ok((Charge::Prepaid { renew: renew.to_owned(), until }, months))
}

fn spot(params: &Params, kind: &catalog::Type) -> Result<Charge, Refusal> {
    let Some(part) = kind.spot else {
        return refuse(
            "UnsupportedOperation.NoInstanceTypeSupportSpot",
            format!("There are no spot instances of the type {}.", kind.name),
        );
    };
    let market = params.object("InstanceMarketOptions");
    if let Some(word) = given(&market, "MarketType") {
        one_of("MarketType", word, &["spot"])?;
    }
    let options = market.object("SpotOptions");
    if let Some(word) = given(&options, "SpotInstanceType") {
        one_of("SpotInstanceType", word, &["one-time"])?;
    }
    let max_price = given(&options, "MaxPrice");
    match max_price.map(str::parse::<f64>) {
        Some(Ok(price)) if price < kind.price * part => {
            return refuse(
                "InvalidParameterValue.InsufficientPrice",
                format!("`MaxPrice` is {price}; the price is {:.4}.", kind.price * part),
            );
        }
        Some(Err(_)) => return bad("`MaxPrice` should be a number."),
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

/// The size and kind of the system disk; by default 50 GiB, or what the image needs.
pub(super) fn system_disk(disk: &Params, zone: &str, image: &Image) -> Result<(u32, DiskKind), Refusal> {
    let kind = disk_kind(disk, "SystemDisk")?;
    let (least, most) = sold(&kind.kind, zone, "SystemDisk", true)?;
    let least = least.max(image.size_gib);
    match disk.int("DiskSize").filter(|size| *size != 0) {
        None => Ok((image.size_gib.max(50), kind)),
        Some(size) => match u32::try_from(size) {
            Ok(size) if (least..=most).contains(&size) => Ok((size, kind)),
            _ => bad(format!("`SystemDisk.DiskSize` is {size}; it should be from {least} to {most}.")),
        },
    }
}

/// The least and the most GiB of a kind of disk, which the zone has to have.
fn sold(kind: &str, zone: &str, field: &str, system: bool) -> Result<(u32, u32), Refusal> {
    let goods = Goods::get();
    let Some(disk) = goods.disk(kind) else {
        let all: Vec<&str> = goods.disks.iter().map(|d| d.kind.as_str()).collect();
        return bad(format!("`{field}.DiskType` is `{kind}`; it should be one of {}.", all.join(", ")));
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
    if given(disk, "CdcId").is_some() {
        return refuse(
            "UnsupportedOperation.InvalidDisk",
            format!("The dedicated cluster of `{field}` is not found."),
        );
    }
    let name = disk.text("DiskName").unwrap_or_default();
    if name.chars().count() > NAME_LENGTH {
        return bad(format!("`{field}.DiskName` takes at most 128 characters."));
    }
    let key = given(disk, "KmsKeyId");
    if key.is_some() && !disk.is("Encrypt") {
        return refuse("InvalidParameterCombination", format!("`{field}.KmsKeyId` goes with `Encrypt`."));
    }
    Ok(DiskKind {
        kind: given(disk, "DiskType").unwrap_or("CLOUD_PREMIUM").to_owned(),
        name: name.to_owned(),
        encrypted: disk.is("Encrypt"),
        kms_key: key.map(str::to_owned),
    })
}

/// The data disks, which have no ids yet.
fn data_disks(ctx: &Ctx<'_>, zone: &str) -> Result<Vec<DataDisk>, Refusal> {
    let rows = ctx.params.objects("DataDisks");
    if rows.len() > MOST_DISKS {
        return refuse(
            "InvalidParameterValue.LimitExceeded",
            format!("`DataDisks` takes at most {MOST_DISKS} disks."),
        );
    }
    let mut disks = Vec::new();
    for (n, row) in rows.iter().enumerate() {
        let field = format!("DataDisks.{n}");
        let kind = disk_kind(row, &field)?;
        let (least, most) = sold(&kind.kind, zone, &field, false)?;
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
            return bad(format!(
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

/// The snapshot that a data disk is made of: one that stayed, or one of an image that the caller sees.
fn snapshot(ctx: &Ctx<'_>, row: &Params, size_gib: u32) -> Result<Option<String>, Refusal> {
    let Some(id) = given(row, "SnapshotId") else { return Ok(None) };
    if !is_id(id, "snap") {
        return refuse(
            "InvalidParameterValue.SnapshotIdMalformed",
            format!("The snapshot id `{id}` is malformed."),
        );
    }
    let shelf = ctx.shelf()?;
    let of_images = shelf.images.iter().filter(|i| i.whose(ctx.me()).is_some()).flat_map(|i| &i.disks);
    let stayed = shelf.snapshots.iter().filter(|(owner, _)| owner == ctx.me()).map(|(_, disk)| disk);
    match of_images.chain(stayed).find(|d| d.id == id) {
        None => refuse("InvalidParameter.SnapshotNotFound", format!("The snapshot `{id}` is not found.")),
        Some(disk) if disk.size_gib > size_gib => refuse(
            "FailedOperation.SnapshotSizeLargerThanDataSize",
            format!("The snapshot {id} has {} GiB, more than the disk's {size_gib}.", disk.size_gib),
        ),
        Some(_) => Ok(Some(id.to_owned())),
    }
}

fn keeps_login(login: &Params) -> bool {
    login.text("KeepImageLogin").is_some_and(|k| k.eq_ignore_ascii_case("true"))
}

/// Checks how one is to log in. The password is checked and forgotten.
pub(super) fn login(ctx: &Ctx<'_>, image: &Image) -> Result<(), Refusal> {
    let login = ctx.params.object("LoginSettings");
    let keys = login.texts("KeyIds");
    if let Some(word) = given(&login, "KeepImageLogin") {
        one_of("KeepImageLogin", &word.to_lowercase(), &["true", "false"])?;
    }
    let ways =
        usize::from(login.has("Password")) + usize::from(!keys.is_empty()) + usize::from(keeps_login(&login));
    if ways > 1 {
        return refuse(
            "InvalidParameter.ParameterConflict",
            "Of `Password`, `KeyIds` and `KeepImageLogin`, one can be given.",
        );
    }
    if keeps_login(&login) && image.whose(ctx.me()) == Some(Whose::Public) {
        return bad("`KeepImageLogin` goes with custom and shared images alone.");
    }
    let windows = image.platform == "Windows";
    for id in &keys {
        let key = ctx.key(id);
        if let Err(refusal) = key {
            let code = if refusal.code == "InvalidKeyPairId.NotFound" {
                "InvalidParameterValue.KeyPairNotFound".into()
            } else {
                refusal.code
            };
            return Err(Refusal { code, message: refusal.message });
        }
    }
    if windows && !keys.is_empty() {
        return refuse("UnsupportedOperation.KeyPairUnsupportedWindows", "Windows takes no key pairs.");
    }
    match login.text("Password") {
        Some(password) if !password_fits(password, windows) => {
            refuse("InvalidParameterValue.InvalidPassword", "`LoginSettings.Password` is not valid.")
        }
        _ => Ok(()),
    }
}

/// Linux: 8 to 30 characters of two kinds at least; Windows: 12 to 30 of three.
pub(super) fn password_fits(password: &str, windows: bool) -> bool {
    let kinds = [
        password.bytes().any(|b| b.is_ascii_lowercase()),
        password.bytes().any(|b| b.is_ascii_uppercase()),
        password.bytes().any(|b| b.is_ascii_digit()),
        password.bytes().any(|b| b.is_ascii_punctuation()),
    ];
    let (least, most_kinds) = if windows { (12, 3) } else { (8, 2) };
    (least..=30).contains(&password.len())
        && !password.starts_with('/')
        && kinds.iter().filter(|k| **k).count() >= most_kinds
}

/// Where it goes: the subnet that is asked for, or the default one of the zone.
fn subnet<'a>(ctx: &'a Ctx<'_>, zone: &str) -> Result<&'a Subnet, Refusal> {
    let shelf = ctx.shelf()?;
    let mut mine = shelf.subnets.iter().filter(|s| s.owner == *ctx.me());
    let network = ctx.params.object("VirtualPrivateCloud");
    let (vpc, id) = (network.required("VpcId"), network.required("SubnetId"));
    if !ctx.params.has("VirtualPrivateCloud") || (vpc, id) == ("DEFAULT", "DEFAULT") {
        return match mine.find(|s| s.is_default && s.zone == zone) {
            Some(subnet) => Ok(subnet),
            None => refuse(
                "InvalidParameterValue.SubnetNotExist",
                format!("The zone {zone} has no default subnet; name a VPC and a subnet."),
            ),
        };
    }
    if !is_id(vpc, "vpc") {
        return refuse("InvalidParameterValue.VpcIdMalformed", format!("The VPC id `{vpc}` is malformed."));
    }
    if !is_id(id, "subnet") {
        return refuse(
            "InvalidParameterValue.SubnetIdMalformed",
            format!("The subnet id `{id}` is malformed."),
        );
    }
    if !shelf.vpcs.iter().any(|v| v.id == vpc && v.owner == *ctx.me()) {
        return refuse("InvalidParameterValue.VpcIdNotExist", format!("The VPC `{vpc}` is not found."));
    }
    let Some(subnet) = mine.find(|s| s.id == id) else {
        return refuse("InvalidParameterValue.SubnetNotExist", format!("The subnet `{id}` is not found."));
    };
    if subnet.vpc != vpc {
        return refuse(
            "InvalidParameterValue.VpcIdSubnetIdNotMatch",
            format!("The subnet {id} is in the VPC {}, not in {vpc}.", subnet.vpc),
        );
    }
    if subnet.zone != zone {
        return refuse(
            "InvalidParameterValue.SubnetIdZoneIdNotMatch",
            format!("The subnet {id} is in the zone {}, not in {zone}.", subnet.zone),
        );
    }
    Ok(subnet)
}

/// An address for each instance: those that are asked for, or the first ones that are free.
fn addresses(ctx: &Ctx<'_>, subnet: &Subnet, count: i64) -> Result<Vec<Ipv4Addr>, Refusal> {
    let network = ctx.params.object("VirtualPrivateCloud");
    if network.int("Ipv6AddressCount").is_some_and(|n| n > 0) {
        return refuse(
            "InvalidParameterValue.VpcNotSupportIpv6Address",
            format!("The VPC {} has no IPv6.", subnet.vpc),
        );
    }
    let count = usize::try_from(count).unwrap_or_default();
    let used = ctx.shelf()?.addresses(&subnet.vpc, ctx.now);
    let asked = network.texts("PrivateIpAddresses");
    if asked.is_empty() {
        let free: Vec<Ipv4Addr> = subnet.cidr.hosts().filter(|ip| !used.contains(ip)).take(count).collect();
        if free.len() < count {
            return refuse(
                "FailedOperation.NoAvailableIpAddressCountInSubnet",
                format!("The subnet {} has {} free addresses, not {count}.", subnet.id, free.len()),
            );
        }
        return Ok(free);
    }
    let mut addresses = BTreeSet::new();
    for text in &asked {
        let Ok(ip) = text.parse::<Ipv4Addr>() else {
            return refuse(
                "InvalidParameterValue.IPAddressMalformed",
                format!("`{text}` is not an IPv4 address."),
            );
        };
        if !subnet.cidr.hosts().any(|host| host == ip) {
            return refuse(
                "VpcAddrNotInSubNet",
                format!("The address {ip} is not in the subnet's {}.", subnet.cidr),
            );
        }
        if used.contains(&ip) || !addresses.insert(ip) {
            return refuse("VpcIpIsUsed", format!("The address {ip} is used already."));
        }
    }
    if asked.len() != count {
        return bad(format!("`PrivateIpAddresses` has {} addresses for {count} instances.", asked.len()));
    }
    Ok(asked.iter().filter_map(|text| text.parse().ok()).collect())
}

/// The security groups that are asked for, or the default one.
pub(super) fn groups(ctx: &Ctx<'_>, field: &str) -> Result<Vec<String>, Refusal> {
    let mut mine = ctx.shelf()?.groups.iter().filter(|g| g.owner == *ctx.me());
    let ids = ctx.params.texts(field);
    if ids.is_empty() {
        return Ok(mine.find(|g| g.is_default).map(|g| g.id.clone()).into_iter().collect());
    }
    if ids.len() > MOST_GROUPS {
        return refuse(
            "LimitExceeded.SingleUSGQuota",
            format!("An instance has at most {MOST_GROUPS} security groups."),
        );
    }
    for id in &ids {
        if !mine.clone().any(|g| g.id == *id) {
            return refuse(
                "InvalidSecurityGroupId.NotFound",
                format!("The security group `{id}` is not found."),
            );
        }
    }
    Ok(ids.into_iter().map(str::to_owned).collect())
}

/// How it reaches the internet; nothing where it does not.
fn internet(ctx: &Ctx<'_>, months: i64) -> Result<Option<Internet>, Refusal> {
    let wanted = ctx.params.object("InternetAccessible");
    let charge = given(&wanted, "InternetChargeType").unwrap_or("TRAFFIC_POSTPAID_BY_HOUR");
    const CHARGES: [&str; 4] =
        ["BANDWIDTH_PREPAID", "TRAFFIC_POSTPAID_BY_HOUR", "BANDWIDTH_POSTPAID_BY_HOUR", "BANDWIDTH_PACKAGE"];
    one_of("InternetChargeType", charge, &CHARGES)?;
    match given(&wanted, "BandwidthPackageId") {
        Some(id) => {
            let code =
                if is_id(id, "bwp") { "BandwidthPackageIdNotFound" } else { "BandwidthPackageIdMalformed" };
            let code = format!("InvalidParameterValue.{code}").into();
            return Err(Refusal { code, message: format!("The bandwidth package `{id}` is not found.") });
        }
        None if charge == "BANDWIDTH_PACKAGE" => {
            return refuse("MissingParameter", "BANDWIDTH_PACKAGE goes with `BandwidthPackageId`.");
        }
        None => {}
    }
    if charge == "BANDWIDTH_PREPAID" && months == 0 {
        return refuse("InvalidParameterCombination", "BANDWIDTH_PREPAID goes with PREPAID instances alone.");
    }
    let provider = given(&wanted, "InternetServiceProvider").unwrap_or("BGP");
    one_of("InternetServiceProvider", provider, &["BGP", "CMCC", "CTCC", "CUCC"])?;
    let address_type = given(&wanted, "IPv4AddressType").unwrap_or("WanIP");
    one_of("IPv4AddressType", address_type, &["WanIP", "HighQualityEIP", "AntiDDoSEIP"])?;
    if address_type == "AntiDDoSEIP" || given(&wanted, "AntiDDoSPackageId").is_some() {
        return refuse("UnsupportedOperation", "The account has no Anti-DDoS package.");
    }
    let region = ctx.here()?.as_str();
    if address_type == "HighQualityEIP" && !["ap-hongkong", "ap-singapore"].contains(&region) {
        return refuse("UnsupportedOperation", format!("HighQualityEIP is not for the region {region}."));
    }
    let bandwidth = wanted.int("InternetMaxBandwidthOut").unwrap_or_default();
    let most = Goods::get().internet.most;
    if !(0..=most).contains(&bandwidth) {
        return refuse(
            "InvalidParameterValue.Range",
            format!("`InternetMaxBandwidthOut` is {bandwidth}; it should be from 0 to {most}."),
        );
    }
    match wanted.flag("PublicIpAssigned") {
        Some(true) if bandwidth == 0 => refuse(
            "InvalidParameterCombination",
            "`PublicIpAssigned` goes with an `InternetMaxBandwidthOut` of more than 0.",
        ),
        Some(false) => Ok(None),
        _ if bandwidth == 0 => Ok(None),
        _ => Ok(Some(Internet {
            charge: charge.to_owned(),
            bandwidth,
            provider: provider.to_owned(),
            address_type: address_type.to_owned(),
        })),
    }
}

pub(super) fn role(params: &Params) -> Result<String, Refusal> {
    match given(params, "CamRoleName") {
        None => Ok(String::new()),
        Some(name) if is_role(name) => Ok(name.to_owned()),
        Some(name) => {
            refuse("AuthFailure.CamRoleNameAuthenticateFailed", format!("The role `{name}` is not found."))
        }
    }
}

pub(super) fn jumbo(params: &Params, kind: &catalog::Type) -> Result<bool, Refusal> {
    if params.is("EnableJumboFrame") && !kind.jumbo {
        return refuse(
            "UnsupportedOperation.InstanceTypeNotSupportJumboFrame",
            format!("The instance type {} has no jumbo frames.", kind.name),
        );
    }
    Ok(params.is("EnableJumboFrame"))
}

/// Letters, digits, hyphens and, but for Windows, periods between them.
pub(super) fn host_name(params: &Params, image: &Image) -> Result<String, Refusal> {
    let Some(name) = given(params, "HostName") else { return Ok(String::new()) };
    let windows = image.platform == "Windows";
    let most = if windows { 15 } else { 60 };
    let parts = |name: &str| {
        let part_fits = |part: &str| {
            !part.is_empty()
                && !part.starts_with('-')
                && !part.ends_with('-')
                && part.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
        };
        name.split('.').all(part_fits) && !(windows && name.contains('.'))
    };
    // What stands in braces becomes a number.
    let plain = numbered(name, 1, 1);
    let only_digits = windows && plain.bytes().all(|b| b.is_ascii_digit());
    if !(2..=most).contains(&plain.len()) || !parts(&plain) || only_digits {
        return refuse(
            "InvalidParameterValue.IllegalHostName",
            format!("`HostName` is `{name}`, which is not valid."),
        );
    }
    Ok(name.to_owned())
}

pub(super) fn user_data(params: &Params) -> Result<String, Refusal> {
    let text = params.text("UserData").unwrap_or_default();
    match BASE64_STANDARD.decode(text) {
        Ok(data) if data.len() <= USER_DATA => Ok(text.to_owned()),
        _ => refuse(
            "InvalidParameterValue.InvalidUserDataFormat",
            "`UserData` should be at most 16 KB of data, encoded as base64.",
        ),
    }
}

fn metadata(params: &Params) -> Result<Vec<Label>, Refusal> {
    let items = params.object("Metadata").objects("Items");
    let mut labels: Vec<Label> = Vec::new();
    for item in &items {
        let key = item.required("Key");
        if key.is_empty() || key.len() > 64 || labels.iter().any(|l| l.key == key) {
            return bad("`Metadata.Items` has each key of 1 to 64 characters once.");
        }
        labels.push(Label { key: key.to_owned(), value: item.required("Value").to_owned() });
    }
    Ok(labels)
}

fn topology(params: &Params, kind: &catalog::Type) -> Result<Option<(i64, i64)>, Refusal> {
    if !params.has("CpuTopology") {
        return Ok(None);
    }
    let topology = params.object("CpuTopology");
    let (Some(cores), Some(threads)) = (topology.int("CoreCount"), topology.int("ThreadPerCore")) else {
        return refuse(
            "InvalidParameter.LackCoreCountOrThreadPerCore",
            "`CoreCount` and `ThreadPerCore` are given together.",
        );
    };
    if ![1, 2].contains(&threads) {
        return refuse("InvalidParameterValue.ThreadPerCoreValue", "`ThreadPerCore` should be 1 or 2.");
    }
    if cores < 1 || cores * threads > i64::from(kind.cpu) {
        return refuse(
            "InvalidParameterValue.CoreCountValue",
            format!("`CoreCount` is {cores}; the instance type {} has {} processors.", kind.name, kind.cpu),
        );
    }
    Ok(Some((cores, threads)))
}

/// What the vendor has and the built-in cloud does not: groups, clusters, own hardware, timers, further interfaces, IPv6.
fn not_here(ctx: &Ctx<'_>) -> Result<(), Refusal> {
    let params = ctx.params;
    let placement = params.object("Placement");
    if let Some(id) = placement.texts("DedicatedResourcePackIds").first() {
        return refuse(
            "InvalidParameterValue.DedicatedResourcePackIdsNotFound",
            format!("The reserved resource `{id}` is not found."),
        );
    }
    if given(&placement, "DedicatedResourcePackTenancy").is_some() {
        return refuse(
            "InvalidParameterValue.DedicatedResourcePackTenancyMismatch",
            "`DedicatedResourcePackTenancy` goes with `DedicatedResourcePackIds`.",
        );
    }
    if let Some(id) = given(params, "DedicatedClusterId") {
        return refuse(
            "InvalidParameter.CdcNotSupported",
            format!("The dedicated cluster `{id}` is not found."),
        );
    }
    if given(&params.object("InternetAccessible"), "IPv6AddressType").is_some() {
        return refuse("InvalidParameterValue.VpcNotSupportIpv6Address", "No VPC has IPv6.");
    }
    if let Some(id) = params.texts("DisasterRecoverGroupIds").first() {
        return refuse(
            "FailedOperation.DisasterRecoverGroupNotFound",
            format!("The placement group `{id}` is not found."),
        );
    }
    if params.has("PartitionNumber") {
        return refuse(
            "InvalidParameterCombination",
            "`PartitionNumber` goes with `DisasterRecoverGroupIds`.",
        );
    }
    if let Some(id) = params.texts("ChcIds").first() {
        return refuse("InvalidParameterValue.ChcHostsNotFound", format!("The host `{id}` is not found."));
    }
    if params.has("ActionTimer") {
        return refuse("UnsupportedOperation", "The built-in cloud has no timers.");
    }
    if let Some(interface) = params.objects("NetworkInterfaces").first() {
        return match given(interface, "NetworkInterfaceId") {
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

/// The name of the nth of several: `{R:3}` counts on from 3; without it they get a number at the end, and a single one
/// keeps its name.
pub(super) fn numbered(name: &str, n: i64, count: i64) -> String {
    if let Some((head, rest)) = name.split_once("{R:")
        && let Some((first, tail)) = rest.split_once('}')
        && let Ok(first) = first.parse::<i64>()
    {
        return format!("{head}{}{tail}", first.saturating_add(n - 1));
    }
    if count > 1 { format!("{name}{n}") } else { name.to_owned() }
}
