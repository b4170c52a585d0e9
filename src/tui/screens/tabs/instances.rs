//! The tab Instances.

use std::net::IpAddr;

use crate::{
    facts::Load,
    messages::m,
    model::{Image, ImageId, ImageKind, Instance, InstanceState},
    tui::{
        app::{
            column::{CellText, Column, Field, TermKind, Terms, age, column, figures, text},
            state::{LoadState, State},
        },
        screens::tabs::value::CellValue,
        widgets::theme::Role,
    },
};

pub(crate) const COLUMNS: &[Column] = &[
    column(Field::Name, m::column_name, 30, 0),
    column(Field::Id, m::column_id, 13, 5),
    column(Field::Region, m::instances_zone, 15, 3),
    column(Field::State, m::column_state, 10, 0),
    column(Field::Image, m::instances_image, 20, 0),
    column(Field::From, m::instances_from, 14, 1),
    figures(Field::Made, m::instances_made, 4, 2),
    column(Field::Type, m::instances_type, 13, 6),
    column(Field::Address, m::instances_address, 15, 7),
    figures(Field::Age, m::column_age, 6, 4),
];

/// What is known about the image that an instance runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InstanceImage<'a> {
    /// The API did not return the image.
    Unsaid,
    /// The image is visible.
    Seen(&'a Image),
    /// The image was read and is no longer visible: it was deleted, or its share was cancelled. Contains the image if
    /// it was seen before.
    Gone(&'a ImageId, Option<&'a Image>),
    /// The image was not read yet.
    Unknown(&'a ImageId),
}

/// Returns what is known about the image that an instance runs.
pub fn image_of<'a>(state: &'a State, instance: &'a Instance) -> InstanceImage<'a> {
    let Some(id) = &instance.image else { return InstanceImage::Unsaid };
    if let Some(image) = state.facts.image(id) {
        return InstanceImage::Seen(image);
    }
    let was = state.facts.gone_image(id);
    let asked = state.loads.get(&Load::Image(instance.region.clone(), id.clone()));
    if matches!(asked, Some(LoadState::Ready(_))) || was.is_some() {
        return InstanceImage::Gone(id, was);
    }
    InstanceImage::Unknown(id)
}

pub(crate) const TERMS: Terms = &[
    ("name", TermKind::Text(Field::Name)),
    ("id", TermKind::Text(Field::Id)),
    ("region", TermKind::Region),
    ("state", TermKind::Text(Field::State)),
    ("image", TermKind::Text(Field::Image)),
    ("from", TermKind::Text(Field::From)),
    ("owner", TermKind::Text(Field::From)),
    ("made", TermKind::Figure(Field::Made)),
    ("os", TermKind::Text(Field::Os)),
    ("type", TermKind::Text(Field::Type)),
    ("ip", TermKind::Text(Field::Addresses)),
    ("age", TermKind::Time(Field::Age)),
];

/// Returns the instances of the regions in view.
pub(crate) fn all(state: &State) -> impl Iterator<Item = &Instance> {
    let outside = state.out_of_view();
    let all = state.facts.instances().chain(state.cached_instances());
    all.filter(move |i| outside.is_empty() || !outside.contains(&i.region))
}

/// Returns whether a text other than the name matches.
pub(crate) fn found_by(state: &State, instance: &Instance, is: impl Fn(&str) -> bool) -> bool {
    let id = instance.image.as_ref().map_or("", |i| i.as_str());
    let texts = [instance.id.as_str(), &instance.zone, instance.state.as_str(), &instance.instance_type, id];
    let image = instance.image.as_ref().and_then(|i| state.facts.image(i));
    texts.into_iter().any(&is)
        || addresses(instance).any(|a| is(a))
        || image.is_some_and(|i| is(&i.name) || is(&origin_cell(state, i).text))
}

fn addresses(instance: &Instance) -> impl Iterator<Item = &String> {
    instance.public_ips.iter().chain(&instance.private_ips)
}

pub(crate) fn value<'a>(state: &'a State, instance: &'a Instance, field: Field) -> CellValue<'a> {
    match field {
        Field::Name => CellValue::text(&instance.name),
        Field::Id => CellValue::text(instance.id.as_str()),
        Field::Region => CellValue::text(&instance.zone),
        Field::State => CellValue::text(instance.state.as_str()),
        Field::Type => CellValue::text(&instance.instance_type),
        Field::Os => CellValue::text(&instance.os),
        // Addresses are sorted as numbers: .9 before .10.
        Field::Address => match addresses(instance).next().map(|a| a.parse::<IpAddr>()) {
            Some(Ok(IpAddr::V4(v4))) => CellValue::figure(v4.to_bits()),
            Some(Ok(IpAddr::V6(v6))) => CellValue::figure(v6.to_bits() >> 1),
            _ => CellValue::Unknown,
        },
        Field::Addresses => CellValue::text(addresses(instance).cloned().collect::<Vec<_>>().join(" ")),
        Field::Age => match instance.created_at {
            Some(at) => CellValue::figure(state.now.as_second() - at.as_second()),
            None => CellValue::Unknown,
        },
        // By the name and, for the filter, the ID.
        Field::Image => match image_of(state, instance) {
            InstanceImage::Unsaid => CellValue::Unknown,
            InstanceImage::Seen(image) | InstanceImage::Gone(_, Some(image)) => {
                CellValue::text(format!("{} {}", image.name, image.id))
            }
            InstanceImage::Gone(id, None) | InstanceImage::Unknown(id) => CellValue::text(id.as_str()),
        },
        Field::From => match image_of(state, instance) {
            InstanceImage::Unsaid | InstanceImage::Unknown(_) => CellValue::Unknown,
            _ => CellValue::Text(cell(state, instance, Field::From).text),
        },
        Field::Made => CellValue::figure(state.facts.made_from(&instance.id).len()),
        _ => CellValue::Unknown,
    }
}

pub(crate) fn cell<'a>(state: &'a State, instance: &'a Instance, field: Field) -> CellText<'a> {
    let lang = state.lang;
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
        Field::Age => text(age(state.lang, state.now, instance.created_at), Role::Plain),
        Field::Image => match image_of(state, instance) {
            InstanceImage::Unsaid => text("-", Role::Dim),
            InstanceImage::Seen(image) => text(&image.name, Role::Plain),
            InstanceImage::Gone(id, None) | InstanceImage::Unknown(id) => text(id.as_str(), Role::Dim),
            InstanceImage::Gone(_, Some(was)) => text(&was.name, Role::Dim),
        },
        Field::From => match image_of(state, instance) {
            InstanceImage::Unsaid => text("-", Role::Dim),
            InstanceImage::Seen(image) => origin_cell(state, image),
            InstanceImage::Gone(..) => text(lang.text(m::instances_not_visible), Role::Warn),
            InstanceImage::Unknown(_) => text("…", Role::Dim),
        },
        Field::Made => match state.facts.made_from(&instance.id).len() {
            0 => text("-", Role::Dim),
            n => text(n.to_string(), Role::Plain),
        },
        _ => text("", Role::Plain),
    }
}

/// Returns the origin of an image in one word. An owner's name means that it was received.
fn origin_cell<'a>(state: &'a State, image: &Image) -> CellText<'a> {
    let lang = state.lang;
    match image.kind {
        ImageKind::Own => text(lang.text(m::common_own), Role::Dim),
        ImageKind::Public => text(lang.text(m::instances_public), Role::Dim),
        ImageKind::Received => {
            let trusted = image.owner().is_some_and(|o| state.facts.standing.trusted.contains(&o));
            let name = crate::tui::screens::tabs::images::owner(state, image)
                .unwrap_or_else(|| lang.text(m::word_unknown).into());
            text(name, if trusted { Role::Plain } else { Role::Warn })
        }
    }
}
