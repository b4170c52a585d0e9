//! The messages to [`crate::tui::update()`].

use jiff::Timestamp;

pub use crate::facts::{Load, Loaded, Page};

use crate::{
    doctor::Diagnosis,
    facts::undo::{self, UndoPlan},
    jobs::Job,
    messages::{Lang, tr},
    model::{Image, Instance, Region, Share, Source},
    rules::{Cleared, Standing},
    session::profile::Regions,
    tui::{
        app::{request::Request, row_cache::SavedRows, table::RowId},
        keymap::key::Key,
    },
};

/// A profile as the console shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProfileView {
    /// The name in the configuration.
    pub name: String,
    /// The name to display.
    pub label: String,
    /// The colour, such as `red` or `yellow`. `None` for the accent colour.
    pub color: Option<String>,
    /// Whether it is an account of the built-in cloud.
    pub demo: bool,
    /// Where its credentials were found. Never contains credentials.
    pub found: String,
    /// The facts about the profile before the cloud was called.
    pub standing: Standing,
    /// The regions in view. Empty for all regions of the cloud.
    pub regions: Vec<Region>,
}

impl ProfileView {
    /// Converts a profile of the settings.
    pub fn new(p: &crate::session::profile::Profile, lang: Lang) -> Self {
        Self {
            name: p.name.clone(),
            label: p.label.clone(),
            color: p.color.map(|c| format!("{c:?}").to_lowercase()),
            demo: p.is_demo(),
            found: match &p.credentials {
                Source::Demo(uin) => tr!(lang, message_built_in_cloud, uin),
                source => source.to_string(),
            },
            standing: p.standing(),
            regions: match &p.regions {
                Regions::All => Vec::new(),
                Regions::List(list) => list.clone(),
            },
        }
    }
}

/// An error of a read or an action, as the console shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallError {
    /// The API's code, or a word of this program if there was no answer.
    pub code: String,
    /// What happened.
    pub text: String,
    /// The request id, if the cloud answered.
    pub request_id: Option<String>,
    /// Whether the credentials were rejected.
    pub session: bool,
    /// Whether the cloud could not be reached.
    pub offline: bool,
}

impl CallError {
    /// Returns whether the cloud answered with an incomplete list. The rows that could be read are in the facts.
    pub fn is_partial(&self) -> bool {
        self.code == "unread"
    }

    /// Returns one line: what happened, the code, and the request id.
    pub fn to_line(&self, lang: Lang) -> String {
        let request = self.request_id.as_ref().map(|r| tr!(lang, message_request, r)).unwrap_or_default();
        format!("{} ({}){request}", self.text, self.code)
    }
}

/// One call to the cloud, for the Messages screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallLine {
    /// The time of the answer.
    pub at: Timestamp,
    /// The API action.
    pub action: String,
    /// The region.
    pub region: Option<Region>,
    /// `ok`, or the error code.
    pub outcome: String,
    /// The request id.
    pub request_id: Option<String>,
    /// The duration in milliseconds.
    pub ms: u64,
}

/// The result of a cleared action, with what was read afterwards.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Performed {
    /// The action.
    pub cleared: Cleared,
    /// The image after the action. `None` if it is gone or was not read.
    pub image: Option<Image>,
    /// The shares after the action.
    pub shares: Option<Vec<Share>>,
    /// The instance after the action.
    pub instance: Option<Instance>,
    /// The image or instance that was created.
    pub made: Option<RowId>,
    /// The error, if the action failed.
    pub error: Option<CallError>,
    /// Whether the outcome is unknown, because the answer was lost.
    pub unsure: bool,
    /// The error of reading the result, if the action succeeded but its result could not be read.
    pub unread: Option<CallError>,
}

impl Performed {
    /// Makes the result of an action that succeeded and of which nothing was read yet.
    pub fn new(cleared: Cleared) -> Self {
        Self {
            cleared,
            image: None,
            shares: None,
            instance: None,
            made: None,
            error: None,
            unsure: false,
            unread: None,
        }
    }
}

/// A mouse event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Press {
    /// The left button was pressed.
    Button,
    /// The wheel was turned up.
    WheelUp,
    /// The wheel was turned down.
    WheelDown,
}

/// A mouse event with its position.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mouse {
    /// The event.
    pub press: Press,
    /// The column, from 0.
    pub x: u16,
    /// The row, from 0.
    pub y: u16,
}

/// A message: an input, an answer, or a change of the environment.
#[derive(Debug, Clone, PartialEq)]
pub enum Message {
    /// The journal was read. Contains the jobs of every profile on the cloud in use, the newest first.
    Recalled(Vec<Job>),
    /// Another process runs the job with this ID and this one watches it, or no longer does (`None`).
    Driver(String, Option<String>),
    /// A key was pressed.
    Key(Key),
    /// The doctor's checks are done.
    Doctor(Diagnosis),
    /// Time has passed, so something may be due.
    Tick,
    /// The saved rows of the profile in use were read.
    CachedRows {
        /// The epoch. Messages of an older one are dropped.
        epoch: u64,
        /// The rows.
        kept: Box<SavedRows>,
    },
    /// Text was pasted.
    Paste(String),
    /// A mouse event while the mouse is captured.
    Mouse(Mouse),
    /// The terminal has got the focus, or lost it. Only some terminals report this.
    Focus(bool),
    /// The terminal has this size, in columns and rows.
    Resize(u16, u16),
    /// No key was pressed since [`Effect::Settle`](super::effect::Effect::Settle) with this number.
    Settled(u64),
    /// The cloud of the profile can be called: the built-in one listens, or the client was made.
    Connected {
        /// The epoch.
        epoch: u64,
        /// The error, if it cannot.
        result: Result<(), CallError>,
    },
    /// Rows of lists that are still being read.
    Pages {
        /// The epoch. Messages of an older one are dropped.
        epoch: u64,
        /// The pages in the order of arrival.
        pages: Vec<Page>,
    },
    /// There is no other message, so more of the rows can be filtered.
    FilterMore,
    /// A request of the line mode.
    Request(Request),
    /// A text is too long for the terminal's clipboard.
    ClipboardTooLong {
        /// Its length in bytes.
        bytes: usize,
        /// The maximum length in bytes.
        limit: usize,
    },
    /// The program cannot suspend, because nothing could continue it.
    CannotSuspend,
    /// A read has ended.
    Answer {
        /// The epoch. Messages of an older one are dropped.
        epoch: u64,
        /// The ticket. Answers with an older ticket are dropped.
        ticket: u64,
        /// What was read.
        load: Load,
        /// The answer.
        result: Result<Loaded, CallError>,
    },
    /// A cleared action has ended.
    Performed {
        /// The epoch.
        epoch: u64,
        /// The result.
        performed: Box<Performed>,
    },
    /// The followed rows should be read again.
    Look {
        /// The epoch.
        epoch: u64,
    },
    /// A job has made progress.
    Job(Box<Job>),
    /// The undo of a job was planned.
    UndoPlanned {
        /// The job's ID.
        job: String,
        /// The plan, or the error.
        result: Result<Box<UndoPlan>, CallError>,
    },
    /// The undo of a job has ended.
    Undone {
        /// The job's ID.
        job: String,
        /// The plan.
        plan: Box<UndoPlan>,
        /// The result of each step, or the error that ended the undo.
        result: Result<Vec<undo::Ended>, CallError>,
    },
    /// A call was made.
    Call(CallLine),
    /// A change was stored in this file, or the error.
    Written(Result<std::path::PathBuf, String>),
    /// The end of the credentials or the clock offset, as seen in the last answer, has changed.
    SessionInfo {
        /// The epoch.
        epoch: u64,
        /// When the credentials expire, if they do.
        ends: Option<Timestamp>,
        /// The number of seconds by which this machine's clock is ahead of the cloud's.
        ahead: i64,
    },
    /// A console on the built-in cloud has found credentials of a real account.
    Found(Box<ProfileView>),
    /// A background task has failed. The console continues.
    Broken(String),
}
