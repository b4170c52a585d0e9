//! Instances, and which image each runs.

use super::{CellText, Column, Field, Order, Role, age, column, figures, matches, seconds, text};
use crate::{
    console::state::{RowId, State},
    model::{ImageKind, Instance, InstanceState},
};

pub(super) const COLUMNS: &[Column] = &[
    column(Field::Name, "NAME", 36, 0),
    column(Field::Id, "ID", 13, 5),
    column(Field::Region, "ZONE", 16, 2),
    column(Field::State, "STATE", 10, 0),
    column(Field::Image, "IMAGE", 24, 1),
    column(Field::Type, "TYPE", 13, 4),
    column(Field::Address, "ADDRESS", 15, 6),
    figures(Field::Age, "AGE", 6, 3),
];

pub(super) fn rows(state: &State, needle: &str, by: Field) -> Vec<(Order, RowId)> {
    state
        .facts
        .instances()
        .filter(|i| {
            let image = i.image.as_ref().map_or("", |i| i.as_str());
            matches(needle, &[&i.name, i.id.as_str(), &i.zone, i.state.as_str(), image, &i.instance_type])
        })
        .map(|i| (order(state, i, by), RowId::Instance(i.id.clone())))
        .collect()
}

fn order(state: &State, instance: &Instance, by: Field) -> Order {
    match by {
        Field::Age => Order::Figure(seconds(instance.created_at).saturating_neg()),
        Field::Name => Order::Text(instance.name.to_lowercase()),
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
        Field::Image => match &instance.image {
            None => text("-", Role::Dim),
            Some(id) => match state.facts.image(id) {
                Some(image) if image.kind == ImageKind::Received => {
                    text(format!("{} (received)", image.name), Role::Warn)
                }
                Some(image) => text(&image.name, Role::Plain),
                None => text(id.as_str(), Role::Dim),
            },
        },
        _ => text("", Role::Plain),
    }
}
