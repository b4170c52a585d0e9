//! Formats a job as JSON, Markdown or a plain table. Pure.

use std::collections::BTreeMap;

use serde::Serialize;
use unicode_width::UnicodeWidthStr;

use super::{
    job::{CallRecord, Cell, CellState, Edge, EdgeState, Job, JobState},
    observed::Seen,
};
use crate::{
    messages::{Lang, Plain, m, tr},
    model::{ImageId, JobFailure, Region, Uin, plain},
};

/// The output of `share … -o json`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Report<'a> {
    /// The ID of the job.
    pub job: &'a str,
    /// The state of the job.
    pub state: JobState,
    /// One entry per region.
    pub cells: Vec<CellReport<'a>>,
    /// One entry per account and region.
    pub edges: Vec<EdgeReport<'a>>,
    /// Every call.
    pub calls: Vec<CallReport<'a>>,
}

/// A region in JSON.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CellReport<'a> {
    /// The region.
    pub region: &'a Region,
    /// Null if there is no image.
    pub image_id: Option<&'a ImageId>,
    /// The state.
    pub state: CellState,
    /// Null if unknown.
    pub percent: Option<u8>,
    /// Whether nothing was copied.
    pub reused: bool,
    /// Why it failed.
    pub error: Option<&'a JobFailure>,
}

/// An account in a region in JSON.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct EdgeReport<'a> {
    /// The region.
    pub region: &'a Region,
    /// The account.
    pub account: &'a Uin,
    /// The state.
    pub state: EdgeState,
    /// Whether this job made the share and the share existed at the last read.
    pub ours: bool,
    /// Why it failed.
    pub error: Option<&'a JobFailure>,
}

/// A call in JSON.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CallReport<'a> {
    /// The API action.
    pub action: &'a str,
    /// The region.
    pub region: &'a Region,
    /// `ok`, an error code, `lost` or `unsent`.
    pub outcome: &'a str,
    /// Null if there was no answer, and for reads.
    pub request_id: Option<&'a str>,
}

/// Returns the job as JSON data.
pub fn json(job: &Job) -> Report<'_> {
    Report {
        job: &job.id,
        state: job.state(),
        cells: job.cells.iter().map(CellReport::from).collect(),
        edges: job.edges.iter().map(EdgeReport::from).collect(),
        calls: job.calls.iter().map(CallReport::from).collect(),
    }
}

impl<'a> From<&'a Cell> for CellReport<'a> {
    fn from(cell: &'a Cell) -> Self {
        Self {
            region: &cell.region,
            image_id: cell.image.as_ref(),
            state: cell.state,
            percent: cell.percent,
            reused: cell.reused,
            error: cell.error.as_ref(),
        }
    }
}

impl<'a> From<&'a Edge> for EdgeReport<'a> {
    fn from(edge: &'a Edge) -> Self {
        Self {
            region: &edge.region,
            account: &edge.account,
            state: edge.state,
            ours: edge.is_made_by_job(),
            error: edge.error.as_ref(),
        }
    }
}

impl<'a> From<&'a CallRecord> for CallReport<'a> {
    fn from(call: &'a CallRecord) -> Self {
        Self {
            action: &call.action,
            region: &call.region,
            outcome: &call.outcome,
            request_id: call.request_id.as_deref(),
        }
    }
}

/// Returns which account has which image in which region, as far as the job has seen it.
pub fn shared(job: &Job) -> Vec<(Uin, Region, ImageId)> {
    let edges = job.edges.iter().filter(|e| e.state.is_shared());
    edges
        .filter_map(|e| Some((e.account.clone(), e.region.clone(), job.cell(&e.region)?.image.clone()?)))
        .collect()
}

/// The columns of [`rows`].
fn head(lang: Lang) -> [&'static str; 7] {
    let head = [
        m::report_region,
        m::report_image,
        m::report_copy,
        m::report_account,
        m::report_share,
        m::report_last_seen,
        m::report_why,
    ];
    head.map(|text| lang.text(text))
}

/// Returns one row per account and region, and one per region without accounts. All texts are safe to
/// display.
fn rows(job: &Job, labels: &BTreeMap<Uin, String>, lang: Lang) -> Vec<[String; 7]> {
    let why = |error: Option<&JobFailure>| {
        let told = |e: &JobFailure| {
            tr!(lang, report_why_code, code = plain(&e.code), text = plain(&e.text.render(lang)))
        };
        error.map_or_else(|| "-".to_owned(), told)
    };
    let mut rows = Vec::with_capacity(job.edges.len().max(job.cells.len()));
    for cell in &job.cells {
        let region = cell.region.to_string();
        let image = cell.image.as_ref().map_or_else(|| "-".to_owned(), ToString::to_string);
        let copy = match (cell.state, cell.percent) {
            (CellState::Ready, _) if cell.reused => lang.text(m::word_there).to_owned(),
            (CellState::Ready, _) => lang.text(m::word_copied).to_owned(),
            (CellState::Copying, Some(percent)) => tr!(lang, report_copying, percent),
            (state, _) => lang.text(cell_state_text(state)).to_owned(),
        };
        let mut alone = true;
        for edge in job.edges.iter().filter(|e| e.region == cell.region) {
            alone = false;
            let account = match labels.get(&edge.account) {
                Some(label) => format!("{} {}", edge.account, plain(label)),
                None => edge.account.to_string(),
            };
            let share = lang.text(edge_state_text(edge.state)).to_owned();
            let error = edge.error.as_ref().or(cell.error.as_ref());
            let seen = last_seen(edge.seen);
            rows.push([region.clone(), image.clone(), copy.clone(), account, share, seen, why(error)]);
        }
        if alone {
            let seen = last_seen(cell.seen);
            rows.push([region, image, copy, "-".into(), "-".into(), seen, why(cell.error.as_ref())]);
        }
    }
    rows
}

/// Formats the job as a table with aligned columns, measured in terminal cells.
pub fn table(job: &Job, labels: &BTreeMap<Uin, String>, lang: Lang) -> String {
    let rows = rows(job, labels, lang);
    let head = head(lang).map(str::to_uppercase);
    let mut widths = head.each_ref().map(|text| text.width());
    for row in &rows {
        for (width, text) in widths.iter_mut().zip(row) {
            *width = (*width).max(text.width());
        }
    }
    let mut out = String::new();
    for row in std::iter::once(&head).chain(&rows) {
        let mut line = String::new();
        for (text, width) in row.iter().zip(widths) {
            line.push_str(text);
            line.extend(std::iter::repeat_n(' ', width.saturating_sub(text.width()) + 2));
        }
        out.push_str(line.trim_end());
        out.push('\n');
    }
    out
}

/// Formats the job as Markdown, for a ticket or a web page: the request, the result, and every call.
pub fn markdown(job: &Job, labels: &BTreeMap<Uin, String>, lang: Lang) -> String {
    let intro = tr!(
        lang,
        report_intro,
        id = job.id,
        profile = escape_markdown(&job.profile),
        state = job_state_text(job.state()),
        created = job.created.strftime("%Y-%m-%d %H:%M UTC"),
        region = job.source,
        gib = job.size_gib,
    );
    let mut out = format!("# {} ({})\n\n{intro}\n\n", escape_markdown(&job.name), job.image);
    line(&mut out, &head(lang).map(str::to_owned));
    line(&mut out, &std::array::from_fn::<_, 7, _>(|_| "---".to_owned()));
    for row in rows(job, labels, lang) {
        line(&mut out, &row.map(|text| escape_markdown(&text)));
    }
    out.push('\n');
    let head = [
        m::report_time,
        m::report_action,
        m::report_region,
        m::report_about,
        m::report_outcome,
        m::report_request,
    ];
    line(&mut out, &head.map(|text| lang.text(text).to_owned()));
    line(&mut out, &std::array::from_fn::<_, 6, _>(|_| "---".to_owned()));
    for call in &job.calls {
        let time = call.at.strftime("%H:%M:%S").to_string();
        let id = call.request_id.clone().unwrap_or_else(|| "-".to_owned());
        let region = call.region.to_string();
        let cells = [time, call.action.clone(), region, call.detail.clone(), call.outcome.clone(), id];
        line(&mut out, &cells.map(|text| escape_markdown(&text)));
    }
    out
}

fn line(out: &mut String, cells: &[String]) {
    out.push_str("| ");
    out.push_str(&cells.join(" | "));
    out.push_str(" |\n");
}

/// Escapes a text for Markdown.
fn escape_markdown(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in plain(text).chars() {
        if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '#') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// Returns when the cloud last showed something, in UTC. Returns a dash if it was never read or did not
/// exist.
pub fn last_seen(seen: Option<Seen>) -> String {
    seen.filter(|s| s.there).map_or_else(|| "-".to_owned(), |s| s.at.strftime("%Y-%m-%d %H:%M").to_string())
}

/// Returns the state as JSON spells it.
pub fn cell_state_name(state: CellState) -> &'static str {
    match state {
        CellState::Planned => "planned",
        CellState::Copying => "copying",
        CellState::Waiting => "waiting",
        CellState::Ready => "ready",
        CellState::Skipped => "skipped",
        CellState::Failed => "failed",
        CellState::Undone => "undone",
    }
}

/// Returns the state as JSON spells it.
pub fn edge_state_name(state: EdgeState) -> &'static str {
    match state {
        EdgeState::Planned => "planned",
        EdgeState::Waiting => "waiting",
        EdgeState::Sharing => "sharing",
        EdgeState::Shared => "shared",
        EdgeState::Verified => "verified",
        EdgeState::Skipped => "skipped",
        EdgeState::Failed => "failed",
        EdgeState::Undone => "undone",
    }
}

/// Returns the state as JSON spells it.
pub fn job_state_name(state: JobState) -> &'static str {
    match state {
        JobState::Planned => "planned",
        JobState::Running => "running",
        JobState::Done => "done",
        JobState::Partial => "partial",
        JobState::Failed => "failed",
        JobState::Undone => "undone",
    }
}

fn cell_state_text(state: CellState) -> Plain {
    match state {
        CellState::Planned => m::word_planned,
        CellState::Copying => m::word_copying,
        CellState::Waiting => m::word_waiting,
        CellState::Ready => m::word_ready,
        CellState::Skipped => m::word_skipped,
        CellState::Failed => m::word_failed,
        CellState::Undone => m::word_undone,
    }
}

fn edge_state_text(state: EdgeState) -> Plain {
    match state {
        EdgeState::Planned => m::word_planned,
        EdgeState::Waiting => m::word_waiting,
        EdgeState::Sharing => m::word_sharing,
        EdgeState::Shared => m::word_shared,
        EdgeState::Verified => m::word_verified,
        EdgeState::Skipped => m::word_skipped,
        EdgeState::Failed => m::word_failed,
        EdgeState::Undone => m::word_undone,
    }
}

fn job_state_text(state: JobState) -> Plain {
    match state {
        JobState::Planned => m::word_planned,
        JobState::Running => m::word_running,
        JobState::Done => m::word_done,
        JobState::Partial => m::word_partial,
        JobState::Failed => m::word_failed,
        JobState::Undone => m::word_undone,
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;
    use crate::jobs::Maker;

    /// Wide characters.
    const NAME: &str = "\u{5317}\u{5883}\u{6e38}\u{620f}";
    const IMAGE: &str = "\u{955c}\u{50cf}";

    fn some_job() -> Job {
        let at: Timestamp = "2026-11-24T03:21:00Z".parse().unwrap();
        let cell = |region: &str, image: Option<&str>, state, percent, reused| Cell {
            region: region.parse().unwrap(),
            image: image.map(|i| i.parse().unwrap()),
            state,
            percent,
            reused,
            name: format!("{IMAGE}|x"),
            error: None,
            since: None,
            attempt: 0,
            doubt: false,
            seen: None,
        };
        let edge = |region: &str, account: &str, state, ours| Edge {
            region: region.parse().unwrap(),
            account: account.parse().unwrap(),
            state,
            made_by: if ours { Maker::Job } else { Maker::Others },
            seen: None,
            error: None,
            unsure: false,
        };
        let mut job = Job {
            id: "3f9a0c11".into(),
            profile: "prod".into(),
            account: None,
            image: "img-6pb6lrmy".parse().unwrap(),
            name: format!("{IMAGE}|x\u{1b}[2J"),
            size_gib: 50,
            source: "ap-guangzhou".parse().unwrap(),
            cells: vec![
                cell("ap-guangzhou", Some("img-6pb6lrmy"), CellState::Ready, Some(100), true),
                cell("ap-beijing", Some("img-0a1k2l9x"), CellState::Copying, Some(63), false),
                cell("eu-frankfurt", None, CellState::Failed, None, false),
            ],
            edges: vec![
                edge("ap-guangzhou", "100000000002", EdgeState::Verified, true),
                edge("ap-guangzhou", "100000000003", EdgeState::Shared, false),
                edge("ap-beijing", "100000000002", EdgeState::Planned, false),
            ],
            calls: vec![CallRecord {
                at,
                action: "SyncImages".into(),
                region: "ap-guangzhou".parse().unwrap(),
                outcome: "ok".into(),
                request_id: Some("71e69b56".into()),
                detail: "ap-beijing".into(),
            }],
            created: at,
            paused: None,
            cancelled: false,
            checking: false,
        };
        job.edges[0].seen = Some(Seen::there(at, None));
        job.edges[1].seen = Some(Seen::gone(at, None));
        let text = "region does not support\u{1b}[31m image sync";
        job.cells[2].error = Some(JobFailure::new("InvalidRegion.Unavailable", text));
        job
    }

    fn labels() -> BTreeMap<Uin, String> {
        BTreeMap::from([("100000000002".parse().unwrap(), NAME.to_owned())])
    }

    #[test]
    fn json_shape_is_stable() {
        assert_eq!(
            serde_json::to_value(json(&some_job())).unwrap(),
            serde_json::json!({
                "job": "3f9a0c11",
                "state": "running",
                "cells": [
                    {"region": "ap-guangzhou", "image_id": "img-6pb6lrmy", "state": "ready", "percent": 100,
                     "reused": true, "error": null},
                    {"region": "ap-beijing", "image_id": "img-0a1k2l9x", "state": "copying", "percent": 63,
                     "reused": false, "error": null},
                    {"region": "eu-frankfurt", "image_id": null, "state": "failed", "percent": null,
                     "reused": false, "error": {"code": "InvalidRegion.Unavailable",
                     "text": "region does not support\u{1b}[31m image sync"}},
                ],
                "edges": [
                    {"region": "ap-guangzhou", "account": "100000000002", "state": "verified", "ours": true,
                     "error": null},
                    {"region": "ap-guangzhou", "account": "100000000003", "state": "shared", "ours": false,
                     "error": null},
                    {"region": "ap-beijing", "account": "100000000002", "state": "planned", "ours": false,
                     "error": null},
                ],
                "calls": [
                    {"action": "SyncImages", "region": "ap-guangzhou", "outcome": "ok", "request_id": "71e69b56"},
                ],
            })
        );
    }

    #[test]
    fn aligns_tables_with_wide_and_hostile_texts() {
        assert_eq!(
            table(&some_job(), &labels(), Lang::EN).replace(NAME, "NAME"),
            "\
REGION        IMAGE         COPY          ACCOUNT                SHARE     LAST SEEN         WHY
ap-guangzhou  img-6pb6lrmy  there         100000000002 NAME  verified  2026-11-24 03:21  -
ap-guangzhou  img-6pb6lrmy  there         100000000003           shared    -                 -
ap-beijing    img-0a1k2l9x  copying 63 %  100000000002 NAME  planned   -                 -
eu-frankfurt  -             failed        -                      -         -                 \
InvalidRegion.Unavailable: region does not support^[[31m image sync
"
        );
    }

    #[test]
    fn escapes_markdown() {
        assert_eq!(
            markdown(&some_job(), &labels(), Lang::EN).replace(NAME, "NAME").replace(IMAGE, "IMAGE"),
            "\
# IMAGE\\|x^\\[\\[2J (img-6pb6lrmy)

Job 3f9a0c11 of profile prod, running, made 2026-11-24 03:21 UTC. Source region ap-guangzhou, 50 GiB.

| Region | Image | Copy | Account | Share | Last seen | Why |
| --- | --- | --- | --- | --- | --- | --- |
| ap-guangzhou | img-6pb6lrmy | there | 100000000002 NAME | verified | 2026-11-24 03:21 | - |
| ap-guangzhou | img-6pb6lrmy | there | 100000000003 | shared | - | - |
| ap-beijing | img-0a1k2l9x | copying 63 % | 100000000002 NAME | planned | - | - |
| eu-frankfurt | - | failed | - | - | - | InvalidRegion.Unavailable: region does not support^\\[\\[31m image sync |

| Time | Action | Region | About | Outcome | Request |
| --- | --- | --- | --- | --- | --- |
| 03:21:00 | SyncImages | ap-guangzhou | ap-beijing | ok | 71e69b56 |
"
        );
    }

    #[test]
    fn reports_are_in_the_language_that_is_asked_for() {
        let (job, labels) = (some_job(), labels());
        for report in [table(&job, &labels, Lang::PSEUDO), markdown(&job, &labels, Lang::PSEUDO)] {
            for english in ["account", "last seen", "copying", "verified", "failed"] {
                assert!(!report.to_lowercase().contains(english), "{english}: {report}");
            }
            assert!(report.contains("InvalidRegion.Unavailable"), "{report}");
        }
    }
}
