//! The terminal as a guest keeps it: entered whole, left whole, whatever happens.

pub mod clipboard;
mod frame;
mod input;
mod links;
mod modes;
mod pace;
mod screen;
mod signals;

pub use frame::Picture;
pub use input::{Input, read};
pub use modes::{is_gone, leave_now};
pub use pace::Pace;
pub use screen::Screen;
pub use signals::{Signal, can_stop, watch};
