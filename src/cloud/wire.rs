//! The API's shapes with its own spelling (tests/it/contract.json), for the client and the built-in cloud.
//!
//! Parsing is lenient: fields may be missing or null, and unknown fields are ignored.
#![allow(non_snake_case)] // Names as in the API documentation.
#![allow(missing_docs)] // The API documents each field; see tests/it/contract.json.

use serde::{Deserialize, Deserializer, Serialize};

/// Treats null like an absent field.
fn lenient<'de, D: Deserializer<'de>, T: Default + Deserialize<'de>>(from: D) -> Result<T, D::Error> {
    Option::<T>::deserialize(from).map(Option::unwrap_or_default)
}

/// `Credentials` of AssumeRole. `Debug` does not show the keys.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct TemporaryKeys {
    #[serde(default)]
    pub Token: String,
    #[serde(default)]
    pub TmpSecretId: String,
    #[serde(default)]
    pub TmpSecretKey: String,
}
impl std::fmt::Debug for TemporaryKeys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("TemporaryKeys")
    }
}

macro_rules! shape {
    ($(#[$doc:meta])* $name:ident { $($(#[$attr:meta])* $field:ident : $ty:ty),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
        pub struct $name { $($(#[$attr])* #[serde(default, deserialize_with = "lenient")] pub $field: $ty,)* }
    };
}
/// Optional fields of requests are left out instead of null.
macro_rules! request {
    ($(#[$doc:meta])* $name:ident { $($field:ident : $ty:ty),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
        #[serde(deny_unknown_fields)]
        pub struct $name { $(#[serde(default, skip_serializing_if = "Option::is_none")] pub $field: Option<$ty>,)* }
    };
}

/// `{"Response": …}`, the envelope of every answer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Envelope<T> {
    pub Response: T,
}
/// The part of an answer that shows whether it is an error.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Head {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub Error: Option<ApiError>,
    #[serde(default)]
    pub RequestId: String,
}
/// `Response.Error`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApiError {
    #[serde(default)]
    pub Code: String,
    #[serde(default)]
    pub Message: String,
}

shape!(Filter { Name: String, Values: Vec<String> });
shape!(Snapshot { SnapshotId: String, DiskUsage: String, DiskSize: i64 });
shape!(Tag { Key: String, Value: String });
shape!(Image {
    ImageId: String, OsName: String, ImageType: String, CreatedTime: String, ImageName: String,
    ImageDescription: String, ImageSize: i64, Architecture: String, ImageState: String, Platform: String,
    ImageCreator: String, ImageSource: String, SyncPercent: Option<i64>, IsSupportCloudinit: bool,
    SnapshotSet: Vec<Snapshot>, Tags: Vec<Tag>, LicenseType: String, ImageFamily: String, ImageDeprecated: bool,
});
shape!(SharePermission { CreatedTime: String, AccountId: String });
shape!(SyncImage { ImageId: String, Region: String });
shape!(Placement { Zone: String });
shape!(SystemDisk { DiskType: String, DiskId: String, DiskSize: i64 });
shape!(VirtualPrivateCloud { VpcId: String, SubnetId: String });
shape!(Instance {
    Placement: Placement, InstanceId: String, InstanceType: String, CPU: i64, Memory: i64, RestrictState: String,
    InstanceName: String, InstanceChargeType: String, SystemDisk: SystemDisk, PrivateIpAddresses: Vec<String>,
    PublicIpAddresses: Vec<String>, VirtualPrivateCloud: VirtualPrivateCloud, ImageId: String, CreatedTime: String,
    ExpiredTime: String, OsName: String, InstanceState: String, Tags: Vec<Tag>, LatestOperation: Option<String>,
    LatestOperationState: Option<String>, LatestOperationRequestId: Option<String>, Uuid: String,
});
shape!(RegionInfo { Region: String, RegionName: String, RegionState: String });
shape!(ZoneInfo { Zone: String, ZoneName: String, ZoneId: String, ZoneState: String });

request!(DescribeImages { ImageIds: Vec<String>, Filters: Vec<Filter>, Offset: u64, Limit: u64, InstanceType: String });
shape!(DescribeImagesAnswer { ImageSet: Vec<Image>, TotalCount: i64, RequestId: String });
request!(DescribeImageSharePermission { ImageId: String });
shape!(DescribeImageSharePermissionAnswer { SharePermissionSet: Vec<SharePermission>, RequestId: String });
request!(ModifyImageSharePermission { ImageId: String, AccountIds: Vec<String>, Permission: String });
request!(SyncImages {
    ImageIds: Vec<String>, DestinationRegions: Vec<String>, DryRun: bool, ImageName: String, ImageSetRequired: bool,
    Encrypt: bool, KmsKeyId: String,
});
shape!(SyncImagesAnswer { ImageSet: Vec<SyncImage>, RequestId: String });
request!(DeleteImages { ImageIds: Vec<String>, DeleteBindedSnap: bool, DryRun: bool });
request!(ModifyImageAttribute {
    ImageId: String,
    ImageName: String,
    ImageDescription: String,
    ImageFamily: String,
    ImageDeprecated: bool,
});
request!(
    /// The request of actions without parameters: DescribeImageQuota, DescribeZones, GetCallerIdentity.
    Nothing {}
);
shape!(DescribeImageQuotaAnswer { ImageNumQuota: i64, RequestId: String });
request!(DescribeInstances { InstanceIds: Vec<String>, Filters: Vec<Filter>, Offset: i64, Limit: i64 });
request!(RunInstances {
    Placement: Placement,
    ImageId: String,
    InstanceType: String,
    InstanceName: String,
    VirtualPrivateCloud: VirtualPrivateCloud,
    ClientToken: String,
    DryRun: bool,
});
request!(ResetInstance { InstanceId: String, ImageId: String });
request!(CreateImage { InstanceId: String, ImageName: String, ImageDescription: String });
request!(DescribeZoneInstanceConfigInfos { Filters: Vec<Filter> });
shape!(ZoneInstanceConfig { Zone: String, InstanceType: String, Cpu: i64, Memory: i64, Status: String });
shape!(DescribeInstancesAnswer { InstanceSet: Vec<Instance>, TotalCount: i64, RequestId: String });
shape!(DescribeZonesAnswer { ZoneSet: Vec<ZoneInfo>, TotalCount: i64, RequestId: String });
request!(DescribeRegions { Product: String, Scene: i64 });
shape!(DescribeRegionsAnswer { RegionSet: Vec<RegionInfo>, TotalCount: i64, RequestId: String });
shape!(GetCallerIdentityAnswer {
    Arn: String,
    AccountId: String,
    UserId: String,
    PrincipalId: String,
    Type: String,
    RequestId: String,
});
request!(AssumeRole { RoleArn: String, RoleSessionName: String, DurationSeconds: u32 });
shape!(AssumeRoleAnswer { Credentials: TemporaryKeys, ExpiredTime: i64, RequestId: String });
shape!(
    /// The answer of actions that return only a request ID.
    Done { RequestId: String }
);
