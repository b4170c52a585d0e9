//! The accounts that have keys on the built-in cloud. They are fixed, so that a profile can name one without asking a
//! running server, and public by design: they are valid only for a built-in cloud.

use std::fmt;

use serde::Serialize;

use crate::model::Uin;

/// What sort of account it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum AccountKind {
    /// It owns resources, and images can be shared with it.
    Main,
    /// It acts for its main account; images cannot be shared with it.
    Sub,
}

/// An account with its demo key, as `--ready-json` prints it.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct Account {
    /// The account ID.
    pub uin: Uin,
    /// What people call it: `Acme Platform`.
    pub name: String,
    /// Main or sub-account.
    pub kind: AccountKind,
    /// The key's public half.
    pub secret_id: String,
    /// The key's secret half; kept out of `Debug`, since habits are what keep real ones out too.
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

/// The accounts that can sign calls: you, a customer, a stranger, and a sub-account of the customer.
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
