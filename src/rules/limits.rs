//! The documented limits. `assets/limits.toml` holds them with source and date.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::model::RuleSet;

/// A limit and the page that documents it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Figure {
    /// The limit, in the unit of its [`Limit`].
    pub value: u32,
    /// The number N of the vendor's page product/213/N.
    pub page: u32,
    /// The date on which the page was read, `YYYY-MM-DD`.
    pub date: String,
}

/// A documented limit under both rule sets.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limit {
    /// `share_accounts`, `images_per_region`, `name_length` or `description_length`.
    pub name: String,
    /// What is counted, as a phrase.
    pub unit: String,
    /// The figure of the FAQ.
    pub faq: Figure,
    /// The figure of the newer API pages.
    pub current: Figure,
}

impl Limit {
    /// Returns the figure of a rule set.
    pub fn figure(&self, rules: RuleSet) -> &Figure {
        match rules {
            RuleSet::Faq => &self.faq,
            RuleSet::Current => &self.current,
        }
    }
}

#[derive(Deserialize)]
struct File {
    limits: Vec<Limit>,
}

static TABLE: LazyLock<Vec<Limit>> = LazyLock::new(|| {
    toml::from_str::<File>(include_str!("../../assets/limits.toml")).map(|f| f.limits).unwrap_or_default()
});

/// The limits that apply to one profile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// The largest number of accounts that an image can be shared with.
    pub share_accounts: u32,
    /// Whether the profile sets `share_accounts` itself. The rule set then has no effect on it.
    pub share_accounts_set: bool,
    /// The largest number of own images in a region, unless the server reports another one.
    pub images_per_region: u32,
    /// The largest number of characters in an image name.
    pub name_length: u32,
    /// The largest number of characters in an image description.
    pub description_length: u32,
}

impl Limits {
    /// Returns the documented limits of a rule set. A limit that is missing from the table is unlimited, and
    /// the server decides; a test checks that the table is complete.
    pub fn documented(rules: RuleSet) -> Self {
        let value =
            |name: &str| TABLE.iter().find(|l| l.name == name).map_or(u32::MAX, |l| l.figure(rules).value);
        Self {
            share_accounts: value("share_accounts"),
            share_accounts_set: false,
            images_per_region: value("images_per_region"),
            name_length: value("name_length"),
            description_length: value("description_length"),
        }
    }

    /// Returns the limits with `share_accounts` replaced by the profile's `share_limit`, if it sets one.
    #[must_use]
    pub fn with_share_limit(mut self, own: Option<u32>) -> Self {
        if let Some(own) = own {
            (self.share_accounts, self.share_accounts_set) = (own, true);
        }
        self
    }

    /// Returns every documented limit with its sources, in the order of the table.
    pub fn table() -> &'static [Limit] {
        &TABLE
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_every_limit_of_the_table() {
        let faq = Limits {
            share_accounts: 50,
            share_accounts_set: false,
            images_per_region: 10,
            name_length: 60,
            description_length: 256,
        };
        assert_eq!(Limits::documented(RuleSet::Faq), faq);
        let current = Limits { share_accounts: 500, images_per_region: 500, ..faq.clone() };
        assert_eq!(Limits::documented(RuleSet::Current), current);
        assert_eq!(Limits::table().len(), 4);
        for limit in Limits::table() {
            for rules in [RuleSet::Faq, RuleSet::Current] {
                let date: jiff::civil::Date = limit.figure(rules).date.parse().unwrap();
                assert!(date.year() >= 2018, "{}", limit.name);
                assert!(limit.figure(rules).page > 0, "{}", limit.name);
            }
        }
    }

    #[test]
    fn uses_the_share_limit_of_the_profile() {
        let faq = Limits::documented(RuleSet::Faq);
        assert_eq!(faq.clone().with_share_limit(None), faq);
        assert_eq!(
            faq.clone().with_share_limit(Some(7)),
            Limits { share_accounts: 7, share_accounts_set: true, ..faq }
        );
    }
}
