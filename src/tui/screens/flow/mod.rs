//! The share form: copies an image, then shares it, in the steps receivers, regions, findings and risk. Esc goes back
//! one step and keeps all choices. Leaving the form saves a draft.

pub(crate) mod draw;
pub(crate) mod findings;
pub(crate) mod lines;
pub(crate) mod receivers;
pub(crate) mod regions;

use ratatui::layout::Rect;

pub(crate) use crate::tui::screens::flow::findings::difference;

use std::{cell::RefCell, collections::BTreeSet, sync::Arc};

use crate::{
    facts::Load,
    jobs::{CellKind, Goal, Plan},
    messages::{m, tr},
    model::{ImageId, Receiver, Region, Uin},
    tui::{
        app::{
            actions,
            effect::Effect,
            gate, jobs, reads,
            state::{
                PendingLaunch, State,
                dialog::{Dialog, DialogOutcome, Input},
            },
        },
        keymap::Command,
        screens::jobs::JobScreen,
        widgets::{field::TextField, paint::Painter, question::other_button},
    },
};

/// The step of the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum FlowStep {
    /// Choose the receivers.
    Receivers,
    /// Choose the regions.
    Regions,
    /// Resolve the problems, and check the plan.
    Findings,
    /// Accept the risk.
    Risk,
}

/// The share form of one image.
#[derive(Debug, Clone)]
pub struct Flow {
    image: ImageId,
    sharing: bool,
    at: FlowStep,
    field: TextField,
    in_book: bool,
    book_cursor: usize,
    chosen: Vec<Receiver>,
    message: Option<String>,
    marked: BTreeSet<Region>,
    region_cursor: usize,
    goal: Goal,
    cell_cursor: usize,
    naming: Option<(Region, TextField)>,
    on_yes: bool,
    /// The plan on the last step, which Yes accepts.
    shown: Arc<Plan>,
    /// The last plan, with the revision of the facts and the goal for which it was made.
    made: RefCell<Option<(u64, Goal, Arc<Plan>)>>,
    /// The region in which an instance is launched once the copy exists.
    then: Option<Region>,
}

impl Flow {
    /// Opens the form to share an image. The image's own region is marked.
    pub fn share(image: ImageId, region: Region) -> Self {
        Self::new(image, true, FlowStep::Receivers, BTreeSet::from([region]))
    }

    /// Opens the form to copy an image without sharing it.
    pub fn copy(image: ImageId) -> Self {
        Self::new(image, false, FlowStep::Regions, BTreeSet::new())
    }

    /// Opens the form to copy an image to a region and then launch an instance there. The launch form opens when the
    /// copy exists.
    pub fn copy_then_launch(
        image: ImageId,
        region: Region,
        state: &mut State,
        effects: &mut Vec<Effect>,
    ) -> Self {
        Self { then: Some(region.clone()), ..Self::copy_to(image, region, state, effects) }
    }

    /// Opens the form to copy an image to one region, which is already chosen.
    pub(crate) fn copy_to(
        image: ImageId,
        region: Region,
        state: &mut State,
        effects: &mut Vec<Effect>,
    ) -> Self {
        let mut flow = Self::new(image, false, FlowStep::Findings, BTreeSet::from([region]));
        flow.set_goal();
        flow.read_missing(state, effects);
        flow
    }

    fn new(image: ImageId, sharing: bool, at: FlowStep, marked: BTreeSet<Region>) -> Self {
        Self {
            goal: Goal::new(image.clone(), Vec::new(), Vec::new()),
            image,
            sharing,
            at,
            field: TextField::default(),
            in_book: false,
            book_cursor: 0,
            chosen: Vec::new(),
            message: None,
            marked,
            region_cursor: 0,
            cell_cursor: 0,
            naming: None,
            on_yes: false,
            shown: Arc::default(),
            made: RefCell::default(),
            then: None,
        }
    }

    /// Returns whether the form is for this image and of this kind, so that its draft can be used.
    pub fn is_for(&self, image: &ImageId, sharing: bool) -> bool {
        self.image == *image && self.sharing == sharing
    }

    /// Returns the accounts of the address book with their names, without the own account.
    fn address_book(state: &State) -> Vec<(Uin, String)> {
        let me = state.facts.standing.me.as_ref();
        state
            .facts
            .accounts
            .iter()
            .filter(|(uin, _)| Some(*uin) != me)
            .map(|(uin, label)| (uin.clone(), label.clone()))
            .collect()
    }

    /// Returns whether a receiver named the region, so that it is needed even if it is not marked.
    fn is_named(&self, region: &Region) -> bool {
        self.chosen.iter().any(|r| r.region.as_ref() == Some(region))
    }

    /// Returns the plan for the choices and the current facts. It is cached until either changes.
    pub(crate) fn plan(&self, state: &State) -> Arc<Plan> {
        let revision = state.facts.verdict_revision();
        let mut made = self.made.borrow_mut();
        match &*made {
            Some((of, goal, plan)) if *of == revision && *goal == self.goal => plan.clone(),
            _ => {
                let plan = Arc::new(Plan::make(&self.goal, &state.facts));
                *made = Some((revision, self.goal.clone(), plan.clone()));
                plan
            }
        }
    }

    fn set_goal(&mut self) {
        self.goal.with = self.chosen.clone();
        self.goal.regions = self.marked.iter().cloned().collect();
    }

    /// Reads the facts that the plan lacks.
    fn read_missing(&self, state: &mut State, effects: &mut Vec<Effect>) {
        let plan = self.plan(state);
        reads::fetch(state, &plan.missing, effects);
        if let Some(image) = state.facts.image(&self.image) {
            let probe = Load::Probe(image.region.clone(), image.id.clone());
            if image.is_normal() && !state.facts.probes.contains_key(&self.image) {
                reads::load(state, probe, effects);
            }
        }
    }

    fn back(&mut self, state: &mut State) -> DialogOutcome {
        self.message = None;
        self.on_yes = false;
        self.at = match self.at {
            FlowStep::Receivers => return self.leave(state),
            FlowStep::Regions if !self.sharing => return self.leave(state),
            FlowStep::Regions => FlowStep::Receivers,
            FlowStep::Findings => FlowStep::Regions,
            FlowStep::Risk => FlowStep::Findings,
        };
        DialogOutcome::Stay
    }

    fn leave(&mut self, state: &mut State) -> DialogOutcome {
        let lang = state.lang;
        if !self.chosen.is_empty()
            || !self.field.text().is_empty()
            || !self.sharing && !self.marked.is_empty()
        {
            state.draft = Some(Box::new(self.clone()));
            state.show_notice(lang.text(m::share_left));
        }
        DialogOutcome::Close
    }

    fn on_risk(&mut self, input: &Input, state: &mut State, effects: &mut Vec<Effect>) -> DialogOutcome {
        let Input::Command(command) = input else { return DialogOutcome::Stay };
        match command {
            command if other_button(*command) => self.on_yes = !self.on_yes,
            Command::Confirm if !self.on_yes => return self.back(state),
            Command::Confirm => {
                if let Some(job) = self.start(state, effects) {
                    return DialogOutcome::Replace(Box::new(job));
                }
            }
            _ => {}
        }
        DialogOutcome::Stay
    }

    /// Starts the job of the plan on the screen. If the plan has changed, asks again, or shows the problems.
    pub(crate) fn start(&mut self, state: &mut State, effects: &mut Vec<Effect>) -> Option<JobScreen> {
        let lang = state.lang;
        let profile = state.profile().map(|p| p.name.clone()).unwrap_or_default();
        let job = match self.shown.start(&self.goal, &state.facts, &profile, state.now) {
            Ok(job) => job,
            Err(now) => {
                let what = difference(state, &now, &self.shown);
                gate::show_change_text(state, &what);
                self.on_yes = false;
                self.at = if now.is_ready() { FlowStep::Risk } else { FlowStep::Findings };
                self.shown = now.into();
                return None;
            }
        };
        let id = job.id.clone();
        state.draft = None;
        if state.jobs.get(&id).is_none_or(|old| old.state() != crate::jobs::JobState::Running) {
            jobs::start_job(state, job, effects);
        }
        if let Some(region) = &self.then {
            let image = self.image.clone();
            state.pending_launch = Some(PendingLaunch { image, region: region.clone() });
            state.show_notice(tr!(lang, share_launch_follows, region));
        }
        self.fill_next(state, effects);
        Some(JobScreen::new(id))
    }

    /// Gives the next form of a batch the same accounts and regions, unless it has its own, and moves it to its
    /// findings.
    fn fill_next(&self, state: &mut State, effects: &mut Vec<Effect>) {
        let Some(mut next) = state.close::<Self>() else {
            return;
        };
        if next.sharing == self.sharing && next.chosen.is_empty() {
            next.chosen = self.chosen.clone();
            next.marked = self.marked.clone();
            next.set_goal();
            next.at = FlowStep::Findings;
            next.read_missing(state, effects);
        }
        state.dialogs.push(next);
    }
}

impl Dialog for Flow {
    fn on_input(&mut self, input: &Input, state: &mut State, effects: &mut Vec<Effect>) -> DialogOutcome {
        if let Input::Command(Command::Back) = input
            && self.naming.is_none()
        {
            return self.back(state);
        }
        match self.at {
            FlowStep::Receivers => self.on_receivers(input, state, effects),
            FlowStep::Regions => self.on_regions(input, state, effects),
            FlowStep::Findings => self.on_findings(input, state, effects),
            FlowStep::Risk => return self.on_risk(input, state, effects),
        }
        DialogOutcome::Stay
    }

    fn draw(&self, state: &State, painter: &mut Painter<'_>, area: Rect) {
        self.draw_all(state, painter, area);
    }

    fn hints(&self, state: &State) -> Vec<(Command, &'static str)> {
        let lang = state.lang;
        match self.at {
            _ if self.naming.is_some() => vec![
                (Command::Confirm, lang.text(m::share_take_name)),
                (Command::Back, lang.text(m::command_back)),
            ],
            FlowStep::Receivers if self.in_book => vec![
                (Command::Mark, lang.text(m::common_choose)),
                (Command::Confirm, lang.text(m::command_go_on)),
                (Command::NextField, lang.text(m::share_to_field)),
                (Command::Back, lang.text(m::common_leave)),
            ],
            FlowStep::Receivers => vec![
                (
                    Command::Confirm,
                    if self.field.text().is_empty() {
                        lang.text(m::command_go_on)
                    } else {
                        lang.text(m::word_add)
                    },
                ),
                (Command::NextField, lang.text(m::share_to_address_book)),
                (Command::Back, lang.text(m::common_leave)),
            ],
            FlowStep::Regions => {
                vec![
                    (Command::Mark, lang.text(m::common_choose)),
                    (Command::Confirm, lang.text(m::command_go_on)),
                    (Command::Back, lang.text(m::command_back)),
                ]
            }
            FlowStep::Findings => {
                let plan = self.plan(state);
                let kind = plan.cells.get(self.cell_cursor).map(|c| &c.kind);
                let mut hints = vec![
                    (Command::Confirm, lang.text(m::command_go_on)),
                    (Command::Drop, lang.text(m::share_toggle)),
                ];
                if matches!(kind, Some(CellKind::LooksLike(_))) {
                    hints.push((Command::Reuse, lang.text(m::command_use_existing)));
                }
                if actions::is_lifted_by_newer_limits(&plan.verdict()) {
                    hints.push((Command::Newer, lang.text(m::common_newer_limits)));
                }
                if !matches!(kind, None | Some(CellKind::Here(_))) {
                    hints.push((Command::OtherName, lang.text(m::share_other_name)));
                }
                hints.push((Command::Back, lang.text(m::command_back)));
                hints
            }
            FlowStep::Risk => {
                vec![
                    (Command::NextField, lang.text(m::common_other_button)),
                    (Command::Confirm, lang.text(m::common_press_it)),
                    (Command::Back, lang.text(m::command_back)),
                ]
            }
        }
    }

    fn typing(&self) -> bool {
        self.naming.is_some() || self.at == FlowStep::Receivers && !self.in_book
    }

    fn fills_the_screen(&self) -> bool {
        true
    }
}
