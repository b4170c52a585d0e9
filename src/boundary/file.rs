//! Reads files of other programs, and reads and writes state files.
//!
//! All reads accept only regular files up to a size limit. A FIFO or a terminal would block the program silently,
//! and a device such as `/dev/zero` has no end. State files are private to their owner: they are opened without
//! following symbolic links and created under a random name, so that another user with write access to the
//! directory cannot have a different file overwritten or made readable.

use crate::messages::{Text, english, text};
use std::{
    fs::{DirBuilder, File},
    io::{self, Read, Write},
    os::unix::fs::DirBuilderExt,
    path::Path,
};

use rustix::{
    fs::{FileType, Mode, OFlags, Stat},
    io::Errno,
};

/// Maximum size of `config.toml` in bytes.
pub const CONFIG: u64 = 1 << 20;
/// Maximum size of a keymap or a theme in bytes.
pub const APPEARANCE: u64 = 256 << 10;
/// Maximum size of a credential file in bytes.
pub const CREDENTIALS: u64 = 64 << 10;
/// Maximum size of a plan in bytes, from a file or from stdin.
pub const PLAN: u64 = 1 << 20;
/// Maximum size of `view.toml` or `notes.toml` in bytes.
pub const NOTES: u64 = 4 << 20;
/// Maximum size of a profile's row cache in bytes.
pub const ROWS: u64 = 8 << 20;
/// Maximum size of a built-in cloud's saved world in bytes.
pub const WORLD: u64 = 256 << 20;

/// Why a file cannot be used. The message says what is wrong and how to fix it, without the name of the file.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// The operating system returned an error.
    Io(#[from] io::Error),
    /// The file is not a regular file.
    NotRegular(Special),
    /// The file is larger than the limit.
    TooLarge(u64),
    /// The file is not UTF-8 text.
    NotText,
    /// The state file belongs to another user.
    OtherOwner {
        /// The user ID of the owner.
        owner: u32,
        /// The user ID of this process.
        me: u32,
    },
}

english!(FileError);

impl FileError {
    /// What is wrong with the file and what to do about it.
    pub fn text(&self) -> Text {
        match self {
            Self::Io(error) => Text::from(error.to_string()),
            Self::NotRegular(special) => special.text(),
            Self::TooLarge(limit) => text!(file_too_large, limit),
            Self::NotText => text!(file_not_utf8),
            Self::OtherOwner { owner, me } => text!(file_other_owner, owner, me),
        }
    }

    /// Returns whether the file does not exist.
    pub fn is_not_found(&self) -> bool {
        matches!(self, Self::Io(e) if e.kind() == io::ErrorKind::NotFound)
    }
}

impl From<Errno> for FileError {
    fn from(error: Errno) -> Self {
        Self::Io(error.into())
    }
}

/// A file type other than a regular file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Special {
    /// A directory.
    Directory,
    /// A named pipe, including a shell's process substitution.
    Fifo,
    /// A device, such as a terminal or `/dev/zero`.
    Device,
    /// A socket.
    Socket,
    /// A symbolic link where links are not followed.
    Link,
}

impl Special {
    fn text(self) -> Text {
        match self {
            Self::Directory => text!(file_is_directory),
            Self::Fifo => text!(file_is_fifo),
            Self::Device => text!(file_is_device),
            Self::Socket => text!(file_is_socket),
            Self::Link => text!(file_is_link),
        }
    }
}

/// Reads a file of at most `limit` bytes. Follows symbolic links; never blocks.
///
/// # Errors
/// [`FileError`]
pub fn read(path: &Path, limit: u64) -> Result<Vec<u8>, FileError> {
    let (file, stat) = open(path, OFlags::RDONLY, Mode::empty())?;
    read_within(file, limit, size(&stat))
}

/// Like [`read`], for UTF-8 text.
///
/// # Errors
/// [`FileError`]
pub fn read_text(path: &Path, limit: u64) -> Result<String, FileError> {
    text(read(path, limit)?)
}

/// Reads UTF-8 text of at most `limit` bytes from stdin until its end. Blocks until the writer closes it.
///
/// # Errors
/// [`FileError`]
pub fn read_stdin(limit: u64) -> Result<String, FileError> {
    text(read_within(io::stdin().lock(), limit, 0)?)
}

/// Reads a state file. Refuses symbolic links and files of other users.
///
/// # Errors
/// [`FileError`]
pub fn read_private(path: &Path, limit: u64) -> Result<Vec<u8>, FileError> {
    let (file, stat) = open_private(path, OFlags::RDONLY)?;
    read_within(file, limit, size(&stat))
}

/// Like [`read_private`], for UTF-8 text.
///
/// # Errors
/// [`FileError`]
pub fn read_private_text(path: &Path, limit: u64) -> Result<String, FileError> {
    text(read_private(path, limit)?)
}

/// Opens a state file for appending. Creates it if it does not exist, and revokes all rights of other users. The
/// directory must exist.
///
/// # Errors
/// [`FileError`]
pub fn append_private(path: &Path) -> Result<File, FileError> {
    let (file, stat) = open_private(path, OFlags::WRONLY | OFlags::APPEND | OFlags::CREATE)?;
    if mode(&stat) & 0o077 != 0 {
        rustix::fs::fchmod(&file, Mode::RUSR | Mode::WUSR)?;
    }
    Ok(file)
}

/// Replaces a state file atomically and makes it private to its owner. Writes a file with a random name in the
/// same directory, syncs it and renames it. Refuses symbolic links and files of other users.
///
/// # Errors
/// [`FileError`]; the old file is then unchanged.
pub fn write_private(path: &Path, bytes: &[u8]) -> Result<(), FileError> {
    check_private(path, Rights::Keep)?;
    make_directory(path)?;
    let directory = directory(path);
    let mut new = tempfile::NamedTempFile::new_in(directory)?;
    new.write_all(bytes)?;
    new.as_file().sync_all()?;
    new.persist(path).map_err(|e| e.error)?;
    // Sync the directory, so that the rename reaches the disk.
    Ok(File::open(directory)?.sync_all()?)
}

/// What [`check_private`] does with the rights of other users.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rights {
    /// Keeps them.
    Keep,
    /// Revokes them.
    Revoke,
}

/// Checks a state file without opening it for reading: it must not exist, or be a regular file of this user. Use
/// this for a file with POSIX record locks, because closing any of its descriptors would release them.
///
/// # Errors
/// [`FileError`]
pub fn check_private(path: &Path, rights: Rights) -> Result<(), FileError> {
    let stat = match rustix::fs::lstat(path) {
        Err(Errno::NOENT) => return Ok(()),
        other => other?,
    };
    regular(&stat)?;
    own(&stat)?;
    if rights == Rights::Revoke && mode(&stat) & 0o077 != 0 {
        revoke_rights(path, &stat)?;
    }
    Ok(())
}

/// Revokes the rights of other users on the file that was checked, even if another file has the path by now.
#[cfg(target_os = "linux")]
fn revoke_rights(path: &Path, stat: &Stat) -> Result<(), FileError> {
    use std::os::fd::AsRawFd;
    // Closing an `O_PATH` descriptor does not release record locks.
    let flags = OFlags::PATH | OFlags::NOFOLLOW | OFlags::CLOEXEC;
    let handle = rustix::fs::open(path, flags, Mode::empty())?;
    let now = rustix::fs::fstat(&handle)?;
    if (now.st_dev, now.st_ino) != (stat.st_dev, stat.st_ino) {
        return Err(io::Error::other("it was replaced meanwhile; try again").into());
    }
    let itself = format!("/proc/self/fd/{}", handle.as_raw_fd());
    Ok(rustix::fs::chmod(itself, Mode::RUSR | Mode::WUSR)?)
}

#[cfg(not(target_os = "linux"))]
fn revoke_rights(path: &Path, _: &Stat) -> Result<(), FileError> {
    let flags = rustix::fs::AtFlags::SYMLINK_NOFOLLOW;
    Ok(rustix::fs::chmodat(rustix::fs::CWD, path, Mode::RUSR | Mode::WUSR, flags)?)
}

/// Creates a private state file if it does not exist. Leaves an existing file unchanged.
///
/// # Errors
/// [`FileError`]
pub fn create_private(path: &Path) -> Result<(), FileError> {
    make_directory(path)?;
    let flags = OFlags::WRONLY | OFlags::CREATE | OFlags::EXCL | OFlags::NOFOLLOW | OFlags::CLOEXEC;
    match rustix::fs::open(path, flags, Mode::RUSR | Mode::WUSR) {
        Err(Errno::EXIST) => Ok(()),
        other => Ok(other.map(drop)?),
    }
}

fn directory(path: &Path) -> &Path {
    path.parent().filter(|d| !d.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Creates the directory of a state file if it does not exist, private to its owner.
///
/// # Errors
/// Any error of the operating system.
pub fn make_directory(path: &Path) -> io::Result<()> {
    DirBuilder::new().recursive(true).mode(0o700).create(directory(path))
}

fn open_private(path: &Path, flags: OFlags) -> Result<(File, Stat), FileError> {
    let (file, stat) = match open(path, flags | OFlags::NOFOLLOW, Mode::RUSR | Mode::WUSR) {
        Err(FileError::Io(e)) if e.raw_os_error() == Some(Errno::LOOP.raw_os_error()) => {
            return Err(FileError::NotRegular(Special::Link));
        }
        other => other?,
    };
    own(&stat)?;
    Ok((file, stat))
}

/// Opens a file without blocking. A FIFO without a writer opens at once and is then refused because of its type.
fn open(path: &Path, flags: OFlags, mode: Mode) -> Result<(File, Stat), FileError> {
    let flags = flags | OFlags::NONBLOCK | OFlags::CLOEXEC | OFlags::NOCTTY;
    let file = match rustix::fs::open(path, flags, mode) {
        Ok(file) => File::from(file),
        // These errors mean that the file type cannot be opened: a socket, a FIFO without a reader, or a
        // directory. Report the type.
        Err(error @ (Errno::NXIO | Errno::ISDIR)) => {
            regular(&rustix::fs::stat(path)?)?;
            return Err(error.into());
        }
        Err(error) => return Err(error.into()),
    };
    let stat = rustix::fs::fstat(&file)?;
    regular(&stat)?;
    Ok((file, stat))
}

fn regular(stat: &Stat) -> Result<(), FileError> {
    Err(FileError::NotRegular(match FileType::from_raw_mode(stat.st_mode) {
        FileType::RegularFile => return Ok(()),
        FileType::Directory => Special::Directory,
        FileType::Fifo => Special::Fifo,
        FileType::Socket => Special::Socket,
        FileType::Symlink => Special::Link,
        _ => Special::Device,
    }))
}

fn own(stat: &Stat) -> Result<(), FileError> {
    let me = rustix::process::geteuid().as_raw();
    match stat.st_uid == me {
        true => Ok(()),
        false => Err(FileError::OtherOwner { owner: stat.st_uid, me }),
    }
}

fn mode(stat: &Stat) -> u32 {
    // The type is narrower on some systems.
    #[allow(clippy::useless_conversion)]
    u32::from(stat.st_mode)
}

fn size(stat: &Stat) -> u64 {
    u64::try_from(stat.st_size).unwrap_or_default()
}

/// Reads to the end, or fails if there are more than `limit` bytes. `size` is the size that the system reports; it
/// may be wrong.
fn read_within(from: impl Read, limit: u64, size: u64) -> Result<Vec<u8>, FileError> {
    if size > limit {
        return Err(FileError::TooLarge(limit));
    }
    let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or_default());
    from.take(limit + 1).read_to_end(&mut bytes)?;
    match bytes.len() as u64 > limit {
        true => Err(FileError::TooLarge(limit)),
        false => Ok(bytes),
    }
}

fn text(bytes: Vec<u8>) -> Result<String, FileError> {
    String::from_utf8(bytes).map_err(|_| FileError::NotText)
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::{PermissionsExt, symlink};

    use super::*;

    fn why<T: std::fmt::Debug>(result: Result<T, FileError>) -> String {
        result.unwrap_err().to_string()
    }

    fn mode_of(path: &Path) -> u32 {
        std::fs::metadata(path).unwrap().permissions().mode() & 0o777
    }

    #[test]
    fn reads_only_small_regular_files_without_blocking() {
        let home = tempfile::tempdir().unwrap();
        let at = |name: &str| home.path().join(name);
        std::fs::write(at("text"), "12345").unwrap();
        std::fs::write(at("bytes"), b"\xff").unwrap();
        symlink("text", at("link")).unwrap();
        let fifo = FileType::Fifo;
        rustix::fs::mknodat(rustix::fs::CWD, at("fifo"), fifo, Mode::RUSR | Mode::WUSR, 0).unwrap();
        let _socket = std::os::unix::net::UnixListener::bind(at("socket")).unwrap();
        assert_eq!(read_text(&at("text"), 5).unwrap(), "12345");
        assert_eq!(read_text(&at("link"), 5).unwrap(), "12345");
        assert_eq!(
            why(read(&at("text"), 4)),
            "it has more than 4 bytes, the limit for such a file; give a smaller one"
        );
        assert_eq!(why(read_text(&at("bytes"), 9)), "it is not UTF-8 text; save it as UTF-8");
        assert_eq!(why(read(&at("fifo"), 9)), "it is a FIFO; give a regular file");
        assert_eq!(why(read(&at("socket"), 9)), "it is a socket; give a regular file");
        assert_eq!(why(read(home.path(), 9)), "it is a directory; give a regular file");
        assert_eq!(why(read(Path::new("/dev/zero"), 9)), "it is a device; give a regular file");
        assert!(read(&at("none"), 9).unwrap_err().is_not_found());
    }

    #[test]
    fn stops_reading_an_endless_stream_at_the_limit() {
        assert!(matches!(read_within(io::repeat(0), 7, 0), Err(FileError::TooLarge(7))));
        assert_eq!(read_within(io::repeat(0).take(7), 7, 0).unwrap(), [0; 7]);
    }

    #[test]
    fn state_files_are_private_and_links_are_not_followed() {
        let home = tempfile::tempdir().unwrap();
        let (real, link, new) =
            (home.path().join("real"), home.path().join("link"), home.path().join("deep/new"));
        std::fs::write(&real, "theirs").unwrap();
        std::fs::set_permissions(&real, PermissionsExt::from_mode(0o644)).unwrap();
        symlink(&real, &link).unwrap();
        let refused = "it is a symbolic link, and links are not followed; replace it with a regular file";
        assert_eq!(why(read_private(&link, 9)), refused);
        assert_eq!(why(append_private(&link)), refused);
        assert_eq!(why(write_private(&link, b"ours")), refused);
        assert_eq!(why(check_private(&link, Rights::Revoke)), refused);
        create_private(&link).unwrap();
        assert_eq!((std::fs::read(&real).unwrap().as_slice(), mode_of(&real)), (&b"theirs"[..], 0o644));

        write_private(&new, b"ours").unwrap();
        assert_eq!((read_private_text(&new, 4).unwrap().as_str(), mode_of(&new)), ("ours", 0o600));
        assert_eq!(mode_of(new.parent().unwrap()), 0o700);
        for use_it in [|p: &Path| append_private(p).map(drop), |p: &Path| check_private(p, Rights::Revoke)] {
            std::fs::set_permissions(&new, PermissionsExt::from_mode(0o666)).unwrap();
            use_it(&new).unwrap();
            assert_eq!(mode_of(&new), 0o600);
        }
        append_private(&new).unwrap().write_all(b", more").unwrap();
        assert_eq!(std::fs::read(&new).unwrap(), b"ours, more");
        assert_eq!(std::fs::read_dir(new.parent().unwrap()).unwrap().count(), 1);
    }

    #[test]
    fn refuses_a_state_file_of_another_user() {
        let mut theirs = rustix::fs::stat("/").unwrap();
        let me = rustix::process::geteuid().as_raw();
        theirs.st_uid = me + 1;
        assert_eq!(
            why(own(&theirs)),
            format!(
                "it belongs to user {}, not to user {me}; run as that user, or use another state directory \
                 (CVMSHARE_STATE_DIR)",
                me + 1
            )
        );
        theirs.st_uid = me;
        assert!(own(&theirs).is_ok());
    }
}
