//! Jobs as they are kept.

use std::collections::BTreeMap;

use jiff::Timestamp;
use rusqlite::{OptionalExtension, Row, Transaction, params};

use super::{
    Error, Hold, Holder, Journal,
    audit::{self, Intent},
    lease, stamp, time,
};
use crate::{
    jobs::job::{CallRecord, Job},
    rules::Facts,
};

/// A job with what is known around it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// As it stood at the last write; what it claims, the cloud had shown.
    pub job: Job,
    /// The address of its cloud; nothing for the vendor's own hosts.
    pub endpoint: Option<String>,
    /// Who drives it now.
    pub holder: Option<Holder>,
    /// When it was last written.
    pub changed: Timestamp,
    /// Grows with every write.
    pub revision: i64,
}

/// A job whose row cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unreadable {
    /// The job's ID, as far as that can be read.
    pub id: String,
    /// What is wrong with the row.
    pub what: String,
}

/// The end of a call, for a driver's write.
#[derive(Debug, Clone)]
pub(in crate::jobs) struct Ended {
    /// Its intent; nothing for a call that only reads.
    pub intent: Option<i64>,
    /// What came of it.
    pub record: CallRecord,
}

impl Journal {
    /// Keeps a new job. One of the same id that is not over stands as it is, and comes back; one that is over begins
    /// anew, with its calls kept.
    ///
    /// # Errors
    /// [`Error`]
    pub fn begin(&self, job: &Job, endpoint: Option<&str>) -> Result<Option<Kept>, Error> {
        let state = serde_json::to_string(&job.without_calls())?;
        let mut asked: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for cell in &job.cells {
            let edges = job.edges.iter().filter(|e| e.region == cell.region);
            asked.insert(cell.region.as_str(), edges.map(|e| e.account.as_str()).collect());
        }
        let asked = serde_json::to_string(&asked)?;
        self.change(|t| {
            let old = one(t, &job.id)?;
            if old.as_ref().is_some_and(|o| !o.job.is_over()) {
                return Ok(old);
            }
            let revision = old.map_or(1, |o| o.revision + 1);
            t.execute(
                "INSERT OR REPLACE INTO jobs
                     (id, profile, endpoint, asked, state, over, revision, created, changed)
                 VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                params![
                    job.id,
                    job.profile,
                    endpoint,
                    asked,
                    state,
                    job.is_over(),
                    revision,
                    stamp(job.created),
                    stamp(Timestamp::now())
                ],
            )?;
            t.execute("DELETE FROM orders WHERE job = ?", [&job.id])?;
            Ok(None)
        })
    }

    /// One job with its calls.
    ///
    /// # Errors
    /// [`Error`]
    pub fn job(&self, id: &str) -> Result<Option<Kept>, Error> {
        self.read(|t| one(t, id))
    }

    /// All jobs, the newest first, without their calls. Rows that cannot be read are left out; [`Journal::unreadable`]
    /// names them.
    ///
    /// # Errors
    /// [`Error`]
    pub fn jobs(&self) -> Result<Vec<Kept>, Error> {
        Ok(self.read(|t| all(t, "ORDER BY created DESC, id"))?.0)
    }

    /// The jobs whose rows cannot be read. They stay in the file as they are, and stop no other job.
    ///
    /// # Errors
    /// [`Error`]
    pub fn unreadable(&self) -> Result<Vec<Unreadable>, Error> {
        Ok(self.read(|t| all(t, "ORDER BY created DESC, id"))?.1)
    }

    /// How often a job was written; a watcher that sees the same figure again has missed nothing.
    ///
    /// # Errors
    /// [`Error`]
    pub fn revision(&self, id: &str) -> Result<Option<i64>, Error> {
        self.read(|t| {
            let found = t.query_row("SELECT revision FROM jobs WHERE id = ?", [id], |row| row.get(0));
            Ok(found.optional()?)
        })
    }

    /// A figure that is another one once another connection has written anything. Reading it costs next to nothing.
    ///
    /// # Errors
    /// [`Error`]
    pub fn written_by_others(&self) -> Result<i64, Error> {
        self.read(|t| Ok(t.pragma_query_value(None, "data_version", |row| row.get(0))?))
    }

    /// Adds what a profile's jobs made to what the rules know: copies, shares, images that are worked on.
    ///
    /// # Errors
    /// [`Error`]
    pub fn teach(&self, facts: &mut Facts, profile: &str) -> Result<(), Error> {
        for kept in self.jobs()?.iter().filter(|k| k.job.profile == profile) {
            kept.job.teach(facts);
        }
        Ok(())
    }
}

impl Journal {
    /// Compares every job that is over and of which `concerns` says so (by the job and the address of its cloud) with
    /// facts that were read now, and writes those whose record changes, in one transaction. Jobs that a process drives
    /// are left to it. `at` is when the reads began, so that what another process saw since then stands; `facts` must hold
    /// nothing older.
    ///
    /// # Errors
    /// [`Error`]
    pub fn observe(
        &self,
        facts: &Facts,
        at: Timestamp,
        concerns: impl Fn(&Job, Option<&str>) -> bool,
    ) -> Result<(), Error> {
        self.change(|t| {
            for mut kept in all(t, "WHERE over")?.0 {
                if kept.holder.is_none()
                    && concerns(&kept.job, kept.endpoint.as_deref())
                    && kept.job.observe(facts, at)
                {
                    t.execute(
                        "UPDATE jobs SET state = ?, changed = ?, revision = revision + 1 WHERE id = ?",
                        params![serde_json::to_string(&kept.job)?, stamp(Timestamp::now()), kept.job.id],
                    )?;
                }
            }
            Ok(())
        })
    }
}

impl Hold {
    /// Writes a job as it stands, outside of its worker: what was undone is claimed no more.
    ///
    /// # Errors
    /// [`Error`]
    pub fn amend(&self, job: &Job) -> Result<(), Error> {
        let state = serde_json::to_string(&job.without_calls())?;
        self.save(&state, job.is_over(), &[], &[]).map(drop)
    }

    /// Writes a job as it stands, with the intents of the calls that are about to be sent and the ends of those that
    /// came back, and returns the intents' numbers. Whole or not at all, and on the disk when it returns.
    pub(in crate::jobs) fn save(
        &self,
        state: &str,
        over: bool,
        intents: &[Intent],
        ended: &[Ended],
    ) -> Result<Vec<i64>, Error> {
        self.journal.change(|t| {
            self.still_ours(t)?;
            t.execute(
                "UPDATE jobs SET state = ?, over = ?, changed = ?, revision = revision + 1 WHERE id = ?",
                params![state, over, stamp(Timestamp::now()), self.job],
            )?;
            let profile: String =
                t.query_row("SELECT profile FROM jobs WHERE id = ?", [&self.job], |r| r.get(0))?;
            for end in ended {
                match end.intent {
                    Some(id) => audit::settle(t, id, &end.record)?,
                    None => audit::note(t, &self.job, &profile, &end.record)?,
                }
            }
            intents.iter().map(|intent| audit::intend(t, Some(&self.job), intent)).collect()
        })
    }
}

const SELECT: &str = "SELECT id, endpoint, state, changed, revision FROM jobs";

struct Raw {
    id: String,
    endpoint: Option<String>,
    state: String,
    changed: String,
    revision: i64,
}

fn raw(row: &Row<'_>) -> rusqlite::Result<Raw> {
    Ok(Raw {
        id: row.get(0)?,
        endpoint: row.get(1)?,
        state: row.get(2)?,
        changed: row.get(3)?,
        revision: row.get(4)?,
    })
}

impl Raw {
    fn kept(self, t: &Transaction<'_>) -> Result<Kept, Error> {
        Ok(Kept {
            job: serde_json::from_str(&self.state)?,
            endpoint: self.endpoint,
            holder: lease::holder(t, &self.id)?,
            changed: time(&self.changed),
            revision: self.revision,
        })
    }
}

/// The jobs that a query's end chooses, without their calls, and those whose rows cannot be read.
fn all(t: &Transaction<'_>, end: &str) -> Result<(Vec<Kept>, Vec<Unreadable>), Error> {
    let (mut good, mut bad) = (Vec::new(), Vec::new());
    let mut query = t.prepare(&format!("{SELECT} {end}"))?;
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        match raw(row).map_err(Error::from).and_then(|raw| raw.kept(t)) {
            Ok(kept) => good.push(kept),
            Err(error) => {
                let what = unreadable(error)?;
                // The ID itself may be what cannot be read.
                let id = row.get_ref(0)?.as_bytes().map(String::from_utf8_lossy).unwrap_or_default();
                bad.push(Unreadable { id: id.into_owned(), what });
            }
        }
    }
    Ok((good, bad))
}

/// What is wrong with a row, where it is the row that is wrong and not the file.
fn unreadable(error: Error) -> Result<String, Error> {
    use rusqlite::Error::{FromSqlConversionFailure, IntegralValueOutOfRange, InvalidColumnType, Utf8Error};
    match error {
        Error::Content(e) => Ok(e.to_string()),
        Error::Sqlite(
            e @ (FromSqlConversionFailure(..)
            | IntegralValueOutOfRange(..)
            | InvalidColumnType(..)
            | Utf8Error(..)),
        ) => Ok(e.to_string()),
        other => Err(other),
    }
}

/// One job with its calls.
pub(super) fn one(t: &Transaction<'_>, id: &str) -> Result<Option<Kept>, Error> {
    let here = |what| Error::Row { path: t.path().unwrap_or_default().into(), job: id.to_owned(), what };
    let read = |e: Error| unreadable(e).map_or_else(|e| e, here);
    let found = t.query_row(&format!("{SELECT} WHERE id = ?"), [id], raw).optional();
    let Some(row) = found.map_err(|e| read(e.into()))? else { return Ok(None) };
    let mut kept = row.kept(t).map_err(read)?;
    kept.job.calls = audit::calls(t, id)?;
    Ok(Some(kept))
}
