//! One call: wait for its turn, sign, send, read, classify, and try again where that cannot do harm.

use parking_lot::Mutex;
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
    error::kind_of,
    host::{Hosts, authority},
    http,
    keyring::Keyring,
    rate::Rates,
    redact::{LONGEST_MESSAGE, LONGEST_WORD, Secrets, short},
    sign::{Signing, sign},
};
use crate::model::{Region, Site, Source, Uin};

/// Bytes of an answer, unpacked. A page of 100 rows is some 100 KiB, and what the zones of a region sell some MiB; what is
/// larger than this is none of the API's.
const LARGEST_ANSWER: usize = 8 << 20;
/// Answers above this are read one at a time: each region is asked at once, and together they would be large.
const LARGE_ANSWER: usize = 512 << 10;
/// How long a call waits for its turn when the service says that there were too many.
const PATIENCE: Duration = Duration::from_secs(60);
/// How often a call that cannot do harm is sent again after a transient fault.
const SECOND_TRIES: u32 = 2;

/// How to reach the service.
#[derive(Debug, Clone)]
pub struct ClientOptions {
    /// One address for all services instead of the vendor's own; plain http to this machine only.
    pub endpoint: Option<String>,
    /// Whose hosts, where there is no endpoint.
    pub site: Site,
    /// `X-TC-Language`: `en-US` or `zh-CN`, the language of messages and of region names.
    pub lang: &'static str,
    /// For one exchange, from connecting to the last byte.
    pub timeout: Duration,
    /// For a whole list, from the first page to the last.
    pub list_timeout: Duration,
    /// Told of every exchange.
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

/// One exchange with the service, for the record that people can read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallLog {
    /// When it was sent.
    pub at: Timestamp,
    /// `DescribeImages`
    pub action: &'static str,
    /// Where.
    pub region: Option<Region>,
    /// `ok`, or the error's code.
    pub outcome: String,
    /// The service's id of it, where an answer came.
    pub request_id: Option<String>,
    /// How long it took, without the wait for its turn.
    pub ms: u64,
}

/// The API of one account. Cheap to clone; clones share connections, rates and credentials. A call whose future is
/// dropped is cancelled.
#[derive(Debug, Clone)]
pub struct Client(pub(super) Arc<Inner>);

#[derive(Debug)]
pub(super) struct Inner {
    http: reqwest::Client,
    hosts: Hosts,
    options: ClientOptions,
    pub(super) credentials: Mutex<Option<Arc<Credentials>>>,
    /// Where there are others when these end; nothing for those that were handed over.
    pub(super) keyring: Option<Keyring>,
    /// Whose they are, once that was asked.
    pub(super) account: Mutex<Option<Uin>>,
    rates: Rates,
    skew: AtomicI64,
    /// One permit for the one large answer that is being read.
    large: Arc<Semaphore>,
}

impl Client {
    /// Makes a client of keys that are at hand; nothing is sent yet.
    ///
    /// # Errors
    /// [`Kind::Setup`]: the endpoint is none, or the TLS roots cannot be read.
    pub fn new(options: ClientOptions, credentials: Credentials) -> Result<Self, Error> {
        Self::build(options, Some(credentials), None)
    }

    /// Makes a client that looks for its keys itself when it first needs them, and again when they end; nothing is sent
    /// yet.
    ///
    /// # Errors
    /// The same.
    pub fn looking(options: ClientOptions, source: Source, places: Places) -> Result<Self, Error> {
        Self::build(options, None, Some(Keyring::new(source, places)))
    }

    fn build(
        options: ClientOptions,
        credentials: Option<Credentials>,
        keyring: Option<Keyring>,
    ) -> Result<Self, Error> {
        let hosts = Hosts::new(options.endpoint.as_deref(), options.site)?;
        let http = http::client(options.timeout, hosts.stays_here())?;
        let credentials = Mutex::new(credentials.map(Arc::new));
        let account = Mutex::default();
        let (rates, skew, large) = (Rates::default(), AtomicI64::new(0), Arc::new(Semaphore::new(1)));
        Ok(Self(Arc::new(Inner { http, hosts, options, credentials, keyring, account, rates, skew, large })))
    }

    pub(super) fn list_timeout(&self) -> Duration {
        self.0.options.list_timeout
    }

    /// Seconds by which this machine's clock is ahead of the service's, as the last answer told; signatures fail from
    /// 300 on (api-3.0.md, section 2).
    pub fn clock_skew(&self) -> i64 {
        self.0.skew.load(Ordering::Relaxed)
    }

    /// Asks, with new tries where sending twice cannot do harm: reads, dry runs, and what never left.
    pub(super) async fn call(
        &self,
        api: &'static Api,
        region: Option<&Region>,
        request: &impl Serialize,
        dry_run: bool,
    ) -> Result<Answer, Error> {
        // Serialised once: these very bytes are signed and sent.
        let body = serde_json::to_vec(request).map_err(|e| {
            Error::ours(Kind::Setup, "request", e.to_string(), Sent::Never).at(api.name, region)
        })?;
        let harmless = dry_run || !api.writes;
        let keys = self.keys().await.map_err(|e| e.for_call(api.name, region))?;
        match self.tries(api, region, &body, harmless, &keys).await {
            // Refused at the door, before anything was done: with other keys a write may be sent again too.
            Err(refused) if refused.is_of_keys() => match self.other_keys(&keys).await {
                Ok(Some(other)) => self.tries(api, region, &body, harmless, &other).await,
                Ok(None) => Err(refused),
                Err(error) => Err(error.for_call(api.name, region)),
            },
            other => other,
        }
    }

    /// The tries with the same keys.
    pub(super) async fn tries(
        &self,
        api: &'static Api,
        region: Option<&Region>,
        body: &[u8],
        harmless: bool,
        keys: &Credentials,
    ) -> Result<Answer, Error> {
        let patience = Instant::now() + PATIENCE;
        let mut second_tries = 0;
        (|| self.once(api, region, body, keys))
            .retry(full_jitter())
            .when(|error: &Error| {
                if error.kind == Kind::Throttled {
                    return Instant::now() < patience;
                }
                let transient = matches!(error.kind, Kind::Network | Kind::Unreadable)
                    || matches!(error.code.as_str(), "InternalError" | "ServiceUnavailable");
                second_tries += 1;
                transient && (harmless || error.sent == Sent::Never) && second_tries <= SECOND_TRIES
            })
            .await
    }

    /// One exchange, noted.
    async fn once(
        &self,
        api: &'static Api,
        region: Option<&Region>,
        body: &[u8],
        keys: &Credentials,
    ) -> Result<Answer, Error> {
        let _turn = self.0.rates.turn(api, region).await;
        let (at, begun) = (Timestamp::now(), Instant::now());
        let result = self.exchange(api, region, body, at, keys).await.map_err(|e| e.at(api.name, region));
        let (outcome, request_id) = match &result {
            Ok(answer) => ("ok".to_owned(), Some(answer.request_id.clone())),
            Err(error) => (error.code.clone(), error.request_id.clone()),
        };
        let ms = u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX);
        tracing::debug!(action = api.name, region = ?region, outcome, request_id, ms, "call");
        if let Some(calls) = &self.0.options.calls {
            // Nobody listening any more is no fault of the call.
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
            let message = format!("the credentials from {} have expired", credentials.origin);
            return Err(Error::ours(Kind::Expired, "credentials.expired", message, Sent::Never));
        }
        let url = self.0.hosts.url(api, region)?;
        let headers = self.headers(api, region, body, at, &authority(&url), credentials)?;
        let secrets = Secrets::of(credentials, &headers);
        let timeout = self.0.options.timeout;
        let request = self.0.http.post(url).headers(headers).body(body.to_vec());
        let mut response = request.send().await.map_err(|e| http::failed(&e, timeout))?;
        self.note_skew(response.headers());
        let status = response.status();
        let (bytes, large) = self.body(&mut response).await?;
        let text = String::from_utf8(bytes).map_err(|_| not_ours())?;
        // Where keys are asked for, they are the answer.
        let text = if api.name == api::ASSUME_ROLE.name { text } else { secrets.hide_in_json(text) };
        match read(&text, api.name, region, &secrets) {
            // An error page may be JSON too; only a good status makes a good answer.
            Ok(_) if !status.is_success() => Err(bad_status(status)),
            Err(error) if error.kind == Kind::Unreadable && !status.is_success() => Err(bad_status(status)),
            Ok(answer) => Ok(Answer { _large: large, ..answer }),
            other => other,
        }
    }

    /// The whole body, unpacked, and the permit that a large one has to hold. Each wait has a limit: the rest of the
    /// exchange's time for a piece, as long again for the permit.
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
                Err(error) if error.is_timeout() => return Err(http::failed(&error, limit)),
                Err(_) => return Err(unreadable("the answer broke off")),
            };
            let length = bytes.len() + chunk.len();
            if length > LARGEST_ANSWER {
                return Err(unreadable("the answer is too large"));
            }
            if length > LARGE_ANSWER && large.is_none() {
                let permit = tokio::time::timeout(limit, self.0.large.clone().acquire_owned()).await;
                large = permit.ok().and_then(Result::ok);
                if large.is_none() {
                    return Err(unreadable("the answer is large, and others are being read"));
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
                let message =
                    format!("the credentials from {} hold characters that no key has", credentials.origin);
                Error::ours(Kind::Credentials, "credentials.malformed", message, Sent::Never)
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

/// Waits of random length up to a growing bound, so that many clients that were refused together do not come back
/// together.
fn full_jitter() -> impl Iterator<Item = Duration> + Unpin + Send + Sync {
    (0u32..).map(|n| {
        let bound = (200u64 << n.min(5)).min(5_000);
        Duration::from_millis(fastrand::u64(20..=bound))
    })
}

fn unreadable(message: &str) -> Error {
    Error::ours(Kind::Unreadable, "unreadable", message, Sent::Maybe)
}

fn bad_status(status: reqwest::StatusCode) -> Error {
    let message = format!("the service answered with HTTP {}", status.as_u16());
    Error::ours(Kind::Unreadable, &format!("http.{}", status.as_u16()), message, Sent::Maybe)
}

fn not_ours() -> Error {
    unreadable("the answer is not one of the API's")
}

/// Opens the envelope. What is said about an unreadable answer never quotes it, and what the API says never a secret.
pub(super) fn read(
    text: &str,
    action: &'static str,
    region: Option<&Region>,
    secrets: &Secrets<'_>,
) -> Result<Answer, Error> {
    let response = Response::open(text).ok_or_else(not_ours)?;
    let request_id = short(secrets.hide(response.text("RequestId")), LONGEST_WORD);
    match response.error() {
        Some((code, _)) if code.is_empty() => Err(unreadable("the answer is an error without a code")),
        Some((code, message)) => {
            let code = short(secrets.hide(code), LONGEST_WORD);
            let message = short(secrets.hide(message), LONGEST_MESSAGE);
            let mut refused = Error::ours(kind_of(&code), &code, message, Sent::Answered);
            refused.request_id = Some(request_id).filter(|id| !id.is_empty());
            Err(refused)
        }
        None if request_id.is_empty() => Err(not_ours()),
        None => Ok(Answer { action, region: region.cloned(), response, request_id, _large: None }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_read_or_named() {
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
            assert!(bad.is_empty() || !error.message.contains(bad));
        }
    }

    #[test]
    fn waits_grow_and_stay_under_their_bound() {
        for (n, wait) in full_jitter().take(40).enumerate() {
            let bound = (200u128 << n.min(5)).min(5_000);
            assert!((20..=bound).contains(&wait.as_millis()), "{n}: {wait:?}");
        }
    }
}
