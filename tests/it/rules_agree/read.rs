//! A built-in cloud with a random world, and the facts as read over HTTP.

use std::collections::BTreeSet;

use cvmshare::{
    emulator::{Options, Quirk, SceneName},
    model::{Image, ImageId, ImageKind, Instance, InstanceState, Offer, Region, RuleSet, Share, Snapshot},
    rules::{Facts, Limits, Probe},
};
use serde_json::{Value, json};
use tempfile::TempDir;

use super::worlds::{Dice, REGIONS, SUB_ACCOUNT};
use crate::{
    emulator_client::{ACME, Desk, still},
    rules_world::{at, reg, uin},
};

/// A cloud and the facts about it.
pub struct Play {
    pub desk: Desk,
    pub facts: Facts,
    /// Regions with a running operation.
    pub moving: BTreeSet<Region>,
    _dir: TempDir,
}

/// Uses a file system in memory if there is one, since every change is synced.
fn folder() -> TempDir {
    tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir()).unwrap()
}

impl Play {
    pub async fn start(dice: &mut Dice, rules: RuleSet) -> Self {
        let dir = folder();
        let state = dir.path().join("world.json");
        let quirks: [Quirk; 2] = [
            // With the more likely answer, no error, nothing would check share.already.
            "share-already=error".parse().unwrap(),
            if dice.one_in(2) { "source-busy=yes" } else { "source-busy=no" }.parse().unwrap(),
        ];
        let options = Options {
            scene: SceneName::Empty,
            state: Some(state.clone()),
            rules,
            quirks: quirks.into_iter().collect(),
            ..still()
        };
        Desk::new(options.clone()).await.cloud.stop().await;
        let empty: Value = serde_json::from_slice(&std::fs::read(&state).unwrap()).unwrap();
        std::fs::write(&state, dice.fill(empty).to_string()).unwrap();
        let desk = Desk::new(options).await;
        let mut play = Self { desk, facts: Facts::default(), moving: BTreeSet::new(), _dir: dir };
        play.facts.standing.rules = rules;
        play.facts.standing.limits = Limits::documented(rules);
        play.facts.known_regions = REGIONS.iter().map(|r| reg(r)).collect();
        // The answer of GetCallerIdentity, and a fact from an earlier refusal.
        play.facts.standing.me = Some(uin(ACME));
        play.facts.sub_accounts.insert(uin(SUB_ACCOUNT));
        for region in REGIONS.map(reg) {
            play.read_images(&region).await;
            play.read_instances(&region).await;
            let quota = play.call(&region, "DescribeImageQuota", json!({})).await.unwrap();
            let quota = u32::try_from(quota["ImageNumQuota"].as_u64().unwrap()).unwrap();
            play.facts.regions.get_mut(&region).unwrap().quota = Some(quota);
            let sold = play.call(&region, "DescribeZoneInstanceConfigInfos", json!({})).await.unwrap();
            play.facts.set_offers(region, rows(&sold["InstanceTypeQuotaSet"]).map(offer).collect());
        }
        play.read_probes().await;
        play
    }

    pub async fn stop(self) {
        self.desk.cloud.stop().await;
    }

    pub async fn call(&self, region: &Region, action: &str, params: Value) -> Result<Value, String> {
        self.desk.call(ACME, region.as_str(), action, params).await
    }

    /// Advances the clock, and reads the regions with running operations.
    pub async fn advance(&mut self, seconds: u32) {
        if self.moving.is_empty() {
            return;
        }
        self.desk.advance(seconds).await;
        for region in std::mem::take(&mut self.moving) {
            self.read_images(&region).await;
            self.read_instances(&region).await;
        }
    }

    pub async fn read_images(&mut self, region: &Region) {
        let answer = self.call(region, "DescribeImages", json!({ "Limit": 100 })).await.unwrap();
        let images: Vec<Image> = rows(&answer["ImageSet"]).map(|i| image(i, region)).collect();
        assert_eq!(answer["TotalCount"], images.len());
        let unread: Vec<ImageId> = images
            .iter()
            .filter(|i| i.kind == ImageKind::Own && self.facts.shares(&i.id).is_none())
            .map(|i| i.id.clone())
            .collect();
        self.facts.set_images(region, images, at("2026-11-24"));
        for id in unread {
            self.read_shares(region, &id).await;
        }
    }

    pub async fn read_shares(&mut self, region: &Region, id: &ImageId) {
        let params = json!({ "ImageId": id });
        let answer = self.call(region, "DescribeImageSharePermission", params).await.unwrap();
        let shares = rows(&answer["SharePermissionSet"])
            .map(|s| Share { account: uin(text(s, "AccountId")), since: text(s, "CreatedTime").parse().ok() })
            .collect();
        self.facts.set_shares(id.clone(), shares);
    }

    pub async fn read_instances(&mut self, region: &Region) {
        let answer = self.call(region, "DescribeInstances", json!({ "Limit": 100 })).await.unwrap();
        let instances = rows(&answer["InstanceSet"]).map(|i| instance(i, region)).collect();
        self.facts.set_instances(region, instances, at("2026-11-24"));
    }

    /// Adds facts that no list returns and that dry runs or refusals would have shown.
    pub async fn read_probes(&mut self) {
        let (_, world) = self.desk.control("GET", "world", "").await;
        for shelf in world["regions"].as_object().unwrap().values() {
            for image in rows(&shelf["images"]) {
                let probe = Probe {
                    encrypted: image["encrypted"].as_bool().unwrap(),
                    whole_machine: image["whole_machine"].as_bool().unwrap(),
                };
                self.facts.probes.insert(text(image, "id").parse().unwrap(), probe);
            }
        }
    }
}

pub fn rows(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().unwrap().iter()
}

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value[key].as_str().unwrap()
}

fn number(value: &Value) -> u32 {
    u32::try_from(value.as_u64().unwrap()).unwrap()
}

fn image(i: &Value, region: &Region) -> Image {
    Image {
        id: text(i, "ImageId").parse().unwrap(),
        region: region.clone(),
        name: text(i, "ImageName").into(),
        description: text(i, "ImageDescription").into(),
        kind: match text(i, "ImageType") {
            "PRIVATE_IMAGE" => ImageKind::Own,
            "SHARED_IMAGE" => ImageKind::Received,
            _ => ImageKind::Public,
        },
        state: text(i, "ImageState").to_owned().into(),
        sync_percent: i["SyncPercent"].as_u64().map(|p| u8::try_from(p).unwrap()),
        size_gib: number(&i["ImageSize"]),
        os: text(i, "OsName").into(),
        platform: text(i, "Platform").into(),
        arch: text(i, "Architecture").into(),
        created_at: text(i, "CreatedTime").parse().ok(),
        creator: Some(text(i, "ImageCreator").into()),
        source: Some(text(i, "ImageSource").into()),
        snapshots: rows(&i["SnapshotSet"])
            .map(|s| Snapshot {
                id: text(s, "SnapshotId").into(),
                data_disk: s["DiskUsage"] == "DATA_DISK",
                size_gib: number(&s["DiskSize"]),
            })
            .collect(),
        byol: i["LicenseType"] == "BYOL",
        family: i["ImageFamily"].as_str().filter(|f| !f.is_empty()).map(Into::into),
        deprecated: i["ImageDeprecated"] == true,
        cloudinit: i["IsSupportCloudinit"] == true,
        tags: Vec::new(),
    }
}

fn instance(i: &Value, region: &Region) -> Instance {
    let operation = i["LatestOperation"].as_str();
    Instance {
        id: text(i, "InstanceId").parse().unwrap(),
        region: region.clone(),
        zone: text(&i["Placement"], "Zone").into(),
        name: text(i, "InstanceName").into(),
        state: InstanceState::from(text(i, "InstanceState").to_owned()),
        instance_type: text(i, "InstanceType").into(),
        cpu: number(&i["CPU"]),
        memory_gib: number(&i["Memory"]),
        image: text(i, "ImageId").parse().ok(),
        os: text(i, "OsName").into(),
        private_ips: Vec::new(),
        public_ips: Vec::new(),
        created_at: text(i, "CreatedTime").parse().ok(),
        system_disk_gib: number(&i["SystemDisk"]["DiskSize"]),
        latest_operation: operation.map(|o| (o.into(), text(i, "LatestOperationState").into())),
        details: Default::default(),
    }
}

fn offer(v: &Value) -> Offer {
    let number = |field: &str| u32::try_from(v[field].as_u64().unwrap()).unwrap();
    Offer {
        zone: text(v, "Zone").to_owned(),
        instance_type: text(v, "InstanceType").to_owned(),
        cpu: number("Cpu"),
        memory_gib: number("Memory"),
        sold: text(v, "Status") == "SELL",
    }
}
