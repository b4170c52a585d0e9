//! Chooses the image to reinstall an instance with. Images that the rules forbid stay in the list with the reason.

use std::sync::Arc;

use ratatui::layout::Rect;

use crate::{
    i18n,
    messages::{m, tr},
    model::{Image, ImageId, ImageKind, Instance, InstanceId},
    rules::{Action, Code, Step as RuleStep, Verdict, VerdictKind},
    tui::{
        app::{
            effect::Effect,
            gate, reads,
            state::{
                State,
                dialog::{Dialog, DialogOutcome, Input},
            },
        },
        keymap::Command,
        screens::{
            confirm::{Confirm, instance_name},
            tabs::images::owner,
        },
        widgets::{
            field::TextField,
            fuzzy,
            list::{centered, move_cursor, window},
            paint::Painter,
            theme::Role,
        },
    },
};

/// The images of the instance's region, with a filter.
#[derive(Debug, Clone)]
pub struct Reinstall {
    instance: InstanceId,
    filter: TextField,
    cursor: usize,
}

impl Reinstall {
    /// Opens the list for an instance.
    pub fn new(instance: &Instance) -> Self {
        Self { instance: instance.id.clone(), filter: TextField::default(), cursor: 0 }
    }

    pub(crate) fn action(&self, image: &ImageId) -> Action {
        Action::Reinstall { instance: self.instance.clone(), image: Some(image.clone()) }
    }

    /// Returns the images that match the filter: allowed images first, then by quality of the match, then by age, the
    /// newest first.
    pub(crate) fn choices<'a>(&self, state: &'a State) -> Vec<(&'a Image, Arc<Verdict>)> {
        let Some(instance) = state.facts.instance(&self.instance) else { return Vec::new() };
        let mut all: Vec<_> = state
            .facts
            .images()
            .filter(|i| i.region == instance.region && i.kind != ImageKind::Public)
            .filter_map(|image| {
                let text = format!("{} {} {}", image.name, image.id, image.os);
                let fit = fuzzy::score(self.filter.text(), &text)?;
                Some((fit, image, state.facts.verdict(&self.action(&image.id))))
            })
            .collect();
        all.sort_by_key(|(fit, image, verdict)| {
            let blocked = verdict.kind() == VerdictKind::Blocked;
            (blocked, *fit, std::cmp::Reverse(image.created_at), image.id.clone())
        });
        all.into_iter().map(|(_, image, verdict)| (image, verdict)).collect()
    }

    /// Sets the filter.
    pub(crate) fn set_filter(&mut self, words: &str) {
        self.filter = TextField::with(words);
        self.cursor = 0;
    }
}

impl Dialog for Reinstall {
    fn on_input(&mut self, input: &Input, state: &mut State, effects: &mut Vec<Effect>) -> DialogOutcome {
        let lang = state.lang;
        match input {
            Input::Command(Command::Back) => return DialogOutcome::Close,
            Input::Command(Command::Confirm) => {
                let choices = self.choices(state);
                let Some((image, verdict)) = choices.into_iter().nth(self.cursor) else {
                    return DialogOutcome::Stay;
                };
                let action = self.action(&image.id);
                if !verdict.is_allowed() {
                    reads::fetch(state, &verdict.missing, effects);
                    gate::show_refusal(state, &verdict);
                    return DialogOutcome::Stay;
                }
                let name = state.facts.instance(&self.instance).map_or("", |i| &i.name);
                let title = tr!(lang, reinstall_reinstall, name = i18n::plain(name));
                let question = Confirm::new(
                    title,
                    lang.text(m::reinstall_yes_reinstall),
                    vec![RuleStep { action, verdict: (*verdict).clone() }],
                );
                return DialogOutcome::Replace(Box::new(question.with_typed(self.instance.as_str())));
            }
            Input::Command(command) => {
                let choices = self.choices(state).len();
                move_cursor(&mut self.cursor, choices, 10, *command);
            }
            Input::Typed(key) => {
                self.filter.handle_key(*key);
                self.cursor = 0;
            }
            Input::Paste(text) => {
                self.filter.insert(text);
                self.cursor = 0;
            }
        }
        DialogOutcome::Stay
    }

    fn draw(&self, state: &State, painter: &mut Painter<'_>, area: Rect) {
        let lang = state.lang;
        let choices = self.choices(state);
        let height = (choices.len().max(1) as u16 + 6).min(area.height);
        let width = area.width.saturating_sub(4).min(110);
        let inside =
            painter.boxed(centered(area, width, height), lang.text(m::reinstall_reinstall_with_which_image));
        painter.text(inside.x, inside.y, inside.width, &instance_name(state, &self.instance), Role::Plain);
        painter.text(inside.x, inside.y + 1, 1, "/", Role::Accent);
        self.filter.draw(painter, inside.x + 2, inside.y + 1, inside.width.saturating_sub(18), true);
        let found = tr!(lang, count_images, n = choices.len());
        painter.text_right(inside.right(), inside.y + 1, 14, &found, Role::Dim);
        let top_row = inside.y + 3;
        let rows = usize::from(inside.bottom().saturating_sub(top_row));
        if choices.is_empty() {
            painter.text(inside.x, top_row, inside.width, lang.text(m::common_nothing_matches), Role::Dim);
        }
        let runs = state.facts.instance(&self.instance).and_then(|i| i.image.as_ref());
        let top = window(self.cursor, rows);
        for (n, (image, verdict)) in choices.iter().enumerate().skip(top).take(rows) {
            let y = top_row + (n - top) as u16;
            let x = inside.x + 2;
            painter.entry(inside.x, y, 22, &image.name, n == self.cursor, Role::Plain);
            // If there is no room for both, the reason is shown instead of the ID. The confirmation that follows
            // shows the ID.
            let mut at = x + 23;
            if inside.width >= 90 {
                painter.text(at, y, 13, image.id.as_str(), Role::Dim);
                at += 14;
            }
            let (text, role) = standing(state, image, verdict, runs == Some(&image.id));
            painter.text(at, y, inside.right().saturating_sub(at), &text, role);
        }
    }

    fn hints(&self, state: &State) -> Vec<(Command, &'static str)> {
        let lang = state.lang;
        vec![(Command::Confirm, lang.text(m::common_choose)), (Command::Back, lang.text(m::common_leave))]
    }

    fn typing(&self) -> bool {
        true
    }
}

/// Returns the owner of an image and its verdict in short.
pub(crate) fn standing(state: &State, image: &Image, verdict: &Verdict, runs: bool) -> (String, Role) {
    let lang = state.lang;
    let whose = match image.kind {
        ImageKind::Received => owner(state, image).unwrap_or_else(|| lang.text(m::common_received).into()),
        _ => lang.text(m::common_own).into(),
    };
    let said = match verdict.kind() {
        VerdictKind::Unknown => (lang.text(m::common_checking).into(), Role::Dim),
        VerdictKind::Blocked => {
            let reason = verdict.reasons.first();
            let short = reason.map(|r| i18n::short(r.code, &r.args, state.lang)).unwrap_or_default();
            (tr!(lang, common_cannot, short), Role::Bad)
        }
        VerdictKind::Allowed if verdict.acknowledge.iter().any(|n| n.code == Code::ReinstallUntrusted) => {
            (lang.text(m::reinstall_asks_not_trusted).into(), Role::Warn)
        }
        VerdictKind::Allowed => (lang.text(m::common_ready).into(), Role::Good),
    };
    let now = if runs { lang.text(m::reinstall_runs_now) } else { "" };
    (format!("{whose} · {}{now}", said.0), said.1)
}
