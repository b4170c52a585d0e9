//! The header of the share dialogs: the title, and the steps with the current one highlighted.

use crate::{
    messages::{Lang, m},
    tui::widgets::{paint::Painter, theme::Role},
};
use ratatui::layout::Rect;
use unicode_width::UnicodeWidthStr;

/// Draws the header. `at` is the index of the current step.
pub(crate) fn step_line(
    painter: &mut Painter<'_>,
    area: Rect,
    title: &str,
    at: usize,
    sharing: bool,
    lang: Lang,
) {
    let joint = if area.width < 100 { "-" } else { " - " };
    let steps: Vec<(usize, &str)> =
        steps(lang).into_iter().enumerate().filter(|(n, _)| sharing || !matches!(n, 0)).collect();
    let width =
        steps.iter().map(|(_, s)| (s.width() + joint.len()) as u16).sum::<u16>() + 4 - joint.len() as u16;
    let room = area.width.saturating_sub(2);
    let title_width = room.saturating_sub(width + 2);
    painter.text(1, area.y, title_width, title, Role::Strong);
    let mut x = area.width.saturating_sub(width + 1);
    for (n, (step, name)) in steps.iter().enumerate() {
        if n > 0 {
            x = painter.text(x, area.y, 3, joint, Role::Dim);
        }
        if *step == at {
            x = painter.text(x, area.y, 2, "[ ", Role::Accent);
            x = painter.text(x, area.y, 12, name, Role::Accent);
            x = painter.text(x, area.y, 2, " ]", Role::Accent);
        } else {
            let role = if *step < at { Role::Plain } else { Role::Dim };
            x = painter.text(x, area.y, 12, name, role);
        }
    }
    painter.rule(1, area.y + 1, room);
}

/// Returns the names of the steps. The last two belong to the running job.
fn steps(lang: Lang) -> [&'static str; 6] {
    [m::word_receivers, m::word_regions, m::step_findings, m::step_risk, m::word_running, m::step_report]
        .map(|name| lang.text(name))
}
