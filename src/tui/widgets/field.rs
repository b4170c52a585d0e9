//! A text field of one line.

use tui_input::{Input as Line, InputRequest};
use unicode_width::UnicodeWidthStr;

use crate::tui::{
    keymap::key::{Code, Key},
    widgets::{paint::Painter, theme::Role},
};

/// A text field of one line. It keeps its text when an error occurs.
#[derive(Debug, Clone, Default)]
pub struct TextField {
    line: Line,
}

impl TextField {
    /// Makes a field that holds a text, with the cursor at its end.
    pub fn with(text: &str) -> Self {
        Self { line: Line::new(text.to_owned()) }
    }

    /// Returns the text.
    pub fn text(&self) -> &str {
        self.line.value()
    }

    /// Empties the field and returns its text.
    pub fn take(&mut self) -> String {
        self.line.value_and_reset()
    }

    /// Inserts a text at the cursor. Line ends and tabs become spaces.
    pub fn insert(&mut self, text: &str) {
        for c in text.chars() {
            let c = if c == '\n' || c == '\r' || c == '\t' { ' ' } else { c };
            if !c.is_control() {
                self.line.handle(InputRequest::InsertChar(c));
            }
        }
    }

    /// Processes an editing key. Returns false for any other key.
    pub fn handle_key(&mut self, key: Key) -> bool {
        let request = match (key.code, key.ctrl, key.alt) {
            (Code::Char(c), false, false) => InputRequest::InsertChar(c),
            (Code::Backspace, false, false) => InputRequest::DeletePrevChar,
            (Code::Delete, ..) => InputRequest::DeleteNextChar,
            (Code::Left, false, false) => InputRequest::GoToPrevChar,
            (Code::Right, false, false) => InputRequest::GoToNextChar,
            (Code::Left, ..) | (Code::Char('b'), _, true) => InputRequest::GoToPrevWord,
            (Code::Right, ..) | (Code::Char('f'), _, true) => InputRequest::GoToNextWord,
            (Code::Home, ..) | (Code::Char('a'), true, _) => InputRequest::GoToStart,
            (Code::End, ..) | (Code::Char('e'), true, _) => InputRequest::GoToEnd,
            (Code::Char('w'), true, _) | (Code::Backspace, ..) => InputRequest::DeletePrevWord,
            (Code::Char('u'), true, _) => InputRequest::DeleteLine,
            (Code::Char('k'), true, _) => InputRequest::DeleteTillEnd,
            _ => return false,
        };
        self.line.handle(request);
        true
    }

    /// Returns whether a key edits, so that it is not a command.
    pub fn edits(key: Key) -> bool {
        TextField::default().handle_key(key)
    }

    /// Draws the field. The cursor is drawn in reverse, since the terminal's own is hidden.
    pub fn draw(&self, painter: &mut Painter<'_>, x: u16, y: u16, width: u16, focused: bool) {
        let inner = width.saturating_sub(1);
        let skip = self.line.visual_scroll(usize::from(inner.max(1)));
        let mut text = String::new();
        let (mut at, mut cursor_x) = (0usize, None);
        for (n, c) in self.line.value().chars().enumerate() {
            let w = c.to_string().width();
            if n == self.line.cursor() {
                cursor_x = Some(at.saturating_sub(skip) as u16);
            }
            if at >= skip {
                text.push(c);
            }
            at += w;
        }
        let cursor_x = cursor_x.unwrap_or(at.saturating_sub(skip) as u16);
        painter.text(x, y, inner, &text, Role::Plain);
        if focused {
            let under = self.line.value().chars().nth(self.line.cursor()).unwrap_or(' ');
            painter.cursor(x + cursor_x.min(inner), y, &under.to_string());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn editing_keys_edit_and_pastes_keep_to_one_line() {
        let mut field = TextField::with("web");
        for key in ["-", "7", "home", "x", "ctrl-e", "backspace"] {
            assert!(field.handle_key(key.parse().unwrap()), "{key}");
        }
        field.insert("a\nb\u{1b}c");
        assert_eq!(field.text(), "xweb-a bc");
        assert!(!field.handle_key("enter".parse().unwrap()));
        assert!(!TextField::edits("esc".parse().unwrap()));
        field.handle_key("ctrl-u".parse().unwrap());
        assert_eq!(field.take(), "");
    }
}
