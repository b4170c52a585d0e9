//! Tests of the forms for launch, reinstall and capture: a state, keys, and the state and effects afterwards.

mod follow;
mod launch;
mod machine;

use cvmshare::{
    jobs::act::CallOptions,
    model::{Instance, InstanceState, Offer},
    rules::{Action, Cleared},
    tui::{CallError, Effect, Load, Loaded, Message, Performed, State, screens::frame, test_driver, update},
};
use ratatui::{buffer::Buffer, layout::Rect};

use super::keys::{answer, image, press, region, state};
use crate::fixtures;

pub(super) const MACHINE: &str = "ins-11111111";

pub(super) fn machine(state: InstanceState, operation: Option<(&str, &str)>) -> Instance {
    Instance {
        state,
        latest_operation: operation.map(|(what, how)| (what.into(), how.into())),
        ..fixtures::instance(MACHINE, "ap-guangzhou", "web-1", Some("img-dddddddd"))
    }
}

pub(super) fn offer(zone: &str, kind: &str, cpu: u32, sold: bool) -> Offer {
    Offer { zone: zone.into(), instance_type: kind.into(), cpu, memory_gib: cpu * 2, sold }
}

/// The state with one running instance.
pub(super) fn with_machine() -> State {
    let mut state = state();
    state.facts.facts_mut().add_instances([machine(InstanceState::Running, None)]);
    press(&mut state, "4");
    state
}

/// The launch form of the received image. Two zones are open and one sells nothing.
pub(super) fn launching() -> State {
    let mut state = state();
    press(&mut state, "2");
    let effects = press(&mut state, "L");
    let asked = |e: &Effect| matches!(e, Effect::Load { load: Load::Offers(r), .. } if *r == region());
    assert!(effects.len() == 1 && asked(&effects[0]), "{effects:?}");
    let offers = vec![
        offer("ap-guangzhou-2", "S5.SMALL2", 1, false),
        offer("ap-guangzhou-3", "S5.LARGE8", 4, true),
        offer("ap-guangzhou-3", "S5.SMALL2", 1, false),
        offer("ap-guangzhou-3", "S5.MEDIUM4", 2, true),
        offer("ap-guangzhou-10", "M5.LARGE32", 4, true),
    ];
    answer(&mut state, Load::Offers(region()), Ok(Loaded::Offers(offers)));
    state
}

pub(super) fn shows(state: &State, text: &str) {
    let mut buffer = Buffer::empty(Rect::new(0, 0, 80, 24));
    frame::draw(state, &mut buffer);
    let screen = test_driver::lines(&buffer).join("\n");
    assert!(screen.contains(text), "{text:?} is not in\n{screen}");
}

/// Types a text letter by letter.
pub(super) fn typed(state: &mut State, text: &str) -> Vec<Effect> {
    text.chars()
        .flat_map(|c| {
            let key = if c == ' ' { "space".to_owned() } else { c.to_string() };
            update(state, Message::Key(key.parse().unwrap()))
        })
        .collect()
}

pub(super) fn launch(zone: &str, kind: &str, name: Option<&str>) -> Action {
    Action::Launch {
        image: "img-dddddddd".parse().unwrap(),
        region: Some(region()),
        zone: Some(zone.into()),
        instance_type: Some(kind.into()),
        name: name.map(Into::into),
    }
}

/// Returns the only effect, which performs an action.
pub(super) fn performs(effects: Vec<Effect>) -> (Cleared, CallOptions) {
    match <[Effect; 1]>::try_from(effects) {
        Ok([Effect::Perform(cleared, place, extra)]) => {
            assert_eq!(place, region());
            (cleared, extra)
        }
        other => panic!("{other:?}"),
    }
}

pub(super) fn ended(state: &mut State, performed: Performed) -> Vec<Effect> {
    let epoch = state.epoch;
    update(state, Message::Performed { epoch, performed: Box::new(performed) })
}

pub(super) fn trouble(code: &str) -> CallError {
    CallError {
        code: code.into(),
        text: "so it said".into(),
        request_id: Some("r-1".into()),
        session: false,
        offline: false,
    }
}

pub(super) fn notice(state: &State) -> (&str, bool) {
    state.notice.as_ref().map_or(("", false), |n| (n.text.as_str(), n.bad))
}

pub(super) fn loads(effects: &[Effect]) -> Vec<Load> {
    let load = |e: &Effect| match e {
        Effect::Load { load, .. } => Some(load.clone()),
        _ => None,
    };
    effects.iter().filter_map(load).collect()
}

/// Presses the keys from the choices to the call, with the smallest type of the first open zone.
pub(super) fn send(state: &mut State) -> (Cleared, CallOptions) {
    assert_eq!(press(state, "enter enter"), []);
    typed(state, "web 9");
    assert_eq!(press(state, "enter enter"), []);
    assert_eq!(press(state, "tab"), []);
    performs(press(state, "enter"))
}
