//! The built-in cloud answers every request as the contract says. No input and no way of ending its process breaks it.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{Shutdown, TcpStream},
    path::Path,
    process::{Child, Command, Stdio},
};

use cvmshare::{
    cloud::{Client, ClientOptions, Credentials},
    model::{ImageState, Region},
};
use fastrand::Rng;
use serde_json::{Value, json};

use crate::emulator_client::*;

/// Words for random texts: all of them, and those that fit fields of a name.
struct Words {
    all: Vec<String>,
    fitting: Vec<(&'static str, Vec<String>)>,
}

impl Words {
    async fn new(desk: &Desk) -> Self {
        let (_, world) = desk.control("GET", "world", "").await;
        let ids = |kind: &str| -> Vec<String> {
            let all = world["regions"]["ap-guangzhou"][kind].as_array().unwrap();
            all.iter().map(|x| x["id"].as_str().unwrap().to_owned()).collect()
        };
        let list = |words: &[&str]| words.iter().map(|w| (*w).to_owned()).collect::<Vec<_>>();
        let fitting = vec![
            ("ImageId", ids("images")),
            ("InstanceId", ids("instances")),
            ("AccountId", list(&[BOREALIS, QUAY, COBALT])),
            ("Permission", list(&["SHARE", "CANCEL"])),
            ("Zone", list(&["ap-guangzhou-3", "ap-guangzhou-6"])),
            ("InstanceType", list(&["S5.MEDIUM4"])),
            ("Region", list(&["ap-shanghai", "eu-frankfurt"])),
            ("RoleArn", list(&["qcs::cam::uin/100000000001:roleName/ImageOperator"])),
            ("InstanceChargeType", list(&["POSTPAID_BY_HOUR"])),
            ("StopType", list(&["SOFT", "HARD"])),
            ("Name", list(&["image-type", "image-name", "tag:x", "zone", "instance-name"])),
        ];
        let mut all =
            list(&["", "true", "x", "img-00000000", "img-", "ap-nowhere", ACME, SUB, "镜像\u{7f}\u{202e}"]);
        all.extend([300, 61].map(|n| "语".repeat(n)));
        all.extend(fitting.iter().flat_map(|(_, words)| words.clone()));
        Self { all, fitting }
    }

    fn one(&self, rng: &mut Rng, field: &str) -> String {
        let fits =
            |name: &str| field == name || (name != "Name" && field.trim_end_matches('s').ends_with(name));
        let fitting = self.fitting.iter().find(|(name, _)| fits(name));
        let words = match fitting {
            Some((_, words)) if rng.u8(..8) > 0 => words,
            _ => &self.all,
        };
        words[rng.usize(..words.len())].clone()
    }
}

/// Returns a random value of a field's type: plausible, extreme, or sometimes of another type.
fn value(rng: &mut Rng, service: &str, (name, field): (&str, &Value), words: &Words, depth: u8) -> Value {
    if rng.u8(..60) == 0 {
        return [json!(null), json!(-1.5), json!([[]]), json!({ "": {} }), json!("\u{0}\u{1b}")]
            [rng.usize(..5)]
        .clone();
    }
    if field["is_list"] == true {
        let many = [0, 1, 1, 1, 1, 2, 5, 101][rng.usize(..8)];
        let one = json!({ "type": field["type"], "object": field["object"] });
        return (0..many).map(|_| value(rng, service, (name, &one), words, depth)).collect();
    }
    match field["type"].as_str().unwrap() {
        "string" => json!(words.one(rng, name)),
        "bool" => json!(rng.bool()),
        "float" => json!(rng.f64()),
        "object" => {
            let object = format!("{service}.{}", field["object"].as_str().unwrap_or_default());
            fields(rng, service, &CONTRACT["objects"][&object], words, depth + 1)
        }
        _ => [
            json!(0),
            json!(1),
            json!(1),
            json!(100),
            json!(101),
            json!(-1),
            json!(i64::MAX),
            json!(u64::MAX),
        ][rng.usize(..8)]
        .clone(),
    }
}

/// Returns random fields. Required ones, and those with a fitting word, are nearly always included.
fn fields(rng: &mut Rng, service: &str, all: &Value, words: &Words, depth: u8) -> Value {
    let mut got = json!({});
    let Some(all) = all.as_object().filter(|_| depth < 4) else { return got };
    for (name, field) in all {
        let fits =
            words.fitting.iter().any(|(word, _)| name.trim_end_matches('s') == *word) || name == "Placement";
        let often = if field["required"] == true || fits { 60 } else { 6 };
        if rng.u8(..64) < often {
            got[name] = value(rng, service, (name, field), words, depth);
        }
    }
    got
}

/// Calls every action with random parameters and valid signatures. A panic would break the connection.
#[tokio::test]
async fn random_calls_get_answers_of_the_contract() {
    let desk = Desk::new(still()).await;
    let words = Words::new(&desk).await;
    let mut rng = Rng::with_seed(11);
    let actions = CONTRACT["actions"].as_object().unwrap();
    let mut good = std::collections::BTreeSet::new();
    for round in 0..70 {
        for (name, action) in actions {
            let (service, action_name) = name.split_once('.').unwrap();
            let params = fields(&mut rng, service, &action["request"], &words, 0);
            let who = [ACME, BOREALIS, QUAY, SUB][round % 4];
            let request = Request {
                service: service.to_owned(),
                version: action["version"].as_str().unwrap().to_owned(),
                ..desk.request(who, "ap-guangzhou", action_name, &params)
            };
            if desk.checked(&request).await.is_ok() {
                good.insert(name.as_str());
            }
        }
    }
    // Checks that writes were performed too.
    for action in
        ["cvm.RunInstances", "cvm.ModifyImageSharePermission", "sts.AssumeRole", "cvm.DescribeInstances"]
    {
        assert!(good.contains(action), "{action}: {good:?}");
    }
}

/// The built-in cloud in a process of its own. Its output goes to a file.
struct Server {
    child: Child,
    endpoint: String,
}

impl Server {
    fn start(folder: &Path, more: &[&str]) -> Self {
        let said = std::fs::File::options().create(true).append(true).open(folder.join("said")).unwrap();
        let mut child = Command::new(env!("CARGO_BIN_EXE_cvmshare"))
            .env_clear()
            .args(["emulate", "--ready-json"])
            .args(more)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(said)
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let ready: Value = serde_json::from_str(&line).unwrap();
        Self { child, endpoint: ready["endpoint"].as_str().unwrap().to_owned() }
    }

    fn client(&self) -> Client {
        let options = ClientOptions { endpoint: Some(self.endpoint.clone()), ..Default::default() };
        let keys = Credentials::new(format!("demo-id-{ACME}"), format!("demo-key-{ACME}").into(), "a test");
        Client::new(options, keys).unwrap()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[tokio::test]
async fn random_bytes_do_not_break_the_server() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path(), &[]);
    let address = server.endpoint.trim_start_matches("http://").to_owned();
    let whole = b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nX-TC-Action: DescribeImages\r\nX-TC-Version: \
        2017-03-12\r\nX-TC-Region: ap-guangzhou\r\nX-TC-Timestamp: 1800000000\r\nAuthorization: TC3-HMAC-SHA256 Credential=\
        demo-id-100000000001/2027-01-15/cvm/tc3_request, SignedHeaders=content-type;host, Signature=00\r\nContent-Length: \
        2\r\n\r\n{}";
    let mut rng = Rng::with_seed(3);
    let mut junk: Vec<Vec<u8>> = (0..whole.len()).step_by(7).map(|end| whole[..end].to_vec()).collect();
    for _ in 0..300 {
        let mut bytes = whole.to_vec();
        for _ in 0..rng.usize(1..6) {
            let at = rng.usize(..bytes.len());
            match rng.u8(..3) {
                0 => bytes[at] = rng.u8(..),
                1 => drop(bytes.remove(at)),
                _ => bytes.insert(at, rng.u8(..)),
            }
        }
        junk.push(bytes);
    }
    junk.extend((0..100).map(|_| (0..rng.usize(1..300)).map(|_| rng.u8(..)).collect()));
    let done = tokio::task::spawn_blocking(move || {
        for bytes in junk {
            let mut stream = TcpStream::connect(&address).unwrap();
            // The server may close the connection before everything is written.
            let _ = stream.write_all(&bytes).and_then(|()| stream.shutdown(Shutdown::Write));
            let mut answer = Vec::new();
            let _ = stream.read_to_end(&mut answer);
            assert!(answer.is_empty() || answer.starts_with(b"HTTP/1.1 "), "{bytes:?}");
        }
    });
    done.await.unwrap();
    assert_eq!(server.client().caller().await.unwrap().account.as_str(), ACME);
    // A panic would have been printed.
    assert_eq!(std::fs::read_to_string(folder.path().join("said")).unwrap(), "");
}

#[tokio::test]
async fn a_saved_world_survives_a_killed_process() {
    let folder = tempfile::tempdir().unwrap();
    let state = folder.path().join("world.json");
    let more = ["--state", state.to_str().unwrap(), "--speed", "2"];
    let here: Region = "ap-guangzhou".parse().unwrap();
    let there: Region = "ap-nanjing".parse().unwrap();
    let mut server = Server::start(folder.path(), &more);
    let client = server.client();
    let base = client.own_named(&here, "base-ubuntu-24").await.unwrap().unwrap();
    client.modify_image(&here, &base.id, Some("renamed"), None).await.unwrap();
    let made =
        client.sync_images(&here, &base.id, std::slice::from_ref(&there), Some("copy"), false).await.unwrap();
    // The process is killed right after the answer.
    server.child.kill().unwrap();
    server.child.wait().unwrap();

    let again = Server::start(folder.path(), &more);
    let client = again.client();
    let renamed = client.image(&here, &base.id).await.unwrap().unwrap();
    assert_eq!(renamed.name, "renamed");
    let copy = client.own_named(&there, "copy").await.unwrap().unwrap();
    assert_eq!((vec![(there.clone(), copy.id.clone())], copy.state), (made.images, ImageState::Syncing));
    // The clock continues.
    let http = crate::http();
    let url = format!("{}/_emulator/advance", again.endpoint);
    http.post(url).body(json!({ "seconds": 3600 }).to_string()).send().await.unwrap();
    assert_eq!(client.image(&there, &copy.id).await.unwrap().unwrap().state, ImageState::Normal);
    assert_eq!(std::fs::read_to_string(folder.path().join("said")).unwrap(), "");
}
