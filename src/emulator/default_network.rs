//! The default networks of every account with a key. As in the vendor's cloud, each region has a default VPC with one
//! subnet per zone, and a default security group.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::{
    account::{AccountKind, demo_accounts},
    network::{Cidr, Group, Policy, Subnet, Vpc},
    resource::fixed_id,
    world::{Resources, World},
};
use crate::model::{Catalog, Region, Uin};

/// The range of a default VPC, 172.16.0.0/16, and the prefix length of its subnets.
pub(super) const DEFAULT_CIDR: Cidr = Cidr::new([172, 16, 0, 0], 16);
const SUBNET_BITS: u8 = 20;

/// Gives every account with a key its default networks, and places every instance without a network in them. Worlds of
/// older versions have neither.
pub(super) fn add_default_networks(world: &mut World, created: Timestamp) {
    let seed = world.seed;
    for (region, resources) in &mut world.regions {
        let zones = Catalog::get().region(region).map_or(&[][..], |r| &r.zones);
        for account in demo_accounts().iter().filter(|a| a.kind == AccountKind::Main) {
            if resources.vpcs.iter().any(|v| v.is_default && v.owner == account.uin) {
                continue;
            }
            add_defaults(resources, seed, region, &account.uin, zones, created);
        }
        place_instances(resources);
    }
}

fn add_defaults(
    resources: &mut Resources,
    seed: u64,
    region: &Region,
    owner: &Uin,
    zones: &[String],
    at: Timestamp,
) {
    let vpc = fixed_id(seed, "vpc", &format!("{region}:{owner}"));
    let name = "Default-VPC".to_owned();
    let new = Vpc::new(vpc.clone(), owner.clone(), name, DEFAULT_CIDR, at);
    resources.vpcs.push(Vpc { is_default: true, ..new });
    for (n, zone) in (0..).zip(zones) {
        resources.subnets.push(Subnet {
            id: fixed_id(seed, "subnet", &format!("{zone}:{owner}")),
            owner: owner.clone(),
            vpc: vpc.clone(),
            name: "Default-Subnet".to_owned(),
            zone: zone.clone(),
            cidr: DEFAULT_CIDR.nth_part(SUBNET_BITS, n),
            is_default: true,
            created: at,
            tags: Vec::new(),
        });
    }
    let id = fixed_id(seed, "sg", &format!("{region}:{owner}"));
    let (name, description) = ("default".to_owned(), "Created by the system".to_owned());
    resources.groups.push(Group {
        is_default: true,
        version: 1,
        ingress: vec![Policy::open("ALL", "ALL", "From everywhere", at)],
        egress: vec![Policy::open("ALL", "ALL", "To everywhere", at)],
        ..Group::new(id, owner.clone(), name, description, at)
    });
}

/// Places instances without a network in the default subnet of their zone, each at the next address.
fn place_instances(resources: &mut Resources) {
    let mut free = BTreeMap::new();
    for i in &mut resources.instances {
        if i.terms.vpc.is_empty()
            && let Some(subnet) =
                resources.subnets.iter().find(|s| s.is_default && s.owner == i.owner && s.zone == i.zone)
        {
            let hosts = free.entry(&subnet.id).or_insert_with(|| subnet.cidr.hosts());
            if let Some(ip) = hosts.next() {
                i.private_ip = ip.to_string();
            }
            i.terms.vpc.clone_from(&subnet.vpc);
            i.terms.subnet.clone_from(&subnet.id);
        }
        if i.terms.groups.is_empty() {
            let default = resources.groups.iter().find(|g| g.is_default && g.owner == i.owner);
            i.terms.groups.extend(default.map(|g| g.id.clone()));
        }
    }
}
