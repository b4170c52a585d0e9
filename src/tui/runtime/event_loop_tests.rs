//! When `update` runs: on a state whose cloud is never asked.

use std::sync::mpsc;

use crate::{
    cloud::Places,
    fixtures,
    model::Image,
    session::{flags::Global, paths::Paths, setup::Setup},
    tui::{
        keymap::Keymap,
        runtime::{event::Sender, event_loop::*},
    },
};

/// More than a filter takes at once.
const MANY: usize = 20_000;

fn image(n: usize) -> Image {
    fixtures::image(&format!("img-{n:08}"), "ap-guangzhou", &format!("{}-{n}", ["web", "db"][n % 2]))
}

fn console(home: &std::path::Path) -> (EventLoop, Sender) {
    let paths = Paths { config_dir: home.into(), state_dir: home.into() };
    let places = Places { home: home.into(), ..Places::default() };
    let setup = Setup::of(&Global { demo: true, ..Global::default() }, paths, places).unwrap();
    let (sender, events) = mpsc::channel();
    let state = crate::tui::first_state(&setup, Keymap::builtin().unwrap(), Timestamp::now());
    let backend = Backend::new(setup, sender.clone(), String::new()).unwrap();
    (EventLoop::new(state, backend, events, Clock::Untimed), sender)
}

fn pages(console: &EventLoop, images: std::ops::Range<usize>) -> Message {
    Message::Pages { epoch: console.state.epoch, pages: vec![Page::Images(images.map(image).collect())] }
}

/// Takes the event that must be there: the state has changed.
fn next_is_a_change(console: &mut EventLoop) {
    match console.next(Some(Instant::now() + Duration::from_secs(20))) {
        Ok(Event::Messages(messages)) => assert_eq!(messages, []),
        other => panic!("{other:?}"),
    }
}

#[test]
fn pages_wait_for_the_next_message_or_for_an_empty_queue() {
    let home = tempfile::tempdir().unwrap();
    let (mut console, _sender) = console(home.path());
    let first = pages(&console, 0..2);
    console.send(first);
    let second = pages(&console, 2..4);
    console.send(second);
    assert_eq!(console.state.table().rows.len(), 0);
    next_is_a_change(&mut console);
    assert_eq!(console.state.table().rows.len(), 4);
    // A key finds the rows of the page before it.
    let third = pages(&console, 4..5);
    console.send(third);
    console.send(Message::Key("G".parse().unwrap()));
    assert_eq!(console.state.table().cursor, 4);
    // Pages of another profile are dropped.
    let epoch = console.state.epoch + 1;
    console.send(Message::Pages { epoch, pages: vec![Page::Images(vec![image(9)])] });
    assert!(!console.flush());
}

#[test]
fn a_filter_goes_on_while_no_event_waits() {
    let home = tempfile::tempdir().unwrap();
    let (mut console, sender) = console(home.path());
    let all = pages(&console, 0..MANY);
    console.send(all);
    for key in ["/", "w"] {
        console.send(Message::Key(key.parse().unwrap()));
    }
    assert!(console.state.table().is_partial() && console.state.table().rows.len() < MANY / 2);
    // What waits comes first.
    sender.send(Event::Messages(vec![Message::Key("e".parse().unwrap())])).unwrap();
    match console.next(None) {
        Ok(Event::Messages(messages)) => messages.into_iter().for_each(|m| console.send(m)),
        other => panic!("{other:?}"),
    }
    assert!(console.state.table().is_partial());
    next_is_a_change(&mut console);
    assert!(!console.state.table().is_partial());
    assert_eq!(console.state.table().rows.len(), MANY / 2);
}
