//! Maps the cloud's error codes to codes of the rules. `rules_refusals.json` has the error codes that the vendor lists
//! for each API action (tencentcloud-sdk-go 144f6c8d), and those that every action can return.

use std::collections::{BTreeMap, BTreeSet};

use cvmshare::rules::{Code, Refusal, from_refusal, meanings, refusals};

use crate::rules_world::*;

#[test]
fn every_mapped_code_is_listed_by_the_vendor() {
    let listed: BTreeMap<String, BTreeSet<String>> =
        serde_json::from_str(include_str!("rules_refusals.json")).unwrap();
    for Refusal { wanted, api_action, api_code, .. } in refusals() {
        assert!(listed[*api_action].contains(*api_code), "{wanted}: {api_action} does not list {api_code}");
    }
}

#[test]
fn each_mapping_belongs_to_its_action_and_occurs_once() {
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
fn the_meaning_of_a_refusal_depends_on_the_action() {
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
