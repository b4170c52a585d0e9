//! Why a command did not come to its end, and the exit status of that.

use std::{fmt, process::ExitCode};

use crate::cloud::{self, Kind, NoCredentials};

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
            Self::Cloud(e) if matches!(e.kind, Kind::Credentials | Kind::Expired) => Exit::Credentials,
            Self::Cloud(_) | Self::Failed(_) => Exit::Failed,
            Self::Pipe => Exit::Done,
        }
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

/// What, why, what to do.
impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Usage(text) | Self::Blocked(text) | Self::Failed(text) => f.write_str(text),
            Self::Credentials(why @ NoCredentials::NotFound { .. }) => write!(
                f,
                "{why}\nRun tccli configure or set these variables; or add --demo to use the built-in cloud, which needs \
                 no account"
            ),
            Self::Credentials(why) => write!(f, "{why}"),
            Self::Cloud(error) => match advice(error) {
                Some(advice) => write!(f, "{error}\n{advice}"),
                None => write!(f, "{error}"),
            },
            Self::Pipe => f.write_str("nobody reads the output"),
        }
    }
}

/// What to do about an error of the cloud.
pub fn advice(error: &cloud::Error) -> Option<String> {
    Some(match error.kind {
        Kind::Setup => {
            "Mend the endpoint, in --endpoint or CVMSHARE_ENDPOINT, or the TLS settings".to_owned()
        }
        Kind::Network | Kind::Timeout => {
            "Check the network and HTTPS_PROXY; --regions narrows down what is asked".to_owned()
        }
        Kind::Throttled => "Other programs use up this account's calls; try again in a minute".to_owned(),
        Kind::Credentials if error.code == "AuthFailure.SignatureExpire" => {
            "Set this machine's clock; the service takes signatures of the last five minutes only".to_owned()
        }
        Kind::Credentials => {
            "Check the key pair, or use another profile (--profile NAME); --demo needs none".to_owned()
        }
        Kind::Expired => "Sign in again, or use another profile (--profile NAME)".to_owned(),
        Kind::Denied => {
            let service = match error.action {
                "GetCallerIdentity" => "sts",
                "DescribeRegions" => "region",
                _ => "cvm",
            };
            format!("Ask the account's administrator to allow {service}:{} for you", error.action)
        }
        Kind::Unreadable => {
            "Something between here and the service answered in its place; check the network and HTTPS_PROXY"
                .to_owned()
        }
        Kind::NotFound | Kind::Refused => return None,
    })
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}
