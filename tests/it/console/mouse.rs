//! A click does the same as a key.

use cvmshare::tui::{Confirm, Effect, Message, Mouse, Press, Reader, Rename, Tab};
use unicode_width::UnicodeWidthStr;

use super::Stage;

fn on() -> Stage {
    let mut stage = Stage::tour((120, 40));
    stage.quiet();
    stage.press("m");
    assert_eq!(stage.console.effects.pop(), Some(Effect::Mouse(true)));
    stage
}

/// Clicks on a text, in the last row that contains it.
fn click(stage: &mut Stage, text: &str) {
    let lines = stage.console.lines();
    let found =
        lines.iter().enumerate().rev().find_map(|(y, line)| Some((line[..line.find(text)?].width(), y)));
    let (x, y) = found.unwrap_or_else(|| panic!("no {text:?} in\n{}", lines.join("\n")));
    stage.console.send(Message::Mouse(Mouse { press: Press::Button, x: x as u16, y: y as u16 }));
    stage.quiet();
}

fn chosen(stage: &Stage) -> String {
    let lines = stage.console.lines();
    let marked = lines.iter().rev().find_map(|line| Some(line.split_once('▌')?.1.trim().to_owned()));
    marked.unwrap_or_default()
}

#[test]
fn tabs_rows_heads_and_keys_can_be_clicked() {
    let mut stage = on();
    click(&mut stage, "3 Regions");
    assert_eq!(stage.console.state.tab, Tab::Regions);
    click(&mut stage, "1 My Images");
    click(&mut stage, "  golden-web-6");
    assert!(chosen(&stage).starts_with("golden-web-6"));
    // A click on the selected row opens its details.
    click(&mut stage, "▌ golden-web-6");
    assert!(stage.console.state.top::<Reader>().is_some());
    // What is below a dialog cannot be clicked, and the footer shows the keys of the dialog.
    click(&mut stage, "Esc back");
    assert!(stage.console.state.dialogs.is_empty());
    let first = |stage: &Stage| stage.console.state.table().rows[0].clone();
    let before = first(&stage);
    click(&mut stage, "NAME");
    let by_name = first(&stage);
    assert!(stage.text().contains("NAME ↑"), "{}", stage.text());
    click(&mut stage, "NAME");
    assert!(stage.text().contains("NAME ↓"));
    assert!(by_name != before && first(&stage) != by_name);
    // An action of the details pane.
    click(&mut stage, "rename");
    assert!(stage.console.state.top::<Rename>().is_some());
    click(&mut stage, "cancel");
    assert!(stage.console.state.dialogs.is_empty());
}

#[test]
fn lists_and_buttons_can_be_clicked() {
    let mut stage = on();
    stage.press("P");
    click(&mut stage, "borealis");
    assert!(chosen(&stage).starts_with("borealis"), "{}", stage.text());
    assert_eq!(stage.console.state.profile, 0, "a click chooses, a second one takes");
    // A click beside the list does nothing and does not reach the table below.
    click(&mut stage, "4 Instances");
    assert_eq!((stage.console.state.tab, stage.console.state.dialogs.len()), (Tab::Images, 1));
    click(&mut stage, "borealis");
    assert_eq!(stage.console.state.profile().unwrap().name, "borealis");
    assert!(stage.console.state.dialogs.is_empty());
    // Of two buttons, the clicked one.
    stage.press("P g enter");
    stage.press("/ \"november\" enter u * enter");
    assert!(stage.console.state.top::<Confirm>().is_some(), "{}", stage.text());
    click(&mut stage, "No");
    assert!(super::writes(&stage).is_empty());
    stage.press("u * enter");
    let yes =
        stage.console.lines().iter().find_map(|l| Some(l.split_once("[ No ]")?.1.trim().to_owned())).unwrap();
    let yes = yes.trim_end_matches('│').trim().to_owned();
    click(&mut stage, &yes);
    assert!(stage.console.wait_for(|state| state.acting.is_none()));
    assert!(super::writes(&stage)[0].starts_with("ModifyImageSharePermission"), "{}", stage.text());
}

#[test]
fn the_wheel_scrolls_what_is_on_top_and_presses_nothing() {
    let mut stage = on();
    let wheel = |stage: &mut Stage, press| {
        stage.console.send(Message::Mouse(Mouse { press, x: 9, y: 9 }));
    };
    wheel(&mut stage, Press::WheelDown);
    assert_eq!(stage.console.state.table().cursor, 3);
    wheel(&mut stage, Press::WheelUp);
    assert_eq!(stage.console.state.table().cursor, 0);
    stage.press("o");
    let (top, below) = (chosen(&stage), stage.console.state.table().cursor);
    wheel(&mut stage, Press::WheelDown);
    assert_ne!(chosen(&stage), top);
    assert_eq!(stage.console.state.table().cursor, below);
    // The same keys move between the buttons, but the wheel does not.
    stage.press("esc / \"november\" enter u * enter");
    assert!(stage.console.state.top::<Confirm>().is_some(), "{}", stage.text());
    let before = stage.text();
    wheel(&mut stage, Press::WheelDown);
    assert_eq!(stage.text(), before);
}

#[test]
fn focus_reports_update_the_state() {
    let mut stage = on();
    assert!(stage.console.state.focused);
    stage.console.send(Message::Focus(false));
    assert!(!stage.console.state.focused);
    stage.console.send(Message::Focus(true));
    assert!(stage.console.state.focused);
}
