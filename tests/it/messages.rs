//! Checks that no text that people read is in the code: they are all in `assets/locales`.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use proc_macro2::{TokenStream, TokenTree};
use syn::{
    Attribute, Item, ItemMod, LitStr, Macro,
    visit::{self, Visit},
};

/// The folders of `src` that still have sentences in their code.
const NOT_YET: &[&str] = &["cloud", "jobs", "boundary", "facts", "model", "emulator", "i18n"];

/// Literals that only look like sentences, and why they are in the code.
const ALLOWED: &[(&str, &str)] = &[];

/// Macros whose texts only developers read.
const LOGS: &[&str] = &["trace", "debug", "info", "warn", "error", "assert", "debug_assert", "unreachable", "cfg", "include_str"];

/// Attributes whose texts only developers read.
const ATTRIBUTES: &[&str] = &["doc", "allow", "expect", "cfg", "cfg_attr", "serde", "must_use"];

/// The string literals of a file outside of tests.
#[derive(Default)]
struct Literals {
    found: Vec<String>,
    /// The modules in files of their own that are only there in tests.
    test_modules: BTreeSet<String>,
}

impl Literals {
    fn read(source: &str) -> Self {
        let mut all = Self::default();
        all.visit_file(&syn::parse_file(source).unwrap());
        all
    }

    fn tokens(&mut self, tokens: TokenStream) {
        for token in tokens {
            match token {
                TokenTree::Group(group) => self.tokens(group.stream()),
                TokenTree::Literal(literal) => {
                    if let Ok(text) = syn::parse_str::<LitStr>(&literal.to_string()) {
                        self.found.push(text.value());
                    }
                }
                TokenTree::Ident(_) | TokenTree::Punct(_) => {}
            }
        }
    }
}

impl<'ast> Visit<'ast> for Literals {
    fn visit_item(&mut self, item: &'ast Item) {
        let attributes = match item {
            Item::Fn(item) => &item.attrs,
            Item::Impl(item) => &item.attrs,
            Item::Mod(item) => &item.attrs,
            Item::Const(item) => &item.attrs,
            Item::Static(item) => &item.attrs,
            _ => &Vec::new(),
        };
        if !attributes.iter().any(only_in_tests) {
            visit::visit_item(self, item);
        } else if let Item::Mod(ItemMod { ident, content: None, .. }) = item {
            self.test_modules.insert(ident.to_string());
        }
    }

    fn visit_impl_item_fn(&mut self, item: &'ast syn::ImplItemFn) {
        if !item.attrs.iter().any(only_in_tests) {
            visit::visit_impl_item_fn(self, item);
        }
    }

    fn visit_attribute(&mut self, attribute: &'ast Attribute) {
        if !ATTRIBUTES.iter().any(|name| attribute.path().is_ident(name))
            && let syn::Meta::List(list) = &attribute.meta
        {
            self.tokens(list.tokens.clone());
        }
    }

    fn visit_macro(&mut self, call: &'ast Macro) {
        let name = call.path.segments.last().map(|segment| segment.ident.to_string()).unwrap_or_default();
        if !LOGS.contains(&name.as_str()) {
            self.tokens(call.tokens.clone());
        }
    }

    fn visit_lit_str(&mut self, literal: &'ast LitStr) {
        self.found.push(literal.value());
    }
}

/// Whether an attribute is `cfg(test)` or `cfg(any(test, …))`.
fn only_in_tests(attribute: &Attribute) -> bool {
    let syn::Meta::List(list) = &attribute.meta else { return attribute.path().is_ident("test") };
    let tokens = list.tokens.to_string();
    list.path.is_ident("cfg") && (tokens == "test" || tokens.starts_with("any (test") || tokens.contains("test-support"))
}

/// Whether a literal reads as a sentence: three words in lower case with spaces. Placeholders are no words.
fn is_sentence(literal: &str) -> bool {
    let mut text = String::new();
    let mut depth = 0_usize;
    for c in literal.chars() {
        match c {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            _ if depth == 0 => text.push(c),
            _ => {}
        }
    }
    let word = |word: &&str| word.len() > 1 && word.chars().all(|c| c.is_ascii_lowercase());
    let words = text.split_whitespace().map(|word| word.trim_matches(|c: char| c.is_ascii_punctuation()));
    words.filter(word).count() >= std::env::var("MINWORDS").map_or(3, |n| n.parse().unwrap())
}

/// Whether a text has a Chinese or Japanese character or its punctuation.
fn is_cjk(text: &str) -> bool {
    text.chars().any(|c| matches!(c, '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ffef}'))
}

/// Lists the Rust files of a folder, by their paths below it.
fn files(folder: &Path, out: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        match path.is_dir() {
            true => files(&path, out),
            false if path.extension().is_some_and(|e| e == "rs") => out.push(path),
            false => {}
        }
    }
}

/// Returns the literals of `src` outside of tests, by file, and the files with the test modules left out.
fn literals() -> Vec<(String, Vec<String>)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut paths = Vec::new();
    files(&root, &mut paths);
    paths.sort();
    let mut tests = BTreeSet::new();
    let mut all = Vec::new();
    for path in paths {
        let read = Literals::read(&fs::read_to_string(&path).unwrap());
        let folder = match path.file_stem().and_then(|stem| stem.to_str()) {
            Some("mod" | "lib" | "main") => path.parent().unwrap().to_path_buf(),
            _ => path.with_extension(""),
        };
        tests.extend(read.test_modules.iter().flat_map(|name| {
            [folder.join(format!("{name}.rs")), folder.join(name)]
        }));
        all.push((path, read.found));
    }
    all.retain(|(path, _)| !tests.iter().any(|test| path.starts_with(test)));
    let below = |path: &Path| path.strip_prefix(&root).unwrap().to_str().unwrap().to_owned();
    all.into_iter().map(|(path, found)| (below(&path), found)).collect()
}

fn sentences() -> Vec<String> {
    let mut out = Vec::new();
    for (file, found) in literals() {
        let folder = file.split('/').next().unwrap_or_default();
        if NOT_YET.contains(&folder) {
            continue;
        }
        for text in found.iter().filter(|text| is_sentence(text) || is_cjk(text)) {
            if !ALLOWED.iter().any(|(literal, _)| literal == text) {
                out.push(format!("{file}: {text:?}"));
            }
        }
    }
    out
}
