//! Where the jumps came from, to go back and forward as in a browser.

use crate::tui::app::table::{RowId, Tab, Table};

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
pub struct JumpList {
    back: Vec<Place>,
    forward: Vec<Place>,
}

/// So many places are kept.
const KEPT: usize = 100;

impl Place {
    /// Here.
    pub fn here(tab: Tab, tables: &[Table; 4]) -> Self {
        let shown = tables.each_ref().map(|table| Shown {
            filter: table.filter.clone(),
            selected: table.selected.clone(),
            chosen: table.chosen,
            families: table.families,
        });
        Self { tab, shown }
    }

    /// Makes the tables show what they showed; returns the tab.
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
    /// A jump leaves a place; what lay ahead of it is no more.
    pub(crate) fn leave(&mut self, place: Place) {
        if self.back.len() == KEPT {
            self.back.remove(0);
        }
        self.back.push(place);
        self.forward.clear();
    }

    /// The place to go back to from `here`, or forward; `None` where there is none.
    pub(crate) fn step(&mut self, here: Place, back: bool) -> Option<Place> {
        let (from, to) = match back {
            true => (&mut self.back, &mut self.forward),
            false => (&mut self.forward, &mut self.back),
        };
        let place = from.pop()?;
        to.push(here);
        Some(place)
    }
}
