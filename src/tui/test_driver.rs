//! The console without a terminal: the same state, update and background, driven by hand. Tests and the pictures in
//! `screenshots/` are made with it.

use std::{
    io,
    sync::mpsc::{self, Receiver},
    time::{Duration, Instant},
};

use jiff::Timestamp;
use ratatui::{buffer::Buffer, layout::Rect};

use crate::{
    session::setup::Setup,
    tui::{
        app::{effect::Effect, message::Message, state::State},
        keymap::{Keymap, key::Key},
        runtime::{backend::Backend, event_loop::Event},
        screens::frame,
        update::update,
    },
};

/// How long [`Offstage::until`] waits before it gives up.
const PATIENCE: Duration = Duration::from_secs(20);

/// A console whose keys are pressed and whose screen is read by a program.
pub struct Offstage {
    /// What it knows.
    pub state: State,
    backend: Backend,
    events: Receiver<Event>,
    clock: Option<Timestamp>,
    /// Effects that a terminal would have carried out, oldest first.
    pub carried: Vec<Effect>,
}

impl Offstage {
    /// Opens it on a setup, in this size. With a clock, its time stands still.
    ///
    /// # Errors
    /// When no threads can be started, or the shipped keys do not read.
    pub fn open(setup: Setup, size: (u16, u16), clock: Option<Timestamp>) -> io::Result<Self> {
        let (send, events) = mpsc::channel();
        let now = clock.unwrap_or_else(Timestamp::now);
        let keymap = Keymap::builtin().map_err(io::Error::other)?;
        let mut state = crate::tui::first_state(&setup, keymap, now);
        state.size = size;
        let mut backend = Backend::new(setup, send, state.profile_key())?;
        if let Some(profile) = state.profile() {
            backend.run(Effect::Connect { profile: profile.name.clone(), epoch: state.epoch });
        }
        Ok(Self { state, backend, events, clock, carried: Vec::new() })
    }

    /// Takes a message as the loop would.
    pub fn take(&mut self, message: Message) {
        self.state.now = self.clock.unwrap_or_else(Timestamp::now);
        for effect in update(&mut self.state, message) {
            match effect {
                Effect::Quit | Effect::Suspend | Effect::Redraw | Effect::Mouse(_) | Effect::Clipboard(_) => {
                    self.carried.push(effect)
                }
                effect => self.backend.run(effect),
            }
        }
    }

    /// Presses keys, spelt as in keymap files; a text in quotes is typed letter by letter.
    ///
    /// # Errors
    /// A word that is no key.
    pub fn press(&mut self, keys: &str) -> Result<(), String> {
        for word in keys.split_whitespace() {
            if let Some(text) = word.strip_prefix('"').and_then(|w| w.strip_suffix('"')) {
                for c in text.chars() {
                    self.take(Message::Key(c.to_string().parse::<Key>()?));
                }
            } else {
                self.take(Message::Key(word.parse()?));
            }
        }
        Ok(())
    }

    /// Takes what comes until something is so; false when it does not come about.
    pub fn until(&mut self, so: impl Fn(&State) -> bool) -> bool {
        let end = Instant::now() + PATIENCE;
        while !so(&self.state) {
            match self.backend.wait(&self.events, Some(end)) {
                Ok(Event::Messages(messages)) => messages.into_iter().for_each(|m| self.take(m)),
                Ok(_) => {}
                Err(_) => return false,
            }
        }
        true
    }

    /// Takes what comes until nothing is being asked and the pane has caught up.
    pub fn until_quiet(&mut self) -> bool {
        self.until(|state| {
            state.connected && state.asking(|_| true).0 == 0 && state.pane.as_ref() == state.selected()
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
