//! Runs the event loop on a terminal: processes all waiting events, then draws one frame if something changed.

use std::{
    io,
    sync::{Arc, mpsc},
    time::{Duration, Instant},
};

use parking_lot::Mutex;
use ratatui::layout::Rect;

use crate::{
    boundary::output,
    messages::{Lang, m},
    tui::{
        app::{effect::Effect, message::Message, state::State},
        runtime::{
            backend::Backend,
            event::{Event, Sender},
            event_loop::{Clock, EventLoop},
        },
        screens::frame,
        term::{
            clipboard,
            frame::Picture,
            input::{self, Input},
            modes,
            pace::Pace,
            process_group,
            screen::Screen,
            signals::{self, Signal},
        },
    },
};

/// How long a lone Esc waits for the rest of a key, for connections that deliver keys in pieces.
const ESCAPE_WAIT: Duration = Duration::from_millis(100);
/// The exit status after a hang-up: 128 and the number of SIGHUP, as in shells.
const HANGUP: u8 = 129;

/// Runs the console until the user quits, and returns the exit status. `connect` starts the backend after the first
/// frame was drawn.
///
/// # Errors
/// If the terminal cannot be used.
pub(crate) fn run(state: State, connect: impl FnOnce(Sender) -> io::Result<Backend>) -> io::Result<u8> {
    let (sender, events) = mpsc::channel::<Event>();
    report_panics(sender.clone(), state.lang);
    // Installed before the modes change, since from then on every exit has to restore them.
    let to = sender.clone();
    signals::watch(move |signal| to.send(Event::Signal(signal)).is_ok())?;
    let mut terminal = Terminal { screen: Screen::enter()?, events: sender };
    let mut console = None;
    let status = match terminal.run(state, events, connect, &mut console) {
        // A hang-up shows as SIGHUP, as the end of the input, or as a failed write of a frame.
        Err(error) if modes::is_gone(&error) => Ok(HANGUP),
        status => status,
    };
    // Jobs continue without this process. They are handed over before anything else is written to the terminal.
    let text = console.as_mut().and_then(|console| console.backend.hand_over());
    drop(terminal);
    if let Some(console) = &console {
        console.backend.keep_left(&console.state);
    }
    if let Some(text) = text {
        output::say(&text);
    }
    status
}

struct Terminal {
    screen: Screen,
    events: Sender,
}

impl Terminal {
    /// Runs the loop. `console` is set as soon as the backend runs, so that the caller can shut it down.
    fn run(
        &mut self,
        mut state: State,
        events: mpsc::Receiver<Event>,
        connect: impl FnOnce(Sender) -> io::Result<Backend>,
        console: &mut Option<EventLoop>,
    ) -> io::Result<u8> {
        state.size = self.screen.size()?;
        self.draw(&state)?;
        let to = self.events.clone();
        input::read(ESCAPE_WAIT, move |inputs| send_inputs(&to, inputs))?;
        let backend = connect(self.events.clone())?;
        let console = console.insert(EventLoop::new(state, backend, events, Clock::Timed).connected());

        #[cfg(feature = "test-support")]
        panic_for_a_test("start");
        let mut pace = Pace::new(console.state.looks.slow);
        while let Ok(event) = console.next(None) {
            // Whether the user typed something and waits for the next frame.
            let mut typed = false;
            let mut next = Some(event);
            loop {
                // Processes all waiting events before it draws, so that no frame is outdated when it is shown.
                while let Some(event) = next {
                    if let Some(status) = self.on_event(console, event, &mut typed)? {
                        return Ok(status);
                    }
                    next = console.try_next();
                }
                let Some(wait) = pace.wait(typed) else { break };
                next = match console.recv_timeout(wait) {
                    Ok(event) => Some(event),
                    Err(mpsc::RecvTimeoutError::Timeout) => None,
                    Err(mpsc::RecvTimeoutError::Disconnected) => return Ok(0),
                };
            }
            let begun = Instant::now();
            console.flush();
            console.read_clock();
            let sent = self.draw(&console.state)?;
            pace.drawn(sent, begun.elapsed());
        }
        Ok(0)
    }

    /// Processes an event. Returns the exit status if it ends the program.
    fn on_event(
        &mut self,
        console: &mut EventLoop,
        event: Event,
        typed: &mut bool,
    ) -> io::Result<Option<u8>> {
        match event {
            Event::Messages(messages) => {
                for message in messages {
                    *typed |= matches!(message, Message::Key(_) | Message::Paste(_) | Message::Mouse(_));
                    console.send(message);
                    if self.carry_out(console)? {
                        return Ok(Some(0));
                    }
                }
            }
            Event::Signal(Signal::Resize) => self.resize(console)?,
            Event::Signal(Signal::Suspend) => self.suspend(console)?,
            Event::Signal(Signal::Continue) => {
                self.screen.resume()?;
                self.resize(console)?;
            }
            Event::Signal(Signal::End(status)) => return Ok(Some(status)),
            Event::Hangup => return Ok(Some(HANGUP)),
            Event::Bytes(bytes) => self.screen.send(&bytes)?,
            Event::Line(_) => {}
        }
        Ok(None)
    }

    /// Runs the effects on the terminal. Returns whether one of them ends the program.
    fn carry_out(&mut self, console: &mut EventLoop) -> io::Result<bool> {
        for effect in std::mem::take(&mut console.effects) {
            match effect {
                Effect::Quit => return Ok(true),
                Effect::Suspend => self.suspend(console)?,
                Effect::Redraw => self.screen.invalidate(),
                Effect::Mouse(on) => {
                    self.screen.mouse(on)?;
                    #[cfg(feature = "test-support")]
                    panic_for_a_test("mouse");
                }
                Effect::Clipboard(text) => {
                    let (to, bytes) = (self.events.clone(), text.len());
                    clipboard::copy(text, move |sequence| {
                        let limit = clipboard::MAX_BYTES;
                        let event = sequence.map_or_else(
                            || Event::Messages(vec![Message::ClipboardTooLong { bytes, limit }]),
                            Event::Bytes,
                        );
                        // The loop is gone only while the program ends.
                        let _ = to.send(event);
                    });
                }
                _ => {}
            }
        }
        Ok(false)
    }

    /// Reads the terminal's size, and redraws the next frame completely.
    fn resize(&mut self, console: &mut EventLoop) -> io::Result<()> {
        self.screen.invalidate();
        let (width, height) = self.screen.size()?;
        console.send(Message::Resize(width, height));
        Ok(())
    }

    fn suspend(&mut self, console: &mut EventLoop) -> io::Result<()> {
        if !process_group::can_stop() {
            console.send(Message::CannotSuspend);
            return Ok(());
        }
        self.screen.stop()?;
        // The size may have changed meanwhile; the foreground process got that signal.
        self.resize(console)
    }

    fn draw(&mut self, state: &State) -> io::Result<Option<crate::tui::term::pace::Sent>> {
        let mut buffer = self.screen.blank(Rect::new(0, 0, state.size.0, state.size.1));
        let links = frame::draw(state, &mut buffer).links;
        self.screen.draw(Picture { buffer, links })
    }
}

/// Sends inputs as messages. Returns false if the loop is gone.
fn send_inputs(to: &Sender, inputs: Vec<Input>) -> bool {
    let mut messages = Vec::new();
    for input in inputs {
        messages.push(match input {
            Input::Key(key) => Message::Key(key),
            Input::Paste(text) => Message::Paste(text),
            Input::Mouse(mouse) => Message::Mouse(mouse),
            Input::Focus(focused) => Message::Focus(focused),
            Input::Hangup => return to.send(Event::Hangup).is_ok(),
        });
    }
    to.send(Event::Messages(messages)).is_ok()
}

/// Panics if the environment variable of a test says so. The function is not in release builds.
#[cfg(feature = "test-support")]
#[allow(clippy::panic)]
fn panic_for_a_test(place: &str) {
    match (std::env::var("CVMSHARE_TEST_PANIC").as_deref(), place) {
        (Ok("main"), "start") | (Ok("mouse"), "mouse") => panic!("a test asked for it"),
        (Ok("background"), "start") => drop(std::thread::spawn(|| panic!("a test asked for it"))),
        _ => {}
    }
}

/// Installs the panic hook. A panic of another thread becomes a message; one of the main thread restores the terminal
/// and is printed.
fn report_panics(sender: Sender, lang: Lang) {
    let print = std::panic::take_hook();
    let main = std::thread::current().id();
    let sender = Arc::new(Mutex::new(sender));
    std::panic::set_hook(Box::new(move |info| {
        if std::thread::current().id() == main {
            modes::leave_now();
            print(info);
            return;
        }
        let text = info.payload_as_str().unwrap_or(lang.text(m::terminal_task_failed));
        let place = info.location().map(|l| format!(" ({l})")).unwrap_or_default();
        tracing::error!("{text}{place}");
        let message = Message::Broken(format!("{text}{place}"));
        let _ = sender.lock().send(Event::Messages(vec![message]));
    }));
}
