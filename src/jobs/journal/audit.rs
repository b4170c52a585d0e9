//! Records calls: the intent before a changing call is sent, and the result afterwards. Also records the
//! reads of jobs.

use jiff::Timestamp;
use rusqlite::{Row, Transaction, params};
use serde::Serialize;

use super::{Error, Journal, format_time, time};
use crate::{
    jobs::job::{Call, CallRecord, Job},
    model::{Region, Uin},
};

/// The intent to make a changing call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Intent {
    /// When the call is about to be sent.
    pub at: Timestamp,
    /// The profile.
    pub profile: String,
    /// The main account, if it is known.
    pub account: Option<Uin>,
    /// The API action, such as `SyncImages`.
    pub action: String,
    /// The region to which it is sent.
    pub region: Region,
    /// What the call does, in full: `img-6pb6lrmy to ap-shanghai as web`.
    pub what: String,
}

impl Intent {
    /// Returns the intent of a job's call, or `None` if the call only reads.
    pub(in crate::jobs) fn from_call(job: &Job, call: &Call, at: Timestamp) -> Option<Self> {
        let list = |all: Vec<&str>| all.join(", ");
        let (region, what) = match call {
            Call::Copy { to, name } => {
                let to = list(to.iter().map(Region::as_str).collect());
                (&job.source, format!("{} to {to} as {name}", job.image))
            }
            Call::Share { region, image, accounts } => {
                let with = list(accounts.iter().map(Uin::as_str).collect());
                (region, format!("share {image} with {with}"))
            }
            _ => return None,
        };
        Some(Self {
            at,
            profile: job.profile.clone(),
            account: job.account.clone(),
            action: call.action().to_owned(),
            region: region.clone(),
            what,
        })
    }
}

/// A changing call in the audit log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Entry {
    /// When the call was about to be sent.
    pub at: Timestamp,
    /// The ID of the job; `None` for a single action.
    pub job: Option<String>,
    /// The profile.
    pub profile: String,
    /// The main account, if it was known.
    pub account: Option<String>,
    /// The API action, such as `SyncImages`.
    pub action: String,
    /// The region.
    pub region: String,
    /// What the call was to do, in full.
    pub what: String,
    /// `ok`, the error code, `lost` if there was no answer, or `unsent`; `None` while no result is known.
    pub outcome: Option<String>,
    /// The request ID, if the cloud answered.
    pub request_id: Option<String>,
}

impl Journal {
    /// Returns every changing call, oldest first.
    ///
    /// # Errors
    /// [`Error`]
    pub async fn audit(&self) -> Result<Vec<Entry>, Error> {
        self.read(|t| {
            let mut query = t.prepare(
                "SELECT at, job, profile, account, action, region, what, outcome, request_id
                 FROM calls WHERE writes ORDER BY id",
            )?;
            let entry = |row: &Row<'_>| {
                Ok(Entry {
                    at: time(&row.get::<_, String>(0)?),
                    job: row.get(1)?,
                    profile: row.get(2)?,
                    account: row.get(3)?,
                    action: row.get(4)?,
                    region: row.get(5)?,
                    what: row.get(6)?,
                    outcome: row.get(7)?,
                    request_id: row.get(8)?,
                })
            };
            Ok(query.query_map([], entry)?.collect::<Result<_, _>>()?)
        })
        .await
    }
}

/// Records the calls of single actions.
#[derive(Debug, Clone, Default)]
pub struct Recorder {
    /// The journal; `None` records nothing.
    pub journal: Option<Journal>,
    /// The profile.
    pub profile: String,
    /// The main account, if it is known.
    pub account: Option<Uin>,
    /// The job that the calls undo, if any.
    pub job: Option<String>,
}

impl Recorder {
    /// Records an intent. The call may be sent only if this succeeds.
    pub(in crate::jobs) async fn intend(
        &self,
        action: &str,
        region: &Region,
        what: String,
    ) -> Result<Option<i64>, Error> {
        let Some(journal) = &self.journal else { return Ok(None) };
        let intent = Intent {
            at: Timestamp::now(),
            profile: self.profile.clone(),
            account: self.account.clone(),
            action: action.to_owned(),
            region: region.clone(),
            what,
        };
        let job = self.job.clone();
        journal.change(move |t| intend(t, job.as_deref(), &intent)).await.map(Some)
    }

    /// Records the result of a call. Only logs an error, because the call itself has been made.
    pub(in crate::jobs) async fn settle(&self, intent: Option<i64>, record: &CallRecord) {
        let (Some(journal), Some(id)) = (&self.journal, intent) else { return };
        let (action, record) = (&record.action, record.clone());
        if let Err(error) = journal.change(move |t| settle(t, id, &record)).await {
            tracing::error!("the result of {action} was not kept: {error}");
        }
    }
}

pub(super) fn intend(t: &Transaction<'_>, job: Option<&str>, intent: &Intent) -> Result<i64, Error> {
    let Intent { at, profile, account, action, region, what } = intent;
    t.execute(
        "INSERT INTO calls (job, at, profile, account, action, region, what, detail, writes)
         VALUES (?, ?, ?, ?, ?, ?, ?, '', 1)",
        params![
            job,
            format_time(*at),
            profile,
            account.as_ref().map(Uin::as_str),
            action,
            region.as_str(),
            what
        ],
    )?;
    Ok(t.last_insert_rowid())
}

pub(super) fn settle(t: &Transaction<'_>, id: i64, record: &CallRecord) -> Result<(), Error> {
    t.execute(
        "UPDATE calls SET done_at = ?, detail = ?, outcome = ?, request_id = ? WHERE id = ?",
        params![format_time(Timestamp::now()), record.detail, record.outcome, record.request_id, id],
    )?;
    Ok(())
}

/// Records a call that only reads.
pub(super) fn record_read(
    t: &Transaction<'_>,
    job: &str,
    profile: &str,
    record: &CallRecord,
) -> Result<(), Error> {
    t.execute(
        "INSERT INTO calls (job, at, done_at, profile, action, region, what, detail, writes, outcome, request_id)
         VALUES (?, ?, ?, ?, ?, ?, '', ?, 0, ?, ?)",
        params![
            job,
            format_time(record.at),
            format_time(Timestamp::now()),
            profile,
            record.action,
            record.region.as_str(),
            record.detail,
            record.outcome,
            record.request_id
        ],
    )?;
    Ok(())
}

/// Marks intents without a result as lost. The process that recorded them has ended.
pub(super) fn mark_lost(t: &Transaction<'_>, job: &str, now: Timestamp) -> Result<(), Error> {
    t.execute(
        "UPDATE calls SET outcome = 'lost', done_at = ?, detail = 'no result was kept'
         WHERE job = ? AND writes AND outcome IS NULL",
        params![format_time(now), job],
    )?;
    Ok(())
}

/// Returns the finished calls of a job in the order in which they finished.
pub(super) fn calls(t: &Transaction<'_>, job: &str) -> Result<Vec<CallRecord>, Error> {
    let mut query = t.prepare(
        "SELECT at, action, region, outcome, request_id, detail
         FROM calls WHERE job = ? AND outcome IS NOT NULL ORDER BY done_at, id",
    )?;
    let mut rows = query.query([job])?;
    let mut calls = Vec::new();
    while let Some(row) = rows.next()? {
        // Skip rows with an invalid region; this program did not write them.
        if let Ok(region) = row.get::<_, String>(2)?.parse() {
            calls.push(CallRecord {
                at: time(&row.get::<_, String>(0)?),
                action: row.get(1)?,
                region,
                outcome: row.get(3)?,
                request_id: row.get(4)?,
                detail: row.get(5)?,
            });
        }
    }
    Ok(calls)
}
