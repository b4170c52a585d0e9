//! This machine: the terminal, and the files.

use std::{
    io::IsTerminal,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
};

use rustix::fs::Access;

use super::{Finding, State};
use crate::{cli::Global, config::Paths, jobs::Journal};

/// What the console would find. The environment decides most of it; the terminal itself is never asked.
pub(super) fn terminal(global: &Global) -> Vec<Finding> {
    terminal_of(global, |name| std::env::var(name).ok().filter(|v| !v.is_empty()))
}

fn terminal_of(global: &Global, var: impl Fn(&str) -> Option<String>) -> Vec<Finding> {
    let ok = |name: &str, text: String| Finding::ok("terminal", name, text);
    let note = |name: &str, text: String| Finding::new("terminal", name, State::Note, text);
    let mut all = Vec::new();
    let both = std::io::stdin().is_terminal() && (std::io::stdout().is_terminal());
    all.push(match both {
        true => ok("terminal", "keys and screen".to_owned()),
        false => note("terminal", "none on both stdin and stdout; the console needs one".to_owned()),
    });
    if std::io::stdout().is_terminal()
        && let Ok((columns, rows)) = crossterm::terminal::size()
    {
        let text = format!("{columns}x{rows}");
        all.push(match columns >= 80 && rows >= 24 {
            true => ok("size", text),
            false => note("size", text).mend("80x24 shows every column that matters"),
        });
    }
    let term = var("TERM").unwrap_or_default();
    all.push(match term.as_str() {
        "" | "dumb" => note("TERM", if term.is_empty() { "not set".into() } else { term.clone() })
            .mend("Set TERM to what the terminal is, such as xterm-256color"),
        _ => ok("TERM", term.clone()),
    });
    let colours = if global.no_color || var("NO_COLOR").is_some() {
        "off"
    } else if matches!(var("COLORTERM").as_deref(), Some("truecolor" | "24bit")) {
        "24 bit; the terminal's own 16 are used"
    } else if term.contains("256color") {
        "256; the terminal's own 16 are used"
    } else {
        "16"
    };
    all.push(ok("colours", colours.to_owned()));
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"].iter().find_map(|n| var(n)).unwrap_or_default();
    let utf8 = locale.to_ascii_lowercase().replace('-', "").contains("utf8");
    all.push(match utf8 || global.ascii {
        true => ok("characters", if global.ascii { "ASCII".to_owned() } else { locale }),
        false => note("characters", if locale.is_empty() { "no locale is set".into() } else { locale })
            .mend("Set LANG to a UTF-8 locale such as C.UTF-8, or use --ascii"),
    });
    let multiplexer = if var("TMUX").is_some() {
        "tmux; copying goes through its own buffer"
    } else if var("STY").is_some() {
        "screen; copying is wrapped for it"
    } else if var("ZELLIJ").is_some() {
        "zellij"
    } else {
        "none"
    };
    all.push(ok("multiplexer", multiplexer.to_owned()));
    let ssh = var("SSH_CONNECTION").or_else(|| var("SSH_TTY")).is_some();
    let text = if ssh { "yes; copying asks the terminal at the other end (OSC 52)" } else { "no" };
    all.push(ok("ssh", text.to_owned()));
    all
}

/// Where things are kept, who may read and write them, and whether it can be written where it has to be.
pub(super) fn paths(paths: &Paths) -> Vec<Finding> {
    let mut all: Vec<Finding> = paths.all().into_iter().map(|(name, path)| file(name, &path)).collect();
    all.extend(journal(&paths.journal()));
    let (dir, exists) = existing(&paths.state_dir);
    if rustix::fs::access(&dir, Access::WRITE_OK).is_err() {
        let place = dir.display();
        let text = match exists {
            true => format!("{place} cannot be written"),
            false => format!("{} cannot be made: {place} cannot be written", paths.state_dir.display()),
        };
        all.push(
            Finding::new("paths", "state", State::Wrong, text)
                .mend("Make it writable for you, or set CVMSHARE_STATE_DIR to a directory that is"),
        );
    }
    all
}

/// What is in the journal, where there is one. Looked at from outside, so that nothing of it changes.
fn journal(path: &Path) -> Option<Finding> {
    if !path.is_file() {
        return None;
    }
    Some(match Journal::look(path) {
        Ok(look) => {
            let text = format!(
                "whole; {} jobs, {} unfinished, {} calls without a known result",
                look.jobs, look.unfinished, look.open_intents
            );
            match look.unfinished {
                0 => Finding::ok("journal", "content", text),
                _ => Finding::new("journal", "content", State::Note, text)
                    .mend("cvmshare jobs list names them, cvmshare jobs resume goes on with them"),
            }
        }
        Err(error) => {
            let whole = error.to_string();
            let (text, mend) = whole.split_once("; ").unwrap_or((&whole, "Move it away"));
            Finding::new("journal", "content", State::Wrong, text).mend(mend)
        }
    })
}

/// One file or directory. What others may write is wrong, and so is a journal or a log that they may read.
fn file(name: &'static str, path: &Path) -> Finding {
    let shown = path.display();
    let Ok(meta) = std::fs::metadata(path) else {
        return Finding::ok("paths", name, format!("{shown}, not there yet"));
    };
    let mode = meta.permissions().mode() & 0o777;
    let size = if meta.is_file() { format!(", {} bytes", meta.len()) } else { String::new() };
    let text = format!("{shown}, mode {mode:03o}{size}");
    let private = matches!(name, "journal" | "log");
    if mode & 0o022 != 0 {
        Finding::new("paths", name, State::Wrong, format!("{text}; others may write it"))
            .mend(format!("chmod go-w {shown}"))
    } else if private && mode & 0o044 != 0 {
        Finding::new("paths", name, State::Wrong, format!("{text}; others may read it"))
            .mend(format!("chmod go-rwx {shown}"))
    } else {
        Finding::ok("paths", name, text)
    }
}

/// The directory, or the nearest one above it that is there.
fn existing(dir: &Path) -> (PathBuf, bool) {
    let found = dir.ancestors().find(|d| d.exists()).unwrap_or(Path::new("/"));
    (found.to_owned(), found == dir)
}

/// A file with keys that others may read is told; where it is one of ours is not our business to mend.
pub(super) fn keys(path: &Path) -> Option<Finding> {
    let mode = std::fs::metadata(path).ok()?.permissions().mode() & 0o777;
    (mode & 0o077 != 0).then(|| {
        let text = format!("{}, mode {mode:03o}; others may read or write it", path.display());
        Finding::new("credentials", "mode", State::Note, text).mend(format!("chmod 600 {}", path.display()))
    })
}
