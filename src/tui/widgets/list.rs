//! Helpers for lists and boxes: the position of a box, cursor moves, the visible lines, counts as text.

use ratatui::layout::Rect;

use crate::{
    messages::{Lang, m},
    tui::{keymap::Command, widgets::theme::Role},
};

/// One line of text in parts, each with its role.
pub(crate) type TextLine = Vec<(String, Role)>;

/// Removes the lines that do not fit. The last remaining line says that there is more.
pub(crate) fn truncate_lines(lines: &mut Vec<(String, Role)>, most: usize, lang: Lang) {
    if lines.len() > most {
        lines.truncate(most);
        if let Some(last) = lines.last_mut() {
            let more = lang.text(m::list_there_is_more_higher_window);
            *last = (more.into(), Role::Warn);
        }
    }
}

/// Returns the position of a box of this size in an area.
pub(crate) fn centered(area: Rect, width: u16, height: u16) -> Rect {
    let (w, h) = (width.min(area.width), height.min(area.height));
    Rect::new(area.x + (area.width - w) / 2, area.y + (area.height - h) / 3, w, h)
}

/// Moves the cursor of a list of `len` rows by a command, in pages of `page` rows. Returns false if the command is not
/// a move.
pub(crate) fn move_cursor(cursor: &mut usize, len: usize, page: usize, command: Command) -> bool {
    let last = len.saturating_sub(1);
    *cursor = match command {
        Command::Up => cursor.saturating_sub(1),
        Command::Down => (*cursor + 1).min(last),
        Command::Top => 0,
        Command::Bottom => last,
        Command::PageUp => cursor.saturating_sub(page),
        Command::PageDown => (*cursor + page).min(last),
        _ => return false,
    };
    true
}

/// The first line to show so that the cursor is among `height` of them.
pub(crate) fn window(cursor: usize, height: usize) -> usize {
    cursor.saturating_sub(height.saturating_sub(1))
}
