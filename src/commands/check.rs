//! `cvmshare check`: prints a verdict.

use clap::Subcommand;

use crate::{
    commands::{change::region_of, cloud_error::warn_clock, lookup, planned::Planned, verdict},
    jobs::{Choice, Goal},
    model::{ImageId, InstanceId, Receiver, Region, Uin},
    rules::{Action, ShareSelection},
    session::{
        error::{CommandError, Exit},
        setup::Setup,
    },
};

/// The action to check.
#[derive(Debug, Clone, Subcommand)]
pub enum CheckArgs {
    /// Share an image; with --in, copy it to these regions first
    Share {
        /// The image's ID
        image: ImageId,
        /// Accounts, each with the region it needs the image in
        #[arg(long, value_name = "UIN[@REGION],...", value_delimiter = ',')]
        with: Vec<String>,
        /// Regions to copy to and share in
        #[arg(long = "in", value_name = "REGION,...", value_delimiter = ',')]
        to: Vec<Region>,
    },
    /// Copy an image to other regions
    Copy {
        /// The image's ID
        image: ImageId,
        /// Where to
        #[arg(long, value_name = "REGION,...", value_delimiter = ',')]
        to: Vec<Region>,
        /// The copies' name
        #[arg(long)]
        name: Option<String>,
    },
    /// Cancel shares
    Unshare {
        /// The image's ID
        image: ImageId,
        /// With these accounts
        #[arg(long, value_name = "UIN,...", value_delimiter = ',')]
        with: Vec<Uin>,
        /// With all accounts
        #[arg(long, conflicts_with = "with")]
        all: bool,
    },
    /// Delete an image
    Delete {
        /// The image's ID
        image: ImageId,
        /// Its snapshots too
        #[arg(long)]
        with_snapshots: bool,
    },
    /// Change an image's name or description
    Rename {
        /// The image's ID
        image: ImageId,
        /// The new name
        #[arg(long)]
        name: Option<String>,
        /// The new description
        #[arg(long)]
        description: Option<String>,
    },
    /// Create an instance from an image, billed by the hour
    Launch {
        /// The image's ID
        image: ImageId,
        /// The zone, such as ap-guangzhou-3
        #[arg(long)]
        zone: Option<String>,
        /// The region, where no zone is chosen
        #[arg(long = "in", value_name = "REGION")]
        target: Option<Region>,
        /// The instance type, such as S5.MEDIUM4
        #[arg(long = "type", value_name = "TYPE")]
        instance_type: Option<String>,
    },
    /// Reinstall an instance
    Reinstall {
        /// The instance's ID
        instance: InstanceId,
        /// The image's ID
        #[arg(long)]
        image: Option<ImageId>,
    },
    /// Make an image from an instance
    Capture {
        /// The instance's ID
        instance: InstanceId,
        /// The new image's name
        #[arg(long)]
        name: Option<String>,
    },
}

impl CheckArgs {
    /// Returns the action for the rules.
    ///
    /// # Errors
    ///
    /// [`CommandError::Usage`] if the zone is invalid.
    pub fn action(&self) -> Result<Action, CommandError> {
        Ok(match self.clone() {
            Self::Share { image, with, to } => {
                let with = with.iter().map(|t| Receiver::parse(t)).collect();
                match to.is_empty() {
                    true => Action::Share { image, with },
                    false => Action::Distribute { image, with, regions: to },
                }
            }
            Self::Copy { image, to, name } => Action::Copy { image, to, name },
            Self::Unshare { image, with, .. } => {
                let which =
                    if with.is_empty() { ShareSelection::All } else { ShareSelection::Accounts(with) };
                Action::Unshare { image, which }
            }
            Self::Delete { image, with_snapshots } => Action::Delete { image, with_snapshots },
            Self::Rename { image, name, description } => Action::Rename { image, name, description },
            Self::Launch { image, zone, target, instance_type } => {
                let region = match &zone {
                    Some(zone) => Some(region_of(zone)?),
                    None => target,
                };
                Action::Launch { image, region, zone, instance_type, name: None }
            }
            Self::Reinstall { instance, image } => Action::Reinstall { instance, image },
            Self::Capture { instance, name } => Action::Capture { instance, name },
        })
    }
}

/// Reads the facts that the action needs, and prints the verdict.
///
/// # Errors
///
/// [`CommandError`]
pub async fn check(args: &CheckArgs, setup: &Setup) -> Result<Exit, CommandError> {
    let action = args.action()?;
    let client = setup.client(setup.profile(), None)?;
    let (verdict, facts, problems) = match goal(&action) {
        Some(goal) => {
            let planned = Planned::make(goal, false, lookup::known_facts(setup).await?, setup, &client).await;
            warn_clock(&client, setup);
            let planned = planned?;
            (planned.verdict(), planned.facts, planned.problems)
        }
        None => lookup::verdict(&action, setup, &client).await?,
    };
    verdict::print(&action, &verdict, &facts, &problems, setup)
}

/// Returns the goal that `share` and `copy` would plan for this action, so that the verdict is the same. Returns
/// `None` for sharing alone: whether an image can be shared at all, or with an account in a region without a copy.
fn goal(action: &Action) -> Option<Goal> {
    match action {
        Action::Share { image, with } if !with.is_empty() && with.iter().all(|r| r.region.is_none()) => {
            Some(Goal::new(image.clone(), with.clone(), Vec::new()))
        }
        Action::Distribute { image, with, regions } => {
            Some(Goal::new(image.clone(), with.clone(), regions.clone()))
        }
        Action::Copy { image, to, name } if !to.is_empty() => {
            let mut goal = Goal::new(image.clone(), Vec::new(), to.clone());
            for region in name.iter().flat_map(|_| to) {
                goal.choices.extend(name.clone().map(|name| (region.clone(), Choice::CopyAs(name))));
            }
            Some(goal)
        }
        _ => None,
    }
}
