//! The borders between the rooms (`src/lib.rs`): no room's code names one that it may not use.

use std::{fs, path::Path};

const ROOMS: &[&str] = &[
    "boundary", "model", "rules", "cloud", "jobs", "facts", "emulator", "i18n", "session", "tui", "plain",
    "commands", "cli",
];

/// What each room may use beside itself. Tests inside `src` obey too.
fn may_use(room: &str) -> &'static [&'static str] {
    const LOW: &[&str] = &["boundary", "model", "rules", "cloud", "jobs", "facts", "i18n", "session"];
    match room {
        "model" => &[],
        "boundary" | "rules" => &LOW[1..2],
        "cloud" => &LOW[..2],
        "jobs" => &LOW[..4],
        "facts" => &LOW[..5],
        "emulator" => &["boundary", "model", "cloud"],
        "i18n" => &["boundary", "model", "rules", "cloud"],
        "session" => &["boundary", "model", "rules", "cloud", "jobs", "facts", "i18n", "emulator"],
        "tui" => LOW,
        "plain" => &["boundary", "model", "rules", "cloud", "jobs", "facts", "i18n", "session", "tui"],
        "commands" => {
            &["boundary", "model", "rules", "cloud", "jobs", "facts", "i18n", "session", "cli", "tui"]
        }
        _ => ROOMS,
    }
}

/// A source's code, without what people read.
fn code(file: &Path) -> String {
    let text = fs::read_to_string(file).unwrap();
    text.lines().filter(|l| !l.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

/// The rooms that a source names after `crate::`, grouped imports among them.
fn named(source: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (at, _) in source.match_indices("crate::") {
        let rest = &source[at + "crate::".len()..];
        if let Some(group) = rest.strip_prefix('{') {
            // The first word of each entry of the group, at depth one.
            let (mut depth, mut word, mut fresh) = (1, String::new(), true);
            for c in group.chars() {
                match c {
                    '{' => depth += 1,
                    '}' => depth -= 1,
                    ',' if depth == 1 => {
                        found.push(std::mem::take(&mut word));
                        fresh = true;
                        continue;
                    }
                    _ => {}
                }
                if depth == 0 {
                    break;
                }
                if depth == 1 && fresh {
                    if c.is_alphanumeric() || c == '_' {
                        word.push(c);
                    } else if !word.is_empty() {
                        fresh = false;
                    }
                }
            }
            found.push(word);
        } else {
            found.push(rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect());
        }
    }
    found
}

fn files(dir: &Path, out: &mut Vec<std::path::PathBuf>) {
    for entry in fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, out);
        } else if path.extension().is_some_and(|e| e == "rs") {
            out.push(path);
        }
    }
}

#[test]
fn no_room_reaches_one_that_it_may_not() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut all = Vec::new();
    files(&src, &mut all);
    assert!(all.len() > 50, "the sources were found");
    let mut broken = Vec::new();
    for file in all {
        let inside = file.strip_prefix(&src).unwrap();
        let first = inside.components().next().unwrap().as_os_str().to_str().unwrap();
        let room = first.trim_end_matches(".rs");
        if !ROOMS.contains(&room) {
            continue;
        }
        for used in named(&code(&file)) {
            if ROOMS.contains(&used.as_str()) && used != room && !may_use(room).contains(&used.as_str()) {
                broken.push(format!("{} uses {used}", inside.display()));
            }
        }
    }
    assert_eq!(broken, Vec::<String>::new());
}

/// The calls that change something are made in one place, which only what the rules cleared can reach.
#[test]
fn only_jobs_make_writing_calls() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut all = Vec::new();
    files(&src, &mut all);
    let mut callers = std::collections::BTreeSet::new();
    for file in all {
        let inside = file.strip_prefix(&src).unwrap().display().to_string();
        let text = code(&file);
        // The client's own room defines them.
        if inside.starts_with("cloud/") {
            continue;
        }
        for call in [
            ".modify_shares(",
            ".sync_images(",
            ".delete_images(",
            ".modify_image(",
            ".run_instances(",
            ".reset_instance(",
            ".create_image(",
        ] {
            if text.contains(call) {
                callers.insert(format!("{} {call}", inside.split('/').next().unwrap()));
            }
        }
    }
    let callers: Vec<String> = callers.into_iter().collect();
    assert_eq!(
        callers,
        [
            "jobs .create_image(",
            "jobs .delete_images(",
            "jobs .modify_image(",
            "jobs .modify_shares(",
            "jobs .reset_instance(",
            "jobs .run_instances(",
            "jobs .sync_images("
        ]
    );
}

#[test]
fn grouped_imports_are_read() {
    let source =
        "use crate::{\n    cloud::{self, Client},\n    model::Uin,\n};\nlet x = crate::rules::check();";
    assert_eq!(named(source), ["cloud", "model", "", "rules"]);
}
