//! The loop: messages in, state updated, effects begun, one frame when something changed. Nothing here runs while
//! nothing happens.

use parking_lot::Mutex;

use std::{
    io,
    sync::{Arc, mpsc},
    time::{Duration, Instant},
};

use jiff::Timestamp;
use ratatui::layout::Rect;

use crate::{
    boundary::output,
    i18n::lang::tell,
    tui::{
        app::{
            due,
            effect::Effect,
            message::Message,
            state::{Notice, State},
        },
        runtime::backend::Backend,
        screens::frame,
        term::{self, clipboard, frame::Picture, input::Input, pace::Pace, screen::Screen, signals::Signal},
        update::{go_on, settled, update, update_in_sight},
    },
};

/// How long a lone Esc waits for the rest of a key, on lines that deliver it in pieces.
const ESCAPE_WAIT: Duration = Duration::from_millis(100);
/// The exit status of a terminal that went away, as shells say it.
const HANGUP: u8 = 129;

/// What wakes the loop.
#[derive(Debug)]
pub(crate) enum Event {
    /// For [`update()`], in this order, before anything is drawn.
    Messages(Vec<Message>),
    /// From outside.
    Signal(Signal),
    /// The terminal is gone.
    Hangup,
    /// A line was typed, where there is no screen; nothing once no more will come.
    Line(Option<String>),
}

/// Runs the console until it is left; returns the exit status. `connect` begins the work in the background once the
/// first frame is on the screen.
///
/// # Errors
/// When the terminal cannot be used.
pub(crate) fn run(
    mut state: State,
    backend: impl FnOnce(mpsc::Sender<Event>) -> io::Result<Backend>,
) -> io::Result<u8> {
    let (send, events) = mpsc::channel::<Event>();
    panics_become_messages(send.clone());
    // Before the first mode is changed: from then on every end has to put them back.
    let to = send.clone();
    term::watch(move |signal| to.send(Event::Signal(signal)).is_ok())?;
    let mut screen = Screen::enter()?;
    let mut background = None;
    let end = match serve(&mut screen, &mut state, events, send, backend, &mut background) {
        // Whichever word of a hang-up comes first: SIGHUP, the end of the keys, or a frame that nobody takes.
        Err(error) if term::is_gone(&error) => Ok(HANGUP),
        end => end,
    };
    // However it ends: jobs go on without this process, before the terminal is asked for anything more.
    let told = background.as_mut().and_then(Backend::hand_over);
    drop(screen);
    if let Some(background) = &background {
        background.keep_left(&state);
    }
    if let Some(text) = told {
        // A terminal that is gone need not be told.
        output::say(&text);
    }
    end
}

fn serve(
    screen: &mut Screen,
    state: &mut State,
    events: mpsc::Receiver<Event>,
    send: mpsc::Sender<Event>,
    backend: impl FnOnce(mpsc::Sender<Event>) -> io::Result<Backend>,
    background: &mut Option<Backend>,
) -> io::Result<u8> {
    state.size = screen.size()?;
    let first = picture(screen, state);
    screen.draw(first)?;

    let to = send.clone();
    term::read(ESCAPE_WAIT, move |inputs| {
        let mut messages = Vec::new();
        for input in inputs {
            messages.push(match input {
                Input::Key(key) => Message::Key(key),
                Input::Paste(text) => Message::Paste(text),
                Input::Mouse(mouse) => Message::Mouse(mouse),
                Input::Focus(so) => Message::Focus(so),
                Input::Hangup => return to.send(Event::Hangup).is_ok(),
            });
        }
        to.send(Event::Messages(messages)).is_ok()
    })?;
    let backend = background.insert(backend(send)?);
    if let Some(profile) = state.profile() {
        backend.run(Effect::Connect { profile: profile.name.clone(), epoch: state.epoch });
    }

    #[cfg(feature = "test-support")]
    panic_for_a_test("start");
    let mut pace = Pace::new(state.looks.slow);
    // Somebody waits for the next frame.
    let mut keys = false;
    // Rows came that are not in order yet.
    let mut came = false;
    while let Some(first) = next_event(state, backend, &events, &mut came) {
        let mut next = Some(first);
        loop {
            // Everything that waits is taken before a frame is drawn, so that no frame is old when it arrives.
            while let Some(event) = next {
                state.now = Timestamp::now();
                match event {
                    Event::Messages(messages) => {
                        for message in messages {
                            match message {
                                Message::Page { epoch, page } if epoch == state.epoch => {
                                    state.facts.take_rows(page);
                                    came = true;
                                    continue;
                                }
                                Message::Call(call) => {
                                    state.record(call);
                                    continue;
                                }
                                _ => order(screen, state, backend, &mut came)?,
                            }
                            keys |=
                                matches!(message, Message::Key(_) | Message::Paste(_) | Message::Mouse(_));
                            if take(screen, state, backend, message)? {
                                return Ok(0);
                            }
                        }
                    }
                    Event::Signal(Signal::Resize) => measure(screen, state, backend)?,
                    Event::Signal(Signal::Suspend) => suspend(screen, state, backend)?,
                    Event::Signal(Signal::Continue) => {
                        screen.come_back()?;
                        measure(screen, state, backend)?;
                    }
                    Event::Signal(Signal::End(status)) => return Ok(status),
                    Event::Hangup => return Ok(HANGUP),
                    Event::Line(_) => {}
                }
                next = events.try_recv().ok();
            }
            let Some(wait) = pace.wait(keys) else { break };
            next = match events.recv_timeout(wait) {
                Ok(event) => Some(event),
                Err(mpsc::RecvTimeoutError::Timeout) => None,
                Err(mpsc::RecvTimeoutError::Disconnected) => return Ok(0),
            };
        }
        state.now = Timestamp::now();
        let begun = Instant::now();
        order(screen, state, backend, &mut came)?;
        let next = picture(screen, state);
        let sent = screen.draw(next)?;
        pace.drawn(sent, begun.elapsed());
        keys = false;
    }
    Ok(0)
}

/// Puts the rows in order that pages brought. With very many images that takes a while, so it is done once for all that
/// came: before a frame, and before anything that may ask for rows.
fn order(screen: &mut Screen, state: &mut State, backend: &mut Backend, came: &mut bool) -> io::Result<()> {
    if std::mem::take(came) {
        let effects = settled(state);
        begin(screen, state, backend, effects)?;
    }
    Ok(())
}

/// Takes a message and begins what it asks for; true where that is the end.
fn take(screen: &mut Screen, state: &mut State, backend: &mut Backend, message: Message) -> io::Result<bool> {
    let effects = update_in_sight(state, message);
    begin(screen, state, backend, effects)
}

/// Begins what was asked for; true where that is the end.
fn begin(
    screen: &mut Screen,
    state: &mut State,
    backend: &mut Backend,
    effects: Vec<Effect>,
) -> io::Result<bool> {
    for effect in effects {
        match effect {
            Effect::Quit => return Ok(true),
            Effect::Suspend => suspend(screen, state, backend)?,
            Effect::Redraw => screen.forget(),
            Effect::Mouse(on) => {
                screen.mouse(on)?;
                #[cfg(feature = "test-support")]
                panic_for_a_test("mouse");
            }
            Effect::Clipboard(text) => match clipboard::bytes(&text) {
                Some(bytes) => screen.send(&bytes)?,
                None => state.complain(tell!(
                    state.lang,
                    "Not sent: terminals take {} bytes, and the text has {}. Mark fewer rows.",
                    "没有发送：终端最多接收 {} 字节，而文字有 {} 字节。请少标记几行。",
                    clipboard::MOST,
                    text.len()
                )),
            },
            effect => backend.run(effect),
        }
    }
    Ok(false)
}

/// Waits for something to happen, or until something is due. Nothing is the end.
fn next_event(
    state: &mut State,
    backend: &mut Backend,
    events: &mpsc::Receiver<Event>,
    came: &mut bool,
) -> Option<Event> {
    // What was typed is seen; the rows that are out of sight follow, as long as nothing else happens.
    while state.table().is_partial() {
        *came = true;
        match events.try_recv() {
            Ok(event) => return Some(event),
            Err(mpsc::TryRecvError::Disconnected) => return None,
            Err(mpsc::TryRecvError::Empty) if go_on(state) && state.table().is_partial() => {}
            Err(mpsc::TryRecvError::Empty) => return Some(Event::Messages(Vec::new())),
        }
    }
    let until = due::wakes_at(state).map(|at| {
        let wait = at.duration_since(Timestamp::now()).try_into().unwrap_or(Duration::ZERO);
        Instant::now() + wait
    });
    match backend.wait(events, until) {
        Ok(event) => Some(event),
        Err(mpsc::RecvTimeoutError::Timeout) => Some(Event::Messages(vec![Message::Tick])),
        Err(mpsc::RecvTimeoutError::Disconnected) => None,
    }
}

/// Tests ask for a panic by the environment, to see what it leaves of the terminal.
#[cfg(feature = "test-support")]
#[allow(clippy::panic)]
fn panic_for_a_test(place: &str) {
    match (std::env::var("CVMSHARE_TEST_PANIC").as_deref(), place) {
        (Ok("main"), "start") | (Ok("mouse"), "mouse") => panic!("a test asked for it"),
        (Ok("background"), "start") => drop(std::thread::spawn(|| panic!("a test asked for it"))),
        _ => {}
    }
}

/// Takes the size that the terminal has now. Whatever it made of the old picture is drawn over.
fn measure(screen: &mut Screen, state: &mut State, backend: &mut Backend) -> io::Result<()> {
    screen.forget();
    let (width, height) = screen.size()?;
    update(state, Message::Resize(width, height)).into_iter().for_each(|effect| backend.run(effect));
    Ok(())
}

fn suspend(screen: &mut Screen, state: &mut State, backend: &mut Backend) -> io::Result<()> {
    let lang = state.lang;
    if !term::can_stop() {
        let text = lang
            .of(
                "There is no shell here that could let it go on; it was not stopped.",
                "这里没有可以让它继续的 shell，所以没有挂起。",
            )
            .to_owned();
        state.notice = Some(Notice { text, bad: true });
        return Ok(());
    }
    screen.stop()?;
    // Whoever was in front meanwhile was told of another size, not we.
    measure(screen, state, backend)
}

fn picture(screen: &mut Screen, state: &State) -> Picture {
    let mut buffer = screen.blank(Rect::new(0, 0, state.size.0, state.size.1));
    let links = frame::draw(state, &mut buffer).links;
    Picture { buffer, links }
}

/// A panic in a background task is a message; one of the main thread puts the terminal back before it is told.
fn panics_become_messages(send: mpsc::Sender<Event>) {
    let before = std::panic::take_hook();
    let main = std::thread::current().id();
    let send = Arc::new(Mutex::new(send));
    std::panic::set_hook(Box::new(move |info| {
        if std::thread::current().id() == main {
            term::leave_now();
            before(info);
        } else {
            let text = info.payload_as_str().unwrap_or("a background task failed").to_owned();
            let place = info.location().map(|l| format!(" ({l})")).unwrap_or_default();
            tracing::error!("{text}{place}");
            let _ = send.lock().send(Event::Messages(vec![Message::Broken(format!("{text}{place}"))]));
        }
    }));
}
