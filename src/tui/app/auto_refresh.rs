//! What is kept between automatic reads: the interval, which reads are under way, and how many rounds went unanswered.

use std::collections::HashMap;

use crate::{facts::Load, jobs::Pace, session::refresh::Refresh};

/// How the console keeps its rows fresh.
#[derive(Debug, Clone, PartialEq)]
pub struct AutoRefresh {
    /// As the config file says.
    pub every: Refresh,
    /// Sets this console's rounds apart from those of others.
    pub seed: u64,
    /// How often what moves on a built-in cloud is looked at; elsewhere it is as often as jobs do.
    pub pace: Pace,
    /// Questions that nobody asked for and that are not answered, with their tickets.
    pub(crate) quiet: HashMap<Load, u64>,
    /// Rounds so far.
    pub(crate) rounds: u64,
    /// Rounds without an answer, one after the other.
    pub(crate) missed: u32,
    /// Looks at what moves, since something began to.
    pub(crate) looks: u32,
    /// What moved at the last look.
    pub(crate) moving: Vec<Load>,
}

impl AutoRefresh {
    /// Nothing asked yet; off until the configuration is known.
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

    /// Takes back a question that nobody asked for, because somebody asks now or its answer is there.
    pub(crate) fn taken(&mut self, what: &Load) -> Option<u64> {
        self.quiet.remove(what)
    }

    /// Whether this is the answer to a question that nobody asked for.
    pub(crate) fn is_quiet(&self, what: &Load, ticket: u64) -> bool {
        self.quiet.get(what) == Some(&ticket)
    }

    /// Another profile: nothing was asked there.
    pub(crate) fn forget(&mut self) {
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
