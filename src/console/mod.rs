//! The terminal interface: state, messages and update are pure; `run` does what they ask for.

pub mod keymap;
pub mod term;
