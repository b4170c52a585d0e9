//! The scene `big`: many images in all regions, with instances and some shares.

use super::builder::{SceneOptions, new_image};
use crate::{
    emulator::{
        catalog::{SYSTEMS, instance_type},
        clock::later,
        instance::{Instance, Stage, Terms},
        resource::random_chars,
        world::{Image, Shared, World},
    },
    model::{Catalog, Region, Uin},
};

const TIERS: [&str; 8] = ["web", "api", "worker", "cache", "db", "gateway", "batch", "build"];
const STAGES: [&str; 4] = ["prod", "stage", "test", "lab"];

/// Fills the regions with resources of the first account.
pub(super) fn fill(world: &mut World, options: &SceneOptions) {
    let mut mains = world.accounts.iter().filter(|p| p.main.is_none()).map(|p| p.uin.clone());
    let Some(me) = mains.next() else { return };
    let others: Vec<Uin> = mains.collect();
    let regions: Vec<Region> = match &options.images_in {
        Some(region) => vec![region.clone()],
        None => world.regions.keys().cloned().collect(),
    };
    let mut rng = fastrand::Rng::with_seed(options.seed);
    for n in 0..options.images {
        let Some(region) = rng.choice(&regions) else { return };
        // The last system is Windows, which is rare.
        let windows = rng.u8(..8) == 0;
        let os = SYSTEMS[rng.usize(..SYSTEMS.len() - usize::from(!windows))];
        let size = [20, 40, 50, 80, 100, 200][rng.usize(..6)];
        let Some(mut image) = new_image(options, &format!("big:{n}"), os.word, size) else { continue };
        image.name = format!("{}-{}-{n:05}", TIERS[rng.usize(..8)], STAGES[rng.usize(..4)]);
        image.description = format!("Image {n} of {}", options.images);
        image.created = later(options.now, jiff::SignedDuration::from_secs(-rng.i64(3600..30_000_000)));
        // Every fortieth image is a received one.
        if n % 40 == 39 {
            image.owner = rng.choice(&others).cloned();
            image.shares.push(Shared { account: me.clone(), since: image.created });
        } else {
            image.owner = Some(me.clone());
            if n % 5 == 0 {
                let count = rng.usize(1..=others.len().min(12));
                let accounts = rng.choose_multiple(&others, count);
                image.shares = accounts
                    .into_iter()
                    .map(|a| Shared { account: a.clone(), since: image.created })
                    .collect();
            }
        }
        if let Some(resources) = world.regions.get_mut(region) {
            if n % 10 == 0 {
                resources.instances.extend(instance(&me, region, &image, n, &mut rng, options));
            }
            resources.images.push(image);
        }
    }
    for resources in world.regions.values_mut() {
        resources.images.sort_by(|a, b| a.created.cmp(&b.created).then_with(|| a.id.cmp(&b.id)));
    }
}

fn instance(
    me: &Uin,
    region: &Region,
    image: &Image,
    n: usize,
    rng: &mut fastrand::Rng,
    options: &SceneOptions,
) -> Option<Instance> {
    let zones = &Catalog::get().region(region)?.zones;
    let names = if image.arch == "arm" { ["SR1.MEDIUM4", "SR1.LARGE8"] } else { ["S5.SMALL2", "S5.MEDIUM4"] };
    let kind = instance_type(names[rng.usize(..2)])?;
    let stopped = rng.u8(..10) == 0;
    Some(Instance {
        id: format!("ins-{}", random_chars(rng)).parse().ok()?,
        owner: me.clone(),
        name: format!("{}-{n:05}", TIERS[rng.usize(..8)]),
        zone: rng.choice(zones)?.clone(),
        instance_type: kind.name.clone(),
        cpu: kind.cpu,
        memory_gib: kind.memory_gib,
        image: image.id.clone(),
        os: image.os.clone(),
        created: options.now.min(image.created),
        disk_id: format!("disk-{}", random_chars(rng)),
        disk_gib: image.size_gib.max(50),
        private_ip: format!("10.{}.{}.{}", rng.u8(..), rng.u8(..), rng.u8(1..255)),
        public_ip: None,
        stage: Stage { state: if stopped { "STOPPED" } else { "RUNNING" }.to_owned(), then: None },
        latest: None,
        tags: Vec::new(),
        terms: Terms::default(),
    })
}
