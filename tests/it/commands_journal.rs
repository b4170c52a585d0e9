//! The change was made, and the records of jobs cannot be written afterwards: reported, and no failure of the command.

use serde_json::json;

use crate::{
    cli::{Desk, Ran},
    commands::document,
    emulator_client::{ACME, BOREALIS, QUAY},
};

const GZ: &str = "ap-guangzhou";

/// An image that a finished job shared with Borealis and Quay, and a journal whose jobs cannot be written once a share was
/// cancelled.
async fn shared() -> (Desk, String) {
    let desk = Desk::new(&[]).await;
    let base = desk.image(GZ, "base-ubuntu-24").await;
    let shared = desk.run(ACME, &format!("share {base} --with {BOREALIS},{QUAY} --yes")).await;
    assert_eq!(shared.status, Some(0), "{shared:?}");
    let journal = rusqlite::Connection::open(desk.home.path().join("journal.db")).unwrap();
    journal
        .execute_batch(
            "CREATE TRIGGER full BEFORE UPDATE ON jobs
             WHEN EXISTS (SELECT 1 FROM calls WHERE what LIKE 'cancel %' AND outcome = 'ok')
             BEGIN SELECT RAISE(ABORT, 'no space left'); END",
        )
        .unwrap();
    (desk, base)
}

/// It is done and says so; stderr has the error of the journal once.
fn is_done(ran: &Ran) {
    assert_eq!((ran.status, ran.err.matches("no space left").count()), (Some(0), 1), "{ran:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn unshare_reports_that_the_record_was_not_written() {
    let (desk, base) = shared().await;
    let ran = desk.run(ACME, &format!("unshare {base} --with {QUAY} --yes -o json")).await;
    is_done(&ran);
    let got = document(&ran);
    assert_eq!((&got["cancelled"], &got["shared_with"]), (&json!([QUAY]), &json!([BOREALIS])));
}

#[tokio::test(flavor = "multi_thread")]
async fn apply_reports_that_the_record_was_not_written() {
    let (desk, base) = shared().await;
    let file = desk.home.path().join("wanted.toml");
    std::fs::write(
        &file,
        format!("[[images]]\nimage = \"{base}\"\nregion = \"{GZ}\"\nwith = [\"{BOREALIS}\"]\n"),
    )
    .unwrap();
    let ran = desk.run(ACME, &format!("apply {} --prune --yes -o json", file.display())).await;
    let err = ran.err.replace("cvmshare: 0 added, 1 cancelled\n", "");
    let ran = Ran { err, ..ran };
    is_done(&ran);
    let gone = json!([{ "region": GZ, "image_id": base, "account": QUAY }]);
    assert_eq!(document(&ran)["cancelled"], gone);
}

#[tokio::test(flavor = "multi_thread")]
async fn delete_reports_that_the_record_was_not_written() {
    let (desk, base) = shared().await;
    let ran = desk.run(ACME, &format!("delete {base} --cancel-shares --yes -o json")).await;
    // Once after each of its two steps.
    assert_eq!((ran.status, ran.err.matches("no space left").count()), (Some(0), 2), "{ran:?}");
    let got = document(&ran);
    assert_eq!((&got["state"], &got["unshared"]), (&json!("done"), &json!([BOREALIS, QUAY])));
}
