//! The forms of launch, reinstall and capture as triples: a state, keys, and the state and effects afterwards.

use cvmshare::{
    cloud::Offer,
    console::{
        Effect, Load, LoadState, Loaded, Message, Overlay, Performed, RowId, State, Trouble, offstage,
        update, view,
    },
    jobs::act::Extra,
    model::{Image, ImageKind, ImageState, Instance, InstanceState},
    rules::{Action, Cleared},
};
use ratatui::{buffer::Buffer, layout::Rect};

use super::keys::{answer, image, press, region, state};

const MACHINE: &str = "ins-11111111";

fn machine(state: InstanceState, operation: Option<(&str, &str)>) -> Instance {
    Instance {
        id: MACHINE.parse().unwrap(),
        region: region(),
        zone: "ap-guangzhou-3".into(),
        name: "web-1".into(),
        state,
        instance_type: "S5.MEDIUM4".into(),
        cpu: 2,
        memory_gib: 4,
        image: Some("img-dddddddd".parse().unwrap()),
        os: "Ubuntu".into(),
        private_ips: Vec::new(),
        public_ips: Vec::new(),
        created_at: None,
        system_disk_gib: 50,
        latest_operation: operation.map(|(what, how)| (what.into(), how.into())),
    }
}

fn offer(zone: &str, kind: &str, cpu: u32, sold: bool) -> Offer {
    Offer { zone: zone.into(), instance_type: kind.into(), cpu, memory_gib: cpu * 2, sold }
}

/// With one running instance.
fn with_machine() -> State {
    let mut state = state();
    press(&mut state, "r");
    let machine = machine(InstanceState::Running, None);
    answer(&mut state, Load::Instances(region()), Ok(Loaded::Instances(vec![machine])));
    press(&mut state, "4");
    state
}

/// The launch form of the received image, with what two open zones and one that sells nothing have.
fn launching() -> State {
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

fn shows(state: &State, text: &str) {
    let mut buffer = Buffer::empty(Rect::new(0, 0, 80, 24));
    view::draw(state, &mut buffer);
    let screen = offstage::lines(&buffer).join("\n");
    assert!(screen.contains(text), "{text:?} is not in\n{screen}");
}

/// Types a text letter by letter.
fn typed(state: &mut State, text: &str) -> Vec<Effect> {
    text.chars()
        .flat_map(|c| {
            let key = if c == ' ' { "space".to_owned() } else { c.to_string() };
            update(state, Message::Key(key.parse().unwrap()))
        })
        .collect()
}

fn launch(zone: &str, kind: &str, name: Option<&str>) -> Action {
    Action::Launch {
        image: "img-dddddddd".parse().unwrap(),
        region: Some(region()),
        zone: Some(zone.into()),
        instance_type: Some(kind.into()),
        name: name.map(Into::into),
    }
}

/// The one thing that is asked for, which is to perform.
fn performs(effects: Vec<Effect>) -> (Cleared, Extra) {
    match <[Effect; 1]>::try_from(effects) {
        Ok([Effect::Perform(cleared, place, extra)]) => {
            assert_eq!(place, region());
            (cleared, extra)
        }
        other => panic!("{other:?}"),
    }
}

fn ended(state: &mut State, performed: Performed) -> Vec<Effect> {
    let epoch = state.epoch;
    update(state, Message::Performed { epoch, performed: Box::new(performed) })
}

fn trouble(code: &str) -> Trouble {
    Trouble {
        code: code.into(),
        text: "so it said".into(),
        request_id: Some("r-1".into()),
        session: false,
        offline: false,
    }
}

fn notice(state: &State) -> (&str, bool) {
    state.notice.as_ref().map_or(("", false), |n| (n.text.as_str(), n.bad))
}

fn loads(effects: &[Effect]) -> Vec<Load> {
    let load = |e: &Effect| match e {
        Effect::Load { load, .. } => Some(load.clone()),
        _ => None,
    };
    effects.iter().filter_map(load).collect()
}

/// From the choices to the call: the smallest type that the first open zone sells.
fn send(state: &mut State) -> (Cleared, Extra) {
    assert_eq!(press(state, "enter enter"), []);
    typed(state, "web 9");
    assert_eq!(press(state, "enter enter"), []);
    assert_eq!(press(state, "tab"), []);
    performs(press(state, "enter"))
}

#[test]
fn launch_asks_step_by_step_and_says_no_first() {
    let mut state = launching();
    let (cleared, extra) = send(&mut state);
    assert_eq!(*cleared.action(), launch("ap-guangzhou-3", "S5.MEDIUM4", Some("web 9")));
    let token = extra.token.clone().unwrap();
    assert!(token.is_ascii() && token.len() <= 64, "{token}");
    assert_eq!(extra, Extra { token: Some(token), ..Extra::default() });
    // While the answer is waited for nothing is sent again.
    assert_eq!(press(&mut state, "enter tab enter"), []);

    // Enter alone goes back from the risks, which are accepted by nobody then.
    let mut state = launching();
    assert_eq!(press(&mut state, "enter enter enter enter enter"), []);
    assert!(matches!(state.overlays.last(), Some(Overlay::Launch(_))));
    assert_eq!(
        performs(press(&mut state, "enter tab enter")).0.action(),
        &launch("ap-guangzhou-3", "S5.MEDIUM4", None)
    );
}

#[test]
fn zones_and_types_are_what_is_sold_there() {
    // The second open zone, by number and not by letters, and the one that sells nothing is none of them.
    let mut state = launching();
    press(&mut state, "down down down enter enter enter enter tab");
    assert_eq!(
        performs(press(&mut state, "enter")).0.action(),
        &launch("ap-guangzhou-10", "M5.LARGE32", None)
    );

    // A type that is sold out is not taken, whatever the filter leaves.
    let mut state = launching();
    press(&mut state, "enter");
    typed(&mut state, "small");
    assert_eq!(press(&mut state, "enter"), []);
    shows(&state, "S5.SMALL2 is sold out in ap-guangzhou-3.");
    assert_eq!(press(&mut state, "tab tab enter"), []);
    shows(&state, "Choose an instance type that the zone sells.");
    assert_eq!(press(&mut state, "tab enter"), []);
    // Another is, by its letters in their order.
    let mut state = launching();
    press(&mut state, "enter");
    typed(&mut state, "s5l");
    press(&mut state, "enter enter enter tab");
    assert_eq!(performs(press(&mut state, "enter")).0.action(), &launch("ap-guangzhou-3", "S5.LARGE8", None));

    // One that the other zone does not sell is not kept when the zone changes.
    let mut state = launching();
    press(&mut state, "enter enter backtab backtab down backtab");
    assert_eq!(press(&mut state, "enter tab enter"), []);
}

#[test]
fn one_of_hundreds_of_types_is_found_by_its_letters() {
    let mut state = launching();
    press(&mut state, "esc L");
    let offers = (0..400).map(|n| offer("ap-guangzhou-3", &format!("S{n}.LARGE{}", n * 2), n, n % 2 == 1));
    answer(&mut state, Load::Offers(region()), Ok(Loaded::Offers(offers.collect())));
    press(&mut state, "enter");
    typed(&mut state, "s1 257 lg");
    press(&mut state, "enter enter enter tab");
    assert_eq!(
        performs(press(&mut state, "enter")).0.action(),
        &launch("ap-guangzhou-3", "S257.LARGE514", None)
    );
    // By the cursor, over pages; the sold out ones come last.
    press(&mut state, "esc L");
    press(&mut state, "enter pgdn pgdn down enter enter enter tab");
    assert_eq!(
        performs(press(&mut state, "enter")).0.action(),
        &launch("ap-guangzhou-3", "S43.LARGE86", None)
    );
}

#[test]
fn a_network_is_a_vpc_with_a_subnet_in_any_order() {
    for (text, wanted) in [
        ("vpc-1a subnet-2b", Some(("vpc-1a", "subnet-2b"))),
        ("subnet-2b,vpc-1a", Some(("vpc-1a", "subnet-2b"))),
        ("subnet-2b", None),
        ("vpc-1a", None),
        ("vpc-1a vpc-2b", None),
        ("elsewhere", None),
    ] {
        let mut state = launching();
        press(&mut state, "enter enter enter");
        update(&mut state, Message::Paste(text.replace(' ', "\n")));
        press(&mut state, "enter tab");
        let effects = press(&mut state, "enter");
        match wanted {
            Some((vpc, subnet)) => {
                assert_eq!(performs(effects).1.network, Some((vpc.into(), subnet.into())), "{text}");
            }
            None => assert_eq!(effects, [], "{text}"),
        }
    }
}

#[test]
fn a_refusal_comes_back_to_the_form_and_the_next_try_has_a_token_of_its_own() {
    let mut state = launching();
    let (cleared, first) = send(&mut state);
    let code = "InvalidParameterValue.InvalidImageState";
    let effects = ended(&mut state, Performed { trouble: Some(trouble(code)), ..Performed::new(cleared) });
    let drift = "rule-drift: launch.not-normal was not seen, the cloud said \
                 InvalidParameterValue.InvalidImageState to launch of img-dddddddd";
    assert_eq!(effects[0], Effect::Log(drift.into()));
    assert_eq!(loads(&effects), [Load::Images(region())], "what is known is old");
    assert_eq!((notice(&state), state.overlays.len()), (("", false), 1), "the form says it");
    let (_, second) = performs(press(&mut state, "enter tab enter"));
    assert_eq!((first.again, second.again), (false, false));
    assert_ne!(first.token, second.token);
}

#[test]
fn a_lost_answer_keeps_the_token_until_an_answer_comes() {
    let mut state = launching();
    let (cleared, first) = send(&mut state);
    let lost =
        Performed { trouble: Some(trouble("timeout")), unsure: true, ..Performed::new(cleared.clone()) };
    let effects = ended(&mut state, lost.clone());
    assert_eq!(loads(&effects), [Load::Instances(region())]);
    // The form stands at its question again, No first.
    assert_eq!(press(&mut state, "tab"), []);
    let (again, second) = performs(press(&mut state, "enter"));
    assert_eq!((again.action(), second), (cleared.action(), Extra { again: true, ..first.clone() }));
    ended(&mut state, lost);
    press(&mut state, "tab");
    assert_eq!(performs(press(&mut state, "enter")).1, Extra { again: true, ..first });
}

#[test]
fn what_was_begun_is_looked_at_until_it_is_at_rest_and_no_longer() {
    let mut state = launching();
    let (cleared, _) = send(&mut state);
    let id = RowId::Instance(MACHINE.parse().unwrap());
    let look = Load::Instance(region(), MACHINE.parse().unwrap());
    let pending = || machine(InstanceState::Other("PENDING".into()), Some(("RunInstances", "OPERATING")));
    let done =
        Performed { instance: Some(pending()), made: Some(id.clone()), ..Performed::new(cleared.clone()) };
    assert_eq!(ended(&mut state, done), [Effect::Look(0)]);
    assert_eq!(notice(&state), ("web-1 · ins-11111111 is PENDING, read back. Instances shows it.", false));
    assert!(state.overlays.is_empty());
    assert_eq!(press(&mut state, "4"), []);
    assert_eq!(state.selected(), Some(&id));
    // One look at a time, each after the answer of the one before.
    let epoch = state.epoch;
    assert_eq!(loads(&update(&mut state, Message::Look { epoch })), vec![look.clone()]);
    assert_eq!(press(&mut state, "j"), []);
    let effects = answer(&mut state, look.clone(), Ok(Loaded::Instance(Box::new(Some(pending())))));
    assert_eq!(effects, [Effect::Look(1)]);
    update(&mut state, Message::Look { epoch });
    let running = machine(InstanceState::Running, Some(("RunInstances", "SUCCESS")));
    let effects = answer(&mut state, look, Ok(Loaded::Instance(Box::new(Some(running)))));
    assert_eq!((effects, notice(&state)), (vec![], ("web-1 · ins-11111111 is RUNNING.", false)));
    assert_eq!(update(&mut state, Message::Look { epoch }), []);

    // It may take a while to be listed, and a look that fails is made again; in the end that is told.
    let made = Performed { made: Some(id), ..Performed::new(cleared) };
    assert_eq!(ended(&mut state, made), [Effect::Look(0)]);
    let look = Load::Instance(region(), MACHINE.parse().unwrap());
    update(&mut state, Message::Look { epoch });
    assert_eq!(answer(&mut state, look.clone(), Err(trouble("timeout"))), [Effect::Look(1)]);
    for n in 1.. {
        update(&mut state, Message::Look { epoch });
        let effects = answer(&mut state, look.clone(), Ok(Loaded::Instance(Box::new(None))));
        if effects != [Effect::Look(n + 1)] {
            assert_eq!((loads(&effects), effects.len()), (vec![Load::Instances(region())], 1));
            break;
        }
        assert!(n < 20);
    }
    assert_eq!(notice(&state), ("ins-11111111 is not in the cloud's list.", true));
}

#[test]
fn another_profile_or_the_end_of_a_session_ends_the_looks() {
    let begun = || {
        let mut state = launching();
        let (cleared, _) = send(&mut state);
        let made = Some(RowId::Instance(MACHINE.parse().unwrap()));
        assert_eq!(ended(&mut state, Performed { made, ..Performed::new(cleared) }), [Effect::Look(0)]);
        state
    };
    let mut state = begun();
    let epoch = state.epoch;
    update(&mut state, Message::Look { epoch });
    let over = Trouble { session: true, ..trouble("AuthFailure.TokenFailure") };
    let look = Load::Instance(region(), MACHINE.parse().unwrap());
    assert_eq!(answer(&mut state, look, Err(over)), []);

    let mut state = begun();
    let epoch = state.epoch;
    press(&mut state, "P enter");
    assert_eq!(update(&mut state, Message::Look { epoch }), []);
    assert!(state.follow.rows.is_empty());
}

#[test]
fn what_could_not_be_read_back_is_said_and_read_again() {
    let mut state = launching();
    let (cleared, _) = send(&mut state);
    let made = Some(RowId::Instance(MACHINE.parse().unwrap()));
    let performed = Performed { made, unread: Some(trouble("timeout")), ..Performed::new(cleared) };
    let effects = ended(&mut state, performed);
    assert_eq!(loads(&effects), [Load::Instances(region())]);
    assert!(effects.contains(&Effect::Look(0)));
    let said = "ins-11111111 was made from delta; it could not be read back: so it said (timeout)";
    assert_eq!(notice(&state), (said, true));
}

#[test]
fn reinstall_wants_an_image_that_fits_and_the_instances_id() {
    let mut state = with_machine();
    let moving = Image { state: ImageState::Syncing, ..image("img-eeeeeeee", "moving", 0, ImageKind::Own) };
    state.facts.add_images([moving]);
    // Blocked: it stays in the list, last, and says why.
    assert_eq!(press(&mut state, "R pgdn enter"), []);
    assert!(notice(&state).1 && notice(&state).0.contains("SYNCING"), "{:?}", notice(&state));
    typed(&mut state, "dlt");
    assert_eq!(press(&mut state, "enter"), []);
    // A wrong ID does nothing, and the right one goes on to Yes, not through it.
    typed(&mut state, "ins-1111111");
    assert_eq!(press(&mut state, "tab enter"), []);
    assert_eq!(notice(&state), ("The ID does not match; nothing was done.", true));
    typed(&mut state, "1");
    assert_eq!(press(&mut state, "enter"), []);
    let (cleared, extra) = performs(press(&mut state, "enter"));
    let wanted = Action::Reinstall {
        instance: MACHINE.parse().unwrap(),
        image: Some("img-dddddddd".parse().unwrap()),
    };
    assert_eq!((cleared.action(), extra), (&wanted, Extra::default()));
    assert!(state.overlays.is_empty());

    let busy = machine(InstanceState::Running, Some(("ResetInstance", "OPERATING")));
    let effects = ended(&mut state, Performed { instance: Some(busy), ..Performed::new(cleared) });
    assert_eq!(effects, [Effect::Look(0)]);
    assert_eq!(notice(&state), ("web-1: ResetInstance is OPERATING, read back.", false));
    // Until it is done the instance takes no other, and says so.
    press(&mut state, "R");
    assert!(notice(&state).0.contains("busy with ResetInstance"), "{:?}", notice(&state));
    press(&mut state, "esc");
    let epoch = state.epoch;
    update(&mut state, Message::Look { epoch });
    let look = Load::Instance(region(), MACHINE.parse().unwrap());
    // A list that lags shows what it did before.
    let before = machine(InstanceState::Running, Some(("RunInstances", "SUCCESS")));
    let effects = answer(&mut state, look.clone(), Ok(Loaded::Instance(Box::new(Some(before)))));
    assert_eq!(effects, [Effect::Look(1)]);
    update(&mut state, Message::Look { epoch });
    let failed = machine(InstanceState::Running, Some(("ResetInstance", "FAILED")));
    assert_eq!(answer(&mut state, look, Ok(Loaded::Instance(Box::new(Some(failed))))), []);
    assert_eq!(notice(&state), ("web-1 · ins-11111111: the reinstallation failed; it is RUNNING.", true));
}

#[test]
fn capture_says_what_is_wrong_with_the_name_and_keeps_what_was_typed() {
    let mut state = with_machine();
    press(&mut state, "I ctrl-u");
    assert_eq!(press(&mut state, "enter"), [], "an empty name");
    assert!(notice(&state).1);
    typed(&mut state, "alpha");
    assert_eq!(press(&mut state, "enter"), [], "a name that is taken");
    assert!(notice(&state).0.contains("img-aaaaaaaa"), "{:?}", notice(&state));
    typed(&mut state, "-2");
    press(&mut state, "tab");
    typed(&mut state, &"x".repeat(257));
    assert_eq!(press(&mut state, "enter"), [], "a description that is too long");
    press(&mut state, "backspace");
    let (cleared, extra) = performs(press(&mut state, "enter"));
    let wanted = Action::Capture { instance: MACHINE.parse().unwrap(), name: Some("alpha-2".into()) };
    let said = Extra { description: Some("x".repeat(256)), ..Extra::default() };
    assert_eq!((cleared.action(), extra), (&wanted, said));
    assert_eq!(press(&mut state, "enter"), [], "it is under way");

    // Refused: the form is there with all that was typed, and sends it again.
    let refused = Performed { trouble: Some(trouble("InternalError")), ..Performed::new(cleared) };
    assert_eq!(ended(&mut state, refused), []);
    let (cleared, _) = performs(press(&mut state, "enter"));
    assert_eq!(cleared.action(), &wanted);
    let made = Image { state: ImageState::Creating, ..image("img-eeeeeeee", "alpha-2", 0, ImageKind::Own) };
    let row = RowId::Image(made.id.clone());
    let look = Load::Image(region(), made.id.clone());
    let done = Performed { image: Some(made.clone()), made: Some(row), ..Performed::new(cleared) };
    assert_eq!(ended(&mut state, done), [Effect::Look(0)]);
    assert_eq!(notice(&state), ("alpha-2 · img-eeeeeeee is CREATING, read back. My Images shows it.", false));
    assert!(state.overlays.is_empty());
    let epoch = state.epoch;
    update(&mut state, Message::Look { epoch });
    let made = Image { state: ImageState::CreateFailed, ..made };
    assert_eq!(answer(&mut state, look, Ok(Loaded::Image(Box::new(Some(made))))), []);
    assert_eq!(notice(&state), ("alpha-2 · img-eeeeeeee is CREATEFAILED.", true));
}

#[test]
fn forms_that_are_left_are_told_by_the_notice() {
    let mut state = launching();
    let (cleared, _) = send(&mut state);
    press(&mut state, "esc");
    assert!(state.overlays.is_empty());
    let lost = Performed { trouble: Some(trouble("timeout")), unsure: true, ..Performed::new(cleared) };
    ended(&mut state, lost);
    let said = "delta: so it said (timeout) · request r-1 Whether it was done is not known.";
    assert_eq!(notice(&state), (said, true));
    // What the zones sell may not come; that is said where it is missed, and the form can be left.
    let mut state = super::keys::state();
    press(&mut state, "2 L");
    shows(&state, "Asking what the zones of ap-guangzhou sell …");
    answer(&mut state, Load::Offers(region()), Err(trouble("InternalError")));
    assert!(matches!(state.loads.get(&Load::Offers(region())), Some(LoadState::Failed(..))));
    shows(&state, "What the zones sell did not come: so it said (InternalError) · request r-1");
    assert_eq!(press(&mut state, "enter enter enter enter tab enter esc"), []);
    assert!(state.overlays.is_empty());
}
