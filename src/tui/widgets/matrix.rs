//! A table of regions and accounts, for plans and for running jobs. Each row is a region with the state of its copy,
//! each column an account. If there are more accounts than columns, each row shows a summary instead.

use ratatui::layout::Rect;

use crate::{
    messages::{Lang, m, tr},
    tui::widgets::{list::window, paint::Painter, theme::Role},
};

/// The width of an account's column, including the gap after it.
const ACCOUNT: u16 = 17;

/// The content and the position of the table.
pub(crate) struct Matrix<'a> {
    /// The names of the accounts.
    pub heads: Vec<String>,
    /// The codes of the regions.
    pub regions: Vec<&'a str>,
    /// The index of the selected region.
    pub cursor: usize,
    /// The number of visible regions.
    pub rows: usize,
    /// The offset of the column of copies from the left of the area.
    pub copy: u16,
    /// The offset of the first account's column from the left of the area.
    pub accounts: u16,
    /// The language of the column heads.
    pub lang: Lang,
    /// The right limit of the account columns, including their gaps.
    pub right: u16,
}

impl Matrix<'_> {
    /// Draws the table and returns the row after it. The functions get the index of a region, and of an account: `copy`
    /// draws the copy of a region, `edge` returns the text for one account, `summary` that for all accounts.
    pub(crate) fn draw<T: AsRef<str>>(
        &self,
        painter: &mut Painter<'_>,
        area: Rect,
        copy: impl Fn(&mut Painter<'_>, usize, u16, u16),
        edge: impl Fn(usize, usize) -> (T, Role),
        summary: impl Fn(usize) -> (String, Role),
    ) -> u16 {
        let (left, lang) = (area.x + self.accounts, self.lang);
        let over = area.right().saturating_sub(left);
        let single = self.heads.len() <= usize::from(self.right.saturating_sub(left) / ACCOUNT);
        let column = |n: usize| left + n as u16 * ACCOUNT;
        painter.text(area.x + 2, area.y, 16, lang.text(m::column_region), Role::Dim);
        painter.text(area.x + self.copy, area.y, 24, lang.text(m::matrix_copy), Role::Dim);
        if single {
            for (n, name) in self.heads.iter().enumerate() {
                painter.text(column(n), area.y, ACCOUNT - 2, name, Role::Dim);
            }
        } else {
            painter.text(left, area.y, over, &tr!(lang, matrix_accounts, n = self.heads.len()), Role::Dim);
        }
        let region_width = self.copy.saturating_sub(3);
        let mut y = area.y + 1;
        for (n, region) in
            self.regions.iter().enumerate().skip(window(self.cursor, self.rows)).take(self.rows)
        {
            painter.entry(area.x, y, region_width, region, n == self.cursor, Role::Plain);
            copy(painter, n, area.x + self.copy, y);
            if single {
                for account in 0..self.heads.len() {
                    let (text, role) = edge(n, account);
                    painter.text(column(account), y, ACCOUNT - 2, text.as_ref(), role);
                }
            } else {
                let (text, role) = summary(n);
                painter.text(left, y, over, &text, role);
            }
            y += 1;
        }
        y
    }
}
