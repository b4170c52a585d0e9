//! Processes the answers of reads.

use crate::{
    cloud::no_such_region,
    facts::{Load, Loaded},
    model::{Catalog, Region},
    tui::app::{
        effect::Effect,
        follow::on_followed,
        message::CallError,
        reads::{in_order, load_view, record_error},
        state::{LoadState, State},
    },
};

pub(crate) fn on_answer(
    state: &mut State,
    ticket: u64,
    what: Load,
    result: Result<Loaded, CallError>,
    effects: &mut Vec<Effect>,
) {
    if state.fresh.is_automatic(&what, ticket) {
        state.fresh.remove(&what);
    } else if state.loads.get(&what) != Some(&LoadState::Loading(ticket)) {
        return;
    }
    let now = state.now;
    match result {
        Ok(loaded) => {
            state.loads.insert(what.clone(), LoadState::Ready(now));
            state.facts.set_online();
            if let (Load::Regions, Loaded::Regions(regions)) = (&what, &loaded)
                && state.view.is_empty()
            {
                state.view = in_order(regions);
                let view = state.view.clone();
                state.row_cache.keep_view(&view);
                load_view(state, effects);
            }
            if let Loaded::Regions(regions) = &loaded {
                unknown_regions(state, regions);
            }
            on_followed(state, &what, &loaded, effects);
            state.store_answer(&what, loaded);
        }
        Err(error) => {
            record_error(state, &error);
            state.loads.insert(what, LoadState::Failed(now, error));
        }
    }
}

/// Shows which regions in view the cloud does not have. Their lists stay empty.
fn unknown_regions(state: &mut State, regions: &[Region]) {
    let strange = |region: &&Region| Catalog::get().region(region).is_none_or(|known| !known.open);
    let unknown = state.view.iter().filter(strange).find(|region| !regions.contains(region));
    if let Some(unknown) = unknown.cloned() {
        let nearest = unknown.nearest(regions);
        state.show_error(no_such_region(&unknown, nearest).render(state.lang));
    }
}
