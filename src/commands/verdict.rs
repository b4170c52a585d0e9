//! Formats a verdict for people and for scripts.

use serde::Serialize;
use serde_json::json;

use crate::{
    boundary::output::say,
    commands::printer::{self, Row},
    i18n,
    messages::{Lang, m, tr},
    model::plain,
    rules::{Action, Args, Code, Facts, Missing, Note, Reason, Remedy, Verdict, VerdictKind},
    session::{
        error::{CommandError, ErrorShape, Exit},
        flags::Format,
        setup::Setup,
    },
};

/// Prints a verdict, and returns its exit status.
pub(crate) fn print(
    action: &Action,
    verdict: &Verdict,
    facts: &Facts,
    problems: &[String],
    setup: &Setup,
) -> Result<Exit, CommandError> {
    warn_missing(verdict, problems, setup.lang);
    match setup.flags.output {
        Format::Json => printer::document(&document(action, verdict, setup.lang))?,
        Format::Table => printer::text(&table(action, verdict, facts, setup.lang))?,
        Format::Csv => printer::rows(setup, "sort,code,text", &[], rows(verdict, setup.lang))?,
    }
    Ok(exit_status(verdict))
}

/// Returns the exit status of a verdict.
pub(crate) fn exit_status(verdict: &Verdict) -> Exit {
    match verdict.kind() {
        VerdictKind::Allowed => Exit::Done,
        VerdictKind::Blocked => Exit::Blocked,
        VerdictKind::Unknown => Exit::Unknown,
    }
}

/// Warns about facts that could not be read, and why.
pub(crate) fn warn_missing(verdict: &Verdict, problems: &[String], lang: Lang) {
    for problem in problems {
        say(problem);
    }
    for missing in &verdict.missing {
        if let Missing::Image(_) | Missing::Instance(_) = missing
            && problems.is_empty()
        {
            let what = missing_name(missing, lang);
            say(&tr!(lang, cmd_verdict_not_in_regions, what));
        }
    }
}

/// The JSON document of a verdict. The order of the keys is fixed.
#[derive(Serialize)]
pub(crate) struct Document<'a> {
    action: &'static str,
    verdict: VerdictKind,
    reasons: Vec<ReasonShape<'a>>,
    notes: Vec<NoteShape>,
    acknowledge: Vec<NoteShape>,
    missing: Vec<String>,
}

#[derive(Serialize)]
struct ReasonShape<'a> {
    code: Code,
    text: String,
    args: &'a Args,
    remedy: RemedyShape<'a>,
    doc: Option<String>,
}

#[derive(Serialize)]
struct RemedyShape<'a> {
    kind: &'static str,
    action: Option<&'a Action>,
    text: String,
}

#[derive(Serialize)]
struct NoteShape {
    code: Code,
    text: String,
}

/// Returns the JSON document of a verdict.
pub(crate) fn document<'a>(action: &Action, verdict: &'a Verdict, lang: Lang) -> Document<'a> {
    let notes = |notes: &[Note]| {
        notes
            .iter()
            .map(|n| NoteShape { code: n.code, text: i18n::sentence(n.code, &n.args, lang) })
            .collect()
    };
    let reason = |r: &'a Reason| ReasonShape {
        code: r.code,
        text: i18n::sentence(r.code, &r.args, lang),
        args: &r.args,
        remedy: RemedyShape {
            kind: r.remedy.kind(),
            action: match &r.remedy {
                Remedy::Do(action) => Some(action.as_ref()),
                _ => None,
            },
            text: i18n::remedy(&r.remedy, r.code, lang),
        },
        doc: r.code.doc(),
    };
    Document {
        action: action.as_str(),
        verdict: verdict.kind(),
        reasons: verdict.reasons.iter().map(reason).collect(),
        notes: notes(&verdict.notes),
        acknowledge: notes(&verdict.acknowledge),
        missing: verdict.missing.iter().map(missing_word).collect(),
    }
}

/// Returns the name of a missing fact in JSON.
fn missing_word(missing: &Missing) -> String {
    missing_name(missing, Lang::EN)
}

/// Returns the name of a missing fact in a language.
pub(crate) fn missing_name(missing: &Missing, lang: Lang) -> String {
    match missing {
        Missing::Image(id) => tr!(lang, cmd_verdict_image, id),
        Missing::Shares(id) => tr!(lang, cmd_verdict_shares, id),
        Missing::Instance(id) => tr!(lang, cmd_verdict_instance, id),
        Missing::Images(region) => tr!(lang, cmd_verdict_images, region),
        Missing::Quota(region) => tr!(lang, cmd_verdict_quota, region),
        Missing::Offers(region) => tr!(lang, cmd_verdict_offers, region),
        Missing::Identity => lang.text(m::cmd_verdict_identity).to_owned(),
    }
}

fn rows(verdict: &Verdict, lang: Lang) -> Vec<Row> {
    let row = |sort: &str, code: Code, args: &Args| Row {
        json: json!({ "sort": sort, "code": code, "text": i18n::sentence(code, args, lang) }),
        cells: Vec::new(),
    };
    let reasons = verdict.reasons.iter().map(|r| row("reason", r.code, &r.args));
    let risks = verdict.acknowledge.iter().map(|n| row("acknowledge", n.code, &n.args));
    let notes = verdict.notes.iter().map(|n| row("note", n.code, &n.args));
    reasons.chain(risks).chain(notes).collect()
}

/// Returns the table of a verdict.
pub(crate) fn table(action: &Action, verdict: &Verdict, facts: &Facts, lang: Lang) -> String {
    let name = action.image().map(|id| match facts.image(id) {
        Some(image) => {
            let name = plain(&image.name);
            tr!(lang, cmd_verdict_image_name, name, id, region = image.region)
        }
        None => format!(" {id}"),
    });
    let kind = match verdict.kind() {
        VerdictKind::Allowed => lang.text(m::cmd_verdict_allowed),
        VerdictKind::Blocked => lang.text(m::word_blocked),
        VerdictKind::Unknown => lang.text(m::common_not_known_yet),
    };
    let (does, name) = (i18n::action(action, lang), name.unwrap_or_default());
    let mut text = tr!(lang, cmd_verdict_title, does, name, kind);
    let mut put = |mark: &str, what: String, code: &str| {
        text.push_str(&format!("  {mark} {} [{code}]\n", plain(&what)));
    };
    for r in &verdict.reasons {
        put("-", i18n::sentence(r.code, &r.args, lang), r.code.as_str());
        let remedy = i18n::remedy(&r.remedy, r.code, lang);
        if !remedy.is_empty() {
            put("    ->", remedy, r.remedy.kind());
        }
    }
    for n in &verdict.acknowledge {
        let risk = i18n::sentence(n.code, &n.args, lang);
        put("!", tr!(lang, cmd_verdict_to_accept, risk), n.code.as_str());
    }
    for n in &verdict.notes {
        put("i", i18n::sentence(n.code, &n.args, lang), n.code.as_str());
    }
    for m in &verdict.missing {
        put("?", missing_name(m, lang), "missing");
    }
    text
}

/// Returns the lines of a reason: its sentence with its code, and its fix.
pub(crate) fn reason_lines(reason: &Reason, lang: Lang) -> Vec<String> {
    let mut lines = vec![sentence_with_code(reason, lang)];
    let remedy = i18n::remedy(&reason.remedy, reason.code, lang);
    if !remedy.is_empty() {
        lines.push(format!("  -> {}", plain(&remedy)));
    }
    lines
}

/// Returns a reason on one line.
pub(crate) fn sentence_with_code(reason: &Reason, lang: Lang) -> String {
    format!("{} [{}]", plain(&i18n::sentence(reason.code, &reason.args, lang)), reason.code)
}

/// Prints the notes of a verdict or plan on stderr.
pub(crate) fn report_notes(notes: &[Note], lang: Lang) {
    notes.iter().for_each(|n| say(&plain(&i18n::sentence(n.code, &n.args, lang))));
}

/// Returns the JSON error of an action that was not performed: blocked (the first reason's code and fix, the
/// sentences of all reasons), facts missing, or allowed with new risks that were not accepted.
pub(crate) fn refusal(verdict: &Verdict, lang: Lang) -> ErrorShape {
    let shape = |code: &str, text: String, fix: String| ErrorShape {
        code: code.to_owned(),
        text,
        request_id: None,
        fix: (!fix.is_empty()).then_some(fix),
    };
    if let Some(first) = verdict.reasons.first() {
        let all: Vec<String> =
            verdict.reasons.iter().map(|r| i18n::sentence(r.code, &r.args, lang)).collect();
        return shape(first.code.as_str(), all.join(" "), i18n::remedy(&first.remedy, first.code, lang));
    }
    if !verdict.missing.is_empty() {
        let missing: Vec<String> = verdict.missing.iter().map(|m| missing_name(m, lang)).collect();
        return shape(
            "unknown",
            tr!(lang, cmd_verdict_not_known, missing = missing.join(", ")),
            lang.text(m::cmd_verdict_give_region).to_owned(),
        );
    }
    shape(
        "changed",
        lang.text(m::cmd_verdict_changed).to_owned(),
        lang.text(m::cmd_verdict_run_command_again).to_owned(),
    )
}
