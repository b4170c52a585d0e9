//! Looking at a journal from outside: nothing of it is changed, not even its mode.

use std::path::Path;

use rusqlite::{Connection, OpenFlags, TransactionBehavior};

use super::{Error, Journal, PATIENCE, located, schema};
use crate::boundary::file::{self, Rights};

/// What is in a journal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Look {
    /// All jobs.
    pub jobs: i64,
    /// Those that are not over.
    pub unfinished: i64,
    /// Calls that were about to be sent and of which no result is known.
    pub open_intents: i64,
}

impl Journal {
    /// Looks whether the file is whole and what is in it.
    ///
    /// # Errors
    /// [`Error`]: it is damaged, of something else, of a newer program, or cannot be read.
    pub fn look(path: &Path) -> Result<Look, Error> {
        file::check_private(path, Rights::Leave)
            .map_err(|source| Error::File { path: path.to_owned(), source })?;
        Self::look_inside(path).map_err(|e| located(e, path))
    }

    fn look_inside(path: &Path) -> Result<Look, Error> {
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
            return Ok(Look { jobs: 0, unfinished: 0, open_intents: 0 });
        }
        let count = |sql: &str| t.query_row(sql, [], |row| row.get::<_, i64>(0));
        Ok(Look {
            jobs: count("SELECT count(*) FROM jobs")?,
            unfinished: count("SELECT count(*) FROM jobs WHERE NOT over")?,
            open_intents: count("SELECT count(*) FROM calls WHERE writes AND outcome IS NULL")?,
        })
    }
}
