//! Access to the share form for the line mode, which gives whole answers instead of keys and reads the messages of
//! the form.

use crate::{
    jobs::Plan,
    model::Region,
    tui::{
        app::{effect::Effect, request::ShareAnswer, state::State},
        screens::{
            flow::{Flow, FlowStep},
            jobs::JobScreen,
        },
        widgets::theme::Role,
    },
};

impl Flow {
    /// Processes an answer. An answer that the rules refuse changes nothing. Returns the page of the job if the
    /// answer started it.
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
                self.read_missing(state, effects);
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

    /// Returns the marked regions.
    pub(crate) fn regions(&self) -> Vec<Region> {
        self.marked.iter().cloned().collect()
    }

    /// Returns why a region cannot be chosen, or `None` if it can.
    pub(crate) fn region_objection(&self, region: &Region, state: &State) -> Option<String> {
        let (_, text, role) = self.choices(state).into_iter().find(|(r, ..)| r == region)?;
        (role == Role::Bad).then(|| self.why_not(state, region).unwrap_or(text))
    }

    /// Returns the plan of the last step, which [`ShareAnswer::Start`] accepts.
    pub(crate) fn reviewed(&self) -> Option<&Plan> {
        (self.at == FlowStep::Risk).then_some(&*self.shown)
    }
}
