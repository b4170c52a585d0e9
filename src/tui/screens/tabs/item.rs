//! A row's item: an image, a region or an instance, whatever the tab.

use crate::{
    model::{Image, Instance, Region},
    tui::{
        app::{column::Field, state::State, table::RowId},
        screens::tabs::{
            images, instances, regions,
            value::{Value, order},
        },
    },
};

/// What a row stands for.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Item<'a> {
    Image(&'a Image),
    Region(&'a Region),
    Instance(&'a Instance),
}

impl<'a> Item<'a> {
    /// Nothing where it is gone.
    pub fn of(state: &'a State, row: &'a RowId) -> Option<Self> {
        match row {
            RowId::Image(id) => state.shown_image(id).map(Self::Image),
            RowId::Region(region) => Some(Self::Region(region)),
            RowId::Instance(id) => state.shown_instance(id).map(Self::Instance),
        }
    }

    /// The row that stands for it.
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

    pub fn value(self, state: &'a State, field: Field) -> Value<'a> {
        match self {
            Self::Image(image) => images::value(state, image, field),
            Self::Region(region) => regions::value(state, region, field),
            Self::Instance(instance) => instances::value(state, instance, field),
        }
    }

    /// Where it is.
    pub fn region(self) -> &'a Region {
        match self {
            Self::Image(image) => &image.region,
            Self::Region(region) => region,
            Self::Instance(instance) => &instance.region,
        }
    }

    /// Whether a text that it is found by, other than its name, is of that kind.
    pub fn any(self, state: &'a State, is: impl Fn(&str) -> bool) -> bool {
        match self {
            Self::Image(image) => images::found_by(state, image, is),
            Self::Region(region) => is(region.as_str()),
            Self::Instance(instance) => instances::found_by(state, instance, is),
        }
    }
}

/// Sorts rows by what a column is worth. The id settles what is equal, so that rows keep their places.
pub(crate) fn sorted<'a>(
    state: &'a State,
    items: impl Iterator<Item = Item<'a>>,
    by: Field,
    descending: bool,
) -> Vec<RowId> {
    let mut keyed: Vec<(Value<'_>, Item<'_>)> =
        items.map(|item| (item.value(state, by).key(), item)).collect();
    keyed.sort_unstable_by(|a, b| order(&a.0, &b.0, descending).then_with(|| a.1.id().cmp(b.1.id())));
    keyed.into_iter().map(|(_, item)| item.row()).collect()
}
