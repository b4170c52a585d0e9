//! The message catalogue: every text that a person reads, by id, in each language.
//!
//! The texts are in `assets/locales`, one Fluent file per language; English is the source. The build script makes a
//! constant or a struct of each message in the module `m`, so the compiler checks ids and arguments:
//!
//! - `lang.text(m::tab_images)` returns a text without arguments;
//! - `tr!(lang, rows_marked, n = 3)` formats a text with arguments in a language;
//! - `text!(rows_marked, n = 3)` makes a [`Text`], which is formatted later, when the language is known.

mod lang;
mod text;

use std::sync::OnceLock;

use fluent_bundle::{FluentArgs, FluentResource, FluentValue, concurrent::FluentBundle, types::FluentNumber};
use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement};
pub use lang::Lang;
pub use text::{Argument, Text};
pub(crate) use text::{Listed, Plain, argument, english, text, tr};
use unic_langid::LanguageIdentifier;

include!(concat!(env!("OUT_DIR"), "/messages.rs"));

/// The texts of one language.
pub(crate) struct Locale {
    /// The BCP 47 tag, such as `zh`. The file has the same name.
    tag: &'static str,
    /// All texts, concatenated in the order of their ids.
    texts: &'static str,
    /// The byte offset in `texts` at which each text ends.
    ends: &'static [usize],
}

impl Locale {
    /// Returns the text of a message without arguments, or the Fluent source of a message with arguments.
    fn get(&self, index: usize) -> &'static str {
        let start =
            index.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or_default();
        let end = self.ends.get(index).copied().unwrap_or_default();
        self.texts.get(start..end).unwrap_or_default()
    }
}

/// Formats the messages with arguments of one language.
struct Formatter {
    bundle: FluentBundle<FluentResource>,
    /// The messages by index. Each is parsed at its first use.
    messages: Vec<OnceLock<FluentResource>>,
}

impl Formatter {
    fn new(lang: Lang) -> Self {
        let tag: LanguageIdentifier = lang.as_str().parse().unwrap_or_default();
        let mut bundle = FluentBundle::new_concurrent(vec![tag]);
        bundle.set_use_isolating(false);
        #[cfg(any(test, feature = "test-support"))]
        if lang == Lang::PSEUDO {
            bundle.set_transform(Some(|text| lang::accented(text).into()));
        }
        Self { bundle, messages: (0..COUNT).map(|_| OnceLock::new()).collect() }
    }

    /// Returns the formatter of a language, and makes it at its first use.
    fn get(lang: Lang) -> Option<&'static Self> {
        static ALL: [OnceLock<Formatter>; LOCALES.len() + 1] = [const { OnceLock::new() }; LOCALES.len() + 1];
        Some(ALL.get(lang.index())?.get_or_init(|| Self::new(lang)))
    }
}

/// Formats a message in a language. `values` are the arguments in the alphabetical order of their names.
fn format(lang: Lang, index: usize, values: &[&dyn Argument]) -> String {
    let (Some(formatter), Some(names)) = (Formatter::get(lang), ARGUMENTS.get(index)) else {
        return String::new();
    };
    // The build script has parsed every message, so neither the message nor its value can be missing.
    let Some(message) = formatter.messages.get(index) else { return String::new() };
    let message = message.get_or_init(|| {
        FluentResource::try_new(lang.locale().get(index).to_owned()).unwrap_or_else(|(read, _)| read)
    });
    let Some(Entry::Message(message)) = message.get_entry(0) else { return String::new() };
    let Some(pattern) = &message.value else { return String::new() };
    if let Some(text) = joined(lang, pattern, names, values) {
        return text;
    }
    let mut args = FluentArgs::with_capacity(values.len());
    for ((name, plural), value) in names.iter().zip(values) {
        let value = value.render(lang);
        let number = if *plural { value.parse::<FluentNumber>().ok() } else { None };
        args.set(*name, number.map_or_else(|| FluentValue::from(value), FluentValue::Number));
    }
    formatter.bundle.format_pattern(pattern, Some(&args), &mut Vec::new()).into_owned()
}

/// Formats a message that selects nothing by joining its parts, as Fluent would but without its resolver: a frame has dozens
/// of them. Returns `None` for every other message, and for the pseudo language, whose texts Fluent changes.
fn joined(
    lang: Lang,
    pattern: &Pattern<&str>,
    names: &[(&str, bool)],
    values: &[&dyn Argument],
) -> Option<String> {
    if lang.index() >= LOCALES.len() {
        return None;
    }
    let mut out = String::new();
    for element in &pattern.elements {
        match element {
            PatternElement::TextElement { value } => out.push_str(value),
            PatternElement::Placeable {
                expression: Expression::Inline(InlineExpression::VariableReference { id }),
            } => {
                let at = names.iter().position(|(name, plural)| *name == id.name && !plural)?;
                out.push_str(&values.get(at)?.render(lang));
            }
            PatternElement::Placeable { .. } => return None,
        }
    }
    Some(out)
}

/// Returns a text that is formatted later.
fn owned(index: usize, values: &[&dyn Argument]) -> Text {
    Text::new(index, values.iter().map(|v| v.keep()).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_plurals_in_each_language() {
        let zh = Lang::find("zh").unwrap();
        let all: Vec<String> = [0, 1, 2, 5].map(|n| tr!(Lang::EN, count_rows, n)).into();
        assert_eq!(all, ["0 rows", "1 row", "2 rows", "5 rows"]);
        assert_eq!(tr!(zh, count_rows, n = 1), "1 \u{884c}");
    }

    #[test]
    fn messages_without_a_selection_are_joined_as_fluent_formats_them() {
        for lang in Lang::all() {
            let formatter = Formatter::get(lang).unwrap();
            let mut compared = 0;
            for (index, names) in ARGUMENTS.iter().enumerate().filter(|(_, names)| !names.is_empty()) {
                let source = FluentResource::try_new(lang.locale().get(index).to_owned()).unwrap();
                let Some(Entry::Message(message)) = source.get_entry(0) else { panic!("{index}") };
                let pattern = message.value.as_ref().unwrap();
                let values: Vec<&dyn Argument> =
                    names.iter().map(|(name, _)| name as &dyn Argument).collect();
                let args: FluentArgs =
                    names.iter().map(|(name, _)| (*name, FluentValue::from(*name))).collect();
                if let Some(text) = joined(lang, pattern, names, &values) {
                    assert_eq!(text, formatter.bundle.format_pattern(pattern, Some(&args), &mut Vec::new()));
                    compared += 1;
                }
            }
            assert!(compared > 100, "{lang:?} {compared}");
        }
    }

    #[test]
    fn a_text_is_formatted_in_the_language_that_is_asked_for() {
        let text = text!(count_rows, n = 2);
        assert_eq!((text.render(Lang::EN), text!(count_rows, n = "2") == text), ("2 rows".to_owned(), true));
        assert_eq!(text.render(Lang::PSEUDO), tr!(Lang::PSEUDO, count_rows, n = 2));
    }
}
