//! Tests with very many rows: the visible rows are filtered first, and the final result is the same as of one pass.

use std::sync::Arc;

use jiff::Timestamp;

use crate::{
    fixtures,
    model::{Image, Share},
    tui::{app::message::Message, keymap::Keymap, screens::tabs::derive::*, update::update},
};

const MANY: usize = 45_000;

fn image(n: usize) -> Image {
    let now: Timestamp = "2026-11-24T12:00:00Z".parse().unwrap();
    // The last rows have a name that no other row has.
    let name = format!("{}-{n}", if n > MANY - 10 { "zebra" } else { ["web", "db", "edge"][n % 3] });
    Image {
        created_at: Some(now - jiff::SignedDuration::from_mins(n as i64)),
        ..fixtures::image(&format!("img-{n:08}"), "ap-guangzhou", &name)
    }
}

fn many() -> State {
    let now: Timestamp = "2026-11-24T12:00:00Z".parse().unwrap();
    let mut state = State::new(now, (80, 24), Arc::new(Keymap::builtin().unwrap()), Vec::new(), 0);
    state.facts.facts_mut().add_images((0..MANY).map(image));
    update(&mut state, Message::Resize(80, 24));
    assert_eq!(state.table().rows.len(), MANY);
    state
}

/// Updates the state and then filters all rows.
fn update_whole(state: &mut State, message: Message) -> Vec<crate::tui::app::effect::Effect> {
    let effects = update(state, message);
    while state.table().is_partial() {
        update(state, Message::FilterMore);
    }
    effects
}

fn key(state: &mut State, key: &str, take: fn(&mut State, Message) -> Vec<crate::tui::app::effect::Effect>) {
    take(state, Message::Key(key.parse().unwrap()));
}

#[test]
fn what_is_in_sight_comes_first_and_all_of_it_in_the_end() {
    let (mut all, mut parts) = (many(), many());
    for keys in ["/ e d g e", "/ z e b r a", "/ w backspace d b", "/ w e b"] {
        for (n, one) in keys.split_whitespace().enumerate() {
            key(&mut all, one, update_whole);
            key(&mut parts, one, update);
            let (whole, some) = (all.table(), parts.table());
            assert!(whole.rows.starts_with(&some.rows), "{keys}: {one}");
            assert!(some.is_partial() || some.rows == whole.rows, "{keys}: {one}");
            // Between some keys there is time to filter more rows.
            if n % 2 == 0 {
                update(&mut parts, Message::FilterMore);
            }
            while one == "w" && parts.table().is_partial() {
                update(&mut parts, Message::FilterMore);
            }
        }
        assert!(!all.table().is_partial());
        while parts.table().is_partial() {
            update(&mut parts, Message::FilterMore);
        }
        assert_eq!(
            (&all.table().rows, &all.table().selected),
            (&parts.table().rows, &parts.table().selected),
            "{keys}"
        );
        assert!(!all.table().rows.is_empty());
        for state in [&mut all, &mut parts] {
            key(state, "esc", update_whole);
            assert_eq!(state.table().rows.len(), MANY);
        }
    }
}

/// The selected row stays selected, however far down it is, and a command finds all rows.
#[test]
fn a_row_far_down_stays_selected_and_a_command_finds_all_rows() {
    let mut state = many();
    key(&mut state, "G", update_whole);
    let last = state.selected().cloned();
    for one in ["/", "z", "e"] {
        key(&mut state, one, update);
    }
    assert_eq!(state.selected(), last.as_ref());
    key(&mut state, "esc", update);
    for one in ["g", "/", "e", "b"] {
        key(&mut state, one, update);
    }
    assert!(state.table().is_partial());
    key(&mut state, "esc", update);
    // Near the top with few rows, and far down with many.
    for one in "/ 4 4 9 8 3 enter g j / backspace backspace backspace backspace".split_whitespace() {
        key(&mut state, one, update);
    }
    assert_eq!(state.selected(), Some(&RowId::Image(image(44_983).id)));
    key(&mut state, "esc", update);
    for one in ["g", "/", "e", "b"] {
        key(&mut state, one, update);
    }
    key(&mut state, "enter", update);
    assert!(!state.table().is_partial());
}

/// Share lists arrive for the visible rows, one by one.
#[test]
fn shares_put_rows_in_order_again_only_where_something_asks_for_them() {
    let mut state = many();
    let id = image(7).id;
    let share = Share { account: "100000000002".parse().unwrap(), since: None };
    state.facts.facts_mut().set_shares(id.clone(), vec![share.clone()]);
    assert!(state.table().is_fresh(&state.facts));
    for one in "/ s h a r e d : > 0 enter".split_whitespace() {
        key(&mut state, one, update_whole);
    }
    assert_eq!(state.table().unsure, MANY - 1);
    state.facts.facts_mut().set_shares(image(8).id, Vec::new());
    assert!(!state.table().is_fresh(&state.facts));
    update_whole(&mut state, Message::Resize(80, 24));
    assert_eq!((state.table().rows.len(), state.table().unsure), (MANY - 1, MANY - 2));
    state.facts.facts_mut().set_shares(image(8).id, vec![share]);
    update_whole(&mut state, Message::Resize(80, 24));
    assert_eq!(state.table().rows.len(), MANY, "a row comes back that an earlier answer kept out");
}
