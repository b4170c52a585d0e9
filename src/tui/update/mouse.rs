//! Processes clicks and the wheel. The meaning of a cell is found by drawing the screen again.

use ratatui::{buffer::Buffer, layout::Rect};

use crate::tui::{
    app::{
        effect::Effect,
        message::{Mouse, Press},
        state::{State, dialog::Input},
    },
    keymap::Command,
    screens::{frame, reader::Reader},
    update::{
        commands::{move_in_table, on_command},
        keys::{apply_outcome, on_key},
    },
    widgets::paint::{Drawn, Spot},
};

/// The number of rows that a step of the wheel scrolls.
const WHEEL: usize = 3;

pub(crate) fn on_mouse(state: &mut State, mouse: Mouse, effects: &mut Vec<Effect>) {
    // The event was sent before the mouse was released.
    if !state.mouse {
        return;
    }
    let drawn = drawn(state);
    let command = match mouse.press {
        Press::Button => return click(state, &drawn, mouse.x, mouse.y, effects),
        Press::WheelUp => Command::Up,
        Press::WheelDown => Command::Down,
    };
    // In a dialog without a list, the up and down keys may have another meaning.
    let goes = match state.dialogs.last() {
        None => true,
        Some(top) => top.is::<Reader>() || drawn.marker.is_some(),
    };
    if goes {
        (0..WHEEL).for_each(|_| press(state, command, effects));
    }
}

fn drawn(state: &State) -> Drawn {
    frame::draw(state, &mut Buffer::empty(Rect::new(0, 0, state.size.0, state.size.1)))
}

/// Runs a command on the dialog on top, or on the table.
fn press(state: &mut State, command: Command, effects: &mut Vec<Effect>) {
    match state.dialogs.pop() {
        Some(mut dialog) => {
            let outcome = dialog.on_input(&Input::Command(command), state, effects);
            apply_outcome(state, dialog, outcome, effects);
        }
        None if matches!(command, Command::Up | Command::Down) => move_in_table(state, command, effects),
        None => on_command(state, command, effects),
    }
}

fn click(state: &mut State, drawn: &Drawn, x: u16, y: u16, effects: &mut Vec<Effect>) {
    state.notice = None;
    let spot = drawn.spots.iter().rev().find(|(area, _)| area.contains((x, y).into())).map(|(_, spot)| *spot);
    match (spot, drawn.marker) {
        (Some(Spot::Key(key)), _) => on_key(state, key, effects),
        (Some(Spot::Command(command)), _) => press(state, command, effects),
        (Some(Spot::Row(row)), _) => {
            let table = state.table_mut();
            if table.chosen && table.cursor == row {
                return press(state, Command::Details, effects);
            }
            table.chosen = true;
            table.move_to(row);
            state.settle += 1;
            effects.push(Effect::Settle(state.settle));
        }
        (Some(Spot::Head(column)), _) => {
            let Some(column) = state.tab.columns().get(column).map(|c| c.field) else { return };
            let table = state.table_mut();
            table.descending = table.sort == column && !table.descending;
            table.sort = column;
            table.mark_stale();
        }
        (Some(Spot::Yes { chosen }), _) => {
            if !chosen {
                press(state, Command::NextField, effects);
            }
            press(state, Command::Confirm, effects);
        }
        (None, Some((_, at)))
            if !state.dialogs.is_empty() && drawn.boxed.is_none_or(|b| b.contains((x, y).into())) =>
        {
            walk(state, at, y, effects);
        }
        _ => {}
    }
}

/// Moves the cursor through a list to the clicked row. If it is there already, presses Enter.
fn walk(state: &mut State, mut at: u16, to: u16, effects: &mut Vec<Effect>) {
    if at == to {
        return press(state, Command::Confirm, effects);
    }
    let before = state.dialogs.clone();
    let command = if to > at { Command::Down } else { Command::Up };
    while at != to {
        press(state, command, effects);
        match drawn(state).marker {
            // Stops if the cursor does not move or moves past the row: what was clicked is not a row.
            Some((_, now)) if now != at && (now == to || (now < to) == (command == Command::Down)) => {
                at = now
            }
            _ => {
                state.dialogs = before;
                return;
            }
        }
    }
}
