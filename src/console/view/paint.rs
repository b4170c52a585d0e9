//! Text into cells, neutralised and measured.

use ratatui::{
    buffer::Buffer,
    layout::Rect,
    style::{Color, Modifier, Style},
};
use unicode_width::UnicodeWidthStr;

use crate::{
    console::{state::Looks, tabs::Role},
    words::plain,
};

/// A meaning's style: the terminal's own colours, the sixteen of ANSI, or none.
pub fn style(role: Role, looks: Looks) -> Style {
    let style = Style::new();
    let color = |c: Color, mono: Modifier| {
        if looks.mono { style.add_modifier(mono) } else { style.fg(c) }
    };
    match role {
        Role::Plain => style,
        Role::Dim => style.add_modifier(Modifier::DIM),
        Role::Strong => style.add_modifier(Modifier::BOLD),
        Role::Good => color(Color::Green, Modifier::empty()),
        Role::Warn => color(Color::Yellow, Modifier::empty()),
        Role::Bad => color(Color::Red, Modifier::BOLD),
        Role::Accent => color(Color::Cyan, Modifier::BOLD),
    }
}

/// Lines of at most `width` columns.
pub fn wrap(text: &str, width: u16) -> Vec<String> {
    textwrap::wrap(&plain(text), usize::from(width.max(1))).into_iter().map(|l| l.into_owned()).collect()
}

/// Draws text into a buffer.
pub struct Painter<'a> {
    buffer: &'a mut Buffer,
    looks: Looks,
}

impl<'a> Painter<'a> {
    /// A painter on a buffer.
    pub fn new(buffer: &'a mut Buffer, looks: Looks) -> Self {
        Self { buffer, looks }
    }

    /// Writes a text, neutralised, in at most `width` columns, with `…` where it does not fit. Returns where it ends.
    pub fn text(&mut self, x: u16, y: u16, width: u16, text: &str, role: Role) -> u16 {
        self.styled(x, y, width, text, style(role, self.looks))
    }

    /// The same with a style of one's own.
    pub fn styled(&mut self, x: u16, y: u16, width: u16, text: &str, style: Style) -> u16 {
        let area = self.buffer.area;
        if y >= area.bottom() || x >= area.right() {
            return x;
        }
        let width = width.min(area.right() - x);
        let text = plain(text);
        let shown = self.fit(&text, width);
        // Nothing of what was there stays: a notice on the dim rule is not dim.
        self.buffer.set_stringn(x, y, shown, usize::from(width), Style::reset().patch(style)).0
    }

    /// A text that ends at `right`.
    pub fn text_right(&mut self, right: u16, y: u16, width: u16, text: &str, role: Role) -> u16 {
        let shown = self.fit(&plain(text), width);
        let w = shown.width() as u16;
        let x = right.saturating_sub(w);
        self.text(x, y, width, &shown, role);
        x
    }

    /// The text, or as much of it as fits before an ellipsis.
    pub fn fit(&self, text: &str, width: u16) -> String {
        let width = usize::from(width);
        if text.width() <= width {
            return text.to_owned();
        }
        let mark = if self.looks.ascii { '~' } else { '…' };
        let mut out = String::new();
        let mut used = 0;
        for grapheme in unicode_segmentation::UnicodeSegmentation::graphemes(text, true) {
            let w = grapheme.width();
            if used + w + 1 > width {
                break;
            }
            out.push_str(grapheme);
            used += w;
        }
        if width > 0 {
            out.push(mark);
        }
        out
    }

    /// A rule across, or over a part.
    pub fn rule(&mut self, x: u16, y: u16, width: u16) {
        let line = if self.looks.ascii { "-" } else { "─" };
        self.styled(x, y, width, &line.repeat(usize::from(width)), style(Role::Dim, self.looks));
    }

    /// The selected row's marker.
    pub fn marker(&mut self, x: u16, y: u16) {
        let marker = if self.looks.ascii { ">" } else { "▌" };
        self.text(x, y, 1, marker, Role::Accent);
    }

    /// Of the selected name, its own columns and no more: cheap on any line, and it survives a screen without colours.
    pub fn selected(&mut self, x: u16, y: u16, width: u16, text: &str) -> u16 {
        self.styled(x, y, width, text, Style::new().add_modifier(Modifier::REVERSED))
    }

    /// Underlines letters of a text that was written there, given by where they begin in bytes. Only what stands on the
    /// screen as it came is marked, and as little as can be: a letter of a filter costs a few bytes a row.
    pub fn underline(&mut self, x: u16, y: u16, width: u16, text: &str, letters: &[usize]) {
        if letters.is_empty() || !matches!(plain(text), std::borrow::Cow::Borrowed(_)) {
            return;
        }
        let right = x + self.fit(text, width).width() as u16;
        let cut = text.width() > usize::from(width);
        let mut at = x;
        for (n, grapheme) in unicode_segmentation::UnicodeSegmentation::grapheme_indices(text, true) {
            let w = grapheme.width() as u16;
            if at + w + u16::from(cut) > right {
                break;
            }
            if letters.contains(&n)
                && let Some(cell) = self.buffer.cell_mut((at, y))
            {
                cell.modifier.insert(Modifier::UNDERLINED);
            }
            at += w;
        }
    }

    /// A gauge of `width` columns.
    pub fn gauge(&mut self, x: u16, y: u16, width: u16, percent: u8) -> u16 {
        let (full, empty) = if self.looks.ascii { ("#", ".") } else { ("█", "░") };
        let filled = usize::from(width) * usize::from(percent.min(100)) / 100;
        let x = self.text(x, y, width, &full.repeat(filled), Role::Accent);
        self.text(x, y, width, &empty.repeat(usize::from(width) - filled), Role::Dim)
    }

    /// Blanks an area, for what lies over it.
    pub fn clear(&mut self, area: Rect) {
        let area = area.intersection(self.buffer.area);
        for y in area.top()..area.bottom() {
            for x in area.left()..area.right() {
                self.buffer[(x, y)].reset();
            }
        }
    }

    /// A box with a title; returns what is inside, a column of air on each side.
    pub fn boxed(&mut self, area: Rect, title: &str) -> Rect {
        let area = area.intersection(self.buffer.area);
        self.clear(area);
        if area.width < 4 || area.height < 2 {
            return area;
        }
        let ascii = self.looks.ascii;
        let (h, v) = if ascii { ("-", "|") } else { ("─", "│") };
        let corners = if ascii { ["+"; 4] } else { ["╭", "╮", "╰", "╯"] };
        let dim = style(Role::Dim, self.looks);
        let across = h.repeat(usize::from(area.width - 2));
        self.styled(area.x, area.y, area.width, &format!("{}{across}{}", corners[0], corners[1]), dim);
        let bottom = area.bottom() - 1;
        self.styled(area.x, bottom, area.width, &format!("{}{across}{}", corners[2], corners[3]), dim);
        for y in area.y + 1..bottom {
            self.styled(area.x, y, 1, v, dim);
            self.styled(area.right() - 1, y, 1, v, dim);
        }
        self.text(area.x + 2, area.y, area.width.saturating_sub(4), &format!(" {title} "), Role::Strong);
        Rect::new(area.x + 2, area.y + 1, area.width - 4, area.height - 2)
    }

    /// Keys with what they do, one after the other, as many as fit.
    pub fn keys(&mut self, x: u16, y: u16, width: u16, hints: &[(String, &str)]) {
        let end = x + width;
        let mut at = x;
        for (key, what) in hints {
            let need = (key.width() + what.width() + 1) as u16;
            if key.is_empty() || at + need > end {
                continue;
            }
            at = self.text(at, y, end - at, key, Role::Accent) + 1;
            at = self.text(at, y, end - at, what, Role::Plain) + 3;
        }
    }
}
