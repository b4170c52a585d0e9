//! Several images at once, by keys, against the built-in cloud.

use cvmshare::emulator::{Clock, Options};

use super::{Stage, start, writes};

/// Marks one with three shares, one that is SYNCING, one of ap-beijing and one that nobody has.
const MARK: &str = "space space j j j space space";

fn stage(faults: &[&str]) -> Stage {
    let faults = faults.iter().map(|f| f.parse().unwrap()).collect();
    let options = Options { clock: Clock::Manual(start()), faults, ..Options::default() };
    let mut stage = Stage::with((100, 30), options, Some(start()));
    stage.quiet();
    stage.press(MARK);
    stage
}

/// What is said once everything is over.
fn notice(stage: &mut Stage) -> String {
    assert!(stage.console.wait_for(|s| s.acting.is_none() && s.intents.is_empty()), "{}", stage.text());
    stage.console.state.notice.clone().map_or_else(String::new, |n| n.text)
}

#[test]
fn deleting_what_is_marked_says_who_can_and_sends_nothing_before_the_words() {
    let mut stage = stage(&[]);
    stage.press("D");
    let text = stage.text();
    for part in [
        "Delete: 3 of 4 can",
        "blocked · it is SYNCING, 42 % done",
        "cancels all 3 shares first",
        "Type delete 3 to go on:",
        "[ No ]",
    ] {
        assert!(text.contains(part), "{part}:\n{text}");
    }
    // No is first; a wrong number is none; Enter in the field does not go through the buttons.
    stage.press("enter");
    stage.press("D d e l e t e space 4 tab enter");
    assert_eq!(notice(&mut stage), "What is typed is not what is asked for; nothing was done.");
    stage.press("esc D d e l e t e space 3 enter");
    assert_eq!(writes(&stage), Vec::<String>::new());
    stage.press("enter");
    assert_eq!(notice(&mut stage), "3 deleted.");
    assert_eq!(
        writes(&stage),
        [
            "ModifyImageSharePermission ap-guangzhou",
            "DeleteImages ap-guangzhou",
            "DeleteImages ap-beijing",
            "DeleteImages ap-guangzhou",
        ]
    );
    // What could not be done is still marked.
    assert_eq!(stage.console.state.table().marks.len(), 1);
}

#[test]
fn one_that_the_cloud_refuses_does_not_stop_the_others() {
    let mut stage = stage(&["ModifyImageSharePermission=error:InvalidImageId.NotFound"]);
    stage.press("D d e l e t e space 3 enter enter");
    let said = notice(&mut stage);
    assert!(said.starts_with("2 deleted, 1 refused: golden-web-7: "), "{said}");
    assert_eq!(
        writes(&stage),
        ["ModifyImageSharePermission ap-guangzhou", "DeleteImages ap-beijing", "DeleteImages ap-guangzhou",],
        "the shares stand, so that image is not deleted"
    );
}

#[test]
fn the_menu_acts_on_its_row_whatever_is_marked() {
    let mut stage = stage(&[]);
    stage.press("a D");
    assert!(
        stage.text().contains("Type edge-cache-3") || !stage.text().contains("of 4 can"),
        "{}",
        stage.text()
    );
    stage.press("esc u");
    assert!(stage.text().contains("Cancel shares: 1 of 4 can"), "{}", stage.text());
    stage.press("tab enter");
    assert_eq!(notice(&mut stage), "1 no longer shared.");
    assert_eq!(writes(&stage), ["ModifyImageSharePermission ap-guangzhou"]);
}

#[test]
fn sharing_what_is_marked_leads_from_one_guided_flow_to_the_next() {
    let mut stage = stage(&[]);
    stage.press("s tab enter");
    assert!(stage.text().contains("Share golden-web-7"), "{}", stage.text());
    assert_eq!(stage.console.state.dialogs.len(), 3);
    assert_eq!(writes(&stage), Vec::<String>::new());
    // To Borealis Games in Guangzhou and Shanghai; the next image goes to the same places without being told.
    stage.press("\"100000000002\" enter enter down space enter enter tab enter");
    assert!(stage.console.wait_for(|s| s.jobs.len() == 1), "{}", stage.text());
    stage.press("esc");
    let text = stage.text();
    assert!(text.contains("Share analytics-worker") && text.contains("Borealis Games"), "{text}");
    let copies: Vec<&str> = text.lines().filter(|l| l.contains("copy · analytics")).collect();
    assert_eq!(
        copies,
        [
            "  ▌ ap-guangzhou      copy · analytics-worker…  share",
            "    ap-shanghai       copy · analytics-worker…  share",
        ]
    );
    stage.press("enter tab enter");
    assert!(stage.console.wait_for(|s| s.jobs.len() == 2), "{}", stage.text());
}

#[test]
fn a_refusal_that_the_rules_did_not_see_stands_among_the_messages() {
    let mut stage = stage(&["DeleteImages@ap-beijing=error:InvalidImageId.IncorrectState"]);
    stage.press("D d e l e t e space 3 enter enter");
    assert!(notice(&mut stage).starts_with("2 deleted, 1 refused: analytics-worker"), "{}", stage.text());
    // The calls have the machine's time and the line the console's, which stands still here: first or last.
    stage.press("M");
    stage.press("G");
    let last = stage.text();
    stage.press("g");
    let text = format!("{last}\n{}", stage.text());
    let line = "rule-drift: delete.busy was not seen, the cloud said InvalidImageId.IncorrectState to delete";
    assert!(text.contains(&line[..70]), "{text}");
}

#[test]
fn of_received_images_none_can_and_each_says_why() {
    let mut stage = Stage::tour((100, 30));
    stage.quiet();
    stage.press("2 * D");
    let text = stage.text();
    assert!(text.contains("Delete: 0 of 2 can"), "{text}");
    assert_eq!(text.matches("blocked · only its owner, Quay Labs, can delete it").count(), 2, "{text}");
    stage.press("tab enter");
    assert_eq!(writes(&stage), Vec::<String>::new());
}
