//! The client against prepared answers.

use std::time::Duration;

use cvmshare::{
    cloud::{
        Client, ClientOptions, Credentials, Error, Kind, Launch, Permission, Places, Sent, Synced,
        sign::{Signing, sign},
    },
    messages::Lang,
    model::{ImageKind, ImageState, Region, Source, Uin},
};
use serde_json::{Value, json};

use crate::canned::{Asked, Canned, Reply, dated};

fn client(server: &Canned) -> Client {
    let options = ClientOptions {
        endpoint: Some(server.endpoint.clone()),
        timeout: Duration::from_secs(5),
        ..Default::default()
    };
    Client::new(options, keys()).unwrap()
}

fn keys() -> Credentials {
    Credentials::new("AKIDtest", "hush".to_owned().into(), "a test")
        .with_token("session-token".to_owned().into(), None)
}

fn answer(mut response: Value) -> Reply {
    response["RequestId"] = "71e69b56-0000-4000-8000-000000000001".into();
    Reply::Body(json!({ "Response": response }).to_string())
}

fn refusal(code: &str) -> Reply {
    answer(json!({ "Error": { "Code": code, "Message": "no" } }))
}

fn region() -> Region {
    "ap-guangzhou".parse().unwrap()
}

fn actions(server: &Canned) -> Vec<String> {
    server.asked().iter().map(|a| a.action().to_owned()).collect()
}

#[tokio::test]
async fn calls_have_headers_and_a_signature_of_the_sent_bytes() {
    let server = Canned::start(vec![answer(json!({ "ImageNumQuota": 10 }))]).await;
    assert_eq!(client(&server).image_quota(&region()).await, Ok(10));
    let asked = &server.asked()[0];
    let header = |name: &str| asked.headers[name].as_str();
    let host = server.endpoint.trim_start_matches("http://");
    assert_eq!(
        ["host", "content-type", "x-tc-action", "x-tc-version", "x-tc-region", "x-tc-token", "x-tc-language"]
            .map(header),
        [
            host,
            "application/json",
            "DescribeImageQuota",
            "2017-03-12",
            "ap-guangzhou",
            "session-token",
            "en-US"
        ]
    );
    let timestamp: i64 = header("x-tc-timestamp").parse().unwrap();
    let signature = sign(
        Signing {
            method: "POST",
            query: "",
            headers: &[("content-type", "application/json"), ("host", host)],
            body: &asked.body,
            timestamp,
            service: "cvm",
        },
        "hush",
    );
    assert_eq!(header("authorization"), signature.authorization("AKIDtest"));
    assert_eq!(asked.json(), json!({}));
}

/// Every request of the client has only fields of the contract, and all required ones.
#[tokio::test]
async fn requests_have_exactly_the_fields_of_the_contract() {
    let empty = || {
        answer(json!({
            "ImageSet": [], "SharePermissionSet": [], "RegionSet": [], "ZoneSet": [], "InstanceSet": [],
            "InstanceTypeQuotaSet": [], "InstanceIdSet": ["ins-6pb6lrmy"], "ImageId": "img-6pb6lrmy",
            "TotalCount": 0, "ImageNumQuota": 1, "AccountId": "100000000001",
            "Credentials": { "TmpSecretId": "tmp", "TmpSecretKey": "tmp-hush", "Token": "tmp-token" }
        }))
    };
    let server = Canned::start(std::iter::repeat_with(empty).take(21).collect()).await;
    let client = client(&server);
    let (here, id) = (region(), "img-6pb6lrmy".parse().unwrap());
    let accounts: Vec<Uin> = vec!["100000000002".parse().unwrap()];
    client.caller().await.unwrap();
    client.regions().await.unwrap();
    client.zones(&here).await.unwrap();
    client.images(&here, ImageKind::Own, |_| {}).await.unwrap();
    client.image(&here, &id).await.unwrap();
    client.own_named(&here, "x").await.unwrap();
    client.shares(&here, &id).await.unwrap();
    client.modify_shares(&here, &id, &accounts, Permission::Cancel).await.unwrap();
    let to = ["ap-shanghai".parse().unwrap()];
    client.sync_images(&here, &id, &to, Some("x"), true).await.unwrap();
    client.delete_images(&here, std::slice::from_ref(&id), true, true).await.unwrap();
    client.modify_image(&here, &id, Some("n"), Some("d")).await.unwrap();
    client.image_quota(&here).await.unwrap();
    client.instances(&here, |_| {}).await.unwrap();
    client.image_count(&here, ImageKind::Received).await.unwrap();

    client.zone_types(&here).await.unwrap();
    let launch = Launch {
        image: id.clone(),
        zone: "ap-guangzhou-3".into(),
        instance_type: "S5.MEDIUM4".into(),
        name: Some("n".into()),
        network: Some(("vpc-1".into(), "subnet-1".into())),
        token: "t".into(),
    };
    client.run_instances(&here, &launch, true).await.unwrap();
    let instance = client.run_instances(&here, &launch, false).await.unwrap().unwrap();
    client.reset_instance(&here, &instance, &id).await.unwrap();
    client.create_image(&here, &instance, "n", Some("d")).await.unwrap();

    let env = [
        ("TENCENTCLOUD_SECRET_ID", "AKIDtest"),
        ("TENCENTCLOUD_SECRET_KEY", "hush"),
        ("TENCENTCLOUD_ASSUME_ROLE_ARN", "qcs::cam::uin/100000000001:roleName/Night"),
        ("TENCENTCLOUD_ASSUME_ROLE_SESSION_DURATION", "900"),
    ];
    let env = env.map(|(n, v)| (n.to_owned(), v.to_owned())).into();
    let options = ClientOptions { endpoint: Some(server.endpoint.clone()), ..Default::default() };
    let assuming = Client::with_lookup(options, Source::Auto, Places { env, ..Default::default() }).unwrap();
    assuming.image_quota(&here).await.unwrap();

    let contract: Value = serde_json::from_str(include_str!("contract-actions.json")).unwrap();
    let mut seen = std::collections::BTreeSet::new();
    for asked in server.asked() {
        let service = asked.headers["authorization"].split('/').nth(2).unwrap().to_owned();
        let name = format!("{service}.{}", asked.action());
        let action = &contract[&name];
        assert_eq!(action["version"], asked.headers["x-tc-version"], "{name}");
        let sent = asked.json();
        for (field, value) in sent.as_object().unwrap() {
            let shape = &action["request"][field];
            assert!(!shape.is_null(), "{name} has no {field}");
            assert_eq!(shape["list"], value.is_array(), "{name} {field}");
            let one = if value.is_array() { &value[0] } else { value };
            let fits = match shape["type"].as_str().unwrap() {
                "string" => one.is_string(),
                "bool" | "boolean" => one.is_boolean(),
                "uint" | "int" | "integer" => one.is_u64(),
                "object" => one.as_object().unwrap().keys().all(|k| {
                    let object = shape["object"].as_str().unwrap_or("Filter");
                    let fields = &contract["objects"][format!("cvm.{object}")];
                    fields.as_array().unwrap().contains(&json!(k))
                }),
                other => panic!("{other}"),
            };
            assert!(fits, "{name} {field} {value}");
        }
        for (field, shape) in action["request"].as_object().unwrap() {
            assert!(shape["required"] == false || sent.get(field).is_some(), "{name} lacks {field}");
        }
        seen.insert(name);
    }
    let all = contract.as_object().unwrap().keys().filter(|k| *k != "objects");
    assert_eq!(
        seen.iter().collect::<Vec<_>>(),
        all.collect::<std::collections::BTreeSet<_>>().into_iter().collect::<Vec<_>>()
    );
}

fn image(n: usize) -> Value {
    json!({ "ImageId": format!("img-{n:08}"), "ImageName": format!("n{n}"), "ImageType": "PRIVATE_IMAGE",
            "ImageState": "NORMAL", "ImageSize": 50, "CreatedTime": "2026-11-20T08:00:00Z" })
}

#[tokio::test]
async fn lists_are_read_completely_and_the_first_page_first() {
    let page = |from: usize, to: usize| {
        answer(json!({ "TotalCount": 230, "ImageSet": (from..to).map(image).collect::<Vec<_>>() }))
    };
    let server = Canned::start(vec![page(0, 100), page(100, 200), page(200, 230)]).await;
    let mut sizes = Vec::new();
    let got = client(&server).images(&region(), ImageKind::Own, |p| sizes.push(p.len())).await;
    assert_eq!((got, sizes[0], sizes.iter().sum::<usize>()), (Ok(230), 100, 230));
    let mut offsets: Vec<u64> = server.asked().iter().map(|a| a.json()["Offset"].as_u64().unwrap()).collect();
    offsets[1..].sort_unstable();
    assert_eq!(offsets, [0, 100, 200]);
}

#[tokio::test]
async fn a_wrong_total_does_not_loop_forever() {
    let mut replies = vec![answer(json!({ "TotalCount": u64::MAX, "ImageSet": [image(1)] }))];
    replies.extend((0..40).map(|_| answer(json!({ "TotalCount": u64::MAX, "ImageSet": [] }))));
    let server = Canned::start(replies).await;
    let mut rows = 0;
    let error =
        client(&server).images(&region(), ImageKind::Own, |page| rows += page.len()).await.unwrap_err();
    assert_eq!((rows, error.kind, error.code.as_str()), (1, Kind::Incomplete, "unread"));
    assert_eq!(
        error.message.render(Lang::EN),
        "the cloud says that there are 18446744073709551615 rows and sent 1"
    );
    assert!(server.asked().len() <= 10, "{}", server.asked().len());
}

#[tokio::test]
async fn malformed_rows_and_unknown_words_do_not_break_a_page() {
    let server = Canned::start(vec![answer(json!({
        "TotalCount": 5,
        "ImageSet": [
            { "ImageId": "img-00000001", "ImageName": null, "ImageState": "TELEPORTING", "ImageType": "FRESH_IMAGE",
              "ImageSize": "fifty", "SnapshotSet": null, "CreatedTime": "yesterday", "SyncPercent": 250,
              "IsSupportCloudinit": "yes", "Novelty": [1, {}] },
            { "ImageId": "nothing like an id" },
            7,
            null,
            image(2),
        ],
        "Novelty": {}
    }))])
    .await;
    let mut got = Vec::new();
    let error = client(&server).images(&region(), ImageKind::Received, |p| got.extend(p)).await.unwrap_err();
    let told = "3 of 5 rows cannot be read; of the first: its ImageId is \"nothing like an id\"";
    assert_eq!((error.kind, error.message.render(Lang::EN)), (Kind::Incomplete, told.to_owned()));
    assert_eq!(got.iter().map(|i| i.id.as_str()).collect::<Vec<_>>(), ["img-00000001", "img-00000002"]);
    let odd = &got[0];
    assert_eq!(odd.state, ImageState::Other("TELEPORTING".into()));
    assert_eq!(
        (odd.kind, odd.size_gib, odd.sync_percent, odd.created_at, odd.name.as_str()),
        (ImageKind::Received, 0, Some(100), None, "")
    );
}

#[tokio::test]
async fn the_name_filter_is_fuzzy_and_the_result_exact() {
    let row = |n: usize, name: &str| {
        let mut row = image(n);
        row["ImageName"] = name.into();
        row
    };
    let rows = [row(1, "golden-web-7-old"), row(2, "golden-web-7"), row(3, "my golden-web-7")];
    let server = Canned::start(vec![
        answer(json!({ "TotalCount": 3, "ImageSet": rows })),
        answer(json!({ "TotalCount": 3, "ImageSet": rows })),
    ])
    .await;
    let client = client(&server);
    let found = client.own_named(&region(), "golden-web-7").await.unwrap();
    assert_eq!(found.unwrap().id.as_str(), "img-00000002");
    assert_eq!(client.own_named(&region(), "golden").await, Ok(None));
    assert_eq!(
        server.asked()[0].json()["Filters"],
        json!([{ "Name": "image-type", "Values": ["PRIVATE_IMAGE"] }, { "Name": "image-name", "Values": ["golden-web-7"] }])
    );
}

#[tokio::test]
async fn a_missing_image_is_none_for_both_answers() {
    let server = Canned::start(vec![
        answer(json!({ "TotalCount": 0, "ImageSet": [] })),
        refusal("InvalidImageId.NotFound"),
        refusal("InvalidImageId.NotFound"),
        refusal("InvalidImageId.NotFound"),
        answer(json!({ "TotalCount": 1, "ImageSet": [image(2)] })),
    ])
    .await;
    let client = client(&server);
    let ids = ["img-00000001".parse().unwrap(), "img-00000002".parse().unwrap()];
    assert_eq!(client.image(&region(), &ids[0]).await, Ok(None));
    assert_eq!(client.image(&region(), &ids[0]).await, Ok(None));
    let found = client.images_by_id(&region(), &ids).await.unwrap();
    assert_eq!(found.iter().map(|i| i.id.as_str()).collect::<Vec<_>>(), ["img-00000002"]);
}

#[tokio::test]
async fn throttled_reads_and_writes_are_retried() {
    let server = Canned::start(vec![
        refusal("RequestLimitExceeded"),
        refusal("RequestLimitExceeded.UinLimitExceeded"),
        answer(json!({})),
    ])
    .await;
    let id = "img-6pb6lrmy".parse().unwrap();
    let done = client(&server).modify_image(&region(), &id, Some("n"), None).await;
    assert_eq!(done.as_deref(), Ok("71e69b56-0000-4000-8000-000000000001"));
    assert_eq!(server.asked().len(), 3);
}

#[tokio::test]
async fn lost_answers_are_retried_for_reads_only() {
    let server = Canned::start(vec![
        Reply::Close,
        Reply::Raw(b"HTTP/1.1 200 OK\r\ncontent-length: 900\r\n\r\n{".into()),
        answer(json!({ "ImageNumQuota": 3 })),
    ])
    .await;
    assert_eq!(client(&server).image_quota(&region()).await, Ok(3));
    assert_eq!(server.asked().len(), 3);

    for lost in [
        Reply::Close,
        Reply::Raw(b"HTTP/1.1 200 OK\r\ncontent-length: 900\r\n\r\n{".to_vec()),
        Reply::Raw(b"HTTP/1.1 502 Bad Gateway\r\ncontent-length: 0\r\n\r\n".to_vec()),
        Reply::Body("<html>sign in to the hotel</html>".into()),
    ] {
        let server = Canned::start(vec![lost]).await;
        let id = "img-6pb6lrmy".parse().unwrap();
        let to = ["ap-shanghai".parse().unwrap()];
        let error = client(&server).sync_images(&region(), &id, &to, None, false).await.unwrap_err();
        assert_eq!((error.sent, error.action), (Sent::Maybe, "SyncImages"), "{error}");
        assert!(matches!(error.kind, Kind::Network | Kind::Unreadable), "{error:?}");
        assert!(!error.to_string().contains("hotel"));
        assert_eq!(server.asked().len(), 1);
    }
}

#[tokio::test]
async fn errors_say_when_nothing_was_sent() {
    // No process listens on port 1.
    let options = ClientOptions { endpoint: Some("http://127.0.0.1:1".into()), ..Default::default() };
    let client = Client::new(options, keys()).unwrap();
    let id = "img-6pb6lrmy".parse().unwrap();
    let error = client.delete_images(&region(), &[id], false, false).await.unwrap_err();
    assert_eq!((error.kind, error.sent, error.code.as_str()), (Kind::Network, Sent::Never, "network"));
}

#[tokio::test]
async fn a_silent_service_times_out() {
    let server = Canned::start(vec![Reply::Stall]).await;
    let options = ClientOptions {
        endpoint: Some(server.endpoint.clone()),
        timeout: Duration::from_millis(50),
        ..Default::default()
    };
    let client = Client::new(options, keys()).unwrap();
    let error = client.image_quota(&region()).await.unwrap_err();
    assert_eq!((error.kind, error.sent), (Kind::Timeout, Sent::Maybe));
    assert_eq!(server.asked().len(), 1);
}

#[tokio::test]
async fn an_endless_answer_is_cut_off() {
    let large = || Reply::Body(format!("{{\"Response\":{{\"x\":\"{}\"}}}}", "a".repeat(9 << 20)));
    let server = Canned::start(vec![large(), large(), large()]).await;
    let error = client(&server).image_quota(&region()).await.unwrap_err();
    let told = "the answer is too large".to_owned();
    assert_eq!((error.kind, error.message.render(Lang::EN)), (Kind::Unreadable, told));
}

#[tokio::test]
async fn refusals_keep_their_code_and_request_id() {
    let server = Canned::start(vec![refusal("InvalidImageId.InShared")]).await;
    let id = "img-6pb6lrmy".parse().unwrap();
    let error = client(&server).delete_images(&region(), &[id], false, false).await.unwrap_err();
    assert_eq!(
        error,
        Error {
            kind: Kind::Refused,
            action: "DeleteImages",
            region: Some(region()),
            code: "InvalidImageId.InShared".into(),
            message: "no".into(),
            request_id: Some("71e69b56-0000-4000-8000-000000000001".into()),
            sent: Sent::Answered,
        }
    );
}

#[tokio::test]
async fn a_dry_run_may_succeed_with_an_error_code() {
    let server = Canned::start(vec![
        refusal("DryRunOperation"),
        answer(json!({ "ImageSet": [{ "ImageId": "img-00000009", "Region": "ap-shanghai" }] })),
    ])
    .await;
    let client = client(&server);
    let (id, to) = ("img-6pb6lrmy".parse().unwrap(), ["ap-shanghai".parse::<Region>().unwrap()]);
    let dry = client.sync_images(&region(), &id, &to, Some("n"), true).await.unwrap();
    assert_eq!(dry.images, []);
    let wet = client.sync_images(&region(), &id, &to, Some("n"), false).await.unwrap();
    assert_eq!(
        wet,
        Synced {
            request_id: "71e69b56-0000-4000-8000-000000000001".into(),
            images: vec![(to[0].clone(), "img-00000009".parse().unwrap())]
        }
    );
    let bodies: Vec<Value> = server.asked().iter().map(Asked::json).collect();
    assert_eq!(bodies[0]["DryRun"], json!(true));
    assert_eq!(
        bodies[1],
        json!({ "ImageIds": ["img-6pb6lrmy"], "DestinationRegions": ["ap-shanghai"], "ImageName": "n", "ImageSetRequired": true })
    );
}

#[tokio::test]
async fn expired_credentials_are_not_sent() {
    let server = Canned::start(vec![]).await;
    let options = ClientOptions { endpoint: Some(server.endpoint.clone()), ..Default::default() };
    let old = keys().with_token("t".to_owned().into(), "2020-01-01T00:00:00Z".parse().ok());
    let client = Client::new(options, old).unwrap();
    let error = client.caller().await.unwrap_err();
    assert_eq!((error.kind, error.sent), (Kind::Expired, Sent::Never));
    assert_eq!(
        error.to_string(),
        "GetCallerIdentity in ap-guangzhou: the credentials from a test have expired (credentials.expired)"
    );
    assert_eq!(server.asked().len(), 0);
}

#[tokio::test]
async fn every_call_is_logged() {
    let server = Canned::start(vec![
        Reply::Close,
        answer(json!({ "ImageNumQuota": 3 })),
        refusal("InvalidZone.MismatchRegion"),
    ])
    .await;
    let (calls, mut noted) = tokio::sync::mpsc::unbounded_channel();
    let options =
        ClientOptions { endpoint: Some(server.endpoint.clone()), calls: Some(calls), ..Default::default() };
    let client = Client::new(options, keys()).unwrap();
    client.image_quota(&region()).await.unwrap();
    client.image_quota(&region()).await.unwrap_err();
    let mut outcomes = Vec::new();
    while let Ok(call) = noted.try_recv() {
        assert_eq!((call.action, call.region), ("DescribeImageQuota", Some(region())));
        outcomes.push((call.outcome, call.request_id.is_some()));
    }
    assert_eq!(
        outcomes,
        [
            ("network".to_owned(), false),
            ("ok".to_owned(), true),
            ("InvalidZone.MismatchRegion".to_owned(), true)
        ]
    );
    assert_eq!(actions(&server).len(), 3);
}

#[tokio::test]
async fn the_clock_of_each_answer_is_compared() {
    let answer = json!({ "ImageNumQuota": 10, "RequestId": "r" });
    for ahead in [-400, 0, 400] {
        let server = Canned::always(dated(ahead, &answer)).await;
        let client = client(&server);
        assert_eq!(client.clock_skew(), 0);
        assert_eq!(client.image_quota(&region()).await, Ok(10));
        // The client's clock is slow by as much as the server's is fast. Answers have a resolution of one second.
        assert!((client.clock_skew() + ahead).abs() <= 2, "{} {ahead}", client.clock_skew());
    }
}
