//! A key pair, and where it was found. Its contents never reach a log, an error or `Debug`.

use std::fmt;

use jiff::Timestamp;
use secrecy::{ExposeSecret, SecretString};

/// What signs a request.
#[derive(Clone)]
pub struct Credentials {
    secret_id: SecretString,
    secret_key: SecretString,
    token: Option<SecretString>,
    /// When they stop working, where they say.
    pub expires_at: Option<Timestamp>,
    /// Where they were found, for people: `~/.tccli/default.credential`. Never what they hold.
    pub origin: String,
}

impl Credentials {
    /// A key pair that the caller has at hand, such as an account of the built-in cloud.
    pub fn new(secret_id: impl Into<String>, secret_key: SecretString, origin: impl Into<String>) -> Self {
        Self {
            secret_id: SecretString::from(secret_id.into()),
            secret_key,
            token: None,
            expires_at: None,
            origin: origin.into(),
        }
    }

    /// The same with a session token, and the end of its life where it is known.
    #[must_use]
    pub fn with_token(mut self, token: SecretString, expires_at: Option<Timestamp>) -> Self {
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
        let parts =
            |c: &Self| (c.secret_id().to_owned(), c.secret_key().to_owned(), c.token().map(str::to_owned));
        parts(self) == parts(other)
    }

    pub(super) fn secret_id(&self) -> &str {
        self.secret_id.expose_secret()
    }

    pub(super) fn secret_key(&self) -> &str {
        self.secret_key.expose_secret()
    }

    pub(super) fn token(&self) -> Option<&str> {
        self.token.as_ref().map(ExposeSecret::expose_secret)
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
        let c = Credentials::new("AKIDexample", "hush".to_owned().into(), "a test")
            .with_token("quiet".to_owned().into(), None);
        assert_eq!(format!("{c:?}"), r#"Credentials { origin: "a test", expires_at: None, .. }"#);
    }
}
