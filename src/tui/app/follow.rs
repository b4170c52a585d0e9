//! Reads images and instances that were changed here until they reach a stable state. While there are none, nothing
//! is read and no timer runs.

use crate::{
    facts::{Load, Loaded},
    i18n,
    messages::{Lang, tr},
    model::{Image, Instance, InstanceState, Region},
    tui::app::{
        effect::Effect,
        reads::load,
        state::{Followed, State},
        table::RowId,
    },
};

/// The number of reads before the user is told that a list does not show a change yet.
const LOOKS_AT_A_LAGGING_LIST: u32 = 8;

/// The cloud's name for a reinstallation.
pub(crate) const RESET: &str = "ResetInstance";

/// Follows a row until it is stable. `reset` is set while it is being reinstalled.
pub(crate) fn follow(state: &mut State, row: RowId, region: Region, reset: bool) {
    let seen = match &row {
        RowId::Image(id) => state.facts.image(id).is_some(),
        RowId::Instance(id) => state.facts.instance(id).is_some(),
        RowId::Region(_) => return,
    };
    state.follow.rows.insert(row, Followed { region, seen, reset });
    state.follow.looks = 0;
}

fn read_of(row: &RowId, region: &Region) -> Option<Load> {
    match row {
        RowId::Image(id) => Some(Load::Image(region.clone(), id.clone())),
        RowId::Instance(id) => Some(Load::Instance(region.clone(), id.clone())),
        RowId::Region(_) => None,
    }
}

fn reads(state: &State) -> Vec<Load> {
    state.follow.rows.iter().filter_map(|(row, one)| read_of(row, &one.region)).collect()
}

/// Requests the next look when the answers of the last one have arrived.
pub(crate) fn request_look(state: &mut State, effects: &mut Vec<Effect>) {
    let asked = |l: &Load| matches!(state.loads.get(l), Some(crate::tui::app::state::LoadState::Loading(_)));
    if state.follow.rows.is_empty() || state.follow.waiting || reads(state).iter().any(asked) {
        return;
    }
    state.follow.waiting = true;
    effects.push(Effect::Look(state.follow.looks));
}

/// Reads the followed rows again.
pub(crate) fn on_look(state: &mut State, effects: &mut Vec<Effect>) {
    state.follow.waiting = false;
    state.follow.looks += 1;
    for what in reads(state) {
        load(state, what, effects);
    }
}

/// Processes the answer for a followed row, before it is added to the facts.
pub(crate) fn on_followed(state: &mut State, what: &Load, loaded: &Loaded, effects: &mut Vec<Effect>) {
    let lang = state.lang;
    let row = match what {
        Load::Image(_, id) => RowId::Image(id.clone()),
        Load::Instance(_, id) => RowId::Instance(id.clone()),
        _ => return,
    };
    let lags = state.follow.looks < LOOKS_AT_A_LAGGING_LIST;
    let Some(one) = state.follow.rows.get_mut(&row) else { return };
    let rest = match loaded {
        Loaded::Image(image) => image.as_ref().as_ref().map(|i| stable_image_text(i, lang)),
        Loaded::Instance(instance) => instance.as_ref().as_ref().map(|i| match &i.latest_operation {
            Some((operation, _)) if one.reset && lags && operation != RESET => None,
            _ => stable_instance_text(i, lang),
        }),
        _ => return,
    };
    let before = std::mem::replace(&mut one.seen, rest.is_some());
    let region = one.region.clone();
    match rest {
        Some(None) => {}
        Some(Some((text, bad))) => {
            state.follow.rows.remove(&row);
            if bad { state.show_error(text) } else { state.show_notice(text) }
        }
        None if !before && lags => {}
        None => {
            state.follow.rows.remove(&row);
            let all = match row {
                RowId::Image(_) => Load::Images(region),
                _ => Load::Instances(region),
            };
            load(state, all, effects);
            state.show_error(tr!(lang, follow_is_not_in_clouds_list, row = row.as_str()));
        }
    }
}

/// Returns the text about an image that is stable, and whether it is an error.
fn stable_image_text(image: &Image, lang: Lang) -> Option<(String, bool)> {
    let text =
        tr!(lang, follow_image_state, name = i18n::plain(&image.name), id = image.id, image = image.state);
    (!image.state.is_transitional()).then_some((text, !image.is_normal()))
}

fn stable_instance_text(instance: &Instance, lang: Lang) -> Option<(String, bool)> {
    let name = format!("{} · {}", i18n::plain(&instance.name), instance.id);
    let (operation, outcome) = match &instance.latest_operation {
        Some((operation, outcome)) => (operation.as_str(), outcome.as_str()),
        None => ("", ""),
    };
    if outcome == "OPERATING" || is_transitional(&instance.state) {
        return None;
    }
    let state = &instance.state;
    Some(match (operation, outcome) {
        (RESET, "SUCCESS") => (tr!(lang, follow_is_reinstalled, name, state), false),
        (RESET, "FAILED") => (tr!(lang, follow_reinstallation_failed_it_is, name, state), true),
        _ => (tr!(lang, follow_instance_state, name, state), matches!(state, InstanceState::Other(_))),
    })
}

/// Returns whether the state will change by itself.
fn is_transitional(state: &InstanceState) -> bool {
    matches!(state.as_str(), "PENDING" | "STARTING" | "STOPPING" | "REBOOTING")
}
