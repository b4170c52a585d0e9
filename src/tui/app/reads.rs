//! Starts reads from the cloud. A read is not started twice at the same time.

use crate::{
    facts::Load,
    messages::tr,
    model::{Catalog, Region},
    rules::Missing,
    tui::app::{
        effect::Effect,
        message::CallError,
        state::{LoadState, State},
    },
};

/// Starts a read, even if it was done before. Does nothing if it is under way.
pub(crate) fn load(state: &mut State, what: Load, effects: &mut Vec<Effect>) {
    if matches!(state.loads.get(&what), Some(LoadState::Loading(_))) {
        return;
    }
    // An automatic read is under way; its answer now counts as requested by the user.
    if let Some(ticket) = state.fresh.remove(&what) {
        state.loads.insert(what, LoadState::Loading(ticket));
        return;
    }
    state.ticket += 1;
    state.loads.insert(what.clone(), LoadState::Loading(state.ticket));
    effects.push(Effect::Load { ticket: state.ticket, load: what });
}

pub(crate) fn load_once(state: &mut State, what: Load, effects: &mut Vec<Effect>) {
    if !state.loads.contains_key(&what) {
        load(state, what, effects);
    }
}

/// Reads the lists of the regions in view.
pub(crate) fn load_view(state: &mut State, effects: &mut Vec<Effect>) {
    for region in state.view.clone() {
        load(state, Load::Images(region), effects);
    }
    for region in state.view.clone() {
        load(state, Load::Instances(region), effects);
    }
}

/// Reads what a verdict lacks.
pub(crate) fn fetch(state: &mut State, missing: &[Missing], effects: &mut Vec<Effect>) {
    for what in reads_for(state, missing) {
        load(state, what, effects);
    }
}

/// Returns the reads for the facts that a verdict lacks.
pub(crate) fn reads_for(state: &State, missing: &[Missing]) -> Vec<Load> {
    let read = |fact: &Missing| {
        Some(match fact {
            Missing::Identity => Load::Identity,
            Missing::Images(region) => Load::Images(region.clone()),
            Missing::Quota(region) => Load::Quota(region.clone()),
            Missing::Offers(region) => Load::Offers(region.clone()),
            Missing::Shares(id) => match state.facts.image(id) {
                Some(image) => Load::Shares(image.region.clone(), id.clone()),
                None => return None,
            },
            // The verdict already says that an image or instance is gone; there is no region to read it from.
            Missing::Image(_) | Missing::Instance(_) => return None,
        })
    };
    missing.iter().filter_map(read).collect()
}

/// Changes the regions in view.
pub(crate) fn change_view(state: &mut State, regions: Vec<Region>, effects: &mut Vec<Effect>) {
    state.view = regions;
    let view = state.view.clone();
    state.row_cache.keep_view(&view);
    if let Some(name) = state.profile().map(|p| p.name.clone()) {
        state.views.insert(name, view);
    }
    for region in state.view.clone() {
        load_once(state, Load::Images(region.clone()), effects);
        load_once(state, Load::Instances(region), effects);
    }
    state.mark_stale();
}

/// Switches to a profile and connects to its cloud.
pub(crate) fn connect(state: &mut State, index: usize, effects: &mut Vec<Effect>) {
    let lang = state.lang;
    let kept = state.rows_to_keep();
    effects.extend(kept.map(|kept| Effect::Remember(Box::new(kept))));
    state.switch_profile(index);
    let Some(profile) = state.profile() else { return };
    let (name, label) = (profile.name.clone(), profile.label.clone());
    let epoch = state.epoch;
    state.show_notice(tr!(lang, reads_from_now_on, label));
    effects.push(Effect::Connect { profile: name, epoch });
}

/// Returns regions in the vendor's order, with regions that it does not list at the end.
pub(crate) fn in_order(regions: &[Region]) -> Vec<Region> {
    let listed = Catalog::get().iter().map(|r| r.region.clone()).filter(|r| regions.contains(r));
    let mut all: Vec<Region> = listed.collect();
    all.extend(regions.iter().filter(|r| Catalog::get().region(r).is_none()).cloned());
    all
}

pub(crate) fn record_error(state: &mut State, error: &CallError) {
    if error.session {
        state.facts.set_session_expired();
        state.follow.rows.clear();
    }
    if error.offline {
        state.facts.set_offline();
    }
}
