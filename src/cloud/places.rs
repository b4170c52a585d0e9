//! The environment and the directories in which the official tools keep credentials.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use serde::Deserialize;

use super::{NoCredentials, Role, credentials::unusable};
use crate::{
    boundary::{file, secret::Secret},
    messages::text,
    model::Region,
};

/// Where the metadata service of the vendor's machines answers; only they can reach it.
const METADATA: &str = "http://metadata.tencentyun.com";

/// The variables that hold keys. The token's name differs from tool to tool.
const SECRETS: [&str; 5] = [
    "TENCENTCLOUD_SECRET_ID",
    "TENCENTCLOUD_SECRET_KEY",
    "TENCENTCLOUD_TOKEN",
    "TENCENTCLOUD_SECURITY_TOKEN",
    "TENCENTCLOUD_SESSION_TOKEN",
];
/// Those whose URL may hold a password.
const URLS: [&str; 7] =
    ["CVMSHARE_ENDPOINT", "HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"];

/// The environment and the directories that are looked at; a value of its own, so that it can be another one.
#[derive(Clone, Default)]
pub struct Places {
    /// The variables; empty ones count as not set. Those of the process hold no keys.
    pub env: BTreeMap<String, String>,
    /// The variables that hold keys, where they are those of the process.
    pub secrets: BTreeMap<String, Secret>,
    /// The home directory.
    pub home: PathBuf,
    /// The SDK's file for the whole machine.
    pub shared_ini: Option<PathBuf>,
    /// The address of the metadata service; it is not asked where there is none.
    pub metadata: Option<String>,
}

/// Variables may hold keys.
impl std::fmt::Debug for Places {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Places").field("home", &self.home).finish_non_exhaustive()
    }
}

/// Makes the password of a URL known as a secret, so that no message shows it.
pub(crate) fn know_password(url: &str) {
    if let Ok(url) = reqwest::Url::parse(url.trim())
        && let Some(password) = url.password()
    {
        // The registry keeps it.
        let _ = Secret::from(password);
    }
}

impl Places {
    /// Those of this process.
    pub fn of_process() -> Self {
        let (mut env, mut secrets) = (BTreeMap::new(), BTreeMap::new());
        for (name, value) in std::env::vars_os() {
            let (Ok(name), Ok(value)) = (name.into_string(), value.into_string()) else { continue };
            if SECRETS.contains(&name.as_str()) {
                secrets.insert(name, Secret::from(value).trimmed());
                continue;
            }
            if URLS.contains(&name.as_str()) {
                know_password(&value);
            }
            env.insert(name, value);
        }
        Self {
            env,
            secrets,
            home: std::env::home_dir().unwrap_or_default(),
            shared_ini: Some("/etc/tencentcloud/credentials".into()),
            metadata: Some(METADATA.to_owned()),
        }
    }

    /// A variable that is set and not empty.
    pub fn var(&self, name: &str) -> Option<&str> {
        self.env.get(name).map(|v| v.trim()).filter(|v| !v.is_empty())
    }

    /// A key that is set and not empty.
    pub(super) fn secret(&self, name: &str) -> Option<Secret> {
        let set = self.secrets.get(name).cloned().filter(|s| !s.is_empty());
        set.or_else(|| self.var(name).map(Secret::from))
    }

    /// The session token, under any of its names.
    pub(super) fn token(&self) -> Option<Secret> {
        SECRETS[2..].iter().find_map(|name| self.secret(name))
    }

    fn first_of(&self, names: &[&str]) -> Option<&str> {
        names.iter().find_map(|name| self.var(name))
    }

    /// The region that the environment or the official CLI's configuration names.
    ///
    /// # Errors
    /// Where it is named, and what stands there and is no region code.
    pub fn region(&self) -> Result<Option<Region>, (String, String)> {
        #[derive(Deserialize)]
        struct Configure {
            _sys_param: System,
        }
        #[derive(Deserialize)]
        struct System {
            region: String,
        }
        if let Some(region) = self.var("TENCENTCLOUD_REGION") {
            let wrong = |_| ("TENCENTCLOUD_REGION".to_owned(), region.to_owned());
            return region.parse().map(Some).map_err(wrong);
        }
        let file = self.home.join(".tccli").join(format!("{}.configure", self.tccli_profile()));
        // Without one that can be read there is no region; the official CLI itself leaves it empty.
        let read = file::read(&file, file::CREDENTIALS).ok();
        let configure = read.and_then(|text| serde_json::from_slice(&text).ok());
        let Some(Configure { _sys_param: System { region } }) = configure else { return Ok(None) };
        match region.trim() {
            "" => Ok(None),
            text => text.parse().map(Some).map_err(|_| (self.shown(&file), region)),
        }
    }

    /// The role that the environment asks for, as the official CLI spells it or as Terraform and Packer do.
    ///
    /// # Errors
    /// [`NoCredentials::Unusable`] for a duration that is none: another one would be a guess.
    pub(super) fn role(&self) -> Result<Option<Role>, NoCredentials> {
        let Some(arn) = self.first_of(&["TENCENTCLOUD_ROLE_ARN", "TENCENTCLOUD_ASSUME_ROLE_ARN"]) else {
            return Ok(None);
        };
        let session =
            self.first_of(&["TENCENTCLOUD_ROLE_SESSION_NAME", "TENCENTCLOUD_ASSUME_ROLE_SESSION_NAME"]);
        let duration = "TENCENTCLOUD_ASSUME_ROLE_SESSION_DURATION";
        let seconds = self.var(duration).map(str::parse).transpose();
        let seconds = seconds
            .map_err(|_| unusable("the environment", text!(credentials_bad_duration, name = duration)))?;
        Ok(Some(Role { seconds, ..Role::new(arn, session) }))
    }

    pub(super) fn tccli_profile(&self) -> &str {
        let named = self.first_of(&["TENCENTCLOUD_PROFILE", "TCCLI_PROFILE"]);
        named.filter(|n| !n.contains(['/', '\\'])).unwrap_or("default")
    }

    pub(super) fn shown(&self, path: &Path) -> String {
        match path.strip_prefix(&self.home) {
            Ok(rest) if !self.home.as_os_str().is_empty() => format!("~/{}", rest.display()),
            _ => path.display().to_string(),
        }
    }
}
