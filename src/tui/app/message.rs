//! What can happen to the console.

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
pub struct Profile {
    /// Its name in the configuration.
    pub name: String,
    /// What people call it.
    pub label: String,
    /// `red`, `yellow`, …; nothing for the accent.
    pub color: Option<String>,
    /// It is an account of the built-in cloud.
    pub demo: bool,
    /// Where its credentials were found; never what they are.
    pub found: String,
    /// What holds for it, before the cloud was asked.
    pub standing: Standing,
    /// The regions that it looks at; empty means all that the cloud has.
    pub regions: Vec<Region>,
}

impl Profile {
    /// A profile of the settings.
    pub fn of(p: &crate::session::profile::Profile, lang: Lang) -> Self {
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

/// Why something did not come, as a person needs it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trouble {
    /// The API's code, or a word of ours for what happened on the way.
    pub code: String,
    /// What happened.
    pub text: String,
    /// The cloud's id of the request, where it answered.
    pub request_id: Option<String>,
    /// The credentials do not work any more, or never did.
    pub session: bool,
    /// The cloud could not be reached at all.
    pub offline: bool,
}

impl Trouble {
    /// Whether the cloud answered, with a list that is not whole. What could be read of it is there.
    pub fn is_partial(&self) -> bool {
        self.code == "unread"
    }

    /// In one line: what happened, the code, and the cloud's id of it.
    pub fn told(&self, lang: Lang) -> String {
        let request = self.request_id.as_ref().map(|r| tr!(lang, message_request, r)).unwrap_or_default();
        format!("{} ({}){request}", self.text, self.code)
    }
}

/// One call to the cloud, for the Messages screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallLine {
    /// When its answer came.
    pub at: Timestamp,
    /// The action.
    pub action: String,
    /// Where.
    pub region: Option<Region>,
    /// `ok` or the code.
    pub outcome: String,
    /// The cloud's id of it.
    pub request_id: Option<String>,
    /// How long it took, in milliseconds.
    pub ms: u64,
}

/// How a cleared action ended, and what was read back afterwards.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Performed {
    /// What was asked.
    pub cleared: Cleared,
    /// The image as it was read back; nothing where it is gone or was not asked for.
    pub image: Option<Image>,
    /// The shares as they were read back.
    pub shares: Option<Vec<Share>>,
    /// The instance as it was read back.
    pub instance: Option<Instance>,
    /// The image or instance that was made, as the cloud's answer named it.
    pub made: Option<RowId>,
    /// Why it failed.
    pub trouble: Option<Trouble>,
    /// It may have been carried out all the same: the answer was lost.
    pub unsure: bool,
    /// It was carried out, and this is why what came of it could not be read back.
    pub unread: Option<Trouble>,
}

impl Performed {
    /// An action that was carried out, with nothing seen of it yet.
    pub fn new(cleared: Cleared) -> Self {
        Self {
            cleared,
            image: None,
            shares: None,
            instance: None,
            made: None,
            trouble: None,
            unsure: false,
            unread: None,
        }
    }
}

/// What was done with the mouse.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Press {
    /// The left button.
    Button,
    /// The wheel, away from the person.
    WheelUp,
    /// The wheel, towards the person.
    WheelDown,
}

/// What was done with the mouse, and where.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mouse {
    /// What.
    pub press: Press,
    /// The column, from 0.
    pub x: u16,
    /// The row, from 0.
    pub y: u16,
}

/// Something happened.
#[derive(Debug, Clone, PartialEq)]
pub enum Message {
    /// The journal was read: jobs of every profile whose cloud is asked here, the newest first.
    Recalled(Vec<Job>),
    /// Another process drives a job and this one watches, or not any more.
    Driver(String, Option<String>),
    /// A key was pressed.
    Key(Key),
    /// The checks of the doctor are done.
    Doctor(Diagnosis),
    /// Some time has passed: something may be due.
    Tick,
    /// The saved rows of the profile in use were read.
    CachedRows {
        /// Of which turn of profiles; an older one's are dropped.
        epoch: u64,
        /// The rows.
        kept: Box<SavedRows>,
    },
    /// Text was pasted.
    Paste(String),
    /// The mouse, while it is ours.
    Mouse(Mouse),
    /// The terminal's window is the one that is typed into, or not any more; told where terminals tell it.
    Focus(bool),
    /// The window has this size now, in columns and rows.
    Resize(u16, u16),
    /// The keys have rested since the settle of this number was asked for.
    Settled(u64),
    /// The cloud can be asked: the built-in one listens, or the client is made.
    Connected {
        /// Of which turn of profiles.
        epoch: u64,
        /// Or why not.
        result: Result<(), Trouble>,
    },
    /// Rows of lists, ahead of the whole answers.
    Pages {
        /// Of which turn of profiles; an older one's is dropped.
        epoch: u64,
        /// The rows of each page, in the order in which they came.
        pages: Vec<Page>,
    },
    /// Nothing else happens: filter some more of very many rows.
    FilterMore,
    /// The line mode asks for something.
    Request(Request),
    /// A text is too long for the terminal's clipboard.
    ClipboardTooLong {
        /// Its length.
        bytes: usize,
        /// The longest length.
        limit: usize,
    },
    /// Nobody could continue the program if it stopped.
    CannotSuspend,
    /// A read came to its end.
    Answer {
        /// Of which turn of profiles; an older one's is dropped.
        epoch: u64,
        /// Of the question; an older question's answer is dropped.
        ticket: u64,
        /// What was asked.
        load: Load,
        /// What came.
        result: Result<Loaded, Trouble>,
    },
    /// A cleared action came to its end.
    Performed {
        /// Of which turn of profiles.
        epoch: u64,
        /// What came of it.
        performed: Box<Performed>,
    },
    /// It is time to look again at what is followed.
    Look {
        /// Of which turn of profiles.
        epoch: u64,
    },
    /// A job is further than it was.
    Job(Box<Job>),
    /// What an undo of a job would do now, or why that could not be learnt.
    UndoPlanned {
        /// Its id.
        job: String,
        /// The plan.
        result: Result<Box<UndoPlan>, Trouble>,
    },
    /// An undo came to its end.
    Undone {
        /// Of which job.
        job: String,
        /// As it was planned.
        plan: Box<UndoPlan>,
        /// How each step ended, or why nothing (more) was done.
        result: Result<Vec<undo::Ended>, Trouble>,
    },
    /// A call was made.
    Call(CallLine),
    /// What was to be kept is, in this file, or could not be and why.
    Written(Result<std::path::PathBuf, String>),
    /// What the last answer showed about the credentials and the clock, when that has changed.
    SessionInfo {
        /// Of which turn of profiles.
        epoch: u64,
        /// When the credentials end, where they do.
        ends: Option<Timestamp>,
        /// Seconds by which this machine's clock is ahead of the cloud's.
        ahead: i64,
    },
    /// There are credentials beside those of the built-in cloud that the console began with.
    Found(Box<Profile>),
    /// A background task failed; the console goes on.
    Broken(String),
}
