//! Authentication: finds the action of a call and verifies its signature.

use std::borrow::Cow;

use jiff::Timestamp;

use super::{
    account::{Account, AccountKind},
    api::{Api, Table},
    call::{Authorization, Call, authorization},
    host::{Host, first_labels},
    legacy_signatures::Form,
    refusal::{Refusal, refuse},
    world::World,
};
use crate::{
    cloud::sign::{Signing, date, sign, strings_to_sign},
    model::{Region, Uin},
};

/// The most seconds that a call's timestamp may differ from the machine's clock.
const SKEW: i64 = 300;

/// The kind of key that signed a call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum CallerKind {
    Main,
    Sub,
    Role { name: String, session: String, read_only: bool },
}

/// The caller of an action.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Caller {
    /// The account that owns the resources.
    pub main: Uin,
    /// The account that signed the call.
    pub uin: Uin,
    pub kind: CallerKind,
}

/// An authenticated call.
pub(super) struct Authenticated {
    pub api: &'static Api,
    pub caller: Caller,
    /// The region; `None` if the action needs no region and the call names none.
    pub region: Option<Region>,
}

/// Authenticates a call. The checks come in this order: action, version, time and form of the signature; its age; the
/// key; the signature; the token; the region.
pub(super) fn authenticate(
    call: &Call<'_>,
    accounts: &[Account],
    world: &World,
    now: Timestamp,
    wall: Timestamp,
) -> Result<Authenticated, Refusal> {
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
    Ok(Authenticated { api, caller, region })
}

/// The signature of a call.
enum Signed<'a> {
    Tc3(Authorization<'a>),
    Legacy(&'a Form),
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
        return Ok(Signed::Legacy(form));
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

/// Finds the action that is called. The credential or the vendor's host names the service. SDKs that are given an
/// address put its first label into the credential; then the action and its version decide.
fn action_of(call: &Call<'_>, signed: &Signed<'_>) -> Result<&'static Api, Refusal> {
    let (table, action, version) = (Table::get(), call.common("Action"), call.common("Version"));
    let scope = match signed {
        Signed::Tc3(signed) => Some(signed.service),
        Signed::Legacy(_) => None,
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
        None => (table.find_in_any_service(action, version), Cow::Borrowed("any service")),
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
        Signed::Legacy(form) => form.get("SecretId"),
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
        Signed::Legacy(form) => verify_legacy(call, form, secret_key)?,
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
            let main = world.account(account.uin.as_str()).and_then(|p| p.main.clone());
            Caller {
                main: main.unwrap_or_else(|| account.uin.clone()),
                uin: account.uin.clone(),
                kind: if account.kind == AccountKind::Main { CallerKind::Main } else { CallerKind::Sub },
            }
        }
        (None, Some(lease)) => Caller {
            main: lease.main.clone(),
            uin: lease.main.clone(),
            kind: CallerKind::Role {
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

fn verify_legacy(call: &Call<'_>, form: &Form, secret_key: &str) -> Result<(), Refusal> {
    if call.signed_hosts().into_iter().any(|host| form.is_signed(call.method, host, secret_key)) {
        return Ok(());
    }
    wrong_signature(&format!("the signature of `{}`", form.strings_to_sign(call.method, call.header("host"))))
}

/// Verifies a TC3 signature. Clients differ in what they sign, and all variants are accepted: header values as sent, in
/// lower case as the vendor's page says, or with only the action in lower case as the page's sample has it; and Host
/// with or without its port.
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
        if sign(signing, secret_key).signature == signed.signature {
            Ok(())
        } else {
            Err(strings_to_sign(signing))
        }
    };
    let forms: [fn(&str) -> bool; 3] = [|_| false, |_| true, |name| name == "x-tc-action"];
    let mut expected = None;
    for lower in forms {
        for host in call.signed_hosts() {
            match check(host, lower) {
                Ok(()) => return Ok(()),
                // The first variant is the most common one, so the error shows that.
                Err(texts) => expected = expected.or(Some(texts)),
            }
        }
    }
    let (canonical, text) = expected.unwrap_or_default();
    wrong_signature(&format!("the signature of `{text}`, with the hash of `{canonical}`"))
}
