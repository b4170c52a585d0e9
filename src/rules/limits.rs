//! The documented limits, as data with source and date in `assets/limits.toml`.

use crate::model::RuleSet;

/// The figures that hold for one profile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Accounts that one image can be shared with.
    pub share_accounts: u32,
    /// Own images a region, where the server has not told its own figure.
    pub images_per_region: u32,
    /// Characters of an image's name.
    pub name_length: u32,
    /// Characters of an image's description.
    pub description_length: u32,
}

impl Limits {
    /// The documented figures of a rule set.
    pub fn of(rules: RuleSet) -> Self {
        let (share_accounts, images_per_region) = match rules {
            RuleSet::Faq => (50, 10),
            RuleSet::Current => (500, 500),
        };
        Self { share_accounts, images_per_region, name_length: 60, description_length: 256 }
    }
}
