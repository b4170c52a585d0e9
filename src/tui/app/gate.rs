//! The one way to change something in the cloud: an action is cleared with the verdict that the person accepted, or
//! refused with the reasons.

use crate::{
    i18n,
    jobs::act::CallOptions,
    messages::{Lang, Plain, m, tr},
    rules::{Action, Kind, Note, Reason, Step, Verdict, clear},
    tui::app::{actions::called, batch, effect::Effect, state::State},
};

/// A reason whole: what, what to do, and the rule's code.
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

/// Says the first reason of a verdict; the others stand among the messages.
pub(crate) fn refuse(state: &mut State, verdict: &Verdict) {
    let lang = state.lang;
    let Some((first, others)) = verdict.reasons.split_first() else {
        return state.say(lang.text(ASKING));
    };
    for other in others.iter().rev() {
        state.note(reason_text(other, lang));
    }
    state.complain(reason_text(first, lang));
}

/// Why an action cannot be done that was accepted with `shown`: all reasons, or what is new in the verdict.
pub(crate) fn refusal(verdict: &Verdict, shown: &Verdict, lang: Lang) -> String {
    let all = |texts: Vec<String>| texts.join(" ");
    match verdict.kind() {
        Kind::Blocked => all(verdict.reasons.iter().map(|r| reason_text(r, lang)).collect()),
        Kind::Unknown => lang.text(ASKING).to_owned(),
        Kind::Allowed => all(verdict.changes_since(shown).iter().map(|n| note_text(n, lang)).collect()),
    }
}

/// The steps as the rules see them now; nothing where they cannot be done any more.
pub(crate) fn steps_now(state: &State, steps: &[Step]) -> Option<Vec<Step>> {
    state.facts.guided(&steps.last()?.action)
}

/// The first step that the rules refuse now, or that has in its verdict what the person has not seen: the verdict that
/// holds, and the one that was shown.
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

/// Says why what a person accepted cannot be done any more: it is refused now, or there is something in the verdict that
/// they have not seen.
pub(crate) fn changed(state: &mut State, verdict: &Verdict, shown: &Verdict) {
    if verdict.changes_since(shown).is_empty() || !shown.is_allowed() {
        return refuse(state, verdict);
    }
    changed_to(state, &refusal(verdict, shown, state.lang));
}

/// The same of what is put in words already.
pub(crate) fn changed_to(state: &mut State, what: &str) {
    state.complain(tr!(state.lang, gate_changed_since_you_read_it, what));
}

/// The one gate: clears an action with the verdict that the person accepted, and has it done. False when it is refused
/// or has changed, which is said.
pub(crate) fn start(state: &mut State, action: Action, shown: &Verdict, effects: &mut Vec<Effect>) -> bool {
    start_with(state, action, shown, CallOptions::default(), effects)
}

/// The same with what the call says beside the action.
pub(crate) fn start_with(
    state: &mut State,
    action: Action,
    shown: &Verdict,
    extra: CallOptions,
    effects: &mut Vec<Effect>,
) -> bool {
    let begun = begin(state, action, shown, extra, effects);
    if let Err(verdict) = &begun {
        changed(state, verdict, shown);
    }
    begun.is_ok()
}

/// Clears an action and has it done, or gives back the verdict that holds now.
fn begin(
    state: &mut State,
    action: Action,
    shown: &Verdict,
    extra: CallOptions,
    effects: &mut Vec<Effect>,
) -> Result<(), Verdict> {
    let cleared = clear(action.clone(), &state.facts, shown)?;
    // No verdict allows anything for an image or instance that was not seen.
    if let Some((.., region)) = state.facts.target(&action) {
        let region = region.clone();
        state.acting = Some(action);
        effects.push(Effect::Perform(cleared, region, extra));
    }
    Ok(())
}

/// Does what is next in line; where the rules refuse it, the rest is not done either, but for that of a batch.
pub(crate) fn next_intent(state: &mut State, effects: &mut Vec<Effect>) {
    while let Some(intent) = state.intents.pop_front() {
        let (action, shown, lang) = (intent.action, intent.accepted, state.lang);
        let Err(now) = begin(state, action.clone(), &shown, intent.extra, effects) else { return };
        let why = refusal(&now, &shown, lang);
        if !batch::failed(state, &action, &why) {
            let (what, name) = (i18n::action(&action, lang), called(state, &action));
            state.complain(tr!(lang, gate_was_not_done_to, what, name, why));
            return state.intents.clear();
        }
    }
    batch::end(state);
}
