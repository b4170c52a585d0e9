//! Leases ensure that only one process drives a job. A process acquires a lease if there is none, if its
//! holder has certainly ended, or if the holder has not renewed it for 45 s. A holder that has lost its lease
//! learns so at its next write, which fails before anything is sent.

use jiff::{SignedDuration, Timestamp};
use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior, params};

use super::{Error, Journal, audit, format_time, process::ProcessId, stored, time, transact};
use crate::jobs::job::{Job, JobCommand};

/// The time after which a lease that was not renewed expires. Holders renew it every [`Lease::RENEWAL`].
const LEASE_TIMEOUT: SignedDuration = SignedDuration::from_secs(45);

/// The process that drives a job.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holder {
    /// The process ID.
    pub pid: u32,
    /// The name of the machine.
    pub host: String,
    /// When the lease was last renewed.
    pub beat: Timestamp,
}

/// The result of acquiring a lease.
#[derive(Debug)]
pub enum Acquired {
    /// This process holds the lease. The job is in the state in which the last holder left it.
    Held(Box<Job>, Lease),
    /// Another process holds the lease.
    HeldByOther(Holder),
    /// The job does not exist.
    Unknown,
}

/// The right to drive a job. Dropping it releases it asynchronously; [`Lease::release`] waits until it is
/// released.
#[derive(Debug)]
pub struct Lease {
    pub(super) journal: Journal,
    pub(super) key: LeaseKey,
}

/// The job and the random ID of the lease.
#[derive(Debug, Clone)]
pub(super) struct LeaseKey {
    pub(super) job: String,
    holder: String,
}

impl Journal {
    /// Acquires the lease of a job that no process drives. Marks intents without a result as lost, so that
    /// the job determines their outcome by reading.
    ///
    /// # Errors
    /// [`Error`]
    pub async fn acquire(&self, job: &str) -> Result<Acquired, Error> {
        let journal = self.clone();
        let key = LeaseKey { job: job.to_owned(), holder: uuid::Uuid::new_v4().to_string() };
        let acquired = move |t: &Transaction<'_>| {
            let (own, now) = (ProcessId::own(), Timestamp::now());
            if let Some((there, beat)) = lease(t, &key.job)?
                && is_valid(&there, beat, now)
            {
                return Ok(Err(Acquired::HeldByOther(holder_of(&there, beat))));
            }
            audit::mark_lost(t, &key.job, now)?;
            let Some(stored) = stored::load_job(t, &key.job)? else { return Ok(Err(Acquired::Unknown)) };
            t.execute(
                "INSERT OR REPLACE INTO leases (job, holder, machine, pid, born, beat) VALUES (?, ?, ?, ?, ?, ?)",
                params![key.job, key.holder, own.machine, own.pid, own.born, format_time(now)],
            )?;
            // Create the lease here, so that it is released even if the caller has stopped waiting.
            Ok(Ok(Acquired::Held(Box::new(stored.job), Lease { journal, key })))
        };
        self.change(acquired).await.map(|found| found.unwrap_or_else(|other| other))
    }

    /// Stores a command for the process that drives a job, now or later.
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
    /// How often a holder renews its lease if it has nothing to write.
    pub const RENEWAL: std::time::Duration = std::time::Duration::from_secs(8);

    /// Renews the lease.
    ///
    /// # Errors
    /// [`Error::Taken`] if another process holds the lease now.
    pub async fn renew(&self) -> Result<(), Error> {
        let key = self.key.clone();
        self.journal.change(move |t| key.renew(t)).await
    }

    /// Removes and returns the commands that other processes sent to the job, oldest first.
    ///
    /// # Errors
    /// [`Error::Taken`] if another process holds the lease now.
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
                // Skip unknown commands of newer versions.
                Ok(texts.iter().filter_map(|text| serde_json::from_str(text).ok()).collect())
            })
            .await
    }

    /// Releases the lease. Returns when this is on the disk.
    pub async fn release(self) {
        let journal = self.journal.clone();
        drop(self);
        // Tasks run in order, so the release has finished when this task runs. Errors of the release are in
        // the log.
        let _ = journal.read(|_| Ok(())).await;
    }

    /// Returns the ID of the job.
    pub fn job(&self) -> &str {
        &self.key.job
    }
}

impl LeaseKey {
    /// Checks that the lease is still held and renews it. Every write of a holder starts with this.
    pub(super) fn renew(&self, t: &Transaction<'_>) -> Result<(), Error> {
        let renewed = t.execute(
            "UPDATE leases SET beat = ? WHERE job = ? AND holder = ?",
            params![format_time(Timestamp::now()), self.job, self.holder],
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
    /// Does not wait, because a drop may happen on an async worker thread.
    fn drop(&mut self) {
        let key = self.key.clone();
        self.journal.enqueue(move |connection| key.delete(connection));
    }
}

/// Returns the process that holds the lease of a job, and when it last renewed it.
fn lease(t: &Transaction<'_>, job: &str) -> Result<Option<(ProcessId, Timestamp)>, Error> {
    let sql = "SELECT machine, pid, born, beat FROM leases WHERE job = ?";
    let found = t.query_row(sql, [job], |row| {
        let who = ProcessId { machine: row.get(0)?, pid: row.get(1)?, born: row.get(2)? };
        Ok((who, time(&row.get::<_, String>(3)?)))
    });
    Ok(found.optional()?)
}

/// Returns the holder of a job's lease, unless the lease has expired.
pub(super) fn holder(t: &Transaction<'_>, job: &str) -> Result<Option<Holder>, Error> {
    let now = Timestamp::now();
    let lease = lease(t, job)?;
    Ok(lease.filter(|(who, beat)| is_valid(who, *beat, now)).map(|(who, beat)| holder_of(&who, beat)))
}

fn is_valid(who: &ProcessId, beat: Timestamp, now: Timestamp) -> bool {
    // A time far in the future comes from a wrong clock and would otherwise keep the lease for long.
    let age = now.duration_since(beat).abs();
    age <= LEASE_TIMEOUT && !who.is_dead()
}

fn holder_of(who: &ProcessId, beat: Timestamp) -> Holder {
    let host = who.machine.split('/').next().unwrap_or_default().to_owned();
    Holder { pid: who.pid, host, beat }
}
