//! The client against both answers to each question that the vendor's pages leave open. It works with either, and tells
//! them apart by code.

use cvmshare::{
    cloud::{Client, Permission},
    emulator::{self, Options, Quirk, Running},
    model::{Image, ImageKind, Region, Uin},
};

use crate::{
    client_cloud::client,
    emulator_client::{ACME, BOREALIS, COBALT, QUAY, still},
};

/// Returns a client of the scene `tour` with this quirk, and the cloud, which ends when it is dropped.
async fn played(quirk: &str) -> (Client, Running) {
    let quirks = [quirk.parse::<Quirk>().unwrap()].into_iter().collect();
    let cloud = emulator::start(Options { quirks, ..still() }).await.unwrap();
    (client(&cloud, ACME), cloud)
}

fn region(code: &str) -> Region {
    code.parse().unwrap()
}

fn uins(accounts: &[&str]) -> Vec<Uin> {
    accounts.iter().map(|a| a.parse().unwrap()).collect()
}

async fn own(acme: &Client, name: &str) -> Image {
    acme.own_named(&region("ap-guangzhou"), name).await.unwrap().unwrap()
}

/// Shares an own image. Returns the result, and how many of these accounts have it afterwards.
async fn share(acme: &Client, name: &str, accounts: &[&str]) -> (Result<(), String>, usize) {
    let image = own(acme, name).await;
    let accounts = uins(accounts);
    let done = acme.modify_shares(&image.region, &image.id, &accounts, Permission::Share).await;
    let shares = acme.shares(&image.region, &image.id).await.unwrap();
    let now = accounts.iter().filter(|a| shares.iter().any(|s| s.account == **a)).count();
    (done.map(drop).map_err(|e| e.code), now)
}

fn refused(code: &str) -> Result<(), String> {
    Err(code.to_owned())
}

#[tokio::test]
async fn sharing_twice_succeeds_or_fails() {
    for (quirk, wanted) in [
        ("share-already=ok", Ok(())),
        ("share-already=error", refused("FailedOperation.AccountAlreadyExists")),
    ] {
        // The tour's image is shared with this account.
        assert_eq!(share(&played(quirk).await.0, "golden-web-6", &[BOREALIS]).await, (wanted, 1), "{quirk}");
    }
}

#[tokio::test]
async fn a_wrong_account_affects_all_accounts_or_those_after_it() {
    for (quirk, shared) in [("share-batch=atomic", 0), ("share-batch=prefix", 1)] {
        let got = share(&played(quirk).await.0, "base-ubuntu-24", &[BOREALIS, "100000009999", QUAY]).await;
        assert_eq!(got, (refused("InvalidAccountId.NotFound"), shared), "{quirk}");
    }
}

#[tokio::test]
async fn the_own_account_is_refused_with_either_code() {
    for (quirk, code) in [
        ("self-share=YourSelf", "InvalidAccountIs.YourSelf"),
        ("self-share=AccountIsYourSelf", "FailedOperation.AccountIsYourSelf"),
    ] {
        let got = share(&played(quirk).await.0, "base-ubuntu-24", &[ACME]).await;
        assert_eq!(got, (refused(code), 0), "{quirk}");
    }
}

#[tokio::test]
async fn a_call_takes_any_or_a_limited_number_of_accounts() {
    for (quirk, wanted) in [
        ("accounts-per-call=3", (Ok(()), 3)),
        ("accounts-per-call=2", (refused("InvalidParameterValue.LimitExceeded"), 0)),
    ] {
        let got = share(&played(quirk).await.0, "base-ubuntu-24", &[BOREALIS, QUAY, COBALT]).await;
        assert_eq!(got, wanted, "{quirk}");
    }
}

#[tokio::test]
async fn the_source_of_a_copy_may_be_busy() {
    for (quirk, wanted) in
        [("source-busy=no", Ok(())), ("source-busy=yes", refused("FailedOperation.InvalidImageState"))]
    {
        let (acme, _cloud) = played(quirk).await;
        let image = own(&acme, "base-ubuntu-24").await;
        let copy = async |to: &str| {
            let to = [region(to)];
            acme.sync_images(&image.region, &image.id, &to, None, false).await.map(drop).map_err(|e| e.code)
        };
        assert_eq!(copy("ap-nanjing").await, Ok(()));
        assert_eq!(copy("ap-chengdu").await, wanted, "{quirk}");
    }
}

#[tokio::test]
async fn names_may_be_unique() {
    for (quirk, wanted) in
        [("names-unique=yes", refused("InvalidImageName.Duplicate")), ("names-unique=no", Ok(()))]
    {
        let (acme, _cloud) = played(quirk).await;
        let image = own(&acme, "base-ubuntu-24").await;
        let done = acme.modify_image(&image.region, &image.id, Some("golden-web-7"), None).await;
        assert_eq!(done.map(drop).map_err(|e| e.code), wanted, "{quirk}");
    }
}

#[tokio::test]
async fn the_owner_of_a_received_image_may_be_shown_to_the_client() {
    for (quirk, owner) in [("creator-on-received=yes", Some(QUAY)), ("creator-on-received=no", None)] {
        let (acme, _cloud) = played(quirk).await;
        let mut images = Vec::new();
        acme.images(&region("ap-guangzhou"), ImageKind::Received, |page| images.extend(page)).await.unwrap();
        assert_eq!(images.len(), 1);
        assert_eq!(images[0].owner().as_ref().map(|o| o.to_string()).as_deref(), owner, "{quirk}");
    }
}

/// Lists can be empty right after a change. The next read shows the new item.
#[tokio::test]
async fn an_empty_answer_is_an_empty_list() {
    let faults = vec!["DescribeImages#1=empty".parse().unwrap()];
    let cloud = emulator::start(Options { faults, ..still() }).await.unwrap();
    let acme = client(&cloud, ACME);
    let here = region("ap-guangzhou");
    assert_eq!(acme.own_named(&here, "golden-web-7").await, Ok(None));
    assert!(acme.own_named(&here, "golden-web-7").await.unwrap().is_some());
}
