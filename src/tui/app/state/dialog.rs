//! The trait of dialogs: pages, menus, forms and questions on top of the tables.

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

/// An input to a dialog.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// A key that is mapped to a command.
    Command(Command),
    /// A key for a text field.
    Typed(Key),
    /// A pasted text.
    Paste(String),
}

/// What to do after a dialog has processed an input.
#[derive(Debug)]
pub enum DialogOutcome {
    /// Keep the dialog open.
    Stay,
    /// Close the dialog.
    Close,
    /// Replace the dialog by another.
    Replace(Box<dyn Dialog>),
    /// Open another dialog on top.
    Open(Box<dyn Dialog>),
    /// Close the dialog and run the command on the table: on the marked rows, or else on the selected one.
    Command(Command),
    /// Close the dialog and run the command on the selected row only.
    OnRow(Command),
}

/// A dialog. The last one of [`State::dialogs`] gets keys and pastes.
pub trait Dialog: Any + fmt::Debug + CloneDialog {
    /// Processes a key or a paste.
    fn on_input(&mut self, input: &Input, state: &mut State, effects: &mut Vec<Effect>) -> DialogOutcome;

    /// Draws the dialog on top of the screen.
    fn draw(&self, state: &State, painter: &mut Painter<'_>, area: Rect);

    /// Returns the commands that apply now, for the footer.
    fn hints(&self, state: &State) -> Vec<(Command, &'static str)>;

    /// Returns whether a text field has the focus.
    fn typing(&self) -> bool {
        false
    }

    /// Returns whether the dialog covers everything between header and footer, so that the table need not be drawn.
    fn fills_the_screen(&self) -> bool {
        false
    }

    /// Gives a form the result of its call. Returns `Some(true)` if the form closes, and `None` if it waits for no
    /// call.
    fn on_performed(&mut self, _: &Performed, _: &mut State) -> Option<bool> {
        None
    }

    /// Returns whether the dialog handles a command of the table itself.
    fn handles(&self, _: Command, _: &State) -> bool {
        false
    }

    /// Returns the rule that the dialog is about, for the rules page.
    fn rule(&self, _: &State) -> Option<Code> {
        None
    }
}

/// Clones a boxed dialog.
pub trait CloneDialog {
    /// Returns a boxed copy.
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
    /// Returns whether the dialog is a `T`.
    pub fn is<T: Dialog>(&self) -> bool {
        self.downcast_ref::<T>().is_some()
    }

    /// Returns the dialog as a `T`, if it is one.
    pub fn downcast_ref<T: Dialog>(&self) -> Option<&T> {
        (self as &dyn Any).downcast_ref()
    }

    /// Returns the dialog as a mutable `T`, if it is one.
    pub fn downcast_mut<T: Dialog>(&mut self) -> Option<&mut T> {
        (self as &mut dyn Any).downcast_mut()
    }
}
