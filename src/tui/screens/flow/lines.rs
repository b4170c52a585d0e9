//! The flow for the line mode, which asks its questions one by one: whole answers go in, and what the flow says of them
//! is read.

use std::sync::Arc;

use crate::{
    jobs::{Choice, Plan},
    model::{Receiver, Region, Uin},
    tui::{
        app::{effect::Effect, state::State},
        screens::flow::{At, Flow},
        widgets::theme::Role,
    },
};

impl Flow {
    /// Takes the receivers as a whole and goes on, unless one of them is refused.
    pub(crate) fn put_receivers(
        &mut self,
        receivers: Vec<Receiver>,
        state: &mut State,
        effects: &mut Vec<Effect>,
    ) {
        if receivers.iter().all(|receiver| self.objection(receiver, state).is_none()) {
            self.chosen = receivers;
            self.go_to_regions(state, effects);
        }
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

    /// Takes the regions as a whole and goes on, unless one of them is refused.
    pub(crate) fn put_regions(&mut self, regions: Vec<Region>, state: &mut State, effects: &mut Vec<Effect>) {
        if regions.iter().all(|region| self.region_objection(region, state).is_none()) {
            self.marked = regions.into_iter().collect();
            self.go_to_findings(state, effects);
        }
    }

    /// Decides what becomes of a region.
    pub(crate) fn put_choice(
        &mut self,
        region: Region,
        choice: Choice,
        state: &mut State,
        effects: &mut Vec<Effect>,
    ) {
        self.goal.choices.insert(region, choice);
        self.ask(state, effects);
    }

    /// Leaves an account out in a region.
    pub(crate) fn drop_account(&mut self, region: Region, account: Uin) {
        self.goal.dropped.insert((region, account));
    }

    /// What would be done, from what is known now.
    pub(crate) fn plan_now(&self, state: &State) -> Arc<Plan> {
        self.plan(state)
    }

    /// The plan that [`Self::review`] showed last, and that a start accepts.
    pub(crate) fn reviewed(&self) -> Option<&Plan> {
        (self.at == At::Risk).then_some(&*self.shown)
    }

    /// Goes on to the risk where the plan is ready.
    pub(crate) fn review(&mut self, state: &State) {
        let plan = self.plan(state);
        if plan.is_ready() {
            self.go_to_risk(plan);
        }
    }
}
