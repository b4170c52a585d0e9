//! Actions that change instances: start, stop, reboot, terminate, attributes and passwords.

use super::{
    context::{
        Answer, Ctx, change_instances, check_idle, check_state, named_instances, one_of, ready_instances,
    },
    instance_fields::{host_name, jumbo, password_fits, role, user_data},
    launch_network::groups,
};
use crate::emulator::{
    catalog,
    clock::{duration, later},
    instance::{Charge, GONE, Instance},
    refusal::{Refusal, refuse, refuse_if},
};

/// A change of an instance's state.
struct Switch {
    action: &'static str,
    from: &'static [&'static str],
    doing: &'static str,
    minutes: f64,
    then: &'static str,
}

/// Starts the state change of all instances of a call, or of none if one is in a state that does not allow it.
fn switch(ctx: &mut Ctx<'_>, how: &Switch, change: impl Fn(&mut Instance)) -> Answer {
    ready_instances(ctx, how.from)?;
    let (now, until) = (ctx.now, later(ctx.now, duration(how.minutes, ctx.speed)));
    change_instances(ctx, how.action, |instance| {
        // A prepaid instance goes to the recycle bin (SHUTDOWN) first.
        let binned = how.then == GONE
            && matches!(instance.terms.charge, Charge::Prepaid { .. })
            && instance.state(now) != "SHUTDOWN";
        instance.stage.state = how.doing.to_owned();
        instance.stage.then = Some((until, if binned { "SHUTDOWN" } else { how.then }.to_owned()));
        change(instance);
    })
}

pub(super) fn start(ctx: &mut Ctx<'_>) -> Answer {
    let (action, doing, then) = ("StartInstances", "STARTING", "RUNNING");
    switch(ctx, &Switch { action, from: &["STOPPED"], doing, minutes: 0.4, then }, |_| {})
}

/// Returns whether a stop or reboot is forced. Fails if the older field `force` and `StopType` are both given.
fn is_hard(ctx: &Ctx<'_>, force: &str) -> Result<bool, Refusal> {
    let stop_type = ctx.params.text("StopType");
    let message = format_args!("`{force}` and `StopType` cannot be given together.");
    refuse_if(ctx.params.has(force) && stop_type.is_some(), "InvalidParameterCombination", message)?;
    if let Some(word) = stop_type {
        one_of("StopType", word, &["SOFT", "SOFT_FIRST", "HARD"])?;
    }
    Ok(ctx.params.is(force) || stop_type == Some("HARD"))
}

pub(super) fn stop(ctx: &mut Ctx<'_>) -> Answer {
    let minutes = if is_hard(ctx, "ForceStop")? { 0.1 } else { 0.5 };
    let mode = ctx.params.text("StoppedMode").unwrap_or("KEEP_CHARGING");
    one_of("StoppedMode", mode, &["KEEP_CHARGING", "STOP_CHARGING"])?;
    let free = mode == "STOP_CHARGING";
    let (action, doing, then) = ("StopInstances", "STOPPING", "STOPPED");
    switch(ctx, &Switch { action, from: &["RUNNING"], doing, minutes, then }, |instance| {
        // Stopped prepaid instances are still charged.
        instance.terms.stops_charging = free && instance.terms.charge == Charge::Hourly;
    })
}

pub(super) fn reboot(ctx: &mut Ctx<'_>) -> Answer {
    let minutes = if is_hard(ctx, "ForceReboot")? { 0.3 } else { 0.6 };
    let (action, doing, then) = ("RebootInstances", "REBOOTING", "RUNNING");
    switch(ctx, &Switch { action, from: &["RUNNING"], doing, minutes, then }, |_| {})
}

pub(super) fn terminate(ctx: &mut Ctx<'_>) -> Answer {
    if let Some(instance) = named_instances(ctx)?.into_iter().find(|i| i.terms.is_protected) {
        let message = format!("The instance {} is protected from termination.", instance.id);
        return refuse("UnsupportedOperation.InstancesProtected", message);
    }
    let all_disks = ctx.params.is("ReleasePrepaidDataDisks");
    let (action, doing, from) = ("TerminateInstances", "TERMINATING", &["RUNNING", "STOPPED", "SHUTDOWN"]);
    switch(ctx, &Switch { action, from, doing, minutes: 0.5, then: GONE }, |instance| {
        for disk in &mut instance.terms.data_disks {
            disk.goes_with_instance |= all_disks;
        }
    })
}

/// ModifyInstancesAttribute: sets the same attributes of all instances of a call.
pub(super) fn modify(ctx: &mut Ctx<'_>) -> Answer {
    const FIELDS: [&str; 7] = [
        "InstanceName",
        "UserData",
        "SecurityGroups",
        "CamRoleName",
        "HostName",
        "DisableApiTermination",
        "EnableJumboFrame",
    ];
    let params = ctx.params;
    let mut images = Vec::new();
    for i in named_instances(ctx)? {
        check_idle(ctx, i)?;
        if let Some(kind) = catalog::instance_type(&i.instance_type) {
            jumbo(params, kind)?;
        }
        if params.has("HostName") {
            check_state(ctx, i, &["RUNNING", "STOPPED"])?;
            images.push(ctx.resources()?.images.iter().find(|image| image.id == i.image));
        }
    }
    if !FIELDS.iter().any(|f| params.has(f)) {
        return refuse("MissingParameter", format!("One of {} should be given.", FIELDS.join(", ")));
    }
    let name = params.text("InstanceName");
    let too_long = name.is_some_and(|n| n.chars().count() > 60);
    refuse_if(too_long, "InvalidInstanceName.TooLong", "`InstanceName` takes at most 60 characters.")?;
    let groups = params.has("SecurityGroups").then(|| groups(ctx, "SecurityGroups")).transpose()?;
    let role = params.has("CamRoleName").then(|| role(params)).transpose()?;
    if let Some(kind) = params.given("CamRoleType") {
        one_of("CamRoleType", kind, &["user", "system", "service_linked"])?;
        let message = format_args!("`CamRoleType` {kind} goes with `CamRoleName`.");
        refuse_if(role.is_none(), "InvalidParameterCombination", message)?;
    }
    let user_data = params.has("UserData").then(|| user_data(params)).transpose()?;
    let host_name = match images.first() {
        Some(Some(image)) => Some(host_name(params, image)?),
        // The image was deleted or is no longer shared, so the name is not checked against its platform.
        Some(None) => params.text("HostName").map(str::to_owned),
        None => None,
    };
    let (protects, jumbo) = (params.flag("DisableApiTermination"), params.flag("EnableJumboFrame"));
    // A new host name needs a reboot, which is automatic unless `AutoReboot` is false.
    let reboots = host_name.is_some() && params.flag("AutoReboot").unwrap_or(true);
    let (now, until) = (ctx.now, later(ctx.now, duration(0.6, ctx.speed)));
    change_instances(ctx, "ModifyInstancesAttribute", |i| {
        let terms = &mut i.terms;
        let texts = [(&mut i.name, name), (&mut terms.role, role.as_deref())];
        let more =
            [(&mut terms.user_data, user_data.as_deref()), (&mut terms.host_name, host_name.as_deref())];
        for (field, new) in texts.into_iter().chain(more) {
            if let Some(new) = new {
                new.clone_into(field);
            }
        }
        if let Some(groups) = &groups {
            terms.groups.clone_from(groups);
        }
        terms.is_protected = protects.unwrap_or(terms.is_protected);
        terms.jumbo = jumbo.unwrap_or(terms.jumbo);
        if reboots && i.state(now) == "RUNNING" {
            i.stage.state = "REBOOTING".to_owned();
            i.stage.then = Some((until, "RUNNING".to_owned()));
        }
    })
}

/// ResetInstancesPassword: checks the password and does not store it. Running instances are restarted.
pub(super) fn reset_password(ctx: &mut Ctx<'_>) -> Answer {
    let user = ctx.params.str("UserName");
    let user_fits =
        user.len() <= 64 && user.bytes().all(|b| b.is_ascii_alphanumeric() || b"_-.".contains(&b));
    let message = "`UserName` has at most 64 letters, digits, `_`, `-` and `.`.";
    refuse_if(!user_fits, "InvalidParameterValue", message)?;
    for i in ready_instances(ctx, stopped_or_forced(ctx))? {
        let fits = password_fits(ctx.params.str("Password"), i.os.starts_with("Windows"));
        refuse_if(!fits, "InvalidParameterValue.InvalidPassword", "`Password` is not valid.")?;
    }
    let (now, until) = (ctx.now, later(ctx.now, duration(0.6, ctx.speed)));
    change_instances(ctx, "ResetInstancesPassword", |i| {
        let state = i.state(now).to_owned();
        i.stage.state.clone_from(&state);
        i.stage.then = Some((until, state));
    })
}

/// Returns the states in which an instance can be changed while it is off. With `ForceStop` that includes RUNNING.
pub(super) fn stopped_or_forced(ctx: &Ctx<'_>) -> &'static [&'static str] {
    if ctx.params.is("ForceStop") { &["STOPPED", "RUNNING"] } else { &["STOPPED"] }
}
