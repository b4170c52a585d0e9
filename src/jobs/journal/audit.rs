//! Every call of a job, and every call of ours that changes something: the intent before it is sent, the result after.

use jiff::Timestamp;
use rusqlite::{Row, Transaction, params};
use serde::Serialize;

use super::{Error, Journal, stamp, time};
use crate::{
    jobs::job::{Call, CallRecord, Job},
    model::{Region, Uin},
};

/// A call that changes something, before it is sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Intent {
    /// When.
    pub at: Timestamp,
    /// By which profile.
    pub profile: String,
    /// For which main account, where it is known.
    pub account: Option<Uin>,
    /// `SyncImages`, …
    pub action: String,
    /// Where it is sent.
    pub region: Region,
    /// What it would do, in full: `img-6pb6lrmy to ap-shanghai as web`.
    pub what: String,
}

impl Intent {
    /// The intent of a job's call; nothing where it only reads.
    pub(in crate::jobs) fn of_call(job: &Job, call: &Call, at: Timestamp) -> Option<Self> {
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

/// A call that changed something, or was to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Entry {
    /// When it was about to be sent.
    pub at: Timestamp,
    /// Of which job; nothing for a single action.
    pub job: Option<String>,
    /// By which profile.
    pub profile: String,
    /// For which main account.
    pub account: Option<String>,
    /// `SyncImages`, …
    pub action: String,
    /// Where it was sent.
    pub region: String,
    /// What it was to do, in full.
    pub what: String,
    /// `ok`, the error's code, `lost` where no answer came, `unsent`; nothing while no result is known.
    pub outcome: Option<String>,
    /// The cloud's id of it, where it answered.
    pub request_id: Option<String>,
}

impl Journal {
    /// Every call that changed something, or was to, oldest first.
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

/// Keeps the calls of single actions, under who makes them.
#[derive(Debug, Clone, Default)]
pub struct Recorder {
    /// Where; nothing is kept without.
    pub journal: Option<Journal>,
    /// Under which profile.
    pub profile: String,
    /// For which main account, where it is known.
    pub account: Option<Uin>,
    /// For which job: what undoes it belongs to it.
    pub job: Option<String>,
}

impl Recorder {
    /// Keeps an intent. Only then may the call be sent.
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

    /// Keeps what came of it. That it could not be kept is said in the log: the call itself was made.
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
        params![job, stamp(*at), profile, account.as_ref().map(Uin::as_str), action, region.as_str(), what],
    )?;
    Ok(t.last_insert_rowid())
}

pub(super) fn settle(t: &Transaction<'_>, id: i64, record: &CallRecord) -> Result<(), Error> {
    t.execute(
        "UPDATE calls SET done_at = ?, detail = ?, outcome = ?, request_id = ? WHERE id = ?",
        params![stamp(Timestamp::now()), record.detail, record.outcome, record.request_id, id],
    )?;
    Ok(())
}

/// Keeps a call that only read.
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
            stamp(record.at),
            stamp(Timestamp::now()),
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

/// Intents without a result: whoever sent them, if they were sent, is gone.
pub(super) fn lose(t: &Transaction<'_>, job: &str, now: Timestamp) -> Result<(), Error> {
    t.execute(
        "UPDATE calls SET outcome = 'lost', done_at = ?, detail = 'no result was kept'
         WHERE job = ? AND writes AND outcome IS NULL",
        params![stamp(now), job],
    )?;
    Ok(())
}

/// The calls of a job that have come to an end, in that order.
pub(super) fn calls(t: &Transaction<'_>, job: &str) -> Result<Vec<CallRecord>, Error> {
    let mut query = t.prepare(
        "SELECT at, action, region, outcome, request_id, detail
         FROM calls WHERE job = ? AND outcome IS NOT NULL ORDER BY done_at, id",
    )?;
    let mut rows = query.query([job])?;
    let mut calls = Vec::new();
    while let Some(row) = rows.next()? {
        // A region that does not read was none of ours.
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
