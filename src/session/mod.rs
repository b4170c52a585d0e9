//! The config file, profiles, paths (interface.md, configuration).

pub(crate) mod config_edit;
pub(crate) mod config_file;
pub(crate) mod detach;
pub(crate) mod error;
pub(crate) mod flags;
pub(crate) mod last_view;
pub(crate) mod log;
pub(crate) mod paths;
pub(crate) mod profile;
pub(crate) mod refresh;
pub(crate) mod setup;

pub use crate::session::{
    config_edit::{Entry, Notes, keep},
    config_file::{Config, ConfigError},
    error::{ErrorShape, Exit, Fault, advice, failure},
    flags::{Format, Global},
    last_view::{LastSort, LastView},
    paths::Paths,
    profile::{Color, Profile, Regions},
    refresh::Refresh,
    setup::Setup,
};
