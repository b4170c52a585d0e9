//! The item of a row: an image, a region or an instance.

use crate::{
    model::{Image, Instance, Region},
    tui::{
        app::{column::Field, state::State, table::RowId},
        screens::tabs::{
            images, instances, regions,
            value::{CellValue, order},
        },
    },
};

/// The item of a row.
#[derive(Debug, Clone, Copy)]
pub(crate) enum RowItem<'a> {
    Image(&'a Image),
    Region(&'a Region),
    Instance(&'a Instance),
}

impl<'a> RowItem<'a> {
    /// Returns the item of a row, or `None` if it is gone.
    pub fn find(state: &'a State, row: &'a RowId) -> Option<Self> {
        match row {
            RowId::Image(id) => state.shown_image(id).map(Self::Image),
            RowId::Region(region) => Some(Self::Region(region)),
            RowId::Instance(id) => state.shown_instance(id).map(Self::Instance),
        }
    }

    /// Returns the row of the item.
    fn row(self) -> RowId {
        match self {
            Self::Image(image) => RowId::Image(image.id.clone()),
            Self::Region(region) => RowId::Region(region.clone()),
            Self::Instance(instance) => RowId::Instance(instance.id.clone()),
        }
    }

    fn id(&self) -> &'a str {
        match self {
            Self::Image(image) => image.id.as_str(),
            Self::Region(region) => region.as_str(),
            Self::Instance(instance) => instance.id.as_str(),
        }
    }

    pub fn value(self, state: &'a State, field: Field) -> CellValue<'a> {
        match self {
            Self::Image(image) => images::value(state, image, field),
            Self::Region(region) => regions::value(state, region, field),
            Self::Instance(instance) => instances::value(state, instance, field),
        }
    }

    /// Returns the item's region.
    pub fn region(self) -> &'a Region {
        match self {
            Self::Image(image) => &image.region,
            Self::Region(region) => region,
            Self::Instance(instance) => &instance.region,
        }
    }

    /// Returns whether a text other than the name matches.
    pub fn any_text(self, state: &'a State, is: impl Fn(&str) -> bool) -> bool {
        match self {
            Self::Image(image) => images::found_by(state, image, is),
            Self::Region(region) => is(region.as_str()),
            Self::Instance(instance) => instances::found_by(state, instance, is),
        }
    }
}

/// Sorts rows by the value of a column. Equal values are sorted by ID, so that the order is stable.
pub(crate) fn sorted<'a>(
    state: &'a State,
    items: impl Iterator<Item = RowItem<'a>>,
    by: Field,
    descending: bool,
) -> Vec<RowId> {
    let mut keyed: Vec<(CellValue<'_>, RowItem<'_>)> =
        items.map(|item| (item.value(state, by).key(), item)).collect();
    keyed.sort_unstable_by(|a, b| order(&a.0, &b.0, descending).then_with(|| a.1.id().cmp(b.1.id())));
    keyed.into_iter().map(|(_, item)| item.row()).collect()
}
