//! The rows of a table: all of the tab sorted, and of these what the filter lets through.

use super::{Field, Tab, Table, filter::Query, images, instances, regions, value, value::Item};
use crate::{
    console::{
        family,
        state::{RowId, State},
    },
    model::ImageKind,
    rules::Facts,
};

impl Table {
    /// Has to be derived anew at the next [`Table::derive`].
    pub fn stale(&mut self) {
        self.sorted = None;
        self.derived = None;
    }

    /// Only the filter has changed.
    pub fn refilter(&mut self) {
        self.derived = None;
    }

    /// Whether nothing has changed that its rows depend on.
    pub fn is_fresh(&self, facts: &Facts) -> bool {
        self.sorted == Some(self.order_of(facts)) && self.derived == Some(self.basis_of(&self.query, facts))
    }

    /// The revision that the order depends on. Shares come one by one, for the rows in sight.
    fn order_of(&self, facts: &Facts) -> u64 {
        let by_shares = self.tab.columns()[self.sort].field == Field::Shared;
        if by_shares { facts.revision() } else { facts.rows_revision() }
    }

    /// The revision that what a filter lets through depends on.
    fn basis_of(&self, query: &Query, facts: &Facts) -> u64 {
        if query.reads_shares() { facts.revision() } else { facts.rows_revision() }
    }

    /// Derives the rows from the facts; the selection stays on its row, or near where it was when that is gone.
    pub fn derive(&mut self, state: &State) {
        let query = Query::parse(self.tab, &self.filter, state.lang);
        let (order, basis) = (self.order_of(&state.facts), self.basis_of(&query, &state.facts));
        let group = self.families && self.tab == Tab::Images;
        let mut narrowed = !(group || self.grouped || self.whole)
            && self.shown == Some((order, basis))
            && query.narrows(&self.query);
        if self.sorted != Some(order) {
            self.all = self.sorted_anew(state);
            self.marks.retain(|mark| is_there(self.tab, state, mark));
            self.sorted = Some(order);
            narrowed = false;
        } else if self.whole {
            self.all = std::mem::take(&mut self.rows);
        }
        let mut unsure = 0;
        let mut admits = |row: &RowId| {
            let admits = Item::of(state, row).map_or(Some(false), |item| query.admits(state, item));
            unsure += usize::from(admits.is_none());
            admits.unwrap_or(true)
        };
        self.whole = query.is_empty() && !group;
        if narrowed {
            self.rows.retain(|row| admits(row));
        } else if self.whole {
            self.rows = std::mem::take(&mut self.all);
        } else {
            self.rows = self.all.iter().filter(|row| admits(row)).cloned().collect();
        }
        self.unsure = unsure;
        self.grouped = group;
        if group {
            family::one_row_each(state, &mut self.rows);
        }
        self.query = query;
        let kept = self.selected.as_ref().filter(|_| self.chosen);
        let found = kept.and_then(|s| match self.rows.get(self.cursor) {
            Some(row) if row == s => Some(self.cursor),
            _ => self.rows.iter().position(|r| r == s),
        });
        self.move_to(found.unwrap_or(self.cursor));
        self.shown = Some((order, basis));
        self.derived = Some(basis);
    }

    fn sorted_anew(&self, state: &State) -> Vec<RowId> {
        let (by, descending) = (self.tab.columns()[self.sort].field, self.descending);
        match self.tab {
            Tab::Images | Tab::Shared => {
                let kind = if self.tab == Tab::Images { ImageKind::Own } else { ImageKind::Received };
                value::sorted(state, images::all(state, kind).map(Item::Image), by, descending)
            }
            Tab::Regions => {
                value::sorted(state, regions::all(state).iter().map(Item::Region), by, descending)
            }
            Tab::Instances => value::sorted(state, instances::all(state).map(Item::Instance), by, descending),
        }
    }

    /// What of the filter was not understood, in a sentence.
    pub fn trouble(&self) -> Option<&str> {
        self.query.trouble.as_deref()
    }

    /// Where a name has the letters that the filter looked for, in bytes.
    pub fn letters(&self, name: &str) -> Vec<usize> {
        self.query.letters(name)
    }
}

/// Whether a row is one of the tab's, filter or not: a mark stays on what is there.
fn is_there(tab: Tab, state: &State, row: &RowId) -> bool {
    match row {
        RowId::Image(id) => state.shown_image(id).is_some_and(|image| {
            let own = image.kind == ImageKind::Own;
            own == (tab == Tab::Images) && (state.show_hidden || !state.notes.hidden.contains(id))
        }),
        RowId::Region(_) => true,
        RowId::Instance(id) => state.shown_instance(id).is_some(),
    }
}
