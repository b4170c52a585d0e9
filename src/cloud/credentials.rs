//! A key pair, and where it was found. Its contents never reach a log, an error or `Debug`.

use std::fmt;

use jiff::Timestamp;

use crate::boundary::secret::Secret;

/// What signs a request. Clones share the keys.
#[derive(Clone)]
pub struct Credentials {
    secret_id: Secret,
    secret_key: Secret,
    token: Option<Secret>,
    /// When they stop working, where they say.
    pub expires_at: Option<Timestamp>,
    /// Where they were found, for people: `~/.tccli/default.credential`. Never what they hold.
    pub origin: String,
}

impl Credentials {
    /// A key pair that the caller has at hand, such as an account of the built-in cloud.
    pub fn new(secret_id: impl Into<Secret>, secret_key: Secret, origin: impl Into<String>) -> Self {
        Self { secret_id: secret_id.into(), secret_key, token: None, expires_at: None, origin: origin.into() }
    }

    /// The same with a session token, and the end of its life where it is known.
    #[must_use]
    pub fn with_token(mut self, token: Secret, expires_at: Option<Timestamp>) -> Self {
        self.token = Some(token);
        self.expires_at = expires_at;
        self
    }

    /// Whether they have ended by then.
    pub(super) fn ends_by(&self, then: Timestamp) -> bool {
        self.expires_at.is_some_and(|end| end <= then)
    }

    /// Whether they are the same, wherever each was found.
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
            .field("origin", &self.origin)
            .field("expires_at", &self.expires_at)
            .finish_non_exhaustive()
    }
}

/// Why there are no credentials.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoCredentials {
    /// They are in none of the places.
    #[error("no credentials were found; looked at {}", looked.join(", "))]
    NotFound {
        /// The places, for people.
        looked: Vec<String>,
    },
    /// They are there and cannot be used; nothing else is tried then, so that nobody works with another account than
    /// they think.
    #[error("the credentials in {place} cannot be used: {why}")]
    Unusable {
        /// The file or the variables.
        place: String,
        /// What is wrong and how to fix it; never what they hold.
        why: String,
    },
}

/// A role to assume.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Role {
    /// `qcs::cam::uin/100000000001:roleName/NAME`
    pub arn: String,
    /// What the session is called in the vendor's audit log.
    pub session: String,
    /// How long it lasts; the vendor's own figure, 7200, where nothing is said.
    pub seconds: Option<u32>,
}

impl Role {
    pub(super) fn new(arn: &str, session: Option<&str>) -> Self {
        let session = session.map(str::trim).filter(|s| !s.is_empty()).unwrap_or("cvmshare");
        Self { arn: arn.to_owned(), session: session.to_owned(), seconds: None }
    }
}

pub(super) fn unusable(place: &str, why: impl Into<String>) -> NoCredentials {
    NoCredentials::Unusable { place: place.to_owned(), why: why.into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_tells_where_and_never_what() {
        let c = Credentials::new("AKIDexample", "hush".into(), "a test").with_token("quiet".into(), None);
        assert_eq!(format!("{c:?}"), r#"Credentials { origin: "a test", expires_at: None, .. }"#);
    }
}
