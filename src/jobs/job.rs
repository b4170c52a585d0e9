//! A job's plain values: cells (one a region) and edges (one a region and account).

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::model::{ImageId, Region, Uin};

/// Why a cell or an edge did not come to its end: an API code, or a code of the rules.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failure {
    /// `InvalidRegion.Unavailable`, `copy.cross-border`, …
    pub code: String,
    /// The cloud's message, or the rule's sentence; from outside, so hostile until shown through a neutralising view.
    pub text: String,
}

/// How far a region is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CellState {
    /// Nothing was sent yet.
    Planned,
    /// The copy is asked for and not yet NORMAL.
    Copying,
    /// It cannot go on now and will by itself: source busy, throttled.
    Waiting,
    /// The image is NORMAL there.
    Ready,
    /// Dropped by the person before anything was sent.
    Skipped,
    /// It will not get there without a person.
    Failed,
}

/// How far an account in a region is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EdgeState {
    /// Its region is not ready yet.
    Planned,
    /// It cannot go on now and will by itself.
    Waiting,
    /// The call is under way, or its outcome is being read.
    Sharing,
    /// The owner's share list, read after the call, has the account.
    Shared,
    /// The receiver's own Shared With Me has the image.
    Verified,
    /// Dropped by the person.
    Skipped,
    /// It will not get there without a person.
    Failed,
}

/// One region of a job.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cell {
    /// Where.
    pub region: Region,
    /// The image there, once known: the source itself, one that was there, or the copy.
    pub image: Option<ImageId>,
    /// How far.
    pub state: CellState,
    /// Of the copy, where the API says.
    pub percent: Option<u8>,
    /// Nothing had to be copied: it is the source's region, or a copy was there.
    pub reused: bool,
    /// What the copy is to be called there; unique among own images of the region, so the cloud itself refuses a second.
    pub name: String,
    /// Why it failed.
    pub error: Option<Failure>,
    /// When the copy was asked for.
    pub since: Option<Timestamp>,
}

/// One account in one region.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edge {
    /// Where.
    pub region: Region,
    /// Who.
    pub account: Uin,
    /// How far.
    pub state: EdgeState,
    /// This job made the share, so undo may cancel it.
    pub ours: bool,
    /// Why it failed.
    pub error: Option<Failure>,
}

/// One call that the job made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CallRecord {
    /// When it was sent.
    pub at: Timestamp,
    /// `SyncImages`, `ModifyImageSharePermission`, …
    pub action: String,
    /// Where.
    pub region: Region,
    /// `ok`, an error code, or `lost` where no answer came.
    pub outcome: String,
    /// The cloud's id of it, where an answer came.
    pub request_id: Option<String>,
    /// What it was about, in a few words: `2 accounts`, `63 %`.
    pub detail: String,
}

/// The whole in one word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum JobState {
    /// Nothing was sent.
    Planned,
    /// It goes on by itself.
    Running,
    /// All cells and edges came to their end well.
    Done,
    /// Some did.
    Partial,
    /// None did.
    Failed,
}

/// One own image to N regions and M accounts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Job {
    /// A hash of what was asked, eight hexadecimal digits: asking again opens the same job.
    pub id: String,
    /// The profile that it runs under.
    pub profile: String,
    /// The source.
    pub image: ImageId,
    /// Its name, for reports.
    pub name: String,
    /// Its size in GiB.
    pub size_gib: u32,
    /// Where the source is.
    pub source: Region,
    /// In the order of the plan, the source's region first where it takes part.
    pub cells: Vec<Cell>,
    /// Sparse: an account need not be in every region.
    pub edges: Vec<Edge>,
    /// Every call, oldest first.
    pub calls: Vec<CallRecord>,
    /// When it was made.
    pub created: Timestamp,
}

/// The next thing to be asked of the cloud, as the machine wants it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Call {
    /// SyncImages of the source to these regions under this name.
    Copy {
        /// Where to; all get the same name.
        to: Vec<Region>,
        /// The copies' name.
        name: String,
    },
    /// Look in a region for the own image of this name: after a lost answer, before any resend.
    Find {
        /// Where.
        region: Region,
        /// Exactly.
        name: String,
    },
    /// Read the copy's state and percent.
    Look {
        /// Where.
        region: Region,
        /// The copy.
        image: ImageId,
    },
    /// ModifyImageSharePermission SHARE.
    Share {
        /// Where.
        region: Region,
        /// The image there.
        image: ImageId,
        /// With whom.
        accounts: Vec<Uin>,
    },
    /// DescribeImageSharePermission, to settle what a Share did.
    ReadShares {
        /// Where.
        region: Region,
        /// The image there.
        image: ImageId,
    },
    /// Ask with the receiver's own profile whether they see it.
    Verify {
        /// Where.
        region: Region,
        /// The image there.
        image: ImageId,
        /// Whose profile.
        account: Uin,
    },
}
