//! The jump list: places to go back and forward to, as in a browser.

use crate::tui::app::table::{RowId, Tab, Table};

/// What a table showed.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Shown {
    filter: String,
    selected: Option<RowId>,
    chosen: bool,
    families: bool,
}

/// A place: the tab, and what each tab showed, because a jump can change another tab's filter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct JumpPlace {
    tab: Tab,
    shown: [Shown; 4],
}

/// The places before and after the current one, the nearest last.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct JumpList {
    back: Vec<JumpPlace>,
    forward: Vec<JumpPlace>,
}

/// The maximum number of places in each direction.
const KEPT: usize = 100;

impl JumpPlace {
    /// Returns the current place.
    pub fn here(tab: Tab, tables: &[Table; 4]) -> Self {
        let shown = tables.each_ref().map(|table| Shown {
            filter: table.filter.clone(),
            selected: table.selected.clone(),
            chosen: table.chosen,
            families: table.families,
        });
        Self { tab, shown }
    }

    /// Restores the tables, and returns the tab.
    pub fn restore(self, tables: &mut [Table; 4]) -> Tab {
        for (table, shown) in tables.iter_mut().zip(self.shown) {
            table.filter = shown.filter;
            table.filtering = false;
            table.selected = shown.selected;
            table.chosen = shown.chosen;
            table.families = shown.families;
            table.refilter();
        }
        self.tab
    }
}

impl JumpList {
    /// Adds a place before a jump, and clears the places ahead.
    pub(crate) fn leave(&mut self, place: JumpPlace) {
        if self.back.len() == KEPT {
            self.back.remove(0);
        }
        self.back.push(place);
        self.forward.clear();
    }

    /// Goes back from `here`, or forward. Returns the place, or `None` if there is none.
    pub(crate) fn step(&mut self, here: JumpPlace, back: bool) -> Option<JumpPlace> {
        let (from, to) = match back {
            true => (&mut self.back, &mut self.forward),
            false => (&mut self.forward, &mut self.back),
        };
        let place = from.pop()?;
        to.push(here);
        Some(place)
    }
}
