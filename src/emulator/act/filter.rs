//! Filters and pages, as all lists of the API have them (api-3.0.md, section 4).

use super::Ctx;
use crate::emulator::{
    params::Params,
    refusal::{Refusal, refuse},
    world::Label,
};

/// One filter: any of its values fits.
#[derive(Debug)]
pub(super) struct Filter {
    pub name: String,
    pub values: Vec<String>,
}

impl Filter {
    /// Whether a text is one of the values.
    pub fn is(&self, text: &str) -> bool {
        self.values.iter().any(|v| v == text)
    }

    /// Whether a text contains one of the values, whatever their case.
    pub fn is_in(&self, text: &str) -> bool {
        let text = text.to_lowercase();
        self.values.iter().any(|v| text.contains(&v.to_lowercase()))
    }

    /// The filters by tags, which all resources have; nothing where it is another filter.
    pub fn tags(&self, tags: &[Label]) -> Option<bool> {
        match self.name.as_str() {
            "tag-key" => Some(tags.iter().any(|t| self.is(&t.key))),
            "tag-value" => Some(tags.iter().any(|t| self.is(&t.value))),
            name => {
                let key = name.strip_prefix("tag:")?;
                Some(tags.iter().any(|t| t.key == key && self.is(&t.value)))
            }
        }
    }
}

/// What a service calls the ways in which filters can be wrong.
pub(super) struct Codes {
    pub name: &'static str,
    pub no_values: &'static str,
    pub many: &'static str,
}

const CVM: Codes =
    Codes { name: "InvalidFilter", no_values: "InvalidFilter", many: "InvalidFilterValue.LimitExceeded" };

pub(super) const VPC: Codes = Codes {
    name: "InvalidParameter.FilterInvalidKey",
    no_values: "InvalidParameter.FilterValuesNotList",
    many: "InvalidParameterValue.LimitExceeded",
};

pub(super) const CBS: Codes =
    Codes { name: "InvalidFilter", no_values: "InvalidFilter", many: "InvalidParameterValue.LimitExceeded" };

/// Reads the filters of a call of CVM; names are from the list or begin with `tag:`.
pub(super) fn filters(params: &Params, names: &[&str], most_values: usize) -> Result<Vec<Filter>, Refusal> {
    filters_of(&CVM, params, names, most_values)
}

/// The same of another service.
pub(super) fn filters_of(
    codes: &Codes,
    params: &Params,
    names: &[&str],
    most_values: usize,
) -> Result<Vec<Filter>, Refusal> {
    let all: Vec<Filter> = params
        .objects("Filters")
        .iter()
        .map(|f| Filter {
            name: f.required("Name").to_owned(),
            values: f.texts("Values").into_iter().map(str::to_owned).collect(),
        })
        .collect();
    if all.len() > 10 {
        return refuse(codes.many, "A call takes at most 10 filters.");
    }
    for filter in &all {
        if !names.contains(&filter.name.as_str())
            && filter.name.strip_prefix("tag:").is_none_or(str::is_empty)
        {
            return refuse(codes.name, format!("The filter `{}` is not supported.", filter.name));
        }
        if filter.values.is_empty() {
            return refuse(codes.no_values, format!("The filter `{}` has no values.", filter.name));
        }
        if filter.values.len() > most_values {
            return refuse(
                codes.many,
                format!("The filter `{}` has more than {most_values} values.", filter.name),
            );
        }
    }
    Ok(all)
}

impl Ctx<'_> {
    /// A number, which some services have as a text.
    fn number(&self, field: &str, otherwise: i64, code: &'static str) -> Result<i64, Refusal> {
        match self.params.text(field).filter(|t| !t.is_empty()) {
            None => Ok(self.params.int(field).unwrap_or(otherwise)),
            Some(text) => match text.parse() {
                Ok(number) => Ok(number),
                Err(_) => refuse(code, format!("`{field}` is `{text}`; it should be a number.")),
            },
        }
    }

    /// Where a page begins and how long it is: by default the first 20, at most 100.
    pub(super) fn page(&self, code: &'static str) -> Result<(usize, usize), Refusal> {
        let offset = self.number("Offset", 0, code)?;
        let limit = self.number("Limit", 20, code)?;
        match (usize::try_from(offset), usize::try_from(limit)) {
            (Ok(offset), Ok(limit @ 1..=100)) => Ok((offset, limit)),
            (Err(_), _) => refuse(code, format!("`Offset` is {offset}; it should be at least 0.")),
            _ => refuse(code, format!("`Limit` is {limit}; it should be from 1 to 100.")),
        }
    }
}
