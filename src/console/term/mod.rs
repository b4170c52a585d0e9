//! The terminal as a guest keeps it: entered whole, left whole, whatever happens.

pub mod clipboard;
mod input;
mod screen;
mod signals;

pub use input::{Input, read};
pub use screen::{Screen, leave_now};
pub use signals::{Signal, stop_here, watch};
