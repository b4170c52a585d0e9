//! What was begun here and takes a while is looked at until it is at rest; while nothing is, nothing is asked and no
//! timer runs.

use super::load;
use crate::{
    console::{
        effect::Effect,
        message::{Load, Loaded},
        state::{RowId, State},
    },
    model::{Image, Instance, InstanceState, Region},
    words,
};

/// Looks at something that the list does not show yet, before that is told.
const LOOKS_FOR_THE_UNSEEN: u32 = 8;

/// Looks at a row until it is at rest.
pub(super) fn follow(state: &mut State, row: RowId, region: Region) {
    let seen = match &row {
        RowId::Image(id) => state.facts.image(id).is_some(),
        RowId::Instance(id) => state.facts.instance(id).is_some(),
        RowId::Region(_) => return,
    };
    state.follow.rows.insert(row, (region, seen));
    state.follow.looks = 0;
}

fn question(row: &RowId, region: &Region) -> Option<Load> {
    match row {
        RowId::Image(id) => Some(Load::Image(region.clone(), id.clone())),
        RowId::Instance(id) => Some(Load::Instance(region.clone(), id.clone())),
        RowId::Region(_) => None,
    }
}

fn questions(state: &State) -> Vec<Load> {
    state.follow.rows.iter().filter_map(|(row, (region, _))| question(row, region)).collect()
}

/// Asks for the next look, once the answers of the last are there.
pub(super) fn keep_looking(state: &mut State, effects: &mut Vec<Effect>) {
    let asked = |l: &Load| matches!(state.loads.get(l), Some(crate::console::LoadState::Loading(_)));
    if state.follow.rows.is_empty() || state.follow.waiting || questions(state).iter().any(asked) {
        return;
    }
    state.follow.waiting = true;
    effects.push(Effect::Look(state.follow.looks));
}

/// The time has come.
pub(super) fn on_look(state: &mut State, effects: &mut Vec<Effect>) {
    state.follow.waiting = false;
    state.follow.looks += 1;
    for what in questions(state) {
        load(state, what, effects);
    }
}

/// What a look brought, before the facts take it.
pub(super) fn on_seen(state: &mut State, what: &Load, loaded: &Loaded, effects: &mut Vec<Effect>) {
    let (row, rest) = match (what, loaded) {
        (Load::Image(_, id), Loaded::Image(image)) => {
            (RowId::Image(id.clone()), image.as_ref().as_ref().map(image_rests))
        }
        (Load::Instance(_, id), Loaded::Instance(instance)) => {
            (RowId::Instance(id.clone()), instance.as_ref().as_ref().map(instance_rests))
        }
        _ => return,
    };
    let Some((region, seen)) = state.follow.rows.get_mut(&row) else { return };
    let (region, before) = (region.clone(), std::mem::replace(seen, rest.is_some()));
    match rest {
        Some(None) => {}
        Some(Some((text, bad))) => {
            state.follow.rows.remove(&row);
            if bad { state.complain(text) } else { state.say(text) }
        }
        // A new row may take a while to be listed.
        None if !before && state.follow.looks < LOOKS_FOR_THE_UNSEEN => {}
        None => {
            state.follow.rows.remove(&row);
            let all = match row {
                RowId::Image(_) => Load::Images(region),
                _ => Load::Instances(region),
            };
            load(state, all, effects);
            state.complain(format!("{} is not in the cloud's list.", row.as_str()));
        }
    }
}

/// What to say of an image that is at rest, and whether it is bad.
fn image_rests(image: &Image) -> Option<(String, bool)> {
    let text = format!("{} · {} is {}.", words::plain(&image.name), image.id, image.state);
    (!image.state.is_moving()).then_some((text, !image.is_normal()))
}

fn instance_rests(instance: &Instance) -> Option<(String, bool)> {
    let name = format!("{} · {}", words::plain(&instance.name), instance.id);
    let (operation, outcome) = match &instance.latest_operation {
        Some((operation, outcome)) => (operation.as_str(), outcome.as_str()),
        None => ("", ""),
    };
    if outcome == "OPERATING" || is_moving(&instance.state) {
        return None;
    }
    let state = &instance.state;
    Some(match (operation, outcome) {
        ("ResetInstance", "SUCCESS") => (format!("{name} is reinstalled, {state}."), false),
        ("ResetInstance", "FAILED") => (format!("{name}: the reinstallation failed; it is {state}."), true),
        _ => (format!("{name} is {state}."), matches!(state, InstanceState::Other(_))),
    })
}

/// Whether a state passes by itself.
fn is_moving(state: &InstanceState) -> bool {
    matches!(state.as_str(), "PENDING" | "STARTING" | "STOPPING" | "REBOOTING")
}
