//! Rules in commands: the counted shares, what a zone sells, a profile's receivers, and the vendor's pages in use.

use serde_json::{Value, json};

use crate::{
    cli::Desk,
    commands::document,
    emulator_client::{ACME, BOREALIS, QUAY},
};

const GZ: &str = "ap-guangzhou";

/// Returns the exit status, the codes, and the remedy of the first reason.
async fn asked(desk: &Desk, line: &str) -> (Option<i32>, Vec<String>, Value) {
    let ran = desk.run(ACME, &format!("{line} -o json")).await;
    let got = document(&ran);
    let codes = got["reasons"].as_array().unwrap().iter().map(|r| r["code"].as_str().unwrap().to_owned());
    (ran.status, codes.collect(), got["reasons"][0]["remedy"].clone())
}

fn nothing() -> (Option<i32>, Vec<String>, Value) {
    (Some(0), Vec::new(), Value::Null)
}

/// An image with 49 shares: two more are too many for it, but not for the copy in another region.
#[tokio::test(flavor = "multi_thread")]
async fn the_share_limit_counts_shares_of_the_shared_image() {
    let desk = Desk::new(&[]).await;
    let full = desk.shared_with(49).await;
    let with = format!("--with {BOREALIS},100000000005");
    assert_eq!(asked(&desk, &format!("check share {full} {with} --in ap-shanghai")).await, nothing());
    let copied = desk.run(ACME, &format!("share {full} {with} --in ap-shanghai --dry-run -o json")).await;
    assert_eq!(copied.status, Some(0), "{}", copied.err);

    let here = format!("check share {full} {with}");
    let way = json!({
        "kind": "choose",
        "action": null,
        "text": "remove some receivers, cancel shares that are no longer needed, or use the newer docs' limit of 500 \
                 (--rules current, or rules = \"current\" in the profile)",
    });
    assert_eq!(asked(&desk, &here).await, (Some(3), vec!["share.limit".to_owned()], way));
    assert_eq!(asked(&desk, &format!("--rules current {here}")).await, nothing());
    std::fs::write(
        desk.home.path().join("config.toml"),
        "default_profile = \"acme\"\n[profiles.acme]\nrules = \"current\"\nreceivers = \"known\"\n\
         [accounts]\n\"100000000002\" = \"Borealis\"\n[groups]\nlabs = [\"100000000003@ap-guangzhou\"]\n",
    )
    .unwrap();
    assert_eq!(asked(&desk, &format!("check share {full} --with {BOREALIS}")).await, nothing());
    let (_, codes, _) = asked(&desk, &format!("{here} --rules faq")).await;
    assert_eq!(codes, ["share.not-known"]);

    // The profile shares with accounts in the address book, by name or by group.
    let free = desk.image(GZ, "base-ubuntu-24").await;
    assert_eq!(asked(&desk, &format!("check share {free} --with {BOREALIS},{QUAY}")).await, nothing());
    let (status, codes, way) = asked(&desk, &format!("check share {free} --with 100000000005")).await;
    assert_eq!((status, codes), (Some(3), vec!["share.not-known".to_owned()]));
    assert_eq!(way["text"], "add it to the address book (t in the console)");
    let done = desk.run(ACME, &format!("share {free} --with 100000000005 --yes")).await;
    assert_eq!((done.status, done.err.contains("[share.not-known]")), (Some(3), true), "{}", done.err);
}

#[tokio::test(flavor = "multi_thread")]
async fn only_zones_and_types_on_sale_are_allowed() {
    let desk = Desk::new(&[]).await;
    let base = desk.image(GZ, "base-ubuntu-24").await;
    let launch = |rest: &str| format!("check launch {base} {rest}");
    assert_eq!(asked(&desk, &launch("--zone ap-guangzhou-3 --type S5.MEDIUM4")).await, nothing());
    assert_eq!(asked(&desk, &launch("--type S5.MEDIUM4")).await, nothing());
    let (status, codes, way) = asked(&desk, &launch("--zone ap-guangzhou-99")).await;
    assert_eq!((status, codes), (Some(3), vec!["launch.zone".to_owned()]));
    assert_eq!((&way["kind"], &way["action"]), (&json!("choose"), &Value::Null));
    let ran = desk.run(ACME, &launch("--type FOO.BAR --zone ap-guangzhou-3 --lang zh")).await;
    assert_eq!(ran.status, Some(3), "{ran:?}");
    assert!(ran.out.contains("FOO.BAR 不在 ap-guangzhou-3 出售。在售："), "{}", ran.out);
    let done = desk.run(ACME, &format!("launch {base} --zone ap-guangzhou-3 --type FOO.BAR --yes")).await;
    assert_eq!((done.status, done.err.contains("[launch.type]")), (Some(3), true), "{}", done.err);
    // What zones sell has to be known.
    let desk = Desk::new(&["DescribeZoneInstanceConfigInfos*=error:InternalError"]).await;
    let base = desk.image(GZ, "base-ubuntu-24").await;
    let unknown = desk.run(ACME, &format!("check launch {base} --zone ap-guangzhou-3 -o json")).await;
    assert_eq!((unknown.status, &document(&unknown)["missing"]), (Some(4), &json!(["offers ap-guangzhou"])));
}
