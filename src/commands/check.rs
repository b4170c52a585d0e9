//! `cvmshare check`: the verdict alone.

use serde::Serialize;
use serde_json::json;

use crate::{
    commands::{gather, out, say, say_clock, share::Planned},
    i18n::{
        self,
        lang::{Lang, tell},
    },
    jobs::{Choice, Goal},
    model::plain,
    rules::{Action, Args, Code, Facts, Kind, Missing, Note, Reason, Remedy, Verdict},
    session::{
        error::{Exit, Fault},
        flags::Format,
        setup::Setup,
    },
};

/// Prints the verdict on an action, with everything fetched that it needs.
///
/// # Errors
/// [`Fault`]
pub async fn check(action: &Action, setup: &Setup, format: Format) -> Result<Exit, Fault> {
    let client = setup.client(setup.profile(), None)?;
    let planned = match goal(action) {
        Some(goal) => {
            let planned = Planned::make(goal, false, gather::known(setup).await?, setup, &client).await;
            Some(planned.map(|p| (p.verdict(), p.facts, p.problems)))
        }
        None => None,
    };
    let gathered = match planned {
        Some(planned) => planned,
        None => gather::verdict(action, setup, &client).await,
    };
    say_clock(&client, setup);
    let (verdict, facts, problems) = gathered?;
    print(action, &verdict, &facts, &problems, setup, format)
}

/// The goal that the commands `share` and `copy` would plan for this action, so that the verdict is theirs. None for
/// questions about sharing alone: whether an image can be shared at all, or with somebody in a region without a copy.
fn goal(action: &Action) -> Option<Goal> {
    match action {
        Action::Share { image, with } if !with.is_empty() && with.iter().all(|r| r.region.is_none()) => {
            Some(Goal::new(image.clone(), with.clone(), Vec::new()))
        }
        Action::Distribute { image, with, regions } => {
            Some(Goal::new(image.clone(), with.clone(), regions.clone()))
        }
        Action::Copy { image, to, name } if !to.is_empty() => {
            let mut goal = Goal::new(image.clone(), Vec::new(), to.clone());
            for region in name.iter().flat_map(|_| to) {
                goal.choices.extend(name.clone().map(|name| (region.clone(), Choice::CopyAs(name))));
            }
            Some(goal)
        }
        _ => None,
    }
}

/// Prints a verdict; the exit status says it too.
pub(crate) fn print(
    action: &Action,
    verdict: &Verdict,
    facts: &Facts,
    problems: &[String],
    setup: &Setup,
    format: Format,
) -> Result<Exit, Fault> {
    say_missing(verdict, problems, setup.lang);
    match format {
        Format::Json => out::document(&document(action, verdict, setup.lang))?,
        Format::Table => out::text(&shown(action, verdict, facts, setup.lang))?,
        Format::Csv => {
            out::rows(format, setup.lang, &["sort", "code", "text"], &[], lines(verdict, setup.lang))?
        }
    }
    Ok(exit(verdict))
}

pub(crate) fn exit(verdict: &Verdict) -> Exit {
    match verdict.kind() {
        Kind::Allowed => Exit::Done,
        Kind::Blocked => Exit::Blocked,
        Kind::Unknown => Exit::Unknown,
    }
}

/// Says what could not be learnt, and why.
pub(crate) fn say_missing(verdict: &Verdict, problems: &[String], lang: Lang) {
    for problem in problems {
        say(problem);
    }
    for missing in &verdict.missing {
        if let Missing::Image(_) | Missing::Instance(_) = missing
            && problems.is_empty()
        {
            let what = shown_word(missing, lang);
            say(&tell!(
                lang,
                "{what} was found in none of the regions asked; name its region with --region",
                "在所查询的地域中没有找到{what}；请用 --region 指明其地域"
            ));
        }
    }
}

/// The fixed shape of interface.md, with its keys in that order.
#[derive(Serialize)]
pub(crate) struct Document<'a> {
    action: &'static str,
    verdict: Kind,
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
        action: action.word(),
        verdict: verdict.kind(),
        reasons: verdict.reasons.iter().map(reason).collect(),
        notes: notes(&verdict.notes),
        acknowledge: notes(&verdict.acknowledge),
        missing: verdict.missing.iter().map(word).collect(),
    }
}

/// A missing fact in two words.
pub(crate) fn word(missing: &Missing) -> String {
    match missing {
        Missing::Image(id) => format!("image {id}"),
        Missing::Shares(id) => format!("shares {id}"),
        Missing::Instance(id) => format!("instance {id}"),
        Missing::Images(region) => format!("images {region}"),
        Missing::Quota(region) => format!("quota {region}"),
        Missing::Offers(region) => format!("offers {region}"),
        Missing::Identity => "identity".to_owned(),
    }
}

/// The same for people.
pub(crate) fn shown_word(missing: &Missing, lang: Lang) -> String {
    match missing {
        _ if lang == Lang::En => word(missing),
        Missing::Image(id) => format!("镜像 {id}"),
        Missing::Shares(id) => format!("{id} 的共享"),
        Missing::Instance(id) => format!("实例 {id}"),
        Missing::Images(region) => format!("{region} 的镜像"),
        Missing::Quota(region) => format!("{region} 的配额"),
        Missing::Offers(region) => format!("{region} 在售的机型"),
        Missing::Identity => "身份".to_owned(),
    }
}

fn lines(verdict: &Verdict, lang: Lang) -> Vec<out::Row> {
    let row = |sort: &str, code: Code, text: String| out::Row {
        json: json!({ "sort": sort, "code": code, "text": text }),
        shown: Vec::new(),
    };
    let note = |sort, n: &Note| row(sort, n.code, i18n::sentence(n.code, &n.args, lang));
    let reasons =
        verdict.reasons.iter().map(|r| row("reason", r.code, i18n::sentence(r.code, &r.args, lang)));
    reasons
        .chain(verdict.acknowledge.iter().map(|n| note("acknowledge", n)))
        .chain(verdict.notes.iter().map(|n| note("note", n)))
        .collect()
}

/// For people.
pub(crate) fn shown(action: &Action, verdict: &Verdict, facts: &Facts, lang: Lang) -> String {
    let name = action.image().map(|id| match facts.image(id) {
        Some(image) => {
            let name = plain(&image.name);
            tell!(lang, " {name} ({id}, {})", " {name}（{id}，{}）", image.region)
        }
        None => format!(" {id}"),
    });
    let zh = lang == Lang::Zh;
    let word_of = match verdict.kind() {
        Kind::Allowed if zh => "可以执行",
        Kind::Blocked if zh => "不能执行",
        Kind::Unknown if zh => "尚不确定",
        Kind::Allowed => "allowed",
        Kind::Blocked => "blocked",
        Kind::Unknown => "not known yet",
    };
    let (does, name) = (i18n::action(action, lang), name.unwrap_or_default());
    let mut text = tell!(lang, "{does}{name}: {word_of}\n", "{does}{name}：{word_of}\n");
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
        put("!", tell!(lang, "to accept: {risk}", "须接受：{risk}"), n.code.as_str());
    }
    for n in &verdict.notes {
        put("i", i18n::sentence(n.code, &n.args, lang), n.code.as_str());
    }
    for m in &verdict.missing {
        put("?", shown_word(m, lang), "missing");
    }
    text
}

/// A reason for people: its sentence, and what to do about it.
pub(crate) fn said(reason: &Reason, lang: Lang) -> Vec<String> {
    let sentence = i18n::sentence(reason.code, &reason.args, lang);
    let mut lines = vec![format!("{} [{}]", plain(&sentence), reason.code)];
    let remedy = i18n::remedy(&reason.remedy, reason.code, lang);
    if !remedy.is_empty() {
        lines.push(format!("  -> {}", plain(&remedy)));
    }
    lines
}
