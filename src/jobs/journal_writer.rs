//! Decides when to write a worker's job to the journal, and writes it.

use std::time::Duration;

use tokio::time::Instant;

use super::{
    answer::{Answer, Outcome, is_temporary},
    failpoints::{Failpoint, Failpoints},
    job::{Call, Job, JobCommand},
    journal::{CallResult, Error, Intent, Lease},
    machine::Machine,
};
use crate::rules;

/// How long the result of a read may remain unwritten. Watchers see it later, and it can be read again.
const READ_DELAY: Duration = Duration::from_millis(300);
/// How often commands of other processes are read.
const COMMAND_INTERVAL: Duration = Duration::from_secs(1);

/// The unwritten state of a worker.
pub(super) struct JournalWriter {
    lease: Option<Lease>,
    failpoints: Failpoints,
    results: Vec<CallResult>,
    /// Whether something has changed since the last write.
    dirty: bool,
    /// Whether the write must not be delayed: a changing call has ended, or a person has decided something.
    urgent: bool,
    written: Instant,
    commands_read: Instant,
}

impl JournalWriter {
    pub(super) fn new(lease: Option<Lease>, failpoints: Failpoints) -> Self {
        let now = Instant::now();
        Self {
            lease,
            failpoints,
            results: Vec::new(),
            dirty: false,
            urgent: false,
            written: now,
            commands_read: now - COMMAND_INTERVAL,
        }
    }

    /// Notes that the job differs from what was last written.
    pub(super) fn job_changed(&mut self) {
        (self.dirty, self.urgent) = (true, true);
    }

    /// Passes the outcome of a call to the state machine and keeps its record for the next write.
    pub(super) fn take_outcome(
        &mut self,
        machine: &mut Machine,
        call: &Call,
        intent: Option<i64>,
        outcome: &Outcome,
    ) {
        log_contradiction(machine.job(), call, outcome);
        let before = machine.job().calls.len();
        machine.on_outcome(call, outcome, jiff::Timestamp::now());
        self.dirty = true;
        self.urgent |= intent.is_some();
        if let Some(record) = machine.job().calls.get(before) {
            self.results.push(CallResult { intent, record: record.clone() });
        }
    }

    /// Writes the job if there are intents or if a write is due. Returns the numbers of the intents.
    pub(super) async fn save_if_due(&mut self, job: &Job, intents: Vec<Intent>) -> Result<Vec<i64>, Error> {
        let due = self.urgent || (self.dirty && self.written.elapsed() >= READ_DELAY) || job.is_over();
        if intents.is_empty() && !(self.dirty && due) {
            return Ok(Vec::new());
        }
        self.save(job, intents).await
    }

    /// Writes remaining changes, unless an earlier write has `failed`, and releases the lease. Returns the
    /// failure, if any.
    pub(super) async fn close(mut self, job: &Job, mut failed: Option<Error>) -> Option<Error> {
        if self.dirty && failed.is_none() {
            failed = self.save(job, Vec::new()).await.err();
        }
        if let Some(lease) = self.lease {
            lease.release().await;
        }
        failed
    }

    async fn save(&mut self, job: &Job, intents: Vec<Intent>) -> Result<Vec<i64>, Error> {
        let results = std::mem::take(&mut self.results);
        (self.dirty, self.urgent, self.written) = (false, false, Instant::now());
        let Some(lease) = &self.lease else { return Ok(vec![0; intents.len()]) };
        self.failpoints.pass(Failpoint::BeforeWrite).await;
        let numbers = lease.save(job, intents, results).await?;
        self.failpoints.pass(Failpoint::AfterWrite).await;
        Ok(numbers)
    }

    /// Waits until a write is due, the lease has to be renewed, or commands have to be read. Waits forever
    /// without a journal.
    pub(super) async fn due(&self) {
        if self.lease.is_none() {
            return std::future::pending().await;
        }
        let write = self.written + if self.dirty { READ_DELAY } else { Lease::RENEWAL };
        tokio::time::sleep_until(write.min(self.commands_read + COMMAND_INTERVAL)).await;
    }

    /// Renews the lease and reads the commands of other processes, if either is due.
    pub(super) async fn renew_and_take_commands(&mut self) -> Result<Vec<JobCommand>, Error> {
        let Some(lease) = &self.lease else { return Ok(Vec::new()) };
        if !self.dirty && self.written.elapsed() >= Lease::RENEWAL {
            self.written = Instant::now();
            lease.renew().await?;
        }
        if self.commands_read.elapsed() < COMMAND_INTERVAL {
            return Ok(Vec::new());
        }
        self.commands_read = Instant::now();
        lease.take_commands().await
    }
}

/// Logs a refusal by the cloud of a call that the rules allowed. Ignores temporary refusals.
fn log_contradiction(job: &Job, call: &Call, outcome: &Outcome) {
    let (wanted, image) = match call {
        Call::Copy { .. } => ("copy", &job.image),
        Call::Share { image, .. } => ("share", image),
        _ => return,
    };
    if let Answer::Refused { code, .. } = &outcome.answer
        && !is_temporary(code)
        && let Some(line) = rules::drift(wanted, code, image.as_str())
    {
        tracing::warn!("{line}");
    }
}
