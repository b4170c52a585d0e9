//! Changes the address book, trusted accounts, and notes on received images. Changes take effect at once and are
//! stored for the next start. Changes about accounts of the built-in cloud are not stored, because those accounts end
//! with the console.

use crate::{
    i18n,
    messages::{m, tr},
    model::{Image, ImageKind, RuleSet, Uin},
    rules::Limits,
    tui::app::{
        effect::{Effect, SavedChange},
        state::State,
    },
};

fn save(state: &State, what: SavedChange, effects: &mut Vec<Effect>) {
    if state.profile().is_some_and(|p| !p.demo) {
        effects.push(Effect::Save(what));
    }
}

/// Returns the text that says how long a change lasts, to append to a notice.
fn duration_text(state: &State) -> &'static str {
    let lang = state.lang;
    if state.profile().is_some_and(|p| p.demo) { lang.text(m::accounts_until_you_leave_demo) } else { "" }
}

/// Names an account in the address book. `None` removes the name.
pub(crate) fn name_account(state: &mut State, uin: Uin, name: Option<String>, effects: &mut Vec<Effect>) {
    let lang = state.lang;
    let said = match &name {
        Some(name) => {
            state.facts.accounts_mut().insert(uin.clone(), name.clone());
            tr!(lang, accounts_is, uin, name = i18n::plain(name))
        }
        None => {
            state.facts.accounts_mut().remove(&uin);
            tr!(lang, accounts_has_no_name_any_more, uin)
        }
    };
    state.show_notice(format!("{said}{}", duration_text(state)));
    state.mark_stale();
    save(state, SavedChange::Name(uin, name), effects);
}

/// Trusts an account's images, or stops trusting them.
pub(crate) fn trust(state: &mut State, uin: Uin, trusted: bool, effects: &mut Vec<Effect>) {
    let lang = state.lang;
    let Some(profile) = state.profiles.get_mut(state.profile) else { return };
    for standing in [&mut profile.standing, state.facts.standing_mut()] {
        if trusted {
            standing.trusted.insert(uin.clone());
        } else {
            standing.trusted.remove(&uin);
        }
    }
    let name = profile.name.clone();
    let account = i18n::plain(&state.facts.account_name(&uin)).into_owned();
    let said = if trusted {
        lang.text(m::accounts_is_trusted)
    } else {
        lang.text(m::accounts_is_not_trusted_any_more)
    };
    state.show_notice(tr!(lang, accounts_trust_changed, account, said, until = duration_text(state)));
    save(state, SavedChange::Trust(name, uin, trusted), effects);
}

/// Switches the profile in use to the newer pages' limits.
pub(crate) fn use_newer_limits(state: &mut State, effects: &mut Vec<Effect>) {
    let lang = state.lang;
    let Some(profile) = state.profiles.get_mut(state.profile) else { return };
    for standing in [&mut profile.standing, state.facts.standing_mut()] {
        // A limit that the profile itself sets overrides the rule set.
        let own = standing.limits.share_accounts_set.then_some(standing.limits.share_accounts);
        standing.rules = RuleSet::Current;
        standing.limits = Limits::documented(RuleSet::Current).with_share_limit(own);
    }
    let (name, label) = (profile.name.clone(), i18n::plain(&profile.label).into_owned());
    let limits = &state.facts.standing.limits;
    let (accounts, images) = (limits.share_accounts, limits.images_per_region);
    state.show_notice(tr!(
        lang,
        accounts_uses_newer_limits,
        label,
        accounts,
        images,
        until = duration_text(state)
    ));
    save(state, SavedChange::Newer(name), effects);
}

/// Stores a note on a received image. An empty note removes it.
pub(crate) fn save_note(state: &mut State, image: &Image, note: &str, effects: &mut Vec<Effect>) {
    let lang = state.lang;
    let note = Some(note.trim().to_owned()).filter(|n| !n.is_empty());
    match &note {
        Some(note) => drop(state.notes.notes.insert(image.id.clone(), note.clone())),
        None => drop(state.notes.notes.remove(&image.id)),
    }
    let what = if note.is_some() {
        lang.text(m::accounts_noted)
    } else {
        lang.text(m::accounts_there_is_no_note_any)
    };
    state.show_notice(format!("{what}{}", duration_text(state)));
    state.mark_stale();
    save(state, SavedChange::Note(image.id.clone(), note), effects);
}

/// Hides a received image, or shows it again. Only its owner could delete it or cancel the share.
pub(crate) fn hide(state: &mut State, effects: &mut Vec<Effect>) {
    let lang = state.lang;
    let Some(image) = state.selected_image().filter(|i| i.kind == ImageKind::Received) else {
        return state.show_notice(lang.text(m::accounts_only_image_that_was_shared));
    };
    let (id, name) = (image.id.clone(), i18n::plain(&image.name).into_owned());
    let hidden = !state.notes.hidden.remove(&id);
    if hidden {
        state.notes.hidden.insert(id.clone());
    }
    let key = state.keymap.hint(crate::tui::keymap::Context::Table, crate::tui::keymap::Command::ShowHidden);
    let said = match (hidden, state.show_hidden) {
        (true, false) => {
            tr!(lang, accounts_hidden_with_key, name, key)
        }
        (true, true) => tr!(lang, accounts_hidden, name),
        (false, _) => tr!(lang, accounts_is_shown_again, name),
    };
    state.show_notice(format!("{said}{}", duration_text(state)));
    state.mark_stale();
    save(state, SavedChange::Hidden(id, hidden), effects);
}
