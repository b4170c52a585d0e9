//! The terminal interface: state, messages and update are pure; `run` does what they ask for.

mod actions;
mod effect;
pub mod keymap;
mod message;
mod overlays;
mod state;
mod tabs;
pub mod term;
mod update;
pub mod view;

pub use effect::{Effect, JobOrder};
pub use message::{CallLine, Load, Loaded, Message, Performed, Trouble};
pub use overlays::Overlay;
pub use state::{LoadState, Looks, Profile, RowId, State};
pub use tabs::{Role, Tab};
pub use update::update;
