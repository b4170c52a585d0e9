//! Where credentials are looked for: the environment, the official CLI's files, the SDK's file (api-3.0.md, section 12).

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use jiff::Timestamp;
use secrecy::SecretString;
use serde::Deserialize;

use super::Credentials;
use crate::model::{Region, Source};

/// The token's name differs from tool to tool.
const TOKENS: [&str; 3] = ["TENCENTCLOUD_TOKEN", "TENCENTCLOUD_SECURITY_TOKEN", "TENCENTCLOUD_SESSION_TOKEN"];

/// The environment and the directories that are looked at; a value of its own, so that it can be another one.
#[derive(Clone, Default)]
pub struct Places {
    /// The variables; empty ones count as not set.
    pub env: BTreeMap<String, String>,
    /// The home directory.
    pub home: PathBuf,
    /// The SDK's file for the whole machine.
    pub shared_ini: Option<PathBuf>,
}

/// Variables may hold keys.
impl std::fmt::Debug for Places {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Places").field("home", &self.home).finish_non_exhaustive()
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
        /// What is wrong and how to mend it; never what they hold.
        why: String,
    },
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
        }
    }

    /// A variable that is set and not empty.
    pub fn var(&self, name: &str) -> Option<&str> {
        self.env.get(name).map(|v| v.trim()).filter(|v| !v.is_empty())
    }

    /// The region that the environment or the official CLI's configuration names.
    pub fn region(&self) -> Option<Region> {
        #[derive(Deserialize)]
        struct Configure {
            _sys_param: System,
        }
        #[derive(Deserialize)]
        struct System {
            region: String,
        }
        if let Some(region) = self.var("TENCENTCLOUD_REGION") {
            return region.parse().ok();
        }
        let file = self.home.join(".tccli").join(format!("{}.configure", self.tccli_profile()));
        let configure: Configure = serde_json::from_str(&std::fs::read_to_string(file).ok()?).ok()?;
        configure._sys_param.region.parse().ok()
    }

    fn tccli_profile(&self) -> &str {
        let named = self.var("TENCENTCLOUD_PROFILE").or_else(|| self.var("TCCLI_PROFILE"));
        named.filter(|n| !n.contains(['/', '\\'])).unwrap_or("default")
    }

    fn shown(&self, path: &Path) -> String {
        match path.strip_prefix(&self.home) {
            Ok(rest) if !self.home.as_os_str().is_empty() => format!("~/{}", rest.display()),
            _ => path.display().to_string(),
        }
    }
}

/// Looks for credentials. Reads files; asks no service.
///
/// # Errors
/// [`NoCredentials`]. A demo account is none of these places' business; its caller has the keys.
pub fn find(source: &Source, places: &Places) -> Result<Credentials, NoCredentials> {
    let mut looked = Vec::new();
    let wants = |one: &Source| source == one || *source == Source::Auto;
    if wants(&Source::Env)
        && let Some(found) = from_env(places, &mut looked)?
    {
        return Ok(found);
    }
    let tccli = match source {
        Source::Tccli(name) => Some(name.as_str()),
        Source::Auto => Some(places.tccli_profile()),
        _ => None,
    };
    if let Some(name) = tccli
        && let Some(found) = from_tccli(name, places, &mut looked)?
    {
        return Ok(found);
    }
    if wants(&Source::Ini)
        && let Some(found) = from_ini(places, &mut looked)?
    {
        return Ok(found);
    }
    if *source == Source::CvmRole {
        looked.push("the metadata service (not asked by this version)".to_owned());
    }
    if let Source::Demo(uin) = source {
        looked.push(format!("the demo accounts, among which {uin} is not"));
    }
    Err(NoCredentials::NotFound { looked })
}

fn from_env(places: &Places, looked: &mut Vec<String>) -> Result<Option<Credentials>, NoCredentials> {
    let (id, key) = (places.var("TENCENTCLOUD_SECRET_ID"), places.var("TENCENTCLOUD_SECRET_KEY"));
    let missing = match (id, key) {
        (Some(id), Some(key)) => {
            let found = Credentials::new(id, SecretString::from(key.to_owned()), "the environment");
            let token = TOKENS.iter().find_map(|t| places.var(t));
            return Ok(Some(with_token(found, token, None)));
        }
        (None, None) => {
            looked.push("TENCENTCLOUD_SECRET_ID and TENCENTCLOUD_SECRET_KEY".to_owned());
            return Ok(None);
        }
        (Some(_), None) => "TENCENTCLOUD_SECRET_KEY",
        (None, Some(_)) => "TENCENTCLOUD_SECRET_ID",
    };
    Err(unusable("the environment", format!("{missing} is not set; set both variables or neither")))
}

/// `~/.tccli/NAME.credential`
#[derive(Deserialize)]
struct Tccli {
    #[serde(rename = "secretId", default)]
    secret_id: String,
    #[serde(rename = "secretKey", default)]
    secret_key: String,
    #[serde(default)]
    token: Option<String>,
    #[serde(rename = "role-arn", default)]
    role_arn: Option<String>,
    #[serde(rename = "type", default)]
    kind: Option<String>,
    #[serde(rename = "expiresAt", default)]
    expires_at: Option<i64>,
}

fn from_tccli(
    name: &str,
    places: &Places,
    looked: &mut Vec<String>,
) -> Result<Option<Credentials>, NoCredentials> {
    let path = places.home.join(".tccli").join(format!("{name}.credential"));
    let place = places.shown(&path);
    let Some(text) = read(&path, &place)? else {
        looked.push(place);
        return Ok(None);
    };
    // What serde says of a broken file would quote it.
    let file: Tccli = serde_json::from_str(&text).map_err(|e| {
        unusable(
            &place,
            format!("line {} is not what the official CLI writes; run tccli configure", e.line()),
        )
    })?;
    if file.kind.as_deref() == Some("cvm-role") || file.role_arn.is_some_and(|r| !r.is_empty()) {
        let why = "it asks for a role, which this version cannot assume; use a profile with keys of its own";
        return Err(unusable(&place, why));
    }
    let (id, key) = (file.secret_id.trim(), file.secret_key.trim());
    if id.is_empty() || key.is_empty() {
        return Err(unusable(&place, "secretId or secretKey is missing; run tccli configure"));
    }
    let expires_at = file.expires_at.and_then(|s| Timestamp::from_second(s).ok());
    let signed_in = matches!(file.kind.as_deref(), Some("oauth" | "sso"));
    if signed_in && expires_at.is_some_and(|end| end <= Timestamp::now()) {
        return Err(unusable(&place, "its sign-in has expired; sign in again with the official CLI"));
    }
    let found = Credentials::new(id, SecretString::from(key.to_owned()), place);
    Ok(Some(with_token(found, file.token.as_deref(), expires_at)))
}

fn from_ini(places: &Places, looked: &mut Vec<String>) -> Result<Option<Credentials>, NoCredentials> {
    let own = match places.var("TENCENTCLOUD_CREDENTIALS_FILE") {
        Some(file) => file.into(),
        None => places.home.join(".tencentcloud").join("credentials"),
    };
    for path in [Some(own), places.shared_ini.clone()].into_iter().flatten() {
        let place = places.shown(&path);
        let Some(text) = read(&path, &place)? else {
            looked.push(place);
            continue;
        };
        let (mut section, mut id, mut key) = ("", "", "");
        for line in text.lines().map(str::trim) {
            if let Some(name) = line.strip_prefix('[').and_then(|l| l.strip_suffix(']')) {
                section = name.trim();
            } else if section == "default"
                && !line.starts_with(['#', ';'])
                && let Some((name, value)) = line.split_once('=')
            {
                match name.trim() {
                    "secret_id" => id = value.trim(),
                    "secret_key" => key = value.trim(),
                    _ => {}
                }
            }
        }
        if id.is_empty() || key.is_empty() {
            return Err(unusable(&place, "secret_id or secret_key is missing from its [default] section"));
        }
        return Ok(Some(Credentials::new(id, SecretString::from(key.to_owned()), place)));
    }
    Ok(None)
}

fn with_token(found: Credentials, token: Option<&str>, expires_at: Option<Timestamp>) -> Credentials {
    match token.map(str::trim).filter(|t| !t.is_empty()) {
        Some(token) => found.with_token(SecretString::from(token.to_owned()), expires_at),
        None => found,
    }
}

fn read(path: &Path, place: &str) -> Result<Option<String>, NoCredentials> {
    match std::fs::read_to_string(path) {
        Ok(text) => Ok(Some(text)),
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(e) => Err(unusable(place, e.to_string())),
    }
}

fn unusable(place: &str, why: impl Into<String>) -> NoCredentials {
    NoCredentials::Unusable { place: place.to_owned(), why: why.into() }
}

#[cfg(test)]
#[path = "chain_tests.rs"]
mod tests;
