//! CreateImage: makes an image from an instance or from snapshots.

use serde_json::json;

use super::{
    context::{
        Answer, Ctx, DESCRIPTION_LENGTH, NAME_LENGTH, answer, check_idle, check_state, check_text_length,
        new_id,
    },
    tag_fields::{self, tag_specification},
};
use crate::{
    emulator::{
        catalog,
        clock::{duration, later},
        refusal::{Refusal, refuse, refuse_if},
        world::{Image, Ownership, Phase},
    },
    model::ImageState,
};

/// The properties that the new image takes from its instance or snapshots.
struct Source {
    os: String,
    platform: String,
    arch: String,
    size_gib: u32,
    encrypted: bool,
    whole_machine: bool,
}

pub(super) fn create(ctx: &mut Ctx<'_>) -> Answer {
    let name = ctx.params.str("ImageName").to_owned();
    let description = ctx.params.str("ImageDescription").to_owned();
    refuse_if(name.is_empty(), "InvalidParameterValue", "`ImageName` is empty.")?;
    check_text_length("ImageName", &name, NAME_LENGTH)?;
    check_text_length("ImageDescription", &description, DESCRIPTION_LENGTH)?;
    for field in ["ForcePoweroff", "Sysprep"] {
        if ctx.params.text(field).is_some_and(|t| !["true", "false"].contains(&t.to_lowercase().as_str())) {
            return refuse("InvalidParameterValue", format!("`{field}` should be \"true\" or \"false\"."));
        }
    }
    let tags = tag_specification(ctx.params, "image", &tag_fields::IMAGE)?;
    let source = match (ctx.params.text("InstanceId"), ctx.params.texts("SnapshotIds")) {
        (Some(id), snapshots) if snapshots.is_empty() => source_from_instance(ctx, id)?,
        (None, snapshots) if !snapshots.is_empty() => source_from_snapshots(ctx, &snapshots)?,
        _ => {
            let message = "One of `InstanceId` and `SnapshotIds` should be given.";
            return refuse("InvalidParameter.SpecifyOneParameter", message);
        }
    };
    ctx.check_name_is_free(ctx.resources()?, &name)?;
    let message = format_args!("The region holds {} custom images and takes no more.", ctx.image_quota());
    refuse_if(
        ctx.resources()?.own_images(ctx.me()) >= ctx.image_quota(),
        "ImageQuotaLimitExceeded",
        message,
    )?;
    if ctx.params.is("DryRun") {
        return answer(json!({ "ImageId": null }));
    }
    let id = new_id(ctx.world.next_image_id())?;
    let (snapshot, part) = ctx.world.next();
    let minutes = 10.0 + f64::from(source.size_gib.min(500)) / 200.0 + 2.0 * part;
    let snapshot = format!("snap-{snapshot}");
    let image = Image {
        owner: Some(ctx.me().clone()),
        name,
        description,
        os: source.os,
        platform: source.platform,
        arch: source.arch,
        phase: Phase::Moving {
            doing: ImageState::Creating,
            from: ctx.now,
            until: later(ctx.now, duration(minutes, ctx.speed)),
            ends: ImageState::Normal,
        },
        encrypted: source.encrypted,
        whole_machine: source.whole_machine,
        family: ctx.params.str("ImageFamily").to_owned(),
        tags,
        ..Image::new(id.clone(), &catalog::SYSTEMS[0], source.size_gib, snapshot, ctx.now)
    };
    ctx.resources_mut()?.images.push(image);
    ctx.changed = true;
    answer(json!({ "ImageId": id }))
}

fn source_from_instance(ctx: &Ctx<'_>, id: &str) -> Result<Source, Refusal> {
    let Ok(instance) = ctx.instance(id) else {
        return refuse("InvalidInstanceId.NotFound", format!("The instance `{id}` is not found."));
    };
    check_idle(ctx, instance)?;
    let message = format_args!("The instance `{id}` is being created.");
    refuse_if(instance.state(ctx.now) == "PENDING", "OperationDenied.InstanceOperationInProgress", message)?;
    check_state(ctx, instance, &["RUNNING", "STOPPED"])?;
    for disk in ctx.params.texts("DataDiskIds") {
        let message = format_args!("The disk `{disk}` is the system disk of the instance.");
        refuse_if(disk == instance.disk_id, "InvalidParameter.DataDiskIdContainsRootDisk", message)?;
        refuse_if(
            !instance.terms.data_disks.iter().any(|d| d.id == disk),
            "InvalidParameter.DataDiskNotBelongSpecifiedInstance",
            format_args!("The disk `{disk}` is not of the instance `{id}`."),
        )?;
    }
    let system = catalog::SYSTEMS.iter().find(|s| s.name == instance.os);
    // An image of an instance is encrypted if the instance's own image is, provided that image still exists.
    let encrypted = ctx
        .image(instance.image.as_str())
        .is_ok_and(|(image, whose)| whose == Ownership::Own && image.encrypted);
    Ok(Source {
        os: instance.os.clone(),
        platform: system.map_or("Other", |s| s.platform).to_owned(),
        arch: catalog::instance_type(&instance.instance_type).map_or("x86_64", |t| &t.arch).to_owned(),
        size_gib: instance.disk_gib,
        encrypted,
        whole_machine: !ctx.params.texts("DataDiskIds").is_empty(),
    })
}

fn source_from_snapshots(ctx: &Ctx<'_>, ids: &[&str]) -> Result<Source, Refusal> {
    let mut system = None;
    for id in ids {
        let found =
            ctx.resources()?.snapshots.iter().find(|(owner, disk)| owner == ctx.me() && disk.id == *id);
        match found {
            None => {
                let message = format!("The snapshot `{id}` is not found.");
                return refuse("InvalidParameter.SnapshotNotFound", message);
            }
            Some((_, disk)) if !disk.data && system.is_some() => {
                let message = format!("The snapshot `{}` is a second one of a system disk.", disk.id);
                return refuse("InvalidParameter.DuplicateSystemSnapshots", message);
            }
            Some((_, disk)) if !disk.data => system = Some(disk),
            Some(_) => {}
        }
    }
    let Some(disk) = system else {
        let message = "None of the snapshots is of a system disk.";
        return refuse("InvalidParameter.SystemSnapshotNotFound", message);
    };
    let os = catalog::SYSTEMS[0];
    Ok(Source {
        os: os.name.to_owned(),
        platform: os.platform.to_owned(),
        arch: os.arch.to_owned(),
        size_gib: disk.size_gib,
        encrypted: false,
        whole_machine: ids.len() > 1,
    })
}
