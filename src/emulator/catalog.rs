//! What the built-in cloud sells: operating systems, instance types and disk types, and which zones have them.

use std::sync::LazyLock;

use serde::Deserialize;

/// An operating system, as the API describes images of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Os {
    /// The name in scene files.
    pub word: &'static str,
    /// `OsName`.
    pub name: &'static str,
    /// `Platform`.
    pub platform: &'static str,
    /// `Architecture`.
    pub arch: &'static str,
    /// The size of the public image, in GiB.
    pub size_gib: u32,
}

macro_rules! systems {
    ($($word:literal $name:literal $platform:literal $arch:literal $size:literal;)*) => {
        &[$(Os { word: $word, name: $name, platform: $platform, arch: $arch, size_gib: $size },)*]
    };
}

/// The operating systems. Each is a public image in every region.
pub(super) const SYSTEMS: &[Os] = systems! {
    "ubuntu-24" "Ubuntu Server 24.04 LTS 64bit" "Ubuntu" "x86_64" 20;
    "ubuntu-22" "Ubuntu Server 22.04 LTS 64bit" "Ubuntu" "x86_64" 20;
    "debian-12" "Debian 12.0 64bit" "Debian" "x86_64" 20;
    "debian-12-arm" "Debian 12.0 ARM 64bit" "Debian" "arm" 20;
    "tencentos-4" "TencentOS Server 4 for x86_64" "TencentOS" "x86_64" 20;
    "centos-7" "CentOS 7.9 64bit" "CentOS" "x86_64" 20;
    "windows-2022" "Windows Server 2022 Datacenter 64bit" "Windows" "x86_64" 50;
};

/// Finds an operating system by its name in scene files. Returns the first one if there is none.
pub(super) fn system(word: &str) -> Os {
    SYSTEMS.iter().copied().find(|s| s.word == word).unwrap_or(SYSTEMS[0])
}

/// An instance type.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Type {
    pub name: String,
    pub family: String,
    pub type_name: String,
    pub cpu: u32,
    pub memory_gib: u32,
    pub arch: String,
    pub cpu_type: String,
    pub frequency: String,
    /// The name of its only GPU; empty if it has none.
    pub gpu: String,
    /// The price per hour, in US dollars.
    pub price: f64,
    /// The share of the price that a spot instance costs; `None` if the type has no spot instances.
    pub spot: Option<f64>,
    /// Whether it supports jumbo frames.
    pub jumbo: bool,
}

/// The hours that a month paid in advance costs: half of the hours of a month.
const MONTH: f64 = 365.0;

impl Type {
    /// Returns the price of a month paid in advance, in US dollars.
    pub fn month(&self) -> f64 {
        self.price * MONTH
    }
}

/// A disk type.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct DiskType {
    pub kind: String,
    /// The least and the most GiB of a system disk; `None` if it cannot be one.
    pub system: Option<(u32, u32)>,
    /// The least and the most GiB of a data disk; `None` if it cannot be one.
    pub data: Option<(u32, u32)>,
    /// The price of a GiB per hour and per month, in US dollars.
    #[serde(default)]
    pub hour: f64,
    #[serde(default)]
    pub month: f64,
    #[serde(default)]
    pub throughput: bool,
}

/// The prices of internet access, per Mbit/s or per GB, and the most Mbit/s.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct InternetPrice {
    pub most: i64,
    pub hour: f64,
    pub month: f64,
    pub gigabyte: f64,
}

/// The stock of an instance type or a disk type in a zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stock {
    Enough,
    Scarce,
    SoldOut,
    /// The zone does not sell it.
    Absent,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    disks: Vec<DiskType>,
    internet: InternetPrice,
    families: Vec<Family>,
    stock: Vec<ZoneStock>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Family {
    name: String,
    type_name: String,
    #[serde(default = "x86")]
    arch: String,
    cpu_type: String,
    frequency: String,
    #[serde(default)]
    gpu: String,
    spot: Option<f64>,
    #[serde(default)]
    jumbo: bool,
    types: Vec<(String, u32, u32, f64)>,
}

fn x86() -> String {
    "x86_64".to_owned()
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ZoneStock {
    zone: String,
    #[serde(default)]
    absent: Vec<String>,
    #[serde(default)]
    sold_out: Vec<String>,
    #[serde(default)]
    scarce: Vec<String>,
}

/// Everything that is sold, from `assets/catalog.toml`.
#[derive(Debug, Default)]
pub(super) struct Goods {
    pub types: Vec<Type>,
    pub disks: Vec<DiskType>,
    pub internet: InternetPrice,
    stock: Vec<ZoneStock>,
}

/// Parses a TOML file of this program by way of a tree of JSON values. Deserializing each type from TOML directly
/// compiles to ten times the code.
pub(super) fn from_toml<T: serde::de::DeserializeOwned>(text: &str) -> Result<T, serde_json::Error> {
    let value: serde_json::Value = toml::from_str(text).map_err(serde::de::Error::custom)?;
    T::deserialize(&value)
}

static GOODS: LazyLock<Goods> = LazyLock::new(|| {
    // A test checks that the file parses.
    let file: File = from_toml(include_str!("../../assets/catalog.toml")).unwrap_or_default();
    let types = |family: Family| {
        family.types.into_iter().map(move |(size, cpu, memory_gib, price)| Type {
            name: format!("{}.{size}", family.name),
            family: family.name.clone(),
            type_name: family.type_name.clone(),
            cpu,
            memory_gib,
            arch: family.arch.clone(),
            cpu_type: family.cpu_type.clone(),
            frequency: family.frequency.clone(),
            gpu: family.gpu.clone(),
            price,
            spot: family.spot,
            jumbo: family.jumbo,
        })
    };
    Goods {
        types: file.families.into_iter().flat_map(types).collect(),
        disks: file.disks,
        internet: file.internet,
        stock: file.stock,
    }
});

impl Goods {
    pub fn get() -> &'static Self {
        &GOODS
    }

    /// Finds a disk type by its name.
    pub fn disk(&self, kind: &str) -> Option<&DiskType> {
        self.disks.iter().find(|d| d.kind == kind)
    }

    /// Returns the stock of an instance type or a disk type in a zone.
    pub fn stock(&self, zone: &str, name: &str) -> Stock {
        let Some(row) = self.stock.iter().find(|s| s.zone == zone) else { return Stock::Enough };
        let family = name.split_once('.').map(|(family, _)| family);
        let in_list = |list: &[String]| list.iter().any(|l| l == name || Some(l.as_str()) == family);
        if in_list(&row.absent) {
            Stock::Absent
        } else if in_list(&row.sold_out) {
            Stock::SoldOut
        } else if in_list(&row.scarce) {
            Stock::Scarce
        } else {
            Stock::Enough
        }
    }
}

/// Finds an instance type by its name.
pub(super) fn instance_type(name: &str) -> Option<&'static Type> {
    Goods::get().types.iter().find(|t| t.name == name)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::model::Catalog;

    #[test]
    fn the_file_parses_and_its_stock_names_known_zones_and_types() {
        let file: File = from_toml(include_str!("../../assets/catalog.toml")).unwrap();
        let goods = Goods::get();
        let names: BTreeSet<&str> = goods.types.iter().map(|t| t.name.as_str()).collect();
        assert_eq!(names.len(), goods.types.len());
        assert!(names.len() >= 40, "{}", names.len());
        for name in ["S5.MEDIUM2", "SA2.MEDIUM2", "SA2.SMALL1", "S1.SMALL1"] {
            assert!(names.contains(name), "{name}");
        }
        let zones: BTreeSet<&str> =
            Catalog::get().iter().flat_map(|r| &r.zones).map(String::as_str).collect();
        for row in &file.stock {
            assert!(zones.contains(row.zone.as_str()), "{}", row.zone);
            for name in row.absent.iter().chain(&row.sold_out).chain(&row.scarce) {
                let known = goods.types.iter().any(|t| t.name == *name || t.family == *name);
                assert!(known || goods.disk(name).is_some(), "{name}");
            }
        }
    }

    #[test]
    fn stock_follows_the_row_of_the_zone() {
        let stock = |zone: &str, name: &str| Goods::get().stock(zone, name);
        assert_eq!(stock("ap-guangzhou-3", "S6.MEDIUM4"), Stock::Absent);
        assert_eq!(stock("ap-guangzhou-3", "SA2.SMALL1"), Stock::SoldOut);
        assert_eq!(stock("ap-guangzhou-3", "SA2.SMALL2"), Stock::Enough);
        assert_eq!(stock("ap-guangzhou-3", "S1.SMALL1"), Stock::Scarce);
        assert_eq!(stock("ap-guangzhou-6", "CLOUD_BASIC"), Stock::Absent);
        assert_eq!(stock("ap-chongqing-1", "CLOUD_BASIC"), Stock::Enough);
    }
}
