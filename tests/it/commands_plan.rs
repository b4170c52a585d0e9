//! `plan` and `apply`: many images, regions and accounts declared in one file.

use std::process::Stdio;

use cvmshare::emulator::Options;
use serde_json::{Value, json};

use crate::{
    cli::{Desk, Ran},
    commands::{document, writes},
    emulator_client::{ACME, BOREALIS, QUAY},
};

const VIEW: &str = "--regions ap-guangzhou,ap-shanghai,ap-beijing --speed 1000";
/// Copied to Beijing for Quay, and shared in its own region with Borealis.
const BASE: &str = r#"
[[images]]
image = "base-ubuntu-24"
region = "ap-guangzhou"
with = ["100000000002", "100000000003@ap-beijing"]
"#;

struct Bench {
    desk: Desk,
}

impl Bench {
    async fn new(faults: &[&str]) -> Self {
        Self { desk: Desk::with_options(Options { speed: 20_000.0, ..Options::default() }, faults).await }
    }

    /// Runs a command with a plan file of this content.
    async fn on(&self, text: &str, line: &str) -> Ran {
        std::fs::write(self.desk.home.path().join("wanted.toml"), text).unwrap();
        let mut command = self.desk.program(ACME);
        command.current_dir(self.desk.home.path());
        let (what, more) = line.split_once(' ').unwrap_or((line, ""));
        command.arg(what).arg("wanted.toml").args(more.split_whitespace()).args(VIEW.split(' '));
        crate::cli::ran(command).await
    }

    async fn shared_with(&self, image: &str) -> Vec<String> {
        let list = self.desk.run(ACME, &format!("list shares {image} -o json {VIEW}")).await.json();
        let mut all: Vec<String> =
            list.as_array().unwrap().iter().map(|s| s["account"].as_str().unwrap().to_owned()).collect();
        all.sort();
        all
    }
}

/// Returns the steps as sorted lines of `step what region account`.
fn steps(document: &Value) -> Vec<String> {
    let mut all = Vec::new();
    for image in document["images"].as_array().unwrap() {
        for c in image["copies"].as_array().unwrap() {
            all.push(format!("{} {}", c["step"], c["region"]));
        }
        for s in image["shares"].as_array().unwrap() {
            all.push(format!("{} {} {} {}", s["step"], s["region"], s["account"], s["ours"]));
        }
    }
    all.iter().map(|line| line.replace('"', "")).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_plan_shows_the_difference_and_changes_nothing() {
    let bench = Bench::new(&[]).await;
    let base = bench.desk.image("ap-guangzhou", "base-ubuntu-24").await;
    let got = bench.on(BASE, "plan -o json").await;
    assert_eq!(got.status, Some(0));
    assert_eq!(
        got.json(),
        json!({
            "state": "planned",
            "changes": 3,
            "images": [{
                "line": 3,
                "image_id": base,
                "name": "base-ubuntu-24",
                "region": "ap-guangzhou",
                "copies": [
                    { "region": "ap-guangzhou", "image_id": base, "name": "base-ubuntu-24", "step": "there" },
                    { "region": "ap-beijing", "image_id": null, "name": "base-ubuntu-24", "step": "add" },
                ],
                "shares": [
                    { "region": "ap-guangzhou", "image_id": base, "account": BOREALIS, "step": "add", "ours": false },
                    { "region": "ap-beijing", "image_id": null, "account": QUAY, "step": "add", "ours": false },
                ],
                "findings": []
            }],
            "jobs": [],
            "cancelled": [],
            "error": null
        })
    );
    let changed = bench.on(BASE, "plan --changed-status 42").await;
    assert_eq!(changed.status, Some(42));
    assert!(changed.err.contains("3 to add, 1 already shared, 0 not in the file"), "{}", changed.err);
    let csv = bench.on(BASE, "plan -o csv").await;
    assert_eq!(
        csv.out.lines().collect::<Vec<_>>(),
        [
            "step,what,name,region,image_id,account,ours",
            &format!("there,image,base-ubuntu-24,ap-guangzhou,{base},,"),
            "add,copy,base-ubuntu-24,ap-beijing,,,",
            &format!("add,share,base-ubuntu-24,ap-guangzhou,{base},100000000002,false"),
            "add,share,base-ubuntu-24,ap-beijing,,100000000003,false",
        ]
    );
    assert_eq!(writes(&bench.desk).await, [""; 0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn applying_twice_changes_nothing() {
    let bench = Bench::new(&[]).await;
    let asked = bench.on(BASE, "apply -o json").await;
    assert_eq!((asked.status, &document(&asked)["error"]["code"]), (Some(2), &json!("usage")));
    let dry = bench.on(BASE, "apply --dry-run -o json").await;
    assert_eq!((dry.status, &dry.json()["state"]), (Some(0), &json!("planned")));
    assert_eq!(writes(&bench.desk).await, [""; 0]);

    let first = bench.on(BASE, "apply --yes --changed-status 42 -o json").await;
    let got = document(&first);
    assert_eq!(
        (first.status, &got["state"], &got["changes"]),
        (Some(42), &json!("done"), &json!(3)),
        "{}",
        first.err
    );
    assert_eq!(got["jobs"].as_array().unwrap().len(), 1);
    let before = writes(&bench.desk).await;
    assert_eq!(before.iter().filter(|a| *a == "SyncImages").count(), 1);

    let second = bench.on(BASE, "apply --yes --prune=all --changed-status 42 -o json").await;
    let got = second.json();
    assert_eq!((second.status, &got["state"], &got["changes"]), (Some(0), &json!("same"), &json!(0)));
    assert_eq!(
        steps(&got),
        [
            "there ap-guangzhou",
            "there ap-beijing",
            "there ap-guangzhou 100000000002 true",
            "there ap-beijing 100000000003 true"
        ]
    );
    assert_eq!(writes(&bench.desk).await, before);
}

#[tokio::test(flavor = "multi_thread")]
async fn pruning_cancels_own_shares_and_others_only_on_request() {
    let bench = Bench::new(&[]).await;
    assert_eq!(bench.on(BASE, "apply --yes").await.status, Some(0));
    let beijing = bench.desk.image("ap-beijing", "base-ubuntu-24").await;
    let golden = bench.desk.image("ap-guangzhou", "golden-web-7").await;
    // The file no longer names Quay, and so not Beijing; another user shared golden-web-7.
    let less = r#"
[[images]]
image = "base-ubuntu-24"
region = "ap-guangzhou"
with = ["100000000002"]

[[images]]
image = "golden-web-7"
with = ["100000000003"]
"#;
    let wanted = [
        "there ap-guangzhou",
        "there ap-guangzhou 100000000002 true",
        "extra ap-beijing 100000000003 true",
        "there ap-guangzhou",
        "there ap-guangzhou 100000000003 false",
        "extra ap-guangzhou 100000000004 false",
        "extra ap-guangzhou 100000000105 false",
    ];
    let kept = bench.on(less, "apply --yes -o json").await;
    assert_eq!(
        (kept.status, &kept.json()["state"], steps(&kept.json())),
        (Some(0), &json!("same"), wanted.map(str::to_owned).to_vec())
    );
    assert_eq!(bench.shared_with(&beijing).await, [QUAY]);

    let pruned = bench.on(less, "apply --yes --prune -o json").await;
    assert_eq!(
        (pruned.status, &document(&pruned)["cancelled"]),
        (Some(0), &json!([{ "region": "ap-beijing", "image_id": beijing, "account": QUAY }])),
        "{}",
        pruned.err
    );
    assert_eq!(bench.shared_with(&beijing).await, [""; 0]);
    assert_eq!(bench.shared_with(&golden).await.len(), 3);

    let asked = bench.on(less, "apply --prune=all").await;
    assert_eq!(asked.status, Some(2));
    assert!(asked.err.contains("[unshare.foreign]"), "{}", asked.err);
    assert_eq!(bench.on(less, "apply --yes --prune=all").await.status, Some(0));
    assert_eq!(bench.shared_with(&golden).await, [QUAY]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_similar_image_is_the_copy_only_if_the_file_says_so() {
    let bench = Bench::new(&[]).await;
    let file = "[[images]]\nimage = \"golden-web-6\"\nregion = \"ap-guangzhou\"\nregions = [\"ap-shanghai\"]\nwith = [\"100000000002\"]\n";
    let blocked = bench.on(file, "apply --yes -o json").await;
    let got = document(&blocked);
    assert_eq!((blocked.status, &got["state"]), (Some(3), &json!("blocked")));
    assert_eq!(got["images"][0]["findings"][0]["code"], "copy.name-taken");
    assert!(blocked.err.contains("reuse = true"), "{}", blocked.err);
    assert_eq!(writes(&bench.desk).await, [""; 0]);
    let told = bench.on(&format!("{file}reuse = true\n"), "apply --yes -o json").await;
    assert_eq!((told.status, &document(&told)["changes"]), (Some(0), &json!(1)), "{}", told.err);
    assert_eq!(writes(&bench.desk).await, ["ModifyImageSharePermission"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_plan_file_that_contradicts_the_cloud_exits_with_two() {
    let bench = Bench::new(&[]).await;
    let base = bench.desk.image("ap-guangzhou", "base-ubuntu-24").await;
    let received = bench.desk.received("ap-guangzhou").await;
    let one = |image: &str, more: &str| format!("[[images]]\nimage = \"{image}\"\n{more}\n");
    let with = "with = [\"100000000002\"]";
    for (text, said) in [
        (
            one("nothing-here", with),
            "wanted.toml:2: no own image nothing-here in ap-guangzhou, ap-shanghai, ap-beijing\nCorrect the name",
        ),
        (one("golden-web-6", with), "wanted.toml:2: golden-web-6 is ambiguous: img-"),
        (one(&received, with), &format!("wanted.toml:2: {received} belongs to another account\n")),
        (
            one("base-ubuntu-24", &format!("region = \"ap-guangzhou\"\n{with}")) + &one(&base, with),
            &format!("wanted.toml:6: {base} is {base}, which is already declared in line 2\nMerge"),
        ),
        (
            one("golden-web-6", "region = \"ap-guangzhou\"\nregions = [\"ap-chengdu\"]")
                + &one("golden-web-6", "region = \"ap-shanghai\"\nregions = [\"ap-chengdu\"]"),
            "wanted.toml:6: its copy in ap-chengdu would have the name golden-web-6, as would the copy of line 2\nRemove",
        ),
        (
            one("base-ubuntu-24", "with = [\"eu\"]"),
            "wanted.toml:3: \"eu\" is neither an account ID nor a known name",
        ),
    ] {
        for command in ["plan", "apply --yes --prune"] {
            let got = bench.on(&text, command).await;
            assert_eq!((got.status, got.out.as_str()), (Some(2), ""), "{text}");
            assert!(got.err.contains(said), "{text}\n{}", got.err);
        }
    }
    let gone = bench.desk.run(ACME, "plan /nowhere/at-all.toml").await;
    assert_eq!(gone.status, Some(2));
    assert!(gone.err.contains("/nowhere/at-all.toml"), "{}", gone.err);
    assert_eq!(writes(&bench.desk).await, [""; 0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn failures_are_reported_and_nothing_is_cancelled_after_them() {
    let bench = Bench::new(&["ModifyImageSharePermission@ap-beijing*=error:OverQuota"]).await;
    let both = format!("{BASE}\n[[images]]\nimage = \"golden-web-7\"\nwith = [\"100000000003\"]\n");
    let partial = bench.on(&both, "apply --yes --prune=all -o json").await;
    let got = document(&partial);
    assert_eq!(
        (partial.status, &got["state"], &got["cancelled"]),
        (Some(5), &json!("partial"), &json!([])),
        "{got}"
    );
    assert_eq!(got["changes"], 2);
    assert!(partial.err.contains("no shares were cancelled"), "{}", partial.err);
    let golden = bench.desk.image("ap-guangzhou", "golden-web-7").await;
    assert_eq!(bench.shared_with(&golden).await.len(), 3);
    let reader = bench.on(BASE, "apply --yes --read-only -o json").await;
    assert_eq!((reader.status, &document(&reader)["state"]), (Some(3), &json!("blocked")));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_example_applies_to_the_demo_and_stdin_works_as_a_file() {
    let bench = Bench::new(&[]).await;
    let example = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/plan.toml")).unwrap();
    let mut command = bench.desk.program(ACME);
    command.args(["plan", "-", "-o", "json"]).args(VIEW.split(' '));
    let home = bench.desk.home.path().join("example.toml");
    std::fs::write(&home, example).unwrap();
    command.stdin(Stdio::from(std::fs::File::open(&home).unwrap()));
    let got = crate::cli::ran(command).await;
    let document = document(&got);
    assert_eq!((got.status, &document["state"]), (Some(0), &json!("planned")), "{}", got.err);
    assert_eq!(document["images"].as_array().unwrap().len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_interrupted_apply_continues_the_next_time() {
    // Copies end only when the clock is advanced.
    let bench = Bench { desk: Desk::new(&[]).await };
    std::fs::write(bench.desk.home.path().join("wanted.toml"), BASE).unwrap();
    let mut command = bench.desk.program(ACME);
    command.current_dir(bench.desk.home.path()).args(["apply", "wanted.toml", "--yes"]).args(VIEW.split(' '));
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    let child = command.spawn().unwrap();
    while !writes(&bench.desk).await.contains(&"ModifyImageSharePermission".to_owned()) {
        tokio::task::yield_now().await;
    }
    let pid = rustix::process::Pid::from_raw(i32::try_from(child.id()).unwrap()).unwrap();
    rustix::process::kill_process(pid, rustix::process::Signal::INT).unwrap();
    let output = tokio::task::spawn_blocking(move || child.wait_with_output().unwrap()).await.unwrap();
    let err = String::from_utf8(output.stderr).unwrap();
    assert_eq!((output.status.code(), err.contains("cvmshare jobs resume")), (Some(130), true), "{err}");

    crate::client_cloud::control(&bench.desk.cloud, "advance", json!({ "seconds": 7200 })).await;
    let again = bench.on(BASE, "apply --yes -o json").await;
    let got = document(&again);
    assert_eq!((again.status, &got["state"]), (Some(0), &json!("done")), "{}", again.err);
    let copies = writes(&bench.desk).await.iter().filter(|a| *a == "SyncImages").count();
    assert_eq!((copies, got["jobs"][0]["edges"][1]["state"].as_str()), (1, Some("shared")));
}
