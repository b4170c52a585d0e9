//! Settings of a profile that the rules use.

use serde::{Deserialize, Serialize};

/// The set of vendor pages whose limits apply.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RuleSet {
    /// The FAQ on shared images, product/213/17348: 50 accounts per image, 10 images per region.
    #[default]
    Faq,
    /// The newer API pages: 500 accounts per image, 500 images per region.
    Current,
}

impl RuleSet {
    /// Returns the name in configuration files and flags.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Faq => "faq",
            Self::Current => "current",
        }
    }
}

/// What to do with an image of an account that the profile does not trust (FAQ question F8).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Trust {
    /// Ask the person to accept the risk.
    #[default]
    Audit,
    /// Block until the account is trusted.
    Enforce,
}

/// The accounts that images may be shared with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Receivers {
    /// All accounts.
    #[default]
    Any,
    /// Only accounts in the address book.
    Known,
}

/// Whether the profile has working credentials.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Session {
    /// No credentials were found.
    #[default]
    None,
    /// The credentials have expired.
    Expired,
    /// The credentials are valid.
    Valid,
}
