//! How the console was left and is opened again, and the hints of the first sessions.

use crate::{
    session::last_view::{LastSort, LastView},
    tui::{
        app::{state::State, table::Tab},
        keymap::{Command, Context},
    },
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

fn tab_word(tab: Tab) -> &'static str {
    match tab {
        Tab::Images => "images",
        Tab::Shared => "shared",
        Tab::Regions => "regions",
        Tab::Instances => "instances",
    }
}

/// Opens the console as it was left. `given` says that the regions were named on the command line.
pub fn restore(state: &mut State, last: &LastView, given: bool) {
    state.last = LastView { sessions: last.sessions.saturating_add(1), ..last.clone() };
    if !given {
        state.views.clone_from(&last.regions);
        if let Some(regions) = state.profile().and_then(|p| state.views.get(&p.name)) {
            state.view = regions.clone();
        }
    }
    if let Some(tab) = Tab::ALL.into_iter().find(|t| last.tab.as_deref() == Some(tab_word(*t))) {
        state.tab = tab;
    }
    state.tables[Tab::Images as usize].families = last.families;
    for tab in Tab::ALL {
        let Some(LastSort { by, descending }) = last.sort.get(tab_word(tab)) else { continue };
        if let Some(column) = tab.columns().iter().position(|c| c.title.to_lowercase() == *by) {
            let table = &mut state.tables[tab as usize];
            table.sort = column;
            table.descending = *descending;
            table.stale();
        }
    }
}

/// How the console is left now.
pub fn leave(state: &State) -> LastView {
    let mut last = state.last.clone();
    last.tab = Some(tab_word(state.tab).to_owned());
    last.families = state.tables[Tab::Images as usize].families;
    remember_sort(state, &mut last);
    for profile in state.profiles.iter().filter(|p| !p.demo) {
        match state.views.get(&profile.name) {
            Some(view) if *view != profile.regions => {
                last.regions.insert(profile.name.clone(), view.clone());
            }
            Some(_) => drop(last.regions.remove(&profile.name)),
            None => {}
        }
    }
    last
}

/// Only what is not as it is at first.
fn remember_sort(state: &State, last: &mut LastView) {
    for tab in Tab::ALL {
        let (table, first) = (&state.tables[tab as usize], crate::tui::app::table::Table::new(tab));
        if (table.sort, table.descending) == (first.sort, first.descending) {
            last.sort.remove(tab_word(tab));
        } else if let Some(column) = tab.columns().get(table.sort) {
            let by = column.title.to_lowercase();
            last.sort.insert(tab_word(tab).to_owned(), LastSort { by, descending: table.descending });
        }
    }
}

/// A command was used: its hint has done its work.
pub(crate) fn used(state: &mut State, command: Command) {
    if state.last.sessions > 0 && HINTS.iter().any(|(c, ..)| *c == command) {
        state.last.used.insert(command.word().to_owned());
    }
}

/// The hint of the moment; nothing once the first sessions are over.
pub fn hint(state: &State) -> Option<String> {
    let last = &state.last;
    if !(1..=SESSIONS).contains(&last.sessions) || !state.overlays.is_empty() || state.selected().is_none() {
        return None;
    }
    HINTS.iter().filter(|(c, ..)| !last.used.contains(c.word())).find_map(|(command, en, zh)| {
        let key = state.keymap.hint(Context::Table, *command);
        (!key.is_empty()).then(|| format!("{key} {}", state.lang.of(en, zh)))
    })
}
