//! The gate for every change in the cloud. It clears an action with the verdict that the user accepted, or refuses it
//! with the reasons.

use crate::{
    i18n,
    jobs::act::CallOptions,
    messages::{Lang, Plain, m, tr},
    rules::{Action, Note, Reason, Step, Verdict, VerdictKind, clear},
    tui::app::{actions::target_name, batch, effect::Effect, state::State},
};

/// Returns the text of a reason: the sentence, the fix, and the rule's code.
fn reason_text(reason: &Reason, lang: Lang) -> String {
    let text = i18n::sentence(reason.code, &reason.args, lang);
    let fix = i18n::remedy(&reason.remedy, reason.code, lang);
    let fix = match fix.chars().next() {
        None => String::new(),
        Some(first) => {
            let rest = &fix[first.len_utf8()..];
            tr!(lang, gate_fix_sentence, to_uppercase = first.to_uppercase(), rest)
        }
    };
    tr!(lang, gate_reason_with_fix, text, fix, code = reason.code)
}

fn note_text(note: &Note, lang: Lang) -> String {
    tr!(lang, gate_note, sentence = i18n::sentence(note.code, &note.args, lang), code = note.code)
}

const ASKING: Plain = m::common_still_loading;

/// Shows the first reason of a verdict as a notice, and adds the others to Messages.
pub(crate) fn show_refusal(state: &mut State, verdict: &Verdict) {
    let lang = state.lang;
    let Some((first, others)) = verdict.reasons.split_first() else {
        return state.show_notice(lang.text(ASKING));
    };
    for other in others.iter().rev() {
        state.record_message(reason_text(other, lang));
    }
    state.show_error(reason_text(first, lang));
}

/// Returns why an action cannot be done that was accepted with the verdict `shown`: all reasons, or what is new in
/// the verdict.
pub(crate) fn refusal(verdict: &Verdict, shown: &Verdict, lang: Lang) -> String {
    let all = |texts: Vec<String>| texts.join(" ");
    match verdict.kind() {
        VerdictKind::Blocked => all(verdict.reasons.iter().map(|r| reason_text(r, lang)).collect()),
        VerdictKind::Unknown => lang.text(ASKING).to_owned(),
        VerdictKind::Allowed => {
            all(verdict.changes_since(shown).iter().map(|n| note_text(n, lang)).collect())
        }
    }
}

/// Returns the steps with their current verdicts, or `None` if they are no longer possible.
pub(crate) fn steps_now(state: &State, steps: &[Step]) -> Option<Vec<Step>> {
    state.facts.guided(&steps.last()?.action)
}

/// Returns the current verdict and the shown verdict of the first step that is now refused or whose verdict contains
/// something that the user has not seen.
pub(crate) fn first_change(state: &State, steps: &[Step]) -> Option<(Verdict, Verdict)> {
    let now = steps_now(state, steps);
    let same = now.filter(|now| now.iter().map(|s| &s.action).eq(steps.iter().map(|s| &s.action)));
    steps.iter().enumerate().find_map(|(at, step)| {
        let verdict = match &same {
            Some(now) => now[at].verdict.clone(),
            None => (*state.facts.verdict(&step.action)).clone(),
        };
        let changed = !verdict.is_allowed() || !verdict.changes_since(&step.verdict).is_empty();
        changed.then(|| (verdict, step.verdict.clone()))
    })
}

/// Shows why an accepted action is not performed: it is refused now, or its verdict contains something that the user
/// has not seen.
pub(crate) fn show_change(state: &mut State, verdict: &Verdict, shown: &Verdict) {
    if verdict.changes_since(shown).is_empty() || !shown.is_allowed() {
        return show_refusal(state, verdict);
    }
    show_change_text(state, &refusal(verdict, shown, state.lang));
}

/// Like [`show_change`], with a given text.
pub(crate) fn show_change_text(state: &mut State, what: &str) {
    state.show_error(tr!(state.lang, gate_changed_since_you_read_it, what));
}

/// Clears an action with the verdict that the user accepted, and performs it. If it is refused or has changed, shows
/// why and returns false.
pub(crate) fn start(state: &mut State, action: Action, shown: &Verdict, effects: &mut Vec<Effect>) -> bool {
    start_with(state, action, shown, CallOptions::default(), effects)
}

/// Like [`start`], with parameters of the call.
pub(crate) fn start_with(
    state: &mut State,
    action: Action,
    shown: &Verdict,
    extra: CallOptions,
    effects: &mut Vec<Effect>,
) -> bool {
    let begun = begin(state, action, shown, extra, effects);
    if let Err(verdict) = &begun {
        show_change(state, verdict, shown);
    }
    begun.is_ok()
}

/// Clears an action and performs it, or returns the current verdict.
fn begin(
    state: &mut State,
    action: Action,
    shown: &Verdict,
    extra: CallOptions,
    effects: &mut Vec<Effect>,
) -> Result<(), Verdict> {
    let cleared = clear(action.clone(), &state.facts, shown)?;
    // The rules allow nothing for an image or instance that was not read, so the region is known.
    if let Some((.., region)) = state.facts.target(&action) {
        let region = region.clone();
        state.acting = Some(action);
        effects.push(Effect::Perform(cleared, region, extra));
    }
    Ok(())
}

/// Performs the next intent. If the rules refuse it, the rest is dropped, except the rest of a batch.
pub(crate) fn next_intent(state: &mut State, effects: &mut Vec<Effect>) {
    while let Some(intent) = state.intents.pop_front() {
        let (action, shown, lang) = (intent.action, intent.accepted, state.lang);
        let Err(now) = begin(state, action.clone(), &shown, intent.extra, effects) else { return };
        let why = refusal(&now, &shown, lang);
        if !batch::on_failed(state, &action, &why) {
            let (what, name) = (i18n::action(&action, lang), target_name(state, &action));
            state.show_error(tr!(lang, gate_was_not_done_to, what, name, why));
            return state.intents.clear();
        }
    }
    batch::finish(state);
}
