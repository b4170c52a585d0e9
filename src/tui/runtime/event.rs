//! The channel into the event loop.
//!
//! It has no bound: a bounded one would block the async workers whenever the terminal stalls. It cannot grow far
//! either. A message of the background answers an effect, and a loop that stands still begins none: what can queue up
//! is the answers of the reads under way, and the steps of jobs, which poll seconds apart. The other senders are a
//! person's keys, signals, and the lines of a script, which its file bounds.

use std::sync::mpsc;

use crate::tui::{app::message::Message, term::signals::Signal};

/// What wakes the event loop.
#[derive(Debug)]
pub(crate) enum Event {
    /// For [`update()`](crate::tui::update::update), in this order, before the next frame.
    Messages(Vec<Message>),
    /// A signal arrived.
    Signal(Signal),
    /// The terminal is gone.
    Hangup,
    /// The line mode read a line; `None` at the end of the input.
    Line(Option<String>),
    /// Bytes for the terminal that are no part of a frame.
    Bytes(Vec<u8>),
}

/// The sending end; each thread and the background hold a clone.
pub(crate) type Sender = mpsc::Sender<Event>;
