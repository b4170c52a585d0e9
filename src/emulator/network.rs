//! Resources that instances refer to: virtual private clouds, subnets, security groups, key pairs and projects.

use std::{fmt, net::Ipv4Addr, str::FromStr};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::resource::Tag;
use crate::model::Uin;

/// A range of IPv4 addresses, such as `10.0.0.0/16`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub(super) struct Cidr {
    first: u32,
    bits: u8,
}

impl Cidr {
    /// Makes a range. `first` has to be its first address.
    pub const fn new(first: [u8; 4], bits: u8) -> Self {
        Self { first: u32::from_be_bytes(first), bits }
    }

    /// Returns the number of addresses.
    pub fn size(self) -> u32 {
        1_u32.checked_shl(32 - u32::from(self.bits)).unwrap_or(u32::MAX)
    }

    /// Returns the length of the prefix.
    pub fn bits(self) -> u8 {
        self.bits
    }

    /// Returns whether the range contains an address.
    pub fn has(self, address: Ipv4Addr) -> bool {
        address.to_bits().wrapping_sub(self.first) < self.size()
    }

    /// Returns whether the range contains all of another range.
    pub fn covers(self, other: Self) -> bool {
        self.bits <= other.bits && self.has(Ipv4Addr::from_bits(other.first))
    }

    /// Returns whether two ranges have an address in common.
    pub fn overlaps(self, other: Self) -> bool {
        self.covers(other) || other.covers(self)
    }

    /// Returns the addresses that instances can have. The network reserves the first two and the last.
    pub fn hosts(self) -> impl Iterator<Item = Ipv4Addr> {
        (2..self.size().saturating_sub(1)).map(move |n| Ipv4Addr::from_bits(self.first + n))
    }

    /// Returns the `n`th range with a prefix of `bits` bits within this range.
    pub fn nth_part(self, bits: u8, n: u32) -> Self {
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
    pub tags: Vec<Tag>,
}

impl Vpc {
    /// Makes a VPC with default settings.
    pub fn new(id: String, owner: Uin, name: String, cidr: Cidr, created: Timestamp) -> Self {
        let (dns, domain, tags) = (Vec::new(), String::new(), Vec::new());
        Self { id, owner, name, cidr, is_default: false, created, multicast: false, dns, domain, tags }
    }
}

/// A subnet: the part of a VPC in one zone.
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
    pub tags: Vec<Tag>,
}

/// One rule of a security group, in the API's terms.
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
    /// Makes a rule that accepts traffic of every address.
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
    /// Increases with each change of the rules.
    pub version: u64,
    #[serde(default)]
    pub ingress: Vec<Policy>,
    #[serde(default)]
    pub egress: Vec<Policy>,
    #[serde(default)]
    pub tags: Vec<Tag>,
}

impl Group {
    /// Makes a group without rules.
    pub fn new(id: String, owner: Uin, name: String, description: String, created: Timestamp) -> Self {
        Self {
            id,
            owner,
            name,
            description,
            project: 0,
            is_default: false,
            created,
            changed: created,
            version: 0,
            ingress: Vec::new(),
            egress: Vec::new(),
            tags: Vec::new(),
        }
    }
}

/// A key pair. Its private key is returned once and not stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct KeyPair {
    pub id: String,
    pub owner: Uin,
    pub name: String,
    pub project: i64,
    pub public_key: String,
    pub created: Timestamp,
    #[serde(default)]
    pub tags: Vec<Tag>,
}

/// A project. Every account also has the default project, number 0, which is not listed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Project {
    pub id: i64,
    pub owner: Uin,
    pub name: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn address_ranges_are_parsed_and_compared() {
        for bad in ["", "10.0.0.0", "10.0.0.0/0", "10.0.0.0/33", "10.0.0.1/24", "10.0.0/24", "::/16"] {
            assert!(bad.parse::<Cidr>().is_err(), "{bad}");
        }
        let range = |text: &str| text.parse::<Cidr>().unwrap();
        assert_eq!(range("10.1.2.3/32").size(), 1);
        assert_eq!(range("172.16.0.0/16").nth_part(20, 3), range("172.16.48.0/20"));
        assert!(range("10.0.0.0/8").covers(range("10.3.0.0/16")));
        assert!(!range("10.3.0.0/16").covers(range("10.0.0.0/8")));
        assert!(range("10.3.0.0/16").overlaps(range("10.0.0.0/8")));
        assert!(!range("10.3.0.0/16").overlaps(range("10.4.0.0/16")));
        let hosts: Vec<String> = range("10.0.0.8/29").hosts().map(|h| h.to_string()).collect();
        assert_eq!(hosts, ["10.0.0.10", "10.0.0.11", "10.0.0.12", "10.0.0.13", "10.0.0.14"]);
    }
}
