//! What lies over the tables: screens, menus and questions. Each takes its keys and asks for effects; the one gate for
//! whatever changes something is [`crate::tui::app::gate::start`].

pub(crate) mod accounts;
pub(crate) mod batch;
pub(crate) mod capture;
pub(crate) mod chrome;
pub(crate) mod confirm;
pub(crate) mod doctor;
pub(crate) mod flow;
pub mod frame;
pub(crate) mod jobs;
pub(crate) mod launch;
pub(crate) mod menu;
pub(crate) mod messages;
pub(crate) mod note;
pub(crate) mod palette;
pub(crate) mod picker;
pub(crate) mod reader;
pub(crate) mod reinstall;
pub(crate) mod rename;
pub(crate) mod rules;
pub mod tabs;
pub(crate) mod undo;
pub(crate) mod unshare;

use ratatui::layout::Rect;

pub use crate::tui::{
    screens::{
        accounts::Accounts,
        batch::Batch,
        capture::Capture,
        confirm::Confirm,
        flow::Flow,
        jobs::JobScreen,
        launch::Launch,
        menu::Menu,
        note::Note,
        picker::{Picker, Subject},
        reader::{Page, Reader},
        reinstall::Reinstall,
        rename::Rename,
        rules::Rules,
        undo::Undo,
        unshare::Unshare,
    },
    widgets::field::Field,
};

pub(crate) use crate::tui::screens::jobs::state_word;

use crate::tui::{
    app::{effect::Effect, message::Performed, state::State},
    keymap::{Command, key::Key},
    widgets::paint::Painter,
};

/// What an overlay is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// A key that means something here.
    Command(Command),
    /// A key for a text field.
    Typed(Key),
    /// A pasted text.
    Paste(String),
}

/// What becomes of an overlay.
#[derive(Debug)]
pub enum Step {
    /// It stays.
    Stay,
    /// It goes.
    Close,
    /// Another takes its place.
    Replace(Overlay),
    /// Another comes on top.
    Open(Overlay),
    /// It goes, and the command is done on the table.
    Command(Command),
}

/// What lies over the tables.
#[derive(Debug, Clone)]
pub enum Overlay {
    /// Text to read.
    Reader(Reader),
    /// The rules, with search.
    Rules(Rules),
    /// The actions of a row, with reasons.
    Menu(Menu),
    /// Something to choose from.
    Picker(Picker),
    /// Whether to do something.
    Confirm(Confirm),
    /// An action for all that are marked.
    Batch(Batch),
    /// Which shares to cancel.
    Unshare(Unshare),
    /// The address book, and whom to trust.
    Accounts(Accounts),
    /// A note of a received image.
    Note(Note),
    /// A new name and description.
    Rename(Rename),
    /// Copy, then share.
    Flow(Box<Flow>),
    /// A job as it goes.
    Job(JobScreen),
    /// What an undo would do, and whether to.
    Undo(Undo),
    /// An instance to be made.
    Launch(Box<Launch>),
    /// The image to reinstall an instance with.
    Reinstall(Reinstall),
    /// An image to be made of an instance.
    Capture(Capture),
}

impl Overlay {
    /// Takes a key.
    pub(crate) fn on(&mut self, input: Input, state: &mut State, effects: &mut Vec<Effect>) -> Step {
        match self {
            Self::Reader(o) => o.on(&input, state, effects),
            Self::Rules(o) => o.on(&input, state, effects),
            Self::Menu(o) => o.on(&input, state, effects),
            Self::Picker(o) => o.on(&input, state, effects),
            Self::Confirm(o) => o.on(&input, state, effects),
            Self::Batch(o) => o.on(&input, state, effects),
            Self::Unshare(o) => o.on(&input, state),
            Self::Accounts(o) => o.on(&input, state, effects),
            Self::Note(o) => o.on(&input, state, effects),
            Self::Rename(o) => o.on(&input, state, effects),
            Self::Flow(o) => o.on(&input, state, effects),
            Self::Job(o) => o.on(&input, state, effects),
            Self::Undo(o) => o.on(&input, state, effects),
            Self::Launch(o) => o.on(&input, state, effects),
            Self::Reinstall(o) => o.on(&input, state, effects),
            Self::Capture(o) => o.on(&input, state, effects),
        }
    }

    /// Characters go into a field of it.
    pub fn typing(&self) -> bool {
        match self {
            Self::Confirm(o) => o.typing(),
            Self::Batch(o) => o.typing(),
            Self::Undo(o) => o.typing(),
            Self::Accounts(o) => o.typing(),
            Self::Note(_) | Self::Rename(_) => true,
            Self::Picker(o) => o.typing(),
            Self::Rules(o) => o.typing(),
            Self::Flow(o) => o.typing(),
            Self::Launch(o) => o.typing(),
            Self::Reinstall(_) | Self::Capture(_) => true,
            _ => false,
        }
    }

    /// It takes the whole screen but header and footer, so that the table below is not drawn.
    pub fn fills_the_screen(&self) -> bool {
        matches!(
            self,
            Self::Reader(_)
                | Self::Rules(_)
                | Self::Menu(_)
                | Self::Batch(_)
                | Self::Flow(_)
                | Self::Job(_)
                | Self::Launch(_)
        )
    }

    /// Tells a form what came of the call that it waits for; true where it may go now, nothing where it waits for none.
    pub(crate) fn told(&mut self, performed: &Performed, state: &mut State) -> Option<bool> {
        match self {
            Self::Launch(o) => o.told(performed, state),
            Self::Capture(o) => o.told(performed, state.lang),
            _ => None,
        }
    }

    /// Draws it over what is there.
    pub fn draw(&self, state: &State, painter: &mut Painter<'_>, area: Rect) {
        match self {
            Self::Reader(o) => o.draw(state, painter, area),
            Self::Rules(o) => o.draw(state, painter, area),
            Self::Menu(o) => o.draw(state, painter, area),
            Self::Picker(o) => o.draw(state, painter, area),
            Self::Confirm(o) => o.draw(state, painter, area),
            Self::Batch(o) => o.draw(state, painter, area),
            Self::Unshare(o) => o.draw(state, painter, area),
            Self::Accounts(o) => o.draw(state, painter, area),
            Self::Note(o) => o.draw(state, painter, area),
            Self::Rename(o) => o.draw(state, painter, area),
            Self::Flow(o) => o.draw(state, painter, area),
            Self::Job(o) => o.draw(state, painter, area),
            Self::Undo(o) => o.draw(state, painter, area),
            Self::Launch(o) => o.draw(state, painter, area),
            Self::Reinstall(o) => o.draw(state, painter, area),
            Self::Capture(o) => o.draw(state, painter, area),
        }
    }

    /// The keys that apply now, for the footer.
    pub fn hints(&self, state: &State) -> Vec<(String, &'static str)> {
        let lang = state.lang;
        let hints: Vec<(Command, &'static str)> = match self {
            Self::Reader(o) => o.hints(lang),
            Self::Rules(o) => o.hints(lang),
            Self::Menu(o) => o.hints(state),
            Self::Picker(o) => o.hints(lang),
            Self::Confirm(o) => o.hints(lang),
            Self::Batch(o) => o.hints(lang),
            Self::Unshare(_) => vec![
                (Command::Mark, lang.of("mark", "标记")),
                (Command::Invert, lang.of("all", "全部")),
                (Command::Confirm, lang.of("cancel these", "取消这些")),
                (Command::Back, lang.of("back", "返回")),
            ],
            Self::Accounts(o) => o.hints(lang),
            Self::Note(_) => vec![
                (Command::Confirm, lang.of("keep", "保存")),
                (Command::Back, lang.of("leave it", "放弃")),
            ],
            Self::Rename(_) => vec![
                (Command::NextField, lang.of("next field", "下一项")),
                (Command::Confirm, lang.of("save", "保存")),
                (Command::Back, lang.of("leave it", "放弃")),
            ],
            Self::Flow(o) => o.hints(state),
            Self::Job(o) => o.hints(state),
            Self::Undo(o) => o.hints(lang),
            Self::Launch(o) => o.hints(lang),
            Self::Reinstall(_) => vec![
                (Command::Confirm, lang.of("take it", "选定")),
                (Command::Back, lang.of("leave it", "放弃")),
            ],
            Self::Capture(o) => o.hints(lang),
        };
        hints
            .into_iter()
            .map(|(c, what)| (state.keymap.hint(crate::tui::keymap::Context::Overlay, c), what))
            .collect()
    }
}
