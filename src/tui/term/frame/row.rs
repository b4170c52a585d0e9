//! One row: what of it has changed.

use ratatui::{
    buffer::{Cell, CellWidth},
    style::Color,
};

use crate::tui::{
    term::frame::colors::{Ink, Pen},
    widgets::paint::Link,
};

/// What is seen in a column: a glyph, or the rest of a wide one to its left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Slot<'a> {
    Glyph { symbol: &'a str, width: u16, ink: Ink, link: Option<&'a str> },
    Covered,
}

impl Slot<'_> {
    pub(crate) const BLANK: Slot<'static> =
        Slot::Glyph { symbol: " ", width: 1, ink: Ink::PLAIN, link: None };
}

/// A row's cells as they are seen. Of a blank, only what shows of it counts.
pub(crate) fn slots<'a>(cells: &'a [Cell], links: &'a [Link], y: u16) -> Vec<Slot<'a>> {
    let mut slots = Vec::with_capacity(cells.len());
    let links: Vec<&Link> = links.iter().filter(|l| l.y == y).collect();
    while slots.len() < cells.len() {
        let x = slots.len();
        let cell = &cells[x];
        let symbol = cell.symbol();
        let width = if symbol.len() == 1 { 1 } else { cell.cell_width().max(1) };
        let mut ink = Ink { fg: cell.fg, bg: cell.bg, modifier: cell.modifier };
        if symbol == " " && !ink.seen_on_blanks() {
            ink = Ink { bg: ink.bg, ..Ink::PLAIN };
        }
        let link = links.iter().find(|l| (l.x..l.x + l.width).contains(&(x as u16))).map(|l| l.to.as_str());
        // What would stick out to the right is left out.
        if x + usize::from(width) > cells.len() {
            slots.push(Slot::BLANK);
            continue;
        }
        slots.push(Slot::Glyph { symbol, width, ink, link });
        slots.extend((1..width).map(|_| Slot::Covered));
    }
    slots
}

/// Blanks that end a row are erased, which takes as many bytes as these.
const ERASE: usize = 3;

/// Writes what of a row has changed.
pub(crate) fn change(bytes: &mut Vec<u8>, mut pen: Pen, y: u16, was: &[Slot], is: &[Slot]) -> Pen {
    let end = is.iter().rposition(|slot| *slot != Slot::BLANK).map_or(0, |last| last + 1);
    let mut x = 0;
    while x < end {
        let Slot::Glyph { symbol, width, ink, link } = is[x] else {
            x += 1;
            continue;
        };
        let next = x + usize::from(width);
        if was[x..next] != is[x..next] {
            bridge(bytes, &mut pen, x, y, is);
            write(bytes, &mut pen, is.len(), symbol, width, ink, link);
        }
        x = next;
    }
    if let Some(first) = (end..is.len()).find(|x| was[*x] != Slot::BLANK) {
        let last = was.iter().rposition(|slot| *slot != Slot::BLANK).unwrap_or(first);
        bridge(bytes, &mut pen, first, y, is);
        if last - first < ERASE
            && pen.ink.bg == Color::Reset
            && !pen.ink.seen_on_blanks()
            && pen.link.is_none()
        {
            for _ in first..=last {
                write(bytes, &mut pen, is.len(), " ", 1, Ink::PLAIN, None);
            }
        } else {
            to_end(bytes, &mut pen);
        }
    }
    pen
}

/// Erases a whole row.
pub(crate) fn erase(bytes: &mut Vec<u8>, mut pen: Pen, y: u16, was: &[Slot], is: &[Slot]) -> Pen {
    // What both begin with may stay, as long as it is whole in both.
    let same = was.iter().zip(is).take_while(|(a, b)| a == b && **a == Slot::BLANK).count();
    pen.go(bytes, same.min(is.len().saturating_sub(1)) as u16, y);
    to_end(bytes, &mut pen);
    pen
}

/// The erased part takes the colour that is set.
fn to_end(bytes: &mut Vec<u8>, pen: &mut Pen) {
    if pen.ink.bg != Color::Reset || pen.ink.seen_on_blanks() {
        pen.dip(bytes, Ink::PLAIN);
    }
    bytes.extend_from_slice(b"\x1b[K");
}

/// Goes to a column; over what is there already, where writing it once more is the shorter way.
fn bridge(bytes: &mut Vec<u8>, pen: &mut Pen, x: usize, y: u16, is: &[Slot]) {
    if let Some((from, row)) = pen.at
        && row == y
        && (1..=4).contains(&x.saturating_sub(usize::from(from)))
    {
        let between = &is[usize::from(from)..x];
        let fits = |slot: &Slot| match slot {
            Slot::Glyph { symbol, ink, link, .. } if symbol.len() == 1 => {
                *link == pen.link.as_deref() && (*ink == pen.ink || *symbol == " " && leaves_blank(pen, *ink))
            }
            _ => false,
        };
        if between.iter().all(fits) {
            for slot in between {
                if let Slot::Glyph { symbol, .. } = slot {
                    bytes.extend_from_slice(symbol.as_bytes());
                }
            }
            pen.at = Some((x as u16, y));
            return;
        }
    }
    pen.go(bytes, x as u16, y);
}

/// Whether a blank of this ink looks the same when it is written with the pen's.
fn leaves_blank(pen: &Pen, ink: Ink) -> bool {
    ink.bg == pen.ink.bg && !ink.seen_on_blanks() && !pen.ink.seen_on_blanks()
}

fn write(
    bytes: &mut Vec<u8>,
    pen: &mut Pen,
    columns: usize,
    symbol: &str,
    width: u16,
    ink: Ink,
    link: Option<&str>,
) {
    pen.lead(bytes, link);
    if !(symbol == " " && leaves_blank(pen, ink)) {
        pen.dip(bytes, ink);
    }
    bytes.extend_from_slice(symbol.as_bytes());
    let after = pen.at.map(|(x, y)| (x + width, y));
    // In the last column terminals wait to wrap, and of what is not in every table they do not agree how wide it is.
    pen.at = after.filter(|(x, _)| usize::from(*x) < columns && agreed(symbol));
}

/// Whether all terminals measure it alike: ASCII, letters, lines and blocks, and the ideographs.
fn agreed(symbol: &str) -> bool {
    let mut chars = symbol.chars();
    let (Some(c), None) = (chars.next(), chars.next()) else { return false };
    matches!(c, ' '..='~' | '\u{b7}' | '\u{c0}'..='\u{2ff}' | '\u{370}'..='\u{482}' | '\u{2026}' | '\u{2190}'..='\u{2193}'
        | '\u{2500}'..='\u{259f}' | '\u{25cf}' | '\u{2800}'..='\u{28ff}' | '\u{3041}'..='\u{3096}' | '\u{30a1}'..='\u{30fa}'
        | '\u{4e00}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}' | '\u{ff01}'..='\u{ff60}')
}
