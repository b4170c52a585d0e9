//! What one run works with: settings from flags, environment and config file; profiles; client and journal handles;
//! errors for users with their exit status; detaching a worker.

pub(crate) mod config_edit;
pub(crate) mod config_file;
pub(crate) mod demo;
pub(crate) mod detach;
pub(crate) mod error;
pub(crate) mod flags;
pub(crate) mod handles;
pub(crate) mod last_view;
pub(crate) mod log;
pub(crate) mod paths;
pub(crate) mod profile;
pub(crate) mod refresh;
pub(crate) mod setup;

pub use crate::session::{
    config_edit::{ConfigEntry, Notes, write_entry},
    config_file::{Config, ConfigError},
    demo::{DemoCloud, RunningCloud, StartFuture},
    error::{CommandError, ErrorShape, Exit, advice, failure},
    flags::{Format, Global},
    last_view::{LastSort, LastView},
    paths::Paths,
    profile::{Color, Profile, Regions},
    refresh::Refresh,
    setup::Setup,
};
