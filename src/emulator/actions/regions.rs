//! Actions that list products, regions and zones.

use serde_json::json;

use super::{
    context::{Answer, Ctx, answer},
    lists::with_fixed,
};
use crate::{
    emulator::{
        refusal::{Refusal, chinese_text, refuse_if},
        resource::seeded_hash,
    },
    model::Catalog,
};

/// The products that have regions and zones.
const PRODUCTS: [&str; 3] = ["cbs", "cvm", "vpc"];

/// Fails if the built-in cloud does not have the product. The actions of the service cvm take no product.
fn product(ctx: &Ctx<'_>, service: &str) -> Result<(), Refusal> {
    let product = ctx.params.str("Product");
    refuse_if(
        service == "region" && !PRODUCTS.contains(&product),
        "InvalidParameter.ParameterError",
        format_args!("The product `{product}` is not found; the built-in cloud has {}.", PRODUCTS.join(", ")),
    )?;
    Ok(())
}

pub(super) fn products(ctx: &Ctx<'_>) -> Answer {
    let (offset, limit) = ctx.page("InvalidParameter")?;
    let rows: Vec<_> = PRODUCTS.iter().skip(offset).take(limit).map(|name| json!({ "Name": name })).collect();
    answer(json!({ "Products": rows, "TotalCount": PRODUCTS.len() }))
}

/// DescribeRegions of the services cvm and region. The latter has more fields.
pub(super) fn regions(ctx: &Ctx<'_>, service: &str) -> Answer {
    const MORE: &str =
        r#"{ "RegionTypeMC": null, "LocationMC": null, "RegionNameMC": null, "RegionIdMC": null }"#;
    product(ctx, service)?;
    let rows: Vec<_> = Catalog::get()
        .iter()
        .filter(|r| ctx.world.regions.contains_key(&r.region))
        .map(|r| {
            let name = if ctx.chinese { &r.name_zh } else { &r.name };
            let row = json!({ "Region": r.region, "RegionName": name, "RegionState": "AVAILABLE" });
            if service == "region" { with_fixed(row, MORE) } else { row }
        })
        .collect();
    answer(json!({ "TotalCount": rows.len(), "RegionSet": rows }))
}

/// DescribeZones of the services cvm and region. The latter has more fields.
pub(super) fn zones(ctx: &Ctx<'_>, service: &str) -> Answer {
    const MORE: &str = r#"{
        "ParentZone": null, "ParentZoneId": null, "ParentZoneName": null, "MachineRoomTypeMC": null,
        "ZoneType": "availability-zone"
    }"#;
    product(ctx, service)?;
    let Some(region) = Catalog::get().region(ctx.call_region()?) else {
        return answer(json!({ "TotalCount": 0, "ZoneSet": [] }));
    };
    let place = |name: &str| {
        // The city is the part in parentheses: `South China (Guangzhou)`.
        name.rsplit_once('(').map_or(name, |(_, city)| city.trim_end_matches(')')).to_owned()
    };
    let rows: Vec<_> = region
        .zones
        .iter()
        .map(|zone| {
            let number = zone.rsplit_once('-').map_or("", |(_, n)| n);
            let name = if ctx.chinese {
                chinese_text("zone")
                    .replace("{place}", &place(&region.name_zh))
                    .replace("{number}", &chinese_digit(number))
            } else {
                format!("{} Zone {number}", place(&region.name))
            };
            let sold_out = region.sold_out.contains(zone);
            let id = zone_id(zone, number);
            let mut row = json!({
                "Zone": zone, "ZoneName": name, "ZoneId": id,
                "ZoneState": if sold_out { "UNAVAILABLE" } else { "AVAILABLE" },
            });
            if service == "region" {
                row["ZoneIdMC"] = json!(id);
                row = with_fixed(row, MORE);
            }
            row
        })
        .collect();
    answer(json!({ "TotalCount": rows.len(), "ZoneSet": rows }))
}

/// Returns the Chinese digit for 1 to 8, and any other number unchanged.
fn chinese_digit(number: &str) -> String {
    let place = number.parse::<usize>().unwrap_or_default().wrapping_sub(1);
    chinese_text("digits").chars().nth(place).map_or_else(|| number.to_owned(), String::from)
}

/// Returns the numeric id of a zone. The numbers of some regions are documented; those of the others derive from the
/// name.
fn zone_id(zone: &str, number: &str) -> String {
    let region = match zone.trim_end_matches(number) {
        "ap-guangzhou-" => 10,
        "ap-shanghai-" => 20,
        "ap-hongkong-" => 30,
        "ap-beijing-" => 80,
        "ap-singapore-" => 90,
        other => 100 + seeded_hash(0, other) % 800,
    };
    format!("{region}{:0>4}", number)
}
