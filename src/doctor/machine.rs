//! Checks of this machine: the terminal and the files.

use std::{
    io::IsTerminal,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
};

use rustix::fs::Access;

use crate::{
    doctor::finding::{Finding, Level},
    jobs::Journal,
    messages::{Lang, m, tr},
    session::{error::CommandError, flags::Global, paths::Paths},
};

/// Checks the terminal by file descriptors and environment. The terminal itself is not queried.
pub(super) fn terminal(global: &Global, lang: Lang) -> Vec<Finding> {
    terminal_of(global, lang, |name| std::env::var(name).ok().filter(|v| !v.is_empty()))
}

fn terminal_of(global: &Global, lang: Lang, var: impl Fn(&str) -> Option<String>) -> Vec<Finding> {
    let ok = |name: &str, text: String| Finding::ok("terminal", name, text);
    let note = |name: &str, text: String| Finding::new("terminal", name, Level::Note, text);
    let mut all = Vec::new();
    let terminal = std::io::stdin().is_terminal() && std::io::stdout().is_terminal();
    all.push(match terminal {
        true => ok("terminal", lang.text(m::doctor_keys_and_screen).to_owned()),
        false => note("terminal", lang.text(m::doctor_no_terminal).to_owned()),
    });
    if let Ok(size) = rustix::termios::tcgetwinsize(std::io::stdout()) {
        let text = format!("{}x{}", size.ws_col, size.ws_row);
        all.push(match size.ws_col >= 80 && size.ws_row >= 24 {
            true => ok("size", text),
            false => note("size", text).with_fix(lang.text(m::doctor_x_shows_every_column_that)),
        });
    }
    let term = var("TERM").unwrap_or_default();
    all.push(match term.as_str() {
        "" | "dumb" => {
            let shown = if term.is_empty() { lang.text(m::doctor_not_set) } else { &term };
            note("TERM", shown.to_owned()).with_fix(lang.text(m::doctor_set_term))
        }
        _ => ok("TERM", term.clone()),
    });
    let colours = if global.no_color || var("NO_COLOR").is_some() {
        lang.text(m::doctor_off)
    } else if matches!(var("COLORTERM").as_deref(), Some("truecolor" | "24bit")) {
        lang.text(m::doctor_colours_true)
    } else if term.contains("256color") {
        lang.text(m::doctor_colours_indexed)
    } else {
        "16"
    };
    all.push(ok("colours", colours.to_owned()));
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"].iter().find_map(|n| var(n)).unwrap_or_default();
    let utf8 = locale.to_ascii_lowercase().replace('-', "").contains("utf8");
    all.push(match utf8 || global.ascii {
        true => ok("characters", if global.ascii { "ASCII".to_owned() } else { locale }),
        false => {
            let shown = if locale.is_empty() { lang.text(m::doctor_no_locale_is_set) } else { &locale };
            note("characters", shown.to_owned()).with_fix(lang.text(m::doctor_set_lang_to_utf_locale))
        }
    });
    let multiplexer = if var("TMUX").is_some() {
        lang.text(m::doctor_in_tmux)
    } else if var("STY").is_some() {
        lang.text(m::doctor_in_screen)
    } else if var("ZELLIJ").is_some() {
        "zellij"
    } else {
        lang.text(m::common_none)
    };
    all.push(ok("multiplexer", multiplexer.to_owned()));
    let ssh = var("SSH_CONNECTION").or_else(|| var("SSH_TTY")).is_some();
    let text = match ssh {
        true => lang.text(m::doctor_over_ssh),
        false => lang.text(m::common_no),
    };
    all.push(ok("ssh", text.to_owned()));
    all
}

/// Checks this program's files: their location, their permissions, and what the journal contains.
pub(super) async fn paths(paths: &Paths, lang: Lang) -> Vec<Finding> {
    let mut all: Vec<Finding> = paths.all().into_iter().map(|(name, path)| file(name, &path, lang)).collect();
    all.extend(journal(&paths.journal(), lang).await);
    let (dir, exists) = existing(&paths.state_dir);
    if rustix::fs::access(&dir, Access::WRITE_OK).is_err() {
        let place = dir.display();
        let text = match exists {
            true => tr!(lang, doctor_cannot_be_written, place),
            false => {
                let dir = paths.state_dir.display();
                tr!(lang, doctor_cannot_be_made_cannot_be, dir, place)
            }
        };
        all.push(
            Finding::new("paths", "state", Level::Wrong, text)
                .with_fix(lang.text(m::doctor_make_it_writable_for_you)),
        );
    }
    all
}

/// Checks the journal without changing it. Returns `None` if it does not exist.
async fn journal(path: &Path, lang: Lang) -> Option<Finding> {
    if !path.is_file() {
        return None;
    }
    Some(match Journal::inspect(path).await {
        Ok(summary) => {
            let (jobs, left, open) = (summary.jobs, summary.unfinished, summary.open_intents);
            let text = tr!(lang, doctor_journal_ok, jobs, left, open);
            match summary.unfinished {
                0 => Finding::ok("journal", "content", text),
                _ => Finding::new("journal", "content", Level::Note, text)
                    .with_fix(lang.text(m::doctor_cvmshare_jobs_list_names_them)),
            }
        }
        Err(error) => {
            let whole = CommandError::from(error).message(lang, &[]);
            let (text, fix) = whole
                .split_once(lang.text(m::common_semicolon))
                .unwrap_or((&whole, lang.text(m::doctor_move_it_away)));
            Finding::new("journal", "content", Level::Wrong, text).with_fix(fix)
        }
    })
}

/// Checks one file or directory. Fails if other users may write it, or may read the journal or the log.
fn file(name: &'static str, path: &Path, lang: Lang) -> Finding {
    let shown = path.display();
    let Ok(meta) = std::fs::metadata(path) else {
        return Finding::ok("paths", name, tr!(lang, doctor_not_there_yet, shown));
    };
    let mode = meta.permissions().mode() & 0o777;
    let size = match meta.is_file() {
        true => tr!(lang, doctor_bytes, n = meta.len()),
        false => String::new(),
    };
    let text = tr!(lang, doctor_mode, shown, mode = format!("{:03o}", mode), size);
    let private = matches!(name, "journal" | "log");
    if mode & 0o022 != 0 {
        let text = tr!(lang, doctor_others_may_write_it, text);
        Finding::new("paths", name, Level::Wrong, text).with_fix(format!("chmod go-w {shown}"))
    } else if private && mode & 0o044 != 0 {
        let text = tr!(lang, doctor_others_may_read_it, text);
        Finding::new("paths", name, Level::Wrong, text).with_fix(format!("chmod go-rwx {shown}"))
    } else {
        Finding::ok("paths", name, text)
    }
}

/// Returns the directory, or its nearest ancestor that exists, and whether it is the directory itself.
fn existing(dir: &Path) -> (PathBuf, bool) {
    let found = dir.ancestors().find(|d| d.exists()).unwrap_or(Path::new("/"));
    (found.to_owned(), found == dir)
}

/// Returns a note if other users may read a file that contains keys.
pub(super) fn key_file(path: &Path, lang: Lang) -> Option<Finding> {
    let mode = std::fs::metadata(path).ok()?.permissions().mode() & 0o777;
    (mode & 0o077 != 0).then(|| {
        let shown = path.display();
        let text = tr!(lang, doctor_mode_open, shown, mode = format!("{:03o}", mode));
        Finding::new("credentials", "mode", Level::Note, text)
            .with_fix(format!("chmod 600 {}", path.display()))
    })
}
