//! Why a command failed, and its exit status.

use std::{fmt, process::ExitCode};

use serde::Serialize;

use crate::{
    cloud::{self, Kind, NoCredentials},
    i18n::{
        failure::{Failure, Others},
        lang::{Lang, Text, text},
        looked_at::origin,
        ours,
    },
    jobs::journal,
};

/// The exit statuses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Exit {
    /// Done, or allowed.
    Done = 0,
    /// It failed.
    Failed = 1,
    /// The command line, the environment or the config file is wrong.
    Usage = 2,
    /// A rule blocks it.
    Blocked = 3,
    /// Facts are missing.
    Unknown = 4,
    /// Some of it was done.
    Partly = 5,
    /// The credentials are missing or do not work.
    Credentials = 6,
    /// Ended by a hang-up.
    Hangup = 129,
    /// Ended by Ctrl-C.
    Interrupted = 130,
    /// Ended by SIGTERM.
    Terminated = 143,
}

/// Why a command failed: what, why, and in a second line what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// The command line, the environment or the config file is wrong.
    Usage(Text),
    /// There are no credentials, or none that can be used.
    Credentials(NoCredentials),
    /// The cloud, or the way to it.
    Cloud(cloud::Error),
    /// A rule blocks it.
    Blocked(Text),
    /// Anything else.
    Failed(Text),
    /// The reader of the output has gone.
    Pipe,
}

impl Fault {
    /// Its exit status.
    pub fn exit(&self) -> Exit {
        match self {
            Self::Usage(_) => Exit::Usage,
            Self::Blocked(_) => Exit::Blocked,
            Self::Credentials(_) => Exit::Credentials,
            Self::Cloud(e) if e.kind == Kind::Setup || e.is_of_region() => Exit::Usage,
            Self::Cloud(e) if e.is_of_session() => Exit::Credentials,
            Self::Cloud(_) | Self::Failed(_) => Exit::Failed,
            Self::Pipe => Exit::Done,
        }
    }
}

/// An error as scripts see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ErrorShape {
    /// The API's code, or `usage`, `credentials`, `failed` and other lower-case words where the API did not speak.
    pub code: String,
    /// What went wrong.
    pub text: String,
    /// The API's id of the call, where it answered.
    pub request_id: Option<String>,
    /// What to do about it, where that is known.
    pub fix: Option<String>,
}

impl ErrorShape {
    /// An error of the cloud. `others` are the names of the profiles that could be used instead.
    pub fn of(error: &cloud::Error, lang: Lang, others: &[String]) -> Self {
        let failure = failure(error);
        let place = error.region.as_ref().map(|r| format!(" in {r}")).unwrap_or_default();
        let advice = failure.advice(Others { names: others, key: None }, lang);
        Self {
            code: error.code.clone(),
            text: format!("{}{place}: {}", error.action, failure.what(lang)),
            request_id: error.request_id.clone(),
            fix: advice.map(|advice| sentence(&advice)),
        }
    }

    /// Why a command failed.
    pub fn of_fault(fault: &Fault, lang: Lang, others: &[String]) -> Self {
        // Scripts get a text of ours in English.
        let (code, lang) = match fault {
            Fault::Cloud(error) => return Self::of(error, lang, others),
            Fault::Credentials(_) => ("credentials", lang),
            Fault::Usage(_) => ("usage", Lang::En),
            Fault::Blocked(_) => ("blocked", Lang::En),
            Fault::Failed(_) | Fault::Pipe => ("failed", Lang::En),
        };
        let (text, fix) = fault.message_and_fix(lang, others);
        Self { code: code.to_owned(), text, request_id: None, fix }
    }
}

impl From<cloud::Error> for Fault {
    fn from(error: cloud::Error) -> Self {
        Self::Cloud(error)
    }
}

impl From<journal::Error> for Fault {
    fn from(error: journal::Error) -> Self {
        use journal::Error::{
            Content, Damaged, File, Io, Locked, Newer, NotOurs, Row, Sqlite, Stopped, Taken, Thread, Unusable,
        };
        let elsewhere = "或换一个状态目录（CVMSHARE_STATE_DIR）";
        let zh = match &error {
            Newer { path, found, known } => format!(
                "任务日志 {} 的版本为 {found}，本程序只认识 {known}；请使用更新的 cvmshare，{elsewhere}",
                path.display()
            ),
            NotOurs { path } => format!("{} 不是 cvmshare 的任务日志；请移走它，{elsewhere}", path.display()),
            Io { path, source } => {
                format!("任务日志 {} 无法使用：{source}；请解决该问题，{elsewhere}", path.display())
            }
            File { path, source } => {
                format!("任务日志 {} 无法使用：{}", path.display(), ours(&source.to_string(), Lang::Zh))
            }
            Locked { path } => {
                format!("任务日志 {} 被另一个进程长时间锁定；请结束该进程，{elsewhere}", path.display())
            }
            Unusable { path, source } => format!(
                "任务日志 {} 无法读写：{source}；请确认磁盘有空间且文件可写，{elsewhere}",
                path.display()
            ),
            Row { path, job, what } => format!(
                "任务日志 {} 中的任务 {job} 无法读取：{what}；请用 cvmshare list audit 与 list exposure 查看它做了什么，\
                 并移走任务日志以重新开始",
                path.display()
            ),
            Sqlite(source) => format!("任务日志无法读写：{source}"),
            Damaged { path, what } => format!(
                "任务日志 {} 已损坏：{what}；请移走它，并用 cvmshare list exposure 查看已共享的内容",
                path.display()
            ),
            Content(source) => format!("任务日志中有无法读取的内容：{source}"),
            Taken => "另一个进程已接管该任务".to_owned(),
            Thread(source) => {
                format!("无法为任务日志启动线程：{source}；请结束其他进程，或提高上限（ulimit -u）")
            }
            Stopped => "任务日志的线程已失败；请重新启动 cvmshare，任务会从上次写入处继续".to_owned(),
        };
        Self::Failed(Text { en: error.to_string(), zh })
    }
}

impl From<std::io::Error> for Fault {
    fn from(error: std::io::Error) -> Self {
        match error.kind() {
            std::io::ErrorKind::BrokenPipe => Self::Pipe,
            _ => Self::Failed(text!("the output cannot be written: {error}", "无法写出结果：{error}")),
        }
    }
}

/// In English; [`Fault::message`] knows more languages, and other profiles.
impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message(Lang::En, &[]))
    }
}

impl Fault {
    /// What, why, and in a second line what to do. `others` are the names of the profiles that could be used instead.
    pub fn message(&self, lang: Lang, others: &[String]) -> String {
        match (self, lang) {
            (Self::Usage(text) | Self::Blocked(text) | Self::Failed(text), _) => text.of(lang).to_owned(),
            (Self::Credentials(why @ NoCredentials::NotFound { .. }), Lang::En) => format!(
                "{why}\nRun tccli configure or set these variables; or add --demo to use the built-in cloud, which needs \
                 no account"
            ),
            (Self::Credentials(NoCredentials::NotFound { looked }), Lang::Zh) => format!(
                "没有找到凭证；已查找：{}\n请运行 tccli configure 或设置上述环境变量；也可加上 --demo 使用无需账号的内置云",
                looked.join("、")
            ),
            (Self::Credentials(NoCredentials::Unusable { place, why }), Lang::Zh) => {
                format!("{} 中的凭证无法使用：{}", origin(place, Lang::Zh), ours(why, Lang::Zh))
            }
            (Self::Credentials(why), _) => why.to_string(),
            (Self::Cloud(error), _) => {
                let failure = failure(error);
                let advice = failure.advice(Others { names: others, key: None }, lang);
                match advice {
                    Some(advice) => format!("{}\n{}", failure.line(lang), sentence(&advice)),
                    None => failure.line(lang),
                }
            }
            (Self::Pipe, _) => lang.of("nobody reads the output", "没有人读取输出").to_owned(),
        }
    }

    /// What and why, and what to do.
    pub(crate) fn message_and_fix(&self, lang: Lang, others: &[String]) -> (String, Option<String>) {
        let whole = self.message(lang, others);
        match whole.split_once('\n') {
            Some((what, fix)) => (what.to_owned(), Some(fix.to_owned())),
            None => (whole, None),
        }
    }
}

/// The parts of an error of the cloud that its message is made of.
pub fn failure(error: &cloud::Error) -> Failure<'_> {
    Failure {
        kind: error.kind,
        action: error.action,
        region: error.region.as_ref(),
        code: &error.code,
        message: &error.message,
        request_id: error.request_id.as_deref(),
    }
}

/// What to do about an error of the cloud.
pub fn advice(error: &cloud::Error, lang: Lang) -> Option<String> {
    failure(error).advice(Others::default(), lang).map(|advice| sentence(&advice))
}

/// With a capital, where the language has them.
fn sentence(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}
