//! The rows of the jobs table.

use std::collections::BTreeMap;

use jiff::Timestamp;
use rusqlite::{OptionalExtension, Row, Transaction, params};

use super::{
    Error, Holder, Journal, Lease,
    audit::{self, Intent},
    lease, stamp, time,
};
use crate::{
    jobs::job::{CallRecord, Job},
    rules::Facts,
};

/// A job with what is known around it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredJob {
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
pub(in crate::jobs) struct CallResult {
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
    pub async fn begin(&self, job: &Job, endpoint: Option<&str>) -> Result<Option<StoredJob>, Error> {
        let state = serde_json::to_string(&job.without_calls())?;
        let mut asked: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for cell in &job.cells {
            let edges = job.edges.iter().filter(|e| e.region == cell.region);
            asked.insert(cell.region.as_str(), edges.map(|e| e.account.as_str()).collect());
        }
        let asked = serde_json::to_string(&asked)?;
        let (id, profile, over) = (job.id.clone(), job.profile.clone(), job.is_over());
        let (endpoint, created) = (endpoint.map(str::to_owned), stamp(job.created));
        self.change(move |t| {
            let old = one(t, &id)?;
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
                    stamp(Timestamp::now())
                ],
            )?;
            t.execute("DELETE FROM orders WHERE job = ?", [&id])?;
            Ok(None)
        })
        .await
    }

    /// One job with its calls.
    ///
    /// # Errors
    /// [`Error`]
    pub async fn job(&self, id: &str) -> Result<Option<StoredJob>, Error> {
        let id = id.to_owned();
        self.read(move |t| one(t, &id)).await
    }

    /// All jobs, the newest first, without their calls. Rows that cannot be read are left out; [`Journal::unreadable`]
    /// names them.
    ///
    /// # Errors
    /// [`Error`]
    pub async fn jobs(&self) -> Result<Vec<StoredJob>, Error> {
        Ok(self.read(|t| all(t, NEWEST_FIRST)).await?.0)
    }

    /// The jobs whose rows cannot be read. They stay in the file as they are, and stop no other job.
    ///
    /// # Errors
    /// [`Error`]
    pub async fn unreadable(&self) -> Result<Vec<Unreadable>, Error> {
        Ok(self.read(|t| all(t, NEWEST_FIRST)).await?.1)
    }

    /// How often a job was written; a watcher that sees the same figure again has missed nothing.
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

    /// A figure that is another one once another connection has written anything. Reading it costs next to nothing.
    ///
    /// # Errors
    /// [`Error`]
    pub async fn data_version(&self) -> Result<i64, Error> {
        self.read(|t| Ok(t.pragma_query_value(None, "data_version", |row| row.get(0))?)).await
    }

    /// Compares every job that is over and for which `concerns` holds (called with the job and the address of its cloud)
    /// with facts that were read now, and writes the records that change. Jobs that a process drives are left to it. `at`
    /// is when the reads began, so that what another process saw since then stands; `facts` must hold nothing older.
    /// Returns all jobs as they stand then, as [`Journal::jobs`] does.
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
            // A job that was written meanwhile is compared again.
            if changed.is_empty() || self.replace(changed).await? {
                return Ok(jobs);
            }
        }
    }

    /// Writes the states of jobs that still have these revisions, all or none; returns whether it did.
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
                    params![state, stamp(Timestamp::now()), id],
                )?;
            }
            Ok(true)
        })
        .await
    }
}

impl Lease {
    /// Writes a job as it stands, outside of its worker: what was undone is claimed no more.
    ///
    /// # Errors
    /// [`Error`]
    pub async fn amend(&self, job: &Job) -> Result<(), Error> {
        self.save(job, Vec::new(), Vec::new()).await.map(drop)
    }

    /// Writes a job as it stands, with the intents of the calls that are about to be sent and the results of those that
    /// came back, and returns the intents' numbers. Whole or not at all, and on the disk when it returns.
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
                    params![state, over, stamp(Timestamp::now()), key.job],
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
    fn kept(self, t: &Transaction<'_>) -> Result<StoredJob, Error> {
        Ok(StoredJob {
            job: serde_json::from_str(&self.state)?,
            endpoint: self.endpoint,
            holder: lease::holder(t, &self.id)?,
            changed: time(&self.changed),
            revision: self.revision,
        })
    }
}

/// The jobs that a query's end chooses, without their calls, and those whose rows cannot be read.
fn all(t: &Transaction<'_>, end: &str) -> Result<(Vec<StoredJob>, Vec<Unreadable>), Error> {
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
pub(super) fn one(t: &Transaction<'_>, id: &str) -> Result<Option<StoredJob>, Error> {
    let here = |what| Error::Row { path: t.path().unwrap_or_default().into(), job: id.to_owned(), what };
    let read = |e: Error| unreadable(e).map_or_else(|e| e, here);
    let found = t.query_row(&format!("{SELECT} WHERE id = ?"), [id], raw).optional();
    let Some(row) = found.map_err(|e| read(e.into()))? else { return Ok(None) };
    let mut kept = row.kept(t).map_err(read)?;
    kept.job.calls = audit::calls(t, id)?;
    Ok(Some(kept))
}
