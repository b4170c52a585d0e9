//! Copy-then-share that survives: [`plan`] makes a [`job`] from what was asked, [`machine`] is the pure state machine (state
//! and answer in, next calls out), [`worker`] drives it against the cloud, [`journal`] keeps what was done and what was about
//! to be, and [`observe`] compares a job's record with the cloud.

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
pub use answer::{Answer, Outcome, is_passing};
pub use copy_poller::CopyPoller;
pub use dry_run::{dry_run, permissions, probe, rehearse};
#[doc(hidden)]
pub use failpoints::{Failpoint, Failpoints};
pub use follow::follow;
pub use job::{Call, CallRecord, Cell, CellState, Edge, EdgeState, Failure, Job, JobCommand, JobState};
pub use journal::{Acquired, Journal, Lease, Recorder};
pub use machine::{Machine, Pace};
pub use observed::{Maker, Seen};
pub use plan::{Cause, CellKind, Choice, EdgeKind, Goal, Plan, PlanCell, PlanEdge, PlanFinding};
pub use worker::{Clients, ExitReason, Worker, WorkerExit};
