//! Generates the typed messages of `src/messages` from `assets/locales/*.ftl`.
//!
//! `en.ftl` is the source: every message in it becomes a constant, or a struct with a field per argument, in the module
//! `m`, so the compiler checks ids and arguments. Messages without arguments are stored as plain text; the others are
//! stored as Fluent source and parsed at their first use.

use std::{
    collections::{BTreeMap, BTreeSet},
    env,
    fmt::Write as _,
    fs,
    path::Path,
};

use fluent_syntax::{
    ast::{Entry, Expression, InlineExpression, Message, Pattern, PatternElement, Resource, VariantKey},
    parser, serializer,
};

/// The arguments of a message: name, and whether a plural form is selected by it.
type Arguments = BTreeMap<String, bool>;

/// Reads the catalogues in `folder` and writes `messages.rs` to `OUT_DIR`.
pub fn generate(folder: &Path) -> Result<(), String> {
    println!("cargo:rerun-if-changed={}", folder.display());
    let english = read(&folder.join("en.ftl"))?;
    let mut locales = vec![("en".to_owned(), english)];
    let mut files: Vec<_> = fs::read_dir(folder)
        .map_err(|e| format!("{}: {e}", folder.display()))?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|e| e == "ftl"))
        .collect();
    files.sort();
    for file in files {
        println!("cargo:rerun-if-changed={}", file.display());
        let tag = file.file_stem().and_then(|s| s.to_str()).unwrap_or_default().to_owned();
        if tag != "en" {
            locales.push((tag, read(&file)?));
        }
    }
    let code = code(&locales)?;
    let out = env::var("OUT_DIR").map_err(|e| e.to_string())?;
    let out = Path::new(&out).join("messages.rs");
    fs::write(&out, code).map_err(|e| format!("{}: {e}", out.display()))
}

/// The messages of a file, by id.
type Catalogue = BTreeMap<String, Pattern<String>>;

fn read(file: &Path) -> Result<Catalogue, String> {
    let text = fs::read_to_string(file).map_err(|e| format!("{}: {e}", file.display()))?;
    let resource = parser::parse(text.clone()).map_err(|(_, errors)| {
        let places = errors.iter().map(|error| {
            let line = text.get(..error.pos.start).unwrap_or_default().lines().count();
            format!("{}:{line}: {}", file.display(), error.kind)
        });
        places.collect::<Vec<_>>().join("\n")
    })?;
    let mut all = Catalogue::new();
    for entry in resource.body {
        match entry {
            Entry::Message(Message { id, value: Some(pattern), attributes, .. }) if attributes.is_empty() => {
                if all.insert(id.name.clone(), pattern).is_some() {
                    return Err(format!("{}: {} is there twice", file.display(), id.name));
                }
            }
            Entry::Comment(_) | Entry::GroupComment(_) | Entry::ResourceComment(_) => {}
            other => return Err(format!("{}: only messages with a value: {other:?}", file.display())),
        }
    }
    Ok(all)
}

/// Adds the arguments of a pattern. Only texts, string literals, arguments and selections by an argument are supported.
fn arguments(pattern: &Pattern<String>, all: &mut Arguments) -> Result<(), String> {
    for element in &pattern.elements {
        if let PatternElement::Placeable { expression } = element {
            expression_arguments(expression, all)?;
        }
    }
    Ok(())
}

fn expression_arguments(expression: &Expression<String>, all: &mut Arguments) -> Result<(), String> {
    match expression {
        Expression::Inline(InlineExpression::StringLiteral { .. }) => {}
        Expression::Inline(InlineExpression::VariableReference { id }) => {
            all.entry(id.name.clone()).or_default();
        }
        Expression::Inline(InlineExpression::Placeable { expression }) => {
            expression_arguments(expression, all)?
        }
        Expression::Select { selector: InlineExpression::VariableReference { id }, variants } => {
            let plural = |key: &VariantKey<String>| match key {
                VariantKey::Identifier { name } => {
                    matches!(name.as_str(), "zero" | "one" | "two" | "few" | "many")
                }
                VariantKey::NumberLiteral { .. } => true,
            };
            *all.entry(id.name.clone()).or_default() |= variants.iter().any(|v| plural(&v.key));
            for variant in variants {
                arguments(&variant.value, all)?;
            }
        }
        other => return Err(format!("not supported: {other:?}")),
    }
    Ok(())
}

/// The text of a pattern without arguments.
fn plain(pattern: &Pattern<String>) -> Result<String, String> {
    let mut out = String::new();
    for element in &pattern.elements {
        match element {
            PatternElement::TextElement { value } => out.push_str(value),
            PatternElement::Placeable {
                expression: Expression::Inline(InlineExpression::StringLiteral { value }),
            } => out.push_str(&fluent_syntax::unicode::unescape_unicode_to_string(value)),
            other => return Err(format!("not supported without arguments: {other:?}")),
        }
    }
    Ok(out)
}

/// The Fluent source of one message, named `m` in it.
fn source(pattern: Pattern<String>) -> String {
    let id = fluent_syntax::ast::Identifier { name: "m".to_owned() };
    let message = Message { id, value: Some(pattern), attributes: Vec::new(), comment: None };
    serializer::serialize(&Resource { body: vec![Entry::Message(message)] })
}

/// The first numbers of a list of messages whose ids end in `_1`, `_2` and so on, by their common part.
fn lists(ids: &[&String]) -> BTreeMap<String, Vec<usize>> {
    let mut all: BTreeMap<String, Vec<(usize, usize)>> = BTreeMap::new();
    for (index, id) in ids.iter().enumerate() {
        if let Some((stem, number)) = id.rsplit_once('_')
            && let Ok(number) = number.parse()
        {
            all.entry(stem.to_owned()).or_default().push((number, index));
        }
    }
    all.into_iter()
        .map(|(stem, mut numbers)| {
            numbers.sort_unstable();
            (stem, numbers.into_iter().map(|(_, index)| index).collect())
        })
        .collect()
}

fn code(locales: &[(String, Catalogue)]) -> Result<String, String> {
    let Some((_, english)) = locales.first() else { return Err("no English".to_owned()) };
    let ids: Vec<&String> = english.keys().collect();
    let mut args: BTreeMap<&String, Arguments> = BTreeMap::new();
    for (tag, catalogue) in locales {
        for (id, pattern) in catalogue {
            let mut own = Arguments::new();
            arguments(pattern, &mut own).map_err(|e| format!("{tag}.ftl: {id}: {e}"))?;
            if tag == "en" {
                args.insert(id, own);
                continue;
            }
            let Some(known) = args.get_mut(id) else {
                return Err(format!("{tag}.ftl: {id} is not in en.ftl"));
            };
            for (name, plural) in own {
                match known.get_mut(&name) {
                    Some(known) => *known |= plural,
                    None => return Err(format!("{tag}.ftl: {id} has no ${name} in en.ftl")),
                }
            }
        }
    }
    let mut out = String::new();
    let mut blob = String::new();
    let _ = writeln!(out, "/// How many messages there are.\npub const COUNT: usize = {};", ids.len());
    let _ = writeln!(out, "pub(super) const LOCALES: &[Locale] = &[");
    for (tag, catalogue) in locales {
        blob.clear();
        let mut ends = Vec::new();
        for id in &ids {
            let pattern = catalogue.get(*id).or_else(|| english.get(*id)).cloned();
            let Some(pattern) = pattern else { continue };
            match args.get(*id).is_some_and(|a| !a.is_empty()) {
                true => blob.push_str(&source(pattern)),
                false => blob.push_str(&plain(&pattern).map_err(|e| format!("{tag}.ftl: {id}: {e}"))?),
            }
            ends.push(blob.len());
        }
        let _ = writeln!(out, "    Locale {{ tag: {tag:?}, texts: {blob:?}, ends: &{ends:?} }},");
    }
    let _ = writeln!(out, "];");
    let _ = writeln!(out, "impl Lang {{");
    for (index, (tag, _)) in locales.iter().enumerate() {
        let test = if index == 0 { "" } else { "    #[cfg(any(test, feature = \"test-support\"))]\n" };
        let name = tag.to_uppercase().replace('-', "_");
        let _ = writeln!(
            out,
            "    /// The language of `{tag}.ftl`.\n{test}    pub const {name}: Self = Self({index});"
        );
    }
    let _ = writeln!(out, "}}");
    let names: Vec<&str> = ids.iter().map(|id| id.as_str()).collect();
    let _ = writeln!(out, "/// The ids, one per line.\npub(super) const IDS: &str = {:?};", names.join("\n"));
    let _ = writeln!(out, "pub(super) const ARGUMENTS: &[&[(&str, bool)]] = &[");
    for id in &ids {
        let own: Vec<_> = args.get(*id).into_iter().flatten().collect();
        let _ = writeln!(out, "    &{own:?},");
    }
    let _ = writeln!(out, "];");
    let lists = lists(&ids);
    let listed: BTreeSet<usize> = lists.values().flatten().copied().collect();
    let _ = writeln!(out, "/// The messages by id.\n#[allow(non_camel_case_types, non_upper_case_globals)]");
    let _ = writeln!(out, "pub(crate) mod m {{\n    use super::{{Argument, Listed, Plain, Text, Lang}};");
    for (stem, indexes) in &lists {
        let _ = writeln!(out, "    pub const {stem}: &[Listed] = &[");
        for index in indexes {
            let _ = writeln!(out, "        Listed({index}),");
        }
        let _ = writeln!(out, "    ];");
    }
    for (index, id) in ids.iter().enumerate().filter(|(index, _)| !listed.contains(index)) {
        let names: Vec<&String> = args.get(*id).into_iter().flatten().map(|(name, _)| name).collect();
        if names.is_empty() {
            let _ = writeln!(out, "    pub const {id}: Plain = Plain({index});");
            continue;
        }
        let _ = writeln!(out, "    pub struct {id}<'a> {{");
        for name in &names {
            let _ = writeln!(out, "        pub {name}: &'a dyn Argument,");
        }
        let values: String = names.iter().map(|name| format!("self.{name}, ")).collect();
        let _ = writeln!(
            out,
            "    }}\n    impl {id}<'_> {{\n        #[allow(dead_code)]\n        pub fn render(self, lang: Lang) -> String {{ \
             super::format(lang, {index}, &[{values}]) }}\n        #[allow(dead_code)]\n        pub fn text(self) -> Text {{ \
             super::owned({index}, &[{values}]) }}\n    }}"
        );
    }
    let _ = writeln!(out, "}}");
    Ok(out)
}
