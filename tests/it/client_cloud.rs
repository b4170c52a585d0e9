//! The client against the built-in cloud, over HTTP.

use std::time::Duration;

use cvmshare::{
    cloud::{Client, ClientOptions, Credentials, Kind, Permission, Sent, for_each_region},
    emulator::{self, Running, SceneName},
    model::{Image, ImageId, ImageKind, ImageState, Region, Uin},
};
use serde_json::json;

use crate::emulator_client::{ACME, BOREALIS, QUAY, still};

/// Returns a client for one account of the cloud.
pub fn client(cloud: &Running, who: &str) -> Client {
    patient(cloud, who, 30_000)
}

/// Returns a client with another time limit, in milliseconds.
fn patient(cloud: &Running, who: &str, limit: u64) -> Client {
    let account = cloud.accounts.iter().find(|a| a.uin.as_str() == who).unwrap();
    let options = ClientOptions {
        endpoint: Some(cloud.endpoint.clone()),
        timeout: Duration::from_millis(limit),
        ..Default::default()
    };
    let keys = Credentials::new(&account.secret_id, account.secret_key.clone().into(), "a test");
    Client::new(options, keys).unwrap()
}

pub async fn control(cloud: &Running, path: &str, body: serde_json::Value) {
    let http = crate::http();
    let url = format!("{}/_emulator/{path}", cloud.endpoint);
    let answer = http.post(url).body(body.to_string()).send().await.unwrap();
    assert!(answer.status().is_success(), "{}", answer.text().await.unwrap());
}

fn region(code: &str) -> Region {
    code.parse().unwrap()
}

async fn own(client: &Client, at: &str, name: &str) -> Image {
    client.own_named(&region(at), name).await.unwrap().unwrap()
}

#[tokio::test]
async fn identity_regions_and_images_are_read() {
    let cloud = emulator::start(still()).await.unwrap();
    let acme = client(&cloud, ACME);
    let caller = acme.caller().await.unwrap();
    assert_eq!(caller.account.as_str(), ACME);
    let regions = acme.regions().await.unwrap();
    assert!(
        regions
            .iter()
            .any(|(r, name, open)| r.as_str() == "ap-guangzhou" && name.contains("Guangzhou") && *open)
    );
    let zones = acme.zones(&region("ap-guangzhou")).await.unwrap();
    assert!(zones.iter().any(|z| z.id == "ap-guangzhou-3" && z.available), "{zones:?}");
    assert_eq!(acme.image_quota(&region("ap-guangzhou")).await, Ok(10));
    let mut instances = Vec::new();
    let count = acme.instances(&region("ap-guangzhou"), |p| instances.extend(p)).await.unwrap();
    assert_eq!(
        (count, acme.instance_count(&region("ap-guangzhou")).await),
        (instances.len(), Ok(count as u64))
    );
    let one = &instances[0];
    assert_eq!(acme.instance(&one.region, &one.id).await.as_ref(), Ok(&Some(one.clone())));
    assert_eq!(acme.instance(&one.region, &"ins-zzzzzzzz".parse().unwrap()).await, Ok(None));
    assert_eq!(acme.instance(&region("ap-tokyo"), &one.id).await, Ok(None));
    let image = own(&acme, "ap-guangzhou", "golden-web-7").await;
    assert_eq!((image.kind, &image.state, image.size_gib), (ImageKind::Own, &ImageState::Normal, 50));
    let missing: ImageId = "img-zzzzzzzz".parse().unwrap();
    assert_eq!(acme.image(&image.region, &missing).await, Ok(None));
    let both = acme.images_by_id(&image.region, &[missing, image.id.clone()]).await.unwrap();
    assert_eq!(both, std::slice::from_ref(&image));
    assert_eq!(acme.shares(&image.region, &image.id).await.unwrap().len(), 3);
}

/// The main flow: copy, wait, share, check that the receiver sees it in that region only, cancel, delete.
#[tokio::test]
async fn an_image_is_copied_shared_cancelled_and_deleted() {
    let cloud = emulator::start(still()).await.unwrap();
    let (acme, borealis) = (client(&cloud, ACME), client(&cloud, BOREALIS));
    let (here, there) = (region("ap-guangzhou"), region("ap-nanjing"));
    let source = own(&acme, "ap-guangzhou", "golden-web-7").await;
    let to = std::slice::from_ref(&there);
    let dry = acme.sync_images(&here, &source.id, to, Some("w7"), true).await.unwrap();
    assert_eq!((dry.images, acme.own_named(&there, "w7").await), (vec![], Ok(None)));
    let copied = acme.sync_images(&here, &source.id, to, Some("w7"), false).await.unwrap();
    let [(at, copy)] = &copied.images[..] else { panic!("{copied:?}") };
    assert_eq!(at, &there);
    let made = acme.image(&there, copy).await.unwrap().unwrap();
    assert_eq!((made.state, made.sync_percent.is_some()), (ImageState::Syncing, true));
    let early =
        acme.modify_shares(&there, copy, &[BOREALIS.parse().unwrap()], Permission::Share).await.unwrap_err();
    assert_eq!((early.kind, early.sent), (Kind::Refused, Sent::Answered));
    control(&cloud, "advance", json!({ "seconds": 7200 })).await;
    let made = acme.image(&there, copy).await.unwrap().unwrap();
    assert_eq!(made.state, ImageState::Normal);

    let receiver: Uin = BOREALIS.parse().unwrap();
    acme.modify_shares(&there, copy, std::slice::from_ref(&receiver), Permission::Share).await.unwrap();
    let shares = acme.shares(&there, copy).await.unwrap();
    assert_eq!(shares.iter().map(|s| &s.account).collect::<Vec<_>>(), [&receiver]);
    let mut seen = Vec::new();
    for at in ["ap-nanjing", "ap-guangzhou", "ap-shanghai"] {
        let at = region(at);
        borealis
            .images(&at, ImageKind::Received, |p| seen.extend(p.into_iter().map(|i| (i.id, i.region))))
            .await
            .unwrap();
    }
    assert!(seen.contains(&(copy.clone(), there.clone())));
    assert!(!seen.contains(&(copy.clone(), here.clone())));

    let refused = acme.delete_images(&there, std::slice::from_ref(copy), false, true).await.unwrap_err();
    assert_eq!(refused.code, "InvalidImageId.InShared");
    acme.modify_shares(&there, copy, &[receiver], Permission::Cancel).await.unwrap();
    acme.modify_image(&there, copy, Some("w7-old"), Some("said")).await.unwrap();
    let renamed = acme.image(&there, copy).await.unwrap().unwrap();
    assert_eq!((renamed.name.as_str(), renamed.description.as_str()), ("w7-old", "said"));
    acme.delete_images(&there, std::slice::from_ref(copy), true, false).await.unwrap();
    assert_eq!(acme.image(&there, copy).await, Ok(None));
}

#[tokio::test]
async fn refusals_map_to_error_kinds() {
    let cloud = emulator::start(still()).await.unwrap();
    let (acme, quay) = (client(&cloud, ACME), client(&cloud, QUAY));
    let mut received = Vec::new();
    acme.images(&region("ap-guangzhou"), ImageKind::Received, |p| received.extend(p)).await.unwrap();
    let image = &received[0];
    assert_eq!(image.owner().unwrap().as_str(), QUAY);
    let code = |e: cvmshare::cloud::Error| (e.kind, e.code, e.request_id.is_some());
    let denied = acme.shares(&image.region, &image.id).await.unwrap_err();
    assert_eq!(code(denied), (Kind::Refused, "UnauthorizedOperation.ImageNotBelongToAccount".into(), true));
    let renamed = acme.modify_image(&image.region, &image.id, Some("x"), None).await.unwrap_err();
    assert_eq!(code(renamed).1, "UnsupportedOperation.SharedImageModifyUnsupported");
    assert!(quay.shares(&image.region, &image.id).await.is_ok());
    let unknown = Credentials::new("nobody", "x".to_owned().into(), "a test");
    let options = ClientOptions { endpoint: Some(cloud.endpoint.clone()), ..Default::default() };
    let nobody = Client::new(options.clone(), unknown).unwrap().caller().await.unwrap_err();
    assert_eq!(code(nobody), (Kind::Credentials, "AuthFailure.SecretIdNotFound".into(), true));
    let wrong = Credentials::new(&cloud.accounts[0].secret_id, "x".to_owned().into(), "a test");
    let wrong = Client::new(options, wrong).unwrap().caller().await.unwrap_err();
    assert_eq!(code(wrong), (Kind::Credentials, "AuthFailure.SignatureFailure".into(), true));
}

/// The kind and the code of the error for each fault, and whether a write may have taken effect.
#[tokio::test]
async fn faults_map_to_errors() {
    let read = |kind, code: &str| Some((kind, code.to_owned()));
    let write = |kind, sent| Some((kind, sent));
    for (fault, of_read, of_write) in [
        ("error:InternalError", read(Kind::Refused, "InternalError"), write(Kind::Refused, Sent::Answered)),
        (
            "error:AuthFailure.TokenFailure",
            read(Kind::Expired, "AuthFailure.TokenFailure"),
            write(Kind::Expired, Sent::Answered),
        ),
        ("http:503", read(Kind::Unreadable, "http.503"), write(Kind::Unreadable, Sent::Maybe)),
        ("drop", read(Kind::Network, "network"), write(Kind::Network, Sent::Maybe)),
        ("drop-reply", read(Kind::Network, "network"), write(Kind::Network, Sent::Maybe)),
        ("stall", read(Kind::Timeout, "timeout"), write(Kind::Timeout, Sent::Maybe)),
        ("garbage", read(Kind::Unreadable, "unreadable"), write(Kind::Unreadable, Sent::Maybe)),
        ("truncate", read(Kind::Unreadable, "unreadable"), write(Kind::Unreadable, Sent::Maybe)),
        ("latency:1", None, None),
    ] {
        let mut options = still();
        for action in ["DescribeImageQuota", "ModifyImageAttribute"] {
            options.faults.push(format!("{action}*={fault}").parse().unwrap());
        }
        let cloud = emulator::start(options).await.unwrap();
        let image = own(&client(&cloud, ACME), "ap-guangzhou", "golden-web-7").await;
        let acme = patient(&cloud, ACME, if fault == "stall" { 200 } else { 30_000 });
        let got = acme.image_quota(&image.region).await.err().map(|e| (e.kind, e.code));
        assert_eq!(got, of_read, "{fault}");
        let got = acme.modify_image(&image.region, &image.id, Some("new"), None).await.err();
        assert_eq!(got.map(|e| (e.kind, e.sent)), of_write, "{fault}");
        // A read shows whether the write took effect.
        let now = client(&cloud, ACME).image(&image.region, &image.id).await.unwrap().unwrap();
        let done = matches!(fault, "drop-reply" | "garbage" | "truncate" | "latency:1");
        assert_eq!(now.name == "new", done, "{fault}");
    }
}

#[tokio::test]
async fn one_bad_answer_is_retried() {
    for fault in ["error:ServiceUnavailable", "http:502", "drop", "garbage", "truncate", "throttle"] {
        let mut options = still();
        options.faults = vec![format!("DescribeImageQuota#1={fault}").parse().unwrap()];
        let cloud = emulator::start(options).await.unwrap();
        assert_eq!(client(&cloud, ACME).image_quota(&region("ap-guangzhou")).await, Ok(10), "{fault}");
    }
}

#[tokio::test]
async fn a_large_region_is_read_completely_with_each_image_once() {
    let options = emulator::Options { scene: SceneName::Big, images: 3000, ..still() };
    let cloud = emulator::start(options).await.unwrap();
    let acme = client(&cloud, ACME);
    let at = region("ap-guangzhou");
    let mut ids = std::collections::BTreeSet::new();
    let mut first = 0;
    let count = acme
        .images(&at, ImageKind::Own, |page| {
            if ids.is_empty() {
                first = page.len();
            }
            ids.extend(page.into_iter().map(|i| i.id));
        })
        .await
        .unwrap();
    assert!(count > 100, "{count}");
    assert_eq!(
        (first, ids.len(), acme.image_count(&at, ImageKind::Own).await),
        (100, count, Ok(count as u64))
    );
}

#[tokio::test]
async fn failed_or_silent_regions_do_not_delay_others() {
    let mut options = still();
    options.faults = vec![
        "DescribeImages@ap-tokyo*=stall".parse().unwrap(),
        "DescribeImages@ap-seoul*=error:InvalidParameter".parse().unwrap(),
    ];
    let cloud = emulator::start(options).await.unwrap();
    let acme = patient(&cloud, ACME, 3_000);
    let regions: Vec<Region> =
        acme.regions().await.unwrap().into_iter().filter(|(_, _, open)| *open).map(|(r, _, _)| r).collect();
    let mut order = Vec::new();
    for_each_region(
        regions.clone(),
        |at| {
            let acme = acme.clone();
            async move { acme.images(&at, ImageKind::Own, |_| {}).await }
        },
        |at, result| order.push((at, result.map_err(|e| (e.kind, e.code)))),
    )
    .await;
    assert_eq!(order.len(), regions.len());
    assert_eq!(order.last().unwrap(), &(region("ap-tokyo"), Err((Kind::Timeout, "timeout".into()))));
    let failed: Vec<&str> = order.iter().filter(|(_, r)| r.is_err()).map(|(at, _)| at.as_str()).collect();
    assert_eq!(failed, ["ap-seoul", "ap-tokyo"]);
}
