//! The terminal: modes, frames, input, signals, clipboard. Every exit of the program restores it.

pub mod clipboard;
pub(crate) mod frame;
pub(crate) mod input;
pub(crate) mod links;
pub(crate) mod modes;
pub(crate) mod pace;
pub(crate) mod process_group;
pub(crate) mod screen;
pub(crate) mod signals;

pub use crate::tui::term::{
    frame::Picture,
    input::{Input, read},
    modes::{is_gone, leave_now},
    pace::Pace,
    process_group::can_stop,
    screen::Screen,
    signals::{Signal, watch},
};
