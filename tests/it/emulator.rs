//! The built-in cloud's scenes, and the main flow: list, copy, wait, share, read.

use std::collections::BTreeMap;

use cvmshare::emulator::{self, Options, SceneName};
use serde_json::json;

use crate::emulator_client::*;

#[tokio::test]
async fn the_scene_tour_has_its_documented_content() {
    let desk = Desk::new(still()).await;
    let mut own = BTreeMap::new();
    for region in ["ap-guangzhou", "ap-shanghai", "ap-beijing", "ap-singapore", "eu-frankfurt"] {
        for (name, image) in desk.images(ACME, region, "PRIVATE_IMAGE").await {
            let id = image["ImageId"].as_str().unwrap();
            let shares = desk.shares(ACME, region, id).await.len();
            let state = image["ImageState"].as_str().unwrap().to_owned();
            own.insert((region, name), (state, image["SyncPercent"].as_i64(), shares));
        }
    }
    let normal = |shares| ("NORMAL".to_owned(), None, shares);
    let long = "analytics-worker-python312-cuda12-with-offline-model-cache-4";
    assert_eq!(long.chars().count(), 60);
    let want = [
        ("ap-beijing", long, normal(0)),
        ("ap-beijing", "golden-web-6", normal(0)),
        ("ap-beijing", "sql-server-own-licence", normal(0)),
        ("ap-guangzhou", "base-ubuntu-24", normal(0)),
        ("ap-guangzhou", "golden-web-6", normal(1)),
        ("ap-guangzhou", "golden-web-7", normal(3)),
        ("ap-guangzhou", "nightly-ci-runner", ("CREATEFAILED".to_owned(), None, 0)),
        ("ap-guangzhou", "partner-sdk-2026", normal(49)),
        ("ap-guangzhou", "payments-vault", normal(0)),
        ("ap-guangzhou", "镜像-数据库", normal(0)),
        ("ap-shanghai", "golden-web-6", normal(0)),
        ("ap-shanghai", "windows-erp-full", normal(0)),
        ("ap-shanghai", "镜像-数据库", ("SYNCING".to_owned(), Some(42), 0)),
        ("ap-singapore", "edge-cache-3", normal(0)),
        ("ap-singapore", "imported-appliance", normal(0)),
        ("eu-frankfurt", "edge-cache-3", normal(1)),
    ];
    let want: BTreeMap<_, _> =
        want.into_iter().map(|(region, name, rest)| ((region, name.to_owned()), rest)).collect();
    assert_eq!(own, want);

    let golden = desk.image(ACME, "ap-guangzhou", "golden-web-7").await;
    assert_eq!(desk.shares(ACME, "ap-guangzhou", &golden).await, [QUAY, COBALT, "100000000105"]);
    let hostile = &desk.images(ACME, "ap-singapore", "PRIVATE_IMAGE").await["imported-appliance"];
    assert!(hostile["ImageDescription"].as_str().unwrap().contains("\u{1b}[31m"));

    for (region, name) in [("ap-guangzhou", "quay-ml-runtime"), ("ap-singapore", "quay-inference-arm")] {
        let received = desk.images(ACME, region, "SHARED_IMAGE").await;
        assert_eq!(received.keys().collect::<Vec<_>>(), [name]);
        assert_eq!(received[name]["ImageCreator"], QUAY);
        assert_eq!(received[name]["ImageId"], desk.image(QUAY, region, name).await.as_str());
    }
    assert!(desk.images(ACME, "ap-shanghai", "SHARED_IMAGE").await.is_empty());
    assert_eq!(desk.images(BOREALIS, "ap-guangzhou", "PRIVATE_IMAGE").await.len(), 1);

    let mut instances = Vec::new();
    for region in ["ap-guangzhou", "ap-shanghai", "ap-singapore"] {
        let answer = desk.call(ACME, region, "DescribeInstances", json!({})).await.unwrap();
        for i in answer["InstanceSet"].as_array().unwrap() {
            instances.push((region, i["InstanceName"].clone(), i["InstanceState"].clone()));
        }
    }
    let want = [
        ("ap-guangzhou", "web-1", "RUNNING"),
        ("ap-guangzhou", "ml-sandbox", "RUNNING"),
        ("ap-guangzhou", "数据库-1", "STOPPED"),
        ("ap-guangzhou", "web-2", "RUNNING"),
        ("ap-singapore", "edge-sg-1", "RUNNING"),
    ];
    instances.sort_by_key(|i| want.iter().position(|w| i.1 == w.1));
    assert_eq!(instances, want.map(|(region, name, state)| (region, json!(name), json!(state))));
    desk.cloud.stop().await;
}

#[tokio::test]
async fn the_seed_determines_the_ids() {
    let first = Desk::new(still()).await;
    let same = Desk::new(still()).await;
    let other = Desk::new(Options { seed: 2, ..still() }).await;
    let all = |(_, world): (u16, serde_json::Value)| world["regions"].clone();
    let one = all(first.control("GET", "world", "").await);
    assert_eq!(one, all(same.control("GET", "world", "").await));
    assert_ne!(one, all(other.control("GET", "world", "").await));
}

#[tokio::test]
async fn an_image_can_be_copied_shared_and_seen_by_its_receiver() {
    let desk = Desk::new(still()).await;
    let golden = desk.image(ACME, "ap-guangzhou", "golden-web-7").await;
    let copies = desk
        .call(
            ACME,
            "ap-guangzhou",
            "SyncImages",
            json!({ "ImageIds": [golden], "DestinationRegions": ["ap-shanghai", "ap-beijing"], "ImageSetRequired": true }),
        )
        .await
        .unwrap();
    let copies = copies["ImageSet"].as_array().unwrap().clone();
    assert_eq!([&copies[0]["Region"], &copies[1]["Region"]], ["ap-shanghai", "ap-beijing"]);
    let copy = copies[0]["ImageId"].as_str().unwrap();
    assert_ne!(copy, golden);
    let share = json!({ "ImageId": copy, "AccountIds": [BOREALIS], "Permission": "SHARE" });

    // The copy waits in the queue, its percentage grows, and it cannot be shared until it is complete.
    let mut percents = Vec::new();
    let mut minutes = 0;
    let image = loop {
        let image = desk.images(ACME, "ap-shanghai", "PRIVATE_IMAGE").await["golden-web-7"].clone();
        if image["ImageState"] == "NORMAL" {
            break image;
        }
        assert_eq!(image["ImageState"], "SYNCING");
        assert_eq!(image["SnapshotSet"], json!([]));
        percents.push(image["SyncPercent"].as_i64().unwrap());
        let refused = desk.call(ACME, "ap-shanghai", "ModifyImageSharePermission", share.clone()).await;
        assert_eq!(refused, Err("InvalidParameterValue.InvalidImageState".to_owned()));
        desk.advance(60).await;
        minutes += 1;
    };
    assert!((6..=15).contains(&minutes), "{minutes}");
    assert_eq!(percents[0], 0);
    assert!(percents.is_sorted() && percents[percents.len() - 1] > 80, "{percents:?}");
    assert_eq!(image["ImageId"], copy);
    assert_eq!(image["SyncPercent"], json!(null));

    assert!(!desk.images(BOREALIS, "ap-shanghai", "SHARED_IMAGE").await.contains_key("golden-web-7"));
    desk.call(ACME, "ap-shanghai", "ModifyImageSharePermission", share.clone()).await.unwrap();
    assert_eq!(desk.shares(ACME, "ap-shanghai", copy).await, [BOREALIS]);
    let seen = desk.images(BOREALIS, "ap-shanghai", "SHARED_IMAGE").await;
    assert_eq!(seen["golden-web-7"]["ImageId"], copy);
    assert_eq!(seen["golden-web-7"]["ImageType"], "SHARED_IMAGE");
    assert!(desk.images(BOREALIS, "ap-beijing", "SHARED_IMAGE").await.is_empty());

    let cancel = json!({ "ImageId": copy, "AccountIds": [BOREALIS], "Permission": "CANCEL" });
    desk.call(ACME, "ap-shanghai", "ModifyImageSharePermission", cancel).await.unwrap();
    assert!(desk.images(BOREALIS, "ap-shanghai", "SHARED_IMAGE").await.is_empty());
}

#[tokio::test]
async fn the_speed_shortens_operations() {
    // At 100,000 times the speed, a copy of ten minutes takes a few milliseconds.
    let desk = Desk::new(Options { speed: 100_000.0, ..Options::default() }).await;
    let golden = desk.image(ACME, "ap-guangzhou", "golden-web-7").await;
    let params = json!({ "ImageIds": [golden], "DestinationRegions": ["ap-nanjing"] });
    let answer = desk.call(ACME, "ap-guangzhou", "SyncImages", params).await.unwrap();
    assert_eq!(answer, json!({ "ImageSet": [] }));
    while desk.images(ACME, "ap-nanjing", "PRIVATE_IMAGE").await["golden-web-7"]["ImageState"] != "NORMAL" {}
}

#[tokio::test]
async fn the_scene_empty_has_accounts_regions_and_public_images() {
    let desk = Desk::new(Options { scene: SceneName::Empty, ..still() }).await;
    let regions = desk.call(ACME, "ap-guangzhou", "DescribeRegions", json!({})).await.unwrap();
    assert_eq!(regions["TotalCount"], 20);
    for region in regions["RegionSet"].as_array().unwrap() {
        let region = region["Region"].as_str().unwrap();
        assert!(desk.images(ACME, region, "PRIVATE_IMAGE").await.is_empty());
        assert_eq!(desk.images(ACME, region, "PUBLIC_IMAGE").await.len(), 7);
    }
}

#[tokio::test]
async fn the_scene_big_has_images_in_all_regions() {
    let desk = Desk::new(Options { scene: SceneName::Big, images: 400, ..still() }).await;
    let regions = desk.call(ACME, "ap-guangzhou", "DescribeRegions", json!({})).await.unwrap();
    let (mut own, mut received, mut instances) = (0, 0, 0);
    for region in regions["RegionSet"].as_array().unwrap() {
        let region = region["Region"].as_str().unwrap();
        let here = desk.images(ACME, region, "PRIVATE_IMAGE").await.len();
        assert!(here > 0, "{region}");
        own += here;
        received += desk.images(ACME, region, "SHARED_IMAGE").await.len();
        let answer = desk.call(ACME, region, "DescribeInstances", json!({})).await.unwrap();
        instances += answer["TotalCount"].as_u64().unwrap();
    }
    // One in ten images has an instance, but one of those is in ap-taipei, which has no zones.
    assert_eq!((own, received, instances), (390, 10, 39));
}

#[tokio::test]
async fn only_loopback_addresses_and_valid_speeds_are_accepted() {
    let refuse = |options| async { emulator::start(options).await.unwrap_err().to_string() };
    assert_eq!(
        refuse(Options { listen: "0.0.0.0:0".parse().unwrap(), ..Options::default() }).await,
        "the built-in cloud listens only on loopback addresses, and 0.0.0.0:0 is not one; give 127.0.0.1:PORT"
    );
    for speed in [0.0, -1.0, f64::NAN, f64::INFINITY] {
        assert!(matches!(
            emulator::start(Options { speed, ..Options::default() }).await,
            Err(emulator::Error::Speed(_))
        ));
    }
}
