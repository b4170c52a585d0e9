//! `docs/api.md`: the actions that the client uses.

use serde_json::Value;

use super::{assert_part, read};

/// The rows of `src/cloud/api.rs`: name, service, version, rate, whether it writes.
fn actions() -> Vec<[String; 5]> {
    let source = read("src/cloud/api.rs");
    let rows = source.lines().filter_map(|line| {
        let words: Vec<&str> = line.trim().strip_suffix(';')?.split_whitespace().collect();
        let [_, name, service, version, rate, writes] = words[..] else { return None };
        matches!(writes, "true" | "false")
            .then(|| [name, service, version, rate, writes].map(|word| word.trim_matches('"').to_owned()))
    });
    rows.collect()
}

#[test]
fn the_actions_of_the_client_are_in_the_page() {
    let contract: Value = serde_json::from_str(&read("tests/it/contract-actions.json")).unwrap();
    let mut out = String::from("| action | service, version | requests a second | changes something |\n");
    out.push_str("| --- | --- | --- | --- |\n");
    for [name, service, version, rate, writes] in actions() {
        let documented = contract[format!("{service}.{name}")]["rate_limit_per_second"].is_u64();
        let sure = if documented { "" } else { " (assumed)" };
        let writes = if writes == "true" { "yes" } else { "no" };
        out.push_str(&format!("| {name} | {service} {version} | {rate}{sure} | {writes} |\n"));
    }
    assert!(out.lines().count() > 10, "the rows of src/cloud/api.rs could not be read");
    assert_part("docs/api.md", "actions", &out);
}
