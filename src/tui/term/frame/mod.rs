//! Encodes the difference of two screens in few bytes, for slow connections. It uses only what every terminal supports:
//! cursor moves, colours, erasing to the end of a line, margins, and inserting or deleting lines.
//!
//! Bytes for the same screens of the demo, compared with ratatui's crossterm backend:
//!
//! | screens | size | ratatui | this module |
//! | --- | --- | --- | --- |
//! | first screen | 80x24 | 3,417 | 2,372 |
//! | one row down | 80x24 | 130 | 64 |
//! | thirty rows down, each drawn | 80x24 | 4,956 | 1,309 |
//! | a page up | 80x24 | 698 | 107 |
//! | another tab | 80x24 | 1,888 | 774 |
//! | first screen | 160x48 | 5,893 | 4,023 |
//! | another tab | 160x48 | 3,632 | 1,132 |

pub(crate) mod cursor;
pub(crate) mod row;
pub(crate) mod scroll;

use ratatui::buffer::{Buffer, Cell};

use crate::tui::{
    term::frame::{
        cursor::Cursor,
        row::{Slot, slots},
        scroll::Scroll,
    },
    widgets::paint::Link,
};

/// A screen: its cells and its links.
#[derive(Debug, Clone, PartialEq)]
pub struct Picture {
    /// The cells.
    pub buffer: Buffer,
    /// The links.
    pub links: Vec<Link>,
}

/// Returns the bytes that change the screen `shown` into `next`, which has the same size. They expect and leave the
/// default style.
pub(crate) fn bytes(shown: &Picture, next: &Picture) -> Vec<u8> {
    let changed = changed(&shown.buffer, &next.buffer);
    let plain = rows(shown, next, &changed);
    let Some(scroll) = Scroll::find(&shown.buffer, &next.buffer, &changed) else { return plain };
    let mut moved = scroll.bytes();
    let after = scroll.after(shown);
    moved.append(&mut rows(&after, next, &self::changed(&after.buffer, &next.buffer)));
    if moved.len() < plain.len() { moved } else { plain }
}

/// Returns the rows that differ.
fn changed(shown: &Buffer, next: &Buffer) -> Vec<usize> {
    let width = usize::from(next.area.width).max(1);
    let both = shown.content.chunks(width).zip(next.content.chunks(width));
    both.enumerate().filter(|(_, (was, is))| !same(was, is)).map(|(y, _)| y).collect()
}

/// Compares two rows. This is faster than `==`, which calls a function for each symbol; nearly all symbols are one
/// byte.
fn same(was: &[Cell], is: &[Cell]) -> bool {
    was.iter().zip(is).all(|(a, b)| {
        let (x, y) = (a.symbol().as_bytes(), b.symbol().as_bytes());
        let symbols = match (x, y) {
            ([x], [y]) => x == y,
            _ => x == y,
        };
        symbols && a.fg == b.fg && a.bg == b.bg && a.modifier == b.modifier
    })
}

fn rows(shown: &Picture, next: &Picture, changed: &[usize]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut cursor = Cursor::default();
    let area = next.buffer.area;
    let width = usize::from(area.width);
    // A blank row, for rows that are shorter to erase and redraw.
    let blank = vec![Slot::BLANK; width];
    for y in 0..area.height {
        let has_links = |picture: &Picture| picture.links.iter().any(|l| l.y == y);
        if !changed.contains(&usize::from(y)) && !has_links(shown) && !has_links(next) {
            continue;
        }
        let at = usize::from(y) * width;
        let (was, is) = (&shown.buffer.content[at..at + width], &next.buffer.content[at..at + width]);
        let (was, is) = (slots(was, &shown.links, y), slots(is, &next.links, y));
        let (mut changed, mut anew) = (Vec::new(), Vec::new());
        let after_changed = row::change(&mut changed, cursor.clone(), y, &was, &is);
        let after_anew = row::erase(&mut anew, cursor.clone(), y, &was, &is);
        let after_anew = row::change(&mut anew, after_anew, y, &blank, &is);
        if anew.len() < changed.len() {
            (changed, cursor) = (anew, after_anew);
        } else {
            cursor = after_changed;
        }
        bytes.append(&mut changed);
    }
    cursor.reset(&mut bytes);
    bytes
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
