//! The state of automatic refreshes: the interval, the reads that are under way, and the number of unanswered rounds.

use std::collections::HashMap;

use crate::{facts::Load, jobs::Pace, session::refresh::Refresh};

/// The state of automatic refreshes.
#[derive(Debug, Clone, PartialEq)]
pub struct AutoRefresh {
    /// The interval in the config file.
    pub every: Refresh,
    /// A seed that differs between consoles, so that their rounds are not simultaneous.
    pub seed: u64,
    /// How often changing images and instances are read on a built-in cloud. Elsewhere they are read as often as jobs
    /// poll.
    pub pace: Pace,
    /// The automatic reads that are not answered, with their tickets.
    pub(crate) quiet: HashMap<Load, u64>,
    /// The number of rounds so far.
    pub(crate) rounds: u64,
    /// The number of consecutive rounds without an answer.
    pub(crate) missed: u32,
    /// The number of reads of changing images and instances since the first of them began to change.
    pub(crate) looks: u32,
    /// The reads of what was changing at the last look.
    pub(crate) moving: Vec<Load>,
}

impl AutoRefresh {
    /// Makes a state without reads. Refreshes are off until the configuration is read.
    pub fn new() -> Self {
        Self {
            every: Refresh::Off,
            seed: 0,
            pace: Pace::default(),
            quiet: HashMap::new(),
            rounds: 0,
            missed: 0,
            looks: 0,
            moving: Vec::new(),
        }
    }

    /// Removes an automatic read because the user asks for it now or it was answered. Returns its ticket.
    pub(crate) fn remove(&mut self, what: &Load) -> Option<u64> {
        self.quiet.remove(what)
    }

    /// Returns whether this is the answer to an automatic read.
    pub(crate) fn is_automatic(&self, what: &Load, ticket: u64) -> bool {
        self.quiet.get(what) == Some(&ticket)
    }

    /// Forgets all reads, after a switch to another profile.
    pub(crate) fn clear(&mut self) {
        self.quiet.clear();
        self.moving.clear();
        (self.rounds, self.missed, self.looks) = (0, 0, 0);
    }
}

impl Default for AutoRefresh {
    fn default() -> Self {
        Self::new()
    }
}
