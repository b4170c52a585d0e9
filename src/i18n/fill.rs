//! Filling a template with figures.
//!
//! `{key}` stands for the figure of that name and `{key:noun}` for a number with an English noun that takes its plural
//! (`3 accounts`, `1 account`). `{?key}` stands for nothing and only demands that the figure is there.

use serde_json::Value;

use crate::{i18n::lang::Lang, model::plain, rules::Args};

/// How long a text from outside may be, in characters, and how many of a list are named.
#[derive(Clone, Copy)]
pub(crate) struct Cut {
    text: usize,
    list: usize,
}

/// For full sentences.
pub(crate) const WHOLE: Cut = Cut { text: usize::MAX, list: 10 };
/// For one line of the pane.
pub(crate) const SHORT: Cut = Cut { text: 18, list: 1 };

/// The first of the variants whose figures are all there.
pub(crate) fn first(variants: &[&str], args: &Args, lang: Lang, cut: Cut) -> String {
    let filled = variants.iter().find_map(|v| fill(v, args, lang, cut)).unwrap_or_default();
    if lang == Lang::Zh { closed(&filled) } else { filled }
}

/// Chinese has blanks beside Latin words and figures alone; a hole may be filled with Chinese as well.
fn closed(text: &str) -> String {
    let chinese = |c: Option<&char>| c.is_some_and(|c| ('\u{4e00}'..='\u{9fff}').contains(c));
    let all: Vec<char> = text.chars().collect();
    let between = |n: usize| n > 0 && chinese(all.get(n - 1)) && chinese(all.get(n + 1));
    all.iter().enumerate().filter(|(n, c)| **c != ' ' || !between(*n)).map(|(_, c)| *c).collect()
}

fn fill(template: &str, args: &Args, lang: Lang, cut: Cut) -> Option<String> {
    let mut out = String::new();
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let (hole, after) = after.split_once('}')?;
        rest = after;
        if let Some(key) = hole.strip_prefix('?') {
            args.get(key)?;
        } else if let Some((key, noun)) = hole.split_once(':') {
            let value = args.get(key)?;
            out.push_str(&text(value, lang, cut)?);
            out.push(' ');
            out.push_str(noun);
            if value.as_u64() != Some(1) {
                out.push('s');
            }
        } else {
            out.push_str(&text(args.get(hole)?, lang, cut)?);
        }
    }
    out.push_str(rest);
    Some(out)
}

fn text(value: &Value, lang: Lang, cut: Cut) -> Option<String> {
    match value {
        Value::Number(n) => Some(n.to_string()),
        Value::String(s) => Some(shorten(&plain(s), cut.text)),
        Value::Array(all) => list(all, lang, cut),
        Value::Null | Value::Bool(_) | Value::Object(_) => None,
    }
}

/// `A`, `A and B`, `A, B and 2 more`.
fn list(all: &[Value], lang: Lang, cut: Cut) -> Option<String> {
    let shown = if all.len() == cut.list + 1 && cut.list > 1 { all.len() } else { cut.list.min(all.len()) };
    let names: Vec<String> = all.iter().take(shown).map(|v| text(v, lang, cut)).collect::<Option<_>>()?;
    let more = all.len() - shown;
    Some(match (lang, names.split_last()?) {
        (Lang::En, (last, [])) if more == 0 => last.clone(),
        (Lang::En, (last, head)) if more == 0 => format!("{} and {last}", head.join(", ")),
        (Lang::En, _) => format!("{} and {more} more", names.join(", ")),
        (Lang::Zh, _) if more == 0 => names.join("、"),
        (Lang::Zh, _) => format!("{} 等 {} 个", names.join("、"), all.len()),
    })
}

fn shorten(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        text.to_owned()
    } else {
        text.chars().take(most.saturating_sub(1)).chain(['…']).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn args() -> Args {
        [
            ("n", Value::from(1)),
            ("m", Value::from(3)),
            ("name", "a\u{1b}b".into()),
            ("two", vec!["A", "B"].into()),
            ("many", (0..13).map(|i| format!("x{i}")).collect::<Vec<_>>().into()),
            ("long", "abcdefghijklmnopqrstuvwxyz".into()),
        ]
        .into_iter()
        .collect()
    }

    #[test]
    fn figures_nouns_lists_and_cuts() {
        let cases = [
            ("{n:account}, {m:account}", WHOLE, "1 account, 3 accounts"),
            ("<{name}>", WHOLE, "<a^[b>"),
            ("{two}", WHOLE, "A and B"),
            ("{two}", SHORT, "A and 1 more"),
            ("{many}", WHOLE, "x0, x1, x2, x3, x4, x5, x6, x7, x8, x9 and 3 more"),
            ("{long}", SHORT, "abcdefghijklmnopq…"),
            ("{?n}yes", WHOLE, "yes"),
        ];
        for (template, cut, wanted) in cases {
            assert_eq!(first(&[template], &args(), Lang::En, cut), wanted, "{template}");
        }
        assert_eq!(first(&["{two}"], &args(), Lang::Zh, WHOLE), "A、B");
        assert_eq!(first(&["对 {two} 的共享"], &args(), Lang::Zh, SHORT), "对 A 等 2 个的共享");
    }

    #[test]
    fn a_variant_without_its_figures_is_passed_over() {
        assert_eq!(first(&["{x}", "{?x}b", "{n}"], &args(), Lang::En, WHOLE), "1");
        assert_eq!(first(&["{x}"], &args(), Lang::En, WHOLE), "");
        assert_eq!(first(&[], &args(), Lang::En, WHOLE), "");
    }
}
