//! `cvmshare paths`.

use serde_json::json;

use crate::{
    commands::printer::{self, Row},
    i18n::doctor_word,
    messages::{Lang, m},
    session::{
        error::{CommandError, Exit},
        flags::Format,
        paths::Paths,
    },
};

/// Prints the paths of the config file, the journal and the other files.
///
/// # Errors
///
/// [`CommandError::Pipe`]
pub fn paths(format: Format, lang: Lang) -> Result<Exit, CommandError> {
    let row = |(name, path): (&'static str, std::path::PathBuf)| Row {
        json: json!({ "name": name, "path": path.display().to_string(), "exists": path.exists() }),
        cells: vec![doctor_word(name, lang).to_owned(), path.display().to_string()],
    };
    let rows = Paths::of_process().all().into_iter().map(row).collect();
    printer::rows_as(format, lang, "name,path,exists", &[m::head_name, m::head_path], rows)?;
    Ok(Exit::Done)
}
