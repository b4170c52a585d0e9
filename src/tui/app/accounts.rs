//! The address book, whom to trust, and what is noted of received images: it holds at once and is kept for the next
//! start. What is said of accounts of the built-in cloud ends with the console, as they do.

use crate::{
    i18n::{self, lang::tell},
    model::{Image, ImageKind, RuleSet, Uin},
    rules::Limits,
    tui::app::{
        effect::{Effect, Keep},
        state::State,
    },
};

fn keep(state: &State, what: Keep, effects: &mut Vec<Effect>) {
    if state.profile().is_some_and(|p| !p.demo) {
        effects.push(Effect::Keep(what));
    }
}

/// Until when something holds, behind what was said of it.
fn until(state: &State) -> &'static str {
    let lang = state.lang;
    if state.profile().is_some_and(|p| p.demo) {
        lang.of(" Until you leave the demo.", "离开演示后失效。")
    } else {
        ""
    }
}

/// Names an account in the address book; nothing takes it out.
pub(crate) fn name_account(state: &mut State, uin: Uin, name: Option<String>, effects: &mut Vec<Effect>) {
    let lang = state.lang;
    let said = match &name {
        Some(name) => {
            state.facts.accounts_mut().insert(uin.clone(), name.clone());
            tell!(lang, "{uin} is {}.", "{uin} 叫作 {}。", i18n::plain(name))
        }
        None => {
            state.facts.accounts_mut().remove(&uin);
            tell!(lang, "{uin} has no name any more.", "{uin} 的名称已去掉。")
        }
    };
    state.say(format!("{said}{}", until(state)));
    state.stale();
    keep(state, Keep::Name(uin, name), effects);
}

/// Trusts an account's images from now on, or no longer.
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
        lang.of("is trusted", "已信任")
    } else {
        lang.of("is not trusted any more", "不再信任")
    };
    state.say(tell!(lang, "{account} {said}.{}", "{account} {said}。{}", until(state)));
    keep(state, Keep::Trust(name, uin, trusted), effects);
}

/// Goes by the figures of the newer pages from now on, for the profile that holds.
pub(crate) fn go_by_newer(state: &mut State, effects: &mut Vec<Effect>) {
    let lang = state.lang;
    let Some(profile) = state.profiles.get_mut(state.profile) else { return };
    for standing in [&mut profile.standing, state.facts.standing_mut()] {
        // A limit that the profile sets for itself holds whatever the pages say.
        let own = standing.limits.share_accounts_set.then_some(standing.limits.share_accounts);
        standing.rules = RuleSet::Current;
        standing.limits = Limits::documented(RuleSet::Current).with_share_limit(own);
    }
    let (name, label) = (profile.name.clone(), i18n::plain(&profile.label).into_owned());
    let limits = &state.facts.standing.limits;
    let (accounts, images) = (limits.share_accounts, limits.images_per_region);
    state.say(tell!(
        lang,
        "{label} goes by the newer pages: {accounts} accounts an image, {images} images a region.{}",
        "{label} 采用较新的文档：每个镜像 {accounts} 个账号，每个地域 {images} 个镜像。{}",
        until(state)
    ));
    keep(state, Keep::Newer(name), effects);
}

/// Notes something of a received image; an empty note takes it away.
pub(crate) fn keep_note(state: &mut State, image: &Image, note: &str, effects: &mut Vec<Effect>) {
    let lang = state.lang;
    let note = Some(note.trim().to_owned()).filter(|n| !n.is_empty());
    match &note {
        Some(note) => drop(state.notes.notes.insert(image.id.clone(), note.clone())),
        None => drop(state.notes.notes.remove(&image.id)),
    }
    let what = if note.is_some() {
        lang.of("Noted.", "已记下。")
    } else {
        lang.of("There is no note any more.", "备注已去掉。")
    };
    state.say(format!("{what}{}", until(state)));
    state.stale();
    keep(state, Keep::Note(image.id.clone(), note), effects);
}

/// Hides a received image here, or shows it again: only its owner can delete it or cancel the share.
pub(crate) fn hide(state: &mut State, effects: &mut Vec<Effect>) {
    let lang = state.lang;
    let Some(image) = state.selected_image().filter(|i| i.kind == ImageKind::Received) else {
        return state.say(lang.of(
            "Only an image that was shared with you can be hidden.",
            "只有别人共享给您的镜像才能隐藏。",
        ));
    };
    let (id, name) = (image.id.clone(), i18n::plain(&image.name).into_owned());
    let hidden = !state.notes.hidden.remove(&id);
    if hidden {
        state.notes.hidden.insert(id.clone());
    }
    let key = state.keymap.hint(crate::tui::keymap::Context::Table, crate::tui::keymap::Command::ShowHidden);
    let said = match (hidden, state.show_hidden) {
        (true, false) => {
            tell!(
                lang,
                "{name} is hidden here; it is still shared with you. {key} shows hidden ones.",
                "{name} 已在此隐藏；它仍共享给您。{key} 显示隐藏的行。"
            )
        }
        (true, true) => tell!(
            lang,
            "{name} is hidden here; it is still shared with you.",
            "{name} 已在此隐藏；它仍共享给您。"
        ),
        (false, _) => tell!(lang, "{name} is shown again.", "{name} 重新显示。"),
    };
    state.say(format!("{said}{}", until(state)));
    state.stale();
    keep(state, Keep::Hidden(id, hidden), effects);
}
