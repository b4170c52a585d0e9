//! The functions of the commands on the tables. [`crate::tui::commands`] has the rows.

use crate::{
    facts::Load,
    jobs::Job,
    messages::{m, tr},
    model::ImageKind,
    tui::{
        app::{
            accounts::{hide, use_newer_limits},
            actions,
            effect::{Effect, JobOrder},
            hints,
            jobs::read_job_again,
            reads::{connect, fetch, load, load_view},
            state::{DoctorState, LoadState, State},
            table::Tab,
        },
        keymap::{Command, Context, WorksOn},
        screens::{
            accounts::Accounts,
            jobs::JobScreen,
            jumps::go_back_or_forward,
            menu::Menu,
            note::NoteForm,
            picker::{Picker, Subject},
            reader::{Reader, ReaderPage},
            rules::Rules,
        },
        update::open::open_action,
        widgets::list::move_cursor,
    },
};

/// Moves the cursor. The pane follows when no key is pressed for a moment.
pub(crate) fn move_in_table(state: &mut State, command: Command, effects: &mut Vec<Effect>) {
    let page = state.rows_height();
    let table = state.table_mut();
    let mut to = table.cursor;
    move_cursor(&mut to, table.rows.len(), page.max(1), command);
    table.chosen = true;
    if to != table.cursor {
        table.move_to(to);
        state.settle += 1;
        effects.push(Effect::Settle(state.settle));
    }
}

macro_rules! command_functions {
    ($($name:ident $word:literal $text:ident $on:ident => $run:expr;)*) => {
        /// Returns the function of a command.
        fn function(command: Command) -> fn(&mut State, &mut Vec<Effect>) {
            match command { $(Command::$name => $run,)* }
        }
    };
}

for_each_command!(command_functions);

/// Runs a command on the tables.
pub(crate) fn on_command(state: &mut State, command: Command, effects: &mut Vec<Effect>) {
    hints::on_used(state, command);
    if !matches!(command.works_on(), WorksOn::Console | WorksOn::Dialog | WorksOn::MyImages) {
        // The cursor stays on the row of the action, whatever is read, filtered or sorted later.
        let table = state.table_mut();
        table.chosen |= table.selected.is_some();
    }
    function(command)(state, effects);
}

/// Does nothing on the tables: the command is only for dialogs.
fn in_dialogs_only(_: &mut State, _: &mut Vec<Effect>) {}

fn turn_by(state: &mut State, tabs: usize) {
    state.switch_tab(Tab::ALL[(state.tab as usize + tabs) % 4]);
}

fn mark(state: &mut State, effects: &mut Vec<Effect>) {
    state.table_mut().mark();
    move_in_table(state, Command::Down, effects);
}

fn mark_to(state: &mut State, _: &mut Vec<Effect>) {
    let lang = state.lang;
    if let Some(text) = state.table_mut().mark_to(lang) {
        state.show_notice(text);
    }
}

fn jump_from_row(state: &mut State, _: &mut Vec<Effect>) {
    if let Some(row) = state.selected().cloned() {
        open_picker(state, Subject::Jumps(row));
    }
}

fn sort_by_neighbour(state: &mut State, right: bool) {
    let columns = state.tab.columns();
    let table = state.table_mut();
    let step = if right { 1 } else { columns.len() - 1 };
    let now = columns.iter().position(|c| c.field == table.sort).unwrap_or(0);
    table.sort = columns[(now + step) % columns.len()].field;
    table.mark_stale();
}

fn reverse_order(state: &mut State, _: &mut Vec<Effect>) {
    let table = state.table_mut();
    table.descending = !table.descending;
    table.mark_stale();
}

fn back(state: &mut State, _: &mut Vec<Effect>) {
    let table = state.table_mut();
    if !table.filter.is_empty() {
        table.filter.clear();
        table.refilter();
    } else {
        table.marks.clear();
        table.anchor = None;
    }
}

fn read_only(state: &mut State, _: &mut Vec<Effect>) {
    let lang = state.lang;
    let on = !state.facts.standing.read_only;
    state.facts.standing_mut().read_only = on;
    state.show_notice(if on {
        lang.text(m::console_commands_read_only)
    } else {
        lang.text(m::console_commands_read_write)
    });
}

fn copy_id(state: &mut State, effects: &mut Vec<Effect>) {
    let lang = state.lang;
    if let Some(row) = state.selected() {
        let id = row.as_str().to_owned();
        state.show_notice(tr!(lang, console_commands_sent_to_clipboard, id));
        effects.push(Effect::Clipboard(id));
    }
}

fn doctor(state: &mut State, effects: &mut Vec<Effect>) {
    state.doctor = DoctorState::Looking;
    effects.push(Effect::Doctor);
    state.open(Reader::new(ReaderPage::Doctor));
}

fn jobs(state: &mut State, effects: &mut Vec<Effect>) {
    // Another process may have started jobs.
    effects.push(Effect::Recall);
    open_jobs(state, effects);
}

fn details(state: &mut State, _: &mut Vec<Effect>) {
    if let Some(row) = state.selected().cloned() {
        state.open(Reader::new(ReaderPage::Details(row)));
    }
}

fn row_actions(state: &mut State, effects: &mut Vec<Effect>) {
    if let Some(row) = state.selected().cloned() {
        // Reads that failed are repeated, because the details need them.
        let lines = actions::lines(state, &row);
        let lacking: Vec<_> = lines.into_iter().flat_map(|line| line.verdict.missing.clone()).collect();
        fetch(state, &lacking, effects);
        state.open(Menu::new(row, 0));
    }
}

fn mouse(state: &mut State, effects: &mut Vec<Effect>) {
    let lang = state.lang;
    state.mouse = !state.mouse;
    effects.push(Effect::Mouse(state.mouse));
    let key = state.keymap.hint(Context::Table, Command::Mouse);
    state.show_notice(if state.mouse {
        tr!(lang, console_commands_mouse_on, key)
    } else {
        lang.text(m::console_commands_mouse_off).to_owned()
    });
}

fn trust(state: &mut State, _: &mut Vec<Effect>) {
    let row = state.selected().cloned();
    state.open(Accounts::new(row));
}

fn note(state: &mut State, _: &mut Vec<Effect>) {
    let lang = state.lang;
    match state.selected_image().filter(|i| i.kind == ImageKind::Received) {
        Some(image) => {
            let note = NoteForm::new(image.id.clone(), state);
            state.open(note);
        }
        None => state.show_notice(lang.text(m::console_commands_note_received_only)),
    };
}

fn newer(state: &mut State, effects: &mut Vec<Effect>) {
    let lang = state.lang;
    let row = state.selected().cloned();
    let lines = row.map(|row| actions::lines(state, &row)).unwrap_or_default();
    match lines.iter().any(|line| actions::is_lifted_by_newer_limits(&line.verdict)) {
        true => use_newer_limits(state, effects),
        false => state.show_notice(lang.text(m::console_commands_no_faq_limit)),
    }
}

fn show_hidden(state: &mut State, _: &mut Vec<Effect>) {
    let lang = state.lang;
    state.show_hidden = !state.show_hidden;
    state.show_notice(if state.show_hidden {
        lang.text(m::console_commands_hidden_on)
    } else {
        lang.text(m::console_commands_hidden_off)
    });
    state.mark_stale();
}

/// Switches between one row per family of copies and one row per copy.
fn families(state: &mut State, _: &mut Vec<Effect>) {
    let lang = state.lang;
    if state.tab != Tab::Images {
        return state.show_notice(lang.text(m::console_commands_group_own_only));
    }
    let table = state.table_mut();
    table.families = !table.families;
    table.refilter();
    state.show_notice(if state.table().families {
        lang.text(m::console_commands_grouped)
    } else {
        lang.text(m::console_commands_ungrouped)
    });
}

pub(crate) fn quit(state: &mut State, effects: &mut Vec<Effect>) {
    let lang = state.lang;
    let here = state.running_jobs().filter(|j| !state.drivers.contains_key(&j.id));
    let (ending, going): (Vec<&Job>, Vec<&Job>) = here
        .partition(|job| state.profiles.iter().any(|p| p.name == job.profile && p.demo && state.own_cloud));
    let (ending, going) = (ending.len(), going.len());
    if ending + going > 0 && !state.quit_asked {
        state.quit_asked = true;
        let background = (going > 0).then(|| tr!(lang, console_quit_background, n = going));
        let demo = (ending > 0).then(|| tr!(lang, console_quit_demo, n = ending));
        let text = [background, demo].into_iter().flatten().collect::<Vec<_>>().join(" ");
        state.show_error(tr!(lang, console_commands_quit_again, text));
        return;
    }
    effects.push(Effect::Quit);
}

pub(crate) fn open_picker(state: &mut State, subject: Subject) {
    let picker = Picker::new(subject, state);
    state.open(picker);
}

pub(crate) fn open_jobs(state: &mut State, effects: &mut Vec<Effect>) {
    let only = (state.jobs.len() == 1).then(|| state.jobs.keys().next().cloned()).flatten();
    match only {
        Some(id) => {
            read_job_again(state, &id, effects);
            state.open(JobScreen::new(id));
        }
        None => open_picker(state, Subject::Jobs),
    }
}

pub(crate) fn refresh(state: &mut State, effects: &mut Vec<Effect>) {
    let lang = state.lang;
    if !state.connected {
        // If connecting failed, it is repeated.
        let index = state.profile;
        return connect(state, index, effects);
    }
    // The lists in view are read again at once, the rest when it becomes visible. Reads under way are kept.
    state.loads.retain(|what, at| {
        matches!(at, LoadState::Loading(_))
            || !matches!(what, Load::Shares(..) | Load::Probe(..) | Load::Quota(_) | Load::Image(..))
    });
    load(state, Load::Identity, effects);
    load(state, Load::Regions, effects);
    load_view(state, effects);
    effects.push(Effect::Recall);
    let paused = state.jobs.values().filter(|j| j.paused.is_some()).cloned();
    effects.extend(paused.map(|job| Effect::Order(Box::new(job), JobOrder::Resume)));
    state.show_notice(lang.text(m::console_commands_asking_again));
}
