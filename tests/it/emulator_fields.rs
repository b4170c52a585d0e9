//! Every field of every request has an effect on the built-in cloud, is refused, or is listed as having no effect in
//! `emulator_fields.txt`.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Deserializer, Value, json};
use tokio::task::JoinSet;

use crate::emulator_client::*;

const GZ: &str = "ap-guangzhou";
const TABLE: &str = include_str!("emulator_fields.txt");

/// The expected effect of a value of a field.
#[derive(Debug, Clone, PartialEq)]
enum Says {
    Matters,
    Refused(String),
    Ignored,
}

#[derive(Debug, Clone)]
struct Line {
    action: String,
    /// The request without the value.
    request: Value,
    path: String,
    value: Value,
    says: Says,
}

/// Parses a JSON value and returns the rest of the text.
fn json_and_rest(text: &str) -> (Value, &str) {
    let mut stream = Deserializer::from_str(text).into_iter::<Value>();
    let value = stream.next().unwrap().unwrap_or_else(|e| panic!("{text}: {e}"));
    (value, text[stream.byte_offset()..].trim())
}

/// Parses the table. Returns its lines, and the fields that each action has a line for.
fn table(things: &[(&str, String)]) -> (Vec<Line>, BTreeMap<String, BTreeSet<String>>) {
    let filled = things.iter().fold(TABLE.to_owned(), |text, (name, thing)| text.replace(name, thing));
    let (mut lines, mut named) = (Vec::new(), BTreeMap::<String, BTreeSet<String>>::new());
    let (mut action, mut base) = (String::new(), json!({}));
    for text in filled.lines().filter(|l| !l.is_empty() && !l.starts_with('#')) {
        if let Some((name, request)) = text.strip_prefix('[').and_then(|t| t.split_once("] ")) {
            action = name.to_owned();
            base = json_and_rest(request).0;
            assert!(named.insert(action.clone(), BTreeSet::new()).is_none(), "{action} is there twice");
            continue;
        }
        let (path, rest) = text.split_once(" = ").unwrap_or_else(|| panic!("{text}"));
        let (value, mut rest) = json_and_rest(rest);
        let mut request = base.clone();
        if let Some(more) = rest.strip_prefix("with ") {
            let (more, after) = json_and_rest(more);
            request.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
            rest = after;
        }
        let (rest, name) =
            match rest.split_once("for ").filter(|(head, _)| head.is_empty() || head.ends_with(' ')) {
                Some((head, name)) if name.starts_with(char::is_uppercase) => (head.trim(), name),
                _ => (rest, path),
            };
        let says = match rest.split_once(' ') {
            None if rest.is_empty() => Says::Matters,
            Some(("refused", code)) => Says::Refused(code.to_owned()),
            Some(("ignored", reason)) if !reason.is_empty() => Says::Ignored,
            _ => panic!("{text}"),
        };
        named.get_mut(&action).unwrap().insert(name.to_owned());
        lines.push(Line { action: action.clone(), request, path: path.to_owned(), value, says });
    }
    (lines, named)
}

/// Collects the fields of a request. Those of nested objects are written with a period.
fn leaves(service: &str, fields: &Value, before: &str, into: &mut BTreeSet<String>) {
    for (name, field) in fields.as_object().unwrap() {
        match field["object"].as_str() {
            Some(object) => {
                let object = &CONTRACT["objects"][format!("{service}.{object}")];
                leaves(service, object, &format!("{before}{name}."), into);
            }
            None => drop(into.insert(format!("{before}{name}"))),
        }
    }
}

/// Sets a value at a path of a request. In a list of objects, sets it in the first one.
fn with(service: &str, action: &str, request: &Value, path: &str, value: &Value) -> Value {
    let mut fields = &CONTRACT["actions"][action]["request"];
    let mut request = request.clone();
    let mut at = &mut request;
    for part in path.split('.') {
        let field = &fields[part];
        assert!(field.is_object(), "{action} has no {path}");
        at = &mut at[part];
        if let Some(object) = field["object"].as_str() {
            fields = &CONTRACT["objects"][format!("{service}.{object}")];
            if !path.ends_with(part) && field["is_list"] == true {
                if at.is_null() {
                    *at = json!([{}]);
                }
                at = &mut at[0];
            }
        }
    }
    *at = value.clone();
    request
}

/// Makes a call in a new world. Returns the world, and the answer or the error code.
async fn call(http: &reqwest::Client, action: &str, params: &Value) -> (Desk, Result<Value, String>) {
    let desk = Desk { cloud: cvmshare::emulator::start(still()).await.unwrap(), http: http.clone() };
    let (service, name) = action.split_once('.').unwrap();
    let version = CONTRACT["actions"][action]["version"].as_str().unwrap().to_owned();
    let request = Request { service: service.to_owned(), version, ..desk.request(ACME, GZ, name, params) };
    let outcome = desk.checked(&request).await;
    (desk, outcome)
}

/// Returns the current world.
async fn world(desk: &Desk) -> Value {
    desk.control("GET", "world", "").await.1
}

/// Tries the lines of one request and returns what is wrong.
async fn tried(http: reqwest::Client, lines: Vec<Line>) -> Vec<String> {
    let (action, request) = (lines[0].action.clone(), lines[0].request.clone());
    let (desk, before) = call(&http, &action, &request).await;
    let world_before = world(&desk).await;
    let mut wrong = Vec::new();
    for line in lines {
        let service = action.split_once('.').unwrap().0;
        let changed = with(service, &action, &request, &line.path, &line.value);
        let (desk, outcome) = call(&http, &action, &changed).await;
        let found = match (&line.says, &outcome) {
            (Says::Refused(code), Err(got)) if got == code => continue,
            (Says::Refused(code), _) => format!("not {code} but {outcome:?}"),
            (_, Err(code)) => code.clone(),
            (Says::Matters, Ok(_)) if outcome != before || world(&desk).await != world_before => continue,
            (Says::Matters, Ok(_)) => "has no effect".to_owned(),
            (Says::Ignored, Ok(_)) if outcome == before && world(&desk).await == world_before => continue,
            (Says::Ignored, Ok(_)) => "has an effect".to_owned(),
        };
        wrong.push(format!("{action} {} = {}: {found}", line.path, line.value));
    }
    wrong
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn every_field_has_an_effect_or_is_listed() {
    let desk = Desk::new(still()).await;
    let own = desk.images(ACME, GZ, "PRIVATE_IMAGE").await;
    let received = desk.images(ACME, GZ, "SHARED_IMAGE").await;
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let first = async |action: &str, set: &str, filter: (&str, &str)| {
        let filters = json!({ "Filters": [{ "Name": filter.0, "Values": [filter.1] }] });
        desk.call(ACME, GZ, action, filters).await.unwrap()[set][0].clone()
    };
    let running = first("DescribeInstances", "InstanceSet", ("instance-name", "web-2")).await;
    let stopped = first("DescribeInstances", "InstanceSet", ("instance-state", "STOPPED")).await;
    let subnet = first("DescribeSubnets", "SubnetSet", ("subnet-name", "prod-b")).await;
    let group = first("DescribeSecurityGroups", "SecurityGroupSet", ("security-group-name", "web")).await;
    let key = first("DescribeKeyPairs", "KeyPairSet", ("key-name", "ops")).await;
    let things = [
        ("$image", text(&own["golden-web-7"]["ImageId"])),
        ("$failed", text(&own["nightly-ci-runner"]["ImageId"])),
        ("$received", text(&received["quay-ml-runtime"]["ImageId"])),
        ("$snapshot", text(&own["golden-web-7"]["SnapshotSet"][0]["SnapshotId"])),
        ("$instance", text(&running["InstanceId"])),
        ("$stopped", text(&stopped["InstanceId"])),
        ("$disk", text(&running["SystemDisk"]["DiskId"])),
        ("$vpc", text(&subnet["VpcId"])),
        ("$subnet", text(&subnet["SubnetId"])),
        ("$group", text(&group["SecurityGroupId"])),
        ("$key", text(&key["KeyId"])),
        ("$long", "x".repeat(150)),
    ];
    let (lines, named) = table(&things);

    // The table has all fields of every action of the built-in cloud.
    for (action, fields) in &named {
        let (service, _) = action.split_once('.').unwrap();
        let mut wanted = BTreeSet::new();
        leaves(service, &CONTRACT["actions"][action]["request"], "", &mut wanted);
        assert_eq!(*fields, wanted, "{action}");
    }
    let api = include_str!("../../assets/actions.txt");
    let actions: BTreeSet<String> = api
        .lines()
        .filter(|l| !l.starts_with(['#', ' ']) && !l.starts_with("object "))
        .filter_map(|l| l.split_once(':'))
        .filter_map(|(head, _)| {
            let mut words = head.split(' ');
            Some(format!("{}.{}", words.next()?, words.nth(2)?))
        })
        .collect();
    assert_eq!(named.into_keys().collect::<BTreeSet<_>>(), actions);

    let mut requests = BTreeMap::<String, Vec<Line>>::new();
    for line in lines {
        requests.entry(format!("{} {}", line.action, line.request)).or_default().push(line);
    }
    let mut tries: JoinSet<Vec<String>> =
        requests.into_values().map(|lines| tried(desk.http.clone(), lines)).collect();
    let mut wrong = BTreeSet::new();
    while let Some(result) = tries.join_next().await {
        wrong.extend(result.unwrap());
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
