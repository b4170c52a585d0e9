//! Where the jumps came from, to go back and forward as in a browser.

use crate::tui::app::{
    state::State,
    table::{RowId, Tab},
};

/// What a table showed.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Shown {
    filter: String,
    selected: Option<RowId>,
    chosen: bool,
    families: bool,
}

/// A place: the tab, and what each of them showed, since a jump changes another's filter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Place {
    tab: Tab,
    shown: [Shown; 4],
}

/// The places before and after this one, the nearest last.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Trail {
    back: Vec<Place>,
    forward: Vec<Place>,
}

/// So many places are kept.
const KEPT: usize = 100;

impl Place {
    /// Here.
    pub fn here(state: &State) -> Self {
        let shown = state.tables.each_ref().map(|table| Shown {
            filter: table.filter.clone(),
            selected: table.selected.clone(),
            chosen: table.chosen,
            families: table.families,
        });
        Self { tab: state.tab, shown }
    }

    fn go(self, state: &mut State) {
        state.tab = self.tab;
        state.pane = None;
        for (table, shown) in state.tables.iter_mut().zip(self.shown) {
            table.filter = shown.filter;
            table.filtering = false;
            table.selected = shown.selected;
            table.chosen = shown.chosen;
            table.families = shown.families;
            table.refilter();
        }
    }
}

impl Trail {
    /// A jump leaves a place; what lay ahead of it is no more.
    pub(crate) fn leave(&mut self, place: Place) {
        if self.back.len() == KEPT {
            self.back.remove(0);
        }
        self.back.push(place);
        self.forward.clear();
    }
}

/// One place back, or forward; false where there is none.
pub(crate) fn step(state: &mut State, back: bool) -> bool {
    let here = Place::here(state);
    let Trail { back: before, forward: ahead } = &mut state.trail;
    let (from, to) = if back { (before, ahead) } else { (ahead, before) };
    let Some(place) = from.pop() else { return false };
    to.push(here);
    place.go(state);
    true
}
