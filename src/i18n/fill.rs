//! Chooses the variant of a text whose arguments are all known, and formats it.

use serde_json::Value;

use crate::{
    messages::{Lang, Listed, m, tr},
    model::plain,
    rules::Args,
};

/// The limits on how much of a text from outside is shown.
#[derive(Clone, Copy)]
pub(crate) struct MaxShown {
    /// The maximum number of characters of a text.
    text: usize,
    /// The maximum number of entries of a list.
    list: usize,
}

/// The limits for full sentences.
pub(crate) const WHOLE: MaxShown = MaxShown { text: usize::MAX, list: 10 };
/// The limits for one line of the pane.
pub(crate) const SHORT: MaxShown = MaxShown { text: 18, list: 1 };

/// Formats the first variant whose arguments are all in `args`. Returns an empty text if there is none.
pub(crate) fn first(variants: &[Listed], args: &Args, lang: Lang, cut: MaxShown) -> String {
    let get = |name: &str| text(args.get(name)?, lang, cut);
    let filled = variants.iter().find_map(|v| v.render(lang, &get)).unwrap_or_default();
    // Runs in every frame: a text that cannot have such a gap is not copied.
    if filled.is_ascii() { filled } else { without_cjk_gaps(&filled) }
}

/// Removes spaces between two CJK characters. Chinese puts spaces only beside Latin words and figures, and an
/// argument can be either.
fn without_cjk_gaps(text: &str) -> String {
    let cjk = |c: Option<&char>| c.is_some_and(|c| ('\u{4e00}'..='\u{9fff}').contains(c));
    let all: Vec<char> = text.chars().collect();
    let between = |n: usize| n > 0 && cjk(all.get(n - 1)) && cjk(all.get(n + 1));
    all.iter().enumerate().filter(|(n, c)| **c != ' ' || !between(*n)).map(|(_, c)| *c).collect()
}

fn text(value: &Value, lang: Lang, cut: MaxShown) -> Option<String> {
    match value {
        Value::Number(n) => Some(n.to_string()),
        Value::String(s) => Some(shorten(&plain(s), cut.text)),
        Value::Bool(true) => Some(String::new()),
        Value::Array(all) => list(all, lang, cut),
        Value::Null | Value::Bool(false) | Value::Object(_) => None,
    }
}

/// Formats a list as `A`, `A and B`, or `A, B and 2 more`.
fn list(all: &[Value], lang: Lang, cut: MaxShown) -> Option<String> {
    let shown = if all.len() == cut.list + 1 && cut.list > 1 { all.len() } else { cut.list.min(all.len()) };
    let names: Vec<String> = all.iter().take(shown).map(|v| text(v, lang, cut)).collect::<Option<_>>()?;
    let more = all.len() - shown;
    let comma = lang.text(m::common_list_comma);
    Some(match names.split_last()? {
        _ if more > 0 => tr!(lang, list_more, head = names.join(comma), more, all = all.len()),
        (last, []) => last.clone(),
        (last, head) => tr!(lang, list_and, head = head.join(comma), last),
    })
}

fn shorten(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        text.to_owned()
    } else {
        text.chars().take(most.saturating_sub(1)).chain(['\u{2026}']).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_texts_and_figures_are_cut_and_neutralised() {
        let many: Vec<String> = (0..13).map(|i| format!("x{i}")).collect();
        let cases: [(Value, MaxShown, Option<&str>); 8] = [
            (1.into(), WHOLE, Some("1")),
            ("a\u{1b}b".into(), WHOLE, Some("a^[b")),
            (vec!["A", "B"].into(), WHOLE, Some("A and B")),
            (vec!["A", "B"].into(), SHORT, Some("A and 1 more")),
            (many.into(), WHOLE, Some("x0, x1, x2, x3, x4, x5, x6, x7, x8, x9 and 3 more")),
            ("abcdefghijklmnopqrstuvwxyz".into(), SHORT, Some("abcdefghijklmnopq\u{2026}")),
            (true.into(), WHOLE, Some("")),
            (Value::Null, WHOLE, None),
        ];
        for (value, cut, wanted) in cases {
            assert_eq!(text(&value, Lang::EN, cut).as_deref(), wanted, "{value}");
        }
    }

    #[test]
    fn the_first_variant_with_all_its_arguments_is_used() {
        let args: Args =
            [("new", 2.into()), ("total", 51.into()), ("limit", 50.into())].into_iter().collect();
        let shown = |args: &Args| first(m::rule_share_limit, args, Lang::EN, WHOLE);
        assert_eq!(
            shown(&args),
            "With 2 new, 51 accounts would have it; an image can be shared with 50 accounts."
        );
        assert_eq!(shown(&Args::new()), "This image cannot be shared with more accounts.");
        assert_eq!(first(&[], &args, Lang::EN, WHOLE), "");
        assert_eq!(without_cjk_gaps("\u{955c} \u{50cf} a"), "\u{955c}\u{50cf} a");
    }
}
