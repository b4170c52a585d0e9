//! The documented limits, as data with source and date in `assets/limits.toml`.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::model::RuleSet;

/// One figure, with the page that says so.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Figure {
    /// The limit itself, in the limit's unit.
    pub value: u32,
    /// The vendor's page, product/213/N.
    pub page: u32,
    /// When the page said so, `YYYY-MM-DD`.
    pub date: String,
}

/// One documented limit under both rule sets.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limit {
    /// `share_accounts`, `images_per_region`, `name_length` or `description_length`.
    pub name: String,
    /// What is counted, as a phrase.
    pub unit: String,
    /// What the FAQ says.
    pub faq: Figure,
    /// What the newer pages say.
    pub current: Figure,
}

impl Limit {
    /// The figure of a rule set.
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

/// The figures that hold for one profile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Accounts that one image can be shared with.
    pub share_accounts: u32,
    /// Whether that is the profile's own figure, which no page of the vendor's changes.
    pub share_accounts_set: bool,
    /// Own images a region, where the server has not told its own figure.
    pub images_per_region: u32,
    /// Characters of an image's name.
    pub name_length: u32,
    /// Characters of an image's description.
    pub description_length: u32,
}

impl Limits {
    /// The documented figures of a rule set. A figure that the table lacked would limit nothing here and leave the
    /// word to the server; a test holds the table complete.
    pub fn of(rules: RuleSet) -> Self {
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

    /// The same figures with the profile's own `share_limit`, where it sets one.
    #[must_use]
    pub fn with_share_limit(mut self, own: Option<u32>) -> Self {
        if let Some(own) = own {
            (self.share_accounts, self.share_accounts_set) = (own, true);
        }
        self
    }

    /// Every documented limit with its sources, in the table's order.
    pub fn table() -> &'static [Limit] {
        &TABLE
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_reads_and_holds_every_figure() {
        let faq = Limits {
            share_accounts: 50,
            share_accounts_set: false,
            images_per_region: 10,
            name_length: 60,
            description_length: 256,
        };
        assert_eq!(Limits::of(RuleSet::Faq), faq);
        let current = Limits { share_accounts: 500, images_per_region: 500, ..faq.clone() };
        assert_eq!(Limits::of(RuleSet::Current), current);
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
    fn a_profile_sets_its_own_share_limit() {
        let faq = Limits::of(RuleSet::Faq);
        assert_eq!(faq.clone().with_share_limit(None), faq);
        assert_eq!(
            faq.clone().with_share_limit(Some(7)),
            Limits { share_accounts: 7, share_accounts_set: true, ..faq }
        );
    }
}
