//! Who calls, and what: the common parameters of a call, its signature, and the table of actions.

use std::borrow::Cow;

use hyper::HeaderMap;
use jiff::Timestamp;

use super::{
    account::{Account, AccountKind},
    api::{Api, Table},
    host::{Host, first_labels, without_port},
    legacy_signatures::Form,
    refusal::{Refusal, refuse},
    world::World,
};
use crate::{
    cloud::sign::{Signing, date, sign, to_sign},
    model::{Region, Uin},
};

/// How far a call's time may be from ours, in seconds.
const SKEW: i64 = 300;

/// A call as it came.
pub(super) struct Call<'a> {
    pub method: &'a str,
    pub query: &'a str,
    pub headers: &'a HeaderMap,
    pub body: &'a [u8],
    /// Whom the call is addressed to.
    pub host: Host,
    /// The parameters, of a call with one of the older signatures.
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

    /// A common parameter such as `Action`: a header, or with the older signatures a parameter.
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
    fn signed_hosts(&self) -> Vec<&str> {
        let host = self.header("host");
        let bare = without_port(host);
        if bare == host { vec![host] } else { vec![host, bare] }
    }
}

/// How the caller came to the key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Standing {
    Main,
    Sub,
    Role { name: String, session: String, read_only: bool },
}

/// Who calls.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Caller {
    /// The account whose things these are.
    pub main: Uin,
    /// The account that signed.
    pub uin: Uin,
    pub standing: Standing,
}

/// A call that is known and signed well.
pub(super) struct Admitted {
    pub api: &'static Api,
    pub caller: Caller,
    /// Nothing only where the action does not need one.
    pub region: Option<Region>,
}

/// The `Authorization` header in its parts.
struct Authorization<'a> {
    secret_id: &'a str,
    date: &'a str,
    service: &'a str,
    signed_headers: &'a str,
    signature: &'a str,
}

fn authorization(header: &str) -> Option<Authorization<'_>> {
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

/// Checks a call in this order: action, version, time and form of the signature; its age; the key; the signature; the
/// token; the region.
pub(super) fn admit(
    call: &Call<'_>,
    accounts: &[Account],
    world: &World,
    now: Timestamp,
    wall: Timestamp,
) -> Result<Admitted, Refusal> {
    for name in ["Action", "Version", "Timestamp"] {
        if call.common(name).is_empty() {
            return refuse(
                "MissingParameter",
                match call.form {
                    Some(_) => format!("The request is missing the parameter `{name}`."),
                    None => format!(
                        "The request is missing the header `X-TC-{name}`; with the older signatures it is the parameter \
                         `{name}`."
                    ),
                },
            );
        }
    }
    let signed = signature_of(call)?;
    let api = action_of(call, &signed)?;
    let Ok(timestamp) = call.common("Timestamp").parse::<i64>() else {
        return refuse("InvalidParameter", "The `Timestamp` should be a number of seconds.");
    };
    if wall.as_second().abs_diff(timestamp) > SKEW.unsigned_abs() {
        return refuse(
            "AuthFailure.SignatureExpire",
            format!(
                "The request is expired: its timestamp `{timestamp}` is more than `{SKEW}` seconds from `{}`.",
                wall.as_second()
            ),
        );
    }
    let caller = verify(call, &signed, accounts, world, now, timestamp)?;
    let region = region_of(call, api, world)?;
    Ok(Admitted { api, caller, region })
}

/// A signature of either kind.
enum Signed<'a> {
    Tc3(Authorization<'a>),
    Older(&'a Form),
}

fn signature_of<'a>(call: &'a Call<'_>) -> Result<Signed<'a>, Refusal> {
    let invalid = |message: String| refuse("AuthFailure.InvalidAuthorization", message);
    if let Some(form) = &call.form {
        if let Some(name) = ["SecretId", "Nonce", "Signature"].into_iter().find(|n| form.get(n).is_empty()) {
            return refuse("MissingParameter", format!("The request is missing the parameter `{name}`."));
        }
        let method = form.get("SignatureMethod");
        if !["", "HmacSHA1", "HmacSHA256"].contains(&method) {
            return invalid(format!(
                "The signature method `{method}` is not known; expected `HmacSHA1` or `HmacSHA256`, or the header \
                 Authorization with `TC3-HMAC-SHA256`."
            ));
        }
        return Ok(Signed::Older(form));
    }
    let header = call.header("authorization");
    if header.is_empty() {
        return invalid("The request is missing the header `Authorization`.".to_owned());
    }
    let Some(signed) = authorization(header) else {
        return invalid(
            "The Authorization header is malformed; expected `TC3-HMAC-SHA256 \
             Credential=ID/DATE/SERVICE/tc3_request, SignedHeaders=..., Signature=...`."
                .to_owned(),
        );
    };
    let names: Vec<&str> = signed.signed_headers.split(';').collect();
    for must in ["content-type", "host"] {
        if !names.contains(&must) {
            return invalid(format!(
                "`SignedHeaders` is `{}`; expected `content-type;host`, or more with these two among them.",
                signed.signed_headers
            ));
        }
    }
    Ok(Signed::Tc3(signed))
}

/// Which action of which service is called. The service stands in the credential and in the vendor's host names; SDKs that are
/// pointed at an address put the first label of that into the credential, and the action and its version tell the service.
fn action_of(call: &Call<'_>, signed: &Signed<'_>) -> Result<&'static Api, Refusal> {
    let (table, action, version) = (Table::get(), call.common("Action"), call.common("Version"));
    let scope = match signed {
        Signed::Tc3(signed) => Some(signed.service),
        Signed::Older(_) => None,
    };
    let not_valid = |named: &str, expected: &str| {
        refuse(
            "AuthFailure.InvalidAuthorization",
            format!("`Service` in Credential not valid: it is `{named}`; expected {expected}."),
        )
    };
    let service = match (&call.host, scope) {
        (Host::Vendor { service }, Some(named)) if named != service => {
            return not_valid(named, &format!("`{service}`, the first label of the Host header"));
        }
        (Host::Vendor { service }, _) => Some(service.as_str()),
        (_, Some(named)) if table.has_service(named) => Some(named),
        (_, Some(named)) => {
            let labels = first_labels(call.header("host"));
            if !labels.contains(&named) {
                let services: Vec<&str> = table.services().into_iter().collect();
                let expected = format!(
                    "`{}`, or `{}`, the first label of the Host header",
                    services.join("`, `"),
                    labels[1]
                );
                return not_valid(named, &expected);
            }
            None
        }
        (_, None) => None,
    };
    let (api, place) = match service {
        None => (table.of_any_service(action, version), Cow::Borrowed("any service")),
        Some(service) if table.has_service(service) => {
            (table.action(service, action), Cow::Owned(format!("`{service}`")))
        }
        Some(service) => {
            let services: Vec<&str> = table.services().into_iter().collect();
            return refuse(
                "NoSuchProduct",
                format!("The built-in cloud has no `{service}`; it has `{}`.", services.join("`, `")),
            );
        }
    };
    let Some(api) = api else {
        return refuse("InvalidAction", format!("The action `{action}` is not found in {place}."));
    };
    if api.version != version {
        return refuse(
            "NoSuchVersion",
            format!("The version `{version}` of `{}` is not found; expected `{}`.", api.service, api.version),
        );
    }
    Ok(api)
}

fn region_of(call: &Call<'_>, api: &Api, world: &World) -> Result<Option<Region>, Refusal> {
    let text = call.common("Region");
    if text.is_empty() {
        if api.regional() {
            let what = if call.form.is_some() { "parameter `Region`" } else { "header `X-TC-Region`" };
            return refuse("MissingParameter", format!("The request is missing the {what}."));
        }
        return Ok(None);
    }
    match text.parse::<Region>() {
        Ok(region) if world.regions.contains_key(&region) => Ok(Some(region)),
        _ => refuse("UnsupportedRegion", format!("The region `{text}` is not supported.")),
    }
}

fn verify(
    call: &Call<'_>,
    signed: &Signed<'_>,
    accounts: &[Account],
    world: &World,
    now: Timestamp,
    timestamp: i64,
) -> Result<Caller, Refusal> {
    let secret_id = match signed {
        Signed::Tc3(signed) => signed.secret_id,
        Signed::Older(form) => form.get("SecretId"),
    };
    let account = accounts.iter().find(|a| a.secret_id == secret_id);
    let lease = world.leases.iter().find(|l| l.secret_id == secret_id);
    let secret_key = match (account, lease) {
        (Some(account), _) => &account.secret_key,
        (None, Some(lease)) => &lease.secret_key,
        (None, None) => {
            let message = "The SecretId is not found, please ensure that your SecretId is correct.";
            return refuse("AuthFailure.SecretIdNotFound", message);
        }
    };
    match signed {
        Signed::Tc3(signed) => verify_tc3(call, signed, timestamp, secret_key)?,
        Signed::Older(form) => verify_older(call, form, secret_key)?,
    }
    let token = call.common("Token");
    let good = match (account, lease) {
        (Some(_), _) => token.is_empty(),
        (None, Some(lease)) => token == lease.token && now < lease.until,
        (None, None) => false,
    };
    if !good {
        return refuse("AuthFailure.TokenFailure", "The token is invalid or expired.");
    }
    Ok(match (account, lease) {
        (Some(account), _) => {
            let main = world.person(account.uin.as_str()).and_then(|p| p.main.clone());
            Caller {
                main: main.unwrap_or_else(|| account.uin.clone()),
                uin: account.uin.clone(),
                standing: if account.kind == AccountKind::Main { Standing::Main } else { Standing::Sub },
            }
        }
        (None, Some(lease)) => Caller {
            main: lease.main.clone(),
            uin: lease.main.clone(),
            standing: Standing::Role {
                name: lease.role.clone(),
                session: lease.session.clone(),
                read_only: lease.read_only,
            },
        },
        (None, None) => return refuse("InternalError", "An internal error has occurred."),
    })
}

fn wrong_signature<T>(why: &str) -> Result<T, Refusal> {
    refuse(
        "AuthFailure.SignatureFailure",
        format!(
            "The provided credentials could not be validated. Please check your signature is correct; expected {why}."
        ),
    )
}

fn verify_older(call: &Call<'_>, form: &Form, secret_key: &str) -> Result<(), Refusal> {
    if call.signed_hosts().into_iter().any(|host| form.is_signed(call.method, host, secret_key)) {
        return Ok(());
    }
    wrong_signature(&format!("the signature of `{}`", form.to_sign(call.method, call.header("host"))))
}

/// Header values are signed as they came, lower-cased as the vendor's page has it, or with the action alone lower-cased as the
/// page's sample has it; Host with its port or without. Clients differ, and all of them work.
fn verify_tc3(
    call: &Call<'_>,
    signed: &Authorization<'_>,
    timestamp: i64,
    secret_key: &str,
) -> Result<(), Refusal> {
    let today = date(timestamp);
    if signed.date != today {
        return wrong_signature(&format!("the date `{today}` in Credential, and it is `{}`", signed.date));
    }
    let body: &[u8] = match call.method {
        _ if call.header("x-tc-content-sha256") == "UNSIGNED-PAYLOAD" => b"UNSIGNED-PAYLOAD",
        "GET" => b"",
        _ => call.body,
    };
    let query = if call.method == "GET" { call.query } else { "" };
    let names: Vec<&str> = signed.signed_headers.split(';').collect();
    let value = |name: &str, host: &str, lower: fn(&str) -> bool| {
        let value = if name == "host" { host } else { call.header(name) };
        if lower(name) { value.to_lowercase() } else { value.to_owned() }
    };
    let check = |host: &str, lower: fn(&str) -> bool| {
        let values: Vec<String> = names.iter().map(|name| value(name, host, lower)).collect();
        let headers: Vec<(&str, &str)> =
            names.iter().copied().zip(values.iter().map(String::as_str)).collect();
        let (method, service) = (call.method, signed.service);
        let signing = Signing { method, query, headers: &headers, body, timestamp, service };
        if sign(signing, secret_key).signature == signed.signature { Ok(()) } else { Err(to_sign(signing)) }
    };
    let forms: [fn(&str) -> bool; 3] = [|_| false, |_| true, |name| name == "x-tc-action"];
    let mut expected = None;
    for lower in forms {
        for host in call.signed_hosts() {
            match check(host, lower) {
                Ok(()) => return Ok(()),
                // The first one is the plainest.
                Err(texts) => expected = expected.or(Some(texts)),
            }
        }
    }
    let (canonical, text) = expected.unwrap_or_default();
    wrong_signature(&format!("the signature of `{text}`, with the hash of `{canonical}`"))
}
