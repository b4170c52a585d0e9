//! RunInstances and ResetInstance.

use serde_json::json;

use super::{
    context::{Answer, Ctx, answer, check_idle, check_state, empty_answer, image_id, new_id},
    instance_fields::{check_arch, check_login, host_name, numbered, usable_image, user_data},
    launch_order::{Order, check_order, client_token},
};
use crate::{
    emulator::{
        catalog::{self, Goods},
        clock::{duration, later},
        instance::{Instance, Stage},
        params::Params,
        refusal::{Refusal, refuse, refuse_if},
        resource::fixed_id,
    },
    model::InstanceId,
};

pub(super) fn run(ctx: &mut Ctx<'_>) -> Answer {
    let token = client_token(ctx)?;
    if let Some(ids) = ctx.world.client_tokens.get(&token).filter(|_| !token.is_empty()) {
        return answer(json!({ "InstanceIdSet": ids }));
    }
    let order = check_order(ctx)?;
    if ctx.params.is("DryRun") {
        return empty_answer();
    }
    let mut instances = Vec::new();
    for (n, address) in (1..=order.count).zip(&order.addresses) {
        instances.push(instance(ctx, &order, n, &address.to_string())?);
    }
    let ids: Vec<InstanceId> = instances.iter().map(|i| i.id.clone()).collect();
    // Lists show the newest instance first. Within one launch the first name should come first, so the instances are
    // added in reverse.
    ctx.resources_mut()?.instances.extend(instances.into_iter().rev());
    if !token.is_empty() {
        ctx.world.client_tokens.insert(token, ids.clone());
    }
    ctx.changed = true;
    answer(json!({ "InstanceIdSet": ids }))
}

/// Makes the `n`th instance of an order.
fn instance(ctx: &mut Ctx<'_>, order: &Order, n: i64, address: &str) -> Result<Instance, Refusal> {
    let (chars, part) = ctx.world.next();
    let id: InstanceId = new_id(format!("ins-{chars}").parse().ok())?;
    let low = (part * 60_000.0) as u32;
    let mut terms = order.terms.clone();
    terms.host_name =
        if terms.host_name.is_empty() { String::new() } else { numbered(&terms.host_name, n, order.count) };
    for (n, disk) in terms.data_disks.iter_mut().enumerate() {
        disk.id = fixed_id(ctx.world.seed, "disk", &format!("{id}:{n}"));
    }
    Ok(Instance {
        id,
        owner: ctx.me().clone(),
        name: numbered(&order.name, n, order.count),
        zone: order.zone.clone(),
        instance_type: order.kind.name.clone(),
        cpu: order.kind.cpu,
        memory_gib: order.kind.memory_gib,
        image: order.image.id.clone(),
        os: order.image.os.clone(),
        created: ctx.now,
        disk_id: format!("disk-{}", ctx.world.next().0),
        disk_gib: order.disk_gib,
        private_ip: address.to_owned(),
        // The range is reserved for documentation (RFC 5737).
        public_ip: terms.internet.is_some().then(|| format!("198.51.100.{}", low % 250 + 1)),
        stage: Stage {
            state: "PENDING".to_owned(),
            then: Some((later(ctx.now, duration(0.75 + 0.5 * part, ctx.speed)), "RUNNING".to_owned())),
        },
        latest: Some(("RunInstances".to_owned(), ctx.request_id.to_owned())),
        tags: order.tags.clone(),
        terms,
    })
}

/// ResetInstance: reinstalls the system disk. The call takes neither `DryRun` nor `ClientToken`.
pub(super) fn reset(ctx: &mut Ctx<'_>) -> Answer {
    let instance = ctx.instance(ctx.params.str("InstanceId"))?;
    let (id, type_name) = (instance.id.clone(), instance.instance_type.clone());
    check_idle(ctx, instance)?;
    check_state(ctx, instance, &["RUNNING", "STOPPED"])?;
    let wanted = ctx.params.text("ImageId").unwrap_or(instance.image.as_str());
    let wanted = image_id(wanted)?;
    let image = usable_image(ctx, wanted.as_str())?.clone();
    if let Some(kind) = catalog::instance_type(&type_name) {
        check_arch(&image, kind)?;
    }
    let disk = ctx.params.object("SystemDisk");
    let size = new_disk(instance, &disk)?.max(image.size_gib);
    check_login(ctx, &image)?;
    let logs_in = ctx.params.object("LoginSettings");
    let keys: Vec<String> = logs_in.strings("KeyIds");
    let keeps_login = logs_in.text("KeepImageLogin").is_some_and(|k| k.eq_ignore_ascii_case("true"));
    let (host_name, user_data) = (host_name(ctx.params, &image)?, user_data(ctx.params)?);
    let until = later(ctx.now, duration(1.5, ctx.speed));
    let request_id = ctx.request_id.to_owned();
    let instance = ctx.instance_mut(&id)?;
    instance.image = image.id;
    instance.os = image.os;
    instance.disk_gib = size;
    if let Some(name) = disk.text("DiskName") {
        name.clone_into(&mut instance.terms.system_disk.name);
    }
    instance.terms.keys = keys;
    instance.terms.keeps_login = keeps_login;
    if !host_name.is_empty() {
        instance.terms.host_name = host_name;
    }
    instance.terms.user_data = user_data;
    instance.stage = Stage { state: "RUNNING".to_owned(), then: Some((until, "RUNNING".to_owned())) };
    instance.latest = Some(("ResetInstance".to_owned(), request_id));
    ctx.changed = true;
    empty_answer()
}

/// Returns the size of the system disk after a reset, in GiB. The disk can grow and get another name; nothing else can
/// change.
fn new_disk(instance: &Instance, disk: &Params) -> Result<u32, Refusal> {
    for field in ["Encrypt", "KmsKeyId", "CdcId"] {
        refuse_if(
            disk.is(field) || disk.given(field).is_some(),
            "UnsupportedOperation.ModifyEncryptionNotSupported",
            format_args!("`SystemDisk.{field}` cannot be changed."),
        )?;
    }
    let kind = &instance.terms.system_disk.kind;
    if let Some(wanted) = disk.text("DiskType").filter(|t| !t.is_empty() && t != kind) {
        let message = format!("`SystemDisk.DiskType` is `{wanted}`; the instance has {kind}, which stays.");
        return refuse("InvalidParameterValue", message);
    }
    let most = Goods::get().disk(kind).and_then(|d| d.system).map_or(2048, |(_, most)| most);
    match disk.int("DiskSize").map(u32::try_from) {
        None => Ok(instance.disk_gib),
        Some(Ok(size)) if (instance.disk_gib..=most).contains(&size) => Ok(size),
        Some(_) => refuse(
            "InvalidParameterValue",
            format!("`SystemDisk.DiskSize` should be from {} to {most}.", instance.disk_gib),
        ),
    }
}
