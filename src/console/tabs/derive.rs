//! The rows of a table: all of the tab sorted, and of these what the filter lets through.

use super::{Tab, Table, filter::Query, images, instances, regions, value, value::Item};
use crate::{
    console::{
        family,
        state::{RowId, State},
    },
    model::ImageKind,
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

    /// Whether it was derived from facts of this revision.
    pub fn is_fresh(&self, revision: u64) -> bool {
        self.derived == Some(revision)
    }

    /// Derives the rows from the facts; the selection stays on its row, or near where it was when that is gone.
    pub fn derive(&mut self, state: &State) {
        let revision = state.facts.revision();
        let query = Query::parse(self.tab, &self.filter, state.lang);
        let group = self.families && self.tab == Tab::Images;
        let mut narrowed = !group && !self.grouped && self.shown == self.sorted && query.narrows(&self.query);
        if self.sorted != Some(revision) {
            let all = match self.tab {
                Tab::Images => images::all(state, ImageKind::Own),
                Tab::Shared => images::all(state, ImageKind::Received),
                Tab::Regions => regions::all(state).into_iter().map(RowId::Region).collect(),
                Tab::Instances => instances::all(state),
            };
            self.all = value::sorted(state, all, self.tab.columns()[self.sort].field, self.descending);
            self.marks.retain(|mark| is_there(self.tab, state, mark));
            self.sorted = Some(revision);
            narrowed = false;
        }
        let mut unsure = 0;
        let mut admits = |row: &RowId| {
            let admits = Item::of(state, row).map_or(Some(false), |item| query.admits(state, item));
            unsure += usize::from(admits.is_none());
            admits.unwrap_or(true)
        };
        if narrowed {
            self.rows.retain(|row| admits(row));
        } else if query.is_empty() {
            self.rows.clone_from(&self.all);
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
        let found = kept.and_then(|s| self.rows.iter().position(|r| r == s));
        self.move_to(found.unwrap_or(self.cursor));
        self.shown = self.sorted;
        self.derived = Some(revision);
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
