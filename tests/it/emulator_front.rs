//! Signatures of every kind, host names, and languages on the built-in cloud.

use std::collections::BTreeMap;

use base64::Engine;
use ring::{digest, hmac};
use serde_json::{Value, json};

use crate::emulator_client::*;

const GZ: &str = "ap-guangzhou";

fn images(desk: &Desk) -> Request {
    desk.request(ACME, GZ, "DescribeImages", &json!({ "Limit": 1 }))
}

/// Returns the code and the message of an error.
fn said(answer: &Answer) -> (String, String) {
    let error = &answer.response()["Error"];
    let part = |name: &str| error[name].as_str().unwrap_or_else(|| panic!("no {name}: {error}")).to_owned();
    (part("Code"), part("Message"))
}

#[tokio::test]
async fn sdks_that_derive_the_service_from_the_endpoint_work() {
    let desk = Desk::new(still()).await;
    let plain = images(&desk);
    let port = plain.host.rsplit_once(':').unwrap().1.to_owned();
    // What the SDKs for Node, Java, PHP, .NET and C++ derive from an address and from a host name.
    for (host, service, signed_host) in [
        (format!("127.0.0.1:{port}"), "127".to_owned(), None),
        (format!("127.0.0.1:{port}"), "127".to_owned(), Some("127.0.0.1")),
        (format!("127.0.0.1:{port}"), "cvm".to_owned(), Some("127.0.0.1")),
        (format!("localhost:{port}"), format!("localhost:{port}"), None),
        (format!("localhost:{port}"), "localhost".to_owned(), Some("localhost")),
        (format!("cvm.localhost:{port}"), "cvm".to_owned(), None),
        ("cvm.tencentcloudapi.com".to_owned(), "cvm".to_owned(), None),
        ("cvm.ap-guangzhou.tencentcloudapi.com".to_owned(), "cvm".to_owned(), None),
        (
            "cvm.intl.tencentcloudapi.com:443".to_owned(),
            "cvm".to_owned(),
            Some("cvm.intl.tencentcloudapi.com"),
        ),
        ("cvm.internal.tencentcloudapi.com".to_owned(), "cvm".to_owned(), None),
    ] {
        let signed_host = signed_host.map(str::to_owned);
        let request = Request { host: host.clone(), service, signed_host, ..plain.clone() };
        let answer = desk.send(&request).await.unwrap().outcome();
        assert!(answer.is_ok(), "{host}: {answer:?}");
    }
    // The version selects between services with the same action.
    let regions = |version: &str, params: Value| Request {
        service: "127".into(),
        version: version.into(),
        ..desk.request(ACME, GZ, "DescribeRegions", &params)
    };
    let of_cvm = desk.send(&regions("2017-03-12", json!({}))).await.unwrap().outcome().unwrap();
    assert_eq!(of_cvm["RegionSet"][0].get("RegionIdMC"), None);
    let product = json!({ "Product": "cvm" });
    let of_region = desk.send(&regions("2022-06-27", product)).await.unwrap().outcome().unwrap();
    assert_eq!(of_region["RegionSet"][0].get("RegionIdMC"), Some(&json!(null)));
    // The log has the service that was found.
    let (_, calls) = desk.control("GET", "calls", "").await;
    let last: Vec<&Value> = calls.as_array().unwrap().iter().rev().take(2).map(|c| &c["service"]).collect();
    assert_eq!(last, ["region", "cvm"]);
}

#[tokio::test]
async fn signature_errors_show_the_expected_text() {
    let desk = Desk::new(still()).await;
    let plain = images(&desk);
    let date = jiff::Timestamp::from_second(plain.timestamp).unwrap().strftime("%Y-%m-%d").to_string();
    let credential = format!("Credential={}/", plain.secret_id);
    let mut wrong = BTreeMap::new();
    wrong.insert("other service", Request { service: "moon".into(), ..plain.clone() });
    wrong.insert(
        "service of another host",
        Request { host: "sts.tencentcloudapi.com".into(), ..plain.clone() },
    );
    wrong.insert(
        "service that is not here",
        Request { host: "clb.tencentcloudapi.com".into(), service: "clb".into(), ..plain.clone() },
    );
    wrong.insert("version", Request { version: "2018-08-13".into(), ..plain.clone() });
    let spoil = Some((format!("{credential}{date}"), format!("{credential}2001-01-01")));
    wrong.insert("date", Request { spoil, ..plain.clone() });
    let spoil = Some(("content-type;host".into(), "host".into()));
    wrong.insert("signed headers", Request { spoil, ..plain.clone() });
    let mut got = BTreeMap::new();
    for (name, request) in wrong {
        got.insert(name, said(&desk.send(&request).await.unwrap()));
    }
    let invalid = "AuthFailure.InvalidAuthorization";
    let want = [
        (
            "other service",
            invalid,
            "`Service` in Credential not valid: it is `moon`; expected `SERVICES`, or `127`, the first label of the Host \
             header."
                .to_owned(),
        ),
        (
            "service of another host",
            invalid,
            "`Service` in Credential not valid: it is `cvm`; expected `sts`, the first label of the Host header."
                .to_owned(),
        ),
        ("service that is not here", "NoSuchProduct", "The built-in cloud has no `clb`; it has `SERVICES`.".to_owned()),
        (
            "version",
            "NoSuchVersion",
            "The version `2018-08-13` of `cvm` is not found; expected `2017-03-12`.".to_owned(),
        ),
        (
            "date",
            "AuthFailure.SignatureFailure",
            format!(
                "The provided credentials could not be validated. Please check your signature is correct; expected the date \
                 `{date}` in Credential, and it is `2001-01-01`."
            ),
        ),
        (
            "signed headers",
            invalid,
            "`SignedHeaders` is `host`; expected `content-type;host`, or more with these two among them.".to_owned(),
        ),
    ];
    let services = "cam`, `cvm`, `region`, `sts";
    let want: BTreeMap<_, _> = want
        .into_iter()
        .map(|(name, code, text)| (name, (code.to_owned(), text.replace("SERVICES", services))))
        .collect();
    // The list of services changes; the message names all of them.
    for (_, text) in got.values_mut() {
        if let Some(start) = text.find("`cam`") {
            let end = text.rfind("`sts`").unwrap_or(start);
            let rest = text[end..].find("`vpc`").map_or(end + 5, |vpc| end + vpc + 5);
            text.replace_range(start..rest, &format!("`{services}`"));
        }
    }
    assert_eq!(got, want);

    // With a wrong key, the message shows the text to sign.
    let wrong_key = Request { secret_key: "other".into(), ..plain.clone() };
    let (code, text) = said(&desk.send(&wrong_key).await.unwrap());
    let canonical = format!(
        "POST\n/\n\ncontent-type:application/json\nhost:{}\n\ncontent-type;host\n{}",
        plain.host,
        hex::encode(digest::digest(&digest::SHA256, &plain.body))
    );
    let strings_to_sign = format!(
        "TC3-HMAC-SHA256\n{}\n{date}/cvm/tc3_request\n{}",
        plain.timestamp,
        hex::encode(digest::digest(&digest::SHA256, canonical.as_bytes()))
    );
    assert_eq!(code, "AuthFailure.SignatureFailure");
    assert!(
        text.ends_with(&format!(
            "expected the signature of `{strings_to_sign}`, with the hash of `{canonical}`."
        )),
        "{text}"
    );
}

/// A call with a legacy signature.
#[derive(Clone)]
struct Older {
    verb: &'static str,
    method: &'static str,
    host: String,
    signed_host: Option<String>,
    secret_key: String,
    params: BTreeMap<String, String>,
    content_type: &'static str,
}

impl Older {
    fn new(desk: &Desk, verb: &'static str, method: &'static str, action: &str, version: &str) -> Self {
        let account = desk.cloud.accounts.iter().find(|a| a.uin.as_str() == ACME).unwrap();
        let now = jiff::Timestamp::now().as_second().to_string();
        let mut params: BTreeMap<String, String> = [
            ("Action", action),
            ("Version", version),
            ("Region", GZ),
            ("Timestamp", now.as_str()),
            ("Nonce", "11886"),
            ("SecretId", account.secret_id.as_str()),
            ("RequestClient", "SDK_PYTHON_3.1.178"),
        ]
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect();
        if !method.is_empty() {
            params.insert("SignatureMethod".into(), method.into());
        }
        Self {
            verb,
            method,
            host: desk.cloud.endpoint.trim_start_matches("http://").into(),
            signed_host: None,
            secret_key: account.secret_key.clone(),
            params,
            content_type: "application/x-www-form-urlencoded",
        }
    }

    fn with(mut self, name: &str, value: &str) -> Self {
        self.params.insert(name.to_owned(), value.to_owned());
        self
    }

    fn without(mut self, name: &str) -> Self {
        self.params.remove(name);
        self
    }

    async fn send(&self, desk: &Desk) -> Answer {
        let pairs: Vec<String> = self.params.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let host = self.signed_host.as_ref().unwrap_or(&self.host);
        let text = format!("{}{host}/?{}", self.verb, pairs.join("&"));
        let method = match self.method {
            "HmacSHA256" => hmac::HMAC_SHA256,
            _ => hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY,
        };
        let key = hmac::Key::new(method, self.secret_key.as_bytes());
        let mac = hmac::sign(&key, text.as_bytes());
        let mut params = self.params.clone();
        params.entry("Signature".into()).or_insert(base64::engine::general_purpose::STANDARD.encode(mac));
        let escaped = |text: &str| {
            text.bytes().fold(String::new(), |mut out, byte| {
                match byte {
                    b' ' => out.push('+'),
                    b if b.is_ascii_alphanumeric() || b"-_.".contains(&b) => out.push(b as char),
                    b => out.push_str(&format!("%{b:02X}")),
                }
                out
            })
        };
        let pairs: Vec<String> =
            params.iter().map(|(name, value)| format!("{name}={}", escaped(value))).collect();
        let form = pairs.join("&");
        let request = match self.verb {
            "GET" => desk.http.get(format!("{}/?{form}", desk.cloud.endpoint)),
            _ => desk.http.post(format!("{}/", desk.cloud.endpoint)).body(form),
        };
        let answer = request
            .header("Host", &self.host)
            .header("Content-Type", self.content_type)
            .send()
            .await
            .unwrap();
        Answer {
            status: answer.status().as_u16(),
            content_type: answer.headers()["content-type"].to_str().unwrap().to_owned(),
            body: answer.bytes().await.unwrap().to_vec(),
        }
    }
}

#[tokio::test]
async fn legacy_signatures_verify() {
    let desk = Desk::new(still()).await;
    let name = json!([{ "Name": "image-name", "Values": ["base-ubuntu-24"] }]);
    let want = desk.call(ACME, GZ, "DescribeImages", json!({ "Filters": name, "Limit": 5 })).await.unwrap();
    assert_eq!(want["TotalCount"], 1);
    for verb in ["GET", "POST"] {
        for method in ["", "HmacSHA1", "HmacSHA256"] {
            let plain = Older::new(&desk, verb, method, "DescribeImages", "2017-03-12")
                .with("Filters.0.Name", "image-name")
                .with("Filters.0.Values.0", "base-ubuntu-24")
                .with("Limit", "5");
            let vendor = "cvm.ap-guangzhou.tencentcloudapi.com";
            for request in [
                plain.clone(),
                Older { signed_host: Some("127.0.0.1".into()), ..plain.clone() },
                Older { host: vendor.into(), ..plain.clone() },
                // In the form of `@tencent-sdk/capi`.
                Older { content_type: "application/json", ..plain.clone() },
            ] {
                let answer = request.send(&desk).await.outcome();
                assert_eq!(answer.as_ref(), Ok(&want), "{verb} {method} {}", request.host);
            }
        }
    }
    // Texts beyond ASCII, and those with a meaning in forms, are signed unescaped.
    let odd = Older::new(&desk, "POST", "HmacSHA1", "DescribeImages", "2017-03-12")
        .with("Filters.0.Name", "image-name")
        .with("Filters.0.Values.0", "镜像 +&=%41");
    assert_eq!(odd.send(&desk).await.outcome().unwrap()["TotalCount"], 0);
    // An action that changes something, and an action of another service that is found by its version.
    let base = want["ImageSet"][0]["ImageId"].as_str().unwrap().to_owned();
    let rename = Older::new(&desk, "POST", "HmacSHA256", "ModifyImageAttribute", "2017-03-12")
        .with("ImageId", &base)
        .with("ImageName", "renamed");
    assert_eq!(rename.send(&desk).await.outcome(), Ok(json!({})));
    assert!(desk.images(ACME, GZ, "PRIVATE_IMAGE").await.contains_key("renamed"));
    let me = Older::new(&desk, "GET", "HmacSHA1", "GetCallerIdentity", "2018-08-13");
    assert_eq!(me.send(&desk).await.outcome().unwrap()["AccountId"], ACME);
    let role = Older::new(&desk, "POST", "HmacSHA1", "AssumeRole", "2018-08-13")
        .with("RoleArn", &format!("qcs::cam::uin/{ACME}:roleName/ImageAuditor"))
        .with("RoleSessionName", "it");
    let keys = role.send(&desk).await.outcome().unwrap()["Credentials"].clone();
    let part = |name: &str| keys[name].as_str().unwrap().to_owned();
    let mut leased = me.clone().with("SecretId", &part("TmpSecretId"));
    leased.secret_key = part("TmpSecretKey");
    let without_token = leased.send(&desk).await.outcome();
    assert_eq!(without_token, Err("AuthFailure.TokenFailure".into()));
    let leased = leased.with("Token", &part("Token"));
    assert_eq!(leased.send(&desk).await.outcome().unwrap()["Type"], "CAMRole");
}

#[tokio::test]
async fn errors_of_legacy_calls_name_the_cause() {
    let desk = Desk::new(still()).await;
    let plain = Older::new(&desk, "POST", "HmacSHA1", "DescribeImageQuota", "2017-03-12");
    let host = plain.host.clone();
    let old = (jiff::Timestamp::now().as_second() - 330).to_string();
    let missing = |name: &str| {
        ("MissingParameter".to_owned(), format!("The request is missing the parameter `{name}`."))
    };
    for (request, want) in [
        (plain.clone().without("Action"), missing("Action")),
        (plain.clone().without("Version"), missing("Version")),
        (plain.clone().without("Timestamp"), missing("Timestamp")),
        (plain.clone().without("Nonce"), missing("Nonce")),
        (plain.clone().without("SecretId"), missing("SecretId")),
        (plain.clone().without("Region"), missing("Region")),
        (plain.clone().with("Signature", ""), missing("Signature")),
        (
            plain.clone().with("SignatureMethod", "HmacMD5"),
            (
                "AuthFailure.InvalidAuthorization".to_owned(),
                "The signature method `HmacMD5` is not known; expected `HmacSHA1` or `HmacSHA256`, or the header \
                 Authorization with `TC3-HMAC-SHA256`."
                    .to_owned(),
            ),
        ),
        (
            plain.clone().with("Signature", "AAAA"),
            (
                "AuthFailure.SignatureFailure".to_owned(),
                format!(
                    "The provided credentials could not be validated. Please check your signature is correct; expected the \
                     signature of `POST{host}/?Action=DescribeImageQuota&Nonce=11886&Region=ap-guangzhou&\
                     RequestClient=SDK_PYTHON_3.1.178&SecretId=demo-id-{ACME}&SignatureMethod=HmacSHA1&Timestamp={}&\
                     Version=2017-03-12`.",
                    plain.params["Timestamp"]
                ),
            ),
        ),
        (
            Older { signed_host: Some("cvm.tencentcloudapi.com".into()), ..plain.clone() },
            ("AuthFailure.SignatureFailure".to_owned(), String::new()),
        ),
        (plain.clone().with("Timestamp", &old), ("AuthFailure.SignatureExpire".to_owned(), String::new())),
        (plain.clone().with("Action", "DescribeMoons"), ("InvalidAction".to_owned(), String::new())),
        (plain.clone().with("Version", "2018-08-13"), ("NoSuchVersion".to_owned(), String::new())),
        (plain.clone().with("Colour", "1"), ("UnknownParameter".to_owned(), String::new())),
        (plain.clone().with("ImageIds.0", &"x".repeat(1 << 20)), ("RequestSizeLimitExceeded".to_owned(), String::new())),
    ] {
        let (code, text) = said(&request.send(&desk).await);
        let text = if want.1.is_empty() { String::new() } else { text };
        assert_eq!((code, text), want);
    }
}

#[tokio::test]
async fn unknown_host_names_are_refused() {
    let desk = Desk::new(still()).await;
    let port = desk.cloud.endpoint.rsplit_once(':').unwrap().1;
    let mut got = Vec::new();
    for host in
        ["localhost", "127.0.0.1:PORT", "[::1]", "cvm.tencentcloudapi.com", "rebound.example.com:PORT"]
    {
        let host = host.replace("PORT", port);
        let ask = |method: &str, path: &str| {
            let url = format!("{}{path}", desk.cloud.endpoint);
            let request = desk.http.request(method.parse().unwrap(), url).header("Host", &host);
            async { request.body("{\"seconds\": 1}").send().await.unwrap().status().as_u16() }
        };
        got.push([
            ask("POST", "/").await,
            ask("GET", "/_emulator/world").await,
            ask("POST", "/_emulator/advance").await,
        ]);
    }
    assert_eq!(got, [[200; 3], [200; 3], [200; 3], [200, 403, 403], [403; 3]]);
    let address = desk.cloud.endpoint.trim_start_matches("http://").to_owned();
    let mut stream = tokio::net::TcpStream::connect(address).await.unwrap();
    let raw = b"GET /_emulator/world HTTP/1.1\r\nConnection: close\r\n\r\n";
    tokio::io::AsyncWriteExt::write_all(&mut stream, raw).await.unwrap();
    let mut answer = String::new();
    tokio::io::AsyncReadExt::read_to_string(&mut stream, &mut answer).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 403 "), "{answer}");
}

#[tokio::test]
async fn chinese_callers_get_chinese_errors() {
    let desk = Desk::new(still()).await;
    let quota = desk.request(ACME, GZ, "DescribeImageSharePermission", &json!({ "ImageId": "img-00000000" }));
    let say = async |language| {
        let request = Request { language: Some(language), ..quota.clone() };
        said(&desk.send(&request).await.unwrap()).1
    };
    assert_eq!(say("zh-CN").await, "镜像 ID 不存在。（img-00000000）");
    assert_eq!(say("en-US").await, "ImageId img-00000000 is not found.");
    let put = Request { method: "PUT", language: Some("zh-CN"), ..quota.clone() };
    let text = "HTTP(S) 请求协议错误，只支持 GET 和 POST 请求。（PUT、GET、POST）";
    assert_eq!(said(&desk.send(&put).await.unwrap()), ("UnsupportedProtocol".into(), text.into()));
    let older = Older::new(&desk, "GET", "HmacSHA1", "DescribeMoons", "2017-03-12").with("Language", "zh-CN");
    assert_eq!(
        said(&older.send(&desk).await),
        ("InvalidAction".into(), "接口不存在。（DescribeMoons）".into())
    );
}
