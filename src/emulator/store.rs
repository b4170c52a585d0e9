//! The state file. A save replaces it atomically, so that it is whole even after the process is killed.

use std::{
    fs::{self, File},
    io,
    path::{Path, PathBuf},
};

use serde::Deserialize;

use super::world::World;
use crate::boundary::file::{self, FileError, Rights};

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
    /// It is no file of this user, or not one that can be used. Temporary keys are in it, so it is for its owner alone.
    #[error("{}: {source}", .path.display())]
    Unusable {
        /// Which file.
        path: PathBuf,
        /// What is wrong with it.
        source: FileError,
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
        let unusable = |source| StoreError::Unusable { path: path.to_owned(), source };
        // Before anything else, so that nothing of a file that is not ours is changed.
        file::check_private(path, Rights::Revoke).map_err(unusable)?;
        let lock = file::append_private(&with_suffix(path, ".lock")).map_err(unusable)?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(fs::TryLockError::WouldBlock) => return Err(StoreError::InUse(path.to_owned())),
            Err(fs::TryLockError::Error(e)) => return Err(io(e)),
        }
        let store = Self { path: path.to_owned(), _lock: lock };
        let bytes = match file::read_private(path, file::WORLD) {
            Ok(bytes) => bytes,
            Err(e) if e.is_not_found() => return Ok((store, None)),
            Err(e) => return Err(unusable(e)),
        };
        // By way of a tree of values, which takes a third of the code that reading the text at once takes.
        let world: World = serde_json::from_slice(&bytes)
            .and_then(|tree: serde_json::Value| World::deserialize(&tree))
            .map_err(|e| StoreError::NotAWorld { path: path.to_owned(), reason: e.to_string() })?;
        if world.version != 1 {
            let reason = format!("it is of version {}, and this program knows version 1", world.version);
            return Err(StoreError::NotAWorld { path: path.to_owned(), reason });
        }
        Ok((store, Some(world)))
    }

    /// Writes the world beside the file, makes it durable, and puts it in the file's place.
    pub fn save(&self, world: &World) -> Result<(), StoreError> {
        let path = || self.path.clone();
        let bytes =
            serde_json::to_vec(world).map_err(|e| StoreError::Io { path: path(), source: e.into() })?;
        file::write_private(&self.path, &bytes)
            .map_err(|source| StoreError::Unusable { path: path(), source })
    }
}

fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}
