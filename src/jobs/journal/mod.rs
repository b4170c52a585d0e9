//! The journal: a SQLite file with the jobs, each changing call (the intent before it is sent, the result
//! afterwards), and the process that drives each job. It contains no secrets.
//!
//! The file may be in a network home directory. It uses a rollback journal, because write-ahead logging needs
//! memory shared between processes, which processes on other hosts cannot access. Locks are POSIX record
//! locks: NFS and SMB forward them to the server, and unlike a lock file they end with their process even if
//! it is killed. The rollback file is truncated instead of deleted, so that a cached directory entry on a
//! network client never determines whether there is something to roll back. Transactions are short, begin
//! immediately, wait for each other, and are on the disk when they end.

mod audit;
mod inspect;
mod lease;
mod process;
mod schema;
mod stored;
#[cfg(test)]
mod tests;

use std::{
    io,
    path::{Path, PathBuf},
    sync::mpsc,
    thread,
    time::Duration,
};

pub use audit::{Entry, Intent, Recorder};
pub use inspect::Summary;
use jiff::Timestamp;
pub use lease::{Acquired, Holder, Lease};
use rusqlite::{Connection, OpenFlags, Transaction, TransactionBehavior};
pub(in crate::jobs) use stored::CallResult;
pub use stored::{StoredJob, Unreadable};
use tokio::sync::oneshot;

use crate::{
    boundary::file::{self, FileError, Rights},
    messages::{Text, english, text},
};

/// How long a transaction waits for one of another process.
const LOCK_TIMEOUT: Duration = Duration::from_secs(10);

/// Why the journal cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A newer version of the program wrote the file.
    Newer {
        /// The file.
        path: PathBuf,
        /// The version of the file.
        found: i64,
        /// The latest version that this program knows.
        known: i64,
    },
    /// The file is not a journal.
    NotOurs {
        /// The file.
        path: PathBuf,
    },
    /// The file system returned an error.
    Io {
        /// The file or its directory.
        path: PathBuf,
        /// The error.
        source: io::Error,
    },
    /// The file is not a regular file of this user.
    File {
        /// The file.
        path: PathBuf,
        /// What is wrong with the file, and how to fix it.
        source: FileError,
    },
    /// Another process has locked the file for too long.
    Locked {
        /// The file.
        path: PathBuf,
    },
    /// SQLite cannot use the file.
    Unusable {
        /// The file.
        path: PathBuf,
        /// The error of SQLite.
        source: rusqlite::Error,
    },
    /// The row of a job cannot be read.
    Row {
        /// The file.
        path: PathBuf,
        /// The ID of the job.
        job: String,
        /// What is wrong with the row.
        what: String,
    },
    /// An error of SQLite within a transaction. Outside of it, it becomes one of the errors above.
    Sqlite(#[from] rusqlite::Error),
    /// SQLite's integrity check failed.
    Damaged {
        /// The file.
        path: PathBuf,
        /// The message of SQLite.
        what: String,
    },
    /// The contents cannot be parsed.
    Content(#[from] serde_json::Error),
    /// Another process drives the job now.
    Taken,
    /// The thread of the journal could not be started.
    Thread(#[source] io::Error),
    /// The thread of the journal has ended with a panic.
    Stopped,
}

english!(Error);

impl Error {
    /// What is wrong with the journal and what to do about it.
    pub fn text(&self) -> Text {
        match self {
            Self::Newer { path, found, known } => text!(journal_newer, path = path.display(), found, known),
            Self::NotOurs { path } => text!(journal_not_ours, path = path.display()),
            Self::Io { path, source } => text!(journal_io, path = path.display(), source),
            Self::File { path, source } => text!(journal_file, path = path.display(), source = source.text()),
            Self::Locked { path } => {
                text!(journal_locked, path = path.display(), seconds = LOCK_TIMEOUT.as_secs())
            }
            Self::Unusable { path, source } => text!(journal_unusable, path = path.display(), source),
            Self::Row { path, job, what } => text!(journal_row, path = path.display(), job, what),
            Self::Sqlite(source) => text!(journal_sqlite, source),
            Self::Damaged { path, what } => text!(journal_damaged, path = path.display(), what),
            Self::Content(source) => text!(journal_content, source),
            Self::Taken => text!(journal_taken),
            Self::Thread(source) => text!(journal_thread, source),
            Self::Stopped => text!(journal_stopped),
        }
    }
}

/// A transaction that waits for the journal's thread.
type Task = Box<dyn FnOnce(&mut Connection) + Send>;

/// A handle of the journal.
///
/// Cheap to clone. Clones share one connection, which belongs to a thread of its own. The thread runs
/// transactions in the order of the calls. A transaction runs even if its future is dropped.
///
/// SQLite may wait for the disk and for locks of other processes, for seconds if the file is on a network. A
/// connection can be used by only one thread at a time, so one thread per open journal is sufficient; a pool
/// of blocking threads would only add threads that wait for each other.
#[derive(Debug, Clone)]
pub struct Journal {
    /// Unbounded, so that dropping a lease can release it without waiting. All other senders wait for their
    /// answer, so there are never more tasks than callers and leases.
    tasks: mpsc::Sender<Task>,
}

impl Journal {
    /// Opens the file. Creates it, private to its owner, if it does not exist.
    ///
    /// # Errors
    /// The file has a newer version, is not a journal, or cannot be used.
    pub async fn open(path: &Path) -> Result<Self, Error> {
        let path = path.to_owned();
        Self::start(move || connect(&path)).await
    }

    /// Opens a journal in memory, for jobs of a cloud that ends with this process.
    ///
    /// # Errors
    /// [`Error::Sqlite`]
    pub async fn in_memory() -> Result<Self, Error> {
        Self::start(|| configure(Connection::open_in_memory()?, Path::new(":memory:"))).await
    }

    async fn start(
        connect: impl FnOnce() -> Result<Connection, Error> + Send + 'static,
    ) -> Result<Self, Error> {
        let (tasks, waiting) = mpsc::channel::<Task>();
        on_thread(move |opened| {
            let connection = connect().map(|connection| (connection, waiting));
            match connection {
                Ok((mut connection, waiting)) => {
                    let _ = opened.send(Ok(()));
                    waiting.into_iter().for_each(|task| task(&mut connection));
                }
                Err(error) => drop(opened.send(Err(error))),
            }
        })
        .await?;
        Ok(Self { tasks })
    }

    /// Runs an atomic transaction that may write. It is on the disk when this returns.
    async fn change<T: Send + 'static>(
        &self,
        act: impl FnOnce(&Transaction<'_>) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        // Begin immediately: a transaction that starts by reading fails at its first write if another process
        // is writing.
        self.transact(TransactionBehavior::Immediate, act).await
    }

    /// Runs a transaction that only reads, from one consistent snapshot.
    async fn read<T: Send + 'static>(
        &self,
        act: impl FnOnce(&Transaction<'_>) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        self.transact(TransactionBehavior::Deferred, act).await
    }

    async fn transact<T: Send + 'static>(
        &self,
        behavior: TransactionBehavior,
        act: impl FnOnce(&Transaction<'_>) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        let (done, result) = oneshot::channel();
        self.enqueue(move |connection| drop(done.send(transact(connection, behavior, act))));
        result.await.unwrap_or(Err(Error::Stopped))
    }

    /// Sends a task to the thread. If the thread has panicked, drops the task and with it the sender of its
    /// result.
    fn enqueue(&self, task: impl FnOnce(&mut Connection) + Send + 'static) {
        let _ = self.tasks.send(Box::new(task));
    }
}

/// Starts a thread and waits for the first value that it sends.
async fn on_thread<T: Send + 'static>(
    act: impl FnOnce(oneshot::Sender<Result<T, Error>>) + Send + 'static,
) -> Result<T, Error> {
    let (done, result) = oneshot::channel();
    thread::Builder::new().name("journal".to_owned()).spawn(move || act(done)).map_err(Error::Thread)?;
    result.await.unwrap_or(Err(Error::Stopped))
}

fn transact<T>(
    connection: &mut Connection,
    behavior: TransactionBehavior,
    act: impl FnOnce(&Transaction<'_>) -> Result<T, Error>,
) -> Result<T, Error> {
    let path = PathBuf::from(connection.path().unwrap_or_default());
    let whole = || {
        let transaction = connection.transaction_with_behavior(behavior)?;
        let done = act(&transaction)?;
        transaction.commit()?;
        Ok(done)
    };
    whole().map_err(|e| with_path(e, &path))
}

fn connect(path: &Path) -> Result<Connection, Error> {
    let file = |source| match source {
        FileError::Io(source) => Error::Io { path: path.to_owned(), source },
        source => Error::File { path: path.to_owned(), source },
    };
    // Do not open an existing file here: closing it would release the record locks of this process's other
    // connections.
    file::create_private(path).and_then(|()| file::check_private(path, Rights::Revoke)).map_err(file)?;
    // SQLite refuses links anywhere in the path; only the file itself must not be a link.
    let real = resolve_links(path).map_err(|e| file(e.into()))?;
    let flags =
        OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_NOFOLLOW;
    Connection::open_with_flags(real, flags)
        .map_err(Error::from)
        .and_then(|connection| configure(connection, path))
        .map_err(|e| with_path(e, path))
}

fn configure(mut connection: Connection, path: &Path) -> Result<Connection, Error> {
    connection.busy_timeout(LOCK_TIMEOUT)?;
    connection.pragma_update_and_check(None, "journal_mode", "TRUNCATE", |_| Ok(()))?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "mmap_size", 0).or_else(|e| match e {
        // The pragma returns the size as a row.
        rusqlite::Error::ExecuteReturnedResults => Ok(()),
        other => Err(other),
    })?;
    transact(&mut connection, TransactionBehavior::Immediate, |t| schema::migrate(t, path))?;
    Ok(connection)
}

/// Resolves all links in the directory of a path.
fn resolve_links(path: &Path) -> io::Result<PathBuf> {
    let folder = path.parent().filter(|f| !f.as_os_str().is_empty()).unwrap_or(Path::new("."));
    Ok(folder.canonicalize()?.join(path.file_name().unwrap_or_default()))
}

/// Adds the path to an error of SQLite.
fn with_path(error: Error, path: &Path) -> Error {
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

/// Formats a time with a fixed width, so that times sort as text.
fn format_time(at: Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%S%.6fZ").to_string()
}

fn time(text: &str) -> Timestamp {
    text.parse().unwrap_or(Timestamp::UNIX_EPOCH)
}
