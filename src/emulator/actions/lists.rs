//! The common part of all list actions: ids or filters select the rows, and an answer holds one page of them.

use serde_json::{Value, json};

use super::context::{Answer, Ctx, answer};
use crate::emulator::{
    refusal::{Refusal, refuse, refuse_if},
    resource::{Tag, is_id},
};

/// The most ids and the most filters of a call.
const MOST_IDS: usize = 100;
const MOST_FILTERS: usize = 10;

/// The limits and error codes of a list action. Most services have one set; some actions have their own.
pub(super) struct ListRules {
    /// The codes for an unknown filter, a filter without values, and too many filters or values.
    pub unknown: &'static str,
    pub no_values: &'static str,
    pub too_many: &'static str,
    /// The most values of a filter.
    pub most_values: usize,
    /// The code for ids and filters in one call.
    pub both: &'static str,
    /// The code for a wrong `Offset` or `Limit`.
    pub page: &'static str,
}

pub(super) const CVM: ListRules = ListRules {
    unknown: "InvalidFilter",
    no_values: "InvalidFilter",
    too_many: "InvalidFilterValue.LimitExceeded",
    most_values: 5,
    both: "InvalidParameter",
    page: "InvalidParameterValue.LimitExceeded",
};

pub(super) const VPC: ListRules = ListRules {
    unknown: "InvalidParameter.FilterInvalidKey",
    no_values: "InvalidParameter.FilterValuesNotList",
    too_many: "InvalidParameterValue.LimitExceeded",
    most_values: 100,
    both: "InvalidParameter.Coexist",
    page: "InvalidParameterValue.Range",
};

pub(super) const CBS: ListRules = ListRules { too_many: "InvalidParameterValue.LimitExceeded", ..CVM };

/// One filter. A row matches if it has any of the values.
#[derive(Debug)]
pub(super) struct Filter {
    pub name: String,
    pub values: Vec<String>,
}

impl Filter {
    /// Returns whether a text equals one of the values.
    pub fn is(&self, text: &str) -> bool {
        self.values.iter().any(|v| v == text)
    }

    /// Returns whether a text contains one of the values, ignoring case.
    pub fn is_in(&self, text: &str) -> bool {
        let text = text.to_lowercase();
        self.values.iter().any(|v| text.contains(&v.to_lowercase()))
    }

    /// Returns whether the tags match `tag-key`, `tag-value` or `tag:KEY`. Returns false for any other filter.
    pub fn tags(&self, tags: &[Tag]) -> bool {
        match self.name.as_str() {
            "tag-key" => tags.iter().any(|t| self.is(&t.key)),
            "tag-value" => tags.iter().any(|t| self.is(&t.value)),
            name => {
                let key = name.strip_prefix("tag:");
                tags.iter().any(|t| Some(t.key.as_str()) == key && self.is(&t.value))
            }
        }
    }
}

/// Reads the filters of a call. `names` are the supported names, separated by spaces; `tag:KEY` is always supported.
pub(super) fn filters(ctx: &Ctx<'_>, names: &str, rules: &ListRules) -> Result<Vec<Filter>, Refusal> {
    let filters = ctx.params.objects("Filters");
    refuse_if(filters.len() > MOST_FILTERS, rules.too_many, "A call takes at most 10 filters.")?;
    let mut all = Vec::new();
    for filter in &filters {
        let (name, values) = (filter.str("Name"), filter.strings("Values"));
        let known = names.split(' ').any(|n| n == name)
            || name.strip_prefix("tag:").is_some_and(|key| !key.is_empty());
        refuse_if(!known, rules.unknown, format_args!("The filter `{name}` is not supported."))?;
        refuse_if(values.is_empty(), rules.no_values, format_args!("The filter `{name}` has no values."))?;
        let most = rules.most_values;
        let too_many = values.len() > most;
        refuse_if(
            too_many,
            rules.too_many,
            format_args!("The filter `{name}` has more than {most} values."),
        )?;
        all.push(Filter { name: name.to_owned(), values });
    }
    Ok(all)
}

/// The rows that a call selects.
pub(super) struct Selection {
    /// The ids; empty if the call does not select by id.
    pub ids: Vec<String>,
    pub filters: Vec<Filter>,
}

impl Selection {
    /// Reads the ids in `field` and the filters. Fails if both are given.
    pub fn read(ctx: &Ctx<'_>, field: &str, names: &str, rules: &ListRules) -> Result<Self, Refusal> {
        let (filters, ids) = (filters(ctx, names, rules)?, ctx.params.strings(field));
        let both = !ids.is_empty() && !filters.is_empty();
        refuse_if(both, rules.both, format_args!("`{field}` and `Filters` cannot be given together."))?;
        let code = "InvalidParameterValue.LimitExceeded";
        refuse_if(ids.len() > MOST_IDS, code, format_args!("`{field}` takes at most 100 ids."))?;
        Ok(Self { ids, filters })
    }

    /// Fails if an id does not have the form `PREFIX-CHARACTERS`.
    pub fn check_ids(&self, prefix: &str, code: &'static str) -> Result<(), Refusal> {
        match self.ids.iter().find(|id| !is_id(id, prefix)) {
            None => Ok(()),
            Some(id) => {
                refuse(code, format!("The id `{id}` is malformed; it should be like {prefix}-6pb6lrmy."))
            }
        }
    }

    /// Returns whether the row with this id is selected. `matches` says whether the row matches a filter.
    pub fn has(&self, id: &str, matches: impl Fn(&Filter) -> bool) -> bool {
        (self.ids.is_empty() || self.ids.iter().any(|wanted| wanted == id))
            && self.filters.iter().all(matches)
    }
}

impl Ctx<'_> {
    /// Reads a number. Some services send it as text.
    fn number(&self, field: &str, default: i64, code: &'static str) -> Result<i64, Refusal> {
        match self.params.given(field) {
            None => Ok(self.params.int(field).unwrap_or(default)),
            Some(text) => text
                .parse()
                .or_else(|_| refuse(code, format!("`{field}` is `{text}`; it should be a number."))),
        }
    }

    /// Returns the offset and the length of the page: by default the first 20 rows, at most 100.
    pub(super) fn page(&self, code: &'static str) -> Result<(usize, usize), Refusal> {
        let offset = self.number("Offset", 0, code)?;
        let limit = self.number("Limit", 20, code)?;
        match (usize::try_from(offset), usize::try_from(limit)) {
            (Ok(offset), Ok(limit @ 1..=100)) => Ok((offset, limit)),
            (Err(_), _) => refuse(code, format!("`Offset` is {offset}; it should be at least 0.")),
            _ => refuse(code, format!("`Limit` is {limit}; it should be from 1 to 100.")),
        }
    }

    /// Returns whether an order field says `DESC`. Fails if it is neither that nor `ASC`.
    pub(super) fn descends(&self, field: &str, default: bool) -> Result<bool, Refusal> {
        match self.params.given(field) {
            None => Ok(default),
            Some("DESC") => Ok(true),
            Some("ASC") => Ok(false),
            Some(other) => {
                super::context::invalid(format!("`{field}` is `{other}`; it should be ASC or DESC."))
            }
        }
    }
}

/// Returns one page of the rows and their total number: `{"<set>": [...], "TotalCount": N}`.
pub(super) fn page_answer<T>(
    ctx: &Ctx<'_>,
    rules: &ListRules,
    set: &str,
    rows: &[T],
    shown: impl Fn(&T) -> Value,
) -> Answer {
    let (offset, limit) = ctx.page(rules.page)?;
    let page: Vec<Value> = rows.iter().skip(offset).take(limit).map(shown).collect();
    answer(json!({ set: page, "TotalCount": rows.len() }))
}

/// Returns the first row of a page that a token selects. The token is the number of that row.
pub(super) fn token_start(ctx: &Ctx<'_>, field: &str, code: &'static str) -> Result<usize, Refusal> {
    let start = ctx.params.given(field).map_or(Ok(0), str::parse);
    start.or_else(|_| refuse(code, format!("`{field}` is not one that an answer had.")))
}

/// Returns the token of the page that starts at `end`. Returns an empty text if there are no more rows.
pub(super) fn next_token(end: usize, rows: usize) -> String {
    if end < rows { end.to_string() } else { String::new() }
}

/// Adds the fields that are the same in all rows, given as the text of a JSON object. Text compiles to less code than
/// an object that is built field by field.
pub(super) fn with_fixed(mut row: Value, fixed: &str) -> Value {
    if let (Some(row), Ok(Value::Object(fixed))) = (row.as_object_mut(), serde_json::from_str(fixed)) {
        row.extend(fixed);
    }
    row
}
