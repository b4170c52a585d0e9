//! Sets up the log: to the file of `--log FILE`, to stderr with `-v`, otherwise nowhere.

use std::{io, sync::Mutex};

use tracing::level_filters::LevelFilter;
use tracing_subscriber::{
    Layer, filter::Targets, fmt, layer::SubscriberExt, registry, util::SubscriberInitExt,
};

use crate::{
    boundary::{file, output::LogLines},
    messages::text,
    session::{error::CommandError, flags::Global},
};

/// Starts logging. The console uses the same terminal as stderr, so it logs only to a file.
pub(crate) fn start(global: &Global, console: bool) -> Result<(), CommandError> {
    let level = if global.verbose { LevelFilter::DEBUG } else { LevelFilter::INFO };
    let filter = Targets::new().with_default(LevelFilter::WARN).with_target("cvmshare", level);
    let log = fmt::layer().with_target(false).with_ansi(false);
    if let Some(path) = &global.log {
        let file = file::append_private(path).map_err(|e| {
            CommandError::Usage(text!(log_file_unusable, path = path.display(), why = e.text()))
        })?;
        registry().with(log.with_writer(Mutex::new(LogLines(file))).with_filter(filter)).init();
    } else if global.verbose && !console {
        registry().with(log.with_writer(|| LogLines(io::stderr())).with_filter(filter)).init();
    }
    Ok(())
}
