//! The service tag: which resources have which tags. A resource is named in six parts,
//! `qcs::cvm:ap-guangzhou:uin/100000000001:image/img-6pb6lrmy`; the account is optional.

use serde_json::{Value, json};
use std::collections::BTreeSet;

use super::{
    context::{Answer, Ctx, answer},
    lists::{next_token, token_start},
    tag_fields::{self, parse_tags},
};
use crate::{
    emulator::{
        refusal::{Refusal, refuse, refuse_if},
        resource::Tag,
        world::Resources,
    },
    model::{Region, Uin},
};

/// The most resources and tags of a call, and the most rows of an answer.
const MOST_RESOURCES: usize = 10;
const MOST_TAGS: usize = 10;
const MOST_FILTERS: usize = 6;
const MOST_RESULTS: usize = 200;
const MOST_ROWS: i64 = 1000;

struct Resource {
    name: String,
    tags: Vec<Tag>,
}

/// The resource types that can have tags: the service, and the word before the id.
const KINDS: [(&str, &str); 6] = [
    ("cvm", "image"),
    ("cvm", "instance"),
    ("cvm", "keypair"),
    ("vpc", "vpc"),
    ("vpc", "subnet"),
    ("cvm", "sg"),
];

/// Returns the ids and tags of all resources of one type that an account has in a region.
fn resources_of_kind<'a>(
    resources: &'a mut Resources,
    kind: &str,
    me: &Uin,
    now: jiff::Timestamp,
) -> Vec<(&'a str, &'a mut Vec<Tag>)> {
    match kind {
        "image" => {
            let mine = resources.images.iter_mut().filter(|i| i.owner.as_ref() == Some(me));
            mine.map(|i| (i.id.as_str(), &mut i.tags)).collect()
        }
        "instance" => {
            let mine = resources.instances.iter_mut().filter(|i| i.owner == *me && !i.is_gone(now));
            mine.map(|i| (i.id.as_str(), &mut i.tags)).collect()
        }
        "keypair" => {
            let mine = resources.keys.iter_mut().filter(|k| k.owner == *me);
            mine.map(|k| (k.id.as_str(), &mut k.tags)).collect()
        }
        "vpc" => {
            let mine = resources.vpcs.iter_mut().filter(|v| v.owner == *me);
            mine.map(|v| (v.id.as_str(), &mut v.tags)).collect()
        }
        "subnet" => {
            let mine = resources.subnets.iter_mut().filter(|s| s.owner == *me);
            mine.map(|s| (s.id.as_str(), &mut s.tags)).collect()
        }
        _ => {
            let mine = resources.groups.iter_mut().filter(|g| g.owner == *me);
            mine.map(|g| (g.id.as_str(), &mut g.tags)).collect()
        }
    }
}

/// Finds the tags of a resource of the caller. Returns `None` if it does not exist.
fn tags_mut<'a>(ctx: &'a mut Ctx<'_>, region: &Region, kind: &str, id: &str) -> Option<&'a mut Vec<Tag>> {
    let me = &ctx.caller.main;
    let rows = resources_of_kind(ctx.world.regions.get_mut(region)?, kind, me, ctx.now);
    rows.into_iter().find(|(row, _)| *row == id).map(|(_, tags)| tags)
}

/// Splits the name of a resource into region, type and id.
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
    let message = format_args!("`{name}`: the built-in cloud has no tags of {service} {kind}.");
    refuse_if(!KINDS.contains(&(service, kind)), "InvalidParameter.UnsupportedService", message)?;
    Ok((region, kind, id))
}

/// Returns all resources of the caller's account in all regions.
fn all_resources(ctx: &mut Ctx<'_>) -> Vec<Resource> {
    let me = &ctx.caller.main;
    let mut rows = Vec::new();
    for (region, resources) in &mut ctx.world.regions {
        for (service, kind) in KINDS {
            rows.extend(resources_of_kind(resources, kind, me, ctx.now).into_iter().map(|(id, tags)| {
                Resource { name: format!("qcs::{service}:{region}:uin/{me}:{kind}/{id}"), tags: tags.clone() }
            }));
        }
    }
    rows
}

/// GetResources: lists the named resources, or those that have all requested tags.
pub(super) fn resources(ctx: &mut Ctx<'_>) -> Answer {
    let names = ctx.params.texts("ResourceList");
    let filters = ctx.params.objects("TagFilters");
    let message = format_args!("`TagFilters` takes at most {MOST_FILTERS} tags.");
    refuse_if(filters.len() > MOST_FILTERS, "InvalidParameterValue.TagFiltersLengthExceeded", message)?;
    let mut rows: Vec<Resource> = Vec::new();
    if names.is_empty() {
        rows.extend(all_resources(ctx).into_iter().filter(|r| !r.tags.is_empty()));
    } else if names.len() > MOST_RESULTS {
        let message = format!("`ResourceList` takes {MOST_RESULTS} names.");
        return refuse("LimitExceeded.ResourceNumPerRequest", message);
    } else {
        for name in names {
            let (region, kind, id) = match parts(ctx, name) {
                Ok(parts) => parts,
                // Such a resource has no tags here. Tools ask for the tags of everything they list, such as disks and
                // snapshots.
                Err(refusal) if refusal.code == "InvalidParameter.UnsupportedService" => continue,
                Err(refusal) => return Err(refusal),
            };
            // The answer repeats the name as the call spelled it, with or without the account.
            let tags = tags_mut(ctx, &region, kind, id).map(|tags| tags.clone());
            rows.extend(tags.map(|tags| Resource { name: name.to_owned(), tags }));
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
            let message = format!("`MaxResults` should be from 1 to {MOST_RESULTS}.");
            return refuse("InvalidParameterValue", message);
        }
    };
    let start = token_start(ctx, "PaginationToken", "InvalidParameter.PaginationTokenInvalid")?;
    let message = "`PaginationToken` is not one that an answer had.";
    refuse_if(start > 0 && start >= rows.len(), "InvalidParameter.PaginationTokenInvalid", message)?;
    let token = next_token(start + most, rows.len());
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

/// DescribeTags: lists every tag in use once.
pub(super) fn list(ctx: &mut Ctx<'_>) -> Answer {
    let params = ctx.params;
    if params.has("TagKey") != params.has("TagValue") && !params.has("TagKeys") {
        return refuse("InvalidParameter", "`TagKey` and `TagValue` are given together.");
    }
    let keys = params.texts("TagKeys");
    let mut found: BTreeSet<(&str, &str)> = BTreeSet::new();
    let rows = all_resources(ctx);
    for tag in rows.iter().flat_map(|r| &r.tags) {
        let fits = if keys.is_empty() {
            params.text("TagKey").is_none_or(|k| k == tag.key)
        } else {
            keys.contains(&tag.key.as_str())
        };
        if fits && params.text("TagValue").is_none_or(|v| v == tag.value) {
            found.insert((&tag.key, &tag.value));
        }
    }
    // Tags have no creator here. All count as created by the main account.
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
        // A tag that is in use cannot be deleted, and all of these are.
        .map(|(key, value)| json!({ "TagKey": key, "TagValue": value, "CanDelete": 0, "Category": "Custom" }))
        .collect();
    answer(json!({ "TotalCount": found.len(), "Offset": offset, "Limit": limit, "Tags": shown }))
}

/// The name of a resource and its parts.
struct Name {
    text: String,
    region: Region,
    kind: String,
    id: String,
}

fn failure(resource: &str, code: &str, message: &str) -> Value {
    json!({ "Resource": resource, "Code": code, "Message": message })
}

/// Splits the resources that a call names into those that exist and the failures for those that do not.
fn find_named_resources(ctx: &mut Ctx<'_>) -> Result<(Vec<Name>, Vec<Value>), Refusal> {
    let names = ctx.params.texts("ResourceList");
    refuse_if(
        names.is_empty() || names.len() > MOST_RESOURCES,
        "LimitExceeded.ResourceNumPerRequest",
        format_args!("`ResourceList` takes 1 to {MOST_RESOURCES} names."),
    )?;
    let (mut good, mut failed) = (Vec::new(), Vec::new());
    for name in names {
        let (region, kind, id) = parts(ctx, name)?;
        if tags_mut(ctx, &region, kind, id).is_some() {
            good.push(Name { text: name.to_owned(), region, kind: kind.to_owned(), id: id.to_owned() });
        } else {
            failed.push(failure(
                name,
                "InvalidParameterValue.ResourceIdInvalid",
                "The resource is not found.",
            ));
        }
    }
    Ok((good, failed))
}

/// TagResources: sets tags. A key that the resource has already gets the new value.
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
    let new = parse_tags(&rows, &tag_fields::TAG)?;
    let (good, mut failed) = find_named_resources(ctx)?;
    for name in good {
        let Some(tags) = tags_mut(ctx, &name.region, &name.kind, &name.id) else { continue };
        let mut all = tags.clone();
        all.retain(|t| !new.iter().any(|n| n.key == t.key));
        all.extend(new.iter().cloned());
        if all.len() > tag_fields::MOST {
            let message = format!("A resource has at most {} tags.", tag_fields::MOST);
            failed.push(failure(&name.text, "LimitExceeded.ResourceAttachedTags", &message));
            continue;
        }
        *tags = all;
        ctx.changed = true;
    }
    answer(json!({ "FailedResources": failed }))
}

/// UnTagResources: removes tags. Keys that a resource does not have are ignored.
pub(super) fn untag(ctx: &mut Ctx<'_>) -> Answer {
    let keys: Vec<String> = ctx.params.strings("TagKeys");
    if keys.is_empty() || keys.len() > MOST_TAGS {
        return refuse("LimitExceeded.TagNumPerRequest", format!("`TagKeys` takes 1 to {MOST_TAGS} keys."));
    }
    let (good, failed) = find_named_resources(ctx)?;
    for name in good {
        if let Some(tags) = tags_mut(ctx, &name.region, &name.kind, &name.id) {
            tags.retain(|t| !keys.contains(&t.key));
            ctx.changed = true;
        }
    }
    answer(json!({ "FailedResources": failed }))
}
