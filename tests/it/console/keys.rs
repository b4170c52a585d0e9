//! Tests of `update`: a state, keys, and the state and effects afterwards. They need no cloud and no terminal.

use std::sync::Arc;

use cvmshare::{
    model::{Image, ImageKind, Region, Share},
    rules::Standing,
    tui::{
        CallError, Effect, Load, LoadState, Loaded, Message, ProfileView, RowId, State, Tab, keymap::Keymap,
        update,
    },
};

use super::start;
use crate::fixtures;

pub(super) fn image(id: &str, name: &str, hours: i64, kind: ImageKind) -> Image {
    let created_at = Some(start() - jiff::SignedDuration::from_hours(hours));
    Image { kind, created_at, ..fixtures::image(id, "ap-guangzhou", name) }
}

pub(super) fn region() -> Region {
    "ap-guangzhou".parse().unwrap()
}

/// A profile without an account, with these regions in view.
pub(super) fn profile(regions: Vec<Region>) -> ProfileView {
    ProfileView {
        name: "test".into(),
        label: "Test".into(),
        color: None,
        demo: false,
        found: "nowhere".into(),
        standing: Standing::default(),
        regions,
    }
}

fn timed_out() -> CallError {
    CallError {
        code: "timeout".into(),
        text: "no answer after 10 s".into(),
        request_id: None,
        session: false,
        offline: false,
    }
}

/// Three own images, alpha being the newest, and a received one; all of them loaded.
pub(super) fn state() -> State {
    let mut state = asking();
    let images = vec![
        image("img-aaaaaaaa", "alpha", 1, ImageKind::Own),
        image("img-bbbbbbbb", "beta", 2, ImageKind::Own),
        image("img-cccccccc", "gamma", 3, ImageKind::Own),
        image("img-dddddddd", "delta", 4, ImageKind::Received),
    ];
    answer(&mut state, Load::Identity, Ok(Loaded::Identity("100000000001".parse().unwrap())));
    answer(&mut state, Load::Images(region()), Ok(Loaded::Images(images)));
    answer(&mut state, Load::Instances(region()), Ok(Loaded::Instances(Vec::new())));
    for id in ["img-aaaaaaaa", "img-bbbbbbbb", "img-cccccccc"] {
        answer(&mut state, Load::Shares(region(), id.parse().unwrap()), Ok(Loaded::Shares(Vec::new())));
    }
    state
}

/// A console whose requests are all pending.
pub(super) fn asking() -> State {
    let keymap = Arc::new(Keymap::builtin().unwrap());
    let mut state = State::new(start(), (80, 24), keymap, vec![profile(vec![region()])], 0);
    let epoch = state.epoch;
    update(&mut state, Message::Connected { epoch, result: Ok(()) });
    state
}

/// Lets all pending loads time out.
pub(super) fn fails(state: &mut State) {
    for load in under_way(state) {
        answer(state, load, Err(timed_out()));
    }
}

/// Refreshes everything, with empty answers.
pub(super) fn empties(state: &mut State) {
    press(state, "r");
    for load in under_way(state) {
        match load {
            Load::Images(_) => answer(state, load, Ok(Loaded::Images(Vec::new()))),
            Load::Instances(_) => answer(state, load, Ok(Loaded::Instances(Vec::new()))),
            Load::Regions => answer(state, load, Ok(Loaded::Regions(vec![region()]))),
            Load::Identity => answer(state, load, Ok(Loaded::Identity("100000000001".parse().unwrap()))),
            _ => Vec::new(),
        };
    }
}

/// Returns the pending loads, sorted.
fn under_way(state: &State) -> Vec<Load> {
    let asked = state.loads.iter().filter(|(_, s)| matches!(s, LoadState::Loading(_)));
    let mut all: Vec<Load> = asked.map(|(load, _)| load.clone()).collect();
    all.sort();
    all
}

/// Answers a pending load.
pub(super) fn answer(state: &mut State, load: Load, result: Result<Loaded, CallError>) -> Vec<Effect> {
    let Some(LoadState::Loading(ticket)) = state.loads.get(&load).cloned() else {
        panic!("{load:?} is not being asked: {:?}", state.loads.get(&load))
    };
    let epoch = state.epoch;
    update(state, Message::Answer { epoch, ticket, load, result })
}

pub(super) fn press(state: &mut State, keys: &str) -> Vec<Effect> {
    keys.split_whitespace()
        .flat_map(|key| update(state, Message::Key(key.parse().unwrap())))
        .filter(|e| !matches!(e, Effect::Load { load: Load::Probe(..) | Load::Quota(_), .. }))
        .collect()
}

fn id(text: &str) -> RowId {
    RowId::Image(text.parse().unwrap())
}

#[test]
fn the_pane_follows_only_the_last_of_several_moves() {
    let cases: &[(&str, &str, &[u64])] = &[
        ("", "img-aaaaaaaa", &[]),
        ("j", "img-bbbbbbbb", &[1]),
        ("down down", "img-cccccccc", &[1, 2]),
        ("down down down", "img-cccccccc", &[1, 2]),
        ("G", "img-cccccccc", &[1]),
        ("G g", "img-aaaaaaaa", &[1, 2]),
        ("k", "img-aaaaaaaa", &[]),
        ("pgdn pgup", "img-aaaaaaaa", &[1, 2]),
    ];
    for (keys, selected, settles) in cases {
        let mut state = state();
        let effects = press(&mut state, keys);
        let wanted: Vec<Effect> = settles.iter().map(|n| Effect::Settle(*n)).collect();
        assert_eq!((state.selected(), effects), (Some(&id(selected)), wanted), "{keys:?}");
        if !settles.is_empty() && *selected != "img-aaaaaaaa" {
            assert_eq!(state.pane, Some(id("img-aaaaaaaa")), "{keys:?}: the pane waits");
            update(&mut state, Message::Settled(settles.len() as u64 - 1));
            assert_eq!(state.pane, Some(id("img-aaaaaaaa")), "{keys:?}: an old settle is nothing");
            update(&mut state, Message::Settled(settles.len() as u64));
            assert_eq!(state.pane, Some(id(selected)), "{keys:?}");
        }
    }
}

#[test]
fn tabs_change_in_both_directions() {
    for (keys, tab) in [
        ("2", Tab::Shared),
        ("tab tab", Tab::Regions),
        ("backtab", Tab::Instances),
        ("4 tab", Tab::Images),
        ("3 1", Tab::Images),
    ] {
        let mut state = state();
        assert_eq!(press(&mut state, keys), Vec::new(), "{keys}");
        assert_eq!(state.tab, tab, "{keys}");
    }
}

#[test]
fn the_selection_stays_on_its_row_when_rows_change() {
    let mut state = state();
    press(&mut state, "j");
    assert_eq!(state.selected(), Some(&id("img-bbbbbbbb")));
    press(&mut state, "=");
    assert_eq!((state.selected(), state.table().cursor), (Some(&id("img-bbbbbbbb")), 1));
    press(&mut state, "r");
    let more = vec![
        image("img-00000000", "newest", 0, ImageKind::Own),
        image("img-aaaaaaaa", "alpha", 1, ImageKind::Own),
        image("img-bbbbbbbb", "beta", 2, ImageKind::Own),
    ];
    answer(&mut state, Load::Images(region()), Ok(Loaded::Images(more)));
    assert_eq!((state.selected(), state.table().rows.len()), (Some(&id("img-bbbbbbbb")), 3));
    press(&mut state, "/ b e t");
    assert_eq!((state.selected(), state.table().rows.len()), (Some(&id("img-bbbbbbbb")), 1));
    press(&mut state, "esc");
    assert_eq!((state.selected(), state.table().rows.len()), (Some(&id("img-bbbbbbbb")), 3));
}

#[test]
fn a_late_answer_to_an_old_request_is_ignored() {
    let mut state = state();
    let epoch = state.epoch;
    press(&mut state, "r");
    let late = Message::Answer {
        epoch,
        ticket: 1,
        load: Load::Images(region()),
        result: Ok(Loaded::Images(Vec::new())),
    };
    update(&mut state, late);
    assert_eq!(state.table().rows.len(), 3);
    // An answer for an earlier profile is ignored, even with the right ticket.
    let Some(LoadState::Loading(ticket)) = state.loads.get(&Load::Images(region())).cloned() else {
        panic!()
    };
    let old = Message::Answer {
        epoch: epoch - 1,
        ticket,
        load: Load::Images(region()),
        result: Ok(Loaded::Images(Vec::new())),
    };
    update(&mut state, old);
    assert_eq!(state.table().rows.len(), 3);
}

#[test]
fn a_failed_read_keeps_the_rows_and_names_the_region() {
    let mut state = state();
    press(&mut state, "r");
    let trouble = timed_out();
    answer(&mut state, Load::Images(region()), Err(trouble.clone()));
    assert_eq!(state.table().rows.len(), 3);
    let failed: Vec<(Load, CallError)> =
        state.failed_reads(|_| true).into_iter().map(|(l, t)| (l.clone(), t.clone())).collect();
    assert_eq!(failed, [(Load::Images(region()), trouble)]);
}

#[test]
fn a_refresh_loads_everything_in_view_once() {
    let mut state = state();
    let loads = |effects: &[Effect]| {
        effects
            .iter()
            .filter_map(|e| match e {
                Effect::Load { load, .. } => Some(load.clone()),
                _ => None,
            })
            .collect::<Vec<_>>()
    };
    let first = loads(&press(&mut state, "r"));
    let shares = |id: &str| Load::Shares(region(), id.parse().unwrap());
    assert_eq!(
        first,
        [
            Load::Identity,
            Load::Images(region()),
            Load::Instances(region()),
            shares("img-aaaaaaaa"),
            shares("img-bbbbbbbb"),
            shares("img-cccccccc"),
        ]
    );
    assert_eq!(loads(&press(&mut state, "r")), Vec::new(), "what is under way is not asked twice");
}

#[test]
fn read_only_blocks_actions_through_the_rules() {
    let mut state = state();
    press(&mut state, "Z D");
    let notice = state.notice.clone().unwrap();
    assert!(notice.bad && notice.text.to_lowercase().contains("read-only"), "{notice:?}");
    assert_eq!(press(&mut state, "esc Z D").len(), 0);
    assert!(state.notice.is_none(), "{:?}", state.notice);
}

#[test]
fn esc_and_a_key_in_one_packet_both_count() {
    let mut state = state();
    press(&mut state, "?");
    assert_eq!(state.dialogs.len(), 1);
    press(&mut state, "alt-j");
    assert_eq!((state.dialogs.len(), state.selected()), (0, Some(&id("img-bbbbbbbb"))));
}

#[test]
fn q_quits_and_ctrl_z_suspends() {
    assert_eq!(press(&mut state(), "q"), [Effect::Quit]);
    assert_eq!(press(&mut state(), "ctrl-c"), [Effect::Quit]);
    assert_eq!(press(&mut state(), "a ctrl-c"), [Effect::Quit]);
    assert_eq!(press(&mut state(), "ctrl-z"), [Effect::Suspend]);
    assert_eq!(press(&mut state(), "y"), [Effect::Clipboard("img-aaaaaaaa".into())]);
}

#[test]
fn a_blocked_action_shows_its_reasons_and_sends_nothing() {
    let mut state = state();
    let since = Some(start());
    let shares = vec![
        Share { account: "100000000002".parse().unwrap(), since },
        Share { account: "100000000003".parse().unwrap(), since },
    ];
    press(&mut state, "r");
    answer(&mut state, Load::Shares(region(), "img-aaaaaaaa".parse().unwrap()), Ok(Loaded::Shares(shares)));
    press(&mut state, "2 s");
    assert_eq!(state.dialogs.len(), 1);
    assert!(state.notice.as_ref().unwrap().bad);
}

#[test]
fn the_menu_loads_the_facts_that_its_verdicts_lack() {
    let mut state = state();
    press(&mut state, "r");
    let newest = vec![image("img-00000000", "newest", 0, ImageKind::Own)];
    answer(&mut state, Load::Images(region()), Ok(Loaded::Images(newest)));
    let shares = Load::Shares(region(), "img-00000000".parse().unwrap());
    answer(&mut state, shares.clone(), Err(timed_out()));
    let asked = |effects: Vec<Effect>| {
        effects.iter().filter(|e| matches!(e, Effect::Load { load, .. } if *load == shares)).count()
    };
    assert_eq!(asked(press(&mut state, "j k")), 0, "moving does not ask again");
    assert_eq!(asked(press(&mut state, "a")), 1);
    assert_eq!(asked(press(&mut state, "esc a")), 0, "what is under way is not asked twice");
}
