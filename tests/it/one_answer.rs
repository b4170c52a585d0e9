//! `check`, `--dry-run` and `--yes` give the same verdict from the same facts, those of the cloud and those of the
//! journal.

use crate::wait;
use std::time::{Duration, Instant};

use cvmshare::{jobs::Journal, model::Region};
use serde_json::Value;

use crate::{
    cli::{Desk, Ran},
    client_cloud::client,
    emulator_client::{ACME, BOREALIS, COBALT},
};

const GZ: &str = "ap-guangzhou";
const SHANGHAI: &str = "ap-shanghai";
const PATIENCE: Duration = Duration::from_secs(30);

/// Returns the exit status and the codes of the reasons, from any of the commands' documents.
fn answer(ran: &Ran) -> (Option<i32>, Vec<String>) {
    let document: Value = serde_json::from_str(&ran.out).unwrap_or_else(|e| panic!("{e}: {ran:?}"));
    let mut codes = Vec::new();
    let verdict = if document["verdict"].is_object() { &document["verdict"] } else { &document };
    if let Some(reasons) = verdict["reasons"].as_array() {
        codes.extend(reasons.iter().map(|r| r["code"].as_str().unwrap().to_owned()));
    }
    for part in ["cells", "edges"] {
        let rows = document[part].as_array().into_iter().flatten();
        codes.extend(rows.filter_map(|r| r["error"]["code"].as_str().map(str::to_owned)));
    }
    codes.dedup();
    (ran.status, codes)
}

/// Returns the risks in the document of `check`.
fn risks(ran: &Ran) -> Vec<String> {
    let all = ran.json()["acknowledge"].as_array().unwrap().clone();
    all.iter().map(|r| r["code"].as_str().unwrap().to_owned()).collect()
}

/// Starts a share with a copy to Shanghai and kills it once the copy is requested, which leaves an unfinished job.
async fn leave_a_job(desk: &Desk, image: &str) -> String {
    let mut command = desk.program(ACME);
    command.args(["share", image, "--with", COBALT, "--in", SHANGHAI, "--yes"]);
    command.stdout(std::process::Stdio::null()).stderr(std::process::Stdio::null());
    let mut child = command.spawn().unwrap();
    let path = desk.home.path().join("journal.db");
    let end = Instant::now() + PATIENCE;
    let id = loop {
        assert!(Instant::now() < end, "the copy was not asked for");
        tokio::task::yield_now().await;
        let open = || wait(wait(Journal::open(&path)).ok()?.jobs()).ok()?.into_iter().next();
        let Some(kept) = path.exists().then(open).flatten() else { continue };
        if kept.job.cells.iter().any(|c| c.image.is_some() && c.region.as_str() == SHANGHAI) {
            break kept.job.id;
        }
    };
    child.kill().unwrap();
    child.wait().unwrap();
    id
}

#[tokio::test(flavor = "multi_thread")]
async fn every_command_knows_an_image_in_use_by_a_job() {
    let desk = Desk::new(&[]).await;
    let golden = desk.image(GZ, "golden-web-7").await;
    let job = leave_a_job(&desk, &golden).await;
    let copy =
        client(&desk.cloud, ACME).own_named(&SHANGHAI.parse::<Region>().unwrap(), "golden-web-7").await;
    let copy = copy.unwrap().unwrap().id.to_string();
    for (line, codes) in [
        (format!("delete {golden}"), vec!["delete.job", "delete.shared"]),
        (format!("rename {golden} --name golden-8"), vec!["job.busy"]),
        (format!("share {golden} --with 100000000055"), vec!["job.busy"]),
        (format!("copy {golden} --to ap-beijing"), vec!["job.busy"]),
        (format!("unshare {golden} --all"), vec!["job.busy"]),
        (format!("rename {copy} --name other"), vec!["job.busy"]),
    ] {
        let wanted = (Some(3), codes.into_iter().map(str::to_owned).collect::<Vec<_>>());
        for question in [format!("check {line}"), format!("{line} --dry-run"), format!("{line} --yes")] {
            let ran = desk.run(ACME, &format!("{question} -o json")).await;
            assert_eq!(answer(&ran), wanted, "{question}: {ran:?}");
            let said = format!("{}{}", ran.out, ran.err);
            assert!(said.contains(&job), "{question} names the job: {said}");
        }
    }
    // The same command continues the existing job.
    let same = format!("share {golden} --with {COBALT} --in {SHANGHAI}");
    for question in [format!("check {same}"), format!("{same} --dry-run")] {
        let ran = desk.run(ACME, &format!("{question} -o json")).await;
        assert_eq!(answer(&ran), (Some(0), Vec::new()), "{question}: {ran:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_command_knows_own_shares() {
    let desk = Desk::new(&[]).await;
    let free = desk.image(GZ, "base-ubuntu-24").await;
    let shared = desk.run(ACME, &format!("share {free} --with {BOREALIS} --yes -o json")).await;
    assert_eq!(shared.status, Some(0), "{shared:?}");
    let all = format!("unshare {free} --all");
    assert_eq!(risks(&desk.run(ACME, &format!("check {all} -o json")).await), ["unshare.lives-on"]);
    assert_eq!(risks(&desk.run(ACME, &format!("{all} --dry-run -o json")).await), ["unshare.lives-on"]);
    let exposure = desk.run(ACME, "list exposure -o json").await.json();
    let row = exposure.as_array().unwrap().iter().find(|r| r["image"] == free.as_str()).unwrap();
    assert_eq!((&row["account"], &row["made_here"]), (&BOREALIS.into(), &true.into()));
    // The shares of the scene count as made by others, for all commands.
    let golden = desk.image(GZ, "golden-web-7").await;
    let foreign = ["unshare.foreign", "unshare.lives-on"];
    for question in ["check unshare", "unshare"] {
        let dry = if question == "unshare" { "--dry-run" } else { "" };
        let ran = desk.run(ACME, &format!("{question} {golden} --all {dry} -o json")).await;
        let mut codes = risks(&ran);
        codes.sort();
        assert_eq!(codes, foreign, "{question}");
    }
}
