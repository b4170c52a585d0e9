//! Finds rows that moved up or down together, which the terminal can scroll.

use ratatui::buffer::{Buffer, Cell};

use crate::tui::term::frame::Picture;

/// Rows `top` to `bottom` move up by `by` rows, or down if it is negative.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Scroll {
    top: usize,
    bottom: usize,
    by: isize,
}

/// The least number of changed rows for a scroll.
const LEAST: usize = 4;

impl Scroll {
    /// Finds rows of `shown` that are elsewhere in `next`.
    pub(crate) fn find(shown: &Buffer, next: &Buffer, changed: &[usize]) -> Option<Self> {
        let width = usize::from(next.area.width);
        let was: Vec<&[Cell]> = shown.content.chunks(width.max(1)).collect();
        let is: Vec<&[Cell]> = next.content.chunks(width.max(1)).collect();
        if changed.len() < LEAST {
            return None;
        }
        let mut votes: Vec<(isize, usize)> = Vec::new();
        for to in changed.iter().filter(|y| is[**y].iter().any(|c| c.symbol() != " ")) {
            for from in changed.iter().filter(|from| was[**from] == is[*to]) {
                let by = *from as isize - *to as isize;
                match votes.iter_mut().find(|(b, _)| *b == by) {
                    Some((_, n)) => *n += 1,
                    None => votes.push((by, 1)),
                }
            }
        }
        let by = votes.iter().filter(|(by, n)| *by != 0 && *n > 1).max_by_key(|(_, n)| *n)?.0;
        // A row belongs to the scroll if the row that moves there differs less from it than the row that was there.
        let came = |y: usize| {
            let from = y.checked_add_signed(by).filter(|from| *from < is.len())?;
            let differing = |row: &[Cell]| row.iter().zip(is[y]).filter(|(a, b)| a != b).count();
            (differing(was[from]) < differing(was[y])).then_some(())
        };
        let mut best = (0, 0);
        let mut y = 0;
        while y < is.len() {
            let end = (y..is.len()).find(|y| came(*y).is_none()).unwrap_or(is.len());
            if end - y > best.1 - best.0 {
                best = (y, end);
            }
            y = end + 1;
        }
        let (first, last) = (best.0, best.1.checked_sub(1)?);
        let (from, to) = (first.checked_add_signed(by)?, last.checked_add_signed(by)?);
        Some(Self { top: first.min(from), bottom: last.max(to), by })
    }

    /// Returns the bytes of the scroll: sets margins, deletes or inserts lines at the top margin, and resets the
    /// margins.
    pub(crate) fn bytes(self) -> Vec<u8> {
        let n = self.by.unsigned_abs();
        let n = if n == 1 { String::new() } else { n.to_string() };
        let what = if self.by > 0 { 'M' } else { 'L' };
        let top = self.top + 1;
        format!("\x1b[{top};{}r\x1b[{top}H\x1b[{n}{what}\x1b[r", self.bottom + 1).into_bytes()
    }

    /// Returns the screen after the scroll.
    pub(crate) fn after(self, shown: &Picture) -> Picture {
        let mut after = shown.clone();
        let width = usize::from(shown.buffer.area.width);
        let moved = |y: usize| {
            let from = y.checked_add_signed(self.by)?;
            (self.top..=self.bottom).contains(&from).then_some(from)
        };
        for y in self.top..=self.bottom {
            let row = &mut after.buffer.content[y * width..(y + 1) * width];
            match moved(y) {
                Some(from) => row.clone_from_slice(&shown.buffer.content[from * width..(from + 1) * width]),
                None => row.iter_mut().for_each(Cell::reset),
            }
        }
        for link in &mut after.links {
            let y = usize::from(link.y);
            if (self.top..=self.bottom).contains(&y) {
                let to = y.checked_add_signed(-self.by).filter(|y| (self.top..=self.bottom).contains(y));
                link.y = to.map_or(u16::MAX, |y| y as u16);
            }
        }
        after.links.retain(|l| l.y != u16::MAX);
        after
    }
}
