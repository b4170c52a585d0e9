//! `cvmshare copy`: the job that `share` runs, with nobody to share with.

use crate::{
    cli::Copy,
    commands::share,
    jobs::{Choice, Goal},
    session::{
        error::{Exit, Fault},
        flags::Format,
        setup::Setup,
    },
};

/// Copies an image, and prints what came of it.
///
/// # Errors
/// [`Fault`]
pub async fn copy(asked: &Copy, setup: &Setup, format: Format) -> Result<Exit, Fault> {
    let mut goal = Goal::new(asked.image.clone(), Vec::new(), asked.to.clone());
    if let Some(name) = &asked.name {
        goal.choices.extend(asked.to.iter().map(|r| (r.clone(), Choice::CopyAs(name.clone()))));
    }
    share::run(goal, asked.reuse, asked.consent, asked.detach, setup, format).await
}
