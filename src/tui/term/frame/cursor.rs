//! The cursor of the terminal: its position, its style, and the shortest bytes that change them.

use std::fmt::Write;

use ratatui::style::{Color, Modifier};

/// The colours and attributes of a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct CellStyle {
    pub(crate) fg: Color,
    pub(crate) bg: Color,
    pub(crate) modifier: Modifier,
}

impl CellStyle {
    pub(crate) const PLAIN: CellStyle =
        CellStyle { fg: Color::Reset, bg: Color::Reset, modifier: Modifier::empty() };
    /// The attributes that are visible on blanks.
    const ON_BLANKS: Modifier = Modifier::REVERSED
        .union(Modifier::UNDERLINED)
        .union(Modifier::SLOW_BLINK)
        .union(Modifier::RAPID_BLINK)
        .union(Modifier::CROSSED_OUT);

    pub(crate) fn shows_on_blanks(self) -> bool {
        self.modifier.intersects(Self::ON_BLANKS)
    }
}

/// The state of the terminal. The position is unknown at first, and after characters that terminals draw with different
/// widths.
#[derive(Debug, Clone)]
pub(crate) struct Cursor {
    pub(crate) at: Option<(u16, u16)>,
    pub(crate) style: CellStyle,
    pub(crate) link: Option<String>,
}

impl Default for Cursor {
    fn default() -> Self {
        Self { at: None, style: CellStyle::PLAIN, link: None }
    }
}

impl Cursor {
    /// Moves to a cell.
    pub(crate) fn move_to(&mut self, bytes: &mut Vec<u8>, x: u16, y: u16) {
        if self.at == Some((x, y)) {
            return;
        }
        let mut ways = vec![match (x, y) {
            (0, 0) => "\x1b[H".to_owned(),
            (0, _) => format!("\x1b[{}H", y + 1),
            _ => format!("\x1b[{};{}H", y + 1, x + 1),
        }];
        if let Some((from_x, from_y)) = self.at
            && y >= from_y
        {
            let down = "\n".repeat(usize::from(y - from_y));
            let right = |n: u16| match n {
                0 => String::new(),
                1 => "\x1b[C".to_owned(),
                n => format!("\x1b[{n}C"),
            };
            ways.push(format!("\r{down}{}", right(x)));
            if x >= from_x {
                ways.push(format!("{down}{}", right(x - from_x)));
            } else {
                ways.push(format!("{down}{}", "\x08".repeat(usize::from(from_x - x))));
            }
        }
        if let Some(way) = ways.iter().min_by_key(|way| way.len()) {
            bytes.extend_from_slice(way.as_bytes());
        }
        self.at = Some((x, y));
    }

    /// Sets a style, by its difference to the current one or after a reset, whichever is shorter.
    pub(crate) fn set_style(&mut self, bytes: &mut Vec<u8>, style: CellStyle) {
        if self.style == style {
            return;
        }
        let anew = sgr(CellStyle::PLAIN, style);
        let anew = if anew.is_empty() { anew } else { format!("0;{anew}") };
        let step = sgr(self.style, style);
        let args = if step.len() <= anew.len() && style != CellStyle::PLAIN { step } else { anew };
        bytes.extend_from_slice(b"\x1b[");
        bytes.extend_from_slice(args.as_bytes());
        bytes.push(b'm');
        self.style = style;
    }

    /// Sets or ends the link. An address with bytes that could end the escape sequence counts as no link.
    pub(crate) fn set_link(&mut self, bytes: &mut Vec<u8>, to: Option<&str>) {
        let to = to.filter(|to| to.bytes().all(|b| b.is_ascii_graphic()));
        if self.link.as_deref() != to {
            bytes.extend_from_slice(b"\x1b]8;;");
            bytes.extend_from_slice(to.unwrap_or_default().as_bytes());
            bytes.extend_from_slice(b"\x1b\\");
            self.link = to.map(str::to_owned);
        }
    }

    /// Ends the link and resets the style.
    pub(crate) fn reset(&mut self, bytes: &mut Vec<u8>) {
        self.set_link(bytes, None);
        self.set_style(bytes, CellStyle::PLAIN);
    }
}

const MODIFIERS: [(Modifier, u8, u8); 9] = [
    (Modifier::BOLD, 1, 22),
    (Modifier::DIM, 2, 22),
    (Modifier::ITALIC, 3, 23),
    (Modifier::UNDERLINED, 4, 24),
    (Modifier::SLOW_BLINK, 5, 25),
    (Modifier::RAPID_BLINK, 6, 25),
    (Modifier::REVERSED, 7, 27),
    (Modifier::HIDDEN, 8, 28),
    (Modifier::CROSSED_OUT, 9, 29),
];

/// Returns the SGR arguments that change one style into another.
fn sgr(from: CellStyle, to: CellStyle) -> String {
    let mut args: Vec<String> = Vec::new();
    let mut set = from.modifier;
    for (modifier, _, off) in MODIFIERS {
        if set.contains(modifier) && !to.modifier.contains(modifier) {
            // One code may end two attributes.
            for (other, _, same) in MODIFIERS {
                if same == off {
                    set.remove(other);
                }
            }
            args.push(off.to_string());
        }
    }
    for (modifier, on, _) in MODIFIERS {
        if to.modifier.contains(modifier) && !set.contains(modifier) {
            args.push(on.to_string());
        }
    }
    if from.fg != to.fg {
        args.push(color(to.fg, 30));
    }
    if from.bg != to.bg {
        args.push(color(to.bg, 40));
    }
    args.join(";")
}

/// Returns the SGR argument of a colour. The 16 standard colours have codes of their own.
fn color(color: Color, base: u8) -> String {
    let number = match color {
        Color::Reset => base + 9,
        Color::Black => base,
        Color::Red => base + 1,
        Color::Green => base + 2,
        Color::Yellow => base + 3,
        Color::Blue => base + 4,
        Color::Magenta => base + 5,
        Color::Cyan => base + 6,
        Color::Gray => base + 7,
        Color::DarkGray => base + 60,
        Color::LightRed => base + 61,
        Color::LightGreen => base + 62,
        Color::LightYellow => base + 63,
        Color::LightBlue => base + 64,
        Color::LightMagenta => base + 65,
        Color::LightCyan => base + 66,
        Color::White => base + 67,
        Color::Indexed(n) => {
            let mut text = (base + 8).to_string();
            let _ = write!(text, ";5;{n}");
            return text;
        }
        Color::Rgb(r, g, b) => {
            let mut text = (base + 8).to_string();
            let _ = write!(text, ";2;{r};{g};{b}");
            return text;
        }
    };
    number.to_string()
}
