//! RunInstances, ResetInstance, and what zones sell (api-3.0.md, section 9).

use serde_json::json;

use super::{
    Answer, Ctx, answer, done,
    filter::filters,
    image_id,
    instances::{at_rest, in_state, zone_fits},
    made,
};
use crate::{
    emulator::{
        catalog::{self, TYPES},
        clock::later,
        refusal::{Refusal, refuse},
        world::{Image, Instance, Label, Stage, takes},
    },
    model::{Catalog, ImageState, InstanceId},
};

/// Most instances a call makes, and characters of their name and of a client token.
const MOST_INSTANCES: i64 = 500;
const NAME_LENGTH: usize = 128;
const TOKEN_LENGTH: usize = 64;

pub(super) fn run(ctx: &mut Ctx<'_>) -> Answer {
    let token = ctx.params.text("ClientToken").unwrap_or_default().to_owned();
    if token.len() > TOKEN_LENGTH || !token.is_ascii() {
        return refuse("InvalidClientToken.TooLong", "`ClientToken` takes at most 64 ASCII characters.");
    }
    let region = ctx.here()?.clone();
    let token_key = format!("{region}/{}/{token}", ctx.caller.uin);
    if let Some(ids) = ctx.world.client_tokens.get(&token_key).filter(|_| !token.is_empty()) {
        return answer(json!({ "InstanceIdSet": ids }));
    }
    if ctx.params.has("LaunchTemplate") {
        return refuse("InvalidParameterValue.LaunchTemplateNotFound", "The launch template is not found.");
    }
    for field in ["Placement", "ImageId"] {
        if !ctx.params.has(field) {
            return refuse(
                "MissingParameter",
                format!("The request is missing a required parameter `{field}`."),
            );
        }
    }
    let zone = ctx.params.object("Placement").required("Zone").to_owned();
    zone_sells(ctx, &zone)?;
    let kind = instance_type(ctx.params.text("InstanceType").unwrap_or("S5.SMALL2"))?;
    let image = usable(ctx, ctx.params.required("ImageId"))?.clone();
    if image.arch != kind.arch {
        return refuse(
            "InvalidParameterValue.InvalidImageForGivenInstanceType",
            format!("The image {} is for {}; the instance type {} is not.", image.id, image.arch, kind.name),
        );
    }
    let count = ctx.params.int("InstanceCount").unwrap_or(1);
    if !(1..=MOST_INSTANCES).contains(&count) {
        return refuse("InvalidParameterValue.Range", "`InstanceCount` should be from 1 to 500.");
    }
    if ctx.params.int("MinCount").is_some_and(|min| !(1..=count).contains(&min)) {
        return refuse(
            "InvalidParameterValue.InvalidParameterMinCount",
            "`MinCount` should be from 1 to `InstanceCount`.",
        );
    }
    let name = ctx.params.text("InstanceName").unwrap_or("Unnamed").to_owned();
    if name.chars().count() > NAME_LENGTH {
        return refuse("InvalidInstanceName.TooLong", "`InstanceName` takes at most 128 characters.");
    }
    let disk_gib = system_disk(ctx, &image)?;
    login(ctx)?;
    if ctx.params.is("DryRun") {
        return done();
    }
    let tags: Vec<Label> = ctx
        .params
        .objects("TagSpecification")
        .iter()
        .filter(|s| s.text("ResourceType") == Some("instance"))
        .flat_map(|s| s.objects("Tags"))
        .map(|t| Label { key: t.required("Key").to_owned(), value: t.required("Value").to_owned() })
        .collect();
    let public = ctx.params.object("InternetAccessible").is("PublicIpAssigned");
    let mut ids = Vec::new();
    for n in 1..=count {
        let (chars, part) = ctx.world.next();
        let id: InstanceId = made(format!("ins-{chars}").parse().ok())?;
        let low = (part * 60_000.0) as u32;
        let instance = Instance {
            id: id.clone(),
            owner: ctx.me().clone(),
            name: numbered(&name, n, count),
            zone: zone.clone(),
            instance_type: kind.name.to_owned(),
            cpu: kind.cpu,
            memory_gib: kind.memory_gib,
            image: image.id.clone(),
            os: image.os.clone(),
            created: ctx.now,
            disk_id: format!("disk-{}", ctx.world.next().0),
            disk_gib,
            private_ip: format!("10.1.{}.{}", low / 250 % 250, low % 250 + 1),
            // A documentation range: an address that belongs to nobody.
            public_ip: public.then(|| format!("198.51.100.{}", low % 250 + 1)),
            stage: Stage {
                state: "PENDING".to_owned(),
                then: Some((later(ctx.now, takes(0.75 + 0.5 * part, ctx.speed)), "RUNNING".to_owned())),
            },
            latest: Some(("RunInstances".to_owned(), ctx.request_id.to_owned())),
            tags: tags.clone(),
        };
        ctx.shelf_mut()?.instances.push(instance);
        ids.push(id);
    }
    if !token.is_empty() {
        ctx.world.client_tokens.insert(token_key, ids.clone());
    }
    ctx.changed = true;
    answer(json!({ "InstanceIdSet": ids }))
}

/// `{R:3}` counts on from 3; several without it get a number at the end, one keeps its name.
fn numbered(name: &str, n: i64, count: i64) -> String {
    if let Some((head, rest)) = name.split_once("{R:")
        && let Some((first, tail)) = rest.split_once('}')
        && let Ok(first) = first.parse::<i64>()
    {
        return format!("{head}{}{tail}", first.saturating_add(n - 1));
    }
    if count > 1 { format!("{name}{n}") } else { name.to_owned() }
}

fn zone_sells(ctx: &Ctx<'_>, zone: &str) -> Result<(), Refusal> {
    let region = ctx.here()?;
    let info = Catalog::get().region(region);
    match info {
        Some(info) if info.sold_out.iter().any(|z| z == zone) => {
            refuse("ResourceInsufficient.AvailabilityZoneSoldOut", format!("The zone `{zone}` is sold out."))
        }
        Some(info) if info.zones.iter().any(|z| z == zone) => Ok(()),
        _ if zone_fits(region, zone) => {
            refuse("InvalidParameterValue.ZoneNotSupported", format!("The zone `{zone}` is not supported."))
        }
        _ => {
            refuse("InvalidZone.MismatchRegion", format!("The zone `{zone}` is not in the region {region}."))
        }
    }
}

fn instance_type(name: &str) -> Result<catalog::Type, Refusal> {
    match catalog::instance_type(name) {
        Some(kind) => Ok(kind),
        None if name.contains('.') => refuse(
            "InvalidParameterValue.InstanceTypeNotFound",
            format!("The instance type `{name}` is not found."),
        ),
        None => refuse("InvalidInstanceType.Malformed", format!("The instance type `{name}` is malformed.")),
    }
}

/// An image that the caller sees in the region and that is NORMAL.
fn usable<'a>(ctx: &'a Ctx<'_>, id: &str) -> Result<&'a Image, Refusal> {
    let (image, _) = ctx.image(id)?;
    let state = image.state(ctx.now);
    if state != ImageState::Normal {
        return refuse(
            "InvalidParameterValue.InvalidImageState",
            format!("The image {} is {state}; it should be NORMAL.", image.id),
        );
    }
    Ok(image)
}

/// The system disk's size: as asked, else 50 GiB or what the image needs.
fn system_disk(ctx: &Ctx<'_>, image: &Image) -> Result<u32, Refusal> {
    match ctx.params.object("SystemDisk").int("DiskSize") {
        None => Ok(image.size_gib.max(50)),
        Some(size) => match u32::try_from(size) {
            Ok(size) if size >= image.size_gib && size <= 2048 => Ok(size),
            _ => refuse(
                "InvalidParameterValue",
                format!("`SystemDisk.DiskSize` is {size}; it should be from {} to 2048.", image.size_gib),
            ),
        },
    }
}

fn login(ctx: &Ctx<'_>) -> Result<(), Refusal> {
    let login = ctx.params.object("LoginSettings");
    let ways = usize::from(login.has("Password"))
        + usize::from(!login.texts("KeyIds").is_empty())
        + usize::from(login.text("KeepImageLogin").is_some_and(|k| k.eq_ignore_ascii_case("true")));
    if ways > 1 {
        return refuse(
            "InvalidParameter.ParameterConflict",
            "Of `Password`, `KeyIds` and `KeepImageLogin`, one can be given.",
        );
    }
    if let Some(password) = login.text("Password") {
        let classes = [
            password.bytes().any(|b| b.is_ascii_lowercase()),
            password.bytes().any(|b| b.is_ascii_uppercase()),
            password.bytes().any(|b| b.is_ascii_digit()),
            password.bytes().any(|b| b.is_ascii_punctuation()),
        ];
        if !(8..=30).contains(&password.len()) || classes.iter().filter(|c| **c).count() < 2 {
            return refuse("InvalidParameterValue.InvalidPassword", "`LoginSettings.Password` is not valid.");
        }
    }
    Ok(())
}

/// Wipes the system disk; the call has neither DryRun nor ClientToken.
pub(super) fn reset(ctx: &mut Ctx<'_>) -> Answer {
    let instance = ctx.instance(ctx.params.required("InstanceId"))?;
    let (id, kind) = (instance.id.clone(), instance.instance_type.clone());
    at_rest(ctx, instance)?;
    in_state(ctx, instance, &["RUNNING", "STOPPED"])?;
    let wanted = ctx.params.text("ImageId").unwrap_or(instance.image.as_str());
    let wanted = image_id(wanted)?;
    let image = usable(ctx, wanted.as_str())?.clone();
    if catalog::instance_type(&kind).is_some_and(|k| k.arch != image.arch) {
        return refuse(
            "InvalidParameterValue.InvalidImageForGivenInstanceType",
            format!("The image {} is for {}; the instance's type {kind} is not.", image.id, image.arch),
        );
    }
    let asked = ctx.params.object("SystemDisk").int("DiskSize");
    let smallest = i64::from(instance.disk_gib);
    if asked.is_some_and(|size| size < smallest || size > 2048) {
        return refuse(
            "InvalidParameterValue",
            format!("`SystemDisk.DiskSize` should be from {smallest} to 2048."),
        );
    }
    login(ctx)?;
    let until = later(ctx.now, takes(1.5, ctx.speed));
    let request_id = ctx.request_id.to_owned();
    let instance = ctx.instance_mut(&id)?;
    instance.image = image.id;
    instance.os = image.os;
    let asked = asked.and_then(|size| u32::try_from(size).ok()).unwrap_or(instance.disk_gib);
    instance.disk_gib = asked.max(image.size_gib);
    instance.stage = Stage { state: "RUNNING".to_owned(), then: Some((until, "RUNNING".to_owned())) };
    instance.latest = Some(("ResetInstance".to_owned(), request_id));
    ctx.changed = true;
    done()
}

const OFFER_FILTERS: [&str; 5] =
    ["zone", "instance-family", "instance-type", "instance-charge-type", "sort-keys"];

/// DescribeZoneInstanceConfigInfos: every zone sells every type, but a sold out zone sells none.
pub(super) fn offers(ctx: &Ctx<'_>) -> Answer {
    let filters = filters(ctx.params, &OFFER_FILTERS, 100)?;
    let region = ctx.here()?;
    let Some(info) = Catalog::get().region(region) else {
        return answer(json!({ "InstanceTypeQuotaSet": [] }));
    };
    for filter in filters.iter().filter(|f| f.name == "zone") {
        if let Some(zone) = filter.values.iter().find(|z| !info.zones.contains(z)) {
            return refuse(
                "InvalidZone.MismatchRegion",
                format!("The zone `{zone}` is not in the region {region}."),
            );
        }
    }
    let mut rows = Vec::new();
    for zone in &info.zones {
        for kind in TYPES {
            let fits = filters.iter().all(|f| match f.name.as_str() {
                "zone" => f.is(zone),
                "instance-family" => f.is(kind.family),
                "instance-type" => f.is(kind.name),
                "instance-charge-type" => f.is("POSTPAID_BY_HOUR"),
                "sort-keys" => true,
                _ => false,
            });
            if fits {
                rows.push(offer(zone, kind, info.sold_out.contains(zone)));
            }
        }
    }
    answer(json!({ "InstanceTypeQuotaSet": rows }))
}

fn offer(zone: &str, kind: &catalog::Type, sold_out: bool) -> serde_json::Value {
    json!({
        "Zone": zone,
        "InstanceType": kind.name,
        "InstanceChargeType": "POSTPAID_BY_HOUR",
        "NetworkCard": 25,
        "Externals": {},
        "Cpu": kind.cpu,
        "Memory": kind.memory_gib,
        "InstanceFamily": kind.family,
        "TypeName": kind.type_name,
        "LocalDiskTypeList": [],
        "Status": if sold_out { "SOLD_OUT" } else { "SELL" },
        "Price": { "UnitPrice": kind.price, "ChargeUnit": "HOUR", "UnitPriceDiscount": kind.price, "Discount": 100.0 },
        "SoldOutReason": if sold_out { "The zone is sold out." } else { "" },
        "InstanceBandwidth": 1.5,
        "InstancePps": 25,
        "StorageBlockAmount": 0,
        "CpuType": kind.cpu_type,
        "Gpu": 0,
        "Fpga": 0,
        "Remark": "",
        "GpuCount": 0.0,
        "Frequency": "2.5GHz/3.1GHz",
        "StatusCategory": if sold_out { "WithoutStock" } else { "EnoughStock" },
    })
}
