//! The scene `tour`: a small company, a customer and an unrelated account. Its content is in `assets/scenes/tour.toml`.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::Deserialize;

use super::builder::{SceneOptions, new_image};
use crate::{
    emulator::{
        catalog,
        clock::{duration, later},
        instance::{Instance, Internet, Stage, Terms},
        network::{Cidr, Group, KeyPair, Policy, Project, Subnet, Vpc},
        resource::{Tag, fixed_id, random_chars},
        world::{Disk, Image, Phase, Resources, Shared, World},
    },
    model::{ImageState, Region, Uin},
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TourFile {
    projects: Vec<Project>,
    vpcs: Vec<VpcRow>,
    groups: Vec<GroupRow>,
    keys: Vec<KeyRow>,
    images: Vec<ImageRow>,
    instances: Vec<InstanceRow>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct VpcRow {
    region: Region,
    owner: Uin,
    name: String,
    cidr: Cidr,
    subnets: Vec<SubnetRow>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SubnetRow {
    name: String,
    zone: String,
    cidr: Cidr,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct GroupRow {
    region: Region,
    owner: Uin,
    name: String,
    description: String,
    /// The TCP ports that are open to every address.
    ports: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct KeyRow {
    region: Region,
    owner: Uin,
    name: String,
    public_key: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ImageRow {
    region: Region,
    owner: Uin,
    name: String,
    #[serde(default)]
    description: String,
    os: String,
    /// In GiB.
    size: u32,
    data_disk: Option<u32>,
    /// In hours.
    #[serde(default)]
    age: u32,
    state: Option<ImageState>,
    /// The progress in percent and the total duration in minutes of a running copy.
    percent: Option<f64>,
    minutes: Option<f64>,
    source: Option<String>,
    #[serde(default)]
    encrypted: bool,
    #[serde(default)]
    whole_machine: bool,
    #[serde(default)]
    byol: bool,
    #[serde(default)]
    family: String,
    #[serde(default)]
    deprecated: bool,
    #[serde(default)]
    tags: BTreeMap<String, String>,
    #[serde(default)]
    shares: Vec<ShareRow>,
    /// The number of uninvolved accounts that the image is shared with.
    #[serde(default)]
    shares_first: usize,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ShareRow {
    account: Uin,
    age: u32,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct InstanceRow {
    region: Region,
    owner: Uin,
    name: String,
    zone: String,
    r#type: String,
    /// The name of an image in the same region.
    image: String,
    age: u32,
    state: Option<String>,
    #[serde(default)]
    public: bool,
}

/// Fills the regions with the content of the scene.
pub(super) fn fill(world: &mut World, options: &SceneOptions) -> Result<(), serde_json::Error> {
    let file: TourFile = catalog::from_toml(include_str!("../../../assets/scenes/tour.toml"))?;
    // The first four accounts have names and parts in the scene; the others are uninvolved.
    let uninvolved: Vec<Uin> =
        world.accounts.iter().filter(|p| p.main.is_none()).skip(4).map(|p| p.uin.clone()).collect();
    for row in file.images {
        let Some(image) = image_of(&row, options, &uninvolved) else { continue };
        if let Some(resources) = world.resources(&row.region) {
            resources.images.push(image);
        }
    }
    for resources in world.regions.values_mut() {
        resources.images.sort_by(|a, b| a.created.cmp(&b.created).then_with(|| a.id.cmp(&b.id)));
    }
    let created = options.ago(24 * 90);
    world.projects = file.projects;
    for row in file.vpcs {
        add_vpc(world, row, created);
    }
    for row in file.groups {
        let id = fixed_id(world.seed, "sg", &format!("{}:{}:{}", row.region, row.owner, row.name));
        if let Some(resources) = world.resources(&row.region) {
            resources.groups.push(Group {
                version: 1,
                ingress: vec![Policy::open("TCP", &row.ports, "From everywhere", created)],
                egress: vec![Policy::open("ALL", "ALL", "To everywhere", created)],
                ..Group::new(id, row.owner, row.name, row.description, created)
            });
        }
    }
    for row in file.keys {
        let id = fixed_id(world.seed, "skey", &format!("{}:{}:{}", row.region, row.owner, row.name));
        if let Some(resources) = world.resources(&row.region) {
            resources.keys.push(KeyPair {
                id,
                owner: row.owner,
                name: row.name,
                project: 0,
                public_key: row.public_key,
                created,
                tags: Vec::new(),
            });
        }
    }
    for (n, row) in (10..).zip(file.instances) {
        if let Some(resources) = world.resources(&row.region) {
            let instance = instance_of(row, resources, options, n);
            resources.instances.extend(instance);
        }
    }
    Ok(())
}

fn add_vpc(world: &mut World, row: VpcRow, created: Timestamp) {
    let label = format!("{}:{}:{}", row.region, row.owner, row.name);
    let seed = world.seed;
    let Some(resources) = world.resources(&row.region) else { return };
    let vpc = fixed_id(seed, "vpc", &label);
    for subnet in row.subnets {
        resources.subnets.push(Subnet {
            id: fixed_id(seed, "subnet", &format!("{label}:{}", subnet.name)),
            owner: row.owner.clone(),
            vpc: vpc.clone(),
            name: subnet.name,
            zone: subnet.zone,
            cidr: subnet.cidr,
            is_default: false,
            created,
            tags: Vec::new(),
        });
    }
    resources.vpcs.push(Vpc::new(vpc, row.owner, row.name, row.cidr, created));
}

fn image_of(row: &ImageRow, options: &SceneOptions, uninvolved: &[Uin]) -> Option<Image> {
    let label = format!("img:{}:{}:{}", row.region, row.owner, row.name);
    let mut image = new_image(options, &label, &row.os, row.size)?;
    let mut rng = options.rng(&format!("more:{label}"));
    image.owner = Some(row.owner.clone());
    image.name.clone_from(&row.name);
    image.description.clone_from(&row.description);
    image.created = options.ago(row.age);
    if let Some(source) = &row.source {
        image.source.clone_from(source);
    }
    image.encrypted = row.encrypted;
    image.whole_machine = row.whole_machine;
    image.byol = row.byol;
    image.family.clone_from(&row.family);
    image.deprecated = row.deprecated;
    image.tags = row.tags.iter().map(|(key, value)| Tag { key: key.clone(), value: value.clone() }).collect();
    image.disks.extend(row.data_disk.map(|size_gib| Disk {
        id: format!("snap-{}", random_chars(&mut rng)),
        data: true,
        size_gib,
    }));
    image.phase = match (&row.state, row.percent, row.minutes) {
        (Some(doing), Some(percent), Some(minutes)) => {
            let whole = duration(minutes, options.speed);
            let from = later(options.now, -whole.mul_f64(Image::part_at(percent)));
            Phase::Moving { doing: doing.clone(), from, until: later(from, whole), ends: ImageState::Normal }
        }
        (Some(state), ..) => Phase::Still(state.clone()),
        _ => Phase::Still(ImageState::Normal),
    };
    image.shares = row
        .shares
        .iter()
        .map(|s| Shared { account: s.account.clone(), since: options.ago(s.age) })
        .chain((1..).zip(uninvolved.iter().take(row.shares_first)).map(|(n, account)| Shared {
            account: account.clone(),
            since: options.ago(row.age.saturating_sub(24 * n)),
        }))
        .collect();
    Some(image)
}

fn instance_of(row: InstanceRow, resources: &Resources, options: &SceneOptions, n: u32) -> Option<Instance> {
    let image = resources.images.iter().find(|i| i.name == row.image && i.ownership(&row.owner).is_some())?;
    let kind = catalog::instance_type(&row.r#type)?;
    let mut rng = options.rng(&format!("ins:{}:{}:{}", row.region, row.owner, row.name));
    Some(Instance {
        id: format!("ins-{}", random_chars(&mut rng)).parse().ok()?,
        owner: row.owner,
        name: row.name,
        zone: row.zone,
        instance_type: row.r#type,
        cpu: kind.cpu,
        memory_gib: kind.memory_gib,
        image: image.id.clone(),
        os: image.os.clone(),
        created: options.ago(row.age),
        disk_id: format!("disk-{}", random_chars(&mut rng)),
        disk_gib: image.size_gib.max(50),
        private_ip: format!("10.0.{}.{}", rng.u8(0..16), n),
        // The range is reserved for documentation (RFC 5737).
        public_ip: row.public.then(|| format!("203.0.113.{n}")),
        stage: Stage { state: row.state.unwrap_or_else(|| "RUNNING".to_owned()), then: None },
        latest: None,
        tags: Vec::new(),
        terms: Terms {
            internet: row.public.then(|| Internet {
                charge: "TRAFFIC_POSTPAID_BY_HOUR".to_owned(),
                bandwidth: 10,
                provider: "BGP".to_owned(),
                address_type: "WanIP".to_owned(),
            }),
            ..Terms::default()
        },
    })
}
