//! Access to the launch form for the line mode, which gives whole answers instead of keys and reads the messages of
//! the form.

use crate::{
    model::{ImageId, Region},
    tui::{
        app::{effect::Effect, request::LaunchAnswer, state::State},
        screens::launch::{Focus, LaunchForm, LaunchStep, place::Availability},
        widgets::{field::TextField, theme::Role},
    },
};

impl LaunchForm {
    /// Returns the current field.
    pub(crate) fn focus(&self) -> Focus {
        self.focus
    }

    /// Sets the current field.
    pub(crate) fn set_focus(&mut self, focus: Focus) {
        self.focus = focus;
    }

    /// Returns the image to launch: the chosen one, or its copy in the region.
    pub(crate) fn image(&self) -> &ImageId {
        &self.image
    }

    /// Returns the region.
    pub(crate) fn region(&self) -> &Region {
        &self.region
    }

    /// Returns how an instance can be launched in a region, if known.
    pub(crate) fn availability_in(&self, region: &Region, state: &State) -> Option<Availability> {
        self.availabilities(state).into_iter().find_map(|(r, way)| (r == *region).then_some(way))
    }

    /// Processes an answer.
    pub(crate) fn answer(&mut self, answer: LaunchAnswer, state: &mut State, effects: &mut Vec<Effect>) {
        match answer {
            LaunchAnswer::Region(region) => self.set_region(&region, state, effects),
            LaunchAnswer::Zone(zone) => (self.zone, self.focus) = (Some(zone), Focus::Type),
            LaunchAnswer::Filter(words) => self.filter = TextField::with(&words),
            LaunchAnswer::Type(kind) => (self.kind, self.focus) = (Some(kind), Focus::Name),
            LaunchAnswer::Name(name) => (self.name, self.focus) = (TextField::with(&name), Focus::Network),
            LaunchAnswer::Network(text) => self.network = TextField::with(&text),
            LaunchAnswer::Review => self.review(state, effects),
            LaunchAnswer::Send => self.send(state, effects),
        }
    }

    fn set_region(&mut self, region: &Region, state: &mut State, effects: &mut Vec<Effect>) {
        let mut ways = self.availabilities(state).into_iter().enumerate();
        let Some((at, way)) = ways.find_map(|(n, (r, way))| (r == *region).then_some((n, way))) else {
            return;
        };
        self.messages.clear();
        self.region_cursor = at;
        if way != Availability::CopyFirst {
            // The outcome is always `Stay`, because the line mode makes a copy itself.
            self.choose_region(state, effects);
        }
    }

    /// Returns whether everything is chosen and the rules allow it.
    pub(crate) fn is_ready(&self) -> bool {
        self.at == LaunchStep::Risk
    }

    /// Returns the messages, each with its role.
    pub(crate) fn messages(&self) -> &[(String, Role)] {
        &self.messages
    }

    /// Returns whether the answer to the call was lost. The next call uses the same token.
    pub(crate) fn is_unsure(&self) -> bool {
        self.unsure
    }
}
