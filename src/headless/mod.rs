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
mod jobs;
mod list;
mod out;
mod plan;
mod progress;
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

use crate::{
    cli::{ErrorShape, Exit, Fault, Format, Setup},
    cloud::Client,
    config::Paths,
    words::clock_warning,
};

/// Prints where things are kept.
///
/// # Errors
/// [`Fault::Pipe`]
pub fn paths(format: Format) -> Result<Exit, Fault> {
    let rows: Vec<_> = Paths::of_process()
        .all()
        .into_iter()
        .map(|(name, path)| out::Row {
            json: serde_json::json!({ "name": name, "path": path.display().to_string(), "exists": path.exists() }),
            shown: vec![name.to_owned(), path.display().to_string()],
        })
        .collect();
    out::rows(format, &["name", "path", "exists"], &["NAME", "PATH"], rows)?;
    Ok(Exit::Done)
}

/// Says it where this machine's clock will spoil signatures, or has done so.
fn say_clock(client: &Client, setup: &Setup) {
    if let Some(warning) = clock_warning(client.clock_skew(), setup.lang) {
        say(&warning);
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

/// Tells a person something beside the data.
pub fn say(text: &str) {
    use std::io::Write;
    // A closed stderr leaves nobody to tell.
    let _ = writeln!(std::io::stderr(), "cvmshare: {text}");
}
