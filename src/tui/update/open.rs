//! Opens the dialog that an action needs first: a form, a confirmation, or the menu with the reasons against it.

use crate::{
    facts::Load,
    i18n,
    jobs::{CellState, Job},
    messages::{m, tr},
    model::{Image, Region},
    rules::{Missing, VerdictKind, cancel_first},
    tui::{
        app::{
            actions::{self, name_to_type},
            batch,
            effect::Effect,
            family,
            gate::show_refusal,
            reads::{fetch, load},
            state::{State, dialog::Dialog},
        },
        keymap::{Command, WorksOn},
        screens::{
            batch::Batch, capture::Capture, confirm::Confirm, flow::Flow, jobs::JobScreen,
            launch::LaunchForm, menu::Menu, reinstall::Reinstall, rename::Rename, unshare::Unshare,
        },
    },
};

/// Opens an action for the marked rows, or else for the selected row.
pub(crate) fn open_action(state: &mut State, command: Command, effects: &mut Vec<Effect>) {
    let lang = state.lang;
    let images = batch::marked(state, command);
    if images.is_empty() {
        return open_action_of_row(state, command, effects);
    }
    let items = images.iter().filter_map(|id| batch::item(state, id, command));
    let lacking: Vec<Missing> = items.flat_map(|item| item.verdict.missing.clone()).collect();
    fetch(state, &lacking, effects);
    state.open(Batch::new(command, images));
    if state.table().families {
        state.show_notice(lang.text(m::console_open_row_images_only));
    }
}

/// Shows which copy an action applies to if the row represents a family.
fn show_which_copy(state: &mut State, image: &Image) {
    let others = family::members(state, image).len() - 1;
    if state.table().families && others > 0 {
        let name = i18n::plain(&image.name);
        let copies = tr!(state.lang, count_copies_are, n = others);
        let region = &image.region;
        state.show_notice(tr!(state.lang, console_open_row_image_only, name, region, copies));
    }
}

/// Opens an action for the selected row, or shows why it is not possible.
pub(crate) fn open_action_of_row(state: &mut State, command: Command, effects: &mut Vec<Effect>) {
    let lang = state.lang;
    if state.batch.is_some() {
        return state.show_error(lang.text(m::common_still_running));
    }
    let Some(row) = state.selected().cloned() else { return };
    let Some(line) = actions::line(state, &row, command) else {
        let needed = match command.works_on() {
            WorksOn::Instance => m::palette_instance,
            _ => m::common_image,
        };
        let text = tr!(lang, console_open_not_here, what = command.text(lang), needed);
        return state.show_notice(text);
    };
    let image: Option<Image> = line.action.image().and_then(|id| state.facts.image(id)).cloned();
    if line.verdict.kind() == VerdictKind::Unknown {
        fetch(state, &line.verdict.missing, effects);
        return state.show_notice(lang.text(m::common_still_loading));
    }
    let blocked = line.verdict.kind() == VerdictKind::Blocked;
    if blocked && cancel_first(&line.action, &line.verdict).is_none() {
        let cursor = actions::lines(state, &row).iter().position(|l| l.command == command).unwrap_or(0);
        show_refusal(state, &line.verdict);
        return state.open(Menu::new(row, cursor));
    }
    if let Some(instance) = state.selected_instance() {
        let dialog: Box<dyn Dialog> = match command {
            Command::Reinstall => Box::new(Reinstall::new(instance)),
            Command::Capture => Box::new(Capture::new(instance)),
            _ => return,
        };
        return state.dialogs.push(dialog);
    }
    let Some(image) = image else { return };
    show_which_copy(state, &image);
    let dialog: Box<dyn Dialog> = match command {
        Command::Share | Command::Copy => {
            let sharing = command == Command::Share;
            let draft = state
                .draft
                .take_if(|d| d.downcast_ref::<Flow>().is_some_and(|flow| flow.is_for(&image.id, sharing)));
            draft.unwrap_or_else(|| {
                Box::new(if sharing { Flow::share(image.id, image.region) } else { Flow::copy(image.id) })
            })
        }
        Command::Launch => {
            load(state, Load::Offers(image.region.clone()), effects);
            Box::new(LaunchForm::new(&image, state))
        }
        Command::Unshare => Box::new(Unshare::new(image.id.clone())),
        Command::Rename => Box::new(Rename::new(&image)),
        Command::Delete => {
            let Some(steps) = state.facts.guided(&line.action) else { return };
            let name = i18n::plain(&image.name).into_owned();
            let typed = name_to_type(state, &image);
            Box::new(Confirm::new(tr!(lang, console_open_delete, name), "", steps).with_typed(&typed))
        }
        _ => return,
    };
    state.dialogs.push(dialog);
}

/// Opens the launch form again when the copy that it waits for exists, unless another dialog is open.
pub(crate) fn open_pending_launch(state: &mut State, effects: &mut Vec<Effect>) {
    let lang = state.lang;
    if state.dialogs.last().is_some_and(|top| !top.is::<JobScreen>()) || state.table().filtering {
        return;
    }
    let Some(pending) = &state.pending_launch else { return };
    let copy = state.facts.copies.get(&pending.image).and_then(|c| c.get(&pending.region));
    if let Some(image) = copy.and_then(|id| state.facts.image(id)).filter(|i| i.is_normal()).cloned() {
        state.pending_launch = None;
        load(state, Load::Offers(image.region.clone()), effects);
        let launch = LaunchForm::new(&image, state);
        state.open(launch);
        let name = i18n::plain(&image.name).into_owned();
        state.show_notice(tr!(lang, console_open_launch_continues, name, region = image.region));
        return;
    }
    let of_it =
        || state.jobs.values().filter(|j| j.image == pending.image && j.cell(&pending.region).is_some());
    if of_it().all(|j| j.is_over() && !has_copy(j, &pending.region)) {
        // The copy failed or was dropped. Its job shows why.
        state.pending_launch = None;
    }
}

/// Returns whether the job's copy in a region is ready, so that only its read is missing.
fn has_copy(job: &Job, region: &Region) -> bool {
    job.cell(region).is_some_and(|c| c.state == CellState::Ready)
}
