//! Updates the state. Pure functions without clock and I/O.

pub(crate) mod answer;
pub(crate) mod commands;
pub(crate) mod done;
pub(crate) mod jobs;
pub(crate) mod keys;
pub(crate) mod mouse;
pub(crate) mod open;
pub(crate) mod requests;
pub(crate) mod undo;
pub(crate) mod view_state;

use crate::{
    facts::{self, Load},
    i18n,
    messages::{m, tr},
    model::ImageKind,
    tui::{
        app::{
            actions, due,
            effect::Effect,
            follow::{on_look, request_look},
            message::Message,
            reads::{self, load, load_once, load_view, record_error},
            row_cache::RowCache,
            state::{DoctorState, LoadState, Notice, State},
            table::{RowId, Tab, Table},
        },
        update::{
            answer::on_answer,
            done::on_performed,
            jobs::{on_job, on_recalled},
            keys::{on_key, on_paste},
            mouse::on_mouse,
            open::open_pending_launch,
            requests::on_request,
        },
        widgets::field::TextField,
    },
};

/// Processes a message and returns the effects. It is the only function that changes the state. If there are very
/// many rows, only the visible part is filtered at once, and [`Message::FilterMore`] filters the rest.
pub fn update(state: &mut State, message: Message) -> Vec<Effect> {
    let lang = state.lang;
    let mut effects = Vec::new();
    // A key that does not edit the filter may need any row.
    let edits = matches!(message, Message::Key(key) if state.table().filtering && TextField::edits(key));
    if matches!(message, Message::Key(_) | Message::Mouse(_)) && !edits {
        while filter_more(state) {}
    }
    match message {
        Message::Key(key) => on_key(state, key, &mut effects),
        Message::Paste(text) => on_paste(state, text, &mut effects),
        Message::Mouse(mouse) => on_mouse(state, mouse, &mut effects),
        Message::Resize(width, height) => state.size = (width, height),
        Message::Settled(number) => {
            if number == state.settle {
                state.pane = state.selected().cloned();
            }
        }
        Message::Connected { epoch, result } if epoch == state.epoch => match result {
            Ok(()) => {
                state.connected = true;
                load(state, Load::Identity, &mut effects);
                load(state, Load::Regions, &mut effects);
                load_view(state, &mut effects);
                effects.push(Effect::Recall);
            }
            Err(error) => {
                record_error(state, &error);
                state.show_error(error.text.clone());
                let now = state.now;
                state.loads.insert(Load::Identity, LoadState::Failed(now, error));
            }
        },
        Message::Pages { epoch, pages } if epoch == state.epoch => {
            pages.into_iter().for_each(|page| state.facts.add_page(page));
        }
        Message::FilterMore => {
            filter_more(state);
            if state.table().is_partial() {
                return effects;
            }
        }
        Message::Request(request) => on_request(state, request, &mut effects),
        Message::ClipboardTooLong { bytes, limit } => {
            state.show_error(tr!(lang, console_clipboard_too_long, limit, bytes))
        }
        Message::CannotSuspend => {
            let text = lang.text(m::console_there_is_no_shell_here);
            state.notice = Some(Notice { text: text.to_owned(), bad: true });
        }
        Message::CachedRows { epoch, kept } if epoch == state.epoch => {
            state.row_cache = RowCache::new(*kept, &state.view, &state.facts);
            state.mark_stale();
        }
        Message::Focus(focused) => {
            state.focused = focused;
            if focused && state.connected {
                // Another process may have started jobs.
                effects.push(Effect::Recall);
            }
            due::read_due(state, &mut effects);
        }
        Message::Doctor(looked) => state.doctor = DoctorState::Found(looked),
        Message::Tick => due::read_due(state, &mut effects),
        Message::Answer { epoch, ticket, load: what, result } if epoch == state.epoch => {
            on_answer(state, ticket, what, result, &mut effects);
        }
        Message::Performed { epoch, performed } if epoch == state.epoch => {
            on_performed(state, *performed, &mut effects);
        }
        Message::Look { epoch } if epoch == state.epoch => on_look(state, &mut effects),
        Message::SessionInfo { epoch, ends, ahead } if epoch == state.epoch => {
            state.session_ends = ends;
            if !state.clock_warned
                && let Some(warning) = i18n::clock_warning(ahead, state.lang)
            {
                state.clock_warned = true;
                state.show_error(warning);
            }
        }
        Message::Found(profile) => {
            let key = state.profile_key();
            state.show_notice(tr!(lang, console_found, found = profile.found, key));
            state.profiles.push(*profile);
        }
        // Messages of an older epoch are dropped.
        Message::Connected { .. }
        | Message::SessionInfo { .. }
        | Message::Pages { .. }
        | Message::CachedRows { .. }
        | Message::Look { .. }
        | Message::Answer { .. }
        | Message::Performed { .. } => {}
        Message::Job(job) => on_job(state, *job, &mut effects),
        Message::UndoPlanned { job, result } => undo::on_planned(state, &job, result),
        Message::Undone { job, plan, result } => undo::on_undone(state, &job, &plan, result),
        Message::Recalled(jobs) => on_recalled(state, jobs, &mut effects),
        Message::Driver(job, Some(driver)) => drop(state.drivers.insert(job, driver)),
        Message::Driver(job, None) => drop(state.drivers.remove(&job)),
        Message::Call(call) => {
            // No row depends on it. Returns early, because there is one for each page.
            state.record_call(call);
            return effects;
        }
        Message::Written(Ok(file)) => {
            // Appended to the notice that it belongs to, unless a key has cleared it.
            if let Some(notice) = state.notice.as_mut().filter(|n| !n.bad) {
                notice.text.push_str(&tr!(lang, console_kept_in, file = file.display()));
            }
        }
        Message::Written(Err(error)) => {
            state.show_error(tr!(lang, console_not_saved, error));
        }
        Message::Broken(text) => state.show_error(tr!(lang, console_something_went_wrong_inside, text)),
    }
    open_pending_launch(state, &mut effects);
    request_look(state, &mut effects);
    finish(state, &mut effects);
    effects
}

/// Filters some more rows of the table. Returns false if all are filtered.
fn filter_more(state: &mut State) -> bool {
    let tab = state.tab as usize;
    if !state.tables[tab].is_partial() {
        return false;
    }
    let mut table = std::mem::replace(&mut state.tables[tab], Table::new(state.tab));
    table.filter_more(state);
    state.tables[tab] = table;
    true
}

/// Updates what depends on the state after every message: derives rows, scrolls to the cursor, lets the pane follow,
/// reads the shares of visible rows.
fn finish(state: &mut State, effects: &mut Vec<Effect>) {
    let tab = state.tab as usize;
    if !state.tables[tab].is_fresh(&state.facts) {
        let mut table = std::mem::replace(&mut state.tables[tab], Table::new(state.tab));
        let before = table.selected.clone();
        table.derive(state);
        let moved = table.selected != before && table.chosen;
        state.tables[tab] = table;
        if moved {
            // The pane follows a filter as it follows keys.
            state.settle += 1;
            effects.push(Effect::Settle(state.settle));
        }
    }
    let height = state.rows_height();
    state.tables[tab].scroll(height);
    let selected = state.selected().cloned();
    if state.pane != selected {
        let gone = state.pane.as_ref().is_none_or(|row| !exists(state, row));
        if gone || !state.table().chosen {
            state.pane = selected;
        }
    }
    if state.pane.as_ref() == state.selected() {
        read_details(state, height, effects);
    }
}

fn exists(state: &State, row: &RowId) -> bool {
    match row {
        RowId::Image(id) => state.shown_image(id).is_some_and(|i| {
            (i.kind == ImageKind::Own) == (state.tab == Tab::Images)
                && matches!(state.tab, Tab::Images | Tab::Shared)
                && state.in_view(&i.region)
        }),
        RowId::Region(_) => state.tab == Tab::Regions,
        RowId::Instance(id) => {
            state.tab == Tab::Instances && state.shown_instance(id).is_some_and(|i| state.in_view(&i.region))
        }
    }
}

/// Returns the results of `of` for the visible rows.
fn in_sight<T>(state: &State, height: usize, of: impl Fn(&RowId) -> Option<T>) -> Vec<T> {
    let table = state.table();
    table.rows.iter().skip(table.top).take(height).filter_map(of).collect()
}

/// Reads what the visible rows and the pane lack, each only once.
fn read_details(state: &mut State, height: usize, effects: &mut Vec<Effect>) {
    if !state.connected {
        return;
    }
    match state.tab {
        Tab::Images => {
            for what in in_sight(state, height, |row| match row {
                RowId::Image(id) => {
                    state.facts.image(id).map(|i| Load::Shares(i.region.clone(), i.id.clone()))
                }
                _ => None,
            }) {
                load_once(state, what, effects);
            }
        }
        Tab::Regions => {
            for region in in_sight(state, height, |row| match row {
                RowId::Region(region) => Some(region.clone()).filter(|r| state.view.contains(r)),
                _ => None,
            }) {
                load_once(state, Load::Quota(region), effects);
            }
        }
        // The image of an instance may be public or no longer visible; only a read can tell.
        Tab::Instances => {
            for (region, image) in in_sight(state, height, |row| match row {
                RowId::Instance(id) => {
                    let instance = state.facts.instance(id)?;
                    let image = instance.image.clone().filter(|i| state.facts.image(i).is_none())?;
                    state.facts.images_known(&instance.region).ok()?;
                    Some((instance.region.clone(), image))
                }
                _ => None,
            }) {
                load_once(state, Load::Image(region, image), effects);
            }
        }
        Tab::Shared => {}
    }
    // Reads what the verdicts of the pane lack, after what the rows need.
    if let Some(row) = state.pane.clone() {
        let lines = actions::lines(state, &row);
        let missing: Vec<_> = lines.iter().flat_map(|line| line.verdict.missing.clone()).collect();
        let exact = lines.iter().flat_map(|line| facts::optional_loads(&line.action, &state.facts));
        let all: Vec<Load> = reads::reads_for(state, &missing).into_iter().chain(exact).collect();
        for what in all {
            load_once(state, what, effects);
        }
    }
}
