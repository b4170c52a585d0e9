//! A confirmation covers exactly what the user read. If the verdict has changed before Yes, nothing is done, the change
//! is shown, and the question is asked again. Refusals show all reasons, and a batch shows sums over all images.

use cvmshare::{
    jobs::Job,
    model::{Image, ImageId, ImageKind, Instance, RuleSet, Share, Snapshot},
    rules::{Action, ShareSelection},
    tui::{
        Effect, Load, Loaded, Message, RowId, SavedChange, State,
        screens::frame,
        test_driver::{self, TestDriver},
        update,
    },
};
use ratatui::{buffer::Buffer, layout::Rect};

use super::{
    Stage, advance,
    forms::{MACHINE, notice, offer, performs, typed, with_machine},
    keys::{answer, image, press, region, state},
    start,
};

const ALPHA: &str = "img-aaaaaaaa";
const BETA: &str = "img-bbbbbbbb";

fn screen(state: &State) -> String {
    let mut buffer = Buffer::empty(Rect::new(0, 0, state.size.0, state.size.1));
    frame::draw(state, &mut buffer);
    test_driver::lines(&buffer).join("\n")
}

fn shows(state: &State, text: &str) {
    let screen = screen(state);
    assert!(screen.contains(text), "{text:?} is not in\n{screen}");
}

/// Adds shares that another user made, as if the console had read them.
fn shared_by_others(state: &mut State, image: &str, with: &[&str]) {
    let shares = with.iter().map(|uin| Share { account: uin.parse().unwrap(), since: Some(start()) });
    let load = Load::Shares(region(), image.parse().unwrap());
    state.facts.add_loaded(&load, Loaded::Shares(shares.collect()), start());
}

/// Checks that nothing was sent and that the notice names the change.
fn asks_again(state: &State, effects: &[Effect], what: &[&str]) {
    assert_eq!(effects, [], "nothing is done");
    let (text, bad) = notice(state);
    assert!(bad && text.starts_with("This has changed: "), "{text}");
    for part in what {
        assert!(text.contains(part), "{part:?} is not in {text:?}");
    }
    let messages: Vec<&str> = state.messages.iter().map(|(_, line)| line.as_str()).collect();
    assert!(messages.contains(&text), "{messages:?}");
}

#[test]
fn a_deletion_is_confirmed_again_after_a_new_share() {
    let mut state = state();
    press(&mut state, "D");
    typed(&mut state, "alpha");
    assert_eq!(press(&mut state, "enter"), []);
    shows(&state, "[ Yes, delete ]");
    shared_by_others(&mut state, ALPHA, &["100000000002"]);
    let effects = press(&mut state, "enter");
    asks_again(
        &state,
        &effects,
        &[
            "alpha is shared with 1 account; cancel all shares first. Cancel all shares, then delete. (delete.shared)",
        ],
    );
    shows(&state, "1 Cancel 1 share of alpha · img-aaaaaaaa · ap-guangzhou");
    shows(&state, "Yes, cancel shares and delete");
    let (cleared, _) = performs(press(&mut state, "tab enter"));
    let image = ALPHA.parse().unwrap();
    assert_eq!(*cleared.action(), Action::Unshare { image, which: ShareSelection::All });
}

#[test]
fn a_batch_is_confirmed_again_after_a_change() {
    let mut state = state();
    press(&mut state, "space space D");
    typed(&mut state, "delete 2");
    assert_eq!(press(&mut state, "enter"), []);
    shared_by_others(&mut state, BETA, &["100000000002"]);
    let effects = press(&mut state, "enter");
    asks_again(&state, &effects, &["beta: ", "(delete.shared)"]);
    assert!(!notice(&state).0.contains("alpha"), "{:?}", notice(&state));
    let (cleared, _) = performs(press(&mut state, "tab enter"));
    assert_eq!(*cleared.action(), Action::Delete { image: ALPHA.parse().unwrap(), with_snapshots: false });
    // Refused on the way: the notice and the messages have all reasons.
    state.facts.facts_mut().busy.insert(BETA.parse().unwrap(), "0a1b".into());
    let epoch = state.epoch;
    let done = cvmshare::tui::Performed::new(cleared);
    update(&mut state, Message::Performed { epoch, performed: Box::new(done) });
    let (text, bad) = notice(&state);
    assert!(bad && text.starts_with("1 deleted, 1 refused: beta: The image is in use by job 0a1b. Wait for the job, or open it. (job.busy)"), "{text}");
    assert!(
        state.messages.iter().any(|(_, line)| line.starts_with("beta: The image is in use by job 0a1b. "))
    );
}

#[test]
fn a_launch_is_confirmed_again_after_a_new_share() {
    let mut state = state();
    press(&mut state, "L");
    let offers = vec![offer("ap-guangzhou-3", "S5.MEDIUM4", 2, true)];
    answer(&mut state, Load::Offers(region()), Ok(Loaded::Offers(offers)));
    press(&mut state, "enter enter");
    typed(&mut state, "web-9");
    press(&mut state, "enter enter");
    shows(&state, "[ No, go back ]");
    press(&mut state, "tab");
    shared_by_others(&mut state, ALPHA, &["100000000002", "100000000003"]);
    let effects = press(&mut state, "enter");
    asks_again(&state, &effects, &["(launch.own-shared)"]);
    shows(&state, "[ No, go back ]");
    let (cleared, _) = performs(press(&mut state, "tab enter"));
    assert!(matches!(cleared.action(), Action::Launch { name: Some(name), .. } if name == "web-9"));
}

#[test]
fn a_capture_is_confirmed_again_if_the_image_is_not_an_own_one() {
    let mut state = with_machine();
    let delta = state.facts.image(&"img-dddddddd".parse().unwrap()).unwrap().clone();
    state.facts.facts_mut().remove_image(&delta.id);
    press(&mut state, "I enter tab");
    shows(&state, "[ Yes, create the image ]");
    state.facts.add_images([delta]);
    let effects = press(&mut state, "enter");
    asks_again(&state, &effects, &["(capture.received-content)"]);
    shows(&state, "[ No, go back ]");
    let (cleared, _) = performs(press(&mut state, "tab enter"));
    let name = Some("web-1-image".into());
    assert_eq!(*cleared.action(), Action::Capture { instance: MACHINE.parse().unwrap(), name });
}

#[test]
fn a_capture_returns_to_the_fields_if_its_name_was_taken() {
    let mut state = with_machine();
    press(&mut state, "I enter tab");
    state.facts.add_images([image("img-eeeeeeee", "web-1-image", 0, ImageKind::Own)]);
    let effects = press(&mut state, "enter");
    asks_again(&state, &effects, &["img-eeeeeeee", "(capture.name-taken)"]);
    assert!(!screen(&state).contains("[ Yes"), "{}", screen(&state));
    typed(&mut state, "-2");
    performs(press(&mut state, "enter tab enter"));
}

#[test]
fn a_share_by_another_user_is_shown_before_the_rest_is_made() {
    let mut state = state();
    let probe = Load::Probe(region(), ALPHA.parse().unwrap());
    state.facts.add_loaded(&probe, Loaded::Probe(Default::default()), start());
    press(&mut state, "s");
    typed(&mut state, "100000000002,100000000009");
    press(&mut state, "enter enter enter enter");
    shows(&state, "0 copies, 2 shares.");
    press(&mut state, "tab");
    shared_by_others(&mut state, ALPHA, &["100000000002"]);
    let effects = press(&mut state, "enter");
    asks_again(&state, &effects, &["ap-guangzhou, 100000000002: shared."]);
    shows(&state, "0 copies, 1 share.");
    let effects = press(&mut state, "tab enter");
    let begun = effects.iter().filter(|e| matches!(e, Effect::StartJob(_))).count();
    assert_eq!(begun, 1, "{effects:?}");
}

#[test]
fn batches_show_sums_over_all_images() {
    let mut state = state();
    let sizes: [&[u32]; 3] = [&[20, 30], &[1300], &[]];
    let images = [ALPHA, BETA, "img-cccccccc"].into_iter().zip(sizes).zip(["alpha", "beta", "gamma"]);
    let images: Vec<Image> = images
        .map(|((id, sizes), name)| {
            let snapshot = |(n, size): (usize, &u32)| Snapshot {
                id: format!("snap-{n}").into(),
                data_disk: n > 0,
                size_gib: *size,
            };
            let snapshots = sizes.iter().enumerate().map(snapshot).collect();
            Image { snapshots, ..image(id, name, 1, ImageKind::Own) }
        })
        .collect();
    state.facts.add_images(images);
    press(&mut state, "* D");
    shows(&state, "2 of 3 images: 3 snapshots of 1,350 GiB will be kept.");
    // The row under the marker is described with its own figures.
    shows(&state, "alpha · img-aaaaaaaa · ap-guangzhou");
}

#[test]
fn rows_of_regions_out_of_view_are_known_but_not_shown() {
    let mut state = state();
    let other: cvmshare::model::Region = "ap-shanghai".parse().unwrap();
    let there = |id: &str, name: &str, kind| Image { region: other.clone(), ..image(id, name, 0, kind) };
    let own = there("img-00000001", "alpha", ImageKind::Own);
    let received = there("img-00000002", "theirs", ImageKind::Received);
    let load = Load::Images(other.clone());
    state.facts.add_loaded(&load, Loaded::Images(vec![own.clone(), received]), start());
    let runs = Instance {
        id: "ins-00000001".parse().unwrap(),
        region: other.clone(),
        zone: "ap-shanghai-2".into(),
        ..super::forms::machine(cvmshare::model::InstanceState::Running, None)
    };
    state.facts.add_loaded(&Load::Instances(other.clone()), Loaded::Instances(vec![runs]), start());
    for (key, tab, rows) in [("1", "My Images 3", 3), ("2", "Shared With Me 1", 1), ("4", "Instances 0", 0)] {
        press(&mut state, key);
        assert_eq!(state.table().rows.len(), rows, "{key}");
        shows(&state, tab);
    }
    // As part of a family the image is listed with its region, but cannot be opened.
    press(&mut state, "1 f");
    shows(&state, "not in view: Shanghai");
    press(&mut state, "esc 3 /");
    typed(&mut state, "shanghai");
    press(&mut state, "enter");
    shows(&state, "1 of 10 ");
    // Once its region is in view, it has a row.
    state.view.push(other);
    state.facts.add_images([own.clone()]);
    press(&mut state, "1");
    assert!(state.table().rows.contains(&RowId::Image(own.id)), "{:?}", state.table().rows);
    shows(&state, "My Images 4");
}

#[test]
fn the_limit_of_the_faq_can_be_lifted_beside_its_reason() {
    let mut state = state();
    let all: Vec<String> = (1..=50).map(|n| format!("2000000000{n:02}")).collect();
    shared_by_others(&mut state, ALPHA, &all.iter().map(String::as_str).collect::<Vec<_>>());
    update(&mut state, Message::Tick);
    shows(&state, "N uses limit 500");
    press(&mut state, "a");
    shows(&state, "N uses limit 500");
    let effects = press(&mut state, "N");
    assert_eq!(effects, [Effect::Save(SavedChange::Newer("test".into()))]);
    let said = "Test uses the limits of the newer docs: 500 accounts per image, 500 images per region.";
    assert_eq!(notice(&state), (said, false));
    assert_eq!(state.facts.standing.rules, RuleSet::Current);
    press(&mut state, "esc");
    shows(&state, "ready");
    assert!(!screen(&state).contains("N goes by"), "{}", screen(&state));
    // The key does nothing if no figure blocks the action.
    assert_eq!(press(&mut state, "N"), []);
    assert_eq!(notice(&state), ("No limit of the FAQ blocks anything here.", false));
}

#[test]
fn the_guided_share_can_lift_the_limit_of_the_faq_too() {
    let mut state = state();
    let all: Vec<String> = (1..=49).map(|n| format!("2000000000{n:02}")).collect();
    shared_by_others(&mut state, ALPHA, &all.iter().map(String::as_str).collect::<Vec<_>>());
    let probe = Load::Probe(region(), ALPHA.parse().unwrap());
    state.facts.add_loaded(&probe, Loaded::Probe(Default::default()), start());
    press(&mut state, "s");
    typed(&mut state, "100000000002,100000000009");
    press(&mut state, "enter enter enter");
    shows(&state, "N uses them for this profile");
    press(&mut state, "enter");
    shows(&state, "Some problems are open");
    let effects = press(&mut state, "N");
    assert!(effects.contains(&Effect::Save(SavedChange::Newer("test".into()))), "{effects:?}");
    press(&mut state, "enter");
    shows(&state, "0 copies, 2 shares.");
}

#[test]
fn after_a_copy_the_cursor_stays_and_deleting_asks_for_the_id() {
    let mut stage = Stage::tour((80, 24));
    stage.quiet();
    stage.press("/ \"gw7\" enter");
    let original = stage.console.state.selected().cloned().unwrap();
    assert_eq!(original.as_str(), "img-g6lo8csd");
    stage.press("c down space enter enter tab enter");
    assert!(
        stage.console.wait_for(|s| s.jobs.values().any(|j| j.cells[0].image.is_some())),
        "{}",
        stage.text()
    );
    advance(&stage, 3600);
    assert!(stage.console.wait_for(|s| s.jobs.values().all(Job::is_over)), "{}", stage.text());
    stage.press("esc");
    let state = &stage.console.state;
    assert_eq!((state.table().rows.len(), state.selected()), (2, Some(&original)), "{}", stage.text());
    stage.press("D");
    let text = stage.text();
    for part in ["golden-web-7 · img-g6lo8csd · ap-guangzhou", "Type img-g6lo8csd to continue:"] {
        assert!(text.contains(part), "{part:?} is not in\n{text}");
    }
    // Two images have this name, so it is not enough.
    stage.press("\"golden-web-7\" tab enter");
    assert!(stage.text().contains("The ID does not match"), "{}", stage.text());
    // A batch shows the ID if two images have the same name.
    stage.press("esc * D");
    assert!(stage.text().contains("img-g6lo8csd golden-web…"), "{}", stage.text());
}

#[test]
fn two_consoles_with_one_journal_give_the_same_verdicts() {
    let mut stage = Stage::tour((80, 24));
    stage.quiet();
    let setup = super::setup(&stage.cloud.endpoint, stage.home());
    let mut other = TestDriver::open(setup, (80, 24), Some(start())).unwrap();
    assert!(other.wait_until_quiet());
    super::jobs::share(&mut stage);
    let job = stage.console.state.jobs.values().next().unwrap().clone();
    let images: Vec<ImageId> =
        job.cells.iter().filter_map(|c| c.image.clone()).chain([job.image.clone()]).collect();
    assert_eq!(images.len(), 4, "{images:?}");
    // When the terminal gets the focus, the console learns of jobs that another process started.
    assert!(other.state.jobs.is_empty());
    other.send(Message::Focus(true));
    let known = |s: &State| images.iter().all(|id| s.facts.image(id).is_some());
    assert!(stage.console.wait_for(known), "{}", stage.text());
    assert!(other.wait_for(|s| known(s) && !s.jobs.is_empty()), "{}", other.lines().join("\n"));
    for image in &images {
        for action in [
            Action::Rename { image: image.clone(), name: Some("other".into()), description: None },
            Action::Delete { image: image.clone(), with_snapshots: false },
        ] {
            let codes = |s: &State| s.facts.verdict(&action).codes();
            let here = codes(&stage.console.state);
            assert!(
                here.iter().any(|c| matches!(c.as_str(), "job.busy" | "delete.job")),
                "{action:?}: {here:?}"
            );
            assert_eq!(codes(&other.state), here, "{action:?}");
        }
    }
    // A refresh reads the journal too, here a job that a third console starts.
    advance(&stage, 3600);
    assert!(stage.console.wait_for(|s| s.jobs.values().all(Job::is_over)), "{}", stage.text());
    assert!(other.wait_for(|s| s.jobs.values().all(Job::is_over)), "{}", other.lines().join("\n"));
    stage.press("esc / ctrl-u \"base-ubuntu\" enter c down space enter enter tab enter");
    assert!(stage.console.wait_for(|s| s.jobs.len() == 2), "{}", stage.text());
    assert!(stage.console.wait_for(|s| s.running_jobs().all(|j| j.cells[0].image.is_some())));
    other.press("r").unwrap();
    assert!(other.wait_for(|s| s.jobs.len() == 2), "{}", other.lines().join("\n"));
}
