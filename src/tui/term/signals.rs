//! Turns signals into events. The last write to a hung-up terminal may block forever, so the thread that receives the
//! signal also ends the program.

use std::{io, thread, time::Duration};

use signal_hook::{
    consts::{SIGCONT, SIGHUP, SIGINT, SIGTERM, SIGTSTP, SIGWINCH},
    iterator::Signals,
    low_level::emulate_default_handler,
};

use crate::tui::term::modes::leave_now;

/// How long the program may take to end by itself after a signal.
const GRACE: Duration = Duration::from_millis(1500);

/// A signal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Signal {
    /// The size of the window changed.
    Resize,
    /// Another process asked this one to stop.
    Suspend,
    /// The process continues after a stop.
    Continue,
    /// The process has to end with this exit status.
    End(u8),
}

/// Starts a thread that passes each signal to `send` until that returns false.
///
/// # Errors
/// If a handler cannot be set or the thread cannot be started.
pub fn watch(mut send: impl FnMut(Signal) -> bool + Send + 'static) -> io::Result<()> {
    let mut signals = Signals::new([SIGWINCH, SIGTSTP, SIGCONT, SIGHUP, SIGINT, SIGTERM])?;
    thread::Builder::new().name("signals".into()).spawn(move || {
        for signal in signals.forever() {
            let meant = match signal {
                SIGWINCH => Signal::Resize,
                SIGTSTP => Signal::Suspend,
                SIGCONT => Signal::Continue,
                // 128 and the signal's number, as in shells.
                number => Signal::End(128 + number as u8),
            };
            let listening = send(meant);
            if let Signal::End(status) = meant {
                thread::sleep(GRACE);
                leave_now();
                std::process::exit(i32::from(status));
            }
            if !listening {
                return;
            }
        }
    })?;
    Ok(())
}

/// Stops the process as Ctrl-Z does by default. Returns when it continues.
pub(crate) fn stop_here() {
    let _ = emulate_default_handler(SIGTSTP);
}
