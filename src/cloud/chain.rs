//! Looks for credentials in the environment, the files of the official CLI and the file of the SDKs.

use std::path::Path;

use jiff::Timestamp;
use secrecy::zeroize::Zeroizing;
use serde::Deserialize;

use super::{Credentials, NoCredentials, Places, Role, credentials::unusable};
use crate::{
    boundary::{file, secret::Secret},
    messages::{Text, text},
    model::Source,
};

/// The credentials that were found.
#[derive(Debug, Clone)]
pub enum Found {
    /// Keys that sign requests.
    Keys(Credentials),
    /// Keys that may assume a role. STS returns the keys that sign requests.
    Role(Credentials, Role),
    /// The configuration requests the role of this virtual machine. The metadata service returns the keys.
    Machine,
}

/// Looks for credentials. Reads files; makes no requests.
///
/// # Errors
/// [`NoCredentials`]. Also for a demo account, whose keys the caller already has.
pub fn find(source: &Source, places: &Places) -> Result<Found, NoCredentials> {
    let mut looked: Vec<Text> = Vec::new();
    let wants = |one: &Source| source == one || *source == Source::Auto;
    // Do not ignore a role in the environment: without it, the keys would keep their own, larger rights.
    let role = if wants(&Source::Env) { places.role()? } else { None };
    let with_role = |found| match (role.clone(), found) {
        (Some(role), Found::Keys(keys) | Found::Role(keys, _)) => Found::Role(keys, role),
        (_, found) => found,
    };
    if wants(&Source::Env)
        && let Some(found) = from_env(places, &mut looked)?
    {
        return Ok(with_role(found));
    }
    let tccli = match source {
        Source::Tccli(name) => Some(name.as_str()),
        Source::Auto => Some(places.tccli_profile()),
        _ => None,
    };
    if let Some(name) = tccli
        && let Some(found) = from_tccli(name, places, &mut looked)?
    {
        return Ok(with_role(found));
    }
    if wants(&Source::Ini)
        && let Some(found) = from_ini(places, &mut looked)?
    {
        return Ok(with_role(found));
    }
    match source {
        Source::CvmRole => return Ok(Found::Machine),
        Source::Demo(uin) => looked.push(text!(credentials_not_among_demo, uin)),
        _ => {}
    }
    Err(NoCredentials::NotFound { looked })
}

fn from_env(places: &Places, looked: &mut Vec<Text>) -> Result<Option<Found>, NoCredentials> {
    let (id, key) = (places.secret("TENCENTCLOUD_SECRET_ID"), places.secret("TENCENTCLOUD_SECRET_KEY"));
    let missing = match (id, key) {
        (Some(id), Some(key)) => {
            let found = Credentials::new(id, key, text!(credentials_from_environment));
            return Ok(Some(Found::Keys(with_token(found, places.token(), None))));
        }
        (None, None) => {
            looked.push(text!(credentials_not_in_environment));
            return Ok(None);
        }
        (Some(_), None) => "TENCENTCLOUD_SECRET_KEY",
        (None, Some(_)) => "TENCENTCLOUD_SECRET_ID",
    };
    Err(unusable(text!(credentials_from_environment), text!(credentials_half, missing)))
}

/// The contents of `~/.tccli/NAME.credential`.
#[derive(Deserialize)]
struct Tccli {
    #[serde(rename = "secretId", default)]
    secret_id: Secret,
    #[serde(rename = "secretKey", default)]
    secret_key: Secret,
    #[serde(default)]
    token: Option<Secret>,
    #[serde(rename = "role-arn", default)]
    role_arn: Option<String>,
    #[serde(rename = "role-session-name", default)]
    role_session_name: Option<String>,
    #[serde(rename = "type", default)]
    kind: Option<String>,
    #[serde(rename = "expiresAt", default)]
    expires_at: Option<i64>,
}

fn from_tccli(name: &str, places: &Places, looked: &mut Vec<Text>) -> Result<Option<Found>, NoCredentials> {
    let path = places.home.join(".tccli").join(format!("{name}.credential"));
    let place = places.shown(&path);
    let Some(text) = read(&path, &place)? else {
        looked.push(place.into());
        return Ok(None);
    };
    // What serde says of a broken file would quote it.
    let file: Tccli = serde_json::from_str(&text)
        .map_err(|e| unusable(place.as_str(), text!(credentials_bad_line, line = e.line())))?;
    if file.kind.as_deref() == Some("cvm-role") {
        return Ok(Some(Found::Machine));
    }
    let (id, key) = (file.secret_id.trimmed(), file.secret_key.trimmed());
    if id.is_empty() || key.is_empty() {
        return Err(unusable(place.as_str(), text!(credentials_incomplete)));
    }
    let expires_at = file.expires_at.and_then(|s| Timestamp::from_second(s).ok());
    let signed_in = matches!(file.kind.as_deref(), Some("oauth" | "sso"));
    if signed_in && expires_at.is_some_and(|end| end <= Timestamp::now()) {
        return Err(unusable(place.as_str(), text!(credentials_sign_in_expired)));
    }
    let found = with_token(Credentials::new(id, key, place), file.token, expires_at);
    Ok(Some(match file.role_arn.as_deref().map(str::trim).filter(|arn| !arn.is_empty()) {
        Some(arn) => Found::Role(found, Role::new(arn, file.role_session_name.as_deref())),
        None => Found::Keys(found),
    }))
}

fn from_ini(places: &Places, looked: &mut Vec<Text>) -> Result<Option<Found>, NoCredentials> {
    let own = match places.var("TENCENTCLOUD_CREDENTIALS_FILE") {
        Some(file) => file.into(),
        None => places.home.join(".tencentcloud").join("credentials"),
    };
    for path in [Some(own), places.shared_ini.clone()].into_iter().flatten() {
        let place = places.shown(&path);
        let Some(text) = read(&path, &place)? else {
            looked.push(place.into());
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
            return Err(unusable(place.as_str(), text!(credentials_ini_incomplete)));
        }
        return Ok(Some(Found::Keys(Credentials::new(id, key.into(), place))));
    }
    Ok(None)
}

fn with_token(found: Credentials, token: Option<Secret>, expires_at: Option<Timestamp>) -> Credentials {
    match token.map(Secret::trimmed).filter(|t| !t.is_empty()) {
        Some(token) => found.with_token(token, expires_at),
        None => found,
    }
}

/// Reads a credential file into a buffer that is overwritten when dropped.
fn read(path: &Path, place: &str) -> Result<Option<Zeroizing<String>>, NoCredentials> {
    match file::read_text(path, file::CREDENTIALS) {
        Ok(text) => Ok(Some(Zeroizing::new(text))),
        Err(e) if e.is_not_found() => Ok(None),
        Err(e) => Err(unusable(place, e.text())),
    }
}

#[cfg(test)]
#[path = "chain_tests.rs"]
mod tests;
