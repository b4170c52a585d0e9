//! `cvmshare copy`: runs the job of `share` without accounts to share with.

use clap::Args;

use crate::{
    commands::{confirm::Consent, share::run_goal},
    jobs::{Choice, Goal},
    model::{ImageId, Region},
    session::{
        error::{CommandError, Exit},
        setup::Setup,
    },
};

/// Copy an own image to other regions.
#[derive(Debug, Args)]
pub struct CopyArgs {
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

/// Copies an image, and prints the result.
///
/// # Errors
///
/// [`CommandError`]
pub async fn copy(args: &CopyArgs, setup: &Setup) -> Result<Exit, CommandError> {
    let mut goal = Goal::new(args.image.clone(), Vec::new(), args.to.clone());
    if let Some(name) = &args.name {
        goal.choices.extend(args.to.iter().map(|r| (r.clone(), Choice::CopyAs(name.clone()))));
    }
    run_goal(goal, args.reuse, args.consent, args.detach, setup).await
}
