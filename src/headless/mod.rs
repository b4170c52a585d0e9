//! The same actions as commands, for scripts. Data goes to stdout alone; everything else goes to stderr.

mod agree;
mod audit;
mod check;
mod drive;
mod exposure;
mod gather;
mod jobs;
mod list;
mod out;
mod progress;
mod report;
mod share;
mod undo;
mod unshare;

pub use agree::Ask;
pub use check::check;
pub use jobs::jobs;
pub use list::list;
pub use share::share;
pub use unshare::unshare;

use crate::{
    cli::{Exit, Fault, Format, Setup},
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

/// Tells a person something beside the data.
pub fn say(text: &str) {
    use std::io::Write;
    // A closed stderr leaves nobody to tell.
    let _ = writeln!(std::io::stderr(), "cvmshare: {text}");
}
