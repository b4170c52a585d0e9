//! The same actions as commands, for scripts. Data goes to stdout alone; everything else goes to stderr.

mod agree;
mod audit;
mod change;
mod check;
mod copy;
mod doctor;
mod drive;
mod exposure;
mod gather;
mod heads;
mod jobs;
mod list;
mod out;
mod plan;
mod progress;
mod refused;
mod report;
mod share;
mod undo;
mod unshare;

pub use change::change;
pub use check::check;
pub use copy::copy;
pub use doctor::doctor;
pub use jobs::jobs;
pub use list::list;
pub use plan::{apply, plan};
pub use share::share;
pub use unshare::unshare;

use std::collections::BTreeMap;

pub(crate) use crate::boundary::output::say;
use crate::{
    cli::{ErrorShape, Exit, Fault, Format, Setup, failure},
    cloud::{Client, Error},
    config::Paths,
    words::{Lang, clock_warning, looked_at},
};

/// Prints where things are kept.
///
/// # Errors
/// [`Fault::Pipe`]
pub fn paths(format: Format, lang: Lang) -> Result<Exit, Fault> {
    let rows: Vec<_> = Paths::of_process()
        .all()
        .into_iter()
        .map(|(name, path)| out::Row {
            json: serde_json::json!({ "name": name, "path": path.display().to_string(), "exists": path.exists() }),
            shown: vec![looked_at(name, lang).to_owned(), path.display().to_string()],
        })
        .collect();
    out::rows(format, lang, &["name", "path", "exists"], &["NAME", "PATH"], rows)?;
    Ok(Exit::Done)
}

/// Says it where this machine's clock will spoil signatures, or has done so.
fn say_clock(client: &Client, setup: &Setup) {
    if let Some(warning) = clock_warning(client.clock_skew(), setup.lang) {
        say(&warning);
    }
}

/// What the cloud said, for people.
fn told(error: &Error, lang: Lang) -> String {
    match lang {
        Lang::En => error.to_string(),
        Lang::Zh => failure(error).line(lang),
    }
}

/// The document for scripts of why a command did not come to its end; nothing for other formats.
///
/// # Errors
/// [`Fault`] when stdout cannot be written.
pub fn fault(error: &ErrorShape, format: Format) -> Result<(), Fault> {
    match format {
        Format::Json => out::document(&BTreeMap::from([("error", error)])),
        Format::Table | Format::Csv => Ok(()),
    }
}
