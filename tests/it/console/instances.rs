//! Instances by keys, against the built-in cloud: the screens, and the calls that the cloud received.

use cvmshare::{
    messages::Lang,
    model::{ImageState, InstanceState},
};

use super::{Stage, advance, faults, screens::Screens, writes};

/// Opens the launch form of the received image and chooses the smallest type of the first zone.
fn choose(stage: &mut Stage) {
    stage.press("2 / \"ml-run\" enter L");
    stage.press("enter enter \"web-9\" enter enter");
}

fn named(stage: &Stage, name: &str) -> usize {
    stage.console.state.facts.instances().filter(|i| i.name == name).count()
}

#[test]
fn a_received_image_is_launched_and_followed_until_it_runs() {
    let mut stage = Stage::tour((80, 24));
    stage.quiet();
    choose(&mut stage);
    assert!(stage.text().contains("[ No, go back ]"), "{}", stage.text());
    stage.press("tab enter");
    assert!(stage.console.wait_for(|s| s.acting.is_none()), "{}", stage.text());
    assert!(stage.text().contains("is PENDING (confirmed)"), "{}", stage.text());
    assert_eq!(writes(&stage), ["RunInstances ap-guangzhou"], "after one dry run");
    stage.press("4");
    advance(&stage, 120);
    assert!(stage.console.wait_for(|s| s.follow.rows.is_empty()), "{}", stage.text());
    let one = stage.console.state.facts.instances().find(|i| i.name == "web-9").unwrap();
    assert_eq!(one.state, InstanceState::Running);
    assert!(stage.text().contains(&format!("web-9 · {} is RUNNING.", one.id)), "{}", stage.text());
}

#[test]
fn launching_in_another_region_copies_first_and_returns() {
    let mut stage = Stage::tour((100, 30));
    stage.quiet();
    stage.press("/ \"golden-web-7\" enter L");
    stage.press("backtab");
    let text = stage.text();
    for line in [
        "▌ ap-guangzhou       original image",
        "  ap-shanghai        copied there first, then launched",
        "  ap-singapore       cannot · ap-singapore is across the mainland border",
    ] {
        assert!(text.contains(line), "{line:?} is not in\n{text}");
    }
    // A region that cannot take the copy shows the reason, and nothing else happens.
    stage.press("G enter");
    assert!(stage.text().contains("Launch golden-web-7") && stage.text().contains("ask"), "{}", stage.text());
    stage.press("g down enter");
    let text = stage.text();
    assert!(text.contains("Copy golden-web-7") && text.contains("ap-shanghai       copy · golden"), "{text}");
    stage.press("enter tab enter");
    assert!(
        stage.console.wait_for(|s| s.jobs.values().any(|j| j.cells[0].image.is_some())),
        "{}",
        stage.text()
    );
    assert_eq!(writes(&stage), ["SyncImages ap-guangzhou"]);
    stage.press("esc");
    advance(&stage, 3600);
    let back = |s: &cvmshare::tui::State| s.pending_launch.is_none();
    assert!(stage.console.wait_for(back), "{}", stage.text());
    stage.quiet();
    let text = stage.text();
    assert!(
        text.contains("The copy of golden-web-7 in ap-shanghai is ready; the launch continues."),
        "{text}"
    );
    stage.press("enter enter \"web-9\" enter enter tab enter");
    assert!(stage.console.wait_for(|s| s.acting.is_none()), "{}", stage.text());
    assert_eq!(writes(&stage), ["SyncImages ap-guangzhou", "RunInstances ap-shanghai"]);
}

#[test]
fn a_failed_copy_ends_the_launch() {
    let mut stage = Stage::tour((100, 30));
    stage.quiet();
    faults(&stage, &["SyncImages*=error:ImageQuotaLimitExceeded"]);
    stage.press("/ \"golden-web-7\" enter L");
    stage.press("backtab down enter");
    stage.press("enter tab enter");
    let over = |s: &cvmshare::tui::State| s.jobs.values().any(|j| j.is_over()) && s.pending_launch.is_none();
    assert!(stage.console.wait_for(over), "{}", stage.text());
    assert!(!stage.text().contains("Launch golden-web-7"), "{}", stage.text());
}

#[test]
fn a_refused_dry_run_makes_nothing_and_shows_the_fix() {
    let mut stage = Stage::tour((80, 24));
    stage.quiet();
    stage.press("2 / \"ml-run\" enter L");
    stage.press("enter \"sr1\" enter enter enter tab enter");
    assert!(stage.console.wait_for(|s| s.acting.is_none()), "{}", stage.text());
    let text = stage.text();
    for wanted in
        ["[ choices ]", "(InvalidParameterValue.InvalidImageForGivenInstanceType)", "architecture, x86_64."]
    {
        assert!(text.contains(wanted), "{wanted:?} is not in\n{text}");
    }
    assert_eq!(writes(&stage), Vec::<String>::new());
    // The user fixes it there: the cursor is in the list of types, without a filter.
    stage.press("enter enter enter tab enter");
    assert!(stage.console.wait_for(|s| s.acting.is_none()), "{}", stage.text());
    assert_eq!(writes(&stage), ["RunInstances ap-guangzhou"]);
}

#[test]
fn a_repeated_launch_after_lost_answers_makes_one_instance() {
    let mut stage = Stage::tour((80, 24));
    stage.quiet();
    faults(&stage, &["RunInstances#2=drop-reply", "RunInstances#3=drop-reply", "RunInstances#4=drop-reply"]);
    choose(&mut stage);
    stage.press("tab enter");
    assert!(stage.console.wait_for(|s| s.acting.is_none()), "{}", stage.text());
    assert!(stage.text().contains("It is not known whether the instance was"), "{}", stage.text());
    stage.quiet();
    assert_eq!(named(&stage, "web-9"), 1, "the rows were read again");
    stage.press("tab enter");
    assert!(stage.console.wait_for(|s| s.acting.is_none()), "{}", stage.text());
    assert!(stage.text().contains("is PENDING (confirmed)"), "{}", stage.text());
    stage.press("r");
    assert_eq!(named(&stage, "web-9"), 1);
    assert_eq!(writes(&stage), ["RunInstances ap-guangzhou"; 4]);
}

#[test]
fn an_instance_is_reinstalled_and_captured() {
    let mut stage = Stage::tour((80, 24));
    stage.quiet();
    stage.press("4 / \"web-2\" enter");
    let id = stage.console.state.selected().unwrap().as_str().to_owned();
    stage.press(&format!("R \"base-ub\" enter \"{id}\" enter enter"));
    assert!(stage.console.wait_for(|s| s.acting.is_none()), "{}", stage.text());
    assert!(stage.text().contains("web-2: ResetInstance is OPERATING (confirmed)."), "{}", stage.text());
    advance(&stage, 120);
    assert!(stage.console.wait_for(|s| s.follow.rows.is_empty()), "{}", stage.text());
    assert!(stage.text().contains(&format!("web-2 · {id} is reinstalled, RUNNING.")), "{}", stage.text());
    stage.press("I ctrl-u \"web-kept\" tab \"kept\" enter");
    assert!(stage.text().contains("[ No, go back ]"), "{}", stage.text());
    stage.press("tab enter");
    assert!(stage.console.wait_for(|s| s.acting.is_none()), "{}", stage.text());
    assert!(stage.text().contains("is CREATING (confirmed)."), "{}", stage.text());
    advance(&stage, 3600);
    assert!(stage.console.wait_for(|s| s.follow.rows.is_empty()), "{}", stage.text());
    let made = stage.console.state.facts.images().find(|i| i.name == "web-kept").unwrap();
    assert_eq!((&made.state, made.description.as_str()), (&ImageState::Normal, "kept"));
    assert_eq!(writes(&stage), ["ResetInstance ap-guangzhou", "CreateImage ap-guangzhou"]);
}

#[test]
fn a_write_that_cannot_be_read_back_is_reported() {
    let mut stage = Stage::tour((80, 24));
    stage.quiet();
    choose(&mut stage);
    faults(&stage, &["DescribeInstances@ap-guangzhou*=error:InvalidParameter"]);
    stage.console.press("tab enter").unwrap();
    assert!(stage.console.wait_for(|s| s.acting.is_none()), "{}", stage.text());
    let notice = stage.console.state.notice.clone().unwrap();
    assert!(notice.bad, "{notice:?}");
    let (said, why) = ("from quay-ml-runtime; the result could not be read back", "(InvalidParameter)");
    assert!(notice.text.starts_with("launched ins-") && notice.text.contains(said), "{notice:?}");
    assert!(notice.text.contains(why), "{notice:?}");
}

fn screens(lang: Lang) {
    let mut stage = Stage::tour_in(lang, (200, 50));
    stage.quiet();
    let mut screens = Screens::new("forms", lang);
    let mut see = |name: &str, stage: &Stage| screens.see(name, &stage.console.state);
    stage.press("2 / \"ml-run\" enter L");
    stage.press("down");
    see("launch-zone", &stage);
    stage.press("backtab");
    see("launch-region", &stage);
    stage.press("tab");
    stage.press("enter \"sr1\"");
    see("launch-type", &stage);
    stage.press("enter \"web-9\" enter \"subnet-2b\"");
    see("launch-network", &stage);
    stage.press("ctrl-u enter");
    see("launch-risk", &stage);
    stage.press("tab enter");
    assert!(stage.console.wait_for(|s| s.acting.is_none()), "{}", stage.text());
    see("launch-refused", &stage);
    stage.press("esc 4 / \"ml-\" enter R down");
    see("reinstall", &stage);
    stage.press("\"quay\" enter \"ins-\"");
    see("reinstall-confirm", &stage);
    stage.press("esc I");
    see("capture", &stage);
    stage.press("enter tab");
    see("capture-review", &stage);
    stage.press("esc");
    stage.press("ctrl-u \"golden-web-7\"");
    see("capture-taken", &stage);
    screens.done();
}

#[test]
fn english_screens_match_their_snapshots() {
    screens(Lang::EN);
}

#[test]
fn chinese_screens_match_their_snapshots() {
    screens(Lang::ZH);
}

#[test]
fn screens_of_any_size_do_not_panic() {
    let mut stage = Stage::tour((80, 24));
    stage.quiet();
    stage.press("2 / \"ml-run\" enter L");
    for (width, height) in [(1, 1), (40, 10), (60, 16), (500, 200), (3, 200), (200, 3)] {
        stage.console.send(cvmshare::tui::Message::Resize(width, height));
        for keys in ["esc 2 L", "enter", "enter", "enter", "enter", "esc esc 4 R", "esc I", "\"x\""] {
            stage.console.press(keys).unwrap();
            assert_eq!(stage.console.screen().area.width, width);
        }
    }
}
