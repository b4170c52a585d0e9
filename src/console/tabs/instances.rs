//! Instances, and which image each runs.

use super::{CellText, Column, Field, Order, Role, age, column, figures, matches, seconds, text};
use crate::{
    console::{
        message::Load,
        state::{LoadState, RowId, State},
    },
    model::{Image, ImageId, ImageKind, Instance, InstanceState},
};

pub(super) const COLUMNS: &[Column] = &[
    column(Field::Name, "NAME", 30, 0),
    column(Field::Id, "ID", 13, 5),
    column(Field::Region, "ZONE", 15, 3),
    column(Field::State, "STATE", 10, 0),
    column(Field::Image, "IMAGE", 20, 0),
    column(Field::From, "FROM", 14, 1),
    figures(Field::Made, "MADE", 4, 2),
    column(Field::Type, "TYPE", 13, 6),
    column(Field::Address, "ADDRESS", 15, 7),
    figures(Field::Age, "AGE", 6, 4),
];

/// What an instance runs, as far as that is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Runs<'a> {
    /// The API left the image out.
    Unsaid,
    /// An image that is there to be seen.
    Seen(&'a Image),
    /// It was asked for and is not to be seen any more: deleted, or its share ended. As it was, where it was seen before.
    Gone(&'a ImageId, Option<&'a Image>),
    /// Not asked yet.
    Unknown(&'a ImageId),
}

/// What an instance runs.
pub fn runs<'a>(state: &'a State, instance: &'a Instance) -> Runs<'a> {
    let Some(id) = &instance.image else { return Runs::Unsaid };
    if let Some(image) = state.facts.image(id) {
        return Runs::Seen(image);
    }
    let was = state.facts.gone_image(id);
    let asked = state.loads.get(&Load::Image(instance.region.clone(), id.clone()));
    if matches!(asked, Some(LoadState::Ready(_))) || was.is_some() {
        return Runs::Gone(id, was);
    }
    Runs::Unknown(id)
}

pub(super) fn rows(state: &State, needle: &str, by: Field) -> Vec<(Order, RowId)> {
    state
        .facts
        .instances()
        .chain(state.past_instances())
        .filter(|i| {
            let id = i.image.as_ref().map_or("", |i| i.as_str());
            let image = i.image.as_ref().and_then(|i| state.facts.image(i));
            let name = image.map_or("", |i| i.name.as_str());
            let from = image.map_or_else(Default::default, |i| from(state, i).text);
            matches(
                needle,
                &[&i.name, i.id.as_str(), &i.zone, i.state.as_str(), id, name, &from, &i.instance_type],
            )
        })
        .map(|i| (order(state, i, by), RowId::Instance(i.id.clone())))
        .collect()
}

fn order(state: &State, instance: &Instance, by: Field) -> Order {
    match by {
        Field::Age => Order::Figure(seconds(instance.created_at).saturating_neg()),
        Field::Name => Order::Text(instance.name.to_lowercase()),
        Field::Made => Order::Figure(state.facts.made_from(&instance.id).len() as i64),
        _ => Order::Text(cell(state, instance, by).text.into_owned()),
    }
}

pub(super) fn cell<'a>(state: &'a State, instance: &'a Instance, field: Field) -> CellText<'a> {
    match field {
        Field::Name => text(&instance.name, Role::Plain),
        Field::Id => text(instance.id.as_str(), Role::Dim),
        Field::Region => text(&instance.zone, Role::Plain),
        Field::State => text(
            instance.state.as_str(),
            match instance.state {
                InstanceState::Running => Role::Good,
                InstanceState::Stopped => Role::Dim,
                InstanceState::Other(_) => Role::Warn,
            },
        ),
        Field::Type => text(&instance.instance_type, Role::Dim),
        Field::Address => {
            let address = instance.public_ips.first().or(instance.private_ips.first());
            text(address.map_or("-", String::as_str), Role::Dim)
        }
        Field::Age => text(age(state.now, instance.created_at), Role::Plain),
        Field::Image => match runs(state, instance) {
            Runs::Unsaid => text("-", Role::Dim),
            Runs::Seen(image) => text(&image.name, Role::Plain),
            Runs::Gone(id, None) | Runs::Unknown(id) => text(id.as_str(), Role::Dim),
            Runs::Gone(_, Some(was)) => text(&was.name, Role::Dim),
        },
        Field::From => match runs(state, instance) {
            Runs::Unsaid => text("-", Role::Dim),
            Runs::Seen(image) => from(state, image),
            Runs::Gone(..) => text("not visible", Role::Warn),
            Runs::Unknown(_) => text("…", Role::Dim),
        },
        Field::Made => match state.facts.made_from(&instance.id).len() {
            0 => text("-", Role::Dim),
            n => text(n.to_string(), Role::Plain),
        },
        _ => text("", Role::Plain),
    }
}

/// Whose an image is, in a word: a name says that it was received.
fn from<'a>(state: &'a State, image: &Image) -> CellText<'a> {
    match image.kind {
        ImageKind::Own => text("own", Role::Dim),
        ImageKind::Public => text("public", Role::Dim),
        ImageKind::Received => {
            let trusted = image.owner().is_some_and(|o| state.facts.standing.trusted.contains(&o));
            let name = super::owner(state, image).unwrap_or_else(|| "unknown".into());
            text(name, if trusted { Role::Plain } else { Role::Warn })
        }
    }
}
