//! Actions on several images at once, by keys, against the built-in cloud.

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

/// Returns the notice after all actions have ended.
fn notice(stage: &mut Stage) -> String {
    assert!(stage.console.wait_for(|s| s.acting.is_none() && s.intents.is_empty()), "{}", stage.text());
    stage.console.state.notice.clone().map_or_else(String::new, |n| n.text)
}

#[test]
fn deleting_marked_images_lists_the_possible_ones_and_asks_first() {
    let mut stage = stage(&[]);
    stage.press("D");
    let text = stage.text();
    for part in [
        "Delete: possible for 3 of 4 images",
        "blocked · it is SYNCING, 42 % done",
        "cancels all 3 shares first",
        "Type delete 3 to continue:",
        "[ No ]",
    ] {
        assert!(text.contains(part), "{part}:\n{text}");
    }
    // No is selected first; a wrong number is not accepted; Enter in the field does not press a button.
    stage.press("enter");
    stage.press("D d e l e t e space 4 tab enter");
    assert_eq!(notice(&mut stage), "The text does not match; nothing was changed.");
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
    // The image whose action failed is still marked.
    assert_eq!(stage.console.state.table().marks.len(), 1);
}

#[test]
fn a_refused_image_does_not_stop_the_others() {
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
fn the_menu_acts_on_its_row_despite_marks() {
    let mut stage = stage(&[]);
    stage.press("a D");
    assert!(
        stage.text().contains("Type edge-cache-3") || !stage.text().contains("of 4 can"),
        "{}",
        stage.text()
    );
    stage.press("esc u");
    assert!(stage.text().contains("Cancel shares: possible for 1 of 4 images"), "{}", stage.text());
    stage.press("tab enter");
    assert_eq!(notice(&mut stage), "1 no longer shared.");
    assert_eq!(writes(&stage), ["ModifyImageSharePermission ap-guangzhou"]);
}

#[test]
fn sharing_marked_images_runs_one_flow_after_the_other() {
    let mut stage = stage(&[]);
    stage.press("s tab enter");
    assert!(stage.text().contains("Share golden-web-7"), "{}", stage.text());
    assert_eq!(stage.console.state.dialogs.len(), 3);
    assert_eq!(writes(&stage), Vec::<String>::new());
    // Shares with Borealis Games in Guangzhou and Shanghai. The flow for the next image proposes the same places.
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
fn a_refusal_that_the_rules_missed_is_in_the_messages() {
    let mut stage = stage(&["DeleteImages@ap-beijing=error:InvalidImageId.IncorrectState"]);
    stage.press("D d e l e t e space 3 enter enter");
    assert!(notice(&mut stage).starts_with("2 deleted, 1 refused: analytics-worker"), "{}", stage.text());
    // Calls have the machine's time, the other line has the console's fixed time. So it is the first or the last line.
    stage.press("M");
    stage.press("G");
    let last = stage.text();
    stage.press("g");
    let text = format!("{last}\n{}", stage.text());
    let line = "rule-drift: delete.busy was not seen, the cloud said InvalidImageId.IncorrectState to delete";
    assert!(text.contains(&line[..70]), "{text}");
}

#[test]
fn marked_received_images_are_blocked_with_reasons() {
    let mut stage = Stage::tour((100, 30));
    stage.quiet();
    stage.press("2 * D");
    let text = stage.text();
    assert!(text.contains("Delete: possible for 0 of 2 images"), "{text}");
    assert_eq!(text.matches("blocked · only its owner, Quay Labs, can delete it").count(), 2, "{text}");
    stage.press("tab enter");
    assert_eq!(writes(&stage), Vec::<String>::new());
}
