//! Launching, reinstalling and capturing in the line mode: questions, rules and risks.

use crate::plain::{Cloud, run_lines};

/// Loses the answers of all three attempts after the dry run.
const LOST: [&str; 3] =
    ["RunInstances#2=drop-reply", "RunInstances#3=drop-reply", "RunInstances#4=drop-reply"];

/// Returns the lines that contain one of these parts.
fn with<'a>(text: &'a str, parts: &[&str]) -> Vec<&'a str> {
    text.lines().filter(|l| parts.iter().any(|p| l.contains(p))).collect()
}

#[test]
fn a_launch_in_the_line_mode_completes() {
    let cloud = Cloud::start();
    let text = cloud.run(
        "launch img-g6lo8csd\nap-nowhere\n\nap-guangzhou-9\n2\nlarge\nnothing-like-it\nS5.MEDIUM4\nweb-x\nvpc-1\n\nyes\n\
         instances web-x\n",
    );
    let (asked, came) = text.split_once("\nLaunch it?").unwrap();
    insta::assert_snapshot!("plain-launch", asked.lines().skip(2).collect::<Vec<_>>().join("\n"));
    assert!(came.contains("(confirmed)."), "{came}");
    assert!(came.contains("\nInstances: 1 row matching the filter.\n1. web-x, ins-"), "{came}");
    assert_eq!(cloud.writes(), ["RunInstances ap-guangzhou"]);
}

#[test]
fn launching_in_another_region_copies_the_image_first() {
    let cloud = Cloud::start();
    let text = cloud.run(
        "launch img-g6lo8csd\nap-shanghai\nyes\nap-shanghai-3\ns5.small2\n\n\nyes\n\
         launch img-g6lo8csd\nap-shanghai\nstop\n",
    );
    let from = with(&text, &["Launch S"])[0];
    assert!(from.starts_with("Launch S5.SMALL2 in ap-shanghai-3 from golden-web-7 · img-"), "{from}");
    assert!(!from.contains("img-g6lo8csd"), "{from}");
    assert_eq!(cloud.writes(), ["RunInstances ap-shanghai", "SyncImages ap-guangzhou"]);
    // The next time the copy exists.
    assert!(text.contains("\nap-shanghai: copy exists, img-"), "{text}");
    assert!(text.contains("\n1. ap-shanghai-2, 44 of 48 types on sale"), "{text}");
}

#[test]
fn lost_answers_repeat_the_token_and_refusals_ask_for_their_field() {
    let cloud = Cloud::start();
    let launch = "launch img-g6lo8csd\n\n\ns5.small2\nweb-y\n\nyes\n";
    cloud.faults(&LOST);
    let text = cloud.run(&format!("{launch}yes\ninstances web-y\n"));
    assert!(
        text.contains("It is not known whether the instance was created. Send the request again?"),
        "{text}"
    );
    assert!(text.contains("Instances: 1 row matching the filter."), "{text}");
    // If the user leaves it at that, the output does not say that nothing was changed.
    cloud.faults(&LOST);
    let text = cloud.run(&format!("{launch}no\n"));
    assert!(text.ends_with("Still unknown: check with instances before you try again.\n"), "{text}");
    cloud.faults(&["RunInstances=error:ResourceInsufficient.SpecifiedInstanceType"]);
    let text = cloud.run(&format!("{launch}s5.large8\n\n\nno\n"));
    let types = with(&text, &["Problem: ", "Choose another", "Step 3", "Launch S"]);
    assert_eq!(types.len(), 7, "{types:#?}");
    assert_eq!(types[2], "Problem: This instance type is not sold there.");
    assert!(types[3].contains("(ResourceInsufficient.SpecifiedInstanceType)"), "{types:#?}");
    assert_eq!(types[4], "Choose another type, or another zone.");
    assert!(types[6].starts_with("Launch S5.LARGE8 "), "{types:#?}");
}

#[test]
fn instances_are_reinstalled_and_captured_in_the_line_mode() {
    let cloud = Cloud::start();
    let text = cloud.run(
        "instances web-1\nreinstall 1\nnightly\n1\ngolden\n2\nins-lagsaww0\nyes\ncapture ins-igkslx6t\ngolden-web-7\n\
         db-image\nof the database\nyes\nimages db-image\nshow 1\n",
    );
    let from = text.find("Reinstall web-1").unwrap();
    // The state of the instance depends on the clock.
    let asked =
        text[from..text.find("\nCreate it?").unwrap()].lines().filter(|l| !l.contains("ResetInstance"));
    let asked = asked.filter(|l| !l.ends_with("is reinstalled, RUNNING."));
    insta::assert_snapshot!("plain-reinstall-capture", asked.collect::<Vec<_>>().join("\n"));
    assert!(text.contains("web-1: ResetInstance is "), "{text}");
    assert!(text.contains("\ndescription of the database\n"), "{text}");
    assert_eq!(cloud.writes(), ["CreateImage ap-guangzhou", "ResetInstance ap-guangzhou"]);
}

#[test]
fn forms_send_nothing_without_a_yes() {
    let cloud = Cloud::start();
    let launch = ["launch img-g6lo8csd", "", "", "s5.small2", "", "", "no"];
    let reinstall = ["reinstall ins-lagsaww0", "img-yg7po1q1", "ins-lagsaww0", "no"];
    let capture = ["capture ins-lagsaww0", "", "", "no"];
    for steps in [&launch[..], &reinstall, &capture] {
        for end in 1..=steps.len() {
            let text = cloud.run(&format!("{}\n", steps[..end].join("\n")));
            assert!(text.contains("othing was changed."), "{:?}: {text}", &steps[..end]);
        }
    }
    let text = cloud.run("reinstall ins-lagsaww0\nimg-yg7po1q1\nins-b876d6p6\nyes\n");
    assert!(text.contains("The ID does not match; nothing was changed."), "{text}");
    assert_eq!(cloud.writes(), [""; 0]);
}

#[test]
fn unavailable_actions_are_reported() {
    let (text, _) = run_lines(
        &["--demo"],
        &[],
        "launch ins-lagsaww0\nreinstall img-g6lo8csd\ncapture img-g6lo8csd\nlaunch img-4zcbd00v\n",
    );
    insta::assert_snapshot!("plain-forms-refused", text.lines().skip(2).collect::<Vec<_>>().join("\n"));
}
