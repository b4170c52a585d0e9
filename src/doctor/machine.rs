//! Checks of this machine: the terminal and the files.

use std::{
    io::IsTerminal,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
};

use rustix::fs::Access;

use crate::{
    doctor::finding::{Finding, Level},
    i18n::lang::{Lang, tell},
    jobs::Journal,
    session::{error::Fault, flags::Global, paths::Paths},
};

/// Checks the terminal, by file descriptors and environment; the terminal itself is not queried.
pub(super) fn terminal(global: &Global, lang: Lang) -> Vec<Finding> {
    terminal_of(global, lang, |name| std::env::var(name).ok().filter(|v| !v.is_empty()))
}

fn terminal_of(global: &Global, lang: Lang, var: impl Fn(&str) -> Option<String>) -> Vec<Finding> {
    let ok = |name: &str, text: String| Finding::ok("terminal", name, text);
    let note = |name: &str, text: String| Finding::new("terminal", name, Level::Note, text);
    let mut all = Vec::new();
    let terminal = std::io::stdin().is_terminal() && std::io::stdout().is_terminal();
    all.push(match terminal {
        true => ok("terminal", lang.of("keys and screen", "按键与显示").to_owned()),
        false => {
            let none = "none on both stdin and stdout; the console needs one";
            note("terminal", lang.of(none, "stdin 与 stdout 不都是终端；控制台需要终端").to_owned())
        }
    });
    if let Ok(size) = rustix::termios::tcgetwinsize(std::io::stdout()) {
        let text = format!("{}x{}", size.ws_col, size.ws_row);
        all.push(match size.ws_col >= 80 && size.ws_row >= 24 {
            true => ok("size", text),
            false => note("size", text)
                .with_fix(lang.of("80x24 shows every column that matters", "80x24 可显示所有重要的列")),
        });
    }
    let term = var("TERM").unwrap_or_default();
    all.push(match term.as_str() {
        "" | "dumb" => {
            let shown = if term.is_empty() { lang.of("not set", "未设置") } else { &term };
            note("TERM", shown.to_owned()).with_fix(lang.of(
                "Set TERM to what the terminal is, such as xterm-256color",
                "请将 TERM 设为终端的类型，例如 xterm-256color",
            ))
        }
        _ => ok("TERM", term.clone()),
    });
    let colours = if global.no_color || var("NO_COLOR").is_some() {
        lang.of("off", "关闭")
    } else if matches!(var("COLORTERM").as_deref(), Some("truecolor" | "24bit")) {
        lang.of("24 bit; the terminal's own 16 are used", "24 位；使用终端自己的 16 色")
    } else if term.contains("256color") {
        lang.of("256; the terminal's own 16 are used", "256；使用终端自己的 16 色")
    } else {
        "16"
    };
    all.push(ok("colours", colours.to_owned()));
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"].iter().find_map(|n| var(n)).unwrap_or_default();
    let utf8 = locale.to_ascii_lowercase().replace('-', "").contains("utf8");
    all.push(match utf8 || global.ascii {
        true => ok("characters", if global.ascii { "ASCII".to_owned() } else { locale }),
        false => {
            let shown =
                if locale.is_empty() { lang.of("no locale is set", "未设置 locale") } else { &locale };
            note("characters", shown.to_owned()).with_fix(lang.of(
                "Set LANG to a UTF-8 locale such as C.UTF-8, or use --ascii",
                "请将 LANG 设为 UTF-8 的 locale，例如 C.UTF-8，或使用 --ascii",
            ))
        }
    });
    let multiplexer = if var("TMUX").is_some() {
        lang.of("tmux; copying goes through its own buffer", "tmux；复制到剪贴板时经由其缓冲区")
    } else if var("STY").is_some() {
        lang.of("screen; copying is wrapped for it", "screen；复制到剪贴板时已为其封装")
    } else if var("ZELLIJ").is_some() {
        "zellij"
    } else {
        lang.of("none", "无")
    };
    all.push(ok("multiplexer", multiplexer.to_owned()));
    let ssh = var("SSH_CONNECTION").or_else(|| var("SSH_TTY")).is_some();
    let text = match ssh {
        true => lang.of(
            "yes; copying asks the terminal at the other end (OSC 52)",
            "是；复制到剪贴板由对端的终端完成（OSC 52）",
        ),
        false => lang.of("no", "否"),
    };
    all.push(ok("ssh", text.to_owned()));
    all
}

/// Checks the files of this program: where they are, their permissions, and what the journal holds.
pub(super) async fn paths(paths: &Paths, lang: Lang) -> Vec<Finding> {
    let mut all: Vec<Finding> = paths.all().into_iter().map(|(name, path)| file(name, &path, lang)).collect();
    all.extend(journal(&paths.journal(), lang).await);
    let (dir, exists) = existing(&paths.state_dir);
    if rustix::fs::access(&dir, Access::WRITE_OK).is_err() {
        let place = dir.display();
        let text = match exists {
            true => tell!(lang, "{place} cannot be written", "{place} 不可写"),
            false => {
                let dir = paths.state_dir.display();
                tell!(
                    lang,
                    "{dir} cannot be made: {place} cannot be written",
                    "无法创建 {dir}：{place} 不可写"
                )
            }
        };
        all.push(Finding::new("paths", "state", Level::Wrong, text).with_fix(lang.of(
            "Make it writable for you, or set CVMSHARE_STATE_DIR to a directory that is",
            "请使其对您可写，或将 CVMSHARE_STATE_DIR 设为可写的目录",
        )));
    }
    all
}

/// Checks the journal, where there is one, without changing it.
async fn journal(path: &Path, lang: Lang) -> Option<Finding> {
    if !path.is_file() {
        return None;
    }
    Some(match Journal::inspect(path).await {
        Ok(summary) => {
            let (jobs, left, open) = (summary.jobs, summary.unfinished, summary.open_intents);
            let text = tell!(
                lang,
                "whole; {jobs} jobs, {left} unfinished, {open} calls without a known result",
                "完好；任务 {jobs} 个，未完成 {left} 个，结果未知的调用 {open} 个"
            );
            match summary.unfinished {
                0 => Finding::ok("journal", "content", text),
                _ => Finding::new("journal", "content", Level::Note, text).with_fix(lang.of(
                    "cvmshare jobs list names them, cvmshare jobs resume goes on with them",
                    "cvmshare jobs list 列出它们，cvmshare jobs resume 继续执行",
                )),
            }
        }
        Err(error) => {
            let whole = Fault::from(error).message(lang, &[]);
            let (text, fix) = whole
                .split_once(lang.of("; ", "；"))
                .unwrap_or((&whole, lang.of("Move it away", "请移走它")));
            Finding::new("journal", "content", Level::Wrong, text).with_fix(fix)
        }
    })
}

/// Checks one file or directory. It is wrong when others may write it, or read the journal or the log.
fn file(name: &'static str, path: &Path, lang: Lang) -> Finding {
    let shown = path.display();
    let Ok(meta) = std::fs::metadata(path) else {
        return Finding::ok("paths", name, tell!(lang, "{shown}, not there yet", "{shown}，尚不存在"));
    };
    let mode = meta.permissions().mode() & 0o777;
    let size = match meta.is_file() {
        true => tell!(lang, ", {} bytes", "，{} 字节", meta.len()),
        false => String::new(),
    };
    let text = tell!(lang, "{shown}, mode {mode:03o}{size}", "{shown}，权限 {mode:03o}{size}");
    let private = matches!(name, "journal" | "log");
    if mode & 0o022 != 0 {
        let text = tell!(lang, "{text}; others may write it", "{text}；其他人可写");
        Finding::new("paths", name, Level::Wrong, text).with_fix(format!("chmod go-w {shown}"))
    } else if private && mode & 0o044 != 0 {
        let text = tell!(lang, "{text}; others may read it", "{text}；其他人可读");
        Finding::new("paths", name, Level::Wrong, text).with_fix(format!("chmod go-rwx {shown}"))
    } else {
        Finding::ok("paths", name, text)
    }
}

/// The directory, or the nearest one above it that exists; and whether it is the directory itself.
fn existing(dir: &Path) -> (PathBuf, bool) {
    let found = dir.ancestors().find(|d| d.exists()).unwrap_or(Path::new("/"));
    (found.to_owned(), found == dir)
}

/// Notes a file with keys that others may read.
pub(super) fn keys(path: &Path, lang: Lang) -> Option<Finding> {
    let mode = std::fs::metadata(path).ok()?.permissions().mode() & 0o777;
    (mode & 0o077 != 0).then(|| {
        let shown = path.display();
        let text = tell!(
            lang,
            "{shown}, mode {mode:03o}; others may read or write it",
            "{shown}，权限 {mode:03o}；其他人可读或可写"
        );
        Finding::new("credentials", "mode", Level::Note, text)
            .with_fix(format!("chmod 600 {}", path.display()))
    })
}
