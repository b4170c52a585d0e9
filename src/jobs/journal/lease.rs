//! Leases: exactly one process drives a job. A lease is taken where there is none, where its holder surely has ended,
//! or where it has not been heard of for a while. Whoever lost it learns that with its next write, which fails before
//! anything is sent.

use jiff::{SignedDuration, Timestamp};
use rusqlite::{OptionalExtension, Transaction, params};

use super::{Error, Journal, audit, identity::Identity, keep, stamp, time};
use crate::jobs::{job::Job, worker::Command};

/// A holder that is silent for so long has lost the job. It speaks every [`Hold::BEAT`].
const SILENCE: SignedDuration = SignedDuration::from_secs(45);

/// Who drives a job.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holder {
    /// Its process.
    pub pid: u32,
    /// The name of its machine.
    pub host: String,
    /// When it was last heard of.
    pub beat: Timestamp,
}

/// What came of asking for a job.
#[derive(Debug)]
pub enum Take {
    /// It is ours to drive from here, as it stood when the last one left it.
    Ours(Box<Job>, Hold),
    /// Another process drives it.
    Theirs(Holder),
    /// There is no such job.
    Unknown,
}

/// The right to drive a job. It is given back when this is dropped.
#[derive(Debug)]
pub struct Hold {
    pub(super) journal: Journal,
    pub(super) job: String,
    pub(super) holder: String,
}

impl Journal {
    /// Takes a job over where nobody drives it. Intents without a result are lost from here on: they are settled by
    /// reading.
    ///
    /// # Errors
    /// [`Error`]
    pub fn take(&self, job: &str) -> Result<Take, Error> {
        let (own, now) = (Identity::own(), Timestamp::now());
        let holder = uuid::Uuid::new_v4().to_string();
        let taken = self.change(|t| {
            if let Some((there, beat)) = lease(t, job)?
                && lives(&there, beat, now)
            {
                return Ok(Err(Take::Theirs(shown(&there, beat))));
            }
            audit::lose(t, job, now)?;
            let Some(kept) = keep::one(t, job)? else { return Ok(Err(Take::Unknown)) };
            t.execute(
                "INSERT OR REPLACE INTO leases (job, holder, machine, pid, born, beat) VALUES (?, ?, ?, ?, ?, ?)",
                params![job, holder, own.machine, own.pid, own.born, stamp(now)],
            )?;
            Ok(Ok(kept.job))
        })?;
        Ok(match taken {
            Ok(found) => {
                let hold = Hold { journal: self.clone(), job: job.to_owned(), holder };
                Take::Ours(Box::new(found), hold)
            }
            Err(other) => other,
        })
    }

    /// Leaves word for whoever drives a job, now or later.
    ///
    /// # Errors
    /// [`Error`]
    pub fn order(&self, job: &str, command: &Command) -> Result<(), Error> {
        let text = serde_json::to_string(command)?;
        self.change(|t| {
            t.execute("INSERT INTO orders (job, command) VALUES (?, ?)", params![job, text])?;
            Ok(())
        })
    }
}

impl Hold {
    /// How often a driver that has nothing to write lets itself be heard of.
    pub const BEAT: std::time::Duration = std::time::Duration::from_secs(8);

    /// Lets itself be heard of.
    ///
    /// # Errors
    /// [`Error::Taken`] where the job is somebody else's now.
    pub fn beat(&self) -> Result<(), Error> {
        self.journal.change(|t| self.still_ours(t))
    }

    /// What others want of the job, oldest first, each once.
    ///
    /// # Errors
    /// [`Error::Taken`] where the job is somebody else's now.
    pub fn orders(&self) -> Result<Vec<Command>, Error> {
        let waiting: bool = self.journal.read(|t| {
            Ok(t.query_row("SELECT EXISTS (SELECT 1 FROM orders WHERE job = ?)", [&self.job], |r| r.get(0))?)
        })?;
        if !waiting {
            return Ok(Vec::new());
        }
        self.journal.change(|t| {
            self.still_ours(t)?;
            let mut query = t.prepare("SELECT command FROM orders WHERE job = ? ORDER BY id")?;
            let texts: Vec<String> = query.query_map([&self.job], |r| r.get(0))?.collect::<Result<_, _>>()?;
            t.execute("DELETE FROM orders WHERE job = ?", [&self.job])?;
            // An order that a newer program left is none that this one could follow.
            Ok(texts.iter().filter_map(|text| serde_json::from_str(text).ok()).collect())
        })
    }

    /// Every write of a driver goes through here: the lease is still its own, and is renewed.
    pub(super) fn still_ours(&self, t: &Transaction<'_>) -> Result<(), Error> {
        let renewed = t.execute(
            "UPDATE leases SET beat = ? WHERE job = ? AND holder = ?",
            params![stamp(Timestamp::now()), self.job, self.holder],
        )?;
        if renewed == 0 { Err(Error::Taken) } else { Ok(()) }
    }

    /// The job that it is about.
    pub fn job(&self) -> &str {
        &self.job
    }
}

impl Drop for Hold {
    fn drop(&mut self) {
        let given_back = self.journal.change(|t| {
            let params = params![self.job, self.holder];
            Ok(t.execute("DELETE FROM leases WHERE job = ? AND holder = ?", params)?)
        });
        if let Err(error) = given_back {
            tracing::warn!("the lease of job {} stays until it is stale: {error}", self.job);
        }
    }
}

/// The lease of a job.
fn lease(t: &Transaction<'_>, job: &str) -> Result<Option<(Identity, Timestamp)>, Error> {
    let sql = "SELECT machine, pid, born, beat FROM leases WHERE job = ?";
    let found = t.query_row(sql, [job], |row| {
        let who = Identity { machine: row.get(0)?, pid: row.get(1)?, born: row.get(2)? };
        Ok((who, time(&row.get::<_, String>(3)?)))
    });
    Ok(found.optional()?)
}

/// Who drives a job, if anybody does.
pub(super) fn holder(t: &Transaction<'_>, job: &str) -> Result<Option<Holder>, Error> {
    let now = Timestamp::now();
    let lease = lease(t, job)?;
    Ok(lease.filter(|(who, beat)| lives(who, *beat, now)).map(|(who, beat)| shown(&who, beat)))
}

fn lives(who: &Identity, beat: Timestamp, now: Timestamp) -> bool {
    // A beat that is far ahead was made by a clock that is wrong, and would otherwise hold for long.
    let age = now.duration_since(beat).abs();
    age <= SILENCE && !who.is_dead()
}

fn shown(who: &Identity, beat: Timestamp) -> Holder {
    let host = who.machine.split('/').next().unwrap_or_default().to_owned();
    Holder { pid: who.pid, host, beat }
}
