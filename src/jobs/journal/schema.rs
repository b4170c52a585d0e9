//! The tables of the journal, by version.

use std::path::Path;

use rusqlite::Transaction;

use super::Error;

/// `cvms`, the SQLite application ID of journals.
const APPLICATION_ID: i64 = 0x6376_6d73;

/// The SQL that migrates a journal from each version to the next.
const MIGRATIONS: [&str; 1] = ["
    CREATE TABLE jobs (
        id TEXT PRIMARY KEY,
        profile TEXT NOT NULL,
        endpoint TEXT,              -- null: the vendor's own hosts
        asked TEXT NOT NULL,        -- JSON: regions with the accounts of each
        state TEXT NOT NULL,        -- JSON: the job without its calls
        over INTEGER NOT NULL,
        revision INTEGER NOT NULL,
        created TEXT NOT NULL,
        changed TEXT NOT NULL
    );
    CREATE TABLE calls (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        job TEXT,                   -- null: a single action
        at TEXT NOT NULL,
        done_at TEXT,
        profile TEXT NOT NULL,
        account TEXT,
        action TEXT NOT NULL,
        region TEXT NOT NULL,
        what TEXT NOT NULL,         -- in full
        detail TEXT NOT NULL,       -- in short
        writes INTEGER NOT NULL,
        outcome TEXT,               -- null: an intent without a result
        request_id TEXT
    );
    CREATE INDEX calls_of_job ON calls (job, id);
    CREATE TABLE leases (
        job TEXT PRIMARY KEY,
        holder TEXT NOT NULL,
        machine TEXT NOT NULL,
        pid INTEGER NOT NULL,
        born TEXT NOT NULL,
        beat TEXT NOT NULL
    );
    CREATE TABLE orders (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        job TEXT NOT NULL,
        command TEXT NOT NULL       -- JSON
    );
"];

/// Migrates a new or older journal to the latest version.
pub(super) fn migrate(t: &Transaction<'_>, path: &Path) -> Result<(), Error> {
    let (found, known) = versions(t, path)?;
    for migration in MIGRATIONS.iter().skip(usize::try_from(found).unwrap_or(0)) {
        t.execute_batch(migration)?;
    }
    if found < known {
        t.pragma_update(None, "application_id", APPLICATION_ID)?;
        t.pragma_update(None, "user_version", known)?;
    }
    Ok(())
}

/// Returns the version of a journal and the latest version that this program knows.
pub(super) fn versions(t: &Transaction<'_>, path: &Path) -> Result<(i64, i64), Error> {
    let number = |pragma: &str| t.pragma_query_value(None, pragma, |row| row.get::<_, i64>(0));
    let (found, mark) = (number("user_version")?, number("application_id")?);
    let tables: i64 = t.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    if (tables > 0 || found != 0) && mark != APPLICATION_ID {
        return Err(Error::NotOurs { path: path.to_owned() });
    }
    let known = MIGRATIONS.len() as i64;
    if found > known {
        return Err(Error::Newer { path: path.to_owned(), found, known });
    }
    Ok((found, known))
}
