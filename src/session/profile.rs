//! A profile with all its settings.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::{
    messages::{Text, text},
    model::{Catalog, InvalidId, Receivers, Region, RuleSet, Site, Source, Trust, Uin},
    rules::{Limits, Standing},
};

/// The colour of a profile's label, one of the terminal's named colours.
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
    /// Returns the name in the config file.
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
    /// Every region of the cloud.
    All,
    /// These regions, never empty. The first is searched first for an image if no region is given.
    List(Vec<Region>),
}

impl Regions {
    /// Parses `all`, or codes separated by commas.
    ///
    /// # Errors
    ///
    /// A sentence that quotes the invalid code.
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

    /// Returns the regions in view, without a call. For `All` these are the catalogue's regions; the cloud may have
    /// more.
    pub fn known(&self) -> Vec<Region> {
        match self {
            Self::All => Catalog::get().iter().filter(|r| r.open).map(|r| r.region.clone()).collect(),
            Self::List(list) => list.clone(),
        }
    }
}

/// The settings for one account. Contains no secrets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Profile {
    /// The name in the config file and for `--profile`.
    pub name: String,
    /// The name to display. The default is `name`.
    pub label: String,
    /// The colour of the label.
    pub color: Option<Color>,
    /// Whether changes are refused.
    pub read_only: bool,
    /// The source of its credentials.
    pub credentials: Source,
    /// The site of the vendor (China or international) whose hosts are used.
    pub site: Site,
    /// The regions in view.
    pub regions: Regions,
    /// The rule set that its verdicts follow.
    pub rules: RuleSet,
    /// The number of accounts that one image may be shared with, if it differs from the rule set's.
    pub share_limit: Option<u32>,
    /// The accounts whose images may be used.
    pub trusted: BTreeSet<Uin>,
    /// What to do with images of other accounts.
    pub trust: Trust,
    /// The accounts with which images may be shared.
    pub receivers: Receivers,
}

impl Profile {
    /// Returns a profile with a name and default settings.
    pub fn new(name: &str) -> Self {
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

    /// Returns the limits in effect.
    pub fn limits(&self) -> Limits {
        Limits::documented(self.rules).with_share_limit(self.share_limit)
    }

    /// Returns the facts about the profile that the rules need and that need no call.
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

    /// Returns whether the profile belongs to the built-in cloud.
    pub fn is_demo(&self) -> bool {
        matches!(self.credentials, Source::Demo(_))
    }

    /// Returns the profiles of the built-in cloud's scene `tour`: your account, a customer, a stranger.
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
                ..Self::new(name)
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
