//! Leases: exactly one process drives a job. A lease is acquired where there is none, where its holder surely has ended,
//! or where its holder was silent for 45 s. A holder that lost its lease learns so with its next write, which fails
//! before anything is sent.

use jiff::{SignedDuration, Timestamp};
use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior, params};

use super::{Error, Journal, audit, process::ProcessId, stamp, stored, time, transact};
use crate::jobs::job::{Job, JobCommand};

/// A holder that is silent for so long has lost the job. It renews its lease every [`Lease::RENEWAL`].
const SILENCE: SignedDuration = SignedDuration::from_secs(45);

/// Who drives a job.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holder {
    /// Its process.
    pub pid: u32,
    /// The name of its machine.
    pub host: String,
    /// When it last renewed its lease.
    pub beat: Timestamp,
}

/// What came of acquiring a job's lease.
#[derive(Debug)]
pub enum Acquired {
    /// It is ours: the job as it stood when the last holder left it.
    Ours(Box<Job>, Lease),
    /// Another process drives it.
    Theirs(Holder),
    /// There is no such job.
    Unknown,
}

/// The right to drive a job. It is released when this is dropped, by the journal's thread and a moment later;
/// [`Lease::release`] waits for that.
#[derive(Debug)]
pub struct Lease {
    pub(super) journal: Journal,
    pub(super) key: LeaseKey,
}

/// Which job, and the random ID of this lease.
#[derive(Debug, Clone)]
pub(super) struct LeaseKey {
    pub(super) job: String,
    holder: String,
}

impl Journal {
    /// Acquires the lease of a job that nobody drives. Intents without a result are lost from here on: they are settled
    /// by reading.
    ///
    /// # Errors
    /// [`Error`]
    pub async fn acquire(&self, job: &str) -> Result<Acquired, Error> {
        let journal = self.clone();
        let key = LeaseKey { job: job.to_owned(), holder: uuid::Uuid::new_v4().to_string() };
        let acquired = move |t: &Transaction<'_>| {
            let (own, now) = (ProcessId::own(), Timestamp::now());
            if let Some((there, beat)) = lease(t, &key.job)?
                && lives(&there, beat, now)
            {
                return Ok(Err(Acquired::Theirs(holder_of(&there, beat))));
            }
            audit::lose(t, &key.job, now)?;
            let Some(stored) = stored::one(t, &key.job)? else { return Ok(Err(Acquired::Unknown)) };
            t.execute(
                "INSERT OR REPLACE INTO leases (job, holder, machine, pid, born, beat) VALUES (?, ?, ?, ?, ?, ?)",
                params![key.job, key.holder, own.machine, own.pid, own.born, stamp(now)],
            )?;
            // Made here, so that it is released where nobody waits for it any more.
            Ok(Ok(Acquired::Ours(Box::new(stored.job), Lease { journal, key })))
        };
        self.change(acquired).await.map(|found| found.unwrap_or_else(|other| other))
    }

    /// Leaves a command for the process that drives a job, now or later.
    ///
    /// # Errors
    /// [`Error`]
    pub async fn send_command(&self, job: &str, command: &JobCommand) -> Result<(), Error> {
        let (job, text) = (job.to_owned(), serde_json::to_string(command)?);
        self.change(move |t| {
            t.execute("INSERT INTO orders (job, command) VALUES (?, ?)", params![job, text])?;
            Ok(())
        })
        .await
    }
}

impl Lease {
    /// How often a holder that has nothing to write renews its lease.
    pub const RENEWAL: std::time::Duration = std::time::Duration::from_secs(8);

    /// Renews the lease.
    ///
    /// # Errors
    /// [`Error::Taken`] where the job is somebody else's now.
    pub async fn renew(&self) -> Result<(), Error> {
        let key = self.key.clone();
        self.journal.change(move |t| key.renew(t)).await
    }

    /// Takes the commands that others sent to the job, oldest first.
    ///
    /// # Errors
    /// [`Error::Taken`] where the job is somebody else's now.
    pub async fn take_commands(&self) -> Result<Vec<JobCommand>, Error> {
        let key = self.key.clone();
        let waiting: bool = self
            .journal
            .read(move |t| {
                let sql = "SELECT EXISTS (SELECT 1 FROM orders WHERE job = ?)";
                Ok(t.query_row(sql, [&key.job], |r| r.get(0))?)
            })
            .await?;
        if !waiting {
            return Ok(Vec::new());
        }
        let key = self.key.clone();
        self.journal
            .change(move |t| {
                key.renew(t)?;
                let mut query = t.prepare("SELECT command FROM orders WHERE job = ? ORDER BY id")?;
                let texts: Vec<String> =
                    query.query_map([&key.job], |r| r.get(0))?.collect::<Result<_, _>>()?;
                t.execute("DELETE FROM orders WHERE job = ?", [&key.job])?;
                // A command of a newer program is unknown here and is left out.
                Ok(texts.iter().filter_map(|text| serde_json::from_str(text).ok()).collect())
            })
            .await
    }

    /// Releases the lease, and returns when that is on the disk.
    pub async fn release(self) {
        let journal = self.journal.clone();
        drop(self);
        // Tasks run in their order, so the release is done before this one. What failed is in the log.
        let _ = journal.read(|_| Ok(())).await;
    }

    /// The job that it is about.
    pub fn job(&self) -> &str {
        &self.key.job
    }
}

impl LeaseKey {
    /// Every write of a holder begins with this: the lease is still its own, and is renewed.
    pub(super) fn renew(&self, t: &Transaction<'_>) -> Result<(), Error> {
        let renewed = t.execute(
            "UPDATE leases SET beat = ? WHERE job = ? AND holder = ?",
            params![stamp(Timestamp::now()), self.job, self.holder],
        )?;
        if renewed == 0 { Err(Error::Taken) } else { Ok(()) }
    }

    fn delete(&self, connection: &mut Connection) {
        let deleted = transact(connection, TransactionBehavior::Immediate, |t| {
            let sql = "DELETE FROM leases WHERE job = ? AND holder = ?";
            Ok(t.execute(sql, params![self.job, self.holder])?)
        });
        if let Err(error) = deleted {
            tracing::warn!("the lease of job {} stays until it is stale: {error}", self.job);
        }
    }
}

impl Drop for Lease {
    /// Does not wait: a drop may be on an async worker.
    fn drop(&mut self) {
        let key = self.key.clone();
        self.journal.enqueue(move |connection| key.delete(connection));
    }
}

/// The lease of a job.
fn lease(t: &Transaction<'_>, job: &str) -> Result<Option<(ProcessId, Timestamp)>, Error> {
    let sql = "SELECT machine, pid, born, beat FROM leases WHERE job = ?";
    let found = t.query_row(sql, [job], |row| {
        let who = ProcessId { machine: row.get(0)?, pid: row.get(1)?, born: row.get(2)? };
        Ok((who, time(&row.get::<_, String>(3)?)))
    });
    Ok(found.optional()?)
}

/// Who drives a job, if anybody does.
pub(super) fn holder(t: &Transaction<'_>, job: &str) -> Result<Option<Holder>, Error> {
    let now = Timestamp::now();
    let lease = lease(t, job)?;
    Ok(lease.filter(|(who, beat)| lives(who, *beat, now)).map(|(who, beat)| holder_of(&who, beat)))
}

fn lives(who: &ProcessId, beat: Timestamp, now: Timestamp) -> bool {
    // A beat that is far ahead was made by a clock that is wrong, and would otherwise hold for long.
    let age = now.duration_since(beat).abs();
    age <= SILENCE && !who.is_dead()
}

fn holder_of(who: &ProcessId, beat: Timestamp) -> Holder {
    let host = who.machine.split('/').next().unwrap_or_default().to_owned();
    Holder { pid: who.pid, host, beat }
}
