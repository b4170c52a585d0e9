//! Copying, renaming, deleting and capturing images on the built-in cloud, and the error codes.

use serde_json::{Value, json};

use crate::emulator_client::*;

const GZ: &str = "ap-guangzhou";
const SH: &str = "ap-shanghai";
const BJ: &str = "ap-beijing";
const SG: &str = "ap-singapore";

async fn copy(desk: &Desk, region: &str, image: &str, more: Value) -> Result<Value, String> {
    let mut params = json!({ "ImageIds": [image] });
    params.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    desk.call(ACME, region, "SyncImages", params).await
}

#[tokio::test]
async fn impossible_copies_are_refused_with_their_codes() {
    let desk = Desk::new(still()).await;
    let far = |region| if [SH, BJ].contains(&region) { "ap-nanjing" } else { "ap-chengdu" };
    for (region, name, code) in [
        (GZ, "base-ubuntu-24", None),
        (BJ, "sql-server-own-licence", None),
        (GZ, "Debian 12.0 64bit", Some("InvalidParameterValue.InvalidImageId")),
        (GZ, "quay-ml-runtime", Some("InvalidParameterValue.InvalidRegion")),
        (GZ, "nightly-ci-runner", Some("InvalidImageId.IncorrectState")),
        (SH, "镜像-数据库", Some("InvalidImageId.IncorrectState")),
        (GZ, "payments-vault", Some("UnsupportedOperation.EncryptedImagesNotSupported")),
        (SH, "windows-erp-full", Some("InvalidParameter.InstanceImageNotSupport")),
    ] {
        let image = any(&desk, region, name).await;
        // A dry run and the call give the same answer.
        for dry in [true, false] {
            let got =
                copy(&desk, region, &image, json!({ "DestinationRegions": [far(region)], "DryRun": dry }));
            assert_eq!(got.await.err().as_deref(), code, "{name}");
        }
    }
    let base = any(&desk, GZ, "base-ubuntu-24").await;
    let six = any(&desk, GZ, "golden-web-6").await;
    for (image, more, code) in [
        (&base, json!({ "DestinationRegions": [GZ] }), "InvalidParameterValue.InvalidRegion"),
        (&base, json!({ "DestinationRegions": [SH, GZ] }), "InvalidParameterValue.InvalidRegion"),
        (&base, json!({ "DestinationRegions": [SH, SG] }), "InvalidRegion.Unavailable"),
        (&base, json!({ "DestinationRegions": ["ap-hongkong"] }), "InvalidRegion.Unavailable"),
        (&base, json!({ "DestinationRegions": ["ap-shanghai-fsi"] }), "InvalidRegion.Unavailable"),
        (&base, json!({ "DestinationRegions": ["ap-moon"] }), "InvalidRegion.NotFound"),
        (&base, json!({ "DestinationRegions": ["moon"] }), "InvalidRegion.NotFound"),
        (&base, json!({ "DestinationRegions": ["ap-guiyang"] }), "InvalidRegion.NotFound"),
        (&base, json!({ "DestinationRegions": [] }), "MissingParameter"),
        (
            &base,
            json!({ "DestinationRegions": [SH], "ImageIds": [base, six] }),
            "InvalidParameterValue.LimitExceeded",
        ),
        (&base, json!({ "DestinationRegions": [SH], "ImageIds": [] }), "MissingParameter"),
        (&base, json!({ "DestinationRegions": [SH], "ImageName": "x".repeat(61) }), "InvalidParameterValue"),
        (&base, json!({ "DestinationRegions": [SH], "KmsKeyId": "k" }), "InvalidParameter.InvalidKmsKeyId"),
        (
            &base,
            json!({ "DestinationRegions": [SH], "Encrypt": true }),
            "InvalidParameterValue.InvalidRegion",
        ),
        (&six, json!({ "DestinationRegions": [BJ] }), "InvalidImageName.Duplicate"),
        (
            &base,
            json!({ "DestinationRegions": [BJ], "ImageName": "golden-web-6" }),
            "InvalidImageName.Duplicate",
        ),
    ] {
        let got = copy(&desk, GZ, image, more.clone()).await;
        assert_eq!(got, Err(code.to_owned()), "{more}");
    }
    // Taipei takes no copies, not even from its own side of the border.
    let edge = any(&desk, SG, "edge-cache-3").await;
    let got = copy(&desk, SG, &edge, json!({ "DestinationRegions": ["ap-taipei"] })).await;
    assert_eq!(got, Err("InvalidRegion.Unavailable".into()));
    assert!(copy(&desk, SG, &edge, json!({ "DestinationRegions": ["ap-hongkong"] })).await.is_ok());
    // The refused calls changed nothing.
    assert_eq!(desk.images(ACME, SH, "PRIVATE_IMAGE").await.len(), 3);
}

#[tokio::test]
async fn a_region_holds_ten_own_images() {
    let desk = Desk::new(still()).await;
    let base = any(&desk, SH, "golden-web-6").await;
    // Seven own images exist; received and public ones do not count.
    assert_eq!(desk.images(ACME, GZ, "SHARED_IMAGE").await.len(), 1);
    for n in 0..3 {
        let more = json!({ "DestinationRegions": [GZ], "ImageName": format!("copy-{n}") });
        copy(&desk, SH, &base, more).await.unwrap();
    }
    let more = json!({ "DestinationRegions": ["ap-nanjing", GZ], "ImageName": "copy-3" });
    assert_eq!(copy(&desk, SH, &base, more.clone()).await, Err("ImageQuotaLimitExceeded".into()));
    assert!(desk.images(ACME, "ap-nanjing", "PRIVATE_IMAGE").await.is_empty());
    let failed = any(&desk, GZ, "nightly-ci-runner").await;
    desk.call(ACME, GZ, "DeleteImages", json!({ "ImageIds": [failed] })).await.unwrap();
    copy(&desk, SH, &base, more).await.unwrap();
}

#[tokio::test]
async fn a_received_image_can_be_copied_only_within_its_region() {
    for options in [still(), current()] {
        let desk = Desk::new(options).await;
        let received = any(&desk, GZ, "quay-ml-runtime").await;
        let far = copy(&desk, GZ, &received, json!({ "DestinationRegions": [SH] })).await;
        assert_eq!(far, Err("InvalidParameterValue.InvalidRegion".into()));
        let near = json!({ "DestinationRegions": [GZ], "ImageSetRequired": true });
        let answer = copy(&desk, GZ, &received, near).await.unwrap();
        assert_ne!(answer["ImageSet"][0]["ImageId"], received);
        let own = &desk.images(ACME, GZ, "PRIVATE_IMAGE").await["quay-ml-runtime"];
        assert_eq!(
            (&own["ImageCreator"], &own["ImageId"]),
            (&json!(ACME), &answer["ImageSet"][0]["ImageId"])
        );
    }
}

#[tokio::test]
async fn the_source_of_a_copy_is_busy_only_with_the_quirk() {
    for (options, busy) in [(still(), false), (with("source-busy=yes"), true)] {
        let desk = Desk::new(options).await;
        let base = any(&desk, GZ, "base-ubuntu-24").await;
        copy(&desk, GZ, &base, json!({ "DestinationRegions": [SH] })).await.unwrap();
        let again = copy(&desk, GZ, &base, json!({ "DestinationRegions": [BJ] })).await;
        let share = permit(&desk, GZ, &base, &[QUAY], "SHARE").await;
        permit(&desk, GZ, &base, &[QUAY], "CANCEL").await.ok();
        let delete = desk.call(ACME, GZ, "DeleteImages", json!({ "ImageIds": [base], "DryRun": true })).await;
        let codes = [again.err(), share.err(), delete.err()];
        let want = [
            "FailedOperation.InvalidImageState",
            "InvalidParameterValue.InvalidImageState",
            "InvalidImageId.IncorrectState",
        ];
        assert_eq!(codes, want.map(|c| busy.then(|| c.to_owned())));
        desk.advance(20 * 60).await;
        permit(&desk, GZ, &base, &[QUAY], "SHARE").await.unwrap();
    }
}

#[tokio::test]
async fn a_copy_keeps_tags_unless_the_quirk_says_no() {
    for (options, want) in
        [(still(), json!([{ "Key": "team", "Value": "platform" }])), (with("copy-keeps-tags=no"), json!([]))]
    {
        let desk = Desk::new(options).await;
        let base = any(&desk, GZ, "base-ubuntu-24").await;
        copy(&desk, GZ, &base, json!({ "DestinationRegions": [SH] })).await.unwrap();
        assert_eq!(desk.images(ACME, SH, "PRIVATE_IMAGE").await["base-ubuntu-24"]["Tags"], want);
        // The source keeps its tags.
        let source = &desk.images(ACME, GZ, "PRIVATE_IMAGE").await["base-ubuntu-24"];
        assert_eq!(source["Tags"][0]["Value"], "platform");
    }
}

#[tokio::test]
async fn with_the_quirk_a_shared_image_cannot_be_changed() {
    for (options, code) in [
        (still(), None),
        (with("rename-shared=error"), Some("UnsupportedOperation.SharedImageModifyUnsupported")),
    ] {
        let desk = Desk::new(options).await;
        let change = async |name: &str, field: &str, value: Value| {
            let mut params = json!({ "ImageId": any(&desk, GZ, name).await });
            params[field] = value;
            desk.call(ACME, GZ, "ModifyImageAttribute", params).await.err()
        };
        assert_eq!(change("golden-web-7", "ImageDeprecated", json!(true)).await.as_deref(), code);
        assert_eq!(change("golden-web-7", "ImageName", json!("seven")).await.as_deref(), code);
        assert_eq!(change("base-ubuntu-24", "ImageName", json!("base")).await, None);
    }
}

#[tokio::test]
async fn with_the_quirk_names_need_not_be_unique() {
    let desk = Desk::new(with("names-unique=no")).await;
    let six = any(&desk, GZ, "golden-web-6").await;
    copy(&desk, GZ, &six, json!({ "DestinationRegions": [BJ] })).await.unwrap();
}

#[tokio::test]
async fn deleting_is_atomic_and_shares_block_it() {
    let desk = Desk::new(still()).await;
    let delete = |region, ids: Vec<String>, dry: bool| {
        desk.call(ACME, region, "DeleteImages", json!({ "ImageIds": ids, "DryRun": dry }))
    };
    for (region, name, code) in [
        (GZ, "golden-web-7", "InvalidImageId.InShared"),
        (GZ, "quay-ml-runtime", "InvalidParameterValue.InvalidImageIdIsShared"),
        (GZ, "Debian 12.0 64bit", "InvalidParameterValue.InvalidImageId"),
        (SH, "镜像-数据库", "InvalidImageId.IncorrectState"),
    ] {
        let image = any(&desk, region, name).await;
        assert_eq!(delete(region, vec![image], false).await, Err(code.to_owned()), "{name}");
    }
    assert_eq!(delete(GZ, vec!["golden".into()], false).await, Err("InvalidImageId.Malformed".into()));
    assert_eq!(delete(GZ, vec!["img-00000000".into()], false).await, Err("InvalidImageId.NotFound".into()));
    assert_eq!(delete(GZ, vec![], false).await, Err("MissingParameter".into()));

    let golden = any(&desk, GZ, "golden-web-7").await;
    let base = any(&desk, GZ, "base-ubuntu-24").await;
    let failed = any(&desk, GZ, "nightly-ci-runner").await;
    let both = vec![base.clone(), golden.clone()];
    assert_eq!(delete(GZ, both.clone(), false).await, Err("InvalidImageId.InShared".into()));
    assert_eq!(delete(GZ, vec![base.clone()], true).await, Ok(json!({})));
    assert_eq!(desk.images(ACME, GZ, "PRIVATE_IMAGE").await.len(), 7);
    permit(&desk, GZ, &golden, &[QUAY, COBALT, "100000000105"], "CANCEL").await.unwrap();
    assert_eq!(delete(GZ, both, false).await, Ok(json!({})));
    assert_eq!(delete(GZ, vec![failed], false).await, Ok(json!({})));
    assert_eq!(desk.images(ACME, GZ, "PRIVATE_IMAGE").await.len(), 4);
    // An instance of the deleted image still exists.
    let instances = desk.call(ACME, GZ, "DescribeInstances", json!({})).await.unwrap();
    assert_eq!(instances["TotalCount"], 4);
}

#[tokio::test]
async fn only_owners_rename_images_within_length_limits() {
    let desk = Desk::new(still()).await;
    let base = any(&desk, GZ, "base-ubuntu-24").await;
    let rename = |image: &str, field: &str, value: &str| {
        let mut params = json!({ "ImageId": image });
        params[field] = json!(value);
        let desk = &desk;
        async move { desk.call(ACME, GZ, "ModifyImageAttribute", params).await }
    };
    let received = any(&desk, GZ, "quay-ml-runtime").await;
    let public = any(&desk, GZ, "Debian 12.0 64bit").await;
    for (image, field, value, code) in [
        (&received, "ImageName", "mine", "UnsupportedOperation.SharedImageModifyUnsupported"),
        (&public, "ImageName", "mine", "InvalidImageId.NotFound"),
        (&base, "ImageName", "golden-web-7", "InvalidImageName.Duplicate"),
        (&base, "ImageName", &"字".repeat(61), "InvalidParameterValue.TooLarge"),
        (&base, "ImageName", "", "InvalidParameterValue"),
        (&base, "ImageDescription", &"字".repeat(257), "InvalidParameterValue.TooLarge"),
        (&base, "ImageFamily", "two words", "InvalidParameterValue.InvalidImageFamily"),
    ] {
        assert_eq!(rename(image, field, value).await, Err(code.to_owned()), "{field}");
    }
    rename(&base, "ImageName", &"字".repeat(60)).await.unwrap();
    rename(&base, "ImageDescription", &"字".repeat(256)).await.unwrap();
    let image = &desk.images(ACME, GZ, "PRIVATE_IMAGE").await[&"字".repeat(60)];
    assert_eq!((&image["ImageId"], &image["ImageDescription"]), (&json!(base), &json!("字".repeat(256))));
    // An image can keep its name, and a shared image can be renamed.
    rename(&base, "ImageName", &"字".repeat(60)).await.unwrap();
    let golden = any(&desk, GZ, "golden-web-6").await;
    rename(&golden, "ImageName", "golden-web-6b").await.unwrap();
    assert!(desk.images(BOREALIS, GZ, "SHARED_IMAGE").await.contains_key("golden-web-6b"));
}

#[tokio::test]
async fn images_are_made_from_instances_or_snapshots() {
    let desk = Desk::new(still()).await;
    let answer = desk.call(ACME, GZ, "DescribeInstances", json!({})).await.unwrap();
    let id = |name: &str| {
        let rows = answer["InstanceSet"].as_array().unwrap();
        let row = rows.iter().find(|i| i["InstanceName"] == name).unwrap();
        row["InstanceId"].as_str().unwrap().to_owned()
    };
    let (web, snap) = (id("web-1"), "snap-00000000");
    for (params, code) in [
        (json!({ "ImageName": "x" }), "InvalidParameter.SpecifyOneParameter"),
        (
            json!({ "ImageName": "x", "InstanceId": web, "SnapshotIds": [snap] }),
            "InvalidParameter.SpecifyOneParameter",
        ),
        (json!({ "ImageName": "x", "InstanceId": "ins-00000000" }), "InvalidInstanceId.NotFound"),
        (json!({ "ImageName": "x", "SnapshotIds": [snap] }), "InvalidParameter.SnapshotNotFound"),
        (json!({ "ImageName": "", "InstanceId": web }), "InvalidParameterValue"),
        (json!({ "ImageName": "x".repeat(61), "InstanceId": web }), "InvalidParameterValue.TooLarge"),
        (json!({ "ImageName": "golden-web-7", "InstanceId": web }), "InvalidImageName.Duplicate"),
        (json!({ "ImageName": "x", "InstanceId": web, "ForcePoweroff": "yes" }), "InvalidParameterValue"),
        (json!({ "ImageName": "x", "InstanceId": web, "ForcePoweroff": true }), "InvalidParameter"),
    ] {
        let got = desk.call(ACME, GZ, "CreateImage", params.clone()).await;
        assert_eq!(got, Err(code.to_owned()), "{params}");
    }
    let params = json!({ "ImageName": "web-captured", "InstanceId": id("web-1") });
    let made = desk.call(ACME, GZ, "CreateImage", params).await.unwrap();
    let image = &desk.images(ACME, GZ, "PRIVATE_IMAGE").await["web-captured"];
    assert_eq!(image["ImageId"], made["ImageId"]);
    assert_eq!((&image["ImageState"], &image["SyncPercent"]), (&json!("CREATING"), &json!(0)));
    desk.advance(9 * 60).await;
    assert_eq!(desk.images(ACME, GZ, "PRIVATE_IMAGE").await["web-captured"]["ImageState"], "CREATING");
    desk.advance(6 * 60).await;
    let image = desk.images(ACME, GZ, "PRIVATE_IMAGE").await["web-captured"].clone();
    assert_eq!((&image["ImageState"], &image["ImageSize"]), (&json!("NORMAL"), &json!(50)));

    // An image that was deleted without its snapshots can be made again from them.
    desk.call(ACME, GZ, "DeleteImages", json!({ "ImageIds": [image["ImageId"]] })).await.unwrap();
    let snapshot = &image["SnapshotSet"][0]["SnapshotId"];
    let params = json!({ "ImageName": "web-again", "SnapshotIds": [snapshot] });
    desk.call(ACME, GZ, "CreateImage", params).await.unwrap();
    let params = json!({ "ImageName": "web-captured", "InstanceId": id("web-1") });
    let made = desk.call(ACME, GZ, "CreateImage", params).await.unwrap();
    desk.advance(20 * 60).await;
    let image = desk.images(ACME, GZ, "PRIVATE_IMAGE").await["web-captured"].clone();
    let params = json!({ "ImageIds": [made["ImageId"]], "DeleteBindedSnap": true });
    desk.call(ACME, GZ, "DeleteImages", params).await.unwrap();
    let params = json!({ "ImageName": "x", "SnapshotIds": [image["SnapshotSet"][0]["SnapshotId"]] });
    assert_eq!(
        desk.call(ACME, GZ, "CreateImage", params).await,
        Err("InvalidParameter.SnapshotNotFound".into())
    );
}
