//! Encodes the difference of one row.

use ratatui::{
    buffer::{Cell, CellWidth},
    style::Color,
};

use crate::tui::{
    term::frame::cursor::{CellStyle, Cursor},
    widgets::paint::Link,
};

/// A column of a row: a glyph, or the second half of a wide glyph.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Slot<'a> {
    Glyph { symbol: &'a str, width: u16, style: CellStyle, link: Option<&'a str> },
    Covered,
}

impl Slot<'_> {
    pub(crate) const BLANK: Slot<'static> =
        Slot::Glyph { symbol: " ", width: 1, style: CellStyle::PLAIN, link: None };
}

/// Returns the columns of a row. A blank keeps only the style that is visible.
pub(crate) fn slots<'a>(cells: &'a [Cell], links: &'a [Link], y: u16) -> Vec<Slot<'a>> {
    let mut slots = Vec::with_capacity(cells.len());
    let links: Vec<&Link> = links.iter().filter(|l| l.y == y).collect();
    while slots.len() < cells.len() {
        let x = slots.len();
        let cell = &cells[x];
        let symbol = cell.symbol();
        let width = if symbol.len() == 1 { 1 } else { cell.cell_width().max(1) };
        let mut style = CellStyle { fg: cell.fg, bg: cell.bg, modifier: cell.modifier };
        if symbol == " " && !style.shows_on_blanks() {
            style = CellStyle { bg: style.bg, ..CellStyle::PLAIN };
        }
        let link = links.iter().find(|l| (l.x..l.x + l.width).contains(&(x as u16))).map(|l| l.to.as_str());
        // A wide glyph does not fit in the last column.
        if x + usize::from(width) > cells.len() {
            slots.push(Slot::BLANK);
            continue;
        }
        slots.push(Slot::Glyph { symbol, width, style, link });
        slots.extend((1..width).map(|_| Slot::Covered));
    }
    slots
}

/// The length of the sequence that erases to the end of a row.
const ERASE: usize = 3;

/// Writes the changed parts of a row.
pub(crate) fn change(bytes: &mut Vec<u8>, mut cursor: Cursor, y: u16, was: &[Slot], is: &[Slot]) -> Cursor {
    let end = is.iter().rposition(|slot| *slot != Slot::BLANK).map_or(0, |last| last + 1);
    let mut x = 0;
    while x < end {
        let Slot::Glyph { symbol, width, style, link } = is[x] else {
            x += 1;
            continue;
        };
        let next = x + usize::from(width);
        if was[x..next] != is[x..next] {
            move_along(bytes, &mut cursor, x, y, is);
            write(bytes, &mut cursor, is.len(), symbol, width, style, link);
        }
        x = next;
    }
    if let Some(first) = (end..is.len()).find(|x| was[*x] != Slot::BLANK) {
        let last = was.iter().rposition(|slot| *slot != Slot::BLANK).unwrap_or(first);
        move_along(bytes, &mut cursor, first, y, is);
        if last - first < ERASE
            && cursor.style.bg == Color::Reset
            && !cursor.style.shows_on_blanks()
            && cursor.link.is_none()
        {
            for _ in first..=last {
                write(bytes, &mut cursor, is.len(), " ", 1, CellStyle::PLAIN, None);
            }
        } else {
            to_end(bytes, &mut cursor);
        }
    }
    cursor
}

/// Erases a row from its first difference.
pub(crate) fn erase(bytes: &mut Vec<u8>, mut cursor: Cursor, y: u16, was: &[Slot], is: &[Slot]) -> Cursor {
    // Blanks at the start of both rows stay.
    let same = was.iter().zip(is).take_while(|(a, b)| a == b && **a == Slot::BLANK).count();
    cursor.move_to(bytes, same.min(is.len().saturating_sub(1)) as u16, y);
    to_end(bytes, &mut cursor);
    cursor
}

/// Erases to the end of the row. The terminal fills the erased part with the current background.
fn to_end(bytes: &mut Vec<u8>, cursor: &mut Cursor) {
    if cursor.style.bg != Color::Reset || cursor.style.shows_on_blanks() {
        cursor.set_style(bytes, CellStyle::PLAIN);
    }
    bytes.extend_from_slice(b"\x1b[K");
}

/// Moves to a column, or writes the few characters before it again if that is shorter.
fn move_along(bytes: &mut Vec<u8>, cursor: &mut Cursor, x: usize, y: u16, is: &[Slot]) {
    if let Some((from, row)) = cursor.at
        && row == y
        && (1..=4).contains(&x.saturating_sub(usize::from(from)))
    {
        let between = &is[usize::from(from)..x];
        let fits = |slot: &Slot| match slot {
            Slot::Glyph { symbol, style, link, .. } if symbol.len() == 1 => {
                *link == cursor.link.as_deref()
                    && (*style == cursor.style || *symbol == " " && leaves_blank(cursor, *style))
            }
            _ => false,
        };
        if between.iter().all(fits) {
            for slot in between {
                if let Slot::Glyph { symbol, .. } = slot {
                    bytes.extend_from_slice(symbol.as_bytes());
                }
            }
            cursor.at = Some((x as u16, y));
            return;
        }
    }
    cursor.move_to(bytes, x as u16, y);
}

/// Returns whether a blank of this style looks the same if written with the current style.
fn leaves_blank(cursor: &Cursor, style: CellStyle) -> bool {
    style.bg == cursor.style.bg && !style.shows_on_blanks() && !cursor.style.shows_on_blanks()
}

fn write(
    bytes: &mut Vec<u8>,
    cursor: &mut Cursor,
    columns: usize,
    symbol: &str,
    width: u16,
    style: CellStyle,
    link: Option<&str>,
) {
    cursor.set_link(bytes, link);
    if !(symbol == " " && leaves_blank(cursor, style)) {
        cursor.set_style(bytes, style);
    }
    bytes.extend_from_slice(symbol.as_bytes());
    let after = cursor.at.map(|(x, y)| (x + width, y));
    // The position is unknown after the last column and after a character whose width terminals disagree on.
    cursor.at = after.filter(|(x, _)| usize::from(*x) < columns && has_agreed_width(symbol));
}

/// Returns whether all terminals agree on the symbol's width: ASCII, letters, lines and blocks, and ideographs.
fn has_agreed_width(symbol: &str) -> bool {
    let mut chars = symbol.chars();
    let (Some(c), None) = (chars.next(), chars.next()) else { return false };
    matches!(c, ' '..='~' | '\u{b7}' | '\u{c0}'..='\u{2ff}' | '\u{370}'..='\u{482}' | '\u{2026}' | '\u{2190}'..='\u{2193}'
        | '\u{2500}'..='\u{259f}' | '\u{25cf}' | '\u{2800}'..='\u{28ff}' | '\u{3041}'..='\u{3096}' | '\u{30a1}'..='\u{30fa}'
        | '\u{4e00}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}' | '\u{ff01}'..='\u{ff60}')
}
