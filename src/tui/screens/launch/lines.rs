//! The form for whoever asks its questions one by one: a whole answer is put into a field, and what the form says of it
//! is read.

use crate::{
    model::{ImageId, Region},
    tui::{
        app::{effect::Effect, state::State},
        screens::launch::{At, Focus, Launch, place::Way},
        widgets::{field::Field, theme::Role},
    },
};

impl Launch {
    /// The field that is asked for.
    pub(crate) fn asked(&self) -> Focus {
        self.focus
    }

    /// Asks for a field next.
    pub(crate) fn ask(&mut self, focus: Focus) {
        self.focus = focus;
    }

    /// The image that is launched; a copy of the wanted one where that is in the region.
    pub(crate) fn image(&self) -> &ImageId {
        &self.image
    }

    /// Where it is launched.
    pub(crate) fn region(&self) -> &Region {
        &self.region
    }

    /// How an instance can be launched in a region, where that is known.
    pub(crate) fn way_to(&self, region: &Region, state: &State) -> Option<Way> {
        self.ways(state).into_iter().find_map(|(r, way)| (r == *region).then_some(way))
    }

    /// Takes a region as Enter on it does, but for one that needs a copy first: that is the caller's to make.
    pub(crate) fn put_region(&mut self, region: &Region, state: &mut State, effects: &mut Vec<Effect>) {
        let mut ways = self.ways(state).into_iter().enumerate();
        let Some((at, way)) = ways.find_map(|(n, (r, way))| (r == *region).then_some((n, way))) else {
            return;
        };
        self.said.clear();
        self.region_cursor = at;
        if way != Way::CopyFirst {
            // It returns `Step::Stay`: only a copy opens another screen.
            self.take_region(state, effects);
        }
    }

    /// Takes a zone.
    pub(crate) fn put_zone(&mut self, zone: &str) {
        self.zone = Some(zone.to_owned());
        self.focus = Focus::Type;
    }

    /// Narrows the types down to those that these words fit.
    pub(crate) fn put_filter(&mut self, words: &str) {
        self.filter = Field::with(words);
    }

    /// Takes a type.
    pub(crate) fn put_type(&mut self, kind: &str) {
        self.kind = Some(kind.to_owned());
        self.focus = Focus::Name;
    }

    /// Takes a name; an empty one leaves it to the cloud.
    pub(crate) fn put_name(&mut self, name: &str) {
        self.name = Field::with(name);
        self.focus = Focus::Network;
    }

    /// Takes a network; the default one where it is empty. [`Self::go_on`] says what is wrong with it.
    pub(crate) fn put_network(&mut self, text: &str) {
        self.network = Field::with(text);
    }

    /// All is chosen, and the rules have nothing against it.
    pub(crate) fn is_ready(&self) -> bool {
        self.at == At::Risk
    }

    /// What went wrong, each with its weight.
    pub(crate) fn said(&self) -> &[(String, Role)] {
        &self.said
    }

    /// The answer to the call was lost; the next one carries the same token.
    pub(crate) fn is_unsure(&self) -> bool {
        self.unsure
    }
}
