//! The actions, each with its own reading of the vendor's pages. Nothing here knows the console's rules: this is the
//! other opinion that they are tested against.

mod capture;
mod change;
mod copy;
mod disks;
mod filter;
mod identity;
mod images;
mod instances;
mod keys;
mod launch;
mod network;
mod offers;
mod order;
mod places;
mod share;
mod tagged;
mod tags;

pub(super) use identity::ROLES;
use jiff::Timestamp;

use super::{
    gateway::{Caller, Standing},
    params::Params,
    quirk::Quirks,
    refusal::{Refusal, refuse},
    world::{Image, Instance, Shelf, Whose, World},
};
use crate::model::{ImageId, InstanceId, Region, RuleSet, Uin};

/// What an action gets to work with.
pub(super) struct Ctx<'a> {
    pub world: &'a mut World,
    pub rules: RuleSet,
    pub quirks: &'a Quirks,
    pub speed: f64,
    pub now: Timestamp,
    pub region: Option<Region>,
    pub caller: &'a Caller,
    pub params: &'a Params,
    /// Whether names are wanted in Chinese.
    pub chinese: bool,
    pub request_id: &'a str,
    /// Whether copies that this call starts end CREATEFAILED.
    pub copies_fail: bool,
    /// Set by whatever changes the world, so that it is kept before the answer goes out.
    pub changed: bool,
}

/// An answer without its RequestId: the text of a JSON object.
pub(super) type Answer = Result<String, Refusal>;

/// Does what was asked.
pub(super) fn act(service: &str, action: &str, ctx: &mut Ctx<'_>) -> Answer {
    let reads = ["Describe", "Get", "Assume", "Inquiry"].iter().any(|p| action.starts_with(p));
    if let Standing::Role { name, session, read_only: true } = &ctx.caller.standing
        && !reads
    {
        let name = if name.is_empty() { session } else { name };
        return refuse(
            "AuthFailure.UnauthorizedOperation",
            format!("The role {name} is not authorized to perform the operation ({service}:{action})."),
        );
    }
    match (service, action) {
        ("cvm", "DescribeImages") => images::describe(ctx),
        ("cvm", "DescribeImageQuota") => images::quota(ctx),
        ("cvm", "DescribeImageFromFamily") => images::from_family(ctx),
        ("cvm", "DescribeImageSharePermission") => share::describe(ctx),
        ("cvm", "ModifyImageSharePermission") => share::modify(ctx),
        ("cvm", "SyncImages") => copy::sync(ctx),
        ("cvm", "DeleteImages") => change::delete(ctx),
        ("cvm", "ModifyImageAttribute") => change::modify(ctx),
        ("cvm", "CreateImage") => capture::create(ctx),
        ("cvm", "DescribeInstances") => instances::describe(ctx),
        ("cvm", "DescribeInstancesStatus") => instances::status(ctx),
        ("cvm", "StartInstances") => instances::start(ctx),
        ("cvm", "StopInstances") => instances::stop(ctx),
        ("cvm", "RebootInstances") => instances::reboot(ctx),
        ("cvm", "ModifyInstancesAttribute") => instances::modify(ctx),
        ("cvm", "ResetInstancesPassword") => instances::reset_password(ctx),
        ("cvm", "TerminateInstances") => instances::terminate(ctx),
        ("cvm", "RunInstances") => launch::run(ctx),
        ("cvm", "ResetInstance") => launch::reset(ctx),
        ("cvm", "DescribeZoneInstanceConfigInfos") => offers::zones(ctx),
        ("cvm" | "region", "DescribeZones") => places::zones(ctx, service),
        ("region", "DescribeProducts") => places::products(ctx),
        ("cvm" | "region", "DescribeRegions") => places::regions(ctx, service),
        ("cvm", "InquiryPriceRunInstances") => launch::price(ctx),
        ("cvm", "DescribeInstanceTypeConfigs") => offers::types(ctx),
        ("cvm", "DescribeAccountQuota") => offers::quotas(ctx),
        ("cvm", "DescribeKeyPairs") => keys::describe(ctx),
        ("cvm", "CreateKeyPair") => keys::create(ctx),
        ("cvm", "ImportKeyPair") => keys::import(ctx),
        ("cvm", "DeleteKeyPairs") => keys::delete(ctx),
        ("cvm", "AssociateInstancesKeyPairs") => keys::change(ctx, "AssociateInstancesKeyPairs", true),
        ("cvm", "DisassociateInstancesKeyPairs") => keys::change(ctx, "DisassociateInstancesKeyPairs", false),
        ("vpc", "DescribeVpcs") => network::vpcs(ctx),
        ("vpc", "DescribeSubnets") => network::subnets(ctx),
        ("vpc", "DescribeSecurityGroups") => network::groups(ctx),
        ("vpc", "DescribeSecurityGroupPolicies") => network::policies(ctx),
        ("vpc", "CreateVpc") => network::create_vpc(ctx),
        ("vpc", "CreateSubnet") => network::create_subnet(ctx),
        ("vpc", "CreateSecurityGroup") => network::create_group(ctx),
        ("vpc", "CreateSecurityGroupPolicies") => network::create_policies(ctx),
        ("vpc", "DeleteVpc") => network::delete_vpc(ctx),
        ("vpc", "DeleteSubnet") => network::delete_subnet(ctx),
        ("vpc", "DeleteSecurityGroup") => network::delete_group(ctx),
        ("cbs", "DescribeSnapshots") => disks::describe_snapshots(ctx),
        ("cbs", "DescribeSnapshotOverview") => disks::overview(ctx),
        ("cbs", "DescribeDisks") => disks::describe_disks(ctx),
        ("tag", "GetResources") => tagged::resources(ctx),
        ("tag", "DescribeTags") => tagged::list(ctx),
        ("tag", "TagResources") => tagged::tag(ctx),
        ("tag", "UnTagResources") => tagged::untag(ctx),
        ("sts", "GetCallerIdentity") => identity::who(ctx),
        ("sts", "AssumeRole") => identity::assume(ctx),
        ("sts", "GetFederationToken") => identity::federate(ctx),
        ("cam", "GetUserAppId") => identity::app_id(ctx),
        _ => refuse("InvalidAction", format!("The action `{action}` is not found in `{service}`.")),
    }
}

/// The answer of a call that tells nothing but its id.
fn done() -> Answer {
    Ok("{}".to_owned())
}

impl Ctx<'_> {
    fn me(&self) -> &Uin {
        &self.caller.main
    }

    fn here(&self) -> Result<&Region, Refusal> {
        match &self.region {
            Some(region) => Ok(region),
            None => refuse("MissingParameter", "The request is missing the header `X-TC-Region`."),
        }
    }

    fn shelf(&self) -> Result<&Shelf, Refusal> {
        let region = self.here()?;
        match self.world.regions.get(region) {
            Some(shelf) => Ok(shelf),
            None => refuse("UnsupportedRegion", format!("The region `{region}` is not supported.")),
        }
    }

    fn shelf_mut(&mut self) -> Result<&mut Shelf, Refusal> {
        let region = self.here()?.clone();
        match self.world.shelf(&region) {
            Some(shelf) => Ok(shelf),
            None => refuse("UnsupportedRegion", format!("The region `{region}` is not supported.")),
        }
    }

    /// An image that the caller can see in the region.
    fn image(&self, id: &str) -> Result<(&Image, Whose), Refusal> {
        let id = image_id(id)?;
        let found = self.shelf()?.images.iter().find(|i| i.id == id);
        match found.and_then(|image| Some((image, image.whose(self.me())?))) {
            Some(found) => Ok(found),
            None => refuse("InvalidImageId.NotFound", format!("ImageId {id} is not found.")),
        }
    }

    /// The same to be changed.
    fn image_mut(&mut self, id: &ImageId) -> Result<&mut Image, Refusal> {
        match self.shelf_mut()?.images.iter_mut().find(|i| i.id == *id) {
            Some(image) => Ok(image),
            None => refuse("InvalidImageId.NotFound", format!("ImageId {id} is not found.")),
        }
    }

    /// An instance of the caller in the region.
    fn instance(&self, id: &str) -> Result<&Instance, Refusal> {
        let Ok(wanted) = id.parse::<InstanceId>() else {
            return refuse("InvalidInstanceId.Malformed", format!("The instance id `{id}` is malformed."));
        };
        let found = self
            .shelf()?
            .instances
            .iter()
            .find(|i| i.id == wanted && i.owner == *self.me() && i.state(self.now) != super::world::GONE);
        match found {
            Some(instance) => Ok(instance),
            None => refuse("InvalidInstanceId.NotFound", format!("The instance `{id}` is not found.")),
        }
    }

    fn instance_mut(&mut self, id: &InstanceId) -> Result<&mut Instance, Refusal> {
        match self.shelf_mut()?.instances.iter_mut().find(|i| i.id == *id) {
            Some(instance) => Ok(instance),
            None => refuse("InvalidInstanceId.NotFound", format!("The instance `{id}` is not found.")),
        }
    }

    /// Accounts that one image can be shared with: the FAQ's figure or the newer pages'.
    fn share_limit(&self) -> usize {
        match self.rules {
            RuleSet::Faq => 50,
            RuleSet::Current => 500,
        }
    }

    /// Own images that a region takes.
    fn image_quota(&self) -> usize {
        match self.rules {
            RuleSet::Faq => 10,
            RuleSet::Current => 500,
        }
    }

    /// Refuses a name that is taken, where names are unique.
    fn name_is_free(&self, shelf: &Shelf, name: &str) -> Result<(), Refusal> {
        if self.quirks.names_unique && shelf.has_name(self.me(), name) {
            return refuse("InvalidImageName.Duplicate", format!("The image name `{name}` already exists."));
        }
        Ok(())
    }
}

fn image_id(text: &str) -> Result<ImageId, Refusal> {
    match text.parse() {
        Ok(id) => Ok(id),
        Err(_) => refuse("InvalidImageId.Malformed", format!("The image id `{text}` is malformed.")),
    }
}

/// Characters, as the vendor counts names and descriptions.
fn length(text: &str) -> usize {
    text.chars().count()
}

const NAME_LENGTH: usize = 60;
const DESCRIPTION_LENGTH: usize = 256;

/// An id that was just made; making one fails only where a seed makes no valid id, which none does.
fn made<T>(id: Option<T>) -> Result<T, Refusal> {
    match id {
        Some(id) => Ok(id),
        None => refuse("InternalError", "An internal error has occurred."),
    }
}

/// An object as an answer.
fn answer(value: impl serde::Serialize) -> Answer {
    match serde_json::to_string(&value) {
        Ok(text) => Ok(text),
        Err(_) => refuse("InternalError", "An internal error has occurred."),
    }
}
