//! Draws text into cells. It neutralises text from outside and measures its width.

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

/// Wraps a text to lines of at most `width` columns. IDs contain hyphens and are not split there.
pub fn wrap(text: &str, width: u16) -> Vec<String> {
    let options = textwrap::Options::new(usize::from(width.max(1)));
    let options = options.word_splitter(textwrap::WordSplitter::NoHyphenation);
    textwrap::wrap(&plain(text), options).into_iter().map(|l| l.into_owned()).collect()
}

/// Pads a text with spaces to `width` columns. Longer texts stay as they are.
pub fn pad(text: &str, width: usize) -> String {
    format!("{text}{}", " ".repeat(width.saturating_sub(text.width())))
}

/// A link in a row. Its address never comes from the cloud.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// The first column.
    pub x: u16,
    /// The row.
    pub y: u16,
    /// The number of columns.
    pub width: u16,
    /// The address.
    pub to: String,
}

/// The links and click targets of a drawn screen.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Drawn {
    /// The links.
    pub links: Vec<Link>,
    /// The click targets. Later ones are on top of earlier ones.
    pub spots: Vec<(Rect, Spot)>,
    /// The box on top, if there is one.
    pub boxed: Option<Rect>,
    /// The position of the marker of the selected row.
    pub marker: Option<(u16, u16)>,
}

/// The effect of a click.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spot {
    /// The same as this key.
    Key(Key),
    /// A command to whatever is on top.
    Command(Command),
    /// Selects a row of the table, or opens the details if it is selected.
    Row(usize),
    /// Sorts the table by a column, or reverses the order.
    Head(usize),
    /// Presses the second of two buttons.
    Yes {
        /// Whether the button is selected, so that Enter presses it.
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
    /// Makes a painter for a buffer.
    pub fn new(buffer: &'a mut Buffer, looks: Looks) -> Self {
        let area = buffer.area;
        // The cells are blank, so only a background colour of the theme is visible on them.
        let plain = looks.theme.style(Role::Plain);
        if plain != Style::reset() {
            buffer.set_style(area, plain);
        }
        Self { buffer, looks, drawn: Drawn::default() }
    }

    /// Returns the links and click targets.
    pub fn done(self) -> Drawn {
        self.drawn
    }

    /// Makes columns of a row a click target.
    pub fn spot(&mut self, x: u16, y: u16, width: u16, spot: Spot) {
        let area = Rect::new(x, y, width, 1).intersection(self.buffer.area);
        if !area.is_empty() {
            self.drawn.spots.push((area, spot));
        }
    }

    /// Removes all click targets. What was drawn stays visible.
    pub fn clear_click_targets(&mut self) {
        self.drawn.spots.clear();
        self.drawn.marker = None;
        self.drawn.boxed = None;
    }

    /// Draws a text as a link. Returns the column after it.
    pub fn link(&mut self, x: u16, y: u16, width: u16, text: &str, to: &str, role: Role) -> u16 {
        let end = self.text(x, y, width, text, role);
        if end > x {
            self.drawn.links.push(Link { x, y, width: end - x, to: to.to_owned() });
        }
        end
    }

    /// Draws a text, neutralised, in at most `width` columns, cut off with `…` if it does not fit. Returns the column
    /// after it.
    pub fn text(&mut self, x: u16, y: u16, width: u16, text: &str, role: Role) -> u16 {
        self.styled(x, y, width, text, self.looks.theme.style(role))
    }

    /// Draws a text like [`Painter::text`] in a given style.
    pub fn styled(&mut self, x: u16, y: u16, width: u16, text: &str, style: Style) -> u16 {
        let area = self.buffer.area;
        if y >= area.bottom() || x >= area.right() {
            return x;
        }
        let width = width.min(area.right() - x);
        let text = self.visible_text(text);
        let shown = self.fit(&text, width);
        // Replaces the old style: a notice on the dim rule is not dim.
        let style = self.looks.theme.on_background(style);
        if !is_plain_ascii(&shown) {
            return self.buffer.set_stringn(x, y, shown, usize::from(width), style).0;
        }
        // Every byte is one cell, so nothing has to be measured.
        let end = x + width.min(shown.len() as u16);
        let at = self.buffer.index_of(x, y);
        for (cell, byte) in self.buffer.content[at..].iter_mut().zip(shown.bytes().take(usize::from(end - x)))
        {
            cell.set_char(char::from(byte)).set_style(style);
        }
        end
    }

    /// Neutralises a text. In ASCII mode, replaces the signs of the program's own texts; names stay as they are.
    fn visible_text<'t>(&self, text: &'t str) -> Cow<'t, str> {
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

    /// Draws a text that ends at the column `right`. Returns its first column.
    pub fn text_right(&mut self, right: u16, y: u16, width: u16, text: &str, role: Role) -> u16 {
        let text = self.visible_text(text);
        let shown = self.fit(&text, width);
        let w = shown.width() as u16;
        let x = right.saturating_sub(w);
        self.text(x, y, width, &shown, role);
        x
    }

    /// Returns the text, or as much of it as fits before an ellipsis.
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

    /// Draws a horizontal rule.
    pub fn rule(&mut self, x: u16, y: u16, width: u16) {
        let line = if self.looks.ascii { '-' } else { '─' };
        let style = self.looks.theme.style(Role::Dim);
        for x in x..(x + width).min(self.buffer.area.right()) {
            if let Some(cell) = self.buffer.cell_mut((x, y)) {
                cell.set_char(line).set_style(style);
            }
        }
    }

    /// Draws the marker of the selected row.
    pub fn marker(&mut self, x: u16, y: u16) {
        let marker = if self.looks.ascii { ">" } else { "▌" };
        self.styled(x, y, 1, marker, self.looks.theme.marker);
        self.drawn.marker = Some((x, y));
    }

    /// Draws the name of the selected row. Only its own columns are highlighted, which costs few bytes, and the
    /// highlight is visible without colours.
    pub fn selected(&mut self, x: u16, y: u16, width: u16, text: &str) -> u16 {
        let style = if self.looks.slow { Style::new() } else { self.looks.theme.selected };
        self.styled(x, y, width, text, style)
    }

    /// Draws a list entry, two columns after its marker. If `here`, it is selected: it gets the marker and the
    /// highlight.
    pub fn entry(&mut self, x: u16, y: u16, width: u16, text: &str, here: bool, role: Role) {
        if here {
            self.marker(x, y);
            self.selected(x + 2, y, width, text);
        } else {
            self.text(x + 2, y, width, text, role);
        }
    }

    /// Draws the cursor of a field, since the terminal's own is hidden.
    pub fn cursor(&mut self, x: u16, y: u16, under: &str) {
        self.styled(x, y, 2, under, Style::new().add_modifier(Modifier::REVERSED));
    }

    /// Underlines letters of a text that was drawn at this position. `letters` are their byte positions. A text that
    /// neutralisation has changed is not underlined. Only single letters are marked, so a key of a filter costs few
    /// bytes per row.
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

    /// Draws a gauge of `width` columns.
    pub fn gauge(&mut self, x: u16, y: u16, width: u16, percent: u8) -> u16 {
        let (full, empty) = if self.looks.ascii { ("#", ".") } else { ("█", "░") };
        let filled = usize::from(width) * usize::from(percent.min(100)) / 100;
        let x = self.text(x, y, width, &full.repeat(filled), Role::Accent);
        self.text(x, y, width, &empty.repeat(usize::from(width) - filled), Role::Dim)
    }

    /// Blanks an area and removes its links.
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

    /// Draws a box with a title. Returns the area inside, with a margin of one column.
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

    /// Draws as many key hints as fit. Each is a click target.
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
