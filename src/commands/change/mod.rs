//! `cvmshare delete`, `rename`, `launch`, `reinstall` and `capture`: commands that change one image or one instance.

mod run;

use clap::Subcommand;

use crate::{
    commands::{
        change::run::{Change, run},
        confirm::Consent,
    },
    jobs::act::CallOptions,
    messages::text,
    model::{ImageId, InstanceId, Region},
    rules::Action,
    session::{
        error::{CommandError, Exit},
        setup::Setup,
    },
};

/// The commands that change one image or one instance.
#[derive(Debug, Clone, Subcommand)]
pub enum ChangeArgs {
    /// Delete an own image, after cancelling its shares where asked
    Delete {
        /// The image's ID
        image: ImageId,
        /// Its snapshots too; they stay, and are billed, otherwise
        #[arg(long)]
        with_snapshots: bool,
        /// Cancel all of its shares first; a shared image cannot be deleted
        #[arg(long)]
        cancel_shares: bool,
        /// Whether to ask
        #[command(flatten)]
        consent: Consent,
    },
    /// Change an own image's name or description
    Rename {
        /// The image's ID
        image: ImageId,
        /// The new name
        #[arg(long, required_unless_present = "description")]
        name: Option<String>,
        /// The new description
        #[arg(long)]
        description: Option<String>,
        /// Whether to ask
        #[command(flatten)]
        consent: Consent,
    },
    /// Create an instance from an image, billed by the hour
    Launch {
        /// The image's ID
        image: ImageId,
        /// The zone, such as ap-guangzhou-3
        #[arg(long)]
        zone: String,
        /// The instance type, such as S5.MEDIUM4
        #[arg(long = "type", value_name = "TYPE")]
        instance_type: String,
        /// The instance's name
        #[arg(long)]
        name: Option<String>,
        /// The network; the default one otherwise
        #[arg(long, value_name = "VPC", requires = "subnet")]
        vpc: Option<String>,
        /// The network's part in that zone
        #[arg(long, value_name = "SUBNET", requires = "vpc")]
        subnet: Option<String>,
        /// Whether to ask
        #[command(flatten)]
        consent: Consent,
    },
    /// Reinstall an instance with an image; wipes its system disk
    Reinstall {
        /// The instance's ID
        instance: InstanceId,
        /// The image's ID
        #[arg(long)]
        image: ImageId,
        /// Whether to ask
        #[command(flatten)]
        consent: Consent,
    },
    /// Make an image from an instance
    Capture {
        /// The instance's ID
        instance: InstanceId,
        /// The new image's name
        #[arg(long)]
        name: String,
        /// The new image's description
        #[arg(long)]
        description: Option<String>,
        /// Whether to ask
        #[command(flatten)]
        consent: Consent,
    },
}

impl ChangeArgs {
    /// Converts the arguments.
    ///
    /// # Errors
    ///
    /// [`CommandError::Usage`] if the zone is invalid.
    fn change(&self) -> Result<Change, CommandError> {
        let (mut cancel, mut extra) = (false, CallOptions::default());
        let (action, consent) = match self.clone() {
            Self::Delete { image, with_snapshots, cancel_shares, consent } => {
                cancel = cancel_shares;
                (Action::Delete { image, with_snapshots }, consent)
            }
            Self::Rename { image, name, description, consent } => {
                (Action::Rename { image, name, description }, consent)
            }
            Self::Launch { image, zone, instance_type, name, vpc, subnet, consent } => {
                extra.network = vpc.zip(subnet);
                let region = Some(region_of(&zone)?);
                let (zone, instance_type) = (Some(zone), Some(instance_type));
                (Action::Launch { image, region, zone, instance_type, name }, consent)
            }
            Self::Reinstall { instance, image, consent } => {
                (Action::Reinstall { instance, image: Some(image) }, consent)
            }
            Self::Capture { instance, name, description, consent } => {
                extra.description = description;
                (Action::Capture { instance, name: Some(name) }, consent)
            }
        };
        Ok(Change { action, cancel_shares: cancel, extra, consent })
    }
}

/// Changes an image or an instance, and prints the result.
///
/// # Errors
///
/// [`CommandError`] if there is no verdict, or if the answer is no.
pub async fn change(args: &ChangeArgs, setup: &Setup) -> Result<Exit, CommandError> {
    run(&args.change()?, setup).await
}

/// Returns the region of a zone.
///
/// # Errors
///
/// [`CommandError::Usage`] if the zone is invalid.
pub(crate) fn region_of(zone: &str) -> Result<Region, CommandError> {
    zone.rsplit_once('-')
        .and_then(|(region, _)| region.parse().ok())
        .ok_or_else(|| CommandError::Usage(text!(cmd_change_not_a_zone, zone = format!("{:?}", zone))))
}
