//! The event loop, the terminal that drives it, and the backend that runs effects.

pub(crate) mod backend;
pub(crate) mod event;
pub(crate) mod event_loop;
pub(crate) mod terminal;
