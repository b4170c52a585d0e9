//! The first five minutes of the README: each step's words stand there, its keys are pressed, and the screen shows what
//! the README says.

use std::path::Path;

use cvmshare::{
    jobs::{EdgeState, JobState},
    tui::{State, Undo},
};

use super::{Stage, advance};

/// What the README says, in its order; the keys that it names; what is on the screen then.
const STEPS: &[(&str, &str, &[&str])] = &[
    ("The header says DEMO, the account Acme Platform", "", &["DEMO", "Acme Platform", "ap-guangzhou +"]),
    ("Press `1`: My Images.", "1", &["My Images"]),
    ("Press `/`, type `golden` and press Enter.", "/ \"golden\" enter", &["▌ golden-web-7", "ap-guangzhou"]),
    (
        "Press `a`. Each action has its verdict in full",
        "a",
        &["Actions for golden-web-7", "s  share      ready"],
    ),
    ("Esc goes back.", "esc", &["My Images"]),
    (
        "Press `s`. Type `100000000002@ap-shanghai` and press Enter",
        "s \"100000000002@ap-shanghai\" enter",
        &["Chosen: Borealis Games in ap-shanghai"],
    ),
    (
        "Press Enter three times: to the regions",
        "enter",
        &["[ regions ]", "ap-shanghai        will be copied"],
    ),
    ("to the checks (no problems found)", "enter", &["No problems found."]),
    ("and to the risk.", "enter", &["[ risk ]", "Yes, I accept the risk"]),
    ("Tab selects \"Yes, I accept the risk\", and Enter starts.", "tab enter", &["[ running ]"]),
];

const AFTER_THE_COPY: &[(&str, &str, &[&str])] = &[
    (
        "the report says that the share was read back and that Borealis Games sees the image.",
        "",
        &["[ report ]", "1 of 1 shared and confirmed, 1 visible to the receiver"],
    ),
    (
        "Press Esc to leave the report. Press `P`, select `borealis` with `j`, and press Enter",
        "esc P j enter",
        &["Borealis Games · 100000000002"],
    ),
    ("Press `2`: Shared With Me lists golden-web-7 in ap-shanghai.", "2", &["golden-web-7", "ap-shanghai"]),
    (
        "`a` shows what a receiver may not do, and `y` there copies a text that asks the owner.",
        "a",
        &["Actions for golden-web-7", "blocked", "y copy request text"],
    ),
    ("Press `P`, select `acme` and press Enter.", "esc P k enter", &["Acme Platform · 100000000001"]),
    ("`J` opens the job, `u` offers to undo it", "J u", &["Undo this job", "Type golden-web-7 to continue"]),
];

const UNDONE: &[(&str, &str, &[&str])] =
    &[("so type `golden-web-7`, press Tab and Enter.", "\"golden-web-7\" tab enter", &[])];

const LEFT: &[(&str, &str, &[&str])] = &[
    ("The job is undone.", "", &["undone"]),
    ("Esc leaves the job, `q` quits.", "esc", &["My Images", "q quit"]),
];

fn follow(stage: &mut Stage, steps: &[(&str, &str, &[&str])], readme: &mut &str) {
    for (words, keys, shown) in steps {
        let (_, rest) =
            readme.split_once(words).unwrap_or_else(|| panic!("README.md does not say {words:?} here"));
        *readme = rest;
        stage.press(keys);
        for wanted in *shown {
            assert!(stage.text().contains(wanted), "{words}\n{wanted:?} is not in\n{}", stage.text());
        }
    }
}

#[test]
fn they_are_as_the_readme_says() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let text = std::fs::read_to_string(file).unwrap();
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    for size in [(80, 24), (120, 40)] {
        let (_, mut readme) = words.split_once("## The first five minutes").unwrap();
        let mut stage = Stage::tour(size);
        stage.quiet();
        follow(&mut stage, STEPS, &mut readme);
        let asked_for = |s: &State| {
            s.jobs.values().any(|job| job.cells.iter().filter(|cell| cell.image.is_some()).count() == 2)
        };
        assert!(stage.console.wait_for(asked_for), "{}", stage.text());
        advance(&stage, 3600);
        assert!(stage.console.wait_for(|s| s.jobs.values().all(|j| j.state() == JobState::Done)));
        assert!(stage.console.wait_for(|s| {
            s.jobs.values().any(|j| j.edges.iter().any(|e| e.state == EdgeState::Verified))
        }));
        follow(&mut stage, AFTER_THE_COPY, &mut readme);
        assert!(
            stage.console.wait_for(|s| s.top::<Undo>().is_some_and(Undo::is_planned)),
            "{}",
            stage.text()
        );
        follow(&mut stage, UNDONE, &mut readme);
        assert!(stage.console.wait_for(|s| s.jobs.values().all(|j| j.state() == JobState::Undone)));
        stage.quiet();
        follow(&mut stage, LEFT, &mut readme);
    }
}
