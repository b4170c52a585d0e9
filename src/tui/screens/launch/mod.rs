//! The launch form: region, type, name and network of an instance, then the risks, then the call with its dry run.

pub(crate) mod choose;
pub(crate) mod draw;
pub(crate) mod lines;
pub(crate) mod place;

use ratatui::layout::Rect;

use crate::{
    facts::Load,
    i18n,
    jobs::act::CallOptions,
    messages::{Lang, m, tr},
    model::{Image, ImageId, Offer, Region},
    rules::{self, Action, Args, Code, Verdict, VerdictKind},
    tui::{
        app::{
            effect::Effect,
            gate,
            message::Performed,
            reads,
            state::{
                LoadState, State,
                dialog::{Dialog, DialogOutcome, Input},
            },
        },
        keymap::Command,
        widgets::{field::TextField, paint::Painter, question::other_button, theme::Role},
    },
};

/// The step of the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum LaunchStep {
    Choices,
    Risk,
    Sending,
}

/// The field that gets the keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Focus {
    Region,
    Zone,
    Type,
    Name,
    Network,
}

impl Focus {
    const ALL: [Focus; 5] = [Focus::Region, Focus::Zone, Focus::Type, Focus::Name, Focus::Network];

    fn step(self, by: usize) -> Self {
        Self::ALL[(self as usize + by) % 5]
    }
}

/// Returns the text about a call whose answer was lost.
fn outcome_unknown_text(lang: Lang) -> &'static str {
    lang.text(m::launch_unknown)
}

/// The launch form.
#[derive(Debug, Clone)]
pub struct LaunchForm {
    image: ImageId,
    region: Region,
    at: LaunchStep,
    focus: Focus,
    region_cursor: usize,
    /// The chosen zone. `None` selects the first open zone.
    zone: Option<String>,
    filter: TextField,
    type_cursor: usize,
    kind: Option<String>,
    name: TextField,
    network: TextField,
    on_yes: bool,
    /// The error messages and their fixes.
    messages: Vec<(String, Role)>,
    /// The client token. The cloud creates one instance per token. It is kept while the answer to a call with it is
    /// lost.
    token: String,
    unsure: bool,
    /// The action whose answer is awaited.
    sent: Option<Action>,
    /// The verdict on the last step, which Yes accepts.
    shown: Verdict,
}

impl LaunchForm {
    /// Opens the form for an image, with nothing chosen.
    pub fn new(image: &Image, state: &mut State) -> Self {
        Self {
            image: image.id.clone(),
            region: image.region.clone(),
            at: LaunchStep::Choices,
            focus: Focus::Zone,
            region_cursor: 0,
            zone: None,
            filter: TextField::default(),
            type_cursor: 0,
            kind: None,
            name: TextField::default(),
            network: TextField::default(),
            on_yes: false,
            messages: Vec::new(),
            token: token(state),
            unsure: false,
            sent: None,
            shown: Verdict::default(),
        }
    }

    fn offers<'a>(&self, state: &'a State) -> &'a [Offer] {
        state.facts.offers(&self.region).unwrap_or_default()
    }

    /// Returns why the types are not known, or `None` if they are.
    pub(crate) fn no_offers(&self, state: &State) -> Option<String> {
        let lang = state.lang;
        if state.facts.offers(&self.region).is_some() {
            return None;
        }
        Some(match state.loads.get(&Load::Offers(self.region.clone())) {
            Some(LoadState::Failed(_, error)) => {
                tr!(lang, launch_types_failed, told = error.to_line(state.lang))
            }
            _ => {
                tr!(lang, launch_loading_types, region = self.region)
            }
        })
    }

    pub(crate) fn action(&self, state: &State) -> Action {
        let name = self.name.text().trim();
        Action::Launch {
            image: self.image.clone(),
            region: Some(self.region.clone()),
            zone: self.zone(state).map(str::to_owned),
            instance_type: self.offer(state).map(|o| o.instance_type.clone()),
            name: (!name.is_empty()).then(|| name.to_owned()),
        }
    }

    /// Returns the verdict on the last step, which Yes accepts.
    pub(crate) fn shown(&self) -> &Verdict {
        &self.shown
    }

    fn on_risk(&mut self, command: Command, state: &mut State, effects: &mut Vec<Effect>) {
        match command {
            command if other_button(command) => self.on_yes = !self.on_yes,
            Command::Confirm if self.on_yes => self.send(state, effects),
            Command::Confirm | Command::Back => {
                self.on_yes = false;
                self.at = LaunchStep::Choices;
            }
            _ => {}
        }
    }

    pub(crate) fn send(&mut self, state: &mut State, effects: &mut Vec<Effect>) {
        let action = self.action(state);
        let extra = CallOptions {
            network: self.chosen_network(state.lang).ok().flatten(),
            token: Some(self.token.clone()),
            repeats_lost_call: self.unsure,
            description: None,
        };
        if gate::start_with(state, action.clone(), &self.shown, extra, effects) {
            self.sent = Some(action);
            self.messages.clear();
            self.at = LaunchStep::Sending;
            return;
        }
        // The action is refused or its verdict has changed. Shows the current verdict, and asks again if the action
        // is allowed.
        self.on_yes = false;
        self.shown = (*state.facts.verdict(&action)).clone();
        self.at = if self.shown.is_allowed() { LaunchStep::Risk } else { LaunchStep::Choices };
    }

    /// Moves to the risks, or shows what is missing.
    pub(crate) fn review(&mut self, state: &mut State, effects: &mut Vec<Effect>) {
        let lang = state.lang;
        self.messages.clear();
        if self.offer(state).is_none() {
            self.focus = if self.zone(state).is_none() { Focus::Zone } else { Focus::Type };
            self.messages.push((lang.text(m::launch_choose_instance_type_that_zone).into(), Role::Bad));
            return;
        }
        if let Err(text) = self.chosen_network(state.lang) {
            self.focus = Focus::Network;
            self.messages.push((text, Role::Bad));
            return;
        }
        let verdict = state.facts.verdict(&self.action(state));
        match verdict.kind() {
            VerdictKind::Allowed => {
                self.shown = (*verdict).clone();
                self.messages
                    .extend(self.unsure.then(|| (outcome_unknown_text(state.lang).into(), Role::Plain)));
                self.on_yes = false;
                self.at = LaunchStep::Risk;
            }
            VerdictKind::Blocked => gate::show_refusal(state, &verdict),
            VerdictKind::Unknown => {
                reads::fetch(state, &verdict.missing, effects);
                gate::show_refusal(state, &verdict);
            }
        }
    }
}

impl Dialog for LaunchForm {
    fn on_input(&mut self, input: &Input, state: &mut State, effects: &mut Vec<Effect>) -> DialogOutcome {
        let lang = state.lang;
        match (self.at, input) {
            (LaunchStep::Choices, Input::Command(Command::Back)) => return DialogOutcome::Close,
            (LaunchStep::Choices, _) => return self.on_choices(input, state, effects),
            (LaunchStep::Risk, Input::Command(command)) => self.on_risk(*command, state, effects),
            (LaunchStep::Sending, Input::Command(Command::Back)) => {
                state.show_notice(lang.text(m::common_continues));
                return DialogOutcome::Close;
            }
            (LaunchStep::Risk | LaunchStep::Sending, _) => {}
        }
        DialogOutcome::Stay
    }

    fn draw(&self, state: &State, painter: &mut Painter<'_>, area: Rect) {
        self.draw_all(state, painter, area);
    }

    fn hints(&self, state: &State) -> Vec<(Command, &'static str)> {
        let lang = state.lang;
        match (self.at, self.focus) {
            (LaunchStep::Choices, Focus::Zone) => vec![
                (Command::Confirm, lang.text(m::common_choose)),
                (Command::NextField, lang.text(m::command_next_field)),
                (Command::PrevField, lang.text(m::launch_another_region)),
                (Command::Back, lang.text(m::common_leave)),
            ],
            (LaunchStep::Choices, Focus::Region | Focus::Type) => vec![
                (Command::Confirm, lang.text(m::common_choose)),
                (Command::NextField, lang.text(m::command_next_field)),
                (Command::Back, lang.text(m::common_leave)),
            ],
            (LaunchStep::Choices, focus) => vec![
                (
                    Command::Confirm,
                    if focus == Focus::Name {
                        lang.text(m::command_next_field)
                    } else {
                        lang.text(m::command_go_on)
                    },
                ),
                (Command::PrevField, lang.text(m::command_previous_field)),
                (Command::Back, lang.text(m::common_leave)),
            ],
            (LaunchStep::Risk, _) => vec![
                (Command::NextField, lang.text(m::common_other_button)),
                (Command::Confirm, lang.text(m::common_press_it)),
                (Command::Back, lang.text(m::command_back)),
            ],
            (LaunchStep::Sending, _) => vec![(Command::Back, lang.text(m::common_leave_it_running))],
        }
    }

    fn typing(&self) -> bool {
        self.at == LaunchStep::Choices && !matches!(self.focus, Focus::Region | Focus::Zone)
    }

    fn on_performed(&mut self, performed: &Performed, state: &mut State) -> Option<bool> {
        let action = performed.cleared.action();
        self.sent.take_if(|sent| sent == action)?;
        let Some(error) = &performed.error else { return Some(true) };
        self.messages = vec![(error.to_line(state.lang), Role::Bad)];
        self.on_yes = false;
        self.unsure = performed.unsure;
        if performed.unsure {
            self.at = LaunchStep::Risk;
            self.messages.push((outcome_unknown_text(state.lang).into(), Role::Plain));
            return Some(false);
        }
        self.token = token(state);
        self.at = LaunchStep::Choices;
        // The form launches in the image's own region, so `launch.other-region` cannot be the cause.
        let mapped = rules::from_refusal(action, &error.code).filter(|c| *c != Code::LaunchOtherRegion);
        if let Some(code) = mapped {
            self.messages.insert(0, (i18n::sentence(code, &Args::new(), state.lang), Role::Bad));
        }
        if let Some((focus, fix)) = choose::fix(&error.code, state.lang) {
            self.focus = focus.unwrap_or(self.focus);
            let arch = state.facts.image(&self.image).map_or("", |i| &i.arch);
            self.messages.push((fix.replace("{arch}", arch), Role::Plain));
            self.filter.take();
            self.type_cursor = 0;
        }
        Some(false)
    }

    fn fills_the_screen(&self) -> bool {
        true
    }
}

/// Returns a new token for each form and each answered call. It contains the ticket counter, so that two forms have
/// different tokens.
fn token(state: &mut State) -> String {
    state.ticket += 1;
    format!("cvmshare-{:x}-{:x}-{:x}", state.now.as_nanosecond(), state.epoch, state.ticket)
}
