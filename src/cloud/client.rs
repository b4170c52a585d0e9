//! Makes an API call: waits for the rate limit, signs, sends, parses, classifies errors, and retries if that
//! is safe.

use parking_lot::Mutex;
pub(super) mod keyring;

use std::{
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
    time::Duration,
};

use backon::Retryable;
use jiff::Timestamp;
use reqwest::header::{CONTENT_TYPE, DATE, HOST, HeaderMap, HeaderName, HeaderValue};
use serde::Serialize;
use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore, mpsc::UnboundedSender},
    time::Instant,
};

use super::{
    Credentials, Error, Kind, Places, Sent,
    answer::{Answer, Response},
    api::{self, Api},
    client::keyring::Keyring,
    error::kind_of,
    host::{Hosts, authority},
    http,
    rate::Rates,
    redact::{MAX_CODE_CHARS, MAX_MESSAGE_CHARS, Secrets, truncate},
    sign::{Signing, sign},
};
use crate::{
    messages::{Text, text},
    model::{Region, Site, Source, Uin},
};

/// Maximum size of an uncompressed answer in bytes. A page of 100 rows has about 100 KiB, and the instance
/// types of a region a few MiB.
const MAX_ANSWER_BYTES: usize = 8 << 20;
/// Answers larger than this are read one at a time, because all regions are read concurrently.
const LARGE_ANSWER_BYTES: usize = 512 << 10;
/// How long a call is retried while the service throttles it.
const THROTTLE_TIMEOUT: Duration = Duration::from_secs(60);
/// How often a call is retried after a transient error, if that is safe.
const MAX_RETRIES: u32 = 2;

/// How to reach the API.
#[derive(Debug, Clone)]
pub struct ClientOptions {
    /// A single address for all services instead of the vendor's hosts. Plain http is allowed for loopback
    /// addresses only.
    pub endpoint: Option<String>,
    /// The vendor's site, if there is no endpoint.
    pub site: Site,
    /// `X-TC-Language`: `en-US` or `zh-CN`, the language of messages and region names.
    pub lang: &'static str,
    /// Time-out of one request, from connecting to the last byte.
    pub timeout: Duration,
    /// Time-out of a whole list, from the first page to the last.
    pub list_timeout: Duration,
    /// Receives an entry for every request.
    pub calls: Option<UnboundedSender<CallLog>>,
}

impl Default for ClientOptions {
    fn default() -> Self {
        Self {
            endpoint: None,
            site: Site::Intl,
            lang: "en-US",
            timeout: Duration::from_secs(10),
            list_timeout: Duration::from_mins(10),
            calls: None,
        }
    }
}

/// The log entry of one request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallLog {
    /// When it was sent.
    pub at: Timestamp,
    /// The API action, such as `DescribeImages`.
    pub action: &'static str,
    /// The region.
    pub region: Option<Region>,
    /// `ok` or the error code.
    pub outcome: String,
    /// The request ID, if there was an answer.
    pub request_id: Option<String>,
    /// The duration in milliseconds, without the wait for the rate limit.
    pub ms: u64,
}

/// The API client of one account. Cheap to clone; clones share connections, rate limits and credentials.
/// Dropping the future of a call cancels the call.
#[derive(Debug, Clone)]
pub struct Client(pub(super) Arc<Inner>);

#[derive(Debug)]
pub(super) struct Inner {
    http: reqwest::Client,
    hosts: Hosts,
    options: ClientOptions,
    pub(super) credentials: Mutex<Option<Arc<Credentials>>>,
    /// Looks up new credentials when the current ones end; `None` if the caller provided the credentials.
    pub(super) keyring: Option<Keyring>,
    /// The account of the credentials, once it is known.
    pub(super) account: Mutex<Option<Uin>>,
    rates: Rates,
    skew: AtomicI64,
    /// Held while a large answer is read.
    large: Arc<Semaphore>,
}

impl Client {
    /// Creates a client with given credentials. Sends nothing.
    ///
    /// # Errors
    /// [`Kind::Setup`] if the endpoint is invalid or the TLS roots cannot be read.
    pub fn new(options: ClientOptions, credentials: Credentials) -> Result<Self, Error> {
        Self::build(options, Some(credentials), None)
    }

    /// Creates a client that looks up its credentials when they are first needed and again when they end.
    /// Sends nothing.
    ///
    /// # Errors
    /// Same as [`Client::new`].
    pub fn with_lookup(options: ClientOptions, source: Source, places: Places) -> Result<Self, Error> {
        Self::build(options, None, Some(Keyring::new(source, places)))
    }

    fn build(
        options: ClientOptions,
        credentials: Option<Credentials>,
        keyring: Option<Keyring>,
    ) -> Result<Self, Error> {
        let hosts = Hosts::new(options.endpoint.as_deref(), options.site)?;
        let http = http::client(options.timeout, hosts.is_local())?;
        let credentials = Mutex::new(credentials.map(Arc::new));
        let account = Mutex::default();
        let (rates, skew, large) = (Rates::default(), AtomicI64::new(0), Arc::new(Semaphore::new(1)));
        Ok(Self(Arc::new(Inner { http, hosts, options, credentials, keyring, account, rates, skew, large })))
    }

    pub(super) fn list_timeout(&self) -> Duration {
        self.0.options.list_timeout
    }

    /// Returns how many seconds this machine's clock is ahead of the service's, according to the last answer.
    /// Signatures are refused from 300 s on.
    pub fn clock_skew(&self) -> i64 {
        self.0.skew.load(Ordering::Relaxed)
    }

    /// Makes a call. Retries it if sending it twice is safe: reads, dry runs, and requests that were not
    /// sent.
    pub(super) async fn call(
        &self,
        api: &'static Api,
        region: Option<&Region>,
        request: &impl Serialize,
        dry_run: bool,
    ) -> Result<Answer, Error> {
        // Serialise once, so that the signed bytes are the bytes that are sent.
        let body = serde_json::to_vec(request).map_err(|e| {
            Error::local(Kind::Setup, "request", e.to_string(), Sent::Never).at(api.name, region)
        })?;
        let harmless = dry_run || !api.writes;
        let keys = self.keys().await.map_err(|e| e.for_call(api.name, region))?;
        match self.call_with_keys(api, region, &body, harmless, &keys).await {
            // The service refused the keys before it processed the call, so even a write is safe to send
            // again with other keys.
            Err(refused) if refused.is_key_error() => match self.other_keys(&keys).await {
                Ok(Some(other)) => self.call_with_keys(api, region, &body, harmless, &other).await,
                Ok(None) => Err(refused),
                Err(error) => Err(error.for_call(api.name, region)),
            },
            other => other,
        }
    }

    /// Makes a call with one set of keys, with retries.
    pub(super) async fn call_with_keys(
        &self,
        api: &'static Api,
        region: Option<&Region>,
        body: &[u8],
        harmless: bool,
        keys: &Credentials,
    ) -> Result<Answer, Error> {
        let patience = Instant::now() + THROTTLE_TIMEOUT;
        let mut retries = 0;
        (|| self.send_logged(api, region, body, keys))
            .retry(full_jitter())
            .when(|error: &Error| {
                if error.kind == Kind::Throttled {
                    return Instant::now() < patience;
                }
                let transient = matches!(error.kind, Kind::Network | Kind::Unreadable)
                    || matches!(error.code.as_str(), "InternalError" | "ServiceUnavailable");
                retries += 1;
                transient && (harmless || error.sent == Sent::Never) && retries <= MAX_RETRIES
            })
            .await
    }

    /// Sends one request and logs it.
    async fn send_logged(
        &self,
        api: &'static Api,
        region: Option<&Region>,
        body: &[u8],
        keys: &Credentials,
    ) -> Result<Answer, Error> {
        let _turn = self.0.rates.acquire(api, region).await;
        let (at, begun) = (Timestamp::now(), Instant::now());
        let result = self.exchange(api, region, body, at, keys).await.map_err(|e| e.at(api.name, region));
        let (outcome, request_id) = match &result {
            Ok(answer) => ("ok".to_owned(), Some(answer.request_id.clone())),
            Err(error) => (error.code.clone(), error.request_id.clone()),
        };
        let ms = u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX);
        tracing::debug!(action = api.name, region = ?region, outcome, request_id, ms, "call");
        if let Some(calls) = &self.0.options.calls {
            // The receiver may be gone; that is not an error of the call.
            let _ = calls.send(CallLog {
                at,
                action: api.name,
                region: region.cloned(),
                outcome,
                request_id,
                ms,
            });
        }
        result
    }

    async fn exchange(
        &self,
        api: &'static Api,
        region: Option<&Region>,
        body: &[u8],
        at: Timestamp,
        credentials: &Credentials,
    ) -> Result<Answer, Error> {
        if credentials.expires_at.is_some_and(|end| end <= at) {
            let message = text!(credentials_expired, origin = credentials.origin);
            return Err(Error::local(Kind::Expired, "credentials.expired", message, Sent::Never));
        }
        let url = self.0.hosts.url(api, region)?;
        let headers = self.headers(api, region, body, at, &authority(&url), credentials)?;
        let secrets = Secrets::of_request(credentials, &headers);
        let timeout = self.0.options.timeout;
        let request = self.0.http.post(url).headers(headers).body(body.to_vec());
        let mut response = request.send().await.map_err(|e| http::request_error(&e, timeout))?;
        self.note_skew(response.headers());
        let status = response.status();
        let (bytes, large) = self.body(&mut response).await?;
        let text = String::from_utf8(bytes).map_err(|_| not_an_api_answer())?;
        // The answer of AssumeRole contains keys on purpose.
        let text = if api.name == api::ASSUME_ROLE.name { text } else { secrets.hide_in_json(text) };
        match read(&text, api.name, region, &secrets) {
            // Error pages may contain JSON. Accept an answer only with a success status.
            Ok(_) if !status.is_success() => Err(bad_status(status)),
            Err(error) if error.kind == Kind::Unreadable && !status.is_success() => Err(bad_status(status)),
            Ok(answer) => Ok(Answer { _large: large, ..answer }),
            other => other,
        }
    }

    /// Reads the whole uncompressed body. Returns it with the permit that a large body has to hold. Each
    /// chunk, and the wait for the permit, has the time-out of a request.
    async fn body(
        &self,
        response: &mut reqwest::Response,
    ) -> Result<(Vec<u8>, Option<OwnedSemaphorePermit>), Error> {
        let limit = self.0.options.timeout;
        let (mut bytes, mut large) = (Vec::new(), None);
        loop {
            let chunk = match response.chunk().await {
                Ok(Some(chunk)) => chunk,
                Ok(None) => return Ok((bytes, large)),
                Err(error) if error.is_timeout() => return Err(http::request_error(&error, limit)),
                Err(_) => return Err(unreadable(text!(cloud_answer_broke_off))),
            };
            let length = bytes.len() + chunk.len();
            if length > MAX_ANSWER_BYTES {
                return Err(unreadable(text!(cloud_answer_too_large)));
            }
            if length > LARGE_ANSWER_BYTES && large.is_none() {
                let permit = tokio::time::timeout(limit, self.0.large.clone().acquire_owned()).await;
                large = permit.ok().and_then(Result::ok);
                if large.is_none() {
                    return Err(unreadable(text!(cloud_answer_large)));
                }
            }
            bytes.extend_from_slice(&chunk);
        }
    }

    fn headers(
        &self,
        api: &Api,
        region: Option<&Region>,
        body: &[u8],
        at: Timestamp,
        host: &str,
        credentials: &Credentials,
    ) -> Result<HeaderMap, Error> {
        let signature = sign(
            Signing {
                method: "POST",
                query: "",
                headers: &[("content-type", "application/json"), ("host", host)],
                body,
                timestamp: at.as_second(),
                service: api.service,
            },
            credentials.secret_key(),
        );
        let mut headers = HeaderMap::new();
        let mut put = |name: HeaderName, value: &str, secret: bool| {
            let mut value = HeaderValue::from_str(value).map_err(|_| {
                let message = text!(credentials_malformed, origin = credentials.origin);
                Error::local(Kind::Credentials, "credentials.malformed", message, Sent::Never)
            })?;
            value.set_sensitive(secret);
            headers.insert(name, value);
            Ok::<_, Error>(())
        };
        let tc = HeaderName::from_static;
        put(CONTENT_TYPE, "application/json", false)?;
        put(HOST, host, false)?;
        put(tc("x-tc-action"), api.name, false)?;
        put(tc("x-tc-version"), api.version, false)?;
        put(tc("x-tc-timestamp"), &at.as_second().to_string(), false)?;
        put(tc("x-tc-language"), self.0.options.lang, false)?;
        put(tc("x-tc-requestclient"), concat!("cvmshare/", env!("CARGO_PKG_VERSION")), false)?;
        if let Some(region) = region {
            put(tc("x-tc-region"), region.as_str(), false)?;
        }
        if let Some(token) = credentials.token() {
            put(tc("x-tc-token"), token, true)?;
        }
        put(reqwest::header::AUTHORIZATION, &signature.authorization(credentials.secret_id()), true)?;
        Ok(headers)
    }

    fn note_skew(&self, headers: &HeaderMap) {
        let theirs =
            headers.get(DATE).and_then(|d| d.to_str().ok()).and_then(|d| jiff::fmt::rfc2822::parse(d).ok());
        if let Some(theirs) = theirs {
            let ahead = Timestamp::now().as_second() - theirs.timestamp().as_second();
            self.0.skew.store(ahead, Ordering::Relaxed);
        }
    }
}

/// Waits of random length up to a growing bound, so that clients that were throttled together do not retry at
/// the same time.
fn full_jitter() -> impl Iterator<Item = Duration> + Unpin + Send + Sync {
    (0u32..).map(|n| {
        let bound = (200u64 << n.min(5)).min(5_000);
        Duration::from_millis(fastrand::u64(20..=bound))
    })
}

fn unreadable(message: Text) -> Error {
    Error::local(Kind::Unreadable, "unreadable", message, Sent::Maybe)
}

fn bad_status(status: reqwest::StatusCode) -> Error {
    let message = text!(cloud_http_status, status = status.as_u16());
    Error::local(Kind::Unreadable, &format!("http.{}", status.as_u16()), message, Sent::Maybe)
}

fn not_an_api_answer() -> Error {
    unreadable(text!(cloud_answer_not_of_api))
}

/// Parses the envelope. Error messages never quote an unreadable answer, and secrets in the API's messages
/// are redacted.
pub(super) fn read(
    text: &str,
    action: &'static str,
    region: Option<&Region>,
    secrets: &Secrets<'_>,
) -> Result<Answer, Error> {
    let response = Response::open(text).ok_or_else(not_an_api_answer)?;
    let request_id = truncate(secrets.hide(response.text("RequestId")), MAX_CODE_CHARS);
    match response.error() {
        Some((code, _)) if code.is_empty() => Err(unreadable(text!(cloud_answer_without_code))),
        Some((code, message)) => {
            let code = truncate(secrets.hide(code), MAX_CODE_CHARS);
            let message = truncate(secrets.hide(message), MAX_MESSAGE_CHARS);
            let mut refused = Error::local(kind_of(&code), &code, message, Sent::Answered);
            refused.request_id = Some(request_id).filter(|id| !id.is_empty());
            Err(refused)
        }
        None if request_id.is_empty() => Err(not_an_api_answer()),
        None => Ok(Answer { action, region: region.cloned(), response, request_id, _large: None }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parses_answers_and_classifies_errors() {
        let none = Secrets::default();
        let good =
            read(r#"{"Response":{"TotalCount":1,"Error":null,"RequestId":"r1"}}"#, "A", None, &none).unwrap();
        assert_eq!((good.request_id.as_str(), good.response.number("TotalCount")), ("r1", Some(1)));
        let refused = read(
            r#"{"Response":{"Error":{"Code":"A.NotFound","Message":"no"},"RequestId":"r2"}}"#,
            "A",
            None,
            &none,
        )
        .unwrap_err();
        assert_eq!(
            refused,
            Error {
                kind: Kind::NotFound,
                action: "connect",
                region: None,
                code: "A.NotFound".into(),
                message: "no".into(),
                request_id: Some("r2".into()),
                sent: Sent::Answered,
            }
        );
        for bad in [
            "",
            "<html>",
            "{}",
            "[]",
            "null",
            r#"{"Response":{"#,
            r#"{"Response":{}}"#,
            r#"{"Response":[]}"#,
            r#"{"Response":{"Error":{},"RequestId":"r"}}"#,
            r#"{"Response":{"Error":[],"RequestId":"r"}}"#,
            r#"{"Response":{"Error":{"Code":["x"]},"RequestId":"r"}}"#,
        ] {
            let error = read(bad, "A", None, &none).unwrap_err();
            assert_eq!((error.kind, error.sent), (Kind::Unreadable, Sent::Maybe), "{bad}");
            assert!(error.message.as_literal().is_none(), "{bad}");
        }
    }

    #[test]
    fn backoff_grows_up_to_its_bound() {
        for (n, wait) in full_jitter().take(40).enumerate() {
            let bound = (200u128 << n.min(5)).min(5_000);
            assert!((20..=bound).contains(&wait.as_millis()), "{n}: {wait:?}");
        }
    }
}
