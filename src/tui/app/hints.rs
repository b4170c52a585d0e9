//! The hints of the first sessions.

use crate::tui::{
    app::state::State,
    keymap::{Command, Context},
};

/// So many sessions have hints, or fewer where all of them were used.
const SESSIONS: u32 = 5;

/// What is worth trying first, in this order; each goes away once its key was used.
const HINTS: &[(Command, &str, &str)] = &[
    (
        Command::Actions,
        "shows what can be done with this row and, where it cannot, why",
        "查看这一行能做什么，不能做的为什么",
    ),
    (Command::Details, "shows all of this row", "查看这一行的全部信息"),
    (
        Command::Share,
        "copies and shares, guided; nothing is sent before you say yes",
        "按向导复制并共享；在您同意之前什么都不发送",
    ),
    (Command::Filter, "filters the rows", "筛选各行"),
    (Command::Palette, "finds every command", "查找所有命令"),
    (Command::Help, "shows all keys", "查看全部快捷键"),
];

/// A command was used: its hint has done its work.
pub(crate) fn used(state: &mut State, command: Command) {
    if state.last.sessions > 0 && HINTS.iter().any(|(c, ..)| *c == command) {
        state.last.used.insert(command.word().to_owned());
    }
}

/// The hint of the moment; nothing once the first sessions are over.
pub fn hint(state: &State) -> Option<String> {
    let last = &state.last;
    if !(1..=SESSIONS).contains(&last.sessions) || !state.dialogs.is_empty() || state.selected().is_none() {
        return None;
    }
    HINTS.iter().filter(|(c, ..)| !last.used.contains(c.word())).find_map(|(command, en, zh)| {
        let key = state.keymap.hint(Context::Table, *command);
        (!key.is_empty()).then(|| format!("{key} {}", state.lang.of(en, zh)))
    })
}
