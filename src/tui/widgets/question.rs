//! A confirmation dialog: its text, a name to type if the action cannot be undone, and the buttons No and Yes.

use ratatui::layout::Rect;

use crate::{
    messages::{Lang, m, tr},
    tui::{
        keymap::{Command, key::Key},
        widgets::{
            field::TextField,
            list::{centered, truncate_lines},
            paint::{Painter, Spot, wrap},
            theme::Role,
        },
    },
};

/// The state of a confirmation dialog.
#[derive(Debug, Clone, Default)]
pub(crate) struct Question {
    /// The text that has to be typed before Yes is accepted, and what was typed so far.
    pub typed: Option<(String, TextField)>,
    /// Whether Yes is selected.
    pub on_yes: bool,
}

impl Question {
    /// Returns whether the required text was typed.
    pub fn is_typed(&self) -> bool {
        self.typed.as_ref().is_none_or(|(wanted, field)| field.text().trim() == wanted.trim())
    }

    /// Moves from the field to Yes if the required text was typed. Enter in the field never presses a button. Returns
    /// whether it moved.
    pub fn leave_field(&mut self) -> bool {
        let leaves = !self.on_yes && self.typed.is_some() && self.is_typed();
        self.on_yes |= leaves;
        leaves
    }

    /// Passes a key to the field.
    pub fn key(&mut self, key: Key) {
        if let Some((_, field)) = &mut self.typed {
            field.handle_key(key);
            self.on_yes = false;
        }
    }

    /// Passes a pasted text to the field.
    pub fn paste(&mut self, text: &str) {
        if let Some((_, field)) = &mut self.typed {
            field.insert(text);
        }
    }

    /// Draws the dialog. Each line has a bullet. If the lines do not fit they are cut off, so that the field and the
    /// buttons stay visible. `may` says whether Yes would be accepted.
    #[allow(clippy::too_many_arguments)] // A position and texts; a struct would have one user.
    pub fn draw(
        &self,
        painter: &mut Painter<'_>,
        area: Rect,
        title: &str,
        lines: &[(String, String, Role)],
        yes: &str,
        may: bool,
        lang: Lang,
    ) {
        let width = 76.min(area.width);
        let mut parts: Vec<(String, Role)> = Vec::new();
        for (bullet, text, role) in lines {
            for (n, part) in wrap(text, width.saturating_sub(6)).into_iter().enumerate() {
                parts.push((format!("{}{part}", if n == 0 { bullet } else { "  " }), *role));
            }
        }
        let field = 2 * u16::from(self.typed.is_some());
        truncate_lines(&mut parts, usize::from(area.height.saturating_sub(4 + field)), lang);
        let height = parts.len() as u16 + field + 4;
        let inside = painter.boxed(centered(area, width, height), title);
        let mut y = inside.y;
        for (text, role) in &parts {
            painter.text(inside.x, y, inside.width, text, *role);
            y += 1;
        }
        if let Some((wanted, typed)) = &self.typed {
            let text = tr!(lang, question_type_to_go_on, wanted);
            painter.text(inside.x, y, inside.width, &text, Role::Plain);
            typed.draw(painter, inside.x, y + 1, inside.width, !self.on_yes);
            y += 2;
        }
        let no = lang.text(m::common_no_button);
        buttons(painter, inside.x, y + 1, inside.width, no, yes, self.on_yes, may);
    }
}

/// Returns whether a command moves from one of two buttons to the other.
pub(crate) fn other_button(command: Command) -> bool {
    use Command::{Down, Left, NextField, PrevField, Right, Up};
    matches!(command, Left | Right | NextField | PrevField | Up | Down)
}

/// Draws the buttons No and Yes. The selected one is in reverse and in brackets, so that it is visible without colours.
#[allow(clippy::too_many_arguments)] // A position, two labels and their state; a struct would have one user.
pub(crate) fn buttons(
    painter: &mut Painter<'_>,
    x: u16,
    y: u16,
    width: u16,
    no: &str,
    yes: &str,
    on_yes: bool,
    may: bool,
) {
    let mut at = x;
    let spots = [Spot::Command(Command::Back), Spot::Yes { chosen: on_yes }];
    for ((text, chosen), spot) in [(no, !on_yes), (yes, on_yes)].into_iter().zip(spots) {
        let room = (x + width).saturating_sub(at);
        painter.spot(at, y, room.min(unicode_width::UnicodeWidthStr::width(text) as u16 + 4), spot);
        at = if chosen {
            painter.selected(at, y, room, &format!("[ {text} ]"))
        } else {
            painter.text(at, y, room, &format!("  {text}  "), if may { Role::Plain } else { Role::Dim })
        } + 2;
    }
}
