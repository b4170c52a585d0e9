//! What lies over the tables: screens, menus and questions. Each takes its keys and asks for effects; the one gate for
//! whatever changes something is [`super::update::start`].

mod accounts;
mod batch;
mod capture;
mod confirm;
mod field;
mod flow;
mod jobs;
mod launch;
mod matrix;
mod menu;
mod messages;
mod note;
mod palette;
mod picker;
mod reader;
mod reinstall;
mod rename;
mod rules;
mod undo;
mod unshare;

use ratatui::layout::Rect;

pub use accounts::Accounts;
pub use batch::Batch;
pub use capture::Capture;
pub use confirm::Confirm;
pub(super) use confirm::describe;
pub use field::Field;
pub use flow::Flow;
pub(super) use flow::difference;
pub use jobs::JobScreen;
pub(super) use jobs::{receivers_texts, state_word};
pub use launch::Launch;
pub(super) use launch::{Focus, Way};
pub use menu::Menu;
pub use note::Note;
pub use picker::{Picker, Subject};
pub use reader::{Page, Reader};
pub use reinstall::Reinstall;
pub(super) use reinstall::standing;
pub use rename::Rename;
pub use rules::Rules;
pub use undo::Undo;
pub(super) use undo::refusals;
pub use unshare::Unshare;

use super::{
    effect::Effect,
    keymap::{Command, Key},
    message::Performed,
    state::State,
    tabs::Role,
    view::Painter,
};
use crate::words::Lang;

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
    pub(super) fn on(&mut self, input: Input, state: &mut State, effects: &mut Vec<Effect>) -> Step {
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
    pub(super) fn told(&mut self, performed: &Performed, state: &mut State) -> Option<bool> {
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
            .map(|(c, what)| (state.keymap.hint(super::keymap::Context::Overlay, c), what))
            .collect()
    }
}

/// Takes away the lines that have no room, and says so.
pub(super) fn cut_to(lines: &mut Vec<(String, Role)>, most: usize, lang: Lang) {
    if lines.len() > most {
        lines.truncate(most);
        if let Some(last) = lines.last_mut() {
            let more = lang.of("… there is more; a higher window shows it", "… 还有内容，窗口高一些就能看到");
            *last = (more.into(), Role::Warn);
        }
    }
}

/// Where a box of this size stands in an area.
pub(super) fn centered(area: Rect, width: u16, height: u16) -> Rect {
    let (w, h) = (width.min(area.width), height.min(area.height));
    Rect::new(area.x + (area.width - w) / 2, area.y + (area.height - h) / 3, w, h)
}

/// Moves a cursor in a list of `len` by a command, in pages of `page`; false where the command is no movement.
pub(super) fn moved(cursor: &mut usize, len: usize, page: usize, command: Command) -> bool {
    let last = len.saturating_sub(1);
    *cursor = match command {
        Command::Up => cursor.saturating_sub(1),
        Command::Down => (*cursor + 1).min(last),
        Command::Top => 0,
        Command::Bottom => last,
        Command::PageUp => cursor.saturating_sub(page),
        Command::PageDown => (*cursor + page).min(last),
        _ => return false,
    };
    true
}

/// So many of something, in words.
pub(in crate::console) fn count(n: usize, one: &str, many: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { many })
}

/// The same in either language: Chinese has one word for one and many.
pub(in crate::console) fn counted(lang: Lang, n: usize, one: &str, many: &str, zh: &str) -> String {
    match lang {
        Lang::En => count(n, one, many),
        Lang::Zh => format!("{n} {zh}"),
    }
}

/// The first line to show so that the cursor is among `height` of them.
pub(super) fn window(cursor: usize, height: usize) -> usize {
    cursor.saturating_sub(height.saturating_sub(1))
}
