//! The parameters of a call, parsed from JSON, a query or a form, and checked against the table of actions.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::{
    api::{Api, Field, FieldType, Table},
    refusal::{Refusal, refuse},
};

/// Checked parameters. A null value counts as absent.
#[derive(Debug, Clone, Default)]
pub(super) struct Params(Map<String, Value>);

impl Params {
    /// Parses the body of a POST.
    pub fn from_json(api: &Api, body: &[u8]) -> Result<Self, Refusal> {
        if body.trim_ascii().is_empty() {
            return Self::checked(api, Map::new(), false);
        }
        match serde_json::from_slice(body) {
            Ok(Value::Object(map)) => Self::checked(api, map, false),
            Ok(_) => refuse("InvalidRequest", "The request body is not a JSON object."),
            Err(e) => refuse("InvalidRequest", format!("The request body is not valid JSON: {e}.")),
        }
    }

    /// Parses the query of a GET: `Filters.0.Name=image-name&Filters.0.Values.0=web&Limit=1`.
    pub fn from_query(api: &Api, query: &str) -> Result<Self, Refusal> {
        let pairs = query.split('&').filter(|p| !p.is_empty()).map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            (unescape(name), unescape(value))
        });
        Self::from_pairs(api, pairs)
    }

    /// Parses the unescaped parameters of a query or a form.
    pub fn from_pairs(api: &Api, pairs: impl Iterator<Item = (String, String)>) -> Result<Self, Refusal> {
        let mut tree = Tree::default();
        for (name, value) in pairs {
            tree.insert(&name, value);
        }
        match tree.into_value() {
            Value::Object(map) => Self::checked(api, map, true),
            _ => Self::checked(api, Map::new(), true),
        }
    }

    fn checked(api: &Api, map: Map<String, Value>, loose: bool) -> Result<Self, Refusal> {
        check_object(api.service, &api.fields, map, "", loose).map(Self)
    }

    /// Returns a text parameter.
    pub fn text(&self, name: &str) -> Option<&str> {
        self.0.get(name)?.as_str()
    }

    /// Returns a text parameter that is not empty. Some clients send empty texts for absent parameters.
    pub fn given(&self, name: &str) -> Option<&str> {
        self.text(name).filter(|text| !text.is_empty())
    }

    /// Returns a text parameter, or an empty text if it is absent.
    pub fn str(&self, name: &str) -> &str {
        self.text(name).unwrap_or_default()
    }

    /// Returns an integer parameter.
    pub fn int(&self, name: &str) -> Option<i64> {
        self.0.get(name)?.as_i64()
    }

    /// Returns a boolean parameter, or false if it is absent.
    pub fn is(&self, name: &str) -> bool {
        self.flag(name).unwrap_or_default()
    }

    /// Returns a boolean parameter.
    pub fn flag(&self, name: &str) -> Option<bool> {
        self.0.get(name)?.as_bool()
    }

    /// Returns a list of texts, empty if it is absent.
    pub fn texts(&self, name: &str) -> Vec<&str> {
        self.list(name).iter().filter_map(Value::as_str).collect()
    }

    /// Returns a list of owned texts, empty if it is absent.
    pub fn strings(&self, name: &str) -> Vec<String> {
        self.texts(name).into_iter().map(str::to_owned).collect()
    }

    /// Returns a list of objects, empty if it is absent.
    pub fn objects(&self, name: &str) -> Vec<Params> {
        self.list(name).iter().filter_map(Value::as_object).cloned().map(Params).collect()
    }

    /// Returns an object, empty if it is absent.
    pub fn object(&self, name: &str) -> Params {
        self.0.get(name).and_then(Value::as_object).cloned().map(Params).unwrap_or_default()
    }

    /// Returns whether the parameter is given.
    pub fn has(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }

    fn list(&self, name: &str) -> &[Value] {
        self.0.get(name).and_then(Value::as_array).map_or(&[], Vec::as_slice)
    }

    /// Returns the parameters for the log of calls, with secrets replaced.
    pub fn for_log(&self) -> Value {
        let mut map = self.0.clone();
        if let Some(Value::Object(login)) = map.get_mut("LoginSettings")
            && let Some(password) = login.get_mut("Password")
        {
            *password = "(hidden)".into();
        }
        for name in ["UserData", "TokenCode", "Password"] {
            if let Some(value) = map.get_mut(name) {
                *value = "(hidden)".into();
            }
        }
        Value::Object(map)
    }
}

fn check_object(
    service: &str,
    fields: &[Field],
    map: Map<String, Value>,
    path: &str,
    loose: bool,
) -> Result<Map<String, Value>, Refusal> {
    let mut good = Map::new();
    for (name, value) in map {
        let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
        let Some(field) = fields.iter().find(|f| f.name == name) else {
            return refuse("UnknownParameter", format!("The parameter `{path}` is not recognized."));
        };
        if value.is_null() {
            continue;
        }
        let value = if field.list {
            let Value::Array(values) = value else {
                return refuse("InvalidParameter", format!("The parameter `{path}` should be an array."));
            };
            let mut list = Vec::with_capacity(values.len());
            for (n, value) in values.into_iter().enumerate() {
                list.push(check_value(service, field.kind, value, &format!("{path}.{n}"), loose)?);
            }
            Value::Array(list)
        } else {
            check_value(service, field.kind, value, &path, loose)?
        };
        good.insert(name, value);
    }
    for field in fields.iter().filter(|f| f.required) {
        if !good.contains_key(field.name) {
            let name = if path.is_empty() { field.name.to_owned() } else { format!("{path}.{}", field.name) };
            let message = format!("The request is missing a required parameter `{name}`.");
            return refuse("MissingParameter", message);
        }
    }
    Ok(good)
}

fn check_value(
    service: &str,
    kind: FieldType,
    value: Value,
    path: &str,
    loose: bool,
) -> Result<Value, Refusal> {
    let wrong = |wanted: &str| {
        refuse("InvalidParameter", format!("The value type of parameter `{path}` is not valid: {wanted}."))
    };
    match (kind, value) {
        (FieldType::Text, value @ Value::String(_)) | (FieldType::Bool, value @ Value::Bool(_)) => Ok(value),
        (FieldType::Int, Value::Number(n)) if n.is_i64() => Ok(Value::Number(n)),
        (FieldType::Uint, Value::Number(n)) if n.as_i64().is_some_and(|n| n >= 0) => Ok(Value::Number(n)),
        // A query has only texts; the table says which type each has.
        (FieldType::Int, Value::String(text)) if loose => match text.parse::<i64>() {
            Ok(n) => Ok(n.into()),
            Err(_) => wrong("it should be an integer"),
        },
        (FieldType::Uint, Value::String(text)) if loose => match text.parse::<u32>() {
            Ok(n) => Ok(n.into()),
            Err(_) => wrong("it should be an unsigned integer"),
        },
        (FieldType::Bool, Value::String(text)) if loose => match text.as_str() {
            "true" | "True" | "1" => Ok(true.into()),
            "false" | "False" | "0" => Ok(false.into()),
            _ => wrong("it should be a boolean"),
        },
        (FieldType::Object(name), Value::Object(map)) => {
            check_object(service, Table::get().object(service, name), map, path, loose).map(Value::Object)
        }
        (FieldType::Text, _) => wrong("it should be a string"),
        (FieldType::Int, _) => wrong("it should be an integer"),
        (FieldType::Uint, _) => wrong("it should be an unsigned integer"),
        (FieldType::Bool, _) => wrong("it should be a boolean"),
        (FieldType::Object(_), _) => wrong("it should be an object"),
    }
}

/// The tree of a flattened query.
#[derive(Debug, Default)]
struct Tree {
    leaf: Option<String>,
    // The key of an index is its length and its digits, so that `10` sorts after `9`. Other keys have length 0.
    parts: BTreeMap<(usize, String), Tree>,
}

impl Tree {
    fn insert(&mut self, name: &str, value: String) {
        let mut at = self;
        // No field of the table is deeper than five levels. The limit keeps a hostile path from building a deep tree.
        for part in name.splitn(8, '.') {
            let key = if is_index(part) { (part.len(), part.to_owned()) } else { (0, part.to_owned()) };
            at = at.parts.entry(key).or_default();
        }
        at.leaf = Some(value);
    }

    fn into_value(self) -> Value {
        if self.parts.is_empty() {
            return self.leaf.map_or(Value::Null, Value::String);
        }
        if self.parts.keys().all(|(_, part)| is_index(part)) {
            return self.parts.into_values().map(Tree::into_value).collect();
        }
        Value::Object(self.parts.into_iter().map(|((_, part), tree)| (part, tree.into_value())).collect())
    }
}

fn is_index(part: &str) -> bool {
    !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit())
}

/// Decodes `%XX` and `+`. Malformed escapes stay as they are.
pub(super) fn unescape(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        at += 1;
        match byte {
            b'+' => out.push(b' '),
            b'%' => match bytes.get(at..at + 2).and_then(|two| hex::decode(two).ok()) {
                Some(decoded) => {
                    out.extend(decoded);
                    at += 2;
                }
                None => out.push(b'%'),
            },
            _ => out.push(byte),
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn json(action: &str, body: &str) -> Result<Value, (String, String)> {
        let api = Table::get().action("cvm", action).unwrap();
        Params::from_json(api, body.as_bytes())
            .map(|p| Value::Object(p.0))
            .map_err(|r| (r.code.into_owned(), r.message))
    }

    #[test]
    fn a_body_is_checked_field_by_field() {
        assert_eq!(json("DescribeImageQuota", "").unwrap(), serde_json::json!({}));
        assert_eq!(
            json("DescribeImages", r#"{"Limit": 5, "InstanceType": null}"#).unwrap(),
            serde_json::json!({"Limit": 5})
        );
        for (action, body, code, message) in [
            ("DescribeImages", "[]", "InvalidRequest", "The request body is not a JSON object."),
            ("DescribeImages", r#"{"Foo": 1}"#, "UnknownParameter", "The parameter `Foo` is not recognized."),
            (
                "DescribeImages",
                r#"{"Filters": [{"Name": "x", "Values": [], "Value": 1}]}"#,
                "UnknownParameter",
                "The parameter `Filters.0.Value` is not recognized.",
            ),
            (
                "DescribeImages",
                r#"{"Filters": [{"Name": "x"}]}"#,
                "MissingParameter",
                "The request is missing a required parameter `Filters.0.Values`.",
            ),
            (
                "DescribeImages",
                r#"{"ImageIds": "img-6pb6lrmy"}"#,
                "InvalidParameter",
                "The parameter `ImageIds` should be an array.",
            ),
            (
                "DescribeImages",
                r#"{"Limit": -1}"#,
                "InvalidParameter",
                "The value type of parameter `Limit` is not valid: it should be an unsigned integer.",
            ),
            (
                "DescribeImages",
                r#"{"Limit": "5"}"#,
                "InvalidParameter",
                "The value type of parameter `Limit` is not valid: it should be an unsigned integer.",
            ),
            (
                "SyncImages",
                r#"{"ImageIds": [1], "DestinationRegions": []}"#,
                "InvalidParameter",
                "The value type of parameter `ImageIds.0` is not valid: it should be a string.",
            ),
            (
                "SyncImages",
                r#"{"ImageIds": ["img-6pb6lrmy"]}"#,
                "MissingParameter",
                "The request is missing a required parameter `DestinationRegions`.",
            ),
        ] {
            assert_eq!(json(action, body), Err((code.to_owned(), message.to_owned())), "{body}");
        }
        assert_eq!(json("DescribeImages", "{").unwrap_err().0, "InvalidRequest");
    }

    #[test]
    fn a_query_parses_like_the_equivalent_body() {
        let api = Table::get().action("cvm", "DescribeImages").unwrap();
        let query = "Filters.0.Name=image-name&Filters.0.Values.0=%E7%94%9F+x&Filters.0.Values.10=c&Filters.0.Values.9=b&Limit=5";
        let got = Params::from_query(api, query).unwrap().0;
        let want = serde_json::json!({
            "Filters": [{"Name": "image-name", "Values": ["\u{751f} x", "b", "c"]}], "Limit": 5,
        });
        assert_eq!(Value::Object(got), want);
        let sync = Table::get().action("cvm", "SyncImages").unwrap();
        let got = Params::from_query(sync, "ImageIds.0=a&DestinationRegions.0=b&DryRun=True").unwrap();
        assert!(got.is("DryRun"));
        for bad in ["Limit=many", "Limit=-1", "ImageIds=x", "%", "a.b.c.d.e.f.g.h.i.j.k=1"] {
            assert!(Params::from_query(api, bad).is_err(), "{bad}");
        }
    }
}
