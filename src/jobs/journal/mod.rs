//! What jobs did and what they are about to do, in a SQLite file that outlives every process: jobs, each call that changes
//! something (the intent before it is sent, the result after), and which process drives which job. It holds no secrets.
//!
//! The file may be on a network home directory. A rollback journal is used, because write-ahead logging shares memory
//! between processes, which other hosts cannot see. Locks are POSIX record locks: NFS and SMB carry them to the server,
//! and they end with their process even when it is killed, which a lock file does not. The rollback file is truncated
//! and not deleted, so that a directory entry in a network client's cache never decides whether there is something to
//! roll back. Transactions are short, begin immediately, wait for each other, and are on the disk when they end.

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

/// How long a transaction waits for another process's.
const PATIENCE: Duration = Duration::from_secs(10);

/// Why the journal cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A newer program wrote it.
    Newer {
        /// The file.
        path: PathBuf,
        /// Its version.
        found: i64,
        /// Ours.
        known: i64,
    },
    /// It is a file of something else.
    NotOurs {
        /// The file.
        path: PathBuf,
    },
    /// The file system said no.
    Io {
        /// The file or its directory.
        path: PathBuf,
        /// What it said.
        source: io::Error,
    },
    /// It is no file of this user, or a link to one.
    File {
        /// The file.
        path: PathBuf,
        /// What is wrong with it, with the fix.
        source: FileError,
    },
    /// Another process holds it for longer than this one waits.
    Locked {
        /// The file.
        path: PathBuf,
    },
    /// SQLite cannot work with the file.
    Unusable {
        /// The file.
        path: PathBuf,
        /// What SQLite said.
        source: rusqlite::Error,
    },
    /// A job's row does not read.
    Row {
        /// The file.
        path: PathBuf,
        /// The job's ID.
        job: String,
        /// What is wrong with the row.
        what: String,
    },
    /// SQLite said no, inside of a transaction; outside of it this is one of the errors above.
    Sqlite(#[from] rusqlite::Error),
    /// SQLite's own check finds it broken.
    Damaged {
        /// The file.
        path: PathBuf,
        /// What SQLite said.
        what: String,
    },
    /// What is in it does not read.
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
                text!(journal_locked, path = path.display(), seconds = PATIENCE.as_secs())
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

/// A handle of the journal. Cheap to clone; clones share one connection, which a thread of its own uses, one transaction
/// after the other in the order of the calls. A call that was made is carried out even where its future is dropped.
///
/// SQLite waits for the disk and for the locks of other processes, for seconds where the file is on a network. A
/// connection is only ever used by one thread at a time, so one thread for each open journal is all that it needs; a
/// pool of blocking threads would add threads that wait for each other.
#[derive(Debug, Clone)]
pub struct Journal {
    /// Unbounded, so that a lease can be released where nothing may wait. Every other sender waits for its answer, so
    /// there are never more tasks here than callers and leases.
    tasks: mpsc::Sender<Task>,
}

impl Journal {
    /// Opens the file, and creates it where there is none, for its owner alone.
    ///
    /// # Errors
    /// A newer program's file, a file of something else, or one that cannot be used.
    pub async fn open(path: &Path) -> Result<Self, Error> {
        let path = path.to_owned();
        Self::start(move || connect(&path)).await
    }

    /// One that ends with the process, for jobs whose cloud does too.
    ///
    /// # Errors
    /// [`Error::Sqlite`]
    pub async fn in_memory() -> Result<Self, Error> {
        Self::start(|| configured(Connection::open_in_memory()?, Path::new(":memory:"))).await
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

    /// One transaction that may write, whole or not at all, and on the disk when this returns.
    async fn change<T: Send + 'static>(
        &self,
        act: impl FnOnce(&Transaction<'_>) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        // A transaction that began with reading and then writes fails at once where another writes; this one waits.
        self.transact(TransactionBehavior::Immediate, act).await
    }

    /// One transaction that only reads: all that it reads is of one moment.
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

    /// Leaves a task to the thread. Where the thread has panicked, the task is dropped, and its answer with it.
    fn enqueue(&self, task: impl FnOnce(&mut Connection) + Send + 'static) {
        let _ = self.tasks.send(Box::new(task));
    }
}

/// Starts a thread and waits for what it sends first.
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
    whole().map_err(|e| located(e, &path))
}

fn connect(path: &Path) -> Result<Connection, Error> {
    let file = |source| match source {
        FileError::Io(source) => Error::Io { path: path.to_owned(), source },
        source => Error::File { path: path.to_owned(), source },
    };
    // Never opened here where it exists: closing it would end the record locks of this process's other connections.
    file::create_private(path).and_then(|()| file::check_private(path, Rights::Revoke)).map_err(file)?;
    // SQLite refuses a link anywhere in the path; only the file itself must be none.
    let real = real(path).map_err(|e| file(e.into()))?;
    let flags =
        OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_NOFOLLOW;
    Connection::open_with_flags(real, flags)
        .map_err(Error::from)
        .and_then(|connection| configured(connection, path))
        .map_err(|e| located(e, path))
}

fn configured(mut connection: Connection, path: &Path) -> Result<Connection, Error> {
    connection.busy_timeout(PATIENCE)?;
    connection.pragma_update_and_check(None, "journal_mode", "TRUNCATE", |_| Ok(()))?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "mmap_size", 0).or_else(|e| match e {
        // It answers with the size.
        rusqlite::Error::ExecuteReturnedResults => Ok(()),
        other => Err(other),
    })?;
    transact(&mut connection, TransactionBehavior::Immediate, |t| schema::migrate(t, path))?;
    Ok(connection)
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
