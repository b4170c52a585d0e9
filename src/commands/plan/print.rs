//! Prints the difference and the result, for people and for scripts.

use serde::Serialize;
use serde_json::json;

use crate::{
    commands::{
        job_report::{self, account_name},
        plan::{
            diff::{CopyLine, DiffStatus, Difference, ShareLine, is_unchanged},
            resolve::PlannedImage,
        },
        printer::{self, Row},
    },
    i18n,
    jobs::{Job, report},
    messages::m,
    model::{ImageId, Region, Uin},
    session::{
        error::{CommandError, ErrorShape},
        flags::Format,
        setup::Setup,
    },
};

/// A share that was cancelled.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Cancelled {
    pub region: Region,
    pub image_id: ImageId,
    pub account: Uin,
}

/// The result of `plan` or `apply`.
#[derive(Default)]
pub(crate) struct ApplyResult {
    pub state: &'static str,
    /// The number of copies and shares to make (or made) and of shares to cancel (or cancelled).
    pub changes: usize,
    pub jobs: Vec<Job>,
    pub cancelled: Vec<Cancelled>,
    pub error: Option<ErrorShape>,
}

#[derive(Serialize)]
struct Document<'a> {
    state: &'static str,
    changes: usize,
    images: Vec<ImageShape<'a>>,
    jobs: Vec<report::Report<'a>>,
    cancelled: &'a [Cancelled],
    error: Option<&'a ErrorShape>,
}

#[derive(Serialize)]
struct ImageShape<'a> {
    line: usize,
    image_id: &'a ImageId,
    name: &'a str,
    region: &'a Region,
    copies: &'a [CopyLine],
    shares: &'a [ShareLine],
    findings: Vec<FindingShape>,
}

#[derive(Serialize)]
struct FindingShape {
    region: Option<Region>,
    account: Option<String>,
    code: String,
    text: String,
    fix: Option<String>,
}

/// Prints one document, or the difference as a table.
pub(crate) fn print(
    all: &[PlannedImage],
    differences: &[Difference],
    outcome: &ApplyResult,
    setup: &Setup,
) -> Result<(), CommandError> {
    let fields = "step,what,name,region,image_id,account,ours";
    match setup.flags.output {
        Format::Json => {
            let jobs: Vec<Job> =
                outcome.jobs.iter().map(|job| job_report::localized(job, setup.lang)).collect();
            let images = all.iter().zip(differences).map(|(w, d)| image(w, d, setup));
            printer::document(&Document {
                state: outcome.state,
                changes: outcome.changes,
                images: images.collect(),
                jobs: jobs.iter().map(report::json).collect(),
                cancelled: &outcome.cancelled,
                error: outcome.error.as_ref(),
            })
        }
        Format::Table if !(outcome.jobs.is_empty() && outcome.cancelled.is_empty()) => {
            let mut text = String::new();
            for job in &outcome.jobs {
                text.push_str(&job_report::table(job, setup));
            }
            let gone = outcome.cancelled.iter().map(|c| Row {
                json: json!({}),
                cells: vec![c.region.to_string(), c.image_id.to_string(), account_name(&c.account, setup)],
            });
            if !outcome.cancelled.is_empty() {
                text.push_str(&printer::table(
                    &[m::head_region, m::head_image, m::head_cancelled],
                    gone.collect(),
                    setup.lang,
                ));
            }
            printer::text(&text)
        }
        Format::Table | Format::Csv => {
            let head =
                &[m::head_step, m::head_what, m::head_name, m::head_region, m::head_image, m::head_account];
            printer::rows(setup, fields, head, rows(all, differences, setup))
        }
    }
}

/// Returns the table of the difference, which is also shown before the confirmation.
pub(crate) fn table(all: &[PlannedImage], differences: &[Difference], setup: &Setup) -> String {
    let head = &[m::head_step, m::head_what, m::head_name, m::head_region, m::head_image, m::head_account];
    printer::table(head, rows(all, differences, setup), setup.lang)
}

fn rows(all: &[PlannedImage], differences: &[Difference], setup: &Setup) -> Vec<Row> {
    let dash = |id: &Option<ImageId>| id.as_ref().map_or_else(|| "-".to_owned(), ToString::to_string);
    let localized = |word: &str| i18n::progress(word, setup.lang).to_owned();
    let mut rows = Vec::new();
    for (one, difference) in all.iter().zip(differences) {
        let name = &one.image.name;
        for c in &difference.copies {
            let what = if c.region == one.image.region { "image" } else { "copy" };
            rows.push(Row {
                json: json!({
                    "step": c.step, "what": what, "name": c.name, "region": c.region, "image_id": c.image_id,
                    "account": null, "ours": null,
                }),
                cells: vec![
                    localized(word(c.step)),
                    localized(what),
                    c.name.clone(),
                    c.region.to_string(),
                    dash(&c.image_id),
                    "-".to_owned(),
                ],
            });
        }
        for s in &difference.shares {
            let step = match (s.step, s.ours) {
                (DiffStatus::Extra, false) => setup.lang.text(m::word_extra_made_elsewhere).to_owned(),
                (step, _) => localized(word(step)),
            };
            rows.push(Row {
                json: json!({
                    "step": s.step, "what": "share", "name": name, "region": s.region, "image_id": s.image_id,
                    "account": s.account, "ours": s.ours,
                }),
                cells: vec![
                    step,
                    localized("share"),
                    name.to_string(),
                    s.region.to_string(),
                    dash(&s.image_id),
                    account_name(&s.account, setup),
                ],
            });
        }
    }
    rows
}

fn word(step: DiffStatus) -> &'static str {
    match step {
        DiffStatus::Add => "add",
        DiffStatus::There => "there",
        DiffStatus::Extra => "extra",
        DiffStatus::Blocked => "blocked",
    }
}

fn image<'a>(one: &'a PlannedImage, difference: &'a Difference, setup: &Setup) -> ImageShape<'a> {
    let blocks = !is_unchanged(one) && one.planned.unfinished().is_none();
    let findings = one.planned.plan.findings.iter().filter(|f| f.blocking && blocks);
    let found = findings.map(|f| {
        let reason = f.cause.reason();
        let fix = i18n::remedy(&reason.remedy, reason.code, setup.lang);
        FindingShape {
            region: f.region.clone(),
            account: f.account.as_ref().map(|a| match a {
                Ok(uin) => uin.to_string(),
                Err(text) => text.clone(),
            }),
            code: reason.code.as_str().to_owned(),
            text: i18n::sentence(reason.code, &reason.args, setup.lang),
            fix: (!fix.is_empty()).then_some(fix),
        }
    });
    let refused = one.planned.refused.iter().map(|(region, failure)| FindingShape {
        region: Some(region.clone()),
        account: None,
        code: failure.code.clone(),
        text: failure.text.render(setup.lang),
        fix: None,
    });
    ImageShape {
        line: one.entry.line,
        image_id: &one.image.id,
        name: &one.image.name,
        region: &one.image.region,
        copies: &difference.copies,
        shares: &difference.shares,
        findings: found.chain(refused).collect(),
    }
}
