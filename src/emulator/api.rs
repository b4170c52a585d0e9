//! The actions of the API and their parameters, from `assets/actions.txt`.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::LazyLock,
};

/// The type of a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum FieldType {
    Text,
    Int,
    Uint,
    Bool,
    Object(&'static str),
}

/// One field of a request or of an object in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Field {
    pub name: &'static str,
    pub required: bool,
    pub list: bool,
    pub kind: FieldType,
}

/// One action of one service.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Api {
    pub service: &'static str,
    pub version: &'static str,
    /// The documented rate limit, in calls per second.
    pub rate: f64,
    pub action: &'static str,
    pub fields: Vec<Field>,
}

impl Api {
    /// Returns whether calls of the action have to name a region.
    pub fn regional(&self) -> bool {
        matches!(self.service, "cvm" | "vpc" | "cbs")
    }
}

/// The table of all actions and objects.
#[derive(Debug, Default)]
pub(super) struct Table {
    actions: BTreeMap<(&'static str, &'static str), Api>,
    objects: BTreeMap<(&'static str, &'static str), Vec<Field>>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let mut table = Table::default();
    for line in include_str!("../../assets/actions.txt").lines() {
        read_line(&mut table, line);
    }
    table
});

/// Reads one line of the table. Malformed lines are ignored; a test compares the table with the vendor's documentation.
fn read_line(table: &mut Table, line: &'static str) -> Option<()> {
    let (head, fields) = line.split_once(':')?;
    let fields = fields.split(',').filter_map(read_field).collect();
    let words: Vec<_> = head.split(' ').collect();
    match words[..] {
        ["object", name] => {
            table.objects.insert(name.split_once('.')?, fields);
        }
        [service, version, rate, action] => {
            let api = Api { service, version, rate: rate.parse().ok()?, action, fields };
            table.actions.insert((service, action), api);
        }
        _ => {}
    }
    Some(())
}

fn read_field(text: &'static str) -> Option<Field> {
    let (name, kind) = text.trim().split_once(' ')?;
    let bare = kind.strip_prefix('[').and_then(|k| k.strip_suffix(']'));
    let kind_name = bare.unwrap_or(kind);
    Some(Field {
        name: name.trim_end_matches('!'),
        required: name.ends_with('!'),
        list: bare.is_some(),
        kind: match kind_name {
            "string" => FieldType::Text,
            "int" => FieldType::Int,
            "uint" => FieldType::Uint,
            "bool" => FieldType::Bool,
            object => FieldType::Object(object),
        },
    })
}

impl Table {
    pub fn get() -> &'static Self {
        &TABLE
    }

    /// Returns whether the built-in cloud has the service.
    pub fn has_service(&self, service: &str) -> bool {
        self.actions.keys().any(|(s, _)| *s == service)
    }

    pub fn services(&self) -> BTreeSet<&'static str> {
        self.actions.keys().map(|(service, _)| *service).collect()
    }

    /// Returns all actions, sorted by service and name.
    pub fn all(&self) -> impl Iterator<Item = &Api> {
        self.actions.values()
    }

    pub fn names(&self) -> BTreeSet<&'static str> {
        self.all().map(|api| api.action).collect()
    }

    /// Finds an action by name in any service. If several services have the action, the version decides: no two of them
    /// have it in the same version.
    pub fn find_in_any_service(&self, action: &str, version: &str) -> Option<&'static Api> {
        let mut all = TABLE.actions.values().filter(|api| api.action == action);
        all.clone().find(|api| api.version == version).or_else(|| all.next())
    }

    pub fn action(&self, service: &str, action: &str) -> Option<&'static Api> {
        TABLE.actions.iter().find(|((s, a), _)| *s == service && *a == action).map(|(_, api)| api)
    }

    /// Returns the fields of an object. An unknown object has none, so everything in it is refused.
    pub fn object(&self, service: &str, name: &str) -> &'static [Field] {
        TABLE.objects.iter().find(|((s, n), _)| *s == service && *n == name).map_or(&[], |(_, fields)| fields)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;

    /// Returns the fields of the contract in the notation of the table.
    fn contract_fields(contract: &Value) -> BTreeMap<String, String> {
        contract
            .as_object()
            .unwrap()
            .iter()
            .map(|(name, field)| {
                let kind = field["object"].as_str().or(field["type"].as_str()).unwrap();
                let kind = if field["is_list"] == true { format!("[{kind}]") } else { kind.to_owned() };
                let must = if field["required"] == true { "!" } else { "" };
                (format!("{name}{must}"), kind)
            })
            .collect()
    }

    fn table_fields(fields: &[Field]) -> BTreeMap<String, String> {
        fields
            .iter()
            .map(|f| {
                let kind = match f.kind {
                    FieldType::Text => "string",
                    FieldType::Int => "int",
                    FieldType::Uint => "uint",
                    FieldType::Bool => "bool",
                    FieldType::Object(name) => name,
                };
                let kind = if f.list { format!("[{kind}]") } else { kind.to_owned() };
                (format!("{}{}", f.name, if f.required { "!" } else { "" }), kind)
            })
            .collect()
    }

    #[test]
    fn an_action_and_a_version_identify_one_service() {
        let mut seen = BTreeSet::new();
        for api in Table::get().actions.values() {
            assert!(
                seen.insert((api.action, api.version)),
                "{} {} is in two services",
                api.action,
                api.version
            );
        }
        let service =
            |version| Table::get().find_in_any_service("DescribeRegions", version).map(|api| api.service);
        assert_eq!(service("2017-03-12"), Some("cvm"));
        assert_eq!(service("2022-06-27"), Some("region"));
        assert_eq!(Table::get().find_in_any_service("DescribeMoons", "2017-03-12"), None);
    }

    #[test]
    fn the_action_table_matches_the_contract() {
        let contract: Value = serde_json::from_str(include_str!("../../tests/it/contract.json")).unwrap();
        let table = Table::get();
        assert_eq!(table.actions.len(), 56);
        for api in table.actions.values() {
            let name = format!("{}.{}", api.service, api.action);
            let documented = &contract["actions"][&name];
            assert_eq!(api.version, documented["version"], "{name}");
            let rate = if api.service == "cvm" { 10.0 } else { 20.0 };
            assert_eq!(api.rate, documented["rate_limit_per_second"].as_f64().unwrap_or(rate), "{name}");
            assert_eq!(table_fields(&api.fields), contract_fields(&documented["request"]), "{name}");
            for field in &api.fields {
                if let FieldType::Object(object) = field.kind {
                    assert!(table.objects.contains_key(&(api.service, object)), "{name}.{object}");
                }
            }
        }
        for ((service, name), object) in &table.objects {
            let name = format!("{service}.{name}");
            assert_eq!(table_fields(object), contract_fields(&contract["objects"][&name]), "{name}");
        }
    }
}
