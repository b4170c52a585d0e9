//! Cells to bytes, as few as do it: what a slow line does not carry, nobody waits for. Only what every terminal of the
//! last thirty years knows: cursor moves, colours, erasing to the end of a line, margins and lines taken out or put in.

pub(crate) mod colors;
pub(crate) mod row;
pub(crate) mod scroll;

use ratatui::buffer::{Buffer, Cell};

use crate::tui::{
    term::frame::{
        colors::Pen,
        row::{Slot, slots},
        scroll::Scroll,
    },
    widgets::paint::Link,
};

/// A screen as it is to be: its cells, and the parts of it that lead to a page.
#[derive(Debug, Clone, PartialEq)]
pub struct Picture {
    /// The cells.
    pub buffer: Buffer,
    /// What leads to a page.
    pub links: Vec<Link>,
}

/// The bytes that make `next` of what is `shown`, which is as large; they begin and end with no colour set.
pub(crate) fn bytes(shown: &Picture, next: &Picture) -> Vec<u8> {
    let changed = changed(&shown.buffer, &next.buffer);
    let plain = rows(shown, next, &changed);
    let Some(scroll) = Scroll::find(&shown.buffer, &next.buffer, &changed) else { return plain };
    let mut moved = scroll.bytes();
    let after = scroll.after(shown);
    moved.append(&mut rows(&after, next, &self::changed(&after.buffer, &next.buffer)));
    if moved.len() < plain.len() { moved } else { plain }
}

/// The rows whose cells are not the same.
fn changed(shown: &Buffer, next: &Buffer) -> Vec<usize> {
    let width = usize::from(next.area.width).max(1);
    let both = shown.content.chunks(width).zip(next.content.chunks(width));
    both.enumerate().filter(|(_, (was, is))| !same(was, is)).map(|(y, _)| y).collect()
}

/// The same as `==`, which calls out to compare each symbol; nearly all of them are one byte.
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
    let mut pen = Pen::default();
    let area = next.buffer.area;
    let width = usize::from(area.width);
    // All blank, for a row that is cheaper to draw anew.
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
        let after_changed = row::change(&mut changed, pen.clone(), y, &was, &is);
        let after_anew = row::erase(&mut anew, pen.clone(), y, &was, &is);
        let after_anew = row::change(&mut anew, after_anew, y, &blank, &is);
        if anew.len() < changed.len() {
            (changed, pen) = (anew, after_anew);
        } else {
            pen = after_changed;
        }
        bytes.append(&mut changed);
    }
    pen.rest(&mut bytes);
    bytes
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
