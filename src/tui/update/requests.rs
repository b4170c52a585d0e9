//! What the line mode asks for: the same functions as keys call on the screen.

use crate::{
    facts::Load,
    tui::{
        app::{
            effect::Effect,
            request::{CaptureAnswer, Form, LaunchAnswer, Request, ShareAnswer},
            state::{Intent, State},
        },
        screens::{Capture, Flow, Launch, Overlay, launch::Focus},
        update::{changed, connect, fetch, load, load_once, next_intent, refresh},
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
            table.stale();
        }
        Request::ShowRows(from) => {
            let page = state.rows_height();
            let table = state.table_mut();
            table.move_to((from + page).saturating_sub(1));
            table.top = from;
            state.pane = state.selected().cloned();
        }
        Request::ComplainOfChange(verdicts) => changed(state, &verdicts.0, &verdicts.1),
        Request::Perform(steps) => {
            let intents = steps.into_iter().map(|step| Intent {
                action: step.action,
                accepted: step.verdict,
                extra: Default::default(),
            });
            state.intents.extend(intents);
            next_intent(state, effects);
        }
        Request::ClearNotice => state.notice = None,
        Request::Open(form) => {
            let overlay = open(state, form, effects);
            state.overlays.extend(overlay);
        }
        Request::Close => drop(state.overlays.pop()),
        // A form works on the state, so it is out of it meanwhile.
        Request::Share(answer) => match state.overlays.pop() {
            Some(Overlay::Flow(form)) => {
                let next = on_share(*form, answer, state, effects);
                state.overlays.push(next);
            }
            other => state.overlays.extend(other),
        },
        Request::Launch(answer) => match state.overlays.pop() {
            Some(Overlay::Launch(mut form)) => {
                on_launch(&mut form, answer, state, effects);
                state.overlays.push(Overlay::Launch(form));
            }
            other => state.overlays.extend(other),
        },
        Request::Capture(answer) => match state.overlays.pop() {
            Some(Overlay::Capture(mut form)) => {
                on_capture(&mut form, answer, state, effects);
                state.overlays.push(Overlay::Capture(form));
            }
            other => state.overlays.extend(other),
        },
    }
}

fn open(state: &mut State, form: Form, effects: &mut Vec<Effect>) -> Option<Overlay> {
    Some(match form {
        Form::Share(image) => {
            let region = state.facts.image(&image)?.region.clone();
            Overlay::Flow(Box::new(Flow::share(image, region)))
        }
        Form::Copy(image) => Overlay::Flow(Box::new(Flow::copy(image))),
        Form::CopyTo(image, region) => Overlay::Flow(Box::new(Flow::copy_to(image, region, state, effects))),
        Form::Launch(image) => {
            let image = state.facts.image(&image)?.clone();
            load(state, Load::Offers(image.region.clone()), effects);
            let mut form = Launch::new(&image, state);
            form.ask(Focus::Region);
            Overlay::Launch(Box::new(form))
        }
        Form::Capture(instance) => Overlay::Capture(Capture::new(state.facts.instance(&instance)?)),
    })
}

/// Returns the form, or the job that it has started.
fn on_share(mut form: Flow, answer: ShareAnswer, state: &mut State, effects: &mut Vec<Effect>) -> Overlay {
    match answer {
        ShareAnswer::Receivers(all) => form.put_receivers(all, state, effects),
        ShareAnswer::Regions(all) => form.put_regions(all, state, effects),
        ShareAnswer::Choice(region, choice) => form.put_choice(region, choice, state, effects),
        ShareAnswer::Drop(region, account) => form.drop_account(region, account),
        ShareAnswer::Review => form.review(state),
        ShareAnswer::Start => {
            if let Some(job) = form.start(state, effects) {
                return Overlay::Job(job);
            }
        }
    }
    Overlay::Flow(Box::new(form))
}

fn on_launch(form: &mut Launch, answer: LaunchAnswer, state: &mut State, effects: &mut Vec<Effect>) {
    match answer {
        LaunchAnswer::Region(region) => form.put_region(&region, state, effects),
        LaunchAnswer::Zone(zone) => form.put_zone(&zone),
        LaunchAnswer::Filter(words) => form.put_filter(&words),
        LaunchAnswer::Type(kind) => form.put_type(&kind),
        LaunchAnswer::Name(name) => form.put_name(&name),
        LaunchAnswer::Network(text) => form.put_network(&text),
        LaunchAnswer::Review => form.go_on(state, effects),
        LaunchAnswer::Send => form.send(state, effects),
    }
}

fn on_capture(form: &mut Capture, answer: CaptureAnswer, state: &mut State, effects: &mut Vec<Effect>) {
    match answer {
        CaptureAnswer::Name(name) => form.put(Some(&name), None),
        CaptureAnswer::Description(text) => form.put(None, Some(&text)),
        CaptureAnswer::Review => form.review(state, effects),
        CaptureAnswer::Send => form.send(state, effects),
    }
}
