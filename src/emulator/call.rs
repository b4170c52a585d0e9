//! A call as it came: its common parameters, and the `Authorization` header.

use hyper::HeaderMap;

use super::{
    host::{Host, without_port},
    legacy_signatures::Form,
};

/// A call as it came.
pub(super) struct Call<'a> {
    pub method: &'a str,
    pub query: &'a str,
    pub headers: &'a HeaderMap,
    pub body: &'a [u8],
    /// Whom the call is addressed to.
    pub host: Host,
    /// The parameters, of a call with one of the legacy signatures.
    pub form: Option<Form>,
}

impl<'a> Call<'a> {
    pub fn new(method: &'a str, query: &'a str, headers: &'a HeaderMap, body: &'a [u8]) -> Self {
        let mut call = Self { method, query, headers, body, host: Host::Other, form: None };
        call.host = Host::of(call.header("host"));
        // `@tencent-sdk/capi` says that its forms are JSON, so it is not Content-Type that tells.
        if call.header("authorization").is_empty() && call.header("x-tc-action").is_empty() {
            call.form = Form::read(if method == "GET" { query.as_bytes() } else { body });
        }
        call
    }

    /// A header's value; empty where it is absent or no text.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|v| std::str::from_utf8(v.as_bytes()).ok()).unwrap_or_default().trim()
    }

    /// A common parameter such as `Action`: a header, or with the legacy signatures a parameter.
    pub fn common(&self, name: &str) -> &str {
        match &self.form {
            Some(form) => form.get(name),
            None => self.header(&format!("x-tc-{name}")),
        }
    }

    /// Whether names and errors are wanted in Chinese.
    pub fn is_chinese(&self) -> bool {
        self.common("Language").eq_ignore_ascii_case("zh-CN")
    }

    /// The service that the call names, in its credential or by its host; for the log of calls that are refused.
    pub fn service(&self) -> &str {
        match (&self.host, authorization(self.header("authorization"))) {
            (_, Some(signed)) => signed.service,
            (Host::Vendor { service }, None) => service,
            _ => "",
        }
    }

    /// The host as it may have been signed: as it came, and without its port.
    pub fn signed_hosts(&self) -> Vec<&str> {
        let host = self.header("host");
        let bare = without_port(host);
        if bare == host { vec![host] } else { vec![host, bare] }
    }
}

/// The `Authorization` header in its parts.
pub(super) struct Authorization<'a> {
    pub secret_id: &'a str,
    pub date: &'a str,
    pub service: &'a str,
    pub signed_headers: &'a str,
    pub signature: &'a str,
}

/// Reads the header; nothing where it is malformed.
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
    // A secret id has no slash, so the scope's three parts are the last ones.
    let mut scope = credential?.rsplitn(4, '/');
    let (end, service, date, secret_id) = (scope.next()?, scope.next()?, scope.next()?, scope.next()?);
    (end == "tc3_request").then_some(())?;
    Some(Authorization { secret_id, date, service, signed_headers: signed_headers?, signature: signature? })
}
