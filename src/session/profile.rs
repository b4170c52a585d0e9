//! A profile with everything decided.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::{
    messages::{Text, text},
    model::{Catalog, InvalidId, Receivers, Region, RuleSet, Site, Source, Trust, Uin},
    rules::{Limits, Standing},
};

/// The colour of a profile's label: the terminal's own, by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum Color {
    Red,
    Green,
    Yellow,
    Blue,
    Magenta,
    Cyan,
    White,
    Gray,
}

impl Color {
    /// As the file spells it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Red => "red",
            Self::Green => "green",
            Self::Yellow => "yellow",
            Self::Blue => "blue",
            Self::Magenta => "magenta",
            Self::Cyan => "cyan",
            Self::White => "white",
            Self::Gray => "gray",
        }
    }
}

/// The regions in view.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Regions {
    /// Every region that the cloud has.
    All,
    /// These; the first is where an image is looked for when nothing else is said. Never empty.
    List(Vec<Region>),
}

impl Regions {
    /// Reads `all`, or codes separated by commas.
    ///
    /// # Errors
    /// Names the part that is not a region.
    pub fn parse(text: &str) -> Result<Self, Text> {
        if text.trim() == "all" {
            return Ok(Self::All);
        }
        let mut list: Vec<Region> = Vec::new();
        for part in text.split(',').map(str::trim).filter(|p| !p.is_empty()) {
            let region = part.parse().map_err(|e: InvalidId| e.text())?;
            if !list.contains(&region) {
                list.push(region);
            }
        }
        if list.is_empty() { Err(text!(flag_regions)) } else { Ok(Self::List(list)) }
    }

    /// Every one of them, as far as the catalogue knows; the cloud may know more.
    pub fn known(&self) -> Vec<Region> {
        match self {
            Self::All => Catalog::get().iter().filter(|r| r.open).map(|r| r.region.clone()).collect(),
            Self::List(list) => list.clone(),
        }
    }
}

/// One account as the person works with it. No secrets in here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Profile {
    /// Its name in the file and after `--profile`.
    pub name: String,
    /// What people call it; its name where nothing is said.
    pub label: String,
    /// Of the label.
    pub color: Option<Color>,
    /// Nothing can be changed with it.
    pub read_only: bool,
    /// Where its keys are.
    pub credentials: Source,
    /// Whose hosts.
    pub site: Site,
    /// In view.
    pub regions: Regions,
    /// Which of the vendor's pages its verdicts follow.
    pub rules: RuleSet,
    /// Accounts that one image may be shared with, where it is not the rule set's figure.
    pub share_limit: Option<u32>,
    /// Accounts whose images may be used.
    pub trusted: BTreeSet<Uin>,
    /// What happens with the others'.
    pub trust: Trust,
    /// With whom images may be shared.
    pub receivers: Receivers,
}

impl Profile {
    /// A profile of that name with nothing said about it.
    pub fn named(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            label: name.to_owned(),
            color: None,
            read_only: false,
            credentials: Source::Auto,
            site: Site::Intl,
            regions: Regions::All,
            rules: RuleSet::Faq,
            share_limit: None,
            trusted: BTreeSet::new(),
            trust: Trust::Audit,
            receivers: Receivers::Any,
        }
    }

    /// The figures that hold for it.
    pub fn limits(&self) -> Limits {
        Limits::documented(self.rules).with_share_limit(self.share_limit)
    }

    /// What the rules need to know of it before the cloud was asked.
    pub fn standing(&self) -> Standing {
        Standing {
            read_only: self.read_only,
            rules: self.rules,
            limits: self.limits(),
            trusted: self.trusted.clone(),
            trust: self.trust,
            receivers: self.receivers,
            ..Standing::default()
        }
    }

    /// Whether it belongs to the built-in cloud.
    pub fn is_demo(&self) -> bool {
        matches!(self.credentials, Source::Demo(_))
    }

    /// The profiles of the built-in cloud's scene `tour`: you, a customer, a stranger.
    pub fn demo() -> Vec<Self> {
        [
            ("acme", "100000000001", "Acme Platform"),
            ("borealis", "100000000002", "Borealis Games"),
            ("quay", "100000000003", "Quay Labs"),
        ]
        .into_iter()
        .filter_map(|(name, uin, label)| {
            Some(Self {
                label: label.to_owned(),
                credentials: Source::Demo(uin.parse().ok()?),
                ..Self::named(name)
            })
        })
        .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_are_three_demo_profiles() {
        let got: Vec<String> =
            Profile::demo().iter().map(|p| format!("{} {} {}", p.name, p.credentials, p.label)).collect();
        assert_eq!(
            got,
            [
                "acme demo:100000000001 Acme Platform",
                "borealis demo:100000000002 Borealis Games",
                "quay demo:100000000003 Quay Labs"
            ]
        );
    }

    #[test]
    fn regions_are_all_or_a_list_without_doubles() {
        assert_eq!(Regions::parse(" all "), Ok(Regions::All));
        let two = Regions::parse("ap-tokyo, ap-seoul,ap-tokyo,").unwrap();
        assert_eq!(two.known().iter().map(Region::as_str).collect::<Vec<_>>(), ["ap-tokyo", "ap-seoul"]);
        for bad in ["", ",", "tokyo", "ap-tokyo ap-seoul"] {
            assert!(Regions::parse(bad).is_err(), "{bad:?}");
        }
        assert_eq!(Regions::All.known().len(), 20);
    }
}
