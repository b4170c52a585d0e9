//! What lies over the tables: pages, menus, forms and questions.

use std::{any::Any, fmt};

use ratatui::layout::Rect;

use crate::{
    rules::Code,
    tui::{
        app::{effect::Effect, message::Performed, state::State},
        keymap::{Command, key::Key},
        widgets::paint::Painter,
    },
};

/// What a dialog gets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// A key that means something here.
    Command(Command),
    /// A key for a text field.
    Typed(Key),
    /// A pasted text.
    Paste(String),
}

/// What happens after a dialog took its input.
#[derive(Debug)]
pub enum Outcome {
    /// It stays.
    Stay,
    /// It goes.
    Close,
    /// Another takes its place.
    Replace(Box<dyn Dialog>),
    /// Another comes on top.
    Open(Box<dyn Dialog>),
    /// It closes, and the command runs on the table: on the marked rows, or else the selected one.
    Command(Command),
    /// The same on the selected row alone.
    OnRow(Command),
}

/// A dialog. The last one of [`State::dialogs`] gets keys and pastes.
pub trait Dialog: Any + fmt::Debug + CloneDialog {
    /// Takes a key or a paste.
    fn on(&mut self, input: &Input, state: &mut State, effects: &mut Vec<Effect>) -> Outcome;

    /// Draws it over what is there.
    fn draw(&self, state: &State, painter: &mut Painter<'_>, area: Rect);

    /// The commands that apply now, for the footer.
    fn hints(&self, state: &State) -> Vec<(Command, &'static str)>;

    /// Whether characters go into a field of it.
    fn typing(&self) -> bool {
        false
    }

    /// Whether it takes the whole screen but header and footer, so that the table below is not drawn.
    fn fills_the_screen(&self) -> bool {
        false
    }

    /// Tells a form how the call that it waits for ended: `Some(true)` where it closes, `None` where it waits for none.
    fn performed(&mut self, _: &Performed, _: &mut State) -> Option<bool> {
        None
    }

    /// Whether it takes a command of the table as its own.
    fn takes(&self, _: Command, _: &State) -> bool {
        false
    }

    /// The rule that it is about, for the rules page.
    fn rule(&self, _: &State) -> Option<Code> {
        None
    }
}

/// Clones a boxed dialog.
pub trait CloneDialog {
    /// A copy in a box of its own.
    fn clone_boxed(&self) -> Box<dyn Dialog>;
}

impl<T: Dialog + Clone> CloneDialog for T {
    fn clone_boxed(&self) -> Box<dyn Dialog> {
        Box::new(self.clone())
    }
}

impl Clone for Box<dyn Dialog> {
    fn clone(&self) -> Self {
        (**self).clone_boxed()
    }
}

impl dyn Dialog {
    /// Whether it is a `T`.
    pub fn is<T: Dialog>(&self) -> bool {
        self.downcast_ref::<T>().is_some()
    }

    /// It as a `T`, where it is one.
    pub fn downcast_ref<T: Dialog>(&self) -> Option<&T> {
        (self as &dyn Any).downcast_ref()
    }

    /// The same, to change it.
    pub fn downcast_mut<T: Dialog>(&mut self) -> Option<&mut T> {
        (self as &mut dyn Any).downcast_mut()
    }
}
