//! Actions for key pairs and their association with instances.

use base64::prelude::{BASE64_STANDARD, Engine as _};
use ring::signature::{Ed25519KeyPair, KeyPair as _};
use serde_json::{Value, json};

use super::{
    context::{Answer, Ctx, answer, change_instances, empty_answer, ready_instances},
    instance_changes::stopped_or_forced,
    lists::{self, ListRules, Selection, page_answer},
    tag_fields::{self, tag_rows, tag_specification},
};
use crate::{
    emulator::{
        clock::{duration, iso, later},
        instance::{Instance, Stage},
        network::KeyPair,
        refusal::{Refusal, refuse, refuse_if},
        resource::seeded_hash,
        world::Resources,
    },
    model::InstanceId,
};

/// The most characters of a name, and the most key pairs of an account in a region.
const NAME_LENGTH: usize = 25;
const MOST: usize = 100;

pub(super) fn describe(ctx: &Ctx<'_>) -> Answer {
    const RULES: ListRules = ListRules { both: "InvalidParameterConflict", ..lists::CVM };
    let selection = Selection::read(ctx, "KeyIds", "project-id key-name tag-key tag-value", &RULES)?;
    for id in &selection.ids {
        ctx.key(id)?;
    }
    let resources = ctx.resources()?;
    let has = |k: &&KeyPair| {
        selection.has(&k.id, |f| match f.name.as_str() {
            "project-id" => f.is(&k.project.to_string()),
            "key-name" => f.is(&k.name),
            _ => f.tags(&k.tags),
        })
    };
    let mine = resources.keys.iter().rev().filter(|k| k.owner == *ctx.me());
    page_answer(ctx, &RULES, "KeyPairSet", &mine.filter(has).collect::<Vec<_>>(), |k| {
        row(ctx, resources, k, None)
    })
}

fn row(ctx: &Ctx<'_>, resources: &Resources, key: &KeyPair, private_key: Option<&str>) -> Value {
    let with = |i: &&Instance| i.terms.keys.contains(&key.id) && !i.is_gone(ctx.now);
    let instances: Vec<&InstanceId> = resources.instances.iter().filter(with).map(|i| &i.id).collect();
    json!({
        "KeyId": key.id, "KeyName": key.name, "ProjectId": key.project, "Description": "", "PublicKey": key.public_key,
        "PrivateKey": private_key, "AssociatedInstanceIds": instances, "CreatedTime": iso(key.created),
        "Tags": tag_rows(&key.tags),
    })
}

/// CreateKeyPair: makes a key pair and returns its private key, which is not stored. The key derives from the seed and
/// opens nothing. It is Ed25519, since an RSA key as the vendor makes takes seconds.
pub(super) fn create(ctx: &mut Ctx<'_>) -> Answer {
    let id = check_new_key(ctx)?;
    let mut rng = fastrand::Rng::with_seed(seeded_hash(ctx.world.seed, &format!("key:{id}")));
    let mut secret = [0; 32];
    rng.fill(&mut secret);
    let Ok(pair) = Ed25519KeyPair::from_seed_unchecked(&secret) else {
        return refuse("InternalError", "An internal error has occurred.");
    };
    let name = ctx.params.str("KeyName");
    let part = |bytes: &[u8]| [&(bytes.len() as u32).to_be_bytes(), bytes].concat();
    let (kind, point) = (part(b"ssh-ed25519"), pair.public_key().as_ref());
    let blob = [kind.clone(), part(point)].concat();
    // OpenSSH's private key format without a passphrase: two equal check numbers, the key, the comment, and padding to
    // a multiple of eight bytes.
    let number = rng.u32(..).to_be_bytes();
    let both = part(&[&secret[..], point].concat());
    let mut inner = [&number[..], &number, &kind, &part(point), &both, &part(name.as_bytes())].concat();
    inner.extend((1..=7).take(inner.len().wrapping_neg() % 8));
    let head = [&b"openssh-key-v1\0"[..], &part(b"none"), &part(b"none"), &part(b""), &1_u32.to_be_bytes()];
    let private = BASE64_STANDARD.encode([head.concat(), part(&blob), part(&inner)].concat());
    let private =
        format!("-----BEGIN OPENSSH PRIVATE KEY-----\n{private}\n-----END OPENSSH PRIVATE KEY-----\n");
    let public = format!("ssh-ed25519 {} {name}", BASE64_STANDARD.encode(&blob));
    let key = add_key(ctx, id, public)?;
    answer(json!({ "KeyPair": row(ctx, ctx.resources()?, &key, Some(&private)) }))
}

pub(super) fn import(ctx: &mut Ctx<'_>) -> Answer {
    let public = ctx.params.str("PublicKey").trim().to_owned();
    let mut words = public.split_whitespace();
    let good = words.next().is_some_and(|kind| kind.starts_with("ssh-") || kind.starts_with("ecdsa-"))
        && words.next().is_some_and(|data| BASE64_STANDARD.decode(data).is_ok());
    let message = "`PublicKey` is not a public key in the form of OpenSSH.";
    refuse_if(!good, "InvalidPublicKey.Malformed", message)?;
    let id = check_new_key(ctx)?;
    if ctx.resources()?.keys.iter().any(|k| k.owner == *ctx.me() && k.public_key == public) {
        return refuse("InvalidPublicKey.Duplicate", "The public key is there already.");
    }
    add_key(ctx, id.clone(), public)?;
    answer(json!({ "KeyId": id }))
}

/// Checks the fields that CreateKeyPair and ImportKeyPair share, and returns an id for the new pair.
fn check_new_key(ctx: &mut Ctx<'_>) -> Result<String, Refusal> {
    let name = ctx.params.str("KeyName");
    refuse_if(name.is_empty(), "InvalidKeyPairNameEmpty", "`KeyName` is empty.")?;
    let message = format_args!("`KeyName` has at most {NAME_LENGTH} characters.");
    refuse_if(name.chars().count() > NAME_LENGTH, "InvalidKeyPairNameTooLong", message)?;
    refuse_if(
        !name.chars().all(|c| c.is_alphanumeric() || c == '_'),
        "InvalidKeyPairNameIncludeIllegalChar",
        "`KeyName` has letters, digits and underscores alone.",
    )?;
    if !ctx.world.has_project(ctx.me(), ctx.params.int("ProjectId").unwrap_or_default()) {
        return refuse("InvalidProjectId.NotFound", "The project of `ProjectId` is not found.");
    }
    tag_specification(ctx.params, "keypair", &tag_fields::CVM)?;
    let mut mine = ctx.resources()?.keys.iter().filter(|k| k.owner == *ctx.me());
    if mine.clone().any(|k| k.name == name) {
        return refuse("InvalidKeyPairName.Duplicate", format!("The key pair name `{name}` already exists."));
    }
    if mine.nth(MOST - 1).is_some() {
        return refuse("InvalidKeyPair.LimitExceeded", format!("A region has at most {MOST} key pairs."));
    }
    Ok(ctx.world.next_id("skey"))
}

fn add_key(ctx: &mut Ctx<'_>, id: String, public_key: String) -> Result<KeyPair, Refusal> {
    let key = KeyPair {
        id,
        owner: ctx.me().clone(),
        name: ctx.params.str("KeyName").to_owned(),
        project: ctx.params.int("ProjectId").unwrap_or_default(),
        public_key,
        created: ctx.now,
        tags: tag_specification(ctx.params, "keypair", &tag_fields::CVM)?,
    };
    ctx.resources_mut()?.keys.push(key.clone());
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
    for i in &ctx.resources()?.instances {
        if let Some(id) = ids.iter().find(|id| i.terms.keys.contains(id) && !i.is_gone(ctx.now)) {
            let message = format!("The key pair {id} is on the instance {}.", i.id);
            return refuse("InvalidParameterValue.KeyPairNotSupported", message);
        }
    }
    ctx.resources_mut()?.keys.retain(|k| !ids.contains(&k.id));
    ctx.changed = true;
    empty_answer()
}

/// Adds key pairs to instances (`gives`) or removes them. Running instances have to be stopped for this, which
/// `ForceStop` does.
pub(super) fn change(ctx: &mut Ctx<'_>, action: &'static str, gives: bool) -> Answer {
    let keys = key_ids(ctx)?;
    let instances = ready_instances(ctx, stopped_or_forced(ctx))?;
    if let Some(instance) = instances.into_iter().find(|i| i.os.starts_with("Windows")) {
        let message = format!("The instance {} runs Windows, which takes no key pairs.", instance.id);
        return refuse("UnsupportedOperation.KeyPairUnsupportedWindows", message);
    }
    let (now, speed) = (ctx.now, ctx.speed);
    change_instances(ctx, action, |instance| {
        instance.terms.keys.retain(|k| !keys.contains(k));
        if gives {
            instance.terms.keys.extend(keys.iter().cloned());
        }
        // A running instance is stopped, changed and started again, and is busy meanwhile.
        let state = instance.state(now).to_owned();
        let until = later(now, duration(if state == "RUNNING" { 0.8 } else { 0.2 }, speed));
        instance.stage = Stage { state: state.clone(), then: Some((until, state)) };
    })
}
