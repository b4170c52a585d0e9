//! The commands of the palette: every one of the tables with its key, those used last first, and what the selected row
//! keeps from being done dim, with the reason.

use crate::{
    messages::{m, tr},
    model::ImageKind,
    rules::Kind,
    tui::{
        app::{actions, batch, state::State, table::Tab},
        keymap::{Command, Context, WorksOn},
        widgets::fuzzy,
    },
};

/// One command as the palette shows it.
pub(crate) struct Entry {
    pub command: Command,
    /// What it does, or why it cannot be done here.
    pub told: String,
    /// It cannot be done here.
    pub blocked: bool,
    /// Its first key; empty where it has none.
    pub key: String,
}

/// So many of those used last stand first.
const RECENT: usize = 5;

/// Remembers that a command was taken from the palette.
pub(crate) fn used(state: &mut State, command: Command) {
    state.recent.retain(|c| *c != command);
    state.recent.insert(0, command);
    state.recent.truncate(RECENT);
}

/// The commands that fit what was typed, the best first.
pub(crate) fn entries(state: &State, typed: &str) -> Vec<Entry> {
    let keymap = &state.keymap;
    let recency = |c: Command| state.recent.iter().position(|r| *r == c).unwrap_or(RECENT);
    let mut found: Vec<((usize, usize), Command)> = Command::ALL
        .iter()
        .filter(|c| !matches!(c, Command::Palette | Command::Back) && keymap.has(Context::Table, **c))
        .filter_map(|c| {
            let text = format!("{} {}", c.word().replace('_', " "), c.text(state.lang));
            Some(((fuzzy::score(typed, &text)?, recency(*c)), *c))
        })
        .collect();
    // What is equal keeps the order of the help.
    found.sort_by_key(|(rank, _)| *rank);
    found
        .into_iter()
        .map(|(_, command)| {
            let why = why_not(state, command);
            Entry {
                command,
                blocked: why.is_some(),
                told: why.unwrap_or_else(|| told(state, command)),
                key: keymap.hint(Context::Table, command),
            }
        })
        .collect()
}

fn told(state: &State, command: Command) -> String {
    match batch::marked(state, command).len() {
        0 => command.text(state.lang).to_owned(),
        n => {
            let rows = tr!(state.lang, count_marked_rows, n = n);
            let text = command.text(state.lang);
            tr!(state.lang, palette_for, text, rows)
        }
    }
}

/// Why a command cannot be done to what is selected, in a line.
fn why_not(state: &State, command: Command) -> Option<String> {
    let lang = state.lang;
    if !batch::marked(state, command).is_empty() {
        return None;
    }
    let needed = match command.works_on() {
        WorksOn::Console | WorksOn::Dialog | WorksOn::AnyRow => return None,
        WorksOn::Row if state.selected().is_some() => return None,
        WorksOn::Row => {
            return Some(lang.text(m::palette_not_here_no_row_is).into());
        }
        WorksOn::MyImages if state.tab == Tab::Images => return None,
        WorksOn::MyImages => lang.text(m::common_my_images),
        WorksOn::Received if state.selected_image().is_some_and(|i| i.kind == ImageKind::Received) => {
            return None;
        }
        WorksOn::Received => lang.text(m::palette_received_image),
        WorksOn::Image | WorksOn::Instance => {
            match state.selected().and_then(|row| actions::line(state, row, command)) {
                Some(line) if line.verdict.kind() == Kind::Blocked => {
                    return Some(actions::summary(state, &line).0);
                }
                Some(_) => return None,
                None if command.works_on() == WorksOn::Image => lang.text(m::common_image),
                None => lang.text(m::palette_instance),
            }
        }
    };
    Some(tr!(lang, palette_not_here_for, needed))
}
