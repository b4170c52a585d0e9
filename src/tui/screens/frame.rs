//! Draws the whole screen from the state. Changes nothing.

use ratatui::{buffer::Buffer, layout::Rect};

pub use crate::tui::{
    app::layout::Layout,
    screens::tabs::{
        instance_pane::facts as instance_facts,
        region_pane::{LabeledText, groups, image_facts as region_images},
    },
    widgets::paint::{Drawn, Link, Painter, Spot, pad, wrap},
};

pub(crate) use crate::tui::screens::tabs::table::region_of as asked;

use crate::{
    messages::tr,
    tui::{
        app::{layout, state::State},
        screens::{
            chrome,
            tabs::{pane, table},
        },
    },
};

/// Draws one frame. Returns the meaning of its cells for the mouse.
pub fn draw(state: &State, buffer: &mut Buffer) -> Drawn {
    let lang = state.lang;
    let area = buffer.area;
    let mut painter = Painter::new(buffer, state.looks);
    if area.width < layout::LEAST.0 || area.height < layout::LEAST.1 {
        let least = layout::LEAST;
        painter.text(
            0,
            0,
            area.width,
            &tr!(lang, frame_x_at_least_please, columns = least.0, rows = least.1),
            crate::tui::widgets::theme::Role::Plain,
        );
        return painter.done();
    }
    let layout = Layout::new(area, state.tab);
    chrome::header(state, &mut painter, area);
    let mut status = None;
    if let Some(full) = state.dialogs.iter().rposition(|dialog| dialog.fills_the_screen()) {
        for dialog in &state.dialogs[full..] {
            painter.clear_click_targets();
            dialog.draw(state, &mut painter, body(area));
        }
    } else {
        status = chrome::tabs(state, &mut painter, &layout);
        table::draw(state, &mut painter, &layout);
        pane::draw(state, &mut painter, &layout);
        for dialog in &state.dialogs {
            painter.clear_click_targets();
            dialog.draw(state, &mut painter, body(area));
        }
    }
    chrome::footer(state, &mut painter, &layout, status);
    painter.done()
}

/// Returns the area between header and footer.
fn body(area: Rect) -> Rect {
    Rect::new(0, 1, area.width, area.height.saturating_sub(3))
}
