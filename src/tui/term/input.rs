//! Reads keys, pastes and mouse events from the terminal. The bytes of a key may arrive in pieces (Esc, a pause, `[B`),
//! so an Esc waits for what follows. The reader blocks in the kernel, so an idle program never wakes up.

use std::{io, os::fd::AsFd, thread, time::Duration};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use termina::{
    Parser,
    event::{Event, MouseButton, MouseEventKind},
};

use crate::tui::{
    app::message::{Mouse, Press},
    keymap::key::Key,
    term::modes,
};

const ESC: u8 = 0x1b;

/// An input from the terminal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// A key.
    Key(Key),
    /// A bracketed paste.
    Paste(String),
    /// A press of the left button, or a turn of the wheel.
    Mouse(Mouse),
    /// The window got (true) or lost the focus.
    Focus(bool),
    /// The terminal is gone.
    Hangup,
}

/// Decodes bytes. It holds an Esc until the next byte or a timeout shows whether it is a key of its own.
#[derive(Default)]
struct Decoder {
    parser: Parser,
    held: bool,
}

impl Decoder {
    fn feed(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            match (self.held, byte) {
                (false, ESC) => self.held = true,
                // The first Esc was a key; the second may start a sequence.
                (true, ESC) => self.parser.parse(&[ESC], false),
                (true, _) => {
                    self.parser.parse(&[ESC, byte], true);
                    self.held = false;
                }
                (false, _) => self.parser.parse(&[byte], true),
            }
        }
    }

    /// Ends the wait for the byte after a held Esc: the Esc is a key.
    fn timeout(&mut self) {
        if std::mem::take(&mut self.held) {
            self.parser.parse(&[ESC], false);
        }
    }

    fn next(&mut self) -> Option<Input> {
        loop {
            match self.parser.pop()? {
                Event::Paste(text) => return Some(Input::Paste(text)),
                Event::FocusIn => return Some(Input::Focus(true)),
                Event::FocusOut => return Some(Input::Focus(false)),
                Event::Mouse(event) => {
                    let press = match event.kind {
                        MouseEventKind::Down(MouseButton::Left) => Press::Button,
                        MouseEventKind::ScrollUp => Press::WheelUp,
                        MouseEventKind::ScrollDown => Press::WheelDown,
                        _ => continue,
                    };
                    return Some(Input::Mouse(Mouse { press, x: event.column, y: event.row }));
                }
                event => {
                    if let Some(key) = Key::from_event(&event) {
                        return Some(Input::Key(key));
                    }
                }
            }
        }
    }
}

/// Starts a thread that reads the terminal until `send` returns false. Each call of `send` passes the inputs that
/// arrived together; the last one passes the hang-up.
///
/// # Errors
/// If the thread cannot be started.
pub fn read(
    escape_wait: Duration,
    mut send: impl FnMut(Vec<Input>) -> bool + Send + 'static,
) -> io::Result<()> {
    thread::Builder::new().name("input".into()).spawn(move || {
        let stdin = io::stdin();
        let mut decoder = Decoder::default();
        let mut bytes = [0u8; 4096];
        let wait =
            Timespec { tv_sec: escape_wait.as_secs() as i64, tv_nsec: i64::from(escape_wait.subsec_nanos()) };
        loop {
            let mut fds = [PollFd::new(&stdin, PollFlags::IN)];
            let came = match poll(&mut fds, decoder.held.then_some(&wait)) {
                Ok(0) => {
                    decoder.timeout();
                    Ok(())
                }
                Ok(_) => {
                    modes::wait_entered();
                    match rustix::io::read(stdin.as_fd(), &mut bytes) {
                        Ok(0) => Err(rustix::io::Errno::IO),
                        came => came.map(|n| decoder.feed(&bytes[..n])),
                    }
                }
                Err(error) => Err(error),
            };
            match came {
                Ok(()) | Err(rustix::io::Errno::INTR | rustix::io::Errno::AGAIN) => {}
                Err(_) => {
                    send(vec![Input::Hangup]);
                    return;
                }
            }
            let all: Vec<Input> = std::iter::from_fn(|| decoder.next()).collect();
            if !all.is_empty() && !send(all) {
                return;
            }
        }
    })?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Decodes bytes that arrive in pieces and returns the inputs as text. The piece `~` is a pause longer than the
    /// wait after Esc.
    fn keys(pieces: &[&[u8]]) -> Vec<String> {
        let mut decoder = Decoder::default();
        let mut all = Vec::new();
        for piece in pieces {
            match *piece {
                b"~" => decoder.timeout(),
                bytes => decoder.feed(bytes),
            }
            while let Some(input) = decoder.next() {
                all.push(match input {
                    Input::Key(key) => key.to_string(),
                    Input::Paste(text) => format!("paste {text:?}"),
                    Input::Mouse(Mouse { press, x, y }) => format!("{press:?} {x},{y}"),
                    Input::Focus(focused) => format!("focus {focused}"),
                    Input::Hangup => "gone".into(),
                });
            }
        }
        all
    }

    #[test]
    fn keys_are_decoded_from_bytes_in_any_pieces() {
        let cases: &[(&[&[u8]], &[&str])] = &[
            (&[b"\x1b[B"], &["Down"]),
            (&[b"\x1b", b"[B"], &["Down"]),
            (&[b"\x1b[", b"B"], &["Down"]),
            (&[b"\x1b[", b"~", b"B"], &["Down"]),
            (&[b"\x1b", b"~"], &["Esc"]),
            (&[b"\x1b", b"~", b"[B"], &["Esc", "[", "B"]),
            (&[b"\x1b\x1b", b"~"], &["Esc", "Esc"]),
            // Esc and then Down in one packet.
            (&[b"\x1b\x1b[B"], &["Esc", "Down"]),
            (&[b"\x1bb"], &["Alt-b"]),
            (&[b"\x1bOA", b"\x1b[5~", b"\x1b[1;5C"], &["Up", "PgUp", "Ctrl-Right"]),
            (&["é".as_bytes()], &["é"]),
            (&[b"\xe9\x95", b"~", b"\x9c"], &["\u{955c}"]),
            (&[b"\xff", b"j"], &["j"]),
            (&[b"\x1b[200~a\x1b[", b"~", b"31mb\x1b", b"[201~j"], &["paste \"a\\u{1b}[31mb\"", "j"]),
            (&[b"\x1b[200~a", b"\x1b", b"~", b"\x1b[201~"], &["paste \"a\\u{1b}\""]),
            // Answers and reports of a terminal are not keys.
            (&[b"\x1b[3;4R\x1b[Ij"], &["focus true", "j"]),
            (&[b"\x1b", b"[O"], &["focus false"]),
            // A click and its release, another button, the wheel, a move.
            (&[b"\x1b[<0;3;4M\x1b[<0;3;4m\x1b[<2;3;4M"], &["Button 2,3"]),
            (&[b"\x1b[<64;1;1M\x1b[<6", b"5;200;100M\x1b[<35;5;5M"], &["WheelUp 0,0", "WheelDown 199,99"]),
        ];
        for (pieces, wanted) in cases {
            assert_eq!(keys(pieces), *wanted, "{pieces:?}");
        }
    }

    /// Decodes the files of the corpus without a panic.
    #[test]
    fn corpus_input() {
        crate::corpus::corpus("input", |bytes| {
            let mut decoder = Decoder::default();
            let mut all = 0;
            for piece in bytes.chunks(3) {
                decoder.feed(piece);
                decoder.timeout();
                all += std::iter::from_fn(|| decoder.next()).count();
            }
            assert!(all <= bytes.len() + 1, "{all} of {} bytes", bytes.len());
        });
    }
}
