//! The service tag: which resources have which tags. A resource is named in six parts,
//! `qcs::cvm:ap-guangzhou:uin/100000000001:image/img-6pb6lrmy`; the account may be left out.

use serde_json::{Value, json};
use std::collections::BTreeSet;

use super::{
    context::{Answer, Ctx, answer},
    tag_fields::{self, tags_of},
};
use crate::{
    emulator::{
        refusal::{Refusal, refuse, refuse_if},
        resource::Tag,
        world::{Shelf, World},
    },
    model::{Region, Uin},
};

/// Most resources and tags of a call, and of an answer.
const MOST_RESOURCES: usize = 10;
const MOST_TAGS: usize = 10;
const MOST_FILTERS: usize = 6;
const MOST_RESULTS: usize = 200;
const MOST_ROWS: i64 = 1000;

/// A resource with its tags.
struct Resource<'a> {
    name: String,
    tags: &'a [Tag],
}

/// The kinds of resources, each with its service and the word before its id.
const KINDS: [(&str, &str); 6] = [
    ("cvm", "image"),
    ("cvm", "instance"),
    ("cvm", "keypair"),
    ("vpc", "vpc"),
    ("vpc", "subnet"),
    ("cvm", "sg"),
];

/// All that an account has of one kind in a region.
fn of_kind<'a>(shelf: &'a Shelf, kind: &str, me: &'a Uin, now: jiff::Timestamp) -> Vec<(&'a str, &'a [Tag])> {
    match kind {
        "image" => {
            let mine = shelf.images.iter().filter(|i| i.owner.as_ref() == Some(me));
            mine.map(|i| (i.id.as_str(), i.tags.as_slice())).collect()
        }
        "instance" => {
            let mine = shelf.instances.iter().filter(|i| i.owner == *me && !i.is_gone(now));
            mine.map(|i| (i.id.as_str(), i.tags.as_slice())).collect()
        }
        "keypair" => {
            shelf.keys.iter().filter(|k| k.owner == *me).map(|k| (k.id.as_str(), k.tags.as_slice())).collect()
        }
        "vpc" => {
            shelf.vpcs.iter().filter(|v| v.owner == *me).map(|v| (v.id.as_str(), v.tags.as_slice())).collect()
        }
        "subnet" => {
            let mine = shelf.subnets.iter().filter(|s| s.owner == *me);
            mine.map(|s| (s.id.as_str(), s.tags.as_slice())).collect()
        }
        _ => shelf
            .groups
            .iter()
            .filter(|g| g.owner == *me)
            .map(|g| (g.id.as_str(), g.tags.as_slice()))
            .collect(),
    }
}

/// The tags of one resource, to be changed.
fn tags_mut<'a>(
    world: &'a mut World,
    name: &Name,
    me: &Uin,
    now: jiff::Timestamp,
) -> Option<&'a mut Vec<Tag>> {
    let id = name.id.as_str();
    let shelf = world.regions.get_mut(&name.region)?;
    match name.kind.as_str() {
        "image" => shelf
            .images
            .iter_mut()
            .find(|i| i.id.as_str() == id && i.owner.as_ref() == Some(me))
            .map(|i| &mut i.tags),
        "instance" => shelf
            .instances
            .iter_mut()
            .find(|i| i.id.as_str() == id && i.owner == *me && !i.is_gone(now))
            .map(|i| &mut i.tags),
        "keypair" => shelf.keys.iter_mut().find(|k| k.id == id && k.owner == *me).map(|k| &mut k.tags),
        "vpc" => shelf.vpcs.iter_mut().find(|v| v.id == id && v.owner == *me).map(|v| &mut v.tags),
        "subnet" => shelf.subnets.iter_mut().find(|s| s.id == id && s.owner == *me).map(|s| &mut s.tags),
        _ => shelf.groups.iter_mut().find(|g| g.id == id && g.owner == *me).map(|g| &mut g.tags),
    }
}

/// The parts of a name: region, kind and id.
fn parts<'a>(ctx: &Ctx<'_>, name: &'a str) -> Result<(Region, &'a str, &'a str), Refusal> {
    let bad = || {
        refuse(
            "InvalidParameterValue.ResourceDescriptionError",
            format!("`{name}` should have the form qcs::SERVICE:REGION:uin/UIN:KIND/ID."),
        )
    };
    let words: Vec<&str> = name.splitn(6, ':').collect();
    let ["qcs", "", service, region, account, resource] = words[..] else { return bad() };
    let (Some((kind, id)), Ok(region)) = (resource.split_once('/'), region.parse()) else { return bad() };
    if !account.is_empty() && account.strip_prefix("uin/") != Some(ctx.me().as_str()) {
        return refuse("InvalidParameterValue.UinInvalid", format!("`{name}` is of another account."));
    }
    refuse_if(
        !KINDS.contains(&(service, kind)),
        "InvalidParameter.UnsupportedService",
        format_args!("`{name}`: the built-in cloud has no tags of {service} {kind}."),
    )?;
    Ok((region, kind, id))
}

/// Everything of the account that has a name, in all regions.
fn all<'a>(ctx: &'a Ctx<'_>) -> Vec<Resource<'a>> {
    let me = ctx.me();
    let mut rows = Vec::new();
    for (region, shelf) in &ctx.world.regions {
        for (service, kind) in KINDS {
            rows.extend(of_kind(shelf, kind, me, ctx.now).into_iter().map(|(id, tags)| Resource {
                name: format!("qcs::{service}:{region}:uin/{me}:{kind}/{id}"),
                tags,
            }));
        }
    }
    rows
}

/// GetResources: those that are named, or those that have all the tags that are asked for.
pub(super) fn resources(ctx: &Ctx<'_>) -> Answer {
    let names = ctx.params.texts("ResourceList");
    let filters = ctx.params.objects("TagFilters");
    refuse_if(
        filters.len() > MOST_FILTERS,
        "InvalidParameterValue.TagFiltersLengthExceeded",
        format_args!("`TagFilters` takes at most {MOST_FILTERS} tags."),
    )?;
    let mut rows: Vec<Resource<'_>> = Vec::new();
    if names.is_empty() {
        rows.extend(all(ctx).into_iter().filter(|r| !r.tags.is_empty()));
    } else if names.len() > MOST_RESULTS {
        return refuse(
            "LimitExceeded.ResourceNumPerRequest",
            format!("`ResourceList` takes {MOST_RESULTS} names."),
        );
    } else {
        for name in names {
            let (region, kind, id) = match parts(ctx, name) {
                Ok(parts) => parts,
                // It has no tags here. Tools ask for the tags of whatever they list, disks and snapshots too.
                Err(refusal) if refusal.code == "InvalidParameter.UnsupportedService" => continue,
                Err(refusal) => return Err(refusal),
            };
            let Some(shelf) = ctx.world.regions.get(&region) else { continue };
            let found = of_kind(shelf, kind, ctx.me(), ctx.now).into_iter().find(|(row, _)| *row == id);
            // It is told as it was asked for, with the account or without.
            rows.extend(found.map(|(_, tags)| Resource { name: name.to_owned(), tags }));
        }
    }
    rows.retain(|row| {
        filters.iter().all(|filter| {
            let (key, values) = (filter.str("TagKey"), filter.texts("TagValue"));
            row.tags.iter().any(|t| t.key == key && (values.is_empty() || values.contains(&t.value.as_str())))
        })
    });
    let most = match ctx.params.int("MaxResults").map(usize::try_from) {
        None => 50,
        Some(Ok(most @ 1..=MOST_RESULTS)) => most,
        Some(_) => {
            return refuse(
                "InvalidParameterValue",
                format!("`MaxResults` should be from 1 to {MOST_RESULTS}."),
            );
        }
    };
    let start = match ctx.params.given("PaginationToken").map(str::parse::<usize>) {
        None => 0,
        Some(Ok(start)) if start < rows.len() => start,
        Some(_) => {
            return refuse(
                "InvalidParameter.PaginationTokenInvalid",
                "`PaginationToken` is not one that an answer had.",
            );
        }
    };
    let next = start + most;
    let token = if next < rows.len() { next.to_string() } else { String::new() };
    let shown: Vec<Value> = rows
        .iter()
        .skip(start)
        .take(most)
        .map(|r| json!({ "Resource": r.name, "Tags": r.tags.iter().map(shown).collect::<Vec<_>>() }))
        .collect();
    answer(json!({ "PaginationToken": token, "ResourceTagMappingList": shown }))
}

fn shown(tag: &Tag) -> Value {
    json!({ "TagKey": tag.key, "TagValue": tag.value, "Category": "Custom" })
}

/// DescribeTags: every tag that a resource has, once.
pub(super) fn list(ctx: &Ctx<'_>) -> Answer {
    let params = ctx.params;
    if params.has("TagKey") != params.has("TagValue") && !params.has("TagKeys") {
        return refuse("InvalidParameter", "`TagKey` and `TagValue` are given together.");
    }
    let keys = params.texts("TagKeys");
    let mut found: BTreeSet<(&str, &str)> = BTreeSet::new();
    let rows = all(ctx);
    for tag in rows.iter().flat_map(|r| r.tags) {
        let fits = if keys.is_empty() {
            params.text("TagKey").is_none_or(|k| k == tag.key)
        } else {
            keys.contains(&tag.key.as_str())
        };
        if fits && params.text("TagValue").is_none_or(|v| v == tag.value) {
            found.insert((&tag.key, &tag.value));
        }
    }
    // Tags of a sub-account are its main account's here, so that the account itself is the only creator.
    if params.int("CreateUin").is_some_and(|uin| uin.to_string() != ctx.me().as_str()) {
        found.clear();
    }
    if params.int("ShowProject").is_some_and(|n| ![0, 1].contains(&n)) {
        return refuse("InvalidParameter", "`ShowProject` should be 0 or 1.");
    }
    let (offset, limit) = (params.int("Offset").unwrap_or(0), params.int("Limit").unwrap_or(15));
    if !(1..=MOST_ROWS).contains(&limit) {
        return refuse("InvalidParameter", format!("`Limit` should be from 1 to {MOST_ROWS}."));
    }
    if offset % limit != 0 {
        return refuse("InvalidParameterValue.OffsetInvalid", "`Offset` should be a multiple of `Limit`.");
    }
    let page = found
        .iter()
        .skip(usize::try_from(offset).unwrap_or_default())
        .take(usize::try_from(limit).unwrap_or_default());
    let shown: Vec<Value> = page
        // None can be deleted: each is on a resource.
        .map(|(key, value)| json!({ "TagKey": key, "TagValue": value, "CanDelete": 0, "Category": "Custom" }))
        .collect();
    answer(json!({ "TotalCount": found.len(), "Offset": offset, "Limit": limit, "Tags": shown }))
}

/// A resource in its parts, and as it was named.
struct Name {
    text: String,
    region: Region,
    kind: String,
    id: String,
}

/// What a call names, each of which has to be there; those that are not are told in the answer.
fn named(ctx: &Ctx<'_>) -> Result<(Vec<Name>, Vec<Value>), Refusal> {
    let names = ctx.params.texts("ResourceList");
    refuse_if(
        names.is_empty() || names.len() > MOST_RESOURCES,
        "LimitExceeded.ResourceNumPerRequest",
        format_args!("`ResourceList` takes 1 to {MOST_RESOURCES} names."),
    )?;
    let (mut good, mut failed) = (Vec::new(), Vec::new());
    for name in names {
        let (region, kind, id) = parts(ctx, name)?;
        let there =
            ctx.world.regions.get(&region).is_some_and(|shelf| {
                of_kind(shelf, kind, ctx.me(), ctx.now).iter().any(|(row, _)| *row == id)
            });
        if there {
            good.push(Name { text: name.to_owned(), region, kind: kind.to_owned(), id: id.to_owned() });
        } else {
            failed.push(json!({
                "Resource": name,
                "Code": "InvalidParameterValue.ResourceIdInvalid",
                "Message": "The resource is not found.",
            }));
        }
    }
    Ok((good, failed))
}

/// TagResources: a key that a resource has already gets the new value.
pub(super) fn tag(ctx: &mut Ctx<'_>) -> Answer {
    let rows = ctx.params.objects("Tags");
    if rows.is_empty() || rows.len() > MOST_TAGS {
        return refuse("LimitExceeded.TagNumPerRequest", format!("`Tags` takes 1 to {MOST_TAGS} tags."));
    }
    if let Some(category) =
        rows.iter().find_map(|r| r.text("Category").filter(|c| !["", "Custom"].contains(c)))
    {
        return refuse("InvalidParameter.Tag", format!("`Category` is `{category}`; it should be Custom."));
    }
    let new = tags_of(&rows, &tag_fields::TAG)?;
    let (good, mut failed) = named(ctx)?;
    let (me, now) = (ctx.me().clone(), ctx.now);
    for name in good {
        let Some(tags) = tags_mut(ctx.world, &name, &me, now) else { continue };
        let mut all = tags.clone();
        all.retain(|t| !new.iter().any(|n| n.key == t.key));
        all.extend(new.iter().cloned());
        if all.len() > tag_fields::MOST {
            failed.push(json!({
                "Resource": name.text,
                "Code": "LimitExceeded.ResourceAttachedTags",
                "Message": format!("A resource has at most {} tags.", tag_fields::MOST),
            }));
            continue;
        }
        *tags = all;
        ctx.changed = true;
    }
    answer(json!({ "FailedResources": failed }))
}

/// UnTagResources: keys that a resource does not have are left out.
pub(super) fn untag(ctx: &mut Ctx<'_>) -> Answer {
    let keys: Vec<String> = ctx.params.strings("TagKeys");
    if keys.is_empty() || keys.len() > MOST_TAGS {
        return refuse("LimitExceeded.TagNumPerRequest", format!("`TagKeys` takes 1 to {MOST_TAGS} keys."));
    }
    let (good, failed) = named(ctx)?;
    let (me, now) = (ctx.me().clone(), ctx.now);
    for name in good {
        if let Some(tags) = tags_mut(ctx.world, &name, &me, now) {
            tags.retain(|t| !keys.contains(&t.key));
            ctx.changed = true;
        }
    }
    answer(json!({ "FailedResources": failed }))
}
