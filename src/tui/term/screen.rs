//! The screen of the terminal. A frame is one write: the changes since the last frame, in a synchronized update.
//!
//! ratatui's `Terminal` is not used: to redraw, it asks the terminal for the cursor position, and on a slow connection
//! the answer arrives between keys.

use std::{io, time::Instant};

use ratatui::{buffer::Buffer, layout::Rect};
use rustix::{stdio::stdout, termios::tcgetwinsize};

use crate::tui::term::{
    frame::{self, Picture},
    links, modes,
    pace::Sent,
    signals,
};

/// Start and end of a synchronized update, which the terminal shows at once.
const BEGIN: &[u8] = b"\x1b[?2026h";
const END: &[u8] = b"\x1b[?2026l";
/// Resets the style and clears the screen.
const CLEAR: &[u8] = b"\x1b[0m\x1b[2J";

/// The screen. Dropping it restores the terminal.
pub struct Screen {
    shown: Option<Picture>,
    /// The cells of the last frame, to be reused.
    spare: Option<Buffer>,
    /// Bytes to send before the next frame.
    first: Vec<u8>,
    /// Whether another program uses the terminal, because this one is stopped or in the background.
    suspended: bool,
    mouse: bool,
    links: bool,
}

impl Screen {
    /// Sets up the terminal: alternate screen, raw mode, hidden cursor, bracketed paste.
    ///
    /// # Errors
    /// If the terminal's attributes cannot be set. It stays as it was.
    pub fn enter() -> io::Result<Self> {
        Ok(Self {
            shown: None,
            spare: None,
            first: modes::enter()?,
            suspended: false,
            mouse: false,
            links: links::supported(|name| std::env::var(name).ok()),
        })
    }

    /// Restores the terminal and stops the process. Returns when the process continues, perhaps in the background.
    ///
    /// # Errors
    /// If the terminal is gone.
    pub fn stop(&mut self) -> io::Result<()> {
        modes::leave_now();
        self.suspended = true;
        signals::stop_here();
        self.resume()
    }

    /// Sets up the terminal again after a stop, and redraws the next frame completely. In the background it does not
    /// touch the terminal.
    ///
    /// # Errors
    /// If the terminal is gone.
    pub fn resume(&mut self) -> io::Result<()> {
        self.invalidate();
        self.suspended = !modes::in_front();
        if !self.suspended {
            self.first = modes::enter()?;
            if self.mouse {
                self.first.extend_from_slice(modes::MOUSE_ON);
            }
        }
        Ok(())
    }

    /// Turns mouse reports on or off.
    ///
    /// # Errors
    /// If the terminal is gone.
    pub fn mouse(&mut self, on: bool) -> io::Result<()> {
        self.mouse = on;
        self.send(if on { modes::MOUSE_ON } else { modes::MOUSE_OFF })
    }

    /// Redraws the next frame completely.
    pub fn invalidate(&mut self) {
        self.shown = None;
    }

    /// Returns the size in columns and rows.
    ///
    /// # Errors
    /// If the terminal is gone.
    pub fn size(&self) -> io::Result<(u16, u16)> {
        let size = tcgetwinsize(stdout())?;
        Ok((size.ws_col, size.ws_row))
    }

    /// Returns empty cells for the next frame.
    pub fn blank(&mut self, area: Rect) -> Buffer {
        match self.spare.take() {
            Some(mut spare) if spare.area == area => {
                spare.reset();
                spare
            }
            _ => Buffer::empty(area),
        }
    }

    /// Sends a frame. Returns its size and the time of the write, or `None` if nothing has changed and nothing was
    /// sent.
    ///
    /// # Errors
    /// If the terminal is gone.
    pub fn draw(&mut self, mut next: Picture) -> io::Result<Option<Sent>> {
        if !self.links {
            next.links.clear();
        }
        if self.suspended {
            return Ok(None);
        }
        let mut bytes = Vec::new();
        bytes.extend_from_slice(BEGIN);
        bytes.append(&mut self.first);
        let shown = self.shown.take().filter(|shown| shown.buffer.area == next.buffer.area);
        let anew = shown.is_none();
        if anew {
            bytes.extend_from_slice(CLEAR);
        }
        let last =
            shown.unwrap_or_else(|| Picture { buffer: Buffer::empty(next.buffer.area), links: Vec::new() });
        let mut changes = frame::bytes(&last, &next);
        self.spare = Some(last.buffer);
        if changes.is_empty() && !anew {
            self.shown = Some(next);
            return Ok(None);
        }
        bytes.append(&mut changes);
        bytes.extend_from_slice(END);
        let begun = Instant::now();
        modes::send(&bytes)?;
        self.shown = Some(next);
        Ok(Some(Sent { bytes: bytes.len(), took: begun.elapsed() }))
    }

    /// Sends bytes that are not part of a frame, such as text for the clipboard.
    ///
    /// # Errors
    /// If the terminal is gone.
    pub fn send(&mut self, bytes: &[u8]) -> io::Result<()> {
        modes::send(bytes)
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        modes::leave_now();
    }
}
