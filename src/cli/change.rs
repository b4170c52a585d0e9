//! Commands that change one image or one instance.

use clap::Args;

use crate::{
    jobs::act::Extra,
    model::{ImageId, InstanceId, Region},
    rules::Action,
    session::error::Fault,
};

/// Whether to ask first, and whether to do it at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Args)]
pub struct Consent {
    /// Go on without being asked, and accept the risks that would be asked about
    #[arg(short, long)]
    pub yes: bool,
    /// Say what would be done and change nothing
    #[arg(long)]
    pub dry_run: bool,
}

/// Delete an own image.
#[derive(Debug, Args)]
pub struct Delete {
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
pub struct Rename {
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
pub struct Launch {
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
pub struct Reinstall {
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
pub struct Capture {
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

/// What such a command comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// As the rules know it.
    pub action: Action,
    /// Cancel all shares first where nothing else is in the way.
    pub cancel_shares: bool,
    /// What the calls say beside it.
    pub extra: Extra,
}

impl From<Action> for Change {
    fn from(action: Action) -> Self {
        Self { action, cancel_shares: false, extra: Extra::default() }
    }
}

impl Delete {
    pub(crate) fn change(self) -> (Change, Consent) {
        let action = Action::Delete { image: self.image, with_snapshots: self.with_snapshots };
        (Change { cancel_shares: self.cancel_shares, ..action.into() }, self.consent)
    }
}

impl Rename {
    pub(crate) fn change(self) -> (Change, Consent) {
        let Self { image, name, description, consent } = self;
        (Action::Rename { image, name, description }.into(), consent)
    }
}

impl Launch {
    /// # Errors
    /// [`Fault::Usage`] about a zone that is none.
    pub(crate) fn change(self) -> Result<(Change, Consent), Fault> {
        let Self { image, zone, instance_type, name, vpc, subnet, consent } = self;
        let region = Some(region_of(&zone)?);
        let (zone, instance_type) = (Some(zone), Some(instance_type));
        let extra = Extra { network: vpc.zip(subnet), ..Extra::default() };
        let action = Action::Launch { image, region, zone, instance_type, name };
        Ok((Change { extra, ..action.into() }, consent))
    }
}

impl Reinstall {
    pub(crate) fn change(self) -> (Change, Consent) {
        (Action::Reinstall { instance: self.instance, image: Some(self.image) }.into(), self.consent)
    }
}

impl Capture {
    pub(crate) fn change(self) -> (Change, Consent) {
        let extra = Extra { description: self.description, ..Extra::default() };
        let action = Action::Capture { instance: self.instance, name: Some(self.name) };
        (Change { extra, ..action.into() }, self.consent)
    }
}

/// The region that a zone is in.
///
/// # Errors
/// [`Fault::Usage`] about a zone that is none.
pub(crate) fn region_of(zone: &str) -> Result<Region, Fault> {
    zone.rsplit_once('-').and_then(|(region, _)| region.parse().ok()).ok_or_else(|| {
        Fault::Usage(format!("{zone:?} is not a zone such as ap-guangzhou-3"))
            .zh(format!("{zone:?} 不是可用区；可用区例如 ap-guangzhou-3"))
    })
}
