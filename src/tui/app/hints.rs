//! Hints for the first sessions.

use crate::{
    messages::{Plain, m},
    tui::{
        app::state::State,
        keymap::{Command, Context},
    },
};

/// The number of sessions with hints. There are fewer if all hints were used.
const SESSIONS: u32 = 5;

/// The hints in order. Each disappears once its command was used.
const HINTS: &[(Command, Plain)] = &[
    (Command::Actions, m::hints_actions),
    (Command::Details, m::hints_shows_all_this_row),
    (Command::Share, m::hints_share),
    (Command::Filter, m::hints_filters_rows),
    (Command::Palette, m::hints_finds_every_command),
    (Command::Help, m::hints_shows_all_keys),
];

/// Records that a command was used, which removes its hint.
pub(crate) fn on_used(state: &mut State, command: Command) {
    if state.last.sessions > 0 && HINTS.iter().any(|(c, _)| *c == command) {
        state.last.used.insert(command.word().to_owned());
    }
}

/// Returns the current hint, or `None` after the first sessions.
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
