//! Copy-then-share that survives: [`job`] holds the plain values, [`plan`] makes a job from what was asked,
//! [`machine`] is pure (state and event in, next calls out), [`worker`] drives it against the
//! cloud, [`journal`] keeps what was done and what was about to be, [`seen`] compares it with the cloud
//! job.

pub mod act;
pub mod answer;
mod dry;
mod follow;
mod fuse;
pub mod job;
pub mod journal;
mod ledger;
mod looks;
pub mod machine;
mod memory;
pub mod names;
pub mod plan;
mod probe;
pub mod report;
pub mod seen;
pub mod worker;

pub use act::Done;
pub use answer::{Answer, Outcome, is_passing};
pub use dry::{dry_run, permissions};
pub use follow::follow;
#[doc(hidden)]
pub use fuse::{Fuse, Point};
pub use job::{Call, CallRecord, Cell, CellState, Edge, EdgeState, Failure, Job, JobState};
pub use journal::{Hold, Journal, Recorder, Take};
pub use looks::Looks;
pub use machine::{Machine, Pace};
pub use plan::{Cause, CellKind, Choice, EdgeKind, Finding, Goal, Plan, PlanCell, PlanEdge};
pub use probe::{probe, rehearse};
pub use seen::{Maker, Seen};
pub use worker::{Clients, Command, End, Left, Worker};
