//! Where instances are placed: virtual private clouds, subnets, security groups, key pairs and projects.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
    net::Ipv4Addr,
    str::FromStr,
};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{
    account::{AccountKind, demo_accounts},
    world::{Label, Shelf, World, mix, tail},
};
use crate::model::{Catalog, Region, Uin};

/// A range of IPv4 addresses: `10.0.0.0/16`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub(super) struct Cidr {
    first: u32,
    bits: u8,
}

impl Cidr {
    /// How many addresses are in it.
    pub fn size(self) -> u32 {
        1_u32.checked_shl(32 - u32::from(self.bits)).unwrap_or(u32::MAX)
    }

    /// How many bits all its addresses have in common.
    pub fn bits(self) -> u8 {
        self.bits
    }

    /// Whether an address is in it.
    pub fn has(self, address: Ipv4Addr) -> bool {
        address.to_bits().wrapping_sub(self.first) < self.size()
    }

    /// Whether all of another range is in it.
    pub fn covers(self, other: Self) -> bool {
        self.bits <= other.bits && self.has(Ipv4Addr::from_bits(other.first))
    }

    /// Whether an address is in both.
    pub fn overlaps(self, other: Self) -> bool {
        self.covers(other) || other.covers(self)
    }

    /// The addresses that instances can have: neither the first two nor the last, which the network uses itself.
    pub fn hosts(self) -> impl Iterator<Item = Ipv4Addr> {
        (2..self.size().saturating_sub(1)).map(move |n| Ipv4Addr::from_bits(self.first + n))
    }

    /// The nth range of that many bits in it.
    fn part(self, bits: u8, n: u32) -> Self {
        let part = Self { first: 0, bits };
        Self { first: self.first + n * part.size(), bits }
    }
}

impl FromStr for Cidr {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let bad = || format!("{text:?} is not a range of IPv4 addresses such as 10.0.0.0/16");
        let (address, bits) = text.split_once('/').ok_or_else(bad)?;
        let first = address.parse::<Ipv4Addr>().map_err(|_| bad())?.to_bits();
        let bits = bits.parse::<u8>().ok().filter(|b| (1..=32).contains(b)).ok_or_else(bad)?;
        let range = Self { first, bits };
        if first % range.size() == 0 { Ok(range) } else { Err(bad()) }
    }
}

impl fmt::Display for Cidr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", Ipv4Addr::from_bits(self.first), self.bits)
    }
}

impl TryFrom<String> for Cidr {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        text.parse()
    }
}

impl From<Cidr> for String {
    fn from(range: Cidr) -> Self {
        range.to_string()
    }
}

/// A virtual private cloud.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Vpc {
    pub id: String,
    pub owner: Uin,
    pub name: String,
    pub cidr: Cidr,
    pub is_default: bool,
    pub created: Timestamp,
    #[serde(default)]
    pub multicast: bool,
    #[serde(default)]
    pub dns: Vec<String>,
    #[serde(default)]
    pub domain: String,
    #[serde(default)]
    pub tags: Vec<Label>,
}

/// A part of a VPC in one zone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Subnet {
    pub id: String,
    pub owner: Uin,
    pub vpc: String,
    pub name: String,
    pub zone: String,
    pub cidr: Cidr,
    pub is_default: bool,
    pub created: Timestamp,
    #[serde(default)]
    pub tags: Vec<Label>,
}

/// One rule of a security group, in the words of the API.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Policy {
    pub protocol: String,
    pub port: String,
    pub cidr: String,
    pub ipv6_cidr: String,
    pub group: String,
    pub action: String,
    pub description: String,
    pub changed: Timestamp,
}

impl Policy {
    /// One that lets everybody through.
    pub fn open(protocol: &str, port: &str, description: &str, at: Timestamp) -> Self {
        Self {
            protocol: protocol.to_owned(),
            port: port.to_owned(),
            cidr: "0.0.0.0/0".to_owned(),
            ipv6_cidr: String::new(),
            group: String::new(),
            action: "ACCEPT".to_owned(),
            description: description.to_owned(),
            changed: at,
        }
    }
}

/// A security group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Group {
    pub id: String,
    pub owner: Uin,
    pub name: String,
    pub description: String,
    pub project: i64,
    pub is_default: bool,
    pub created: Timestamp,
    pub changed: Timestamp,
    /// Grows with each change of the rules.
    pub version: u64,
    #[serde(default)]
    pub ingress: Vec<Policy>,
    #[serde(default)]
    pub egress: Vec<Policy>,
    #[serde(default)]
    pub tags: Vec<Label>,
}

/// A key pair. Its private half is told once and not kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct KeyPair {
    pub id: String,
    pub owner: Uin,
    pub name: String,
    pub project: i64,
    pub public_key: String,
    pub created: Timestamp,
    #[serde(default)]
    pub tags: Vec<Label>,
}

/// A project; all accounts have the default one, number 0, beside those that are listed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Project {
    pub id: i64,
    pub owner: Uin,
    pub name: String,
}

/// What every region of an account has from the start, as the vendor's cloud has it: a default VPC with a subnet in
/// each zone, and a default security group.
pub(super) const DEFAULT_CIDR: Cidr = Cidr { first: 0xac10_0000, bits: 16 };
const SUBNET_BITS: u8 = 20;

/// An id that follows from the seed and a label alone.
pub(super) fn fixed_id(seed: u64, prefix: &str, label: &str) -> String {
    let mut rng = fastrand::Rng::with_seed(mix(seed, &format!("{prefix}:{label}")));
    format!("{prefix}-{}", tail(&mut rng))
}

/// Gives every account with a key its default networks, and every instance without a network a place in them. Worlds
/// that were kept by an older program have neither.
pub(super) fn furnish(world: &mut World, created: Timestamp) {
    let seed = world.seed;
    for (region, shelf) in &mut world.regions {
        let zones = Catalog::get().region(region).map_or(&[][..], |r| &r.zones);
        for account in demo_accounts().iter().filter(|a| a.kind == AccountKind::Main) {
            if shelf.vpcs.iter().any(|v| v.is_default && v.owner == account.uin) {
                continue;
            }
            add_defaults(shelf, seed, region, &account.uin, zones, created);
        }
        place_instances(shelf);
    }
}

fn add_defaults(shelf: &mut Shelf, seed: u64, region: &Region, owner: &Uin, zones: &[String], at: Timestamp) {
    let vpc = fixed_id(seed, "vpc", &format!("{region}:{owner}"));
    shelf.vpcs.push(Vpc {
        id: vpc.clone(),
        owner: owner.clone(),
        name: "Default-VPC".to_owned(),
        cidr: DEFAULT_CIDR,
        is_default: true,
        created: at,
        multicast: false,
        dns: Vec::new(),
        domain: String::new(),
        tags: Vec::new(),
    });
    for (n, zone) in (0..).zip(zones) {
        shelf.subnets.push(Subnet {
            id: fixed_id(seed, "subnet", &format!("{zone}:{owner}")),
            owner: owner.clone(),
            vpc: vpc.clone(),
            name: "Default-Subnet".to_owned(),
            zone: zone.clone(),
            cidr: DEFAULT_CIDR.part(SUBNET_BITS, n),
            is_default: true,
            created: at,
            tags: Vec::new(),
        });
    }
    shelf.groups.push(Group {
        id: fixed_id(seed, "sg", &format!("{region}:{owner}")),
        owner: owner.clone(),
        name: "default".to_owned(),
        description: "Created by the system".to_owned(),
        project: 0,
        is_default: true,
        created: at,
        changed: at,
        version: 1,
        ingress: vec![Policy::open("ALL", "ALL", "From everywhere", at)],
        egress: vec![Policy::open("ALL", "ALL", "To everywhere", at)],
        tags: Vec::new(),
    });
}

/// Instances without a network get the default one of their zone, and the next address in it.
fn place_instances(shelf: &mut Shelf) {
    let mut free = BTreeMap::new();
    for i in &mut shelf.instances {
        if i.terms.vpc.is_empty()
            && let Some(subnet) =
                shelf.subnets.iter().find(|s| s.is_default && s.owner == i.owner && s.zone == i.zone)
        {
            let hosts = free.entry(&subnet.id).or_insert_with(|| subnet.cidr.hosts());
            if let Some(ip) = hosts.next() {
                i.private_ip = ip.to_string();
            }
            i.terms.vpc.clone_from(&subnet.vpc);
            i.terms.subnet.clone_from(&subnet.id);
        }
        if i.terms.groups.is_empty() {
            let default = shelf.groups.iter().find(|g| g.is_default && g.owner == i.owner);
            i.terms.groups.extend(default.map(|g| g.id.clone()));
        }
    }
}

impl Shelf {
    /// The addresses of a VPC that instances have, given which instances are still there.
    pub fn addresses(&self, vpc: &str, now: Timestamp) -> BTreeSet<Ipv4Addr> {
        self.instances
            .iter()
            .filter(|i| i.terms.vpc == vpc && !i.is_gone(now))
            .filter_map(|i| i.private_ip.parse().ok())
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_of_addresses_are_read_and_compared() {
        for bad in ["", "10.0.0.0", "10.0.0.0/0", "10.0.0.0/33", "10.0.0.1/24", "10.0.0/24", "::/16"] {
            assert!(bad.parse::<Cidr>().is_err(), "{bad}");
        }
        let range = |text: &str| text.parse::<Cidr>().unwrap();
        assert_eq!(DEFAULT_CIDR, range("172.16.0.0/16"));
        assert_eq!(range("10.1.2.3/32").size(), 1);
        assert_eq!(DEFAULT_CIDR.part(20, 3), range("172.16.48.0/20"));
        assert!(range("10.0.0.0/8").covers(range("10.3.0.0/16")));
        assert!(!range("10.3.0.0/16").covers(range("10.0.0.0/8")));
        assert!(range("10.3.0.0/16").overlaps(range("10.0.0.0/8")));
        assert!(!range("10.3.0.0/16").overlaps(range("10.4.0.0/16")));
        let hosts: Vec<String> = range("10.0.0.8/29").hosts().map(|h| h.to_string()).collect();
        assert_eq!(hosts, ["10.0.0.10", "10.0.0.11", "10.0.0.12", "10.0.0.13", "10.0.0.14"]);
    }
}
