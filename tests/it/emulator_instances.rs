//! Instances on the built-in cloud: listing, launching, reinstalling, starting, stopping, and error codes.

use cvmshare::emulator::Options;
use serde_json::{Value, json};

use crate::emulator_client::*;

const GZ: &str = "ap-guangzhou";

async fn instance(desk: &Desk, region: &str, name: &str) -> Value {
    let params = json!({ "Filters": [{ "Name": "instance-name", "Values": [name] }] });
    let answer = desk.call(ACME, region, "DescribeInstances", params).await.unwrap();
    assert_eq!(answer["TotalCount"], 1, "{name}");
    answer["InstanceSet"][0].clone()
}

async fn received(desk: &Desk) -> String {
    desk.images(ACME, GZ, "SHARED_IMAGE").await["quay-ml-runtime"]["ImageId"].as_str().unwrap().to_owned()
}

fn launch(image: &str) -> Value {
    json!({
        "Placement": { "Zone": "ap-guangzhou-6" }, "ImageId": image, "InstanceType": "S5.MEDIUM4",
        "InstanceName": "fresh", "SystemDisk": { "DiskSize": 200 },
    })
}

#[tokio::test]
async fn instances_list_their_image_and_cannot_be_filtered_by_it() {
    let desk = Desk::new(still()).await;
    let sandbox = instance(&desk, GZ, "ml-sandbox").await;
    assert_eq!(sandbox["ImageId"], received(&desk).await);
    assert_eq!(sandbox["InstanceState"], "RUNNING");
    for (params, code) in [
        (json!({ "Filters": [{ "Name": "image-id", "Values": ["img-00000000"] }] }), "InvalidFilter"),
        (json!({ "InstanceIds": ["web"] }), "InvalidInstanceId.Malformed"),
        (json!({ "InstanceIds": vec!["ins-00000000"; 101] }), "InvalidParameterValue.LimitExceeded"),
        (json!({ "Limit": 101 }), "InvalidParameterValue.LimitExceeded"),
        (json!({ "Offset": -1 }), "InvalidParameterValue.LimitExceeded"),
        (
            json!({ "InstanceIds": ["ins-00000000"], "Filters": [{ "Name": "zone", "Values": ["ap-guangzhou-3"] }] }),
            "InvalidParameter",
        ),
    ] {
        let got = desk.call(ACME, GZ, "DescribeInstances", params.clone()).await;
        assert_eq!(got, Err(code.to_owned()), "{params}");
    }
    let count = |filters: Value| {
        let desk = &desk;
        async move {
            let answer =
                desk.call(ACME, GZ, "DescribeInstances", json!({ "Filters": filters })).await.unwrap();
            answer["TotalCount"].as_u64().unwrap()
        }
    };
    assert_eq!(count(json!([{ "Name": "zone", "Values": ["ap-guangzhou-6"] }])).await, 2);
    assert_eq!(count(json!([{ "Name": "instance-state", "Values": ["STOPPED"] }])).await, 1);
    assert_eq!(
        count(json!([{ "Name": "private-ip-address", "Values": [sandbox["PrivateIpAddresses"][0]] }])).await,
        1
    );
    assert_eq!(count(json!([{ "Name": "tag:team", "Values": ["x"] }])).await, 0);
    // Other accounts see only their own instances.
    let answer = desk.call(BOREALIS, GZ, "DescribeInstances", json!({})).await.unwrap();
    assert_eq!(answer["InstanceSet"][0]["InstanceName"], "lobby-1");
    assert_eq!(answer["TotalCount"], 1);
}

#[tokio::test]
async fn impossible_launches_are_refused_with_their_codes() {
    let desk = Desk::new(still()).await;
    let base = desk.image(ACME, GZ, "base-ubuntu-24").await;
    let far = desk.image(ACME, "ap-shanghai", "golden-web-6").await;
    let failed = desk.image(ACME, GZ, "nightly-ci-runner").await;
    for (field, value, code) in [
        ("ImageId", json!(far), "InvalidImageId.NotFound"),
        ("ImageId", json!(failed), "InvalidParameterValue.InvalidImageState"),
        ("ImageId", json!("golden"), "InvalidImageId.Malformed"),
        ("ImageId", Value::Null, "MissingParameter"),
        ("Placement", Value::Null, "MissingParameter"),
        ("Placement", json!({}), "MissingParameter"),
        ("Placement", json!({ "Zone": "ap-shanghai-2" }), "InvalidZone.MismatchRegion"),
        ("Placement", json!({ "Zone": "ap-guangzhou-5" }), "InvalidParameterValue.ZoneNotSupported"),
        ("Placement", json!({ "Zone": "ap-guangzhou-1" }), "ResourceInsufficient.AvailabilityZoneSoldOut"),
        ("InstanceType", json!("S9.HUGE"), "InvalidParameterValue.InstanceTypeNotFound"),
        ("InstanceType", json!("huge"), "InvalidInstanceType.Malformed"),
        ("InstanceType", json!("SR1.MEDIUM4"), "InvalidParameterValue.InvalidImageForGivenInstanceType"),
        ("InstanceCount", json!(0), "InvalidParameterValue.Range"),
        ("InstanceCount", json!(501), "InvalidParameterValue.Range"),
        ("MinCount", json!(2), "InvalidParameterValue.InvalidParameterMinCount"),
        ("InstanceName", json!("x".repeat(129)), "InvalidInstanceName.TooLong"),
        ("ClientToken", json!("x".repeat(65)), "InvalidClientToken.TooLong"),
        ("SystemDisk", json!({ "DiskSize": 10 }), "InvalidParameterValue"),
        (
            "LaunchTemplate",
            json!({ "LaunchTemplateId": "lt-1" }),
            "InvalidParameterValue.LaunchTemplateNotFound",
        ),
        ("LoginSettings", json!({ "Password": "short" }), "InvalidParameterValue.InvalidPassword"),
        (
            "LoginSettings",
            json!({ "Password": "Long-enough-1", "KeepImageLogin": "true" }),
            "InvalidParameter.ParameterConflict",
        ),
    ] {
        let mut params = launch(&base);
        params[field] = value.clone();
        // A dry run and the call give the same answer.
        for dry in [true, false] {
            params["DryRun"] = json!(dry);
            let got = desk.call(ACME, GZ, "RunInstances", params.clone()).await;
            assert_eq!(got, Err(code.to_owned()), "{field} {value}");
        }
    }
    let answer = desk.call(ACME, GZ, "DescribeInstances", json!({})).await.unwrap();
    assert_eq!(answer["TotalCount"], 4);
}

#[tokio::test]
async fn a_client_token_launches_one_instance() {
    let desk = Desk::new(still()).await;
    let image = received(&desk).await;
    let mut params = launch(&image);
    params["DryRun"] = json!(true);
    assert_eq!(desk.call(ACME, GZ, "RunInstances", params).await, Ok(json!({})));

    let mut params = launch(&image);
    params["ClientToken"] = json!("one");
    let first = desk.call(ACME, GZ, "RunInstances", params.clone()).await.unwrap();
    let again = desk.call(ACME, GZ, "RunInstances", params).await.unwrap();
    assert_eq!(first, again);
    let fresh = instance(&desk, GZ, "fresh").await;
    assert_eq!(first["InstanceIdSet"], json!([fresh["InstanceId"]]));
    assert_eq!(
        [&fresh["InstanceState"], &fresh["ImageId"], &fresh["LatestOperationState"]],
        [&json!("PENDING"), &json!(image), &json!("OPERATING")]
    );
    desk.advance(120).await;
    let fresh = instance(&desk, GZ, "fresh").await;
    assert_eq!(
        [&fresh["InstanceState"], &fresh["LatestOperation"], &fresh["LatestOperationState"]],
        ["RUNNING", "RunInstances", "SUCCESS"]
    );

    let mut params = launch(&image);
    params["InstanceCount"] = json!(3);
    params["InstanceName"] = json!("node-{R:7}");
    desk.call(ACME, GZ, "RunInstances", params).await.unwrap();
    for name in ["node-7", "node-8", "node-9"] {
        instance(&desk, GZ, name).await;
    }
    // The owner cancels the share. The instance still exists, but no new one can be made.
    let cancel = json!({ "ImageId": image, "AccountIds": [ACME], "Permission": "CANCEL" });
    desk.call(QUAY, GZ, "ModifyImageSharePermission", cancel).await.unwrap();
    let got = desk.call(ACME, GZ, "RunInstances", launch(&image)).await;
    assert_eq!(got, Err("InvalidImageId.NotFound".into()));
    assert_eq!(instance(&desk, GZ, "fresh").await["InstanceState"], "RUNNING");
}

#[tokio::test]
async fn reinstalling_accepts_images_of_the_region() {
    let desk = Desk::new(still()).await;
    let web = instance(&desk, GZ, "web-1").await["InstanceId"].clone();
    let base = desk.image(ACME, GZ, "base-ubuntu-24").await;
    let far = desk.image(ACME, "ap-shanghai", "golden-web-6").await;
    let failed = desk.image(ACME, GZ, "nightly-ci-runner").await;
    let public = desk.images(ACME, GZ, "PUBLIC_IMAGE").await;
    let arm = &public["Debian 12.0 ARM 64bit"]["ImageId"];
    for (params, code) in [
        (json!({ "InstanceId": web, "ImageId": far }), "InvalidImageId.NotFound"),
        (json!({ "InstanceId": web, "ImageId": failed }), "InvalidParameterValue.InvalidImageState"),
        (
            json!({ "InstanceId": web, "ImageId": arm }),
            "InvalidParameterValue.InvalidImageForGivenInstanceType",
        ),
        (json!({ "InstanceId": "ins-00000000", "ImageId": base }), "InvalidInstanceId.NotFound"),
        (json!({ "InstanceId": "web", "ImageId": base }), "InvalidInstanceId.Malformed"),
        (json!({ "ImageId": base }), "MissingParameter"),
        (json!({ "InstanceId": web, "ImageId": base, "DryRun": true }), "UnknownParameter"),
        (json!({ "InstanceId": web, "SystemDisk": { "DiskSize": 20 } }), "InvalidParameterValue"),
    ] {
        let got = desk.call(ACME, GZ, "ResetInstance", params.clone()).await;
        assert_eq!(got, Err(code.to_owned()), "{params}");
    }
    let params = json!({ "InstanceId": web, "ImageId": base });
    desk.call(ACME, GZ, "ResetInstance", params.clone()).await.unwrap();
    let row = instance(&desk, GZ, "web-1").await;
    assert_eq!(
        [&row["ImageId"], &row["LatestOperation"], &row["LatestOperationState"]],
        [base.as_str(), "ResetInstance", "OPERATING"]
    );
    let got = desk.call(ACME, GZ, "ResetInstance", params).await;
    assert_eq!(got, Err("OperationDenied.InstanceOperationInProgress".into()));
    desk.advance(120).await;
    assert_eq!(instance(&desk, GZ, "web-1").await["LatestOperationState"], "SUCCESS");
}

#[tokio::test]
async fn instances_are_stopped_started_and_terminated() {
    let desk = Desk::new(still()).await;
    let ids = json!({ "InstanceIds": [instance(&desk, GZ, "web-1").await["InstanceId"]] });
    let call = |action: &'static str| {
        let (desk, ids) = (&desk, &ids);
        async move { desk.call(ACME, GZ, action, ids.clone()).await.err() }
    };
    let state = || {
        let (desk, ids) = (&desk, &ids);
        async move {
            let answer = desk.call(ACME, GZ, "DescribeInstancesStatus", ids.clone()).await.unwrap();
            answer["InstanceStatusSet"][0]["InstanceState"].as_str().unwrap_or("gone").to_owned()
        }
    };
    let code = |state: &str| Some(format!("UnsupportedOperation.InstanceState{state}"));
    assert_eq!(call("StartInstances").await, code("Running"));
    assert_eq!(call("StopInstances").await, None);
    assert_eq!(state().await, "STOPPING");
    assert_eq!(call("StartInstances").await, code("Stopping"));
    assert_eq!(call("TerminateInstances").await, code("Stopping"));
    desk.advance(60).await;
    assert_eq!(state().await, "STOPPED");
    assert_eq!(call("StopInstances").await, code("Stopped"));
    assert_eq!(call("StartInstances").await, None);
    assert_eq!(state().await, "STARTING");
    desk.advance(60).await;
    assert_eq!(state().await, "RUNNING");
    assert_eq!(call("TerminateInstances").await, None);
    assert_eq!(state().await, "TERMINATING");
    desk.advance(60).await;
    assert_eq!(state().await, "gone");
    assert_eq!(call("StartInstances").await, Some("InvalidInstanceId.NotFound".into()));

    // One instance in a wrong state leaves all of them unchanged.
    let web = instance(&desk, GZ, "web-2").await["InstanceId"].clone();
    let db = instance(&desk, GZ, "数据库-1").await["InstanceId"].clone();
    let got = desk.call(ACME, GZ, "StopInstances", json!({ "InstanceIds": [web, db] })).await;
    assert_eq!(got.err(), code("Stopped"));
    assert_eq!(instance(&desk, GZ, "web-2").await["InstanceState"], "RUNNING");
    for (params, code) in [
        (json!({ "InstanceIds": [web], "StopType": "KICK" }), "InvalidParameterValue"),
        (
            json!({ "InstanceIds": [web], "StopType": "HARD", "ForceStop": true }),
            "InvalidParameterCombination",
        ),
        (json!({ "InstanceIds": [] }), "MissingParameter"),
    ] {
        assert_eq!(desk.call(ACME, GZ, "StopInstances", params).await, Err(code.to_owned()));
    }
}

#[tokio::test]
async fn a_pending_instance_can_neither_be_captured_nor_reinstalled() {
    let desk = Desk::new(Options { speed: 0.01, ..still() }).await;
    let image = received(&desk).await;
    let made = desk.call(ACME, GZ, "RunInstances", launch(&image)).await.unwrap();
    let id = &made["InstanceIdSet"][0];
    let capture = json!({ "ImageName": "x", "InstanceId": id });
    let got = desk.call(ACME, GZ, "CreateImage", capture).await;
    assert_eq!(got, Err("OperationDenied.InstanceOperationInProgress".into()));
    let got = desk.call(ACME, GZ, "ResetInstance", json!({ "InstanceId": id, "ImageId": image })).await;
    assert_eq!(got, Err("UnsupportedOperation.InstanceStatePending".into()));
}

#[tokio::test]
async fn zones_list_what_they_sell() {
    let desk = Desk::new(still()).await;
    let ask = |filters: Value| {
        let desk = &desk;
        async move {
            let params = json!({ "Filters": filters });
            let answer = desk.call(ACME, GZ, "DescribeZoneInstanceConfigInfos", params).await?;
            Ok::<_, String>(answer["InstanceTypeQuotaSet"].as_array().unwrap().clone())
        }
    };
    // Every zone lists all types that it sells or has sold out, and none that it never sold.
    let all = ask(json!([])).await.unwrap();
    let stock = |zone: &str, name: &str| {
        let row = all.iter().find(|r| r["Zone"] == zone && r["InstanceType"] == name);
        row.map(|r| (r["Status"].as_str().unwrap(), r["StatusCategory"].as_str().unwrap()))
    };
    assert_eq!(stock("ap-guangzhou-3", "S5.MEDIUM2"), Some(("SELL", "EnoughStock")));
    assert_eq!(stock("ap-guangzhou-3", "S1.SMALL1"), Some(("SELL", "UnderStock")));
    assert_eq!(stock("ap-guangzhou-3", "SA2.SMALL1"), Some(("SOLD_OUT", "WithoutStock")));
    assert_eq!(stock("ap-guangzhou-3", "S6.MEDIUM2"), None);
    assert_eq!(stock("ap-guangzhou-1", "S5.MEDIUM2"), Some(("SOLD_OUT", "WithoutStock")));
    let types = desk.call(ACME, GZ, "DescribeInstanceTypeConfigs", json!({})).await.unwrap();
    assert_eq!(types["InstanceTypeConfigSet"].as_array().unwrap().len(), all.len());
    let rows = ask(json!([
        { "Name": "zone", "Values": ["ap-guangzhou-1", "ap-guangzhou-3"] },
        { "Name": "instance-type", "Values": ["S5.MEDIUM4"] },
    ]));
    let rows: Vec<_> = rows.await.unwrap().iter().map(|r| (r["Zone"].clone(), r["Status"].clone())).collect();
    let want = [("ap-guangzhou-1", "SOLD_OUT"), ("ap-guangzhou-3", "SELL")];
    assert_eq!(rows, want.map(|(zone, status)| (json!(zone), json!(status))));
    let far = ask(json!([{ "Name": "zone", "Values": ["ap-shanghai-2"] }])).await;
    assert_eq!(far, Err("InvalidZone.MismatchRegion".into()));
}
