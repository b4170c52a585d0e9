//! Making instances from images, images from instances, and what the zones sell.

use super::{
    Client, Error,
    answer::incomplete,
    api,
    endpoints::{dry, filter},
    pages::all_rows,
    wire,
};
use crate::model::{ImageId, InstanceId, Offer, Region};

/// One instance to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Launch {
    /// From this image, which is seen in the region of the call.
    pub image: ImageId,
    /// `ap-guangzhou-3`
    pub zone: String,
    /// `S5.MEDIUM4`
    pub instance_type: String,
    /// Its name; the cloud's own where nothing is said.
    pub name: Option<String>,
    /// VPC and subnet; the default network where nothing is said.
    pub network: Option<(String, String)>,
    /// At most 64 ASCII characters. The cloud answers a second call with the same token with the first one's instance.
    pub token: String,
}

impl Client {
    /// What each zone of a region sells by the hour.
    ///
    /// # Errors
    /// See [`super::Kind`].
    pub async fn zone_types(&self, region: &Region) -> Result<Vec<Offer>, Error> {
        let filters = vec![filter("instance-charge-type", "POSTPAID_BY_HOUR")];
        let request = wire::DescribeZoneInstanceConfigInfos { Filters: Some(filters) };
        let answer = self.call(&api::DESCRIBE_OFFERS, Some(region), &request, false).await?;
        let size = |n: i64| u32::try_from(n.max(0)).unwrap_or(u32::MAX);
        let offer = |o: wire::ZoneInstanceConfig| match o.Zone.is_empty() || o.InstanceType.is_empty() {
            true => Err("it has no Zone or no InstanceType".to_owned()),
            false => Ok(Offer {
                zone: o.Zone,
                instance_type: o.InstanceType,
                cpu: size(o.Cpu),
                memory_gib: size(o.Memory),
                sold: o.Status == "SELL",
            }),
        };
        // What cannot be read is not offered.
        Ok(all_rows(&answer, "InstanceTypeQuotaSet", offer)?.0)
    }

    /// Makes one instance, or asks whether that would work; a dry run has no id to tell. Sent once: after a lost
    /// answer, send the same again, the token included.
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
            // A dry run makes nothing; its token must not stand for an instance.
            ClientToken: (!dry_run).then(|| launch.token.clone()),
            DryRun: dry_run.then_some(true),
        };
        let answer = self.call(&api::RUN_INSTANCES, Some(region), &request, dry_run).await;
        let answer = dry(answer, dry_run)?;
        if dry_run {
            return Ok(None);
        }
        let ids = answer.response.texts("InstanceIdSet", 1).unwrap_or_default();
        ids.first().and_then(|id| id.parse().ok()).map(Some).ok_or_else(|| incomplete(&answer))
    }

    /// Reinstalls an instance with an image: its system disk is wiped. Sent once, and has no token: after a lost
    /// answer, read the instance's latest operation.
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

    /// Makes an image from an instance. Sent once, and has no token: after a lost answer, look for the name.
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
