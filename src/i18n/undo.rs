//! Texts about what an undo leaves in the cloud.

use crate::{
    messages::{Lang, m, tr},
    model::{ImageId, Region},
};

/// Returns the text about shares that the job did not make. `names` are the accounts as the user calls them.
pub fn shares_stay(region: &Region, image: &ImageId, names: &str, lang: Lang) -> String {
    tr!(lang, undo_foreign_share, region, image, names)
}

/// Returns the text about a copy that cannot be deleted.
pub fn copy_stays(region: &Region, image: &ImageId, why: &str, lang: Lang) -> String {
    tr!(lang, undo_copy_stays, region, image, why)
}

/// Returns the text about the snapshots of a copy.
pub fn snapshots_stay(region: &Region, image: &ImageId, count: usize, lang: Lang) -> String {
    tr!(lang, undo_snapshots_stay, region, count, image)
}

/// Returns the text about instances that run the image.
pub fn instances_stay(region: &Region, image: &ImageId, ids: &str, lang: Lang) -> String {
    tr!(lang, undo_instances_keep_running, region, ids, image)
}

/// Returns the text about instances of receivers, which no list of this account shows.
pub fn others_instances_stay(lang: Lang) -> &'static str {
    lang.text(m::undo_instances_that_receivers_made)
}
