//! Inspects a journal without changing the file or its mode.

use std::path::Path;

use rusqlite::{Connection, OpenFlags, TransactionBehavior};

use super::{Error, Journal, LOCK_TIMEOUT, on_thread, schema, with_path};
use crate::boundary::file::{self, Rights};

/// The contents of a journal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Summary {
    /// The number of jobs.
    pub jobs: i64,
    /// The number of jobs that are not over.
    pub unfinished: i64,
    /// The number of intents without a result.
    pub open_intents: i64,
}

impl Journal {
    /// Checks the integrity of the file and counts its contents.
    ///
    /// # Errors
    /// [`Error`] if the file is damaged, is not a journal, has a newer version, or cannot be read.
    pub async fn inspect(path: &Path) -> Result<Summary, Error> {
        let path = path.to_owned();
        on_thread(move |done| {
            let summary = file::check_private(&path, Rights::Keep)
                .map_err(|source| Error::File { path: path.clone(), source })
                .and_then(|()| Self::summary(&path).map_err(|e| with_path(e, &path)));
            let _ = done.send(summary);
        })
        .await
    }

    fn summary(path: &Path) -> Result<Summary, Error> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let mut connection = Connection::open_with_flags(path, flags)?;
        connection.busy_timeout(LOCK_TIMEOUT)?;
        let t = connection.transaction_with_behavior(TransactionBehavior::Deferred)?;
        let whole: String = t.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
        let (found, _) = schema::versions(&t, path)?;
        if whole != "ok" {
            return Err(Error::Damaged { path: path.to_owned(), what: whole });
        }
        // The file exists, but nothing has been written yet.
        if found == 0 {
            return Ok(Summary { jobs: 0, unfinished: 0, open_intents: 0 });
        }
        let count = |sql: &str| t.query_row(sql, [], |row| row.get::<_, i64>(0));
        Ok(Summary {
            jobs: count("SELECT count(*) FROM jobs")?,
            unfinished: count("SELECT count(*) FROM jobs WHERE NOT over")?,
            open_intents: count("SELECT count(*) FROM calls WHERE writes AND outcome IS NULL")?,
        })
    }
}
