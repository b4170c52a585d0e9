//! Trusted accounts, names of accounts, notes and hidden images: they apply at once, and again after a restart.

use std::path::Path;

use cvmshare::{
    cloud::Places,
    emulator::{self, Clock, Options, Running},
    session::{Global, Paths, Setup},
    tui::test_driver::TestDriver,
};

use super::{Stage, start};

/// Opens a console with credentials from the environment, as for a real cloud.
fn open(cloud: &Running, home: &Path) -> TestDriver {
    let you = emulator::demo_accounts().into_iter().next().unwrap();
    let env = [("TENCENTCLOUD_SECRET_ID", you.secret_id), ("TENCENTCLOUD_SECRET_KEY", you.secret_key)];
    let env = env.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
    let places = Places { env, home: home.into(), ..Default::default() };
    let global = Global { endpoint: Some(cloud.endpoint.clone()), ..Global::default() };
    let paths = Paths { config_dir: home.join("config"), state_dir: home.join("state") };
    let setup = Setup::with_paths(&global, paths, places).unwrap();
    let mut console = TestDriver::open(setup, (120, 30), Some(start())).unwrap();
    assert!(console.wait_until_quiet());
    console
}

fn press(console: &mut TestDriver, keys: &str) -> String {
    console.press(keys).unwrap();
    assert!(console.wait_until_quiet());
    console.lines().join("\n")
}

/// Presses keys and returns the notice about the write of the file.
fn kept(console: &mut TestDriver, keys: &str) -> String {
    console.press(keys).unwrap();
    let text = |s: &cvmshare::tui::State| s.notice.as_ref().map_or_else(String::new, |n| n.text.clone());
    assert!(console.wait_for(|s| text(s).contains("could not be saved") || text(s).contains("Saved")));
    text(&console.state)
}

fn world() -> (tokio::runtime::Runtime, Running, tempfile::TempDir) {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let options = Options { clock: Clock::Manual(start()), ..Options::default() };
    let cloud = runtime.block_on(emulator::start(options)).unwrap();
    (runtime, cloud, tempfile::tempdir().unwrap())
}

const CONFIG: &str = "\
[profiles.prod]  # ours
trust = \"enforce\"

[accounts]
100000000003 = \"Quay Labs\"
";

#[test]
fn trust_names_notes_and_hidden_images_are_saved() {
    let (_runtime, cloud, home) = world();
    let (config, notes) = (home.path().join("config/config.toml"), home.path().join("state/notes.toml"));
    std::fs::create_dir(home.path().join("config")).unwrap();
    std::fs::write(&config, CONFIG).unwrap();
    let mut console = open(&cloud, home.path());

    let text = press(&mut console, "2");
    let line = text.lines().find(|l| l.contains("launch")).unwrap().to_owned();
    assert!(line.contains("blocked · Quay Labs is not trusted") && line.ends_with("t trusts it"), "{text}");
    let said = kept(&mut console, "t space");
    assert_eq!(said, format!("Quay Labs is now trusted. Saved in {}.", config.display()));
    let text = press(&mut console, "esc");
    assert!(text.lines().any(|l| l.contains("launch     ready")), "{text}");

    let said = kept(&mut console, "t n \"100000000077\" enter \"Riverbank\" enter");
    assert_eq!(said, format!("100000000077 is now called Riverbank. Saved in {}.", config.display()));
    console.press("esc").unwrap();
    let wanted = CONFIG.replace("\"enforce\"\n", "\"enforce\"\ntrusted = [\"100000000003\"]\n");
    let wanted = format!("{wanted}100000000077 = \"Riverbank\"\n");
    assert_eq!(std::fs::read_to_string(&config).unwrap(), wanted);

    kept(&mut console, "n \"for-arm\" enter");
    let said = kept(&mut console, "h");
    assert!(
        said.starts_with("quay-inference-arm is hidden here; it is still shared with you. H shows"),
        "{said}"
    );
    let id = console.state.notes.hidden.first().unwrap().clone();
    assert_eq!(
        std::fs::read_to_string(&notes).unwrap(),
        format!("hidden = [\"{id}\"]\n\n[notes]\n{id} = \"for-arm\"\n")
    );
    drop(console);

    let mut console = open(&cloud, home.path());
    let text = press(&mut console, "2");
    assert!(text.contains("2 Shared With Me 1") && !text.contains("quay-inference-arm"), "{text}");
    let text = press(&mut console, "H / \"arm\" enter");
    assert!(text.contains("▌ quay-inference-arm") && text.contains("hidden here · your note: f…"), "{text}");
    assert!(text.lines().any(|l| l.contains("launch     ready")), "{text}");
    let said = kept(&mut console, "h");
    assert!(said.starts_with("quay-inference-arm is visible again."), "{said}");
    kept(&mut console, "n ctrl-u enter");
    assert_eq!(std::fs::read_to_string(&notes).unwrap(), "hidden = []\n\n[notes]\n");
}

#[test]
fn a_failed_save_is_reported_and_keeps_the_file_and_the_change() {
    let (_runtime, cloud, home) = world();
    let mut console = open(&cloud, home.path());
    let config = home.path().join("config/config.toml");
    std::fs::create_dir(home.path().join("config")).unwrap();
    std::fs::write(&config, "[profiles.prod]\ncolour = \"red\"\n").unwrap();
    let said = kept(&mut console, "2 t space");
    let wanted = format!(
        "It could not be saved and is lost when you quit. {}:2: profiles.prod.colour: ",
        config.display()
    );
    assert!(said.starts_with(&wanted), "{said}");
    assert_eq!(std::fs::read_to_string(&config).unwrap(), "[profiles.prod]\ncolour = \"red\"\n");
    assert_eq!(console.state.facts.standing.trusted.len(), 1);
}

#[test]
fn nothing_of_the_built_in_cloud_is_saved() {
    let mut stage = Stage::tour((100, 30));
    stage.quiet();
    stage.press("2 t space");
    let notice = stage.console.state.notice.clone().unwrap();
    assert_eq!(
        (notice.text.as_str(), notice.bad),
        ("Quay Labs is now trusted. Not saved after the demo.", false)
    );
    stage.press("esc h");
    assert_eq!(stage.console.state.notes.hidden.len(), 1);
    stage.press("1 h");
    let notice = stage.console.state.notice.clone().unwrap();
    assert_eq!(notice.text, "Only images shared with you can be hidden.");
    assert_eq!(std::fs::read_dir(stage.home()).unwrap().count(), 0);
}

#[test]
fn the_menu_uses_the_keys_of_the_table() {
    let mut stage = Stage::tour((100, 30));
    stage.quiet();
    stage.press("2 a");
    assert!(stage.text().contains("launch     asks · Quay Labs is not trusted"), "{}", stage.text());
    stage.press("t space esc");
    assert!(stage.text().contains("Actions for quay-inference-arm"), "{}", stage.text());
    assert!(stage.text().contains("launch     ready"), "{}", stage.text());
    stage.press("n");
    assert!(stage.text().contains("Your note"), "{}", stage.text());
    stage.press("esc 1 a e");
    assert!(stage.text().contains("Name and description"), "e is rename in the menu:\n{}", stage.text());
}
