//! The event loop that the terminal, the line mode and the test driver share: the state, and what reaches it.
//!
//! Only [`update()`] changes the state. The loop decides when it runs: pages of rows are merged, because with very many
//! images one pass over the rows takes a while; and a filter goes on over the rows out of sight only while no event
//! waits. Nothing runs while nothing happens.

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

/// How long keys rest before the pane follows the selection.
const SETTLE: Duration = Duration::from_millis(45);

/// A console without what shows it.
pub struct EventLoop {
    /// What it knows.
    pub state: State,
    /// Effects for the driver, oldest first: those on the terminal, and [`Effect::Quit`].
    pub effects: Vec<Effect>,
    pub(crate) backend: Backend,
    events: Receiver<Event>,
    clock: Clock,
    /// Pages that `update` has not seen yet.
    pages: Vec<Page>,
    /// When the selection counts as settled, and the number for [`Message::Settled`].
    settle: Option<(Instant, u64)>,
}

/// Where the time of the state comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Clock {
    /// The machine's clock; [`Message::Tick`] comes when something is due.
    Timed,
    /// The machine's clock, without ticks.
    Untimed,
    /// Always this time, without ticks.
    #[cfg(feature = "test-support")]
    Fixed(Timestamp),
}

impl EventLoop {
    /// A console that asks no cloud yet; `events` are what the senders of the background and of the driver send.
    pub(crate) fn new(state: State, backend: Backend, events: Receiver<Event>, clock: Clock) -> Self {
        Self { state, backend, effects: Vec::new(), events, clock, pages: Vec::new(), settle: None }
    }

    /// Connects to the cloud of the profile; returns the loop itself.
    pub(crate) fn connected(mut self) -> Self {
        if let Some(profile) = self.state.profile() {
            let profile = profile.name.clone();
            self.backend.run(Effect::Connect { profile, epoch: self.state.epoch });
        }
        self
    }

    /// Updates the state with a message and runs the effects. Pages wait for the next other message, or for a frame.
    pub fn send(&mut self, message: Message) {
        match message {
            Message::Pages { epoch, mut pages } => {
                if epoch == self.state.epoch {
                    self.pages.append(&mut pages);
                }
            }
            // A line of the Messages screen says nothing about rows.
            Message::Call(_) => self.update(message),
            message => {
                self.flush();
                self.update(message);
            }
        }
    }

    /// Updates the state with the pages that wait; returns whether there were any.
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

    /// Sets the time that the next message or frame sees.
    pub(crate) fn read_clock(&mut self) {
        self.state.now = match self.clock {
            Clock::Timed | Clock::Untimed => Timestamp::now(),
            #[cfg(feature = "test-support")]
            Clock::Fixed(now) => now,
        };
    }

    /// The next event that already waits.
    pub(crate) fn try_next(&mut self) -> Option<Event> {
        self.events.try_recv().ok()
    }

    /// Waits for the next event, until `deadline` at most. The event has no messages where pages or rows out of sight
    /// were taken in meanwhile: the state has changed.
    ///
    /// # Errors
    /// At the deadline, and when no sender is left.
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

    /// Waits for an event and for nothing else.
    ///
    /// # Errors
    /// After `timeout`, and when no sender is left.
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
