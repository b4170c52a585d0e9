//! Jobs that copy an image and then share it, and that survive the end of the process.
//!
//! [`plan`] turns a request into a [`job`]. [`machine`] is the pure state machine: it takes answers and
//! returns the next calls. [`worker`] makes these calls, [`journal`] stores what was done and what is about
//! to be done, and [`observe`] compares a job's record with the cloud.

pub mod act;
pub mod answer;
mod copy_poller;
mod dry_run;
mod failpoints;
mod follow;
mod inherit;
pub mod job;
pub mod journal;
mod journal_writer;
pub mod machine;
pub mod names;
pub mod observe;
pub mod observed;
pub mod plan;
pub mod report;
pub mod worker;

pub use act::Done;
pub use answer::{Answer, Outcome, is_temporary};
pub use copy_poller::CopyPoller;
pub use dry_run::{dry_run, permissions, probe, rehearse};
#[doc(hidden)]
pub use failpoints::{Failpoint, Failpoints};
pub use follow::follow;
pub use job::{Call, CallRecord, Cell, CellState, Edge, EdgeState, Job, JobCommand, JobState};
pub use journal::{Acquired, Journal, Lease, Recorder};
pub use machine::{Machine, Pace};
pub use observed::{Maker, Seen};
pub use plan::{Cause, CellKind, Choice, EdgeKind, Goal, Plan, PlanCell, PlanEdge, PlanFinding};
pub use worker::{Clients, ExitReason, Worker, WorkerExit};
