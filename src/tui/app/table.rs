//! The table of a tab: its rows, selection, order, filter and marks.

use std::collections::{BTreeSet, VecDeque};

use crate::{
    messages::{Lang, m, tr},
    model::{ImageId, InstanceId, Region},
    tui::app::{column::Field, query::Query},
};

/// A tab.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tab {
    /// Own images.
    Images,
    /// Received images.
    Shared,
    /// Regions.
    Regions,
    /// Instances.
    Instances,
}

impl Tab {
    /// All tabs, in the order of their keys.
    pub const ALL: [Tab; 4] = [Tab::Images, Tab::Shared, Tab::Regions, Tab::Instances];

    /// Returns the title in the tab line.
    pub fn title(self, lang: Lang) -> &'static str {
        match self {
            Self::Images => lang.text(m::common_my_images),
            Self::Shared => lang.text(m::common_shared_with_me),
            Self::Regions => lang.text(m::common_regions),
            Self::Instances => lang.text(m::common_instances),
        }
    }
}

/// The identity of a row in any table.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RowId {
    /// An image.
    Image(ImageId),
    /// A region.
    Region(Region),
    /// An instance.
    Instance(InstanceId),
}

impl RowId {
    /// Returns the ID as text.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Image(id) => id.as_str(),
            Self::Region(id) => id.as_str(),
            Self::Instance(id) => id.as_str(),
        }
    }
}

/// The state of a tab's table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    pub(crate) tab: Tab,
    /// The filtered and sorted rows.
    pub rows: Vec<RowId>,
    /// The selected row. It stays selected when rows are read, sorted or filtered.
    pub selected: Option<RowId>,
    /// Whether the user has moved the selection. Until then it is the first row.
    pub chosen: bool,
    /// The index of the selected row in `rows`.
    pub cursor: usize,
    /// The index of the first visible row.
    pub top: usize,
    /// The filter as typed.
    pub filter: String,
    /// Whether the filter is being typed.
    pub filtering: bool,
    /// The column that the rows are sorted by.
    pub sort: Field,
    /// Whether the order is descending.
    pub descending: bool,
    /// The marked rows, including rows that the filter hides.
    pub marks: BTreeSet<RowId>,
    /// The row that was marked last.
    pub anchor: Option<RowId>,
    /// Whether one row is shown for each family of copies.
    pub families: bool,
    /// The number of rows that are shown because it is not known yet whether they match the filter.
    pub unsure: usize,
    /// All sorted rows, without the filter. Empty if `rows` contains all of them.
    pub(crate) all: Vec<RowId>,
    pub(crate) whole: bool,
    pub(crate) rest: Option<Unfiltered>,
    pub(crate) query: Query,
    /// Whether the rows are grouped by family.
    pub(crate) grouped: bool,
    pub(crate) sorted: Option<u64>,
    pub(crate) shown: Option<(u64, u64)>,
    pub(crate) derived: Option<u64>,
}

impl Table {
    /// Makes an empty table with the default order of its tab.
    pub fn new(tab: Tab) -> Self {
        let (field, descending) = match tab {
            Tab::Images | Tab::Shared | Tab::Instances => (Field::Age, false),
            Tab::Regions => (Field::Own, true),
        };
        Self {
            tab,
            rows: Vec::new(),
            selected: None,
            chosen: false,
            cursor: 0,
            top: 0,
            filter: String::new(),
            filtering: false,
            sort: field,
            descending,
            marks: BTreeSet::new(),
            anchor: None,
            families: false,
            unsure: 0,
            all: Vec::new(),
            whole: false,
            rest: None,
            query: Query::default(),
            grouped: false,
            sorted: None,
            shown: None,
            derived: None,
        }
    }

    /// Returns the table's tab.
    pub fn tab(&self) -> Tab {
        self.tab
    }

    /// Selects the row at an index, or the last row if there are fewer.
    pub fn move_to(&mut self, index: usize) {
        self.cursor = index.min(self.rows.len().saturating_sub(1));
        self.selected = self.rows.get(self.cursor).cloned();
    }

    /// Scrolls by the smallest distance that makes the cursor visible in `height` rows.
    pub fn scroll(&mut self, height: usize) {
        let last_top = self.rows.len().saturating_sub(height);
        self.top = self.top.min(last_top).min(self.cursor);
        if height > 0 && self.cursor >= self.top + height {
            self.top = self.cursor + 1 - height;
        }
    }

    /// Marks the rows as outdated, so that the next [`Table::derive`] recomputes them.
    pub fn mark_stale(&mut self) {
        self.sorted = None;
        self.derived = None;
    }

    /// Marks only the filter as changed.
    pub fn refilter(&mut self) {
        self.derived = None;
    }

    /// Returns whether some rows were not filtered yet.
    pub fn is_partial(&self) -> bool {
        self.rest.is_some()
    }

    /// Returns the error message of the filter.
    pub fn filter_error(&self) -> Option<&str> {
        self.query.error.as_deref()
    }

    /// Returns the byte offsets of the letters of a name that the filter matches.
    pub fn letters(&self, name: &str) -> Vec<usize> {
        self.query.letters(name)
    }
}

// Marks. They include rows that the filter hides.

impl Table {
    /// Marks the selected row, or unmarks it.
    pub fn mark(&mut self) {
        let Some(row) = self.selected.clone() else { return };
        if self.marks.remove(&row) {
            self.anchor = None;
        } else {
            self.marks.insert(row.clone());
            self.anchor = Some(row);
        }
    }

    /// Marks all rows from the one that was marked last to the selected one. Returns the text about what was done.
    pub fn mark_to(&mut self, lang: Lang) -> Option<String> {
        let row = self.selected.clone()?;
        let from = self.anchor.as_ref().and_then(|anchor| self.rows.iter().position(|r| r == anchor));
        let text = match from {
            Some(from) => {
                let (first, last) = (from.min(self.cursor), from.max(self.cursor));
                let rows = self.rows.get(first..=last).unwrap_or_default();
                self.marks.extend(rows.iter().cloned());
                {
                    let rows = tr!(lang, count_rows, n = rows.len());
                    tr!(lang, table_marked_range, rows)
                }
            }
            None => {
                self.marks.insert(row.clone());
                lang.text(m::table_mark_started).to_owned()
            }
        };
        self.anchor = Some(row);
        Some(text)
    }

    /// Inverts the marks of the rows that are shown.
    pub fn invert(&mut self) {
        for row in &self.rows {
            if !self.marks.remove(row) {
                self.marks.insert(row.clone());
            }
        }
        self.anchor = None;
    }

    /// Returns the marked rows: the visible ones first, in their order.
    pub fn marked(&self) -> Vec<&RowId> {
        let mut all: Vec<&RowId> = self.rows.iter().filter(|row| self.marks.contains(row)).collect();
        if all.len() < self.marks.len() {
            let shown: std::collections::BTreeSet<&RowId> = all.iter().copied().collect();
            all.extend(self.marks.iter().filter(|mark| !shown.contains(mark)));
        }
        all
    }

    /// Returns the number of marked rows and how many of them the filter hides, as text. Empty if none is marked.
    pub fn marks_text(&self, lang: Lang) -> String {
        let hidden = match self.marks.len() {
            0 => return String::new(),
            _ if self.filter.is_empty() && !self.families => 0,
            n => n - self.rows.iter().filter(|row| self.marks.contains(row)).count(),
        };
        match hidden {
            0 => tr!(lang, common_marked, n = self.marks.len()),
            n => tr!(lang, table_marked_hidden, n = self.marks.len(), hidden = n),
        }
    }
}

/// The rows that a filter was not applied to yet: those that an earlier filter matched, then those of `all` to which
/// the earlier filter was not applied either.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Unfiltered {
    let_through: VecDeque<RowId>,
    of_all: usize,
}

impl Unfiltered {
    /// Makes the rest for a narrower filter, from the rows that matched and the old rest.
    pub(crate) fn narrowed(rows: Vec<RowId>, left: Option<Self>) -> Self {
        let mut let_through = VecDeque::from(rows);
        let of_all = match left {
            None => usize::MAX,
            Some(mut left) => {
                let_through.append(&mut left.let_through);
                left.of_all
            }
        };
        Self { let_through, of_all }
    }

    pub(crate) fn next(&mut self, all: &[RowId]) -> Option<RowId> {
        self.let_through.pop_front().or_else(|| {
            let row = all.get(self.of_all)?;
            self.of_all += 1;
            Some(row.clone())
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scrolling_moves_as_little_as_it_can() {
        let mut table = Table::new(Tab::Images);
        table.rows = (0..50).map(|n| RowId::Image(format!("img-{n:08}").parse().unwrap())).collect();
        for (to, top) in [(0, 0), (9, 0), (10, 1), (30, 21), (25, 21), (20, 20), (49, 40), (0, 0)] {
            table.move_to(to);
            table.scroll(10);
            assert_eq!(table.top, top, "to {to}");
        }
    }
}
