//! A client's keys while it lives: found when first needed, and again when they end.

use std::{sync::Arc, time::Duration};

use jiff::{SignedDuration, Timestamp};
use tokio::time::Instant;

use crate::{
    cloud::{
        Client, Credentials, Error, Found, Kind, NoCredentials, Places, Role, Sent, answer::incomplete, api,
        find, machine_role, wire,
    },
    model::{Source, Uin},
};

/// New keys are looked for so long before the old ones end, as the official SDKs do.
const MARGIN: SignedDuration = SignedDuration::from_mins(5);
/// Keys that still work are not looked for again sooner than this.
const PAUSE: Duration = Duration::from_secs(10);

/// Where a client's keys come from.
#[derive(Debug)]
pub(in crate::cloud) struct Keyring {
    source: Source,
    places: Places,
    /// Held while they are looked for, so that many calls look once; when that was last.
    looking: tokio::sync::Mutex<Option<Instant>>,
}

impl Keyring {
    pub(in crate::cloud) fn new(source: Source, places: Places) -> Self {
        Self { source, places, looking: tokio::sync::Mutex::default() }
    }
}

impl Client {
    /// The credentials in use: where they were found and how long they live. Nothing before the first call of a client
    /// that has to ask for them.
    pub fn credentials(&self) -> Option<Arc<Credentials>> {
        self.0.credentials.lock().clone()
    }

    fn set_credentials(&self, new: Credentials) -> Arc<Credentials> {
        let new = Arc::new(new);
        *self.0.credentials.lock() = Some(new.clone());
        new
    }

    /// The keys to sign the next call with.
    pub(in crate::cloud) async fn keys(&self) -> Result<Arc<Credentials>, Error> {
        let now = self.credentials();
        if let Some(now) = now.clone().filter(|c| !c.ends_by(Timestamp::now() + MARGIN)) {
            return Ok(now);
        }
        let Some(keyring) = &self.0.keyring else {
            return now.ok_or_else(|| none("there are no credentials"));
        };
        let mut looked = keyring.looking.lock().await;
        let now = self.credentials();
        let works = now.clone().filter(|c| !c.ends_by(Timestamp::now()));
        let fresh = works.clone().filter(|c| !c.ends_by(Timestamp::now() + MARGIN));
        let soon = looked.is_some_and(|at| at.elapsed() < PAUSE);
        if let Some(works) = fresh.or_else(|| works.clone().filter(|_| soon)) {
            return Ok(works);
        }
        *looked = Some(Instant::now());
        let found = match self.obtain(keyring).await {
            Ok(found) => self.take(now.as_deref(), found).await,
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

    /// Other keys than those that the service has just refused, where there are any by now.
    pub(in crate::cloud) async fn other_keys(
        &self,
        refused: &Credentials,
    ) -> Result<Option<Arc<Credentials>>, Error> {
        let Some(keyring) = &self.0.keyring else { return Ok(None) };
        let mut looked = keyring.looking.lock().await;
        if let Some(now) = self.credentials().filter(|c| !c.same_keys(refused)) {
            // Another call was refused too, and has found them.
            return Ok(Some(now));
        }
        *looked = Some(Instant::now());
        match self.obtain(keyring).await {
            Ok(found) if found.same_keys(refused) => Ok(None),
            Ok(found) => self.take(Some(refused), found).await.map(Some),
            Err(error) => {
                tracing::warn!(%error, "no other credentials were found");
                Ok(None)
            }
        }
    }

    /// Takes keys into use. Where it is known whose the old ones were, the new ones have to be of the same account:
    /// nobody works with another one than they think.
    async fn take(&self, old: Option<&Credentials>, new: Credentials) -> Result<Arc<Credentials>, Error> {
        let ours = self.0.account.lock().clone();
        if let (Some(ours), Some(_)) = (ours, old.filter(|old| !old.same_keys(&new))) {
            let theirs = self.account_of(&new).await?;
            if theirs != ours {
                let message = format!(
                    "the credentials in {} belong to account {theirs} now, not to {ours}; start again to work with it",
                    new.origin
                );
                return Err(Error::ours(Kind::Credentials, OTHER_ACCOUNT, message, Sent::Never));
            }
        }
        Ok(self.set_credentials(new))
    }

    async fn account_of(&self, keys: &Credentials) -> Result<Uin, Error> {
        let region = "ap-guangzhou".parse().ok();
        let answer = self.tries(&api::GET_CALLER, region.as_ref(), b"{}", true, keys).await?;
        let lost = incomplete(&answer);
        let who: wire::GetCallerIdentityAnswer = answer.response.row();
        who.AccountId.parse().map_err(|_| lost)
    }

    async fn obtain(&self, keyring: &Keyring) -> Result<Credentials, Error> {
        let expired = self.credentials().is_some();
        let failed = |why: NoCredentials| {
            let kind = if expired { Kind::Expired } else { Kind::Credentials };
            Error::ours(kind, "credentials.none", why.to_string(), Sent::Never)
        };
        match find(&keyring.source, &keyring.places) {
            Ok(Found::Keys(keys)) => Ok(keys),
            Ok(Found::Role(keys, role)) => self.assume(&keys, &role).await,
            Ok(Found::Machine) => role_of_machine(&keyring.places, Vec::new()).await.map_err(failed),
            Err(NoCredentials::NotFound { looked }) if keyring.source == Source::Auto => {
                role_of_machine(&keyring.places, looked).await.map_err(failed)
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
        let body = serde_json::to_vec(&request).map_err(|e| none(&e.to_string()))?;
        // The official CLI sends this region.
        let region = "ap-guangzhou".parse().ok();
        // Assuming a role twice does no harm: it only makes more keys.
        let answer = self.tries(&api::ASSUME_ROLE, region.as_ref(), &body, true, keys).await?;
        let lost = incomplete(&answer);
        let made: wire::AssumeRoleAnswer = answer.response.row();
        let wire::TemporaryKeys { TmpSecretId, TmpSecretKey, Token } = made.Credentials;
        if TmpSecretId.is_empty() || TmpSecretKey.is_empty() || Token.is_empty() {
            return Err(lost);
        }
        let name = role.arn.rsplit('/').next().unwrap_or_default();
        let origin = format!("{}, as {name}", keys.origin);
        let end = (made.ExpiredTime > 0).then(|| Timestamp::from_second(made.ExpiredTime).ok()).flatten();
        let new = Credentials::new(TmpSecretId, TmpSecretKey.into(), origin);
        Ok(new.with_token(Token.into(), end))
    }
}

/// The code of keys that changed hands.
const OTHER_ACCOUNT: &str = "credentials.other-account";

fn none(message: &str) -> Error {
    Error::ours(Kind::Credentials, "credentials.none", message, Sent::Never)
}

/// The keys of this machine's role, after so many places that hold none.
///
/// # Errors
/// [`NoCredentials`], with the metadata service among the places where it was asked.
pub async fn role_of_machine(places: &Places, mut looked: Vec<String>) -> Result<Credentials, NoCredentials> {
    if let Some(address) = &places.metadata {
        if let Some(keys) = machine_role(address).await? {
            return Ok(keys);
        }
        looked.push("the metadata service of this machine".to_owned());
    }
    Err(NoCredentials::NotFound { looked })
}
