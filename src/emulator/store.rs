//! The state file. A save replaces it atomically, so that it is complete even if the process is killed.

use std::{
    fs::{self, File},
    io,
    path::{Path, PathBuf},
};

use serde::Deserialize;

use super::world::World;
use crate::{
    boundary::file::{self, FileError, Rights},
    messages::{Text, english, text},
};

/// The state file, locked for this process.
#[derive(Debug)]
pub(super) struct Store {
    path: PathBuf,
    // The lock on `PATH.lock`. The system releases it when the process ends for any reason.
    _lock: File,
}

/// Errors of the state file.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Another process uses the file.
    InUse(PathBuf),
    /// The lock file could not be locked, or the world not be serialized.
    Io {
        /// The path of the state file.
        path: PathBuf,
        /// The cause.
        source: io::Error,
    },
    /// The file cannot be used, for instance because it belongs to another user. It holds temporary keys, so only its
    /// owner may read it.
    Unusable {
        /// The path of the state file.
        path: PathBuf,
        /// The cause.
        source: FileError,
    },
    /// The content is not a world of this version.
    NotAWorld {
        /// The path of the state file.
        path: PathBuf,
        /// The cause.
        reason: String,
    },
}

english!(StoreError);

impl StoreError {
    /// What is wrong and what to do about it.
    pub fn text(&self) -> Text {
        match self {
            Self::InUse(path) => text!(emulator_state_in_use, path = path.display()),
            Self::Io { path, source } => text!(emulator_state_unusable, path = path.display(), source),
            Self::Unusable { path, source } => {
                text!(emulator_state_unusable, path = path.display(), source = source.text())
            }
            Self::NotAWorld { path, reason } => {
                text!(emulator_state_not_a_world, path = path.display(), reason)
            }
        }
    }
}

impl Store {
    /// Opens and locks the file for this process, and reads the world in it. The world is `None` if the file does not
    /// exist.
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
        // Parses by way of a tree of JSON values, which compiles to a third of the code of direct deserialization.
        let world: World = serde_json::from_slice(&bytes)
            .and_then(|tree: serde_json::Value| World::deserialize(&tree))
            .map_err(|e| StoreError::NotAWorld { path: path.to_owned(), reason: e.to_string() })?;
        if world.version != 1 {
            let reason = format!("it is of version {}, and this program knows version 1", world.version);
            return Err(StoreError::NotAWorld { path: path.to_owned(), reason });
        }
        Ok((store, Some(world)))
    }

    /// Writes the world to a temporary file, syncs it, and renames it to the state file.
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
