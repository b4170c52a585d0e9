//! The config file, profiles, paths (interface.md, configuration).

mod file;
mod keep;
mod paths;
mod profile;
mod refresh;
mod view;

pub use file::{Config, ConfigError};
pub use keep::{Entry, Notes, keep};
pub use paths::Paths;
pub use profile::{Color, Profile, Regions};
pub use refresh::Refresh;
pub use view::{LastSort, LastView};
