//! The same actions as commands, for scripts. Data goes to stdout alone; everything else goes to stderr.

mod check;
mod fault;
mod gather;
mod list;
mod out;

use std::process::ExitCode;

pub use fault::{Exit, Fault};

use crate::{
    cli::{Command, Format, Global, Setup},
    config::Paths,
};

/// Runs a command that asks the cloud.
///
/// # Errors
/// [`Fault`]
pub async fn run(command: &Command, setup: &Setup, format: Format) -> Result<Exit, Fault> {
    match command {
        Command::List { what } => list::run(what, setup, format).await,
        Command::Check { action } => check::run(&action.action().map_err(Fault::Usage)?, setup, format).await,
        Command::Paths => Ok(Exit::Done),
    }
}

/// Prints where things are kept.
///
/// # Errors
/// [`Fault::Pipe`]
pub fn paths(global: &Global) -> Result<Exit, Fault> {
    let rows: Vec<_> = Paths::of_process()
        .all()
        .into_iter()
        .map(|(name, path)| out::Row {
            json: serde_json::json!({ "name": name, "path": path.display().to_string(), "exists": path.exists() }),
            shown: vec![name.to_owned(), path.display().to_string()],
        })
        .collect();
    out::rows(global.output, &["name", "path", "exists"], &["NAME", "PATH"], rows)?;
    Ok(Exit::Done)
}

/// Tells a person something beside the data.
pub fn say(text: &str) {
    use std::io::Write;
    // A closed stderr leaves nobody to tell.
    let _ = writeln!(std::io::stderr(), "cvmshare: {text}");
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}
