//! The terminal's modes: set on entering, restored on leaving, also after a panic or a signal.

use parking_lot::{Condvar, Mutex, MutexGuard};
use std::{io, sync::OnceLock};

use rustix::{
    event::{PollFd, PollFlags, Timespec, poll},
    io::{Errno, retry_on_intr},
    stdio::{stdin, stdout},
    termios::{OptionalActions, Termios, tcgetattr, tcgetpgrp, tcsetattr},
};

use crate::tui::term::process_group::group;

static ENTERED: Mutex<bool> = Mutex::new(false);
static HAVE_ENTERED: Condvar = Condvar::new();
/// The line discipline before the first start. After a stop it may be another program's, so it is read once.
static FOUND: OnceLock<Termios> = OnceLock::new();

/// Enters raw mode. The bytes that it returns set the other modes; they go in front of the next frame, so that no empty
/// screen is ever seen.
///
/// # Errors
/// When the terminal refuses; it is left as it was.
pub(crate) fn enter() -> io::Result<Vec<u8>> {
    let found = tcgetattr(stdin())?;
    let mut raw = FOUND.get_or_init(|| found).clone();
    raw.make_raw();
    // The flag comes first: whatever happens from here on, leaving is right.
    *entered_now() = true;
    // In the background this stops the process before anything is shown.
    if let Err(error) = retry_on_intr(|| tcsetattr(stdin(), OptionalActions::Now, &raw)) {
        leave_now();
        return Err(error.into());
    }
    HAVE_ENTERED.notify_all();
    Ok(ENTER.to_vec())
}

/// Alternate screen, no cursor, pastes marked, focus reported.
const ENTER: &[u8] = b"\x1b[?1049h\x1b[?25l\x1b[?2004h\x1b[?1004h";
/// Ends a frame that was not finished, then undoes [`MOUSE_ON`] and [`ENTER`]. The colours go before the main screen
/// is back.
const LEAVE: &[u8] = b"\x1b[?2026l\x1b[?1004l\x1b[?2004l\x1b[?1006l\x1b[?1000l\x1b[0m\x1b[?1049l\x1b[?25h";
/// Reports buttons and the wheel, in any column and row (SGR). Moves are not reported: many bytes, and no use.
pub(crate) const MOUSE_ON: &[u8] = b"\x1b[?1000h\x1b[?1006h";
/// Gives the mouse back to the terminal.
pub(crate) const MOUSE_OFF: &[u8] = b"\x1b[?1006l\x1b[?1000l";

/// Locked only to read or set it, so that a panic or a signal never waits long.
fn entered_now() -> MutexGuard<'static, bool> {
    ENTERED.lock()
}

/// Waits while the terminal belongs to another program, and its keys too.
pub(crate) fn wait_entered() {
    HAVE_ENTERED.wait_while(&mut entered_now(), |entered| !*entered);
}

/// Whether this process is in the foreground of the terminal. A terminal that is not our controlling one cannot tell,
/// and stops nobody.
pub(crate) fn in_front() -> bool {
    tcgetpgrp(stdin()).map_or(true, |front| front.as_raw_nonzero().get() == group())
}

/// Restores the terminal, once, from wherever: the end of the program, a panic, a signal. Errors are ignored: nobody
/// could act on them.
pub fn leave_now() {
    if !std::mem::take(&mut *entered_now()) {
        return;
    }
    // The line discipline comes first: once the main screen is seen, what is typed is the shell's. From the background
    // it would stop us instead.
    if let Some(found) = FOUND.get().filter(|_| in_front()) {
        let _ = retry_on_intr(|| tcsetattr(stdin(), OptionalActions::Now, found));
    }
    if takes_bytes() {
        let _ = send(LEAVE);
    }
}

/// Whether an error means that the terminal has hung up.
pub fn is_gone(error: &io::Error) -> bool {
    let number = error.raw_os_error();
    [Errno::IO, Errno::NXIO, Errno::PIPE].into_iter().any(|e| number == Some(e.raw_os_error()))
}

/// Whether the terminal accepts bytes within 200 ms; a stalled one would block the last write for ever.
fn takes_bytes() -> bool {
    let stdout = stdout();
    let mut fds = [PollFd::new(&stdout, PollFlags::OUT)];
    let wait = Timespec { tv_sec: 0, tv_nsec: 200_000_000 };
    matches!(poll(&mut fds, Some(&wait)), Ok(n) if n > 0)
}

/// Writes to the terminal, not through `std::io::stdout`, whose lock a panic may hold.
///
/// # Errors
/// When the terminal is gone.
pub(crate) fn send(mut bytes: &[u8]) -> io::Result<()> {
    while !bytes.is_empty() {
        let n = retry_on_intr(|| rustix::io::write(stdout(), bytes))?;
        bytes = &bytes[n..];
    }
    Ok(())
}
