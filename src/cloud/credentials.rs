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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_tells_where_and_never_what() {
        let c = Credentials::new("AKIDexample", "hush".into(), "a test").with_token("quiet".into(), None);
        assert_eq!(format!("{c:?}"), r#"Credentials { origin: "a test", expires_at: None, .. }"#);
    }
}
