//! What zones sell: DescribeZoneInstanceConfigInfos, DescribeInstanceTypeConfigs and DescribeAccountQuota.

use serde_json::{Value, json};

use super::{
    context::{Answer, Ctx, answer},
    lists::{self, Filter, ListRules, filters},
    prices::{prepaid_price, unit_price},
};
use crate::{
    emulator::{
        catalog::{Goods, Stock, Type},
        instance::{Charge, Instance},
        refusal::{Refusal, refuse},
    },
    model::{Catalog, RegionInfo},
};

/// Reads the filters of a call and finds the region. Fails if a filter names a zone of another region.
fn read_filters(
    ctx: &Ctx<'_>,
    names: &str,
    most_values: usize,
) -> Result<(Vec<Filter>, Option<&'static RegionInfo>), Refusal> {
    let filters = filters(ctx, names, &ListRules { most_values, ..lists::CVM })?;
    let region = ctx.call_region()?;
    let info = Catalog::get().region(region);
    for filter in filters.iter().filter(|f| f.name == "zone") {
        let zone = filter.values.iter().find(|z| !info.is_some_and(|i| i.zones.contains(z)));
        if let Some(zone) = zone {
            let message = format!("The zone `{zone}` is not in the region {region}.");
            return refuse("InvalidZone.MismatchRegion", message);
        }
    }
    Ok((filters, info))
}

/// Returns whether a zone and an instance type match the filters. Filters on other fields are ignored.
fn matches_filters(filters: &[Filter], zone: &str, kind: &Type, charge: &str) -> bool {
    filters.iter().all(|f| match f.name.as_str() {
        "zone" => f.is(zone),
        "instance-family" => f.is(&kind.family),
        "instance-type" => f.is(&kind.name),
        "instance-charge-type" => f.is(charge),
        _ => true,
    })
}

/// Returns the instance types that each zone of a region sells, with their stock. In a zone that is sold out as a whole
/// every type is sold out.
fn zone_types(info: &RegionInfo) -> impl Iterator<Item = (&str, &'static Type, Stock)> {
    info.zones.iter().flat_map(|zone| {
        let gone = info.sold_out.contains(zone);
        let stock = move |kind: &Type| match Goods::get().stock(zone, &kind.name) {
            Stock::Enough | Stock::Scarce if gone => Stock::SoldOut,
            stock => stock,
        };
        let rows = Goods::get().types.iter().map(move |kind| (zone.as_str(), kind, stock(kind)));
        rows.filter(|(.., stock)| *stock != Stock::Absent)
    })
}

/// DescribeZoneInstanceConfigInfos: lists what each zone sells. Prices are by the hour unless a filter asks for another
/// charge type.
pub(super) fn zones(ctx: &Ctx<'_>) -> Answer {
    let (filters, info) =
        read_filters(ctx, "zone instance-family instance-type instance-charge-type sort-keys", 100)?;
    let Some(info) = info else { return answer(json!({ "InstanceTypeQuotaSet": [] })) };
    let by_charge = filters.iter().any(|f| f.name == "instance-charge-type");
    let charges =
        if by_charge { &["POSTPAID_BY_HOUR", "PREPAID", "SPOTPAID"][..] } else { &["POSTPAID_BY_HOUR"] };
    let mut rows: Vec<Value> = Vec::new();
    for (zone, kind, stock) in zone_types(info) {
        for charge in charges.iter().filter(|c| matches_filters(&filters, zone, kind, c)) {
            rows.extend(offer(zone, kind, stock, charge));
        }
    }
    answer(json!({ "InstanceTypeQuotaSet": rows }))
}

fn offer(zone: &str, kind: &Type, stock: Stock, charge: &str) -> Option<Value> {
    let price = match charge {
        "PREPAID" => prepaid_price(kind.month()),
        "SPOTPAID" => unit_price("HOUR", kind.price, kind.spot?),
        _ => unit_price("HOUR", kind.price, 1.0),
    };
    let sold_out = stock == Stock::SoldOut;
    Some(json!({
        "Zone": zone, "InstanceType": kind.name, "InstanceChargeType": charge, "NetworkCard": 25,
        "Externals": {},
        "Cpu": kind.cpu, "Memory": kind.memory_gib, "InstanceFamily": kind.family, "TypeName": kind.type_name,
        "LocalDiskTypeList": [],
        "Status": if sold_out { "SOLD_OUT" } else { "SELL" },
        "Price": price,
        "SoldOutReason": if sold_out { "The zone has no more of this type." } else { "" },
        "InstanceBandwidth": 1.5, "InstancePps": 25, "StorageBlockAmount": 0, "CpuType": kind.cpu_type,
        "Gpu": u32::from(!kind.gpu.is_empty()), "Fpga": 0, "Remark": "",
        "GpuCount": if kind.gpu.is_empty() { 0.0 } else { 1.0 },
        "Frequency": kind.frequency,
        "StatusCategory": match stock {
            Stock::Enough => "EnoughStock",
            Stock::Scarce => "UnderStock",
            Stock::SoldOut | Stock::Absent => "WithoutStock",
        },
    }))
}

/// DescribeInstanceTypeConfigs: lists the types that zones offer, sold out or not.
pub(super) fn types(ctx: &Ctx<'_>) -> Answer {
    let (filters, info) = read_filters(ctx, "zone instance-family instance-type", 1)?;
    let rows: Vec<Value> = info
        .into_iter()
        .flat_map(zone_types)
        .filter(|(zone, kind, _)| matches_filters(&filters, zone, kind, ""))
        .map(|(zone, kind, _)| {
            let gpus = u32::from(!kind.gpu.is_empty());
            json!({
                "Zone": zone, "InstanceType": kind.name, "InstanceFamily": kind.family, "GPU": gpus,
                "CPU": kind.cpu, "Memory": kind.memory_gib, "FPGA": 0, "GpuCount": f64::from(gpus),
                "GpuType": kind.gpu, "GpuMemory": 16.0 * f64::from(gpus),
            })
        })
        .collect();
    answer(json!({ "InstanceTypeConfigSet": rows }))
}

/// The most instances of an account in a zone, for each charge type.
const INSTANCES: u64 = 500;

/// DescribeAccountQuota: returns how many images and instances the account has and may have.
pub(super) fn quotas(ctx: &Ctx<'_>) -> Answer {
    let (filters, info) = read_filters(ctx, "zone quota-type", 10)?;
    let wants = |word: &str| filters.iter().all(|f| f.name != "quota-type" || f.is(word));
    let resources = ctx.resources()?;
    let rows = |word: &str, is: fn(&Charge) -> bool| -> Vec<Value> {
        let zones = info.map_or(&[][..], |i| &i.zones).iter();
        zones
            .filter(|zone| wants(word) && filters.iter().all(|f| f.name != "zone" || f.is(zone)))
            .map(|zone| {
                let mine = |i: &&Instance| {
                    i.owner == *ctx.me() && i.zone == *zone && !i.is_gone(ctx.now) && is(&i.terms.charge)
                };
                let used = resources.instances.iter().filter(mine).count() as u64;
                json!({
                    "Zone": zone, "UsedQuota": used, "TotalQuota": INSTANCES,
                    "RemainingQuota": INSTANCES.saturating_sub(used),
                })
            })
            .collect()
    };
    let mut prepaid = rows("PrePaidQuotaSet", |c| matches!(c, Charge::Prepaid { .. }));
    for row in &mut prepaid {
        row["OnceQuota"] = 100.into();
    }
    let only = |word: &str, row: Value| if wants(word) { json!([row]) } else { json!([]) };
    let used = resources.own_images(ctx.me());
    let images = only("ImageQuotaSet", json!({ "UsedQuota": used, "TotalQuota": ctx.image_quota() }));
    let groups = json!({
        "GroupQuota": 0, "CurrentNum": 0, "CvmInHostGroupQuota": 0, "CvmInSwitchGroupQuota": 0, "CvmInRackGroupQuota": 0,
    });
    let groups = only("DisasterRecoverGroupQuotaSet", groups);
    answer(json!({
        "AppId": ctx.world.account(ctx.me().as_str()).map_or(0, |p| p.app_id),
        "AccountQuotaOverview": {
            "Region": ctx.call_region()?,
            "AccountQuota": {
                "PostPaidQuotaSet": rows("PostPaidQuotaSet", |c| *c == Charge::Hourly),
                "PrePaidQuotaSet": prepaid,
                "SpotPaidQuotaSet": rows("SpotPaidQuotaSet", |c| matches!(c, Charge::Spot { .. })),
                "ImageQuotaSet": images,
                "DisasterRecoverGroupQuotaSet": groups,
            },
        },
    }))
}
