//! Reading images, regions and zones: filters, pages, and error codes.

use cvmshare::{
    emulator::{Options, SceneName},
    model::RuleSet,
};
use serde_json::{Value, json};

use crate::emulator_client::*;

const GZ: &str = "ap-guangzhou";

/// Returns the names of the images that match a filter.
async fn names(desk: &Desk, params: Value) -> Vec<String> {
    let answer = desk.call(ACME, GZ, "DescribeImages", params).await.unwrap();
    let rows = answer["ImageSet"].as_array().unwrap();
    assert_eq!(answer["TotalCount"], rows.len());
    rows.iter().map(|i| i["ImageName"].as_str().unwrap().to_owned()).collect()
}

fn filters(list: &[(&str, &[&str])]) -> Value {
    let list: Vec<Value> =
        list.iter().map(|(name, values)| json!({ "Name": name, "Values": values })).collect();
    json!({ "Limit": 100, "Filters": list })
}

#[tokio::test]
async fn filters_are_combined_with_and_their_values_with_or() {
    let desk = Desk::new(still()).await;
    let own = ("image-type", &["PRIVATE_IMAGE"][..]);
    let id = desk.image(ACME, GZ, "golden-web-7").await;
    for (list, want) in [
        (&[("image-name", &["golden"][..])][..], &["golden-web-7", "golden-web-6"][..]),
        (&[("image-name", &["GOLDEN-WEB-7", "ml"])], &["golden-web-7", "quay-ml-runtime"]),
        (&[("image-name", &["镜像"])], &["镜像-数据库"]),
        (&[("image-id", &[&id])], &["golden-web-7"]),
        (&[("image-state", &["CREATEFAILED", "SYNCING"])], &["nightly-ci-runner"]),
        (&[own, ("platform", &["tencent"])], &["镜像-数据库", "payments-vault"]),
        (&[("tag:team", &["payments", "data"])], &["镜像-数据库", "payments-vault"]),
        (&[("tag-key", &["tier"]), ("tag-value", &["web"])], &["golden-web-7", "golden-web-6"]),
        (&[("image-type", &["SHARED_IMAGE"])], &["quay-ml-runtime"]),
        (&[own, ("dedicated-cluster-id", &["cluster-1"])], &[]),
        (&[("cdc-cache-status", &["CACHED_ALL"])], &[]),
    ] {
        assert_eq!(names(&desk, filters(list)).await, want, "{list:?}");
    }
    // The newest come first; public images are listed too.
    let all = names(&desk, json!({ "Limit": 100 })).await;
    assert_eq!(all[..3], ["golden-web-7", "镜像-数据库", "payments-vault"]);
    assert_eq!(all.len(), 7 + 1 + 7);
    let arm = names(&desk, json!({ "InstanceType": "SR1.MEDIUM4" })).await;
    assert_eq!(arm, ["Debian 12.0 ARM 64bit"]);
    assert_eq!(names(&desk, json!({ "ImageIds": [id, "img-00000000"] })).await, ["golden-web-7"]);
    assert!(names(&desk, json!({ "ImageIds": ["img-00000000"] })).await.is_empty());
}

#[tokio::test]
async fn wrong_filters_and_pages_are_refused_with_their_codes() {
    let desk = Desk::new(still()).await;
    let six = ["a", "b", "c", "d", "e", "f"];
    let eleven = [("image-name", &["a"][..]); 11];
    for (params, code) in [
        (filters(&[("colour", &["red"])]), "InvalidFilter"),
        (filters(&[("tag:", &["red"])]), "InvalidFilter"),
        (filters(&[("image-name", &[])]), "InvalidFilter"),
        (filters(&[("image-name", &six)]), "InvalidFilterValue.LimitExceeded"),
        (filters(&eleven), "InvalidFilterValue.LimitExceeded"),
        (json!({ "ImageIds": ["golden"] }), "InvalidImageId.Malformed"),
        (json!({ "ImageIds": vec!["img-00000000"; 101] }), "InvalidParameterValue.LimitExceeded"),
        (json!({ "Limit": 0 }), "InvalidParameterValue.InvalidParameterValueLimit"),
        (json!({ "Limit": 101 }), "InvalidParameterValue.InvalidParameterValueLimit"),
        (json!({ "InstanceType": "huge" }), "InvalidInstanceType.Malformed"),
        (json!({ "InstanceType": "S9.HUGE" }), "InvalidParameterValue.InstanceTypeNotFound"),
        (
            json!({ "ImageIds": ["img-00000000"], "Filters": [{ "Name": "image-name", "Values": ["a"] }] }),
            "InvalidParameter.InvalidParameterCoexistImageIdsFilters",
        ),
    ] {
        let got = desk.call(ACME, GZ, "DescribeImages", params.clone()).await;
        assert_eq!(got, Err(code.to_owned()), "{params}");
    }
}

#[tokio::test]
async fn all_pages_together_have_each_image_once() {
    let desk = Desk::new(Options {
        scene: SceneName::Big,
        images: 730,
        images_in: Some(GZ.parse().unwrap()),
        ..still()
    })
    .await;
    let mut seen = Vec::new();
    loop {
        let params = json!({ "Offset": seen.len(), "Limit": 100 });
        let answer = desk.call(ACME, GZ, "DescribeImages", params).await.unwrap();
        let rows = answer["ImageSet"].as_array().unwrap();
        seen.extend(rows.iter().map(|i| i["ImageId"].as_str().unwrap().to_owned()));
        if seen.len() as u64 >= answer["TotalCount"].as_u64().unwrap() {
            break;
        }
        assert_eq!(rows.len(), 100);
    }
    let count = seen.len();
    assert_eq!(count, 730 + 7);
    seen.sort();
    seen.dedup();
    assert_eq!(seen.len(), count);
    let default = desk.call(ACME, GZ, "DescribeImages", json!({})).await.unwrap();
    assert_eq!(default["ImageSet"].as_array().unwrap().len(), 20);
    let past = desk.call(ACME, GZ, "DescribeImages", json!({ "Offset": count })).await.unwrap();
    assert_eq!(past, json!({ "ImageSet": [], "TotalCount": count }));
}

#[tokio::test]
async fn an_image_has_all_the_fields_that_the_client_reads() {
    let desk = Desk::new(still()).await;
    let images = desk.images(ACME, GZ, "PRIVATE_IMAGE").await;
    let mut golden = images["golden-web-7"].clone();
    let id = golden["ImageId"].take();
    assert!(id.as_str().unwrap().starts_with("img-"));
    assert!(golden["SnapshotSet"][0]["SnapshotId"].take().as_str().unwrap().starts_with("snap-"));
    let want = json!({
        "ImageId": null, "OsName": "Ubuntu Server 24.04 LTS 64bit", "ImageType": "PRIVATE_IMAGE",
        "CreatedTime": "2026-11-24T00:00:00Z", "ImageName": "golden-web-7",
        "ImageDescription": "Web tier, November patch set. nginx 1.28, node 24, agent 3.2.",
        "ImageSize": 50, "Architecture": "x86_64", "ImageState": "NORMAL", "Platform": "Ubuntu",
        "ImageCreator": ACME, "ImageSource": "CREATE_IMAGE", "SyncPercent": null, "IsSupportCloudinit": true,
        "SnapshotSet": [{ "SnapshotId": null, "DiskUsage": "SYSTEM_DISK", "DiskSize": 50 }],
        "Tags": [{ "Key": "team", "Value": "platform" }, { "Key": "tier", "Value": "web" }],
        "LicenseType": "TencentCloud", "ImageFamily": "golden-web", "ImageDeprecated": false,
        "CdcCacheStatus": null,
    });
    assert_eq!(golden, want);
    let found = desk.call(ACME, GZ, "DescribeImageFromFamily", json!({ "ImageFamily": "golden-web" })).await;
    assert_eq!(found.unwrap()["Image"]["ImageId"], id);
    let none = desk.call(ACME, GZ, "DescribeImageFromFamily", json!({ "ImageFamily": "none" })).await;
    assert_eq!(none.unwrap(), json!({ "Image": null }));
}

#[tokio::test]
async fn the_owner_of_a_received_image_may_be_shown() {
    let quirks = ["creator-on-received=no".parse().unwrap()].into_iter().collect();
    let desk = Desk::new(Options { quirks, ..still() }).await;
    assert_eq!(desk.images(ACME, GZ, "SHARED_IMAGE").await["quay-ml-runtime"]["ImageCreator"], "");
    assert_eq!(desk.images(ACME, GZ, "PRIVATE_IMAGE").await["golden-web-7"]["ImageCreator"], ACME);
}

#[tokio::test]
async fn the_quota_depends_on_the_rule_set() {
    for (rules, quota) in [(RuleSet::Faq, 10), (RuleSet::Current, 500)] {
        let desk = Desk::new(Options { rules, ..still() }).await;
        let answer = desk.call(ACME, GZ, "DescribeImageQuota", json!({})).await.unwrap();
        assert_eq!(answer, json!({ "ImageNumQuota": quota }));
    }
}

#[tokio::test]
async fn regions_and_zones_match_the_vendors_in_both_languages() {
    let desk = Desk::new(still()).await;
    let zones = desk.call(ACME, GZ, "DescribeZones", json!({})).await.unwrap();
    assert_eq!(zones["TotalCount"], 6);
    let row = |n: usize, id: &str, state: &str| {
        let (zone, name) = (format!("{GZ}-{n}"), format!("Guangzhou Zone {n}"));
        json!({ "Zone": zone, "ZoneName": name, "ZoneId": id, "ZoneState": state })
    };
    assert_eq!(zones["ZoneSet"][0], row(1, "100001", "UNAVAILABLE"));
    assert_eq!(zones["ZoneSet"][2], row(3, "100003", "AVAILABLE"));
    let mut request = desk.request(ACME, GZ, "DescribeZones", &json!({}));
    request.language = Some("zh-CN");
    assert_eq!(desk.checked(&request).await.unwrap()["ZoneSet"][2]["ZoneName"], "广州三区");

    let mut request = desk.request(ACME, "", "DescribeRegions", &json!({ "Product": "cvm" }));
    (request.service, request.version) = ("region".into(), "2022-06-27".into());
    let regions = desk.checked(&request).await.unwrap();
    let want = json!({
        "Region": GZ, "RegionName": "South China (Guangzhou)", "RegionState": "AVAILABLE", "RegionTypeMC": null,
        "LocationMC": null, "RegionNameMC": null, "RegionIdMC": null,
    });
    assert_eq!((&regions["TotalCount"], &regions["RegionSet"][0]), (&json!(20), &want));
    request.language = Some("zh-CN");
    assert_eq!(desk.checked(&request).await.unwrap()["RegionSet"][0]["RegionName"], "华南地区(广州)");
    request.body = b"{\"Product\": \"moon\"}".to_vec();
    assert_eq!(desk.checked(&request).await, Err("InvalidParameter.ParameterError".into()));
}
