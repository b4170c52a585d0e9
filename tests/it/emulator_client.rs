//! A small signing client for the tests of the built-in cloud. It is independent of the product's client, and sends
//! exactly what a test says.

use std::{collections::BTreeMap, sync::LazyLock};

use cvmshare::{
    cloud::sign::{Signing, sign},
    emulator::{self, Clock, Options, Quirk, Running},
    model::RuleSet,
};
use serde_json::{Value, json};

pub const ACME: &str = "100000000001";
pub const BOREALIS: &str = "100000000002";
pub const QUAY: &str = "100000000003";
pub const SUB: &str = "200000000021";
pub const COBALT: &str = "100000000004";

/// Options with a clock that stands still until it is advanced.
pub fn still() -> Options {
    Options { clock: Clock::Manual("2026-11-24T03:00:00Z".parse().unwrap()), ..Options::default() }
}

pub struct Desk {
    pub cloud: Running,
    pub http: reqwest::Client,
}

/// A call with all its parts, so that a test can change one of them.
#[derive(Clone)]
pub struct Request {
    pub method: &'static str,
    pub service: String,
    pub version: String,
    pub action: String,
    pub region: Option<String>,
    pub query: String,
    pub body: Vec<u8>,
    pub content_type: String,
    pub host: String,
    /// The signed host, if it differs from the sent one.
    pub signed_host: Option<String>,
    pub timestamp: i64,
    pub secret_id: String,
    pub secret_key: String,
    pub token: Option<String>,
    /// Headers that are signed in addition to content-type and host, with the signed value.
    pub signed_too: Vec<(String, String)>,
    pub language: Option<&'static str>,
    /// A replacement in the Authorization header.
    pub spoil: Option<(String, String)>,
}

pub struct Answer {
    pub status: u16,
    pub content_type: String,
    pub body: Vec<u8>,
}

impl Answer {
    pub fn response(&self) -> Value {
        serde_json::from_slice::<Value>(&self.body).unwrap()["Response"].clone()
    }

    /// Returns the answer without its RequestId, or the error code.
    pub fn outcome(&self) -> Result<Value, String> {
        let mut response = self.response();
        assert_eq!((self.status, self.content_type.as_str()), (200, "application/json"));
        let id = response.as_object_mut().unwrap().remove("RequestId").unwrap();
        assert!(uuid::Uuid::parse_str(id.as_str().unwrap()).is_ok());
        match response["Error"]["Code"].as_str() {
            Some(code) => {
                assert!(!response["Error"]["Message"].as_str().unwrap().is_empty());
                Err(code.to_owned())
            }
            None => Ok(response),
        }
    }
}

pub fn service_of(action: &str) -> (&'static str, &'static str) {
    match action {
        "GetCallerIdentity" | "AssumeRole" | "GetFederationToken" => ("sts", "2018-08-13"),
        "GetUserAppId" => ("cam", "2019-01-16"),
        "DescribeProducts" => ("region", "2022-06-27"),
        "GetResources" | "DescribeTags" | "TagResources" | "UnTagResources" => ("tag", "2018-08-13"),
        "DescribeSnapshots" | "DescribeSnapshotOverview" | "DescribeDisks" => ("cbs", "2017-03-12"),
        other if ["Vpc", "Subnet", "SecurityGroup"].iter().any(|part| other.contains(part)) => {
            ("vpc", "2017-03-12")
        }
        _ => ("cvm", "2017-03-12"),
    }
}

/// The vendor's contract.
pub static CONTRACT: LazyLock<Value> =
    LazyLock::new(|| serde_json::from_str(include_str!("contract.json")).unwrap());

/// Checks that every field of an answer is in the contract and has its type.
fn check_shape(service: &str, fields: &Value, answer: &Value, path: &str) {
    for (name, value) in answer.as_object().unwrap() {
        let path = format!("{path}.{name}");
        let field = fields.get(name).unwrap_or_else(|| panic!("the contract has no {path}"));
        let rows = match value {
            Value::Array(rows) if field["is_list"] == true => rows.as_slice(),
            value => std::slice::from_ref(value),
        };
        for value in rows {
            let good = match field["type"].as_str().unwrap() {
                _ if value.is_null() => true,
                "string" => value.is_string(),
                "int" => value.is_i64(),
                "uint" => value.is_u64(),
                "bool" => value.is_boolean(),
                "float" => value.is_number(),
                "object" => {
                    let object = format!("{service}.{}", field["object"].as_str().unwrap());
                    check_shape(service, &CONTRACT["objects"][&object], value, &path);
                    true
                }
                other => panic!("{path} is of type {other}"),
            };
            assert!(good, "{path} is {value}");
        }
    }
}

impl Desk {
    pub async fn new(options: Options) -> Self {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let cloud = emulator::start(options).await.unwrap();
        let http = crate::http();
        Self { cloud, http }
    }

    /// Returns a valid call.
    pub fn request(&self, who: &str, region: &str, action: &str, params: &Value) -> Request {
        let (service, version) = service_of(action);
        let account = self.cloud.accounts.iter().find(|a| a.uin.as_str() == who).unwrap();
        Request {
            method: "POST",
            service: service.into(),
            version: version.into(),
            action: action.into(),
            region: (!region.is_empty()).then(|| region.into()),
            query: String::new(),
            body: serde_json::to_vec(params).unwrap(),
            content_type: "application/json".into(),
            host: self.cloud.endpoint.trim_start_matches("http://").into(),
            signed_host: None,
            timestamp: jiff::Timestamp::now().as_second(),
            secret_id: account.secret_id.clone(),
            secret_key: account.secret_key.clone(),
            token: None,
            signed_too: Vec::new(),
            language: None,
            spoil: None,
        }
    }

    /// Signs and sends a call. Returns an error if the connection broke.
    pub async fn send(&self, r: &Request) -> reqwest::Result<Answer> {
        Self::send_with(&self.http, &self.cloud.endpoint, r).await
    }

    /// Signs and sends a call with another HTTP client to another address.
    pub async fn send_with(http: &reqwest::Client, endpoint: &str, r: &Request) -> reqwest::Result<Answer> {
        let host = r.signed_host.as_ref().unwrap_or(&r.host).as_str();
        let mut headers = vec![("content-type", r.content_type.as_str()), ("host", host)];
        headers.extend(r.signed_too.iter().map(|(n, v)| (n.as_str(), v.as_str())));
        let signature = sign(
            Signing {
                method: r.method,
                query: &r.query,
                headers: &headers,
                body: &r.body,
                timestamp: r.timestamp,
                service: &r.service,
            },
            &r.secret_key,
        );
        let mut authorization = signature.authorization(&r.secret_id);
        if let Some((from, to)) = &r.spoil {
            authorization = authorization.replace(from, to);
        }
        let url = match r.query.as_str() {
            "" => format!("{endpoint}/"),
            query => format!("{endpoint}/?{query}"),
        };
        let mut request = http
            .request(r.method.parse().unwrap(), url)
            .header("Content-Type", &r.content_type)
            .header("Host", &r.host)
            .header("X-TC-Action", &r.action)
            .header("X-TC-Version", &r.version)
            .header("X-TC-Timestamp", r.timestamp)
            .header("Authorization", authorization);
        if let Some(region) = &r.region {
            request = request.header("X-TC-Region", region);
        }
        if let Some(token) = &r.token {
            request = request.header("X-TC-Token", token);
        }
        if let Some(language) = r.language {
            request = request.header("X-TC-Language", language);
        }
        if r.method == "POST" {
            request = request.body(r.body.clone());
        }
        let answer = request.send().await?;
        let content_type = answer.headers().get("content-type").map(|v| v.to_str().unwrap().to_owned());
        Ok(Answer {
            status: answer.status().as_u16(),
            content_type: content_type.unwrap_or_default(),
            body: answer.bytes().await?.to_vec(),
        })
    }

    /// Calls an action and checks that the answer or the error code is in the contract. Returns the answer without its
    /// RequestId, or the code.
    pub async fn call(&self, who: &str, region: &str, action: &str, params: Value) -> Result<Value, String> {
        self.checked(&self.request(who, region, action, &params)).await
    }

    /// Sends a request and checks that the answer is in the contract.
    pub async fn checked(&self, request: &Request) -> Result<Value, String> {
        let outcome = self.send(request).await.unwrap().outcome();
        let name = format!("{}.{}", request.service, request.action);
        match &outcome {
            Ok(answer) => {
                check_shape(&request.service, &CONTRACT["actions"][&name]["response"], answer, &name)
            }
            Err(code) => {
                let listed = |codes: &Value| codes.as_array().unwrap().iter().any(|c| c == code.as_str());
                let own = match &CONTRACT["actions"][&name]["error_codes"] {
                    Value::Null => &CONTRACT["service_error_codes"][&request.service],
                    own => own,
                };
                assert!(listed(own) || listed(&CONTRACT["common_error_codes"]), "{name} has no {code}");
            }
        }
        outcome
    }

    /// Returns all images of a kind that an account sees in a region, by name.
    pub async fn images(&self, who: &str, region: &str, kind: &str) -> BTreeMap<String, Value> {
        let params = json!({ "Limit": 100, "Filters": [{ "Name": "image-type", "Values": [kind] }] });
        let answer = self.call(who, region, "DescribeImages", params).await.unwrap();
        let rows = answer["ImageSet"].as_array().unwrap();
        assert_eq!(answer["TotalCount"], rows.len());
        rows.iter().map(|i| (i["ImageName"].as_str().unwrap().to_owned(), i.clone())).collect()
    }

    /// Returns the id of an own image.
    pub async fn image(&self, who: &str, region: &str, name: &str) -> String {
        self.images(who, region, "PRIVATE_IMAGE").await[name]["ImageId"].as_str().unwrap().to_owned()
    }

    /// Returns the accounts that an own image is shared with.
    pub async fn shares(&self, who: &str, region: &str, image: &str) -> Vec<String> {
        let answer = self
            .call(who, region, "DescribeImageSharePermission", json!({ "ImageId": image }))
            .await
            .unwrap();
        let rows = answer["SharePermissionSet"].as_array().unwrap();
        rows.iter().map(|s| s["AccountId"].as_str().unwrap().to_owned()).collect()
    }

    /// Returns the answer of a control endpoint.
    pub async fn control(&self, method: &str, path: &str, body: &str) -> (u16, Value) {
        let url = format!("{}/_emulator/{path}", self.cloud.endpoint);
        let answer =
            self.http.request(method.parse().unwrap(), url).body(body.to_owned()).send().await.unwrap();
        (answer.status().as_u16(), serde_json::from_slice(&answer.bytes().await.unwrap()).unwrap())
    }

    /// Advances the clock.
    pub async fn advance(&self, seconds: u32) {
        let body = json!({ "seconds": seconds }).to_string();
        assert_eq!(self.control("POST", "advance", &body).await.0, 200);
    }
}

/// Returns options with a quirk.
pub fn with(quirk: &str) -> Options {
    Options { quirks: [quirk.parse::<Quirk>().unwrap()].into_iter().collect(), ..still() }
}

/// Returns options with the limits of the newer pages.
pub fn current() -> Options {
    Options { rules: RuleSet::Current, ..still() }
}

/// Finds an image by name, whoever owns it.
pub async fn any(desk: &Desk, region: &str, name: &str) -> String {
    for kind in ["PRIVATE_IMAGE", "SHARED_IMAGE", "PUBLIC_IMAGE"] {
        if let Some(image) = desk.images(ACME, region, kind).await.get(name) {
            return image["ImageId"].as_str().unwrap().to_owned();
        }
    }
    panic!("{region} has no {name}")
}

/// Shares an image or cancels a share.
pub async fn permit(
    desk: &Desk,
    region: &str,
    image: &str,
    accounts: &[&str],
    permission: &str,
) -> Result<(), String> {
    let params = json!({ "ImageId": image, "AccountIds": accounts, "Permission": permission });
    desk.call(ACME, region, "ModifyImageSharePermission", params).await.map(|a| assert_eq!(a, json!({})))
}
