//! The flow for the line mode, which asks its questions one by one: whole answers go in, and what the flow says of them
//! is read.

use crate::{
    jobs::Plan,
    model::Region,
    tui::{
        app::{effect::Effect, request::ShareAnswer, state::State},
        screens::{
            flow::{At, Flow},
            jobs::JobScreen,
        },
        widgets::theme::Role,
    },
};

impl Flow {
    /// Takes an answer; one that the rules refuse changes nothing. Returns the screen of the job that it has started.
    pub(crate) fn answer(
        &mut self,
        answer: ShareAnswer,
        state: &mut State,
        effects: &mut Vec<Effect>,
    ) -> Option<JobScreen> {
        match answer {
            ShareAnswer::Receivers(all) => {
                if all.iter().all(|receiver| self.objection(receiver, state).is_none()) {
                    self.chosen = all;
                    self.go_to_regions(state, effects);
                }
            }
            ShareAnswer::Regions(all) => {
                if all.iter().all(|region| self.region_objection(region, state).is_none()) {
                    self.marked = all.into_iter().collect();
                    self.go_to_findings(state, effects);
                }
            }
            ShareAnswer::Choice(region, choice) => {
                self.goal.choices.insert(region, choice);
                self.ask(state, effects);
            }
            ShareAnswer::Drop(region, account) => {
                self.goal.dropped.insert((region, account));
            }
            ShareAnswer::Review => {
                let plan = self.plan(state);
                if plan.is_ready() {
                    self.go_to_risk(plan);
                }
            }
            ShareAnswer::Start => return self.start(state, effects),
        }
        None
    }

    /// The regions that are marked.
    pub(crate) fn regions(&self) -> Vec<Region> {
        self.marked.iter().cloned().collect()
    }

    /// Why a region cannot be chosen, where it cannot.
    pub(crate) fn region_objection(&self, region: &Region, state: &State) -> Option<String> {
        let (_, text, role) = self.choices(state).into_iter().find(|(r, ..)| r == region)?;
        (role == Role::Bad).then(|| self.why_not(state, region).unwrap_or(text))
    }

    /// The plan of the last step, which [`ShareAnswer::Start`] accepts.
    pub(crate) fn reviewed(&self) -> Option<&Plan> {
        (self.at == At::Risk).then_some(&*self.shown)
    }
}
