//! Key pairs, and which instances have them.

use base64::prelude::{BASE64_STANDARD, Engine as _};
use ring::signature::{Ed25519KeyPair, KeyPair as _};
use serde_json::{Value, json};

use super::{
    Answer, Ctx, answer, done,
    filter::filters,
    instances::{at_rest, in_state, instance_ids},
    network::is_id,
    tags::{self, specified},
};
use crate::{
    emulator::{
        clock::{iso, later},
        network::KeyPair,
        refusal::{Refusal, refuse},
        world::{Stage, mix, takes},
    },
    model::InstanceId,
};

/// Characters of a name, and key pairs of an account in a region.
const NAME_LENGTH: usize = 25;
const MOST: usize = 100;

pub(super) fn describe(ctx: &Ctx<'_>) -> Answer {
    const NAMES: [&str; 4] = ["project-id", "key-name", "tag-key", "tag-value"];
    let filters = filters(ctx.params, &NAMES, 5)?;
    let ids = ctx.params.texts("KeyIds");
    if !ids.is_empty() && !filters.is_empty() {
        return refuse("InvalidParameterConflict", "`KeyIds` and `Filters` cannot be given together.");
    }
    if ids.len() > 100 {
        return refuse("InvalidParameterValue.LimitExceeded", "`KeyIds` takes at most 100 ids.");
    }
    for id in &ids {
        ctx.key(id)?;
    }
    let (offset, limit) = ctx.page("InvalidParameterValue.LimitExceeded")?;
    let rows: Vec<&KeyPair> = ctx
        .shelf()?
        .keys
        .iter()
        .rev()
        .filter(|k| {
            k.owner == *ctx.me()
                && (ids.is_empty() || ids.contains(&k.id.as_str()))
                && filters.iter().all(|f| match f.name.as_str() {
                    "project-id" => f.is(&k.project.to_string()),
                    "key-name" => f.is(&k.name),
                    _ => f.tags(&k.tags).unwrap_or(false),
                })
        })
        .collect();
    let total = rows.len();
    let mut shown = Vec::new();
    for key in rows.into_iter().skip(offset).take(limit) {
        shown.push(row(ctx, key, None)?);
    }
    answer(json!({ "KeyPairSet": shown, "TotalCount": total }))
}

fn row(ctx: &Ctx<'_>, key: &KeyPair, private_key: Option<&str>) -> Result<Value, Refusal> {
    let with = |i: &&crate::emulator::world::Instance| i.terms.keys.contains(&key.id) && !i.is_gone(ctx.now);
    let instances: Vec<&InstanceId> = ctx.shelf()?.instances.iter().filter(with).map(|i| &i.id).collect();
    let tags: Vec<_> = key.tags.iter().map(|t| json!({ "Key": t.key, "Value": t.value })).collect();
    Ok(json!({
        "KeyId": key.id,
        "KeyName": key.name,
        "ProjectId": key.project,
        "Description": "",
        "PublicKey": key.public_key,
        "PrivateKey": private_key,
        "AssociatedInstanceIds": instances,
        "CreatedTime": iso(key.created),
        "Tags": tags,
    }))
}

impl Ctx<'_> {
    /// A key pair of the caller in the region.
    pub(super) fn key(&self, id: &str) -> Result<&KeyPair, Refusal> {
        if !is_id(id, "skey") {
            return refuse("InvalidKeyPairId.Malformed", format!("The key pair id `{id}` is malformed."));
        }
        match self.shelf()?.keys.iter().find(|k| k.id == id && k.owner == *self.me()) {
            Some(key) => Ok(key),
            None => refuse("InvalidKeyPairId.NotFound", format!("The key pair `{id}` is not found.")),
        }
    }
}

/// Makes a pair whose private half only this answer tells. It follows from the seed, as everything here does, and opens
/// nothing; Ed25519, since the vendor's RSA takes seconds to make.
pub(super) fn create(ctx: &mut Ctx<'_>) -> Answer {
    let id = checked(ctx)?;
    let mut rng = fastrand::Rng::with_seed(mix(ctx.world.seed, &format!("key:{id}")));
    let mut secret = [0; 32];
    rng.fill(&mut secret);
    let Ok(pair) = Ed25519KeyPair::from_seed_unchecked(&secret) else {
        return refuse("InternalError", "An internal error has occurred.");
    };
    let name = ctx.params.required("KeyName");
    let part = |bytes: &[u8]| [&(bytes.len() as u32).to_be_bytes(), bytes].concat();
    let (kind, point) = (part(b"ssh-ed25519"), pair.public_key().as_ref());
    let blob = [kind.clone(), part(point)].concat();
    // The form of OpenSSH without a passphrase: two equal numbers, the key, its name, and padding to eight bytes.
    let number = rng.u32(..).to_be_bytes();
    let both = part(&[&secret[..], point].concat());
    let mut inner = [&number[..], &number, &kind, &part(point), &both, &part(name.as_bytes())].concat();
    inner.extend((1..=7).take(inner.len().wrapping_neg() % 8));
    let head = [&b"openssh-key-v1\0"[..], &part(b"none"), &part(b"none"), &part(b""), &1_u32.to_be_bytes()];
    let private = BASE64_STANDARD.encode([head.concat(), part(&blob), part(&inner)].concat());
    let private =
        format!("-----BEGIN OPENSSH PRIVATE KEY-----\n{private}\n-----END OPENSSH PRIVATE KEY-----\n");
    let public = format!("ssh-ed25519 {} {name}", BASE64_STANDARD.encode(&blob));
    let key = keep(ctx, id, public)?;
    answer(json!({ "KeyPair": row(ctx, &key, Some(&private))? }))
}

pub(super) fn import(ctx: &mut Ctx<'_>) -> Answer {
    let public = ctx.params.required("PublicKey").trim().to_owned();
    let mut words = public.split_whitespace();
    let good = words.next().is_some_and(|kind| kind.starts_with("ssh-") || kind.starts_with("ecdsa-"))
        && words.next().is_some_and(|data| BASE64_STANDARD.decode(data).is_ok());
    if !good {
        return refuse(
            "InvalidPublicKey.Malformed",
            "`PublicKey` is not a public key in the form of OpenSSH.",
        );
    }
    let id = checked(ctx)?;
    if ctx.shelf()?.keys.iter().any(|k| k.owner == *ctx.me() && k.public_key == public) {
        return refuse("InvalidPublicKey.Duplicate", "The public key is there already.");
    }
    keep(ctx, id.clone(), public)?;
    answer(json!({ "KeyId": id }))
}

/// Checks what both ways of making a key pair have in common, and gives it its id.
fn checked(ctx: &mut Ctx<'_>) -> Result<String, Refusal> {
    let name = ctx.params.required("KeyName");
    if name.is_empty() {
        return refuse("InvalidKeyPairNameEmpty", "`KeyName` is empty.");
    }
    if name.chars().count() > NAME_LENGTH {
        return refuse(
            "InvalidKeyPairNameTooLong",
            format!("`KeyName` has at most {NAME_LENGTH} characters."),
        );
    }
    if !name.chars().all(|c| c.is_alphanumeric() || c == '_') {
        return refuse(
            "InvalidKeyPairNameIncludeIllegalChar",
            "`KeyName` has letters, digits and underscores alone.",
        );
    }
    if !ctx.world.has_project(ctx.me(), ctx.params.int("ProjectId").unwrap_or_default()) {
        return refuse("InvalidProjectId.NotFound", "The project of `ProjectId` is not found.");
    }
    specified(ctx.params, "keypair", &tags::CVM)?;
    let mut mine = ctx.shelf()?.keys.iter().filter(|k| k.owner == *ctx.me());
    if mine.clone().any(|k| k.name == name) {
        return refuse("InvalidKeyPairName.Duplicate", format!("The key pair name `{name}` already exists."));
    }
    if mine.nth(MOST - 1).is_some() {
        return refuse("InvalidKeyPair.LimitExceeded", format!("A region has at most {MOST} key pairs."));
    }
    Ok(ctx.world.next_id("skey"))
}

fn keep(ctx: &mut Ctx<'_>, id: String, public_key: String) -> Result<KeyPair, Refusal> {
    let key = KeyPair {
        id,
        owner: ctx.me().clone(),
        name: ctx.params.required("KeyName").to_owned(),
        project: ctx.params.int("ProjectId").unwrap_or_default(),
        public_key,
        created: ctx.now,
        tags: specified(ctx.params, "keypair", &tags::CVM)?,
    };
    ctx.shelf_mut()?.keys.push(key.clone());
    ctx.changed = true;
    Ok(key)
}

fn key_ids(ctx: &Ctx<'_>) -> Result<Vec<String>, Refusal> {
    let ids = ctx.params.texts("KeyIds");
    if ids.is_empty() || ids.len() > 100 {
        return refuse("InvalidParameterValue.LimitExceeded", "`KeyIds` takes 1 to 100 ids.");
    }
    for id in &ids {
        ctx.key(id)?;
    }
    Ok(ids.into_iter().map(str::to_owned).collect())
}

pub(super) fn delete(ctx: &mut Ctx<'_>) -> Answer {
    let ids = key_ids(ctx)?;
    for i in &ctx.shelf()?.instances {
        if let Some(id) = ids.iter().find(|id| i.terms.keys.contains(id) && !i.is_gone(ctx.now)) {
            return refuse(
                "InvalidParameterValue.KeyPairNotSupported",
                format!("The key pair {id} is on the instance {}.", i.id),
            );
        }
    }
    ctx.shelf_mut()?.keys.retain(|k| !ids.contains(&k.id));
    ctx.changed = true;
    done()
}

/// Puts keys on instances or takes them away. Those that run have to be stopped for it, which `ForceStop` does.
pub(super) fn change(ctx: &mut Ctx<'_>, action: &'static str, gives: bool) -> Answer {
    let keys = key_ids(ctx)?;
    let ids: Vec<String> = instance_ids(ctx)?.into_iter().map(str::to_owned).collect();
    if ids.is_empty() {
        return refuse("MissingParameter", "The request is missing a required parameter `InstanceIds`.");
    }
    let from: &[&str] = if ctx.params.is("ForceStop") { &["RUNNING", "STOPPED"] } else { &["STOPPED"] };
    let mut found = Vec::new();
    for id in &ids {
        let instance = ctx.instance(id)?;
        in_state(ctx, instance, from)?;
        at_rest(ctx, instance)?;
        if instance.os.starts_with("Windows") {
            return refuse(
                "UnsupportedOperation.KeyPairUnsupportedWindows",
                format!("The instance {id} runs Windows, which takes no key pairs."),
            );
        }
        found.push(instance.id.clone());
    }
    let (now, speed, request_id) = (ctx.now, ctx.speed, ctx.request_id.to_owned());
    for id in &found {
        let instance = ctx.instance_mut(id)?;
        instance.terms.keys.retain(|k| !keys.contains(k));
        if gives {
            instance.terms.keys.extend(keys.iter().cloned());
        }
        // One that ran is stopped, changed and started again, and is busy meanwhile.
        let state = instance.state(now).to_owned();
        let until = later(now, takes(if state == "RUNNING" { 0.8 } else { 0.2 }, speed));
        instance.stage = Stage { state: state.clone(), then: Some((until, state)) };
        instance.latest = Some((action.to_owned(), request_id.clone()));
    }
    ctx.changed = true;
    done()
}
