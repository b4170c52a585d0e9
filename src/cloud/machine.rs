//! Reads the role of this virtual machine from the vendor's metadata service.
//!
//! The service uses plain http at an address that only the vendor's virtual machines can reach. This program
//! sends it no data.

use std::time::Duration;

use jiff::Timestamp;
use reqwest::StatusCode;
use secrecy::zeroize::Zeroizing;
use serde::Deserialize;

use super::{Credentials, NoCredentials, credentials::unusable, http};
use crate::{boundary::secret::Secret, messages::text};

/// Time-out of both requests together. They take milliseconds on the vendor's virtual machines; elsewhere
/// nobody answers.
const TIMEOUT: Duration = Duration::from_secs(1);
/// Maximum size of an answer in bytes. Real ones have a few hundred bytes.
const MAX_ANSWER_BYTES: usize = 64 << 10;
const PATH: &str = "/latest/meta-data/cam/security-credentials/";
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

/// Returns the keys of this virtual machine's role. Returns `None` if it has no role or is not one of the
/// vendor's.
///
/// # Errors
/// [`NoCredentials::Unusable`] if it has a role but the keys are unusable.
pub async fn machine_role(address: &str) -> Result<Option<Credentials>, NoCredentials> {
    match tokio::time::timeout(TIMEOUT, ask(address)).await {
        Ok(answer) => answer,
        Err(_) => Ok(None),
    }
}

async fn ask(address: &str) -> Result<Option<Credentials>, NoCredentials> {
    let Ok(http) = http::without_proxy(TIMEOUT) else { return Ok(None) };
    let url = format!("{}{PATH}", address.trim_end_matches('/'));
    let Some(name) = get(&http, &url).await else { return Ok(None) };
    let name = name.trim();
    // If the answer is a page, this is not the metadata service.
    let is_name = |c: char| c.is_ascii_alphanumeric() || "_+=,.@-".contains(c);
    if name.is_empty() || name.len() > 128 || !name.chars().all(is_name) {
        return Ok(None);
    }
    let text = get(&http, &format!("{url}{name}")).await.ok_or_else(|| {
        unusable(text!(credentials_metadata_service), text!(credentials_role_without_keys, name))
    })?;
    let text = Zeroizing::new(text);
    // What serde says would quote them.
    let answer: Answer = serde_json::from_str(&text).map_err(|_| {
        unusable(text!(credentials_metadata_service), text!(credentials_role_unreadable, name))
    })?;
    if answer.code != "Success" || answer.secret_id.is_empty() || answer.secret_key.is_empty() {
        return Err(unusable(text!(credentials_metadata_service), text!(credentials_role_refused, name)));
    }
    let keys =
        Credentials::new(answer.secret_id, answer.secret_key, text!(credentials_of_machine_role, name));
    let end = (answer.expired_time > 0).then(|| Timestamp::from_second(answer.expired_time).ok()).flatten();
    Ok(Some(keys.with_token(answer.token, end)))
}

/// Returns the text at an address, or `None` if there is none.
async fn get(http: &reqwest::Client, url: &str) -> Option<String> {
    let mut response = http.get(url).send().await.ok()?;
    if response.status() != StatusCode::OK {
        return None;
    }
    let mut bytes = Vec::new();
    while let Some(chunk) = response.chunk().await.ok()? {
        bytes.extend_from_slice(&chunk);
        if bytes.len() > MAX_ANSWER_BYTES {
            return None;
        }
    }
    String::from_utf8(bytes).ok()
}
