//! A confirmation: describes the action and each risk, asks to type the name if the action cannot be undone, and
//! offers Yes and No. The default is No.

use ratatui::layout::Rect;

use crate::{
    i18n,
    messages::{Lang, m, tr},
    model::{ImageId, InstanceId},
    rules::{Action, Code, Note, Step as RuleStep, Verdict},
    tui::{
        app::{
            effect::Effect,
            gate,
            state::{
                QueuedAction, State,
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

/// The confirmation dialog.
#[derive(Debug, Clone)]
pub struct Confirm {
    title: String,
    yes: String,
    /// The steps in order. Yes accepts their verdicts, which are on the screen.
    steps: Vec<RuleStep>,
    question: Question,
}

impl Confirm {
    /// Opens the dialog for steps that will be performed one after the other.
    pub fn new(title: String, yes: &str, steps: Vec<RuleStep>) -> Self {
        Self { title, yes: yes.to_owned(), steps, question: Question::default() }
    }

    /// Returns the label of the Yes button.
    fn yes_label(&self, lang: Lang) -> &str {
        match (self.steps.last().map(|s| &s.action), self.steps.len()) {
            (Some(Action::Delete { .. }), 2..) => lang.text(m::confirm_yes_cancel_all_and_delete),
            (Some(Action::Delete { .. }), _) => lang.text(m::confirm_yes_delete),
            _ => &self.yes,
        }
    }

    /// Returns the risks or the notes of all steps, without duplicates.
    fn unique(&self, of: impl Fn(&Verdict) -> &[Note]) -> Vec<&Note> {
        let mut all: Vec<&Note> = Vec::new();
        for note in self.steps.iter().flat_map(|s| of(&s.verdict)) {
            if !all.contains(&note) {
                all.push(note);
            }
        }
        all
    }

    /// Requires the user to type a text before Yes can be chosen.
    pub fn with_typed(mut self, text: &str) -> Self {
        self.question.typed = Some((text.to_owned(), TextField::default()));
        self
    }

    fn snapshots(&mut self) -> Option<&mut bool> {
        self.steps.iter_mut().find_map(|s| match &mut s.action {
            Action::Delete { with_snapshots, .. } => Some(with_snapshots),
            _ => None,
        })
    }
}

impl Dialog for Confirm {
    fn on_input(&mut self, input: &Input, state: &mut State, effects: &mut Vec<Effect>) -> DialogOutcome {
        let lang = state.lang;
        match input {
            Input::Command(Command::Back) => return DialogOutcome::Close,
            Input::Command(command) if other_button(*command) => self.question.on_yes = !self.question.on_yes,
            Input::Command(Command::Invert) => {
                if let Some(snapshots) = self.snapshots() {
                    *snapshots = !*snapshots;
                    // The notes about snapshots depend on the choice.
                    if let Some(now) = gate::steps_now(state, &self.steps) {
                        self.steps = now;
                    }
                }
            }
            Input::Command(Command::Confirm) => {
                if self.question.leave_field() {
                    return DialogOutcome::Stay;
                }
                if !self.question.on_yes {
                    return DialogOutcome::Close;
                }
                if !self.question.is_typed() {
                    let id = self.question.typed.as_ref().is_some_and(|(wanted, _)| is_id(wanted));
                    let what = if id { "ID" } else { lang.text(m::common_name) };
                    state.show_error(tr!(lang, confirm_does_not_match, what));
                    return DialogOutcome::Stay;
                }
                // Checks before anything is done that the verdicts are those on the screen.
                if let Some((now, shown)) = gate::first_change(state, &self.steps) {
                    gate::show_change(state, &now, &shown);
                    self.question.on_yes = false;
                    match gate::steps_now(state, &self.steps) {
                        Some(now) => self.steps = now,
                        None => return DialogOutcome::Close,
                    }
                    return DialogOutcome::Stay;
                }
                state.intents.extend(self.steps.drain(..).map(QueuedAction::from));
                gate::next_intent(state, effects);
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
        let mut lines: Vec<(String, String, Role)> = Vec::new();
        let mut add = |bullet: &str, text: &str, role| lines.push((bullet.to_owned(), text.to_owned(), role));
        for (n, step) in self.steps.iter().enumerate() {
            let bullet = if self.steps.len() > 1 { format!("{} ", n + 1) } else { String::new() };
            add(&bullet, &describe(state, &step.action), Role::Plain);
        }
        add("", "", Role::Plain);
        let dot = if state.looks.ascii { "* " } else { "· " };
        let risks = self.unique(|v| &v.acknowledge);
        for risk in risks.into_iter().filter(|r| r.code != Code::DeleteTypeName) {
            add(dot, &i18n::sentence(risk.code, &risk.args, lang), Role::Warn);
        }
        for note in self.unique(|v| &v.notes) {
            add(dot, &i18n::sentence(note.code, &note.args, lang), Role::Plain);
        }
        if self.question.typed.is_some() {
            add("", "", Role::Plain);
        }
        let may = self.question.is_typed();
        self.question.draw(painter, area, &self.title, &lines, self.yes_label(lang), may, lang);
    }

    fn hints(&self, state: &State) -> Vec<(Command, &'static str)> {
        let lang = state.lang;
        let mut hints = vec![
            (Command::NextField, lang.text(m::common_other_button)),
            (Command::Confirm, lang.text(m::common_press_it)),
            (Command::Back, lang.text(m::command_back)),
        ];
        if self.steps.iter().any(|s| matches!(s.action, Action::Delete { .. })) {
            hints.insert(2, (Command::Invert, lang.text(m::confirm_with_snapshots)));
        }
        hints
    }

    fn typing(&self) -> bool {
        self.question.typed.is_some()
    }
}

/// Returns whether the text to type is an ID rather than a name.
fn is_id(text: &str) -> bool {
    text.parse::<InstanceId>().is_ok() || text.parse::<ImageId>().is_ok()
}

/// Returns the description of an action.
pub fn describe(state: &State, action: &Action) -> String {
    let lang = state.lang;
    let named = |id| match state.facts.image(id) {
        Some(image) => format!("{} · {} · {}", image.name, image.id, image.region),
        None => id.to_string(),
    };
    match action {
        Action::Unshare { image, which } => {
            let who = match which {
                crate::rules::ShareSelection::All => {
                    let named = named(image);
                    return match state.facts.shares(image) {
                        Some(shares) => tr!(lang, confirm_cancel_all, n = shares.len(), named),
                        None => tr!(lang, confirm_cancel_all_unknown, named),
                    };
                }
                crate::rules::ShareSelection::Accounts(accounts) => accounts
                    .iter()
                    .take(4)
                    .map(|a| state.facts.account_name(a))
                    .chain(
                        (accounts.len() > 4).then(|| tr!(lang, common_more, accounts = accounts.len() - 4)),
                    )
                    .collect::<Vec<_>>()
                    .join(", "),
            };
            tr!(lang, confirm_cancel_with, named = named(image), who)
        }
        Action::Delete { image, with_snapshots } => {
            let snapshots = if *with_snapshots {
                lang.text(m::common_with_its_snapshots)
            } else {
                lang.text(m::common_keeps_snapshots)
            };
            tr!(lang, confirm_delete, named = named(image), snapshots)
        }
        Action::Rename { image, .. } => tr!(lang, confirm_change, named = named(image)),
        Action::Copy { image, .. } | Action::Share { image, .. } | Action::Distribute { image, .. } => {
            format!("{} {}", i18n::action(action, lang), named(image))
        }
        Action::Launch { image, zone, instance_type, name, .. } => {
            let kind = instance_type.as_deref().unwrap_or(lang.text(m::common_instance));
            let place = zone.as_ref().map(|z| tr!(lang, confirm_in, z)).unwrap_or_default();
            let called = name.as_ref().map(|n| tr!(lang, confirm_called, n)).unwrap_or_default();
            tr!(lang, confirm_launch_one_from, kind, place, named = named(image), called)
        }
        Action::Reinstall { instance, image } => {
            let with = image.as_ref().map(|i| tr!(lang, confirm_with, named = named(i))).unwrap_or_default();
            tr!(lang, confirm_reinstall, machine = instance_name(state, instance), with)
        }
        Action::Capture { instance, name } => {
            let image = name
                .as_ref()
                .map_or_else(|| lang.text(m::common_image).into(), |n| tr!(lang, confirm_image, n));
            tr!(lang, confirm_make, image, machine = instance_name(state, instance))
        }
    }
}

/// Returns the name of an instance for messages.
pub(crate) fn instance_name(state: &State, id: &InstanceId) -> String {
    match state.facts.instance(id) {
        Some(instance) => format!("{} · {id} · {}", instance.name, instance.zone),
        None => id.to_string(),
    }
}
