//! The twelve questions of the vendor's FAQ on shared images (product/213/17348) as command lines on the built-in
//! scene: the verdict, and every code in it.

use serde_json::Value;

use crate::{
    cli::Desk,
    client_cloud::client,
    emulator_client::{ACME, BOREALIS},
};

/// Returns the verdict, and the codes of the reasons, risks and notes.
fn verdict_and_codes(document: &Value) -> String {
    let codes = |of: &str| {
        let all = document[of].as_array().unwrap().iter();
        all.map(|r| r["code"].as_str().unwrap()).collect::<Vec<_>>().join(" ")
    };
    let parts = [codes("reasons"), codes("acknowledge"), codes("notes")];
    format!("{} | {}", document["verdict"].as_str().unwrap(), parts.join(" | "))
}

#[tokio::test(flavor = "multi_thread")]
async fn verdicts_answer_every_question_of_the_faq() {
    let desk = Desk::new(&[]).await;
    let golden = desk.image("ap-guangzhou", "golden-web-7").await;
    let nearly_full = desk.shared_with(49).await;
    let received = desk.received("ap-guangzhou").await;
    let encrypted = desk.image("ap-guangzhou", "payments-vault").await;
    let here = "ap-guangzhou".parse().unwrap();
    let mut instances = Vec::new();
    client(&desk.cloud, ACME).instances(&here, |page| instances.extend(page)).await.unwrap();
    let runs_received =
        instances.iter().find(|i| i.image.as_ref().is_some_and(|i| i.as_str() == received)).unwrap();
    let runs_received = runs_received.id.as_str();
    let runs_own =
        instances.iter().find(|i| i.image.as_ref().is_some_and(|i| i.as_str() != received)).unwrap();
    let runs_own = runs_own.id.as_str();

    let cases: &[(&str, String, &str)] = &[
        (
            "F1: with how many accounts?",
            format!("share {nearly_full} --with 100000000004,{BOREALIS},100000000005"),
            "blocked | share.limit | share.leak | ",
        ),
        (
            "F2: can its name be changed?",
            format!("rename {received} --name mine"),
            "blocked | rename.received |  | ",
        ),
        (
            "F3: does it count to the quota?",
            format!("capture {runs_own} --name mine"),
            "allowed |  |  | quota.received",
        ),
        (
            "F4: can it be used in another region?",
            format!("launch {received} --zone ap-shanghai-2"),
            "blocked | launch.other-region | launch.untrusted | ",
        ),
        (
            "F4: one of ours?",
            format!("launch {golden} --zone ap-shanghai-2"),
            "blocked | launch.other-region |  | launch.own-shared",
        ),
        (
            "F5: can it be copied to another region?",
            format!("copy {received} --to ap-shanghai"),
            "blocked | copy.received |  | ",
        ),
        (
            "F6: can a shared one be deleted?",
            format!("delete {golden}"),
            "blocked | delete.shared | delete.type-name | delete.instances delete.snapshots",
        ),
        (
            "F7: can a received one be deleted?",
            format!("delete {received}"),
            "blocked | delete.received |  | ",
        ),
        (
            "F8: is it safe?",
            format!("launch {received} --zone ap-guangzhou-3"),
            "allowed |  | launch.untrusted | ",
        ),
        (
            "F8: to reinstall with?",
            format!("reinstall {runs_received} --image {received}"),
            "allowed |  | reinstall.untrusted reinstall.wipes | ",
        ),
        (
            "F9: can it be shared on?",
            format!("share {received} --with {BOREALIS}"),
            "blocked | share.received |  | ",
        ),
        (
            "F10: what can the others do with it?",
            format!("share {golden} --with 100000000077"),
            "allowed |  | share.leak | ",
        ),
        (
            "F10: can an image be made of it?",
            format!("capture {runs_received} --name mine"),
            "allowed |  |  | capture.received-content quota.received",
        ),
        (
            "F11: can it still be used by us?",
            format!("launch {golden} --zone ap-guangzhou-3"),
            "allowed |  |  | launch.own-shared",
        ),
        (
            "F12: how to another account in another region?",
            format!("share {golden} --with {BOREALIS}@ap-shanghai"),
            "blocked | share.other-region | share.leak | ",
        ),
        (
            "F12: with the copy?",
            format!("share {golden} --with {BOREALIS} --in ap-shanghai"),
            "allowed |  | share.leak | copy.storage",
        ),
        (
            "F12: and to ourselves?",
            format!("share {golden} --with {ACME}@ap-shanghai"),
            "blocked | share.self | share.leak | ",
        ),
        (
            "an encrypted one, which only a DryRun tells",
            format!("share {encrypted} --with {BOREALIS}"),
            "blocked | share.encrypted | share.leak | ",
        ),
    ];
    let mut got = Vec::new();
    for (question, line, _) in cases {
        let ran = desk.run(ACME, &format!("check {line} -o json")).await;
        let document = ran.json();
        let status = match document["verdict"].as_str() {
            Some("allowed") => 0,
            Some("blocked") => 3,
            _ => 4,
        };
        assert_eq!(ran.status, Some(status), "{question}");
        got.push(format!("{question} {}", verdict_and_codes(&document)));
    }
    let wanted: Vec<String> =
        cases.iter().map(|(question, _, wanted)| format!("{question} {wanted}")).collect();
    assert_eq!(got, wanted);
}
