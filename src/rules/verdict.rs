//! Verdicts, their reasons and remedies.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value;

use super::{Action, Code, Facts, check};
use crate::model::{ImageId, InstanceId, Region};

/// The arguments of a message: numbers, texts and lists of texts. Texts from the cloud are unmodified.
pub type Args = BTreeMap<&'static str, Value>;

/// How to resolve a block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Remedy {
    /// Do another action first, then check the original one again.
    Do(Box<Action>),
    /// Wait.
    Wait,
    /// Choose something else, for example this value.
    Choose(Option<String>),
    /// Choose something else, or use `rules = "current"`, whose limit is this figure and would allow the
    /// action.
    CurrentRules(u32),
    /// Sign in again or use another profile.
    SignIn,
    /// Somebody else has to act: the owner of the image or the vendor's support.
    Outside,
    /// Nothing helps.
    None,
}

impl Remedy {
    /// Returns the name of the remedy as JSON spells it.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Do(_) => "do",
            Self::Wait => "wait",
            Self::Choose(_) | Self::CurrentRules(_) => "choose",
            Self::SignIn => "sign-in",
            Self::Outside => "outside",
            Self::None => "none",
        }
    }

    /// Returns the sort key of reasons: 0 if only somebody else can help, 1 if nothing helps, 2 for the rest.
    pub(super) fn sort_key(&self) -> u8 {
        match self {
            Self::Outside => 0,
            Self::None => 1,
            Self::Do(_) | Self::Wait | Self::Choose(_) | Self::CurrentRules(_) | Self::SignIn => 2,
        }
    }
}

/// A reason why an action is blocked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    /// The rule.
    pub code: Code,
    /// The arguments of its message.
    pub args: Args,
    /// How to resolve it.
    pub remedy: Remedy,
}

impl Reason {
    /// Returns whether the limits of `rules = "current"` would not block for this reason.
    pub fn lifted_by_current(&self) -> bool {
        matches!(self.remedy, Remedy::CurrentRules(_))
    }
}

/// A note, or a risk to accept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// The rule.
    pub code: Code,
    /// The arguments of its message.
    pub args: Args,
}

/// A fact that a verdict needs. The caller reads it and checks again.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Missing {
    /// The image has not been seen.
    Image(ImageId),
    /// The shares of an own image have not been read.
    Shares(ImageId),
    /// The instance has not been seen.
    Instance(InstanceId),
    /// The own images of a region have not been read.
    Images(Region),
    /// The quota of a region has not been read.
    Quota(Region),
    /// The instance types that a region sells have not been read.
    Offers(Region),
    /// The account of the credentials is not known.
    Identity,
}

/// The outcome of a verdict.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum VerdictKind {
    /// The action is allowed.
    Allowed,
    /// The action is blocked, see [`Verdict::reasons`].
    Blocked,
    /// Facts are missing, see [`Verdict::missing`].
    Unknown,
}

/// The result of [`check`].
///
/// It is blocked exactly if it has a reason, so every block is explained. It is unknown exactly if it has no
/// reason and a fact is missing.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Verdict {
    /// All reasons, sorted as described in the [module documentation](super).
    pub reasons: Vec<Reason>,
    /// Notes.
    pub notes: Vec<Note>,
    /// Risks that a person must accept before the action runs.
    pub acknowledge: Vec<Note>,
    /// Missing facts that could change the verdict.
    pub missing: Vec<Missing>,
}

impl Verdict {
    /// Returns the outcome.
    pub fn kind(&self) -> VerdictKind {
        if !self.reasons.is_empty() {
            VerdictKind::Blocked
        } else if !self.missing.is_empty() {
            VerdictKind::Unknown
        } else {
            VerdictKind::Allowed
        }
    }

    /// Returns whether the action is allowed.
    pub fn is_allowed(&self) -> bool {
        self.kind() == VerdictKind::Allowed
    }

    /// Adds a reason.
    pub(super) fn block(&mut self, code: Code, args: Args, remedy: Remedy) {
        self.reasons.push(Reason { code, args, remedy });
    }

    /// Adds a note.
    pub(super) fn note(&mut self, code: Code, args: Args) {
        self.notes.push(Note { code, args });
    }

    /// Adds a risk to accept.
    pub(super) fn acknowledge(&mut self, code: Code, args: Args) {
        self.acknowledge.push(Note { code, args });
    }

    /// Returns what a person who accepted `shown` has not seen: new risks and notes, and all reasons as
    /// notes. A risk with changed arguments is new; a note with changed arguments is not.
    pub fn changes_since(&self, shown: &Self) -> Vec<Note> {
        let reasons = self.reasons.iter().map(|r| Note { code: r.code, args: r.args.clone() });
        let risks = self.acknowledge.iter().filter(|n| !shown.acknowledge.contains(n)).cloned();
        let known = |n: &&Note| shown.notes.iter().any(|s| s.code == n.code);
        reasons.chain(risks).chain(self.notes.iter().filter(|n| !known(n)).cloned()).collect()
    }

    /// Returns the codes of all reasons in order.
    pub fn codes(&self) -> Vec<Code> {
        self.reasons.iter().map(|r| r.code).collect()
    }
}

/// An action that the rules allow and whose verdict a person has accepted. Only [`clear`] creates one, and
/// every call that changes the cloud requires one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cleared(Action);

impl Cleared {
    /// Returns the action.
    pub fn action(&self) -> &Action {
        &self.0
    }
}

/// Checks an action again. Clears it if it is allowed and the verdict has no risks or notes that `shown`, the
/// verdict that the person accepted, lacks.
///
/// # Errors
/// The current verdict, if the action is blocked or unknown, or if [`Verdict::changes_since`] lists differences
/// to `shown`.
pub fn clear(action: Action, facts: &Facts, shown: &Verdict) -> Result<Cleared, Verdict> {
    let now = check(&action, facts);
    accept(action, now, shown)
}

/// Clears an action whose current verdict has already been made.
pub(super) fn accept(action: Action, now: Verdict, shown: &Verdict) -> Result<Cleared, Verdict> {
    if now.is_allowed() && now.changes_since(shown).is_empty() { Ok(Cleared(action)) } else { Err(now) }
}

/// An action of a sequence and its verdict after the actions before it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// The action.
    pub action: Action,
    /// The verdict that a person accepts for it.
    pub verdict: Verdict,
}

/// Returns the actions to do in order: the action alone if it is allowed; or cancelling all shares and then
/// deleting the image, if its shares are the only reason that blocks the deletion. Returns `None` if the
/// action cannot be done.
pub fn guided(action: &Action, facts: &Facts) -> Option<Vec<Step>> {
    guided_from(action, check(action, facts), |first| check(first, facts))
}

/// Like [`guided`], with the verdict on `action` already made and a function that makes others.
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

/// Returns the action that cancels all shares, if they are the only reason that blocks a deletion.
pub fn cancel_first<'a>(action: &Action, verdict: &'a Verdict) -> Option<&'a Action> {
    match (action, verdict.reasons.as_slice()) {
        (Action::Delete { .. }, [Reason { code: Code::DeleteShared, remedy: Remedy::Do(first), .. }]) => {
            Some(first)
        }
        _ => None,
    }
}
