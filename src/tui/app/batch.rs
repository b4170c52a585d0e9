//! Runs an action on several images. An image that fails does not stop the others.

use std::sync::Arc;

use crate::{
    messages::{m, tr},
    model::ImageId,
    rules::{Action, Step, Verdict},
    tui::{
        app::{
            actions::{self, target_name},
            state::{BatchRun, QueuedAction, State},
            table::{RowId, Tab},
        },
        keymap::Command,
    },
};

/// One image of a batch, with its current verdict.
#[derive(Debug, Clone)]
pub(crate) struct BatchItem {
    /// The image.
    pub image: ImageId,
    /// The requested action.
    pub action: Action,
    /// The steps in order, each with its verdict. Empty if the action is not possible.
    pub steps: Vec<Step>,
    /// The verdict on the action.
    pub verdict: Arc<Verdict>,
}

/// Returns the marked images if the command works on marked rows. Empty if no row is marked.
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

/// Returns the item for one image. An image that can be deleted after cancelling all its shares counts as possible.
pub(crate) fn item(state: &State, image: &ImageId, command: Command) -> Option<BatchItem> {
    let line = actions::line(state, &RowId::Image(image.clone()), command)?;
    let steps = state.facts.guided(&line.action).unwrap_or_default();
    Some(BatchItem { image: image.clone(), action: line.action, steps, verdict: line.verdict })
}

/// Queues the steps of all items that are possible, and unmarks their rows. The others stay marked.
pub(crate) fn start(state: &mut State, command: Command, items: Vec<BatchItem>) {
    state.batch = Some(BatchRun { command, done: 0, refused: Vec::new() });
    for item in items {
        state.table_mut().marks.remove(&RowId::Image(item.image));
        state.intents.extend(item.steps.into_iter().map(QueuedAction::from));
    }
}

/// Counts a completed action. A preparatory step is not counted.
pub(crate) fn on_done(state: &mut State, action: &Action) {
    if let Some(run) = &mut state.batch {
        let step = run.command == Command::Delete && matches!(action, Action::Unshare { .. });
        run.done += usize::from(!step);
    }
}

/// Records a failure and drops the remaining steps of its image. Returns false if no batch is running.
pub(crate) fn on_failed(state: &mut State, action: &Action, why: &str) -> bool {
    if state.batch.is_none() {
        return false;
    }
    let name = target_name(state, action);
    let line = tr!(state.lang, batch_name_why, name, why);
    // Each failure is recorded in Messages. The final notice names them all.
    state.record_message(line.clone());
    state.intents.retain(|intent| intent.action.image() != action.image());
    if let Some(run) = &mut state.batch {
        run.refused.push(line);
    }
    true
}

/// Shows a summary of the batch when no step is left.
pub(crate) fn finish(state: &mut State) {
    let lang = state.lang;
    let Some(run) = state.batch.take() else { return };
    let word = if run.command == Command::Delete {
        lang.text(m::word_deleted)
    } else {
        lang.text(m::batch_no_longer_shared)
    };
    if run.refused.is_empty() {
        return state.show_notice(tr!(lang, batch_all_done, done = run.done, word));
    }
    let refused = run.refused.len();
    state.show_error(tr!(
        lang,
        batch_refused,
        done = run.done,
        word,
        refused,
        why = run.refused.join(lang.text(m::common_semicolon))
    ));
}
