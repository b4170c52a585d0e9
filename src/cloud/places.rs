//! The environment and the directories in which the official tools keep credentials (api-3.0.md, section 12).

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use serde::Deserialize;

use super::{NoCredentials, Role, chain::unusable};
use crate::model::Region;

/// Where the metadata service of the vendor's machines answers; only they can reach it.
const METADATA: &str = "http://metadata.tencentyun.com";

/// The environment and the directories that are looked at; a value of its own, so that it can be another one.
#[derive(Clone, Default)]
pub struct Places {
    /// The variables; empty ones count as not set.
    pub env: BTreeMap<String, String>,
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

impl Places {
    /// Those of this process.
    pub fn of_process() -> Self {
        Self {
            env: std::env::vars_os()
                .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)))
                .collect(),
            home: std::env::home_dir().unwrap_or_default(),
            shared_ini: Some("/etc/tencentcloud/credentials".into()),
            metadata: Some(METADATA.to_owned()),
        }
    }

    /// A variable that is set and not empty.
    pub fn var(&self, name: &str) -> Option<&str> {
        self.env.get(name).map(|v| v.trim()).filter(|v| !v.is_empty())
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
        let text = std::fs::read_to_string(&file).unwrap_or_default();
        // Without one that can be read there is no region; the official CLI itself leaves it empty.
        let Ok(Configure { _sys_param: System { region } }) = serde_json::from_str(&text) else {
            return Ok(None);
        };
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
        let seconds = seconds.map_err(|_| {
            unusable("the environment", format!("{duration} is not a number of seconds such as 7200"))
        })?;
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
