//! The accounts that have keys for the built-in cloud. They are fixed, so that a profile can name one without asking a
//! running server. The keys are public: they are valid only for a built-in cloud.

use std::fmt;

use serde::Serialize;

use crate::model::Uin;

/// The kind of an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum AccountKind {
    /// A main account. It owns resources, and images can be shared with it.
    Main,
    /// A sub-account. It acts for its main account; images cannot be shared with it.
    Sub,
}

/// An account with its demo key, as `--ready-json` prints it.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct Account {
    /// The account ID.
    pub uin: Uin,
    /// The display name, such as `Acme Platform`.
    pub name: String,
    /// Whether it is a main account or a sub-account.
    pub kind: AccountKind,
    /// The SecretId.
    pub secret_id: String,
    /// The SecretKey. `Debug` leaves it out, as it does for real keys.
    pub secret_key: String,
}

impl fmt::Debug for Account {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Account")
            .field("uin", &self.uin)
            .field("name", &self.name)
            .field("kind", &self.kind)
            .field("secret_id", &self.secret_id)
            .finish_non_exhaustive()
    }
}

/// Returns the accounts that can sign calls: the user's own account, a customer, an unrelated account, and a
/// sub-account of the customer.
pub fn demo_accounts() -> Vec<Account> {
    [
        ("100000000001", "Acme Platform", AccountKind::Main),
        ("100000000002", "Borealis Games", AccountKind::Main),
        ("100000000003", "Quay Labs", AccountKind::Main),
        ("200000000021", "Borealis Games, build robot", AccountKind::Sub),
    ]
    .into_iter()
    .filter_map(|(uin, name, kind)| {
        Some(Account {
            uin: uin.parse().ok()?,
            name: name.to_owned(),
            kind,
            secret_id: format!("demo-id-{uin}"),
            secret_key: format!("demo-key-{uin}"),
        })
    })
    .collect()
}
