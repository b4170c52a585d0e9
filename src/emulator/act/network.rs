//! The service vpc: virtual private clouds, subnets and security groups.

use serde_json::{Value, json};

use super::{
    Answer, Ctx, answer, done,
    filter::{self, Filter, filters_of},
    tags::{self, labels},
};
use crate::{
    emulator::{
        network::{Cidr, Group, Policy, Subnet, Vpc},
        params::Params,
        refusal::{Refusal, refuse},
        world::{Label, Shelf},
    },
    model::Catalog,
};

/// Most values of a filter, bytes of a name, and rules of a security group in one direction.
const MOST_VALUES: usize = 100;
const NAME_LENGTH: usize = 60;
const DESCRIPTION_LENGTH: usize = 100;
const MOST_POLICIES: usize = 100;

/// What VPCs can be made of, and how many bits their own range and that of a subnet have.
const PRIVATE: [&str; 3] = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"];
const VPC_BITS: std::ops::RangeInclusive<u8> = 12..=28;
const SUBNET_BITS: std::ops::RangeInclusive<u8> = 16..=29;

/// The ids of a call, or its filters; not both.
fn chosen(
    ctx: &Ctx<'_>,
    ids: &str,
    prefix: &str,
    names: &[&str],
) -> Result<(Vec<String>, Vec<Filter>), Refusal> {
    let filters = filters_of(&filter::VPC, ctx.params, names, MOST_VALUES)?;
    let wanted: Vec<String> = ctx.params.texts(ids).into_iter().map(str::to_owned).collect();
    if !wanted.is_empty() && !filters.is_empty() {
        return refuse(
            "InvalidParameter.Coexist",
            format!("`{ids}` and `Filters` cannot be given together."),
        );
    }
    if wanted.len() > 100 {
        return refuse("InvalidParameterValue.LimitExceeded", format!("`{ids}` takes at most 100 ids."));
    }
    for id in &wanted {
        well_formed(id, prefix)?;
    }
    Ok((wanted, filters))
}

/// Whether an id has the form of its kind: the prefix and at least eight characters.
pub(super) fn is_id(id: &str, prefix: &str) -> bool {
    id.strip_prefix(prefix).and_then(|rest| rest.strip_prefix('-')).is_some_and(|rest| {
        rest.len() >= 8 && rest.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
    })
}

fn well_formed(id: &str, prefix: &str) -> Result<(), Refusal> {
    if is_id(id, prefix) {
        return Ok(());
    }
    let code =
        if prefix == "sg" { "InvalidSecurityGroupID.Malformed" } else { "InvalidParameterValue.Malformed" };
    refuse(code, format!("The id `{id}` is malformed; it should be like {prefix}-6pb6lrmy."))
}

fn missing<T>(id: &str) -> Result<T, Refusal> {
    refuse("ResourceNotFound", format!("The resource `{id}` is not found."))
}

/// The rows that fit. Each id that is asked for has to exist.
fn listed<'a, T: 'a>(
    wanted: &[String],
    rows: impl Iterator<Item = (&'a str, &'a T)>,
    fits: impl Fn(&T) -> bool,
) -> Result<Vec<&'a T>, Refusal> {
    let rows: Vec<(&str, &T)> = rows.collect();
    for id in wanted {
        if !rows.iter().any(|(row, _)| row == id) {
            return missing(id);
        }
    }
    Ok(rows
        .into_iter()
        .filter(|(id, row)| (wanted.is_empty() || wanted.iter().any(|w| w == id)) && fits(row))
        .map(|(_, row)| row)
        .collect())
}

fn page<T>(ctx: &Ctx<'_>, rows: Vec<T>) -> Result<Vec<T>, Refusal> {
    let (offset, limit) = ctx.page("InvalidParameterValue.Range")?;
    Ok(rows.into_iter().skip(offset).take(limit).collect())
}

fn shown_tags(tags: &[Label]) -> Value {
    tags.iter().map(|t| json!({ "Key": t.key, "Value": t.value })).collect()
}

fn truth(yes: bool) -> &'static str {
    if yes { "true" } else { "false" }
}

pub(super) fn vpcs(ctx: &Ctx<'_>) -> Answer {
    const NAMES: [&str; 8] = [
        "vpc-name",
        "is-default",
        "vpc-id",
        "cidr-block",
        "tag-key",
        "tag-value",
        "dhcp-options-id",
        "ipv6-cidr-block",
    ];
    let (ids, filters) = chosen(ctx, "VpcIds", "vpc", &NAMES)?;
    let mine = ctx.shelf()?.vpcs.iter().filter(|v| v.owner == *ctx.me()).map(|v| (v.id.as_str(), v));
    let rows = listed(&ids, mine, |v: &Vpc| {
        filters.iter().all(|f| match f.name.as_str() {
            "vpc-name" => f.is_in(&v.name),
            "is-default" => f.is(truth(v.is_default)),
            "vpc-id" => f.is(&v.id),
            "cidr-block" => f.is(&v.cidr.to_string()),
            _ => f.tags(&v.tags).unwrap_or(false),
        })
    })?;
    let total = rows.len();
    let rows: Vec<Value> = page(ctx, rows)?.into_iter().map(shown_vpc).collect();
    answer(json!({ "VpcSet": rows, "TotalCount": total }))
}

fn shown_vpc(v: &Vpc) -> Value {
    json!({
        "VpcId": v.id,
        "VpcName": v.name,
        "CidrBlock": v.cidr.to_string(),
        "Ipv6CidrBlock": "",
        "IsDefault": v.is_default,
        "EnableMulticast": v.multicast,
        "CreatedTime": clock(v.created),
        "EnableDhcp": true,
        "DhcpOptionsId": "",
        "DnsServerSet": v.dns,
        "DomainName": v.domain,
        "TagSet": shown_tags(&v.tags),
        "AssistantCidrSet": [],
        "EnableRouteVpcPublish": false,
        "EnableRouteVpcPublishIpv6": false,
        "Ipv6CidrBlockSet": [],
        "StackType": "IPv4Only",
    })
}

/// The service has its times without a zone: `2026-11-24 03:00:00`.
fn clock(at: jiff::Timestamp) -> String {
    at.strftime("%Y-%m-%d %H:%M:%S").to_string()
}

pub(super) fn subnets(ctx: &Ctx<'_>) -> Answer {
    const NAMES: [&str; 10] = [
        "subnet-id",
        "vpc-id",
        "cidr-block",
        "is-default",
        "is-remote-vpc-snat",
        "subnet-name",
        "zone",
        "tag-key",
        "tag-value",
        "cdc-id",
    ];
    let (ids, filters) = chosen(ctx, "SubnetIds", "subnet", &NAMES)?;
    let shelf = ctx.shelf()?;
    let mine = shelf.subnets.iter().filter(|s| s.owner == *ctx.me()).map(|s| (s.id.as_str(), s));
    let rows = listed(&ids, mine, |s: &Subnet| {
        filters.iter().all(|f| match f.name.as_str() {
            "subnet-id" => f.is(&s.id),
            "vpc-id" => f.is(&s.vpc),
            "cidr-block" => f.is(&s.cidr.to_string()),
            "is-default" => f.is(truth(s.is_default)),
            "is-remote-vpc-snat" => f.is("false"),
            "subnet-name" => f.is_in(&s.name),
            "zone" => f.is(&s.zone),
            _ => f.tags(&s.tags).unwrap_or(false),
        })
    })?;
    let total = rows.len();
    let (rows, next) = tokens(ctx, rows)?;
    let rows: Vec<Value> = rows.into_iter().map(|s| shown_subnet(ctx, shelf, s)).collect();
    answer(json!({ "SubnetSet": rows, "TotalCount": total, "NextToken": next }))
}

/// Pages by `MaxResults` and `NextToken`, where a call has them, and else by `Offset` and `Limit`. A token is the
/// number of the row that comes next.
fn tokens<T>(ctx: &Ctx<'_>, rows: Vec<T>) -> Result<(Vec<T>, Option<String>), Refusal> {
    let Some(most) = ctx.params.int("MaxResults") else {
        if ctx.params.has("NextToken") {
            return refuse("InvalidParameterValue", "`NextToken` goes with `MaxResults` alone.");
        }
        return Ok((page(ctx, rows)?, None));
    };
    let most = match usize::try_from(most) {
        Ok(most @ 1..=100) => most,
        _ => return refuse("InvalidParameterValue.Range", "`MaxResults` should be from 1 to 100."),
    };
    let start = match ctx.params.text("NextToken").filter(|t| !t.is_empty()).map(str::parse::<usize>) {
        None => 0,
        Some(Ok(start)) => start,
        Some(Err(_)) => return refuse("InvalidParameterValue", "`NextToken` is not one that an answer had."),
    };
    let next = start.saturating_add(most);
    let token = if next < rows.len() { next.to_string() } else { String::new() };
    Ok((rows.into_iter().skip(start).take(most).collect(), Some(token)))
}

fn shown_subnet(ctx: &Ctx<'_>, shelf: &Shelf, s: &Subnet) -> Value {
    // The network keeps three addresses for itself.
    let all = u64::from(s.cidr.size()).saturating_sub(3);
    let used = shelf.addresses(&s.vpc, ctx.now).into_iter().filter(|ip| s.cidr.has(*ip)).count() as u64;
    json!({
        "VpcId": s.vpc,
        "SubnetId": s.id,
        "SubnetName": s.name,
        "CidrBlock": s.cidr.to_string(),
        "IsDefault": s.is_default,
        "EnableBroadcast": false,
        "Zone": s.zone,
        "RouteTableId": format!("rtb-{}", s.vpc.trim_start_matches("vpc-")),
        "CreatedTime": clock(s.created),
        "AvailableIpAddressCount": all.saturating_sub(used),
        "Ipv6CidrBlock": "",
        "NetworkAclId": "",
        "IsRemoteVpcSnat": false,
        "TotalIpAddressCount": all,
        "TagSet": shown_tags(&s.tags),
        "CdcId": "",
        "IsCdcSubnet": 0,
        "StackType": "IPv4Only",
    })
}

fn name_fits(field: &str, name: &str, most: usize) -> Result<(), Refusal> {
    if name.is_empty() || name.chars().count() > most {
        return refuse("InvalidParameterValue.TooLong", format!("`{field}` has 1 to {most} characters."));
    }
    Ok(())
}

fn no_ipv6(ctx: &Ctx<'_>) -> Result<(), Refusal> {
    for field in ["StackType", "Ipv6CidrBlock", "AddressType"] {
        if ctx.params.text(field).is_some_and(|t| !t.is_empty()) {
            return refuse(
                "UnsupportedOperation",
                format!("`{field}` is about IPv6, which the region does not have."),
            );
        }
    }
    Ok(())
}

fn range(ctx: &Ctx<'_>, bits: std::ops::RangeInclusive<u8>) -> Result<Cidr, Refusal> {
    let Some(text) = ctx.params.text("CidrBlock") else {
        return refuse("MissingParameter", "The request is missing a required parameter `CidrBlock`.");
    };
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
    let name = ctx.params.required("VpcName").to_owned();
    name_fits("VpcName", &name, NAME_LENGTH)?;
    no_ipv6(ctx)?;
    for field in ["EnableRouteVpcPublish", "EnableRouteVpcPublishIpv6"] {
        if ctx.params.is(field) {
            return refuse("UnsupportedOperation", format!("The account is not on the list for `{field}`."));
        }
    }
    let cidr = range(ctx, VPC_BITS)?;
    if !PRIVATE.iter().filter_map(|p| p.parse::<Cidr>().ok()).any(|p| p.covers(cidr)) {
        return refuse(
            "InvalidParameterValue.Range",
            format!("`CidrBlock` is {cidr}; it should be in {PRIVATE:?}."),
        );
    }
    let multicast = match ctx.params.text("EnableMulticast").unwrap_or("false") {
        "true" => true,
        "false" | "" => false,
        other => {
            return refuse(
                "InvalidParameterValue",
                format!("`EnableMulticast` is `{other}`; it should be true or false."),
            );
        }
    };
    let dns: Vec<String> = ctx.params.texts("DnsServers").into_iter().map(str::to_owned).collect();
    if dns.len() > 4 {
        return refuse("InvalidParameterValue.LimitExceeded", "`DnsServers` takes at most 4 addresses.");
    }
    if let Some(bad) = dns.iter().find(|d| d.parse::<std::net::Ipv4Addr>().is_err()) {
        return refuse(
            "InvalidParameterValue.Malformed",
            format!("`{bad}` in `DnsServers` is not an address."),
        );
    }
    let domain = ctx.params.text("DomainName").unwrap_or_default();
    if domain.chars().count() > NAME_LENGTH {
        return refuse(
            "InvalidParameterValue.TooLong",
            format!("`DomainName` has at most {NAME_LENGTH} characters."),
        );
    }
    let vpc = Vpc {
        id: ctx.world.next_id("vpc"),
        owner: ctx.me().clone(),
        name,
        cidr,
        is_default: false,
        created: ctx.now,
        multicast,
        dns,
        domain: domain.to_owned(),
        tags: labels(&ctx.params.objects("Tags"), &tags::VPC)?,
    };
    let shown = shown_vpc(&vpc);
    ctx.shelf_mut()?.vpcs.push(vpc);
    ctx.changed = true;
    answer(json!({ "Vpc": shown }))
}

impl Ctx<'_> {
    fn vpc(&self, id: &str) -> Result<&Vpc, Refusal> {
        well_formed(id, "vpc")?;
        let found = self.shelf()?.vpcs.iter().find(|v| v.id == id && v.owner == *self.me());
        found.map_or_else(|| missing(id), Ok)
    }

    fn group(&self, id: &str) -> Result<&Group, Refusal> {
        well_formed(id, "sg")?;
        match self.shelf()?.groups.iter().find(|g| g.id == id && g.owner == *self.me()) {
            Some(group) => Ok(group),
            None => refuse("ResourceNotFound", format!("The security group `{id}` is not found.")),
        }
    }
}

pub(super) fn create_subnet(ctx: &mut Ctx<'_>) -> Answer {
    let name = ctx.params.required("SubnetName").to_owned();
    name_fits("SubnetName", &name, NAME_LENGTH)?;
    no_ipv6(ctx)?;
    if ctx.params.text("CdcId").is_some_and(|c| !c.is_empty()) {
        return refuse("ResourceNotFound", "The dedicated cluster of `CdcId` is not found.");
    }
    let vpc = ctx.vpc(ctx.params.required("VpcId"))?;
    let zone = ctx.params.required("Zone");
    if !Catalog::get().region(ctx.here()?).is_some_and(|r| r.zones.iter().any(|z| z == zone)) {
        return refuse(
            "InvalidParameterValue",
            format!("The zone `{zone}` is not in the region {}.", ctx.here()?),
        );
    }
    let cidr = range(ctx, SUBNET_BITS)?;
    if !vpc.cidr.covers(cidr) {
        return refuse(
            "InvalidParameterValue.SubnetRange",
            format!("`CidrBlock` is {cidr}; it should be in the VPC's {}.", vpc.cidr),
        );
    }
    let other = ctx.shelf()?.subnets.iter().find(|s| s.vpc == vpc.id && s.cidr.overlaps(cidr));
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
        tags: labels(&ctx.params.objects("Tags"), &tags::VPC)?,
    };
    let shown = shown_subnet(ctx, ctx.shelf()?, &subnet);
    ctx.shelf_mut()?.subnets.push(subnet);
    ctx.changed = true;
    answer(json!({ "Subnet": shown }))
}

pub(super) fn delete_vpc(ctx: &mut Ctx<'_>) -> Answer {
    let id = ctx.vpc(ctx.params.required("VpcId"))?.id.clone();
    let shelf = ctx.shelf()?;
    let inside = shelf.subnets.iter().filter(|s| s.vpc == id).count();
    if inside > 0 {
        return refuse("ResourceInUse", format!("The VPC {id} has {inside} subnets; delete them first."));
    }
    ctx.shelf_mut()?.vpcs.retain(|v| v.id != id);
    ctx.changed = true;
    done()
}

pub(super) fn delete_subnet(ctx: &mut Ctx<'_>) -> Answer {
    let id = ctx.params.required("SubnetId");
    well_formed(id, "subnet")?;
    let Some(subnet) = ctx.shelf()?.subnets.iter().find(|s| s.id == id && s.owner == *ctx.me()) else {
        return missing(id);
    };
    let id = subnet.id.clone();
    let user = ctx.shelf()?.instances.iter().find(|i| i.terms.subnet == id && !i.is_gone(ctx.now));
    if let Some(instance) = user {
        return refuse("ResourceInUse", format!("The subnet {id} is used by the instance {}.", instance.id));
    }
    ctx.shelf_mut()?.subnets.retain(|s| s.id != id);
    ctx.changed = true;
    done()
}

pub(super) fn groups(ctx: &Ctx<'_>) -> Answer {
    const NAMES: [&str; 5] =
        ["security-group-id", "project-id", "security-group-name", "tag-key", "tag-value"];
    let (ids, filters) = chosen(ctx, "SecurityGroupIds", "sg", &NAMES)?;
    let mine = ctx.shelf()?.groups.iter().filter(|g| g.owner == *ctx.me()).map(|g| (g.id.as_str(), g));
    let mut rows = listed(&ids, mine, |g: &Group| {
        filters.iter().all(|f| match f.name.as_str() {
            "security-group-id" => f.is(&g.id),
            "project-id" => f.is(&g.project.to_string()),
            "security-group-name" => f.is_in(&g.name),
            _ => f.tags(&g.tags).unwrap_or(false),
        })
    })?;
    match ctx.params.text("OrderField") {
        None | Some("") => {}
        Some("CreatedTime") => rows.sort_by_key(|g| g.created),
        Some("UpdateTime") => rows.sort_by_key(|g| g.changed),
        Some(other) => {
            return refuse(
                "InvalidParameterValue",
                format!("`OrderField` is `{other}`; it should be CreatedTime or UpdateTime."),
            );
        }
    }
    match ctx.params.text("OrderDirection") {
        None | Some("" | "ASC") => {}
        Some("DESC") => rows.reverse(),
        Some(other) => {
            return refuse(
                "InvalidParameterValue",
                format!("`OrderDirection` is `{other}`; it should be ASC or DESC."),
            );
        }
    }
    let total = rows.len();
    let rows: Vec<Value> = page(ctx, rows)?.into_iter().map(shown_group).collect();
    answer(json!({ "SecurityGroupSet": rows, "TotalCount": total }))
}

fn shown_group(g: &Group) -> Value {
    json!({
        "SecurityGroupId": g.id,
        "SecurityGroupName": g.name,
        "SecurityGroupDesc": g.description,
        "ProjectId": g.project.to_string(),
        "IsDefault": g.is_default,
        "CreatedTime": clock(g.created),
        "TagSet": shown_tags(&g.tags),
        "UpdateTime": clock(g.changed),
    })
}

pub(super) fn create_group(ctx: &mut Ctx<'_>) -> Answer {
    let name = ctx.params.required("GroupName").to_owned();
    let description = ctx.params.required("GroupDescription").to_owned();
    name_fits("GroupName", &name, NAME_LENGTH)?;
    if description.chars().count() > DESCRIPTION_LENGTH {
        return refuse(
            "InvalidParameterValue.TooLong",
            format!("`GroupDescription` has at most {DESCRIPTION_LENGTH} characters."),
        );
    }
    let project = match ctx.params.text("ProjectId").filter(|p| !p.is_empty()).map(str::parse::<i64>) {
        None => 0,
        Some(Ok(id)) if ctx.world.has_project(ctx.me(), id) => id,
        Some(_) => return refuse("InvalidParameterValue", "The project of `ProjectId` is not found."),
    };
    let group = Group {
        id: ctx.world.next_id("sg"),
        owner: ctx.me().clone(),
        name,
        description,
        project,
        is_default: false,
        created: ctx.now,
        changed: ctx.now,
        version: 0,
        ingress: Vec::new(),
        egress: Vec::new(),
        tags: labels(&ctx.params.objects("Tags"), &tags::VPC)?,
    };
    let shown = shown_group(&group);
    ctx.shelf_mut()?.groups.push(group);
    ctx.changed = true;
    answer(json!({ "SecurityGroup": shown }))
}

pub(super) fn delete_group(ctx: &mut Ctx<'_>) -> Answer {
    let group = ctx.group(ctx.params.required("SecurityGroupId"))?;
    let id = group.id.clone();
    if group.is_default {
        return refuse("UnsupportedOperation", format!("The security group {id} is the default one."));
    }
    let shelf = ctx.shelf()?;
    let used = shelf.instances.iter().filter(|i| i.terms.groups.contains(&id) && !i.is_gone(ctx.now)).count();
    if used > 0 {
        return refuse("ResourceInUse", format!("The security group {id} is used by {used} instances."));
    }
    let mut rules =
        shelf.groups.iter().filter(|g| g.id != id).flat_map(|g| g.ingress.iter().chain(&g.egress));
    if rules.any(|p| p.group == id) {
        return refuse(
            "ResourceInUse",
            format!("The security group {id} stands in the rules of another one."),
        );
    }
    ctx.shelf_mut()?.groups.retain(|g| g.id != id);
    ctx.changed = true;
    done()
}

pub(super) fn create_policies(ctx: &mut Ctx<'_>) -> Answer {
    let group = ctx.group(ctx.params.required("SecurityGroupId"))?;
    let id = group.id.clone();
    let set = ctx.params.object("SecurityGroupPolicySet");
    if let Some(version) = set.text("Version").filter(|v| !v.is_empty())
        && version != group.version.to_string()
    {
        return refuse(
            "UnsupportedOperation.VersionMismatch",
            format!("`Version` is {version}; the security group {id} is at {}.", group.version),
        );
    }
    let (ingress, egress) = (set.objects("Ingress"), set.objects("Egress"));
    let (rows, into_ingress) = match (ingress.is_empty(), egress.is_empty()) {
        (false, true) => (ingress, true),
        (true, false) => (egress, false),
        _ => return refuse("InvalidParameter", "One of `Ingress` and `Egress` should have rules."),
    };
    let mut rules = if into_ingress { group.ingress.clone() } else { group.egress.clone() };
    for (n, row) in rows.iter().enumerate() {
        let policy = policy(ctx, row)?;
        // New rules come before the older ones, in the order in which they are given.
        let at = row.int("PolicyIndex").map_or(Some(n), |at| usize::try_from(at).ok());
        match at.filter(|at| *at <= rules.len()) {
            Some(at) => rules.insert(at, policy),
            None => {
                return refuse(
                    "InvalidParameterValue.Range",
                    format!("`PolicyIndex` should be from 0 to {}.", rules.len()),
                );
            }
        }
    }
    if rules.len() > MOST_POLICIES {
        return refuse(
            "LimitExceeded.SecurityGroupPolicySet",
            format!("A security group has at most {MOST_POLICIES} rules in a direction."),
        );
    }
    let now = ctx.now;
    if let Some(group) = ctx.shelf_mut()?.groups.iter_mut().find(|g| g.id == id) {
        *(if into_ingress { &mut group.ingress } else { &mut group.egress }) = rules;
        group.version += 1;
        group.changed = now;
    }
    ctx.changed = true;
    done()
}

fn policy(ctx: &Ctx<'_>, row: &Params) -> Result<Policy, Refusal> {
    let one_of = |field: &str, given: &str, words: &[&str]| {
        if words.iter().any(|w| w.eq_ignore_ascii_case(given)) {
            return Ok(given.to_uppercase());
        }
        refuse(
            "InvalidParameterValue",
            format!("`{field}` is `{given}`; it should be one of {}.", words.join(", ")),
        )
    };
    for template in ["ServiceTemplate", "AddressTemplate"] {
        if row.has(template) {
            return refuse("ResourceNotFound", format!("The template of `{template}` is not found."));
        }
    }
    let text = |field: &str| row.text(field).unwrap_or_default().to_owned();
    let protocol =
        one_of("Protocol", row.text("Protocol").unwrap_or("ALL"), &["TCP", "UDP", "ICMP", "ICMPv6", "ALL"])?;
    let action = one_of("Action", row.text("Action").unwrap_or_default(), &["ACCEPT", "DROP"])?;
    let (cidr, ipv6_cidr, group) = (text("CidrBlock"), text("Ipv6CidrBlock"), text("SecurityGroupId"));
    if [&cidr, &ipv6_cidr, &group].iter().filter(|t| !t.is_empty()).count() > 1 {
        return refuse(
            "InvalidParameter.Coexist",
            "Of `CidrBlock`, `Ipv6CidrBlock` and `SecurityGroupId`, one can be given.",
        );
    }
    let is_address = |text: &str| text.parse::<std::net::Ipv4Addr>().is_ok() || text.parse::<Cidr>().is_ok();
    if !cidr.is_empty() && cidr != "0.0.0.0/0" && !is_address(&cidr) {
        return refuse(
            "InvalidParameterValue.Malformed",
            format!("`CidrBlock` is `{cidr}`, which is not a range of addresses."),
        );
    }
    if !ipv6_cidr.is_empty()
        && ipv6_cidr.split('/').next().is_none_or(|a| a.parse::<std::net::Ipv6Addr>().is_err())
    {
        return refuse(
            "InvalidParameterValue.Malformed",
            format!("`Ipv6CidrBlock` is `{ipv6_cidr}`, which is not a range of addresses."),
        );
    }
    if !group.is_empty() {
        ctx.group(&group)?;
    }
    let port = row.text("Port").unwrap_or("ALL").to_owned();
    let is_port = |text: &str| text.parse::<u16>().is_ok();
    let good = port.eq_ignore_ascii_case("all")
        || port
            .split(',')
            .all(|p| is_port(p) || p.split_once('-').is_some_and(|(a, b)| is_port(a) && is_port(b)));
    if !good || (protocol == "ALL" && !port.eq_ignore_ascii_case("all")) {
        return refuse(
            "InvalidParameterValue",
            format!("`Port` is `{port}`; it should be all, or ports of TCP or UDP."),
        );
    }
    Ok(Policy {
        protocol,
        port,
        cidr: if cidr.is_empty() && ipv6_cidr.is_empty() && group.is_empty() {
            "0.0.0.0/0".to_owned()
        } else {
            cidr
        },
        ipv6_cidr,
        group,
        action,
        description: text("PolicyDescription"),
        changed: ctx.now,
    })
}

pub(super) fn policies(ctx: &Ctx<'_>) -> Answer {
    const NAMES: [&str; 5] = ["security-group-id", "ip", "protocol-type", "port", "poly"];
    let filters = filters_of(&filter::VPC, ctx.params, &NAMES, MOST_VALUES)?;
    let group = ctx.group(ctx.params.required("SecurityGroupId"))?;
    let shown = |rules: &[Policy]| -> Vec<Value> {
        let fits = |p: &Policy| {
            filters.iter().all(|f| match f.name.as_str() {
                "security-group-id" => f.is(&p.group),
                "ip" => f.is_in(&p.cidr) || f.is_in(&p.ipv6_cidr),
                "protocol-type" => f.is(&p.protocol),
                "port" => f.is(&p.port),
                _ => f.is(&p.action),
            })
        };
        let rows = rules.iter().enumerate().filter(|(_, p)| fits(p));
        rows.map(|(n, p)| {
            json!({
                "PolicyIndex": n,
                "Protocol": p.protocol,
                "Port": p.port,
                "ServiceTemplate": {},
                "CidrBlock": p.cidr,
                "Ipv6CidrBlock": p.ipv6_cidr,
                "SecurityGroupId": p.group,
                "AddressTemplate": {},
                "Action": p.action,
                "PolicyDescription": p.description,
                "ModifyTime": clock(p.changed),
            })
        })
        .collect()
    };
    answer(json!({
        "SecurityGroupPolicySet": {
            "Version": group.version.to_string(),
            "Egress": shown(&group.egress),
            "Ingress": shown(&group.ingress),
        }
    }))
}
