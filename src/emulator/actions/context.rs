//! The context of an action (call, caller, world), and the checks that several actions share.

use jiff::Timestamp;

use crate::{
    emulator::{
        gateway::Caller,
        instance::{GONE, Instance},
        network::KeyPair,
        params::Params,
        refusal::{Refusal, refuse, refuse_if},
        resource::is_id,
        vendor_quirks::Quirks,
        world::{Image, Ownership, Resources, World},
    },
    model::{ImageId, InstanceId, Region, RuleSet, Uin},
};

/// The context of one call: the caller, the parameters, and the world that the action reads or changes.
pub(in crate::emulator) struct Ctx<'a> {
    pub world: &'a mut World,
    pub rules: RuleSet,
    pub quirks: &'a Quirks,
    pub speed: f64,
    pub now: Timestamp,
    pub region: Option<Region>,
    pub caller: &'a Caller,
    pub params: &'a Params,
    /// Whether the caller asked for names in Chinese.
    pub chinese: bool,
    pub request_id: &'a str,
    /// Whether copies that this call starts end in the state CREATEFAILED. A fault sets it.
    pub copies_fail: bool,
    /// Whether the action changed the world. If so, the world is saved before the answer is sent.
    pub changed: bool,
}

/// An answer without its RequestId: the text of a JSON object, or an error of the API.
pub(in crate::emulator) type Answer = Result<String, Refusal>;

/// Returns an empty answer. The server adds the RequestId.
pub(super) fn empty_answer() -> Answer {
    Ok("{}".to_owned())
}

impl Ctx<'_> {
    pub(super) fn me(&self) -> &Uin {
        &self.caller.main
    }

    /// Returns the error for a missing required parameter.
    pub(super) fn missing<T>(&self, field: &str) -> Result<T, Refusal> {
        refuse("MissingParameter", format!("The request is missing a required parameter `{field}`."))
    }

    pub(super) fn call_region(&self) -> Result<&Region, Refusal> {
        match &self.region {
            Some(region) => Ok(region),
            None => refuse("MissingParameter", "The request is missing the header `X-TC-Region`."),
        }
    }

    pub(super) fn resources(&self) -> Result<&Resources, Refusal> {
        let region = self.call_region()?;
        match self.world.regions.get(region) {
            Some(resources) => Ok(resources),
            None => refuse("UnsupportedRegion", format!("The region `{region}` is not supported.")),
        }
    }

    pub(super) fn resources_mut(&mut self) -> Result<&mut Resources, Refusal> {
        let region = self.call_region()?.clone();
        match self.world.resources(&region) {
            Some(resources) => Ok(resources),
            None => refuse("UnsupportedRegion", format!("The region `{region}` is not supported.")),
        }
    }

    /// Finds an image in the call's region that the caller can see.
    pub(super) fn image(&self, id: &str) -> Result<(&Image, Ownership), Refusal> {
        let id = image_id(id)?;
        let found = self.resources()?.images.iter().find(|i| i.id == id);
        let found = found.and_then(|image| Some((image, image.ownership(self.me())?)));
        found.map_or_else(|| refuse("InvalidImageId.NotFound", format!("ImageId {id} is not found.")), Ok)
    }

    /// Finds an image by id, for a change. The caller's rights were checked before.
    pub(super) fn image_mut(&mut self, id: &ImageId) -> Result<&mut Image, Refusal> {
        let found = self.resources_mut()?.images.iter_mut().find(|i| i.id == *id);
        found.map_or_else(|| refuse("InvalidImageId.NotFound", format!("ImageId {id} is not found.")), Ok)
    }

    /// Finds an instance of the caller in the call's region.
    pub(super) fn instance(&self, id: &str) -> Result<&Instance, Refusal> {
        let Ok(wanted) = id.parse::<InstanceId>() else {
            return refuse("InvalidInstanceId.Malformed", format!("The instance id `{id}` is malformed."));
        };
        let found = self
            .resources()?
            .instances
            .iter()
            .find(|i| i.id == wanted && i.owner == *self.me() && i.state(self.now) != GONE);
        match found {
            Some(instance) => Ok(instance),
            None => refuse("InvalidInstanceId.NotFound", format!("The instance `{id}` is not found.")),
        }
    }

    pub(super) fn instance_mut(&mut self, id: &InstanceId) -> Result<&mut Instance, Refusal> {
        match self.resources_mut()?.instances.iter_mut().find(|i| i.id == *id) {
            Some(instance) => Ok(instance),
            None => refuse("InvalidInstanceId.NotFound", format!("The instance `{id}` is not found.")),
        }
    }

    /// Finds a key pair of the caller in the call's region.
    pub(super) fn key(&self, id: &str) -> Result<&KeyPair, Refusal> {
        if !is_id(id, "skey") {
            return refuse("InvalidKeyPairId.Malformed", format!("The key pair id `{id}` is malformed."));
        }
        match self.resources()?.keys.iter().find(|k| k.id == id && k.owner == *self.me()) {
            Some(key) => Ok(key),
            None => refuse("InvalidKeyPairId.NotFound", format!("The key pair `{id}` is not found.")),
        }
    }

    /// Returns the number of accounts that one image can be shared with. The FAQ and the newer pages give different
    /// figures.
    pub(super) fn share_limit(&self) -> usize {
        match self.rules {
            RuleSet::Faq => 50,
            RuleSet::Current => 500,
        }
    }

    /// Returns the number of own images that a region holds.
    pub(super) fn image_quota(&self) -> usize {
        match self.rules {
            RuleSet::Faq => 10,
            RuleSet::Current => 500,
        }
    }

    /// Fails if the caller has an image of this name in the region and names have to be unique (quirk `names-unique`).
    pub(super) fn check_name_is_free(&self, resources: &Resources, name: &str) -> Result<(), Refusal> {
        if self.quirks.names_unique && resources.has_name(self.me(), name) {
            return refuse("InvalidImageName.Duplicate", format!("The image name `{name}` already exists."));
        }
        Ok(())
    }
}

pub(super) fn image_id(text: &str) -> Result<ImageId, Refusal> {
    match text.parse() {
        Ok(id) => Ok(id),
        Err(_) => refuse("InvalidImageId.Malformed", format!("The image id `{text}` is malformed.")),
    }
}

/// Counts characters, as the vendor does for names and descriptions.
pub(super) fn length(text: &str) -> usize {
    text.chars().count()
}

pub(super) const NAME_LENGTH: usize = 60;
pub(super) const DESCRIPTION_LENGTH: usize = 256;

/// Unwraps an id that was just made. The error cannot happen: every seed makes valid ids.
pub(super) fn new_id<T>(id: Option<T>) -> Result<T, Refusal> {
    id.map_or_else(|| refuse("InternalError", "An internal error has occurred."), Ok)
}

/// Serializes an object as the answer.
pub(super) fn answer(value: impl serde::Serialize) -> Answer {
    match serde_json::to_string(&value) {
        Ok(text) => Ok(text),
        Err(_) => refuse("InternalError", "An internal error has occurred."),
    }
}

/// Fails if a text has more than `most` characters.
pub(super) fn check_text_length(field: &str, text: &str, most: usize) -> Result<(), Refusal> {
    let message = format_args!("`{field}` has {} characters; it may have {most}.", length(text));
    refuse_if(length(text) > most, "InvalidParameterValue.TooLarge", message)
}

/// Returns the `InstanceIds` of a call. Fails if one is malformed or if there are more than 100.
pub(super) fn instance_ids<'a>(ctx: &'a Ctx<'_>) -> Result<Vec<&'a str>, Refusal> {
    let ids = ctx.params.texts("InstanceIds");
    if ids.len() > 100 {
        return refuse("InvalidParameterValue.LimitExceeded", "`InstanceIds` takes at most 100 ids.");
    }
    for id in &ids {
        if id.parse::<InstanceId>().is_err() {
            return refuse("InvalidInstanceId.Malformed", format!("The instance id `{id}` is malformed."));
        }
    }
    Ok(ids)
}

/// Fails if the instance is in none of the `good` states. The error code names the actual state.
pub(super) fn check_state(ctx: &Ctx<'_>, i: &Instance, good: &[&str]) -> Result<(), Refusal> {
    let state = i.state(ctx.now);
    if good.contains(&state) {
        return Ok(());
    }
    let code = match state {
        "PENDING" => "UnsupportedOperation.InstanceStatePending",
        "RUNNING" => "UnsupportedOperation.InstanceStateRunning",
        "STOPPED" => "UnsupportedOperation.InstanceStateStopped",
        "STARTING" => "UnsupportedOperation.InstanceStateStarting",
        "STOPPING" => "UnsupportedOperation.InstanceStateStopping",
        "REBOOTING" => "UnsupportedOperation.InstanceStateRebooting",
        "TERMINATING" => "UnsupportedOperation.InstanceStateTerminating",
        "SHUTDOWN" => "UnsupportedOperation.InstanceStateShutdown",
        _ => "UnsupportedOperation",
    };
    refuse(code, format!("The instance `{}` is {state}.", i.id))
}

/// Fails if an operation is in progress on the instance.
pub(super) fn check_idle(ctx: &Ctx<'_>, i: &Instance) -> Result<(), Refusal> {
    refuse_if(
        i.is_transitional(ctx.now) && i.state(ctx.now) == "RUNNING",
        "OperationDenied.InstanceOperationInProgress",
        format_args!("Another operation is in progress on the instance `{}`.", i.id),
    )?;
    Ok(())
}

/// Returns the instances that a call names. Fails if one of them does not exist.
pub(super) fn named_instances<'a>(ctx: &'a Ctx<'_>) -> Result<Vec<&'a Instance>, Refusal> {
    let ids = instance_ids(ctx)?;
    if ids.is_empty() {
        return ctx.missing("InstanceIds");
    }
    ids.into_iter().map(|id| ctx.instance(id)).collect()
}

/// Returns the instances that a call names. Fails if one of them is busy or in none of `states`, so that the call
/// changes either all of them or none.
pub(super) fn ready_instances<'a>(ctx: &'a Ctx<'_>, states: &[&str]) -> Result<Vec<&'a Instance>, Refusal> {
    let instances = named_instances(ctx)?;
    for instance in &instances {
        check_state(ctx, instance, states)?;
        check_idle(ctx, instance)?;
    }
    Ok(instances)
}

/// Applies `change` to each instance of a call that was checked before, records the action as the latest operation, and
/// returns the answer.
pub(super) fn change_instances(
    ctx: &mut Ctx<'_>,
    action: &str,
    mut change: impl FnMut(&mut Instance),
) -> Answer {
    let ids: Vec<InstanceId> = instance_ids(ctx)?.into_iter().filter_map(|id| id.parse().ok()).collect();
    let request_id = ctx.request_id;
    for id in &ids {
        let instance = ctx.instance_mut(id)?;
        change(instance);
        instance.latest = Some((action.to_owned(), request_id.to_owned()));
    }
    ctx.changed = true;
    empty_answer()
}

/// Returns an `InvalidParameterValue` error.
pub(super) fn invalid<T>(message: impl Into<String>) -> Result<T, Refusal> {
    refuse("InvalidParameterValue", message)
}

/// Fails if `word` is not one of the values that a field accepts.
pub(super) fn one_of(field: &str, word: &str, words: &[&str]) -> Result<(), Refusal> {
    if words.contains(&word) {
        return Ok(());
    }
    invalid(format!("`{field}` is `{word}`; it should be one of {}.", words.join(", ")))
}
