//! Where the program's own log goes: to `--log FILE`, to stderr with `-v`, else nowhere.

use std::{fs::OpenOptions, os::unix::fs::OpenOptionsExt, sync::Mutex};

use tracing::level_filters::LevelFilter;
use tracing_subscriber::{
    Layer, filter::Targets, fmt, layer::SubscriberExt, registry, util::SubscriberInitExt,
};

use super::{Fault, Global};

/// Starts logging. The console's screen is on the same terminal as stderr, so only a file will do there.
pub(super) fn start(global: &Global, console: bool) -> Result<(), Fault> {
    let level = if global.verbose { LevelFilter::DEBUG } else { LevelFilter::INFO };
    let filter = Targets::new().with_default(LevelFilter::WARN).with_target("cvmshare", level);
    let log = fmt::layer().with_target(false).with_ansi(false);
    if let Some(path) = &global.log {
        let file = OpenOptions::new().create(true).append(true).mode(0o600).open(path).map_err(|e| {
            let path = path.display();
            Fault::Usage(format!("--log {path}: {e}; give a file that can be written"))
                .zh(format!("--log {path}：{e}；请给出可写的文件"))
        })?;
        registry().with(log.with_writer(Mutex::new(file)).with_filter(filter)).init();
    } else if global.verbose && !console {
        registry().with(log.with_writer(std::io::stderr).with_filter(filter)).init();
    }
    Ok(())
}
