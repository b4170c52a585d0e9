//! The modes of the terminal. They are set at the start, and restored at the end, after a panic and after a signal.

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
/// The terminal attributes before the first start. They are read once: after a stop they may be those of another
/// program.
static FOUND: OnceLock<Termios> = OnceLock::new();

/// Enters raw mode. Returns the bytes that set the other modes. They are sent together with the next frame, so that the
/// user never sees an empty screen.
///
/// # Errors
/// If the attributes cannot be set. The terminal stays as it was.
pub(crate) fn enter() -> io::Result<Vec<u8>> {
    let found = tcgetattr(stdin())?;
    let mut raw = FOUND.get_or_init(|| found).clone();
    raw.make_raw();
    // Set first, so that every later failure restores the terminal.
    *entered_now() = true;
    // In the background this stops the process before it shows anything.
    if let Err(error) = retry_on_intr(|| tcsetattr(stdin(), OptionalActions::Now, &raw)) {
        leave_now();
        return Err(error.into());
    }
    HAVE_ENTERED.notify_all();
    Ok(ENTER.to_vec())
}

/// Alternate screen, hidden cursor, bracketed paste, focus reports.
const ENTER: &[u8] = b"\x1b[?1049h\x1b[?25l\x1b[?2004h\x1b[?1004h";
/// Ends an unfinished frame, then undoes [`MOUSE_ON`] and [`ENTER`]. The style is reset before the main screen returns.
const LEAVE: &[u8] = b"\x1b[?2026l\x1b[?1004l\x1b[?2004l\x1b[?1006l\x1b[?1000l\x1b[0m\x1b[?1049l\x1b[?25h";
/// Turns on reports of buttons and the wheel, with SGR coordinates. Motion is not reported: it costs many bytes and has
/// no use.
pub(crate) const MOUSE_ON: &[u8] = b"\x1b[?1000h\x1b[?1006h";
/// Turns mouse reports off.
pub(crate) const MOUSE_OFF: &[u8] = b"\x1b[?1006l\x1b[?1000l";

/// Locks the flag. It is locked only to read or set it, so that a panic or a signal never waits long.
fn entered_now() -> MutexGuard<'static, bool> {
    ENTERED.lock()
}

/// Waits while another program uses the terminal.
pub(crate) fn wait_entered() {
    HAVE_ENTERED.wait_while(&mut entered_now(), |entered| !*entered);
}

/// Returns whether this process is in the terminal's foreground. Returns true if the terminal is not the controlling
/// one, since then no process is stopped.
pub(crate) fn in_front() -> bool {
    tcgetpgrp(stdin()).map_or(true, |front| front.as_raw_nonzero().get() == group())
}

/// Restores the terminal, once, at the end of the program, in a panic or after a signal. Errors are ignored.
pub fn leave_now() {
    if !std::mem::take(&mut *entered_now()) {
        return;
    }
    // The attributes come first: as soon as the main screen shows, typed keys belong to the shell. In the background
    // this call would stop the process.
    if let Some(found) = FOUND.get().filter(|_| in_front()) {
        let _ = retry_on_intr(|| tcsetattr(stdin(), OptionalActions::Now, found));
    }
    if takes_bytes() {
        let _ = send(LEAVE);
    }
}

/// Returns whether an error means that the terminal has hung up.
pub fn is_gone(error: &io::Error) -> bool {
    let number = error.raw_os_error();
    [Errno::IO, Errno::NXIO, Errno::PIPE].into_iter().any(|e| number == Some(e.raw_os_error()))
}

/// Returns whether the terminal accepts bytes within 200 ms. A write to a stalled terminal would block forever.
fn takes_bytes() -> bool {
    let stdout = stdout();
    let mut fds = [PollFd::new(&stdout, PollFlags::OUT)];
    let wait = Timespec { tv_sec: 0, tv_nsec: 200_000_000 };
    matches!(poll(&mut fds, Some(&wait)), Ok(n) if n > 0)
}

/// Writes to the terminal. It does not use `std::io::stdout`, whose lock a panicking thread may hold.
///
/// # Errors
/// If the terminal is gone.
pub(crate) fn send(mut bytes: &[u8]) -> io::Result<()> {
    while !bytes.is_empty() {
        let n = retry_on_intr(|| rustix::io::write(stdout(), bytes))?;
        bytes = &bytes[n..];
    }
    Ok(())
}
