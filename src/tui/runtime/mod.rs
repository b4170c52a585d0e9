//! The event loop, and what carries out effects.

pub(crate) mod backend;
pub(crate) mod event_loop;
