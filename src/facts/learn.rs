//! Reads the facts that a verdict or a plan needs.

use parking_lot::Mutex;
use std::collections::BTreeSet;

use futures_util::future::join_all;
use jiff::Timestamp;

use super::{FactStore, Load, Loaded, Page, fetch, loads_for, optional_loads};
use crate::{
    cloud::{Client, Error, Kind},
    jobs::{Goal, Plan},
    model::Region,
    rules::{Action, Missing, Verdict},
};

/// Maximum number of rounds. An answer may raise new questions: the image, its shares, the destinations.
const MAX_ROUNDS: usize = 8;

/// An answer and the reads that failed.
#[derive(Debug)]
pub struct Learnt<T> {
    /// The answer, from everything that could be read.
    pub answer: T,
    /// The failed reads, in arbitrary order. If one region had the image or instance, failures in other
    /// regions are left out.
    pub failed: Vec<Error>,
}

/// Computes an answer from the facts, reads what is missing, and repeats this until nothing is missing or all
/// reads have been tried. `view` are the regions in which an image or instance of unknown region is searched;
/// nothing is read if it is empty.
pub async fn learn<T>(
    store: &mut FactStore,
    client: &Client,
    view: &[Region],
    ask: impl Fn(&FactStore) -> T,
    missing: impl Fn(&T) -> &[Missing],
    also: impl Fn(&FactStore, &T) -> Vec<Load>,
) -> Learnt<T> {
    let mut asked: BTreeSet<Load> = BTreeSet::new();
    let mut failed: Vec<(Load, Error)> = Vec::new();
    let mut answer = ask(store);
    for _ in 0..MAX_ROUNDS {
        let mut loads: Vec<Load> = missing(&answer).iter().flat_map(|m| loads_for(m, store, view)).collect();
        let needed = loads.len();
        loads.extend(also(store, &answer));
        // Read the quota together with the image names of a region, for the exact number of free slots.
        let quotas: Vec<Load> = loads.iter().filter_map(quota_of).collect();
        loads.extend(quotas);
        let (needed, optional) = loads.split_at(needed);
        let optional: BTreeSet<Load> = optional.iter().filter(|l| !needed.contains(l)).cloned().collect();
        loads.retain(|load| asked.insert(load.clone()));
        if loads.is_empty() || view.is_empty() {
            break;
        }
        let results = join_all(loads.iter().map(|load| read(client, load))).await;
        for (load, result) in loads.into_iter().zip(results) {
            let (pages, result) = result;
            for page in pages {
                store.add_page(page);
            }
            match result {
                Ok(loaded) => store.add_loaded(&load, loaded, Timestamp::now()),
                // The answer is valid without optional reads.
                Err(error) if optional.contains(&load) && error.kind != Kind::Incomplete => {}
                Err(error) => failed.push((load, error)),
            }
        }
        answer = ask(store);
    }
    // If the image was found in one region, failures in others do not matter.
    let found = |load: &Load| match load {
        Load::Image(_, id) => store.image(id).is_some(),
        Load::Instance(_, id) => store.instance(id).is_some(),
        _ => false,
    };
    let failed = failed.into_iter().filter(|(load, _)| !found(load)).map(|(_, error)| error).collect();
    Learnt { answer, failed }
}

/// Reads everything that the verdict on an action needs, and returns the verdict.
pub async fn learn_action(
    store: &mut FactStore,
    client: &Client,
    view: &[Region],
    action: &Action,
) -> Learnt<Verdict> {
    let ask = |store: &FactStore| (*store.verdict(action)).clone();
    learn(store, client, view, ask, |v| &v.missing, |store, _| optional_loads(action, store)).await
}

/// Reads everything that a plan needs, and returns the plan.
pub async fn learn_plan(
    store: &mut FactStore,
    client: &Client,
    view: &[Region],
    goal: &Goal,
) -> Learnt<Plan> {
    let ask = |store: &FactStore| Plan::make(goal, store);
    learn(store, client, view, ask, |p| &p.missing, |store, plan| optional_loads(&plan.action(goal), store))
        .await
}

fn quota_of(load: &Load) -> Option<Load> {
    match load {
        Load::Images(region) => Some(Load::Quota(region.clone())),
        _ => None,
    }
}

async fn read(client: &Client, load: &Load) -> (Vec<Page>, Result<Loaded, Error>) {
    let pages = Mutex::new(Vec::new());
    let loaded = fetch(client, load, |page| {
        pages.lock().push(page);
    })
    .await;
    (pages.into_inner(), loaded)
}

impl FactStore {
    /// Stores an error that is itself a fact for the rules: expired credentials, or a cloud that cannot be
    /// reached. Returns false for any other error.
    pub fn record_error(&mut self, error: &Error) -> bool {
        match error.kind {
            Kind::Expired => self.standing_mut().session = crate::model::Session::Expired,
            Kind::Network | Kind::Timeout => self.set_offline(),
            _ => return false,
        }
        true
    }
}
