//! Region by account, for a plan and for a job as it goes: a row a region, what its copy is, and a column an account;
//! where the accounts are too many for the screen, how many of each kind.

use ratatui::layout::Rect;

use crate::{
    messages::{Lang, m, tr},
    tui::widgets::{list::window, paint::Painter, theme::Role},
};

/// The width of an account's column, the gap after it included.
const ACCOUNT: u16 = 17;

/// What a matrix has and where it stands.
pub(crate) struct Matrix<'a> {
    /// The accounts' names.
    pub heads: Vec<String>,
    /// The regions' codes.
    pub regions: Vec<&'a str>,
    /// The selected region.
    pub cursor: usize,
    /// How many regions are shown at once.
    pub rows: usize,
    /// Where the copies' column begins, from the left of the area.
    pub copy: u16,
    /// Where the accounts begin, from the left of the area.
    pub accounts: u16,
    /// The language of the heads.
    pub lang: Lang,
    /// Where the last account's column, its gap included, may end.
    pub right: u16,
}

impl Matrix<'_> {
    /// Draws it and returns the next row. Asked by the index of the region, and of the account: `copy` draws what a
    /// region's copy is, `edge` tells of one account there, `summary` of all of them.
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
        painter.text(area.x + 2, area.y, 16, lang.text(m::common_region_b), Role::Dim);
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
