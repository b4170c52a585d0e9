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

use std::{
    io,
    os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt},
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

pub use audit::{Entry, Intent, Recorder};
use jiff::Timestamp;
pub(in crate::jobs) use keep::Ended;
pub use keep::Kept;
pub use lease::{Hold, Holder, Take};
pub use look::Look;
use rusqlite::{Connection, Transaction, TransactionBehavior};

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
    /// SQLite said no.
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
        let io = |source| Error::Io { path: path.to_owned(), source };
        if let Some(folder) = path.parent().filter(|f| !f.as_os_str().is_empty()) {
            std::fs::DirBuilder::new().recursive(true).mode(0o700).create(folder).map_err(io)?;
        }
        // Never opened here where it exists: closing it would end the record locks of this process's other connections.
        match std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(path) {
            Ok(_) => {}
            Err(e) if e.kind() == io::ErrorKind::AlreadyExists => {
                let there = std::fs::metadata(path).map_err(io)?.permissions();
                if there.mode() & 0o077 != 0 {
                    std::fs::set_permissions(path, PermissionsExt::from_mode(0o600)).map_err(io)?;
                }
            }
            Err(e) => return Err(io(e)),
        }
        let not_ours = |e: Error| match e {
            Error::Sqlite(e) if e.sqlite_error_code() == Some(rusqlite::ErrorCode::NotADatabase) => {
                Error::NotOurs { path: path.to_owned() }
            }
            other => other,
        };
        Self::with(Connection::open(path)?, path).map_err(not_ours)
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
        let mut connection = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        // A transaction that began with reading and then writes fails at once where another writes; this one waits.
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let done = act(&transaction)?;
        transaction.commit()?;
        Ok(done)
    }

    /// One transaction that only reads: all that it sees is of one moment.
    fn read<T>(&self, act: impl FnOnce(&Transaction<'_>) -> Result<T, Error>) -> Result<T, Error> {
        let mut connection = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Deferred)?;
        act(&transaction)
    }
}

/// As times are kept: in one width, so that they sort as texts.
fn stamp(at: Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%S%.6fZ").to_string()
}

fn time(text: &str) -> Timestamp {
    text.parse().unwrap_or(Timestamp::UNIX_EPOCH)
}
