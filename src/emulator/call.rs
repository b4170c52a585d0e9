//! A received call: its common parameters and its `Authorization` header.

use hyper::HeaderMap;

use super::{
    host::{Host, without_port},
    legacy_signatures::Form,
};

/// A received call.
pub(super) struct Call<'a> {
    pub method: &'a str,
    pub query: &'a str,
    pub headers: &'a HeaderMap,
    pub body: &'a [u8],
    /// The host that the call is addressed to.
    pub host: Host,
    /// The parameters of a call with one of the legacy signatures.
    pub form: Option<Form>,
}

impl<'a> Call<'a> {
    pub fn new(method: &'a str, query: &'a str, headers: &'a HeaderMap, body: &'a [u8]) -> Self {
        let mut call = Self { method, query, headers, body, host: Host::Other, form: None };
        call.host = Host::parse(call.header("host"));
        // `@tencent-sdk/capi` sends forms with the Content-Type of JSON, so the header cannot decide.
        if call.header("authorization").is_empty() && call.header("x-tc-action").is_empty() {
            call.form = Form::read(if method == "GET" { query.as_bytes() } else { body });
        }
        call
    }

    /// Returns a header's value, or an empty text if it is absent or not UTF-8.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|v| std::str::from_utf8(v.as_bytes()).ok()).unwrap_or_default().trim()
    }

    /// Returns a common parameter such as `Action`. It is a header, or a parameter in calls with a legacy signature.
    pub fn common(&self, name: &str) -> &str {
        match &self.form {
            Some(form) => form.get(name),
            None => self.header(&format!("x-tc-{name}")),
        }
    }

    /// Returns whether the caller wants names and errors in Chinese.
    pub fn is_chinese(&self) -> bool {
        self.common("Language").eq_ignore_ascii_case("zh-CN")
    }

    /// Returns the service that the credential or the host names, for the log of refused calls.
    pub fn service(&self) -> &str {
        match (&self.host, authorization(self.header("authorization"))) {
            (_, Some(signed)) => signed.service,
            (Host::Vendor { service }, None) => service,
            _ => "",
        }
    }

    /// Returns the forms of the host that a client may have signed: as received, and without the port.
    pub fn signed_hosts(&self) -> Vec<&str> {
        let host = self.header("host");
        let bare = without_port(host);
        if bare == host { vec![host] } else { vec![host, bare] }
    }
}

/// The parts of the `Authorization` header.
pub(super) struct Authorization<'a> {
    pub secret_id: &'a str,
    pub date: &'a str,
    pub service: &'a str,
    pub signed_headers: &'a str,
    pub signature: &'a str,
}

/// Parses the header. Returns `None` if it is malformed.
pub(super) fn authorization(header: &str) -> Option<Authorization<'_>> {
    let rest = header.strip_prefix("TC3-HMAC-SHA256")?.trim_start();
    let (mut credential, mut signed_headers, mut signature) = (None, None, None);
    for part in rest.split(',') {
        match part.trim().split_once('=')? {
            ("Credential", value) => credential = Some(value),
            ("SignedHeaders", value) => signed_headers = Some(value),
            ("Signature", value) => signature = Some(value),
            _ => return None,
        }
    }
    // A SecretId contains no slash, so the last three parts are the scope.
    let mut scope = credential?.rsplitn(4, '/');
    let (end, service, date, secret_id) = (scope.next()?, scope.next()?, scope.next()?, scope.next()?);
    (end == "tc3_request").then_some(())?;
    Some(Authorization { secret_id, date, service, signed_headers: signed_headers?, signature: signature? })
}
