//! Authentication on the built-in cloud: headers, signatures, clocks, tokens, parameters, bytes.

use std::collections::BTreeMap;

use cvmshare::emulator::Options;
use serde_json::{Value, json};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

use crate::emulator_client::*;

/// Changes one thing in a request and returns the error code.
async fn refused(desk: &Desk, change: impl FnOnce(&mut Request)) -> String {
    let mut request = desk.request(ACME, "ap-guangzhou", "DescribeImages", &json!({ "Limit": 1 }));
    change(&mut request);
    desk.send(&request).await.unwrap().outcome().unwrap_err()
}

#[tokio::test]
async fn errors_of_calls_have_their_codes() {
    let desk = Desk::new(still()).await;
    let now = jiff::Timestamp::now().as_second();
    let mut got = BTreeMap::new();
    let mut put = |name, code| got.insert(name, code);
    put("unknown action", refused(&desk, |r| r.action = "DescribeMoons".into()).await);
    put("action of another service", refused(&desk, |r| r.action = "GetCallerIdentity".into()).await);
    put("no action", refused(&desk, |r| r.action.clear()).await);
    put("wrong version", refused(&desk, |r| r.version = "2018-08-13".into()).await);
    put("no version", refused(&desk, |r| r.version.clear()).await);
    put("unknown service", refused(&desk, |r| r.service = "moon".into()).await);
    put("unknown region", refused(&desk, |r| r.region = Some("ap-moon".into())).await);
    put("no region", refused(&desk, |r| r.region = None).await);
    put("unknown key", refused(&desk, |r| r.secret_id = "demo-id-1".into()).await);
    put("wrong key", refused(&desk, |r| r.secret_key.push('x')).await);
    let spoil = |from: &str, to: &str| Some((from.to_owned(), to.to_owned()));
    put("host unsigned", refused(&desk, |r| r.spoil = spoil("content-type;host", "content-type")).await);
    put(
        "more is signed",
        refused(&desk, |r| r.spoil = spoil("content-type;host", "content-type;host;x")).await,
    );
    put("no authorization", refused(&desk, |r| r.spoil = spoil("TC3-HMAC-SHA256", "Basic")).await);
    put("other scope", refused(&desk, |r| r.spoil = spoil("/tc3_request", "/tc4_request")).await);
    put(
        "other day",
        refused(&desk, |r| {
            r.spoil = spoil("Credential=demo-id-100000000001/2", "Credential=demo-id-100000000001/1")
        })
        .await,
    );
    put("too old", refused(&desk, |r| r.timestamp = now - 330).await);
    put("too new", refused(&desk, |r| r.timestamp = now + 330).await);
    put("token without need", refused(&desk, |r| r.token = Some("demo-token".into())).await);
    put("other method", refused(&desk, |r| r.method = "PUT").await);
    put("no object", refused(&desk, |r| r.body = b"[]".to_vec()).await);
    put("no JSON", refused(&desk, |r| r.body = b"{\"Limit\": ".to_vec()).await);
    put("unknown field", refused(&desk, |r| r.body = b"{\"Colour\": 1}".to_vec()).await);
    put("wrong type", refused(&desk, |r| r.body = b"{\"Limit\": \"1\"}".to_vec()).await);
    put("too large", refused(&desk, |r| r.body = vec![b' '; (10 << 20) + 1]).await);
    put(
        "missing field",
        refused(&desk, |r| {
            r.action = "DescribeImageSharePermission".into();
            r.body = b"{}".to_vec();
        })
        .await,
    );
    let want = [
        ("unknown action", "InvalidAction"),
        ("action of another service", "InvalidAction"),
        ("no action", "MissingParameter"),
        ("wrong version", "NoSuchVersion"),
        ("no version", "MissingParameter"),
        ("unknown service", "AuthFailure.InvalidAuthorization"),
        ("unknown region", "UnsupportedRegion"),
        ("no region", "MissingParameter"),
        ("unknown key", "AuthFailure.SecretIdNotFound"),
        ("wrong key", "AuthFailure.SignatureFailure"),
        ("host unsigned", "AuthFailure.InvalidAuthorization"),
        ("more is signed", "AuthFailure.SignatureFailure"),
        ("no authorization", "AuthFailure.InvalidAuthorization"),
        ("other scope", "AuthFailure.InvalidAuthorization"),
        ("other day", "AuthFailure.SignatureFailure"),
        ("too old", "AuthFailure.SignatureExpire"),
        ("too new", "AuthFailure.SignatureExpire"),
        ("token without need", "AuthFailure.TokenFailure"),
        ("other method", "UnsupportedProtocol"),
        ("no object", "InvalidRequest"),
        ("no JSON", "InvalidRequest"),
        ("unknown field", "UnknownParameter"),
        ("wrong type", "InvalidParameter"),
        ("too large", "RequestSizeLimitExceeded"),
        ("missing field", "MissingParameter"),
    ];
    let want: BTreeMap<_, _> = want.into_iter().map(|(name, code)| (name, code.to_owned())).collect();
    assert_eq!(got, want);
}

#[tokio::test]
async fn every_official_form_of_signature_verifies() {
    let desk = Desk::new(still()).await;
    let plain = desk.request(ACME, "ap-guangzhou", "DescribeImages", &json!({ "Limit": 1 }));
    let host = plain.host.clone();
    let mut forms = BTreeMap::from([("as the SDK signs", plain.clone())]);
    // tccli with a URL as its endpoint sends and signs the whole URL.
    forms.insert("url as host", Request { host: format!("http://{host}"), ..plain.clone() });
    forms.insert("url and slash as host", Request { host: format!("http://{host}/"), ..plain.clone() });
    forms.insert(
        "three headers as the page's sample has them",
        Request {
            content_type: "application/json; charset=utf-8".into(),
            signed_too: vec![("x-tc-action".into(), "describeimages".into())],
            ..plain.clone()
        },
    );
    forms.insert(
        "action as it is",
        Request { signed_too: vec![("x-tc-action".into(), "DescribeImages".into())], ..plain.clone() },
    );
    forms.insert(
        "get",
        Request {
            method: "GET",
            content_type: "application/x-www-form-urlencoded".into(),
            query: "Filters.0.Name=image-name&Filters.0.Values.0=%E9%95%9C%E5%83%8F+x&Limit=5".into(),
            body: Vec::new(),
            ..plain.clone()
        },
    );
    for (name, request) in forms {
        let answer = desk.send(&request).await.unwrap().outcome();
        assert!(answer.is_ok(), "{name}: {answer:?}");
    }
}

#[tokio::test]
async fn random_bytes_get_an_answer_or_a_closed_connection() {
    let desk = Desk::new(still()).await;
    let address = desk.cloud.endpoint.trim_start_matches("http://").to_owned();
    let long_header = format!("GET / HTTP/1.1\r\nX-Long: {}\r\n\r\n", "x".repeat(1 << 20));
    let mut junk: Vec<Vec<u8>> = [
        "\r\n\r\n",
        "GET\r\n\r\n",
        "GET / HTTP/9.9\r\n\r\n",
        "POST / HTTP/1.1\r\nContent-Length: 99999999999999999999\r\n\r\n",
        "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nZZZ\r\n",
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        "GET /../../etc/passwd HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAuthorization: TC3-HMAC-SHA256 Credential=////,=,=\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nX-TC-Timestamp: 99999999999999999999\r\nX-TC-Action: \u{e9}\r\n\r\n",
        &long_header,
    ]
    .iter()
    .map(|t| t.as_bytes().to_vec())
    .collect();
    let mut rng = fastrand::Rng::with_seed(7);
    junk.extend((0..200).map(|_| (0..rng.usize(1..400)).map(|_| rng.u8(..)).collect::<Vec<u8>>()));
    for bytes in junk {
        let mut stream = TcpStream::connect(&address).await.unwrap();
        // The server may close the connection before everything is written.
        let _ = stream.write_all(&bytes).await;
        let _ = stream.shutdown().await;
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer).await;
        let good = answer.is_empty() || answer.starts_with(b"HTTP/1.1 ");
        assert!(good, "{:?} -> {:?}", String::from_utf8_lossy(&bytes), String::from_utf8_lossy(&answer));
    }
    // A valid call that is cut off anywhere, or has one byte changed, breaks nothing either.
    let mut request = desk.request(ACME, "ap-guangzhou", "DescribeImages", &json!({}));
    for _ in 0..200 {
        request.body = (0..rng.usize(..60)).map(|_| b"{}[]\":,0aTn\\\xff"[rng.usize(..13)]).collect();
        let answer = desk.send(&request).await.unwrap();
        assert_eq!(answer.status, 200);
    }
    assert_eq!(desk.images(ACME, "ap-guangzhou", "PRIVATE_IMAGE").await.len(), 7);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_hundred_clients_are_served_at_once() {
    // Every answer is delayed, so that all two hundred connections are open at once.
    let faults = vec!["*=latency:300".parse().unwrap()];
    let desk = std::sync::Arc::new(Desk::new(Options { faults, ..still() }).await);
    let clients = (0..200).map(|n| {
        let desk = desk.clone();
        tokio::spawn(async move {
            let who = [ACME, BOREALIS, QUAY][n % 3];
            let filters = json!([{ "Name": "image-type", "Values": ["PRIVATE_IMAGE"] }]);
            let params = json!({ "Filters": filters });
            let answer = desk.call(who, "ap-guangzhou", "DescribeImages", params).await.unwrap();
            (who, answer["TotalCount"].as_u64().unwrap())
        })
    });
    let mut sum = BTreeMap::new();
    for answer in futures_util::future::join_all(clients).await {
        *sum.entry(answer.unwrap()).or_insert(0) += 1;
    }
    assert_eq!(sum, BTreeMap::from([((ACME, 7), 67), ((BOREALIS, 1), 67), ((QUAY, 2), 66)]));
}

#[tokio::test]
async fn pages_in_a_browser_cannot_use_control_endpoints() {
    let desk = Desk::new(still()).await;
    let url = format!("{}/_emulator/advance", desk.cloud.endpoint);
    let request = desk.http.post(url).header("Origin", "https://example.com").body("{\"seconds\": 60}");
    assert_eq!(request.send().await.unwrap().status(), 400);
}

#[tokio::test]
async fn temporary_keys_work_with_their_token_until_they_expire() {
    let desk = Desk::new(still()).await;
    let arn = |role: &str| format!("qcs::cam::uin/{ACME}:roleName/{role}");
    let params = json!({
        "RoleArn": arn("ImageAuditor"), "RoleSessionName": "it", "DurationSeconds": 900,
    });
    let answer = desk.call(ACME, "ap-guangzhou", "AssumeRole", params.clone()).await.unwrap();
    assert_eq!(answer["Expiration"], "2026-11-24T03:15:00Z");
    let part = |name: &str| answer["Credentials"][name].as_str().unwrap().to_owned();
    let with = |action: &str, params: &Value| Request {
        secret_id: part("TmpSecretId"),
        secret_key: part("TmpSecretKey"),
        token: Some(part("Token")),
        ..desk.request(ACME, "ap-guangzhou", action, params)
    };
    let me = desk.checked(&with("GetCallerIdentity", &json!({}))).await.unwrap();
    assert_eq!((&me["AccountId"], &me["Type"]), (&json!(ACME), &json!("CAMRole")));
    let images = json!({ "Limit": 1 });
    desk.checked(&with("DescribeImages", &images)).await.unwrap();
    // The role ImageAuditor is read-only.
    let golden = desk.image(ACME, "ap-guangzhou", "golden-web-7").await;
    let rename = json!({ "ImageId": golden, "ImageName": "x" });
    assert_eq!(
        desk.checked(&with("ModifyImageAttribute", &rename)).await,
        Err("AuthFailure.UnauthorizedOperation".into())
    );
    let no_token = Request { token: None, ..with("DescribeImages", &images) };
    assert_eq!(desk.checked(&no_token).await, Err("AuthFailure.TokenFailure".into()));
    let other = Request { token: Some("demo-token-other".into()), ..with("DescribeImages", &images) };
    assert_eq!(desk.checked(&other).await, Err("AuthFailure.TokenFailure".into()));
    desk.advance(899).await;
    desk.checked(&with("DescribeImages", &images)).await.unwrap();
    desk.advance(1).await;
    assert_eq!(desk.checked(&with("DescribeImages", &images)).await, Err("AuthFailure.TokenFailure".into()));

    for (field, value, code) in [
        ("RoleArn", json!("ImageAuditor"), "InvalidParameter.ParamError"),
        ("RoleArn", json!(arn("Nobody")), "ResourceNotFound.RoleNotFound"),
        ("RoleArn", json!("qcs::cam::uin/100000000003:roleName/ImageAuditor"), "UnauthorizedOperation"),
        ("RoleSessionName", json!("x"), "InvalidParameter.ParamError"),
        ("DurationSeconds", json!(43_201), "InvalidParameter.OverTimeError"),
    ] {
        let mut params = params.clone();
        params[field] = value;
        let got = desk.call(ACME, "ap-guangzhou", "AssumeRole", params).await;
        assert_eq!(got, Err(code.to_owned()), "{field}");
    }
}

#[tokio::test]
async fn callers_can_read_their_identity() {
    let desk = Desk::new(still()).await;
    let mut got = Vec::new();
    for who in [ACME, SUB] {
        let me = desk.call(who, "", "GetCallerIdentity", json!({})).await.unwrap();
        let app = desk.call(who, "", "GetUserAppId", json!({})).await.unwrap();
        got.push((me["AccountId"].clone(), me["UserId"].clone(), app));
    }
    let want = [(ACME, ACME, 1_250_000_001_u64), (BOREALIS, SUB, 1_250_000_002)];
    let want = want.map(|(main, uin, app)| {
        (json!(main), json!(uin), json!({ "Uin": uin, "OwnerUin": main, "AppId": app }))
    });
    assert_eq!(got, want);
    // A sub-account uses the resources of its main account.
    assert_eq!(
        desk.images(SUB, "ap-guangzhou", "PRIVATE_IMAGE").await,
        desk.images(BOREALIS, "ap-guangzhou", "PRIVATE_IMAGE").await
    );
}
