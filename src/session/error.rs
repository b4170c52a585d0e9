//! Why a command failed, and its exit status.

use std::{fmt, process::ExitCode};

use serde::Serialize;

use crate::{
    cloud::{self, Kind, NoCredentials},
    i18n::failure::{Failure, Others},
    jobs::journal,
    messages::{Lang, Text, m, text, tr},
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
            Self::Cloud(e) if e.kind == Kind::Setup || e.is_unknown_region() => Exit::Usage,
            Self::Cloud(e) if e.is_session_error() => Exit::Credentials,
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
        let advice = failure.advice(Others { names: others, key: None }, lang);
        Self {
            code: error.code.clone(),
            text: failure.with_place(lang),
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
            Fault::Usage(_) => ("usage", Lang::EN),
            Fault::Blocked(_) => ("blocked", Lang::EN),
            Fault::Failed(_) | Fault::Pipe => ("failed", Lang::EN),
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
        Self::Failed(error.text())
    }
}

impl From<std::io::Error> for Fault {
    fn from(error: std::io::Error) -> Self {
        match error.kind() {
            std::io::ErrorKind::BrokenPipe => Self::Pipe,
            _ => Self::Failed(text!(error_output_cannot_be_written, error)),
        }
    }
}

/// In English; [`Fault::message`] knows more languages, and other profiles.
impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message(Lang::EN, &[]))
    }
}

impl Fault {
    /// What, why, and in a second line what to do. `others` are the names of the profiles that could be used instead.
    pub fn message(&self, lang: Lang, others: &[String]) -> String {
        match self {
            Self::Usage(text) | Self::Blocked(text) | Self::Failed(text) => text.render(lang),
            Self::Credentials(why @ NoCredentials::NotFound { .. }) => {
                tr!(lang, credentials_how_to_get, why = why.text())
            }
            Self::Credentials(why) => why.text().render(lang),
            Self::Cloud(error) => {
                let failure = failure(error);
                let advice = failure.advice(Others { names: others, key: None }, lang);
                match advice {
                    Some(advice) => format!("{}\n{}", failure.line(lang), sentence(&advice)),
                    None => failure.line(lang),
                }
            }
            Self::Pipe => lang.text(m::error_nobody_reads_output).to_owned(),
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
