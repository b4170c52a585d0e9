//! The form for a new name and description of an image.

use ratatui::layout::Rect;

use crate::{
    i18n,
    messages::m,
    model::Image,
    rules::Action,
    tui::{
        app::{
            effect::Effect,
            gate,
            state::{
                State,
                dialog::{Dialog, DialogOutcome, Input},
            },
        },
        keymap::Command,
        widgets::{
            field::TextField,
            list::centered,
            paint::{Painter, wrap},
            theme::Role,
        },
    },
};

/// The form. The verdict is shown below the fields while the user types.
#[derive(Debug, Clone)]
pub struct Rename {
    image: crate::model::ImageId,
    old: (String, String),
    fields: [TextField; 2],
    focus: usize,
}

impl Rename {
    /// Opens the form for an image with its current name and description.
    pub fn new(image: &Image) -> Self {
        Self {
            image: image.id.clone(),
            old: (image.name.to_string(), image.description.to_string()),
            fields: [
                TextField::with(&i18n::plain(&image.name)),
                TextField::with(&i18n::plain(&image.description)),
            ],
            focus: 0,
        }
    }

    fn action(&self) -> Action {
        let changed = |field: &TextField, old: &str| {
            (field.text() != i18n::plain(old)).then(|| field.text().trim().to_owned())
        };
        Action::Rename {
            image: self.image.clone(),
            name: changed(&self.fields[0], &self.old.0),
            description: changed(&self.fields[1], &self.old.1),
        }
    }
}

impl Dialog for Rename {
    fn on_input(&mut self, input: &Input, state: &mut State, effects: &mut Vec<Effect>) -> DialogOutcome {
        let lang = state.lang;
        match input {
            Input::Command(Command::Back) => return DialogOutcome::Close,
            Input::Command(Command::NextField | Command::PrevField | Command::Up | Command::Down) => {
                self.focus = 1 - self.focus;
            }
            Input::Command(Command::Confirm) => {
                let action = self.action();
                if matches!(&action, Action::Rename { name: None, description: None, .. }) {
                    state.show_notice(lang.text(m::common_nothing_was_changed));
                    return DialogOutcome::Close;
                }
                let shown = state.facts.verdict(&action);
                if gate::start(state, action, &shown, effects) {
                    return DialogOutcome::Close;
                }
            }
            Input::Typed(key) => {
                self.fields[self.focus].handle_key(*key);
            }
            Input::Paste(text) => self.fields[self.focus].insert(text),
            Input::Command(_) => {}
        }
        DialogOutcome::Stay
    }

    fn draw(&self, state: &State, painter: &mut Painter<'_>, area: Rect) {
        let lang = state.lang;
        let inside = painter.boxed(centered(area, 76, 11), lang.text(m::rename_name_and_description));
        let limits = &state.facts.standing.limits;
        let most = [limits.name_length, limits.description_length];
        for (n, label) in
            [lang.text(m::common_name), lang.text(m::common_description)].into_iter().enumerate()
        {
            let y = inside.y + n as u16 * 2;
            let focused = n == self.focus;
            painter.text(inside.x, y, 12, label, if focused { Role::Accent } else { Role::Dim });
            self.fields[n].draw(painter, inside.x + 13, y, inside.width.saturating_sub(13 + 9), focused);
            let used = self.fields[n].text().chars().count();
            let role = if used > most[n] as usize { Role::Bad } else { Role::Dim };
            painter.text_right(inside.right(), y, 8, &format!("{used}/{}", most[n]), role);
        }
        let verdict = state.facts.verdict(&self.action());
        let mut y = inside.y + 4;
        for reason in &verdict.reasons {
            for line in wrap(&i18n::sentence(reason.code, &reason.args, state.lang), inside.width) {
                painter.text(inside.x, y, inside.width, &line, Role::Bad);
                y += 1;
            }
        }
    }

    fn hints(&self, state: &State) -> Vec<(Command, &'static str)> {
        let lang = state.lang;
        vec![
            (Command::NextField, lang.text(m::command_next_field)),
            (Command::Confirm, lang.text(m::common_keep)),
            (Command::Back, lang.text(m::common_leave)),
        ]
    }

    fn typing(&self) -> bool {
        true
    }
}
