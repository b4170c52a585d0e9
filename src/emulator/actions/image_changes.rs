//! DeleteImages and ModifyImageAttribute.

use std::collections::BTreeSet;

use super::context::{Answer, Ctx, DESCRIPTION_LENGTH, NAME_LENGTH, check_text_length, empty_answer, length};
use crate::{
    emulator::{
        refusal::{Refusal, refuse, refuse_if},
        world::{Image, Ownership},
    },
    model::ImageId,
};

/// DeleteImages: deletes all images of a call, or none if one of them cannot be deleted.
pub(super) fn delete(ctx: &mut Ctx<'_>) -> Answer {
    let ids = ctx.params.texts("ImageIds");
    if ids.is_empty() {
        return ctx.missing("ImageIds");
    }
    let mut deleted: BTreeSet<ImageId> = BTreeSet::new();
    for id in ids {
        let (image, whose) = ctx.image(id)?;
        check_deletable(ctx, image, whose)?;
        deleted.insert(image.id.clone());
    }
    if ctx.params.is("DryRun") {
        return empty_answer();
    }
    let (me, with_snapshots) = (ctx.me().clone(), ctx.params.is("DeleteBindedSnap"));
    let resources = ctx.resources_mut()?;
    let (gone, kept): (Vec<_>, Vec<_>) =
        std::mem::take(&mut resources.images).into_iter().partition(|i| deleted.contains(&i.id));
    resources.images = kept;
    if !with_snapshots {
        resources.snapshots.extend(gone.into_iter().flat_map(|i| i.disks).map(|d| (me.clone(), d)));
    }
    ctx.changed = true;
    empty_answer()
}

fn check_deletable(ctx: &Ctx<'_>, image: &Image, whose: Ownership) -> Result<(), Refusal> {
    let id = &image.id;
    match whose {
        Ownership::Own => {}
        Ownership::Received => {
            return refuse(
                "InvalidParameterValue.InvalidImageIdIsShared",
                format!("The image {id} is shared by another account; only its owner can delete it."),
            );
        }
        Ownership::Public => {
            let message = format!("The image {id} is not allowed for this operation.");
            return refuse("InvalidParameterValue.InvalidImageId", message);
        }
    }
    let state = image.state(ctx.now);
    let message = format_args!("The image {id} is {state} and cannot be deleted.");
    refuse_if(state.is_transitional(), "InvalidImageId.IncorrectState", message)?;
    refuse_if(
        !image.shares.is_empty(),
        "InvalidImageId.InShared",
        format_args!(
            "The image {id} is shared with {} accounts; cancel the shares first.",
            image.shares.len()
        ),
    )?;
    Ok(())
}

pub(super) fn modify(ctx: &mut Ctx<'_>) -> Answer {
    let (image, whose) = ctx.image(ctx.params.str("ImageId"))?;
    let id = image.id.clone();
    match whose {
        Ownership::Own => {}
        Ownership::Received => {
            return refuse(
                "UnsupportedOperation.SharedImageModifyUnsupported",
                format!("The image {id} is shared by another account; its attributes are its owner's."),
            );
        }
        Ownership::Public => return refuse("InvalidImageId.NotFound", format!("ImageId {id} is not found.")),
    }
    refuse_if(
        ctx.quirks.rename_shared_error && !image.shares.is_empty(),
        "UnsupportedOperation.SharedImageModifyUnsupported",
        format_args!("The image {id} is shared; its attributes cannot be changed while it is."),
    )?;
    let name = ctx.params.text("ImageName").map(str::to_owned);
    let description = ctx.params.text("ImageDescription").map(str::to_owned);
    if let Some(name) = &name {
        refuse_if(name.is_empty(), "InvalidParameterValue", "`ImageName` is empty.")?;
        check_text_length("ImageName", name, NAME_LENGTH)?;
        if *name != image.name {
            ctx.check_name_is_free(ctx.resources()?, name)?;
        }
    }
    if let Some(description) = &description {
        check_text_length("ImageDescription", description, DESCRIPTION_LENGTH)?;
    }
    let family = ctx.params.text("ImageFamily").map(str::to_owned);
    if let Some(family) = &family {
        let good =
            length(family) <= NAME_LENGTH && !family.chars().any(|c| c.is_control() || c.is_whitespace());
        refuse_if(!good, "InvalidParameterValue.InvalidImageFamily", "`ImageFamily` is not valid.")?;
    }
    let deprecated = ctx.params.flag("ImageDeprecated");
    let image = ctx.image_mut(&id)?;
    image.name = name.unwrap_or_else(|| std::mem::take(&mut image.name));
    image.description = description.unwrap_or_else(|| std::mem::take(&mut image.description));
    image.family = family.unwrap_or_else(|| std::mem::take(&mut image.family));
    image.deprecated = deprecated.unwrap_or(image.deprecated);
    ctx.changed = true;
    empty_answer()
}
