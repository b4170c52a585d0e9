//! Questions to the cloud and their answers: what is asked, once, and what becomes of it.

use crate::{
    facts::Load,
    messages::tr,
    model::{Catalog, Region},
    rules::Missing,
    tui::app::{
        effect::Effect,
        message::Trouble,
        state::{LoadState, State},
    },
};

/// Asks, whether or not it was asked before; a question that is under way is not asked twice.
pub(crate) fn load(state: &mut State, what: Load, effects: &mut Vec<Effect>) {
    if matches!(state.loads.get(&what), Some(LoadState::Loading(_))) {
        return;
    }
    // It is being asked already, only that nobody was waiting for it.
    if let Some(ticket) = state.fresh.taken(&what) {
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

/// The regions in view.
pub(crate) fn load_view(state: &mut State, effects: &mut Vec<Effect>) {
    for region in state.view.clone() {
        load(state, Load::Images(region), effects);
    }
    for region in state.view.clone() {
        load(state, Load::Instances(region), effects);
    }
}

/// Asks for what a verdict lacks.
pub(crate) fn fetch(state: &mut State, missing: &[Missing], effects: &mut Vec<Effect>) {
    for what in wanted(state, missing) {
        load(state, what, effects);
    }
}

/// The reads that bring what a verdict lacks.
pub(crate) fn wanted(state: &State, missing: &[Missing]) -> Vec<Load> {
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
            // An image or instance that is gone is said so by the verdict; there is no region to ask.
            Missing::Image(_) | Missing::Instance(_) => return None,
        })
    };
    missing.iter().filter_map(read).collect()
}

/// Looks at other regions from now on.
pub(crate) fn look_at(state: &mut State, regions: Vec<Region>, effects: &mut Vec<Effect>) {
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
    state.stale();
}

/// Turns to a profile and asks its cloud.
pub(crate) fn connect(state: &mut State, index: usize, effects: &mut Vec<Effect>) {
    let lang = state.lang;
    let kept = state.rows_to_keep();
    effects.extend(kept.map(|kept| Effect::Remember(Box::new(kept))));
    state.take_profile(index);
    let Some(profile) = state.profile() else { return };
    let (name, label) = (profile.name.clone(), profile.label.clone());
    let epoch = state.epoch;
    state.say(tr!(lang, reads_from_now_on, label));
    effects.push(Effect::Connect { profile: name, epoch });
}

/// In the vendor's order, those that it does not list last.
pub(crate) fn in_order(regions: &[Region]) -> Vec<Region> {
    let listed = Catalog::get().iter().map(|r| r.region.clone()).filter(|r| regions.contains(r));
    let mut all: Vec<Region> = listed.collect();
    all.extend(regions.iter().filter(|r| Catalog::get().region(r).is_none()).cloned());
    all
}

pub(crate) fn note_trouble(state: &mut State, trouble: &Trouble) {
    if trouble.session {
        state.facts.session_ended();
        state.follow.rows.clear();
    }
    if trouble.offline {
        state.facts.went_offline();
    }
}
