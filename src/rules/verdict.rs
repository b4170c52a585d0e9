//! Verdicts, their reasons, and the ways out.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value;

use super::{Action, Code, Facts, check};
use crate::model::{ImageId, InstanceId, Region};

/// The figures that fill a sentence: numbers, texts, lists of texts. Texts from the cloud are in here as they came.
pub type Args = BTreeMap<&'static str, Value>;

/// What to do about a block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Remedy {
    /// Another action first; afterwards the wanted one is asked again.
    Do(Box<Action>),
    /// Nothing but time.
    Wait,
    /// Another choice by the person; where one can be suggested, it is.
    Choose(Option<String>),
    /// Another choice, or another rule set: the newer pages have this figure, and under them it would pass.
    Newer(u32),
    /// Sign in again, or use another profile.
    SignIn,
    /// Something outside this program: the owner, the vendor's support.
    Outside,
    /// There is no way.
    None,
}

impl Remedy {
    /// Its kind, as JSON spells it.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Do(_) => "do",
            Self::Wait => "wait",
            Self::Choose(_) | Self::Newer(_) => "choose",
            Self::SignIn => "sign-in",
            Self::Outside => "outside",
            Self::None => "none",
        }
    }

    /// The place of its reason among the others: what only somebody outside can fix, what nobody can fix, the rest.
    pub(super) fn reach(&self) -> u8 {
        match self {
            Self::Outside => 0,
            Self::None => 1,
            Self::Do(_) | Self::Wait | Self::Choose(_) | Self::Newer(_) | Self::SignIn => 2,
        }
    }
}

/// Why an action is blocked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    /// Which row of the rules.
    pub code: Code,
    /// The figures.
    pub args: Args,
    /// The way out.
    pub remedy: Remedy,
}

impl Reason {
    /// Whether the same check would not give this reason under the newer pages' figures (`rules = "current"`).
    pub fn lifted_by_current(&self) -> bool {
        matches!(self.remedy, Remedy::Newer(_))
    }
}

/// Something to know, or a risk to accept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// The code of the rule.
    pub code: Code,
    /// The figures.
    pub args: Args,
}

/// A fact that a verdict still needs. The caller fetches it and asks again.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Missing {
    /// The image itself has not been seen.
    Image(ImageId),
    /// The accounts that an own image is shared with.
    Shares(ImageId),
    /// The instance has not been seen.
    Instance(InstanceId),
    /// The own images of a region: names and number.
    Images(Region),
    /// A region's quota.
    Quota(Region),
    /// What a region's zones sell.
    Offers(Region),
    /// Who the credentials belong to.
    Identity,
}

/// In one word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// It can be done.
    Allowed,
    /// It cannot, and `reasons` says why.
    Blocked,
    /// `missing` says what has to be known first.
    Unknown,
}

/// What may be done, from what is known. It is blocked exactly when it has a reason, so a block without one cannot be
/// built; it is unknown exactly when nothing blocks it but a fact is missing.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Verdict {
    /// All of them: outside our reach first, then permanent, then fixable.
    pub reasons: Vec<Reason>,
    /// Things to know.
    pub notes: Vec<Note>,
    /// Risks that a person must accept before it runs.
    pub acknowledge: Vec<Note>,
    /// Facts that could still change the verdict.
    pub missing: Vec<Missing>,
}

impl Verdict {
    /// The verdict in one word.
    pub fn kind(&self) -> Kind {
        if !self.reasons.is_empty() {
            Kind::Blocked
        } else if !self.missing.is_empty() {
            Kind::Unknown
        } else {
            Kind::Allowed
        }
    }

    /// Whether it can be done.
    pub fn is_allowed(&self) -> bool {
        self.kind() == Kind::Allowed
    }

    /// Adds a reason.
    pub(super) fn block(&mut self, code: Code, args: Args, remedy: Remedy) {
        self.reasons.push(Reason { code, args, remedy });
    }

    /// Adds something to know.
    pub(super) fn note(&mut self, code: Code, args: Args) {
        self.notes.push(Note { code, args });
    }

    /// Adds a risk to accept.
    pub(super) fn ask(&mut self, code: Code, args: Args) {
        self.acknowledge.push(Note { code, args });
    }

    /// Risks and notes that this verdict has and `shown` did not, and reasons as notes: what a person who accepted
    /// `shown` has not seen. A note whose figures changed is not news; a risk whose figures changed is.
    pub fn news_since(&self, shown: &Self) -> Vec<Note> {
        let reasons = self.reasons.iter().map(|r| Note { code: r.code, args: r.args.clone() });
        let risks = self.acknowledge.iter().filter(|n| !shown.acknowledge.contains(n)).cloned();
        let known = |n: &&Note| shown.notes.iter().any(|s| s.code == n.code);
        reasons.chain(risks).chain(self.notes.iter().filter(|n| !known(n)).cloned()).collect()
    }

    /// The codes of all reasons, in order.
    pub fn codes(&self) -> Vec<Code> {
        self.reasons.iter().map(|r| r.code).collect()
    }
}

/// An action that the rules allow and whose verdict a person has accepted. Only [`clear`] makes one, and every call
/// that changes something in the cloud needs one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cleared(Action);

impl Cleared {
    /// What was cleared.
    pub fn action(&self) -> &Action {
        &self.0
    }
}

/// Checks an action again and clears it when it is allowed and nothing has changed since `shown`, the verdict that the
/// person read and accepted.
///
/// # Errors
/// The verdict that holds now: blocked, unknown, or allowed with risks or notes that `shown` does not have
/// ([`Verdict::news_since`] lists them).
pub fn clear(action: Action, facts: &Facts, shown: &Verdict) -> Result<Cleared, Verdict> {
    let now = check(&action, facts);
    accept(action, now, shown)
}

/// Clears an action whose current verdict is already at hand.
pub(super) fn accept(action: Action, now: Verdict, shown: &Verdict) -> Result<Cleared, Verdict> {
    if now.is_allowed() && now.news_since(shown).is_empty() { Ok(Cleared(action)) } else { Err(now) }
}

/// One action of a guided sequence, with its verdict once the actions before it are done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// What is done.
    pub action: Action,
    /// The verdict that a person accepts for it.
    pub verdict: Verdict,
}

/// The actions that lead to `action`, in order: the action alone when it is allowed; an image's shares cancelled and
/// then the image deleted, when its shares are all that blocks the deletion. Nothing when it cannot be done.
pub fn guided(action: &Action, facts: &Facts) -> Option<Vec<Step>> {
    guided_from(action, check(action, facts), |first| check(first, facts))
}

/// The same with the verdict on `action` at hand and a way to get others.
pub fn guided_from(
    action: &Action,
    verdict: Verdict,
    check: impl FnOnce(&Action) -> Verdict,
) -> Option<Vec<Step>> {
    let last = |verdict| Step { action: action.clone(), verdict };
    if verdict.is_allowed() {
        return Some(vec![last(verdict)]);
    }
    let first = cancel_first(action, &verdict)?.clone();
    let before = check(&first);
    if !before.is_allowed() || !verdict.missing.is_empty() {
        return None;
    }
    Some(vec![Step { action: first, verdict: before }, last(Verdict { reasons: Vec::new(), ..verdict })])
}

/// Cancelling all shares, when they are the one reason that blocks a deletion.
pub fn cancel_first<'a>(action: &Action, verdict: &'a Verdict) -> Option<&'a Action> {
    match (action, verdict.reasons.as_slice()) {
        (Action::Delete { .. }, [Reason { code: Code::DeleteShared, remedy: Remedy::Do(first), .. }]) => {
            Some(first)
        }
        _ => None,
    }
}
