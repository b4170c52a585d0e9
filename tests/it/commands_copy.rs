//! `copy`: a job like `share`, without receivers.

use cvmshare::emulator::Options;
use serde_json::{Value, json};

use crate::{
    cli::Desk,
    commands::{document, writes},
    emulator_client::ACME,
};

const GZ: &str = "ap-guangzhou";
const VIEW: &str = "--regions ap-guangzhou,ap-shanghai,ap-beijing --speed 1000";

async fn desk(faults: &[&str]) -> Desk {
    Desk::with_options(Options { speed: 20_000.0, ..Options::default() }, faults).await
}

#[tokio::test(flavor = "multi_thread")]
async fn an_image_is_copied_once_without_shares() {
    let desk = desk(&[]).await;
    let base = desk.image(GZ, "base-ubuntu-24").await;
    let line = format!("copy {base} --to ap-shanghai,ap-beijing {VIEW}");
    let planned = desk.run(ACME, &format!("{line} --dry-run -o json")).await;
    assert_eq!((planned.status, &document(&planned)["state"]), (Some(0), &json!("planned")));
    let asked = desk.run(ACME, &line).await;
    assert_eq!((asked.status, asked.err.contains("share.leak")), (Some(2), false), "{}", asked.err);
    assert_eq!(writes(&desk).await, [""; 0]);

    let done = desk.run(ACME, &format!("{line} --yes -o json")).await;
    let got = document(&done);
    let cells: Vec<String> = got["cells"]
        .as_array()
        .unwrap()
        .iter()
        .map(|c| {
            format!("{} {} {} {}", c["region"], c["state"], c["reused"], c["image_id"].is_string())
                .replace('"', "")
        })
        .collect();
    assert_eq!(
        (done.status, &got["state"], cells, &got["edges"]),
        (
            Some(0),
            &json!("done"),
            vec!["ap-shanghai ready false true".into(), "ap-beijing ready false true".into()],
            &json!([])
        )
    );
    let again = desk.run(ACME, &format!("{line} --yes -o json")).await;
    assert_eq!(
        (again.status, document(&again)["job"].clone()),
        (Some(0), got["job"].clone()),
        "{}",
        again.err
    );
    assert_eq!(writes(&desk).await, ["SyncImages"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn copies_with_a_name_are_found_the_next_time() {
    let desk = desk(&[]).await;
    let base = desk.image(GZ, "base-ubuntu-24").await;
    let line = format!("copy {base} --to ap-shanghai --name base-copy --yes -o json {VIEW}");
    for _ in 0..2 {
        let done = desk.run(ACME, &line).await;
        assert_eq!((done.status, &document(&done)["state"]), (Some(0), &json!("done")), "{}", done.err);
    }
    assert_eq!(writes(&desk).await, ["SyncImages"]);
    desk.image("ap-shanghai", "base-copy").await;
}

/// A received image is copied within its own region, with a note that the copy is an own image and the risk of an
/// untrusted owner.
#[tokio::test(flavor = "multi_thread")]
async fn a_received_image_is_copied_within_its_region() {
    let desk = desk(&[]).await;
    let received = desk.received(GZ).await;
    let check = desk.run(ACME, &format!("check copy {received} --to {GZ} -o json {VIEW}")).await;
    let codes = |of: &str| {
        let all = document(&check)[of].as_array().unwrap().clone();
        all.iter().map(|r| r["code"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(check.status, Some(0), "{}", check.err);
    assert_eq!(codes("acknowledge"), ["copy.untrusted"]);
    assert_eq!(codes("notes"), ["copy.received-own", "quota.received", "copy.storage"]);
    let asks = desk.run(ACME, &format!("copy {received} --to {GZ} {VIEW}")).await;
    assert_eq!(asks.status, Some(2), "{}", asks.err);
    let done = desk.run(ACME, &format!("copy {received} --to {GZ} --yes -o json {VIEW}")).await;
    let got = document(&done);
    assert_eq!((done.status, &got["state"]), (Some(0), &json!("done")), "{}", done.err);
    let own = desk.image(GZ, "quay-ml-runtime").await;
    assert_eq!(got["cells"][0]["image_id"], own);
    assert_ne!(own, received);
    let again = desk.run(ACME, &format!("copy {received} --to {GZ} --yes -o json {VIEW}")).await;
    assert_eq!((again.status, &document(&again)["cells"][0]["image_id"]), (Some(0), &json!(own)));
    assert_eq!(writes(&desk).await, ["SyncImages"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn blocked_copies_exit_with_three_and_failed_ones_with_one_or_five() {
    let desk = desk(&[]).await;
    let received = desk.received(GZ).await;
    let blocked = desk.run(ACME, &format!("copy {received} --to ap-shanghai --yes {VIEW}")).await;
    assert_eq!((blocked.status, blocked.err.contains("[copy.received]")), (Some(3), true), "{}", blocked.err);
    let base = desk.image(GZ, "base-ubuntu-24").await;
    let reader = desk.run(ACME, &format!("copy {base} --to ap-shanghai --yes --read-only {VIEW}")).await;
    assert_eq!((reader.status, reader.err.contains("[mode.read-only]")), (Some(3), true), "{}", reader.err);
    let unknown = desk.run(ACME, &format!("copy img-00000000 --to ap-shanghai --yes {VIEW}")).await;
    assert_eq!(unknown.status, Some(4), "{}", unknown.err);
    let nowhere = desk.run(ACME, &format!("copy {base} --yes {VIEW}")).await;
    assert_eq!(nowhere.status, Some(2), "{}", nowhere.err);
    assert_eq!(writes(&desk).await, [""; 0]);

    // Two dry runs succeed; the call itself is refused.
    let desk = self::desk(&["SyncImages#3=error:InvalidRegion.Unavailable"]).await;
    let base = desk.image(GZ, "base-ubuntu-24").await;
    let failed = desk.run(ACME, &format!("copy {base} --to ap-shanghai --yes -o json {VIEW}")).await;
    let got: Value = document(&failed);
    assert_eq!((failed.status, &got["cells"][0]["state"]), (Some(1), &json!("failed")), "{got}");
    assert_eq!(got["cells"][0]["error"]["code"], "InvalidRegion.Unavailable");
}
