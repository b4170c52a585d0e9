//! Several images at once: what is done to each, and how it went. One that fails does not stop the others.

use std::sync::Arc;

use crate::{
    messages::{m, tr},
    model::ImageId,
    rules::{Action, Step, Verdict},
    tui::{
        app::{
            actions::{self, called},
            state::{BatchRun, Intent, State},
            table::{RowId, Tab},
        },
        keymap::Command,
    },
};

/// One image of a batch, as the rules see it now.
#[derive(Debug, Clone)]
pub(crate) struct Item {
    /// The image.
    pub image: ImageId,
    /// What is wanted.
    pub action: Action,
    /// What has to be done, in this order, each with its verdict; empty where it cannot be.
    pub steps: Vec<Step>,
    /// The verdict on what is wanted.
    pub verdict: Arc<Verdict>,
}

/// The marked images where a command acts on the marked ones; nothing where none is marked.
pub(crate) fn marked(state: &State, command: Command) -> Vec<ImageId> {
    if !matches!(state.tab, Tab::Images | Tab::Shared)
        || !matches!(command, Command::Delete | Command::Unshare | Command::Copy | Command::Share)
    {
        return Vec::new();
    }
    state
        .table()
        .marked()
        .into_iter()
        .filter_map(|row| match row {
            RowId::Image(id) => state.facts.image(id).map(|_| id.clone()),
            _ => None,
        })
        .collect()
}

/// Looks at one image; cancelling all shares before deleting counts as something that can be done.
pub(crate) fn item(state: &State, image: &ImageId, command: Command) -> Option<Item> {
    let line = actions::line(state, &RowId::Image(image.clone()), command)?;
    let steps = state.facts.guided(&line.action).unwrap_or_default();
    Some(Item { image: image.clone(), action: line.action, steps, verdict: line.verdict })
}

/// Puts what can be done in line. What is done is no longer marked; what cannot be stays so.
pub(crate) fn begin(state: &mut State, command: Command, items: Vec<Item>) {
    state.batch = Some(BatchRun { command, done: 0, refused: Vec::new() });
    for item in items {
        state.table_mut().marks.remove(&RowId::Image(item.image));
        state.intents.extend(item.steps.into_iter().map(Intent::from));
    }
}

/// Counts what is done; a first step is not the thing itself.
pub(crate) fn done(state: &mut State, action: &Action) {
    if let Some(run) = &mut state.batch {
        let step = run.command == Command::Delete && matches!(action, Action::Unshare { .. });
        run.done += usize::from(!step);
    }
}

/// Notes a failure and drops what was still to be done to this image; false where there is no batch.
pub(crate) fn failed(state: &mut State, action: &Action, why: &str) -> bool {
    if state.batch.is_none() {
        return false;
    }
    let name = called(state, action);
    let line = tr!(state.lang, batch_name_why, name, why);
    // Each on its own among the messages; the end names them all.
    state.note(line.clone());
    state.intents.retain(|intent| intent.action.image() != action.image());
    if let Some(run) = &mut state.batch {
        run.refused.push(line);
    }
    true
}

/// Says how a batch went, once nothing is left of it.
pub(crate) fn end(state: &mut State) {
    let lang = state.lang;
    let Some(run) = state.batch.take() else { return };
    let word = if run.command == Command::Delete {
        lang.text(m::word_deleted)
    } else {
        lang.text(m::batch_no_longer_shared)
    };
    if run.refused.is_empty() {
        return state.say(tr!(lang, batch_all_done, done = run.done, word));
    }
    let refused = run.refused.len();
    state.complain(tr!(
        lang,
        batch_refused,
        done = run.done,
        word,
        refused,
        why = run.refused.join(lang.text(m::common_semicolon))
    ));
}
