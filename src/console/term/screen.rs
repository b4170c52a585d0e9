//! Entering, drawing and leaving. One frame is one write, between the begin and end of a synchronized update.

use std::{
    cell::RefCell,
    io::{self, Write},
    rc::Rc,
    sync::atomic::{AtomicBool, Ordering},
};

use crossterm::{
    cursor::{Hide, Show},
    event::{DisableBracketedPaste, EnableBracketedPaste},
    queue,
    style::ResetColor,
    terminal::{
        BeginSynchronizedUpdate, EndSynchronizedUpdate, EnterAlternateScreen, LeaveAlternateScreen,
        disable_raw_mode, enable_raw_mode,
    },
};
use ratatui::{Frame, Terminal, backend::CrosstermBackend};
use rustix::event::{PollFd, PollFlags, Timespec, poll};

static ENTERED: AtomicBool = AtomicBool::new(false);

/// Puts the terminal back as it was, once, from wherever: the end of `main`, a panic, a signal. Errors are of no use
/// to anyone by then.
pub fn leave_now() {
    if ENTERED.swap(false, Ordering::SeqCst) {
        let mut bytes = Vec::new();
        let _ = queue!(
            bytes,
            EndSynchronizedUpdate,
            DisableBracketedPaste,
            ResetColor,
            LeaveAlternateScreen,
            Show
        );
        if takes_bytes() {
            let _ = write_all(&bytes);
        }
        let _ = disable_raw_mode();
    }
}

/// Whether the terminal takes bytes now; one that has stalled would block the last write for ever.
fn takes_bytes() -> bool {
    let stdout = rustix::stdio::stdout();
    let mut fds = [PollFd::new(&stdout, PollFlags::OUT)];
    let wait = Timespec { tv_sec: 0, tv_nsec: 200_000_000 };
    matches!(poll(&mut fds, Some(&wait)), Ok(n) if n > 0)
}

/// Past std's line-buffered, locked stdout: a panic may hold that lock.
fn write_all(mut bytes: &[u8]) -> io::Result<()> {
    while !bytes.is_empty() {
        match rustix::io::write(rustix::stdio::stdout(), bytes) {
            Ok(n) => bytes = &bytes[n..],
            Err(rustix::io::Errno::INTR) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(())
}

/// Collects a frame's bytes; nothing leaves before the frame is whole.
#[derive(Clone, Default)]
struct Frameful(Rc<RefCell<Vec<u8>>>);

impl Write for Frameful {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The terminal while the console is on it. Dropping it leaves.
pub struct Screen {
    terminal: Terminal<CrosstermBackend<Frameful>>,
    bytes: Frameful,
}

impl Screen {
    /// Enters: alternate screen, raw mode, no cursor, pastes marked.
    ///
    /// # Errors
    /// When the terminal refuses; it is left as it was.
    pub fn enter() -> io::Result<Self> {
        let bytes = Frameful::default();
        Self::set_modes()?;
        match Terminal::new(CrosstermBackend::new(bytes.clone())) {
            Ok(terminal) => Ok(Self { terminal, bytes }),
            Err(error) => {
                leave_now();
                Err(error)
            }
        }
    }

    fn set_modes() -> io::Result<()> {
        // The flag comes first: whatever happens from here on, leaving is right.
        ENTERED.store(true, Ordering::SeqCst);
        let mut bytes = Vec::new();
        queue!(bytes, EnterAlternateScreen, Hide, EnableBracketedPaste)?;
        let entered = enable_raw_mode().and_then(|()| write_all(&bytes));
        if entered.is_err() {
            leave_now();
        }
        entered
    }

    /// Comes back after a stop: sets the modes again and forgets what was drawn.
    ///
    /// # Errors
    /// When the terminal is gone.
    pub fn reenter(&mut self) -> io::Result<()> {
        Self::set_modes()?;
        self.terminal.clear()
    }

    /// Forgets what was drawn, so that the next frame is drawn whole.
    ///
    /// # Errors
    /// When the terminal is gone.
    pub fn forget(&mut self) -> io::Result<()> {
        self.terminal.clear()
    }

    /// The size now, in columns and rows.
    ///
    /// # Errors
    /// When the terminal is gone.
    pub fn size(&self) -> io::Result<(u16, u16)> {
        let size = self.terminal.size()?;
        Ok((size.width, size.height))
    }

    /// Draws one frame and sends it in one write.
    ///
    /// # Errors
    /// When the terminal is gone.
    pub fn draw(&mut self, draw: impl FnOnce(&mut Frame<'_>)) -> io::Result<()> {
        queue!(self.bytes, BeginSynchronizedUpdate)?;
        self.terminal.draw(draw)?;
        queue!(self.bytes, EndSynchronizedUpdate)?;
        let bytes = std::mem::take(&mut *self.bytes.0.borrow_mut());
        write_all(&bytes)
    }

    /// Sends bytes that are no part of a frame, such as a clipboard's.
    ///
    /// # Errors
    /// When the terminal is gone.
    pub fn send(&mut self, bytes: &[u8]) -> io::Result<()> {
        write_all(bytes)
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        leave_now();
    }
}
