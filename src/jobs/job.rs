//! The values of a job: cells (one per region) and edges (one per region and account).

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::observed::{Maker, Seen};
use crate::{
    messages::text,
    model::{ImageId, JobFailure, Region, Uin},
};

/// The code of an edge whose share no longer exists.
pub const GONE: &str = "gone";
/// The code of a cell whose image no longer exists, and of its shared edges.
pub const MISSING: &str = "missing";
/// The code of a pause because the cloud has not answered for a long time.
pub const UNREACHABLE: &str = "unreachable";

/// The state of a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CellState {
    /// Nothing was sent yet.
    Planned,
    /// The copy was requested and is not NORMAL yet.
    Copying,
    /// Waiting, and will continue automatically: the source is busy, or calls are throttled.
    Waiting,
    /// The image in the region is NORMAL.
    Ready,
    /// A person left the region out before anything was sent.
    Skipped,
    /// Failed; a person has to act.
    Failed,
    /// Undoing the job deleted its copy.
    Undone,
}

/// The state of an edge.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EdgeState {
    /// The region is not ready yet.
    Planned,
    /// Waiting, and will continue automatically.
    Waiting,
    /// The call is in progress, or its outcome is being read.
    Sharing,
    /// The owner's share list, read after the call, contains the account.
    Shared,
    /// The receiver sees the image in their own account.
    Verified,
    /// A person left the account out.
    Skipped,
    /// Failed; a person has to act.
    Failed,
    /// Undoing the job cancelled its share.
    Undone,
}

impl EdgeState {
    /// Returns whether the owner's share list has shown the account.
    pub fn is_shared(self) -> bool {
        matches!(self, Self::Shared | Self::Verified)
    }
}

/// A region of a job.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cell {
    /// The region.
    pub region: Region,
    /// The image in the region, once known: the source, an existing copy, or the new copy.
    pub image: Option<ImageId>,
    /// The state.
    pub state: CellState,
    /// The progress of the copy, if the API reports it.
    pub percent: Option<u8>,
    /// Whether no copy was needed: it is the region of the source, or a copy existed.
    pub reused: bool,
    /// The name of the copy. Names are unique among the own images of a region, so the cloud refuses a second
    /// copy.
    pub name: String,
    /// Why the cell failed, or what it waits for.
    pub error: Option<JobFailure>,
    /// When the copy was first requested.
    pub since: Option<Timestamp>,
    /// How often the copy was requested.
    #[serde(default)]
    pub attempt: u32,
    /// Whether the copy may have been requested by a call without a conclusive answer. The job looks for the
    /// name before it sends anything again.
    #[serde(default)]
    pub doubt: bool,
    /// The last observation of the image in the cloud; `None` before the first read.
    #[serde(default)]
    pub seen: Option<Seen>,
}

impl Cell {
    /// Returns whether the copy takes longer than the usual 10 to 30 minutes. This is not an error.
    pub fn is_slow(&self, now: Timestamp) -> bool {
        let long = SignedDuration::from_mins(30);
        matches!(self.state, CellState::Copying | CellState::Waiting)
            && self.since.is_some_and(|since| now.duration_since(since) > long)
    }

    /// Returns what the cell waits for and since when, if SyncImages returned an image ID and no read has
    /// shown the image yet.
    pub(super) fn not_listed(&self) -> Option<JobFailure> {
        let (Some(id), Some(since), None) = (&self.image, self.since, self.seen) else { return None };
        let since = since.strftime("%Y-%m-%d %H:%M UTC");
        Some(JobFailure::new("not-listed", text!(job_not_listed, image = id, since)))
    }

    /// Returns whether this job made the image and the image existed at the last read, so that undo may
    /// delete it.
    pub fn is_made_by_job(&self) -> bool {
        self.image.is_some()
            && !self.reused
            && self.state != CellState::Undone
            && self.seen.is_none_or(|seen| seen.there)
    }

    /// Returns whether the cell failed and a retry may help. A copy that is gone is made again only on
    /// explicit request.
    pub fn can_retry(&self) -> bool {
        self.state == CellState::Failed && !self.is_missing()
    }

    /// Returns whether the image existed and no longer exists.
    pub fn is_missing(&self) -> bool {
        self.state == CellState::Failed && self.error.as_ref().is_some_and(|e| e.code == MISSING)
    }
}

/// An account in a region of a job.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edge {
    /// The region.
    pub region: Region,
    /// The account.
    pub account: Uin,
    /// The state.
    pub state: EdgeState,
    /// Who made the share that was last seen.
    #[serde(alias = "ours", default)]
    pub made_by: Maker,
    /// The last observation of the share in the owner's list; `None` before the first read.
    #[serde(default)]
    pub seen: Option<Seen>,
    /// Why the edge failed.
    pub error: Option<JobFailure>,
    /// Whether a share call had no conclusive answer. If the list shows the share, it counts as made by this
    /// job.
    #[serde(default)]
    pub unsure: bool,
}

impl Edge {
    /// Returns whether this job made the share and the share existed at the last read, so that undo may
    /// cancel it.
    pub fn is_made_by_job(&self) -> bool {
        self.made_by == Maker::Job && self.state.is_shared()
    }

    /// Returns whether the edge failed and a retry may help. Somebody cancelled a share that is gone, so it
    /// is made again only on explicit request.
    pub fn can_retry(&self) -> bool {
        self.state == EdgeState::Failed && !self.is_gone()
    }

    /// Returns whether the share existed and no longer exists.
    pub fn is_gone(&self) -> bool {
        self.state == EdgeState::Failed
            && self.error.as_ref().is_some_and(|e| matches!(e.code.as_str(), GONE | MISSING))
    }
}

/// A call that the job made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CallRecord {
    /// When it was sent.
    pub at: Timestamp,
    /// The API action, such as `SyncImages` or `ModifyImageSharePermission`.
    pub action: String,
    /// The region.
    pub region: Region,
    /// `ok`, an error code, or `lost` if there was no answer.
    pub outcome: String,
    /// The request ID, if there was an answer.
    pub request_id: Option<String>,
    /// What the call was about, in a few words: `2 accounts`, `63 %`.
    pub detail: String,
}

/// The state of a job.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum JobState {
    /// Nothing was sent.
    Planned,
    /// The job continues automatically.
    Running,
    /// All cells and edges succeeded.
    Done,
    /// Some cells or edges succeeded.
    Partial,
    /// No cell or edge succeeded.
    Failed,
    /// What the job made was undone.
    Undone,
}

/// Copies one own image to regions and shares it with accounts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Job {
    /// A hash of the request, eight hexadecimal digits. The same request has the same ID.
    pub id: String,
    /// The name of the profile.
    pub profile: String,
    /// The main account that owns the image, if it was known. Only this account may continue the job.
    #[serde(default)]
    pub account: Option<Uin>,
    /// The source image.
    pub image: ImageId,
    /// The name of the source image, for reports.
    pub name: String,
    /// The size of the source image in GiB.
    pub size_gib: u32,
    /// The region of the source image.
    pub source: Region,
    /// The regions in the order of the plan, the source's region first if it takes part.
    pub cells: Vec<Cell>,
    /// The accounts per region. An account need not be in every region.
    pub edges: Vec<Edge>,
    /// All calls, oldest first.
    pub calls: Vec<CallRecord>,
    /// When the job was created.
    pub created: Timestamp,
    /// Why the job is paused until a person signs in again.
    #[serde(default)]
    pub paused: Option<JobFailure>,
    /// Whether a person cancelled the job.
    #[serde(default)]
    pub cancelled: bool,
    /// Whether all work is done and old share lists are being read once more.
    #[serde(default)]
    pub checking: bool,
}

impl Job {
    /// Returns the state of the job. Verification does not delay the end: a share in the owner's list counts
    /// as made.
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
        let has_ours =
            self.cells.iter().any(Cell::is_made_by_job) || self.edges.iter().any(Edge::is_made_by_job);
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

    /// Returns whether the job is over.
    pub fn is_over(&self) -> bool {
        !matches!(self.state(), JobState::Planned | JobState::Running)
    }

    /// Returns the job without its calls, which are stored separately.
    pub(super) fn without_calls(&self) -> Self {
        Self { calls: Vec::new(), ..self.clone() }
    }

    /// Iterates over the regions in which the copy or a share failed and can be retried.
    pub fn failed_regions(&self) -> impl Iterator<Item = &Region> {
        let shares = |c: &&Cell| self.edges.iter().any(|e| e.region == c.region && e.can_retry());
        let failed = move |c: &&Cell| c.can_retry() || (!c.is_missing() && shares(c));
        self.cells.iter().filter(failed).map(|c| &c.region)
    }

    /// Returns the cell of a region.
    pub fn cell(&self, region: &Region) -> Option<&Cell> {
        self.cells.iter().find(|c| c.region == *region)
    }

    /// Returns the edge of an account in a region.
    pub fn edge(&self, region: &Region, account: &Uin) -> Option<&Edge> {
        self.edges.iter().find(|e| e.region == *region && e.account == *account)
    }
}

/// A person's command to a job.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum JobCommand {
    /// Retry a failed region, or the failed shares in a region.
    Retry(Region),
    /// Leave out a region.
    Drop(Region),
    /// Leave out an account in a region.
    DropEdge(Region, Uin),
    /// Resume after a pause; the client has new credentials.
    Resume,
    /// Retry everything that failed.
    RetryAll,
    /// Cancel the job: start nothing more. Existing shares remain, and running copies continue in the cloud.
    Cancel,
}

/// The next call that the state machine wants.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Call {
    /// Copy the source to regions under one name (SyncImages).
    Copy {
        /// The destinations.
        to: Vec<Region>,
        /// The name of the copies.
        name: String,
    },
    /// Find the own image with this name in a region. Used after a lost answer, before anything is sent
    /// again.
    Find {
        /// The region.
        region: Region,
        /// The exact name.
        name: String,
    },
    /// Read the state and the progress of the copy.
    Look {
        /// The region.
        region: Region,
        /// The copy.
        image: ImageId,
    },
    /// Share the image (ModifyImageSharePermission with SHARE).
    Share {
        /// The region.
        region: Region,
        /// The image in the region.
        image: ImageId,
        /// The receivers.
        accounts: Vec<Uin>,
    },
    /// Read the shares (DescribeImageSharePermission) to determine the outcome of `Share`.
    ReadShares {
        /// The region.
        region: Region,
        /// The image in the region.
        image: ImageId,
    },
    /// Ask with the receiver's own profile whether they see the image.
    Verify {
        /// The region.
        region: Region,
        /// The image in the region.
        image: ImageId,
        /// The account of the profile.
        account: Uin,
    },
}

impl Call {
    /// Returns the name of the API action.
    pub fn action(&self) -> &'static str {
        match self {
            Self::Copy { .. } => "SyncImages",
            Self::Find { .. } | Self::Look { .. } | Self::Verify { .. } => "DescribeImages",
            Self::Share { .. } => "ModifyImageSharePermission",
            Self::ReadShares { .. } => "DescribeImageSharePermission",
        }
    }

    /// Returns the region of the call. Returns `None` for a copy, which is requested in the region of the
    /// source.
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
