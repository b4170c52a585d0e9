//! A good answer as it came. A page of a list is long, and its rows are read straight from the text, one by one.

use std::collections::BTreeMap;

use serde::{Deserialize, de::DeserializeOwned};
use serde_json::{Value, value::RawValue};

use super::convert::row;
use crate::model::Region;

/// A good answer: what is inside `Response`.
#[derive(Debug)]
pub(super) struct Answer {
    pub action: &'static str,
    pub region: Option<Region>,
    pub response: Response,
    pub request_id: String,
}

/// The fields of `Response`, each as its text.
#[derive(Debug, Default)]
pub(super) struct Response(BTreeMap<String, Box<RawValue>>);

#[derive(Deserialize)]
struct Envelope<'a> {
    #[serde(borrow, rename = "Response")]
    response: &'a RawValue,
}

impl Response {
    /// Opens the envelope; nothing where it is none of the API's.
    pub fn open(bytes: &[u8]) -> Option<Self> {
        let envelope: Envelope<'_> = serde_json::from_slice(bytes).ok()?;
        serde_json::from_str(envelope.response.get()).ok().map(Self)
    }

    /// A field.
    pub fn get(&self, name: &str) -> Option<Value> {
        serde_json::from_str(self.0.get(name)?.get()).ok()
    }

    /// A field that is a text; empty where it is anything else.
    pub fn text(&self, name: &str) -> String {
        self.get(name).as_ref().and_then(Value::as_str).unwrap_or_default().to_owned()
    }

    /// All fields as one row.
    pub fn row<T: DeserializeOwned + Default>(&self) -> T {
        serde_json::to_string(&self.0).map(|text| row(&text)).unwrap_or_default()
    }

    /// The rows of a list; null is an empty one, and anything else no list.
    pub fn rows<T: DeserializeOwned + Default>(&self, set: &str) -> Option<Vec<T>> {
        let list: Option<Vec<&RawValue>> = serde_json::from_str(self.0.get(set)?.get()).ok()?;
        Some(list.unwrap_or_default().into_iter().map(|text| row(text.get())).collect())
    }
}
