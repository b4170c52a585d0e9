//! Keys, as the terminal sends them and as keymap files spell them.

use std::{fmt, str::FromStr};

use termina::event::{Event, KeyCode, KeyEventKind, Modifiers};

use crate::messages::{Text, text};

/// A key without its modifiers. A shifted letter is its capital.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Code {
    /// A character or a space.
    Char(char),
    /// Enter.
    Enter,
    /// Escape.
    Esc,
    /// Tab.
    Tab,
    /// Shift-Tab.
    BackTab,
    /// Backspace.
    Backspace,
    /// Delete.
    Delete,
    /// Insert.
    Insert,
    /// Cursor up.
    Up,
    /// Cursor down.
    Down,
    /// Cursor left.
    Left,
    /// Cursor right.
    Right,
    /// Home.
    Home,
    /// End.
    End,
    /// Page Up.
    PageUp,
    /// Page Down.
    PageDown,
    /// A function key, from F1.
    F(u8),
}

/// A key with its modifiers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key {
    /// The key without its modifiers.
    pub code: Code,
    /// Whether Control was held.
    pub ctrl: bool,
    /// Whether Alt was held, or Esc was pressed before.
    pub alt: bool,
}

impl Key {
    /// Returns the character that the key enters into a text field. Returns `None` for other keys.
    pub fn typed(self) -> Option<char> {
        match self {
            Self { code: Code::Char(c), ctrl: false, alt: false } => Some(c),
            _ => None,
        }
    }

    /// Parses a key in the spelling of the footer and the help.
    pub fn from_shown(text: &str) -> Option<Self> {
        match text {
            "Shift-Tab" => "backtab".parse().ok(),
            _ => text.parse().or_else(|_| text.to_lowercase().parse()).ok(),
        }
    }

    /// Converts an event of the terminal. Returns `None` if it is not a press of a supported key.
    pub fn from_event(event: &Event) -> Option<Self> {
        let Event::Key(key) = event else { return None };
        if key.kind == KeyEventKind::Release {
            return None;
        }
        let code = match key.code {
            KeyCode::Char(c) if key.modifiers.contains(Modifiers::SHIFT) => {
                Code::Char(c.to_uppercase().next().unwrap_or(c))
            }
            KeyCode::Char(c) => Code::Char(c),
            KeyCode::Enter => Code::Enter,
            KeyCode::Backspace => Code::Backspace,
            KeyCode::Tab if key.modifiers.contains(Modifiers::SHIFT) => Code::BackTab,
            KeyCode::Tab => Code::Tab,
            KeyCode::BackTab => Code::BackTab,
            KeyCode::Escape => Code::Esc,
            KeyCode::Left => Code::Left,
            KeyCode::Right => Code::Right,
            KeyCode::Up => Code::Up,
            KeyCode::Down => Code::Down,
            KeyCode::Home => Code::Home,
            KeyCode::End => Code::End,
            KeyCode::PageUp => Code::PageUp,
            KeyCode::PageDown => Code::PageDown,
            KeyCode::Insert => Code::Insert,
            KeyCode::Delete => Code::Delete,
            KeyCode::Function(n) => Code::F(n),
            _ => return None,
        };
        Some(Self {
            code,
            ctrl: key.modifiers.contains(Modifiers::CONTROL),
            alt: key.modifiers.contains(Modifiers::ALT),
        })
    }
}

const NAMED: &[(&str, Code)] = &[
    ("space", Code::Char(' ')),
    ("enter", Code::Enter),
    ("esc", Code::Esc),
    ("tab", Code::Tab),
    ("backtab", Code::BackTab),
    ("backspace", Code::Backspace),
    ("delete", Code::Delete),
    ("insert", Code::Insert),
    ("up", Code::Up),
    ("down", Code::Down),
    ("left", Code::Left),
    ("right", Code::Right),
    ("home", Code::Home),
    ("end", Code::End),
    ("pgup", Code::PageUp),
    ("pgdn", Code::PageDown),
];

impl FromStr for Key {
    type Err = Text;

    fn from_str(text: &str) -> Result<Self, Text> {
        let (mut rest, mut ctrl, mut alt) = (text, false, false);
        loop {
            if let Some(r) = rest.strip_prefix("ctrl-").filter(|r| !r.is_empty()) {
                (rest, ctrl) = (r, true);
            } else if let Some(r) = rest.strip_prefix("alt-").filter(|r| !r.is_empty()) {
                (rest, alt) = (r, true);
            } else {
                break;
            }
        }
        let mut chars = rest.chars();
        let code = match (chars.next(), chars.next()) {
            (Some(c), None) => Some(Code::Char(c)),
            _ => NAMED.iter().find(|(name, _)| *name == rest).map(|(_, code)| *code).or_else(|| {
                let n = rest.strip_prefix('f')?.parse().ok()?;
                (1..=24).contains(&n).then_some(Code::F(n))
            }),
        };
        code.map(|code| Self { code, ctrl, alt })
            .ok_or_else(|| text!(keymap_not_a_key, text = format!("{text:?}")))
    }
}

/// The spelling of the footer and the help.
impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = String::new();
        if self.ctrl {
            text.push_str("Ctrl-");
        }
        if self.alt {
            text.push_str("Alt-");
        }
        match self.code {
            Code::Char(' ') => text.push_str("space"),
            Code::Char(c) if self.ctrl => text.extend(c.to_uppercase()),
            Code::Char(c) => text.push(c),
            Code::F(n) => text.push_str(&format!("F{n}")),
            Code::Esc => text.push_str("Esc"),
            Code::Enter => text.push_str("Enter"),
            Code::PageUp => text.push_str("PgUp"),
            Code::PageDown => text.push_str("PgDn"),
            Code::BackTab => text.push_str("Shift-Tab"),
            code => text.push_str(&format!("{code:?}")),
        }
        f.pad(&text)
    }
}
