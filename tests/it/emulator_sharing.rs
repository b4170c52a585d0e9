//! Sharing images on the built-in cloud, and the error codes.

use serde_json::json;

use crate::emulator_client::*;

const GZ: &str = "ap-guangzhou";
const SH: &str = "ap-shanghai";
const BJ: &str = "ap-beijing";
const SG: &str = "ap-singapore";

/// Accounts that exist and are not involved in the scene.
fn crowd(n: usize) -> Vec<String> {
    (0..n).map(|n| (100_000_000_101 + n).to_string()).collect()
}

#[tokio::test]
async fn impossible_shares_are_refused_with_their_codes() {
    let desk = Desk::new(still()).await;
    for (region, name, code) in [
        (GZ, "base-ubuntu-24", None),
        (GZ, "quay-ml-runtime", Some("UnauthorizedOperation.ImageNotBelongToAccount")),
        (GZ, "Debian 12.0 64bit", Some("InvalidParameterValue.InvalidImageId")),
        (GZ, "nightly-ci-runner", Some("InvalidParameterValue.InvalidImageState")),
        (SH, "镜像-数据库", Some("InvalidParameterValue.InvalidImageState")),
        (GZ, "payments-vault", Some("UnsupportedOperation.EncryptedImagesNotSupported")),
        (SH, "windows-erp-full", Some("InvalidParameter.InstanceImageNotSupport")),
        (BJ, "sql-server-own-licence", Some("FailedOperation.BYOLImageShareFailed")),
    ] {
        let image = any(&desk, region, name).await;
        let got = permit(&desk, region, &image, &[BOREALIS], "SHARE").await;
        assert_eq!(got.err().as_deref(), code, "{name}");
    }
    let base = any(&desk, GZ, "base-ubuntu-24").await;
    for (image, accounts, permission, code) in [
        ("golden", &[QUAY][..], "SHARE", "InvalidImageId.Malformed"),
        ("img-00000000", &[QUAY], "SHARE", "InvalidImageId.NotFound"),
        (&base, &[ACME], "SHARE", "InvalidAccountIs.YourSelf"),
        (&base, &["100000009999"], "SHARE", "InvalidAccountId.NotFound"),
        (&base, &["me@example.com"], "SHARE", "InvalidAccountId.NotFound"),
        (&base, &[SUB], "SHARE", "FailedOperation.NotMasterAccount"),
        (&base, &[QUAY], "LEND", "InvalidParameterValue"),
        (&base, &[], "SHARE", "MissingParameter"),
    ] {
        let got = permit(&desk, GZ, image, accounts, permission).await;
        assert_eq!(got, Err(code.to_owned()), "{image} {accounts:?}");
    }
    // Images of other regions and of other accounts are not found.
    let far = any(&desk, SG, "edge-cache-3").await;
    assert_eq!(permit(&desk, GZ, &far, &[QUAY], "SHARE").await, Err("InvalidImageId.NotFound".into()));
    let theirs = desk.image(QUAY, GZ, "quay-internal-build").await;
    assert_eq!(permit(&desk, GZ, &theirs, &[COBALT], "SHARE").await, Err("InvalidImageId.NotFound".into()));
    // Only the owner can read the shares.
    let received = any(&desk, GZ, "quay-ml-runtime").await;
    let got = desk.call(ACME, GZ, "DescribeImageSharePermission", json!({ "ImageId": received })).await;
    assert_eq!(got, Err("UnauthorizedOperation.ImageNotBelongToAccount".into()));
    assert_eq!(desk.shares(ACME, GZ, &base).await, [BOREALIS]);
}

#[tokio::test]
async fn repeated_shares_and_cancels_have_no_effect() {
    let desk = Desk::new(still()).await;
    let base = any(&desk, GZ, "base-ubuntu-24").await;
    permit(&desk, GZ, &base, &[BOREALIS, QUAY, BOREALIS], "SHARE").await.unwrap();
    permit(&desk, GZ, &base, &[QUAY, COBALT], "SHARE").await.unwrap();
    assert_eq!(desk.shares(ACME, GZ, &base).await, [BOREALIS, QUAY, COBALT]);
    permit(&desk, GZ, &base, &[QUAY], "CANCEL").await.unwrap();
    permit(&desk, GZ, &base, &[QUAY], "CANCEL").await.unwrap();
    assert_eq!(desk.shares(ACME, GZ, &base).await, [BOREALIS, COBALT]);
    // A cancel has to name existing accounts.
    assert_eq!(
        permit(&desk, GZ, &base, &["100000009999"], "CANCEL").await,
        Err("InvalidAccountId.NotFound".into())
    );
}

#[tokio::test]
async fn the_limit_is_fifty_or_five_hundred_accounts() {
    let desk = Desk::new(still()).await;
    let full = any(&desk, GZ, "partner-sdk-2026").await;
    assert_eq!(desk.shares(ACME, GZ, &full).await, crowd(49));
    let got = permit(&desk, GZ, &full, &[BOREALIS, QUAY], "SHARE").await;
    assert_eq!(got, Err("OverQuota".into()));
    assert_eq!(desk.shares(ACME, GZ, &full).await, crowd(49));
    permit(&desk, GZ, &full, &[BOREALIS], "SHARE").await.unwrap();
    assert_eq!(permit(&desk, GZ, &full, &[QUAY], "SHARE").await, Err("OverQuota".into()));
    // An account that has the image already does not count again.
    permit(&desk, GZ, &full, &[BOREALIS], "SHARE").await.unwrap();

    let desk = Desk::new(current()).await;
    let full = any(&desk, GZ, "partner-sdk-2026").await;
    permit(&desk, GZ, &full, &[BOREALIS, QUAY, COBALT], "SHARE").await.unwrap();
    assert_eq!(desk.shares(ACME, GZ, &full).await.len(), 52);
}

#[tokio::test]
async fn quirks_of_sharing_select_the_behaviour() {
    let desk = Desk::new(with("share-already=error")).await;
    let golden = any(&desk, GZ, "golden-web-6").await;
    let got = permit(&desk, GZ, &golden, &[BOREALIS], "SHARE").await;
    assert_eq!(got, Err("FailedOperation.AccountAlreadyExists".into()));

    let desk = Desk::new(with("self-share=AccountIsYourSelf")).await;
    let got = permit(&desk, GZ, &golden, &[ACME], "SHARE").await;
    assert_eq!(got, Err("FailedOperation.AccountIsYourSelf".into()));

    let desk = Desk::new(with("accounts-per-call=2")).await;
    let got = permit(&desk, GZ, &golden, &[BOREALIS, QUAY, COBALT], "SHARE").await;
    assert_eq!(got, Err("InvalidParameterValue.LimitExceeded".into()));
    permit(&desk, GZ, &golden, &[BOREALIS, QUAY], "SHARE").await.unwrap();

    // With a wrong account in the middle, none of them gets the image, or those before it do.
    let batch = [BOREALIS, "100000009999", QUAY];
    for (quirk, want) in [("share-batch=atomic", vec![]), ("share-batch=prefix", vec![BOREALIS])] {
        let desk = Desk::new(with(quirk)).await;
        let base = any(&desk, GZ, "base-ubuntu-24").await;
        let got = permit(&desk, GZ, &base, &batch, "SHARE").await;
        assert_eq!(got, Err("InvalidAccountId.NotFound".into()));
        assert_eq!(desk.shares(ACME, GZ, &base).await, want, "{quirk}");
    }
}
