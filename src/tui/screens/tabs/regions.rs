//! The tab Regions: own images and the quota, received images, instances, copies under way.

use std::collections::BTreeSet;

use crate::{
    facts::Load,
    messages::{Lang, m, tr},
    model::{Catalog, CopyGroup, Region},
    tui::{
        app::{
            column::{CellText, Column, Field, TermKind, Terms, column, figures, fill_role, text},
            state::{LoadState, State},
        },
        screens::tabs::{copying, value::CellValue},
        widgets::theme::Role,
    },
};

pub(crate) const COLUMNS: &[Column] = &[
    column(Field::Name, m::column_name, 42, 0),
    column(Field::Code, m::column_region, 16, 0),
    figures(Field::Own, m::regions_own, 10, 0),
    column(Field::Quota, m::regions_quota, 10, 5),
    figures(Field::Received, m::regions_received, 8, 2),
    figures(Field::Instances, m::regions_instances, 9, 3),
    figures(Field::Copying, m::regions_copying, 7, 1),
    column(Field::Group, m::regions_copies_within, 15, 4),
];

/// Returns the regions of the cloud, or those of the catalogue until they are read, and the regions in view.
pub fn all(state: &State) -> BTreeSet<Region> {
    let mut all = state.facts.known_regions.clone();
    if all.is_empty() {
        all.extend(Catalog::get().iter().filter(|r| r.open).map(|r| r.region.clone()));
    }
    all.extend(state.view.iter().cloned());
    all
}

pub(crate) const TERMS: Terms = &[
    ("name", TermKind::Text(Field::Name)),
    ("region", TermKind::Region),
    ("id", TermKind::Text(Field::Code)),
    ("own", TermKind::Figure(Field::Own)),
    ("received", TermKind::Figure(Field::Received)),
    ("instances", TermKind::Figure(Field::Instances)),
    ("copying", TermKind::Figure(Field::Copying)),
    ("group", TermKind::Text(Field::Group)),
];

pub(crate) fn value<'a>(state: &'a State, region: &'a Region, field: Field) -> CellValue<'a> {
    let known = state.facts.images_known(region).ok();
    match field {
        Field::Name => match Catalog::get().region(region) {
            Some(info) => CellValue::text(info.name_in(state.lang.as_str())),
            None => CellValue::text(region.as_str()),
        },
        Field::Code => CellValue::text(region.as_str()),
        Field::Own => known.map_or(CellValue::Unknown, |f| CellValue::figure(f.own)),
        Field::Received => known.map_or(CellValue::Unknown, |f| CellValue::figure(f.received)),
        Field::Instances => {
            let asked = state.facts.regions.get(region).is_some_and(|f| f.instances_at.is_some());
            match instances(state, region) {
                0 if !asked => CellValue::Unknown,
                n => CellValue::figure(n),
            }
        }
        Field::Copying => CellValue::figure(copying::all(state).iter().filter(|u| u.to == *region).count()),
        // In thousandths of the quota, so that regions with different quotas can be compared.
        Field::Quota => fullness(state, region).map_or(CellValue::Unknown, |(own, quota, _)| {
            CellValue::figure((u64::from(own) * 1000).checked_div(u64::from(quota)).unwrap_or(u64::MAX))
        }),
        Field::Group => CellValue::text(group(region, state.lang)),
        _ => CellValue::Unknown,
    }
}

/// Returns the name of a region.
pub fn name(region: &Region, lang: Lang) -> String {
    let info = Catalog::get().region(region);
    info.map_or_else(|| region.to_string(), |r| r.name_in(lang.as_str()).to_owned())
}

/// Returns the place of a region.
pub fn place(region: &Region, lang: Lang) -> &str {
    let info = Catalog::get().region(region);
    info.map_or(region.as_str(), |r| r.place_in(lang.as_str()))
}

fn instances(state: &State, region: &Region) -> usize {
    state.facts.regions.get(region).map_or(0, |known| known.instances as usize)
}

/// Returns the copy group as a phrase.
pub fn group(region: &Region, lang: Lang) -> &'static str {
    match Catalog::get().region(region) {
        None => lang.text(m::word_unknown),
        Some(info) if !info.receives_copies => lang.text(m::regions_takes_no_copies),
        Some(info) => match info.group {
            CopyGroup::Mainland => lang.text(m::word_mainland),
            CopyGroup::Overseas => lang.text(m::word_overseas),
            CopyGroup::Finance => lang.text(m::word_finance),
        },
    }
}

/// Returns the number of own images, the quota and the role: full, nearly full, or neither. Returns `None` if the
/// images were not counted.
pub fn fullness(state: &State, region: &Region) -> Option<(u32, u32, Role)> {
    let own = state.facts.images_known(region).ok()?.own;
    let quota = state.facts.image_quota(region);
    Some((own, quota, fill_role(own.into(), quota.into())))
}

pub(crate) fn cell<'a>(state: &'a State, region: &'a Region, field: Field) -> CellText<'a> {
    let shown = cell_text(state, region, field);
    // Regions outside the view are dimmed, and are not refreshed.
    let role = if state.in_view(region) { shown.role } else { Role::Dim };
    CellText { role, ..shown }
}

fn cell_text<'a>(state: &'a State, region: &'a Region, field: Field) -> CellText<'a> {
    let lang = state.lang;
    let known = state.facts.images_known(region).ok();
    let count = |n: usize, known: bool| match (n, known) {
        (0, false) => text("", Role::Dim),
        (0, true) => text("-", Role::Dim),
        (n, _) => text(n.to_string(), Role::Plain),
    };
    match field {
        Field::Name => text(name(region, state.lang), Role::Plain),
        Field::Code => text(region.as_str(), Role::Dim),
        Field::Own => match (fullness(state, region), state.loads.get(&Load::Images(region.clone()))) {
            (None, Some(LoadState::Failed(_, error))) if error.is_partial() => {
                text(lang.text(m::common_not_whole), Role::Bad)
            }
            (None, Some(LoadState::Failed(..))) => text(lang.text(m::common_no_answer), Role::Bad),
            // The last known figures are shown. The pane shows the error.
            (Some((own, quota, _)), Some(LoadState::Failed(..))) => {
                text(tr!(lang, regions_of, own, quota), Role::Dim)
            }
            (Some((0, quota, Role::Plain)), _) => text(tr!(lang, regions_of_b, quota), Role::Dim),
            (Some((own, quota, role)), _) => text(tr!(lang, regions_of_c, own, quota), role),
            (None, Some(LoadState::Loading(_))) => text(lang.text(m::common_asking), Role::Warn),
            (None, _) => text(lang.text(m::regions_not_asked), Role::Dim),
        },
        Field::Quota => match fullness(state, region) {
            None => text("", Role::Dim),
            Some((own, quota, role)) => text(bar(own, quota, state.looks.ascii), role),
        },
        Field::Received => count(known.map_or(0, |f| f.received as usize), known.is_some()),
        Field::Instances => {
            let asked = state.facts.regions.get(region).is_some_and(|f| f.instances_at.is_some());
            count(instances(state, region), asked)
        }
        Field::Copying => match copying::all(state).iter().filter(|u| u.to == *region).count() {
            0 => count(0, known.is_some()),
            n => text(n.to_string(), Role::Warn),
        },
        Field::Group => text(group(region, state.lang), Role::Dim),
        _ => text("", Role::Plain),
    }
}

/// Returns a bar of ten columns. One column is filled if there is at least one image.
fn bar(own: u32, quota: u32, ascii: bool) -> String {
    let (full, empty) = if ascii { ("#", ".") } else { ("█", "░") };
    let part = (u64::from(own) * 10).checked_div(u64::from(quota)).unwrap_or(10);
    let filled = usize::try_from(part).unwrap_or(10).clamp(usize::from(own > 0), 10);
    full.repeat(filled) + &empty.repeat(10 - filled)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_has_ten_columns_and_shows_the_first_and_the_last_image() {
        for (own, quota, wanted) in [
            (0, 10, ".........."),
            (1, 500, "#........."),
            (7, 10, "#######..."),
            (499, 500, "#########."),
            (500, 500, "##########"),
            (12, 10, "##########"),
            (0, 0, "##########"),
        ] {
            assert_eq!(bar(own, quota, true), wanted, "{own} of {quota}");
        }
    }
}
