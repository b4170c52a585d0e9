//! Parses successful answers, field by field and row by row. The number of rows requested bounds the memory
//! that parsing takes, whatever the answer contains.

use std::{collections::BTreeMap, fmt};

use serde::{
    Deserialize, Deserializer,
    de::{DeserializeOwned, DeserializeSeed, Error as _, MapAccess, SeqAccess, Visitor},
};
use serde_json::value::RawValue;
use tokio::sync::OwnedSemaphorePermit;

use super::{
    Error, Kind, Sent,
    convert::{RowError, row},
};
use crate::{
    messages::{Text, text},
    model::Region,
};

/// Maximum number of fields of `Response`, counting repeated ones each time. Answers of the API have at most
/// ten.
const MAX_FIELDS: usize = 64;
/// Maximum size of a row in bytes. The API's limits for names, descriptions and tags keep rows below this.
const MAX_ROW_BYTES: usize = 64 << 10;

/// A successful answer: the contents of `Response`.
#[derive(Debug)]
pub(super) struct Answer {
    pub action: &'static str,
    pub region: Option<Region>,
    pub response: Response,
    pub request_id: String,
    /// Held while a large answer is parsed, so that only one large answer is in memory at a time.
    pub _large: Option<OwnedSemaphorePermit>,
}

/// The fields of `Response` as unparsed JSON.
#[derive(Debug, Default)]
pub(super) struct Response(BTreeMap<String, Box<RawValue>>);

/// The rows of a list in an answer.
#[derive(Debug, PartialEq)]
pub(super) struct Rows<T> {
    /// The rows that could be read.
    pub read: Vec<T>,
    /// The number of rows received.
    pub received: usize,
    /// Why the first unreadable row could not be read.
    pub first_error: Option<RowError>,
}

/// Why a list cannot be read at all.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum ListError {
    /// The field does not exist or is not a list.
    Absent,
    /// The list has more rows than were requested.
    TooLong,
}

#[derive(Deserialize)]
struct Envelope<'a> {
    #[serde(borrow, rename = "Response")]
    response: &'a RawValue,
}

/// `Response.Error`. Other fields are ignored.
#[derive(Deserialize)]
struct ErrorFields<'a> {
    #[serde(borrow, rename = "Code")]
    code: Option<&'a RawValue>,
    #[serde(borrow, rename = "Message")]
    message: Option<&'a RawValue>,
}

impl Response {
    /// Parses the envelope. Returns `None` if the text is not an answer of the API.
    pub fn open(text: &str) -> Option<Self> {
        let envelope: Envelope<'_> = serde_json::from_str(text).ok()?;
        serde_json::from_str(envelope.response.get()).ok()
    }

    fn field<'a, T: Deserialize<'a>>(&'a self, name: &str) -> Option<T> {
        serde_json::from_str(self.0.get(name)?.get()).ok()
    }

    /// Returns a field that is a non-negative integer.
    pub fn number(&self, name: &str) -> Option<u64> {
        self.field(name)
    }

    /// Returns a field that is a string; empty if it is anything else.
    pub fn text(&self, name: &str) -> String {
        self.field(name).unwrap_or_default()
    }

    /// Returns the code and the message of an error answer. The code is empty if it cannot be read.
    pub fn error(&self) -> Option<(String, String)> {
        let error = self.0.get("Error").map(|error| error.get()).filter(|error| *error != "null")?;
        let text = |raw: Option<&RawValue>| raw.and_then(|raw| serde_json::from_str(raw.get()).ok());
        let fields: Option<ErrorFields<'_>> =
            object(error).then(|| serde_json::from_str(error).ok()).flatten();
        let fields = fields.map(|f| (text(f.code).unwrap_or_default(), text(f.message).unwrap_or_default()));
        Some(fields.unwrap_or_default())
    }

    /// Parses all fields as one row. Returns the default if they exceed the size of a row.
    pub fn row<T: DeserializeOwned + Default>(&self) -> T {
        if self.0.values().map(|value| value.get().len()).sum::<usize>() > MAX_ROW_BYTES {
            return T::default();
        }
        serde_json::to_string(&self.0).map(|text| row(&text)).unwrap_or_default()
    }

    /// Parses a list of at most `most` rows; null is an empty list. Parses each row as a `W` and converts it
    /// before the next one. Stops at the first row that exceeds `most`.
    ///
    /// # Errors
    /// [`ListError`]
    pub fn rows<W: DeserializeOwned + Default, T>(
        &self,
        set: &str,
        most: usize,
        mut convert: impl FnMut(W) -> Result<T, RowError>,
    ) -> Result<Rows<T>, ListError> {
        self.list(set, most, |text| match text.len() {
            _ if !object(text) => Err(text!(cloud_row_no_object)),
            MAX_ROW_BYTES.. => Err(text!(cloud_row_too_long, limit = MAX_ROW_BYTES >> 10)),
            _ => convert(row(text)),
        })
    }

    /// Parses a list of at most `most` strings.
    ///
    /// # Errors
    /// [`ListError`]
    pub fn texts(&self, set: &str, most: usize) -> Result<Vec<String>, ListError> {
        let text = |text: &str| serde_json::from_str(text).map_err(|_| text!(cloud_row_no_text));
        Ok(self.list(set, most, text)?.read)
    }

    fn list<T>(
        &self,
        set: &str,
        most: usize,
        read: impl FnMut(&str) -> Result<T, RowError>,
    ) -> Result<Rows<T>, ListError> {
        let text = self.0.get(set).ok_or(ListError::Absent)?.get();
        let mut rows = Rows { read: Vec::new(), received: 0, first_error: None };
        let list = List { rows: &mut rows, most, read };
        let whole = list.deserialize(&mut serde_json::Deserializer::from_str(text)).is_ok();
        match whole {
            true => Ok(rows),
            false if rows.received > most => Err(ListError::TooLong),
            false => Err(ListError::Absent),
        }
    }
}

fn object(text: &str) -> bool {
    text.starts_with('{')
}

impl<'de> Deserialize<'de> for Response {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Fields;

        impl<'de> Visitor<'de> for Fields {
            type Value = Response;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Response, A::Error> {
                let mut fields = BTreeMap::new();
                for _ in 0..MAX_FIELDS {
                    match map.next_entry()? {
                        Some((name, value)) => drop(fields.insert(name, value)),
                        None => return Ok(Response(fields)),
                    }
                }
                Err(A::Error::custom("too many fields"))
            }
        }

        from.deserialize_map(Fields)
    }
}

/// Parses the rows of a list one by one.
struct List<'a, T, F> {
    rows: &'a mut Rows<T>,
    most: usize,
    read: F,
}

impl<'de, T, F: FnMut(&str) -> Result<T, RowError>> DeserializeSeed<'de> for List<'_, T, F> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<(), D::Error> {
        from.deserialize_option(self)
    }
}

impl<'de, T, F: FnMut(&str) -> Result<T, RowError>> Visitor<'de> for List<'_, T, F> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list")
    }

    fn visit_none<E>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_some<D: Deserializer<'de>>(self, from: D) -> Result<(), D::Error> {
        from.deserialize_seq(self)
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut list: A) -> Result<(), A::Error> {
        while let Some(text) = list.next_element::<&RawValue>()? {
            self.rows.received += 1;
            if self.rows.received > self.most {
                return Err(A::Error::custom("too many rows"));
            }
            match (self.read)(text.get()) {
                Ok(row) => self.rows.read.push(row),
                Err(first_error) => drop(self.rows.first_error.get_or_insert(first_error)),
            }
        }
        Ok(())
    }
}

pub(super) fn incomplete(answer: &Answer) -> Error {
    incomplete_because(text!(cloud_answer_incomplete), answer)
}

pub(super) fn incomplete_because(message: Text, answer: &Answer) -> Error {
    Error::local(Kind::Unreadable, "unreadable", message, Sent::Answered)
        .at(answer.action, answer.region.as_ref())
}
