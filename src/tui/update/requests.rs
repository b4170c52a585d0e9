//! Processes the requests of the line mode. They call the same functions as the keys.

use crate::{
    facts::Load,
    tui::{
        app::{
            effect::Effect,
            gate::{next_intent, show_change},
            reads::{connect, fetch, load, load_once},
            request::{Form, Request},
            state::{QueuedAction, State},
        },
        screens::{
            capture::Capture,
            flow::Flow,
            launch::{Focus, LaunchForm},
        },
        update::commands::refresh,
    },
};

pub(crate) fn on_request(state: &mut State, request: Request, effects: &mut Vec<Effect>) {
    match request {
        Request::Refresh => refresh(state, effects),
        Request::Profile(index) => connect(state, index, effects),
        Request::Load(what) => load(state, what, effects),
        Request::LoadOnce(all) => all.into_iter().for_each(|what| load_once(state, what, effects)),
        Request::LoadMissing(missing) => fetch(state, &missing, effects),
        Request::List(tab, filter) => {
            state.tab = tab;
            state.pane = None;
            let table = state.table_mut();
            table.filter = filter;
            table.mark_stale();
        }
        Request::ShowRows(from) => {
            let page = state.rows_height();
            let table = state.table_mut();
            table.move_to((from + page).saturating_sub(1));
            table.top = from;
            state.pane = state.selected().cloned();
        }
        Request::ComplainOfChange(verdicts) => show_change(state, &verdicts.0, &verdicts.1),
        Request::Perform(steps) => {
            state.intents.extend(steps.into_iter().map(QueuedAction::from));
            next_intent(state, effects);
        }
        Request::ClearNotice => state.notice = None,
        Request::Open(form) => open(state, form, effects),
        Request::Close => drop(state.dialogs.pop()),
        // The form is taken out of the state while it changes the state.
        Request::Share(answer) => {
            if let Some(mut form) = state.close::<Flow>() {
                match form.answer(answer, state, effects) {
                    Some(job) => state.open(job),
                    None => state.open(*form),
                }
            }
        }
        Request::Launch(answer) => {
            if let Some(mut form) = state.close::<LaunchForm>() {
                form.answer(answer, state, effects);
                state.open(*form);
            }
        }
        Request::Capture(answer) => {
            if let Some(mut form) = state.close::<Capture>() {
                form.answer(answer, state, effects);
                state.open(*form);
            }
        }
    }
}

/// Opens a form, if its image or instance is known.
fn open(state: &mut State, form: Form, effects: &mut Vec<Effect>) {
    match form {
        Form::Share(image) => {
            if let Some(region) = state.facts.image(&image).map(|i| i.region.clone()) {
                state.open(Flow::share(image, region));
            }
        }
        Form::Copy(image) => state.open(Flow::copy(image)),
        Form::CopyTo(image, region) => {
            let form = Flow::copy_to(image, region, state, effects);
            state.open(form);
        }
        Form::Launch(image) => {
            if let Some(image) = state.facts.image(&image).cloned() {
                load(state, Load::Offers(image.region.clone()), effects);
                let mut form = LaunchForm::new(&image, state);
                form.set_focus(Focus::Region);
                state.open(form);
            }
        }
        Form::Capture(instance) => {
            if let Some(form) = state.facts.instance(&instance).map(Capture::new) {
                state.open(form);
            }
        }
    }
}
