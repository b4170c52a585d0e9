//! Who the caller is, and temporary keys (api-3.0.md, section 10).

use jiff::SignedDuration;
use serde_json::json;

use super::{Answer, Ctx};
use crate::emulator::{
    clock::{iso, later},
    gateway::Standing,
    refusal::refuse,
    world::{Lease, mix},
};

pub(super) fn who(ctx: &Ctx<'_>) -> Answer {
    let (main, uin) = (ctx.me(), &ctx.caller.uin);
    let (arn, user, kind) = match &ctx.caller.standing {
        Standing::Main | Standing::Sub => (format!("qcs::cam:{main}:uin/{uin}"), uin.to_string(), "CAMUser"),
        Standing::Role { name, session, .. } => {
            let role = role_id(name);
            (format!("qcs::sts:{main}:assumed-role/{role}"), format!("{role}:{session}"), "CAMRole")
        }
    };
    Ok(json!({ "Arn": arn, "AccountId": main, "UserId": user, "PrincipalId": user, "Type": kind }))
}

fn role_id(name: &str) -> String {
    format!("46116860184{:08}", mix(0, name) % 100_000_000)
}

pub(super) fn app_id(ctx: &Ctx<'_>) -> Answer {
    let app_id = ctx.world.person(ctx.me().as_str()).map_or(0, |p| p.app_id);
    Ok(json!({ "Uin": ctx.caller.uin, "OwnerUin": ctx.me(), "AppId": app_id }))
}

/// The roles that every account has: the name, and whether it only reads.
pub(in crate::emulator) const ROLES: [(&str, bool); 2] = [("ImageOperator", false), ("ImageAuditor", true)];

pub(super) fn assume(ctx: &mut Ctx<'_>) -> Answer {
    let arn = ctx.params.required("RoleArn");
    let session = ctx.params.required("RoleSessionName");
    let parts = arn
        .strip_prefix("qcs::cam::uin/")
        .and_then(|rest| rest.split_once(":roleName/"))
        .filter(|(uin, name)| !uin.is_empty() && !name.is_empty());
    let Some((uin, name)) = parts else {
        return refuse(
            "InvalidParameter.ParamError",
            "`RoleArn` should have the form qcs::cam::uin/UIN:roleName/NAME.",
        );
    };
    let good_session = (2..=128).contains(&session.len())
        && session.bytes().all(|b| b.is_ascii_alphanumeric() || b"_+=,.@-".contains(&b));
    if !good_session {
        return refuse(
            "InvalidParameter.ParamError",
            "`RoleSessionName` should have 2 to 128 characters of [A-Za-z0-9_+=,.@-].",
        );
    }
    let seconds = ctx.params.int("DurationSeconds").unwrap_or(7200);
    if !(1..=43_200).contains(&seconds) {
        return refuse("InvalidParameter.OverTimeError", "`DurationSeconds` should be from 1 to 43200.");
    }
    let role = ROLES.iter().find(|(role, _)| *role == name);
    let (Some((role, read_only)), Some(_)) = (role, ctx.world.person(uin)) else {
        return refuse("ResourceNotFound.RoleNotFound", format!("The role `{arn}` is not found."));
    };
    if uin != ctx.me().as_str() {
        return refuse(
            "UnauthorizedOperation",
            format!("You are not authorized to assume the role `{arn}`."),
        );
    }
    let until = later(ctx.now, SignedDuration::from_secs(seconds));
    let (id, key, token) = (ctx.world.next().0, ctx.world.next().0, ctx.world.next().0);
    let lease = Lease {
        main: ctx.me().clone(),
        role: (*role).to_owned(),
        session: session.to_owned(),
        read_only: *read_only,
        secret_id: format!("demo-tmp-id-{id}"),
        secret_key: format!("demo-tmp-key-{key}"),
        token: format!("demo-token-{token}"),
        until,
    };
    let answer = json!({
        "Credentials": { "Token": lease.token, "TmpSecretId": lease.secret_id, "TmpSecretKey": lease.secret_key },
        "ExpiredTime": until.as_second(),
        "Expiration": iso(until),
    });
    let now = ctx.now;
    // Those that ended long ago are of no use to anybody; a call with one is refused as an unknown key.
    ctx.world.leases.retain(|l| later(l.until, SignedDuration::from_hours(24)) > now);
    ctx.world.leases.push(lease);
    ctx.changed = true;
    Ok(answer)
}
