//! What came of a job.

use serde_json::json;

use super::out::{self, Row};
use crate::{
    cli::{Exit, Fault, Format, Setup},
    jobs::{Failure, Job, JobState, Seen, report},
    model::{ImageId, Region},
    words::{self, Lang},
};

/// The job as one JSON document.
pub(super) fn document(job: &Job) -> Result<String, Fault> {
    serde_json::to_string_pretty(&report::json(job)).map_err(|e| Fault::Failed(e.to_string()))
}

/// Prints a job.
pub(super) fn print(job: &Job, setup: &Setup, format: Format) -> Result<(), Fault> {
    match format {
        Format::Json => out::json(&format!("{}\n", document(job)?)),
        Format::Table => {
            let mut text = table(job, setup);
            if let Some(for_receivers) = receivers_text(job, setup).filter(|_| job.is_over()) {
                text.push_str(&format!("\n{for_receivers}\n"));
            }
            out::text(&text)
        }
        Format::Csv => {
            let fields = [
                "region",
                "image_id",
                "copy",
                "percent",
                "reused",
                "account",
                "share",
                "ours",
                "error",
                "last_seen",
            ];
            out::rows(format, setup.lang, &fields, &[], rows(job))
        }
    }
}

/// A job for people.
pub(super) fn table(job: &Job, setup: &Setup) -> String {
    let lang = setup.lang;
    if lang == Lang::En {
        return report::table(job, &setup.accounts);
    }
    let rows = report::rows(job, &setup.accounts).into_iter().map(|mut shown| {
        shown[2] = match shown[2].strip_prefix("copying ") {
            Some(percent) => format!("复制中 {percent}"),
            None => words::progress(&shown[2], lang).to_owned(),
        };
        shown[4] = words::progress(&shown[4], lang).to_owned();
        Row { json: json!({}), shown: shown.into() }
    });
    out::table(&report::HEAD, rows.collect(), lang)
}

/// Prints a job that is not begun. Whatever is there already, nothing of it has been done.
pub(super) fn print_plan(job: &Job, setup: &Setup, format: Format) -> Result<(), Fault> {
    match format {
        Format::Json => {
            let planned = report::Report { state: JobState::Planned, ..report::json(job) };
            let text = serde_json::to_string_pretty(&planned).map_err(|e| Fault::Failed(e.to_string()))?;
            out::json(&format!("{text}\n"))
        }
        _ => print(job, setup, format),
    }
}

/// One row an account and region, and one a region without accounts.
fn rows(job: &Job) -> Vec<Row> {
    let code = |error: Option<&Failure>| error.map(|e| e.code.clone());
    let mut rows = Vec::new();
    for cell in &job.cells {
        let mut row = |account: Option<&str>,
                       share: Option<&str>,
                       ours: Option<bool>,
                       error: Option<&Failure>,
                       seen: Option<Seen>| {
            rows.push(Row {
                json: json!({
                    "region": cell.region, "image_id": cell.image, "copy": report::cell_word(cell.state),
                    "percent": cell.percent, "reused": cell.reused, "account": account, "share": share,
                    "ours": ours, "error": code(error.or(cell.error.as_ref())),
                    "last_seen": seen.filter(|s| s.there).map(|s| s.at),
                }),
                shown: Vec::new(),
            });
        };
        let mut edges = job.edges.iter().filter(|e| e.region == cell.region).peekable();
        if edges.peek().is_none() {
            row(None, None, None, None, cell.seen);
        }
        for edge in edges {
            let share = report::edge_word(edge.state);
            row(
                Some(edge.account.as_str()),
                Some(share),
                Some(edge.is_ours()),
                edge.error.as_ref(),
                edge.seen,
            );
        }
    }
    rows
}

/// What the receivers need to know, where something is shared.
fn receivers_text(job: &Job, setup: &Setup) -> Option<String> {
    let shared = |region: &Region| job.edges.iter().any(|e| e.region == *region && e.state.is_shared());
    let images: Vec<(Region, ImageId)> = job
        .cells
        .iter()
        .filter(|c| shared(&c.region))
        .filter_map(|c| Some((c.region.clone(), c.image.clone()?)))
        .collect();
    let owner = job.account.as_ref()?;
    (!images.is_empty()).then(|| words::receiver_text(&images, &job.name, owner, setup.lang))
}

/// The exit status of a job as it stands.
pub(super) fn exit(job: &Job) -> Exit {
    match job.state() {
        JobState::Done | JobState::Planned | JobState::Running | JobState::Undone => Exit::Done,
        JobState::Partial => Exit::Partly,
        JobState::Failed => Exit::Failed,
    }
}
