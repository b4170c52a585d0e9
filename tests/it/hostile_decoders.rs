//! No decoder of a file or a flag panics, hangs, or returns control sequences.

use cvmshare::{
    emulator::{Fault, Quirk},
    jobs::Job,
    model::is_hostile,
    session::{Config, LastView, Notes, Paths},
    tui::{Keymap, SavedRows, Theme},
};

use crate::corpus::corpus;

fn shown(said: &str) {
    assert!(!said.chars().any(is_hostile), "{said:?}");
}

/// Tries a decoder that reads a file by its path.
fn corpus_of_files(name: &str, decode: impl Fn(&std::path::Path)) {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("file.toml");
    corpus(name, |bytes| {
        std::fs::write(&file, bytes).unwrap();
        decode(&file);
    });
}

#[test]
fn corpus_config() {
    corpus_of_files("config", |file| {
        if let Err(error) = Config::read(file) {
            shown(&error.to_string());
        }
    });
}

#[test]
fn corpus_keymap() {
    corpus("keymap", |bytes| {
        if let Ok(text) = std::str::from_utf8(bytes) {
            let _ = Keymap::merge(Some(text));
        }
    });
}

#[test]
fn corpus_theme() {
    let dir = tempfile::tempdir().unwrap();
    let paths = Paths { config_dir: dir.path().into(), state_dir: dir.path().into() };
    std::fs::create_dir(paths.themes()).unwrap();
    corpus("theme", |bytes| {
        std::fs::write(paths.themes().join("mine.toml"), bytes).unwrap();
        if let Err(error) = Theme::find("mine", &paths) {
            shown(&error.to_string());
        }
    });
}

#[test]
fn corpus_view() {
    corpus_of_files("view", |file| drop(LastView::read(file)));
}

#[test]
fn corpus_notes() {
    corpus_of_files("notes", |file| drop(Notes::read(file)));
}

#[test]
fn corpus_rows() {
    corpus_of_files("rows", |file| drop(SavedRows::read(file)));
}

/// A decoded job is unchanged after it is written and read again.
#[test]
fn corpus_job() {
    corpus("job", |bytes| {
        if let Ok(job) = serde_json::from_slice::<Job>(bytes) {
            let again = serde_json::to_vec(&job).unwrap();
            assert_eq!(serde_json::from_slice::<Job>(&again).unwrap(), job);
            let _ = (
                job.state(),
                cvmshare::jobs::report::table(&job, &Default::default(), cvmshare::messages::Lang::EN),
            );
        }
    });
}

#[test]
fn corpus_fault() {
    corpus("fault", |bytes| drop(String::from_utf8_lossy(bytes).parse::<Fault>()));
}

#[test]
fn corpus_quirk() {
    corpus("quirk", |bytes| drop(String::from_utf8_lossy(bytes).parse::<Quirk>()));
}
