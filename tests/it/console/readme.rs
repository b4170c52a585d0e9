//! The README's table of keys is generated from the built-in keymap. `UPDATE_README=1 cargo test readme` updates it.

use cvmshare::tui::keymap::{Command, Context, Keymap};

fn table() -> String {
    let map = Keymap::builtin().unwrap();
    let mut out = String::from("| key | does |\n| --- | --- |\n");
    for command in Command::ALL {
        let keys: Vec<String> = map.keys(Context::Table, *command).iter().map(|k| format!("`{k}`")).collect();
        if !keys.is_empty() {
            out.push_str(&format!(
                "| {} | {} |\n",
                keys.join(" "),
                command.text(cvmshare::messages::Lang::EN)
            ));
        }
    }
    out
}

#[test]
fn the_readme_has_the_builtin_keys() {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/README.md");
    let text = std::fs::read_to_string(file).unwrap();
    let (before, rest) = text.split_once("<!-- keys -->\n").unwrap();
    let (kept, after) = rest.split_once("<!-- /keys -->").unwrap();
    if std::env::var_os("UPDATE_README").is_some() {
        std::fs::write(file, format!("{before}<!-- keys -->\n{}<!-- /keys -->{after}", table())).unwrap();
        return;
    }
    assert_eq!(kept, table());
}
