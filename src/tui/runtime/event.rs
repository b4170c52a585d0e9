//! The channel into the event loop.
//!
//! It is unbounded: a bounded channel would block the async workers whenever the terminal stalls. Its growth is
//! limited: messages of the backend answer effects, and a stalled loop starts none, so only the answers of pending
//! reads and the steps of jobs, which poll seconds apart, can queue up. The other senders are the user's keys, signals,
//! and the lines of a script file.

use std::sync::mpsc;

use crate::tui::{app::message::Message, term::signals::Signal};

/// An event for the event loop.
#[derive(Debug)]
pub(crate) enum Event {
    /// Messages for [`update()`](crate::tui::update::update), to be processed in this order before the next frame.
    Messages(Vec<Message>),
    /// A signal arrived.
    Signal(Signal),
    /// The terminal is gone.
    Hangup,
    /// The line mode read a line; `None` at the end of the input.
    Line(Option<String>),
    /// Bytes for the terminal that are not part of a frame.
    Bytes(Vec<u8>),
}

/// The sending end. Each thread and the backend hold a clone.
pub(crate) type Sender = mpsc::Sender<Event>;
