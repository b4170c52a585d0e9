//! Random worlds and actions.

use cvmshare::{
    model::{Catalog, Image, ImageKind, Receiver, Region, RuleSet},
    rules::{Action, Facts, ShareSelection},
};
use serde_json::{Value, json};

use crate::{
    emulator_client::{ACME, BOREALIS, COBALT, QUAY},
    rules_world::{reg, uin},
};

/// The regions of every world, followed by two that do not exist.
pub const REGIONS: [&str; 8] = [
    "ap-guangzhou",
    "ap-shanghai",
    "ap-beijing",
    "ap-hongkong",
    "ap-singapore",
    "ap-shanghai-fsi",
    "ap-shenzhen-fsi",
    "ap-taipei",
];
const NOT_HERE: [&str; 2] = ["mars-north", "ap-guiyang"];
pub const SUB_ACCOUNT: &str = "200000000021";
const NAMES: [&str; 14] = [
    "golden",
    "golden-2",
    "base",
    "web",
    "db",
    "镜像-数据库",
    "cache",
    "ci",
    "ml",
    "erp",
    "edge",
    "api",
    "batch",
    "analytics-worker-python312-cuda12-with-offline-model-cache-4",
];

/// Instance types for the processors of the images, followed by two invalid ones.
const TYPES: [&str; 5] = ["S5.MEDIUM4", "SA5.LARGE8", "S5.2XLARGE16", "S5.MEDIUM5", "S5"];
const DOING: [&str; 3] = ["SYNCING", "CREATING", "IMPORTING"];

/// Returns an account that images are shared with and that no action names.
fn crowd(n: usize) -> String {
    (300_000_000_000 + n).to_string()
}

pub struct Dice {
    rng: fastrand::Rng,
    rules: RuleSet,
}

impl Dice {
    pub fn new(seed: u64, rules: RuleSet) -> Self {
        Self { rng: fastrand::Rng::with_seed(seed), rules }
    }

    fn limit(&self) -> usize {
        match self.rules {
            RuleSet::Faq => 50,
            RuleSet::Current => 500,
        }
    }

    pub fn one_in(&mut self, n: u32) -> bool {
        self.rng.u32(..n) == 0
    }

    fn pick<T: Clone>(&mut self, all: &[T]) -> T {
        all[self.rng.usize(..all.len())].clone()
    }

    fn id(&mut self, prefix: &str) -> String {
        let tail: String = (0..8).map(|_| self.rng.digit(36)).collect();
        format!("{prefix}-{tail}")
    }

    /// Fills the regions of an empty world in the format of the state file.
    pub fn fill(&mut self, mut world: Value) -> Value {
        let people = world["accounts"].as_array_mut().unwrap();
        people.extend(
            (0..self.limit()).map(|n| json!({ "uin": crowd(n), "name": "", "app_id": 1_300_000_000 + n })),
        );
        let regions = world["regions"].as_object_mut().unwrap();
        regions.retain(|code, _| REGIONS.contains(&code.as_str()));
        for (code, shelf) in regions {
            let images = shelf["images"].as_array_mut().unwrap();
            images.truncate(1);
            let own = self.pick(&[0, 1, 3, 5, 9, 10]);
            let mut names: Vec<&str> = NAMES.to_vec();
            self.rng.shuffle(&mut names);
            for name in &names[..own] {
                images.push(self.image(name, ACME));
            }
            for name in &names[..self.rng.usize(..3)] {
                images.push(self.image(name, QUAY));
            }
            let ids: Vec<Value> = images.iter().map(|i| i["id"].clone()).collect();
            for n in 0..self.rng.usize(..3) {
                let image = self.pick(&ids);
                shelf["instances"].as_array_mut().unwrap().push(self.instance(code, n, &image));
            }
        }
        world
    }

    fn image(&mut self, name: &str, owner: &str) -> Value {
        let normal = !self.one_in(4);
        let special = self.one_in(4);
        let mut odd = || special && self.rng.bool();
        let (encrypted, whole_machine, byol) = (odd(), odd(), odd());
        let shares = if owner != ACME {
            vec![ACME.to_owned()]
        } else if !normal || special {
            Vec::new()
        } else {
            // Hundreds of shares make a world large, so few images have them.
            let near = if self.rules == RuleSet::Faq || self.one_in(6) {
                self.limit() - self.rng.usize(..3)
            } else {
                0
            };
            let count = self.pick(&[0, 0, 0, 1, 3, near, near]);
            // Some accounts that actions name, followed by others that they do not.
            let some = [BOREALIS, QUAY, COBALT].map(str::to_owned);
            let others = (0..).map(crowd);
            if self.one_in(2) {
                some.into_iter().chain(others).take(count).collect()
            } else {
                others.take(count).collect()
            }
        };
        let phase = if normal {
            json!({ "still": "NORMAL" })
        } else {
            match self.rng.u32(..5) {
                0 => json!({ "still": "CREATEFAILED" }),
                1 => json!({ "still": "IMPORTFAILED" }),
                n => json!({ "moving": {
                    "doing": DOING[n as usize - 2],
                    "from": "2026-11-24T02:00:00Z",
                    "until": "2030-01-01T00:00:00Z",
                    "ends": "NORMAL",
                }}),
            }
        };
        let snapshot = self.id("snap");
        json!({
            "id": self.id("img"), "owner": owner, "name": name, "description": "", "os": "Ubuntu Server 24.04 LTS 64bit",
            "platform": "Ubuntu", "arch": "x86_64", "size_gib": 50, "created": "2026-10-01T00:00:00Z",
            "source": "CREATE_IMAGE", "disks": [{ "id": snapshot, "data": false, "size_gib": 50 }], "phase": phase,
            "encrypted": encrypted, "whole_machine": whole_machine, "byol": byol,
            "shares": shares.iter().map(|a| json!({ "account": a, "since": "2026-11-01T00:00:00Z" })).collect::<Vec<_>>(),
        })
    }

    fn instance(&mut self, region: &str, n: usize, image: &Value) -> Value {
        let state = self.pick(&["RUNNING", "RUNNING", "STOPPED", "STOPPED", "REBOOTING", "STOPPING"]);
        let disk = self.id("disk");
        json!({
            "id": self.id("ins"), "owner": ACME, "name": format!("vm-{n}"), "zone": format!("{region}-3"),
            "instance_type": "S5.MEDIUM4", "cpu": 2, "memory_gib": 4, "image": image,
            "os": "Ubuntu Server 24.04 LTS 64bit", "created": "2026-10-02T00:00:00Z", "disk_id": disk, "disk_gib": 50,
            "private_ip": "10.0.0.9", "stage": { "state": state },
        })
    }

    fn region(&mut self) -> Region {
        if self.one_in(12) { reg(self.pick(&NOT_HERE)) } else { reg(self.pick(&REGIONS)) }
    }

    /// Returns a region that the image can usually be copied to.
    fn destination(&mut self, image: &Image) -> Region {
        let near: &[&str] = match image.region.as_str() {
            "ap-guangzhou" | "ap-shanghai" | "ap-beijing" => &REGIONS[..3],
            "ap-hongkong" | "ap-singapore" | "ap-taipei" => &REGIONS[3..5],
            _ => &REGIONS[5..7],
        };
        if self.one_in(4) { self.region() } else { reg(self.pick(near)) }
    }

    fn receivers(&mut self, image: &Image) -> Vec<Receiver> {
        (0..self.rng.usize(1..4))
            .map(|_| {
                let account = match self.rng.u32(..20) {
                    0 => Err("me@example.com".to_owned()),
                    1 => Ok(uin(SUB_ACCOUNT)),
                    2 => Ok(uin(ACME)),
                    _ => Ok(uin(self.pick(&[BOREALIS, QUAY, COBALT, "100000000101", "100000000102"]))),
                };
                // A text that is not an account ID never has a region (`Receiver::parse`).
                let region = (account.is_ok() && self.one_in(4)).then(|| self.destination(image));
                Receiver { account, region }
            })
            .collect()
    }

    fn name(&mut self) -> String {
        match self.rng.u32(..12) {
            0 => "n".repeat(61),
            1 => String::new(),
            2..=6 => format!("fresh-{}", self.rng.u32(..1000)),
            _ => self.pick(&NAMES).to_owned(),
        }
    }

    /// Returns a zone of the region, sold out or not, or an invalid one.
    fn zone(&mut self, region: &Region) -> String {
        let zones = Catalog::get().region(region).map_or(&[][..], |info| &info.zones);
        match self.rng.u32(..6) {
            0 => format!("{region}-99"),
            1 => "ap-guangzhou-3".to_owned(),
            _ if zones.is_empty() => format!("{region}-1"),
            _ => self.pick(zones),
        }
    }

    /// Returns a random action for this world, with every choice that its call needs.
    pub fn action(&mut self, facts: &Facts) -> Action {
        let mut images: Vec<&Image> = facts.images().collect();
        images.sort_by_key(|i| &i.id);
        // Own images in the state NORMAL are twice as likely as others.
        let ready: Vec<&Image> =
            images.iter().copied().filter(|i| i.kind == ImageKind::Own && i.is_normal()).collect();
        let public = images.iter().copied().find(|i| i.kind == ImageKind::Public);
        let image = match public {
            Some(public) if self.one_in(16) => public,
            _ if self.one_in(2) && !ready.is_empty() => self.pick(&ready),
            _ => self.pick(&images),
        };
        let id = image.id.clone();
        let mut instances: Vec<_> = facts.instances().map(|i| (i.id.clone(), i.region.clone())).collect();
        instances.sort();
        match self.rng.u32(..20) {
            0..=3 => Action::Share { image: id, with: self.receivers(image) },
            4..=6 => {
                let with = self.receivers(image);
                let regions = (0..self.rng.usize(..3)).map(|_| self.destination(image)).collect();
                Action::Distribute { image: id, with, regions }
            }
            7..=9 => {
                let to = (0..self.rng.usize(1..3)).map(|_| self.destination(image)).collect();
                Action::Copy { image: id, to, name: self.one_in(2).then(|| self.name()) }
            }
            10..=11 => {
                let all = [BOREALIS, QUAY, COBALT];
                let which = if self.one_in(2) {
                    ShareSelection::All
                } else {
                    ShareSelection::Accounts(
                        (0..self.rng.usize(1..3)).map(|_| uin(self.pick(&all))).collect(),
                    )
                };
                Action::Unshare { image: id, which }
            }
            12..=13 => Action::Delete { image: id, with_snapshots: self.one_in(2) },
            14..=15 => {
                let description = self.one_in(3).then(|| "d".repeat(self.rng.usize(250..260)));
                let name = (description.is_none() || self.one_in(2)).then(|| self.name());
                Action::Rename { image: id, name, description }
            }
            n @ (16 | 18 | 19) if !instances.is_empty() => {
                let (instance, region) = self.pick(&instances);
                if n == 16 {
                    return Action::Capture { instance, name: Some(self.name()) };
                }
                let here: Vec<&Image> = images.into_iter().filter(|i| i.region == region).collect();
                let image = if self.one_in(4) || here.is_empty() { id } else { self.pick(&here).id.clone() };
                Action::Reinstall { instance, image: Some(image) }
            }
            _ => {
                let region = self.one_in(3).then(|| self.destination(image));
                let there = region.as_ref().unwrap_or(&image.region);
                // A call needs a zone, and what zones in Taipei sell is unknown.
                let zone = (there.as_str() == "ap-taipei" || self.one_in(2)).then(|| self.zone(there));
                let instance_type = self.one_in(2).then(|| self.pick(&TYPES).to_owned());
                Action::Launch { image: id, region, zone, instance_type, name: None }
            }
        }
    }
}
