//! Where copies of an image are, as far as jobs of ours made them.

use super::Facts;
use crate::model::{Image, ImageId, ImageKind, Region};

/// Where an image is in a region other than its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CopyIn<'a> {
    /// This copy is there, or on its way there.
    Held(&'a Image),
    /// This copy was made there and has not been seen since.
    Unseen(&'a ImageId),
    /// Nothing of it is known to be there.
    Nothing,
}

impl Facts {
    /// The copy in a region that a job of ours made: of this image, or of the image that this one is a copy of, or that
    /// image itself. One that failed, or that a complete read of its region lacks, is none.
    pub fn copy_in(&self, image: &Image, region: &Region) -> CopyIn<'_> {
        let direct = self.copies.get(&image.id).and_then(|by| by.get(region));
        let family = self.copies.iter().filter(|(_, by)| by.get(&image.region) == Some(&image.id));
        let kin = family.flat_map(|(first, by)| {
            let first = self.image(first).filter(|i| i.region == *region).map(|i| &i.id);
            by.get(region).into_iter().chain(first)
        });
        let mut unseen = CopyIn::Nothing;
        for id in direct.into_iter().chain(kin) {
            match self.image(id) {
                Some(copy) if is_usable(copy, region) => return CopyIn::Held(copy),
                None if self.images_known(region).is_err() && unseen == CopyIn::Nothing => {
                    unseen = CopyIn::Unseen(id);
                }
                _ => {}
            }
        }
        unseen
    }
}

fn is_usable(copy: &Image, region: &Region) -> bool {
    copy.region == *region && copy.kind == ImageKind::Own && (copy.is_normal() || copy.state.is_moving())
}
