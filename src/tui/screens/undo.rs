//! Confirms the undo of a job: each step with its verdict, what stays, the risks, Yes and No. The default is No. The
//! plan is made from the current state of the cloud, so it arrives after the dialog was opened.

use ratatui::layout::Rect;

use crate::{
    facts::undo::{Leftover, LeftoverKind, UndoPlan},
    i18n,
    jobs::Job,
    messages::{Lang, m, tr},
    model::{InstanceId, Uin},
    rules::{Action, Code, Verdict},
    tui::{
        app::{
            effect::Effect,
            state::{
                State,
                dialog::{Dialog, DialogOutcome, Input},
            },
        },
        keymap::Command,
        widgets::{
            field::TextField,
            paint::Painter,
            question::{Question, other_button},
            theme::Role,
        },
    },
};

/// The dialog.
#[derive(Debug, Clone)]
pub struct Undo {
    job: String,
    profile: String,
    /// The name of the source image.
    name: String,
    /// The plan. `None` while it is being made.
    plan: Option<UndoPlan>,
    with_snapshots: bool,
    /// Yes and No. Requires the name to be typed if copies are deleted.
    question: Question,
}

impl Undo {
    /// Opens the dialog for a job, and requests its plan.
    pub fn new(job: &Job, state: &State, effects: &mut Vec<Effect>) -> Self {
        let (id, profile) = (job.id.clone(), job.profile.clone());
        let name = i18n::plain(&job.name).into_owned();
        let deletes = job.cells.iter().any(crate::jobs::Cell::is_made_by_job);
        let question =
            Question { typed: deletes.then(|| (name.clone(), TextField::default())), on_yes: false };
        let undo = Self { job: id, profile, name, plan: None, with_snapshots: false, question };
        undo.request_plan(state, effects);
        undo
    }

    fn request_plan(&self, state: &State, effects: &mut Vec<Effect>) {
        effects.push(Effect::PlanUndo {
            job: self.job.clone(),
            profile: self.profile.clone(),
            with_snapshots: self.with_snapshots,
            standing: Box::new(state.facts.standing.clone()),
        });
    }

    /// Returns whether the plan has arrived.
    pub fn is_planned(&self) -> bool {
        self.plan.is_some()
    }

    /// Returns whether the dialog is about this job.
    pub(crate) fn is_for_job(&self, job: &str) -> bool {
        self.job == job
    }

    /// Shows a plan. A plan that was made for the other choice of snapshots is ignored.
    pub(crate) fn set_plan(&mut self, plan: UndoPlan) {
        if plan.with_snapshots == self.with_snapshots {
            let deletes = plan.steps.iter().any(|s| matches!(s.action, Action::Delete { .. }));
            let typed = self.question.typed.take();
            self.question.typed =
                deletes.then(|| typed.unwrap_or_else(|| (self.name.clone(), TextField::default())));
            self.plan = Some(plan);
        }
    }

    /// Returns the lines, each with its bullet and role.
    fn lines(&self, state: &State) -> Vec<(String, String, Role)> {
        let lang = state.lang;
        let dot = if state.looks.ascii { "* " } else { "· " };
        let mut lines = Vec::new();
        let mut add = |bullet: &str, text: String, role| lines.push((bullet.to_owned(), text, role));
        let Some(plan) = &self.plan else {
            add("", lang.text(m::undo_reading).to_owned(), Role::Dim);
            return lines;
        };
        for (n, step) in plan.steps.iter().enumerate() {
            let (region, image) = (&step.region, &step.image);
            let text = match &step.action {
                Action::Delete { with_snapshots, .. } => {
                    let snapshots = if *with_snapshots {
                        lang.text(m::common_with_its_snapshots)
                    } else {
                        lang.text(m::common_keeps_snapshots)
                    };
                    tr!(lang, undo_delete_copy_in, region, image, snapshots)
                }
                _ => {
                    let who = names(state, step.accounts(), lang);
                    tr!(lang, undo_cancel_in, region, image, who)
                }
            };
            add(&format!("{} ", n + 1), text, Role::Plain);
            for text in refusals(&step.verdict, lang) {
                add("  ", text, Role::Bad);
            }
        }
        for stay in &plan.leftovers {
            add(dot, leftover_text(state, stay), Role::Dim);
        }
        add("", String::new(), Role::Plain);
        for risk in plan.risks().iter().filter(|r| r.code != Code::DeleteTypeName) {
            add(dot, i18n::sentence(risk.code, &risk.args, lang), Role::Warn);
        }
        lines
    }
}

impl Dialog for Undo {
    fn on_input(&mut self, input: &Input, state: &mut State, effects: &mut Vec<Effect>) -> DialogOutcome {
        let lang = state.lang;
        match input {
            Input::Command(Command::Back) => return DialogOutcome::Close,
            Input::Command(command) if other_button(*command) => self.question.on_yes = !self.question.on_yes,
            Input::Command(Command::Invert) => {
                self.with_snapshots = !self.with_snapshots;
                self.plan = None;
                self.request_plan(state, effects);
            }
            Input::Command(Command::Confirm) => {
                if self.question.leave_field() {
                    return DialogOutcome::Stay;
                }
                if !self.question.on_yes {
                    return DialogOutcome::Close;
                }
                if !self.question.is_typed() {
                    state.show_error(lang.text(m::undo_name_does_not_match));
                    return DialogOutcome::Stay;
                }
                let Some(plan) = self.plan.clone().filter(UndoPlan::can_start) else {
                    state.show_notice(lang.text(m::undo_still_reading));
                    return DialogOutcome::Stay;
                };
                let (job, profile) = (self.job.clone(), self.profile.clone());
                effects.push(Effect::Undo { job, profile, plan: Box::new(plan) });
                state.show_notice(lang.text(m::undo_undoing));
                return DialogOutcome::Close;
            }
            Input::Typed(key) => self.question.key(*key),
            Input::Paste(text) => self.question.paste(text),
            Input::Command(_) => {}
        }
        DialogOutcome::Stay
    }

    fn draw(&self, state: &State, painter: &mut Painter<'_>, area: Rect) {
        let lang = state.lang;
        let title = lang.text(m::undo_title);
        let may = self.question.is_typed() && self.plan.as_ref().is_some_and(UndoPlan::can_start);
        let yes = lang.text(m::undo_yes_undo);
        self.question.draw(painter, area, title, &self.lines(state), yes, may, lang);
    }

    fn hints(&self, state: &State) -> Vec<(Command, &'static str)> {
        let lang = state.lang;
        let mut hints = vec![
            (Command::NextField, lang.text(m::common_other_button)),
            (Command::Confirm, lang.text(m::common_press_it)),
            (Command::Back, lang.text(m::command_back)),
        ];
        if self.question.typed.is_some() {
            hints.insert(2, (Command::Invert, lang.text(m::confirm_with_snapshots)));
        }
        hints
    }

    fn typing(&self) -> bool {
        self.question.typed.is_some()
    }
}

/// Returns the reasons, with codes, of a verdict that does not allow its action.
pub(crate) fn refusals(verdict: &Verdict, lang: Lang) -> Vec<String> {
    let reasons = verdict
        .reasons
        .iter()
        .map(|r| format!("{} [{}]", i18n::sentence(r.code, &r.args, lang), r.code.as_str()));
    let missing = (!verdict.missing.is_empty() && verdict.reasons.is_empty())
        .then(|| lang.text(m::common_not_known_yet).to_owned());
    reasons.chain(missing).collect()
}

fn names(state: &State, accounts: &[Uin], lang: Lang) -> String {
    let first = accounts.iter().take(4).map(|a| i18n::plain(&state.facts.account_name(a)).into_owned());
    let more = (accounts.len() > 4).then(|| tr!(lang, common_more, accounts = accounts.len() - 4));
    first.chain(more).collect::<Vec<_>>().join(lang.text(m::common_list_comma))
}

fn leftover_text(state: &State, stay: &Leftover) -> String {
    let (region, image, lang) = (&stay.region, &stay.image, state.lang);
    match &stay.what {
        LeftoverKind::Shares(accounts) => {
            i18n::shares_stay(region, image, &names(state, accounts, lang), lang)
        }
        LeftoverKind::Copy(verdict) => {
            i18n::copy_stays(region, image, &refusals(verdict, lang).join(" "), lang)
        }
        LeftoverKind::Snapshots(count) => i18n::snapshots_stay(region, image, *count, lang),
        LeftoverKind::Instances(ids) => {
            let ids: Vec<&str> = ids.iter().map(InstanceId::as_str).collect();
            i18n::instances_stay(region, image, &ids.join(lang.text(m::common_list_comma)), lang)
        }
    }
}
