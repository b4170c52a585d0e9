//! Automatic refreshes, cached rows and the view state, with a fixed clock: a state, keys, and the state and effects
//! afterwards.

use std::os::unix::fs::PermissionsExt;

use cvmshare::{
    model::{Image, ImageKind, ImageState, Session, Share},
    session::{LastSort, LastView, Refresh},
    tui::{
        CallError, Effect, Load, LoadState, Loaded, Message, Page, Role, RowId, SavedRows, State, Tab, hint,
        restore, save, screens::frame, test_driver, update, wakes_at,
    },
};
use jiff::{SignedDuration, Timestamp};

use super::{
    keys::{answer, image, press, region, state},
    start,
};

fn seconds(n: i64) -> SignedDuration {
    SignedDuration::from_secs(n)
}

/// The common state with a refresh interval.
fn fresh() -> State {
    let mut state = state();
    answer(&mut state, Load::Regions, Ok(Loaded::Regions(vec![region()])));
    state.fresh.every = Refresh::Every(seconds(60));
    state
}

/// Ticks at a time and returns the loads that it starts.
fn tick(state: &mut State, at: Timestamp) -> Vec<Load> {
    state.now = at;
    asked(update(state, Message::Tick))
}

/// Returns the loads among the effects. Each refresh also reads the journal, which is not a call.
fn asked(effects: Vec<Effect>) -> Vec<Load> {
    let load = |e| match e {
        Effect::Load { load, .. } => Some(load),
        Effect::Recall => None,
        other => panic!("{other:?}"),
    };
    effects.into_iter().filter_map(load).collect()
}

fn shares(id: &str) -> Load {
    Load::Shares(region(), id.parse().unwrap())
}

fn lines(state: &State) -> Vec<String> {
    let mut buffer =
        ratatui::buffer::Buffer::empty(ratatui::layout::Rect::new(0, 0, state.size.0, state.size.1));
    frame::draw(state, &mut buffer);
    test_driver::lines(&buffer)
}

fn images() -> Vec<Image> {
    vec![
        image("img-aaaaaaaa", "alpha", 1, ImageKind::Own),
        image("img-bbbbbbbb", "beta", 2, ImageKind::Own),
        image("img-cccccccc", "gamma", 3, ImageKind::Own),
        image("img-dddddddd", "delta", 4, ImageKind::Received),
    ]
}

/// Answers a load that the user did not ask for.
fn answer_quietly(
    state: &mut State,
    ticket: u64,
    load: Load,
    result: Result<Loaded, CallError>,
) -> Vec<Effect> {
    let epoch = state.epoch;
    update(state, Message::Answer { epoch, ticket, load, result })
}

fn trouble(offline: bool) -> CallError {
    CallError { code: "c".into(), text: "it broke".into(), request_id: None, session: false, offline }
}

#[test]
fn visible_data_is_refreshed_each_interval_and_the_rest_rarely() {
    let mut state = fresh();
    let at = wakes_at(&state).unwrap();
    let waited = at.duration_since(start());
    assert!((seconds(54)..=seconds(66)).contains(&waited), "{waited}");
    assert_eq!(tick(&mut state, at - SignedDuration::from_millis(1)), []);
    let (before, asking) = (lines(&state), state.pending_reads(|_| true));
    let all =
        [Load::Images(region()), shares("img-aaaaaaaa"), shares("img-bbbbbbbb"), shares("img-cccccccc")];
    assert_eq!(tick(&mut state, at), all);
    // An automatic refresh shows no notice, and is not started twice.
    assert_eq!(lines(&state), before);
    assert_eq!(state.pending_reads(|_| true), asking);
    assert_eq!(tick(&mut state, at + seconds(1)), []);
    // Data that is not visible is refreshed next, five times less often.
    let rarely = wakes_at(&state).unwrap().duration_since(start());
    assert!((seconds(270)..=seconds(330)).contains(&rarely), "{rarely}");
    // The same answers change nothing on the screen.
    let first = state.ticket - 3;
    answer_quietly(&mut state, first, all[0].clone(), Ok(Loaded::Images(images())));
    assert_eq!(lines(&state), before);
    assert_eq!(state.loads[&all[0]], LoadState::Ready(at + seconds(1)));
    // Different answers do.
    let one = vec![Share { account: "100000000002".parse().unwrap(), since: None }];
    answer_quietly(&mut state, first + 1, all[1].clone(), Ok(Loaded::Shares(one)));
    assert!(
        lines(&state).iter().any(|l| l.contains("alpha") && l.contains("1 of 50")),
        "{:#?}",
        lines(&state)
    );
    // A second answer to the same ticket is ignored.
    answer_quietly(&mut state, first, all[0].clone(), Ok(Loaded::Images(Vec::new())));
    assert_eq!(state.facts.images().count(), 4);
}

#[test]
fn a_change_of_the_tab_changes_what_is_visible() {
    let mut state = fresh();
    press(&mut state, "4");
    let at = wakes_at(&state).unwrap();
    assert_eq!(tick(&mut state, at), [Load::Instances(region())]);
    // Old data that becomes visible is refreshed at once.
    press(&mut state, "2");
    assert_eq!(tick(&mut state, at + seconds(20)), [Load::Images(region())]);
}

/// After an hour the age of the first row changes its text. That is the only reason to wake up.
#[test]
fn nothing_is_refreshed_without_need() {
    let hour = Some(start() + seconds(3600));
    type Case = (&'static str, fn(&mut State));
    let cases: &[Case] = &[
        ("off", |s| s.fresh.every = Refresh::Off),
        ("not looked at", |s| drop(update(s, Message::Focus(false)))),
        ("expired", |s| s.facts.standing_mut().session = Session::Expired),
        ("offline, and nothing could be done", |s| {
            let standing = s.facts.standing_mut();
            (standing.offline, standing.read_only) = (true, true)
        }),
        ("not connected", |s| s.connected = false),
        ("nothing changes there but from here", |s| (s.own_cloud, s.profiles[0].demo) = (true, true)),
    ];
    for (what, change) in cases {
        let mut state = fresh();
        change(&mut state);
        assert_eq!(wakes_at(&state), hour, "{what}");
        assert_eq!(tick(&mut state, start() + seconds(3599)), [], "{what}");
    }
    let mut state = fresh();
    state.fresh.every = Refresh::Off;
    assert!(lines(&state)[0].contains("no auto refresh"), "{:?}", lines(&state)[0]);
    // When the window gets the focus again, old data is refreshed at once.
    let mut state = fresh();
    update(&mut state, Message::Focus(false));
    state.now = start() + seconds(1000);
    assert_eq!(asked(update(&mut state, Message::Focus(true))).len(), 5);
}

#[test]
fn a_silent_cloud_is_called_less_often() {
    let mut state = fresh();
    let mut pauses = Vec::new();
    for _ in 0..6 {
        let at = wakes_at(&state).unwrap();
        let asked = tick(&mut state, at);
        pauses.push(at.duration_since(state_of(&state, &asked[0])).as_secs());
        let first = state.ticket + 1 - asked.len() as u64;
        for (n, load) in asked.into_iter().enumerate() {
            answer_quietly(&mut state, first + n as u64, load, Err(trouble(true)));
        }
    }
    for (pause, minutes) in pauses.iter().zip([1, 1, 2, 4, 8, 16]) {
        assert!((54 * minutes..=66 * minutes).contains(pause), "{pauses:?}");
    }
}

/// Returns the time at which a load last ended.
fn state_of(state: &State, load: &Load) -> Timestamp {
    match &state.loads[load] {
        LoadState::Ready(at) | LoadState::Failed(at, _) => *at,
        LoadState::Loading(_) => panic!("{load:?}"),
    }
}

#[test]
fn many_regions_cause_at_most_one_call_per_second() {
    let mut state = fresh();
    let all: Vec<_> = (0..600).map(|n| format!("ap-r{n}").parse().unwrap()).collect();
    state.view.clone_from(&all);
    for region in all {
        state.loads.insert(Load::Images(region), LoadState::Ready(start()));
    }
    let waited = wakes_at(&state).unwrap().duration_since(start());
    assert!(waited >= seconds(540), "{waited}");
}

#[test]
fn a_refresh_key_waits_for_pending_requests() {
    let mut state = fresh();
    let at = wakes_at(&state).unwrap();
    assert_eq!(tick(&mut state, at).len(), 4);
    let ticket = state.ticket - 3;
    let loads = asked(press(&mut state, "r"));
    assert!(!loads.contains(&Load::Images(region())), "{loads:?}");
    assert_eq!(state.loads[&Load::Images(region())], LoadState::Loading(ticket));
    answer(&mut state, Load::Images(region()), Ok(Loaded::Images(images())));
    assert_eq!(state.loads[&Load::Images(region())], LoadState::Ready(at));
}

#[test]
fn visible_transitions_are_followed_until_they_end() {
    let mut state = fresh();
    let copy = |percent: Option<u8>| {
        let done = percent.is_none();
        let state = if done { ImageState::Normal } else { ImageState::Syncing };
        Image { state, sync_percent: percent, ..image("img-aaaaaaaa", "alpha", 1, ImageKind::Own) }
    };
    state.facts.facts_mut().add_images([copy(Some(10))]);
    let load = Load::Image(region(), "img-aaaaaaaa".parse().unwrap());
    let mut pauses = Vec::new();
    let mut last = start();
    for percent in [Some(20), Some(30), Some(40), Some(50), Some(60), Some(70), None] {
        // Other tests cover what else is due by then.
        let ticket = loop {
            state.now = wakes_at(&state).unwrap();
            let effects = update(&mut state, Message::Tick);
            let looks = effects.iter().find_map(|e| match e {
                Effect::Load { ticket, load: l } if *l == load => Some(*ticket),
                _ => None,
            });
            if let Some(ticket) = looks {
                break ticket;
            }
        };
        pauses.push(state.now.duration_since(last).as_millis());
        last = state.now;
        answer_quietly(&mut state, ticket, load.clone(), Ok(Loaded::Image(Box::new(Some(copy(percent))))));
        if let Some(percent) = percent {
            assert!(
                lines(&state).iter().any(|l| l.contains(&format!("{percent} %"))),
                "{:#?}",
                lines(&state)
            );
        }
    }
    assert_eq!(pauses[..4], [5000, 7500, 11_250, 16_875]);
    // A row that is stable is not followed.
    assert!(!asked_soon(&mut state).contains(&load));
    // A row out of sight is not followed either.
    state.facts.facts_mut().add_images([copy(Some(10))]);
    press(&mut state, "2");
    assert!(!asked_soon(&mut state).contains(&load));
}

fn asked_soon(state: &mut State) -> Vec<Load> {
    let at = wakes_at(state).unwrap();
    tick(state, at)
}

/// After a wake-up the next one is always later, whatever was answered, so the loop sleeps.
#[test]
fn no_wake_up_is_followed_by_another_at_once() {
    for seed in 0..40 {
        let mut state = fresh();
        state.fresh.seed = seed;
        let mut dice = seed;
        let mut wakes = 0;
        let end = start() + SignedDuration::from_hours(2);
        while let Some(at) = wakes_at(&state).filter(|at| *at < end) {
            // An answer may make something due at once.
            state.now = state.now.max(at);
            wakes += 1;
            let effects = update(&mut state, Message::Tick);
            let next = wakes_at(&state);
            assert!(next.is_none_or(|next| next > state.now), "seed {seed}: {next:?} at {}", state.now);
            for effect in effects {
                let Effect::Load { ticket, load } = effect else {
                    assert_eq!(effect, Effect::Recall);
                    continue;
                };
                dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                let moving = ImageState::Syncing;
                let result = match (dice >> 33) % 4 {
                    0 => Err(trouble(true)),
                    1 => continue,
                    n => Ok(match &load {
                        Load::Images(_) => {
                            let mut all = images();
                            if n == 2 {
                                all[1] = Image { state: moving, sync_percent: Some(5), ..all[1].clone() };
                            }
                            Loaded::Images(all)
                        }
                        Load::Image(..) => Loaded::Image(Box::new(None)),
                        Load::Instances(_) => Loaded::Instances(Vec::new()),
                        _ => Loaded::Shares(Vec::new()),
                    }),
                };
                answer_quietly(&mut state, ticket, load, result);
            }
        }
        assert!(wakes < 500, "seed {seed}: {wakes} wakes in two hours");
    }
}

// ---- cached rows ----------------------------------------------------------------------------------------------------

/// The cached rows of the common state, five minutes old.
fn kept() -> SavedRows {
    let mut kept = state().rows_to_keep().unwrap();
    for at in kept.at.values_mut() {
        *at -= seconds(300);
    }
    kept.shares.insert("img-bbbbbbbb".parse().unwrap(), 7);
    kept
}

/// A console that knows only the cached rows.
pub(super) fn returned() -> State {
    let mut state = State::new(start(), (120, 40), state().keymap, state().profiles, 0);
    let epoch = state.epoch;
    update(&mut state, Message::CachedRows { epoch, kept: Box::new(kept()) });
    state
}

#[test]
fn cached_rows_are_shown_with_their_age_until_the_cloud_answers() {
    let mut state = returned();
    let text = lines(&state).join("\n");
    for part in ["1 My Images 3", "2 Shared With Me 1", "as of 5 min ago", "gamma", "7 of 50", "NORMAL"] {
        assert!(text.contains(part), "no {part:?} in\n{text}");
    }
    // The age is drawn again when its text changes.
    assert_eq!(wakes_at(&state), Some(start() + seconds(60)));
    let row = RowId::Image("img-bbbbbbbb".parse().unwrap());
    press(&mut state, "j");
    assert_eq!(state.selected(), Some(&row));
    let epoch = state.epoch;
    update(&mut state, Message::Connected { epoch, result: Ok(()) });
    assert!(lines(&state)[1].contains("as of 5 min ago · asking … 0 of 4"), "{:?}", lines(&state)[1]);
    // Meanwhile beta was deleted, and alpha was renamed.
    let now = vec![
        image("img-aaaaaaaa", "omega", 1, ImageKind::Own),
        image("img-cccccccc", "gamma", 3, ImageKind::Own),
    ];
    answer(&mut state, Load::Images(region()), Ok(Loaded::Images(now)));
    let text = lines(&state).join("\n");
    for gone in ["alpha", "beta", "delta", "as of", "7 of 50"] {
        assert!(!text.contains(gone), "{gone:?} in\n{text}");
    }
    assert!(text.contains("1 My Images 2") && text.contains("omega"), "{text}");
}

#[test]
fn cached_rows_allow_no_actions() {
    let mut state = returned();
    let text = lines(&state).join("\n");
    assert_eq!(text.matches("checking …").count(), 6, "{text}");
    for keys in ["D", "s", "c", "u", "e", "L", "space D", "2 e", "2 L"] {
        let mut state = returned();
        let effects = press(&mut state, keys);
        let harmless =
            |e: &Effect| matches!(e, Effect::Load { .. } | Effect::Settle(_) | Effect::Clipboard(_));
        assert!(effects.iter().all(harmless), "{keys}: {effects:?}");
        assert!(state.jobs.is_empty() && state.acting.is_none(), "{keys}");
        let unsure = state.notice.as_ref().is_some_and(|n| n.text.contains("Still loading"));
        assert!(unsure || !state.dialogs.is_empty(), "{keys}: {:?}", state.notice);
        // A second and third key do nothing either.
        let effects = press(&mut state, "enter enter y enter");
        assert!(effects.iter().all(harmless), "{keys}: {effects:?}");
    }
    // The rules do not use cached rows.
    assert_eq!((state.facts.images().count(), state.facts.regions.len()), (0, 0));
    // Once the images were read, they are facts of this session, even before the region was read; their cached shares
    // are not.
    let epoch = state.epoch;
    update(&mut state, Message::Connected { epoch, result: Ok(()) });
    update(&mut state, Message::Pages { epoch, pages: vec![Page::Images(images())] });
    press(&mut state, "g j");
    let effects = press(&mut state, "D");
    assert!(effects.iter().all(|e| matches!(e, Effect::Load { .. })), "{effects:?}");
    assert!(state.notice.as_ref().is_some_and(|n| n.text.contains("Still loading")), "{:?}", state.notice);
    assert_eq!(state.tables[0].rows.len(), 3, "none is there twice");
}

#[test]
fn cached_rows_of_another_account_are_removed() {
    for (uin, rows) in [("100000000001", 3), ("100000000009", 0)] {
        let mut state = returned();
        let epoch = state.epoch;
        update(&mut state, Message::Connected { epoch, result: Ok(()) });
        answer(&mut state, Load::Identity, Ok(Loaded::Identity(uin.parse().unwrap())));
        update(&mut state, Message::Resize(120, 41));
        assert_eq!(state.cached_images().filter(|i| i.kind == ImageKind::Own).count(), rows);
    }
    // Rows of an earlier profile change are ignored.
    let mut state = returned();
    press(&mut state, "P enter");
    assert_eq!(state.cached_images().count(), 0);
    let epoch = state.epoch - 1;
    update(&mut state, Message::CachedRows { epoch, kept: Box::new(kept()) });
    assert_eq!(state.cached_images().count(), 0);
}

#[test]
fn cached_rows_are_private_files_and_never_of_the_built_in_cloud() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("rows/test.json");
    let mut state = state();
    let kept = state.rows_to_keep().unwrap();
    kept.write(&file).unwrap();
    assert_eq!(SavedRows::read(&file), Some(kept.clone()));
    assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    assert_eq!(
        (kept.profile.as_str(), kept.account.as_str(), kept.at, kept.images.len(), kept.shares.len()),
        ("test", "100000000001", [(region(), start())].into(), 4, 3)
    );
    for broken in ["", "{", "{\"profile\":\"test\"}", "[]"] {
        std::fs::write(&file, broken).unwrap();
        assert_eq!(SavedRows::read(&file), None);
    }
    assert_eq!(SavedRows::read(&dir.path().join("none.json")), None);
    // The number of rows does not matter.
    let many = (0..3000).map(|n| image(&format!("img-{n:08}"), "x", n, ImageKind::Own));
    state.facts.facts_mut().add_images(many);
    let kept = state.rows_to_keep().unwrap();
    assert_eq!((kept.images.len(), kept.images[0].id.as_str()), (2000, "img-00000000"));
    state.profiles[0].demo = true;
    assert_eq!(state.rows_to_keep(), None);
    // Nothing was read.
    assert_eq!(returned().rows_to_keep(), None);
}

#[test]
fn cached_rows_are_dim() {
    let state = returned();
    let row = RowId::Image("img-aaaaaaaa".parse().unwrap());
    let cells = Tab::Images.columns().iter().map(|c| cvmshare::tui::cell(&state, &row, c.field).role);
    assert!(cells.into_iter().all(|role| role == Role::Dim));
}

#[test]
fn a_spinner_turns_only_while_requests_are_pending() {
    let mut state = state();
    let sign = |s: &State| lines(s).into_iter().find_map(|l| l.split_once(" asking")?.0.chars().last());
    let at = |ms: i64| Timestamp::from_millisecond(1_764_000_000_000 + ms).unwrap();
    (state.now, state.looks.motion) = (at(0), true);
    press(&mut state, "r");
    assert_eq!(wakes_at(&state), Some(at(125)));
    let mut seen = Vec::new();
    for ms in [0, 124, 125, 250] {
        state.now = at(ms);
        assert_eq!(asked(update(&mut state, Message::Tick)), [], "a turn asks for nothing");
        seen.push(sign(&state));
    }
    assert_eq!(seen, [Some('⠋'), Some('⠋'), Some('⠙'), Some('⠹')]);
    (state.now, state.looks.ascii) = (at(375), true);
    assert_eq!(sign(&state), Some('\\'));
    // Not without focus, and not with motion off.
    update(&mut state, Message::Focus(false));
    assert!(wakes_at(&state).is_none_or(|wake| wake > at(1_000)));
    update(&mut state, Message::Focus(true));
    assert_eq!(wakes_at(&state), Some(at(500)));
    state.looks.motion = false;
    assert_eq!(sign(&state), Some('-'), "the rule");
    assert!(wakes_at(&state).is_none_or(|wake| wake > at(1_000)));
    // When everything is loaded, it stops.
    state.looks.motion = true;
    for load in state.loads.keys().cloned().collect::<Vec<_>>() {
        state.loads.insert(load, LoadState::Ready(at(250)));
    }
    assert!(wakes_at(&state).is_none_or(|wake| wake > at(1_000)));
}

// ---- view state -----------------------------------------------------------------------------------------------------

#[test]
fn the_view_state_is_restored() {
    let mut state = state();
    state.last.sessions = 2;
    press(&mut state, "< = F 4 > > 2");
    update(&mut state, Message::Resize(100, 30));
    let wanted = LastView {
        tab: Some("shared".into()),
        sessions: 2,
        used: [].into(),
        families: true,
        sort: [
            ("images".into(), LastSort { by: "copies".into(), descending: true }),
            ("instances".into(), LastSort { by: "name".into(), descending: false }),
        ]
        .into(),
        regions: [].into(),
    };
    let mut last = save(&state);
    let instances = last.sort["instances"].clone();
    assert_eq!(last.sort.remove("instances").map(|s| s.descending), Some(false));
    let mut others = wanted.clone();
    others.sort.remove("instances");
    assert_eq!(last, others);
    last.sort.insert("instances".into(), instances);
    let mut again = fresh();
    restore(&mut again, &last, false);
    assert_eq!(again.tab, Tab::Shared);
    let order = |s: &State| s.tables.iter().map(|t| (t.sort, t.descending)).collect::<Vec<_>>();
    assert_eq!(order(&again), order(&state));
    assert!(again.tables[Tab::Images as usize].families);
    assert_eq!(save(&again), LastView { sessions: 3, ..last });
    // Unknown words from another version are ignored.
    let strange = LastView {
        tab: Some("clouds".into()),
        sort: [("images".into(), LastSort { by: "luck".into(), descending: true })].into(),
        ..LastView::default()
    };
    let (mut again, first) = (fresh(), fresh());
    restore(&mut again, &strange, false);
    assert_eq!((again.tab, order(&again)), (first.tab, order(&first)));
}

#[test]
fn regions_in_view_are_restored_unless_the_command_line_sets_them() {
    let tokyo: Vec<cvmshare::model::Region> = vec!["ap-tokyo".parse().unwrap()];
    let last = LastView { regions: [("test".into(), tokyo.clone())].into(), ..LastView::default() };
    let mut state = fresh();
    restore(&mut state, &last, false);
    assert_eq!(state.view, tokyo);
    assert_eq!(save(&state).regions, last.regions);
    let mut state = fresh();
    restore(&mut state, &last, true);
    assert_eq!(state.view, [region()]);
    // Settings that the configuration file makes are not saved.
    let mut state = fresh();
    restore(&mut state, &LastView { regions: [("test".into(), vec![region()])].into(), ..last }, false);
    assert_eq!(save(&state).regions, [].into());
}

#[test]
fn hints_disappear_after_use_and_after_the_first_sessions() {
    let mut state = fresh();
    assert_eq!(hint(&state), None, "nothing is known of sessions");
    restore(&mut state, &LastView::default(), false);
    let mut seen = Vec::new();
    while let Some(text) = hint(&state) {
        assert!(lines(&state)[22].contains(&text), "{text}: {:?}", lines(&state)[22]);
        let key = text.split(' ').next().unwrap().to_owned();
        press(&mut state, if key == "Enter" { "enter" } else { &key });
        press(&mut state, "esc esc");
        state.notice = None;
        seen.push(key);
    }
    assert_eq!(seen, ["a", "Enter", "s", "/", ":", "?"]);
    assert_eq!(save(&state).used.len(), 6);
    for (sessions, some) in [(0, true), (4, true), (5, false), (u32::MAX, false)] {
        let mut state = fresh();
        restore(&mut state, &LastView { sessions, ..LastView::default() }, false);
        assert_eq!(hint(&state).is_some(), some, "{sessions} sessions before");
    }
}
