//! The role of the machine that this runs on, from the vendor's metadata service.
//!
//! Plain http by its nature, to an address that only the vendor's machines can reach; nothing of ours is sent to it.

use std::time::Duration;

use jiff::Timestamp;
use reqwest::StatusCode;
use secrecy::zeroize::Zeroizing;
use serde::Deserialize;

use super::{Credentials, NoCredentials, credentials::unusable, http};
use crate::{boundary::secret::Secret, messages::text};

/// Both questions together. On a machine of the vendor's they take milliseconds; anywhere else nobody answers.
const LIMIT: Duration = Duration::from_secs(1);
/// Its answers are some hundred bytes.
const LARGEST: usize = 64 << 10;
const PATH: &str = "/latest/meta-data/cam/security-credentials/";
/// For people, in errors.
const PLACE: &str = "the metadata service of this machine";

#[derive(Deserialize)]
struct Answer {
    #[serde(rename = "Code", default)]
    code: String,
    #[serde(rename = "TmpSecretId", default)]
    secret_id: Secret,
    #[serde(rename = "TmpSecretKey", default)]
    secret_key: Secret,
    #[serde(rename = "Token", default)]
    token: Secret,
    #[serde(rename = "ExpiredTime", default)]
    expired_time: i64,
}

/// The keys of this machine's role; nothing where it has none or is not the vendor's.
///
/// # Errors
/// [`NoCredentials::Unusable`] where it has a role and its keys cannot be used.
pub async fn machine_role(address: &str) -> Result<Option<Credentials>, NoCredentials> {
    match tokio::time::timeout(LIMIT, ask(address)).await {
        Ok(answer) => answer,
        Err(_) => Ok(None),
    }
}

async fn ask(address: &str) -> Result<Option<Credentials>, NoCredentials> {
    let Ok(http) = http::bare(LIMIT) else { return Ok(None) };
    let url = format!("{}{PATH}", address.trim_end_matches('/'));
    let Some(name) = get(&http, &url).await else { return Ok(None) };
    let name = name.trim();
    // Whoever answers with a page is not the metadata service.
    let is_name = |c: char| c.is_ascii_alphanumeric() || "_+=,.@-".contains(c);
    if name.is_empty() || name.len() > 128 || !name.chars().all(is_name) {
        return Ok(None);
    }
    let text = get(&http, &format!("{url}{name}"))
        .await
        .ok_or_else(|| unusable(PLACE, text!(credentials_role_without_keys, name)))?;
    let text = Zeroizing::new(text);
    // What serde says would quote them.
    let answer: Answer =
        serde_json::from_str(&text).map_err(|_| unusable(PLACE, text!(credentials_role_unreadable, name)))?;
    if answer.code != "Success" || answer.secret_id.is_empty() || answer.secret_key.is_empty() {
        return Err(unusable(PLACE, text!(credentials_role_refused, name)));
    }
    let keys =
        Credentials::new(answer.secret_id, answer.secret_key, format!("the role {name} of this machine"));
    let end = (answer.expired_time > 0).then(|| Timestamp::from_second(answer.expired_time).ok()).flatten();
    Ok(Some(keys.with_token(answer.token, end)))
}

/// The text at an address; nothing where there is none.
async fn get(http: &reqwest::Client, url: &str) -> Option<String> {
    let mut response = http.get(url).send().await.ok()?;
    if response.status() != StatusCode::OK {
        return None;
    }
    let mut bytes = Vec::new();
    while let Some(chunk) = response.chunk().await.ok()? {
        bytes.extend_from_slice(&chunk);
        if bytes.len() > LARGEST {
            return None;
        }
    }
    String::from_utf8(bytes).ok()
}
