//! The screen of the terminal. A frame is one write: the changes since the frame before, in a synchronized update.
//! ratatui's `Terminal` is not used: to redraw, it asks the terminal for the cursor's position, and on a slow line the
//! answer arrives among the keys.

use std::{io, time::Instant};

use ratatui::{buffer::Buffer, layout::Rect};
use rustix::{stdio::stdout, termios::tcgetwinsize};

use crate::tui::term::{
    frame::{self, Picture},
    links, modes,
    pace::Sent,
    signals,
};

/// A synchronized update: the terminal shows what lies between the two at once.
const BEGIN: &[u8] = b"\x1b[?2026h";
const END: &[u8] = b"\x1b[?2026l";
/// No colours, and an empty screen.
const CLEAR: &[u8] = b"\x1b[0m\x1b[2J";

/// The terminal while the console is on it. Dropping it leaves.
pub struct Screen {
    shown: Option<Picture>,
    /// The cells of the frame before, to be reused.
    spare: Option<Buffer>,
    /// Bytes to send in front of the next frame.
    first: Vec<u8>,
    /// Stopped or in the background: the terminal belongs to another program.
    away: bool,
    mouse: bool,
    links: bool,
}

impl Screen {
    /// Enters: alternate screen, raw mode, no cursor, pastes marked.
    ///
    /// # Errors
    /// When the terminal refuses; it is left as it was.
    pub fn enter() -> io::Result<Self> {
        Ok(Self {
            shown: None,
            spare: None,
            first: modes::enter()?,
            away: false,
            mouse: false,
            links: links::taken(|name| std::env::var(name).ok()),
        })
    }

    /// Leaves and stops the process; returns when it continues, perhaps in the background.
    ///
    /// # Errors
    /// When the terminal is gone.
    pub fn stop(&mut self) -> io::Result<()> {
        modes::leave_now();
        self.away = true;
        signals::stop_here();
        self.come_back()
    }

    /// After a stop: sets the modes again, and draws the next frame whole. In the background it leaves the terminal alone.
    ///
    /// # Errors
    /// When the terminal is gone.
    pub fn come_back(&mut self) -> io::Result<()> {
        self.forget();
        self.away = !modes::in_front();
        if !self.away {
            self.first = modes::enter()?;
            if self.mouse {
                self.first.extend_from_slice(modes::MOUSE_ON);
            }
        }
        Ok(())
    }

    /// Switches mouse reports on or off.
    ///
    /// # Errors
    /// When the terminal is gone.
    pub fn mouse(&mut self, on: bool) -> io::Result<()> {
        self.mouse = on;
        self.send(if on { modes::MOUSE_ON } else { modes::MOUSE_OFF })
    }

    /// Draws the next frame whole.
    pub fn forget(&mut self) {
        self.shown = None;
    }

    /// The size in columns and rows.
    ///
    /// # Errors
    /// When the terminal is gone.
    pub fn size(&self) -> io::Result<(u16, u16)> {
        let size = tcgetwinsize(stdout())?;
        Ok((size.ws_col, size.ws_row))
    }

    /// Empty cells for the next frame.
    pub fn blank(&mut self, area: Rect) -> Buffer {
        match self.spare.take() {
            Some(mut spare) if spare.area == area => {
                spare.reset();
                spare
            }
            _ => Buffer::empty(area),
        }
    }

    /// Sends a frame and returns its size and time; `None` where nothing has changed and nothing was sent.
    ///
    /// # Errors
    /// When the terminal is gone.
    pub fn draw(&mut self, mut next: Picture) -> io::Result<Option<Sent>> {
        if !self.links {
            next.links.clear();
        }
        if self.away {
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

    /// Sends bytes that are no part of a frame, such as a text for the clipboard.
    ///
    /// # Errors
    /// When the terminal is gone.
    pub fn send(&mut self, bytes: &[u8]) -> io::Result<()> {
        modes::send(bytes)
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        modes::leave_now();
    }
}
