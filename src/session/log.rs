//! Where the program's own log goes: to `--log FILE`, to stderr with `-v`, else nowhere.

use std::{io, sync::Mutex};

use tracing::level_filters::LevelFilter;
use tracing_subscriber::{
    Layer, filter::Targets, fmt, layer::SubscriberExt, registry, util::SubscriberInitExt,
};

use crate::{
    boundary::{file, output::LogLines},
    i18n::ours,
    messages::{Lang, Text},
    session::{error::Fault, flags::Global},
};

/// Starts logging. The console's screen is on the same terminal as stderr, so only a file will do there.
pub(crate) fn start(global: &Global, console: bool) -> Result<(), Fault> {
    let level = if global.verbose { LevelFilter::DEBUG } else { LevelFilter::INFO };
    let filter = Targets::new().with_default(LevelFilter::WARN).with_target("cvmshare", level);
    let log = fmt::layer().with_target(false).with_ansi(false);
    if let Some(path) = &global.log {
        let file = file::append_private(path).map_err(|e| {
            let path = path.display();
            let zh = ours(&e.to_string(), Lang::Zh).into_owned();
            Fault::Usage(Text {
                en: format!("--log {path}: {e}\nGive a file of yours that can be written"),
                zh: format!("--log {path}：{zh}\n请给出您自己的可写文件"),
            })
        })?;
        registry().with(log.with_writer(Mutex::new(LogLines(file))).with_filter(filter)).init();
    } else if global.verbose && !console {
        registry().with(log.with_writer(|| LogLines(io::stderr())).with_filter(filter)).init();
    }
    Ok(())
}
