//! Looks up the copies of an image that jobs made.

use super::Facts;
use crate::model::{Image, ImageId, ImageKind, Region};

/// The state of an image's copy in another region.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CopyLookup<'a> {
    /// The copy exists or is being made.
    Found(&'a Image),
    /// A job made this copy, and the region has not been read since.
    Unseen(&'a ImageId),
    /// No copy is known.
    NotFound,
}

impl Facts {
    /// Finds the copy of `image` in `region` among the images that jobs made.
    ///
    /// It considers copies of `image`, copies of the same source, and the source itself. It ignores copies
    /// that failed and copies that a complete read of the region did not find.
    pub fn copy_in(&self, image: &Image, region: &Region) -> CopyLookup<'_> {
        let direct = self.copies.get(&image.id).and_then(|by| by.get(region));
        let family = self.copies.iter().filter(|(_, by)| by.get(&image.region) == Some(&image.id));
        let kin = family.flat_map(|(first, by)| {
            let first = self.image(first).filter(|i| i.region == *region).map(|i| &i.id);
            by.get(region).into_iter().chain(first)
        });
        let mut unseen = CopyLookup::NotFound;
        for id in direct.into_iter().chain(kin) {
            match self.image(id) {
                Some(copy) if is_usable(copy, region) => return CopyLookup::Found(copy),
                None if self.images_known(region).is_err() && unseen == CopyLookup::NotFound => {
                    unseen = CopyLookup::Unseen(id);
                }
                _ => {}
            }
        }
        unseen
    }
}

fn is_usable(copy: &Image, region: &Region) -> bool {
    copy.region == *region
        && copy.kind == ImageKind::Own
        && (copy.is_normal() || copy.state.is_transitional())
}
