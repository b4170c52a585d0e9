//! Changing an image's name or description.

use super::{
    Code, Facts, Reason, Remedy, Verdict, args,
    rows::{name_length, name_taken, owner_args, too_long},
};
use crate::model::{Image, ImageId, ImageKind};

pub(super) fn check(
    id: &ImageId,
    name: Option<&str>,
    description: Option<&str>,
    facts: &Facts,
    out: &mut Verdict,
) {
    let limits = &facts.standing.limits;
    if let Some(name) = name {
        out.reasons.extend(name_length(Code::RenameNameLength, name, limits.name_length));
    }
    if let Some(description) = description {
        out.reasons.extend(too_long(Code::RenameDescriptionLength, description, limits.description_length));
    }
    let Some(image) = super::image(id, facts, out) else { return };
    out.reasons.extend(received(image, facts));
    out.reasons.extend(public(image));
    if image.kind == ImageKind::Own
        && let Some(shares) = facts.shares(id).filter(|s| !s.is_empty())
    {
        out.note(Code::RenameShared, args! { "name": image.name.as_str(), "shared": shares.len() });
    }
    if let Some(name) = name.filter(|n| *n != image.name && image.kind == ImageKind::Own) {
        if let Err(missing) = facts.images_known(&image.region) {
            out.missing.push(missing);
        }
        let region = &image.region;
        out.reasons.extend(name_taken(Code::RenameNameTaken, name, Some(id), region, &[region], facts));
    }
}

fn received(image: &Image, facts: &Facts) -> Option<Reason> {
    (image.kind == ImageKind::Received).then(|| Reason {
        code: Code::RenameReceived,
        args: owner_args(image, facts, args! { "name": image.name.as_str() }),
        // A note kept here changes nothing in the cloud, so it is no action; only the owner can fix this.
        remedy: Remedy::Outside,
    })
}

fn public(image: &Image) -> Option<Reason> {
    (image.kind == ImageKind::Public).then(|| Reason {
        code: Code::RenamePublic,
        args: args! { "name": image.name.as_str() },
        remedy: Remedy::None,
    })
}
