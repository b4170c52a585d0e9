//! Prices: InquiryPriceRunInstances, and the price objects of other answers.

use serde_json::{Value, json};

use super::{
    context::{Answer, Ctx, answer},
    launch_order::{check_priced_parameters, client_token},
};
use crate::emulator::{catalog::Goods, instance::Charge};

/// InquiryPriceRunInstances: returns the price of a launch.
pub(super) fn price(ctx: &Ctx<'_>) -> Answer {
    client_token(ctx)?;
    let order = check_priced_parameters(ctx)?;
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
        Charge::Prepaid { .. } => prepaid_price((order.kind.month() + disk_month) * months * count),
        Charge::Hourly => unit_price("HOUR", (order.kind.price + disk_hour) * count, 1.0),
        Charge::Spot { .. } => {
            unit_price("HOUR", (order.kind.price + disk_hour) * count, order.kind.spot.unwrap_or(1.0))
        }
    };
    let net = &goods.internet;
    let bandwidth = match &order.terms.internet {
        None => unit_price("HOUR", 0.0, 1.0),
        Some(i) if i.charge == "BANDWIDTH_PREPAID" => {
            prepaid_price(net.month * i.bandwidth as f64 * months * count)
        }
        Some(i) if i.charge == "BANDWIDTH_POSTPAID_BY_HOUR" => {
            unit_price("HOUR", net.hour * i.bandwidth as f64 * count, 1.0)
        }
        Some(_) => unit_price("GB", net.gigabyte, 1.0),
    };
    answer(json!({ "Price": { "InstancePrice": instance, "BandwidthPrice": bandwidth } }))
}

/// Rounds to a hundredth of a cent.
fn rounded(dollars: f64) -> f64 {
    (dollars * 10_000.0).round() / 10_000.0
}

/// Returns a price with all documented fields. Those that do not apply are null.
fn item_price(given: &Value) -> Value {
    let mut price = json!({});
    const FIELDS: &str = "UnitPrice ChargeUnit OriginalPrice DiscountPrice Discount UnitPriceDiscount UnitPriceSecondStep \
        UnitPriceDiscountSecondStep UnitPriceThirdStep UnitPriceDiscountThirdStep OriginalPriceThreeYear \
        DiscountPriceThreeYear DiscountThreeYear OriginalPriceFiveYear DiscountPriceFiveYear \
        DiscountFiveYear OriginalPriceOneYear DiscountPriceOneYear DiscountOneYear";
    for field in FIELDS.split_ascii_whitespace() {
        price[field] = given[field].clone();
    }
    price
}

/// Returns a price by the hour or by the GB. `part` is the share of the full price that is paid.
pub(super) fn unit_price(unit: &str, full: f64, part: f64) -> Value {
    item_price(&json!({
        "UnitPrice": rounded(full),
        "UnitPriceDiscount": rounded(full * part),
        "ChargeUnit": unit,
        "Discount": rounded(part * 100.0),
    }))
}

/// Returns a price that is paid in advance.
pub(super) fn prepaid_price(full: f64) -> Value {
    item_price(&json!({ "OriginalPrice": rounded(full), "DiscountPrice": rounded(full), "Discount": 100.0 }))
}
