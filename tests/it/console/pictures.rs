//! The pictures of `screenshots/`, made from the project's own scenes. The test fails when one is stale;
//! `UPDATE_SCREENSHOTS=1 cargo test pictures` makes them anew.

use std::{fs, path::PathBuf};

use super::{Stage, svg::svg};

fn check(name: &str, stage: &Stage) {
    let file = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("screenshots").join(format!("{name}.svg"));
    let now = svg(&stage.console.screen());
    if std::env::var_os("UPDATE_SCREENSHOTS").is_some() {
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(&file, &now).unwrap();
    }
    let kept = fs::read_to_string(&file).unwrap_or_default();
    assert!(
        kept == now,
        "{} is stale; UPDATE_SCREENSHOTS=1 makes it anew. The screen is now:\n{}",
        file.display(),
        stage.text()
    );
}

#[test]
fn pictures_are_current() {
    let mut stage = Stage::tour((120, 40));
    stage.quiet();
    stage.press("j j");
    check("my-images", &stage);
    stage.press("2");
    check("shared-with-me", &stage);
    stage.press("3");
    check("regions", &stage);
    stage.press("4");
    check("instances", &stage);
    stage.press("2 a");
    check("blocked", &stage);
}
