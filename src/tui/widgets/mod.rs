//! tui::widgets

pub(crate) mod field;
pub(crate) mod fuzzy;
pub mod layout;
pub(crate) mod map;
pub(crate) mod matrix;
pub(crate) mod paint;
pub(crate) mod theme;
