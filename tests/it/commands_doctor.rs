//! `doctor`: what it checks, which findings it reports, and that it changes nothing.

use std::os::unix::fs::PermissionsExt;

use serde_json::{Value, json};

use crate::{
    cli::{Desk, Ran, program, ran},
    commands::{document, writes},
    emulator_client::ACME,
};

const LINE: &str = "doctor -o json --regions ap-guangzhou,ap-tokyo";

fn findings(ran: &Ran) -> Vec<Value> {
    document(ran)["findings"].as_array().unwrap().clone()
}

/// Returns the findings that are not ok: name, state and fix.
fn wrong(ran: &Ran) -> Vec<(String, String)> {
    let of = |f: &Value, key: &str| f[key].as_str().unwrap_or_default().to_owned();
    findings(ran).iter().filter(|f| f["state"] == "wrong").map(|f| (of(f, "name"), of(f, "fix"))).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_doctor_checks_everything_and_changes_nothing() {
    let desk = Desk::new(&[]).await;
    let got = desk.run(ACME, LINE).await;
    let whole = got.json();
    assert_eq!((got.status, &whole["state"]), (Some(0), &json!("ok")));
    let version = whole["version"].as_str().unwrap();
    assert!(version.starts_with(env!("CARGO_PKG_VERSION")), "{version}");
    let seen: Vec<String> = findings(&got)
        .iter()
        .map(|f| format!("{} {} {}", f["group"], f["name"], f["state"]).replace('"', ""))
        .collect();
    assert_eq!(
        seen,
        [
            "terminal terminal note",
            "terminal TERM note",
            "terminal colours ok",
            "terminal characters note",
            "terminal multiplexer ok",
            "terminal ssh ok",
            "paths config ok",
            "paths keymap ok",
            "paths themes ok",
            "paths state ok",
            "paths journal ok",
            "paths log ok",
            "paths notes ok",
            "paths view ok",
            "network endpoint ok",
            "credentials found ok",
            "credentials account ok",
            "clock skew ok",
            "regions ap-guangzhou ok",
            "regions ap-tokyo ok",
            "permissions DescribeRegions ok",
            "permissions DescribeImages ok",
            "permissions DescribeImageSharePermission ok",
            "permissions DescribeImageQuota ok",
            "permissions DescribeInstances ok",
            "permissions DescribeZones ok",
            "permissions SyncImages ok",
            "permissions DeleteImages ok",
            "permissions RunInstances ok",
            "permissions others note",
        ]
    );
    let tokyo = findings(&got).into_iter().find(|f| f["name"] == "ap-tokyo").unwrap();
    let ms = tokyo["ms"].as_u64().unwrap();
    assert_eq!(
        tokyo,
        json!({ "group": "regions", "name": "ap-tokyo", "state": "ok", "text": format!("{ms} ms"), "ms": ms,
                "fix": null })
    );
    let account = findings(&got).into_iter().find(|f| f["name"] == "account").unwrap();
    assert!(account["text"].as_str().unwrap().starts_with(ACME), "{account}");
    assert_eq!(writes(&desk).await, [""; 0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn missing_and_mismatched_credentials_exit_with_six() {
    let home = tempfile::tempdir().unwrap();
    let mut command = program(home.path());
    command.args(["doctor", "-o", "json"]);
    let none = ran(command).await;
    assert_eq!((none.status, none.err.as_str()), (Some(6), ""));
    let [(name, fix)] = wrong(&none).try_into().unwrap();
    assert_eq!(name, "found");
    assert!(fix.contains("--demo"), "{fix}");

    let desk = Desk::new(&[]).await;
    let mut command = desk.program(ACME);
    command.env("TENCENTCLOUD_SECRET_KEY", "hush-hush").args(LINE.split(' '));
    let bad = ran(command).await;
    assert_eq!(bad.status, Some(6));
    assert!(!format!("{bad:?}").contains("hush"), "{bad:?}");
    assert!(wrong(&bad).iter().any(|(name, _)| name == "account"), "{bad:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn failed_regions_and_permissions_are_named_with_the_fix() {
    let faults =
        ["DescribeImageQuota@ap-tokyo*=error:InvalidParameter", "SyncImages*=error:UnauthorizedOperation"];
    let desk = Desk::new(&faults).await;
    let got = desk.run(ACME, LINE).await;
    assert_eq!((got.status, &document(&got)["state"]), (Some(1), &json!("wrong")));
    let names: Vec<String> = wrong(&got).into_iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["ap-tokyo", "SyncImages"]);
    let sync = findings(&got).into_iter().find(|f| f["name"] == "SyncImages").unwrap();
    assert!(sync["text"].as_str().unwrap().contains("permission name/cvm:SyncImages is missing"), "{sync}");
    assert_eq!(sync["fix"], "Ask the account's administrator to grant it");
    let reader = desk.run(ACME, "doctor --read-only -o json --regions ap-guangzhou").await;
    assert_eq!((reader.status, wrong(&reader)), (Some(0), vec![]));
}

#[tokio::test(flavor = "multi_thread")]
async fn readable_by_others_or_unreadable_files_are_reported() {
    let desk = Desk::new(&[]).await;
    let journal = desk.home.path().join("journal.db");
    assert_eq!(desk.run(ACME, "list jobs").await.status, Some(0));
    let bytes = std::fs::metadata(&journal).unwrap().len();
    std::fs::set_permissions(&journal, std::fs::Permissions::from_mode(0o644)).unwrap();
    let got = desk.run(ACME, LINE).await;
    let fix = format!("chmod go-rwx {}", journal.display());
    assert_eq!((got.status, wrong(&got)), (Some(1), vec![("journal".to_owned(), fix)]));
    let text = findings(&got).into_iter().find(|f| f["name"] == "journal").unwrap()["text"].clone();
    assert_eq!(text, format!("{}, mode 644, {bytes} bytes; other users can read it", journal.display()));
    std::fs::set_permissions(&journal, std::fs::Permissions::from_mode(0o600)).unwrap();
    let good = desk.run(ACME, LINE).await;
    let content = findings(&good).into_iter().find(|f| f["group"] == "journal").unwrap();
    assert_eq!(
        (good.status, &content["text"]),
        (Some(0), &json!("intact; 0 jobs, 0 unfinished, 0 calls with unknown result"))
    );
    std::fs::write(&journal, "a letter, which is longer than the head of a database would be").unwrap();
    let letter = desk.run(ACME, LINE).await;
    assert_eq!((letter.status, wrong(&letter)[0].0.as_str()), (Some(1), "content"), "{letter:?}");
    std::fs::remove_file(&journal).unwrap();

    std::fs::write(desk.home.path().join("config.toml"), "[profiles.prod]\ncolour = \"red\"\n").unwrap();
    let broken = desk.run(ACME, "doctor").await;
    assert_eq!(broken.status, Some(1));
    assert!(broken.out.contains("WRONG  settings") && broken.out.contains("config.toml:2"), "{}", broken.out);
}
