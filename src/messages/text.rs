//! Texts that are formatted later, and the arguments of messages.

use std::fmt::Display;

use serde::{Deserialize, Deserializer, Serialize, Serializer, ser::SerializeStruct};

use crate::messages::{self, ARGUMENTS, IDS, Lang, m};

/// The id of a message without arguments.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Plain(pub(super) usize);

/// The id of a message in a numbered list, such as the variants of a rule's sentence. Its arguments are not checked
/// by the compiler.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Listed(pub(super) usize);

impl Listed {
    /// Returns the names of the arguments.
    #[cfg(test)]
    pub fn arguments(self) -> impl Iterator<Item = &'static str> {
        ARGUMENTS.get(self.0).into_iter().flat_map(|all| all.iter().map(|(name, _)| *name))
    }

    /// Returns the message in a language. Only for messages without arguments.
    pub fn text(self, lang: Lang) -> &'static str {
        lang.text(Plain(self.0))
    }

    /// Formats the message with the values that `get` returns for its arguments. Returns `None` if one of them is
    /// missing.
    pub fn render(self, lang: Lang, get: &dyn Fn(&str) -> Option<String>) -> Option<String> {
        let names = ARGUMENTS.get(self.0)?;
        if names.is_empty() {
            return Some(lang.text(Plain(self.0)).to_owned());
        }
        let values: Vec<String> = names.iter().map(|(name, _)| get(name)).collect::<Option<_>>()?;
        let values: Vec<&dyn Argument> = values.iter().map(|v| v as &dyn Argument).collect();
        Some(messages::format(lang, self.0, &values))
    }
}

/// An argument of a message: a value that implements `Display`, or another text.
pub trait Argument {
    /// Returns the argument in a language.
    fn render(&self, lang: Lang) -> String;

    /// Returns a copy that can be rendered later.
    fn keep(&self) -> Text;
}

impl<T: Display> Argument for T {
    fn render(&self, _lang: Lang) -> String {
        self.to_string()
    }

    fn keep(&self) -> Text {
        Text::from(self.to_string())
    }
}

impl Argument for Text {
    fn render(&self, lang: Lang) -> String {
        Self::render(self, lang)
    }

    fn keep(&self) -> Text {
        self.clone()
    }
}

impl Argument for &Text {
    fn render(&self, lang: Lang) -> String {
        Text::render(self, lang)
    }

    fn keep(&self) -> Text {
        (*self).clone()
    }
}

impl Argument for Plain {
    fn render(&self, lang: Lang) -> String {
        lang.text(*self).to_owned()
    }

    fn keep(&self) -> Text {
        Text::from(*self)
    }
}

/// A text that is formatted when it is shown: a message with its arguments, a list of texts, or a literal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text(Content);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Content {
    Message(usize, Box<[Text]>),
    List(Box<[Text]>),
    Literal(String),
}

impl Text {
    pub(super) fn new(index: usize, values: Box<[Text]>) -> Self {
        Self(Content::Message(index, values))
    }

    /// Returns the text if it is no message of the catalogue but the same in every language, such as a text from outside.
    pub fn as_literal(&self) -> Option<&str> {
        match &self.0 {
            Content::Literal(text) => Some(text),
            _ => None,
        }
    }

    /// Returns a list whose entries are separated by commas.
    pub fn list<T: Argument>(all: impl IntoIterator<Item = T>) -> Self {
        Self(Content::List(all.into_iter().map(|entry| entry.keep()).collect()))
    }

    /// Returns the text with `change` applied to its literal arguments, for example to neutralise names from outside.
    pub fn map_literals(self, change: &dyn Fn(&str) -> String) -> Self {
        let map = |all: Box<[Text]>| all.into_iter().map(|text| text.map_literals(change)).collect();
        Self(match self.0 {
            Content::Message(index, values) => Content::Message(index, map(values)),
            Content::List(values) => Content::List(map(values)),
            Content::Literal(text) => Content::Literal(change(&text)),
        })
    }

    /// Returns the text in a language.
    pub fn render(&self, lang: Lang) -> String {
        match &self.0 {
            Content::List(all) => {
                let all: Vec<String> = all.iter().map(|entry| entry.render(lang)).collect();
                all.join(lang.text(m::common_list_comma))
            }
            Content::Literal(text) => text.clone(),
            Content::Message(index, values) if values.is_empty() => lang.text(Plain(*index)).to_owned(),
            Content::Message(index, values) => {
                let values: Vec<&dyn Argument> = values.iter().map(|v| v as &dyn Argument).collect();
                messages::format(lang, *index, &values)
            }
        }
    }
}

impl Default for Text {
    fn default() -> Self {
        Self(Content::Literal(String::new()))
    }
}

/// Files hold a literal as a string, a message as `{"id": "job_lost", "args": [...]}` with the arguments in the order of
/// their names, and a list as `{"list": [...]}`.
impl Serialize for Text {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        match &self.0 {
            Content::Literal(text) => to.serialize_str(text),
            Content::List(all) => {
                let mut list = to.serialize_struct("Text", 1)?;
                list.serialize_field("list", all)?;
                list.end()
            }
            Content::Message(index, args) => {
                let mut message = to.serialize_struct("Text", 2)?;
                message.serialize_field("id", IDS.lines().nth(*index).unwrap_or_default())?;
                message.serialize_field("args", args)?;
                message.end()
            }
        }
    }
}

/// A message that this version does not know, or knows with other arguments, becomes a literal of id and arguments.
impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Stored {
            Literal(String),
            List {
                list: Box<[Text]>,
            },
            Message {
                id: String,
                #[serde(default)]
                args: Box<[Text]>,
            },
        }
        let (id, args) = match Stored::deserialize(from)? {
            Stored::Literal(text) => return Ok(Self::from(text)),
            Stored::List { list } => return Ok(Self(Content::List(list))),
            Stored::Message { id, args } => (id, args),
        };
        let index = IDS.lines().position(|known| known == id);
        let index =
            index.filter(|index| ARGUMENTS.get(*index).is_some_and(|names| names.len() == args.len()));
        Ok(match index {
            Some(index) => Self::new(index, args),
            None if args.is_empty() => Self::from(id),
            None => Self::from(format!("{id}: {}", Self(Content::List(args)).render(Lang::EN))),
        })
    }
}

/// Makes a text that is the same in every language.
impl From<String> for Text {
    fn from(text: String) -> Self {
        Self(Content::Literal(text))
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Self {
        Self::from(text.to_owned())
    }
}

impl From<Plain> for Text {
    fn from(message: Plain) -> Self {
        Self(Content::Message(message.0, Box::new([])))
    }
}

/// Formats a message with arguments in a language: `tr!(lang, rows_marked, n = marked.len(), name)`.
macro_rules! tr {
    ($lang:expr, $id:ident $(, $name:ident $(= $value:expr)?)+ $(,)?) => {
        $crate::messages::m::$id {
            $($name: $crate::messages::argument!($name $(= $value)?)),+
        }
        .render($lang)
    };
}
pub(crate) use tr;

/// Makes a [`Text`] of a message and its arguments: `text!(rows_marked, n = marked.len(), name)`.
macro_rules! text {
    ($id:ident) => { $crate::messages::Text::from($crate::messages::m::$id) };
    ($id:ident $(, $name:ident $(= $value:expr)?)+ $(,)?) => {
        $crate::messages::m::$id {
            $($name: $crate::messages::argument!($name $(= $value)?)),+
        }
        .text()
    };
}
pub(crate) use text;

/// Expands to the reference to one argument of a message.
macro_rules! argument {
    ($name:ident) => {
        &$name
    };
    ($name:ident = $value:expr) => {
        &$value
    };
}
pub(crate) use argument;

/// Implements `Display` for an error with a method `text`, in English, for logs and tests. Users see `text` in their
/// language.
macro_rules! english {
    ($error:ty) => {
        impl std::fmt::Display for $error {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.text().render($crate::messages::Lang::EN))
            }
        }
    };
}
pub(crate) use english;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_keep_the_message_and_its_arguments() {
        let inner = text!(job_unreachable, hours = 6);
        for (text, json) in [
            (Text::from("The image is not found."), r#""The image is not found.""#),
            (text!(job_not_shown), r#"{"id":"job_not_shown","args":[]}"#),
            (inner.clone(), r#"{"id":"job_unreachable","args":["6"]}"#),
            (Text::list([Text::from("a"), inner]), r#"{"list":["a",{"id":"job_unreachable","args":["6"]}]}"#),
        ] {
            assert_eq!(serde_json::to_string(&text).unwrap(), json);
            assert_eq!(serde_json::from_str::<Text>(json).unwrap(), text);
        }
    }

    #[test]
    fn unknown_messages_are_read_as_their_id_and_arguments() {
        for (json, text) in [
            (
                r#"{"id":"job_of_tomorrow","args":["a",{"id":"job_unreachable","args":[]}]}"#,
                "job_of_tomorrow: a, job_unreachable",
            ),
            (r#"{"id":"job_of_tomorrow"}"#, "job_of_tomorrow"),
            (r#"{"id":"job_unreachable","args":["6","7"]}"#, "job_unreachable: 6, 7"),
        ] {
            assert_eq!(serde_json::from_str::<Text>(json).unwrap(), Text::from(text), "{json}");
        }
    }
}
