//! Reinstalling an instance, and making an image of one.

use cvmshare::{
    jobs::act::CallOptions,
    model::{Image, ImageKind, ImageState, InstanceState},
    rules::Action,
    tui::{Effect, Load, Loaded, Message, Performed, RowId, update},
};

use super::{
    MACHINE, answer, ended, image, loads, machine, notice, performs, press, region, shows, trouble, typed,
    with_machine,
};

#[test]
fn reinstalling_needs_a_fitting_image_and_the_id_of_the_instance() {
    let mut state = with_machine();
    let moving = Image { state: ImageState::Syncing, ..image("img-eeeeeeee", "moving", 0, ImageKind::Own) };
    state.facts.facts_mut().add_images([moving]);
    // A blocked image stays in the list, at the end, with its reason.
    assert_eq!(press(&mut state, "R pgdn enter"), []);
    assert!(notice(&state).1 && notice(&state).0.contains("SYNCING"), "{:?}", notice(&state));
    typed(&mut state, "dlt");
    assert_eq!(press(&mut state, "enter"), []);
    // A wrong ID does nothing. The right ID moves to Yes without pressing it.
    typed(&mut state, "ins-1111111");
    assert_eq!(press(&mut state, "tab enter"), []);
    assert_eq!(notice(&state), ("The ID does not match; nothing was changed.", true));
    typed(&mut state, "1");
    assert_eq!(press(&mut state, "enter"), []);
    let (cleared, extra) = performs(press(&mut state, "enter"));
    let wanted = Action::Reinstall {
        instance: MACHINE.parse().unwrap(),
        image: Some("img-dddddddd".parse().unwrap()),
    };
    assert_eq!((cleared.action(), extra), (&wanted, CallOptions::default()));
    assert!(state.dialogs.is_empty());

    let busy = machine(InstanceState::Running, Some(("ResetInstance", "OPERATING")));
    let effects = ended(&mut state, Performed { instance: Some(busy), ..Performed::new(cleared) });
    assert_eq!(effects, [Effect::Look(0)]);
    assert_eq!(notice(&state), ("web-1: ResetInstance is OPERATING (confirmed).", false));
    // Until the operation ends, the instance accepts no other one and says so.
    press(&mut state, "R");
    assert!(notice(&state).0.contains("busy with ResetInstance"), "{:?}", notice(&state));
    press(&mut state, "esc");
    let epoch = state.epoch;
    update(&mut state, Message::Look { epoch });
    let look = Load::Instance(region(), MACHINE.parse().unwrap());
    // A list that lags shows the earlier state.
    let before = machine(InstanceState::Running, Some(("RunInstances", "SUCCESS")));
    let effects = answer(&mut state, look.clone(), Ok(Loaded::Instance(Box::new(Some(before)))));
    assert_eq!(effects, [Effect::Look(1)]);
    update(&mut state, Message::Look { epoch });
    let failed = machine(InstanceState::Running, Some(("ResetInstance", "FAILED")));
    assert_eq!(answer(&mut state, look, Ok(Loaded::Instance(Box::new(Some(failed))))), []);
    assert_eq!(notice(&state), ("web-1 · ins-11111111: the reinstallation failed; it is RUNNING.", true));
}

#[test]
fn capturing_reports_wrong_names_and_keeps_the_text() {
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
    assert_eq!(press(&mut state, "enter"), [], "the review comes first");
    shows(&state, "[ No, go back ]");
    // No is selected first and leads back to the fields, which keep their text.
    assert_eq!(press(&mut state, "enter"), []);
    let (cleared, extra) = performs(press(&mut state, "enter tab enter"));
    let wanted = Action::Capture { instance: MACHINE.parse().unwrap(), name: Some("alpha-2".into()) };
    let said = CallOptions { description: Some("x".repeat(256)), ..CallOptions::default() };
    assert_eq!((cleared.action(), extra), (&wanted, said));
    assert_eq!(press(&mut state, "enter"), [], "it is under way");

    // After a refusal the form is still there with its text, and can be sent again.
    let refused = Performed { error: Some(trouble("InternalError")), ..Performed::new(cleared) };
    assert_eq!(ended(&mut state, refused), []);
    let (cleared, _) = performs(press(&mut state, "enter down enter"));
    assert_eq!(cleared.action(), &wanted);
    let made = Image { state: ImageState::Creating, ..image("img-eeeeeeee", "alpha-2", 0, ImageKind::Own) };
    let row = RowId::Image(made.id.clone());
    let look = Load::Image(region(), made.id.clone());
    let done = Performed { image: Some(made.clone()), made: Some(row), ..Performed::new(cleared) };
    assert_eq!(ended(&mut state, done), [Effect::Look(0)]);
    assert_eq!(notice(&state), ("alpha-2 · img-eeeeeeee is CREATING (confirmed). See My Images.", false));
    assert!(state.dialogs.is_empty());
    let epoch = state.epoch;
    update(&mut state, Message::Look { epoch });
    let made = Image { state: ImageState::CreateFailed, ..made };
    assert_eq!(answer(&mut state, look, Ok(Loaded::Image(Box::new(Some(made))))), []);
    assert_eq!(notice(&state), ("alpha-2 · img-eeeeeeee is CREATEFAILED.", true));
}

#[test]
fn unexpected_refusals_are_logged_and_the_facts_are_read_again() {
    let mut state = with_machine();
    press(&mut state, "R");
    typed(&mut state, "alpha");
    press(&mut state, "enter");
    typed(&mut state, MACHINE);
    let (cleared, _) = performs(press(&mut state, "enter enter"));
    let refused = |cleared, code| Performed { error: Some(trouble(code)), ..Performed::new(cleared) };
    let effects = ended(&mut state, refused(cleared, "UnsupportedOperation.InstanceStateRebooting"));
    let drift = "rule-drift: reinstall.state was not seen, the cloud said \
                 UnsupportedOperation.InstanceStateRebooting to reinstall of ins-11111111";
    assert_eq!(effects[0], Effect::Log(drift.into()));
    assert_eq!(loads(&effects), [Load::Images(region()), Load::Instances(region())]);
    let said = "web-1: An instance can be reinstalled while it is RUNNING or STOPPED \
                (UnsupportedOperation.InstanceStateRebooting) · request r-1";
    assert_eq!(notice(&state), (said, true));

    let mut state = with_machine();
    let (cleared, _) = performs(press(&mut state, "I enter tab enter"));
    let effects = ended(&mut state, refused(cleared, "ImageQuotaLimitExceeded"));
    let drift = "rule-drift: capture.quota was not seen, the cloud said ImageQuotaLimitExceeded to capture of \
                 ins-11111111";
    assert_eq!(effects[0], Effect::Log(drift.into()));
    assert_eq!(loads(&effects), [Load::Images(region()), Load::Instances(region())]);
    shows(&state, "so it said (ImageQuotaLimitExceeded) · request r-1");
}
