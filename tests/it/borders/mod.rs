//! Checks which modules of `src/lib.rs` and which of their files use each other, from the parsed sources. `cargo test
//! --test it borders -- --nocapture` prints every circle of files.

mod graph;
mod graph_tests;

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
    sync::LazyLock,
};

use graph::{Graph, Sources};

/// The modules that each top-level module may use. `#[cfg(test)]` code has to obey too.
const MAY_USE: &[(&str, &[&str])] = &[
    ("messages", &[]),
    ("model", &["messages"]),
    ("boundary", &["messages", "model"]),
    ("rules", &["messages", "model"]),
    ("cloud", &["messages", "boundary", "model"]),
    ("jobs", &["messages", "boundary", "model", "rules", "cloud"]),
    ("facts", &["messages", "boundary", "model", "rules", "cloud", "jobs"]),
    ("emulator", &["messages", "boundary", "model", "cloud"]),
    ("i18n", &["messages", "boundary", "model", "rules", "cloud"]),
    ("session", &["messages", "boundary", "model", "rules", "cloud", "jobs", "facts", "i18n"]),
    ("doctor", &["messages", "boundary", "model", "rules", "cloud", "jobs", "facts", "i18n", "session"]),
    (
        "tui",
        &["messages", "boundary", "model", "rules", "cloud", "jobs", "facts", "i18n", "session", "doctor"],
    ),
    (
        "plain",
        &["messages", "boundary", "model", "rules", "cloud", "jobs", "facts", "i18n", "session", "tui"],
    ),
    (
        "commands",
        &["messages", "boundary", "model", "rules", "cloud", "jobs", "facts", "i18n", "session", "doctor"],
    ),
    (
        "cli",
        &[
            "messages", "boundary", "model", "rules", "cloud", "jobs", "facts", "emulator", "i18n",
            "session", "doctor", "tui", "plain", "commands",
        ],
    ),
    ("main", &["cli"]),
];

static GRAPH: LazyLock<Graph> = LazyLock::new(|| {
    let mut sources = Sources::new();
    add_sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), "", &mut sources);
    Graph::read("cvmshare", &sources).unwrap()
});

fn add_sources(folder: &Path, below: &str, out: &mut Sources) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = format!("{below}{}", path.file_name().unwrap().to_str().unwrap());
        if path.is_dir() {
            add_sources(&path, &format!("{name}/"), out);
        } else if name.ends_with(".rs") {
            out.insert(name, fs::read_to_string(&path).unwrap().replace(INCLUDE, GENERATED));
        }
    }
}

/// The include of the generated messages, and the file. The graph is read from source text.
const INCLUDE: &str = r#"include!(concat!(env!("OUT_DIR"), "/messages.rs"));"#;
const GENERATED: &str = include_str!(concat!(env!("OUT_DIR"), "/messages.rs"));

/// Returns the top-level module of a file.
fn module(file: &str) -> &str {
    file.split('/').next().unwrap().trim_end_matches(".rs")
}

/// Returns whether a circle consists of one file and files of its own folder: `x.rs` or `x/mod.rs` with `x/*`.
fn is_one_folder(circle: &BTreeSet<String>) -> bool {
    let home = |file: &str| file.trim_end_matches(".rs").trim_end_matches("/mod").to_owned();
    circle.iter().any(|owner| {
        let folder = home(owner);
        circle.iter().filter(|file| *file != owner).all(|file| {
            home(file).strip_prefix(&format!("{folder}/")).is_some_and(|below| !below.contains('/'))
        })
    })
}

/// The other tests rely on every path being followed.
#[test]
fn every_path_resolves() {
    assert_eq!(GRAPH.unresolved, BTreeSet::new());
    assert!(GRAPH.edges.len() > 1000);
}

#[test]
fn modules_use_only_what_they_may() {
    let may_use: BTreeMap<_, _> = MAY_USE.iter().copied().collect();
    let modules: BTreeSet<_> = GRAPH.methods.keys().map(|f| module(f)).filter(|m| *m != "lib").collect();
    assert_eq!(may_use.keys().copied().collect::<BTreeSet<_>>(), modules, "a row for each module");
    let wrong: Vec<String> = GRAPH
        .edges
        .iter()
        .map(|((from, to), edge)| (from, module(from), to, module(to), edge))
        .filter(|(_, from, _, to, _)| from != to && *from != "lib" && *to != "lib")
        .filter(|(_, from, _, to, _)| !may_use[from].contains(to))
        .map(|(from, _, to, _, edge)| format!("{from} -> {to}: {edge:?}"))
        .collect();
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn no_two_modules_depend_on_each_other() {
    let uses: BTreeSet<(&str, &str)> = GRAPH
        .edges
        .iter()
        .filter(|(_, edge)| !edge.names.is_empty())
        .map(|((from, to), _)| (module(from), module(to)))
        .collect();
    let pairs: Vec<(&str, &str)> =
        uses.iter().filter(|(a, b)| a < b && uses.contains(&(*b, *a))).copied().collect();
    assert_eq!(pairs, Vec::new());
}

#[test]
fn no_circle_leaves_a_folder() {
    let (allowed, wrong): (Vec<_>, Vec<_>) = GRAPH.circles().into_iter().partition(is_one_folder);
    for (kind, circles) in [("inside a folder", &allowed), ("across folders", &wrong)] {
        for circle in circles {
            println!("\na circle of {} files {kind}:\n{}", circle.len(), GRAPH.print(circle));
        }
    }
    let found: Vec<(&str, usize)> = wrong.iter().map(|c| (c.first().unwrap().as_str(), c.len())).collect();
    assert_eq!(found, Vec::new());
}

#[test]
fn circles_are_allowed_only_within_a_folder() {
    let one = |files: &[&str]| is_one_folder(&files.iter().map(|f| (*f).to_owned()).collect());
    assert!(one(&["a/b.rs", "a/b/c.rs", "a/b/d/mod.rs"]));
    assert!(one(&["a/mod.rs", "a/c.rs"]));
    // Two siblings, a grandchild, two folders, a similar name.
    assert!(!one(&["a/b.rs", "a/c.rs"]));
    assert!(!one(&["a/mod.rs", "a/b/c.rs"]));
    assert!(!one(&["a/mod.rs", "b/mod.rs"]));
    assert!(!one(&["a.rs", "ab.rs"]));
}

/// Only one module makes the calls that change something, and it accepts only actions that the rules cleared.
#[test]
fn only_jobs_make_writing_calls() {
    let writing = [
        "create_image",
        "delete_images",
        "modify_image",
        "modify_shares",
        "reset_instance",
        "run_instances",
        "sync_images",
    ];
    let callers: BTreeSet<(&str, &str)> = GRAPH
        .methods
        .iter()
        .filter(|(file, _)| module(file) != "cloud")
        .flat_map(|(file, methods)| methods.iter().map(|m| (module(file), m.as_str())))
        .filter(|(_, method)| writing.contains(method))
        .collect();
    assert_eq!(callers, writing.map(|method| ("jobs", method)).into());
}
