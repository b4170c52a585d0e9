//! The form for the line mode, which asks its questions one by one: whole answers go in, and what the form says of them
//! is read.

use crate::{
    model::{ImageId, Region},
    tui::{
        app::{effect::Effect, request::LaunchAnswer, state::State},
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

    /// Takes an answer.
    pub(crate) fn answer(&mut self, answer: LaunchAnswer, state: &mut State, effects: &mut Vec<Effect>) {
        match answer {
            LaunchAnswer::Region(region) => self.put_region(&region, state, effects),
            LaunchAnswer::Zone(zone) => (self.zone, self.focus) = (Some(zone), Focus::Type),
            LaunchAnswer::Filter(words) => self.filter = Field::with(&words),
            LaunchAnswer::Type(kind) => (self.kind, self.focus) = (Some(kind), Focus::Name),
            LaunchAnswer::Name(name) => (self.name, self.focus) = (Field::with(&name), Focus::Network),
            LaunchAnswer::Network(text) => self.network = Field::with(&text),
            LaunchAnswer::Review => self.go_on(state, effects),
            LaunchAnswer::Send => self.send(state, effects),
        }
    }

    fn put_region(&mut self, region: &Region, state: &mut State, effects: &mut Vec<Effect>) {
        let mut ways = self.ways(state).into_iter().enumerate();
        let Some((at, way)) = ways.find_map(|(n, (r, way))| (r == *region).then_some((n, way))) else {
            return;
        };
        self.said.clear();
        self.region_cursor = at;
        if way != Way::CopyFirst {
            // The outcome is to stay: only a copy opens another screen.
            self.take_region(state, effects);
        }
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
