//! One file or folder for each tab or dialog: its state, keys and drawing. A dialog implements
//! [`Dialog`](crate::tui::app::state::dialog::Dialog) and is opened by a command of `tui::update` or by another
//! dialog.

pub(crate) mod accounts;
pub(crate) mod batch;
pub(crate) mod capture;
pub(crate) mod chrome;
pub(crate) mod confirm;
pub(crate) mod doctor;
pub(crate) mod flow;
pub mod frame;
pub(crate) mod jobs;
pub(crate) mod jumps;
pub(crate) mod launch;
pub(crate) mod menu;
pub(crate) mod messages;
pub(crate) mod note;
pub(crate) mod palette;
pub(crate) mod picker;
pub(crate) mod reader;
pub(crate) mod reinstall;
pub(crate) mod rename;
pub(crate) mod rules;
pub mod tabs;
pub(crate) mod undo;
pub(crate) mod unshare;
