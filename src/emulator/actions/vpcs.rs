//! Actions of the service vpc for VPCs and subnets.

use serde_json::{Value, json};
use std::{net::Ipv4Addr, ops::RangeInclusive};

use super::{
    context::{Answer, Ctx, answer, empty_answer, invalid},
    lists::{self, Selection, next_token, page_answer, token_start, with_fixed},
    tag_fields::{self, parse_tags, tag_rows},
};
use crate::{
    emulator::{
        network::{Cidr, Subnet, Vpc},
        refusal::{Refusal, refuse, refuse_if},
        resource::is_id,
        world::Resources,
    },
    model::Catalog,
};

/// The most characters of a name.
pub(super) const NAME_LENGTH: usize = 60;

/// The ranges that VPCs are part of, and the prefix lengths of VPCs and of subnets.
const PRIVATE: [&str; 3] = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"];
const VPC_BITS: RangeInclusive<u8> = 12..=28;
const SUBNET_BITS: RangeInclusive<u8> = 16..=29;

pub(super) fn check_form(id: &str, prefix: &str) -> Result<(), Refusal> {
    let code =
        if prefix == "sg" { "InvalidSecurityGroupID.Malformed" } else { "InvalidParameterValue.Malformed" };
    let message = format_args!("The id `{id}` is malformed; it should be like {prefix}-6pb6lrmy.");
    refuse_if(!is_id(id, prefix), code, message)
}

pub(super) fn not_found<T>(id: &str) -> Result<T, Refusal> {
    refuse("ResourceNotFound", format!("The resource `{id}` is not found."))
}

/// Fails if the call selects an id that no row has.
pub(super) fn check_ids_exist<'a>(
    selection: &Selection,
    rows: impl Iterator<Item = &'a str> + Clone,
) -> Result<(), Refusal> {
    match selection.ids.iter().find(|id| !rows.clone().any(|row| row == *id)) {
        None => Ok(()),
        Some(id) => not_found(id),
    }
}

/// Formats a time as the service does, without a zone: `2026-11-24 03:00:00`.
pub(super) fn vpc_time(at: jiff::Timestamp) -> String {
    at.strftime("%Y-%m-%d %H:%M:%S").to_string()
}

pub(super) fn vpcs(ctx: &Ctx<'_>) -> Answer {
    const FILTERS: &str =
        "vpc-name is-default vpc-id cidr-block tag-key tag-value dhcp-options-id ipv6-cidr-block";
    let selection = Selection::read(ctx, "VpcIds", FILTERS, &lists::VPC)?;
    selection.check_ids("vpc", "InvalidParameterValue.Malformed")?;
    let mine = ctx.resources()?.vpcs.iter().filter(|v| v.owner == *ctx.me());
    check_ids_exist(&selection, mine.clone().map(|v| v.id.as_str()))?;
    let has = |v: &&Vpc| {
        selection.has(&v.id, |f| match f.name.as_str() {
            "vpc-name" => f.is_in(&v.name),
            "is-default" => f.is(&v.is_default.to_string()),
            "vpc-id" => f.is(&v.id),
            "cidr-block" => f.is(&v.cidr.to_string()),
            _ => f.tags(&v.tags),
        })
    };
    page_answer(ctx, &lists::VPC, "VpcSet", &mine.filter(has).collect::<Vec<_>>(), |v| shown_vpc(v))
}

fn shown_vpc(v: &Vpc) -> Value {
    const FIXED: &str = r#"{
        "Ipv6CidrBlock": "", "EnableDhcp": true, "DhcpOptionsId": "", "AssistantCidrSet": [],
        "EnableRouteVpcPublish": false, "EnableRouteVpcPublishIpv6": false, "Ipv6CidrBlockSet": [], "StackType": "IPv4Only"
    }"#;
    let row = json!({
        "VpcId": v.id, "VpcName": v.name, "CidrBlock": v.cidr.to_string(), "IsDefault": v.is_default,
        "EnableMulticast": v.multicast, "CreatedTime": vpc_time(v.created), "DnsServerSet": v.dns, "DomainName": v.domain,
        "TagSet": tag_rows(&v.tags),
    });
    with_fixed(row, FIXED)
}

pub(super) fn subnets(ctx: &Ctx<'_>) -> Answer {
    const FILTERS: &str = "subnet-id vpc-id cidr-block is-default is-remote-vpc-snat subnet-name zone tag-key \
                           tag-value cdc-id";
    let selection = Selection::read(ctx, "SubnetIds", FILTERS, &lists::VPC)?;
    selection.check_ids("subnet", "InvalidParameterValue.Malformed")?;
    let resources = ctx.resources()?;
    let mine = resources.subnets.iter().filter(|s| s.owner == *ctx.me());
    check_ids_exist(&selection, mine.clone().map(|s| s.id.as_str()))?;
    let has = |s: &&Subnet| {
        selection.has(&s.id, |f| match f.name.as_str() {
            "subnet-id" => f.is(&s.id),
            "vpc-id" => f.is(&s.vpc),
            "cidr-block" => f.is(&s.cidr.to_string()),
            "is-default" => f.is(&s.is_default.to_string()),
            "is-remote-vpc-snat" => f.is("false"),
            "subnet-name" => f.is_in(&s.name),
            "zone" => f.is(&s.zone),
            _ => f.tags(&s.tags),
        })
    };
    let rows: Vec<&Subnet> = mine.filter(has).collect();
    let (start, limit, next) = token_page(ctx, rows.len())?;
    let page: Vec<Value> =
        rows.iter().skip(start).take(limit).map(|s| shown_subnet(ctx, resources, s)).collect();
    answer(json!({ "SubnetSet": page, "TotalCount": rows.len(), "NextToken": next }))
}

/// Reads the page: `MaxResults` and `NextToken` if the call has them, else `Offset` and `Limit`. Returns the first row,
/// the length and the next token.
fn token_page(ctx: &Ctx<'_>, rows: usize) -> Result<(usize, usize, Option<String>), Refusal> {
    let Some(most) = ctx.params.int("MaxResults") else {
        if ctx.params.has("NextToken") {
            return invalid("`NextToken` goes with `MaxResults` alone.");
        }
        let (offset, limit) = ctx.page(lists::VPC.page)?;
        return Ok((offset, limit, None));
    };
    let most = match usize::try_from(most) {
        Ok(most @ 1..=100) => most,
        _ => return refuse(lists::VPC.page, "`MaxResults` should be from 1 to 100."),
    };
    let start = token_start(ctx, "NextToken", "InvalidParameterValue")?;
    Ok((start, most, Some(next_token(start.saturating_add(most), rows))))
}

fn shown_subnet(ctx: &Ctx<'_>, resources: &Resources, s: &Subnet) -> Value {
    const FIXED: &str = r#"{
        "EnableBroadcast": false, "Ipv6CidrBlock": "", "NetworkAclId": "", "IsRemoteVpcSnat": false, "CdcId": "",
        "IsCdcSubnet": 0, "StackType": "IPv4Only"
    }"#;
    // The network reserves three addresses.
    let all = u64::from(s.cidr.size()).saturating_sub(3);
    let used = resources.addresses(&s.vpc, ctx.now).into_iter().filter(|ip| s.cidr.has(*ip)).count() as u64;
    let row = json!({
        "VpcId": s.vpc, "SubnetId": s.id, "SubnetName": s.name, "CidrBlock": s.cidr.to_string(), "Zone": s.zone,
        "IsDefault": s.is_default, "RouteTableId": format!("rtb-{}", s.vpc.trim_start_matches("vpc-")),
        "CreatedTime": vpc_time(s.created), "AvailableIpAddressCount": all.saturating_sub(used),
        "TotalIpAddressCount": all, "TagSet": tag_rows(&s.tags),
    });
    with_fixed(row, FIXED)
}

/// Fails if the name of a VPC, a subnet or a security group is empty or too long.
pub(super) fn check_name(field: &str, name: &str) -> Result<(), Refusal> {
    let good = !name.is_empty() && name.chars().count() <= NAME_LENGTH;
    let message = format_args!("`{field}` has 1 to {NAME_LENGTH} characters.");
    refuse_if(!good, "InvalidParameterValue.TooLong", message)
}

fn check_no_ipv6(ctx: &Ctx<'_>) -> Result<(), Refusal> {
    let fields = ["StackType", "Ipv6CidrBlock", "AddressType"];
    match fields.into_iter().find(|field| ctx.params.given(field).is_some()) {
        None => Ok(()),
        Some(field) => refuse(
            "UnsupportedOperation",
            format!("`{field}` is about IPv6, which the region does not have."),
        ),
    }
}

/// Fails if a text has more than `most` characters.
pub(super) fn check_length(field: &str, text: &str, most: usize) -> Result<(), Refusal> {
    let too_long = text.chars().count() > most;
    let message = format_args!("`{field}` has at most {most} characters.");
    refuse_if(too_long, "InvalidParameterValue.TooLong", message)
}

fn cidr_block(ctx: &Ctx<'_>, bits: RangeInclusive<u8>) -> Result<Cidr, Refusal> {
    let Some(text) = ctx.params.text("CidrBlock") else { return ctx.missing("CidrBlock") };
    match text.parse::<Cidr>() {
        Ok(cidr) if bits.contains(&cidr.bits()) => Ok(cidr),
        Ok(_) => refuse(
            "InvalidParameterValue.Range",
            format!("`CidrBlock` is {text}; it should have {} to {} bits.", bits.start(), bits.end()),
        ),
        Err(reason) => refuse("InvalidParameterValue.Malformed", format!("`CidrBlock`: {reason}.")),
    }
}

pub(super) fn create_vpc(ctx: &mut Ctx<'_>) -> Answer {
    let name = ctx.params.str("VpcName").to_owned();
    check_name("VpcName", &name)?;
    check_no_ipv6(ctx)?;
    for field in ["EnableRouteVpcPublish", "EnableRouteVpcPublishIpv6"] {
        let message = format_args!("The account is not on the list for `{field}`.");
        refuse_if(ctx.params.is(field), "UnsupportedOperation", message)?;
    }
    let cidr = cidr_block(ctx, VPC_BITS)?;
    let private = PRIVATE.iter().filter_map(|p| p.parse::<Cidr>().ok()).any(|p| p.covers(cidr));
    let message = format_args!("`CidrBlock` is {cidr}; it should be in {PRIVATE:?}.");
    refuse_if(!private, "InvalidParameterValue.Range", message)?;
    let multicast = match ctx.params.text("EnableMulticast").unwrap_or("false") {
        "true" => true,
        "false" | "" => false,
        other => return invalid(format!("`EnableMulticast` is `{other}`; it should be true or false.")),
    };
    let dns = ctx.params.strings("DnsServers");
    let code = "InvalidParameterValue.LimitExceeded";
    refuse_if(dns.len() > 4, code, "`DnsServers` takes at most 4 addresses.")?;
    if let Some(bad) = dns.iter().find(|d| d.parse::<Ipv4Addr>().is_err()) {
        let message = format!("`{bad}` in `DnsServers` is not an address.");
        return refuse("InvalidParameterValue.Malformed", message);
    }
    let domain = ctx.params.str("DomainName").to_owned();
    check_length("DomainName", &domain, NAME_LENGTH)?;
    let tags = parse_tags(&ctx.params.objects("Tags"), &tag_fields::VPC)?;
    let new = Vpc::new(ctx.world.next_id("vpc"), ctx.me().clone(), name, cidr, ctx.now);
    let vpc = Vpc { multicast, dns, domain, tags, ..new };
    let shown = shown_vpc(&vpc);
    ctx.resources_mut()?.vpcs.push(vpc);
    ctx.changed = true;
    answer(json!({ "Vpc": shown }))
}

impl Ctx<'_> {
    fn vpc(&self, id: &str) -> Result<&Vpc, Refusal> {
        check_form(id, "vpc")?;
        let found = self.resources()?.vpcs.iter().find(|v| v.id == id && v.owner == *self.me());
        found.map_or_else(|| not_found(id), Ok)
    }
}

pub(super) fn create_subnet(ctx: &mut Ctx<'_>) -> Answer {
    let name = ctx.params.str("SubnetName").to_owned();
    check_name("SubnetName", &name)?;
    check_no_ipv6(ctx)?;
    let cluster = ctx.params.given("CdcId").is_some();
    refuse_if(cluster, "ResourceNotFound", "The dedicated cluster of `CdcId` is not found.")?;
    let vpc = ctx.vpc(ctx.params.str("VpcId"))?;
    let (zone, region) = (ctx.params.str("Zone"), ctx.call_region()?);
    if !Catalog::get().region(region).is_some_and(|r| r.zones.iter().any(|z| z == zone)) {
        return invalid(format!("The zone `{zone}` is not in the region {region}."));
    }
    let cidr = cidr_block(ctx, SUBNET_BITS)?;
    let message = format_args!("`CidrBlock` is {cidr}; it should be in the VPC's {}.", vpc.cidr);
    refuse_if(!vpc.cidr.covers(cidr), "InvalidParameterValue.SubnetRange", message)?;
    let other = ctx.resources()?.subnets.iter().find(|s| s.vpc == vpc.id && s.cidr.overlaps(cidr));
    if let Some(other) = other {
        return refuse(
            "InvalidParameterValue.SubnetOverlap",
            format!("`CidrBlock` is {cidr}, which overlaps {} of the subnet {}.", other.cidr, other.id),
        );
    }
    let (vpc, zone) = (vpc.id.clone(), zone.to_owned());
    let subnet = Subnet {
        id: ctx.world.next_id("subnet"),
        owner: ctx.me().clone(),
        vpc,
        name,
        zone,
        cidr,
        is_default: false,
        created: ctx.now,
        tags: parse_tags(&ctx.params.objects("Tags"), &tag_fields::VPC)?,
    };
    let shown = shown_subnet(ctx, ctx.resources()?, &subnet);
    ctx.resources_mut()?.subnets.push(subnet);
    ctx.changed = true;
    answer(json!({ "Subnet": shown }))
}

pub(super) fn delete_vpc(ctx: &mut Ctx<'_>) -> Answer {
    let id = ctx.vpc(ctx.params.str("VpcId"))?.id.clone();
    let inside = ctx.resources()?.subnets.iter().filter(|s| s.vpc == id).count();
    let message = format_args!("The VPC {id} has {inside} subnets; delete them first.");
    refuse_if(inside > 0, "ResourceInUse", message)?;
    ctx.resources_mut()?.vpcs.retain(|v| v.id != id);
    ctx.changed = true;
    empty_answer()
}

pub(super) fn delete_subnet(ctx: &mut Ctx<'_>) -> Answer {
    let id = ctx.params.str("SubnetId");
    check_form(id, "subnet")?;
    let resources = ctx.resources()?;
    if !resources.subnets.iter().any(|s| s.id == id && s.owner == *ctx.me()) {
        return not_found(id);
    }
    let user = resources.instances.iter().find(|i| i.terms.subnet == id && !i.is_gone(ctx.now));
    if let Some(instance) = user {
        return refuse("ResourceInUse", format!("The subnet {id} is used by the instance {}.", instance.id));
    }
    ctx.resources_mut()?.subnets.retain(|s| s.id != id);
    ctx.changed = true;
    empty_answer()
}
