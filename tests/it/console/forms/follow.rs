//! Instances and images in transition are read again until they are stable.

use cvmshare::{
    model::InstanceState,
    tui::{CallError, Effect, Load, Loaded, Message, Performed, RowId, update},
};

use super::{MACHINE, answer, ended, launching, loads, machine, notice, press, region, send, trouble};

#[test]
fn new_items_are_read_until_they_are_stable() {
    let mut state = launching();
    let (cleared, _) = send(&mut state);
    let id = RowId::Instance(MACHINE.parse().unwrap());
    let look = Load::Instance(region(), MACHINE.parse().unwrap());
    let pending = || machine(InstanceState::Other("PENDING".into()), Some(("RunInstances", "OPERATING")));
    let done =
        Performed { instance: Some(pending()), made: Some(id.clone()), ..Performed::new(cleared.clone()) };
    assert_eq!(ended(&mut state, done), [Effect::Look(0)]);
    assert_eq!(notice(&state), ("web-1 · ins-11111111 is PENDING (confirmed). See Instances.", false));
    assert!(state.dialogs.is_empty());
    assert_eq!(press(&mut state, "4"), []);
    assert_eq!(state.selected(), Some(&id));
    // Each read starts after the answer of the one before.
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

    // A new item may be listed late, and a failed read is repeated. In the end there is a notice.
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
fn a_profile_change_or_an_expired_session_ends_the_reads() {
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
    let over = CallError { session: true, ..trouble("AuthFailure.TokenFailure") };
    let look = Load::Instance(region(), MACHINE.parse().unwrap());
    assert_eq!(answer(&mut state, look, Err(over)), []);

    let mut state = begun();
    let epoch = state.epoch;
    press(&mut state, "P enter");
    assert_eq!(update(&mut state, Message::Look { epoch }), []);
    assert!(state.follow.rows.is_empty());
}

#[test]
fn a_failed_read_back_is_reported_and_repeated() {
    let mut state = launching();
    let (cleared, _) = send(&mut state);
    let made = Some(RowId::Instance(MACHINE.parse().unwrap()));
    let performed = Performed { made, unread: Some(trouble("timeout")), ..Performed::new(cleared) };
    let effects = ended(&mut state, performed);
    assert_eq!(loads(&effects), [Load::Instances(region())]);
    assert!(effects.contains(&Effect::Look(0)));
    let said = "launched ins-11111111 from delta; the result could not be read back: so it said (timeout)";
    assert_eq!(notice(&state), (said, true));
}
