use super::*;
use crate::{
    jobs::{
        JobState,
        machine::fixture::{copy_id, image, job, short, uin},
        observed::Maker,
    },
    model::{ImageState, Snapshot},
};

fn at(minute: i64) -> Timestamp {
    Timestamp::from_second(1_795_485_600 + minute * 60).unwrap()
}

/// Returns a job with the source in Guangzhou and copies in Shanghai and Beijing, each shared with account 2
/// by the job. Account 3 had a share in Guangzhou before.
fn done() -> Job {
    let mut job = job(&[("gz", &[2, 3]), ("sh", &[2]), ("bj", &[2])]);
    for (n, region) in [(1, "sh"), (2, "bj")] {
        (job.cells[n].state, job.cells[n].image) = (CellState::Ready, Some(copy_id(region)));
    }
    for edge in &mut job.edges {
        (edge.state, edge.made_by) = (EdgeState::Shared, Maker::Job);
        edge.seen = Some(Seen::there(at(1), Some(at(0))));
    }
    job.edges[1].made_by = Maker::Others;
    job
}

fn facts(lists: &[(&str, &[(u32, i64)])]) -> Facts {
    let mut facts = Facts::default();
    for (region, accounts) in lists {
        let id = if *region == "gz" { done().image } else { copy_id(region) };
        facts.add_images([crate::model::Image { id: id.clone(), ..image(region, "NORMAL") }]);
        let share = |(n, since): &(u32, i64)| Share { account: uin(*n), since: Some(at(*since)) };
        facts.set_shares(id, accounts.iter().map(share).collect());
    }
    facts
}

/// Formats each step as `unshare sh 2` or `delete sh` with the codes that block it, then what remains.
fn format_plan(plan: &UndoPlan) -> String {
    let region = |r: &Region| ["gz", "sh", "bj"].into_iter().find(|s| short(s) == *r).unwrap();
    let numbers = |all: &[Uin]| {
        all.iter().map(|a| a.as_str().trim_start_matches("1000000000")).collect::<Vec<_>>().join("+")
    };
    let steps = plan.steps.iter().map(|s| {
        let codes: Vec<&str> = s.verdict.reasons.iter().map(|r| r.code.as_str()).collect();
        let text = format!("{} {} {}", s.action.as_str(), region(&s.region), numbers(s.accounts()));
        let missing = if s.verdict.missing.is_empty() { "" } else { " unknown" };
        format!("{}{missing}", format!("{} {}", text.trim_end(), codes.join(" ")).trim_end())
    });
    let stays = plan.leftovers.iter().map(|s| {
        let what = match &s.what {
            LeftoverKind::Shares(accounts) => format!("shares {}", numbers(accounts)),
            LeftoverKind::Copy(verdict) => format!("copy {}", verdict.codes()[0].as_str()),
            LeftoverKind::Snapshots(n) => format!("snapshots {n}"),
            LeftoverKind::Instances(all) => format!("instances {}", all.len()),
        };
        format!("{} keeps {what}", region(&s.region))
    });
    steps.chain(stays).collect::<Vec<_>>().join(", ")
}

#[test]
fn plans_from_the_current_state() {
    type Lists<'a> = &'a [(&'a str, &'a [(u32, i64)])];
    let rows: [(&str, Lists<'_>, &str); 6] = [
        (
            "all is there: shares first, then copies, and what the job did not make stays",
            &[("gz", &[(2, 0), (3, 0)]), ("sh", &[(2, 0)]), ("bj", &[(2, 0)])],
            "unshare gz 02, unshare sh 02, unshare bj 02, delete sh, delete bj, gz keeps shares 03",
        ),
        (
            "others cancelled one share and made it again: theirs, and the copy cannot go",
            &[("gz", &[(2, 0), (3, 0)]), ("sh", &[(2, 5)]), ("bj", &[(2, 0)])],
            "unshare gz 02, unshare bj 02, delete bj, gz keeps shares 03, sh keeps shares 02, \
             sh keeps copy delete.shared",
        ),
        (
            "others share a copy with somebody else: our share goes, the copy stays",
            &[("gz", &[(2, 0), (3, 0)]), ("sh", &[(2, 0), (9, 7)]), ("bj", &[(2, 0)])],
            "unshare gz 02, unshare sh 02, unshare bj 02, delete bj, gz keeps shares 03, \
             sh keeps shares 09, sh keeps copy delete.shared",
        ),
        (
            "a share is gone: nothing to cancel, and the copy goes",
            &[("gz", &[(3, 0)]), ("sh", &[]), ("bj", &[(2, 0)])],
            "unshare bj 02, delete sh, delete bj, gz keeps shares 03",
        ),
        (
            "strangers' shares of the source are not of the job",
            &[("gz", &[(2, 0), (3, 0), (9, 7)]), ("sh", &[(2, 0)]), ("bj", &[(2, 0)])],
            "unshare gz 02, unshare sh 02, unshare bj 02, delete sh, delete bj, gz keeps shares 03",
        ),
        (
            "what could not be read is not known",
            &[("gz", &[(2, 0), (3, 0)]), ("bj", &[(2, 0)])],
            "unshare gz 02, unshare sh 02 unknown, unshare bj 02, delete sh unknown, delete bj, \
             gz keeps shares 03",
        ),
    ];
    for (what, lists, wanted) in rows {
        assert_eq!(format_plan(&plan(&done(), &facts(lists), false, at(10))), wanted, "{what}");
    }
}

#[test]
fn handles_missing_and_busy_copies_and_read_only_profiles() {
    let all: &[(&str, &[(u32, i64)])] = &[("gz", &[]), ("sh", &[(2, 0)]), ("bj", &[])];
    let mut seen = facts(all);
    seen.remove_image(&copy_id("sh"));
    assert_eq!(format_plan(&plan(&done(), &seen, false, at(10))), "delete bj");
    let mut seen = facts(all);
    let mut busy = image("bj", "SYNCING");
    busy.state = ImageState::Syncing;
    seen.add_images([busy]);
    assert_eq!(
        format_plan(&plan(&done(), &seen, false, at(10))),
        "unshare sh 02, delete sh, delete bj delete.busy"
    );
    let mut seen = facts(all);
    seen.standing.read_only = true;
    let blocked = plan(&done(), &seen, false, at(10));
    assert_eq!(
        format_plan(&blocked),
        "unshare sh 02 mode.read-only, delete sh mode.read-only, delete bj mode.read-only"
    );
    assert!(!blocked.can_start());
}

#[test]
fn deletes_snapshots_only_on_request() {
    let mut seen = facts(&[("gz", &[]), ("sh", &[]), ("bj", &[])]);
    let snapshots = vec![Snapshot { id: "snap-1".into(), data_disk: false, size_gib: 50 }];
    seen.add_images([crate::model::Image { snapshots, ..image("sh", "NORMAL") }]);
    assert_eq!(
        format_plan(&plan(&done(), &seen, false, at(10))),
        "delete sh, delete bj, sh keeps snapshots 1"
    );
    let with = plan(&done(), &seen, true, at(10));
    assert_eq!(format_plan(&with), "delete sh, delete bj");
    let asked = |s: &UndoStep| matches!(s.action, Action::Delete { with_snapshots: true, .. });
    assert!(with.steps.iter().all(asked));
}

#[test]
fn the_record_shows_what_was_undone() {
    let mut job = done();
    let plan = plan(&job, &facts(&[("gz", &[(2, 0)]), ("sh", &[(2, 0)]), ("bj", &[(2, 0)])]), false, at(10));
    for (n, step) in plan.steps.iter().enumerate() {
        let ended = match n {
            0 => Ended::StillShown(vec![uin(2)]),
            4 => Ended::Refused(Verdict::default()),
            _ => Ended::Done,
        };
        update_record(&mut job, step, &ended, at(11));
    }
    let states: Vec<EdgeState> = job.edges.iter().map(|e| e.state).collect();
    use EdgeState::{Shared, Undone};
    assert_eq!(states, [Shared, Shared, Undone, Undone]);
    assert_eq!((job.cells[1].state, job.cells[2].state), (CellState::Undone, CellState::Ready));
    assert_eq!(job.edges[0].error.as_ref().unwrap().code, "still-shown");
    assert_eq!(job.cells[2].error.as_ref().unwrap().code, "unknown");
    assert_eq!(job.state(), JobState::Partial);
    // Undo the rest later.
    for step in &plan.steps {
        update_record(&mut job, step, &Ended::Done, at(12));
    }
    assert_eq!(job.state(), JobState::Undone);
    assert!(job.edges[0].error.is_none() && job.cells[2].error.is_none());
}
