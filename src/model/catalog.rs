//! The catalogue of regions from the vendor's documentation: names, copy groups and coordinates. The API reports
//! which regions an account has; the catalogue adds what the API does not report.

use std::{collections::BTreeMap, sync::LazyLock};

use serde::{Deserialize, Serialize};

use super::Region;

/// A group of regions between which images can be copied (product/213/4943).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CopyGroup {
    /// Chinese mainland.
    Mainland,
    /// All other regions, including Hong Kong.
    Overseas,
    /// The isolated finance regions.
    Finance,
}

/// A region of the catalogue, from `assets/regions.toml`.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RegionInfo {
    /// The code of the region.
    pub region: Region,
    /// The vendor's English name, such as `South China (Guangzhou)`.
    pub name: String,
    /// The vendor's Chinese name.
    pub name_zh: String,
    /// Two or three letters for narrow columns, such as `gz`.
    pub short: String,
    /// The copy group.
    pub group: CopyGroup,
    /// Whether images can be copied to the region (`ap-taipei` cannot receive copies).
    #[serde(default = "yes")]
    pub receives_copies: bool,
    /// The zones in order.
    #[serde(default)]
    pub zones: Vec<String>,
    /// The zones that are sold out.
    #[serde(default)]
    pub sold_out: Vec<String>,
    /// Latitude in degrees north.
    pub lat: f64,
    /// Longitude in degrees east.
    pub lon: f64,
    /// Whether the built-in cloud offers the region, and whether `all` includes it if the regions of the cloud
    /// have not been read.
    #[serde(default = "yes")]
    pub open: bool,
}

impl RegionInfo {
    /// Returns the place in the English name: `Guangzhou`, `Shanghai Finance`, `Hong Kong`.
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

/// All regions of the catalogue.
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
    /// Returns the catalogue that is part of the program.
    pub fn get() -> &'static Self {
        &CATALOG
    }

    /// Returns the entry of a region.
    pub fn region(&self, region: &Region) -> Option<&RegionInfo> {
        self.by_code.get(region)
    }

    /// Iterates over all regions in the vendor's order.
    pub fn iter(&self) -> impl Iterator<Item = &RegionInfo> {
        self.order.iter().filter_map(|r| self.by_code.get(r))
    }

    /// Returns two or three letters for narrow columns, or the code of a region that is not in the catalogue.
    pub fn short<'a>(&'a self, region: &'a Region) -> &'a str {
        self.region(region).map_or(region.as_str(), |r| &r.short)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parses_the_catalogue_with_unique_short_names() {
        let all: Vec<_> = Catalog::get().iter().collect();
        assert_eq!(all.len(), 24);
        let shorts: std::collections::BTreeSet<_> = all.iter().map(|r| &r.short).collect();
        assert_eq!(shorts.len(), all.len());
    }

    /// Coordinates lie in the right part of the world, and those of mainland regions in the mainland.
    #[test]
    fn region_coordinates_match_their_names() {
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
            ("ap-guangzhou", "Guangzhou", "\u{5e7f}\u{5dde}"),
            ("ap-shanghai-fsi", "Shanghai Finance", "\u{4e0a}\u{6d77}\u{91d1}\u{878d}"),
            ("ap-hongkong", "Hong Kong", "\u{4e2d}\u{56fd}\u{9999}\u{6e2f}"),
            ("ap-taipei", "Taipei", "\u{4e2d}\u{56fd}\u{53f0}\u{5317}"),
        ] {
            let info = catalog.region(&region.parse().unwrap()).unwrap();
            assert_eq!((info.place(), info.place_in("zh")), (place, zh));
        }
        for tag in ["en", "zh"] {
            let places: std::collections::BTreeSet<&str> =
                catalog.iter().map(|info| info.place_in(tag)).collect();
            assert_eq!(places.len(), catalog.iter().count());
        }
    }
}
