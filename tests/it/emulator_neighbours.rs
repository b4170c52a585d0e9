//! Resources other than images on the built-in cloud (networks, key pairs, disks, tags, prices), and the fields of
//! RunInstances.

use std::collections::BTreeSet;

use cvmshare::emulator::{Options, SceneName};
use serde_json::{Value, json};

use crate::emulator_client::*;

const GZ: &str = "ap-guangzhou";

async fn ask(desk: &Desk, action: &str, params: Value) -> Value {
    desk.call(ACME, GZ, action, params).await.unwrap_or_else(|code| panic!("{action}: {code}"))
}

async fn instance(desk: &Desk, id: &Value) -> Value {
    let answer = ask(desk, "DescribeInstances", json!({ "InstanceIds": [id] })).await;
    answer["InstanceSet"][0].clone()
}

fn text(value: &Value) -> String {
    value.as_str().unwrap().to_owned()
}

#[tokio::test]
async fn instances_show_the_parameters_of_their_launch() {
    let desk = Desk::new(still()).await;
    let image = desk.image(ACME, GZ, "golden-web-7").await;
    let filter = json!({ "Filters": [{ "Name": "subnet-name", "Values": ["prod-b"] }] });
    let subnet = ask(&desk, "DescribeSubnets", filter).await["SubnetSet"][0].clone();
    let filter = json!({ "Filters": [{ "Name": "security-group-name", "Values": ["web"] }] });
    let group = ask(&desk, "DescribeSecurityGroups", filter).await["SecurityGroupSet"][0].clone();
    let key = ask(&desk, "DescribeKeyPairs", json!({})).await["KeyPairSet"][0]["KeyId"].clone();
    let made = ask(
        &desk,
        "RunInstances",
        json!({
            "InstanceChargeType": "PREPAID",
            "InstanceChargePrepaid": { "Period": 3, "RenewFlag": "NOTIFY_AND_AUTO_RENEW" },
            "Placement": { "Zone": "ap-guangzhou-6", "ProjectId": 1001 },
            "InstanceType": "SA5.MEDIUM4",
            "ImageId": image,
            "SystemDisk": { "DiskType": "CLOUD_SSD", "DiskSize": 100, "DiskName": "root", "Encrypt": true, "KmsKeyId": "kms-1" },
            "DataDisks": [
                { "DiskType": "CLOUD_HSSD", "DiskSize": 40, "DiskName": "data", "DeleteWithInstance": false,
                  "ThroughputPerformance": 50, "BurstPerformance": true },
            ],
            "VirtualPrivateCloud": {
                "VpcId": subnet["VpcId"], "SubnetId": subnet["SubnetId"], "AsVpcGateway": true,
                "PrivateIpAddresses": ["10.20.1.20", "10.20.1.19"],
            },
            "InternetAccessible": {
                "InternetChargeType": "BANDWIDTH_PREPAID", "InternetMaxBandwidthOut": 5, "PublicIpAssigned": true,
                "InternetServiceProvider": "BGP",
            },
            "InstanceCount": 2,
            "InstanceName": "web-{R:3}",
            "LoginSettings": { "KeyIds": [key] },
            "SecurityGroupIds": [group["SecurityGroupId"]],
            "HostName": "host-{R:8}",
            "TagSpecification": [{ "ResourceType": "instance", "Tags": [{ "Key": "tier", "Value": "web" }] }],
            "Metadata": { "Items": [{ "Key": "a", "Value": "b" }] },
            "CpuTopology": { "CoreCount": 1, "ThreadPerCore": 2 },
            "CamRoleName": "ImageOperator",
            "DisableApiTermination": true,
            "EnableJumboFrame": true,
        }),
    )
    .await;
    let ids = made["InstanceIdSet"].as_array().unwrap();
    let got = instance(&desk, &ids[0]).await;
    let mut want = json!({
        "InstanceId": ids[0],
        "Uuid": got["Uuid"],
        "InstanceName": "web-3",
        "InstanceState": "PENDING",
        "InstanceType": "SA5.MEDIUM4",
        "CPU": 2,
        "Memory": 4,
        "RestrictState": "NORMAL",
        "InstanceChargeType": "PREPAID",
        "RenewFlag": "NOTIFY_AND_AUTO_RENEW",
        "CreatedTime": "2026-11-24T03:00:00Z",
        "ExpiredTime": "2027-02-24T03:00:00Z",
        "ImageId": image,
        "OsName": "Ubuntu Server 24.04 LTS 64bit",
        "Placement": {
            "Zone": "ap-guangzhou-6", "ProjectId": 1001, "HostIds": [], "HostId": null,
            "DedicatedResourcePackTenancy": null, "DedicatedResourcePackIds": [], "RackId": null,
        },
        "SystemDisk": {
            "DiskType": "CLOUD_SSD", "DiskId": got["SystemDisk"]["DiskId"], "DiskSize": 100, "CdcId": null,
            "DiskName": "root", "Encrypt": true, "KmsKeyId": "kms-1",
        },
        "DataDisks": [{
            "DiskType": "CLOUD_HSSD", "DiskId": got["DataDisks"][0]["DiskId"], "DiskSize": 40, "CdcId": null,
            "DiskName": "data", "Encrypt": false, "KmsKeyId": null, "DeleteWithInstance": false, "SnapshotId": null,
            "ThroughputPerformance": 50, "BurstPerformance": true,
        }],
        "VirtualPrivateCloud": {
            "VpcId": subnet["VpcId"], "SubnetId": subnet["SubnetId"], "AsVpcGateway": true,
            "PrivateIpAddresses": ["10.20.1.20"], "Ipv6AddressCount": 0,
        },
        "PrivateIpAddresses": ["10.20.1.20"],
        "PublicIpAddresses": got["PublicIpAddresses"],
    });
    let more = json!({
        "InternetAccessible": {
            "InternetChargeType": "BANDWIDTH_PREPAID", "InternetMaxBandwidthOut": 5, "PublicIpAssigned": true,
            "BandwidthPackageId": null, "InternetServiceProvider": "BGP", "IPv4AddressType": "WanIP",
            "IPv6AddressType": null, "AntiDDoSPackageId": null,
        },
        "LoginSettings": { "Password": null, "KeyIds": [key], "KeepImageLogin": "false" },
        "SecurityGroupIds": [group["SecurityGroupId"]],
        "HostName": "host-8",
        "Tags": [{ "Key": "tier", "Value": "web" }],
        "Metadata": { "Items": [{ "Key": "a", "Value": "b" }] },
        "CpuTopology": { "CoreCount": 1, "ThreadPerCore": 2 },
        "CamRoleName": "ImageOperator",
        "DisableApiTermination": true,
        "EnableJumboFrame": true,
        "StopChargingMode": "NOT_APPLICABLE",
        "LatestOperation": "RunInstances",
        "LatestOperationState": "OPERATING",
        "LatestOperationRequestId": got["LatestOperationRequestId"],
        "LatestOperationErrorMsg": null,
        "DefaultLoginUser": "root",
        "DefaultLoginPort": 22,
        "LicenseType": "TencentCloud",
        "IsolatedSource": "NOTISOLATED",
        "DisasterRecoverGroupId": "",
        "DisasterRecoverGroupIds": [],
        "IPv6Addresses": null,
        "PublicIPv6Addresses": null,
        "HpcClusterId": "",
        "RdmaIpAddresses": null,
        "DedicatedClusterId": "",
        "GPUInfo": null,
        "PartitionNumber": null,
    });
    want.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    assert_eq!(got, want);
    assert_eq!(got["PublicIpAddresses"].as_array().unwrap().len(), 1);
    // The answer has every field of the SDK's model of an instance.
    let names = |value: &Value| value.as_object().unwrap().keys().cloned().collect::<BTreeSet<_>>();
    assert_eq!(names(&got), names(&CONTRACT["objects"]["cvm.Instance"]));
    // The list has the names in order.
    let names = ask(&desk, "DescribeInstances", json!({ "Limit": 2 })).await;
    let names: Vec<String> =
        names["InstanceSet"].as_array().unwrap().iter().map(|i| text(&i["InstanceName"])).collect();
    assert_eq!(names, ["web-3", "web-4"]);
    assert_eq!(instance(&desk, &ids[1]).await["PrivateIpAddresses"], json!(["10.20.1.19"]));

    // Protection from termination has to be removed first; then a prepaid instance goes to the recycle bin.
    desk.advance(600).await;
    let one = json!({ "InstanceIds": [ids[0]] });
    let got = desk.call(ACME, GZ, "TerminateInstances", one.clone()).await;
    assert_eq!(got, Err("UnsupportedOperation.InstancesProtected".into()));
    let open = json!({ "InstanceIds": [ids[0]], "DisableApiTermination": false });
    ask(&desk, "ModifyInstancesAttribute", open).await;
    ask(&desk, "TerminateInstances", one.clone()).await;
    desk.advance(600).await;
    let binned = instance(&desk, &ids[0]).await;
    assert_eq!([&binned["InstanceState"], &binned["IsolatedSource"]], ["SHUTDOWN", "MANMADE"]);
    ask(&desk, "TerminateInstances", one.clone()).await;
    desk.advance(600).await;
    assert_eq!(ask(&desk, "DescribeInstances", one).await["TotalCount"], 0);
    // The disk that should be kept still exists.
    let disk = &want["DataDisks"][0]["DiskId"];
    let left = ask(&desk, "DescribeDisks", json!({ "DiskIds": [disk] })).await;
    assert_eq!(
        [&left["DiskSet"][0]["DiskState"], &left["DiskSet"][0]["DiskSize"]],
        [&json!("UNATTACHED"), &json!(40)]
    );
}

#[tokio::test]
async fn unsupported_launch_parameters_are_refused() {
    let desk = Desk::new(still()).await;
    let image = desk.image(ACME, GZ, "golden-web-7").await;
    let launch = |more: Value| {
        let mut params = json!({
            "Placement": { "Zone": "ap-guangzhou-3" }, "ImageId": image, "InstanceType": "S5.MEDIUM4",
        });
        params.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        params
    };
    for (more, code) in [
        (json!({ "SystemDisk": { "DiskType": "FOO" } }), "InvalidParameterValue"),
        (json!({ "SystemDisk": { "DiskType": "LOCAL_SSD" } }), "ResourceInsufficient.CloudDiskUnavailable"),
        (json!({ "SystemDisk": { "DiskType": "CLOUD_TSSD" } }), "ResourceInsufficient.CloudDiskUnavailable"),
        (
            json!({ "Placement": { "Zone": "ap-guangzhou-4" }, "SystemDisk": { "DiskType": "CLOUD_BASIC" } }),
            "ResourceInsufficient.CloudDiskSoldOut",
        ),
        (json!({ "DataDisks": [{ "DiskSize": 15 }] }), "InvalidParameterValue"),
        (
            json!({ "DataDisks": [{ "DiskSize": 10, "DiskType": "CLOUD_SSD" }] }),
            "InvalidParameterValue.CloudSsdDataDiskSizeTooSmall",
        ),
        (json!({ "InstanceType": "SA2.SMALL1" }), "ResourcesSoldOut.SpecifiedInstanceType"),
        (json!({ "InstanceType": "S6.MEDIUM2" }), "ResourceUnavailable.InstanceType"),
        (json!({ "InstanceChargeType": "PREPAID" }), "MissingParameter"),
        (
            json!({ "InstanceChargeType": "PREPAID", "InstanceChargePrepaid": { "Period": 13 } }),
            "InvalidPeriod",
        ),
        (
            json!({ "InstanceChargeType": "SPOTPAID", "InstanceType": "S3.MEDIUM4" }),
            "UnsupportedOperation.NoInstanceTypeSupportSpot",
        ),
        (json!({ "InstanceChargeType": "FREE" }), "InvalidParameterValue"),
        (json!({ "SecurityGroupIds": ["sg-00000000"] }), "InvalidSecurityGroupId.NotFound"),
        (
            json!({ "VirtualPrivateCloud": { "VpcId": "vpc", "SubnetId": "subnet-00000000" } }),
            "InvalidParameterValue.VpcIdMalformed",
        ),
        (
            json!({ "VirtualPrivateCloud": { "VpcId": "vpc-00000000", "SubnetId": "subnet-00000000" } }),
            "InvalidParameterValue.VpcIdNotExist",
        ),
        (
            json!({ "LoginSettings": { "KeyIds": ["skey-00000000"] } }),
            "InvalidParameterValue.KeyPairNotFound",
        ),
        (json!({ "LoginSettings": { "KeyIds": ["mine"] } }), "InvalidKeyPairId.Malformed"),
        (json!({ "InternetAccessible": { "PublicIpAssigned": true } }), "InvalidParameterCombination"),
        (json!({ "InternetAccessible": { "InternetMaxBandwidthOut": 201 } }), "InvalidParameterValue.Range"),
        (json!({ "HostName": "-x" }), "InvalidParameterValue.IllegalHostName"),
        (json!({ "UserData": "no base64!" }), "InvalidParameterValue.InvalidUserDataFormat"),
        (json!({ "CamRoleName": "Nobody" }), "AuthFailure.CamRoleNameAuthenticateFailed"),
    ] {
        // A dry run and the call are refused in the same way.
        for dry in [true, false] {
            let mut params = launch(more.clone());
            params["DryRun"] = json!(dry);
            let got = desk.call(ACME, GZ, "RunInstances", params).await;
            assert_eq!(got, Err(code.to_owned()), "{more}");
        }
    }
    // Networks, groups and keys of other accounts are not found.
    let theirs = desk.call(BOREALIS, GZ, "DescribeSecurityGroups", json!({})).await.unwrap();
    let theirs = theirs["SecurityGroupSet"][0]["SecurityGroupId"].clone();
    let got = desk.call(ACME, GZ, "RunInstances", launch(json!({ "SecurityGroupIds": [theirs] }))).await;
    assert_eq!(got, Err("InvalidSecurityGroupId.NotFound".into()));
}

/// The calls of image builders: make networks and a key, launch an instance with them, make an image, and delete
/// everything.
#[tokio::test]
async fn image_builders_can_make_and_delete_their_network() {
    let desk = Desk::new(Options { scene: SceneName::Empty, ..still() }).await;
    let filter = json!({ "Filters": [{ "Name": "image-name", "Values": ["Debian 12.0 64bit"] }] });
    let image = ask(&desk, "DescribeImages", filter).await["ImageSet"][0]["ImageId"].clone();
    let key = json!({ "KeyName": "packer_1", "ProjectId": 0 });
    let key = ask(&desk, "CreateKeyPair", key).await["KeyPair"].clone();
    assert!(text(&key["PublicKey"]).starts_with("ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAA"), "{key}");
    assert!(
        text(&key["PrivateKey"])
            .starts_with("-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEAAAAABG5vbmU"),
        "{key}"
    );
    let told =
        ask(&desk, "DescribeKeyPairs", json!({ "KeyIds": [key["KeyId"]] })).await["KeyPairSet"][0].clone();
    assert_eq!([&told["PublicKey"], &told["PrivateKey"]], [&key["PublicKey"], &Value::Null]);
    let vpc = json!({ "VpcName": "packer", "CidrBlock": "10.0.0.0/16" });
    let vpc = ask(&desk, "CreateVpc", vpc).await["Vpc"]["VpcId"].clone();
    let subnet = json!({
        "VpcId": vpc, "SubnetName": "packer", "Zone": "ap-guangzhou-3", "CidrBlock": "10.0.8.0/24",
    });
    let subnet = ask(&desk, "CreateSubnet", subnet).await["Subnet"]["SubnetId"].clone();
    let group = json!({ "GroupName": "packer", "GroupDescription": "" });
    let group = ask(&desk, "CreateSecurityGroup", group).await["SecurityGroup"]["SecurityGroupId"].clone();
    for way in ["Ingress", "Egress"] {
        let rules = json!({ (way): [{ "CidrBlock": "0.0.0.0/0", "Action": "ACCEPT" }] });
        ask(
            &desk,
            "CreateSecurityGroupPolicies",
            json!({ "SecurityGroupId": group, "SecurityGroupPolicySet": rules }),
        )
        .await;
    }
    let rules = ask(&desk, "DescribeSecurityGroupPolicies", json!({ "SecurityGroupId": group })).await;
    let rules = &rules["SecurityGroupPolicySet"];
    assert_eq!(
        [&rules["Version"], &rules["Ingress"][0]["CidrBlock"], &rules["Egress"][0]["Port"]],
        ["2", "0.0.0.0/0", "ALL"]
    );
    let launch = json!({
        "InstanceChargeType": "POSTPAID_BY_HOUR", "Placement": { "Zone": "ap-guangzhou-3" }, "ImageId": image,
        "InstanceType": "S5.MEDIUM4", "SystemDisk": { "DiskType": "CLOUD_BASIC", "DiskSize": 50 },
        "VirtualPrivateCloud": { "VpcId": vpc, "SubnetId": subnet }, "SecurityGroupIds": [group],
        "InternetAccessible": { "PublicIpAssigned": true, "InternetMaxBandwidthOut": 1 },
        "LoginSettings": { "KeyIds": [key["KeyId"]] }, "InstanceName": "packer", "ClientToken": "packer",
        "HostName": "", "UserData": "", "CamRoleName": "",
    });
    let id = ask(&desk, "RunInstances", launch).await["InstanceIdSet"][0].clone();
    // Resources in use cannot be deleted.
    for (action, params) in [
        ("DeleteKeyPairs", json!({ "KeyIds": [key["KeyId"]] })),
        ("DeleteSecurityGroup", json!({ "SecurityGroupId": group })),
        ("DeleteSubnet", json!({ "SubnetId": subnet })),
        ("DeleteVpc", json!({ "VpcId": vpc })),
    ] {
        let code = if action == "DeleteKeyPairs" {
            "InvalidParameterValue.KeyPairNotSupported"
        } else {
            "ResourceInUse"
        };
        assert_eq!(desk.call(ACME, GZ, action, params).await, Err(code.to_owned()), "{action}");
    }
    desk.advance(120).await;
    let ran = instance(&desk, &id).await;
    assert_eq!([&ran["InstanceState"], &ran["PrivateIpAddresses"][0]], ["RUNNING", "10.0.8.2"]);
    let used = ask(&desk, "DescribeKeyPairs", json!({})).await;
    assert_eq!(used["KeyPairSet"][0]["AssociatedInstanceIds"], json!([id]));
    let detach = json!({ "InstanceIds": [id], "KeyIds": [key["KeyId"]], "ForceStop": true });
    ask(&desk, "DisassociateInstancesKeyPairs", detach).await;
    desk.advance(120).await;
    assert_eq!(instance(&desk, &id).await["LoginSettings"]["KeyIds"], json!([]));
    let capture =
        json!({ "InstanceId": id, "ImageName": "built", "ForcePoweroff": "True", "Sysprep": "False" });
    ask(&desk, "CreateImage", capture).await;
    desk.advance(3600).await;
    ask(&desk, "TerminateInstances", json!({ "InstanceIds": [id] })).await;
    desk.advance(120).await;
    ask(&desk, "DeleteKeyPairs", json!({ "KeyIds": [key["KeyId"]] })).await;
    ask(&desk, "DeleteSecurityGroup", json!({ "SecurityGroupId": group })).await;
    ask(&desk, "DeleteSubnet", json!({ "SubnetId": subnet })).await;
    ask(&desk, "DeleteVpc", json!({ "VpcId": vpc })).await;
    let left = ask(&desk, "DescribeVpcs", json!({})).await;
    assert_eq!([&left["TotalCount"], &left["VpcSet"][0]["IsDefault"]], [&json!(1), &json!(true)]);
}

#[tokio::test]
async fn tags_are_stored_and_found() {
    let desk = Desk::new(still()).await;
    let image = desk.image(ACME, GZ, "golden-web-7").await;
    // The answer repeats the name with or without the account.
    for account in ["", "uin/100000000001"] {
        let name = format!("qcs::cvm:{GZ}:{account}:image/{image}");
        let got = ask(&desk, "GetResources", json!({ "ResourceList": [name] })).await;
        let want = json!([{
            "Resource": name,
            "Tags": [
                { "TagKey": "team", "TagValue": "platform", "Category": "Custom" },
                { "TagKey": "tier", "TagValue": "web", "Category": "Custom" },
            ],
        }]);
        assert_eq!(got["ResourceTagMappingList"], want);
    }
    let running = ask(&desk, "DescribeInstances", json!({})).await["InstanceSet"][0]["InstanceId"].clone();
    let name = format!("qcs::cvm:{GZ}:uin/{ACME}:instance/{}", text(&running));
    let gone = format!("qcs::cvm:{GZ}:uin/{ACME}:instance/ins-00000000");
    let new = json!({ "ResourceList": [name, gone], "Tags": [{ "TagKey": "tier", "TagValue": "db" }] });
    let got = ask(&desk, "TagResources", new).await;
    assert_eq!(
        [&got["FailedResources"][0]["Resource"], &got["FailedResources"][1]],
        [&json!(gone), &Value::Null]
    );
    assert_eq!(instance(&desk, &running).await["Tags"], json!([{ "Key": "tier", "Value": "db" }]));
    let found = json!({ "TagFilters": [{ "TagKey": "tier", "TagValue": ["db"] }] });
    let got = ask(&desk, "GetResources", found).await;
    assert_eq!(got["ResourceTagMappingList"].as_array().unwrap().len(), 1);
    assert_eq!(got["ResourceTagMappingList"][0]["Resource"], name);
    let all = ask(&desk, "DescribeTags", json!({ "TagKeys": ["tier"] })).await;
    let all: Vec<String> = all["Tags"].as_array().unwrap().iter().map(|t| text(&t["TagValue"])).collect();
    assert_eq!(all, ["db", "web"]);
    ask(&desk, "UnTagResources", json!({ "ResourceList": [name], "TagKeys": ["tier"] })).await;
    assert_eq!(instance(&desk, &running).await["Tags"], json!([]));
    // Resources of other accounts cannot be named.
    let got = desk.call(BOREALIS, GZ, "GetResources", json!({ "ResourceList": [name] })).await;
    assert_eq!(got, Err("InvalidParameterValue.UinInvalid".into()));
}

#[tokio::test]
async fn snapshots_have_the_sizes_of_their_images() {
    let desk = Desk::new(still()).await;
    let golden = desk.images(ACME, GZ, "PRIVATE_IMAGE").await["golden-web-7"].clone();
    let id = &golden["SnapshotSet"][0]["SnapshotId"];
    let got = ask(&desk, "DescribeSnapshots", json!({ "SnapshotIds": [id] })).await["SnapshotSet"][0].clone();
    assert_eq!(
        [&got["DiskSize"], &got["DiskUsage"], &got["SnapshotState"], &got["ShareReference"], &got["Images"]],
        [
            &json!(50),
            &json!("SYSTEM_DISK"),
            &json!("NORMAL"),
            &json!(3),
            &json!([{ "ImageId": golden["ImageId"], "ImageName": "golden-web-7" }]),
        ]
    );
    // cbs writes local time without a zone; cvm writes UTC. Both are the same time.
    let image: jiff::Timestamp = golden["CreatedTime"].as_str().unwrap().parse().unwrap();
    let local = image + jiff::SignedDuration::from_hours(8);
    assert_eq!(got["CreateTime"], local.strftime("%Y-%m-%d %H:%M:%S").to_string());
    let all = ask(&desk, "DescribeSnapshots", json!({ "Limit": 100 })).await;
    let sizes: u64 =
        all["SnapshotSet"].as_array().unwrap().iter().map(|s| s["DiskSize"].as_u64().unwrap()).sum();
    let overview = ask(&desk, "DescribeSnapshotOverview", json!({})).await;
    assert_eq!(
        [&overview["TotalNums"], &all["TotalCount"]],
        [&all["TotalCount"], &json!(all["SnapshotSet"].as_array().unwrap().len())]
    );
    assert_eq!(overview["TotalSize"], json!(sizes as f64));
    // A snapshot is kept when its image is deleted, unless the call deletes it too.
    let failed = desk.image(ACME, GZ, "nightly-ci-runner").await;
    ask(&desk, "DeleteImages", json!({ "ImageIds": [failed] })).await;
    assert_eq!(ask(&desk, "DescribeSnapshotOverview", json!({})).await["TotalNums"], overview["TotalNums"]);
}

#[tokio::test]
async fn prices_depend_on_the_order() {
    let desk = Desk::new(still()).await;
    let image = desk.image(ACME, GZ, "golden-web-7").await;
    let ask = |more: Value| {
        let mut params = json!({
            "Placement": { "Zone": "ap-guangzhou-6" }, "ImageId": image, "InstanceType": "S5.MEDIUM4",
        });
        params.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        ask(&desk, "InquiryPriceRunInstances", params)
    };
    let hour = ask(json!({})).await["Price"].clone();
    assert_eq!(
        [
            &hour["InstancePrice"]["UnitPrice"],
            &hour["InstancePrice"]["ChargeUnit"],
            &hour["BandwidthPrice"]["UnitPrice"]
        ],
        [&json!(0.074), &json!("HOUR"), &json!(0.0)]
    );
    let three = ask(json!({ "InstanceCount": 3 })).await["Price"].clone();
    assert_eq!(three["InstancePrice"]["UnitPrice"], json!(0.222));
    let spot = ask(json!({ "InstanceChargeType": "SPOTPAID" })).await["Price"].clone();
    assert_eq!(
        [&spot["InstancePrice"]["UnitPrice"], &spot["InstancePrice"]["UnitPriceDiscount"]],
        [&json!(0.074), &json!(0.0148)]
    );
    let prepaid = json!({ "InstanceChargeType": "PREPAID", "InstanceChargePrepaid": { "Period": 2 } });
    let prepaid = ask(prepaid).await["Price"].clone();
    assert_eq!(
        [&prepaid["InstancePrice"]["OriginalPrice"], &prepaid["InstancePrice"]["UnitPrice"]],
        [&json!(56.1), &Value::Null]
    );
}

#[tokio::test]
async fn instances_are_rebooted_renamed_and_get_passwords() {
    let desk = Desk::new(still()).await;
    let named = |name: &str| json!({ "Filters": [{ "Name": "instance-name", "Values": [name] }] });
    let id = ask(&desk, "DescribeInstances", named("web-2")).await["InstanceSet"][0]["InstanceId"].clone();
    let one = json!({ "InstanceIds": [id] });
    ask(&desk, "RebootInstances", one.clone()).await;
    let state = async || instance(&desk, &id).await["InstanceState"].clone();
    assert_eq!(state().await, "REBOOTING");
    let got = desk.call(ACME, GZ, "StopInstances", one).await;
    assert_eq!(got, Err("UnsupportedOperation.InstanceStateRebooting".into()));
    desk.advance(60).await;
    assert_eq!(state().await, "RUNNING");
    ask(
        &desk,
        "ModifyInstancesAttribute",
        json!({ "InstanceIds": [id], "InstanceName": "web-9", "HostName": "nine" }),
    )
    .await;
    let got = instance(&desk, &id).await;
    assert_eq!(
        [&got["InstanceName"], &got["HostName"], &got["InstanceState"]],
        ["web-9", "nine", "REBOOTING"]
    );
    desk.advance(60).await;
    let password =
        |force: bool| json!({ "InstanceIds": [id], "Password": "Correct-horse-9", "ForceStop": force });
    let got = desk.call(ACME, GZ, "ResetInstancesPassword", password(false)).await;
    assert_eq!(got, Err("UnsupportedOperation.InstanceStateRunning".into()));
    ask(&desk, "ResetInstancesPassword", password(true)).await;
    assert_eq!(instance(&desk, &id).await["LatestOperation"], "ResetInstancesPassword");
    // Passwords are neither in the world nor in the log of calls.
    for page in ["world", "calls"] {
        let told = desk.control("GET", page, "").await.1.to_string();
        assert!(!told.contains("Correct-horse-9"), "{page}");
        assert!(told.contains("ResetInstancesPassword"), "{page}");
    }
}

/// A state file of an older version has instances without networks.
#[tokio::test]
async fn a_world_of_an_older_version_gets_default_networks() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("world.json");
    let options = || Options { state: Some(file.clone()), ..still() };
    Desk::new(options()).await.cloud.stop().await;
    let mut world: Value = serde_json::from_slice(&std::fs::read(&file).unwrap()).unwrap();
    for part in ["projects", "made_aside"] {
        world.as_object_mut().unwrap().remove(part).unwrap();
    }
    for shelf in world["regions"].as_object_mut().unwrap().values_mut() {
        for part in ["vpcs", "subnets", "groups", "keys"] {
            shelf.as_object_mut().unwrap().remove(part).unwrap();
        }
        for instance in shelf["instances"].as_array_mut().unwrap() {
            instance.as_object_mut().unwrap().remove("terms").unwrap();
        }
    }
    std::fs::write(&file, world.to_string()).unwrap();

    let desk = Desk::new(options()).await;
    let vpcs = ask(&desk, "DescribeVpcs", json!({})).await;
    assert_eq!([&vpcs["TotalCount"], &vpcs["VpcSet"][0]["CidrBlock"]], [&json!(1), &json!("172.16.0.0/16")]);
    let rows = ask(&desk, "DescribeInstances", json!({})).await;
    for row in rows["InstanceSet"].as_array().unwrap() {
        assert_eq!(row["VirtualPrivateCloud"]["VpcId"], vpcs["VpcSet"][0]["VpcId"]);
        assert_eq!(
            [&row["InstanceChargeType"], &row["SystemDisk"]["DiskType"]],
            ["POSTPAID_BY_HOUR", "CLOUD_PREMIUM"]
        );
    }
    // New resources are saved.
    ask(&desk, "CreateKeyPair", json!({ "KeyName": "kept", "ProjectId": 0 })).await;
    desk.cloud.stop().await;
    let desk = Desk::new(options()).await;
    assert_eq!(ask(&desk, "DescribeKeyPairs", json!({})).await["KeyPairSet"][0]["KeyName"], "kept");
}
