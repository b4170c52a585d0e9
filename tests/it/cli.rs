//! The commands of the binary against the built-in cloud, over HTTP.

use std::{
    io::{BufRead, BufReader, Read},
    process::{Command, Output, Stdio},
};

use cvmshare::{
    emulator::{self, Options, Running},
    model::Region,
};
use serde_json::{Value, json};

use crate::{
    canned::{Canned, dated},
    client_cloud::{client, control},
    credentials::{metadata, role_keys},
    emulator_client::{ACME, QUAY, still},
};

/// Returns the program in an empty environment: no home directory, no configuration, no credentials.
pub fn program(home: &std::path::Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cvmshare"));
    command.env_clear().env("HOME", home).env("CVMSHARE_CONFIG_DIR", home).env("CVMSHARE_STATE_DIR", home);
    // Tests use no network beyond this machine.
    command.stdin(Stdio::null()).arg("--metadata=off");
    command
}

pub struct Desk {
    pub cloud: Running,
    pub home: tempfile::TempDir,
}

impl Desk {
    pub async fn new(faults: &[&str]) -> Self {
        Self::with_options(still(), faults).await
    }

    /// Starts a built-in cloud with these options.
    pub async fn with_options(mut options: emulator::Options, faults: &[&str]) -> Self {
        options.faults = faults.iter().map(|f| f.parse().unwrap()).collect();
        Self { cloud: emulator::start(options).await.unwrap(), home: tempfile::tempdir().unwrap() }
    }

    pub fn program(&self, who: &str) -> Command {
        let account = self.cloud.accounts.iter().find(|a| a.uin.as_str() == who).unwrap();
        let mut command = program(self.home.path());
        command
            .env("CVMSHARE_ENDPOINT", &self.cloud.endpoint)
            .env("TENCENTCLOUD_SECRET_ID", &account.secret_id)
            .env("TENCENTCLOUD_SECRET_KEY", &account.secret_key);
        command
    }

    pub async fn run(&self, who: &str, line: &str) -> Ran {
        let mut command = self.program(who);
        command.args(line.split_whitespace());
        ran(command).await
    }

    pub async fn image(&self, at: &str, name: &str) -> String {
        let at: Region = at.parse().unwrap();
        client(&self.cloud, ACME).own_named(&at, name).await.unwrap().unwrap().id.to_string()
    }
}

impl Desk {
    /// Returns the id of the own image with this number of shares.
    pub async fn shared_with(&self, accounts: u64) -> String {
        self.found("images", |r| r["share_count"] == accounts).await
    }

    /// Returns the id of an image received in a region.
    pub async fn received(&self, region: &str) -> String {
        self.found("shared", |r| r["region"] == region).await
    }

    async fn found(&self, what: &str, so: impl Fn(&Value) -> bool) -> String {
        let rows = self.run(ACME, &format!("list {what} -o json")).await.json();
        rows.as_array().unwrap().iter().find(|r| so(r)).unwrap()["id"].as_str().unwrap().to_owned()
    }
}

#[derive(Debug)]
pub struct Ran {
    pub status: Option<i32>,
    pub out: String,
    pub err: String,
}

impl Ran {
    pub fn json(&self) -> Value {
        assert_eq!(self.err, "", "{self:?}");
        serde_json::from_str(&self.out).unwrap()
    }
}

pub async fn ran(mut command: Command) -> Ran {
    // The cloud runs on this runtime, so waiting must not block it.
    let Output { status, stdout, stderr } =
        tokio::task::spawn_blocking(move || command.output().unwrap()).await.unwrap();
    Ran {
        status: status.code(),
        out: String::from_utf8(stdout).unwrap(),
        err: String::from_utf8(stderr).unwrap(),
    }
}

fn keys(row: &Value) -> Vec<&str> {
    row.as_object().unwrap().keys().map(String::as_str).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn lists_have_fixed_json_shapes() {
    let desk = Desk::new(&[]).await;
    let golden = desk.image("ap-guangzhou", "golden-web-7").await;
    let images = desk.run(ACME, "list images -o json").await;
    let rows = images.json();
    let row = rows.as_array().unwrap().iter().find(|r| r["id"] == golden.as_str()).unwrap();
    assert_eq!(
        row,
        &json!({
            "id": golden, "name": "golden-web-7",
            "description": "Web tier, November patch set. nginx 1.28, node 24, agent 3.2.",
            "region": "ap-guangzhou", "state": "NORMAL", "kind": "own", "size_gib": 50,
            "os": "Ubuntu Server 24.04 LTS 64bit", "arch": "x86_64", "created_at": row["created_at"],
            "creator": ACME, "sync_percent": null, "share_count": 3
        })
    );
    assert!(row["created_at"].as_str().unwrap().parse::<jiff::Timestamp>().is_ok());
    let copying = rows.as_array().unwrap().iter().find(|r| r["state"] == "SYNCING").unwrap();
    assert_eq!((&copying["sync_percent"], &copying["share_count"]), (&json!(42), &json!(null)));

    let shared = desk.run(ACME, "list shared -o json").await.json();
    assert_eq!(shared.as_array().unwrap().len(), 2);
    assert_eq!((&shared[0]["kind"], &shared[0]["share_count"]), (&json!("received"), &json!(null)));
    assert_eq!(keys(&shared[0]), keys(row));

    let regions = desk.run(ACME, "list regions -o json --regions ap-guangzhou,ap-tokyo").await.json();
    assert_eq!(
        regions,
        json!([
            { "region": "ap-guangzhou", "name": "South China (Guangzhou)", "group": "mainland", "available": true,
              "own_images": 7, "received_images": 1, "quota": 10, "instances": 4 },
            { "region": "ap-tokyo", "name": "Northeast Asia (Tokyo)", "group": "overseas", "available": true,
              "own_images": 0, "received_images": 0, "quota": 10, "instances": 0 },
        ])
    );

    let book = "[accounts]\n\"100000000003\" = \"Quay Labs\"\n";
    std::fs::write(desk.home.path().join("config.toml"), book).unwrap();
    let shares = desk.run(ACME, &format!("list shares {golden} -o json")).await.json();
    assert_eq!(shares.as_array().unwrap().len(), 3);
    let quay = shares.as_array().unwrap().iter().find(|s| s["account"] == QUAY).unwrap();
    assert_eq!((keys(quay), &quay["label"]), (vec!["account", "label", "since"], &json!("Quay Labs")));

    let quota = desk.run(ACME, "list quota --region ap-guangzhou -o csv").await;
    assert_eq!(quota.out, "region,own_images,quota,free\nap-guangzhou,7,10,3\n");
    let others = shares.as_array().unwrap().iter().filter(|s| s["account"] != QUAY);
    assert!(others.map(|s| &s["label"]).all(Value::is_null));
    let instances = desk.run(ACME, "list instances -o json").await.json();
    assert_eq!(instances.as_array().unwrap().len(), 5);
}

#[tokio::test(flavor = "multi_thread")]
async fn verdicts_have_fixed_json_shapes_and_exit_statuses() {
    let desk = Desk::new(&[]).await;
    let golden = desk.image("ap-guangzhou", "golden-web-7").await;
    let blocked = desk.run(ACME, &format!("check delete {golden} -o json")).await;
    assert_eq!(
        blocked.json(),
        json!({
            "action": "delete",
            "verdict": "blocked",
            "reasons": [{
                "code": "delete.shared",
                "text": "golden-web-7 is shared with 3 accounts; cancel all shares first.",
                "args": { "name": "golden-web-7", "shared": 3 },
                "remedy": {
                    "kind": "do",
                    "action": { "action": "unshare", "image": golden, "which": "all" },
                    "text": "cancel all shares, then delete"
                },
                "doc": "https://www.tencentcloud.com/document/product/213/17348"
            }],
            "notes": [{
                "code": "delete.instances",
                "text": "1 instance made from golden-web-7 keeps running."
            }, {
                "code": "delete.snapshots",
                "text": "1 snapshot of 50 GiB will be kept and billed, unless deleted with it."
            }],
            "acknowledge": [{
                "code": "delete.type-name",
                "text": "Deleting cannot be undone. Type the image's name, golden-web-7, to continue."
            }],
            "missing": []
        })
    );
    assert_eq!(blocked.status, Some(3));
    let order = ["\"action\"", "\"verdict\"", "\"reasons\"", "\"notes\"", "\"acknowledge\"", "\"missing\""]
        .map(|key| blocked.out.find(&format!("\n  {key}")).unwrap());
    assert!(order.is_sorted());

    let allowed =
        desk.run(ACME, &format!("check share {golden} --with 100000000002@ap-guangzhou --read-only")).await;
    assert_eq!((allowed.status, allowed.out.contains("[mode.read-only]")), (Some(3), true));
    let free = desk.image("ap-guangzhou", "base-ubuntu-24").await;
    let allowed = desk.run(ACME, &format!("check share {free} --with 100000000002 -o json")).await;
    assert_eq!((allowed.status, &allowed.json()["verdict"]), (Some(0), &json!("allowed")));
    assert_eq!(allowed.json()["acknowledge"][0]["code"], "share.leak");

    let unknown = desk.run(ACME, "check delete img-zzzzzzzz -o json").await;
    assert_eq!(unknown.status, Some(4));
    let document: Value = serde_json::from_str(&unknown.out).unwrap();
    assert_eq!(
        (&document["verdict"], &document["missing"]),
        (&json!("unknown"), &json!(["image img-zzzzzzzz"]))
    );
    assert!(unknown.err.contains("--region"), "{}", unknown.err);

    let chinese = desk.run(ACME, &format!("check delete {golden} --lang zh")).await;
    assert!(chinese.out.contains("golden-web-7 还共享给 3 个账号"), "{}", chinese.out);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unknown_verdict_names_the_missing_facts() {
    let desk = Desk::new(&["DescribeImageSharePermission*=error:InternalError"]).await;
    let golden = desk.image("ap-guangzhou", "golden-web-7").await;
    let got = desk.run(ACME, &format!("check delete {golden} -o json")).await;
    let document: Value = serde_json::from_str(&got.out).unwrap();
    assert_eq!((got.status, &document["missing"]), (Some(4), &json!([format!("shares {golden}")])));
    assert!(
        got.err.contains("DescribeImageSharePermission in ap-guangzhou") && got.err.contains("InternalError"),
        "{}",
        got.err
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_failed_region_is_named_and_the_others_are_printed() {
    let desk = Desk::new(&["DescribeImages@ap-tokyo*=error:InvalidParameter"]).await;
    let got = desk.run(ACME, "list images -o json").await;
    assert_eq!(got.status, Some(5));
    assert_eq!(serde_json::from_str::<Value>(&got.out).unwrap().as_array().unwrap().len(), 16);
    assert!(got.err.starts_with("cvmshare: DescribeImages in ap-tokyo: "), "{}", got.err);
    assert!(got.err.contains("(InvalidParameter, request "), "{}", got.err);
    let all = desk.run(ACME, "list images --regions ap-tokyo").await;
    assert_eq!((all.status, all.out.as_str()), (Some(1), ""));
}

#[tokio::test(flavor = "multi_thread")]
async fn names_with_control_characters_are_neutralised() {
    let desk = Desk::new(&[]).await;
    let at: Region = "ap-guangzhou".parse().unwrap();
    let id = desk.image("ap-guangzhou", "base-ubuntu-24").await;
    let hostile = "\u{1b}]0;owned\u{7}\u{9b}2J\u{202e}x";
    client(&desk.cloud, ACME).modify_image(&at, &id.parse().unwrap(), Some(hostile), None).await.unwrap();
    for line in [
        "list images",
        "list images -o json",
        &format!("check delete {id}"),
        &format!("check delete {id} -o json"),
    ] {
        let got = desk.run(ACME, line).await;
        let bad = |c: char| c != '\n' && (c.is_control() || c == '\u{202e}');
        assert!(!got.out.contains(bad) && got.out.contains("owned"), "{line}: {:?}", got.out);
    }
    let rows = desk.run(ACME, "list images -o json").await.json();
    assert!(rows.as_array().unwrap().iter().any(|r| r["name"] == hostile));
}

#[tokio::test(flavor = "multi_thread")]
async fn bad_credentials_exit_with_six_and_name_the_fix() {
    let home = tempfile::tempdir().unwrap();
    let mut command = program(home.path());
    command.args(["list", "images"]);
    let none = ran(command).await;
    assert_eq!((none.status, none.out.as_str()), (Some(6), ""));
    for said in
        ["TENCENTCLOUD_SECRET_ID", "~/.tccli/default.credential", "~/.tencentcloud/credentials", "--demo"]
    {
        assert!(none.err.contains(said), "{said}: {}", none.err);
    }
    let desk = Desk::new(&[]).await;
    let mut command = desk.program(ACME);
    command.env("TENCENTCLOUD_SECRET_KEY", "hush-hush").args(["list", "images", "-v"]);
    let wrong = ran(command).await;
    assert_eq!((wrong.status, wrong.out.as_str()), (Some(6), ""));
    for said in ["AuthFailure.SignatureFailure", "request ", "Check the key pair", "--demo"] {
        assert!(wrong.err.contains(said), "{said}: {}", wrong.err);
    }
    assert!(!wrong.err.contains("hush"), "{}", wrong.err);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_missing_permission_is_named_with_its_administrator_and_other_profiles() {
    let desk = Desk::new(&["DescribeImageQuota*=error:AuthFailure.UnauthorizedOperation"]).await;
    let config = "default_profile = \"a\"\n[profiles.a]\n[profiles.ops]\n";
    std::fs::write(desk.home.path().join("config.toml"), config).unwrap();
    for (lang, said) in [
        (
            "en",
            [
                "cvmshare: DescribeImageQuota in ap-guangzhou: permission name/cvm:DescribeImageQuota is missing \
                 (AuthFailure.UnauthorizedOperation, request ",
                ")\nAsk the account's administrator to grant it, or use another profile with --profile: ops\n",
            ],
        ),
        (
            "zh",
            [
                "cvmshare: DescribeImageQuota（ap-guangzhou）：缺少权限：name/cvm:DescribeImageQuota\
                 （AuthFailure.UnauthorizedOperation，请求 ",
                "）\n请联系账号管理员授予该权限，或用 --profile 换用其他配置：ops\n",
            ],
        ),
    ] {
        let got = desk.run(ACME, &format!("list quota --region ap-guangzhou --lang {lang}")).await;
        assert_eq!((got.status, got.out.as_str()), (Some(1), ""));
        assert!(got.err.starts_with(said[0]) && got.err.ends_with(said[1]), "{}", got.err);
    }
}

/// Returns the program without `--metadata=off`, with its metadata service at an address.
fn with_metadata(home: &std::path::Path, address: &str, line: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cvmshare"));
    command.env_clear().env("HOME", home).env("CVMSHARE_CONFIG_DIR", home).env("CVMSHARE_STATE_DIR", home);
    command.stdin(Stdio::null()).args(["--metadata", address]).args(line.split_whitespace());
    command
}

#[tokio::test(flavor = "multi_thread")]
async fn the_role_of_the_machine_is_the_last_source_of_credentials() {
    let desk = crate::emulator_client::Desk::new(Options::default()).await;
    let home = tempfile::tempdir().unwrap();
    let keys = role_keys(&desk, ACME, "ImageAuditor").await.to_string();
    let here = metadata(vec![("", Some("ImageAuditor".into())), ("ImageAuditor", Some(keys))]).await;
    let line = format!("--endpoint {} list quota --region ap-guangzhou -o csv", desk.cloud.endpoint);
    for more in ["", " --profile cvm-role"] {
        let ran = ran(with_metadata(home.path(), &here, &(line.clone() + more))).await;
        assert_eq!(
            (ran.status, ran.out.as_str(), ran.err.as_str()),
            (Some(0), "region,own_images,quota,free\nap-guangzhou,7,10,3\n", "")
        );
    }
    let nowhere = metadata(vec![]).await;
    let none = ran(with_metadata(home.path(), &nowhere, &line)).await;
    assert_eq!((none.status, none.out.as_str()), (Some(6), ""));
    assert!(none.err.contains("the metadata service of this machine\nRun tccli configure"), "{}", none.err);
    // The metadata service cannot be on another machine.
    for bad in ["http://10.0.0.1:80", "http://metadata.example.com", "https://127.0.0.1:1", ""] {
        let refused = ran(with_metadata(home.path(), bad, &line)).await;
        assert_eq!((refused.status, refused.out.as_str()), (Some(2), ""), "{bad}");
    }
    let help = ran(with_metadata(home.path(), "off", "--help")).await;
    assert!(!help.out.contains("metadata"), "{}", help.out);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clock_that_breaks_signatures_is_reported() {
    let error =
        json!({ "Error": { "Code": "AuthFailure.SignatureExpire", "Message": "expired" }, "RequestId": "r" });
    let server = Canned::always(dated(3600, &error)).await;
    let home = tempfile::tempdir().unwrap();
    for (lang, said) in [
        ("en", " s behind the cloud's; signatures fail from 300 s; set the clock"),
        ("zh", "本机时钟比云端慢"),
    ] {
        let mut command = program(home.path());
        command.args([
            "--lang",
            lang,
            "--endpoint",
            &server.endpoint,
            "list",
            "quota",
            "--region",
            "ap-guangzhou",
        ]);
        command.env("TENCENTCLOUD_SECRET_ID", "id").env("TENCENTCLOUD_SECRET_KEY", "key");
        let ran = ran(command).await;
        assert_eq!((ran.status, ran.out.as_str()), (Some(6), ""));
        assert!(ran.err.contains(said) && ran.err.contains("AuthFailure.SignatureExpire"), "{}", ran.err);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn usage_and_configuration_errors_exit_with_two() {
    let home = tempfile::tempdir().unwrap();
    let run = async |line: &str| {
        let mut command = program(home.path());
        command.args(line.split_whitespace());
        ran(command).await
    };
    for (line, said) in [
        ("list", "Usage"),
        ("list everything", "everything"),
        ("check delete golden-web-7", "is not an image ID such as img-6pb6lrmy"),
        ("check launch img-6pb6lrmy --zone moon", "is not a zone"),
        ("list images --regions moon", "is not a region code"),
        ("launch img-6pb6lrmy --zone moon --type S5.MEDIUM4", "is not a zone"),
        ("launch img-6pb6lrmy --zone ap-tokyo-1 --type S5.MEDIUM4 --vpc vpc-1", "--subnet"),
        ("rename img-6pb6lrmy", "--name"),
        ("apply wanted.toml --prune=some", "some"),
        ("plan wanted.toml --changed-status 0", "--changed-status"),
        ("completions tcsh", "tcsh"),
        ("--demo --endpoint http://127.0.0.1:1 list images", "cannot be used with"),
        ("--demo --profile nobody list images", "no profile \"nobody\"; profiles: acme, borealis, quay"),
        ("--demo --speed 0 list images", "give a number above 0"),
        ("emulate --listen 0.0.0.0:0", "only on loopback addresses"),
        ("emulate --fault DescribeImages=explode", "is not a fault"),
        ("emulate --quirk x", "is not a quirk"),
        ("", "cvmshare list images -o json"),
    ] {
        let got = run(line).await;
        assert_eq!((got.status, got.out.as_str()), (Some(2), ""), "{line}: {got:?}");
        assert!(got.err.contains(said), "{line}: {}", got.err);
    }
    std::fs::write(home.path().join("config.toml"), "[profiles.prod]\ncolour = \"red\"\n").unwrap();
    let got = run("list images").await;
    assert_eq!(got.status, Some(2));
    assert!(got.err.contains("config.toml:2: profiles.prod.colour: unknown field"), "{}", got.err);
    let mut command = program(home.path());
    std::fs::remove_file(home.path().join("config.toml")).unwrap();
    command.env("TENCENTCLOUD_SECRET_ID", "x").env("TENCENTCLOUD_SECRET_KEY", "y").args([
        "list",
        "images",
        "--endpoint",
        "http://cvm.example.com",
    ]);
    let plain = ran(command).await;
    assert_eq!(plain.status, Some(2));
    assert!(plain.err.contains("plain http"), "{}", plain.err);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_demo_needs_no_configuration() {
    let home = tempfile::tempdir().unwrap();
    let run = async |line: &str| {
        let mut command = program(home.path());
        command.args(line.split_whitespace());
        ran(command).await
    };
    let images = run("--demo list images -o json").await;
    assert_eq!((images.status, images.json().as_array().unwrap().len()), (Some(0), 16));
    let received = run("list shared --demo --profile borealis").await;
    assert_eq!((received.status, received.out.contains("golden-web-6")), (Some(0), true), "{received:?}");
    assert_eq!(std::fs::read_dir(home.path()).unwrap().count(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_closed_pipe_is_not_an_error() {
    let desk = Desk::new(&[]).await;
    let mut child = desk
        .program(ACME)
        .args(["list", "images", "-o", "json"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let (status, err) = tokio::task::spawn_blocking(move || {
        let mut err = String::new();
        child.stderr.take().unwrap().read_to_string(&mut err).unwrap();
        (child.wait().unwrap().code(), err)
    })
    .await
    .unwrap();
    assert_eq!((status, err.as_str()), (Some(0), ""));
}

#[test]
fn the_server_reports_readiness_and_serves_other_processes() {
    let home = tempfile::tempdir().unwrap();
    let mut server = program(home.path())
        .args(["emulate", "--ready-json", "--scene", "big", "--images", "40", "--rules", "current"])
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(server.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let ready: Value = serde_json::from_str(&line).unwrap();
    assert_eq!(keys(&ready["accounts"][0]), ["kind", "name", "secret_id", "secret_key", "uin"]);
    std::fs::write(home.path().join("config.toml"), "[profiles.lab]\ncredentials = \"demo:100000000001\"\n")
        .unwrap();
    let got = program(home.path())
        .args([
            "--endpoint",
            ready["endpoint"].as_str().unwrap(),
            "list",
            "quota",
            "--region",
            "ap-guangzhou",
            "-o",
            "json",
        ])
        .output()
        .unwrap();
    server.kill().unwrap();
    server.wait().unwrap();
    assert_eq!(got.status.code(), Some(0), "{got:?}");
    assert_eq!(serde_json::from_slice::<Value>(&got.stdout).unwrap()[0]["quota"], 500);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_log_is_private_and_has_no_secrets() {
    use std::os::unix::fs::PermissionsExt;
    let desk = Desk::new(&[]).await;
    let log = desk.home.path().join("run.log");
    control(&desk.cloud, "faults", json!(["DescribeImages@ap-tokyo*=error:InternalError"])).await;
    let got = desk.run(ACME, &format!("list images -v --log {}", log.display())).await;
    assert_eq!(got.status, Some(5));
    let text = std::fs::read_to_string(&log).unwrap();
    assert!(text.contains("DescribeImages") && text.contains("InternalError"), "{text}");
    assert!(!text.contains("demo-key") && !text.contains("Signature"), "{text}");
    assert_eq!(std::fs::metadata(&log).unwrap().permissions().mode() & 0o777, 0o600);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_role_that_cannot_be_assumed_exits_with_six() {
    let desk = Desk::new(&[]).await;
    let mut command = desk.program(ACME);
    command.env("TENCENTCLOUD_ROLE_ARN", format!("qcs::cam::uin/{ACME}:roleName/Nobody"));
    command.args(["list", "quota", "--region", "ap-guangzhou"]);
    let ran = ran(command).await;
    assert_eq!((ran.status, ran.out.as_str()), (Some(6), ""));
    assert!(ran.err.starts_with("cvmshare: AssumeRole in ap-guangzhou: The role `"), "{}", ran.err);
}

#[tokio::test(flavor = "multi_thread")]
async fn requests_ask_for_the_users_language() {
    let desk = Desk::new(&[]).await;
    for (lang, name) in [("en", "South China (Guangzhou)"), ("zh", "华南地区(广州)")] {
        let line = format!("list regions -o json --regions ap-guangzhou --lang {lang}");
        assert_eq!(desk.run(ACME, &line).await.json()[0]["name"], name);
    }
}
