//! The pictures of `screenshots/`, drawn from the built-in scenes. The test fails if a picture is stale;
//! `UPDATE_SCREENSHOTS=1 cargo test pictures` updates them.

use std::{fs, path::PathBuf};

use cvmshare::{
    jobs::{CallRecord, CellState, EdgeState, Job},
    messages::Lang,
    tui::Message,
};
use jiff::SignedDuration;

use super::{Stage, start, svg::svg};

fn check(name: &str, stage: &Stage) {
    let file = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("screenshots").join(format!("{name}.svg"));
    let now = svg(&stage.console.screen());
    if std::env::var_os("UPDATE_SCREENSHOTS").is_some() {
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(&file, &now).unwrap();
    }
    let kept = fs::read_to_string(&file).unwrap_or_default();
    assert!(
        kept == now,
        "{} is stale; UPDATE_SCREENSHOTS=1 makes it anew. The screen is now:\n{}",
        file.display(),
        stage.text()
    );
}

#[test]
fn pictures_are_current() {
    let mut stage = Stage::tour((120, 40));
    stage.quiet();
    check("my-images", &stage);
    stage.press("2");
    check("shared-with-me", &stage);
    stage.press("3");
    check("regions", &stage);
    stage.press("4");
    check("instances", &stage);
    stage.press("2 a");
    check("blocked", &stage);

    // An image that can be copied, and a receiver in a region that it cannot be copied to, so that the preview has both
    // questions and blocks.
    stage.press("esc 1 / \"golden-web-6\" enter G s");
    stage.press("\"100000000002,100000000003@eu-frankfurt\" enter enter down space enter");
    check("findings", &stage);
    stage.press("esc esc esc esc");
    previewed(&mut stage);
    check("preview", &stage);
    let mut job = begun(&mut stage);
    halfway(&mut job);
    stage.console.send(Message::Job(Box::new(job.clone())));
    stage.console.state.notice = None;
    check("running", &stage);
    done(&mut job);
    stage.console.send(Message::Job(Box::new(job)));
    stage.console.state.notice = None;
    check("report", &stage);
}

#[test]
fn the_picture_in_chinese_is_current() {
    let mut stage = Stage::tour_in(Lang::ZH, (120, 40));
    stage.quiet();
    stage.press("3");
    check("chinese", &stage);
}

/// Opens the preview of a share with copies to two regions and receivers in three.
pub(super) fn previewed(stage: &mut Stage) {
    stage.press("/ \"golden-web-7\" enter g s");
    stage.press("\"100000000002,100000000003,100000000004@ap-beijing\" enter enter down space enter");
}

/// Starts that job and waits until all copies are requested.
pub(super) fn begun(stage: &mut Stage) -> Job {
    stage.press("enter tab enter");
    assert!(stage.console.wait_for(|s| s.jobs.values().any(|j| j.cells.iter().all(|c| c.image.is_some()))));
    stage.console.state.jobs.values().next().unwrap().clone()
}

/// Sets the job to a state after some minutes, with fixed times.
pub(super) fn halfway(job: &mut Job) {
    let at = |seconds| start() + SignedDuration::from_secs(seconds);
    job.created = at(-200);
    for (n, cell) in job.cells.iter_mut().enumerate() {
        cell.since = Some(at(-190));
        (cell.state, cell.percent) = match n {
            0 => (CellState::Ready, None),
            1 => (CellState::Ready, None),
            _ => (CellState::Copying, Some(63)),
        };
    }
    let ready: Vec<_> =
        job.cells.iter().filter(|c| c.state == CellState::Ready).map(|c| c.region.clone()).collect();
    for edge in &mut job.edges {
        edge.state = match ready.iter().position(|r| *r == edge.region) {
            Some(0) => EdgeState::Verified,
            Some(_) => EdgeState::Shared,
            None => EdgeState::Planned,
        };
    }
    let call = |seconds, action: &str, region: &str, detail: &str, id: Option<&str>| CallRecord {
        at: at(seconds),
        action: action.into(),
        region: region.parse().unwrap(),
        outcome: "ok".into(),
        request_id: id.map(str::to_owned),
        detail: detail.into(),
    };
    let id = Some("71e69b56-32f1-5e80-9a3c-000000000001");
    job.calls = vec![
        call(-190, "SyncImages", "ap-guangzhou", "2 regions", id),
        call(-60, "DescribeImages", "ap-shanghai", "41 %", None),
        call(-31, "ModifyImageSharePermission", "ap-beijing", "3 accounts", id),
        call(-30, "DescribeImageSharePermission", "ap-beijing", "3 accounts", None),
        call(-5, "DescribeImages", "ap-shanghai", "63 %", None),
    ];
}

pub(super) fn done(job: &mut Job) {
    for cell in &mut job.cells {
        (cell.state, cell.percent) = (CellState::Ready, None);
    }
    for edge in &mut job.edges {
        edge.state = EdgeState::Verified;
    }
}
