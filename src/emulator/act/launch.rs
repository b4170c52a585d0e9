//! RunInstances, what it would cost, and ResetInstance.

use serde_json::{Value, json};

use super::{
    Answer, Ctx, answer, done, image_id,
    instances::{at_rest, in_state},
    made,
    order::{Order, client_token, host_name, login, numbered, order, priced, suits, usable, user_data},
};
use crate::{
    emulator::{
        catalog::{self, Goods},
        clock::later,
        network::fixed_id,
        params::Params,
        refusal::{Refusal, refuse},
        world::{Charge, Instance, Stage, takes},
    },
    model::InstanceId,
};

pub(super) fn run(ctx: &mut Ctx<'_>) -> Answer {
    let token = client_token(ctx)?;
    if let Some(ids) = ctx.world.client_tokens.get(&token).filter(|_| !token.is_empty()) {
        return answer(json!({ "InstanceIdSet": ids }));
    }
    let order = order(ctx)?;
    if ctx.params.is("DryRun") {
        return done();
    }
    let mut instances = Vec::new();
    for (n, address) in (1..=order.count).zip(&order.addresses) {
        instances.push(instance(ctx, &order, n, &address.to_string())?);
    }
    let ids: Vec<InstanceId> = instances.iter().map(|i| i.id.clone()).collect();
    // Lists are newest first, and of one launch the first name comes first.
    ctx.shelf_mut()?.instances.extend(instances.into_iter().rev());
    if !token.is_empty() {
        ctx.world.client_tokens.insert(token, ids.clone());
    }
    ctx.changed = true;
    answer(json!({ "InstanceIdSet": ids }))
}

/// The nth instance of an order.
fn instance(ctx: &mut Ctx<'_>, order: &Order, n: i64, address: &str) -> Result<Instance, Refusal> {
    let (chars, part) = ctx.world.next();
    let id: InstanceId = made(format!("ins-{chars}").parse().ok())?;
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
        // A documentation range: an address that belongs to nobody.
        public_ip: terms.internet.is_some().then(|| format!("198.51.100.{}", low % 250 + 1)),
        stage: Stage {
            state: "PENDING".to_owned(),
            then: Some((later(ctx.now, takes(0.75 + 0.5 * part, ctx.speed)), "RUNNING".to_owned())),
        },
        latest: Some(("RunInstances".to_owned(), ctx.request_id.to_owned())),
        tags: order.tags.clone(),
        terms,
    })
}

/// InquiryPriceRunInstances: what an order would cost.
pub(super) fn price(ctx: &Ctx<'_>) -> Answer {
    client_token(ctx)?;
    let order = priced(ctx)?;
    let goods = Goods::get();
    let disks = order.terms.data_disks.iter().map(|d| (d.kind.kind.as_str(), d.size_gib));
    let (mut disk_hour, mut disk_month) = (0.0, 0.0);
    for (kind, gib) in disks.chain([(order.terms.system_disk.kind.as_str(), order.disk_gib)]) {
        if let Some(disk) = goods.disk(kind) {
            disk_hour += disk.hour * f64::from(gib);
            disk_month += disk.month * f64::from(gib);
        }
    }
    let (months, count) = (order.months as f64, order.count as f64);
    let instance = match &order.terms.charge {
        Charge::Prepaid { .. } => in_advance((order.kind.month() + disk_month) * months * count),
        Charge::Hourly => by("HOUR", (order.kind.price + disk_hour) * count, 1.0),
        Charge::Spot { .. } => {
            by("HOUR", (order.kind.price + disk_hour) * count, order.kind.spot.unwrap_or(1.0))
        }
    };
    let net = &goods.internet;
    let bandwidth = match &order.terms.internet {
        None => by("HOUR", 0.0, 1.0),
        Some(i) if i.charge == "BANDWIDTH_PREPAID" => {
            in_advance(net.month * i.bandwidth as f64 * months * count)
        }
        Some(i) if i.charge == "BANDWIDTH_POSTPAID_BY_HOUR" => {
            by("HOUR", net.hour * i.bandwidth as f64 * count, 1.0)
        }
        Some(_) => by("GB", net.gigabyte, 1.0),
    };
    answer(json!({ "Price": { "InstancePrice": instance, "BandwidthPrice": bandwidth } }))
}

/// Cents, and parts of them for what costs little.
fn rounded(dollars: f64) -> f64 {
    (dollars * 10_000.0).round() / 10_000.0
}

/// All the fields of a price, of which those that do not apply are null.
fn item_price(given: &Value) -> Value {
    let mut price = json!({});
    for field in [
        "UnitPrice",
        "ChargeUnit",
        "OriginalPrice",
        "DiscountPrice",
        "Discount",
        "UnitPriceDiscount",
        "UnitPriceSecondStep",
        "UnitPriceDiscountSecondStep",
        "UnitPriceThirdStep",
        "UnitPriceDiscountThirdStep",
        "OriginalPriceThreeYear",
        "DiscountPriceThreeYear",
        "DiscountThreeYear",
        "OriginalPriceFiveYear",
        "DiscountPriceFiveYear",
        "DiscountFiveYear",
        "OriginalPriceOneYear",
        "DiscountPriceOneYear",
        "DiscountOneYear",
    ] {
        price[field] = given[field].clone();
    }
    price
}

/// A price by the hour or by the GB, of which a part is paid.
pub(super) fn by(unit: &str, full: f64, part: f64) -> Value {
    item_price(&json!({
        "UnitPrice": rounded(full),
        "UnitPriceDiscount": rounded(full * part),
        "ChargeUnit": unit,
        "Discount": rounded(part * 100.0),
    }))
}

/// A price in advance.
pub(super) fn in_advance(full: f64) -> Value {
    item_price(&json!({ "OriginalPrice": rounded(full), "DiscountPrice": rounded(full), "Discount": 100.0 }))
}

/// Wipes the system disk; the call has neither DryRun nor ClientToken.
pub(super) fn reset(ctx: &mut Ctx<'_>) -> Answer {
    let instance = ctx.instance(ctx.params.required("InstanceId"))?;
    let (id, type_name) = (instance.id.clone(), instance.instance_type.clone());
    at_rest(ctx, instance)?;
    in_state(ctx, instance, &["RUNNING", "STOPPED"])?;
    let wanted = ctx.params.text("ImageId").unwrap_or(instance.image.as_str());
    let wanted = image_id(wanted)?;
    let image = usable(ctx, wanted.as_str())?.clone();
    if let Some(kind) = catalog::instance_type(&type_name) {
        suits(&image, kind)?;
    }
    let disk = ctx.params.object("SystemDisk");
    let size = new_disk(instance, &disk)?.max(image.size_gib);
    login(ctx, &image)?;
    let logs_in = ctx.params.object("LoginSettings");
    let keys: Vec<String> = logs_in.texts("KeyIds").into_iter().map(str::to_owned).collect();
    let keeps_login = logs_in.text("KeepImageLogin").is_some_and(|k| k.eq_ignore_ascii_case("true"));
    let (host_name, user_data) = (host_name(ctx.params, &image)?, user_data(ctx.params)?);
    let until = later(ctx.now, takes(1.5, ctx.speed));
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
    done()
}

/// The size of the system disk after a reset: it may grow. Nothing but its size and name can change.
fn new_disk(instance: &Instance, disk: &Params) -> Result<u32, Refusal> {
    for field in ["Encrypt", "KmsKeyId", "CdcId"] {
        if disk.is(field) || disk.text(field).is_some_and(|t| !t.is_empty()) {
            return refuse(
                "UnsupportedOperation.ModifyEncryptionNotSupported",
                format!("`SystemDisk.{field}` cannot be changed."),
            );
        }
    }
    let kind = &instance.terms.system_disk.kind;
    if let Some(wanted) = disk.text("DiskType").filter(|t| !t.is_empty() && t != kind) {
        return refuse(
            "InvalidParameterValue",
            format!("`SystemDisk.DiskType` is `{wanted}`; the instance has {kind}, which stays."),
        );
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
