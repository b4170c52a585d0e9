//! The form for a note on a received image, whose name and description only its owner can change.

use ratatui::layout::Rect;

use crate::{
    i18n,
    messages::m,
    model::ImageId,
    tui::{
        app::{
            accounts,
            effect::Effect,
            state::{
                State,
                dialog::{Dialog, DialogOutcome, Input},
            },
        },
        keymap::Command,
        widgets::{field::TextField, list::centered, paint::Painter, theme::Role},
    },
};

/// The form.
#[derive(Debug, Clone)]
pub struct NoteForm {
    image: ImageId,
    field: TextField,
}

impl NoteForm {
    /// Opens the form for an image with its current note.
    pub fn new(image: ImageId, state: &State) -> Self {
        let now = state.notes.notes.get(&image).map_or("", String::as_str);
        Self { field: TextField::with(&i18n::plain(now)), image }
    }
}

impl Dialog for NoteForm {
    fn on_input(&mut self, input: &Input, state: &mut State, effects: &mut Vec<Effect>) -> DialogOutcome {
        match input {
            Input::Command(Command::Back) => return DialogOutcome::Close,
            Input::Command(Command::Confirm) => {
                if let Some(image) = state.facts.image(&self.image).cloned() {
                    accounts::save_note(state, &image, self.field.text(), effects);
                }
                return DialogOutcome::Close;
            }
            Input::Typed(key) => drop(self.field.handle_key(*key)),
            Input::Paste(text) => self.field.insert(text),
            Input::Command(_) => {}
        }
        DialogOutcome::Stay
    }

    fn draw(&self, state: &State, painter: &mut Painter<'_>, area: Rect) {
        let lang = state.lang;
        let inside = painter.boxed(centered(area, 76, 7), lang.text(m::note_your_note));
        let name = state.facts.image(&self.image).map_or(self.image.as_str(), |i| i.name.as_str());
        painter.text(inside.x, inside.y, inside.width, name, Role::Strong);
        let text = lang.text(m::note_explanation);
        painter.text(inside.x, inside.y + 1, inside.width, text, Role::Dim);
        self.field.draw(painter, inside.x, inside.y + 3, inside.width, true);
    }

    fn hints(&self, state: &State) -> Vec<(Command, &'static str)> {
        let lang = state.lang;
        vec![(Command::Confirm, lang.text(m::common_keep)), (Command::Back, lang.text(m::common_leave))]
    }

    fn typing(&self) -> bool {
        true
    }
}
