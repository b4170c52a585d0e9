//! Processes the result of an action. The facts take what was read back, and the notice claims only what was seen.

use crate::{
    facts::Load,
    i18n,
    jobs::Job,
    messages::{Lang, m, tr},
    model::Region,
    rules::{self, Action},
    tui::app::{
        batch,
        effect::Effect,
        follow::{RESET, follow},
        gate::next_intent,
        jobs::read_job_again,
        message::{CallError, Performed},
        reads::{load, record_error},
        state::State,
        table::RowId,
    },
};

pub(crate) fn on_performed(state: &mut State, performed: Performed, effects: &mut Vec<Effect>) {
    let lang = state.lang;
    state.acting = None;
    let action = performed.cleared.action().clone();
    let region = state.facts.target(&action).map(|(.., region)| region.clone());
    let (id, name) = subject(state, &action);
    store_result(state, &action, &performed);
    let form = pass_to_form(state, &performed);
    if let Some(error) = &performed.error {
        if state.batch.is_none() {
            state.intents.clear();
        }
        record_error(state, error);
        let meant = rules::from_refusal(&action, &error.code);
        if meant.is_some() {
            if let Some(line) = rules::drift(action.as_str(), &error.code, &id) {
                state.record_message(line.clone());
                effects.push(Effect::Log(line));
            }
            // The facts are older than the cloud's answer.
            if let Some(region) = &region {
                load(state, Load::Images(region.clone()), effects);
            }
            if matches!(action, Action::Reinstall { .. } | Action::Capture { .. }) {
                read_again(state, &action, region.clone(), effects);
            }
        }
        // A part may have been done; only a read can tell.
        if performed.unsure || matches!(action, Action::Unshare { .. }) {
            read_again(state, &action, region, effects);
        }
        if !form {
            let unsure = if performed.unsure { lang.text(m::console_done_unknown) } else { "" };
            // If a rule explains the error, its sentence is shown instead of the cloud's message.
            let mut told = error.clone();
            if let Some(code) = meant {
                let text = i18n::sentence(code, &rules::Args::new(), state.lang);
                told.text = text.trim_end_matches(['.', '\u{3002}']).to_owned();
            }
            let why = format!("{}{unsure}", told.to_line(lang));
            if batch::on_failed(state, &action, &why) {
                next_intent(state, effects);
            } else {
                state.show_error(format!("{name}: {why}"));
            }
        }
        return;
    }
    if let (Some(row), Some(region)) = (pending(&action, &performed), &region) {
        follow(state, row, region.clone(), matches!(action, Action::Reinstall { .. }));
    }
    match &performed.unread {
        Some(error) => {
            record_error(state, error);
            read_again(state, &action, region, effects);
            state.show_error(unread_text(&action, &performed, &name, error, lang));
        }
        None => {
            let text = success_text(state, &action, &performed, &name);
            state.show_notice(text);
        }
    }
    if let (Action::Delete { .. } | Action::Unshare { .. }, Some(image)) = (&action, action.image()) {
        // The records of finished jobs about this image are read again.
        let of_it = |j: &&Job| j.cells.iter().any(|c| c.image.as_ref() == Some(image));
        let jobs: Vec<String> = state.jobs.values().filter(of_it).map(|j| j.id.clone()).collect();
        jobs.iter().for_each(|id| read_job_again(state, id, effects));
    }
    batch::on_done(state, &action);
    next_intent(state, effects);
}

/// Passes the result to the form that waits for it. Returns false if there is none.
fn pass_to_form(state: &mut State, performed: &Performed) -> bool {
    for at in (0..state.dialogs.len()).rev() {
        let mut dialog = state.dialogs.remove(at);
        let may_go = dialog.on_performed(performed, state);
        if may_go != Some(true) {
            state.dialogs.insert(at, dialog);
        }
        if may_go.is_some() {
            return true;
        }
    }
    false
}

/// Returns the ID of an action's image or instance, and its name for messages.
fn subject(state: &State, action: &Action) -> (String, String) {
    let id = match action {
        Action::Reinstall { instance, .. } | Action::Capture { instance, .. } => instance.to_string(),
        _ => action.image().map(ToString::to_string).unwrap_or_default(),
    };
    let name = state.facts.target(action).map(|(_, name, _)| i18n::plain(name).into_owned());
    let name = name.unwrap_or_else(|| id.clone());
    (id, name)
}

/// Adds what was read back to the facts.
fn store_result(state: &mut State, action: &Action, performed: &Performed) {
    if let (Some(shares), Some(id)) = (&performed.shares, action.image()) {
        state.facts.set_shares(id.clone(), shares.clone());
    }
    state.facts.add_images(performed.image.clone());
    state.facts.add_instances(performed.instance.clone());
    // The cloud keeps no record of the images that were made from an instance.
    if let (Action::Capture { instance, .. }, Some(RowId::Image(made))) = (action, &performed.made) {
        state.facts.record_capture(instance.clone(), made.clone());
    }
    if let (Action::Delete { image, .. }, None) = (action, &performed.error) {
        state.facts.remove_image(image);
    }
}

/// Returns the row to follow until it is stable.
fn pending(action: &Action, performed: &Performed) -> Option<RowId> {
    match action {
        Action::Launch { .. } | Action::Capture { .. } => performed.made.clone(),
        Action::Reinstall { instance, .. } => Some(RowId::Instance(instance.clone())),
        _ => None,
    }
}

/// Reads the rows that an action may have changed.
fn read_again(state: &mut State, action: &Action, region: Option<Region>, effects: &mut Vec<Effect>) {
    let Some(region) = region else { return };
    let what = match action {
        Action::Launch { .. } | Action::Reinstall { .. } => vec![Load::Instances(region)],
        Action::Capture { .. } => vec![Load::Images(region.clone()), Load::Instances(region)],
        Action::Unshare { image, .. } => vec![Load::Shares(region, image.clone())],
        _ => vec![Load::Images(region)],
    };
    for what in what {
        load(state, what, effects);
    }
}

/// Returns the text about an action that succeeded and whose result could not be read.
fn unread_text(action: &Action, performed: &Performed, name: &str, error: &CallError, lang: Lang) -> String {
    let made = performed.made.as_ref().map_or("", RowId::as_str);
    let what = match action {
        Action::Launch { .. } => tr!(lang, console_done_launched, made, name),
        Action::Capture { .. } => tr!(lang, console_done_image_was_begun, made),
        _ => tr!(lang, console_done_cloud_took_it, name),
    };
    tr!(lang, console_done_not_read_back, what, trouble = error.text, code = error.code)
}

/// Returns the text about an action that succeeded and whose result was read.
fn success_text(state: &State, action: &Action, performed: &Performed, name: &str) -> String {
    let lang = state.lang;
    let made = performed.made.as_ref().map_or("", RowId::as_str);
    match action {
        Action::Delete { .. } => tr!(lang, console_done_is_deleted, name),
        Action::Unshare { image, .. } => {
            let left = state.facts.shares(image).map_or(0, <[_]>::len);
            tr!(lang, console_done_unshared, name, left)
        }
        Action::Rename { .. } => tr!(lang, console_done_is_changed_read_back, name),
        Action::Launch { .. } => match &performed.instance {
            Some(i) => {
                tr!(lang, console_done_instance, name = i18n::plain(&i.name), id = i.id, i = i.state)
            }
            None => tr!(lang, console_done_launched_not_listed, made, name),
        },
        Action::Reinstall { .. } => {
            match performed.instance.as_ref().and_then(|i| i.latest_operation.as_ref()) {
                Some((operation, outcome)) if operation == RESET => {
                    tr!(lang, console_done_is_read_back, name, operation, outcome)
                }
                _ => tr!(lang, console_done_reinstallation_was_taken, name),
            }
        }
        Action::Capture { .. } => match &performed.image {
            Some(i) => {
                tr!(lang, console_done_image, name = i18n::plain(&i.name), id = i.id, i = i.state)
            }
            None => tr!(lang, console_done_image_not_listed, made),
        },
        _ => tr!(lang, console_done_done, name),
    }
}
