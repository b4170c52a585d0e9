//! Lists and boxes: where a box stands, how a cursor moves, which lines are in sight, counts in words.

use ratatui::layout::Rect;

use crate::{
    messages::{Lang, m},
    tui::{keymap::Command, widgets::theme::Role},
};

/// One line of text in parts, each with its role.
pub(crate) type TextLine = Vec<(String, Role)>;

/// Takes away the lines that have no room, and says so.
pub(crate) fn cut_to(lines: &mut Vec<(String, Role)>, most: usize, lang: Lang) {
    if lines.len() > most {
        lines.truncate(most);
        if let Some(last) = lines.last_mut() {
            let more = lang.text(m::list_there_is_more_higher_window);
            *last = (more.into(), Role::Warn);
        }
    }
}

/// Where a box of this size stands in an area.
pub(crate) fn centered(area: Rect, width: u16, height: u16) -> Rect {
    let (w, h) = (width.min(area.width), height.min(area.height));
    Rect::new(area.x + (area.width - w) / 2, area.y + (area.height - h) / 3, w, h)
}

/// Moves a cursor in a list of `len` by a command, in pages of `page`; false where the command is no movement.
pub(crate) fn moved(cursor: &mut usize, len: usize, page: usize, command: Command) -> bool {
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

/// So many of something, in words.
pub(crate) fn count(n: usize, one: &str, many: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { many })
}

/// The first line to show so that the cursor is among `height` of them.
pub(crate) fn window(cursor: usize, height: usize) -> usize {
    cursor.saturating_sub(height.saturating_sub(1))
}
