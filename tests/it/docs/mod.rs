//! Compares the documentation with the code. `UPDATE_DOCS=1 cargo test --test it docs` rewrites the generated parts, which
//! stand between `<!-- NAME -->` and `<!-- /NAME -->`.

mod api_page;
mod cli_page;
mod links;
mod rules_page;

use std::{
    fs,
    path::{Path, PathBuf},
};

/// A file or folder of the project.
fn path(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

fn read(name: &str) -> String {
    fs::read_to_string(path(name)).unwrap_or_else(|e| panic!("{name}: {e}"))
}

/// The Markdown files that are checked: those at the top and those in `docs/`.
fn pages() -> Vec<String> {
    let mut all = Vec::new();
    for folder in ["", "docs/"] {
        for entry in fs::read_dir(path(folder)).unwrap() {
            let name = entry.unwrap().file_name().into_string().unwrap();
            if name.ends_with(".md") {
                all.push(format!("{folder}{name}"));
            }
        }
    }
    all.sort();
    all
}

/// Files below a folder with this ending, as names relative to the project.
fn files(folder: &str, ending: &str) -> Vec<String> {
    let mut all = Vec::new();
    for entry in fs::read_dir(path(folder)).unwrap() {
        let entry = entry.unwrap();
        let name = format!("{folder}/{}", entry.file_name().into_string().unwrap());
        if entry.file_type().unwrap().is_dir() {
            all.extend(files(&name, ending));
        } else if name.ends_with(ending) {
            all.push(name);
        }
    }
    all.sort();
    all
}

/// The text before, in and after a generated part of a page.
fn split<'a>(page: &'a str, part: &str) -> [&'a str; 3] {
    let (begin, end) = (format!("<!-- {part} -->\n"), format!("<!-- /{part} -->"));
    let (before, rest) = page.split_once(&begin).unwrap_or_else(|| panic!("there is no {begin}"));
    let (kept, after) = rest.split_once(&end).unwrap_or_else(|| panic!("there is no {end}"));
    [before, kept, after]
}

/// Compares a generated part of a page with what it should be, or writes it.
fn assert_part(file: &str, part: &str, wanted: &str) {
    let page = read(file);
    let [before, kept, after] = split(&page, part);
    if std::env::var_os("UPDATE_DOCS").is_some() {
        let text = format!("{before}<!-- {part} -->\n{wanted}<!-- /{part} -->{after}");
        fs::write(path(file), text).unwrap();
        return;
    }
    let differs = kept.lines().zip(wanted.lines()).find(|(is, should_be)| is != should_be);
    assert!(
        kept == wanted,
        "{file} is stale; UPDATE_DOCS=1 cargo test --test it docs rewrites it. The first difference: {differs:#?}"
    );
}
