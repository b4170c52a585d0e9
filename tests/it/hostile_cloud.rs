//! A cloud that answers wrongly: too much, too little, repeatedly, unreadably, or with the request itself. Every such
//! answer is reported, none hangs the program, and none ends with status 0.

use std::{process::Command, time::Duration};

use cvmshare::{
    cloud::{Client, ClientOptions, Credentials, Error, Kind, Places},
    messages::Lang,
    model::{Image, ImageKind, Region},
    session::{Global, Paths, Setup},
    tui::test_driver::TestDriver,
};
use serde_json::{Value, json};

use crate::{
    canned::{Asked, Canned, Reply},
    cli::{Ran, program, ran},
};

const TOKEN: &str = "tok/en-0123456789abcdef+4==";
const SECRET_ID: &str = "AKIDexampleexample";
const SECRET_KEY: &str = "hush-hush-hush-hush";
const REGION: &str = "ap-guangzhou";

fn client(server: &Canned, timeout: Duration) -> Client {
    let options = ClientOptions { endpoint: Some(server.endpoint.clone()), timeout, ..Default::default() };
    Client::new(options, Credentials::new(SECRET_ID, SECRET_KEY.to_owned().into(), "a test")).unwrap()
}

fn region() -> Region {
    REGION.parse().unwrap()
}

fn body(mut response: Value) -> Reply {
    response["RequestId"] = "71e69b56".into();
    Reply::Body(json!({ "Response": response }).to_string())
}

fn image(n: u64) -> Value {
    json!({ "ImageId": format!("img-{n:08}"), "ImageName": format!("name-{n}"), "ImageState": "NORMAL",
            "ImageType": "PRIVATE_IMAGE", "ImageSize": 50 })
}

fn instance(n: u64) -> Value {
    json!({ "InstanceId": format!("ins-{n:08}"), "InstanceState": "RUNNING", "ImageId": "img-00000001" })
}

/// Starts a cloud with one region whose lists are answered by a function of the request and the offset.
async fn cloud(list: impl Fn(&Asked, u64) -> Reply + Send + Sync + 'static) -> Canned {
    Canned::answering(move |asked| match asked.action() {
        "GetCallerIdentity" => body(json!({ "AccountId": "100000000001", "UserId": "1", "Type": "CAMUser" })),
        "DescribeRegions" => body(json!({ "RegionSet": [
            { "Region": REGION, "RegionName": "Guangzhou", "RegionState": "AVAILABLE" },
            { "Region": "ap-shanghai", "RegionName": "Shanghai", "RegionState": "AVAILABLE" }] })),
        "DescribeImageQuota" => body(json!({ "ImageNumQuota": 500 })),
        _ => list(asked, asked.json()["Offset"].as_u64().unwrap_or(0)),
    })
    .await
}

fn command(server: &Canned, home: &tempfile::TempDir) -> Command {
    let mut command = program(home.path());
    command
        .env("CVMSHARE_ENDPOINT", &server.endpoint)
        .env("TENCENTCLOUD_SECRET_ID", SECRET_ID)
        .env("TENCENTCLOUD_SECRET_KEY", SECRET_KEY)
        .env("TENCENTCLOUD_TOKEN", TOKEN);
    command
}

async fn run(server: &Canned, line: &str) -> Ran {
    let home = tempfile::tempdir().unwrap();
    let mut command = command(server, &home);
    command.args(line.split_whitespace());
    ran(command).await
}

fn rows(ran: &Ran) -> usize {
    serde_json::from_str::<Value>(&ran.out).unwrap().as_array().unwrap().len()
}

/// Reads the images of a list. Returns them and the result.
async fn images(server: &Canned) -> (Vec<Image>, Result<usize, Error>) {
    let mut all = Vec::new();
    let read = client(server, Duration::from_secs(5));
    let read = read.images(&region(), ImageKind::Own, |page| all.extend(page)).await;
    (all, read)
}

fn console(server: &Canned, home: &tempfile::TempDir) -> TestDriver {
    let env = [
        ("CVMSHARE_ENDPOINT", server.endpoint.as_str()),
        ("TENCENTCLOUD_SECRET_ID", SECRET_ID),
        ("TENCENTCLOUD_SECRET_KEY", SECRET_KEY),
        ("TENCENTCLOUD_TOKEN", TOKEN),
        ("TENCENTCLOUD_REGION", REGION),
    ];
    let env = env.map(|(n, v)| (n.to_owned(), v.to_owned())).into();
    let paths = Paths { config_dir: home.path().into(), state_dir: home.path().into() };
    let places = Places { env, home: home.path().into(), ..Default::default() };
    let setup = Setup::with_paths(&Global::default(), paths, places).unwrap();
    TestDriver::open(setup, (120, 40), None).unwrap()
}

/// 8,054 bytes that unpack to 4,100,000 rows.
fn packed() -> Reply {
    let zeros = include_bytes!("../corpus/answers/zeros.json.gz");
    let head = format!(
        "HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\nconnection: close\r\ncontent-length: {}\r\n\r\n",
        zeros.len()
    );
    Reply::Raw([head.as_bytes(), zeros].concat())
}

#[tokio::test(flavor = "multi_thread")]
async fn millions_of_rows_in_a_small_answer_are_an_error() {
    let server = cloud(|_, _| packed()).await;
    let (all, read) = images(&server).await;
    let error = read.unwrap_err();
    assert_eq!((all.len(), error.kind), (0, Kind::Unreadable));
    assert_eq!(error.message.render(Lang::EN), "the answer has more rows than were asked for");
    let ran = run(&server, "list images --region ap-guangzhou -o csv").await;
    assert_eq!((ran.status, ran.out.as_str()), (Some(1), ""));
    assert!(ran.err.contains("the answer has more rows than were asked for"), "{}", ran.err);
}

/// A list of four rows, some of which cannot be parsed.
fn odd(asked: &Asked) -> Reply {
    let bad = [json!({ "ImageId": "ami-1", "InstanceId": "i-1", "AccountId": "me@example.com" }), json!(7)];
    let with = |good: [Value; 2]| Value::from([&good[..], &bad[..]].concat());
    match asked.action() {
        "DescribeImages" if asked.json()["ImageIds"].is_array() => {
            body(json!({ "TotalCount": 1, "ImageSet": [image(1)] }))
        }
        "DescribeImages" => body(json!({ "TotalCount": 4, "ImageSet": with([image(1), image(2)]) })),
        "DescribeInstances" => {
            body(json!({ "TotalCount": 4, "InstanceSet": with([instance(1), instance(2)]) }))
        }
        "DescribeImageSharePermission" => body(json!({ "SharePermissionSet": bad })),
        other => panic!("{other} writes"),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn unreadable_rows_are_reported_beside_the_others() {
    let server = cloud(|asked, _| odd(asked)).await;
    for (line, rows_read, told) in [
        ("list images", 2, "2 of 4 rows cannot be read; of the first: its ImageId is \"ami-1\""),
        ("list shared", 2, "2 of 4 rows cannot be read; of the first: its ImageId is \"ami-1\""),
        ("list instances", 2, "2 of 4 rows cannot be read; of the first: its InstanceId is \"i-1\""),
        ("list shares img-00000001", 0, "2 of 2 rows cannot be read; of the first: its AccountId is"),
        ("list exposure", 0, "img-00000002: 2 of 2 rows cannot be read"),
    ] {
        let ran = run(&server, &format!("{line} -o json --region {REGION}")).await;
        assert_eq!((ran.status, rows(&ran)), (Some(5), rows_read), "{line}: {}", ran.err);
        assert!(ran.err.contains(told), "{line}: {}", ran.err);
    }
    // An unknown number is null.
    let ran = run(&server, &format!("list images -o json --region {REGION}")).await;
    assert_eq!(serde_json::from_str::<Value>(&ran.out).unwrap()[0]["share_count"], Value::Null);
    let ran = run(&server, &format!("list shares img-00000001 --lang zh --region {REGION}")).await;
    assert!(
        ran.err.contains("2 行（共 2 行）无法读取；其中第一行：AccountId 为 \"me@example.com\""),
        "{}",
        ran.err
    );
}

/// If the shares cannot be read, no verdict allows an action that depends on them, and nothing is changed.
#[tokio::test(flavor = "multi_thread")]
async fn unreadable_shares_block_changes() {
    let server = cloud(|asked, _| odd(asked)).await;
    for line in [
        "check delete img-00000001",
        "check unshare img-00000001",
        "check share img-00000001 --with 100000000002",
        "delete img-00000001 --yes",
        "unshare img-00000001 --all --yes",
        "share img-00000001 --with 100000000002 --yes",
    ] {
        let ran = run(&server, &format!("{line} --region {REGION}")).await;
        assert_eq!(ran.status, Some(4), "{line}: {} {}", ran.out, ran.err);
        assert!(ran.err.contains("rows cannot be read"), "{line}: {}", ran.err);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn lists_are_complete_despite_a_wrong_total() {
    for total in [json!(0), Value::Null, json!("250"), json!(100), json!(-1), json!(250), json!(251)] {
        let told = total.clone();
        let server = cloud(move |_, from| {
            let rows: Vec<Value> = (from..(from + 100).min(250)).map(image).collect();
            body(json!({ "TotalCount": told, "ImageSet": rows }))
        })
        .await;
        let (all, read) = images(&server).await;
        let ids: std::collections::BTreeSet<_> = all.iter().map(|i| &i.id).collect();
        assert_eq!((all.len(), ids.len()), (250, 250), "{total}");
        match total == 251 {
            true => {
                let told = read.unwrap_err().message.render(Lang::EN);
                assert_eq!(told, "the cloud says that there are 251 rows and sent 250");
            }
            false => assert_eq!(read, Ok(250), "{total}"),
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_repeating_list_ends_and_is_reported() {
    // A total that is never reached, and one that grows with each page.
    for grows in [false, true] {
        let server = cloud(move |asked, from| {
            let total = if grows { from + 200 } else { u64::MAX };
            let rows = |row: fn(u64) -> Value| (0..100).map(row).collect::<Vec<_>>();
            match asked.action() {
                "DescribeInstances" => body(json!({ "TotalCount": total, "InstanceSet": rows(instance) })),
                _ => body(json!({ "TotalCount": total, "ImageSet": rows(image) })),
            }
        })
        .await;
        let (all, read) = images(&server).await;
        assert_eq!((all.len(), read.unwrap_err().kind), (100, Kind::Incomplete));
        assert!(server.asked().len() <= 18, "{}", server.asked().len());
        for line in ["list shared", "list instances"] {
            let ran = run(&server, &format!("{line} -o json --region {REGION}")).await;
            assert_eq!((ran.status, rows(&ran)), (Some(5), 100), "{}", ran.err);
            assert!(ran.err.contains("The list is incomplete"), "{}", ran.err);
        }
    }
}

#[test]
fn the_console_shows_incomplete_lists_and_says_so() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let server = runtime.block_on(cloud(|asked, _| odd(asked)));
    let home = tempfile::tempdir().unwrap();
    let mut console = console(&server, &home);
    assert!(console.wait_until_quiet());
    let text = console.lines().join("\n");
    assert!(text.contains("name-1") && text.contains("name-2"), "{text}");
    assert!(text.contains("incomplete: 2 of 4 rows cannot be read"), "{text}");
    assert_eq!(console.state.facts.instances().count(), 2);
    // An incomplete read clears no fact.
    assert!(console.state.facts.images_known(&region()).is_err());
}

#[test]
fn the_console_ends_an_endless_list() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let list = |asked: &Asked, from| match asked.action() {
        "DescribeImages" => {
            body(json!({ "TotalCount": from + 1000, "ImageSet": (0..100).map(image).collect::<Vec<_>>() }))
        }
        _ => body(json!({ "TotalCount": 0, "InstanceSet": [], "SharePermissionSet": [] })),
    };
    let server = runtime.block_on(cloud(list));
    let home = tempfile::tempdir().unwrap();
    let mut console = console(&server, &home);
    assert!(console.wait_until_quiet());
    let text = console.lines().join("\n");
    assert!(text.contains("incomplete: the cloud says that there are 1000 rows and sent 100"), "{text}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unknown_region_is_named_with_a_suggestion() {
    let server = cloud(|_, _| body(json!({ "TotalCount": 0, "ImageSet": [] }))).await;
    let told = "the cloud has no region ap-guangzou; is ap-guangzhou meant?";
    for line in [
        "list images --region ap-guangzou",
        "list exposure --regions ap-shanghai,ap-guangzou",
        "check delete img-00000001 --region ap-guangzou",
    ] {
        let ran = run(&server, line).await;
        assert_eq!((ran.status, ran.err.contains(told)), (Some(2), true), "{line}: {}", ran.err);
    }
    for (region, told) in [
        ("ap-guangzou", told),
        ("us-west-2", "the cloud has no region us-west-2; cvmshare list regions --regions all shows"),
        ("Guangzhou", "TENCENTCLOUD_REGION has \"Guangzhou\", which is not a region code"),
    ] {
        let home = tempfile::tempdir().unwrap();
        let mut command = command(&server, &home);
        command.args(["list", "images"]).env("TENCENTCLOUD_REGION", region);
        let ran = ran(command).await;
        assert_eq!((ran.status, ran.err.contains(told)), (Some(2), true), "{region}: {}", ran.err);
    }
}

/// Starts a server that repeats the request in its errors and its rows.
async fn echo() -> Canned {
    Canned::answering(|asked| {
        let mut headers: Vec<String> = asked.headers.iter().map(|(n, v)| format!("{n}: {v}")).collect();
        headers.sort();
        let headers = headers.join(" ");
        let reply = match asked.action() {
            "DescribeImages" if asked.json()["Limit"] == 100 => {
                let mut row = image(1);
                (row["ImageName"], row["ImageDescription"]) = (TOKEN.into(), headers.into());
                json!({ "RequestId": TOKEN, "TotalCount": 1, "ImageSet": [row] })
            }
            _ => json!({ "RequestId": TOKEN, "Error": { "Code": format!("E.{TOKEN}"), "Message": headers } }),
        };
        Reply::Body(json!({ "Response": reply }).to_string())
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn echoed_requests_show_no_secrets() {
    let server = echo().await;
    let mut seen = String::new();
    for line in
        ["list images -o json", "list quota -o json", "doctor", "doctor -o json", "check delete img-00000001"]
    {
        let home = tempfile::tempdir().unwrap();
        let mut command = command(&server, &home);
        let log = home.path().join("log");
        command.args(line.split_whitespace()).args(["--region", REGION, "-v", "--log"]).arg(&log);
        let ran = ran(command).await;
        seen += &format!("{line}\n{}{}{}", ran.out, ran.err, std::fs::read_to_string(log).unwrap());
    }
    assert!(seen.contains("x-tc-token: [redacted]"), "{seen}");
    let mut secrets = vec![TOKEN.to_owned(), SECRET_ID.to_owned(), SECRET_KEY.to_owned()];
    secrets.extend(server.asked().iter().map(|asked| {
        let (_, signature) = asked.headers["authorization"].rsplit_once('=').unwrap();
        signature.to_owned()
    }));
    assert!(secrets.len() > 8);
    for secret in secrets {
        assert!(!seen.contains(&secret), "{secret} in {seen}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn long_messages_are_cut_off() {
    let server = Canned::answering(|_| {
        let message = "m".repeat(7 << 20);
        let error = json!({ "Code": "FailedOperation", "Message": message });
        let reply = json!({ "RequestId": "r".repeat(5000), "Error": error });
        Reply::Body(json!({ "Response": reply }).to_string())
    })
    .await;
    let error = client(&server, Duration::from_secs(5)).image_quota(&region()).await.unwrap_err();
    assert_eq!(error.message, format!("{}… (+6 MiB)", "m".repeat(500)).into());
    assert_eq!(error.request_id, Some(format!("{}… (+4 KiB)", "r".repeat(128))));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dripping_answer_times_out() {
    let server = Canned::answering(|_| Reply::Drip).await;
    let error = client(&server, Duration::from_millis(200)).image_quota(&region()).await.unwrap_err();
    assert_eq!((error.kind, server.asked().len()), (Kind::Timeout, 1));
}

/// The result reports what the cloud accepted, and claims nothing that could not be read back.
#[tokio::test(flavor = "multi_thread")]
async fn an_unread_cancel_is_not_reported_as_confirmed() {
    let cancelled = std::sync::atomic::AtomicBool::new(false);
    let server = cloud(move |asked, _| match asked.action() {
        "DescribeImages" => body(json!({ "TotalCount": 1, "ImageSet": [image(1)] })),
        "ModifyImageSharePermission" => {
            cancelled.store(true, std::sync::atomic::Ordering::SeqCst);
            body(json!({}))
        }
        "DescribeImageSharePermission" if cancelled.load(std::sync::atomic::Ordering::SeqCst) => {
            body(json!({ "SharePermissionSet": [{ "AccountId": "?" }] }))
        }
        _ => body(json!({ "SharePermissionSet":
            [{ "AccountId": "100000000002" }, { "AccountId": "100000000003" }] })),
    })
    .await;
    let ran =
        run(&server, "unshare img-00000001 --with 100000000002 --yes -o json --region ap-guangzhou").await;
    assert_eq!(ran.status, Some(5), "{}", ran.err);
    let told: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!((&told["cancelled"], &told["shared_with"]), (&json!(["100000000002"]), &Value::Null));
    assert!(ran.err.contains("1 of 1 rows cannot be read"), "{}", ran.err);
}

#[tokio::test(flavor = "multi_thread")]
async fn too_few_open_files_are_reported_without_a_panic() {
    let server = cloud(|_, _| body(json!({}))).await;
    let home = tempfile::tempdir().unwrap();
    let program = env!("CARGO_BIN_EXE_cvmshare");
    for (limit, lang, told) in [
        (6, "en", "only 6 files can be open at once, but 32 are needed; raise the limit with ulimit -n 256"),
        (16, "zh", "最多只能同时打开 16 个文件，至少需要 32 个"),
    ] {
        let mut shell = Command::new("/bin/sh");
        shell.env_clear().env("HOME", home.path()).env("CVMSHARE_ENDPOINT", &server.endpoint);
        shell.env("CVMSHARE_STATE_DIR", home.path()).env("CVMSHARE_CONFIG_DIR", home.path());
        shell.args(["-c", &format!("ulimit -n {limit}; exec {program} --lang {lang} list images")]);
        let ran = ran(shell).await;
        assert_eq!((ran.status, ran.err.contains(told)), (Some(1), true), "{}", ran.err);
        assert!(!ran.err.contains("panicked"), "{}", ran.err);
    }
}
