//! Widgets that do not depend on the state.

pub(crate) mod field;
pub(crate) mod fuzzy;
pub(crate) mod list;
pub(crate) mod matrix;
pub(crate) mod paint;
pub(crate) mod question;
pub(crate) mod step_line;
pub(crate) mod theme;
