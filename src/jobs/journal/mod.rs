//! What jobs did and what they are about to do, in a SQLite file that outlives every process: jobs, each writing call
//! (the intent before it is sent, the result after), and who drives which job. It holds no secrets.
//!
//! The file may be on a network home directory, so it keeps to what works there: a rollback journal (write-ahead
//! logging shares memory between processes, which other hosts cannot see), and POSIX record locks, which NFS and SMB
//! carry to the server and which end with their process, however it ends. A lock file would outlive a kill, and kills
//! are what this is for. The rollback file is cut to nothing rather than deleted, so that whether there is one to roll
//! back never hangs on a directory entry that a network client has in its cache. Transactions are short, begin
//! immediately, wait for each other, and are on the disk when they end.

mod audit;
mod identity;
mod keep;
mod lease;
mod look;
mod schema;
#[cfg(test)]
mod tests;

use parking_lot::Mutex;
use std::{
    io,
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

pub use audit::{Entry, Intent, Recorder};
use jiff::Timestamp;
pub(in crate::jobs) use keep::Ended;
pub use keep::{Kept, Unreadable};
pub use lease::{Hold, Holder, Take};
pub use look::Look;
use rusqlite::{Connection, OpenFlags, Transaction, TransactionBehavior};

use crate::boundary::file::{self, FileError, Rights};

/// How long a transaction waits for another process's.
const PATIENCE: Duration = Duration::from_secs(10);

/// Why the journal cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A newer program wrote it.
    #[error(
        "the journal {} is of version {found} and this program knows {known}; use the newer cvmshare, or another state \
         directory (CVMSHARE_STATE_DIR)", .path.display()
    )]
    Newer {
        /// The file.
        path: PathBuf,
        /// Its version.
        found: i64,
        /// Ours.
        known: i64,
    },
    /// It is a file of something else.
    #[error(
        "{} is not a journal of cvmshare; move it away, or use another state directory (CVMSHARE_STATE_DIR)",
        .path.display()
    )]
    NotOurs {
        /// The file.
        path: PathBuf,
    },
    /// The file system said no.
    #[error("the journal {} cannot be used: {source}; mend that, or use another state directory (CVMSHARE_STATE_DIR)",
        .path.display())]
    Io {
        /// The file or its directory.
        path: PathBuf,
        /// What it said.
        source: io::Error,
    },
    /// It is no file of this user, or a link to one.
    #[error("the journal {} cannot be used: {source}", .path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What is wrong with it, with the fix.
        source: FileError,
    },
    /// Another process holds it for longer than this one waits.
    #[error(
        "the journal {} is locked by another process for more than {} s; end that process, or use another state \
         directory (CVMSHARE_STATE_DIR)", .path.display(), PATIENCE.as_secs()
    )]
    Locked {
        /// The file.
        path: PathBuf,
    },
    /// SQLite cannot work with the file.
    #[error(
        "the journal {} cannot be read or written: {source}; see that the disk has room and the file can be written, \
         or use another state directory (CVMSHARE_STATE_DIR)", .path.display()
    )]
    Unusable {
        /// The file.
        path: PathBuf,
        /// What SQLite said.
        source: rusqlite::Error,
    },
    /// A job's row does not read.
    #[error(
        "job {job} in the journal {} cannot be read: {what}; see with cvmshare list audit and list exposure what it \
         did, and move the journal away to begin anew", .path.display()
    )]
    Row {
        /// The file.
        path: PathBuf,
        /// The job's ID.
        job: String,
        /// What is wrong with the row.
        what: String,
    },
    /// SQLite said no, inside of a transaction; outside of it this is one of the errors above.
    #[error("the journal cannot be written or read: {0}")]
    Sqlite(#[from] rusqlite::Error),
    /// SQLite's own check finds it broken.
    #[error("the journal {} is damaged: {what}; move it away, and look with cvmshare list exposure at what is shared",
        .path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What SQLite said.
        what: String,
    },
    /// What is in it does not read.
    #[error("the journal holds something that does not read: {0}")]
    Content(#[from] serde_json::Error),
    /// Another process drives the job now.
    #[error("another process has taken the job over")]
    Taken,
}

/// The journal. Cheap to clone; clones share one connection.
#[derive(Debug, Clone)]
pub struct Journal(Arc<Mutex<Connection>>);

impl Journal {
    /// Opens the file, and makes it where there is none: for its owner alone.
    ///
    /// # Errors
    /// A newer program's file, a file of something else, or one that cannot be used.
    pub fn open(path: &Path) -> Result<Self, Error> {
        let file = |source| match source {
            FileError::Io(source) => Error::Io { path: path.to_owned(), source },
            source => Error::File { path: path.to_owned(), source },
        };
        // Never opened here where it exists: closing it would end the record locks of this process's other connections.
        file::create_private(path).and_then(|()| file::check_private(path, Rights::Take)).map_err(file)?;
        // SQLite refuses a link anywhere in the path; only the file itself must be none.
        let real = real(path).map_err(|e| file(e.into()))?;
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
            | OpenFlags::SQLITE_OPEN_NO_MUTEX
            | OpenFlags::SQLITE_OPEN_NOFOLLOW;
        Connection::open_with_flags(real, flags)
            .map_err(Error::from)
            .and_then(|connection| Self::with(connection, path))
            .map_err(|e| located(e, path))
    }

    /// One that ends with the process, for jobs whose cloud does too.
    ///
    /// # Errors
    /// [`Error::Sqlite`]
    pub fn in_memory() -> Result<Self, Error> {
        Self::with(Connection::open_in_memory()?, Path::new(":memory:"))
    }

    fn with(connection: Connection, path: &Path) -> Result<Self, Error> {
        connection.busy_timeout(PATIENCE)?;
        connection.pragma_update_and_check(None, "journal_mode", "TRUNCATE", |_| Ok(()))?;
        connection.pragma_update(None, "synchronous", "FULL")?;
        connection.pragma_update(None, "mmap_size", 0).or_else(|e| match e {
            // It answers with the size.
            rusqlite::Error::ExecuteReturnedResults => Ok(()),
            other => Err(other),
        })?;
        let journal = Self(Arc::new(Mutex::new(connection)));
        journal.change(|t| schema::bring_up(t, path))?;
        Ok(journal)
    }

    /// One transaction that may write, whole or not at all.
    fn change<T>(&self, act: impl FnOnce(&Transaction<'_>) -> Result<T, Error>) -> Result<T, Error> {
        let mut connection = self.0.lock();
        // A transaction that began with reading and then writes fails at once where another writes; this one waits.
        let path = PathBuf::from(connection.path().unwrap_or_default());
        let whole = || {
            let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let done = act(&transaction)?;
            transaction.commit()?;
            Ok(done)
        };
        whole().map_err(|e| located(e, &path))
    }

    /// One transaction that only reads: all that it sees is of one moment.
    fn read<T>(&self, act: impl FnOnce(&Transaction<'_>) -> Result<T, Error>) -> Result<T, Error> {
        let mut connection = self.0.lock();
        let path = PathBuf::from(connection.path().unwrap_or_default());
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Deferred);
        transaction.map_err(Error::from).and_then(|t| act(&t)).map_err(|e| located(e, &path))
    }
}

/// The path with every link before the file's own name resolved.
fn real(path: &Path) -> io::Result<PathBuf> {
    let folder = path.parent().filter(|f| !f.as_os_str().is_empty()).unwrap_or(Path::new("."));
    Ok(folder.canonicalize()?.join(path.file_name().unwrap_or_default()))
}

/// What SQLite said, with the file and the fix.
fn located(error: Error, path: &Path) -> Error {
    use rusqlite::ErrorCode::{DatabaseBusy, DatabaseCorrupt, DatabaseLocked, NotADatabase};
    let Error::Sqlite(source) = error else { return error };
    let path = path.to_owned();
    match source.sqlite_error_code() {
        Some(DatabaseBusy | DatabaseLocked) => Error::Locked { path },
        Some(DatabaseCorrupt) => Error::Damaged { path, what: source.to_string() },
        Some(NotADatabase) => Error::NotOurs { path },
        _ => Error::Unusable { path, source },
    }
}

/// As times are kept: in one width, so that they sort as texts.
fn stamp(at: Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%S%.6fZ").to_string()
}

fn time(text: &str) -> Timestamp {
    text.parse().unwrap_or(Timestamp::UNIX_EPOCH)
}
