//! What a profile decides about the rules that hold for it.

use serde::{Deserialize, Serialize};

/// Which of the vendor's pages the verdicts follow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RuleSet {
    /// The FAQ on shared images, product/213/17348: 50 accounts an image, 10 images a region.
    #[default]
    Faq,
    /// The newer API pages: 500 accounts an image, 500 images a region.
    Current,
}

impl RuleSet {
    /// As configuration files and flags spell it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Faq => "faq",
            Self::Current => "current",
        }
    }
}

/// What happens with an image of an account that the profile does not trust (F8).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Trust {
    /// The person is asked to accept the risk.
    #[default]
    Audit,
    /// It is blocked until the account is trusted.
    Enforce,
}

/// With whom images may be shared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Receivers {
    /// With every account.
    #[default]
    Any,
    /// Only with accounts in the address book.
    Known,
}

/// Whether there are credentials that work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Session {
    /// None were found.
    #[default]
    None,
    /// They were good and are not any more.
    Expired,
    /// They are good.
    Valid,
}
