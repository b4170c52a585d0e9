//! Methods that create instances and images, and read the instance types that zones sell.

use super::{
    Client, Error,
    answer::incomplete,
    api,
    endpoints::{dry_run_result, filter},
    pages::all_rows,
    wire,
};
use crate::{
    messages::text,
    model::{ImageId, InstanceId, Offer, Region},
};

/// An instance to create.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Launch {
    /// The image, which must be visible in the region of the call.
    pub image: ImageId,
    /// The zone, such as `ap-guangzhou-3`.
    pub zone: String,
    /// The instance type, such as `S5.MEDIUM4`.
    pub instance_type: String,
    /// The name; the cloud chooses one if this is `None`.
    pub name: Option<String>,
    /// VPC and subnet; the default network if this is `None`.
    pub network: Option<(String, String)>,
    /// The client token, at most 64 ASCII characters. The cloud answers a second call with the same token
    /// with the instance of the first.
    pub token: String,
}

impl Client {
    /// Returns the instance types that each zone of a region sells by the hour.
    ///
    /// # Errors
    /// See [`super::Kind`].
    pub async fn zone_types(&self, region: &Region) -> Result<Vec<Offer>, Error> {
        let filters = vec![filter("instance-charge-type", "POSTPAID_BY_HOUR")];
        let request = wire::DescribeZoneInstanceConfigInfos { Filters: Some(filters) };
        let answer = self.call(&api::DESCRIBE_OFFERS, Some(region), &request, false).await?;
        let size = |n: i64| u32::try_from(n.max(0)).unwrap_or(u32::MAX);
        let offer = |o: wire::ZoneInstanceConfig| match o.Zone.is_empty() || o.InstanceType.is_empty() {
            true => Err(text!(cloud_row_without_zone_or_type)),
            false => Ok(Offer {
                zone: o.Zone,
                instance_type: o.InstanceType,
                cpu: size(o.Cpu),
                memory_gib: size(o.Memory),
                sold: o.Status == "SELL",
            }),
        };
        // Rows that cannot be read are left out.
        Ok(all_rows(&answer, "InstanceTypeQuotaSet", offer)?.0)
    }

    /// Creates an instance and returns its ID, or makes a dry run and returns no ID. Sent at most once: after a
    /// lost answer, send the same call with the same token.
    ///
    /// # Errors
    /// See [`super::Kind`] and [`super::Sent`].
    pub async fn run_instances(
        &self,
        region: &Region,
        launch: &Launch,
        dry_run: bool,
    ) -> Result<Option<InstanceId>, Error> {
        let network = launch.network.clone();
        let request = wire::RunInstances {
            Placement: Some(wire::Placement { Zone: launch.zone.clone() }),
            ImageId: Some(launch.image.to_string()),
            InstanceType: Some(launch.instance_type.clone()),
            InstanceName: launch.name.clone(),
            VirtualPrivateCloud: network
                .map(|(vpc, subnet)| wire::VirtualPrivateCloud { VpcId: vpc, SubnetId: subnet }),
            // A dry run creates nothing, so it must not use up the token.
            ClientToken: (!dry_run).then(|| launch.token.clone()),
            DryRun: dry_run.then_some(true),
        };
        let answer = self.call(&api::RUN_INSTANCES, Some(region), &request, dry_run).await;
        let answer = dry_run_result(answer, dry_run)?;
        if dry_run {
            return Ok(None);
        }
        let ids = answer.response.texts("InstanceIdSet", 1).unwrap_or_default();
        ids.first().and_then(|id| id.parse().ok()).map(Some).ok_or_else(|| incomplete(&answer))
    }

    /// Reinstalls an instance with an image, which wipes its system disk. Sent at most once and without a token:
    /// after a lost answer, read the latest operation of the instance.
    ///
    /// # Errors
    /// See [`super::Kind`] and [`super::Sent`].
    pub async fn reset_instance(
        &self,
        region: &Region,
        instance: &InstanceId,
        image: &ImageId,
    ) -> Result<String, Error> {
        let request =
            wire::ResetInstance { InstanceId: Some(instance.to_string()), ImageId: Some(image.to_string()) };
        Ok(self.call(&api::RESET_INSTANCE, Some(region), &request, false).await?.request_id)
    }

    /// Creates an image from an instance. Sent at most once and without a token: after a lost answer, look for
    /// the name.
    ///
    /// # Errors
    /// See [`super::Kind`] and [`super::Sent`].
    pub async fn create_image(
        &self,
        region: &Region,
        instance: &InstanceId,
        name: &str,
        description: Option<&str>,
    ) -> Result<ImageId, Error> {
        let request = wire::CreateImage {
            InstanceId: Some(instance.to_string()),
            ImageName: Some(name.to_owned()),
            ImageDescription: description.map(str::to_owned),
        };
        let answer = self.call(&api::CREATE_IMAGE, Some(region), &request, false).await?;
        answer.response.text("ImageId").parse().map_err(|_| incomplete(&answer))
    }
}
