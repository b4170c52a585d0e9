//! What was last observed of an image or a share in the cloud, and who made it.

use jiff::Timestamp;
use serde::{Deserialize, Deserializer, Serialize};

/// Who made a share.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Maker {
    /// This job.
    Job,
    /// Another job or command of ours, before this job.
    Earlier,
    /// Somebody else, or nobody knows. Also the value for a share that does not exist.
    #[default]
    Others,
}

impl<'de> Deserialize<'de> for Maker {
    /// Older journals only kept whether the job made the share, as a boolean.
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

/// What the cloud showed when it was last read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seen {
    /// When it was read, by this machine's clock.
    pub at: Timestamp,
    /// Whether the image or the share was there.
    pub there: bool,
    /// When the cloud says that the image or the share was created; the last one that was seen where it is gone.
    pub since: Option<Timestamp>,
}

impl Seen {
    /// There, as read at `at`.
    pub fn there(at: Timestamp, since: Option<Timestamp>) -> Self {
        Self { at, there: true, since }
    }

    /// Not there, as read at `at`; `before` is what was seen before.
    pub fn gone(at: Timestamp, before: Option<Self>) -> Self {
        Self { at, there: false, since: before.and_then(|b| b.since) }
    }
}

/// Whether two creation times can be of the same share: they differ only where both are known.
pub(super) fn same_share(recorded: Option<Timestamp>, shown: Option<Timestamp>) -> bool {
    recorded.is_none() || shown.is_none() || recorded == shown
}
