//! The credentials of a client: looked up on first use and again when they end.

use std::{sync::Arc, time::Duration};

use jiff::{SignedDuration, Timestamp};
use tokio::time::Instant;

use crate::{
    cloud::{
        Client, Credentials, Error, Found, Kind, NoCredentials, Places, Role, Sent, answer::incomplete, api,
        find, machine_role, wire,
    },
    messages::{Text, text},
    model::{Source, Uin},
};

/// How long before the end of the credentials new ones are looked up; the official SDKs use the same value.
const RENEW_BEFORE_EXPIRY: SignedDuration = SignedDuration::from_mins(5);
/// The minimum time between two lookups while the credentials still work.
const MIN_LOOKUP_INTERVAL: Duration = Duration::from_secs(10);

/// Where to look up the credentials of a client.
#[derive(Debug)]
pub(in crate::cloud) struct Keyring {
    source: Source,
    places: Places,
    /// The time of the last lookup. The lock is held during a lookup, so that concurrent calls make only one.
    last_lookup: tokio::sync::Mutex<Option<Instant>>,
}

impl Keyring {
    pub(in crate::cloud) fn new(source: Source, places: Places) -> Self {
        Self { source, places, last_lookup: tokio::sync::Mutex::default() }
    }
}

impl Client {
    /// Returns the current credentials. Returns `None` before the first call of a client that looks them up.
    pub fn credentials(&self) -> Option<Arc<Credentials>> {
        self.0.credentials.lock().clone()
    }

    fn set_credentials(&self, new: Credentials) -> Arc<Credentials> {
        let new = Arc::new(new);
        *self.0.credentials.lock() = Some(new.clone());
        new
    }

    /// Returns the keys for the next call.
    pub(in crate::cloud) async fn keys(&self) -> Result<Arc<Credentials>, Error> {
        let now = self.credentials();
        if let Some(now) = now.clone().filter(|c| !c.ends_by(Timestamp::now() + RENEW_BEFORE_EXPIRY)) {
            return Ok(now);
        }
        let Some(keyring) = &self.0.keyring else {
            return now.ok_or_else(|| no_credentials(text!(credentials_none)));
        };
        let mut looked = keyring.last_lookup.lock().await;
        let now = self.credentials();
        let works = now.clone().filter(|c| !c.ends_by(Timestamp::now()));
        let fresh = works.clone().filter(|c| !c.ends_by(Timestamp::now() + RENEW_BEFORE_EXPIRY));
        let soon = looked.is_some_and(|at| at.elapsed() < MIN_LOOKUP_INTERVAL);
        if let Some(works) = fresh.or_else(|| works.clone().filter(|_| soon)) {
            return Ok(works);
        }
        *looked = Some(Instant::now());
        let found = match self.look_up(keyring).await {
            Ok(found) => self.use_keys(now.as_deref(), found).await,
            Err(error) => Err(error),
        };
        match (found, works) {
            (Ok(found), _) => Ok(found),
            (Err(error), Some(works)) if error.code != OTHER_ACCOUNT => {
                tracing::warn!(%error, "the credentials end soon, and there are no new ones yet");
                Ok(works)
            }
            (Err(error), _) => Err(error),
        }
    }

    /// Returns keys that differ from those that the service has just refused, if there are any.
    pub(in crate::cloud) async fn other_keys(
        &self,
        refused: &Credentials,
    ) -> Result<Option<Arc<Credentials>>, Error> {
        let Some(keyring) = &self.0.keyring else { return Ok(None) };
        let mut looked = keyring.last_lookup.lock().await;
        if let Some(now) = self.credentials().filter(|c| !c.same_keys(refused)) {
            // Another call was refused as well and has already found new keys.
            return Ok(Some(now));
        }
        *looked = Some(Instant::now());
        match self.look_up(keyring).await {
            Ok(found) if found.same_keys(refused) => Ok(None),
            Ok(found) => self.use_keys(Some(refused), found).await.map(Some),
            Err(error) => {
                tracing::warn!(%error, "no other credentials were found");
                Ok(None)
            }
        }
    }

    /// Starts to use keys. If the account of the old keys is known, the new ones must belong to the same
    /// account, so that nobody changes the wrong account by mistake.
    async fn use_keys(&self, old: Option<&Credentials>, new: Credentials) -> Result<Arc<Credentials>, Error> {
        let ours = self.0.account.lock().clone();
        if let (Some(ours), Some(_)) = (ours, old.filter(|old| !old.same_keys(&new))) {
            let theirs = self.account_of(&new).await?;
            if theirs != ours {
                let message = text!(credentials_other_account, origin = new.origin, theirs, ours);
                return Err(Error::local(Kind::Credentials, OTHER_ACCOUNT, message, Sent::Never));
            }
        }
        Ok(self.set_credentials(new))
    }

    async fn account_of(&self, keys: &Credentials) -> Result<Uin, Error> {
        let region = "ap-guangzhou".parse().ok();
        let answer = self.call_with_keys(&api::GET_CALLER, region.as_ref(), b"{}", true, keys).await?;
        let lost = incomplete(&answer);
        let who: wire::GetCallerIdentityAnswer = answer.response.row();
        who.AccountId.parse().map_err(|_| lost)
    }

    async fn look_up(&self, keyring: &Keyring) -> Result<Credentials, Error> {
        let expired = self.credentials().is_some();
        let failed = |why: NoCredentials| {
            let kind = if expired { Kind::Expired } else { Kind::Credentials };
            Error::local(kind, "credentials.none", why.text(), Sent::Never)
        };
        match find(&keyring.source, &keyring.places) {
            Ok(Found::Keys(keys)) => Ok(keys),
            Ok(Found::Role(keys, role)) => self.assume(&keys, &role).await,
            Ok(Found::Machine) => find_machine_role(&keyring.places, Vec::new()).await.map_err(failed),
            Err(NoCredentials::NotFound { looked }) if keyring.source == Source::Auto => {
                find_machine_role(&keyring.places, looked).await.map_err(failed)
            }
            Err(why) => Err(failed(why)),
        }
    }

    async fn assume(&self, keys: &Credentials, role: &Role) -> Result<Credentials, Error> {
        let request = wire::AssumeRole {
            RoleArn: Some(role.arn.clone()),
            RoleSessionName: Some(role.session.clone()),
            DurationSeconds: role.seconds,
        };
        let body = serde_json::to_vec(&request).map_err(|e| no_credentials(e.to_string()))?;
        // The official CLI sends this region.
        let region = "ap-guangzhou".parse().ok();
        // A retry is safe: assuming the role again only creates more keys.
        let answer = self.call_with_keys(&api::ASSUME_ROLE, region.as_ref(), &body, true, keys).await?;
        let lost = incomplete(&answer);
        let made: wire::AssumeRoleAnswer = answer.response.row();
        let wire::TemporaryKeys { TmpSecretId, TmpSecretKey, Token } = made.Credentials;
        if TmpSecretId.is_empty() || TmpSecretKey.is_empty() || Token.is_empty() {
            return Err(lost);
        }
        let name = role.arn.rsplit('/').next().unwrap_or_default();
        let origin = text!(credentials_as_role, origin = keys.origin, role = name);
        let end = (made.ExpiredTime > 0).then(|| Timestamp::from_second(made.ExpiredTime).ok()).flatten();
        let new = Credentials::new(TmpSecretId, TmpSecretKey.into(), origin);
        Ok(new.with_token(Token.into(), end))
    }
}

/// The error code for new keys that belong to another account.
const OTHER_ACCOUNT: &str = "credentials.other-account";

fn no_credentials(message: impl Into<Text>) -> Error {
    Error::local(Kind::Credentials, "credentials.none", message, Sent::Never)
}

/// Returns the keys of this virtual machine's role. `looked` lists the places that had no credentials.
///
/// # Errors
/// [`NoCredentials`]. It lists the metadata service as well, if it was asked.
pub async fn find_machine_role(places: &Places, mut looked: Vec<Text>) -> Result<Credentials, NoCredentials> {
    if let Some(address) = &places.metadata {
        if let Some(keys) = machine_role(address).await? {
            return Ok(keys);
        }
        looked.push(text!(credentials_metadata_service));
    }
    Err(NoCredentials::NotFound { looked })
}
