//! Options and helpers for all scenes.

use jiff::{SignedDuration, Timestamp};

use crate::{
    emulator::{
        catalog::{self, SYSTEMS},
        clock::later,
        resource::{random_chars, seeded_hash},
        world::{Image, Resources},
    },
    model::{ImageId, Region},
};

/// The options of a scene.
pub(in crate::emulator) struct SceneOptions {
    pub seed: u64,
    pub images: usize,
    pub images_in: Option<Region>,
    pub speed: f64,
    pub now: Timestamp,
}

impl SceneOptions {
    pub(super) fn rng(&self, label: &str) -> fastrand::Rng {
        fastrand::Rng::with_seed(seeded_hash(self.seed, label))
    }

    pub(super) fn ago(&self, hours: u32) -> Timestamp {
        later(self.now, SignedDuration::from_hours(-i64::from(hours)))
    }

    pub(super) fn image_id(&self, label: &str) -> Option<ImageId> {
        format!("img-{}", random_chars(&mut self.rng(label))).parse().ok()
    }
}

/// Returns the initial resources of every region: the public images.
pub(super) fn public_images(options: &SceneOptions) -> Resources {
    let images = SYSTEMS
        .iter()
        .filter_map(|os| {
            let mut image = new_image(options, &format!("public:{}", os.word), os.word, os.size_gib)?;
            image.name = os.name.to_owned();
            image.description = os.name.to_owned();
            image.created = options.ago(24 * 400);
            image.source = "OFFICIAL".to_owned();
            Some(image)
        })
        .collect();
    Resources { images, ..Resources::default() }
}

/// Makes an image without name and owner. The label determines its id.
pub(super) fn new_image(options: &SceneOptions, label: &str, os: &str, size_gib: u32) -> Option<Image> {
    let os = catalog::system(os);
    let mut rng = options.rng(&format!("disks:{label}"));
    let snapshot = format!("snap-{}", random_chars(&mut rng));
    Some(Image::new(options.image_id(label)?, &os, size_gib, snapshot, options.now))
}
