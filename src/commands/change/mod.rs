//! `cvmshare delete`, `rename`, `launch`, `reinstall` and `capture`: commands that change one image or one instance.

mod run;

use clap::Args;

use crate::{
    commands::{change::run::run, confirm::Consent},
    i18n::text,
    jobs::act::Extra,
    model::{ImageId, InstanceId, Region},
    rules::Action,
    session::{Exit, Fault, Format, Setup},
};

/// Delete an own image.
#[derive(Debug, Args)]
pub struct DeleteArgs {
    /// The image's ID
    image: ImageId,
    /// Its snapshots too; they stay, and are billed, otherwise
    #[arg(long)]
    with_snapshots: bool,
    /// Cancel all of its shares first; a shared image cannot be deleted
    #[arg(long)]
    cancel_shares: bool,
    #[command(flatten)]
    consent: Consent,
}

/// Change an own image's name or description.
#[derive(Debug, Args)]
pub struct RenameArgs {
    /// The image's ID
    image: ImageId,
    /// The new name
    #[arg(long, required_unless_present = "description")]
    name: Option<String>,
    /// The new description
    #[arg(long)]
    description: Option<String>,
    #[command(flatten)]
    consent: Consent,
}

/// Create an instance from an image, billed by the hour.
#[derive(Debug, Args)]
pub struct LaunchArgs {
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
    #[command(flatten)]
    consent: Consent,
}

/// Reinstall an instance; its system disk is wiped.
#[derive(Debug, Args)]
pub struct ReinstallArgs {
    /// The instance's ID
    instance: InstanceId,
    /// The image's ID
    #[arg(long)]
    image: ImageId,
    #[command(flatten)]
    consent: Consent,
}

/// Make an image from an instance.
#[derive(Debug, Args)]
pub struct CaptureArgs {
    /// The instance's ID
    instance: InstanceId,
    /// The new image's name
    #[arg(long)]
    name: String,
    /// The new image's description
    #[arg(long)]
    description: Option<String>,
    #[command(flatten)]
    consent: Consent,
}

/// What such a command does.
#[derive(Debug, Clone)]
struct Change {
    action: Action,
    /// Cancel all shares first where nothing else blocks it.
    cancel_shares: bool,
    /// Parameters of the call that the rules need not know.
    extra: Extra,
    consent: Consent,
}

impl Change {
    fn new(action: Action, consent: Consent) -> Self {
        Self { action, cancel_shares: false, extra: Extra::default(), consent }
    }
}

/// Deletes an image, and prints what came of it.
///
/// # Errors
/// [`Fault`] when there is no verdict, or when the answer is no.
pub async fn delete(args: DeleteArgs, setup: &Setup, format: Format) -> Result<Exit, Fault> {
    let action = Action::Delete { image: args.image, with_snapshots: args.with_snapshots };
    let change = Change { cancel_shares: args.cancel_shares, ..Change::new(action, args.consent) };
    run(&change, setup, format).await
}

/// Changes an image's name or description, and prints what came of it.
///
/// # Errors
/// [`Fault`] when there is no verdict, or when the answer is no.
pub async fn rename(args: RenameArgs, setup: &Setup, format: Format) -> Result<Exit, Fault> {
    let RenameArgs { image, name, description, consent } = args;
    run(&Change::new(Action::Rename { image, name, description }, consent), setup, format).await
}

/// Creates an instance, and prints what came of it.
///
/// # Errors
/// [`Fault`] when there is no verdict, or when the answer is no; [`Fault::Usage`] about a zone that is none.
pub async fn launch(args: LaunchArgs, setup: &Setup, format: Format) -> Result<Exit, Fault> {
    let LaunchArgs { image, zone, instance_type, name, vpc, subnet, consent } = args;
    let region = Some(region_of(&zone)?);
    let (zone, instance_type) = (Some(zone), Some(instance_type));
    let extra = Extra { network: vpc.zip(subnet), ..Extra::default() };
    let action = Action::Launch { image, region, zone, instance_type, name };
    run(&Change { extra, ..Change::new(action, consent) }, setup, format).await
}

/// Reinstalls an instance, and prints what came of it.
///
/// # Errors
/// [`Fault`] when there is no verdict, or when the answer is no.
pub async fn reinstall(args: ReinstallArgs, setup: &Setup, format: Format) -> Result<Exit, Fault> {
    let action = Action::Reinstall { instance: args.instance, image: Some(args.image) };
    run(&Change::new(action, args.consent), setup, format).await
}

/// Makes an image from an instance, and prints what came of it.
///
/// # Errors
/// [`Fault`] when there is no verdict, or when the answer is no.
pub async fn capture(args: CaptureArgs, setup: &Setup, format: Format) -> Result<Exit, Fault> {
    let extra = Extra { description: args.description, ..Extra::default() };
    let action = Action::Capture { instance: args.instance, name: Some(args.name) };
    run(&Change { extra, ..Change::new(action, args.consent) }, setup, format).await
}

/// The region that a zone is in.
///
/// # Errors
/// [`Fault::Usage`] about a zone that is none.
pub(crate) fn region_of(zone: &str) -> Result<Region, Fault> {
    zone.rsplit_once('-').and_then(|(region, _)| region.parse().ok()).ok_or_else(|| {
        Fault::Usage(text!(
            "{zone:?} is not a zone such as ap-guangzhou-3",
            "{zone:?} 不是可用区；可用区例如 ap-guangzhou-3"
        ))
    })
}
