//! The tabs My Images and Shared With Me.

use crate::{
    messages::{m, tr},
    model::{Catalog, Image, ImageKind, ImageState},
    tui::{
        app::{
            column::{CellText, Column, Field, TermKind, Terms, age, column, figures, fill_role, text},
            family,
            jobs::percent,
            state::State,
            table::Tab,
        },
        screens::tabs::value::CellValue,
        widgets::theme::Role,
    },
};

pub(crate) const OWN: &[Column] = &[
    column(Field::Name, m::column_name, 44, 0),
    column(Field::Id, m::column_id, 13, 4),
    column(Field::Region, m::column_region, 16, 1),
    column(Field::State, m::column_state, 14, 0),
    figures(Field::Size, m::images_size, 8, 5),
    column(Field::Shared, m::images_shared, 9, 2),
    column(Field::Copies, m::images_copies, 12, 6),
    figures(Field::Age, m::column_age, 6, 3),
];

pub(crate) const RECEIVED: &[Column] = &[
    column(Field::Name, m::column_name, 44, 0),
    column(Field::Id, m::column_id, 13, 4),
    column(Field::Region, m::column_region, 16, 1),
    column(Field::Owner, m::images_owner, 18, 0),
    column(Field::State, m::column_state, 14, 2),
    column(Field::Os, m::images_system, 22, 6),
    figures(Field::Size, m::images_size, 8, 5),
    figures(Field::Age, m::column_age, 6, 3),
];

pub(crate) const OWN_TERMS: Terms = &[
    ("name", TermKind::Text(Field::Name)),
    ("id", TermKind::Text(Field::Id)),
    ("region", TermKind::Region),
    ("state", TermKind::Text(Field::State)),
    ("shared", TermKind::Figure(Field::Shared)),
    ("to", TermKind::Receiver),
    ("copies", TermKind::Figure(Field::Copies)),
    ("family", TermKind::Family),
    ("os", TermKind::Text(Field::Os)),
    ("arch", TermKind::Text(Field::Arch)),
    ("size", TermKind::Figure(Field::Size)),
    ("age", TermKind::Time(Field::Age)),
    ("owner", TermKind::Text(Field::Owner)),
];

pub(crate) const RECEIVED_TERMS: Terms = &[
    ("name", TermKind::Text(Field::Name)),
    ("id", TermKind::Text(Field::Id)),
    ("region", TermKind::Region),
    ("owner", TermKind::Text(Field::Owner)),
    ("state", TermKind::Text(Field::State)),
    ("os", TermKind::Text(Field::Os)),
    ("arch", TermKind::Text(Field::Arch)),
    ("size", TermKind::Figure(Field::Size)),
    ("age", TermKind::Time(Field::Age)),
    ("note", TermKind::Text(Field::Note)),
];

/// Returns the images of the regions in view. The facts may contain others, because jobs and plans read the
/// destinations of copies.
pub(crate) fn all(state: &State, kind: ImageKind) -> impl Iterator<Item = &Image> {
    let images = state.facts.images().chain(state.cached_images()).filter(move |i| i.kind == kind);
    let outside = state.out_of_view();
    let images = images.filter(move |i| outside.is_empty() || !outside.contains(&i.region));
    images.filter(|i| state.show_hidden || !state.notes.hidden.contains(&i.id))
}

/// Returns whether a text other than the name matches.
pub(crate) fn found_by(state: &State, image: &Image, is: impl Fn(&str) -> bool) -> bool {
    let texts =
        [image.id.as_str(), image.region.as_str(), image.state.as_str(), &image.os, &image.description];
    texts.into_iter().any(&is) || state.notes.notes.get(&image.id).is_some_and(|note| is(note))
}

pub(crate) fn value<'a>(state: &'a State, image: &'a Image, field: Field) -> CellValue<'a> {
    match field {
        Field::Name => CellValue::text(&image.name),
        Field::Id => CellValue::text(image.id.as_str()),
        Field::Region => CellValue::text(image.region.as_str()),
        Field::State => CellValue::text(image.state.as_str()),
        Field::Os => CellValue::text(&image.os),
        Field::Arch => CellValue::text(&image.arch),
        Field::Size => CellValue::figure(image.size_gib),
        Field::Age => match image.created_at {
            Some(at) => CellValue::figure(state.now.as_second() - at.as_second()),
            None => CellValue::Unknown,
        },
        Field::Owner => owner(state, image).map_or(CellValue::Unknown, CellValue::text),
        Field::Note => state.notes.notes.get(&image.id).map_or(CellValue::Unknown, CellValue::text),
        Field::Shared => {
            state.facts.shares(&image.id).map_or(CellValue::Unknown, |all| CellValue::figure(all.len()))
        }
        Field::Copies => CellValue::figure(copies(state, image).len()),
        _ => CellValue::Unknown,
    }
}

/// Returns the short names of the regions that have a copy, or an image that looks like one.
fn copies(state: &State, image: &Image) -> Vec<&'static str> {
    let catalog = Catalog::get();
    let others = family::members(state, image).into_iter().filter(|i| i.id != image.id).map(|i| &i.region);
    let regions = others.chain(family::unread_regions(state, image));
    let mut all: Vec<_> = regions.filter_map(|r| catalog.region(r)).map(|r| r.short.as_str()).collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// Returns the name of a received image's owner.
pub fn owner(state: &State, image: &Image) -> Option<String> {
    image.owner().map(|uin| state.facts.account_name(&uin))
}

pub(crate) fn cell<'a>(state: &'a State, image: &'a Image, field: Field) -> CellText<'a> {
    let lang = state.lang;
    match field {
        Field::Name if state.notes.hidden.contains(&image.id) => text(&image.name, Role::Dim),
        Field::Name => text(&image.name, Role::Plain),
        Field::Id => text(image.id.as_str(), Role::Dim),
        Field::Region => match (state.tables[Tab::Images as usize].families, copies(state, image)) {
            (true, all) if !all.is_empty() => {
                text(format!("{} · {}", Catalog::get().short(&image.region), all.join(", ")), Role::Plain)
            }
            _ => text(image.region.as_str(), Role::Plain),
        },
        Field::State => state_cell(state, image),
        Field::Size => text(format!("{} GiB", image.size_gib), Role::Plain),
        Field::Os => text(&image.os, Role::Dim),
        Field::Age => text(age(state.lang, state.now, image.created_at), Role::Plain),
        Field::Owner => match owner(state, image) {
            Some(name) => text(name, Role::Plain),
            None => text(lang.text(m::word_unknown), Role::Dim),
        },
        Field::Shared => match state.facts.shares(&image.id) {
            None => {
                match state.row_cache.shares(&image.id).filter(|_| state.row_cache.image(&image.id).is_some())
                {
                    None => text("…", Role::Dim),
                    Some(0) => text("-", Role::Dim),
                    Some(n) => text(
                        tr!(lang, images_of, n, share_accounts = state.facts.standing.limits.share_accounts),
                        Role::Dim,
                    ),
                }
            }
            Some([]) => text("-", Role::Dim),
            Some(shares) => {
                let limit = state.facts.standing.limits.share_accounts;
                text(
                    tr!(lang, images_share_count, n = shares.len(), limit),
                    fill_role(shares.len() as u64, limit.into()),
                )
            }
        },
        Field::Copies => {
            let all = copies(state, image);
            if all.is_empty() { text("-", Role::Dim) } else { text(all.join(", "), Role::Plain) }
        }
        _ => text("", Role::Plain),
    }
}

/// Returns the cell of the state: the progress if it is changing, or the job that works on the image.
fn state_cell<'a>(state: &State, image: &'a Image) -> CellText<'a> {
    let role = match image.state {
        ImageState::Normal => Role::Good,
        ImageState::CreateFailed | ImageState::ImportFailed => Role::Bad,
        _ => Role::Warn,
    };
    match image.sync_percent {
        Some(percent) if image.state.is_transitional() => {
            text(format!("{} {percent:>3} %", image.state), role)
        }
        _ => match state.facts.busy.get(&image.id).and_then(|job| state.jobs.get(job)) {
            Some(job) if !job.is_over() => {
                let mark = if state.looks.ascii { '>' } else { '▸' };
                text(format!("{} {mark}{:>3} %", image.state, percent(job)), Role::Accent)
            }
            _ => text(image.state.as_str(), role),
        },
    }
}
