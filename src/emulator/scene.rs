//! The worlds to begin with. The same seed gives the same ids.

use std::{collections::BTreeMap, str::FromStr};

use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;

use super::{
    catalog::{self, SYSTEMS},
    clock::later,
    network::{Cidr, Group, KeyPair, Policy, Project, Subnet, Vpc, fixed_id, furnish},
    world::{
        Disk, Image, Instance, Internet, Label, Person, Phase, Shared, Shelf, Stage, Terms, World, mix, tail,
        takes,
    },
};
use crate::model::{Catalog, ImageId, ImageState, Region, Uin};

/// Which world to begin with.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum SceneName {
    /// A small company, a customer and a stranger: something of everything.
    #[default]
    Tour,
    /// Many images, spread over all regions.
    Big,
    /// Accounts and regions alone.
    Empty,
}

impl FromStr for SceneName {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "tour" => Ok(Self::Tour),
            "big" => Ok(Self::Big),
            "empty" => Ok(Self::Empty),
            _ => Err(format!("{text:?} is not a scene; give tour, big or empty")),
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AccountsFile {
    accounts: Vec<AccountRow>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AccountRow {
    uin: Uin,
    name: String,
    main: Option<Uin>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Story {
    projects: Vec<ProjectRow>,
    vpcs: Vec<VpcRow>,
    groups: Vec<GroupRow>,
    keys: Vec<KeyRow>,
    images: Vec<ImageRow>,
    instances: Vec<InstanceRow>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ProjectRow {
    id: i64,
    owner: Uin,
    name: String,
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
    /// The TCP ports that are open to everybody.
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
    /// GiB.
    size: u32,
    data_disk: Option<u32>,
    /// Hours.
    #[serde(default)]
    age: u32,
    state: Option<ImageState>,
    /// Of a copy that is running, and how long it takes as a whole.
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
    /// Shared with so many of the accounts that have no part in the story.
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

/// How a scene is to be made.
pub(super) struct Making {
    pub seed: u64,
    pub images: usize,
    pub images_in: Option<Region>,
    pub speed: f64,
    pub now: Timestamp,
}

impl Making {
    fn rng(&self, label: &str) -> fastrand::Rng {
        fastrand::Rng::with_seed(mix(self.seed, label))
    }

    fn ago(&self, hours: u32) -> Timestamp {
        later(self.now, SignedDuration::from_hours(-i64::from(hours)))
    }

    fn image_id(&self, label: &str) -> Option<ImageId> {
        format!("img-{}", tail(&mut self.rng(label))).parse().ok()
    }
}

fn account_rows() -> Result<Vec<AccountRow>, toml::de::Error> {
    toml::from_str(include_str!("../../assets/scenes/accounts.toml")).map(|f: AccountsFile| f.accounts)
}

/// Every account that the built-in cloud knows, with what people call it: an address book for a demonstration.
pub fn known_accounts() -> Vec<(Uin, String)> {
    account_rows().unwrap_or_default().into_iter().map(|row| (row.uin, row.name)).collect()
}

/// Makes a world.
pub(super) fn make(scene: SceneName, making: &Making) -> Result<World, toml::de::Error> {
    let accounts: Vec<Person> = account_rows()?
        .into_iter()
        .zip(1_250_000_001..)
        .map(|(row, app_id)| Person { uin: row.uin, name: row.name, main: row.main, app_id })
        .collect();
    let mut world = World {
        version: 1,
        seed: making.seed,
        made: 0,
        ahead: 0,
        accounts,
        regions: Catalog::get()
            .iter()
            .filter(|r| r.open)
            .map(|r| (r.region.clone(), public_images(making)))
            .collect(),
        leases: Vec::new(),
        client_tokens: BTreeMap::new(),
        projects: Vec::new(),
        made_aside: 0,
    };
    match scene {
        SceneName::Tour => tour(&mut world, making)?,
        SceneName::Big => super::big::fill(&mut world, making),
        SceneName::Empty => {}
    }
    furnish(&mut world, making.ago(24 * 400));
    Ok(world)
}

fn public_images(making: &Making) -> Shelf {
    let images = SYSTEMS
        .iter()
        .filter_map(|os| {
            let mut image = blank(making, &format!("public:{}", os.word), os.word, os.size_gib)?;
            image.name = os.name.to_owned();
            image.description = os.name.to_owned();
            image.created = making.ago(24 * 400);
            image.source = "OFFICIAL".to_owned();
            Some(image)
        })
        .collect();
    Shelf { images, ..Shelf::default() }
}

/// An image with nothing said of it yet; the label decides its id.
pub(super) fn blank(making: &Making, label: &str, os: &str, size_gib: u32) -> Option<Image> {
    let os = catalog::system(os);
    let mut rng = making.rng(&format!("disks:{label}"));
    Some(Image {
        id: making.image_id(label)?,
        owner: None,
        name: String::new(),
        description: String::new(),
        os: os.name.to_owned(),
        platform: os.platform.to_owned(),
        arch: os.arch.to_owned(),
        size_gib,
        created: making.now,
        source: "CREATE_IMAGE".to_owned(),
        disks: vec![Disk { id: format!("snap-{}", tail(&mut rng)), data: false, size_gib }],
        phase: Phase::Still(ImageState::Normal),
        busy_until: None,
        encrypted: false,
        whole_machine: false,
        byol: false,
        family: String::new(),
        deprecated: false,
        tags: Vec::new(),
        shares: Vec::new(),
    })
}

fn tour(world: &mut World, making: &Making) -> Result<(), toml::de::Error> {
    let story: Story = toml::from_str(include_str!("../../assets/scenes/tour.toml"))?;
    // The accounts after the named ones have no part in the story.
    let crowd: Vec<Uin> =
        world.accounts.iter().filter(|p| p.main.is_none()).skip(4).map(|p| p.uin.clone()).collect();
    for row in story.images {
        let Some(image) = image_of(&row, making, &crowd) else { continue };
        if let Some(shelf) = world.shelf(&row.region) {
            shelf.images.push(image);
        }
    }
    for shelf in world.regions.values_mut() {
        shelf.images.sort_by(|a, b| a.created.cmp(&b.created).then_with(|| a.id.cmp(&b.id)));
    }
    let created = making.ago(24 * 90);
    world.projects =
        story.projects.into_iter().map(|p| Project { id: p.id, owner: p.owner, name: p.name }).collect();
    for row in story.vpcs {
        add_vpc(world, row, created);
    }
    for row in story.groups {
        let id = fixed_id(world.seed, "sg", &format!("{}:{}:{}", row.region, row.owner, row.name));
        if let Some(shelf) = world.shelf(&row.region) {
            shelf.groups.push(Group {
                id,
                owner: row.owner,
                name: row.name,
                description: row.description,
                project: 0,
                is_default: false,
                created,
                changed: created,
                version: 1,
                ingress: vec![Policy::open("TCP", &row.ports, "From everywhere", created)],
                egress: vec![Policy::open("ALL", "ALL", "To everywhere", created)],
                tags: Vec::new(),
            });
        }
    }
    for row in story.keys {
        let id = fixed_id(world.seed, "skey", &format!("{}:{}:{}", row.region, row.owner, row.name));
        if let Some(shelf) = world.shelf(&row.region) {
            shelf.keys.push(KeyPair {
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
    for (n, row) in (10..).zip(story.instances) {
        if let Some(shelf) = world.shelf(&row.region) {
            let instance = instance_of(row, shelf, making, n);
            shelf.instances.extend(instance);
        }
    }
    Ok(())
}

fn add_vpc(world: &mut World, row: VpcRow, created: Timestamp) {
    let label = format!("{}:{}:{}", row.region, row.owner, row.name);
    let seed = world.seed;
    let Some(shelf) = world.shelf(&row.region) else { return };
    let vpc = fixed_id(seed, "vpc", &label);
    for subnet in row.subnets {
        shelf.subnets.push(Subnet {
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
    shelf.vpcs.push(Vpc {
        id: vpc,
        owner: row.owner,
        name: row.name,
        cidr: row.cidr,
        is_default: false,
        created,
        multicast: false,
        dns: Vec::new(),
        domain: String::new(),
        tags: Vec::new(),
    });
}

fn image_of(row: &ImageRow, making: &Making, crowd: &[Uin]) -> Option<Image> {
    let label = format!("img:{}:{}:{}", row.region, row.owner, row.name);
    let mut image = blank(making, &label, &row.os, row.size)?;
    let mut rng = making.rng(&format!("more:{label}"));
    image.owner = Some(row.owner.clone());
    image.name.clone_from(&row.name);
    image.description.clone_from(&row.description);
    image.created = making.ago(row.age);
    if let Some(source) = &row.source {
        image.source.clone_from(source);
    }
    image.encrypted = row.encrypted;
    image.whole_machine = row.whole_machine;
    image.byol = row.byol;
    image.family.clone_from(&row.family);
    image.deprecated = row.deprecated;
    image.tags =
        row.tags.iter().map(|(key, value)| Label { key: key.clone(), value: value.clone() }).collect();
    image.disks.extend(row.data_disk.map(|size_gib| Disk {
        id: format!("snap-{}", tail(&mut rng)),
        data: true,
        size_gib,
    }));
    image.phase = match (&row.state, row.percent, row.minutes) {
        (Some(doing), Some(percent), Some(minutes)) => {
            let whole = takes(minutes, making.speed);
            let done = whole.mul_f64(Image::part_at(percent));
            image.created = later(making.now, -done);
            Phase::Moving {
                doing: doing.clone(),
                from: image.created,
                until: later(image.created, whole),
                ends: ImageState::Normal,
            }
        }
        (Some(state), ..) => Phase::Still(state.clone()),
        _ => Phase::Still(ImageState::Normal),
    };
    image.shares = row
        .shares
        .iter()
        .map(|s| Shared { account: s.account.clone(), since: making.ago(s.age) })
        .chain((1..).zip(crowd.iter().take(row.shares_first)).map(|(n, account)| Shared {
            account: account.clone(),
            since: making.ago(row.age.saturating_sub(24 * n)),
        }))
        .collect();
    Some(image)
}

fn instance_of(row: InstanceRow, shelf: &Shelf, making: &Making, n: u32) -> Option<Instance> {
    let image = shelf.images.iter().find(|i| i.name == row.image && i.whose(&row.owner).is_some())?;
    let kind = catalog::instance_type(&row.r#type)?;
    let mut rng = making.rng(&format!("ins:{}:{}:{}", row.region, row.owner, row.name));
    Some(Instance {
        id: format!("ins-{}", tail(&mut rng)).parse().ok()?,
        owner: row.owner,
        name: row.name,
        zone: row.zone,
        instance_type: row.r#type,
        cpu: kind.cpu,
        memory_gib: kind.memory_gib,
        image: image.id.clone(),
        os: image.os.clone(),
        created: making.ago(row.age),
        disk_id: format!("disk-{}", tail(&mut rng)),
        disk_gib: image.size_gib.max(50),
        private_ip: format!("10.0.{}.{}", rng.u8(0..16), n),
        // A documentation range: an address that belongs to nobody.
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
