//! Links and file names in the documentation and in comments resolve.

use std::collections::{BTreeMap, BTreeSet};

use super::{files, pages, path, read};

/// Lines of a Markdown text that are not in a code block, with their numbers.
fn prose(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut in_code = false;
    text.lines().enumerate().filter_map(move |(number, line)| {
        let fence = line.trim_start().starts_with("```");
        in_code ^= fence;
        (!in_code && !fence).then_some((number + 1, line))
    })
}

/// A line without what stands in back ticks.
fn without_code(line: &str) -> String {
    line.split('`').step_by(2).collect()
}

/// The targets of `[text](target)` and `![text](target)`.
fn targets(line: &str) -> Vec<String> {
    let line = without_code(line);
    line.split("](").skip(1).filter_map(|rest| Some(rest.split_once(')')?.0.to_owned())).collect()
}

/// The anchors that a page has, as GitHub makes them of headings.
fn anchors(text: &str) -> BTreeSet<String> {
    let mut seen = BTreeMap::<String, usize>::new();
    let headings = prose(text).filter_map(|(_, line)| {
        let rest = line.trim_start_matches('#');
        (rest.len() < line.len()).then(|| rest.strip_prefix(' ')).flatten()
    });
    headings
        .map(|heading| {
            let kept = heading.trim().to_lowercase();
            let kept: String = kept
                .chars()
                .filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'))
                .map(|c| if c == ' ' { '-' } else { c })
                .collect();
            let count = seen.entry(kept.clone()).and_modify(|n| *n += 1).or_default();
            if *count == 0 { kept } else { format!("{kept}-{count}") }
        })
        .collect()
}

/// What is wrong with a link of a page, if anything.
fn broken(page: &str, target: &str) -> Option<&'static str> {
    if ["http://", "https://", "mailto:"].iter().any(|start| target.starts_with(start)) {
        return None;
    }
    let (file, anchor) = target.split_once('#').map_or((target, None), |(file, anchor)| (file, Some(anchor)));
    let folder = page.rsplit_once('/').map_or("", |(folder, _)| folder);
    let file = if file.is_empty() { page.to_owned() } else { format!("{folder}/{file}") };
    let file = file.trim_start_matches('/');
    if !path(file).exists() {
        return Some("there is no such file");
    }
    let known = |anchor: &str| anchors(&read(file)).contains(anchor);
    anchor.is_some_and(|anchor| !known(anchor)).then_some("the file has no such heading")
}

#[test]
fn every_link_resolves() {
    let mut wrong = Vec::new();
    let mut checked = 0;
    for page in pages() {
        let text = read(&page);
        for (line, target) in
            prose(&text).flat_map(|(n, line)| targets(line).into_iter().map(move |t| (n, t)))
        {
            checked += 1;
            if let Some(why) = broken(&page, &target) {
                wrong.push(format!("{page}:{line}: {target}: {why}"));
            }
        }
    }
    assert!(checked > 100, "only {checked} links were found");
    assert_eq!(wrong, [""; 0]);
}

/// Links that break over two lines are none for this test, nor for a reader of the source.
#[test]
fn the_checks_find_what_is_wrong() {
    assert_eq!(targets("a [b](c.md#d), ![e](f.svg) and `[g](h)`"), ["c.md#d", "f.svg"]);
    let text = "# One `two`: 3.4\n## One\n## One\n```\n# no heading\n```\n";
    assert_eq!(anchors(text), ["one", "one-1", "one-two-34"].map(str::to_owned).into());
    assert_eq!(broken("docs/cli.md", "architecture.md#modules"), None);
    assert_eq!(broken("docs/cli.md", "../README.md"), None);
    assert_eq!(broken("docs/cli.md", "no-such.md"), Some("there is no such file"));
    assert_eq!(broken("README.md", "docs/architecture.md#no-such"), Some("the file has no such heading"));
    assert_eq!(documents("// see docs/a.md, b.md. and \"c.md\""), ["docs/a.md", "b.md", "c.md"]);
}

/// The Markdown files that a line names.
fn documents(line: &str) -> Vec<&str> {
    let words = line.split(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '/' | '.' | '_' | '-')));
    let names = words.map(|word| word.trim_matches('.'));
    names.filter(|word| word.strip_suffix(".md").is_some_and(|stem| !stem.is_empty())).collect()
}

#[test]
fn every_document_that_a_comment_names_exists() {
    let mut wrong = Vec::new();
    for file in ["src", "tests", "benches"].iter().flat_map(|folder| files(folder, ".rs")) {
        for (number, line) in read(&file).lines().enumerate() {
            let Some((_, comment)) = line.split_once("//") else { continue };
            let missing = documents(comment).into_iter().filter(|name| !path(name).exists());
            // The sample of the test above.
            let missing = missing.filter(|_| !file.ends_with("docs/links.rs"));
            wrong.extend(missing.map(|name| format!("{file}:{}: {name}", number + 1)));
        }
    }
    assert_eq!(wrong, [""; 0]);
}

#[test]
fn the_readme_is_short() {
    let words = read("README.md").split_whitespace().count();
    assert!(words <= 1500, "README.md has {words} words; move some to docs/");
}
