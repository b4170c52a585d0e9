//! Keeping the world in a file: whole or not at all, whatever kills the process.

use std::{
    fs::{self, File},
    io::{self, Write},
    path::{Path, PathBuf},
};

use super::world::World;

/// The file, locked for this process.
#[derive(Debug)]
pub(super) struct Store {
    path: PathBuf,
    // Held for as long as the world is ours; the system lets go of it when the process ends, however it ends.
    _lock: File,
}

/// Why a world could not be kept or read.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Another process has it open.
    #[error("{} is in use by another built-in cloud; stop that one, or name another file", .0.display())]
    InUse(PathBuf),
    /// The file system said no.
    #[error("{}: {source}", .path.display())]
    Io {
        /// Which file.
        path: PathBuf,
        /// What it said.
        source: io::Error,
    },
    /// It is not a world.
    #[error("{} does not hold a world ({reason}); move it away, or name another file", .path.display())]
    NotAWorld {
        /// Which file.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
}

impl Store {
    /// Opens the file for this process alone, and reads the world in it where there is one.
    pub fn open(path: &Path) -> Result<(Self, Option<World>), StoreError> {
        let io = |source| StoreError::Io { path: path.to_owned(), source };
        let lock = File::options()
            .create(true)
            .truncate(false)
            .write(true)
            .open(with_suffix(path, ".lock"))
            .map_err(io)?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(fs::TryLockError::WouldBlock) => return Err(StoreError::InUse(path.to_owned())),
            Err(fs::TryLockError::Error(e)) => return Err(io(e)),
        }
        let store = Self { path: path.to_owned(), _lock: lock };
        let bytes = match fs::read(path) {
            Ok(bytes) => bytes,
            Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok((store, None)),
            Err(e) => return Err(io(e)),
        };
        let world: World = serde_json::from_slice(&bytes)
            .map_err(|e| StoreError::NotAWorld { path: path.to_owned(), reason: e.to_string() })?;
        if world.version != 1 {
            let reason = format!("it is of version {}, and this program knows version 1", world.version);
            return Err(StoreError::NotAWorld { path: path.to_owned(), reason });
        }
        Ok((store, Some(world)))
    }

    /// Writes the world beside the file, makes it durable, and puts it in the file's place.
    pub fn save(&self, world: &World) -> Result<(), StoreError> {
        self.try_save(world).map_err(|source| StoreError::Io { path: self.path.clone(), source })
    }

    fn try_save(&self, world: &World) -> io::Result<()> {
        let new = with_suffix(&self.path, ".new");
        let mut file = private(&new)?;
        file.write_all(&serde_json::to_vec(world)?)?;
        file.sync_all()?;
        fs::rename(&new, &self.path)?;
        // The new name has to reach the disk too.
        if let Some(folder) = self.path.parent() {
            let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
            File::open(folder)?.sync_all()?;
        }
        Ok(())
    }
}

fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}

/// Temporary keys are in it, so it is for its owner alone.
fn private(path: &Path) -> io::Result<File> {
    let mut options = File::options();
    options.create(true).truncate(true).write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}
