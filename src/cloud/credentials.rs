//! A key pair and its origin. Logs, errors and `Debug` never show the keys.

use std::fmt;

use jiff::Timestamp;

use crate::{
    boundary::secret::Secret,
    messages::{Lang, Text, english, text},
};

/// The keys that sign requests. Clones share them.
#[derive(Clone)]
pub struct Credentials {
    secret_id: Secret,
    secret_key: Secret,
    token: Option<Secret>,
    /// When the keys expire, if known.
    pub expires_at: Option<Timestamp>,
    /// Where the keys were found, for people: a file such as `~/.tccli/default.credential` is a literal. Never the keys
    /// themselves.
    pub origin: Text,
}

impl Credentials {
    /// Creates credentials from a key pair, such as that of a demo account.
    pub fn new(secret_id: impl Into<Secret>, secret_key: Secret, origin: impl Into<Text>) -> Self {
        Self { secret_id: secret_id.into(), secret_key, token: None, expires_at: None, origin: origin.into() }
    }

    /// Adds a session token and its expiry time, if known.
    #[must_use]
    pub fn with_token(mut self, token: Secret, expires_at: Option<Timestamp>) -> Self {
        self.token = Some(token);
        self.expires_at = expires_at;
        self
    }

    /// Returns whether the keys have expired at the given time.
    pub(super) fn ends_by(&self, then: Timestamp) -> bool {
        self.expires_at.is_some_and(|end| end <= then)
    }

    /// Returns whether the keys are equal, regardless of their origin.
    pub(super) fn same_keys(&self, other: &Self) -> bool {
        (&self.secret_id, &self.secret_key, &self.token)
            == (&other.secret_id, &other.secret_key, &other.token)
    }

    pub(super) fn secret_id(&self) -> &str {
        self.secret_id.expose()
    }

    pub(super) fn secret_key(&self) -> &str {
        self.secret_key.expose()
    }

    pub(super) fn token(&self) -> Option<&str> {
        self.token.as_ref().map(Secret::expose)
    }
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Credentials")
            .field("origin", &self.origin.render(Lang::EN))
            .field("expires_at", &self.expires_at)
            .finish_non_exhaustive()
    }
}

/// Why there are no credentials.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoCredentials {
    /// No place has credentials.
    NotFound {
        /// The places, for people.
        looked: Vec<Text>,
    },
    /// Credentials exist but are unusable. No other place is tried, so that nobody uses another account than expected.
    Unusable {
        /// The file or the variables.
        place: Text,
        /// What is wrong and how to fix it; never what they hold.
        why: Text,
    },
}

english!(NoCredentials);

impl NoCredentials {
    /// Why there are none, and what to do about it.
    pub fn text(&self) -> Text {
        match self {
            Self::NotFound { looked } => text!(credentials_not_found, looked = Text::list(looked)),
            Self::Unusable { place, why } => text!(credentials_unusable, place, why),
        }
    }
}

/// A role to assume.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Role {
    /// The ARN: `qcs::cam::uin/100000000001:roleName/NAME`.
    pub arn: String,
    /// The name of the session in the vendor's audit log.
    pub session: String,
    /// The duration of the session in seconds; the vendor's default is 7200.
    pub seconds: Option<u32>,
}

impl Role {
    pub(super) fn new(arn: &str, session: Option<&str>) -> Self {
        let session = session.map(str::trim).filter(|s| !s.is_empty()).unwrap_or("cvmshare");
        Self { arn: arn.to_owned(), session: session.to_owned(), seconds: None }
    }
}

pub(super) fn unusable(place: impl Into<Text>, why: impl Into<Text>) -> NoCredentials {
    NoCredentials::Unusable { place: place.into(), why: why.into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_shows_the_origin_but_no_keys() {
        let c = Credentials::new("AKIDexample", "hush".into(), "a test").with_token("quiet".into(), None);
        assert_eq!(format!("{c:?}"), r#"Credentials { origin: "a test", expires_at: None, .. }"#);
    }
}
