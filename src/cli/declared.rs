//! What is declared in a file: the difference to the cloud, and making it so.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::cli::Consent;

/// Print the difference between a file and what the cloud has.
#[derive(Debug, Args)]
pub struct PlanFile {
    /// The file, TOML as in assets/plan.toml; - for stdin
    pub file: PathBuf,
    /// End with this status, not 0, where there is something to do
    #[arg(long, value_name = "STATUS")]
    pub changed_status: Option<std::num::NonZeroU8>,
}

/// Which shares that a file does not name are cancelled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Prune {
    /// Those that were made from here
    Ours,
    /// All
    All,
}

/// Do what a file declares.
#[derive(Debug, Args)]
pub struct Apply {
    /// The file, TOML as in assets/plan.toml; - for stdin
    pub file: PathBuf,
    /// Cancel the shares of these images that are not in the file: those made from here, or all with --prune=all
    #[arg(long, value_name = "WHICH", num_args = 0..=1, require_equals = true, default_missing_value = "ours")]
    pub prune: Option<Prune>,
    /// End with this status, not 0, where something was changed
    #[arg(long, value_name = "STATUS")]
    pub changed_status: Option<std::num::NonZeroU8>,
    /// Whether to ask
    #[command(flatten)]
    pub consent: Consent,
}
