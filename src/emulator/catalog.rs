//! What the built-in cloud sells: operating systems of images, types of instances, disks, and which zones have them.

use std::sync::LazyLock;

use serde::Deserialize;

/// An operating system, as the API describes an image of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Os {
    /// The word for it in scenes.
    pub word: &'static str,
    /// `OsName`.
    pub name: &'static str,
    /// `Platform`.
    pub platform: &'static str,
    /// `Architecture`.
    pub arch: &'static str,
    /// GiB of the public image.
    pub size_gib: u32,
}

macro_rules! systems {
    ($($word:literal $name:literal $platform:literal $arch:literal $size:literal;)*) => {
        &[$(Os { word: $word, name: $name, platform: $platform, arch: $arch, size_gib: $size },)*]
    };
}

/// The systems; each is a public image in every region.
pub(super) const SYSTEMS: &[Os] = systems! {
    "ubuntu-24" "Ubuntu Server 24.04 LTS 64bit" "Ubuntu" "x86_64" 20;
    "ubuntu-22" "Ubuntu Server 22.04 LTS 64bit" "Ubuntu" "x86_64" 20;
    "debian-12" "Debian 12.0 64bit" "Debian" "x86_64" 20;
    "debian-12-arm" "Debian 12.0 ARM 64bit" "Debian" "arm" 20;
    "tencentos-4" "TencentOS Server 4 for x86_64" "TencentOS" "x86_64" 20;
    "centos-7" "CentOS 7.9 64bit" "CentOS" "x86_64" 20;
    "windows-2022" "Windows Server 2022 Datacenter 64bit" "Windows" "x86_64" 50;
};

/// The system of that word; the first where there is none.
pub(super) fn system(word: &str) -> Os {
    SYSTEMS.iter().copied().find(|s| s.word == word).unwrap_or(SYSTEMS[0])
}

/// A type of instance.
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
    /// The name of its one GPU; empty where it has none.
    pub gpu: String,
    /// For an hour, in US dollars.
    pub price: f64,
    /// The part of the price that a spot instance costs, where there are spot instances.
    pub spot: Option<f64>,
    /// Whether it can have jumbo frames.
    pub jumbo: bool,
}

/// Hours that a month in advance costs: half of those it has.
const MONTH: f64 = 365.0;

impl Type {
    /// For a month in advance, in US dollars.
    pub fn month(&self) -> f64 {
        self.price * MONTH
    }
}

/// A kind of disk.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct DiskType {
    pub kind: String,
    /// The least and the most GiB of a system disk; nothing where there are none.
    pub system: Option<(u32, u32)>,
    /// The same of a data disk.
    pub data: Option<(u32, u32)>,
    /// What a GiB costs for an hour and for a month, in US dollars.
    #[serde(default)]
    pub hour: f64,
    #[serde(default)]
    pub month: f64,
    #[serde(default)]
    pub throughput: bool,
}

/// What the internet costs, for each Mbit/s or each GB, and the most Mbit/s.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct InternetPrice {
    pub most: i64,
    pub hour: f64,
    pub month: f64,
    pub gigabyte: f64,
}

/// How much of a type or of a kind of disk a zone has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stock {
    Enough,
    Scarce,
    SoldOut,
    /// It was never sold there.
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

/// What is sold: `assets/catalog.toml`.
#[derive(Debug, Default)]
pub(super) struct Goods {
    pub types: Vec<Type>,
    pub disks: Vec<DiskType>,
    pub internet: InternetPrice,
    stock: Vec<ZoneStock>,
}

/// Reads a file of this program. It goes by way of a tree of JSON values: reading each type from TOML takes ten times
/// the code.
pub(super) fn from_toml<T: serde::de::DeserializeOwned>(text: &str) -> Result<T, serde_json::Error> {
    let value: serde_json::Value = toml::from_str(text).map_err(serde::de::Error::custom)?;
    T::deserialize(&value)
}

static GOODS: LazyLock<Goods> = LazyLock::new(|| {
    // A test says that the file reads.
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

    /// A kind of disk by its name.
    pub fn disk(&self, kind: &str) -> Option<&DiskType> {
        self.disks.iter().find(|d| d.kind == kind)
    }

    /// How much of a type or of a kind of disk a zone has.
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

/// A type by its name.
pub(super) fn instance_type(name: &str) -> Option<&'static Type> {
    Goods::get().types.iter().find(|t| t.name == name)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::model::Catalog;

    #[test]
    fn the_file_reads_and_its_stock_names_what_there_is() {
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
    fn zones_have_what_their_rows_say() {
        let stock = |zone: &str, name: &str| Goods::get().stock(zone, name);
        assert_eq!(stock("ap-guangzhou-3", "S6.MEDIUM4"), Stock::Absent);
        assert_eq!(stock("ap-guangzhou-3", "SA2.SMALL1"), Stock::SoldOut);
        assert_eq!(stock("ap-guangzhou-3", "SA2.SMALL2"), Stock::Enough);
        assert_eq!(stock("ap-guangzhou-3", "S1.SMALL1"), Stock::Scarce);
        assert_eq!(stock("ap-guangzhou-6", "CLOUD_BASIC"), Stock::Absent);
        assert_eq!(stock("ap-chongqing-1", "CLOUD_BASIC"), Stock::Enough);
    }
}
