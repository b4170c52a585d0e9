//! A client that finds its keys itself: roles, the metadata service, and expired keys. It runs over HTTP against the
//! built-in cloud and a fake metadata service on loopback.

use std::{collections::BTreeMap, path::Path};

use cvmshare::{
    cloud::{Client, ClientOptions, Kind, Places, Sent, machine_role},
    emulator::Options,
    messages::Lang,
    model::{ImageId, Region, Source},
};
use serde_json::{Value, json};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
};

use crate::emulator_client::{ACME, Desk, QUAY};

const GZ: &str = "ap-guangzhou";

pub fn gz() -> Region {
    GZ.parse().unwrap()
}

/// Starts a metadata service with these paths and answers. Other paths return 404; an answer of `None` never arrives.
pub async fn metadata(answers: Vec<(&'static str, Option<String>)>) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        let mut held = Vec::new();
        loop {
            let (mut stream, _) = listener.accept().await.unwrap();
            let mut bytes = Vec::new();
            while !bytes.ends_with(b"\r\n\r\n") && stream.read_buf(&mut bytes).await.unwrap() > 0 {}
            let text = String::from_utf8(bytes).unwrap();
            let path = text.split(' ').nth(1).unwrap_or_default().to_owned();
            let base = "/latest/meta-data/cam/security-credentials/";
            let found = answers.iter().find(|(name, _)| path == format!("{base}{name}"));
            let answer = match found {
                Some((_, None)) => {
                    held.push(stream);
                    continue;
                }
                Some((_, Some(body))) => {
                    format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n{body}", body.len())
                }
                None => "HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n".to_owned(),
            };
            // Each request uses a connection of its own.
            let _ = stream
                .write_all(answer.replace("\r\n\r\n", "\r\nconnection: close\r\n\r\n").as_bytes())
                .await;
        }
    });
    address
}

/// Returns temporary keys of the account's role in the format of the metadata service.
pub async fn role_keys(desk: &Desk, who: &str, role: &str) -> Value {
    let params = json!({
        "RoleArn": format!("qcs::cam::uin/{who}:roleName/{role}"), "RoleSessionName": "machine",
    });
    let made = desk.call(who, GZ, "AssumeRole", params).await.unwrap();
    let keys = &made["Credentials"];
    json!({
        "TmpSecretId": keys["TmpSecretId"], "TmpSecretKey": keys["TmpSecretKey"], "Token": keys["Token"],
        "ExpiredTime": made["ExpiredTime"], "Expiration": made["Expiration"], "Code": "Success",
    })
}

fn looking(desk: &Desk, source: &str, places: &Places) -> Client {
    let options = ClientOptions { endpoint: Some(desk.cloud.endpoint.clone()), ..Default::default() };
    Client::with_lookup(options, source.parse::<Source>().unwrap(), places.clone()).unwrap()
}

fn env(vars: &[(&str, &str)]) -> BTreeMap<String, String> {
    vars.iter().map(|(n, v)| (n.to_string(), v.to_string())).collect()
}

fn key_of(who: &str) -> [String; 2] {
    [format!("demo-id-{who}"), format!("demo-key-{who}")]
}

/// Returns the log of calls as `action outcome`.
async fn log(desk: &Desk) -> Vec<String> {
    let (_, calls) = desk.control("GET", "calls", "").await;
    let text = |c: &Value| format!("{} {}", c["action"].as_str().unwrap(), c["outcome"].as_str().unwrap());
    calls.as_array().unwrap().iter().map(text).collect()
}

async fn golden(desk: &Desk) -> ImageId {
    desk.image(ACME, GZ, "golden-web-7").await.parse().unwrap()
}

#[tokio::test]
async fn a_role_is_assumed_once_and_again_after_expiry() {
    let desk = Desk::new(Options::default()).await;
    let image = golden(&desk).await;
    let [id, key] = key_of(ACME);
    let arn = format!("qcs::cam::uin/{ACME}:roleName/ImageOperator");
    let places = Places {
        env: env(&[
            ("TENCENTCLOUD_SECRET_ID", &id),
            ("TENCENTCLOUD_SECRET_KEY", &key),
            ("TENCENTCLOUD_ROLE_ARN", &arn),
            ("TENCENTCLOUD_ROLE_SESSION_NAME", "it"),
        ]),
        ..Default::default()
    };
    let client = looking(&desk, "auto", &places);
    assert!(client.credentials().is_none());
    let before = log(&desk).await.len();
    let here = gz();
    let asked = (0..5).map(|_| client.image_quota(&here));
    assert_eq!(futures_util::future::join_all(asked).await, vec![Ok(10); 5]);
    let caller = client.caller().await.unwrap();
    assert_eq!((caller.account.as_str(), caller.kind.as_str()), (ACME, "CAMRole"));
    let first = client.credentials().unwrap();
    assert_eq!(first.origin.render(Lang::EN), "the environment, as ImageOperator");
    assert!(first.expires_at.is_some());
    let mut calls = log(&desk).await.split_off(before);
    assert_eq!(calls.remove(0), "AssumeRole ok");
    assert!(!calls.contains(&"AssumeRole ok".to_owned()), "{calls:?}");

    // The service ends the session before its announced expiry. A write is refused, and sent again with new keys.
    desk.advance(7200).await;
    let before = log(&desk).await.len();
    client.modify_image(&gz(), &image, Some("renamed"), None).await.unwrap();
    assert_eq!(
        log(&desk).await.split_off(before),
        [
            "ModifyImageAttribute AuthFailure.TokenFailure",
            "AssumeRole ok",
            "GetCallerIdentity ok",
            "ModifyImageAttribute ok"
        ]
    );
    assert!(desk.images(ACME, GZ, "PRIVATE_IMAGE").await.contains_key("renamed"));
}

fn write(home: &Path, name: &str, text: &Value) {
    let folder = home.join(".tccli");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join(name), text.to_string()).unwrap();
}

/// Returns the official CLI's credential file after a sign-in.
fn signed_in(keys: &Value) -> Value {
    json!({
        "secretId": keys["TmpSecretId"], "secretKey": keys["TmpSecretKey"], "token": keys["Token"], "type": "oauth",
        "expiresAt": keys["ExpiredTime"],
    })
}

#[tokio::test]
async fn credential_files_are_read_again_for_the_same_account_only() {
    let desk = Desk::new(Options::default()).await;
    let image = golden(&desk).await;
    let home = tempfile::tempdir().unwrap();
    let places = Places { home: home.path().into(), ..Default::default() };
    write(home.path(), "work.credential", &signed_in(&role_keys(&desk, ACME, "ImageOperator").await));
    let client = looking(&desk, "tccli:work", &places);
    assert_eq!(client.caller().await.unwrap().account.as_str(), ACME);

    desk.advance(7200).await;
    let refused = client.image_quota(&gz()).await.unwrap_err();
    assert_eq!((refused.kind, refused.code.as_str()), (Kind::Expired, "AuthFailure.TokenFailure"));
    // The user signs in again, and the next request works.
    write(home.path(), "work.credential", &signed_in(&role_keys(&desk, ACME, "ImageOperator").await));
    assert_eq!(client.image_quota(&gz()).await, Ok(10));

    // The user signs in with another account. A plan for one account is never executed in another.
    desk.advance(7200).await;
    let [id, key] = key_of(QUAY);
    write(home.path(), "work.credential", &json!({ "secretId": id, "secretKey": key }));
    let other = client.modify_image(&gz(), &image, Some("theirs"), None).await.unwrap_err();
    assert_eq!(
        (other.kind, other.sent, other.to_string()),
        (
            Kind::Credentials,
            Sent::Never,
            format!(
                "ModifyImageAttribute in ap-guangzhou: the credentials in ~/.tccli/work.credential belong to account \
                 {QUAY} now, not to {ACME}; start again to work with it (credentials.other-account)"
            )
        )
    );
    assert!(!desk.images(ACME, GZ, "PRIVATE_IMAGE").await.contains_key("theirs"));
    assert!(log(&desk).await.iter().filter(|l| l.starts_with("ModifyImageAttribute")).count() == 1);
}

#[tokio::test]
async fn expired_keys_are_renewed_before_a_call() {
    let desk = Desk::new(Options::default()).await;
    let home = tempfile::tempdir().unwrap();
    let places = Places { home: home.path().into(), ..Default::default() };
    let mut keys = signed_in(&role_keys(&desk, ACME, "ImageAuditor").await);
    let end = keys["expiresAt"].clone();
    // Plain keys in the official CLI's file have no expiry; those of a sign-in do.
    keys["expiresAt"] = json!(jiff::Timestamp::now().as_second() + 60);
    write(home.path(), "work.credential", &keys);
    let client = looking(&desk, "tccli:work", &places);
    assert_eq!(client.image_quota(&gz()).await, Ok(10));
    assert_eq!(
        client.credentials().unwrap().expires_at.unwrap().as_second(),
        keys["expiresAt"].as_i64().unwrap()
    );
    // The sign-in was renewed meanwhile.
    keys["expiresAt"] = end.clone();
    write(home.path(), "work.credential", &keys);
    let again = looking(&desk, "tccli:work", &places);
    assert_eq!(again.image_quota(&gz()).await, Ok(10));
    assert_eq!(again.credentials().unwrap().expires_at.unwrap().as_second(), end.as_i64().unwrap());

    keys["expiresAt"] = json!(1_000_000_000);
    write(home.path(), "work.credential", &keys);
    let before = log(&desk).await.len();
    let error = looking(&desk, "tccli:work", &places).image_quota(&gz()).await.unwrap_err();
    assert_eq!(
        (error.kind, error.to_string()),
        (
            Kind::Credentials,
            "DescribeImageQuota in ap-guangzhou: the credentials in ~/.tccli/work.credential cannot be used: its sign-in \
             has expired; sign in again with the official CLI (credentials.none)"
                .to_owned()
        )
    );
    assert_eq!(log(&desk).await.len(), before);
}

#[tokio::test]
async fn a_failed_assume_role_names_that_call() {
    let desk = Desk::new(Options::default()).await;
    let [id, key] = key_of(ACME);
    let places = Places {
        env: env(&[
            ("TENCENTCLOUD_SECRET_ID", &id),
            ("TENCENTCLOUD_SECRET_KEY", &key),
            ("TENCENTCLOUD_ROLE_ARN", &format!("qcs::cam::uin/{ACME}:roleName/Nobody")),
        ]),
        ..Default::default()
    };
    let error = looking(&desk, "env", &places).image_quota(&gz()).await.unwrap_err();
    assert_eq!((error.action, error.code.as_str()), ("AssumeRole", "ResourceNotFound.RoleNotFound"));
    assert_eq!(log(&desk).await.last().unwrap(), "AssumeRole ResourceNotFound.RoleNotFound");
}

#[tokio::test]
async fn the_role_of_the_machine_is_used() {
    let desk = Desk::new(Options::default()).await;
    let keys = role_keys(&desk, ACME, "ImageOperator").await;
    let address =
        metadata(vec![("", Some("ImageOperator\n".into())), ("ImageOperator", Some(keys.to_string()))]).await;
    let home = tempfile::tempdir().unwrap();
    let places = Places { home: home.path().into(), metadata: Some(address), ..Default::default() };
    write(home.path(), "box.credential", &json!({ "type": "cvm-role" }));
    for source in ["cvm-role", "auto", "tccli:box"] {
        let client = looking(&desk, source, &places);
        assert_eq!(client.caller().await.unwrap().account.as_str(), ACME, "{source}");
        let used = client.credentials().unwrap();
        assert_eq!(used.origin.render(Lang::EN), "the role ImageOperator of this machine");
        assert_eq!(used.expires_at.unwrap().as_second(), keys["ExpiredTime"].as_i64().unwrap());
    }
    // The user's own keys take precedence.
    let [id, key] = key_of(QUAY);
    let env = env(&[("TENCENTCLOUD_SECRET_ID", &id), ("TENCENTCLOUD_SECRET_KEY", &key)]);
    let own = looking(&desk, "auto", &Places { env, ..places });
    assert_eq!(own.caller().await.unwrap().account.as_str(), QUAY);
}

#[tokio::test]
async fn without_a_role_or_metadata_service_there_are_no_keys() {
    let desk = Desk::new(Options::default()).await;
    for (answers, wanted) in [
        (vec![], Ok(None)),
        (vec![("", None)], Ok(None)),
        (vec![("", Some("<html>sign in to the hotel</html>".into()))], Ok(None)),
        (vec![("", Some("../../etc".into()))], Ok(None)),
        (
            vec![("", Some("Box".into()))],
            Err(
                "the credentials in the metadata service of this machine cannot be used: it has no keys for the role Box",
            ),
        ),
        (
            vec![("", Some("Box".into())), ("Box", Some("{\"TmpSecretKey\": \"hush\"".into()))],
            Err(
                "the credentials in the metadata service of this machine cannot be used: its answer has no keys for \
                 the role Box",
            ),
        ),
        (
            vec![("", Some("Box".into())), ("Box", Some("{\"Code\": \"Failed\"}".into()))],
            Err(
                "the credentials in the metadata service of this machine cannot be used: it refused the keys for the role \
                 Box",
            ),
        ),
    ] {
        let shown = format!("{answers:?}");
        let got = machine_role(&metadata(answers).await).await;
        let got = got.map(|c| c.map(|c| c.origin.render(Lang::EN))).map_err(|e| e.to_string());
        assert_eq!(got, wanted.map_err(str::to_owned), "{shown}");
    }
    let places = Places { metadata: Some(metadata(vec![]).await), ..Default::default() };
    let error = looking(&desk, "cvm-role", &places).image_quota(&gz()).await.unwrap_err();
    assert_eq!(
        error.message.render(Lang::EN),
        "no credentials found; searched the metadata service of this machine"
    );
    assert_eq!(log(&desk).await, [""; 0]);
}
