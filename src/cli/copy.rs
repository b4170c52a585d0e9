//! Copying an image to other regions.

use clap::Args;

use crate::{
    cli::Consent,
    model::{ImageId, Region},
};

/// Copy an own image to other regions.
#[derive(Debug, Args)]
pub struct Copy {
    /// The image's ID
    pub image: ImageId,
    /// Where to
    #[arg(long, value_name = "REGION,...", value_delimiter = ',', required = true)]
    pub to: Vec<Region>,
    /// The copies' name; the image's own otherwise
    #[arg(long)]
    pub name: Option<String>,
    /// Take an image of the same name, size and system that is there for the copy
    #[arg(long)]
    pub reuse: bool,
    /// Leave the work to a process in the background
    #[arg(long)]
    pub detach: bool,
    /// Whether to ask
    #[command(flatten)]
    pub consent: Consent,
}
