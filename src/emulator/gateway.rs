//! Who calls, and what: the headers of a call, its signature, and the table of actions (api-3.0.md, sections 1 and 2).

use axum::http::HeaderMap;
use jiff::Timestamp;

use super::{
    account::{Account, AccountKind},
    api::{Api, Table},
    refusal::{Refusal, refuse},
    world::World,
};
use crate::{
    cloud::sign::{Signing, sign},
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
}

impl Call<'_> {
    /// A header's value; empty where it is absent or no text.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|v| std::str::from_utf8(v.as_bytes()).ok()).unwrap_or_default().trim()
    }

    /// Whether names are wanted in Chinese.
    pub fn is_chinese(&self) -> bool {
        self.header("x-tc-language").eq_ignore_ascii_case("zh-CN")
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

/// The service that a call names in its credential; for the log of calls that are refused.
pub(super) fn service_of<'a>(call: &Call<'a>) -> &'a str {
    let header = call.headers.get("authorization").and_then(|v| v.to_str().ok()).unwrap_or_default();
    authorization(header).map_or("", |a| a.service)
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
    for name in ["X-TC-Action", "X-TC-Version", "X-TC-Timestamp", "Authorization"] {
        if call.header(name).is_empty() {
            let code =
                if name == "Authorization" { "AuthFailure.InvalidAuthorization" } else { "MissingParameter" };
            return refuse(code, format!("The request is missing the header `{name}`."));
        }
    }
    let (action, version) = (call.header("x-tc-action"), call.header("x-tc-version"));
    let Some(signed) = authorization(call.header("authorization")) else {
        return refuse(
            "AuthFailure.InvalidAuthorization",
            "The Authorization header is malformed; it should be TC3-HMAC-SHA256 Credential=ID/DATE/SERVICE/\
             tc3_request, SignedHeaders=..., Signature=...",
        );
    };
    let table = Table::get();
    if !table.has_service(signed.service) {
        return refuse("AuthFailure.InvalidAuthorization", "`Service` in Credential not valid.");
    }
    let Some(api) = table.action(signed.service, action) else {
        return refuse(
            "InvalidAction",
            format!("The action `{action}` is not found in `{}`.", signed.service),
        );
    };
    if api.version != version {
        return refuse(
            "NoSuchVersion",
            format!("The version `{version}` of `{}` is not found.", api.service),
        );
    }
    let Ok(timestamp) = call.header("x-tc-timestamp").parse::<i64>() else {
        return refuse("InvalidParameter", "The header `X-TC-Timestamp` should be a number of seconds.");
    };
    if wall.as_second().abs_diff(timestamp) > SKEW.unsigned_abs() {
        return refuse(
            "AuthFailure.SignatureExpire",
            format!(
                "The request is expired: its timestamp {timestamp} is more than {SKEW} seconds from {}.",
                wall.as_second()
            ),
        );
    }
    let caller = verify(call, &signed, accounts, world, now, timestamp)?;
    let region = region_of(call, api, world)?;
    Ok(Admitted { api, caller, region })
}

fn region_of(call: &Call<'_>, api: &Api, world: &World) -> Result<Option<Region>, Refusal> {
    let text = call.header("x-tc-region");
    if text.is_empty() {
        if api.regional() {
            return refuse("MissingParameter", "The request is missing the header `X-TC-Region`.");
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
    signed: &Authorization<'_>,
    accounts: &[Account],
    world: &World,
    now: Timestamp,
    timestamp: i64,
) -> Result<Caller, Refusal> {
    let names: Vec<&str> = signed.signed_headers.split(';').collect();
    for must in ["content-type", "host"] {
        if !names.contains(&must) {
            return refuse(
                "AuthFailure.InvalidAuthorization",
                format!("`SignedHeaders` should contain `{must}`."),
            );
        }
    }
    let account = accounts.iter().find(|a| a.secret_id == signed.secret_id);
    let lease = world.leases.iter().find(|l| l.secret_id == signed.secret_id);
    let secret_key = match (account, lease) {
        (Some(account), _) => &account.secret_key,
        (None, Some(lease)) => &lease.secret_key,
        (None, None) => {
            return refuse(
                "AuthFailure.SecretIdNotFound",
                "The SecretId is not found, please ensure that your SecretId is correct.",
            );
        }
    };
    let expected = expected_signatures(call, signed, &names, timestamp, secret_key);
    let date = Timestamp::from_second(timestamp).unwrap_or_default().strftime("%Y-%m-%d").to_string();
    if signed.date != date || !expected.iter().any(|e| e == signed.signature) {
        return refuse(
            "AuthFailure.SignatureFailure",
            "The provided credentials could not be validated. Please check your signature is correct.",
        );
    }
    let token = call.header("x-tc-token");
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

/// The signatures that would be right: header values as they came, lower-cased as the vendor's page has it, and with
/// the action alone lower-cased as the page's sample has it. Clients differ, and all of them work.
fn expected_signatures(
    call: &Call<'_>,
    signed: &Authorization<'_>,
    names: &[&str],
    timestamp: i64,
    secret_key: &str,
) -> Vec<String> {
    let unsigned = call.header("x-tc-content-sha256") == "UNSIGNED-PAYLOAD";
    let forms: [fn(&str) -> bool; 3] = [|_| false, |_| true, |name| name == "x-tc-action"];
    forms
        .iter()
        .map(|lower| {
            let values: Vec<String> = names
                .iter()
                .map(|name| {
                    let value = call.header(name);
                    if lower(name) { value.to_lowercase() } else { value.to_owned() }
                })
                .collect();
            let headers: Vec<(&str, &str)> =
                names.iter().copied().zip(values.iter().map(String::as_str)).collect();
            sign(
                Signing {
                    method: call.method,
                    query: if call.method == "GET" { call.query } else { "" },
                    headers: &headers,
                    body: if unsigned {
                        b"UNSIGNED-PAYLOAD"
                    } else if call.method == "GET" {
                        b""
                    } else {
                        call.body
                    },
                    timestamp,
                    service: signed.service,
                },
                secret_key,
            )
            .signature
        })
        .collect()
}
