//! `docs/cli.md`: keys, configuration, environment variables and fields are those of the code.

use std::collections::BTreeSet;

use cvmshare::{
    messages::Lang,
    session::Paths,
    tui::keymap::{Command, Context, Keymap},
};

use super::{assert_part, files, read, split};

const PAGE: &str = "docs/cli.md";

#[test]
fn the_keys_are_those_that_ship() {
    let map = Keymap::builtin().unwrap();
    let mut out = String::from("| key | does | name |\n| --- | --- | --- |\n");
    for command in Command::ALL {
        let keys: Vec<String> = map.keys(Context::Table, *command).iter().map(|k| format!("`{k}`")).collect();
        if !keys.is_empty() {
            let (keys, text) = (keys.join(" "), command.text(Lang::EN));
            out.push_str(&format!("| {keys} | {text} | `{}` |\n", command.word()));
        }
    }
    assert_part(PAGE, "keys", &out);
}

/// The names in the first column of a table of the page, without their back ticks.
fn first_column(part: &str) -> BTreeSet<String> {
    let page = read(PAGE);
    let [_, table, _] = split(&page, part);
    let cells = table.lines().skip(2).filter_map(|line| line.strip_prefix("| ")?.split(" |").next());
    let names = cells.flat_map(|cell| cell.split(", "));
    names.map(|name| name.trim_matches('`').to_owned()).collect()
}

/// The keys that a table of `config.toml` takes: the error about one that it does not take lists them.
fn accepted_keys(table: &str) -> BTreeSet<String> {
    let home = tempfile::tempdir().unwrap();
    let paths = Paths { config_dir: home.path().into(), state_dir: home.path().into() };
    std::fs::write(paths.config_file(), format!("{table}\nno-such-key = 1\n")).unwrap();
    let error = cvmshare::session::Config::read(&paths.config_file()).unwrap_err();
    let message = error.message.render(Lang::EN);
    let (_, listed) = message.split_once("expected one of ").unwrap();
    listed.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

#[test]
fn every_key_of_the_configuration_is_in_the_page() {
    assert_eq!(first_column("config"), accepted_keys(""));
    assert_eq!(first_column("profile"), accepted_keys("[profiles.prod]"));
}

/// Variables of the build and of the property tests.
const INTERNAL: [&str; 2] = ["CVMSHARE_VERSION", "CVMSHARE_CASES"];

/// The upper-case names in string literals of the code that are environment variables: those with a prefix of the vendor's
/// tools or of ours, and every one that is read by name.
fn variables() -> BTreeSet<String> {
    let mut all = BTreeSet::new();
    for file in files("src", ".rs") {
        let text = read(&file);
        let pieces: Vec<&str> = text.split('"').collect();
        for pair in pieces.windows(2) {
            let [before, literal] = pair else { continue };
            let is_name = literal.len() > 2
                && literal.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'_');
            let known = ["CVMSHARE_", "TENCENTCLOUD_", "TCCLI_", "SSL_CERT_"];
            let is_read = ["var(", "var_os("].iter().any(|call| before.ends_with(call));
            if is_name && (is_read || known.iter().any(|start| literal.starts_with(start))) {
                all.insert((*literal).to_owned());
            }
        }
    }
    all.retain(|name| !name.starts_with("CVMSHARE_TEST_") && !INTERNAL.contains(&name.as_str()));
    all
}

#[test]
fn every_environment_variable_is_in_the_page() {
    let documented = first_column("environment");
    let undocumented: Vec<String> =
        variables().into_iter().filter(|name| !documented.contains(name)).collect();
    assert_eq!(undocumented, [""; 0], "they are not in the table of {PAGE}");
    let code: String = files("src", ".rs").iter().map(|file| read(file)).collect();
    let unknown: Vec<&String> =
        documented.iter().filter(|name| !code.contains(&format!("\"{name}\""))).collect();
    assert_eq!(unknown, [""; 0], "no code reads them");
}

/// The lists of fields in the commands: `let fields = "a,b,c"` and `X_FIELDS: &str = "a,b,c"`.
#[test]
fn the_fields_of_every_list_are_in_the_page() {
    let page = read(PAGE);
    let mut found = 0;
    for file in files("src/commands", ".rs") {
        let text = read(&file);
        let pieces: Vec<&str> = text.split('"').collect();
        for pair in pieces.windows(2) {
            let before = pair[0].trim_end();
            if before.ends_with("let fields =") || before.ends_with("_FIELDS: &str =") {
                found += 1;
                assert!(
                    page.contains(&format!("`{}`", pair[1])),
                    "{PAGE} lacks the fields {} of {file}",
                    pair[1]
                );
            }
        }
    }
    assert!(found > 10, "only {found} lists of fields were found in src/commands");
}
