//! A good answer as it came. It is read field by field and row by row: what reading takes is bounded by what was asked
//! for, whatever the answer holds.

use std::{collections::BTreeMap, fmt};

use serde::{
    Deserialize, Deserializer,
    de::{DeserializeOwned, DeserializeSeed, Error as _, MapAccess, SeqAccess, Visitor},
};
use serde_json::value::RawValue;
use tokio::sync::OwnedSemaphorePermit;

use super::{
    Error, Kind, Sent,
    convert::{Odd, row},
};
use crate::model::Region;

/// Fields of a `Response`, repeated ones counted each time; the API's answers have ten at most.
const MOST_FIELDS: usize = 64;
/// Bytes of one row. The longest that the limits of names, descriptions and tags allow has less.
const LONGEST_ROW: usize = 64 << 10;

/// A good answer: what is inside `Response`.
#[derive(Debug)]
pub(super) struct Answer {
    pub action: &'static str,
    pub region: Option<Region>,
    pub response: Response,
    pub request_id: String,
    /// Held by a large answer until it has been read, so that there is one of them at a time.
    pub _large: Option<OwnedSemaphorePermit>,
}

/// The fields of `Response`, each as its text.
#[derive(Debug, Default)]
pub(super) struct Response(BTreeMap<String, Box<RawValue>>);

/// The rows of one list of an answer.
#[derive(Debug, PartialEq)]
pub(super) struct Rows<T> {
    /// Those that could be read.
    pub read: Vec<T>,
    /// How many came.
    pub came: usize,
    /// Why the first of the others could not be read.
    pub odd: Option<Odd>,
}

/// Why a list cannot be read at all.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum NoList {
    /// There is none of that name, or it is no list.
    Absent,
    /// It has more rows than were asked for.
    TooLong,
}

#[derive(Deserialize)]
struct Envelope<'a> {
    #[serde(borrow, rename = "Response")]
    response: &'a RawValue,
}

/// `Response.Error`. Of anything else in it nothing is kept.
#[derive(Deserialize)]
struct ErrorFields<'a> {
    #[serde(borrow, rename = "Code")]
    code: Option<&'a RawValue>,
    #[serde(borrow, rename = "Message")]
    message: Option<&'a RawValue>,
}

impl Response {
    /// Opens the envelope; nothing where it is none of the API's.
    pub fn open(text: &str) -> Option<Self> {
        let envelope: Envelope<'_> = serde_json::from_str(text).ok()?;
        serde_json::from_str(envelope.response.get()).ok()
    }

    fn field<'a, T: Deserialize<'a>>(&'a self, name: &str) -> Option<T> {
        serde_json::from_str(self.0.get(name)?.get()).ok()
    }

    /// A field that is a whole number, not negative.
    pub fn number(&self, name: &str) -> Option<u64> {
        self.field(name)
    }

    /// A field that is a text; empty where it is anything else.
    pub fn text(&self, name: &str) -> String {
        self.field(name).unwrap_or_default()
    }

    /// Code and message where the answer is an error; the code is empty where it cannot be read.
    pub fn error(&self) -> Option<(String, String)> {
        let error = self.0.get("Error").map(|error| error.get()).filter(|error| *error != "null")?;
        let text = |raw: Option<&RawValue>| raw.and_then(|raw| serde_json::from_str(raw.get()).ok());
        let fields: Option<ErrorFields<'_>> =
            object(error).then(|| serde_json::from_str(error).ok()).flatten();
        let fields = fields.map(|f| (text(f.code).unwrap_or_default(), text(f.message).unwrap_or_default()));
        Some(fields.unwrap_or_default())
    }

    /// All fields as one row; an empty one where they are longer than a row can be.
    pub fn row<T: DeserializeOwned + Default>(&self) -> T {
        if self.0.values().map(|value| value.get().len()).sum::<usize>() > LONGEST_ROW {
            return T::default();
        }
        serde_json::to_string(&self.0).map(|text| row(&text)).unwrap_or_default()
    }

    /// The rows of a list, of which no more than `most` were asked for; null is an empty one. Each is read as a `W` and
    /// converted before the next one, and none after a row too many.
    ///
    /// # Errors
    /// [`NoList`]
    pub fn rows<W: DeserializeOwned + Default, T>(
        &self,
        set: &str,
        most: usize,
        mut convert: impl FnMut(W) -> Result<T, Odd>,
    ) -> Result<Rows<T>, NoList> {
        self.list(set, most, |text| match text.len() {
            _ if !object(text) => Err("it is no object".to_owned()),
            LONGEST_ROW.. => Err(format!("it is longer than {} KiB", LONGEST_ROW >> 10)),
            _ => convert(row(text)),
        })
    }

    /// The texts of a list, of which no more than `most` were asked for.
    ///
    /// # Errors
    /// [`NoList`]
    pub fn texts(&self, set: &str, most: usize) -> Result<Vec<String>, NoList> {
        let text = |text: &str| serde_json::from_str(text).map_err(|_| "it is no text".to_owned());
        Ok(self.list(set, most, text)?.read)
    }

    fn list<T>(
        &self,
        set: &str,
        most: usize,
        read: impl FnMut(&str) -> Result<T, Odd>,
    ) -> Result<Rows<T>, NoList> {
        let text = self.0.get(set).ok_or(NoList::Absent)?.get();
        let mut rows = Rows { read: Vec::new(), came: 0, odd: None };
        let list = List { rows: &mut rows, most, read };
        let whole = list.deserialize(&mut serde_json::Deserializer::from_str(text)).is_ok();
        match whole {
            true => Ok(rows),
            false if rows.came > most => Err(NoList::TooLong),
            false => Err(NoList::Absent),
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
                for _ in 0..MOST_FIELDS {
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

/// Reads a list's rows one by one.
struct List<'a, T, F> {
    rows: &'a mut Rows<T>,
    most: usize,
    read: F,
}

impl<'de, T, F: FnMut(&str) -> Result<T, Odd>> DeserializeSeed<'de> for List<'_, T, F> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<(), D::Error> {
        from.deserialize_option(self)
    }
}

impl<'de, T, F: FnMut(&str) -> Result<T, Odd>> Visitor<'de> for List<'_, T, F> {
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
            self.rows.came += 1;
            if self.rows.came > self.most {
                return Err(A::Error::custom("too many rows"));
            }
            match (self.read)(text.get()) {
                Ok(row) => self.rows.read.push(row),
                Err(odd) => drop(self.rows.odd.get_or_insert(odd)),
            }
        }
        Ok(())
    }
}

pub(super) fn incomplete(answer: &Answer) -> Error {
    lacks("the answer lacks what was asked for", answer)
}

pub(super) fn lacks(message: &str, answer: &Answer) -> Error {
    Error::ours(Kind::Unreadable, "unreadable", message, Sent::Answered)
        .at(answer.action, answer.region.as_ref())
}
