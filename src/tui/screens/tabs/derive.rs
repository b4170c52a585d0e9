//! Derives the rows of a table from the facts: sorts all rows of the tab, then filters them.

use crate::{
    model::ImageKind,
    rules::Facts,
    tui::{
        app::{
            column::Field,
            family,
            query::Query,
            state::State,
            table::{RowId, Tab, Table, Unfiltered},
        },
        screens::tabs::{
            images, instances,
            item::{self, RowItem},
            regions,
        },
    },
};

/// A number of rows that is larger than any screen.
const PAGE: usize = 500;
/// The number of rows that are filtered before a frame is drawn, which takes a few milliseconds.
const AT_ONCE: usize = 5_000;

impl Table {
    /// Returns whether nothing has changed that the rows depend on.
    pub fn is_fresh(&self, facts: &Facts) -> bool {
        self.sorted == Some(self.order_of(facts)) && self.derived == Some(self.basis_of(&self.query, facts))
    }

    /// Returns the revision that the order depends on. Share lists arrive one by one for the visible rows, so they
    /// count only if the order depends on them.
    fn order_of(&self, facts: &Facts) -> u64 {
        let by_shares = self.sort == Field::Shared;
        if by_shares { facts.revision() } else { facts.rows_revision() }
    }

    /// Returns the revision that the result of a filter depends on.
    fn basis_of(&self, query: &Query, facts: &Facts) -> u64 {
        if query.reads_shares() { facts.revision() } else { facts.rows_revision() }
    }

    /// Derives the rows from the facts. The selection stays on its row, or on the nearest index if the row is gone.
    /// If there are very many rows, only the visible part is filtered, and [`Table::filter_more`] filters the rest.
    pub fn derive(&mut self, state: &State) {
        let query = Query::parse(self.tab.terms(), &self.filter, state.lang);
        let (order, basis) = (self.order_of(&state.facts), self.basis_of(&query, &state.facts));
        let group = self.families && self.tab == Tab::Images;
        let mut narrowed = !(group || self.grouped || self.whole)
            && self.shown == Some((order, basis))
            && query.narrows(&self.query);
        if self.sorted != Some(order) {
            self.all = self.sorted_anew(state);
            self.marks.retain(|mark| exists(self.tab, state, mark));
            self.sorted = Some(order);
            narrowed = false;
        } else if self.whole {
            self.all = std::mem::take(&mut self.rows);
        }
        self.whole = query.is_empty() && !group;
        self.query = query;
        self.unsure = 0;
        self.grouped = group;
        self.rest = if self.whole {
            self.rows = std::mem::take(&mut self.all);
            None
        } else if narrowed {
            Some(Unfiltered::narrowed(std::mem::take(&mut self.rows), self.rest.take()))
        } else {
            self.rows.clear();
            Some(Unfiltered::default())
        };
        let kept = self.selected.clone().filter(|row| self.chosen && self.admits(state, row).unwrap_or(true));
        let mut asked = 0;
        let mut found = kept.is_none();
        while self.filter_one(state) {
            asked += 1;
            found |= self.rows.last().is_some_and(|last| Some(last) == kept.as_ref());
            // Filtering can stop when the cursor's row is found and the page is full.
            let placed = found && (self.cursor == 0 || self.rows.len() > self.cursor);
            let full = self.rows.len() > self.cursor + PAGE;
            if placed && !group && (asked >= AT_ONCE && full || asked >= 2 * AT_ONCE) {
                break;
            }
        }
        if group {
            family::keep_originals(state, &mut self.rows);
        }
        let found = kept.as_ref().and_then(|s| match self.rows.get(self.cursor) {
            Some(row) if row == s => Some(self.cursor),
            _ => self.rows.iter().position(|r| r == s),
        });
        self.move_to(found.unwrap_or(self.cursor));
        self.shown = Some((order, basis));
        self.derived = Some(basis);
    }

    fn admits(&self, state: &State, row: &RowId) -> Option<bool> {
        RowItem::find(state, row).map_or(Some(false), |item| self.query.admits(state, item))
    }

    /// Filters one more row. Returns false if there is none.
    fn filter_one(&mut self, state: &State) -> bool {
        let Some(rest) = &mut self.rest else { return false };
        let Some(row) = rest.next(&self.all) else {
            self.rest = None;
            return false;
        };
        let admits = self.admits(state, &row);
        self.unsure += usize::from(admits.is_none());
        if admits.unwrap_or(true) {
            self.rows.push(row);
        }
        true
    }

    /// Filters some more rows.
    pub fn filter_more(&mut self, state: &State) {
        for _ in 0..AT_ONCE {
            if !self.filter_one(state) {
                break;
            }
        }
        if self.selected.is_none() {
            self.move_to(self.cursor);
        }
    }

    fn sorted_anew(&self, state: &State) -> Vec<RowId> {
        let (by, descending) = (self.sort, self.descending);
        match self.tab {
            Tab::Images | Tab::Shared => {
                let kind = if self.tab == Tab::Images { ImageKind::Own } else { ImageKind::Received };
                item::sorted(state, images::all(state, kind).map(RowItem::Image), by, descending)
            }
            Tab::Regions => {
                item::sorted(state, regions::all(state).iter().map(RowItem::Region), by, descending)
            }
            Tab::Instances => {
                item::sorted(state, instances::all(state).map(RowItem::Instance), by, descending)
            }
        }
    }
}

/// Returns whether a row belongs to the tab, ignoring the filter. Marks are kept on existing rows.
fn exists(tab: Tab, state: &State, row: &RowId) -> bool {
    match row {
        RowId::Image(id) => state.shown_image(id).is_some_and(|image| {
            let own = image.kind == ImageKind::Own;
            own == (tab == Tab::Images)
                && state.in_view(&image.region)
                && (state.show_hidden || !state.notes.hidden.contains(id))
        }),
        RowId::Region(_) => true,
        RowId::Instance(id) => state.shown_instance(id).is_some_and(|i| state.in_view(&i.region)),
    }
}

#[cfg(test)]
#[path = "derive_tests.rs"]
mod tests;
