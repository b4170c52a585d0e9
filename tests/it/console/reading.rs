//! The palette, the rules with their search, the messages, and rows that a job works on.

use cvmshare::{
    jobs::CellState,
    messages::Lang,
    rules::Code,
    tui::{CallLine, Effect, Message, State, update},
};

use super::{
    Stage,
    find::{text, world},
    jobs::share,
    keys::press,
    screens::Screens,
    start,
};

/// Returns the lines of a dialog or a screen, without its frame.
fn lines(state: &State) -> Vec<String> {
    let text = text(state);
    text.lines().map(|l| l.trim_matches(|c: char| c == '│' || c.is_whitespace()).to_owned()).collect()
}

/// Returns the commands in the palette in their order. A bar marks the selected one.
fn palette(state: &State) -> Vec<String> {
    let all = lines(state);
    let from = all.iter().position(|l| l.starts_with(':')).unwrap() + 1;
    let rows = all[from..].iter().take_while(|l| !l.starts_with('╰'));
    rows.map(|l| l.trim_start_matches("▌ ").split("  ").next().unwrap().to_owned()).collect()
}

#[test]
fn the_palette_finds_every_command_and_prefers_recent_ones() {
    let mut state = world();
    state.size = (100, 80);
    press(&mut state, ":");
    let all = palette(&state);
    assert_eq!(&all[..3], ["up", "down", "left"].map(|w| if w == "left" { "top" } else { w }));
    for wanted in
        ["go to", "go back", "families", "mark to", "rules", "delete", "reinstall", "read only", "quit"]
    {
        assert!(all.iter().any(|c| c == wanted), "{wanted}: {all:?}");
    }
    for (typed, first) in
        [("revers", "sort reverse"), ("delete", "delete"), ("mess", "messages"), ("zzz", "No matches.")]
    {
        let mut state = world();
        state.size = (100, 80);
        press(&mut state, ":");
        for c in typed.chars() {
            press(&mut state, &c.to_string());
        }
        assert_eq!(palette(&state)[0], first, "{typed}");
    }
    press(&mut state, "f a m enter : r e a d - o n enter :");
    assert_eq!(&palette(&state)[..3], ["read only", "families", "up"]);
    press(&mut state, "f a m enter :");
    assert_eq!(&palette(&state)[..3], ["families", "read only", "up"]);
    // Among equal scores, the most recently used command is first.
    press(&mut state, "esc : s o r t");
    assert_eq!(&palette(&state)[..3], ["sort left", "sort right", "sort reverse"]);
    press(&mut state, "down down enter : s o r t");
    assert_eq!(&palette(&state)[..3], ["sort reverse", "sort left", "sort right"]);
}

#[test]
fn blocked_commands_are_dim_with_their_reason_and_marks_apply() {
    let mut state = world();
    state.size = (100, 80);
    for (keys, wanted) in [
        (":", "reinstall                 not here · needs an instance"),
        ("esc :", "hide                      not here · needs a received image"),
        ("esc :", "delete                    blocked · shared with 2 accounts; cancel all shares first"),
        ("esc 4 :", "share                     not here · needs an image"),
        ("esc :", "families                  not here · needs My Images"),
        ("esc 1 space space :", "delete                    delete · for 2 marked rows"),
    ] {
        press(&mut state, keys);
        let shown = lines(&state);
        let line = shown.iter().find(|l| l.starts_with(wanted));
        assert!(line.is_some(), "{keys}: {wanted}\n{}", text(&state));
    }
}

#[test]
fn every_rule_is_listed_and_found_by_its_texts() {
    let mut state = world();
    state.size = (200, 2000);
    press(&mut state, "f1");
    let all = text(&state);
    for code in Code::ALL {
        assert!(
            lines(&state).iter().any(|l| l.trim_start_matches("▌ ").starts_with(code.as_str())),
            "{code}"
        );
    }
    let docs: Vec<String> = Code::ALL.iter().filter_map(|c| c.doc()).collect();
    assert_eq!(all.matches("https://").count(), docs.len());
    assert!(all.contains("Fix: cancel"), "{all}");
    for (typed, count) in [
        ("share.limit", "1 rule"),
        ("slim", "1 rule"),
        ("F9", "1 rule"),
        ("copy encrypted", "1 rule"),
        ("encrypted", "2 rules"),
        ("nothing-like-it", "0 rules"),
    ] {
        press(&mut state, "/ ctrl-u");
        for c in typed.chars() {
            press(&mut state, &(if c == ' ' { "space".into() } else { c.to_string() }));
        }
        assert!(text(&state).lines().nth(1).unwrap().ends_with(count), "{typed}: {}", text(&state));
        press(&mut state, "enter");
    }
    // The first Esc ends the search.
    press(&mut state, "esc");
    assert!(text(&state).lines().nth(1).unwrap().ends_with(&format!("{} rules", Code::ALL.len())));
    let effects = press(&mut state, "/ s h a r e . l i m enter y");
    let wanted = "share.limit: This image cannot be shared with more accounts. remove some receivers, or cancel shares \
                  that are no longer needed https://www.tencentcloud.com/document/product/213/17348";
    assert_eq!(effects, [Effect::Clipboard(wanted.into())]);
    press(&mut state, "esc esc");
    assert_eq!(state.dialogs.len(), 0);
}

#[test]
fn the_rules_open_at_the_blocking_reason() {
    let mut state = world();
    state.size = (80, 24);
    press(&mut state, "2 a f1");
    let shown = text(&state);
    assert!(shown.contains("▌ share.received"), "{shown}");
    press(&mut state, "esc");
    assert_eq!(state.dialogs.len(), 1, "and the reasons are there again");
}

fn called(state: &mut State) {
    for n in 0..60 {
        let (outcome, region) = match n % 20 {
            19 => ("InvalidImageId.NotFound", "ap-shanghai"),
            _ => ("ok", "ap-guangzhou"),
        };
        let call = CallLine {
            at: start() + jiff::SignedDuration::from_secs(n),
            action: "DescribeImageSharePermission".into(),
            region: Some(region.parse().unwrap()),
            outcome: outcome.into(),
            request_id: Some(format!("71e69b56-32bf-4a9d-95d3-2c1f8a40{n:04}")),
            ms: 120,
        };
        update(state, Message::Call(call));
    }
}

#[test]
fn a_message_can_be_opened_and_copied_with_its_code_and_request_id() {
    let mut state = world();
    called(&mut state);
    let line = |s: &str, region: &str, outcome: &str, n: u32| {
        let id = format!("71e69b56-32bf-4a9d-95d3-2c1f8a40{n:04}");
        Effect::Clipboard(format!("{s} DescribeImageSharePermission {region} 120 ms {outcome} {id}"))
    };
    let failed = line("12:00:59", "ap-shanghai", "InvalidImageId.NotFound", 59);
    assert_eq!(press(&mut state, "M y"), [failed]);
    let shown = text(&state);
    assert!(shown.contains("InvalidImageId.NotFound") && shown.contains("2c1f8a400059"), "{shown}");
    assert_eq!(press(&mut state, "k y"), [line("12:00:58", "ap-guangzhou", "ok", 58)]);
    assert_eq!(press(&mut state, "g y"), [line("12:00:00", "ap-guangzhou", "ok", 0)]);
    assert_eq!(press(&mut state, "G y"), [line("12:00:59", "ap-shanghai", "InvalidImageId.NotFound", 59)]);
    // As long as no key moves the selection, it stays on the newest line.
    press(&mut state, "esc M");
    called(&mut state);
    assert_eq!(press(&mut state, "y").len(), 1);
    let mut empty = super::keys::state();
    assert_eq!(press(&mut empty, "M y"), []);
}

#[test]
fn palette_rules_messages_and_filter_match_their_snapshots() {
    for lang in [Lang::EN, Lang::ZH] {
        let mut state = world();
        state.lang = lang;
        called(&mut state);
        let mut screens = Screens::new("reading", lang);
        for (name, keys) in [
            ("palette", "j : d"),
            ("rules", "esc f1"),
            ("rules-search", "/ e n c r y p t e d enter j"),
            ("messages", "esc esc M"),
            ("messages-line", "k k"),
            ("filter", "esc / w e b"),
            ("filter-unknown", "space s t a t : x"),
        ] {
            press(&mut state, keys);
            screens.see(name, &state);
        }
        screens.done();
    }
}

#[test]
fn rows_in_use_by_a_job_show_its_progress() {
    let mut stage = Stage::tour((120, 40));
    stage.quiet();
    share(&mut stage);
    stage.press("esc");
    let mut job = stage.console.state.jobs.values().next().unwrap().clone();
    for (n, cell) in job.cells.iter_mut().enumerate() {
        (cell.state, cell.percent) =
            if n == 0 { (CellState::Ready, None) } else { (CellState::Copying, Some(50)) };
    }
    job.edges.clear();
    stage.console.send(Message::Job(Box::new(job)));
    let row = |stage: &Stage, id: &str| {
        let text = stage.text();
        let line = text.lines().find(|l| l.contains(id)).unwrap_or_default();
        line.to_owned()
    };
    assert!(stage.text().contains("1 job 50 %"), "{}", stage.text());
    assert!(row(&stage, "img-g6lo8csd").contains("NORMAL ▸ 50 %"), "{}", stage.text());
    stage.console.state.looks.ascii = true;
    assert!(row(&stage, "img-g6lo8csd").contains("NORMAL > 50 %"), "{}", stage.text());
}
