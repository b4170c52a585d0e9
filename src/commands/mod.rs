//! The commands, one file each: its arguments and its function. Data goes to stdout, everything else to stderr.

mod action_runner;
mod audit;
mod change;
mod check;
mod cloud_error;
mod confirm;
mod copy;
mod doctor;
mod exposure;
mod job_report;
mod job_runner;
mod jobs;
mod list;
mod lookup;
mod paths;
mod plan;
mod planned;
mod printer;
mod progress;
mod rows;
mod share;
mod undo;
mod unshare;
mod verdict;

pub use crate::commands::{
    change::{ChangeArgs, change},
    check::{CheckArgs, check},
    confirm::Consent,
    copy::{CopyArgs, copy},
    doctor::doctor,
    jobs::{JobsArgs, jobs},
    list::{ListArgs, list},
    paths::paths,
    plan::{ApplyArgs, PlanArgs, Prune, apply, plan},
    printer::error,
    share::{ShareArgs, share},
    unshare::{UnshareArgs, unshare},
};
