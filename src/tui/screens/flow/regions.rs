//! The second step: choose the regions. Shows for each region whether the image exists, will be copied, or cannot be
//! copied and why.

use crate::{
    i18n,
    messages::{m, tr},
    model::{Catalog, ImageKind, Region},
    rules::{Action, VerdictKind},
    tui::{
        app::{
            effect::Effect,
            state::{State, dialog::Input},
        },
        keymap::Command,
        screens::{
            flow::{Flow, FlowStep},
            tabs::regions::all as regions_of,
        },
        widgets::{list::move_cursor, theme::Role},
    },
};

impl Flow {
    /// Returns the regions to choose from: the image's own region, then those that it can be copied to, then the
    /// others.
    pub(crate) fn choices(&self, state: &State) -> Vec<(Region, String, Role)> {
        let catalog = Catalog::get();
        let order: Vec<&Region> = catalog.iter().map(|r| &r.region).collect();
        let mut all: Vec<(u8, usize, Region, String, Role)> = regions_of(state)
            .into_iter()
            .map(|region| {
                let (rank, text, role) = self.standing_of(state, &region);
                let place = order.iter().position(|r| **r == region).unwrap_or(usize::MAX);
                (rank, place, region, text, role)
            })
            .collect();
        all.sort_by_key(|a| (a.0, a.1));
        all.into_iter().map(|(_, _, region, text, role)| (region, text, role)).collect()
    }

    fn standing_of(&self, state: &State, region: &Region) -> (u8, String, Role) {
        let lang = state.lang;
        let Some(image) = state.facts.image(&self.image) else { return (9, String::new(), Role::Dim) };
        if *region == image.region && image.kind == ImageKind::Own {
            let text = lang.text(m::common_image_here);
            return (0, text.into(), Role::Good);
        }
        if let Some(copy) = state.facts.copies.get(&self.image).and_then(|m| m.get(region)) {
            return (1, tr!(lang, share_copy_exists_as, copy), Role::Good);
        }
        if let Some(other) = state.facts.similar_images(image).find(|i| i.region == *region) {
            return (1, tr!(lang, share_looks_alike, id = other.id), Role::Warn);
        }
        let action = Action::Copy { image: self.image.clone(), to: vec![region.clone()], name: None };
        let verdict = state.facts.verdict(&action);
        match verdict.kind() {
            VerdictKind::Allowed => (2, lang.text(m::share_will_be_copied).into(), Role::Plain),
            VerdictKind::Unknown => (2, lang.text(m::share_copied_if_room).into(), Role::Dim),
            VerdictKind::Blocked => {
                let reason = verdict.reasons.first();
                let why = reason.map(|r| i18n::short(r.code, &r.args, state.lang)).unwrap_or_default();
                (3, tr!(lang, share_region_blocked, why), Role::Bad)
            }
        }
    }

    /// Returns the full sentence of what blocks a copy.
    pub(crate) fn why_not(&self, state: &State, region: &Region) -> Option<String> {
        let action = Action::Copy { image: self.image.clone(), to: vec![region.clone()], name: None };
        let verdict = state.facts.verdict(&action);
        let reason = verdict.reasons.first()?;
        let way = i18n::remedy(&reason.remedy, reason.code, state.lang);
        Some(format!("{} {way}", i18n::sentence(reason.code, &reason.args, state.lang)).trim_end().to_owned())
    }

    pub(crate) fn go_to_findings(&mut self, state: &mut State, effects: &mut Vec<Effect>) {
        self.message = None;
        self.set_goal();
        self.at = FlowStep::Findings;
        self.cell_cursor = 0;
        self.read_missing(state, effects);
    }

    pub(crate) fn on_regions(&mut self, input: &Input, state: &mut State, effects: &mut Vec<Effect>) {
        let lang = state.lang;
        let choices = self.choices(state);
        let Input::Command(command) = input else { return };
        match command {
            Command::Mark => {
                let Some((region, text, role)) = choices.get(self.region_cursor) else { return };
                self.message = None;
                if self.marked.contains(region) {
                    self.marked.remove(region);
                } else if *role == Role::Bad {
                    self.message = Some(self.why_not(state, region).unwrap_or_else(|| text.clone()));
                    return;
                } else {
                    self.marked.insert(region.clone());
                    self.set_goal();
                    self.read_missing(state, effects);
                }
                move_cursor(&mut self.region_cursor, choices.len(), 10, Command::Down);
            }
            Command::Confirm => {
                if self.marked.is_empty() && self.chosen.iter().all(|r| r.region.is_none()) {
                    self.message = Some(lang.text(m::share_choose_at_least_one_region).into());
                    return;
                }
                self.go_to_findings(state, effects);
            }
            command => {
                move_cursor(&mut self.region_cursor, choices.len(), 10, *command);
            }
        }
    }
}
