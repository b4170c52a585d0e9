//! Reads signals and typed lines, each on its own thread.

use std::{
    io::{self, BufRead},
    thread,
    time::Duration,
};

use signal_hook::{
    consts::{SIGHUP, SIGINT, SIGTERM},
    iterator::Signals,
};

use crate::tui::{
    runtime::event::{Event, Sender},
    term::signals::Signal,
};

/// The time that the program may take to end after a signal.
const GRACE: Duration = Duration::from_millis(1500);

/// Ends the program after a signal: by an event, or by force after [`GRACE`].
pub(crate) fn signals(send: Sender) -> io::Result<()> {
    let mut signals = Signals::new([SIGHUP, SIGINT, SIGTERM])?;
    thread::Builder::new().name("signals".into()).spawn(move || {
        if let Some(number) = signals.forever().next() {
            let status = 128 + number as u8;
            let _ = send.send(Event::Signal(Signal::End(status)));
            thread::sleep(GRACE);
            std::process::exit(i32::from(status));
        }
    })?;
    Ok(())
}

/// Sends each typed line, and the end of the input, as an event.
pub(crate) fn lines(send: Sender) -> io::Result<()> {
    thread::Builder::new().name("lines".into()).spawn(move || {
        let mut bytes = Vec::new();
        let mut stdin = io::stdin().lock();
        while matches!(stdin.read_until(b'\n', &mut bytes), Ok(n) if n > 0) {
            let line = String::from_utf8_lossy(&bytes).trim().to_owned();
            bytes.clear();
            if send.send(Event::Line(Some(line))).is_err() {
                return;
            }
        }
        let _ = send.send(Event::Line(None));
    })?;
    Ok(())
}
