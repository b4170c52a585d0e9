//! The form to make an image from an instance: name and description.

use std::sync::Arc;

use ratatui::layout::Rect;

use crate::{
    i18n,
    jobs::act::CallOptions,
    messages::{m, tr},
    model::{Instance, InstanceId, InstanceState},
    rules::{Action, Verdict, VerdictKind},
    tui::{
        app::{
            effect::Effect,
            gate,
            message::Performed,
            reads,
            request::CaptureAnswer,
            state::{
                State,
                dialog::{Dialog, DialogOutcome, Input},
            },
        },
        keymap::Command,
        screens::confirm::instance_name,
        widgets::{
            field::TextField,
            list::{centered, truncate_lines},
            paint::{Painter, wrap},
            question::{buttons, other_button},
            theme::Role,
        },
    },
};

/// The state of the form.
#[derive(Debug, Clone)]
pub struct Capture {
    instance: InstanceId,
    fields: [TextField; 2],
    focus: usize,
    at: CaptureStep,
    on_yes: bool,
    /// The verdict on the review step, which Yes accepts.
    shown: Arc<Verdict>,
    message: Option<String>,
}

/// The step of the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum CaptureStep {
    Fields,
    Review,
    Sending,
}

impl Capture {
    /// Opens the form for an instance, with a suggested name.
    pub fn new(instance: &Instance) -> Self {
        let name = format!("{}-image", i18n::plain(&instance.name));
        Self {
            instance: instance.id.clone(),
            fields: [TextField::with(&name), TextField::default()],
            focus: 0,
            at: CaptureStep::Fields,
            on_yes: false,
            shown: Arc::default(),
            message: None,
        }
    }

    pub(crate) fn action(&self) -> Action {
        Action::Capture { instance: self.instance.clone(), name: Some(self.name().to_owned()) }
    }

    fn description(&self) -> &str {
        self.fields[1].text().trim()
    }

    /// Returns the name as it is typed.
    pub(crate) fn name(&self) -> &str {
        self.fields[0].text().trim()
    }

    /// Processes an answer of the line mode.
    pub(crate) fn answer(&mut self, answer: CaptureAnswer, state: &mut State, effects: &mut Vec<Effect>) {
        match answer {
            CaptureAnswer::Name(name) => self.fields[0] = TextField::with(&name),
            CaptureAnswer::Description(text) => self.fields[1] = TextField::with(&text),
            CaptureAnswer::Review => self.review(state, effects),
            CaptureAnswer::Send => self.send(state, effects),
        }
    }

    /// Moves to the review step, or shows what blocks the action.
    pub(crate) fn review(&mut self, state: &mut State, effects: &mut Vec<Effect>) {
        let lang = state.lang;
        self.message = None;
        let most = state.facts.standing.limits.description_length as usize;
        if self.description().chars().count() > most {
            self.focus = 1;
            return state.show_error(tr!(lang, common_description_too_long, most));
        }
        let verdict = state.facts.verdict(&self.action());
        if !verdict.is_allowed() {
            reads::fetch(state, &verdict.missing, effects);
            return gate::show_refusal(state, &verdict);
        }
        self.show(verdict);
    }

    fn show(&mut self, verdict: Arc<Verdict>) {
        (self.at, self.on_yes, self.shown) = (CaptureStep::Review, false, verdict);
    }

    /// Returns whether the review step is shown and Yes was not pressed.
    pub(crate) fn is_reviewed(&self) -> bool {
        self.at == CaptureStep::Review
    }

    /// Sends the call as it was reviewed.
    pub(crate) fn send(&mut self, state: &mut State, effects: &mut Vec<Effect>) {
        self.message = None;
        let description = Some(self.description().to_owned()).filter(|d| !d.is_empty());
        let extra = CallOptions { description, ..CallOptions::default() };
        if gate::start_with(state, self.action(), &self.shown, extra, effects) {
            self.at = CaptureStep::Sending;
            return;
        }
        // The action is refused or its verdict has changed. Shows the current verdict, and asks again if the action
        // is allowed.
        let verdict = state.facts.verdict(&self.action());
        match verdict.is_allowed() {
            true => self.show(verdict),
            false => self.at = CaptureStep::Fields,
        }
    }

    /// Returns the lines below the fields, with reasons that block the action first.
    pub(crate) fn lines(&self, state: &State, width: u16) -> Vec<(String, Role)> {
        let lang = state.lang;
        let mut lines = Vec::new();
        let mut add = |text: &str, role: Role| lines.extend(wrap(text, width).into_iter().map(|l| (l, role)));
        if self.at == CaptureStep::Sending {
            add(lang.text(m::capture_asking_for_it), Role::Accent);
            return lines;
        }
        let verdict = match self.at {
            CaptureStep::Review => self.shown.clone(),
            _ => state.facts.verdict(&self.action()),
        };
        if let Some(message) = &self.message {
            add(message, Role::Bad);
        }
        for reason in &verdict.reasons {
            add(&i18n::sentence(reason.code, &reason.args, state.lang), Role::Bad);
            add(&i18n::remedy(&reason.remedy, reason.code, state.lang), Role::Plain);
        }
        if verdict.kind() == VerdictKind::Unknown {
            add(lang.text(m::common_verdict_loading), Role::Dim);
        }
        if self.message.is_some() || verdict.kind() != VerdictKind::Allowed {
            add("", Role::Plain);
        }
        for note in &verdict.acknowledge {
            add(&i18n::sentence(note.code, &note.args, state.lang), Role::Warn);
        }
        if state.facts.instance(&self.instance).is_some_and(|i| i.state == InstanceState::Running) {
            add(lang.text(m::capture_keeps_running), Role::Plain);
        }
        for note in &verdict.notes {
            add(&i18n::sentence(note.code, &note.args, state.lang), Role::Plain);
        }
        lines
    }
}

impl Dialog for Capture {
    fn on_input(&mut self, input: &Input, state: &mut State, effects: &mut Vec<Effect>) -> DialogOutcome {
        let lang = state.lang;
        match input {
            Input::Command(Command::Back) if self.at == CaptureStep::Review => self.at = CaptureStep::Fields,
            Input::Command(Command::Back) => {
                if self.at == CaptureStep::Sending {
                    state.show_notice(lang.text(m::common_continues));
                }
                return DialogOutcome::Close;
            }
            _ if self.at == CaptureStep::Sending => {}
            Input::Command(Command::Confirm) if self.at == CaptureStep::Review && self.on_yes => {
                self.send(state, effects);
            }
            Input::Command(Command::Confirm) if self.at == CaptureStep::Review => {
                self.at = CaptureStep::Fields
            }
            Input::Command(command) if self.at == CaptureStep::Review => {
                if other_button(*command) {
                    self.on_yes = !self.on_yes;
                }
            }
            _ if self.at == CaptureStep::Review => {}
            Input::Command(Command::NextField | Command::PrevField | Command::Up | Command::Down) => {
                self.focus = 1 - self.focus;
            }
            Input::Command(Command::Confirm) => self.review(state, effects),
            Input::Typed(key) => {
                self.message = None;
                self.fields[self.focus].handle_key(*key);
            }
            Input::Paste(text) => {
                self.message = None;
                self.fields[self.focus].insert(text);
            }
            Input::Command(_) => {}
        }
        DialogOutcome::Stay
    }

    fn draw(&self, state: &State, painter: &mut Painter<'_>, area: Rect) {
        let lang = state.lang;
        let mut lines = self.lines(state, 76.min(area.width).saturating_sub(4));
        let height =
            (lines.len() as u16 + 7 + 2 * u16::from(self.at == CaptureStep::Review)).min(area.height);
        let inside = painter.boxed(centered(area, 76, height), lang.text(m::capture_make_image));
        painter.text(inside.x, inside.y, inside.width, &instance_name(state, &self.instance), Role::Plain);
        let limits = &state.facts.standing.limits;
        let most = [limits.name_length, limits.description_length];
        for (n, label) in
            [lang.text(m::common_name), lang.text(m::common_description)].into_iter().enumerate()
        {
            let y = inside.y + 2 + n as u16;
            let focused = n == self.focus && self.at == CaptureStep::Fields;
            painter.text(inside.x, y, 12, label, if focused { Role::Accent } else { Role::Dim });
            self.fields[n].draw(painter, inside.x + 13, y, inside.width.saturating_sub(13 + 9), focused);
            let used = self.fields[n].text().trim().chars().count();
            let role = if used > most[n] as usize { Role::Bad } else { Role::Dim };
            painter.text_right(inside.right(), y, 8, &format!("{used}/{}", most[n]), role);
        }
        let review = self.at == CaptureStep::Review;
        let bottom = inside.bottom().saturating_sub(2 * u16::from(review));
        truncate_lines(&mut lines, usize::from(bottom.saturating_sub(inside.y + 5)), lang);
        for (y, (text, role)) in (inside.y + 5..bottom).zip(&lines) {
            painter.text(inside.x, y, inside.width, text, *role);
        }
        if review {
            let (no, yes) = (lang.text(m::common_no_go_back), lang.text(m::capture_yes_make_image));
            buttons(painter, inside.x, inside.bottom() - 1, inside.width, no, yes, self.on_yes, true);
        }
    }

    fn hints(&self, state: &State) -> Vec<(Command, &'static str)> {
        let lang = state.lang;
        match self.at {
            CaptureStep::Sending => vec![(Command::Back, lang.text(m::common_leave_it_running))],
            CaptureStep::Review => vec![
                (Command::NextField, lang.text(m::common_other_button)),
                (Command::Confirm, lang.text(m::common_press_it)),
                (Command::Back, lang.text(m::command_back)),
            ],
            CaptureStep::Fields => vec![
                (Command::NextField, lang.text(m::command_next_field)),
                (Command::Confirm, lang.text(m::command_go_on)),
                (Command::Back, lang.text(m::common_leave)),
            ],
        }
    }

    fn typing(&self) -> bool {
        true
    }

    fn on_performed(&mut self, performed: &Performed, state: &mut State) -> Option<bool> {
        let lang = state.lang;
        if self.at != CaptureStep::Sending || *performed.cleared.action() != self.action() {
            return None;
        }
        self.at = CaptureStep::Fields;
        self.message = performed.error.as_ref().map(|t| {
            let unsure = if performed.unsure { lang.text(m::capture_unknown) } else { "" };
            format!("{}{unsure}", t.to_line(lang))
        });
        Some(self.message.is_none())
    }
}
