//! The console without a terminal, for tests and for the pictures in `screenshots/`: the event loop, the background and
//! the drawing that a terminal gets.

use std::{
    io,
    sync::mpsc,
    time::{Duration, Instant},
};

use jiff::Timestamp;
use ratatui::{buffer::Buffer, layout::Rect};

use crate::{
    messages::Lang,
    session::setup::Setup,
    tui::{
        app::{message::Message, state::State},
        keymap::{Keymap, key::Key},
        runtime::{backend::Backend, event::Event, event_loop::Clock},
        screens::frame,
    },
};

/// How long [`TestDriver::wait_for`] waits.
const TIMEOUT: Duration = Duration::from_secs(20);

pub use crate::tui::runtime::event_loop::EventLoop as TestDriver;

impl TestDriver {
    /// Opens the console in this size, in columns and rows. With a clock, its time stands still.
    ///
    /// # Errors
    /// When no threads can be started, or the shipped keymap cannot be read.
    pub fn open(setup: Setup, size: (u16, u16), clock: Option<Timestamp>) -> io::Result<Self> {
        let (sender, events) = mpsc::channel();
        let now = clock.unwrap_or_else(Timestamp::now);
        let keymap = Keymap::builtin().map_err(|e| io::Error::other(e.render(setup.lang)))?;
        let mut state = crate::tui::first_state(&setup, keymap, now);
        state.size = size;
        let backend = Backend::new(setup, sender, state.profile_key())?;
        let clock = clock.map_or(Clock::Untimed, Clock::Fixed);
        Ok(Self::new(state, backend, events, clock).connected())
    }

    /// Presses keys, separated by blanks and spelt as in keymap files; a text in quotes is typed letter by letter.
    ///
    /// # Errors
    /// A word that is no key.
    pub fn press(&mut self, keys: &str) -> Result<(), String> {
        for word in keys.split_whitespace() {
            if let Some(text) = word.strip_prefix('"').and_then(|w| w.strip_suffix('"')) {
                for c in text.chars() {
                    self.send(Message::Key(c.to_string().parse::<Key>().map_err(|e| e.render(Lang::EN))?));
                }
            } else {
                self.send(Message::Key(word.parse::<Key>().map_err(|e| e.render(Lang::EN))?));
            }
        }
        Ok(())
    }

    /// Processes events until `condition` holds; returns false after 20 s.
    pub fn wait_for(&mut self, condition: impl Fn(&State) -> bool) -> bool {
        let end = Instant::now() + TIMEOUT;
        self.flush();
        while !condition(&self.state) {
            match self.next(Some(end)) {
                Ok(Event::Messages(messages)) => messages.into_iter().for_each(|m| self.send(m)),
                Ok(_) => {}
                Err(_) => return false,
            }
        }
        true
    }

    /// Processes events until no read is under way, all rows are filtered and the pane shows the selected row; returns
    /// false after 20 s.
    pub fn wait_until_quiet(&mut self) -> bool {
        self.wait_for(|state| {
            state.connected
                && state.pending_reads(|_| true).0 == 0
                && !state.table().is_partial()
                && state.pane.as_ref() == state.selected()
        })
    }

    /// The screen.
    pub fn screen(&self) -> Buffer {
        let mut buffer = Buffer::empty(Rect::new(0, 0, self.state.size.0, self.state.size.1));
        frame::draw(&self.state, &mut buffer);
        buffer
    }

    /// The screen as lines of text.
    pub fn lines(&self) -> Vec<String> {
        lines(&self.screen())
    }
}

/// A buffer as lines of text, without the blanks at their ends.
pub fn lines(buffer: &Buffer) -> Vec<String> {
    use unicode_width::UnicodeWidthStr;
    let area = buffer.area;
    (area.top()..area.bottom())
        .map(|y| {
            let mut line = String::new();
            let mut x = area.left();
            while x < area.right() {
                let symbol = buffer[(x, y)].symbol();
                line.push_str(symbol);
                x += symbol.width().max(1) as u16;
            }
            line.trim_end().to_owned()
        })
        .collect()
}
