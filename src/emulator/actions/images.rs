//! Actions that read images: DescribeImages, DescribeImageQuota, DescribeImageFromFamily.

use serde::Serialize;
use serde_json::json;

use super::{
    context::{Answer, Ctx, answer, image_id},
    instance_fields::instance_type,
    lists::{self, ListRules, Selection},
};
use crate::{
    cloud::wire,
    emulator::{
        clock::iso,
        world::{Image, Ownership},
    },
    model::{ImageState, Uin},
};

pub(super) fn describe(ctx: &Ctx<'_>) -> Answer {
    const FILTERS: &str = "image-id image-type image-name platform image-state tag-key tag-value \
                           dedicated-cluster-id cdc-cache-status";
    const RULES: ListRules = ListRules {
        both: "InvalidParameter.InvalidParameterCoexistImageIdsFilters",
        page: "InvalidParameterValue.InvalidParameterValueLimit",
        ..lists::CVM
    };
    let selection = Selection::read(ctx, "ImageIds", FILTERS, &RULES)?;
    for id in &selection.ids {
        image_id(id)?;
    }
    let (offset, limit) = ctx.page(RULES.page)?;
    let arch = ctx.params.text("InstanceType").map(instance_type).transpose()?.map(|kind| &kind.arch);
    let has = |image: &Image, whose: Ownership| {
        arch.is_none_or(|a| image.arch == *a)
            && selection.has(image.id.as_str(), |f| match f.name.as_str() {
                "image-id" => f.is(image.id.as_str()),
                "image-type" => f.is(kind(whose)),
                "image-name" => f.is_in(&image.name),
                "platform" => f.is_in(&image.platform),
                "image-state" => f.is(image.state(ctx.now).as_str()),
                _ => f.tags(&image.tags),
            })
    };
    let (mut page, mut total) = (Vec::new(), 0);
    for image in ctx.resources()?.images.iter().rev() {
        let Some(whose) = image.ownership(ctx.me()).filter(|w| has(image, *w)) else { continue };
        if total >= offset && page.len() < limit {
            page.push(shown(ctx, image, whose));
        }
        total += 1;
    }
    answer(Page { ImageSet: page, TotalCount: total })
}

/// The answer of DescribeImages. It is serialized directly, without a tree of JSON values, since lists are read often.
#[allow(non_snake_case)]
#[derive(Serialize)]
struct Page {
    ImageSet: Vec<Row>,
    TotalCount: usize,
}

/// An image, with one field more than the client reads.
#[allow(non_snake_case)]
#[derive(Serialize)]
struct Row {
    #[serde(flatten)]
    image: wire::Image,
    /// Always null: there are no dedicated clusters.
    CdcCacheStatus: Option<&'static str>,
}

fn kind(whose: Ownership) -> &'static str {
    match whose {
        Ownership::Own => "PRIVATE_IMAGE",
        Ownership::Received => "SHARED_IMAGE",
        Ownership::Public => "PUBLIC_IMAGE",
    }
}

/// Returns an image as the API shows it to the caller. Only `ImageCreator` may tell who shared it; nothing tells when.
fn shown(ctx: &Ctx<'_>, image: &Image, whose: Ownership) -> Row {
    let creator = match whose {
        Ownership::Public => "tencent",
        Ownership::Received if !ctx.quirks.creator_on_received => "",
        _ => image.owner.as_ref().map_or("", Uin::as_str),
    };
    let state = image.state(ctx.now);
    // The snapshots exist as soon as the image is NORMAL. Only the owner and the accounts that it is shared with see
    // them.
    let disks = match (&state, whose) {
        (ImageState::Normal, Ownership::Own | Ownership::Received) => image.disks.as_slice(),
        _ => &[],
    };
    let image = wire::Image {
        ImageId: image.id.to_string(),
        OsName: image.os.clone(),
        ImageType: kind(whose).to_owned(),
        CreatedTime: iso(image.created),
        ImageName: image.name.clone(),
        ImageDescription: image.description.clone(),
        ImageSize: image.size_gib.into(),
        Architecture: image.arch.clone(),
        ImageState: state.as_str().to_owned(),
        Platform: image.platform.clone(),
        ImageCreator: creator.to_owned(),
        ImageSource: image.source.clone(),
        SyncPercent: image.percent(ctx.now).map(i64::from),
        IsSupportCloudinit: image.platform != "Windows",
        SnapshotSet: disks
            .iter()
            .map(|d| wire::Snapshot {
                SnapshotId: d.id.clone(),
                DiskUsage: if d.data { "DATA_DISK" } else { "SYSTEM_DISK" }.to_owned(),
                DiskSize: d.size_gib.into(),
            })
            .collect(),
        Tags: image.tags.iter().map(|t| wire::Tag { Key: t.key.clone(), Value: t.value.clone() }).collect(),
        LicenseType: if image.byol { "BYOL" } else { "TencentCloud" }.to_owned(),
        ImageFamily: image.family.clone(),
        ImageDeprecated: image.deprecated,
    };
    Row { image, CdcCacheStatus: None }
}

/// DescribeImageQuota: returns only the limit. The client counts the images in use; received images do not count.
pub(super) fn quota(ctx: &Ctx<'_>) -> Answer {
    answer(json!({ "ImageNumQuota": ctx.image_quota() }))
}

/// DescribeImageFromFamily: returns the newest NORMAL image of a family that is not deprecated.
pub(super) fn from_family(ctx: &Ctx<'_>) -> Answer {
    let Some(family) = ctx.params.given("ImageFamily") else {
        return ctx.missing("ImageFamily");
    };
    let image = ctx
        .resources()?
        .images
        .iter()
        .rev()
        .filter(|i| i.family == family && !i.deprecated && i.state(ctx.now) == ImageState::Normal)
        .find_map(|i| Some(shown(ctx, i, i.ownership(ctx.me()).filter(|w| *w == Ownership::Own)?)));
    answer(json!({ "Image": image }))
}
