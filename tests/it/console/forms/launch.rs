//! Launching an instance: the choices, the risks, and the result.

use cvmshare::{
    jobs::act::CallOptions,
    tui::{Effect, LaunchForm, Load, LoadState, Loaded, Message, Performed, update},
};

use super::{
    answer, ended, launch, launching, loads, notice, offer, performs, press, region, send, shows, trouble,
    typed,
};

#[test]
fn launching_asks_step_by_step_with_no_selected_first() {
    let mut state = launching();
    let (cleared, extra) = send(&mut state);
    assert_eq!(*cleared.action(), launch("ap-guangzhou-3", "S5.MEDIUM4", Some("web 9")));
    let token = extra.token.clone().unwrap();
    assert!(token.is_ascii() && token.len() <= 64, "{token}");
    assert_eq!(extra, CallOptions { token: Some(token), ..CallOptions::default() });
    // While the call is pending, nothing is sent again.
    assert_eq!(press(&mut state, "enter tab enter"), []);

    // Enter on the preselected No goes back, and the risks are not accepted.
    let mut state = launching();
    assert_eq!(press(&mut state, "enter enter enter enter enter"), []);
    assert!(state.top::<LaunchForm>().is_some());
    assert_eq!(
        performs(press(&mut state, "enter tab enter")).0.action(),
        &launch("ap-guangzhou-3", "S5.MEDIUM4", None)
    );
}

#[test]
fn zones_and_types_are_those_on_sale() {
    // The second open zone in numeric order. The zone that sells nothing is not offered.
    let mut state = launching();
    press(&mut state, "down down down enter enter enter enter tab");
    assert_eq!(
        performs(press(&mut state, "enter")).0.action(),
        &launch("ap-guangzhou-10", "M5.LARGE32", None)
    );

    // A type that is sold out cannot be chosen, even if it is the only one that matches the filter.
    let mut state = launching();
    press(&mut state, "enter");
    typed(&mut state, "small");
    assert_eq!(press(&mut state, "enter"), []);
    shows(&state, "S5.SMALL2 is sold out in ap-guangzhou-3.");
    assert_eq!(press(&mut state, "tab tab enter"), []);
    shows(&state, "Choose an instance type on sale in that zone.");
    assert_eq!(press(&mut state, "tab enter"), []);
    // Another type, by its letters in order.
    let mut state = launching();
    press(&mut state, "enter");
    typed(&mut state, "s5l");
    press(&mut state, "enter enter enter tab");
    assert_eq!(performs(press(&mut state, "enter")).0.action(), &launch("ap-guangzhou-3", "S5.LARGE8", None));

    // If the new zone does not sell the chosen type, the choice is dropped.
    let mut state = launching();
    press(&mut state, "enter enter backtab backtab down backtab");
    assert_eq!(press(&mut state, "enter tab enter"), []);
}

#[test]
fn a_type_is_found_by_its_letters() {
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
    // With the cursor, page by page. Sold out types are at the end.
    press(&mut state, "esc L");
    press(&mut state, "enter pgdn pgdn down enter enter enter tab");
    assert_eq!(
        performs(press(&mut state, "enter")).0.action(),
        &launch("ap-guangzhou-3", "S43.LARGE86", None)
    );
}

#[test]
fn a_network_is_a_vpc_and_a_subnet_in_any_order() {
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
fn a_refusal_returns_to_the_form_and_the_next_try_has_a_new_token() {
    let mut state = launching();
    let (cleared, first) = send(&mut state);
    let code = "InvalidParameterValue.InvalidImageState";
    let effects = ended(&mut state, Performed { error: Some(trouble(code)), ..Performed::new(cleared) });
    let drift = "rule-drift: launch.not-normal was not seen, the cloud said \
                 InvalidParameterValue.InvalidImageState to launch of img-dddddddd";
    assert_eq!(effects[0], Effect::Log(drift.into()));
    assert_eq!(loads(&effects), [Load::Images(region())], "what is known is old");
    assert_eq!((notice(&state), state.dialogs.len()), (("", false), 1), "the form says it");
    let (_, second) = performs(press(&mut state, "enter tab enter"));
    assert_eq!((first.repeats_lost_call, second.repeats_lost_call), (false, false));
    assert_ne!(first.token, second.token);
}

#[test]
fn the_client_token_is_kept_until_an_answer_arrives() {
    let mut state = launching();
    let (cleared, first) = send(&mut state);
    let lost = Performed { error: Some(trouble("timeout")), unsure: true, ..Performed::new(cleared.clone()) };
    let effects = ended(&mut state, lost.clone());
    assert_eq!(loads(&effects), [Load::Instances(region())]);
    // The form shows its question again, with No selected.
    assert_eq!(press(&mut state, "tab"), []);
    let (again, second) = performs(press(&mut state, "enter"));
    assert_eq!(
        (again.action(), second),
        (cleared.action(), CallOptions { repeats_lost_call: true, ..first.clone() })
    );
    ended(&mut state, lost);
    // The choices are not forgotten when the user goes back, and the notice is shown again.
    press(&mut state, "enter");
    typed(&mut state, "x");
    press(&mut state, "backspace enter");
    shows(&state, "It is not known whether the instance was created.");
    press(&mut state, "tab");
    assert_eq!(performs(press(&mut state, "enter")).1, CallOptions { repeats_lost_call: true, ..first });
    shows(&state, "Sending the request again with the same token");
}

#[test]
fn the_notice_reports_results_of_closed_forms() {
    let mut state = launching();
    let (cleared, _) = send(&mut state);
    press(&mut state, "esc");
    assert!(state.dialogs.is_empty());
    let lost = Performed { error: Some(trouble("timeout")), unsure: true, ..Performed::new(cleared) };
    ended(&mut state, lost);
    let said = "delta: so it said (timeout) · request r-1 It is not known whether the change was made.";
    assert_eq!(notice(&state), (said, true));
    // The read of what zones sell fails. The form says so where the data is missing, and can be closed.
    let mut state = super::state();
    press(&mut state, "2 L");
    shows(&state, "Loading the instance types on sale in ap-guangzhou …");
    answer(&mut state, Load::Offers(region()), Err(trouble("InternalError")));
    assert!(matches!(state.loads.get(&Load::Offers(region())), Some(LoadState::Failed(..))));
    shows(&state, "Could not load the instance types: so it said (InternalError) · request r-1");
    assert_eq!(press(&mut state, "enter enter enter enter tab enter esc"), []);
    assert!(state.dialogs.is_empty());
}
