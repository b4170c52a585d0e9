//! Signals as messages. A terminal that is gone may block the last write for ever, so the thread that hears the signal
//! also sees to it that the program ends.

use std::{io, thread, time::Duration};

use rustix::process::{Pid, getpgid, getppid, getsid};
use signal_hook::{
    consts::{SIGCONT, SIGHUP, SIGINT, SIGTERM, SIGTSTP, SIGWINCH},
    iterator::Signals,
    low_level::emulate_default_handler,
};

use super::leave_now;

/// How long the program may take to end by itself once it was asked to.
const GRACE: Duration = Duration::from_millis(1500);

/// What a signal means here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Signal {
    /// The window has another size.
    Resize,
    /// Stop was asked for from outside.
    Suspend,
    /// The program goes on after a stop.
    Continue,
    /// The program has to end, with this exit status.
    End(u8),
}

/// Hands on each signal from a thread of its own, until `send` says that nobody listens.
///
/// # Errors
/// When a handler cannot be set or the thread cannot be started.
pub fn watch(mut send: impl FnMut(Signal) -> bool + Send + 'static) -> io::Result<()> {
    let mut signals = Signals::new([SIGWINCH, SIGTSTP, SIGCONT, SIGHUP, SIGINT, SIGTERM])?;
    thread::Builder::new().name("signals".into()).spawn(move || {
        for signal in signals.forever() {
            let meant = match signal {
                SIGWINCH => Signal::Resize,
                SIGTSTP => Signal::Suspend,
                SIGCONT => Signal::Continue,
                // 128 and the number, as shells say it (interface.md, exit status).
                number => Signal::End(128 + number as u8),
            };
            let heard = send(meant);
            if let Signal::End(status) = meant {
                thread::sleep(GRACE);
                leave_now();
                std::process::exit(i32::from(status));
            }
            if !heard {
                return;
            }
        }
    })?;
    Ok(())
}

/// Stops the process as Ctrl-Z does to any other; returns when it goes on.
pub fn stop_here() {
    let _ = emulate_default_handler(SIGTSTP);
}

/// Whether a stop would leave anybody who can let the process go on: a shell of this session outside of our process
/// group. The kernel ignores Ctrl-Z where there is none (a window or an ssh that runs nothing but this program).
pub fn can_stop() -> bool {
    let (Ok(session), Ok(group)) = (getsid(None), getpgid(None)) else { return true };
    let mut above = getppid();
    while let Some(pid) = above {
        if getsid(Some(pid)) != Ok(session) {
            return false;
        }
        if getpgid(Some(pid)) != Ok(group) {
            return true;
        }
        let Ok(stat) = std::fs::read_to_string(format!("/proc/{}/stat", pid.as_raw_nonzero())) else {
            return true;
        };
        // The parent is the second field after the name, which stands in parentheses and may hold anything.
        above = stat
            .rsplit_once(')')
            .and_then(|(_, fields)| fields.split_whitespace().nth(1)?.parse().ok())
            .and_then(Pid::from_raw);
    }
    false
}
