//! The jobs in the journal.

use std::collections::BTreeMap;

use jiff::Timestamp;
use rusqlite::{OptionalExtension, Row, Transaction, params};

use super::{
    Error, Holder, Journal, Lease,
    audit::{self, Intent},
    format_time, lease, time,
};
use crate::{
    jobs::job::{CallRecord, Job},
    rules::Facts,
};

/// A job in the journal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredJob {
    /// The job at its last write. What it claims was seen in the cloud.
    pub job: Job,
    /// The endpoint of its cloud; `None` for the vendor's hosts.
    pub endpoint: Option<String>,
    /// The process that drives it, if any.
    pub holder: Option<Holder>,
    /// When it was last written.
    pub changed: Timestamp,
    /// The number of writes.
    pub revision: i64,
}

/// A job whose row cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unreadable {
    /// The job's ID, as far as it can be read.
    pub id: String,
    /// What is wrong with the row.
    pub what: String,
}

/// The result of a call.
#[derive(Debug, Clone)]
pub(in crate::jobs) struct CallResult {
    /// The number of its intent; `None` for a call that only reads.
    pub intent: Option<i64>,
    /// The record of the call.
    pub record: CallRecord,
}

impl Journal {
    /// Stores a new job. If a job with this ID is not over, changes nothing and returns that job. If it is
    /// over, the new job replaces it and keeps its calls.
    ///
    /// # Errors
    /// [`Error`]
    pub async fn begin(&self, job: &Job, endpoint: Option<&str>) -> Result<Option<StoredJob>, Error> {
        let state = serde_json::to_string(&job.without_calls())?;
        let mut asked: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for cell in &job.cells {
            let edges = job.edges.iter().filter(|e| e.region == cell.region);
            asked.insert(cell.region.as_str(), edges.map(|e| e.account.as_str()).collect());
        }
        let asked = serde_json::to_string(&asked)?;
        let (id, profile, over) = (job.id.clone(), job.profile.clone(), job.is_over());
        let (endpoint, created) = (endpoint.map(str::to_owned), format_time(job.created));
        self.change(move |t| {
            let old = load_job(t, &id)?;
            if old.as_ref().is_some_and(|o| !o.job.is_over()) {
                return Ok(old);
            }
            let revision = old.map_or(1, |o| o.revision + 1);
            t.execute(
                "INSERT OR REPLACE INTO jobs
                     (id, profile, endpoint, asked, state, over, revision, created, changed)
                 VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                params![
                    id,
                    profile,
                    endpoint,
                    asked,
                    state,
                    over,
                    revision,
                    created,
                    format_time(Timestamp::now())
                ],
            )?;
            t.execute("DELETE FROM orders WHERE job = ?", [&id])?;
            Ok(None)
        })
        .await
    }

    /// Returns a job with its calls.
    ///
    /// # Errors
    /// [`Error`]
    pub async fn job(&self, id: &str) -> Result<Option<StoredJob>, Error> {
        let id = id.to_owned();
        self.read(move |t| load_job(t, &id)).await
    }

    /// Returns all jobs without their calls, newest first. Leaves out rows that cannot be read; see
    /// [`Journal::unreadable`].
    ///
    /// # Errors
    /// [`Error`]
    pub async fn jobs(&self) -> Result<Vec<StoredJob>, Error> {
        Ok(self.read(|t| load_jobs(t, NEWEST_FIRST)).await?.0)
    }

    /// Returns the jobs whose rows cannot be read. They stay in the file unchanged and do not affect other
    /// jobs.
    ///
    /// # Errors
    /// [`Error`]
    pub async fn unreadable(&self) -> Result<Vec<Unreadable>, Error> {
        Ok(self.read(|t| load_jobs(t, NEWEST_FIRST)).await?.1)
    }

    /// Returns how often a job was written. If the number is unchanged, a watcher has missed nothing.
    ///
    /// # Errors
    /// [`Error`]
    pub async fn revision(&self, id: &str) -> Result<Option<i64>, Error> {
        let id = id.to_owned();
        self.read(move |t| {
            let found = t.query_row("SELECT revision FROM jobs WHERE id = ?", [id], |row| row.get(0));
            Ok(found.optional()?)
        })
        .await
    }

    /// Returns a number that changes when another connection has written. It is cheap to read.
    ///
    /// # Errors
    /// [`Error`]
    pub async fn data_version(&self) -> Result<i64, Error> {
        self.read(|t| Ok(t.pragma_query_value(None, "data_version", |row| row.get(0))?)).await
    }

    /// Compares finished jobs with facts and writes the records that changed. Then returns all jobs like
    /// [`Journal::jobs`].
    ///
    /// `concerns` selects the jobs, given the job and the endpoint of its cloud. Jobs that a process drives
    /// are left to that process. `at` is when the reads of `facts` began: observations that a process made
    /// after that are kept. `facts` must not contain older reads.
    ///
    /// # Errors
    /// [`Error`]
    pub async fn observe(
        &self,
        facts: &Facts,
        at: Timestamp,
        concerns: impl Fn(&Job, Option<&str>) -> bool,
    ) -> Result<Vec<StoredJob>, Error> {
        loop {
            let mut jobs = self.jobs().await?;
            let mut changed = Vec::new();
            for stored in &mut jobs {
                if stored.holder.is_none()
                    && stored.job.is_over()
                    && concerns(&stored.job, stored.endpoint.as_deref())
                    && stored.job.observe(facts, at)
                {
                    let state = serde_json::to_string(&stored.job)?;
                    changed.push((stored.job.id.clone(), stored.revision, state));
                    stored.revision += 1;
                }
            }
            // If another process wrote one of the jobs, compare again.
            if changed.is_empty() || self.replace(changed).await? {
                return Ok(jobs);
            }
        }
    }

    /// Writes jobs that still have the given revisions, all or none. Returns whether they were written.
    pub(super) async fn replace(&self, changed: Vec<(String, i64, String)>) -> Result<bool, Error> {
        self.change(move |t| {
            for (id, revision, _) in &changed {
                let sql = "SELECT EXISTS (SELECT 1 FROM jobs WHERE id = ? AND revision = ?)";
                let same: bool = t.query_row(sql, params![id, revision], |row| row.get(0))?;
                if !same || lease::holder(t, id)?.is_some() {
                    return Ok(false);
                }
            }
            for (id, _, state) in changed {
                t.execute(
                    "UPDATE jobs SET state = ?, changed = ?, revision = revision + 1 WHERE id = ?",
                    params![state, format_time(Timestamp::now()), id],
                )?;
            }
            Ok(true)
        })
        .await
    }
}

impl Lease {
    /// Writes a job from outside of its worker, so that undone parts are no longer claimed.
    ///
    /// # Errors
    /// [`Error`]
    pub async fn amend(&self, job: &Job) -> Result<(), Error> {
        self.save(job, Vec::new(), Vec::new()).await.map(drop)
    }

    /// Writes a job together with the intents of calls that are about to be sent and the results of finished
    /// calls. Returns the numbers of the intents. Atomic, and on the disk when it returns.
    pub(in crate::jobs) async fn save(
        &self,
        job: &Job,
        intents: Vec<Intent>,
        results: Vec<CallResult>,
    ) -> Result<Vec<i64>, Error> {
        let (state, over) = (serde_json::to_string(&job.without_calls())?, job.is_over());
        let (key, profile) = (self.key.clone(), job.profile.clone());
        self.journal
            .change(move |t| {
                key.renew(t)?;
                t.execute(
                    "UPDATE jobs SET state = ?, over = ?, changed = ?, revision = revision + 1 WHERE id = ?",
                    params![state, over, format_time(Timestamp::now()), key.job],
                )?;
                for result in results {
                    match result.intent {
                        Some(id) => audit::settle(t, id, &result.record)?,
                        None => audit::record_read(t, &key.job, &profile, &result.record)?,
                    }
                }
                intents.iter().map(|intent| audit::intend(t, Some(&key.job), intent)).collect()
            })
            .await
    }
}

const NEWEST_FIRST: &str = "ORDER BY created DESC, id";

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
    fn into_stored(self, t: &Transaction<'_>) -> Result<StoredJob, Error> {
        Ok(StoredJob {
            job: serde_json::from_str(&self.state)?,
            endpoint: self.endpoint,
            holder: lease::holder(t, &self.id)?,
            changed: time(&self.changed),
            revision: self.revision,
        })
    }
}

/// Returns the jobs that the end of a query selects, without their calls, and the jobs whose rows cannot be
/// read.
fn load_jobs(t: &Transaction<'_>, end: &str) -> Result<(Vec<StoredJob>, Vec<Unreadable>), Error> {
    let (mut good, mut bad) = (Vec::new(), Vec::new());
    let mut query = t.prepare(&format!("{SELECT} {end}"))?;
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        match raw(row).map_err(Error::from).and_then(|raw| raw.into_stored(t)) {
            Ok(kept) => good.push(kept),
            Err(error) => {
                let what = unreadable(error)?;
                // The ID itself may be unreadable.
                let id = row.get_ref(0)?.as_bytes().map(String::from_utf8_lossy).unwrap_or_default();
                bad.push(Unreadable { id: id.into_owned(), what });
            }
        }
    }
    Ok((good, bad))
}

/// Returns what is wrong with the row, or the error if the problem is in the file.
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

/// Returns a job with its calls.
pub(super) fn load_job(t: &Transaction<'_>, id: &str) -> Result<Option<StoredJob>, Error> {
    let here = |what| Error::Row { path: t.path().unwrap_or_default().into(), job: id.to_owned(), what };
    let read = |e: Error| unreadable(e).map_or_else(|e| e, here);
    let found = t.query_row(&format!("{SELECT} WHERE id = ?"), [id], raw).optional();
    let Some(row) = found.map_err(|e| read(e.into()))? else { return Ok(None) };
    let mut kept = row.into_stored(t).map_err(read)?;
    kept.job.calls = audit::calls(t, id)?;
    Ok(Some(kept))
}
