//! A job's plain values: cells (one a region) and edges (one a region and account).

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::observed::{Maker, Seen};
use crate::model::{ImageId, Region, Uin};

/// Why a cell or an edge did not come to its end: an API code, a code of the rules, or a word of ours: `missing` (the
/// image was there and is not any more), `gone` (the share was there and is not any more), `lost` (no answer, again and
/// again), `not-listed` (nothing failed yet: SyncImages returned the image, and DescribeImages does not show it),
/// `not-shown` (accepted, but the share list never showed it), `not-the-copy` (the image that the cloud named for
/// the copy is another one).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failure {
    /// `InvalidRegion.Unavailable`, `copy.cross-border`, …
    pub code: String,
    /// The cloud's message, or the rule's sentence; from outside, so hostile until shown through a neutralising view.
    pub text: String,
}

/// The code of an edge whose share is not there any more.
pub const GONE: &str = "gone";
/// The code of a cell whose image is not there any more, and of the edges that were shared in it.
pub const MISSING: &str = "missing";
/// The code of a pause because no answer came from the cloud for long.
pub const UNREACHABLE: &str = "unreachable";

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
    /// The job's copy was deleted again by undoing the job.
    Undone,
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
    /// The job's share was cancelled again by undoing the job.
    Undone,
}

impl EdgeState {
    /// The owner's share list has shown it.
    pub fn is_shared(self) -> bool {
        matches!(self, Self::Shared | Self::Verified)
    }
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
    /// Why it failed, or what it waits for.
    pub error: Option<Failure>,
    /// When the copy was first asked for.
    pub since: Option<Timestamp>,
    /// How often it was asked for.
    #[serde(default)]
    pub attempt: u32,
    /// It may have been asked for without an answer that says what came of it: whatever holds the name is looked at
    /// before anything is sent again.
    #[serde(default)]
    pub doubt: bool,
    /// What was last seen of the image in the cloud; nothing before the first read of it.
    #[serde(default)]
    pub seen: Option<Seen>,
}

impl Cell {
    /// Copies take 10 to 30 minutes; one that takes longer is slow, which is no error.
    pub fn is_slow(&self, now: Timestamp) -> bool {
        let long = SignedDuration::from_mins(30);
        matches!(self.state, CellState::Copying | CellState::Waiting)
            && self.since.is_some_and(|since| now.duration_since(since) > long)
    }

    /// What is waited for and since when, where SyncImages returned an image ID and no read has shown that image yet.
    pub(super) fn not_listed(&self) -> Option<Failure> {
        let (Some(id), Some(since), None) = (&self.image, self.since, self.seen) else { return None };
        let since = since.strftime("%Y-%m-%d %H:%M UTC");
        let text = format!("waiting for {id} to appear in the image list; its copy was asked for {since}");
        Some(Failure { code: "not-listed".to_owned(), text })
    }

    /// Whether this job made the image there and it was there when it was last read, so undo may delete it.
    pub fn is_ours(&self) -> bool {
        self.image.is_some()
            && !self.reused
            && self.state != CellState::Undone
            && self.seen.is_none_or(|seen| seen.there)
    }

    /// Whether it failed in a way that trying again may fix; a copy that is gone is only made again when asked for.
    pub fn can_retry(&self) -> bool {
        self.state == CellState::Failed && !self.is_missing()
    }

    /// Its image was there, and is not any more.
    pub fn is_missing(&self) -> bool {
        self.state == CellState::Failed && self.error.as_ref().is_some_and(|e| e.code == MISSING)
    }
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
    /// Who made the share that was last seen.
    #[serde(alias = "ours", default)]
    pub made_by: Maker,
    /// What was last seen of the share in the owner's list; nothing before the first read of it.
    #[serde(default)]
    pub seen: Option<Seen>,
    /// Why it failed.
    pub error: Option<Failure>,
    /// A share was sent without an answer that says what came of it; where the list shows it, it is taken as ours.
    #[serde(default)]
    pub unsure: bool,
}

impl Edge {
    /// Whether this job made the share and it was there when the list was last read, so undo may cancel it.
    pub fn is_ours(&self) -> bool {
        self.made_by == Maker::Job && self.state.is_shared()
    }

    /// Whether it failed in a way that trying again may fix. A share that was there and is gone was taken away by
    /// somebody: it is only made again when the share is asked for again.
    pub fn can_retry(&self) -> bool {
        self.state == EdgeState::Failed && !self.is_gone()
    }

    /// It was there, and is not any more.
    pub fn is_gone(&self) -> bool {
        self.state == EdgeState::Failed
            && self.error.as_ref().is_some_and(|e| matches!(e.code.as_str(), GONE | MISSING))
    }
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
    /// What the job made was taken back.
    Undone,
}

/// One own image to N regions and M accounts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Job {
    /// A hash of what was asked, eight hexadecimal digits: asking again opens the same job.
    pub id: String,
    /// The profile that it runs under.
    pub profile: String,
    /// The main account whose image it is, where it was known; nobody else may go on with the job.
    #[serde(default)]
    pub account: Option<Uin>,
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
    /// Why nothing more is asked until a person signs in again.
    #[serde(default)]
    pub paused: Option<Failure>,
    /// A person gave it up before its end.
    #[serde(default)]
    pub cancelled: bool,
    /// All is done, and the share lists that were read long before the end are being read once more.
    #[serde(default)]
    pub checking: bool,
}

impl Job {
    /// The whole in one word. Verification does not hold a job up: a share that the owner's list shows is made.
    pub fn state(&self) -> JobState {
        let cell_moves =
            |c: &Cell| matches!(c.state, CellState::Planned | CellState::Copying | CellState::Waiting);
        let edge_moves =
            |e: &Edge| matches!(e.state, EdgeState::Planned | EdgeState::Waiting | EdgeState::Sharing);
        if self.cells.iter().any(cell_moves) || self.edges.iter().any(edge_moves) {
            let untouched = self.calls.is_empty()
                && self.cells.iter().all(|c| c.since.is_none() || c.reused)
                && self.edges.iter().all(|e| e.state != EdgeState::Sharing);
            return if untouched { JobState::Planned } else { JobState::Running };
        }
        if self.checking {
            return JobState::Running;
        }
        let undone = self.cells.iter().filter(|c| c.state == CellState::Undone).count()
            + self.edges.iter().filter(|e| e.state == EdgeState::Undone).count();
        let has_ours = self.cells.iter().any(Cell::is_ours) || self.edges.iter().any(Edge::is_ours);
        if undone > 0 && !has_ours {
            return JobState::Undone;
        }
        let good = self.cells.iter().filter(|c| c.state == CellState::Ready && !c.reused).count()
            + self.edges.iter().filter(|e| e.state.is_shared()).count();
        let bad = self.cells.iter().filter(|c| c.state == CellState::Failed).count()
            + self.edges.iter().filter(|e| e.state == EdgeState::Failed).count()
            + undone;
        match (good, bad) {
            (_, 0) if !self.cancelled => JobState::Done,
            (0, _) => JobState::Failed,
            _ => JobState::Partial,
        }
    }

    /// Whether nothing of it goes on.
    pub fn is_over(&self) -> bool {
        !matches!(self.state(), JobState::Planned | JobState::Running)
    }

    /// The job without its calls, which are kept one by one.
    pub(super) fn without_calls(&self) -> Self {
        Self { calls: Vec::new(), ..self.clone() }
    }

    /// Regions in which the copy or a share failed and may be tried again.
    pub fn failed_regions(&self) -> impl Iterator<Item = &Region> {
        let shares = |c: &&Cell| self.edges.iter().any(|e| e.region == c.region && e.can_retry());
        let failed = move |c: &&Cell| c.can_retry() || (!c.is_missing() && shares(c));
        self.cells.iter().filter(failed).map(|c| &c.region)
    }

    /// The cell of a region.
    pub fn cell(&self, region: &Region) -> Option<&Cell> {
        self.cells.iter().find(|c| c.region == *region)
    }

    /// The edge of an account in a region.
    pub fn edge(&self, region: &Region, account: &Uin) -> Option<&Edge> {
        self.edges.iter().find(|e| e.region == *region && e.account == *account)
    }
}

/// A command of a person to a job.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum JobCommand {
    /// Try a failed region, or the failed shares in a region, again.
    Retry(Region),
    /// Leave a region out.
    Drop(Region),
    /// Leave an account out of a region.
    DropEdge(Region, Uin),
    /// Go on after a pause: the client has new credentials.
    Resume,
    /// Try everything that failed again.
    RetryAll,
    /// Give the job up: nothing more is begun. What is shared stays shared, and copies that run go on in the cloud.
    Cancel,
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

impl Call {
    /// The API's action.
    pub fn action(&self) -> &'static str {
        match self {
            Self::Copy { .. } => "SyncImages",
            Self::Find { .. } | Self::Look { .. } | Self::Verify { .. } => "DescribeImages",
            Self::Share { .. } => "ModifyImageSharePermission",
            Self::ReadShares { .. } => "DescribeImageSharePermission",
        }
    }

    /// The region that is asked; nothing for a copy, which is asked for in the source's.
    pub fn region(&self) -> Option<&Region> {
        match self {
            Self::Copy { .. } => None,
            Self::Find { region, .. }
            | Self::Look { region, .. }
            | Self::Share { region, .. }
            | Self::ReadShares { region, .. }
            | Self::Verify { region, .. } => Some(region),
        }
    }
}
