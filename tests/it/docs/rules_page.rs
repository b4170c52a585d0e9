//! `docs/rules.md`: one entry a rule. The condition of a rule is written by hand in the page and kept when the page is
//! rewritten; everything else comes from the code.

use std::collections::BTreeMap;

use cvmshare::{
    i18n::{remedy, sentence},
    messages::Lang,
    model::RuleSet,
    rules::{Args, Code, Limits, Remedy, Severity, refusals},
};

use super::{assert_part, read, split};

const PAGE: &str = "docs/rules.md";

fn vendor_page(number: u32) -> String {
    format!("https://www.tencentcloud.com/document/product/213/{number}")
}

/// What a rule does, as the beginning of the sentence that the condition ends.
fn effect(sort: Severity) -> &'static str {
    match sort {
        Severity::Block => "Blocks",
        Severity::Acknowledge => "Asks for consent",
        Severity::Note => "Informs",
    }
}

/// The heading of the section that a rule belongs to.
fn topic(code: Code) -> &'static str {
    match code.as_str().split_once('.').unwrap().0 {
        "share" => "Share an own image",
        "copy" => "Copy an image to regions",
        "unshare" => "Cancel shares",
        "delete" => "Delete an own image",
        "rename" => "Change name or description",
        "launch" => "Create an instance",
        "reinstall" => "Reinstall an instance",
        "capture" => "Make an image from an instance",
        "quota" => "Quota",
        _ => "Every action",
    }
}

/// The conditions that stand in the page, by code: the rest of the line after the effect.
fn conditions(kept: &str) -> BTreeMap<&str, &str> {
    let entries = kept.split("\n### ").skip(1);
    entries
        .filter_map(|entry| {
            let mut lines = entry.lines().filter(|line| !line.is_empty());
            let (code, line) = (lines.next()?, lines.next()?);
            let starts = [Severity::Block, Severity::Acknowledge, Severity::Note].map(effect);
            Some((code, starts.iter().find_map(|start| line.strip_prefix(start))?.trim_start()))
        })
        .collect()
}

/// The texts of a fix that need no figures: one for each kind of remedy that has its own.
fn fixes(code: Code) -> Vec<String> {
    let mut all = Vec::new();
    for way in [Remedy::Wait, Remedy::Outside, Remedy::None] {
        let text = remedy(&way, code, Lang::EN);
        if !text.is_empty() && !all.contains(&text) {
            all.push(text);
        }
    }
    all
}

/// `F1, 4944` as links.
fn sources(code: Code) -> String {
    let link = |part: &str| match (part.strip_prefix('F').and_then(|n| n.parse::<u32>().ok()), part.parse()) {
        (Some(question), _) => format!("[FAQ, question {question}]({})", vendor_page(17348)),
        (None, Ok(number)) if code.page().is_some() => format!("[{number}]({})", vendor_page(number)),
        (None, Ok(number)) => format!("page {number}"),
        (None, Err(_)) if part == "cvmshare" => "cvmshare's own rule".to_owned(),
        (None, Err(_)) => format!("the API action {part}"),
    };
    code.source().split(", ").map(link).collect::<Vec<_>>().join(", ")
}

/// The API's error codes that mean this rule, with the actions that answer with them.
fn api_codes(code: Code) -> String {
    let mut by_action = BTreeMap::<&str, Vec<String>>::new();
    for refusal in refusals().iter().filter(|r| r.code == code) {
        let codes = by_action.entry(refusal.api_action).or_default();
        let text = format!("`{}`", refusal.api_code);
        if !codes.contains(&text) {
            codes.push(text);
        }
    }
    let one = |(action, codes): (&str, Vec<String>)| match action {
        "any" => format!("any action: {}", codes.join(", ")),
        _ => format!("{action}: {}", codes.join(", ")),
    };
    by_action.into_iter().map(one).collect::<Vec<_>>().join("; ")
}

fn rules(conditions: &BTreeMap<&str, &str>) -> String {
    let mut out = String::new();
    let mut last = "";
    for code in Code::ALL.iter().copied() {
        if topic(code) != last {
            last = topic(code);
            out.push_str(&format!("\n## {last}\n"));
        }
        let condition = conditions.get(code.as_str()).copied().unwrap_or("TODO");
        out.push_str(&format!("\n### {code}\n\n{} {condition}\n\n", effect(code.severity())));
        out.push_str(&format!("- Sentence: {}\n", sentence(code, &Args::new(), Lang::EN)));
        let fixes = fixes(code).join("; or: ");
        if !fixes.is_empty() {
            out.push_str(&format!("- Fix: {fixes}\n"));
        }
        let api = api_codes(code);
        if !api.is_empty() {
            out.push_str(&format!("- API error codes: {api}\n"));
        }
        out.push_str(&format!("- Source: {}\n", sources(code)));
    }
    out.push('\n');
    out
}

#[test]
fn every_rule_is_in_the_page() {
    let page = read(PAGE);
    let [_, kept, _] = split(&page, "rules");
    let conditions = conditions(kept);
    assert_part(PAGE, "rules", &rules(&conditions));
    let all: Vec<&str> = Code::ALL.iter().map(|code| code.as_str()).collect();
    let open: Vec<&str> =
        all.iter().copied().filter(|code| conditions.get(code).is_none_or(|text| *text == "TODO")).collect();
    assert_eq!(open, [""; 0], "write in {PAGE} when these rules apply, in place of TODO");
}

#[test]
fn the_limits_are_in_the_page() {
    let mut out = String::from("| limit | `faq` | `current` |\n| --- | --- | --- |\n");
    for limit in Limits::table() {
        let cells = [RuleSet::Faq, RuleSet::Current].map(|rules| {
            let figure = limit.figure(rules);
            format!("{} ([{}]({}), {})", figure.value, figure.page, vendor_page(figure.page), figure.date)
        });
        out.push_str(&format!("| {} | {} | {} |\n", limit.unit, cells[0], cells[1]));
    }
    assert_part(PAGE, "limits", &out);
}
