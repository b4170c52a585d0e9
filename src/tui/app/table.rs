//! A tab's table: its rows, the selection, the order, the filter and the marks.

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
    /// In the order of their keys.
    pub const ALL: [Tab; 4] = [Tab::Images, Tab::Shared, Tab::Regions, Tab::Instances];

    /// As the tab line says it.
    pub fn title(self, lang: Lang) -> &'static str {
        match self {
            Self::Images => lang.text(m::common_my_images),
            Self::Shared => lang.text(m::common_shared_with_me),
            Self::Regions => lang.text(m::common_regions),
            Self::Instances => lang.text(m::common_instances),
        }
    }
}

/// A row's identity, whatever the table.
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
    /// Its ID as text.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Image(id) => id.as_str(),
            Self::Region(id) => id.as_str(),
            Self::Instance(id) => id.as_str(),
        }
    }
}

/// What a tab shows of its rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    pub(crate) tab: Tab,
    /// The rows, filtered and sorted.
    pub rows: Vec<RowId>,
    /// The selected row; it stays the same row whatever is read, sorted or filtered.
    pub selected: Option<RowId>,
    /// The person chose it; until then it is the first row, whatever that is.
    pub chosen: bool,
    /// Where it is among the rows.
    pub cursor: usize,
    /// The first row on the screen.
    pub top: usize,
    /// What rows must contain.
    pub filter: String,
    /// The filter is being typed.
    pub filtering: bool,
    /// The column that orders them.
    pub sort: Field,
    /// From the greatest to the least.
    pub descending: bool,
    /// Marked rows, in sight of the filter or not.
    pub marks: BTreeSet<RowId>,
    /// The row that was marked last.
    pub anchor: Option<RowId>,
    /// Of each family of copies one row is shown.
    pub families: bool,
    /// So many rows are shown because it is not known yet whether the filter keeps them out.
    pub unsure: usize,
    /// Sorted, without the filter; empty where `rows` are the whole of it.
    pub(crate) all: Vec<RowId>,
    pub(crate) whole: bool,
    pub(crate) rest: Option<Rest>,
    pub(crate) query: Query,
    /// The rows stand for families.
    pub(crate) grouped: bool,
    pub(crate) sorted: Option<u64>,
    pub(crate) shown: Option<(u64, u64)>,
    pub(crate) derived: Option<u64>,
}

impl Table {
    /// An empty one, ordered as its tab is at first.
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

    /// The tab whose table it is.
    pub fn tab(&self) -> Tab {
        self.tab
    }

    /// Selects the row at an index, or the nearest there is.
    pub fn move_to(&mut self, index: usize) {
        self.cursor = index.min(self.rows.len().saturating_sub(1));
        self.selected = self.rows.get(self.cursor).cloned();
    }

    /// Scrolls as little as shows the cursor in so many rows.
    pub fn scroll(&mut self, height: usize) {
        let last_top = self.rows.len().saturating_sub(height);
        self.top = self.top.min(last_top).min(self.cursor);
        if height > 0 && self.cursor >= self.top + height {
            self.top = self.cursor + 1 - height;
        }
    }

    /// Has to be derived anew at the next [`Table::derive`].
    pub fn stale(&mut self) {
        self.sorted = None;
        self.derived = None;
    }

    /// Only the filter has changed.
    pub fn refilter(&mut self) {
        self.derived = None;
    }

    /// Whether there are rows that the filter was not asked about yet.
    pub fn is_partial(&self) -> bool {
        self.rest.is_some()
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

// Marks: on rows of the table, whether the filter shows them or not.

impl Table {
    /// Marks the selected row, or takes its mark away.
    pub fn mark(&mut self) {
        let Some(row) = self.selected.clone() else { return };
        if self.marks.remove(&row) {
            self.anchor = None;
        } else {
            self.marks.insert(row.clone());
            self.anchor = Some(row);
        }
    }

    /// Marks all rows from the one that was marked last to the selected one, or this one where none is; says what it did.
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

    /// Turns the marks of the rows that are shown round.
    pub fn invert(&mut self) {
        for row in &self.rows {
            if !self.marks.remove(row) {
                self.marks.insert(row.clone());
            }
        }
        self.anchor = None;
    }

    /// The marked rows, those that are shown first and in their order.
    pub fn marked(&self) -> Vec<&RowId> {
        let mut all: Vec<&RowId> = self.rows.iter().filter(|row| self.marks.contains(row)).collect();
        if all.len() < self.marks.len() {
            let shown: std::collections::BTreeSet<&RowId> = all.iter().copied().collect();
            all.extend(self.marks.iter().filter(|mark| !shown.contains(mark)));
        }
        all
    }

    /// How many are marked, and how many of them the filter does not show; empty where none is.
    pub fn marks_told(&self, lang: Lang) -> String {
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

/// The rows that a filter was not asked about yet: those that an earlier one let through, and then those of all that
/// it was not asked about either.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Rest {
    let_through: VecDeque<RowId>,
    of_all: usize,
}

impl Rest {
    /// Of rows that were let through and what was left then.
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
