//! The rules agree with the built-in cloud, which does not know them. Random worlds and actions get a verdict from
//! facts that were read over HTTP, and then the call is made: an allowed one has to be accepted, a blocked one has to
//! be refused with an error code that means one of the reasons, and a remedy has to remove its reason.

mod perform;
mod read;
mod worlds;

use std::collections::{BTreeMap, BTreeSet};

use cvmshare::{
    model::RuleSet,
    rules::{Action, Code, Reason, Remedy, VerdictKind, check, meanings},
};

use self::{read::Play, worlds::Dice};

const SEED: u64 = 20_261_124;
const WORLDS: u64 = 24;
const STEPS: usize = 100;

/// Error codes of the built-in cloud for cases in which the vendor lists no specific code, or one with several
/// meanings, so that `from_refusal` rightly has no row for it.
const ALSO: [(Code, &str); 6] = [
    (Code::ShareOtherRegion, "InvalidImageId.NotFound"),
    (Code::ShareSelf, "InvalidImageId.NotFound"),
    (Code::CopyNameLength, "InvalidParameterValue"),
    (Code::RenameNameLength, "InvalidParameterValue"),
    (Code::RenamePublic, "InvalidImageId.NotFound"),
    (Code::CaptureNameLength, "InvalidParameterValue"),
];

/// The codes that the cloud enforces. Each has to occur, or this test would check too little.
const JUDGED: [Code; 47] = [
    Code::ShareLimit,
    Code::ShareReceived,
    Code::SharePublic,
    Code::ShareOtherRegion,
    Code::ShareNotNormal,
    Code::ShareSelf,
    Code::ShareAccountForm,
    Code::ShareSubAccount,
    Code::ShareAlready,
    Code::ShareEncrypted,
    Code::ShareByol,
    Code::ShareWholeMachine,
    Code::CopyReceived,
    Code::CopyPublic,
    Code::CopyNotNormal,
    Code::CopySameRegion,
    Code::CopyCrossBorder,
    Code::CopyFinance,
    Code::CopyNoCopyRegion,
    Code::CopyNameTaken,
    Code::CopyNameLength,
    Code::CopyQuota,
    Code::CopyEncrypted,
    Code::CopyWholeMachine,
    Code::UnshareNone,
    Code::UnshareNotNormal,
    Code::DeleteShared,
    Code::DeleteReceived,
    Code::DeletePublic,
    Code::DeleteBusy,
    Code::RenameReceived,
    Code::RenamePublic,
    Code::RenameNameTaken,
    Code::RenameNameLength,
    Code::RenameDescriptionLength,
    Code::LaunchOtherRegion,
    Code::LaunchNotNormal,
    Code::LaunchZone,
    Code::LaunchType,
    Code::ReinstallOtherRegion,
    Code::ReinstallNotNormal,
    Code::ReinstallState,
    Code::CaptureQuota,
    Code::CaptureNameTaken,
    Code::CaptureNameLength,
    Code::CaptureState,
    Code::RegionUnknown,
];

/// What occurred.
#[derive(Default)]
struct Seen {
    cases: usize,
    /// Accepted actions, by kind; the guided flow apart.
    accepted: BTreeMap<&'static str, usize>,
    /// Refused actions, by reason.
    refused: BTreeMap<Code, usize>,
    /// Remedies that were applied.
    fixed: BTreeMap<Code, usize>,
}

impl Seen {
    fn add(&mut self, other: Self) {
        self.cases += other.cases;
        for (word, n) in other.accepted {
            *self.accepted.entry(word).or_default() += n;
        }
        for (code, n) in other.refused {
            *self.refused.entry(code).or_default() += n;
        }
        for (code, n) in other.fixed {
            *self.fixed.entry(code).or_default() += n;
        }
    }
}

fn does(action: &Action, api_code: &str, reasons: &[Reason]) -> Vec<Code> {
    let meant = meanings(action, api_code);
    reasons
        .iter()
        .map(|r| r.code)
        .filter(|code| meant.contains(code) || ALSO.contains(&(*code, api_code)))
        .collect()
}

async fn one_world(number: u64) -> Seen {
    let rules = if number.is_multiple_of(2) { RuleSet::Faq } else { RuleSet::Current };
    let mut dice = Dice::new(SEED + number, rules);
    let mut play = Play::start(&mut dice, rules).await;
    let mut seen = Seen::default();
    for step in 0..STEPS {
        let action = dice.action(&play.facts);
        let verdict = check(&action, &play.facts);
        let outcome = play.perform(&action).await;
        let say =
            || format!("seed {SEED}, world {number}, step {step}: {action:?}\n{verdict:#?}\n{outcome:?}");
        assert_eq!(verdict.missing, [], "{}", say());
        seen.cases += 1;
        match (&outcome, verdict.kind()) {
            (Ok(()), VerdictKind::Allowed) => {
                let guided = matches!(action, Action::Distribute { .. });
                *seen.accepted.entry(if guided { "distribute" } else { action.as_str() }).or_default() += 1;
            }
            (Err(code), VerdictKind::Blocked) => {
                let agreed = does(&action, code, &verdict.reasons);
                assert!(!agreed.is_empty(), "refused for another reason: {}", say());
                for code in agreed {
                    *seen.refused.entry(code).or_default() += 1;
                }
            }
            // Cancelling a share that does not exist does nothing; the vendor's pages do not say whether it is an
            // error.
            (Ok(()), VerdictKind::Blocked) => {
                assert_eq!(verdict.codes(), [Code::UnshareNone], "accepted though blocked: {}", say());
                *seen.refused.entry(Code::UnshareNone).or_default() += 1;
            }
            _ => panic!("not in agreement: {}", say()),
        }
        for reason in verdict.reasons {
            if let Remedy::Do(first) = &reason.remedy
                && check(first, &play.facts).is_allowed()
            {
                let what = format!("seed {SEED}, world {number}, step {step}: {first:?} for {action:?}");
                play.perform(first).await.unwrap_or_else(|e| panic!("{what}: {e}"));
                play.advance(3600).await;
                let after = check(&action, &play.facts);
                let left = after.reasons.iter().find(|r| {
                    r.code == reason.code && r.args == reason.args && matches!(r.remedy, Remedy::Do(_))
                });
                assert_eq!(left, None, "{what}");
                *seen.fixed.entry(reason.code).or_default() += 1;
            }
        }
        if dice.one_in(4) {
            play.advance(3600).await;
        }
    }
    play.stop().await;
    seen
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_rules_and_the_cloud_agree() {
    println!("seed {SEED}");
    let mut seen = Seen::default();
    let worlds: Vec<_> = (0..WORLDS).map(|n| tokio::spawn(one_world(n))).collect();
    for world in worlds {
        seen.add(world.await.unwrap());
    }
    println!(
        "{} cases\naccepted {:?}\nrefused {:?}\nfixed {:?}",
        seen.cases, seen.accepted, seen.refused, seen.fixed
    );
    assert!(seen.cases >= 2000, "only {} cases", seen.cases);
    let met: BTreeSet<Code> = seen.refused.keys().copied().collect();
    let unmet: Vec<&Code> = JUDGED.iter().filter(|c| !met.contains(c)).collect();
    assert!(unmet.is_empty(), "never met: {unmet:?}");
    let words: Vec<&str> = seen.accepted.keys().copied().collect();
    assert_eq!(
        words,
        ["capture", "copy", "delete", "distribute", "launch", "reinstall", "rename", "share", "unshare"]
    );
    let fixed: Vec<Code> = seen.fixed.into_keys().collect();
    let all = [Code::ShareOtherRegion, Code::ShareSelf, Code::DeleteShared, Code::LaunchOtherRegion];
    assert_eq!(fixed, all, "not every remedy was carried out");
}
