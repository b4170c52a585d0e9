//! Sets the version that the program shows (the package's, with the commit when built from a checkout) and generates the
//! typed messages.

mod messages;

use std::{
    env,
    path::{Path, PathBuf},
    process::{Command, ExitCode},
};

fn main() -> ExitCode {
    println!("cargo:rerun-if-changed=build");
    // Read when it runs: a script that was compiled for one directory may be run for another.
    let package = env::var("CARGO_PKG_VERSION").unwrap_or_default();
    let version = match env::var_os("CARGO_MANIFEST_DIR").and_then(|dir| commit(&PathBuf::from(dir))) {
        Some(commit) => format!("{package} ({commit})"),
        None => package,
    };
    println!("cargo:rustc-env=CVMSHARE_VERSION={version}");
    let dir = env::var("CARGO_MANIFEST_DIR").unwrap_or_default();
    match messages::generate(&PathBuf::from(dir).join("assets/locales")) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

/// Returns the commit of the checkout. Returns `None` for a published package, even inside another checkout.
fn commit(dir: &Path) -> Option<String> {
    if !dir.join(".git").exists() {
        return None;
    }
    // Every commit appends to this file, on any branch.
    if let Some(log) = git(dir, &["rev-parse", "--git-path", "logs/HEAD"])
        && dir.join(&log).exists()
    {
        println!("cargo:rerun-if-changed={log}");
    }
    git(dir, &["rev-parse", "--short=9", "HEAD"])
}

fn git(dir: &Path, args: &[&str]) -> Option<String> {
    let output = Command::new("git").args(args).current_dir(dir).output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?.trim().to_owned();
    (output.status.success() && !text.is_empty()).then_some(text)
}
