//! The same actions as commands, for scripts. Data goes to stdout alone; everything else goes to stderr.

pub(crate) mod agree;
pub(crate) mod audit;
pub(crate) mod change;
pub(crate) mod check;
pub(crate) mod copy;
pub(crate) mod doctor;
pub(crate) mod drive;
pub(crate) mod exposure;
pub(crate) mod gather;
pub(crate) mod heads;
pub(crate) mod jobs;
pub(crate) mod list;
pub(crate) mod out;
pub(crate) mod plan;
pub(crate) mod progress;
pub(crate) mod refused;
pub(crate) mod report;
pub(crate) mod share;
pub(crate) mod undo;
pub(crate) mod unshare;

pub use crate::commands::{
    change::change,
    check::check,
    copy::copy,
    doctor::doctor,
    jobs::jobs,
    list::list,
    plan::{apply, plan},
    share::share,
    unshare::unshare,
};

use std::collections::BTreeMap;

pub(crate) use crate::boundary::output::say;
use crate::{
    cloud::{Client, Error},
    i18n::{clock::clock_warning, lang::Lang, looked_at},
    session::{
        error::{ErrorShape, Exit, Fault, failure},
        flags::Format,
        paths::Paths,
        setup::Setup,
    },
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
