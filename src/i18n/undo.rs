//! What an undo leaves, in words.

use crate::{
    messages::{Lang, m, tr},
    model::{ImageId, Region},
};

/// Shares that the job did not make; `names` are the accounts as people call them.
pub fn shares_stay(region: &Region, image: &ImageId, names: &str, lang: Lang) -> String {
    tr!(lang, undo_foreign_share, region, image, names)
}

/// A copy that cannot be deleted.
pub fn copy_stays(region: &Region, image: &ImageId, why: &str, lang: Lang) -> String {
    tr!(lang, undo_copy_stays, region, image, why)
}

/// Snapshots of a copy.
pub fn snapshots_stay(region: &Region, image: &ImageId, count: usize, lang: Lang) -> String {
    tr!(lang, undo_snapshots_stay, region, count, image)
}

/// Instances that run the image.
pub fn instances_stay(region: &Region, image: &ImageId, ids: &str, lang: Lang) -> String {
    tr!(lang, undo_instances_keep_running, region, ids, image)
}

/// What no list of ours can tell.
pub fn others_instances_stay(lang: Lang) -> &'static str {
    lang.text(m::undo_instances_that_receivers_made)
}
