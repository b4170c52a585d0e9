//! The regions as documents describe them: names, groups between which images can be copied, places on a map.
//! What the account really has comes from the cloud; this fills in what the API does not say.

use std::{collections::BTreeMap, sync::LazyLock};

use serde::{Deserialize, Serialize};

use super::Region;

/// Between which regions images can be copied (product/213/4943).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CopyGroup {
    /// Chinese mainland.
    Mainland,
    /// Everywhere else, Hong Kong among it.
    Overseas,
    /// The isolated finance regions.
    Finance,
}

/// One region of the catalogue, `assets/regions.toml`.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RegionInfo {
    /// Its code.
    pub region: Region,
    /// Its English name as the vendor writes it: `South China (Guangzhou)`.
    pub name: String,
    /// Its Chinese name.
    pub name_zh: String,
    /// Two or three letters for narrow columns: `gz`.
    pub short: String,
    /// Its copy group.
    pub group: CopyGroup,
    /// Whether it can receive copies at all (`ap-taipei` cannot).
    #[serde(default = "yes")]
    pub receives_copies: bool,
    /// Its zones, in order.
    #[serde(default)]
    pub zones: Vec<String>,
    /// Those of them that are sold out.
    #[serde(default)]
    pub sold_out: Vec<String>,
    /// Degrees north.
    pub lat: f64,
    /// Degrees east.
    pub lon: f64,
    /// Whether the built-in cloud offers it, and `all` means it, where the cloud has not been asked.
    #[serde(default = "yes")]
    pub open: bool,
}

impl RegionInfo {
    /// Its place in a word or two, as the English name has it: `Guangzhou`, `Shanghai Finance`, `Hong Kong`.
    pub fn place(&self) -> &str {
        place(&self.name)
    }

    /// The name in the language of a tag such as `zh`; the English one if there is none.
    pub fn name_in(&self, tag: &str) -> &str {
        if tag == "zh" { &self.name_zh } else { &self.name }
    }

    /// The place in the language of a tag.
    pub fn place_in(&self, tag: &str) -> &str {
        place(self.name_in(tag))
    }
}

fn place(name: &str) -> &str {
    let place = name.split_once('(').and_then(|(_, rest)| rest.strip_suffix(')')).unwrap_or(name);
    place.split_once(',').map_or(place, |(place, _)| place)
}

fn yes() -> bool {
    true
}

/// All known regions, by code.
#[derive(Debug)]
pub struct Catalog {
    order: Vec<Region>,
    by_code: BTreeMap<Region, RegionInfo>,
}

#[derive(Deserialize)]
struct File {
    regions: Vec<RegionInfo>,
}

static CATALOG: LazyLock<Catalog> = LazyLock::new(|| {
    let regions = toml::from_str::<File>(include_str!("../../assets/regions.toml"))
        .map(|f| f.regions)
        .unwrap_or_default();
    Catalog {
        order: regions.iter().map(|r| r.region.clone()).collect(),
        by_code: regions.into_iter().map(|r| (r.region.clone(), r)).collect(),
    }
});

impl Catalog {
    /// The catalogue that ships with the program.
    pub fn get() -> &'static Self {
        &CATALOG
    }

    /// What is known of a region.
    pub fn region(&self, region: &Region) -> Option<&RegionInfo> {
        self.by_code.get(region)
    }

    /// All of them in the vendor's order.
    pub fn iter(&self) -> impl Iterator<Item = &RegionInfo> {
        self.order.iter().filter_map(|r| self.by_code.get(r))
    }

    /// Two or three letters for narrow columns; the code itself where the region is unknown.
    pub fn short<'a>(&'a self, region: &'a Region) -> &'a str {
        self.region(region).map_or(region.as_str(), |r| &r.short)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_catalogue_reads_and_short_names_are_unique() {
        let all: Vec<_> = Catalog::get().iter().collect();
        assert_eq!(all.len(), 24);
        let shorts: std::collections::BTreeSet<_> = all.iter().map(|r| &r.short).collect();
        assert_eq!(shorts.len(), all.len());
    }

    /// Each stands where its name says, as far as a map can tell: within its part of the world, and the mainland's within
    /// the mainland.
    #[test]
    fn every_region_has_a_place_on_the_map() {
        for info in Catalog::get().iter() {
            let (lat, lon) = (info.lat, info.lon);
            let part = info.region.as_str().split('-').next().unwrap();
            let (south, north, west, east) = match (part, info.group) {
                ("ap", CopyGroup::Mainland | CopyGroup::Finance) => (20.0, 50.0, 100.0, 125.0),
                ("ap", _) => (-10.0, 40.0, 70.0, 145.0),
                ("eu", _) => (45.0, 60.0, 0.0, 40.0),
                ("na", _) => (25.0, 50.0, -125.0, -70.0),
                ("sa", _) => (-35.0, 5.0, -75.0, -35.0),
                other => panic!("{}: where is {other:?}?", info.region),
            };
            let within = (south..north).contains(&lat) && (west..east).contains(&lon);
            assert!(within, "{} at {lat}, {lon}", info.region);
        }
        let catalog = Catalog::get();
        for (region, place, zh) in [
            ("ap-guangzhou", "Guangzhou", "广州"),
            ("ap-shanghai-fsi", "Shanghai Finance", "上海金融"),
            ("ap-hongkong", "Hong Kong", "中国香港"),
            ("ap-taipei", "Taipei", "中国台北"),
        ] {
            let info = catalog.region(&region.parse().unwrap()).unwrap();
            assert_eq!((info.place(), info.place_zh()), (place, zh));
        }
        for place in [RegionInfo::place, RegionInfo::place_zh] {
            let places: std::collections::BTreeSet<&str> = catalog.iter().map(place).collect();
            assert_eq!(places.len(), catalog.iter().count());
        }
    }
}
