//! The four tabs: their columns and cells, how rows are sorted and filtered, and how table and pane are drawn.

pub mod copying;
pub(crate) mod derive;
pub(crate) mod filter;
pub(crate) mod images;
pub(crate) mod instance_pane;
pub(crate) mod instances;
pub(crate) mod item;
pub(crate) mod map;
pub(crate) mod pane;
pub(crate) mod region_pane;
pub(crate) mod regions;
pub(crate) mod table;
pub(crate) mod value;

use crate::{
    model::{Image, ImageKind},
    tui::{
        app::{
            column::{CellText, Column, Field, Terms, text},
            query,
            state::State,
            table::{RowId, Tab},
        },
        widgets::theme::Role,
    },
};

impl Tab {
    /// Returns the columns, first to last.
    pub fn columns(self) -> &'static [Column] {
        match self {
            Self::Images => images::OWN,
            Self::Shared => images::RECEIVED,
            Self::Regions => regions::COLUMNS,
            Self::Instances => instances::COLUMNS,
        }
    }

    /// Returns the number of unfiltered rows of the regions in view.
    pub fn count(self, state: &State) -> usize {
        let sum = |of: fn(&crate::rules::RegionFacts) -> u32| -> usize {
            let regions = state.facts.regions.iter().filter(|(region, _)| state.in_view(region));
            regions.map(|(_, known)| of(known) as usize).sum()
        };
        // Cached rows count until they are read again.
        let past = |kind| {
            let shown = |i: &&Image| state.show_hidden || !state.notes.hidden.contains(&i.id);
            state.cached_images().filter(|i| i.kind == kind).filter(shown).count()
        };
        match self {
            Self::Images => sum(|r| r.own) + past(ImageKind::Own),
            Self::Shared if state.show_hidden => sum(|r| r.received) + past(ImageKind::Received),
            Self::Shared => {
                let known = state.notes.hidden.iter().filter_map(|id| state.facts.image(id));
                let hidden = known.filter(|image| state.in_view(&image.region));
                sum(|r| r.received).saturating_sub(hidden.count()) + past(ImageKind::Received)
            }
            Self::Regions => regions::all(state).len(),
            Self::Instances => sum(|r| r.instances) + state.cached_instances().count(),
        }
    }

    fn terms(self) -> Terms {
        match self {
            Self::Images => images::OWN_TERMS,
            Self::Shared => images::RECEIVED_TERMS,
            Self::Regions => regions::TERMS,
            Self::Instances => instances::TERMS,
        }
    }

    /// Returns the list of the filter's terms, as they are typed.
    pub fn terms_text(self) -> String {
        query::terms_text(self.terms())
    }
}

/// Returns the cell of a row.
pub fn cell<'a>(state: &'a State, row: &'a RowId, field: Field) -> CellText<'a> {
    let cell = match row {
        RowId::Image(id) => state.shown_image(id).map(|image| images::cell(state, image, field)),
        RowId::Region(region) => Some(regions::cell(state, region, field)),
        RowId::Instance(id) => {
            state.shown_instance(id).map(|instance| instances::cell(state, instance, field))
        }
    };
    let shown = cell.unwrap_or_else(|| text("", Role::Plain));
    // Cached rows are dimmed.
    if state.is_cached(row) { CellText { role: Role::Dim, ..shown } } else { shown }
}
