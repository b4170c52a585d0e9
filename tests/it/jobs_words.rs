//! The texts of a job's refusals and for its receivers, in commands of the real program.

use cvmshare::emulator::Options;
use serde_json::json;

use crate::{
    cli::Desk,
    commands::document,
    emulator_client::{ACME, BOREALIS, COBALT, QUAY},
};

const GZ: &str = "ap-guangzhou";
const SUB: &str = "200000000021";
const VIEW: &str = "--regions ap-guangzhou,ap-shanghai,ap-beijing --speed 1000";

async fn fast(faults: &[&str]) -> Desk {
    Desk::with_options(Options { speed: 10_000.0, ..Options::default() }, faults).await
}

/// A refusal has the code of the API, the message of the rule in the user's language, and the fix.
#[tokio::test(flavor = "multi_thread")]
async fn refusals_within_a_job_use_the_messages_of_the_rules() {
    let desk = fast(&[]).await;
    let base = desk.image(GZ, "base-ubuntu-24").await;
    let share = format!("share {base} --with {SUB} --yes {VIEW}");
    let log = desk.home.path().join("drift.log");
    let said = desk.run(ACME, &format!("{share} -o json --log {}", log.display())).await;
    assert_eq!(said.status, Some(1), "{}", said.err);
    let (code, sentence) = (
        "FailedOperation.NotMasterAccount",
        "This is a sub-account; images can be shared only with main accounts.",
    );
    assert_eq!(document(&said)["edges"][0]["error"], json!({ "code": code, "text": sentence }));
    // The refusal contradicts the verdict that allowed the job.
    let log = std::fs::read_to_string(log).unwrap();
    let drift =
        format!("rule-drift: share.sub-account was not seen, the cloud said {code} to share of {base}");
    assert_eq!(log.matches(&drift).count(), 1, "{log}");

    let id = document(&said)["job"].as_str().unwrap().to_owned();
    let shown = desk.run(ACME, &format!("jobs show {id} --lang zh")).await;
    let line = format!("{code}: 对方是子账号，镜像只能共享给主账号。 -> 请对方提供主账号的 ID");
    assert!(shown.out.contains(&line), "{}", shown.out);
    let page = desk.run(ACME, &format!("jobs show {id} --markdown")).await;
    assert!(page.out.contains("-\\> ask the receiver for the ID of the main account"), "{}", page.out);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unexpected_quota_error_is_reported_and_logged() {
    let desk = fast(&["ModifyImageSharePermission*=error:OverQuota"]).await;
    let base = desk.image(GZ, "base-ubuntu-24").await;
    let log = desk.home.path().join("drift.log");
    let line =
        format!("share {base} --with {BOREALIS} --yes -o json --lang zh {VIEW} --log {}", log.display());
    let said = desk.run(ACME, &line).await;
    let error = &document(&said)["edges"][0]["error"];
    assert_eq!(error["code"], "OverQuota");
    assert!(error["text"].as_str().unwrap().starts_with("这个镜像不能再共享给更多账号。"), "{error}");
    let log = std::fs::read_to_string(log).unwrap();
    assert!(
        log.contains("rule-drift: share.limit was not seen, the cloud said OverQuota to share of"),
        "{log}"
    );
}

/// One receiver needs the image in Shanghai and one in Beijing. Neither text mentions the other's region.
#[tokio::test(flavor = "multi_thread")]
async fn the_text_for_a_receiver_has_only_its_regions() {
    let desk = fast(&[]).await;
    let base = desk.image(GZ, "base-ubuntu-24").await;
    let with = format!("{BOREALIS}@ap-shanghai,{QUAY}@ap-beijing,{COBALT}@ap-shanghai");
    let shared = desk.run(ACME, &format!("share {base} --with {with} --yes {VIEW}")).await;
    assert_eq!(shared.status, Some(0), "{}", shared.err);
    let texts: Vec<&str> = shared.out.split("\nFor ").skip(1).collect();
    let heads: Vec<&str> = texts.iter().map(|t| t.lines().next().unwrap()).collect();
    assert_eq!(heads, [format!("{BOREALIS}, {COBALT}:"), format!("{QUAY}:")]);
    let there = |text: &str| ["ap-shanghai", "ap-beijing"].map(|region| text.contains(region));
    assert_eq!(texts.iter().map(|t| there(t)).collect::<Vec<_>>(), [[true, false], [false, true]]);
    let jobs = document(&desk.run(ACME, "jobs list -o json").await);
    let id = jobs[0]["job"].as_str().unwrap();
    let zh = desk.run(ACME, &format!("jobs show {id} --lang zh")).await;
    assert!(zh.out.contains(&format!("\n发给 {BOREALIS}, {COBALT}：\n账号 {ACME} 已将镜像")), "{}", zh.out);
}
