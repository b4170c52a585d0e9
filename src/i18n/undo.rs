//! Texts about what an undo leaves in the cloud.

use crate::{
    messages::{Lang, m, tr},
    model::{ImageId, Region},
};

/// Returns the text about shares that the job did not make. `names` are the accounts as the user calls them.
pub fn shares_stay(region: &Region, image: &ImageId, names: &str, lang: Lang) -> String {
    tr!(lang, undo_stays_shared_with_this_job, region, image, names)
}

/// Returns the text about a copy that cannot be deleted.
pub fn copy_stays(region: &Region, image: &ImageId, why: &str, lang: Lang) -> String {
    tr!(lang, undo_copy_stays, region, image, why)
}

/// Returns the text about the snapshots of a copy.
pub fn snapshots_stay(region: &Region, image: &ImageId, count: usize, lang: Lang) -> String {
    if count == 1 {
        return tr!(lang, undo_snapshot_stays_and_is_billed, region, image);
    }
    tr!(lang, undo_snapshots_stay_and_are_billed, region, count, image)
}

/// Returns the text about instances that run the image.
pub fn instances_stay(region: &Region, image: &ImageId, ids: &str, lang: Lang) -> String {
    tr!(lang, undo_run_and_go_on, region, ids, image)
}

/// Returns the text about instances of receivers, which no list of this account shows.
pub fn others_instances_stay(lang: Lang) -> &'static str {
    lang.text(m::undo_instances_that_receivers_made)
}
