//! What the console wants done. The runtime does it and answers with messages.

use crate::{
    facts::{Load, undo::UndoPlan},
    jobs::{Job, act::CallOptions},
    model::{ImageId, Region, Uin},
    rules::{Cleared, Standing},
    tui::app::row_cache::SavedRows,
};

/// What a person may say to a running job.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum JobOrder {
    /// Try a failed region again.
    Retry(Region),
    /// Give a region up.
    Drop(Region),
    /// Go on after a pause: the credentials may be good again.
    Resume,
}

/// What is to be there at the next start too.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Keep {
    /// What an account is called; nothing takes it out of the address book.
    Name(Uin, Option<String>),
    /// Whether the profile of this name trusts an account.
    Trust(String, Uin, bool),
    /// That the profile of this name goes by the newer pages' figures.
    Newer(String),
    /// A note of a received image; nothing takes it away.
    Note(ImageId, Option<String>),
    /// Whether a received image is hidden.
    Hidden(ImageId, bool),
}

/// Something to be done.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// Use this profile from now on, and say when it can be asked.
    Connect {
        /// Its name.
        profile: String,
        /// The new turn.
        epoch: u64,
    },
    /// Read something.
    Load {
        /// Comes back with the answer.
        ticket: u64,
        /// What.
        load: Load,
    },
    /// Say when the keys have rested.
    Settle(u64),
    /// Do a cleared action in the region of its image or instance, saying this beside it, and read back what came of it.
    Perform(Cleared, Region, CallOptions),
    /// Say when it is time to look again at what is followed, after so many looks.
    Look(u32),
    /// Run a job; the receivers' own profiles, where there are any, are asked whether they see the image.
    StartJob(Box<Job>),
    /// Go on with a job of the journal, or watch whoever drives it; its id and its profile.
    Follow(String, String),
    /// Look at everything between here and the cloud.
    Doctor,
    /// Keep these rows for the next start.
    Remember(Box<SavedRows>),
    /// Read the journal where another process wrote it since: what is unfinished, and what was done.
    Recall,
    /// Read again what a job that is over claims; its id and its profile.
    LookAtJob(String, String),
    /// Read what is there of a job that is over and plan its undo.
    PlanUndo {
        /// Its id.
        job: String,
        /// Its profile.
        profile: String,
        /// The snapshots of its copies are to go too.
        with_snapshots: bool,
        /// Who asks, as the rules need it.
        standing: Box<Standing>,
    },
    /// Take back what a job made, as it was planned, shown and accepted.
    Undo {
        /// Its id.
        job: String,
        /// Its profile.
        profile: String,
        /// The plan that was shown and accepted.
        plan: Box<UndoPlan>,
    },
    /// Tell a job something; one that has ended goes on from where it stands.
    Order(Box<Job>, JobOrder),
    /// Write into the person's files. It holds already.
    Keep(Keep),
    /// Send a text to the terminal's clipboard.
    Clipboard(String),
    /// Write a line of knowledge to the log: a verdict that the server contradicted.
    Log(String),
    /// Stop the process until it is continued.
    Suspend,
    /// Take the mouse from the terminal, or give it back.
    Mouse(bool),
    /// Draw the whole screen anew.
    Redraw,
    /// Leave.
    Quit,
}
