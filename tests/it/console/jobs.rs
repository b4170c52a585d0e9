//! The five steps of a share by keys, against the built-in cloud, and the calls that the cloud received.

use crate::wait;
use cvmshare::{
    jobs::{Cell, CellState, Job, JobState, Journal},
    tui::{Effect, Message, State, Undo, update},
};

use super::{Stage, advance, keys, writes};
use crate::fixtures;

/// Sorts by name and selects the first image with this name.
fn select(stage: &mut Stage, name: &str) {
    stage.press("1 /");
    stage.press(&format!("\"{name}\""));
    stage.press("enter");
}

fn job_is(state: &State, wanted: JobState) -> bool {
    state.jobs.values().all(|j| j.state() == wanted) && !state.jobs.is_empty()
}

/// Shares golden-web-7 with Borealis Games in its own region and in Shanghai and Beijing, and in its own region with Quay
/// Labs, who have it already.
pub(super) fn share(stage: &mut Stage) {
    select(stage, "golden-web-7");
    stage.press("s");
    stage.press("\"100000000002,100000000003@ap-guangzhou\" enter enter");
    // Guangzhou is marked; Shanghai is next, then Nanjing, then Beijing.
    stage.press("down space down space enter");
    assert!(stage.text().contains("No problems found."), "{}", stage.text());
    stage.press("enter");
    assert!(stage.text().contains("[ No, go back ]"), "{}", stage.text());
    stage.press("tab enter");
    assert!(
        stage.console.wait_for(|s| s.jobs.values().any(|j| j
            .cells
            .iter()
            .filter(|c| c.image.is_some())
            .count()
            == 3)),
        "the copies are asked for:\n{}",
        stage.text()
    );
}

#[test]
fn a_share_in_three_regions_is_made_and_seen_by_the_receiver() {
    let mut stage = Stage::tour((80, 24));
    stage.quiet();
    share(&mut stage);
    assert!(stage.text().contains("[ running ]"), "{}", stage.text());
    assert!(stage.console.wait_for(|s| s.jobs.values().all(|j| j.edges[0].state.is_shared())));
    advance(&stage, 3600);
    assert!(stage.console.wait_for(|s| job_is(s, JobState::Done)), "{}", stage.text());
    assert!(stage.console.wait_for(|s| {
        s.jobs.values().all(|j| j.edges.iter().all(|e| e.state == cvmshare::jobs::EdgeState::Verified))
    }));
    let text = stage.text();
    for wanted in ["[ report ]", "3 of 3 regions done", "2 copied, 4 of 4 shared and confirmed, 4 visible to"]
    {
        assert!(text.contains(wanted), "{wanted:?} is not in\n{text}");
    }
    // Quay Labs had it before, so one copy call and one share in each region is all that was sent.
    let mut sent = writes(&stage);
    sent.sort();
    assert_eq!(
        sent,
        [
            "ModifyImageSharePermission ap-beijing",
            "ModifyImageSharePermission ap-guangzhou",
            "ModifyImageSharePermission ap-shanghai",
            "SyncImages ap-guangzhou",
        ]
    );

    // The whole text for the receivers goes to the clipboard.
    stage.press("y");
    let Some(Effect::Clipboard(text)) = stage.console.effects.last() else { panic!("nothing was carried") };
    for region in ["ap-guangzhou", "ap-shanghai", "ap-beijing"] {
        assert!(text.contains(region), "{text}");
    }

    // The receiver sees the image in these regions only.
    stage.press("esc P down enter");
    assert!(stage.console.wait_until_quiet());
    stage.press("2 /");
    stage.press("\"golden-web-7\" enter");
    let rows: Vec<String> =
        stage.console.lines().into_iter().filter(|l| l.contains("golden-web-7")).collect();
    let mut regions: Vec<&str> = ["ap-guangzhou", "ap-shanghai", "ap-beijing", "ap-nanjing", "eu-frankfurt"]
        .into_iter()
        .filter(|r| rows.iter().any(|l| l.contains(r)))
        .collect();
    regions.sort_unstable();
    assert_eq!(regions, ["ap-beijing", "ap-guangzhou", "ap-shanghai"], "{}", stage.text());
    let text = stage.text();
    for wanted in [
        "share      blocked · only its owner, Acme Platform, can share it",
        "copy       ready · only within",
        "rename     blocked · only the owner can rename it",
        "delete     blocked · only its owner, Acme Platform, can delete it",
    ] {
        assert!(text.contains(wanted), "{wanted:?} is not in\n{text}");
    }
}

#[test]
fn undo_removes_only_what_the_job_made() {
    let mut stage = Stage::tour((120, 40));
    stage.quiet();
    share(&mut stage);
    advance(&stage, 3600);
    assert!(stage.console.wait_for(|s| job_is(s, JobState::Done)));
    stage.quiet();
    stage.press("u");
    assert!(stage.text().contains("Undo this job"), "{}", stage.text());
    assert!(stage.console.wait_for(|s| s.top::<Undo>().is_some_and(Undo::is_planned)), "{}", stage.text());
    let text = stage.text();
    for wanted in [
        "1 Cancel in ap-guangzhou",
        "2 Cancel in ap-beijing",
        "3 Cancel in ap-shanghai",
        "4 Delete the copy in ap-beijing",
        "img-g6lo8csd stays shared with Quay Labs",
    ] {
        assert!(text.contains(wanted), "{wanted:?} is not in\n{text}");
    }
    stage.press("\"golden-web-7\" enter");
    stage.press("enter");
    assert!(stage.console.wait_for(|s| job_is(s, JobState::Undone)), "{}", stage.text());
    assert!(stage.console.wait_for(|s| s.notice.as_ref().is_some_and(|n| n.text.starts_with("Undone: "))));
    let notice = stage.console.state.notice.clone().unwrap().text;
    assert_eq!(
        notice,
        "Undone: cancelled 3 shares of golden-web-7; deleted the copies of golden-web-7 in ap-beijing, ap-shanghai."
    );
    stage.quiet();
    // The job's page, the list of jobs and the journal agree.
    let text = stage.text();
    for wanted in ["undone", "Undone: 3 shares cancelled, 2 copies deleted."] {
        assert!(text.contains(wanted), "{wanted:?} is not in\n{text}");
    }
    // The share with Quay Labs was there before the job, and stays.
    assert_eq!(text.matches("visible to them").count(), 1, "{text}");
    let journal = wait(Journal::open(&stage.home().join("journal.db"))).unwrap();
    let kept = wait(journal.jobs()).unwrap().remove(0).job;
    assert_eq!(kept.state(), JobState::Undone);
    assert!(kept.cells.iter().all(|c| !c.is_made_by_job()) && kept.edges.iter().all(|e| !e.is_made_by_job()));
    // The source still exists, and the deleted copies are not offered.
    assert!(stage.console.state.facts.copies.values().all(std::collections::BTreeMap::is_empty));
    let sent = writes(&stage);
    let undone = &sent[sent.len() - 5..];
    let mut undone = undone.to_vec();
    undone.sort();
    assert_eq!(
        undone,
        [
            "DeleteImages ap-beijing",
            "DeleteImages ap-shanghai",
            "ModifyImageSharePermission ap-beijing",
            "ModifyImageSharePermission ap-guangzhou",
            "ModifyImageSharePermission ap-shanghai",
        ],
        "{}",
        stage.text()
    );
}

/// The page of a finished job reads the cloud again and shows what no longer exists.
#[test]
fn the_page_of_a_finished_job_shows_the_current_state() {
    let mut stage = Stage::tour((120, 40));
    stage.quiet();
    share(&mut stage);
    advance(&stage, 3600);
    assert!(stage.console.wait_for(|s| job_is(s, JobState::Done)));
    stage.quiet();
    stage.press("esc");
    let job = stage.console.state.jobs.values().next().unwrap().clone();
    let place: cvmshare::model::Region = "ap-shanghai".parse().unwrap();
    let copy = job.cell(&place).unwrap().image.clone().unwrap();
    let account = &stage.cloud.accounts[0];
    let options = cvmshare::cloud::ClientOptions {
        endpoint: Some(stage.cloud.endpoint.clone()),
        ..cvmshare::cloud::ClientOptions::default()
    };
    let keys =
        cvmshare::cloud::Credentials::new(&account.secret_id, account.secret_key.clone().into(), "test");
    let others = cvmshare::cloud::Client::new(options, keys).unwrap();
    let with = [job.edges[0].account.clone()];
    stage
        .runtime
        .block_on(others.modify_shares(&place, &copy, &with, cvmshare::cloud::Permission::Cancel))
        .unwrap();
    stage.press("J");
    assert!(stage.console.wait_for(|s| s.jobs.values().any(|j| j.edges.iter().any(|e| e.is_gone()))));
    let text = stage.text();
    assert!(text.contains("the share was last seen") && text.contains("partly done"), "{text}");
}

#[test]
fn copies_of_a_watched_job_are_in_use_at_once() {
    let mut state = keys::state();
    let watched =
        Job { cells: kept("11111111", CellState::Copying).cells, ..kept("11111111", CellState::Copying) };
    let copy = watched.cells[0].image.clone().unwrap();
    let before = Job { cells: vec![Cell { image: None, ..watched.cells[0].clone() }], ..watched.clone() };
    update(&mut state, Message::Job(Box::new(before)));
    assert_eq!(state.facts.busy.get(&copy), None);
    update(&mut state, Message::Job(Box::new(watched)));
    assert_eq!(state.facts.busy[&copy], "11111111");
}

#[test]
fn deleting_a_shared_image_cancels_its_shares_and_asks_for_its_name() {
    let mut stage = Stage::tour((80, 24));
    stage.quiet();
    select(&mut stage, "golden-web-7");
    stage.press("D");
    let text = stage.text();
    assert!(
        text.contains("1 Cancel all 3 shares of golden-web-7") && text.contains("2 Delete golden-web-7"),
        "{text}"
    );
    // No is selected first: Enter alone does nothing.
    stage.press("enter");
    assert_eq!(writes(&stage), Vec::<String>::new());
    // A wrong name does nothing either.
    stage.press("D");
    stage.press("\"golden-web\" tab enter");
    assert_eq!(writes(&stage), Vec::<String>::new());
    assert!(stage.text().contains("The name does not match"), "{}", stage.text());
    stage.press("\"-7\" enter enter");
    assert!(stage.console.wait_for(|s| s.intents.is_empty() && s.acting.is_none()));
    stage.quiet();
    assert_eq!(writes(&stage), ["ModifyImageSharePermission ap-guangzhou", "DeleteImages ap-guangzhou"]);
    assert!(stage.text().contains("golden-web-7 is deleted."), "{}", stage.text());
    assert!(stage.console.state.facts.images().all(|i| i.name != "golden-web-7"));
}

#[test]
fn one_share_is_cancelled_and_the_others_are_read_back() {
    let mut stage = Stage::tour((80, 24));
    stage.quiet();
    select(&mut stage, "golden-web-7");
    stage.press("u space enter");
    assert!(stage.text().contains("[ No ]"), "{}", stage.text());
    stage.press("right enter");
    assert!(stage.console.wait_for(|s| s.acting.is_none()));
    assert!(stage.text().contains("2 left (confirmed)"), "{}", stage.text());
    assert_eq!(writes(&stage), ["ModifyImageSharePermission ap-guangzhou"]);
    let image = stage.console.state.facts.images().find(|i| i.name == "golden-web-7").unwrap().id.clone();
    assert_eq!(stage.console.state.facts.shares(&image).unwrap().len(), 2);
    // The journal has who did it, when, and the result.
    let audit = wait(wait(Journal::open(&stage.home.path().join("journal.db"))).unwrap().audit()).unwrap();
    assert_eq!(audit.len(), 1);
    let entry = &audit[0];
    assert_eq!(
        (entry.profile.as_str(), entry.account.as_deref(), entry.outcome.as_deref()),
        ("acme", Some("100000000001"), Some("ok"))
    );
    assert_eq!(entry.what, format!("cancel {image} with 100000000003"));
}

#[test]
fn renaming_reports_errors_beside_the_field_and_reads_back() {
    let mut stage = Stage::tour((80, 24));
    stage.quiet();
    select(&mut stage, "base-ubuntu-24");
    stage.press("e ctrl-u");
    stage.press("\"golden-web-7\"");
    // The name exists in that region: the dialog says so, and Enter does not send it.
    stage.press("enter");
    assert!(stage.text().contains("golden-web-7") && writes(&stage).is_empty(), "{}", stage.text());
    stage.press("\"-lts\" enter");
    assert!(stage.console.wait_for(|s| s.acting.is_none()));
    assert_eq!(writes(&stage), ["ModifyImageAttribute ap-guangzhou"]);
    assert!(stage.console.state.facts.images().any(|i| i.name == "golden-web-7-lts"));
}

#[test]
fn copying_is_a_job_without_shares() {
    let mut stage = Stage::tour((80, 24));
    stage.quiet();
    select(&mut stage, "base-ubuntu-24");
    stage.press("c down space enter enter tab enter");
    assert!(stage.console.wait_for(|s| s.jobs.values().any(|j| j.cells.iter().all(|c| c.image.is_some()))));
    advance(&stage, 3600);
    assert!(stage.console.wait_for(|s| job_is(s, JobState::Done)), "{}", stage.text());
    assert_eq!(writes(&stage), ["SyncImages ap-guangzhou"]);
}

/// A job of the profile `test` that copies alpha to Shanghai, in this state.
fn kept(id: &str, state: CellState) -> Job {
    let alpha = fixtures::image("img-aaaaaaaa", "ap-guangzhou", "alpha");
    let image = "img-eeeeeeee".parse().ok();
    let cell = fixtures::cell(&"ap-shanghai".parse().unwrap(), "alpha");
    Job {
        cells: vec![Cell { image, state, attempt: 1, ..cell }],
        ..fixtures::job(id, "test", &alpha, super::start())
    }
}

#[test]
fn jobs_in_the_journal_are_continued_and_shown() {
    let mut state = keys::state();
    let (open, done) = (kept("11111111", CellState::Copying), kept("22222222", CellState::Ready));
    let recalled = || Message::Recalled(vec![open.clone(), done.clone()]);
    let follow = Effect::Follow("11111111".into(), "test".into());
    assert_eq!(update(&mut state, recalled()), std::slice::from_ref(&follow));
    assert_eq!(state.notice.as_ref().unwrap().text, "1 unfinished job continues. J shows it.");
    assert_eq!(state.jobs.len(), 2);
    assert_eq!(state.facts.busy[&open.image], "11111111");
    assert_eq!(state.facts.copies[&open.image][&open.cells[0].region], done.cells[0].image.clone().unwrap());
    // A second read of the journal does not start running jobs again.
    assert_eq!(update(&mut state, recalled()), []);
    // Another console started the finished job again.
    let anew = kept("22222222", CellState::Copying);
    let follow = Effect::Follow("22222222".into(), "test".into());
    assert_eq!(update(&mut state, Message::Recalled(vec![open.clone(), anew])), [follow]);
    // A read-only console continues no jobs.
    let mut state = keys::state();
    state.facts.facts_mut().standing.read_only = true;
    assert_eq!(update(&mut state, recalled()), []);
    assert!(state.notice.as_ref().unwrap().text.contains("read-only"));
    // Jobs on a cloud inside the console end with it; others continue without it.
    for (own_cloud, text) in [
        (false, "1 job is running and continues in the background. Press q again to quit."),
        (true, "1 job is running and ends with the demo. Press q again to quit."),
    ] {
        let mut state = keys::state();
        state.profiles[0].demo = true;
        state.own_cloud = own_cloud;
        update(&mut state, recalled());
        assert_eq!(update(&mut state, Message::Key("q".parse().unwrap())), []);
        assert_eq!(state.notice.as_ref().unwrap().text, text);
        assert_eq!(update(&mut state, Message::Key("q".parse().unwrap())), [Effect::Quit]);
    }
    // A job that another process runs does not need the question.
    let mut state = keys::state();
    update(&mut state, recalled());
    update(&mut state, Message::Driver("11111111".into(), Some("123 on vm".into())));
    assert_eq!(update(&mut state, Message::Key("q".parse().unwrap())), [Effect::Quit]);
}
