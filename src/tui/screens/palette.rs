//! The entries of the palette: every command of the tables with its key. Recently used commands are first. Commands
//! that are not possible for the selected row are dimmed and show the reason.

use crate::{
    messages::{m, tr},
    model::ImageKind,
    rules::VerdictKind,
    tui::{
        app::{actions, batch, state::State, table::Tab},
        keymap::{Command, Context, WorksOn},
        widgets::fuzzy,
    },
};

/// An entry of the palette.
pub(crate) struct PaletteEntry {
    pub command: Command,
    /// The description of the command, or the reason why it is not possible.
    pub text: String,
    /// Whether the command is not possible.
    pub blocked: bool,
    /// The first key. Empty if the command has no key.
    pub key: String,
}

/// The maximum number of recently used commands at the top.
const RECENT: usize = 5;

/// Records that a command was run from the palette.
pub(crate) fn on_used(state: &mut State, command: Command) {
    state.recent.retain(|c| *c != command);
    state.recent.insert(0, command);
    state.recent.truncate(RECENT);
}

/// Returns the commands that match the typed text, the best match first.
pub(crate) fn entries(state: &State, typed: &str) -> Vec<PaletteEntry> {
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
    // The sort is stable: equal ranks keep the order of the help.
    found.sort_by_key(|(rank, _)| *rank);
    found
        .into_iter()
        .map(|(_, command)| {
            let why = why_not(state, command);
            PaletteEntry {
                command,
                blocked: why.is_some(),
                text: why.unwrap_or_else(|| description(state, command)),
                key: keymap.hint(Context::Table, command),
            }
        })
        .collect()
}

fn description(state: &State, command: Command) -> String {
    match batch::marked(state, command).len() {
        0 => command.text(state.lang).to_owned(),
        n => {
            let rows = tr!(state.lang, count_marked_rows, n = n);
            let text = command.text(state.lang);
            tr!(state.lang, palette_for, text, rows)
        }
    }
}

/// Returns why a command is not possible for the selection, on one line.
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
                Some(line) if line.verdict.kind() == VerdictKind::Blocked => {
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
