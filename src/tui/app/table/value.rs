//! What a cell is worth: rows are sorted by it, and the filter's terms ask for it.

use std::{borrow::Cow, cmp::Ordering};

use crate::{
    model::{Image, Instance, Region},
    tui::app::{
        state::{RowId, State},
        table::{Field, images, instances, regions},
    },
};

/// A cell's true value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Value<'a> {
    /// A figure: a count, GiB, seconds.
    Figure(i128),
    /// A text.
    Text(Cow<'a, str>),
    /// Not known, or there is none. It stands last whichever way the rows are sorted.
    Unknown,
}

impl<'a> Value<'a> {
    pub fn text(text: impl Into<Cow<'a, str>>) -> Self {
        Self::Text(text.into())
    }

    pub fn figure(figure: impl TryInto<i128>) -> Self {
        figure.try_into().map_or(Self::Unknown, Self::Figure)
    }

    /// As it is compared: capitals do not count.
    fn key(self) -> Self {
        match self {
            Self::Text(text) if text.bytes().any(|b| b.is_ascii_uppercase() || !b.is_ascii()) => {
                Self::Text(text.to_lowercase().into())
            }
            other => other,
        }
    }
}

fn order(a: &Value<'_>, b: &Value<'_>, descending: bool) -> Ordering {
    let rank = |v: &Value<'_>| match v {
        Value::Figure(_) => 0,
        Value::Text(_) => 1,
        Value::Unknown => 2,
    };
    let known = match (a, b) {
        (Value::Figure(a), Value::Figure(b)) => a.cmp(b),
        (Value::Text(a), Value::Text(b)) => a.cmp(b),
        _ => return rank(a).cmp(&rank(b)),
    };
    if descending { known.reverse() } else { known }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_known_stands_last_both_ways_and_figures_are_no_texts() {
        let all = [
            Value::figure(9u32),
            Value::figure(10u32),
            Value::text("alpha"),
            Value::text("Beta").key(),
            Value::Unknown,
        ];
        for (descending, wanted) in [(false, [0, 1, 2, 3, 4]), (true, [1, 0, 3, 2, 4])] {
            let mut places: Vec<usize> = vec![4, 2, 0, 3, 1];
            places.sort_by(|a, b| order(&all[*a], &all[*b], descending));
            assert_eq!(places, wanted, "{descending}");
        }
    }
}
