//! Inspecting a journal without changing anything of it, its mode included.

use std::path::Path;

use rusqlite::{Connection, OpenFlags, TransactionBehavior};

use super::{Error, Journal, PATIENCE, located, on_thread, schema};
use crate::boundary::file::{self, Rights};

/// What is in a journal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Summary {
    /// All jobs.
    pub jobs: i64,
    /// Those that are not over.
    pub unfinished: i64,
    /// Calls that were about to be sent and of which no result is known.
    pub open_intents: i64,
}

impl Journal {
    /// Checks that the file is whole and counts what is in it.
    ///
    /// # Errors
    /// [`Error`]: it is damaged, of something else, of a newer program, or cannot be read.
    pub async fn inspect(path: &Path) -> Result<Summary, Error> {
        let path = path.to_owned();
        on_thread(move |done| {
            let summary = file::check_private(&path, Rights::Keep)
                .map_err(|source| Error::File { path: path.clone(), source })
                .and_then(|()| Self::summary(&path).map_err(|e| located(e, &path)));
            let _ = done.send(summary);
        })
        .await
    }

    fn summary(path: &Path) -> Result<Summary, Error> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let mut connection = Connection::open_with_flags(path, flags)?;
        connection.busy_timeout(PATIENCE)?;
        let t = connection.transaction_with_behavior(TransactionBehavior::Deferred)?;
        let whole: String = t.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
        let (found, _) = schema::versions(&t, path)?;
        if whole != "ok" {
            return Err(Error::Damaged { path: path.to_owned(), what: whole });
        }
        // Made, and nothing written yet.
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
