//! Faults, rate limits, the log of calls, and the state file.

use std::path::Path;

use cvmshare::emulator::{self, Options};
use serde_json::{Value, json};

use crate::emulator_client::*;

const GZ: &str = "ap-guangzhou";

fn faulty(faults: &[&str]) -> Options {
    Options { faults: faults.iter().map(|f| f.parse().unwrap()).collect(), ..still() }
}

/// Returns the log of calls as `action outcome`.
async fn log(desk: &Desk) -> Vec<String> {
    let (_, calls) = desk.control("GET", "calls", "").await;
    let calls = calls.as_array().unwrap();
    calls
        .iter()
        .map(|c| format!("{} {}", c["action"].as_str().unwrap(), c["outcome"].as_str().unwrap()))
        .collect()
}

async fn rename(desk: &Desk, image: &str, name: &str) -> reqwest::Result<Answer> {
    let params = json!({ "ImageId": image, "ImageName": name });
    desk.send(&desk.request(ACME, GZ, "ModifyImageAttribute", &params)).await
}

#[tokio::test]
async fn each_fault_changes_the_call_as_documented() {
    let desk = Desk::new(faulty(&[
        "ModifyImageAttribute#1=error:InternalError",
        "ModifyImageAttribute#2=http:503",
        "ModifyImageAttribute#3=drop",
        "ModifyImageAttribute#4=drop-reply",
        "ModifyImageAttribute#5=garbage",
        "ModifyImageAttribute#6=truncate",
        "ModifyImageAttribute#7=throttle",
        "DescribeImages@ap-shanghai#1=empty",
    ]))
    .await;
    let base = desk.image(ACME, GZ, "base-ubuntu-24").await;
    let name = || async {
        let answer = desk.call(ACME, GZ, "DescribeImages", json!({ "ImageIds": [base] })).await.unwrap();
        answer["ImageSet"][0]["ImageName"].as_str().unwrap().to_owned()
    };
    assert_eq!(rename(&desk, &base, "n1").await.unwrap().outcome(), Err("InternalError".into()));
    assert_eq!(rename(&desk, &base, "n2").await.unwrap().status, 503);
    assert!(rename(&desk, &base, "n3").await.is_err());
    assert_eq!(name().await, "base-ubuntu-24");
    assert!(rename(&desk, &base, "n4").await.is_err());
    assert_eq!(name().await, "n4");
    let garbage = rename(&desk, &base, "n5").await.unwrap();
    assert!(serde_json::from_slice::<Value>(&garbage.body).is_err());
    assert_eq!((garbage.status, name().await.as_str()), (200, "n5"));
    assert!(rename(&desk, &base, "n6").await.is_err());
    assert_eq!(name().await, "n6");
    assert_eq!(rename(&desk, &base, "n7").await.unwrap().outcome(), Err("RequestLimitExceeded".into()));
    assert_eq!(rename(&desk, &base, "n8").await.unwrap().outcome(), Ok(json!({})));
    assert_eq!(name().await, "n8");

    let list = || desk.call(ACME, "ap-shanghai", "DescribeImages", json!({}));
    assert_eq!(list().await, Ok(json!({ "ImageSet": [], "TotalCount": 0 })));
    assert_ne!(list().await, Ok(json!({ "ImageSet": [], "TotalCount": 0 })));
    // The log has the call whether or not it was processed.
    let (_, calls) = desk.control("GET", "calls", "").await;
    let dropped = calls.as_array().unwrap().iter().find(|c| c["outcome"] == "drop").unwrap();
    assert_eq!(dropped["request"], json!({ "ImageId": base, "ImageName": "n3" }));
    let writes: Vec<String> =
        log(&desk).await.into_iter().filter(|l| l.starts_with("ModifyImageAttribute")).collect();
    let want = [
        "InternalError",
        "http:503",
        "drop",
        "drop-reply",
        "garbage",
        "truncate",
        "RequestLimitExceeded",
        "ok",
    ];
    assert_eq!(writes, want.map(|w| format!("ModifyImageAttribute {w}")));
}

#[tokio::test]
async fn a_fault_makes_copies_fail() {
    let desk = Desk::new(faulty(&["SyncImages@ap-guangzhou#2=copy-fails", "SyncImages#3=copy-fails"])).await;
    let base = desk.image(ACME, GZ, "base-ubuntu-24").await;
    for (there, n) in [("ap-nanjing", 1), ("ap-chengdu", 2), ("ap-chongqing", 3)] {
        let params =
            json!({ "ImageIds": [base], "DestinationRegions": [there], "ImageName": format!("copy-{n}") });
        desk.call(ACME, GZ, "SyncImages", params).await.unwrap();
    }
    let states = async || {
        let mut states = Vec::new();
        for (there, n) in [("ap-nanjing", 1), ("ap-chengdu", 2), ("ap-chongqing", 3)] {
            let image = &desk.images(ACME, there, "PRIVATE_IMAGE").await[&format!("copy-{n}")];
            states.push(image["ImageState"].as_str().unwrap().to_owned());
        }
        states
    };
    // It looks like any other copy until its time is over.
    assert_eq!(states().await, ["SYNCING"; 3]);
    desk.advance(20 * 60).await;
    assert_eq!(states().await, ["NORMAL", "CREATEFAILED", "CREATEFAILED"]);
    assert_eq!(log(&desk).await.iter().filter(|l| **l == "SyncImages ok").count(), 3);
}

#[tokio::test]
async fn a_truncated_answer_is_a_prefix() {
    let desk = Desk::new(faulty(&["GetCallerIdentity=truncate"])).await;
    let request = desk.request(ACME, GZ, "GetCallerIdentity", &json!({}));
    let error = match desk.send(&request).await {
        Err(error) => error,
        Ok(_) => panic!("the answer came whole"),
    };
    // The headers arrived, so the body was cut off.
    assert!(error.is_body() || error.is_decode(), "{error:?}");
}

#[tokio::test]
async fn a_stalled_call_blocks_no_other_and_ends_with_the_cloud() {
    let desk = std::sync::Arc::new(Desk::new(faulty(&["DescribeImages@ap-shanghai=stall"])).await);
    let stalled = tokio::spawn({
        let desk = desk.clone();
        async move { desk.send(&desk.request(ACME, "ap-shanghai", "DescribeImages", &json!({}))).await.is_err() }
    });
    while !log(&desk).await.contains(&"DescribeImages stall".to_owned()) {}
    desk.call(ACME, GZ, "DescribeImages", json!({})).await.unwrap();
    assert!(!stalled.is_finished());
    // All open connections end with the cloud.
    desk.cloud.halt();
    assert!(stalled.await.unwrap());
}

#[tokio::test]
async fn a_call_with_latency_is_processed_at_once() {
    let hour = "ModifyImageAttribute=latency:3600000";
    let desk = std::sync::Arc::new(Desk::new(faulty(&[hour])).await);
    let base = desk.image(ACME, GZ, "base-ubuntu-24").await;
    let late = tokio::spawn({
        let desk = desk.clone();
        async move { rename(&desk, &base, "late").await.is_err() }
    });
    while !log(&desk).await.contains(&"ModifyImageAttribute ok".to_owned()) {}
    assert!(desk.images(ACME, GZ, "PRIVATE_IMAGE").await.contains_key("late"));
    assert!(!late.is_finished());
    desk.cloud.halt();
    assert!(late.await.unwrap());
}

#[tokio::test]
async fn faults_can_be_changed_at_run_time() {
    let desk = Desk::new(still()).await;
    let list = || desk.call(ACME, GZ, "DescribeImageQuota", json!({}));
    let texts = r#"["DescribeImageQuota#2=throttle", "SyncImages*=drop"]"#;
    let want = json!(["DescribeImageQuota#2=throttle", "SyncImages*=drop"]);
    assert_eq!(desk.control("POST", "faults", texts).await, (200, want));
    list().await.unwrap();
    assert_eq!(list().await, Err("RequestLimitExceeded".into()));
    list().await.unwrap();
    desk.control("POST", "faults", r#"["DescribeImageQuota=throttle"]"#).await;
    assert_eq!(list().await, Err("RequestLimitExceeded".into()));
    assert_eq!(desk.control("DELETE", "faults", "").await, (200, json!([])));
    list().await.unwrap();
    // One invalid fault rejects the whole list, and the error names the fix.
    let (status, answer) =
        desk.control("POST", "faults", r#"["DescribeImageQuota=throttle", "Describe=y"]"#).await;
    assert_eq!(status, 400);
    assert!(
        answer["error"]
            .as_str()
            .unwrap()
            .starts_with("\"Describe=y\" is not a fault; the built-in cloud has no action")
    );
    list().await.unwrap();
    assert_eq!(desk.control("POST", "advance", r#"{"minutes": 1}"#).await.0, 400);
}

#[tokio::test]
async fn the_log_has_every_call_and_no_secret() {
    let desk = Desk::new(still()).await;
    let params = json!({
        "Placement": { "Zone": "ap-guangzhou-6" }, "ImageId": "img-00000000",
        "LoginSettings": { "Password": "Hidden-1234" },
    });
    let answer = desk.send(&desk.request(SUB, GZ, "RunInstances", &params)).await.unwrap();
    let mut wrong = desk.request(ACME, GZ, "DescribeImages", &json!({}));
    wrong.secret_key.push('x');
    desk.send(&wrong).await.unwrap();
    let (_, calls) = desk.control("GET", "calls", "").await;
    let mut request = params;
    request["LoginSettings"]["Password"] = json!("(hidden)");
    let want = json!({
        "seq": 1, "at": "2026-11-24T03:00:00Z", "service": "cvm", "action": "RunInstances", "region": GZ,
        "account": SUB, "request": request, "outcome": "InvalidImageId.NotFound",
        "request_id": answer.response()["RequestId"],
    });
    assert_eq!(calls[0], want);
    let refused = [&calls[1]["account"], &calls[1]["request"], &calls[1]["outcome"]];
    assert_eq!(refused, [&Value::Null, &Value::Null, &json!("AuthFailure.SignatureFailure")]);
    let everything = calls.to_string() + &desk.control("GET", "world", "").await.1.to_string();
    for secret in ["Hidden-1234", "demo-key-"] {
        assert!(!everything.contains(secret), "{secret}");
    }
    assert!(!format!("{:?}", desk.cloud.accounts).contains("demo-key-"));
}

#[tokio::test]
async fn the_ready_line_has_the_endpoint_and_the_keys() {
    let desk = Desk::new(still()).await;
    let account = |uin: &str, name: &str, kind: &str| {
        json!({
            "uin": uin, "name": name, "kind": kind, "secret_id": format!("demo-id-{uin}"),
            "secret_key": format!("demo-key-{uin}"),
        })
    };
    let want = json!({
        "endpoint": desk.cloud.endpoint,
        "accounts": [
            account(ACME, "Acme Platform", "main"),
            account(BOREALIS, "Borealis Games", "main"),
            account(QUAY, "Quay Labs", "main"),
            account(SUB, "Borealis Games, build robot", "sub"),
        ],
    });
    let line = desk.cloud.ready_json();
    assert_eq!(serde_json::from_str::<Value>(&line).unwrap(), want);
    assert!(!line.contains('\n'));
    let known = emulator::known_accounts();
    assert_eq!(known.len(), 59);
    assert!(known.contains(&(COBALT.parse().unwrap(), "Cobalt Logistics".to_owned())));
}

#[tokio::test]
async fn rate_limits_apply_per_action_region_and_caller() {
    let desk = Desk::new(Options::default()).await;
    // The limit is ten per second: of two hundred calls at once some are refused, even on a slow machine.
    let burst = |region: &'static str, who: &'static str| {
        let desk = &desk;
        async move {
            let calls = (0..200).map(|_| desk.call(who, region, "DescribeImageQuota", json!({})));
            let answers = futures_util::future::join_all(calls).await;
            let throttled = answers.iter().filter(|a| **a == Err("RequestLimitExceeded".into())).count();
            assert!((1..=190).contains(&throttled), "{throttled}");
        }
    };
    burst(GZ, ACME).await;
    // Other regions, callers and actions have their own limits.
    desk.call(ACME, "ap-shanghai", "DescribeImageQuota", json!({})).await.unwrap();
    desk.call(BOREALIS, GZ, "DescribeImageQuota", json!({})).await.unwrap();
    desk.call(ACME, GZ, "DescribeImages", json!({})).await.unwrap();
    burst(GZ, SUB).await;
}

async fn kept(path: &Path) -> Desk {
    Desk::new(Options { state: Some(path.to_owned()), ..still() }).await
}

#[tokio::test]
async fn a_world_is_saved_before_the_answer_and_follows_the_clock() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("world.json");
    let desk = kept(&path).await;
    let base = desk.image(ACME, GZ, "base-ubuntu-24").await;
    let params =
        json!({ "ImageIds": [base], "DestinationRegions": ["ap-nanjing"], "ImageSetRequired": true });
    let copy = desk.call(ACME, GZ, "SyncImages", params).await.unwrap()["ImageSet"][0]["ImageId"].clone();
    // A process that is killed now leaves this file.
    let left = folder.path().join("left.json");
    std::fs::copy(&path, &left).unwrap();
    desk.advance(3 * 60).await;
    let image = |desk: Desk| async move {
        let image = desk.images(ACME, "ap-nanjing", "PRIVATE_IMAGE").await["base-ubuntu-24"].clone();
        (image["ImageId"].clone(), image["ImageState"].clone(), image["SyncPercent"].clone())
    };
    let after_kill = kept(&left).await;
    after_kill.advance(3 * 60).await;
    let percent = image(desk).await;
    assert_eq!((&percent.0, &percent.1), (&copy, &json!("SYNCING")));
    assert_eq!(image(after_kill).await, percent);

    let again = reopen(&path).await;
    again.advance(20 * 60).await;
    assert_eq!(image(again).await, (copy, json!("NORMAL"), Value::Null));
}

/// Opens the state file as soon as the dropped cloud has released it.
async fn reopen(path: &Path) -> Desk {
    loop {
        let options = Options { state: Some(path.to_owned()), ..still() };
        match emulator::start(options).await {
            Ok(cloud) => {
                return Desk { cloud, http: crate::http() };
            }
            Err(emulator::Error::Store(emulator::StoreError::InUse(_))) => tokio::task::yield_now().await,
            Err(e) => panic!("{e}"),
        }
    }
}

#[tokio::test]
async fn a_state_file_belongs_to_one_cloud_and_has_to_be_valid() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("world.json");
    let error = |path: &Path| {
        let options = Options { state: Some(path.to_owned()), ..still() };
        async move { emulator::start(options).await.unwrap_err().to_string() }
    };
    let first = kept(&path).await;
    let in_use = format!(
        "{} is in use by another built-in cloud; stop that one, or give another file",
        path.display()
    );
    assert_eq!(error(&path).await, in_use);
    first.cloud.stop().await;
    kept(&path).await.cloud.stop().await;
    assert!(folder.path().join("world.json").metadata().unwrap().len() > 1000);

    std::fs::write(&path, "{\"version\": ").unwrap();
    let text = error(&path).await;
    assert!(
        text.contains("is not a state file of the built-in cloud (")
            && text.ends_with("move it away, or give another file"),
        "{text}"
    );
    assert_eq!(std::fs::read_to_string(&path).unwrap(), "{\"version\": ");
    let missing = folder.path().join("no/such/folder/world.json");
    assert!(error(&missing).await.starts_with(&missing.display().to_string()));
}
