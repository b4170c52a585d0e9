//! Formats images and instances as rows.

use jiff::Timestamp;
use serde_json::json;

use crate::{
    commands::printer::Row,
    messages::{Lang, Plain, m},
    model::{Image, ImageKind, Instance},
};

/// The fields of an image in JSON and CSV.
pub(crate) const IMAGE_FIELDS: &str =
    "id,name,description,region,state,kind,size_gib,os,arch,created_at,creator,sync_percent,share_count";

/// Returns the columns of a table of images.
pub(crate) fn image_head(kind: ImageKind) -> &'static [Plain] {
    match kind {
        ImageKind::Own => &[
            m::head_name,
            m::head_id,
            m::head_region,
            m::head_state,
            m::head_size,
            m::head_shared,
            m::head_created,
        ],
        _ => &[
            m::head_name,
            m::head_id,
            m::head_region,
            m::head_state,
            m::head_size,
            m::head_owner,
            m::head_created,
        ],
    }
}

/// The fields of an instance in JSON and CSV.
pub(crate) const INSTANCE_FIELDS: &str =
    "id,name,region,zone,state,instance_type,image,os,private_ips,public_ips,created_at";
/// The columns of a table of instances.
pub(crate) const INSTANCE_HEAD: &[Plain] =
    &[m::head_name, m::head_id, m::head_zone, m::head_state, m::head_type, m::head_image, m::head_created];

/// Returns an image as a row. `shares` is the number of accounts that it is shared with, if it was read.
pub(crate) fn image_row(image: &Image, shares: Option<usize>, lang: Lang) -> Row {
    let state = match image.sync_percent.filter(|_| image.state.is_transitional()) {
        Some(percent) => format!("{} {percent} %", image.state),
        None => image.state.to_string(),
    };
    let other = match image.kind {
        ImageKind::Own => shares.map_or_else(|| "-".to_owned(), |n| n.to_string()),
        _ => image.creator.as_deref().unwrap_or(lang.text(m::word_unknown)).to_owned(),
    };
    Row {
        json: json!({
            "id": image.id, "name": image.name, "description": image.description, "region": image.region,
            "state": image.state, "kind": image.kind, "size_gib": image.size_gib, "os": non_empty(&image.os),
            "arch": non_empty(&image.arch), "created_at": image.created_at, "creator": image.creator,
            "sync_percent": image.sync_percent, "share_count": shares,
        }),
        cells: vec![
            image.name.to_string(),
            image.id.to_string(),
            image.region.to_string(),
            state,
            format!("{} GiB", image.size_gib),
            other,
            date(image.created_at),
        ],
    }
}

/// Returns an instance as a row.
pub(crate) fn instance_row(instance: &Instance) -> Row {
    Row {
        json: json!({
            "id": instance.id, "name": instance.name, "region": instance.region, "zone": non_empty(&instance.zone),
            "state": instance.state, "instance_type": non_empty(&instance.instance_type), "image": instance.image,
            "os": non_empty(&instance.os), "private_ips": instance.private_ips, "public_ips": instance.public_ips,
            "created_at": instance.created_at,
        }),
        cells: vec![
            instance.name.clone(),
            instance.id.to_string(),
            instance.zone.clone(),
            instance.state.to_string(),
            instance.instance_type.clone(),
            instance.image.as_ref().map_or_else(|| "-".to_owned(), ToString::to_string),
            date(instance.created_at),
        ],
    }
}

/// Returns `None` for an empty text, to print null.
fn non_empty(text: &str) -> Option<&str> {
    (!text.is_empty()).then_some(text)
}

/// Returns the date of a time.
pub(crate) fn date(at: Option<Timestamp>) -> String {
    at.map_or_else(|| "-".to_owned(), |t| t.strftime("%Y-%m-%d").to_string())
}
