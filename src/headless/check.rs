//! `cvmshare check`: the verdict alone.

use serde_json::{Value, json};

use super::{Exit, Fault, gather, out, say};
use crate::{
    cli::{Format, Setup},
    rules::{Action, Facts, Kind, Missing, Note, Reason, Remedy, Verdict},
    words::{self, Lang, plain},
};

pub(super) async fn run(action: &Action, setup: &Setup, format: Format) -> Result<Exit, Fault> {
    let client = setup.client(setup.profile(), None)?;
    let (verdict, facts, problems) = gather::verdict(action, setup, &client).await?;
    for problem in &problems {
        say(problem);
    }
    for missing in &verdict.missing {
        if let Missing::Image(_) | Missing::Instance(_) = missing
            && problems.is_empty()
        {
            say(&format!(
                "{} was found in none of the regions asked; name its region with --region",
                word(missing)
            ));
        }
    }
    match format {
        Format::Json => {
            let text = serde_json::to_string_pretty(&document(action, &verdict, setup.lang))
                .map_err(|e| Fault::Failed(e.to_string()))?;
            out::text(&format!("{text}\n"))?;
        }
        Format::Table => out::text(&shown(action, &verdict, &facts, setup.lang))?,
        Format::Csv => out::rows(format, &["sort", "code", "text"], &[], lines(&verdict, setup.lang))?,
    }
    Ok(match verdict.kind() {
        Kind::Allowed => Exit::Done,
        Kind::Blocked => Exit::Blocked,
        Kind::Unknown => Exit::Unknown,
    })
}

/// The fixed shape of interface.md.
fn document(action: &Action, verdict: &Verdict, lang: Lang) -> Value {
    json!({
        "action": action.word(),
        "verdict": verdict.kind(),
        "reasons": verdict.reasons.iter().map(|r| json!({
            "code": r.code,
            "text": words::sentence(r.code, &r.args, lang),
            "args": r.args,
            "remedy": remedy(r, lang),
            "doc": r.code.doc(),
        })).collect::<Vec<_>>(),
        "notes": notes(&verdict.notes, lang),
        "acknowledge": notes(&verdict.acknowledge, lang),
        "missing": verdict.missing.iter().map(word).collect::<Vec<_>>(),
    })
}

fn notes(notes: &[Note], lang: Lang) -> Vec<Value> {
    notes.iter().map(|n| json!({ "code": n.code, "text": words::sentence(n.code, &n.args, lang) })).collect()
}

fn remedy(reason: &Reason, lang: Lang) -> Value {
    let action = match &reason.remedy {
        Remedy::Do(action) => json!(action),
        _ => Value::Null,
    };
    json!({
        "kind": reason.remedy.kind(),
        "action": action,
        "text": words::remedy(&reason.remedy, reason.code, lang),
    })
}

/// A missing fact in two words.
fn word(missing: &Missing) -> String {
    match missing {
        Missing::Image(id) => format!("image {id}"),
        Missing::Shares(id) => format!("shares {id}"),
        Missing::Instance(id) => format!("instance {id}"),
        Missing::Images(region) => format!("images {region}"),
        Missing::Quota(region) => format!("quota {region}"),
        Missing::Identity => "identity".to_owned(),
    }
}

fn lines(verdict: &Verdict, lang: Lang) -> Vec<out::Row> {
    let row = |sort: &str, code: crate::rules::Code, text: String| out::Row {
        json: json!({ "sort": sort, "code": code, "text": text }),
        shown: Vec::new(),
    };
    let note = |sort, n: &Note| row(sort, n.code, words::sentence(n.code, &n.args, lang));
    let reasons =
        verdict.reasons.iter().map(|r| row("reason", r.code, words::sentence(r.code, &r.args, lang)));
    reasons
        .chain(verdict.acknowledge.iter().map(|n| note("acknowledge", n)))
        .chain(verdict.notes.iter().map(|n| note("note", n)))
        .collect()
}

/// For people.
fn shown(action: &Action, verdict: &Verdict, facts: &Facts, lang: Lang) -> String {
    let name = action.image().map(|id| match facts.image(id) {
        Some(image) => format!(" {} ({id}, {})", plain(&image.name), image.region),
        None => format!(" {id}"),
    });
    let word_of = match verdict.kind() {
        Kind::Allowed => "allowed",
        Kind::Blocked => "blocked",
        Kind::Unknown => "not known yet",
    };
    let mut text = format!("{}{}: {word_of}\n", action.word(), name.unwrap_or_default());
    let mut put = |mark: &str, what: String, code: &str| {
        text.push_str(&format!("  {mark} {} [{code}]\n", plain(&what)));
    };
    for r in &verdict.reasons {
        put("-", words::sentence(r.code, &r.args, lang), r.code.as_str());
        let remedy = words::remedy(&r.remedy, r.code, lang);
        if !remedy.is_empty() {
            put("    ->", remedy, r.remedy.kind());
        }
    }
    for n in &verdict.acknowledge {
        put("! to accept:", words::sentence(n.code, &n.args, lang), n.code.as_str());
    }
    for n in &verdict.notes {
        put("i", words::sentence(n.code, &n.args, lang), n.code.as_str());
    }
    for m in &verdict.missing {
        put("?", word(m), "missing");
    }
    text
}
