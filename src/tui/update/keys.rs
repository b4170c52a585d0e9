//! Processes keys and pastes, and maps them to commands.

use crate::tui::{
    app::{
        batch,
        effect::Effect,
        state::{
            State,
            dialog::{Dialog, DialogOutcome, Input},
        },
    },
    keymap::{
        Command, Context,
        key::{Code as KeyCode, Key},
    },
    screens::{
        reader::{Reader, ReaderPage},
        rules::Rules,
    },
    update::{
        commands::{move_in_table, on_command},
        open::open_action_of_row,
    },
    widgets::field::TextField,
};

pub(crate) fn on_key(state: &mut State, key: Key, effects: &mut Vec<Effect>) {
    // A terminal sends Esc and a key typed right after it as Alt and that key. If that combination has no command, it
    // is read as Esc.
    let context = if state.dialogs.is_empty() { Context::Table } else { Context::Dialog };
    let edits = state.dialogs.last().is_some_and(|top| top.typing()) && TextField::edits(key);
    if key.alt && !edits && state.keymap.command(context, key).is_none() {
        on_key(state, Key { code: KeyCode::Esc, ctrl: false, alt: false }, effects);
        return on_key(state, Key { alt: false, ..key }, effects);
    }
    state.notice = None;
    let asked = std::mem::take(&mut state.quit_asked);
    let Some(mut dialog) = state.dialogs.pop() else {
        if state.table().filtering {
            return on_filter(state, key, effects);
        }
        if let Some(command) = state.keymap.command(Context::Table, key) {
            on_table(state, command, asked, effects);
        }
        return;
    };
    // A menu accepts the keys of its actions, like the table.
    let action = state.keymap.command(Context::Table, key);
    let command =
        action.filter(|c| dialog.handles(*c, state)).or_else(|| state.keymap.command(Context::Dialog, key));
    let input = match command {
        // A key that edits the text field is not a command. Esc, Enter and other keys are.
        Some(_) if dialog.typing() && TextField::edits(key) => Input::Typed(key),
        Some(command @ (Command::Quit | Command::Suspend | Command::Redraw)) => {
            state.dialogs.push(dialog);
            return on_table(state, command, asked, effects);
        }
        Some(Command::Help) if !dialog.is::<Reader>() => {
            state.dialogs.push(dialog);
            state.open(Reader::new(ReaderPage::Help));
            return;
        }
        Some(Command::Rules) if !dialog.is::<Rules>() => {
            let at = dialog.rule(state);
            state.dialogs.push(dialog);
            state.open(Rules::new(at));
            return;
        }
        Some(command) => Input::Command(command),
        None => Input::Typed(key),
    };
    let outcome = dialog.on_input(&input, state, effects);
    apply_outcome(state, dialog, outcome, effects);
}

pub(crate) fn on_paste(state: &mut State, text: String, effects: &mut Vec<Effect>) {
    if let Some(mut dialog) = state.dialogs.pop() {
        let outcome = dialog.on_input(&Input::Paste(text), state, effects);
        apply_outcome(state, dialog, outcome, effects);
    } else if state.table().filtering {
        let line: String = text.chars().filter(|c| !c.is_control()).collect();
        let table = state.table_mut();
        table.filter.push_str(&line);
        table.refilter();
    }
}

pub(crate) fn apply_outcome(
    state: &mut State,
    dialog: Box<dyn Dialog>,
    outcome: DialogOutcome,
    effects: &mut Vec<Effect>,
) {
    match outcome {
        DialogOutcome::Stay => state.dialogs.push(dialog),
        DialogOutcome::Close => {}
        DialogOutcome::Replace(next) => state.dialogs.push(next),
        DialogOutcome::Open(next) => state.dialogs.extend([dialog, next]),
        DialogOutcome::OnRow(command) if !batch::marked(state, command).is_empty() => {
            open_action_of_row(state, command, effects);
        }
        DialogOutcome::Command(command) | DialogOutcome::OnRow(command) => {
            on_command(state, command, effects)
        }
    }
}

pub(crate) fn on_filter(state: &mut State, key: Key, effects: &mut Vec<Effect>) {
    let table = state.table_mut();
    match (key.code, key.typed()) {
        (KeyCode::Enter, _) => return table.filtering = false,
        (KeyCode::Esc, _) => {
            table.filtering = false;
            table.filter.clear();
        }
        (KeyCode::Backspace, _) => {
            table.filter.pop();
        }
        (KeyCode::Char('u'), None) if key.ctrl => table.filter.clear(),
        (KeyCode::Up | KeyCode::Down, _) => {
            let step = if key.code == KeyCode::Up { Command::Up } else { Command::Down };
            return move_in_table(state, step, effects);
        }
        (_, Some(c)) => table.filter.push(c),
        _ => return,
    }
    table.refilter();
}

/// Runs a command on the table. `asked` tells whether the last command asked to quit.
pub(crate) fn on_table(state: &mut State, command: Command, asked: bool, effects: &mut Vec<Effect>) {
    state.quit_asked = asked;
    on_command(state, command, effects);
    state.quit_asked &= command == Command::Quit;
}
