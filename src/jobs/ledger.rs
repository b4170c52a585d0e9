//! A worker's side of the journal: what is to be written, and when.

use std::{sync::Arc, time::Duration};

use tokio::time::Instant;

use super::{
    answer::{Answer, Outcome, is_passing},
    fuse::{Fuse, Point},
    job::{Call, Job},
    journal::{Ended, Error, Hold, Intent},
    machine::Machine,
    worker::Command,
};
use crate::rules;

/// How long what was only read may wait to be written: others who watch see it a little later, and it can be read again.
const LINGER: Duration = Duration::from_millis(300);
/// How often a driver looks for what others want of its job.
const LISTEN: Duration = Duration::from_secs(1);

/// What a worker has to write.
pub(super) struct Ledger {
    hold: Option<Arc<Hold>>,
    fuse: Fuse,
    ended: Vec<Ended>,
    /// Something changed since the last write.
    dirty: bool,
    /// It may not wait: a call that changed something came to its end, or a person decided something.
    urgent: bool,
    wrote: Instant,
    listened: Instant,
}

impl Ledger {
    pub(super) fn new(hold: Option<Hold>, fuse: Fuse) -> Self {
        let now = Instant::now();
        let hold = hold.map(Arc::new);
        Self {
            hold,
            fuse,
            ended: Vec::new(),
            dirty: false,
            urgent: false,
            wrote: now,
            listened: now - LISTEN,
        }
    }

    /// The job is not what was written last.
    pub(super) fn changed(&mut self) {
        (self.dirty, self.urgent) = (true, true);
    }

    /// Brings the machine what came of a call, and notes it.
    pub(super) fn ended(
        &mut self,
        machine: &mut Machine,
        call: &Call,
        intent: Option<i64>,
        outcome: &Outcome,
    ) {
        contradicted(machine.job(), call, outcome);
        let before = machine.job().calls.len();
        machine.on(call, outcome, jiff::Timestamp::now());
        self.dirty = true;
        self.urgent |= intent.is_some();
        if let Some(record) = machine.job().calls.get(before) {
            self.ended.push(Ended { intent, record: record.clone() });
        }
    }

    /// Writes the job where something is about to be sent or may not wait, and returns the numbers of the intents.
    pub(super) async fn keep(&mut self, job: &Job, intents: Vec<Intent>) -> Result<Vec<i64>, Error> {
        let due = self.urgent || (self.dirty && self.wrote.elapsed() >= LINGER) || job.is_over();
        if intents.is_empty() && !(self.dirty && due) {
            return Ok(Vec::new());
        }
        self.write(job, intents).await
    }

    /// Writes what was not written yet.
    pub(super) async fn close(&mut self, job: &Job) -> Result<(), Error> {
        if self.dirty {
            self.write(job, Vec::new()).await?;
        }
        Ok(())
    }

    async fn write(&mut self, job: &Job, intents: Vec<Intent>) -> Result<Vec<i64>, Error> {
        let ended = std::mem::take(&mut self.ended);
        (self.dirty, self.urgent, self.wrote) = (false, false, Instant::now());
        let Some(hold) = self.hold.clone() else { return Ok(vec![0; intents.len()]) };
        let (state, over) = (serde_json::to_string(&job.without_calls())?, job.is_over());
        self.fuse.pass(Point::Write).await;
        let kept = blocking(move || hold.save(&state, over, &intents, &ended)).await?;
        self.fuse.pass(Point::Written).await;
        Ok(kept)
    }

    /// Waits until there is something to write or to hear. Without a journal there never is.
    pub(super) async fn due(&self) {
        if self.hold.is_none() {
            return std::future::pending().await;
        }
        let write = self.wrote + if self.dirty { LINGER } else { Hold::BEAT };
        tokio::time::sleep_until(write.min(self.listened + LISTEN)).await;
    }

    /// Lets itself be heard of, and hears what others want of the job, where it is time for either.
    pub(super) async fn listen(&mut self) -> Result<Vec<Command>, Error> {
        let Some(hold) = self.hold.clone() else { return Ok(Vec::new()) };
        if !self.dirty && self.wrote.elapsed() >= Hold::BEAT {
            self.wrote = Instant::now();
            let hold = hold.clone();
            blocking(move || hold.beat()).await?;
        }
        if self.listened.elapsed() < LISTEN {
            return Ok(Vec::new());
        }
        self.listened = Instant::now();
        blocking(move || hold.orders()).await
    }
}

/// Logs what the cloud refuses although the rules let the job begin. What passes by itself is no contradiction.
fn contradicted(job: &Job, call: &Call, outcome: &Outcome) {
    let (wanted, image) = match call {
        Call::Copy { .. } => ("copy", &job.image),
        Call::Share { image, .. } => ("share", image),
        _ => return,
    };
    if let Answer::Refused { code, .. } = &outcome.answer
        && !is_passing(code)
        && let Some(line) = rules::drift(wanted, code, image.as_str())
    {
        tracing::warn!("{line}");
    }
}

/// The disk may be slow, and the network home directory slower; the calls under way need not wait for it.
pub(super) async fn blocking<T: Send + 'static>(
    act: impl FnOnce() -> Result<T, Error> + Send + 'static,
) -> Result<T, Error> {
    match tokio::task::spawn_blocking(act).await {
        Ok(done) => done,
        Err(error) => Err(Error::Io { path: "journal".into(), source: std::io::Error::other(error) }),
    }
}
