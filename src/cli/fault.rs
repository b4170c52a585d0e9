//! Why a command did not come to its end, and the exit status of that.

use std::{fmt, process::ExitCode};

use serde::Serialize;

use crate::{
    cloud::{self, Kind, NoCredentials},
    words::{Failure, Lang, Others},
};

/// The exit statuses (interface.md, commands).
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

/// Why a command did not come to its end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// The command line, the environment or the config file is wrong.
    Usage(String),
    /// There are no credentials, or none that can be used.
    Credentials(NoCredentials),
    /// The cloud, or the way to it.
    Cloud(cloud::Error),
    /// A rule says no; its sentence.
    Blocked(String),
    /// Anything else.
    Failed(String),
    /// Whoever read the output has gone.
    Pipe,
}

impl Fault {
    /// Its exit status.
    pub fn exit(&self) -> Exit {
        match self {
            Self::Usage(_) => Exit::Usage,
            Self::Blocked(_) => Exit::Blocked,
            Self::Credentials(_) => Exit::Credentials,
            Self::Cloud(e) if e.kind == Kind::Setup => Exit::Usage,
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
    pub mend: Option<String>,
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
            mend: advice.map(|advice| sentence(&advice)),
        }
    }

    /// Why a command did not come to its end.
    pub fn of_fault(fault: &Fault, lang: Lang, others: &[String]) -> Self {
        let code = match fault {
            Fault::Cloud(error) => return Self::of(error, lang, others),
            Fault::Usage(_) => "usage",
            Fault::Blocked(_) => "blocked",
            Fault::Credentials(_) => "credentials",
            Fault::Failed(_) | Fault::Pipe => "failed",
        };
        let whole = fault.told(lang, others);
        let (text, mend) = match whole.split_once('\n') {
            Some((text, mend)) => (text, Some(mend.to_owned())),
            None => (whole.as_str(), None),
        };
        Self { code: code.to_owned(), text: text.to_owned(), request_id: None, mend }
    }
}

impl From<cloud::Error> for Fault {
    fn from(error: cloud::Error) -> Self {
        Self::Cloud(error)
    }
}

impl From<std::io::Error> for Fault {
    fn from(error: std::io::Error) -> Self {
        match error.kind() {
            std::io::ErrorKind::BrokenPipe => Self::Pipe,
            _ => Self::Failed(format!("the output cannot be written: {error}")),
        }
    }
}

/// What, why, what to do, in English; [`Fault::told`] knows more languages, and other profiles.
impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.told(Lang::En, &[]))
    }
}

impl Fault {
    /// What, why, what to do. `others` are the names of the profiles that could be used instead.
    pub fn told(&self, lang: Lang, others: &[String]) -> String {
        match (self, lang) {
            (Self::Usage(text) | Self::Blocked(text) | Self::Failed(text), _) => text.clone(),
            (Self::Credentials(why @ NoCredentials::NotFound { .. }), Lang::En) => format!(
                "{why}\nRun tccli configure or set these variables; or add --demo to use the built-in cloud, which needs \
                 no account"
            ),
            (Self::Credentials(NoCredentials::NotFound { looked }), Lang::Zh) => format!(
                "没有找到凭证；已查找：{}\n请运行 tccli configure 或设置上述环境变量；也可加上 --demo 使用无需账号的内置云",
                looked.join("、")
            ),
            (Self::Credentials(NoCredentials::Unusable { place, why }), Lang::Zh) => {
                format!("{place} 中的凭证无法使用：{why}")
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
            (Self::Pipe, _) => "nobody reads the output".to_owned(),
        }
    }
}

/// An error of the cloud as words are made of it.
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
pub fn advice(error: &cloud::Error) -> Option<String> {
    failure(error).advice(Others::default(), Lang::En).map(|advice| sentence(&advice))
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
