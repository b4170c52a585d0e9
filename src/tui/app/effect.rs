//! The effects that the state requests. The runtime runs them and answers with messages.

use crate::{
    facts::{Load, undo::UndoPlan},
    jobs::{Job, act::CallOptions},
    model::{ImageId, Region, Uin},
    rules::{Cleared, Standing},
    tui::app::row_cache::SavedRows,
};

/// An order of the user to a running job.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum JobOrder {
    /// Try a failed region again.
    Retry(Region),
    /// Drop a region.
    Drop(Region),
    /// Resume a paused job, because the credentials may be valid again.
    Resume,
}

/// A change to store for the next start.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SavedChange {
    /// The name of an account. `None` removes it from the address book.
    Name(Uin, Option<String>),
    /// Whether the profile with this name trusts an account.
    Trust(String, Uin, bool),
    /// The profile with this name uses the newer pages' limits.
    Newer(String),
    /// A note on a received image. `None` removes it.
    Note(ImageId, Option<String>),
    /// Whether a received image is hidden.
    Hidden(ImageId, bool),
}

/// An effect for the runtime to run.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// Switch to this profile, and report when its cloud can be called.
    Connect {
        /// The profile's name.
        profile: String,
        /// The new epoch.
        epoch: u64,
    },
    /// Read from the cloud.
    Load {
        /// The ticket, which is returned with the answer.
        ticket: u64,
        /// What to read.
        load: Load,
    },
    /// Report when no key was pressed for a moment. Contains the number to return.
    Settle(u64),
    /// Perform a cleared action in the region of its image or instance, with these parameters, and read back the
    /// result.
    Perform(Cleared, Region, CallOptions),
    /// Report when the followed rows should be read again. Contains the number of looks so far.
    Look(u32),
    /// Start a job. Receivers with a profile of their own are asked whether they see the image.
    StartJob(Box<Job>),
    /// Resume a job of the journal, or watch the process that runs it. Contains the job's ID and its profile.
    Follow(String, String),
    /// Run the doctor's checks.
    Doctor,
    /// Save these rows for the next start.
    Remember(Box<SavedRows>),
    /// Read the journal if another process has written to it: unfinished and finished jobs.
    Recall,
    /// Read the copies and shares of a finished job again. Contains the job's ID and its profile.
    LookAtJob(String, String),
    /// Read the current state of a finished job and plan its undo.
    PlanUndo {
        /// The job's ID.
        job: String,
        /// The job's profile.
        profile: String,
        /// Whether to delete the snapshots of its copies too.
        with_snapshots: bool,
        /// The facts about the profile that the rules need.
        standing: Box<Standing>,
    },
    /// Undo a job as it was planned, shown and accepted.
    Undo {
        /// The job's ID.
        job: String,
        /// The job's profile.
        profile: String,
        /// The plan that was shown and accepted.
        plan: Box<UndoPlan>,
    },
    /// Give a running job an order. A job that has ended is resumed.
    Order(Box<Job>, JobOrder),
    /// Store a change in the user's files. The state has it already.
    Save(SavedChange),
    /// Send a text to the terminal's clipboard.
    Clipboard(String),
    /// Write a line to the log: a verdict that the cloud contradicted.
    Log(String),
    /// Suspend the process until it is continued.
    Suspend,
    /// Capture the mouse, or release it.
    Mouse(bool),
    /// Redraw the whole screen.
    Redraw,
    /// Quit.
    Quit,
}
