//! Maps the cloud's error codes to codes of the rules. `rules_refusals.json` has the error codes that the vendor lists
//! for each API action (tencentcloud-sdk-go 144f6c8d), and those that every action can return.

use std::collections::{BTreeMap, BTreeSet};

use cvmshare::rules::{Code, Refusal, from_refusal, meanings, refusals};

use crate::rules_world::*;

#[test]
fn every_mapped_code_is_one_that_the_vendor_lists_for_the_action() {
    let listed: BTreeMap<String, BTreeSet<String>> =
        serde_json::from_str(include_str!("rules_refusals.json")).unwrap();
    for Refusal { wanted, api_action, api_code, .. } in refusals() {
        assert!(listed[*api_action].contains(*api_code), "{wanted}: {api_action} does not list {api_code}");
    }
}

#[test]
fn each_meaning_belongs_to_what_was_wanted_and_stands_once() {
    let mut seen = BTreeSet::new();
    for Refusal { wanted, api_action, api_code, code } in refusals() {
        assert!(seen.insert((wanted, api_action, api_code, code)), "{wanted} {api_code} twice");
        let head = code.as_str().split('.').next().unwrap();
        assert!(
            head == *wanted || matches!(head, "session" | "region" | "job"),
            "{wanted} {api_code}: {code}"
        );
    }
}

#[test]
fn a_refusal_means_what_the_action_wanted() {
    let not_ours = "UnauthorizedOperation.ImageNotBelongToAccount";
    let cases = [
        (share_with(FREE, &[BOREALIS]), "OverQuota", Some(Code::ShareLimit)),
        (share_with(FREE, &[BOREALIS]), not_ours, Some(Code::ShareReceived)),
        (unshare(FREE, &[]), not_ours, Some(Code::UnshareNone)),
        (unshare(FREE, &[]), "OverQuota", None),
        (copy(FREE, &[SH]), "ImageQuotaLimitExceeded", Some(Code::CopyQuota)),
        (capture(RUNNING, None), "ImageQuotaLimitExceeded", Some(Code::CaptureQuota)),
        (delete(FREE), "InvalidImageId.InShared", Some(Code::DeleteShared)),
        (rename(FREE, None, None), "InvalidImageName.Duplicate", Some(Code::RenameNameTaken)),
        (launch(FREE, None), "InvalidImageId.NotFound", Some(Code::LaunchOtherRegion)),
        (reinstall(RUNNING, None), "ResourceInUse", Some(Code::ReinstallState)),
        (launch(FREE, None), "AuthFailure.TokenFailure", Some(Code::SessionExpired)),
        (launch(FREE, None), "InvalidAccount.InsufficientBalance", None),
    ];
    for (action, api_code, code) in cases {
        assert_eq!(from_refusal(&action, api_code), code, "{action:?} {api_code}");
    }
    let both = distribute(FREE, &[BOREALIS], &[SH]);
    assert_eq!(from_refusal(&both, "OverQuota"), Some(Code::ShareLimit));
    assert_eq!(
        meanings(&both, "InvalidRegion.Unavailable"),
        [Code::CopyNoCopyRegion, Code::CopyCrossBorder, Code::CopyFinance]
    );
}
