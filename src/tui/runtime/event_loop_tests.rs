//! Tests of when `update` runs, on a state that never calls a cloud.

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

/// More rows than one step of a filter processes.
const MANY: usize = 20_000;

fn image(n: usize) -> Image {
    fixtures::image(&format!("img-{n:08}"), "ap-guangzhou", &format!("{}-{n}", ["web", "db"][n % 2]))
}

fn console(home: &std::path::Path) -> (EventLoop, Sender) {
    let paths = Paths { config_dir: home.into(), state_dir: home.into() };
    let places = Places { home: home.into(), ..Places::default() };
    let setup = Setup::with_paths(&Global { demo: true, ..Global::default() }, paths, places).unwrap();
    let (sender, events) = mpsc::channel();
    let state = crate::tui::first_state(&setup, Keymap::builtin().unwrap(), Timestamp::now());
    let backend = Backend::new(setup, sender.clone(), String::new()).unwrap();
    (EventLoop::new(state, backend, events, Clock::Untimed), sender)
}

fn pages(console: &EventLoop, images: std::ops::Range<usize>) -> Message {
    Message::Pages { epoch: console.state.epoch, pages: vec![Page::Images(images.map(image).collect())] }
}

/// Expects the event without messages that reports a changed state.
fn expect_state_change(console: &mut EventLoop) {
    match console.next(Some(Instant::now() + Duration::from_secs(20))) {
        Ok(Event::Messages(messages)) => assert_eq!(messages, []),
        other => panic!("{other:?}"),
    }
}

#[test]
fn pages_are_merged_until_the_next_message_or_an_empty_queue() {
    let home = tempfile::tempdir().unwrap();
    let (mut console, _sender) = console(home.path());
    let first = pages(&console, 0..2);
    console.send(first);
    let second = pages(&console, 2..4);
    console.send(second);
    assert_eq!(console.state.table().rows.len(), 0);
    expect_state_change(&mut console);
    assert_eq!(console.state.table().rows.len(), 4);
    // A key sees the rows of the pages before it.
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
fn a_filter_continues_while_no_event_waits() {
    let home = tempfile::tempdir().unwrap();
    let (mut console, sender) = console(home.path());
    let all = pages(&console, 0..MANY);
    console.send(all);
    for key in ["/", "w"] {
        console.send(Message::Key(key.parse().unwrap()));
    }
    assert!(console.state.table().is_partial() && console.state.table().rows.len() < MANY / 2);
    // Waiting events are processed first.
    sender.send(Event::Messages(vec![Message::Key("e".parse().unwrap())])).unwrap();
    match console.next(None) {
        Ok(Event::Messages(messages)) => messages.into_iter().for_each(|m| console.send(m)),
        other => panic!("{other:?}"),
    }
    assert!(console.state.table().is_partial());
    expect_state_change(&mut console);
    assert!(!console.state.table().is_partial());
    assert_eq!(console.state.table().rows.len(), MANY / 2);
}
