//! The config file, profiles, paths (interface.md, configuration).

mod file;
mod paths;
mod profile;

pub use file::{Config, ConfigError};
pub use paths::Paths;
pub use profile::{Color, Profile, Regions};
