//! The network of RunInstances: subnet, addresses, security groups and internet access.

use std::{collections::BTreeSet, net::Ipv4Addr};

use super::context::{Ctx, invalid, one_of};
use crate::emulator::{
    catalog::Goods,
    instance::Internet,
    network::Subnet,
    refusal::{Refusal, refuse, refuse_if},
    resource::is_id,
};

/// The most security groups of an instance.
const MOST_GROUPS: usize = 5;

/// Finds the subnet: the one that the call names, or the default one of the zone.
pub(super) fn subnet<'a>(ctx: &'a Ctx<'_>, zone: &str) -> Result<&'a Subnet, Refusal> {
    let resources = ctx.resources()?;
    let mut mine = resources.subnets.iter().filter(|s| s.owner == *ctx.me());
    let network = ctx.params.object("VirtualPrivateCloud");
    let (vpc, id) = (network.str("VpcId"), network.str("SubnetId"));
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
    let message = format_args!("The subnet id `{id}` is malformed.");
    refuse_if(!is_id(id, "subnet"), "InvalidParameterValue.SubnetIdMalformed", message)?;
    if !resources.vpcs.iter().any(|v| v.id == vpc && v.owner == *ctx.me()) {
        return refuse("InvalidParameterValue.VpcIdNotExist", format!("The VPC `{vpc}` is not found."));
    }
    let Some(subnet) = mine.find(|s| s.id == id) else {
        return refuse("InvalidParameterValue.SubnetNotExist", format!("The subnet `{id}` is not found."));
    };
    let message = format_args!("The subnet {id} is in the VPC {}, not in {vpc}.", subnet.vpc);
    refuse_if(subnet.vpc != vpc, "InvalidParameterValue.VpcIdSubnetIdNotMatch", message)?;
    let message = format_args!("The subnet {id} is in the zone {}, not in {zone}.", subnet.zone);
    refuse_if(subnet.zone != zone, "InvalidParameterValue.SubnetIdZoneIdNotMatch", message)?;
    Ok(subnet)
}

/// Returns one address for each instance: those that the call names, or the first free ones.
pub(super) fn addresses(ctx: &Ctx<'_>, subnet: &Subnet, count: i64) -> Result<Vec<Ipv4Addr>, Refusal> {
    let network = ctx.params.object("VirtualPrivateCloud");
    refuse_if(
        network.int("Ipv6AddressCount").is_some_and(|n| n > 0),
        "InvalidParameterValue.VpcNotSupportIpv6Address",
        format_args!("The VPC {} has no IPv6.", subnet.vpc),
    )?;
    let count = usize::try_from(count).unwrap_or_default();
    let used = ctx.resources()?.addresses(&subnet.vpc, ctx.now);
    let asked = network.texts("PrivateIpAddresses");
    if asked.is_empty() {
        let free: Vec<Ipv4Addr> = subnet.cidr.hosts().filter(|ip| !used.contains(ip)).take(count).collect();
        refuse_if(
            free.len() < count,
            "FailedOperation.NoAvailableIpAddressCountInSubnet",
            format_args!("The subnet {} has {} free addresses, not {count}.", subnet.id, free.len()),
        )?;
        return Ok(free);
    }
    let mut addresses = BTreeSet::new();
    for text in &asked {
        let Ok(ip) = text.parse::<Ipv4Addr>() else {
            let message = format!("`{text}` is not an IPv4 address.");
            return refuse("InvalidParameterValue.IPAddressMalformed", message);
        };
        let message = format_args!("The address {ip} is not in the subnet's {}.", subnet.cidr);
        refuse_if(!subnet.cidr.hosts().any(|host| host == ip), "VpcAddrNotInSubNet", message)?;
        if used.contains(&ip) || !addresses.insert(ip) {
            return refuse("VpcIpIsUsed", format!("The address {ip} is used already."));
        }
    }
    if asked.len() != count {
        return invalid(format!("`PrivateIpAddresses` has {} addresses for {count} instances.", asked.len()));
    }
    Ok(asked.iter().filter_map(|text| text.parse().ok()).collect())
}

/// Returns the security groups that the call names, or the default one.
pub(super) fn groups(ctx: &Ctx<'_>, field: &str) -> Result<Vec<String>, Refusal> {
    let mut mine = ctx.resources()?.groups.iter().filter(|g| g.owner == *ctx.me());
    let ids = ctx.params.texts(field);
    if ids.is_empty() {
        return Ok(mine.find(|g| g.is_default).map(|g| g.id.clone()).into_iter().collect());
    }
    let message = format_args!("An instance has at most {MOST_GROUPS} security groups.");
    refuse_if(ids.len() > MOST_GROUPS, "LimitExceeded.SingleUSGQuota", message)?;
    for id in &ids {
        let message = format_args!("The security group `{id}` is not found.");
        refuse_if(!mine.clone().any(|g| g.id == *id), "InvalidSecurityGroupId.NotFound", message)?;
    }
    Ok(ids.into_iter().map(str::to_owned).collect())
}

/// Reads the internet access. Returns `None` if the instances get no public address.
pub(super) fn internet(ctx: &Ctx<'_>, months: i64) -> Result<Option<Internet>, Refusal> {
    let wanted = ctx.params.object("InternetAccessible");
    let charge = wanted.given("InternetChargeType").unwrap_or("TRAFFIC_POSTPAID_BY_HOUR");
    const CHARGES: [&str; 4] =
        ["BANDWIDTH_PREPAID", "TRAFFIC_POSTPAID_BY_HOUR", "BANDWIDTH_POSTPAID_BY_HOUR", "BANDWIDTH_PACKAGE"];
    one_of("InternetChargeType", charge, &CHARGES)?;
    match wanted.given("BandwidthPackageId") {
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
    let provider = wanted.given("InternetServiceProvider").unwrap_or("BGP");
    one_of("InternetServiceProvider", provider, &["BGP", "CMCC", "CTCC", "CUCC"])?;
    let address_type = wanted.given("IPv4AddressType").unwrap_or("WanIP");
    one_of("IPv4AddressType", address_type, &["WanIP", "HighQualityEIP", "AntiDDoSEIP"])?;
    if address_type == "AntiDDoSEIP" || wanted.given("AntiDDoSPackageId").is_some() {
        return refuse("UnsupportedOperation", "The account has no Anti-DDoS package.");
    }
    let region = ctx.call_region()?.as_str();
    if address_type == "HighQualityEIP" && !["ap-hongkong", "ap-singapore"].contains(&region) {
        return refuse("UnsupportedOperation", format!("HighQualityEIP is not for the region {region}."));
    }
    let bandwidth = wanted.int("InternetMaxBandwidthOut").unwrap_or_default();
    let most = Goods::get().internet.most;
    let message = format_args!("`InternetMaxBandwidthOut` is {bandwidth}; it should be from 0 to {most}.");
    refuse_if(!(0..=most).contains(&bandwidth), "InvalidParameterValue.Range", message)?;
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
