//! Tags in calls and answers. Each service refuses wrong tags with its own error codes.

use serde_json::{Value, json};

use crate::emulator::{
    params::Params,
    refusal::{Refusal, refuse, refuse_if},
    resource::Tag,
};

/// The field names and error codes of a service for tags.
pub(super) struct Codes {
    pub key_field: &'static str,
    pub value_field: &'static str,
    pub key: &'static str,
    pub reserved: &'static str,
    pub value: &'static str,
    pub twice: &'static str,
    pub many: &'static str,
}

pub(super) const CVM: Codes = Codes {
    key_field: "Key",
    value_field: "Value",
    key: "FailedOperation.IllegalTagKey",
    reserved: "FailedOperation.TagKeyReserved",
    value: "FailedOperation.IllegalTagValue",
    twice: "InvalidParameterValue.DuplicateTags",
    many: "InvalidParameterValue.TagQuotaLimitExceeded",
};

/// CreateImage documents few error codes for tags.
pub(super) const IMAGE: Codes = Codes {
    key: "InvalidParameterValue",
    reserved: "InvalidParameterValue",
    value: "InvalidParameterValue",
    twice: "InvalidParameterValue",
    ..CVM
};

pub(super) const VPC: Codes = Codes {
    key: "InvalidParameterValue.TagInvalidKey",
    reserved: "InvalidParameterValue.TagInvalidKey",
    value: "InvalidParameterValue.TagInvalidVal",
    twice: "InvalidParameterValue.TagDuplicateKey",
    many: "LimitExceeded.TagKeyPerResourceExceeded",
    ..CVM
};

pub(super) const TAG: Codes = Codes {
    key_field: "TagKey",
    value_field: "TagValue",
    key: "InvalidParameterValue.TagKeyLengthExceeded",
    reserved: "InvalidParameter.ReservedTagKey",
    value: "InvalidParameterValue.TagValueLengthExceeded",
    twice: "InvalidParameterValue.TagKeyDuplicate",
    many: "LimitExceeded.TagNumPerRequest",
};

/// The most tags of a resource, and the most characters of a key and of a value.
pub(super) const MOST: usize = 50;
const KEY_LENGTH: usize = 127;
const VALUE_LENGTH: usize = 255;

/// Reads a list of tags. Fails if a key occurs twice.
pub(super) fn parse_tags(rows: &[Params], codes: &Codes) -> Result<Vec<Tag>, Refusal> {
    let mut tags: Vec<Tag> = Vec::new();
    for row in rows {
        let (key, value) = (row.str(codes.key_field), row.str(codes.value_field));
        if key.is_empty() || key.chars().count() > KEY_LENGTH {
            return refuse(codes.key, format!("A tag key has 1 to {KEY_LENGTH} characters."));
        }
        let lower = key.to_lowercase();
        if lower == "project" || ["qcs:", "tencentcloud:"].iter().any(|p| lower.starts_with(p)) {
            return refuse(codes.reserved, format!("The tag key `{key}` is reserved."));
        }
        if value.chars().count() > VALUE_LENGTH {
            return refuse(codes.value, format!("A tag value has at most {VALUE_LENGTH} characters."));
        }
        if tags.iter().any(|t| t.key == key) {
            return refuse(codes.twice, format!("The tag key `{key}` is given twice."));
        }
        tags.push(Tag { key: key.to_owned(), value: value.to_owned() });
    }
    refuse_if(tags.len() > MOST, codes.many, format_args!("A resource has at most {MOST} tags."))?;
    Ok(tags)
}

/// Reads the tags of `TagSpecification`. Fails if it is for another type of resource.
pub(super) fn tag_specification(params: &Params, kind: &str, codes: &Codes) -> Result<Vec<Tag>, Refusal> {
    let mut rows = Vec::new();
    for specification in params.objects("TagSpecification") {
        let given = specification.str("ResourceType");
        let message = format_args!("`TagSpecification.ResourceType` is `{given}`; it should be {kind}.");
        refuse_if(given != kind, "InvalidParameterValue", message)?;
        rows.extend(specification.objects("Tags"));
    }
    parse_tags(&rows, codes)
}

/// Returns tags in the form that most services use.
pub(super) fn tag_rows(tags: &[Tag]) -> Value {
    tags.iter().map(|t| json!({ "Key": t.key, "Value": t.value })).collect()
}
