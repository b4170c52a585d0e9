//! The loop: messages in, state updated, effects begun, one frame when something changed. Nothing here runs while
//! nothing happens.

use std::{
    io,
    sync::{Arc, mpsc},
    time::Duration,
};

use jiff::Timestamp;
use ratatui::{buffer::Buffer, layout::Rect};

use super::{
    backend::Backend,
    effect::Effect,
    message::Message,
    state::State,
    term::{self, Input, Screen, Signal, clipboard},
    update::update,
    view,
};

/// How long a lone Esc waits for the rest of a key, on lines that deliver it in pieces.
const ESCAPE_WAIT: Duration = Duration::from_millis(100);
/// The exit status of a terminal that went away, as shells say it.
const HANGUP: u8 = 129;

/// What wakes the loop.
#[derive(Debug)]
pub(super) enum Event {
    /// For [`update`].
    Message(Message),
    /// From outside.
    Signal(Signal),
    /// The terminal is gone.
    Hangup,
}

/// Runs the console until it is left; returns the exit status. `connect` begins the work in the background once the
/// first frame is on the screen.
///
/// # Errors
/// When the terminal cannot be used.
pub(super) fn run(
    mut state: State,
    backend: impl FnOnce(mpsc::Sender<Event>) -> io::Result<Backend>,
) -> io::Result<u8> {
    let (send, events) = mpsc::channel::<Event>();
    panics_become_messages(send.clone());
    let mut screen = Screen::enter()?;
    let mut shown = Shown::default();
    state.size = screen.size()?;
    shown.draw(&mut screen, &state)?;

    let to = send.clone();
    term::watch(move |signal| to.send(Event::Signal(signal)).is_ok())?;
    let to = send.clone();
    term::read(ESCAPE_WAIT, move |input| {
        let event = match input {
            Input::Key(key) => Event::Message(Message::Key(key)),
            Input::Paste(text) => Event::Message(Message::Paste(text)),
            Input::Hangup => Event::Hangup,
        };
        to.send(event).is_ok()
    })?;
    let mut backend = backend(send)?;
    if let Some(profile) = state.profile() {
        backend.run(Effect::Connect { profile: profile.name.clone(), epoch: state.epoch });
    }

    while let Ok(first) = events.recv() {
        // Everything that waits is taken before a frame is drawn, so that no frame is old when it arrives.
        state.now = Timestamp::now();
        let mut next = Some(first);
        while let Some(event) = next {
            match event {
                Event::Message(message) => {
                    for effect in update(&mut state, message) {
                        match effect {
                            Effect::Quit => return Ok(0),
                            Effect::Suspend => suspend(&mut screen, &mut shown)?,
                            Effect::Redraw => shown.forget(&mut screen)?,
                            Effect::Clipboard(text) => screen.send(&clipboard::bytes(&text))?,
                            effect => backend.run(effect),
                        }
                    }
                }
                Event::Signal(Signal::Resize) => {
                    let (width, height) = screen.size()?;
                    update(&mut state, Message::Resize(width, height))
                        .into_iter()
                        .for_each(|effect| backend.run(effect));
                }
                Event::Signal(Signal::Suspend) => suspend(&mut screen, &mut shown)?,
                Event::Signal(Signal::Continue) => {
                    screen.reenter()?;
                    shown.forget(&mut screen)?;
                }
                Event::Signal(Signal::End(status)) => return Ok(status),
                Event::Hangup => return Ok(HANGUP),
            }
            next = events.try_recv().ok();
        }
        shown.draw(&mut screen, &state)?;
    }
    Ok(0)
}

fn suspend(screen: &mut Screen, shown: &mut Shown) -> io::Result<()> {
    term::leave_now();
    term::stop_here();
    screen.reenter()?;
    shown.forget(screen)
}

/// What is on the screen, so that a state that looks the same sends nothing at all.
#[derive(Default)]
struct Shown(Option<Buffer>);

impl Shown {
    fn draw(&mut self, screen: &mut Screen, state: &State) -> io::Result<()> {
        let mut next = Buffer::empty(Rect::new(0, 0, state.size.0, state.size.1));
        view::draw(state, &mut next);
        if self.0.as_ref() == Some(&next) {
            return Ok(());
        }
        screen.draw(|frame| {
            // The terminal may have another size already; the next resize message draws it whole.
            let area = frame.area().intersection(next.area);
            let buffer = frame.buffer_mut();
            for y in area.top()..area.bottom() {
                for x in area.left()..area.right() {
                    buffer[(x, y)] = next[(x, y)].clone();
                }
            }
        })?;
        self.0 = Some(next);
        Ok(())
    }

    fn forget(&mut self, screen: &mut Screen) -> io::Result<()> {
        self.0 = None;
        screen.forget()
    }
}

/// A panic in a background task is a message; one of the main thread puts the terminal back before it is told.
fn panics_become_messages(send: mpsc::Sender<Event>) {
    let before = std::panic::take_hook();
    let main = std::thread::current().id();
    let send = Arc::new(std::sync::Mutex::new(send));
    std::panic::set_hook(Box::new(move |info| {
        if std::thread::current().id() == main {
            term::leave_now();
            before(info);
        } else {
            let text = info.payload_as_str().unwrap_or("a background task failed").to_owned();
            let place = info.location().map(|l| format!(" ({l})")).unwrap_or_default();
            tracing::error!("{text}{place}");
            if let Ok(send) = send.lock() {
                let _ = send.send(Event::Message(Message::Broken(format!("{text}{place}"))));
            }
        }
    }));
}
