//! Errors of commands, and exit statuses.

use std::{fmt, process::ExitCode};

use serde::Serialize;

use crate::{
    cloud::{self, Kind, NoCredentials},
    i18n::failure::{Failure, OtherProfiles},
    jobs::journal,
    messages::{Lang, Text, m, text, tr},
};

/// The exit statuses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Exit {
    /// The command succeeded, or the action is allowed.
    Done = 0,
    /// The command failed.
    Failed = 1,
    /// The command line, the environment or the config file is wrong.
    Usage = 2,
    /// A rule blocks the action.
    Blocked = 3,
    /// Facts are missing.
    Unknown = 4,
    /// Only a part was done.
    Partly = 5,
    /// The credentials are missing or rejected.
    Credentials = 6,
    /// Ended by SIGHUP.
    Hangup = 129,
    /// Ended by SIGINT (Ctrl-C).
    Interrupted = 130,
    /// Ended by SIGTERM.
    Terminated = 143,
}

/// An error of a command. The message says what failed and why, and on a second line how to fix it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CommandError {
    /// The command line, the environment or the config file is wrong.
    Usage(Text),
    /// There are no credentials, or none that can be used.
    Credentials(NoCredentials),
    /// A call to the cloud failed.
    Cloud(cloud::Error),
    /// A rule blocks the action.
    Blocked(Text),
    /// Any other error.
    Failed(Text),
    /// The reader of stdout has closed the pipe.
    Pipe,
}

impl CommandError {
    /// Returns the exit status.
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

/// An error in the JSON format.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ErrorShape {
    /// The API's code, or a lower-case word such as `usage`, `credentials` or `failed` if the error does not come
    /// from the API.
    pub code: String,
    /// What failed and why.
    pub text: String,
    /// The request id, if the API answered.
    pub request_id: Option<String>,
    /// How to fix it, if known.
    pub fix: Option<String>,
}

impl ErrorShape {
    /// Converts an error of the cloud. `others` are the names of the profiles that could be used instead.
    pub fn from_cloud(error: &cloud::Error, lang: Lang, others: &[String]) -> Self {
        let failure = failure(error);
        let advice = failure.advice(OtherProfiles { names: others, key: None }, lang);
        Self {
            code: error.code.clone(),
            text: failure.summary_with_region(lang),
            request_id: error.request_id.clone(),
            fix: advice.map(|advice| sentence(&advice)),
        }
    }

    /// Converts the error of a command.
    pub fn from_command(fault: &CommandError, lang: Lang, others: &[String]) -> Self {
        // Scripts get messages of this program in English.
        let (code, lang) = match fault {
            CommandError::Cloud(error) => return Self::from_cloud(error, lang, others),
            CommandError::Credentials(_) => ("credentials", lang),
            CommandError::Usage(_) => ("usage", Lang::EN),
            CommandError::Blocked(_) => ("blocked", Lang::EN),
            CommandError::Failed(_) | CommandError::Pipe => ("failed", Lang::EN),
        };
        let (text, fix) = fault.message_and_fix(lang, others);
        Self { code: code.to_owned(), text, request_id: None, fix }
    }
}

impl From<cloud::Error> for CommandError {
    fn from(error: cloud::Error) -> Self {
        Self::Cloud(error)
    }
}

impl From<journal::Error> for CommandError {
    fn from(error: journal::Error) -> Self {
        Self::Failed(error.text())
    }
}

impl From<std::io::Error> for CommandError {
    fn from(error: std::io::Error) -> Self {
        match error.kind() {
            std::io::ErrorKind::BrokenPipe => Self::Pipe,
            _ => Self::Failed(text!(error_output_cannot_be_written, error)),
        }
    }
}

/// Displays the error in English. Use [`CommandError::message`] for other languages and for advice about other profiles.
impl fmt::Display for CommandError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message(Lang::EN, &[]))
    }
}

impl CommandError {
    /// Returns what failed and why, and on a second line the fix. `others` are the names of the profiles that could
    /// be used instead.
    pub fn message(&self, lang: Lang, others: &[String]) -> String {
        match self {
            Self::Usage(text) | Self::Blocked(text) | Self::Failed(text) => text.render(lang),
            Self::Credentials(why @ NoCredentials::NotFound { .. }) => {
                tr!(lang, credentials_how_to_get, why = why.text())
            }
            Self::Credentials(why) => why.text().render(lang),
            Self::Cloud(error) => {
                let failure = failure(error);
                let advice = failure.advice(OtherProfiles { names: others, key: None }, lang);
                match advice {
                    Some(advice) => format!("{}\n{}", failure.details(lang), sentence(&advice)),
                    None => failure.details(lang),
                }
            }
            Self::Pipe => lang.text(m::error_nobody_reads_output).to_owned(),
        }
    }

    /// Returns what failed and why, and the fix if known.
    pub(crate) fn message_and_fix(&self, lang: Lang, others: &[String]) -> (String, Option<String>) {
        let whole = self.message(lang, others);
        match whole.split_once('\n') {
            Some((what, fix)) => (what.to_owned(), Some(fix.to_owned())),
            None => (whole, None),
        }
    }
}

/// Returns the parts of a cloud error that its message needs.
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

/// Returns the fix for an error of the cloud, if known.
pub fn advice(error: &cloud::Error, lang: Lang) -> Option<String> {
    failure(error).advice(OtherProfiles::default(), lang).map(|advice| sentence(&advice))
}

/// Capitalizes the first letter.
fn sentence(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}
