//! Where the program's own log goes: to `--log FILE`, to stderr with `-v`, else nowhere.

use std::{fs::OpenOptions, os::unix::fs::OpenOptionsExt, sync::Mutex};

use tracing_subscriber::{EnvFilter, fmt};

use super::{Fault, Global};

/// Starts logging. The console's screen is on the same terminal as stderr, so only a file will do there.
pub(super) fn start(global: &Global, console: bool) -> Result<(), Fault> {
    let level = if global.verbose { "debug" } else { "info" };
    let filter = EnvFilter::new(format!("warn,cvmshare={level}"));
    let log = fmt().with_env_filter(filter).with_target(false).with_ansi(false);
    if let Some(path) = &global.log {
        let file = OpenOptions::new().create(true).append(true).mode(0o600).open(path).map_err(|e| {
            let path = path.display();
            Fault::Usage(format!("--log {path}: {e}; give a file that can be written"))
                .zh(format!("--log {path}：{e}；请给出可写的文件"))
        })?;
        log.with_writer(Mutex::new(file)).init();
    } else if global.verbose && !console {
        log.with_writer(std::io::stderr).init();
    }
    Ok(())
}
