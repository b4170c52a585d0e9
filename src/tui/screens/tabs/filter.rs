//! Applies the filter to rows.

use crate::{
    model::Catalog,
    tui::{
        app::{
            column::Field,
            family,
            query::{Query, Test},
            state::State,
        },
        screens::tabs::{item::RowItem, value::CellValue},
        widgets::fuzzy::Word,
    },
};

impl Query {
    /// Returns whether a row matches the filter, or `None` if that is not known yet.
    pub fn admits(&self, state: &State, item: RowItem<'_>) -> Option<bool> {
        if self.error.is_some() {
            return Some(false);
        }
        let mut known = true;
        for term in &self.terms {
            match term.test.matches(state, item).map(|meets| meets != term.not) {
                Some(true) => {}
                Some(false) => return Some(false),
                None => known = false,
            }
        }
        known.then_some(true)
    }
}

impl Test {
    /// Returns `None` if it is not known yet.
    fn matches(&self, state: &State, item: RowItem<'_>) -> Option<bool> {
        match self {
            Self::Anywhere(word) => {
                let CellValue::Text(name) = item.value(state, Field::Name) else { return Some(false) };
                Some(word.matches(&name) || item.any_text(state, |text| word.is_in(text)))
            }
            Self::Text(field, word) => match item.value(state, *field) {
                CellValue::Text(text) => Some(word.is_in(&text)),
                _ => Some(false),
            },
            Self::Figure(field, comparison, wanted) => match item.value(state, *field) {
                CellValue::Figure(figure) => Some(comparison.orderings.contains(&figure.cmp(wanted))),
                // Share lists are read only for visible rows; until then the result is unknown.
                _ if *field == Field::Shared => None,
                _ => Some(false),
            },
            Self::Region(word) => Some(in_region(item, word)),
            Self::Receiver(word) => {
                let RowItem::Image(image) = item else { return Some(false) };
                let shares = state.facts.shares(&image.id)?;
                Some(shares.iter().any(|share| {
                    let name = state.facts.accounts.get(&share.account);
                    word.is_in(share.account.as_str()) || name.is_some_and(|name| word.is_in(name))
                }))
            }
            Self::Family(id) => {
                let RowItem::Image(image) = item else { return Some(false) };
                Some(
                    image.id == *id
                        || state.facts.image(id).is_some_and(|of| family::is_same_family(state, image, of)),
                )
            }
        }
    }
}

/// Returns whether the item is in a region. A short name means one region; any other word is a part of the code, the
/// zone or the place.
fn in_region(item: RowItem<'_>, word: &Word) -> bool {
    let (catalog, region) = (Catalog::get(), item.region());
    if let Some(short) = catalog.iter().find(|info| info.short == word.as_str()) {
        return short.region == *region;
    }
    let zone = matches!(item, RowItem::Instance(instance) if word.is_in(&instance.zone));
    let info = catalog.region(region);
    zone || word.is_in(region.as_str())
        || info.is_some_and(|info| word.is_in(info.place()) || word.is_in(info.place_in("zh")))
}
