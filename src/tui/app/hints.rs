//! The hints of the first sessions.

use crate::{
    messages::{Plain, m},
    tui::{
        app::state::State,
        keymap::{Command, Context},
    },
};

/// So many sessions have hints, or fewer where all of them were used.
const SESSIONS: u32 = 5;

/// What is worth trying first, in this order; each goes away once its key was used.
const HINTS: &[(Command, Plain)] = &[
    (Command::Actions, m::hints_actions),
    (Command::Details, m::hints_shows_all_this_row),
    (Command::Share, m::hints_share),
    (Command::Filter, m::hints_filters_rows),
    (Command::Palette, m::hints_finds_every_command),
    (Command::Help, m::hints_shows_all_keys),
];

/// A command was used: its hint has done its work.
pub(crate) fn used(state: &mut State, command: Command) {
    if state.last.sessions > 0 && HINTS.iter().any(|(c, _)| *c == command) {
        state.last.used.insert(command.word().to_owned());
    }
}

/// The hint of the moment; nothing once the first sessions are over.
pub fn hint(state: &State) -> Option<String> {
    let last = &state.last;
    if !(1..=SESSIONS).contains(&last.sessions) || !state.dialogs.is_empty() || state.selected().is_none() {
        return None;
    }
    HINTS.iter().filter(|(c, _)| !last.used.contains(c.word())).find_map(|(command, does)| {
        let key = state.keymap.hint(Context::Table, *command);
        (!key.is_empty()).then(|| format!("{key} {}", state.lang.text(*does)))
    })
}
