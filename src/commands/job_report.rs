//! Prints a job for people and for scripts.

use serde_json::json;

use crate::{
    commands::printer::{self, Row},
    i18n::{self, refused::Purpose},
    jobs::{Job, JobState, Seen, report},
    messages::{Lang, tr},
    model::{JobFailure, Uin, plain},
    session::{
        error::{CommandError, Exit},
        flags::Format,
        setup::Setup,
    },
};

/// Returns the job with the texts of its failures in a language, for scripts.
pub(crate) fn localized(job: &Job, lang: Lang) -> Job {
    with_texts(job, |failure, wanted| i18n::job_failure(failure, wanted, lang).0)
}

/// Returns the job with the texts of its failures and their fixes, for people.
pub(crate) fn localized_with_fix(job: &Job, lang: Lang) -> Job {
    with_texts(job, |failure, wanted| {
        let (sentence, fix) = i18n::job_failure(failure, wanted, lang);
        fix.map_or_else(|| sentence.clone(), |fix| format!("{sentence} -> {fix}"))
    })
}

fn with_texts(job: &Job, text: impl Fn(&JobFailure, Purpose) -> String) -> Job {
    let mut job = job.clone();
    let cells = job.cells.iter_mut().filter_map(|c| Some((c.error.as_mut()?, Purpose::Copy)));
    let edges = job.edges.iter_mut().filter_map(|e| Some((e.error.as_mut()?, Purpose::Share)));
    for (failure, wanted) in cells.chain(edges) {
        *failure = JobFailure::new(&failure.code, text(failure, wanted));
    }
    job
}

/// Prints a job in the format of `-o`.
pub(crate) fn print(job: &Job, setup: &Setup) -> Result<(), CommandError> {
    match setup.flags.output {
        Format::Json => printer::document(&report::json(&localized(job, setup.lang))),
        Format::Table => {
            let mut text = table(job, setup);
            if job.is_over() {
                for (whom, for_them) in receivers_texts(job, setup) {
                    text.push_str(&format!("\n{whom}\n{for_them}\n"));
                }
            }
            printer::text(&text)
        }
        Format::Csv => {
            let fields = "region,image_id,copy,percent,reused,account,share,ours,error,last_seen";
            printer::rows(setup, fields, &[], rows(job))
        }
    }
}

/// Returns the table of a job.
pub(crate) fn table(job: &Job, setup: &Setup) -> String {
    report::table(&localized_with_fix(job, setup.lang), &setup.accounts, setup.lang)
}

/// Prints a job that has not started. Its state is "planned" even if some copies exist.
pub(crate) fn print_plan(job: &Job, setup: &Setup) -> Result<(), CommandError> {
    match setup.flags.output {
        Format::Json => {
            let job = localized(job, setup.lang);
            let planned = report::Report { state: JobState::Planned, ..report::json(&job) };
            printer::document(&planned)
        }
        _ => print(job, setup),
    }
}

/// Returns one row per account and region, and one per region without accounts.
fn rows(job: &Job) -> Vec<Row> {
    let code = |error: Option<&JobFailure>| error.map(|e| e.code.clone());
    let mut rows = Vec::new();
    for cell in &job.cells {
        let mut row = |account: Option<&str>,
                       share: Option<&str>,
                       ours: Option<bool>,
                       error: Option<&JobFailure>,
                       seen: Option<Seen>| {
            rows.push(Row {
                json: json!({
                    "region": cell.region, "image_id": cell.image, "copy": report::cell_state_name(cell.state),
                    "percent": cell.percent, "reused": cell.reused, "account": account, "share": share,
                    "ours": ours, "error": code(error.or(cell.error.as_ref())),
                    "last_seen": seen.filter(|s| s.there).map(|s| s.at),
                }),
                cells: Vec::new(),
            });
        };
        let mut edges = job.edges.iter().filter(|e| e.region == cell.region).peekable();
        if edges.peek().is_none() {
            row(None, None, None, None, cell.seen);
        }
        for edge in edges {
            let share = report::edge_state_name(edge.state);
            row(
                Some(edge.account.as_str()),
                Some(share),
                Some(edge.is_made_by_job()),
                edge.error.as_ref(),
                edge.seen,
            );
        }
    }
    rows
}

/// Returns the messages for the receivers, each with the names of its accounts.
fn receivers_texts(job: &Job, setup: &Setup) -> Vec<(String, String)> {
    let Some(owner) = &job.account else { return Vec::new() };
    i18n::receiver_texts(&report::shared(job), &job.name, owner, setup.lang)
        .into_iter()
        .map(|one| {
            let all: Vec<String> = one.accounts.iter().map(|account| account_name(account, setup)).collect();
            (tr!(setup.lang, cmd_job_report_for, all = all.join(", ")), one.text)
        })
        .collect()
}

/// Returns an account with its label.
pub(crate) fn account_name(account: &Uin, setup: &Setup) -> String {
    match setup.accounts.get(account) {
        Some(label) => format!("{account} {}", plain(label)),
        None => account.to_string(),
    }
}

/// Returns the exit status for the state of a job.
pub(crate) fn exit_status(job: &Job) -> Exit {
    match job.state() {
        JobState::Done | JobState::Planned | JobState::Running | JobState::Undone => Exit::Done,
        JobState::Partial => Exit::Partly,
        JobState::Failed => Exit::Failed,
    }
}
