//! The identity of the caller, and temporary keys.

use jiff::SignedDuration;
use serde_json::{Value, json};

use super::context::{Answer, Ctx, answer};
use crate::emulator::{
    clock::{iso, later},
    gateway::CallerKind,
    params::unescape,
    refusal::{Refusal, refuse, refuse_if},
    resource::seeded_hash,
    world::Lease,
};

pub(super) fn caller_identity(ctx: &Ctx<'_>) -> Answer {
    let (main, uin) = (ctx.me(), &ctx.caller.uin);
    let (arn, user, kind) = match &ctx.caller.kind {
        CallerKind::Main | CallerKind::Sub => {
            (format!("qcs::cam:{main}:uin/{uin}"), uin.to_string(), "CAMUser")
        }
        // A federated user has no role.
        CallerKind::Role { name, session, .. } if name.is_empty() => {
            (format!("qcs::sts:{main}:federated-user/{uin}"), format!("{uin}:{session}"), "CAMUser")
        }
        CallerKind::Role { name, session, .. } => {
            let role = role_id(name);
            (format!("qcs::sts:{main}:assumed-role/{role}"), format!("{role}:{session}"), "CAMRole")
        }
    };
    answer(json!({ "Arn": arn, "AccountId": main, "UserId": user, "PrincipalId": user, "Type": kind }))
}

fn role_id(name: &str) -> String {
    format!("46116860184{:08}", seeded_hash(0, name) % 100_000_000)
}

pub(super) fn app_id(ctx: &Ctx<'_>) -> Answer {
    let app_id = ctx.world.account(ctx.me().as_str()).map_or(0, |p| p.app_id);
    answer(json!({ "Uin": ctx.caller.uin, "OwnerUin": ctx.me(), "AppId": app_id }))
}

/// The roles that every account has: the name, and whether the role is read-only.
pub(in crate::emulator) const ROLES: [(&str, bool); 2] = [("ImageOperator", false), ("ImageAuditor", true)];

/// Returns whether an instance can have this role.
pub(super) fn is_role(name: &str) -> bool {
    ROLES.iter().any(|(role, _)| *role == name)
}

pub(super) fn assume(ctx: &mut Ctx<'_>) -> Answer {
    let arn = ctx.params.str("RoleArn");
    let session = ctx.params.str("RoleSessionName");
    let parts = arn
        .strip_prefix("qcs::cam::uin/")
        .and_then(|rest| rest.split_once(":roleName/"))
        .filter(|(uin, name)| !uin.is_empty() && !name.is_empty());
    let Some((uin, name)) = parts else {
        let message = "`RoleArn` should have the form qcs::cam::uin/UIN:roleName/NAME.";
        return refuse("InvalidParameter.ParamError", message);
    };
    let good_session = (2..=128).contains(&session.len())
        && session.bytes().all(|b| b.is_ascii_alphanumeric() || b"_+=,.@-".contains(&b));
    let message = "`RoleSessionName` should have 2 to 128 characters of [A-Za-z0-9_+=,.@-].";
    refuse_if(!good_session, "InvalidParameter.ParamError", message)?;
    let seconds = ctx.params.int("DurationSeconds").unwrap_or(7200);
    if !(1..=43_200).contains(&seconds) {
        return refuse("InvalidParameter.OverTimeError", "`DurationSeconds` should be from 1 to 43200.");
    }
    let role = ROLES.iter().find(|(role, _)| *role == name);
    let (Some((role, read_only)), Some(_)) = (role, ctx.world.account(uin)) else {
        return refuse("ResourceNotFound.RoleNotFound", format!("The role `{arn}` is not found."));
    };
    let message = format_args!("You are not authorized to assume the role `{arn}`.");
    refuse_if(uin != ctx.me().as_str(), "UnauthorizedOperation", message)?;
    let read_only = *read_only || policy(ctx)?;
    let (role, session) = ((*role).to_owned(), session.to_owned());
    issue_key(ctx, role, session, read_only, seconds)
}

/// GetFederationToken: makes a temporary key for a user outside the account. It may do what its policy allows.
pub(super) fn federate(ctx: &mut Ctx<'_>) -> Answer {
    let name = ctx.params.str("Name");
    let fits = (1..=64).contains(&name.len())
        && name.bytes().all(|b| b.is_ascii_alphanumeric() || b"_+=,.@-".contains(&b));
    let message = "`Name` should have 1 to 64 characters of [A-Za-z0-9_+=,.@-].";
    refuse_if(!fits, "InvalidParameter.ParamError", message)?;
    if let CallerKind::Role { .. } = &ctx.caller.kind {
        return refuse("UnauthorizedOperation", "A temporary key cannot make another one.");
    }
    let most = if ctx.caller.kind == CallerKind::Main { 7200 } else { 129_600 };
    let seconds = ctx.params.int("DurationSeconds").unwrap_or(1800);
    let message = format_args!("`DurationSeconds` should be from 1 to {most}.");
    refuse_if(!(1..=most).contains(&seconds), "InvalidParameter.OverTimeError", message)?;
    let read_only = policy(ctx)?;
    issue_key(ctx, String::new(), name.to_owned(), read_only, seconds)
}

/// Returns whether the policy of a call allows only reading. Policies are evaluated no further: one that allows any
/// change allows every change.
fn policy(ctx: &Ctx<'_>) -> Result<bool, Refusal> {
    let Some(text) = ctx.params.given("Policy") else { return Ok(false) };
    // Clients send plain JSON, or JSON with URL escapes as the vendor's page asks.
    let text = if text.starts_with('{') { text.to_owned() } else { unescape(text) };
    let bad = || {
        refuse("InvalidParameter.StrategyFormatError", "`Policy` should be a policy of version 2.0 in JSON.")
    };
    let Ok(policy) = serde_json::from_str::<Value>(&text) else { return bad() };
    let (Some("2.0"), Some(statements)) = (policy["version"].as_str(), policy["statement"].as_array()) else {
        return bad();
    };
    let mut reads = true;
    for statement in statements.iter().filter(|s| s["effect"] == "allow") {
        let actions = match &statement["action"] {
            Value::Array(actions) => actions.as_slice(),
            one => std::slice::from_ref(one),
        };
        for action in actions {
            let Some(action) = action.as_str() else { return bad() };
            let name = action.rsplit(':').next().unwrap_or_default();
            reads &= ["Describe", "Get", "Inquiry"].iter().any(|p| name.starts_with(p));
        }
    }
    Ok(reads)
}

/// Makes a temporary key of the caller's account.
fn issue_key(ctx: &mut Ctx<'_>, role: String, session: String, read_only: bool, seconds: i64) -> Answer {
    let until = later(ctx.now, SignedDuration::from_secs(seconds));
    let (id, key, token) = (ctx.world.next().0, ctx.world.next().0, ctx.world.next().0);
    let lease = Lease {
        main: ctx.me().clone(),
        role,
        session,
        read_only,
        secret_id: format!("demo-tmp-id-{id}"),
        secret_key: format!("demo-tmp-key-{key}"),
        token: format!("demo-token-{token}"),
        until,
    };
    let keys = json!({
        "Credentials": { "Token": lease.token, "TmpSecretId": lease.secret_id, "TmpSecretKey": lease.secret_key },
        "ExpiredTime": until.as_second(),
        "Expiration": iso(until),
    });
    let now = ctx.now;
    // Drops keys that expired more than a day ago. A call with one is refused as an unknown key.
    ctx.world.leases.retain(|l| later(l.until, SignedDuration::from_hours(24)) > now);
    ctx.world.leases.push(lease);
    ctx.changed = true;
    answer(keys)
}
