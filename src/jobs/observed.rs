//! Observations of images and shares in the cloud, and who made a share.

use jiff::Timestamp;
use serde::{Deserialize, Deserializer, Serialize};

/// Who made a share.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Maker {
    /// This job.
    Job,
    /// Another job or command of this program, before this job.
    Earlier,
    /// Somebody else or unknown. Also the value of a share that does not exist.
    #[default]
    Others,
}

impl<'de> Deserialize<'de> for Maker {
    /// Older journals store a boolean: whether the job made the share.
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(rename_all = "snake_case")]
        enum Word {
            Job,
            Earlier,
            Others,
        }
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Kept {
            Ours(bool),
            Word(Word),
        }
        Ok(match Kept::deserialize(from)? {
            Kept::Ours(true) | Kept::Word(Word::Job) => Self::Job,
            Kept::Word(Word::Earlier) => Self::Earlier,
            Kept::Ours(false) | Kept::Word(Word::Others) => Self::Others,
        })
    }
}

/// An observation of an image or a share.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seen {
    /// When it was read, by this machine's clock.
    pub at: Timestamp,
    /// Whether it existed.
    pub there: bool,
    /// Its creation time according to the cloud. If it no longer exists, the last known creation time.
    pub since: Option<Timestamp>,
}

impl Seen {
    /// Returns an observation of something that existed at `at`.
    pub fn there(at: Timestamp, since: Option<Timestamp>) -> Self {
        Self { at, there: true, since }
    }

    /// Returns an observation of something that did not exist at `at`. `before` is the previous observation.
    pub fn gone(at: Timestamp, before: Option<Self>) -> Self {
        Self { at, there: false, since: before.and_then(|b| b.since) }
    }
}

/// Returns whether two creation times can belong to the same share: they are equal, or one of them is
/// unknown.
pub(super) fn same_share(recorded: Option<Timestamp>, shown: Option<Timestamp>) -> bool {
    recorded.is_none() || shown.is_none() || recorded == shown
}
