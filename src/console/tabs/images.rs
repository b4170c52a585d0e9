//! My Images and Shared With Me.

use super::{CellText, Column, Field, Order, Role, Tab, age, column, figures, matches, seconds, text};
use crate::{
    console::state::{RowId, State},
    model::{Catalog, Image, ImageKind, ImageState},
};

pub(super) const OWN: &[Column] = &[
    column(Field::Name, "NAME", 44, 0),
    column(Field::Id, "ID", 13, 4),
    column(Field::Region, "REGION", 16, 1),
    column(Field::State, "STATE", 14, 0),
    figures(Field::Size, "SIZE", 8, 5),
    column(Field::Shared, "SHARED", 9, 2),
    column(Field::Copies, "COPIES", 12, 6),
    figures(Field::Age, "AGE", 6, 3),
];

pub(super) const RECEIVED: &[Column] = &[
    column(Field::Name, "NAME", 44, 0),
    column(Field::Id, "ID", 13, 4),
    column(Field::Region, "REGION", 16, 1),
    column(Field::Owner, "OWNER", 18, 0),
    column(Field::State, "STATE", 14, 2),
    column(Field::Os, "SYSTEM", 22, 6),
    figures(Field::Size, "SIZE", 8, 5),
    figures(Field::Age, "AGE", 6, 3),
];

pub(super) fn rows(state: &State, tab: Tab, needle: &str, by: Field) -> Vec<(Order, RowId)> {
    let kind = if tab == Tab::Images { ImageKind::Own } else { ImageKind::Received };
    state
        .facts
        .images()
        .chain(state.past_images())
        .filter(|i| i.kind == kind)
        .filter(|i| state.show_hidden || !state.notes.hidden.contains(&i.id))
        .filter(|i| {
            let note = state.notes.notes.get(&i.id).map_or("", String::as_str);
            matches(
                needle,
                &[&i.name, i.id.as_str(), i.region.as_str(), i.state.as_str(), &i.os, &i.description, note],
            )
        })
        .map(|i| (order(state, i, by), RowId::Image(i.id.clone())))
        .collect()
}

fn order(state: &State, image: &Image, by: Field) -> Order {
    match by {
        Field::Age => Order::Figure(seconds(image.created_at).saturating_neg()),
        Field::Size => Order::Figure(i64::from(image.size_gib)),
        Field::Shared => Order::Figure(state.facts.shares(&image.id).map_or(-1, |s| s.len() as i64)),
        Field::Copies => Order::Figure(copies(state, image).len() as i64),
        Field::Name => Order::Text(image.name.to_lowercase()),
        _ => Order::Text(cell(state, image, by).text.into_owned()),
    }
}

/// Short names of the regions that have a copy, or what looks like one.
fn copies(state: &State, image: &Image) -> Vec<&'static str> {
    let catalog = Catalog::get();
    let known = state.facts.copies.get(&image.id).into_iter().flat_map(|m| m.keys());
    let mut all: Vec<&'static str> = known
        .chain(state.facts.look_alikes(image).map(|i| &i.region))
        .filter_map(|r| catalog.region(r))
        .map(|r| r.short.as_str())
        .collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// Who owns a received image, as people call them.
pub fn owner(state: &State, image: &Image) -> Option<String> {
    image.owner().map(|uin| state.facts.account_name(&uin))
}

pub(super) fn cell<'a>(state: &'a State, image: &'a Image, field: Field) -> CellText<'a> {
    match field {
        Field::Name if state.notes.hidden.contains(&image.id) => text(&image.name, Role::Dim),
        Field::Name => text(&image.name, Role::Plain),
        Field::Id => text(image.id.as_str(), Role::Dim),
        Field::Region => text(image.region.as_str(), Role::Plain),
        Field::State => state_cell(image),
        Field::Size => text(format!("{} GiB", image.size_gib), Role::Plain),
        Field::Os => text(&image.os, Role::Dim),
        Field::Age => text(age(state.now, image.created_at), Role::Plain),
        Field::Owner => match owner(state, image) {
            Some(name) => text(name, Role::Plain),
            None => text("unknown", Role::Dim),
        },
        Field::Shared => match state.facts.shares(&image.id) {
            None => match state.past.shares(&image.id).filter(|_| state.past.image(&image.id).is_some()) {
                None => text("…", Role::Dim),
                Some(0) => text("-", Role::Dim),
                Some(n) => text(format!("{n} of {}", state.facts.standing.limits.share_accounts), Role::Dim),
            },
            Some([]) => text("-", Role::Dim),
            Some(shares) => {
                let limit = state.facts.standing.limits.share_accounts;
                let full = shares.len() >= limit as usize;
                text(format!("{} of {limit}", shares.len()), if full { Role::Warn } else { Role::Plain })
            }
        },
        Field::Copies => {
            let all = copies(state, image);
            if all.is_empty() { text("-", Role::Dim) } else { text(all.join(", "), Role::Plain) }
        }
        _ => text("", Role::Plain),
    }
}

fn state_cell(image: &Image) -> CellText<'_> {
    let role = match image.state {
        ImageState::Normal => Role::Good,
        ImageState::CreateFailed | ImageState::ImportFailed => Role::Bad,
        _ => Role::Warn,
    };
    match image.sync_percent {
        Some(percent) if image.state.is_moving() => text(format!("{} {percent:>3} %", image.state), role),
        _ => text(image.state.as_str(), role),
    }
}
