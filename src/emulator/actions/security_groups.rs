//! Actions of the service vpc for security groups.

use serde_json::{Value, json};
use std::net::{Ipv4Addr, Ipv6Addr};

use super::{
    context::{Answer, Ctx, answer, empty_answer, invalid},
    lists::{self, Selection, filters, page_answer},
    tag_fields::{self, parse_tags, tag_rows},
    vpcs::{check_form, check_ids_exist, check_length, check_name, vpc_time},
};
use crate::emulator::{
    network::{Cidr, Group, Policy},
    params::Params,
    refusal::{Refusal, refuse, refuse_if},
};

/// The most characters of a description, and the most rules of a security group in one direction.
const DESCRIPTION_LENGTH: usize = 100;
const MOST_POLICIES: usize = 100;

impl Ctx<'_> {
    fn group(&self, id: &str) -> Result<&Group, Refusal> {
        check_form(id, "sg")?;
        match self.resources()?.groups.iter().find(|g| g.id == id && g.owner == *self.me()) {
            Some(group) => Ok(group),
            None => refuse("ResourceNotFound", format!("The security group `{id}` is not found.")),
        }
    }
}

pub(super) fn groups(ctx: &Ctx<'_>) -> Answer {
    const FILTERS: &str = "security-group-id project-id security-group-name tag-key tag-value";
    let selection = Selection::read(ctx, "SecurityGroupIds", FILTERS, &lists::VPC)?;
    selection.check_ids("sg", "InvalidSecurityGroupID.Malformed")?;
    let mine = ctx.resources()?.groups.iter().filter(|g| g.owner == *ctx.me());
    check_ids_exist(&selection, mine.clone().map(|g| g.id.as_str()))?;
    let has = |g: &&Group| {
        selection.has(&g.id, |f| match f.name.as_str() {
            "security-group-id" => f.is(&g.id),
            "project-id" => f.is(&g.project.to_string()),
            "security-group-name" => f.is_in(&g.name),
            _ => f.tags(&g.tags),
        })
    };
    let mut rows: Vec<&Group> = mine.filter(has).collect();
    match ctx.params.given("OrderField") {
        None => {}
        Some("CreatedTime") => rows.sort_by_key(|g| g.created),
        Some("UpdateTime") => rows.sort_by_key(|g| g.changed),
        Some(other) => {
            return invalid(format!("`OrderField` is `{other}`; it should be CreatedTime or UpdateTime."));
        }
    }
    if ctx.descends("OrderDirection", false)? {
        rows.reverse();
    }
    page_answer(ctx, &lists::VPC, "SecurityGroupSet", &rows, |g| shown_group(g))
}

fn shown_group(g: &Group) -> Value {
    json!({
        "SecurityGroupId": g.id, "SecurityGroupName": g.name, "SecurityGroupDesc": g.description,
        "ProjectId": g.project.to_string(), "IsDefault": g.is_default, "CreatedTime": vpc_time(g.created),
        "UpdateTime": vpc_time(g.changed), "TagSet": tag_rows(&g.tags),
    })
}

pub(super) fn create_group(ctx: &mut Ctx<'_>) -> Answer {
    let name = ctx.params.str("GroupName").to_owned();
    let description = ctx.params.str("GroupDescription").to_owned();
    check_name("GroupName", &name)?;
    check_length("GroupDescription", &description, DESCRIPTION_LENGTH)?;
    let project = match ctx.params.given("ProjectId").map(str::parse::<i64>) {
        None => 0,
        Some(Ok(id)) if ctx.world.has_project(ctx.me(), id) => id,
        Some(_) => return invalid("The project of `ProjectId` is not found."),
    };
    let tags = parse_tags(&ctx.params.objects("Tags"), &tag_fields::VPC)?;
    let new = Group::new(ctx.world.next_id("sg"), ctx.me().clone(), name, description, ctx.now);
    let group = Group { project, tags, ..new };
    let shown = shown_group(&group);
    ctx.resources_mut()?.groups.push(group);
    ctx.changed = true;
    answer(json!({ "SecurityGroup": shown }))
}

pub(super) fn delete_group(ctx: &mut Ctx<'_>) -> Answer {
    let group = ctx.group(ctx.params.str("SecurityGroupId"))?;
    let id = group.id.clone();
    let message = format_args!("The security group {id} is the default one.");
    refuse_if(group.is_default, "UnsupportedOperation", message)?;
    let resources = ctx.resources()?;
    let used =
        resources.instances.iter().filter(|i| i.terms.groups.contains(&id) && !i.is_gone(ctx.now)).count();
    let message = format_args!("The security group {id} is used by {used} instances.");
    refuse_if(used > 0, "ResourceInUse", message)?;
    let others = resources.groups.iter().filter(|g| g.id != id);
    let named = others.flat_map(|g| g.ingress.iter().chain(&g.egress)).any(|p| p.group == id);
    let message = format_args!("The security group {id} stands in the rules of another one.");
    refuse_if(named, "ResourceInUse", message)?;
    ctx.resources_mut()?.groups.retain(|g| g.id != id);
    ctx.changed = true;
    empty_answer()
}

/// CreateSecurityGroupPolicies: adds rules of one direction.
pub(super) fn create_policies(ctx: &mut Ctx<'_>) -> Answer {
    let group = ctx.group(ctx.params.str("SecurityGroupId"))?;
    let id = group.id.clone();
    let set = ctx.params.object("SecurityGroupPolicySet");
    if let Some(version) = set.given("Version").filter(|v| *v != group.version.to_string()) {
        let message = format!("`Version` is {version}; the security group {id} is at {}.", group.version);
        return refuse("UnsupportedOperation.VersionMismatch", message);
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
        // New rules come before the existing ones, in the order in which they are given.
        let at = row.int("PolicyIndex").map_or(Some(n), |at| usize::try_from(at).ok());
        let Some(at) = at.filter(|at| *at <= rules.len()) else {
            let message = format!("`PolicyIndex` should be from 0 to {}.", rules.len());
            return refuse("InvalidParameterValue.Range", message);
        };
        rules.insert(at, policy);
    }
    let message = format_args!("A security group has at most {MOST_POLICIES} rules in a direction.");
    refuse_if(rules.len() > MOST_POLICIES, "LimitExceeded.SecurityGroupPolicySet", message)?;
    let now = ctx.now;
    if let Some(group) = ctx.resources_mut()?.groups.iter_mut().find(|g| g.id == id) {
        *(if into_ingress { &mut group.ingress } else { &mut group.egress }) = rules;
        group.version += 1;
        group.changed = now;
    }
    ctx.changed = true;
    empty_answer()
}

fn policy(ctx: &Ctx<'_>, row: &Params) -> Result<Policy, Refusal> {
    let one_of = |field: &str, given: &str, words: &[&str]| {
        if words.iter().any(|w| w.eq_ignore_ascii_case(given)) {
            return Ok(given.to_uppercase());
        }
        invalid(format!("`{field}` is `{given}`; it should be one of {}.", words.join(", ")))
    };
    for template in ["ServiceTemplate", "AddressTemplate"] {
        let message = format_args!("The template of `{template}` is not found.");
        refuse_if(row.has(template), "ResourceNotFound", message)?;
    }
    let text = |field: &str| row.str(field).to_owned();
    let protocol =
        one_of("Protocol", row.text("Protocol").unwrap_or("ALL"), &["TCP", "UDP", "ICMP", "ICMPv6", "ALL"])?;
    let action = one_of("Action", row.str("Action"), &["ACCEPT", "DROP"])?;
    let (mut cidr, ipv6_cidr, group) = (text("CidrBlock"), text("Ipv6CidrBlock"), text("SecurityGroupId"));
    let given = [&cidr, &ipv6_cidr, &group].iter().filter(|t| !t.is_empty()).count();
    let message = "Of `CidrBlock`, `Ipv6CidrBlock` and `SecurityGroupId`, one can be given.";
    refuse_if(given > 1, "InvalidParameter.Coexist", message)?;
    let is_ipv4 = cidr.parse::<Ipv4Addr>().is_ok() || cidr.parse::<Cidr>().is_ok();
    let is_ipv6 = ipv6_cidr.split('/').next().is_some_and(|a| a.parse::<Ipv6Addr>().is_ok());
    for (field, text, good) in
        [("CidrBlock", &cidr, is_ipv4 || cidr == "0.0.0.0/0"), ("Ipv6CidrBlock", &ipv6_cidr, is_ipv6)]
    {
        let message = format_args!("`{field}` is `{text}`, which is not a range of addresses.");
        refuse_if(!text.is_empty() && !good, "InvalidParameterValue.Malformed", message)?;
    }
    if !group.is_empty() {
        ctx.group(&group)?;
    }
    let port = row.text("Port").unwrap_or("ALL").to_owned();
    let all = port.eq_ignore_ascii_case("all");
    let is_port = |text: &str| text.parse::<u16>().is_ok();
    let is_range = |text: &str| text.split_once('-').is_some_and(|(a, b)| is_port(a) && is_port(b));
    let ports = protocol != "ALL" && port.split(',').all(|p| is_port(p) || is_range(p));
    if !all && !ports {
        return invalid(format!("`Port` is `{port}`; it should be all, or ports of TCP or UDP."));
    }
    if given == 0 {
        "0.0.0.0/0".clone_into(&mut cidr);
    }
    let description = text("PolicyDescription");
    Ok(Policy { protocol, port, cidr, ipv6_cidr, group, action, description, changed: ctx.now })
}

pub(super) fn policies(ctx: &Ctx<'_>) -> Answer {
    let filters = filters(ctx, "security-group-id ip protocol-type port poly", &lists::VPC)?;
    let group = ctx.group(ctx.params.str("SecurityGroupId"))?;
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
                "PolicyIndex": n, "Protocol": p.protocol, "Port": p.port, "ServiceTemplate": {}, "AddressTemplate": {},
                "CidrBlock": p.cidr, "Ipv6CidrBlock": p.ipv6_cidr, "SecurityGroupId": p.group, "Action": p.action,
                "PolicyDescription": p.description, "ModifyTime": vpc_time(p.changed),
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
