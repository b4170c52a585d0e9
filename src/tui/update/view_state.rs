//! Saves and restores the view: tab, order of rows, regions in view.

use crate::{
    messages::Lang,
    session::last_view::{LastSort, LastView},
    tui::app::{
        state::State,
        table::{Tab, Table},
    },
};

fn tab_word(tab: Tab) -> &'static str {
    match tab {
        Tab::Images => "images",
        Tab::Shared => "shared",
        Tab::Regions => "regions",
        Tab::Instances => "instances",
    }
}

/// Restores the view of the last session. `given` tells that the regions were given on the command line.
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
        if let Some(column) = tab.columns().iter().find(|c| c.head(Lang::EN).to_lowercase() == *by) {
            let table = &mut state.tables[tab as usize];
            table.sort = column.field;
            table.descending = *descending;
            table.mark_stale();
        }
    }
}

/// Returns the current view to save.
pub fn save(state: &State) -> LastView {
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

/// Saves only orders that differ from the default.
fn remember_sort(state: &State, last: &mut LastView) {
    for tab in Tab::ALL {
        let (table, first) = (&state.tables[tab as usize], Table::new(tab));
        if (table.sort, table.descending) == (first.sort, first.descending) {
            last.sort.remove(tab_word(tab));
        } else if let Some(column) = tab.columns().iter().find(|c| c.field == table.sort) {
            let by = column.head(Lang::EN).to_lowercase();
            last.sort.insert(tab_word(tab).to_owned(), LastSort { by, descending: table.descending });
        }
    }
}
