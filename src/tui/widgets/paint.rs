//! Text into cells, neutralised and measured.

use std::borrow::Cow;

use ratatui::{
    buffer::Buffer,
    layout::Rect,
    style::{Modifier, Style},
};
use unicode_width::UnicodeWidthStr;

use crate::{
    model::{is_plain_ascii, plain},
    tui::{
        keymap::{Command, key::Key},
        widgets::theme::{Looks, Role},
    },
};

/// Lines of at most `width` columns. IDs are full of hyphens and stay whole.
pub fn wrap(text: &str, width: u16) -> Vec<String> {
    let options = textwrap::Options::new(usize::from(width.max(1)));
    let options = options.word_splitter(textwrap::WordSplitter::NoHyphenation);
    textwrap::wrap(&plain(text), options).into_iter().map(|l| l.into_owned()).collect()
}

/// A text and so many blanks that it takes `width` columns; longer ones stay as they are.
pub fn pad(text: &str, width: usize) -> String {
    format!("{text}{}", " ".repeat(width.saturating_sub(text.width())))
}

/// A part of a row that leads to a page. Where it goes is never a text of the cloud's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// The first column.
    pub x: u16,
    /// The row.
    pub y: u16,
    /// How many columns.
    pub width: u16,
    /// The page.
    pub to: String,
}

/// What lies behind the cells of a screen.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Drawn {
    /// What leads to a page.
    pub links: Vec<Link>,
    /// What does something when it is clicked, the topmost last.
    pub spots: Vec<(Rect, Spot)>,
    /// The box on top, where there is one.
    pub boxed: Option<Rect>,
    /// Where the bar of the chosen row is.
    pub marker: Option<(u16, u16)>,
}

/// What a click does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spot {
    /// The same as this key.
    Key(Key),
    /// A command, to what lies on top.
    Command(Command),
    /// Choose a row of the table, or show the chosen one.
    Row(usize),
    /// Order the table by a column of the tab, or turn the order.
    Head(usize),
    /// Press the second of two buttons.
    Yes {
        /// It is the one that Enter presses.
        chosen: bool,
    },
}

/// Draws text into a buffer.
pub struct Painter<'a> {
    buffer: &'a mut Buffer,
    looks: Looks,
    drawn: Drawn,
}

impl<'a> Painter<'a> {
    /// A painter on a buffer.
    pub fn new(buffer: &'a mut Buffer, looks: Looks) -> Self {
        let area = buffer.area;
        // Cells are empty at first; only a ground of another colour shows on them.
        let plain = looks.theme.style(Role::Plain);
        if plain != Style::reset() {
            buffer.set_style(area, plain);
        }
        Self { buffer, looks, drawn: Drawn::default() }
    }

    /// What lies behind the cells.
    pub fn done(self) -> Drawn {
        self.drawn
    }

    /// A row's columns that do something when they are clicked.
    pub fn spot(&mut self, x: u16, y: u16, width: u16, spot: Spot) {
        let area = Rect::new(x, y, width, 1).intersection(self.buffer.area);
        if !area.is_empty() {
            self.drawn.spots.push((area, spot));
        }
    }

    /// What is below is seen and cannot be clicked.
    pub fn over_all(&mut self) {
        self.drawn.spots.clear();
        self.drawn.marker = None;
        self.drawn.boxed = None;
    }

    /// Writes a text that leads to a page; a text of several rows is as many links.
    pub fn link(&mut self, x: u16, y: u16, width: u16, text: &str, to: &str, role: Role) -> u16 {
        let end = self.text(x, y, width, text, role);
        if end > x {
            self.drawn.links.push(Link { x, y, width: end - x, to: to.to_owned() });
        }
        end
    }

    /// Writes a text, neutralised, in at most `width` columns, with `…` where it does not fit. Returns where it ends.
    pub fn text(&mut self, x: u16, y: u16, width: u16, text: &str, role: Role) -> u16 {
        self.styled(x, y, width, text, self.looks.theme.style(role))
    }

    /// The same with a style of one's own.
    pub fn styled(&mut self, x: u16, y: u16, width: u16, text: &str, style: Style) -> u16 {
        let area = self.buffer.area;
        if y >= area.bottom() || x >= area.right() {
            return x;
        }
        let width = width.min(area.right() - x);
        let text = self.spelt(text);
        let shown = self.fit(&text, width);
        // Nothing of what was there stays: a notice on the dim rule is not dim.
        let style = self.looks.theme.over(style);
        if !is_plain_ascii(&shown) {
            return self.buffer.set_stringn(x, y, shown, usize::from(width), style).0;
        }
        // A byte is a cell, and nothing has to be measured.
        let end = x + width.min(shown.len() as u16);
        let at = self.buffer.index_of(x, y);
        for (cell, byte) in self.buffer.content[at..].iter_mut().zip(shown.bytes().take(usize::from(end - x)))
        {
            cell.set_char(char::from(byte)).set_style(style);
        }
        end
    }

    /// Neutralised, and in ASCII where that is asked for: of our own words and signs, not of names.
    fn spelt<'t>(&self, text: &'t str) -> Cow<'t, str> {
        let text = plain(text);
        if !self.looks.ascii || text.is_ascii() {
            return text;
        }
        let ascii = |c| match c {
            '·' | '–' | '—' | '─' => '-',
            '…' => '~',
            '×' => 'x',
            '‘' | '’' => '\'',
            '“' | '”' => '"',
            '│' | '▏' | '▌' => '|',
            '→' => '>',
            '↓' => 'v',
            '↑' => '^',
            '●' | '█' => '#',
            '░' => '.',
            c => c,
        };
        Cow::Owned(text.chars().map(ascii).collect())
    }

    /// A text that ends at `right`.
    pub fn text_right(&mut self, right: u16, y: u16, width: u16, text: &str, role: Role) -> u16 {
        let text = self.spelt(text);
        let shown = self.fit(&text, width);
        let w = shown.width() as u16;
        let x = right.saturating_sub(w);
        self.text(x, y, width, &shown, role);
        x
    }

    /// The text, or as much of it as fits before an ellipsis.
    pub fn fit<'t>(&self, text: &'t str, width: u16) -> Cow<'t, str> {
        let width = usize::from(width);
        let fits = if is_plain_ascii(text) { text.len() <= width } else { text.width() <= width };
        if fits {
            return Cow::Borrowed(text);
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
        Cow::Owned(out)
    }

    /// A rule across, or over a part.
    pub fn rule(&mut self, x: u16, y: u16, width: u16) {
        let line = if self.looks.ascii { '-' } else { '─' };
        let style = self.looks.theme.style(Role::Dim);
        for x in x..(x + width).min(self.buffer.area.right()) {
            if let Some(cell) = self.buffer.cell_mut((x, y)) {
                cell.set_char(line).set_style(style);
            }
        }
    }

    /// The selected row's marker.
    pub fn marker(&mut self, x: u16, y: u16) {
        let marker = if self.looks.ascii { ">" } else { "▌" };
        self.styled(x, y, 1, marker, self.looks.theme.marker);
        self.drawn.marker = Some((x, y));
    }

    /// Of the selected name, its own columns and no more: cheap on any line, and it survives a screen without colours.
    pub fn selected(&mut self, x: u16, y: u16, width: u16, text: &str) -> u16 {
        let style = if self.looks.slow { Style::new() } else { self.looks.theme.selected };
        self.styled(x, y, width, text, style)
    }

    /// The name of a list's entry, two columns behind the place of the marker; the one in hand has it and stands out.
    pub fn entry(&mut self, x: u16, y: u16, width: u16, text: &str, here: bool, role: Role) {
        if here {
            self.marker(x, y);
            self.selected(x + 2, y, width, text);
        } else {
            self.text(x + 2, y, width, text, role);
        }
    }

    /// The cursor of a field, since the terminal's own is hidden.
    pub fn cursor(&mut self, x: u16, y: u16, under: &str) {
        self.styled(x, y, 2, under, Style::new().add_modifier(Modifier::REVERSED));
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
                self.buffer[(x, y)].set_style(self.looks.theme.style(Role::Plain));
            }
        }
        self.drawn.links.retain(|l| !area.contains((l.x, l.y).into()));
    }

    /// A box with a title; returns what is inside, a column of air on each side.
    pub fn boxed(&mut self, area: Rect, title: &str) -> Rect {
        let area = area.intersection(self.buffer.area);
        self.clear(area);
        self.drawn.boxed = Some(area);
        if area.width < 4 || area.height < 2 {
            return area;
        }
        let ascii = self.looks.ascii;
        let (h, v) = if ascii { ("-", "|") } else { ("─", "│") };
        let corners = if ascii { ["+"; 4] } else { ["╭", "╮", "╰", "╯"] };
        let dim = self.looks.theme.style(Role::Dim);
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
            let from = at;
            at = self.text(at, y, end - at, key, Role::Accent) + 1;
            at = self.text(at, y, end - at, what, Role::Plain);
            if let Some(key) = Key::from_shown(key) {
                self.spot(from, y, at - from, Spot::Key(key));
            }
            at += 3;
        }
    }
}
