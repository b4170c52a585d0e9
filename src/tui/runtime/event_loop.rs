//! The event loop that the terminal, the line mode and the test driver share.
//!
//! Only [`update()`] changes the state. The loop decides when it runs: pages of rows are merged, because one pass over
//! very many rows takes a while, and a filter continues over the rows out of sight only while no event waits. An idle
//! loop uses no CPU time.

use std::{
    sync::mpsc::{Receiver, RecvTimeoutError, TryRecvError},
    time::{Duration, Instant},
};

use jiff::Timestamp;

use crate::{
    facts::Page,
    tui::{
        app::{due, effect::Effect, message::Message, state::State},
        runtime::{backend::Backend, event::Event},
        update::update,
    },
};

/// How long the keys have to rest before the details pane follows the selection.
const SETTLE: Duration = Duration::from_millis(45);

/// The event loop, without the terminal that shows it.
pub struct EventLoop {
    /// The state of the console.
    pub state: State,
    /// Effects for the driver, oldest first: those on the terminal, and [`Effect::Quit`].
    pub effects: Vec<Effect>,
    pub(crate) backend: Backend,
    events: Receiver<Event>,
    clock: Clock,
    /// Pages that were not passed to `update` yet.
    pages: Vec<Page>,
    /// When the selection counts as settled, and the number for [`Message::Settled`].
    settle: Option<(Instant, u64)>,
}

/// The source of the state's time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Clock {
    /// The machine's clock, with a [`Message::Tick`] whenever something is due.
    Timed,
    /// The machine's clock, without ticks.
    Untimed,
    /// A fixed time, without ticks.
    #[cfg(feature = "test-support")]
    Fixed(Timestamp),
}

impl EventLoop {
    /// Makes an event loop that has not connected to a cloud. The senders of `events` are the backend and the driver.
    pub(crate) fn new(state: State, backend: Backend, events: Receiver<Event>, clock: Clock) -> Self {
        Self { state, backend, effects: Vec::new(), events, clock, pages: Vec::new(), settle: None }
    }

    /// Connects to the cloud of the current profile. Returns the loop itself.
    pub(crate) fn connected(mut self) -> Self {
        if let Some(profile) = self.state.profile() {
            let profile = profile.name.clone();
            self.backend.run(Effect::Connect { profile, epoch: self.state.epoch });
        }
        self
    }

    /// Updates the state with a message and runs the effects. Pages are collected until the next other message or
    /// frame.
    pub fn send(&mut self, message: Message) {
        match message {
            Message::Pages { epoch, mut pages } => {
                if epoch == self.state.epoch {
                    self.pages.append(&mut pages);
                }
            }
            // A logged call does not affect the rows, so the pages can wait.
            Message::Call(_) => self.update(message),
            message => {
                self.flush();
                self.update(message);
            }
        }
    }

    /// Updates the state with the collected pages. Returns whether there were any.
    pub(crate) fn flush(&mut self) -> bool {
        let pages = std::mem::take(&mut self.pages);
        if pages.is_empty() {
            return false;
        }
        self.update(Message::Pages { epoch: self.state.epoch, pages });
        true
    }

    fn update(&mut self, message: Message) {
        self.read_clock();
        for effect in update(&mut self.state, message) {
            match effect {
                Effect::Settle(number) => self.settle = Some((Instant::now() + SETTLE, number)),
                Effect::Quit | Effect::Suspend | Effect::Redraw | Effect::Mouse(_) | Effect::Clipboard(_) => {
                    self.effects.push(effect)
                }
                effect => self.backend.run(effect),
            }
        }
    }

    /// Sets the state's time to that of the clock.
    pub(crate) fn read_clock(&mut self) {
        self.state.now = match self.clock {
            Clock::Timed | Clock::Untimed => Timestamp::now(),
            #[cfg(feature = "test-support")]
            Clock::Fixed(now) => now,
        };
    }

    /// Returns the next event if one waits.
    pub(crate) fn try_next(&mut self) -> Option<Event> {
        self.events.try_recv().ok()
    }

    /// Waits for the next event, at most until `deadline`. Returns an event without messages if pages or rows out of
    /// sight were processed meanwhile and changed the state.
    ///
    /// # Errors
    /// At the deadline, and when all senders are gone.
    pub(crate) fn next(&mut self, deadline: Option<Instant>) -> Result<Event, RecvTimeoutError> {
        loop {
            match self.events.try_recv() {
                Ok(event) => return Ok(event),
                Err(TryRecvError::Disconnected) => return Err(RecvTimeoutError::Disconnected),
                Err(TryRecvError::Empty) => {}
            }
            if self.flush() {
                return Ok(Event::Messages(Vec::new()));
            }
            if !self.state.table().is_partial() {
                break;
            }
            self.update(Message::FilterMore);
            if !self.state.table().is_partial() {
                return Ok(Event::Messages(Vec::new()));
            }
        }
        let settle = self.settle.map(|(at, number)| (at, Some(Message::Settled(number))));
        let tick = self.next_tick().map(|at| (at, Some(Message::Tick)));
        let deadline = deadline.map(|at| (at, None));
        let Some((at, message)) = [settle, tick, deadline].into_iter().flatten().min_by_key(|(at, _)| *at)
        else {
            return self.events.recv().map_err(|_| RecvTimeoutError::Disconnected);
        };
        match (self.recv_timeout(at.saturating_duration_since(Instant::now())), message) {
            (Err(RecvTimeoutError::Timeout), Some(message)) => {
                if matches!(message, Message::Settled(_)) {
                    self.settle = None;
                }
                Ok(Event::Messages(vec![message]))
            }
            (event, _) => event,
        }
    }

    /// Waits for an event without processing collected pages.
    ///
    /// # Errors
    /// After `timeout`, and when all senders are gone.
    pub(crate) fn recv_timeout(&self, timeout: Duration) -> Result<Event, RecvTimeoutError> {
        self.events.recv_timeout(timeout)
    }

    fn next_tick(&self) -> Option<Instant> {
        let at = (self.clock == Clock::Timed).then(|| due::wakes_at(&self.state)).flatten()?;
        let wait = at.duration_since(Timestamp::now()).try_into().unwrap_or(Duration::ZERO);
        Some(Instant::now() + wait)
    }
}

#[cfg(test)]
#[path = "event_loop_tests.rs"]
mod tests;
