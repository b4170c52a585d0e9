//! Reading keys. A key whose bytes arrive apart (Esc, a pause, `[B`) is that key: a lone Esc waits for the rest. The
//! reader blocks in the kernel, so that an idle program is never woken.

use std::{io, os::fd::AsFd, thread, time::Duration};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use termina::{Parser, event::Event};

use crate::console::keymap::Key;

/// What came from the terminal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// A key.
    Key(Key),
    /// A bracketed paste.
    Paste(String),
    /// The terminal is gone.
    Hangup,
}

/// Reads the terminal in a thread of its own and hands on each key, paste, and at last the hang-up. It ends when
/// `send` says that nobody listens.
///
/// # Errors
/// When the thread cannot be started.
pub fn read(escape_wait: Duration, mut send: impl FnMut(Input) -> bool + Send + 'static) -> io::Result<()> {
    thread::Builder::new().name("input".into()).spawn(move || {
        let stdin = io::stdin();
        let mut parser = Parser::default();
        let mut bytes = [0u8; 4096];
        let wait =
            Timespec { tv_sec: escape_wait.as_secs() as i64, tv_nsec: i64::from(escape_wait.subsec_nanos()) };
        let mut pending = false;
        loop {
            let mut fds = [PollFd::new(&stdin, PollFlags::IN)];
            match poll(&mut fds, pending.then_some(&wait)) {
                Ok(0) => {
                    parser.parse(&[], false);
                    pending = false;
                }
                Ok(_) => match rustix::io::read(stdin.as_fd(), &mut bytes) {
                    Ok(0) => {
                        send(Input::Hangup);
                        return;
                    }
                    Ok(n) => {
                        let read = &bytes[..n];
                        parser.parse(read, true);
                        // Only an escape can be the beginning of something.
                        pending = pending || read.contains(&0x1b) || read.iter().any(|b| *b >= 0x80);
                    }
                    Err(rustix::io::Errno::INTR | rustix::io::Errno::AGAIN) => {}
                    Err(_) => {
                        send(Input::Hangup);
                        return;
                    }
                },
                Err(rustix::io::Errno::INTR) => {}
                Err(_) => {
                    send(Input::Hangup);
                    return;
                }
            }
            while let Some(event) = parser.pop() {
                let input = match event {
                    Event::Paste(text) => Some(Input::Paste(text)),
                    event => Key::from_event(&event).map(Input::Key),
                };
                if input.is_some_and(|input| !send(input)) {
                    return;
                }
            }
        }
    })?;
    Ok(())
}
