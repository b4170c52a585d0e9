//! SyncImages: copies own images to other regions, and received images within their region.

use serde_json::{Value, json};
use std::collections::BTreeSet;

use super::context::{Answer, Ctx, NAME_LENGTH, answer, length, new_id};
use crate::{
    emulator::{
        refusal::{Refusal, refuse, refuse_if},
        resource::{random_chars, seeded_hash},
        world::{Image, Ownership, Phase, copy_phase},
    },
    model::{Catalog, ImageId, ImageState, Region},
};

pub(super) fn sync(ctx: &mut Ctx<'_>) -> Answer {
    let ids = ctx.params.texts("ImageIds");
    let id = match ids[..] {
        [id] => id,
        [] => return ctx.missing("ImageIds"),
        _ => return refuse("InvalidParameterValue.LimitExceeded", "A call copies one image."),
    };
    let mut seen = BTreeSet::new();
    let destinations: Vec<&str> =
        ctx.params.texts("DestinationRegions").into_iter().filter(|r| seen.insert(*r)).collect();
    if destinations.is_empty() {
        return ctx.missing("DestinationRegions");
    }
    let here = ctx.call_region()?.clone();
    let (image, whose) = ctx.image(id)?;
    let image = image.clone();
    check_copyable(ctx, &image, whose)?;
    let encrypt = ctx.params.is("Encrypt");
    if ctx.params.given("KmsKeyId").is_some() && !encrypt {
        return refuse("InvalidParameter.InvalidKmsKeyId", "`KmsKeyId` goes with `Encrypt` alone.");
    }
    let name = match ctx.params.text("ImageName") {
        Some(name) if !name.is_empty() => name.to_owned(),
        _ => image.name.clone(),
    };
    let message = format_args!("`ImageName` has {} characters; it may have {NAME_LENGTH}.", length(&name));
    refuse_if(length(&name) > NAME_LENGTH, "InvalidParameterValue", message)?;
    let stays = whose == Ownership::Received || encrypt;
    let mut targets = Vec::new();
    for text in destinations {
        let region = destination(ctx, &here, text, stays)?;
        refuse_if(
            image.encrypted && region != here,
            "UnsupportedOperation.EncryptedImagesNotSupported",
            format_args!("The image {} is encrypted and cannot leave its region.", image.id),
        )?;
        let Some(resources) = ctx.world.regions.get(&region) else {
            return refuse("InvalidRegion.NotFound", format!("The region `{text}` is not found."));
        };
        ctx.check_name_is_free(resources, &name)?;
        refuse_if(
            resources.own_images(ctx.me()) >= ctx.image_quota(),
            "ImageQuotaLimitExceeded",
            format_args!("The region {region} holds {} custom images and takes no more.", ctx.image_quota()),
        )?;
        targets.push(region);
    }
    let mut copies = Vec::new();
    if !ctx.params.is("DryRun") {
        for region in targets {
            copies.push(copy(ctx, &image, region, &name, encrypt)?);
        }
    }
    if !ctx.params.is("ImageSetRequired") {
        copies.clear();
    }
    answer(json!({ "ImageSet": copies }))
}

fn check_copyable(ctx: &Ctx<'_>, image: &Image, whose: Ownership) -> Result<(), Refusal> {
    let id = &image.id;
    refuse_if(
        whose == Ownership::Public,
        "InvalidParameterValue.InvalidImageId",
        format_args!("The image {id} is not allowed for this operation; only custom images can be copied."),
    )?;
    let message = format_args!("The image {id} is being copied; try again later.");
    refuse_if(image.is_busy(ctx.now), "FailedOperation.InvalidImageState", message)?;
    let state = image.state(ctx.now);
    let message = format_args!("The image {id} is {state}; it should be NORMAL.");
    refuse_if(state != ImageState::Normal, "InvalidImageId.IncorrectState", message)?;
    let message = format_args!("The image {id} is a whole-machine image, which cannot be copied.");
    refuse_if(image.whole_machine, "InvalidParameter.InstanceImageNotSupport", message)
}

/// Checks a destination region. If `stays`, it has to be the source's own region: received images and encrypted copies
/// cannot leave it.
fn destination(ctx: &Ctx<'_>, here: &Region, text: &str, stays: bool) -> Result<Region, Refusal> {
    let catalog = Catalog::get();
    let not_found = || refuse("InvalidRegion.NotFound", format!("The region `{text}` is not found."));
    let Ok(region) = text.parse::<Region>() else { return not_found() };
    let Some(info) = catalog.region(&region) else { return not_found() };
    if stays != (region == *here) {
        return refuse(
            "InvalidParameterValue.InvalidRegion",
            if stays {
                format!("This copy can only be made in the image's own region {here}, not in {region}.")
            } else {
                format!("The region {region} is the image's own.")
            },
        );
    }
    let group = catalog.region(here).map(|r| r.group);
    let message = format_args!("The region {region} does not support images copied from {here}.");
    refuse_if(!info.receives_copies || group != Some(info.group), "InvalidRegion.Unavailable", message)?;
    if !ctx.world.regions.contains_key(&region) {
        return not_found();
    }
    Ok(region)
}

fn copy(
    ctx: &mut Ctx<'_>,
    source: &Image,
    region: Region,
    name: &str,
    encrypt: bool,
) -> Result<Value, Refusal> {
    let (chars, jitter) = ctx.world.next();
    let id: ImageId = new_id(format!("img-{chars}").parse().ok())?;
    let mut rng = fastrand::Rng::with_seed(seeded_hash(ctx.world.seed, id.as_str()));
    let mut copy = source.clone();
    copy.id = id.clone();
    copy.owner = Some(ctx.me().clone());
    name.clone_into(&mut copy.name);
    copy.created = ctx.now;
    copy.phase = copy_phase(source.size_gib, jitter, ctx.now, ctx.speed);
    copy.busy_until = None;
    copy.encrypted |= encrypt;
    copy.shares.clear();
    // Tags belong to the account that set them, so a copy of a received image gets none.
    if !ctx.quirks.copy_keeps_tags || source.owner != copy.owner {
        copy.tags.clear();
    }
    if let (true, Phase::Moving { ends, .. }) = (ctx.copies_fail, &mut copy.phase) {
        *ends = ImageState::CreateFailed;
    }
    for disk in &mut copy.disks {
        disk.id = format!("snap-{}", random_chars(&mut rng));
    }
    if let (true, Phase::Moving { until, .. }) = (ctx.quirks.source_busy, &copy.phase) {
        let until = *until;
        let source = ctx.image_mut(&source.id)?;
        source.busy_until = source.busy_until.max(Some(until));
    }
    if let Some(resources) = ctx.world.resources(&region) {
        resources.images.push(copy);
    }
    ctx.changed = true;
    Ok(json!({ "ImageId": id, "Region": region }))
}
