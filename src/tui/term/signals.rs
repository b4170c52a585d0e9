//! Signals as events. A terminal that is gone may block the last write for ever, so the thread that receives the signal
//! also ends the program.

use std::{io, thread, time::Duration};

use signal_hook::{
    consts::{SIGCONT, SIGHUP, SIGINT, SIGTERM, SIGTSTP, SIGWINCH},
    iterator::Signals,
    low_level::emulate_default_handler,
};

use crate::tui::term::modes::leave_now;

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

/// Starts a thread that passes each signal to `send`, until that returns false.
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
                // 128 and the number, as in shells.
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

/// Stops the process as Ctrl-Z does to any other; returns when it goes on.
pub(crate) fn stop_here() {
    let _ = emulate_default_handler(SIGTSTP);
}
