//! Marks: on rows of the table, whether the filter shows them or not.

use crate::{
    i18n::lang::{Lang, tell},
    tui::{
        app::{state::RowId, table::Table},
        screens::counted,
    },
};

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
                    let rows = counted(lang, rows.len(), "row", "rows", "行");
                    tell!(
                        lang,
                        "{rows} marked, from the last mark to here.",
                        "从上一个标记到此处，已标记 {rows}。"
                    )
                }
            }
            None => {
                self.marks.insert(row.clone());
                lang.of(
                    "Marked. The same key on another row marks all up to that one.",
                    "已标记。在另一行按同一个键，就标记到那一行。",
                )
                .to_owned()
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
            0 => tell!(lang, "{} marked", "已标记 {}", self.marks.len()),
            n => tell!(
                lang,
                "{} marked, {n} of them not shown",
                "已标记 {}，其中 {n} 个未显示",
                self.marks.len()
            ),
        }
    }
}
