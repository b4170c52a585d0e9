//! Draws a screen as SVG. Every cell is on the grid, so that wide characters keep their columns.

use std::fmt::Write;

use ratatui::{
    buffer::{Buffer, Cell},
    style::{Color, Modifier},
};
use unicode_width::UnicodeWidthStr;

const CELL: (f32, f32) = (8.4, 19.0);
const MARGIN: f32 = 12.0;
const PAPER: &str = "#16181d";
const INK: &str = "#d4d7dd";

fn color(color: Color) -> &'static str {
    match color {
        Color::Red => "#e06c75",
        Color::Green => "#98c379",
        Color::Yellow => "#e5c07b",
        Color::Cyan => "#56b6c2",
        Color::Blue => "#61afef",
        Color::Magenta => "#c678dd",
        _ => INK,
    }
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// Draws a buffer.
pub fn svg(buffer: &Buffer) -> String {
    let area = buffer.area;
    let (width, height) =
        (f32::from(area.width) * CELL.0 + 2.0 * MARGIN, f32::from(area.height) * CELL.1 + 2.0 * MARGIN);
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width:.0}\" height=\"{height:.0}\" \
         viewBox=\"0 0 {width:.0} {height:.0}\">\n\
         <rect width=\"100%\" height=\"100%\" rx=\"8\" fill=\"{PAPER}\"/>\n\
         <g font-family=\"'DejaVu Sans Mono','Noto Sans Mono CJK SC',Menlo,Consolas,monospace\" font-size=\"14\">\n"
    );
    for y in 0..area.height {
        let mut x = 0;
        while x < area.width {
            let cell = &buffer[(area.x + x, area.y + y)];
            if blank(cell) {
                x += 1;
                continue;
            }
            // A run of cells with the same style. Each wide character is a run of its own.
            let mut text = cell.symbol().to_owned();
            let mut columns = text.width().max(1) as u16;
            while columns as usize == text.chars().count() && x + columns < area.width {
                let next = &buffer[(area.x + x + columns, area.y + y)];
                // Renderers collapse spaces, so each word is placed by itself. A reversed word is one box.
                if next.symbol().width() != 1 || !alike(cell, next) || blank(next) {
                    break;
                }
                text.push_str(next.symbol());
                columns += 1;
            }
            run(&mut out, cell, &text, x, y, columns);
            x += columns;
        }
    }
    out.push_str("</g>\n</svg>\n");
    out
}

fn blank(cell: &Cell) -> bool {
    cell.symbol() == " " && !cell.modifier.contains(Modifier::REVERSED)
}

fn alike(a: &Cell, b: &Cell) -> bool {
    (a.fg, a.bg, a.modifier) == (b.fg, b.bg, b.modifier)
}

fn run(out: &mut String, cell: &Cell, text: &str, x: u16, y: u16, columns: u16) {
    let (left, top) = (MARGIN + f32::from(x) * CELL.0, MARGIN + f32::from(y) * CELL.1);
    let width = f32::from(columns) * CELL.0;
    let mut ink = color(cell.fg);
    if cell.modifier.contains(Modifier::REVERSED) {
        let _ = writeln!(
            out,
            "<rect x=\"{left:.1}\" y=\"{top:.1}\" width=\"{width:.1}\" height=\"{:.1}\" fill=\"{ink}\"/>",
            CELL.1
        );
        ink = PAPER;
    }
    let mut style = String::new();
    if cell.modifier.contains(Modifier::BOLD) {
        style.push_str(" font-weight=\"bold\"");
    }
    if cell.modifier.contains(Modifier::DIM) {
        style.push_str(" opacity=\"0.6\"");
    }
    let _ = writeln!(
        out,
        "<text x=\"{left:.1}\" y=\"{:.1}\" textLength=\"{width:.1}\" lengthAdjust=\"spacingAndGlyphs\" \
         fill=\"{ink}\"{style}>{}</text>",
        top + CELL.1 * 0.74,
        escape(text)
    );
}
