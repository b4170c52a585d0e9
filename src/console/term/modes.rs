//! The terminal's modes: set on entering, put back on leaving, whatever happens in between.

use std::{
    io,
    sync::{
        OnceLock,
        atomic::{AtomicBool, Ordering},
    },
};

use crossterm::{
    cursor::{Hide, Show},
    event::{DisableBracketedPaste, EnableBracketedPaste},
    queue,
    style::ResetColor,
    terminal::{EndSynchronizedUpdate, EnterAlternateScreen, LeaveAlternateScreen},
};
use rustix::{
    event::{PollFd, PollFlags, Timespec, poll},
    io::{Errno, retry_on_intr},
    stdio::{stdin, stdout},
    termios::{OptionalActions, Termios, tcgetattr, tcsetattr},
};

static ENTERED: AtomicBool = AtomicBool::new(false);
/// The line discipline as it was found. It is asked once: after a stop it may be anybody's.
static FOUND: OnceLock<Termios> = OnceLock::new();

/// Enters: raw keys, alternate screen, no cursor, pastes marked.
///
/// # Errors
/// When the terminal refuses; it is left as it was.
pub(super) fn enter() -> io::Result<()> {
    let found = tcgetattr(stdin())?;
    let mut raw = FOUND.get_or_init(|| found).clone();
    raw.make_raw();
    // The flag comes first: whatever happens from here on, leaving is right.
    ENTERED.store(true, Ordering::SeqCst);
    let mut bytes = Vec::new();
    queue!(bytes, EnterAlternateScreen, Hide, EnableBracketedPaste)?;
    // In the background, the first of them stops the process before anything is shown.
    let entered = retry_on_intr(|| tcsetattr(stdin(), OptionalActions::Now, &raw))
        .map_err(Into::into)
        .and_then(|()| send(&bytes));
    if entered.is_err() {
        leave_now();
    }
    entered
}

/// Puts the terminal back as it was, once, from wherever: the end of `main`, a panic, a signal. Errors are of no use
/// to anyone by then.
pub fn leave_now() {
    if !ENTERED.swap(false, Ordering::SeqCst) {
        return;
    }
    let mut bytes = Vec::new();
    let _ =
        queue!(bytes, EndSynchronizedUpdate, DisableBracketedPaste, ResetColor, LeaveAlternateScreen, Show);
    if takes_bytes() {
        let _ = send(&bytes);
    }
    if let Some(found) = FOUND.get() {
        let _ = retry_on_intr(|| tcsetattr(stdin(), OptionalActions::Now, found));
    }
}

/// Whether an error is the word of a terminal that has hung up.
pub fn is_gone(error: &io::Error) -> bool {
    let number = error.raw_os_error();
    [Errno::IO, Errno::NXIO, Errno::PIPE].into_iter().any(|e| number == Some(e.raw_os_error()))
}

/// Whether the terminal takes bytes now; one that has stalled would block the last write for ever.
fn takes_bytes() -> bool {
    let stdout = stdout();
    let mut fds = [PollFd::new(&stdout, PollFlags::OUT)];
    let wait = Timespec { tv_sec: 0, tv_nsec: 200_000_000 };
    matches!(poll(&mut fds, Some(&wait)), Ok(n) if n > 0)
}

/// Past std's line-buffered, locked stdout: a panic may hold that lock.
///
/// # Errors
/// When the terminal is gone.
pub(super) fn send(mut bytes: &[u8]) -> io::Result<()> {
    while !bytes.is_empty() {
        let n = retry_on_intr(|| rustix::io::write(stdout(), bytes))?;
        bytes = &bytes[n..];
    }
    Ok(())
}
