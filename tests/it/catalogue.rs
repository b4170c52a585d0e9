//! The message catalogue: every language has the same messages with the same arguments, and each formats for all
//! numbers.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use fluent_bundle::{FluentArgs, FluentBundle, FluentResource};
use fluent_syntax::ast::{
    Entry, Expression, InlineExpression, Message, Pattern, PatternElement, Resource, VariantKey,
};

/// Messages that may be empty.
const EMPTY: &[&str] = &[];
/// The numbers that each plural is formatted with.
const NUMBERS: [u64; 4] = [0, 1, 2, 5];

type Catalogue = BTreeMap<String, Pattern<String>>;

/// How a message uses an argument.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Use {
    /// It is part of the text.
    shown: bool,
    /// A plural form is chosen by it.
    plural: bool,
}

fn parse(text: &str) -> Catalogue {
    let resource: Resource<String> = fluent_syntax::parser::parse(text.to_owned()).unwrap();
    let mut all = Catalogue::new();
    for entry in resource.body {
        if let Entry::Message(Message { id, value: Some(value), .. }) = entry {
            assert!(all.insert(id.name.clone(), value).is_none(), "{} is there twice", id.name);
        }
    }
    all
}

/// The text of each language's file, English first.
fn files() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/locales");
    let mut all: Vec<(String, String)> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|e| e == "ftl"))
        .map(|path| {
            let tag = path.file_stem().unwrap().to_str().unwrap().to_owned();
            (tag, std::fs::read_to_string(path).unwrap())
        })
        .collect();
    all.sort_by_key(|(tag, _)| (tag != "en", tag.clone()));
    assert!(all.len() > 1 && all[0].0 == "en");
    all
}

fn uses(pattern: &Pattern<String>, all: &mut BTreeMap<String, Use>) {
    for element in &pattern.elements {
        let PatternElement::Placeable { expression } = element else { continue };
        match expression {
            Expression::Inline(InlineExpression::VariableReference { id }) => {
                all.entry(id.name.clone()).or_default().shown = true;
            }
            Expression::Inline(_) => {}
            Expression::Select { selector: InlineExpression::VariableReference { id }, variants } => {
                let plural = variants.iter().any(|v| match &v.key {
                    VariantKey::Identifier { name } => name == "one",
                    VariantKey::NumberLiteral { .. } => true,
                });
                all.entry(id.name.clone()).or_default().plural |= plural;
                variants.iter().for_each(|v| uses(&v.value, all));
            }
            Expression::Select { .. } => panic!("{expression:?}"),
        }
    }
}

fn arguments(pattern: &Pattern<String>) -> BTreeMap<String, Use> {
    let mut all = BTreeMap::new();
    uses(pattern, &mut all);
    all
}

/// What differs between English and another language: messages, and arguments that one of them does not use. An argument
/// by which English only chooses a plural form may be missing.
fn differences(english: &Catalogue, other: &Catalogue) -> Vec<String> {
    let ids: BTreeSet<&String> = english.keys().chain(other.keys()).collect();
    let mut all = Vec::new();
    for id in ids {
        let (Some(en), Some(own)) = (english.get(id), other.get(id)) else {
            all.push(format!("{id} is not in both"));
            continue;
        };
        let (en, own) = (arguments(en), arguments(own));
        all.extend(own.keys().filter(|a| !en.contains_key(*a)).map(|a| format!("{id}: English has no ${a}")));
        let shown = en.iter().filter(|(_, u)| u.shown).map(|(a, _)| a);
        all.extend(shown.filter(|a| !own.contains_key(*a)).map(|a| format!("{id}: ${a} is missing")));
    }
    all
}

/// The texts of a message: each plural argument is each of [`NUMBERS`], the others are their names in brackets.
fn formatted(tag: &str, text: &str) -> Vec<(String, Vec<String>)> {
    let mut bundle = FluentBundle::new(vec![tag.parse().unwrap()]);
    bundle.set_use_isolating(false);
    bundle.add_resource(FluentResource::try_new(text.to_owned()).unwrap()).unwrap();
    let mut all = Vec::new();
    for (id, pattern) in parse(text) {
        let uses = arguments(&pattern);
        let texts = NUMBERS.map(|number| {
            let mut args = FluentArgs::new();
            for (name, used) in &uses {
                match used.plural {
                    true => args.set(name.clone(), number),
                    false => args.set(name.clone(), format!("<{name}>")),
                }
            }
            let mut errors = Vec::new();
            let value = bundle.get_message(&id).unwrap().value().unwrap();
            let text = bundle.format_pattern(value, Some(&args), &mut errors).into_owned();
            assert!(errors.is_empty(), "{tag}.ftl: {id} with {number}: {errors:?}");
            text
        });
        all.push((id, texts.into()));
    }
    all
}

/// The plural messages whose text for 1 is the one for 2, but for the number.
fn without_a_singular(text: &str) -> Vec<String> {
    let plural: BTreeSet<String> = parse(text)
        .into_iter()
        .filter(|(_, pattern)| arguments(pattern).values().any(|u| u.plural))
        .map(|(id, _)| id)
        .collect();
    let wrong = formatted("en", text).into_iter().filter(|(id, texts)| {
        plural.contains(id) && texts[1].replace(['1', '2'], "#") == texts[2].replace(['1', '2'], "#")
    });
    wrong.map(|(id, _)| id).collect()
}

/// A number before a plural noun, such as `1 regions`.
fn wrong_singulars(text: &str) -> Vec<String> {
    let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    let wrong = |text: &String| {
        let plural = |word: &str| {
            let word = word.trim_matches(|c: char| !c.is_alphabetic());
            word.len() > 3 && word.ends_with('s') && !word.ends_with("ss") && !VERBS.contains(&word)
        };
        words(text).windows(2).any(|pair| pair[0] == "1" && plural(&pair[1]))
    };
    let all = formatted("en", text).into_iter().filter(|(_, texts)| wrong(&texts[1]));
    all.map(|(id, texts)| format!("{id}: {}", texts[1])).collect()
}

/// Words that may follow a 1 though they end in s.
const VERBS: &[&str] = &["keeps", "continues"];

/// What a Chinese text should not have: ASCII quotes, tabs, and ASCII punctuation between Chinese characters.
fn wrong_in_chinese(text: &str) -> Vec<String> {
    let han = |c: Option<&char>| c.is_some_and(|c| ('\u{4e00}'..='\u{9fff}').contains(c));
    let mut all = Vec::new();
    for (id, texts) in formatted("zh", text) {
        let chars: Vec<char> = texts[2].chars().collect();
        let ascii = |n: usize| {
            matches!(chars[n], ',' | ';' | ':' | '?' | '!' | '.' | '(' | ')')
                && n > 0
                && han(chars.get(n - 1))
                && han(chars.get(n + 1))
        };
        if texts[2].contains(['\'', '\t']) || (0..chars.len()).any(ascii) {
            all.push(format!("{id}: {}", texts[2]));
        }
    }
    all
}

#[test]
fn every_language_has_the_messages_and_arguments_of_english() {
    let files = files();
    let english = parse(&files[0].1);
    for (tag, text) in &files[1..] {
        assert_eq!(differences(&english, &parse(text)), [""; 0], "{tag}.ftl");
    }
    let broken = "a = { $x } and { $y }\nc = { $n }\n";
    let wanted = ["a: English has no $z", "a: $y is missing", "b is not in both", "c is not in both"];
    assert_eq!(differences(&parse(broken), &parse("a = { $x } { $z }\nb = \n  x\n")), wanted);
}

#[test]
fn every_message_formats_for_all_numbers_and_none_is_empty() {
    for (tag, text) in files() {
        let empty = formatted(&tag, &text).into_iter();
        let empty: Vec<String> =
            empty.filter(|(_, texts)| texts.iter().any(|t| t.trim().is_empty())).map(|(id, _)| id).collect();
        assert_eq!(empty, EMPTY, "{tag}.ftl");
    }
}

#[test]
fn english_plurals_have_a_singular() {
    let text = &files()[0].1;
    assert_eq!(without_a_singular(text), [""; 0]);
    assert_eq!(wrong_singulars(text), [""; 0]);
    let broken = "a = { $n ->\n    [one] { $n } rows\n   *[other] { $n } rows\n }\n";
    assert_eq!((without_a_singular(broken).len(), wrong_singulars(broken).len()), (1, 1));
}

#[test]
fn chinese_texts_have_chinese_punctuation() {
    let (_, text) = files().into_iter().find(|(tag, _)| tag == "zh").unwrap();
    assert_eq!(wrong_in_chinese(&text), [""; 0]);
    assert_eq!(wrong_in_chinese("a = \u{662f},\u{5426}\nb = it's\nc = \u{662f}\u{ff0c}\u{5426}\n").len(), 2);
}

/// Every text is in the catalogue: no source file has a Chinese character or a full-width sign.
#[test]
fn no_source_file_has_chinese_text() {
    fn add(folder: &Path, found: &mut Vec<String>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                add(&path, found);
                continue;
            }
            let text = fs::read_to_string(&path).unwrap();
            let chinese = |c: char| matches!(c, '\u{3000}'..='\u{303f}' | '\u{4e00}'..='\u{9fff}' | '\u{ff00}'..='\u{ffef}');
            let lines = text.lines().enumerate().filter(|(_, line)| line.contains(chinese));
            found.extend(lines.map(|(n, line)| format!("{}:{}: {line}", path.display(), n + 1)));
        }
    }
    let mut found = Vec::new();
    add(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut found);
    assert!(found.is_empty(), "{}", found.join("\n"));
}
