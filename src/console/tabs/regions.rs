//! Regions: own images against the quota, received ones beside it, instances, and what is being asked.

use std::collections::BTreeSet;

use super::{CellText, Column, Field, Order, Role, column, figures, matches, text};
use crate::{
    console::{
        message::Load,
        state::{LoadState, RowId, State},
    },
    model::{Catalog, CopyGroup, Region},
};

pub(super) const COLUMNS: &[Column] = &[
    column(Field::Name, "NAME", 42, 0),
    column(Field::Code, "REGION", 17, 0),
    figures(Field::Own, "OWN", 9, 0),
    figures(Field::Received, "RECEIVED", 8, 2),
    figures(Field::Instances, "INSTANCES", 9, 3),
    column(Field::Group, "COPIES WITHIN", 14, 4),
    column(Field::Asked, "", 11, 5),
];

/// Every region worth a row: those that the cloud has, or, before it told, those of the catalogue; and those in view.
pub fn all(state: &State) -> BTreeSet<Region> {
    let mut all = state.facts.known_regions.clone();
    if all.is_empty() {
        all.extend(Catalog::get().iter().filter(|r| r.open).map(|r| r.region.clone()));
    }
    all.extend(state.view.iter().cloned());
    all
}

pub(super) fn rows(state: &State, needle: &str, by: Field) -> Vec<(Order, RowId)> {
    all(state)
        .into_iter()
        .filter(|r| matches(needle, &[r.as_str(), &name(r)]))
        .map(|r| (order(state, &r, by), RowId::Region(r)))
        .collect()
}

fn order(state: &State, region: &Region, by: Field) -> Order {
    let facts = state.facts.regions.get(region);
    match by {
        Field::Own => Order::Figure(facts.map_or(-1, |f| i64::from(f.own))),
        Field::Received => Order::Figure(facts.map_or(-1, |f| i64::from(f.received))),
        Field::Instances => Order::Figure(instances(state, region) as i64),
        _ => Order::Text(cell(state, region, by).text.into_owned()),
    }
}

fn name(region: &Region) -> String {
    Catalog::get().region(region).map_or_else(|| region.to_string(), |r| r.name.clone())
}

fn instances(state: &State, region: &Region) -> usize {
    state.facts.instances().filter(|i| i.region == *region).count()
}

/// The copy group as a phrase.
pub fn group(region: &Region) -> &'static str {
    match Catalog::get().region(region) {
        None => "unknown",
        Some(info) if !info.receives_copies => "takes no copies",
        Some(info) => match info.group {
            CopyGroup::Mainland => "mainland",
            CopyGroup::Overseas => "overseas",
            CopyGroup::Finance => "finance",
        },
    }
}

pub(super) fn cell<'a>(state: &'a State, region: &'a Region, field: Field) -> CellText<'a> {
    let facts = state.facts.regions.get(region).filter(|f| f.images_at.is_some());
    match field {
        Field::Name => text(name(region), Role::Plain),
        Field::Code => text(region.as_str(), Role::Dim),
        Field::Own => match facts {
            None => text("", Role::Dim),
            Some(f) => {
                let quota = state.facts.image_quota(region);
                let role = if f.own >= quota { Role::Warn } else { Role::Plain };
                text(format!("{} of {quota}", f.own), if f.own == 0 { Role::Dim } else { role })
            }
        },
        Field::Received => match facts {
            None => text("", Role::Dim),
            Some(f) if f.received == 0 => text("-", Role::Dim),
            Some(f) => text(f.received.to_string(), Role::Plain),
        },
        Field::Instances => match instances(state, region) {
            0 => text(if facts.is_some() { "-" } else { "" }, Role::Dim),
            n => text(n.to_string(), Role::Plain),
        },
        Field::Group => text(group(region), Role::Dim),
        Field::Asked => match state.loads.get(&Load::Images(region.clone())) {
            None if state.view.contains(region) => text("", Role::Dim),
            None => text("not in view", Role::Dim),
            Some(LoadState::Loading(_)) => text("asking …", Role::Warn),
            Some(LoadState::Failed(..)) => text("no answer", Role::Bad),
            Some(LoadState::Ready(_)) => text("", Role::Dim),
        },
        _ => text("", Role::Plain),
    }
}
