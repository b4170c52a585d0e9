//! Texts that are formatted later, and the arguments of messages.

use std::fmt::Display;

use crate::messages::{ARGUMENTS, Lang, format, m};

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
        Some(format(lang, self.0, &values))
    }
}

/// An argument of a message: a value that implements `Display`, or another text.
pub trait Argument {
    /// Returns the argument in a language.
    fn render(&self, lang: Lang) -> String;

    /// Returns a copy that can be rendered later.
    fn keep(&self) -> Value;
}

impl<T: Display> Argument for T {
    fn render(&self, _lang: Lang) -> String {
        self.to_string()
    }

    fn keep(&self) -> Value {
        Value::Literal(self.to_string())
    }
}

impl Argument for Text {
    fn render(&self, lang: Lang) -> String {
        Self::render(self, lang)
    }

    fn keep(&self) -> Value {
        Value::Text(self.clone())
    }
}

impl Argument for &Text {
    fn render(&self, lang: Lang) -> String {
        Text::render(self, lang)
    }

    fn keep(&self) -> Value {
        Value::Text((*self).clone())
    }
}

impl Argument for Plain {
    fn render(&self, lang: Lang) -> String {
        lang.text(*self).to_owned()
    }

    fn keep(&self) -> Value {
        Value::Text(Text::from(*self))
    }
}

/// An argument that is stored in a [`Text`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// Is the same in every language.
    Literal(String),
    /// Is a text with its own translation.
    Text(Text),
}

impl Value {
    fn map_literals(self, change: &dyn Fn(&str) -> String) -> Self {
        match self {
            Self::Literal(text) => Self::Literal(change(&text)),
            Self::Text(text) => Self::Text(text.map_literals(change)),
        }
    }

    fn render(&self, lang: Lang) -> String {
        match self {
            Self::Literal(text) => text.clone(),
            Self::Text(text) => text.render(lang),
        }
    }
}

impl Argument for Value {
    fn render(&self, lang: Lang) -> String {
        Self::render(self, lang)
    }

    fn keep(&self) -> Value {
        self.clone()
    }
}

/// A text that is formatted when it is shown: a message with its arguments, a list of texts, or a literal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text(Content);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Content {
    Message(usize, Box<[Value]>),
    List(Box<[Value]>),
    Literal(String),
}

impl Text {
    pub(super) fn new(index: usize, values: Box<[Value]>) -> Self {
        Self(Content::Message(index, values))
    }

    /// Returns a list whose entries are separated by commas.
    pub fn list<T: Argument>(all: impl IntoIterator<Item = T>) -> Self {
        Self(Content::List(all.into_iter().map(|entry| entry.keep()).collect()))
    }

    /// Returns the text with `change` applied to its literal arguments, for example to neutralise names from outside.
    pub fn map_literals(self, change: &dyn Fn(&str) -> String) -> Self {
        let map = |all: Box<[Value]>| all.into_iter().map(|value| value.map_literals(change)).collect();
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
                format(lang, *index, &values)
            }
        }
    }
}

impl Default for Text {
    fn default() -> Self {
        Self(Content::Literal(String::new()))
    }
}

/// Makes a text that is the same in every language.
impl From<String> for Text {
    fn from(text: String) -> Self {
        Self(Content::Literal(text))
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
