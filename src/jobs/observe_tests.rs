use super::*;
use crate::{
    jobs::{
        JobState,
        machine::fixture::{copy_id, image, job, short, state_text, uin},
    },
    messages::Lang,
    model::{Region, Uin},
};

fn at(minute: i64) -> Timestamp {
    Timestamp::from_second(1_795_485_600 + minute * 60).unwrap()
}

/// Returns a job that copied from Guangzhou to Shanghai and shared both images with accounts 2 and 3 at
/// minute 0, seen at minute 1.
fn done() -> Job {
    let mut job = job(&[("gz", &[2, 3]), ("sh", &[2, 3])]);
    (job.cells[1].state, job.cells[1].image) = (CellState::Ready, Some(copy_id("sh")));
    for cell in &mut job.cells {
        cell.seen = Some(Seen::there(at(1), None));
    }
    for edge in &mut job.edges {
        (edge.state, edge.made_by, edge.seen) =
            (EdgeState::Shared, Maker::Job, Some(Seen::there(at(1), Some(at(0)))));
    }
    job
}

fn list(accounts: &[(u32, i64)]) -> Vec<Share> {
    accounts.iter().map(|(n, since)| Share { account: uin(*n), since: Some(at(*since)) }).collect()
}

/// Returns facts with the share lists by region, and with regions whose image is gone.
fn facts(lists: &[(&str, &[(u32, i64)])], gone: &[&str]) -> Facts {
    let mut facts = Facts::default();
    for (region, accounts) in lists {
        let id = id(region);
        facts.add_images([crate::model::Image { id: id.clone(), ..image(region, "NORMAL") }]);
        facts.set_shares(id, list(accounts));
    }
    gone.iter().for_each(|region| facts.remove_image(&id(region)));
    facts
}

fn id(region: &str) -> ImageId {
    if region == "gz" { job(&[]).image } else { copy_id(region) }
}

type Lists<'a> = &'a [(&'a str, &'a [(u32, i64)])];

#[test]
fn observe_updates_only_what_was_read() {
    let both: &[(u32, i64)] = &[(2, 0), (3, 0)];
    let rows: [(&str, Lists<'_>, &[&str], bool, &str); 7] = [
        (
            "all is there: only the time is new",
            &[("gz", both), ("sh", both)],
            &[],
            true,
            "gz ready: 2 shared ours, 3 shared ours | sh ready: 2 shared ours, 3 shared ours",
        ),
        (
            "nothing was read",
            &[],
            &[],
            false,
            "gz ready: 2 shared ours, 3 shared ours | sh ready: 2 shared ours, 3 shared ours",
        ),
        (
            "cancelled by others",
            &[("gz", &[(3, 0)])],
            &[],
            true,
            "gz ready: 2 failed gone, 3 shared ours | sh ready: 2 shared ours, 3 shared ours",
        ),
        (
            "cancelled and made again by others",
            &[("gz", &[(2, 5), (3, 0)])],
            &[],
            true,
            "gz ready: 2 shared, 3 shared ours | sh ready: 2 shared ours, 3 shared ours",
        ),
        (
            "the copy is deleted",
            &[],
            &["sh"],
            true,
            "gz ready: 2 shared ours, 3 shared ours | sh failed missing: 2 failed, 3 failed",
        ),
        (
            "the source is deleted, and the copy lives on",
            &[("sh", both)],
            &["gz"],
            true,
            "gz failed missing: 2 failed, 3 failed | sh ready: 2 shared ours, 3 shared ours",
        ),
        (
            "strangers in the list are nothing of the job",
            &[("gz", &[(2, 0), (3, 0), (9, 7)])],
            &[],
            true,
            "gz ready: 2 shared ours, 3 shared ours | sh ready: 2 shared ours, 3 shared ours",
        ),
    ];
    for (what, lists, gone, changed, wanted) in rows {
        let mut job = done();
        assert_eq!(job.observe(&facts(lists, gone), at(10)), changed, "{what}");
        assert_eq!(state_text(&job), wanted, "{what}");
    }
}

#[test]
fn a_complete_region_shows_that_an_image_is_gone() {
    let mut seen = Facts::default();
    seen.set_images(&short("sh"), Vec::new(), at(9));
    let mut job = done();
    assert!(job.observe(&seen, at(9)));
    assert!(job.cells[1].is_missing() && !job.cells[0].is_missing());
    assert_eq!(job.state(), JobState::Partial);
}

#[test]
fn keeps_observations_newer_than_the_reads() {
    let mut job = done();
    assert!(!job.observe(&facts(&[("gz", &[])], &["sh"]), at(0)));
    assert_eq!(job, done());
}

#[test]
fn does_not_change_running_jobs() {
    let mut job = done();
    job.checking = true;
    assert!(!job.observe(&facts(&[("gz", &[])], &[]), at(10)));
}

#[test]
fn claims_a_share_again_only_if_it_is_the_same() {
    for (since, wanted) in [(0, "2 shared ours"), (5, "2 shared,")] {
        let mut job = done();
        job.observe(&facts(&[("gz", &[(3, 0)])], &[]), at(10));
        let gone = job.edges[0].clone();
        assert!(gone.is_gone() && !gone.is_made_by_job());
        assert_eq!(
            gone.error.unwrap().text.render(Lang::EN),
            "the share was last seen 2026-11-24 02:01 and was gone 2026-11-24 02:10"
        );
        job.observe(&facts(&[("gz", &[(2, since), (3, 0)])], &[]), at(11));
        assert!(state_text(&job).starts_with(&format!("gz ready: {wanted}")), "{}", state_text(&job));
        assert_eq!(job.edges[0].seen, Some(Seen::there(at(11), Some(at(since)))));
    }
}

#[test]
fn facts_contain_the_maker_while_the_share_exists() {
    let account: Uin = uin(2);
    let gz: Region = short("gz");
    let mut facts = facts(&[("gz", &[(2, 0), (3, 0)]), ("sh", &[(2, 0)])], &[]);
    let mut job = done();
    job.update_facts(&mut facts);
    let source = job.cell(&gz).and_then(|c| c.image.clone()).unwrap();
    assert!(facts.made_here(&source, &account));
    assert_eq!(facts.copies[&job.image][&short("sh")], copy_id("sh"));
    // Others cancel the share and make it again: the list alone shows it, before the record changes.
    facts.set_shares(source.clone(), list(&[(2, 5), (3, 0)]));
    assert!(!facts.made_here(&source, &account) && facts.made_here(&source, &uin(3)));
    // The copy was deleted, so it is no longer offered.
    facts.remove_image(&copy_id("sh"));
    job.observe(&facts.clone(), at(10));
    job.update_facts(&mut facts);
    assert_eq!(facts.copies[&job.image].get(&short("sh")), None);
    assert!(!facts.made_here(&copy_id("sh"), &account));
    assert!(!facts.made_here(&source, &account) && facts.made_here(&source, &uin(3)));
}

#[test]
fn reads_older_journals() {
    let old = |ours: bool| {
        format!(
            r#"{{"region":"ap-beijing","account":"100000000002","state":"shared","ours":{ours},"error":null,"unsure":false}}"#
        )
    };
    for (ours, maker) in [(true, Maker::Job), (false, Maker::Others)] {
        let edge: Edge = serde_json::from_str(&old(ours)).unwrap();
        assert_eq!((edge.made_by, edge.seen, edge.is_made_by_job()), (maker, None, ours));
    }
    let job = done();
    let text = serde_json::to_string(&job).unwrap();
    assert!(text.contains(r#""made_by":"job""#), "{text}");
    assert_eq!(serde_json::from_str::<Job>(&text).unwrap(), job);
    let earlier: Maker = serde_json::from_str(r#""earlier""#).unwrap();
    assert_eq!(earlier, Maker::Earlier);
}
