//! The texts of the rules, by code.

use crate::{
    i18n::{en, fill, lang::Lang, table::Words, zh},
    model::{ImageState, plain},
    rules::{Action, Args, Code, Remedy},
};

fn words(code: Code, lang: Lang) -> Words {
    match lang {
        Lang::En => en::words(code),
        Lang::Zh => zh::words(code),
    }
}

/// The sentence of a code, filled with its figures.
pub fn sentence(code: Code, args: &Args, lang: Lang) -> String {
    fill::first(words(code, lang).sentence, args, lang, fill::WHOLE)
}

/// The same in at most some sixty columns, to stand behind "blocked ·" or "asks ·". Long names are cut.
pub fn short(code: Code, args: &Args, lang: Lang) -> String {
    fill::first(words(code, lang).short, args, lang, fill::SHORT)
}

/// What to do about a reason of that code; empty where the reason itself says all.
pub fn remedy(remedy: &Remedy, code: Code, lang: Lang) -> String {
    let mut args = Args::new();
    match remedy {
        Remedy::Choose(Some(suggestion)) => {
            args.insert("suggestion", suggestion.as_str().into());
        }
        Remedy::CurrentRules(figure) => {
            args.insert("newer", (*figure).into());
        }
        Remedy::Do(action) => {
            args.insert("do", true.into());
            if let Action::Copy { to, .. } = action.as_ref() {
                args.insert("to", to.iter().map(|r| r.to_string()).collect::<Vec<_>>().into());
            }
        }
        Remedy::Wait => {
            args.insert("wait", true.into());
        }
        Remedy::Outside => {
            args.insert("outside", true.into());
        }
        Remedy::Choose(None) | Remedy::SignIn | Remedy::None => {}
    }
    fill::first(words(code, lang).remedy, &args, lang, fill::WHOLE)
}

/// An image's state in a word or two.
pub fn state(state: &ImageState, lang: Lang) -> String {
    let (en, zh) = match state {
        ImageState::Normal => ("ready", "正常"),
        ImageState::Creating => ("being made", "制作中"),
        ImageState::Syncing => ("being copied", "复制中"),
        ImageState::Importing => ("being imported", "导入中"),
        ImageState::CreateFailed => ("failed", "制作失败"),
        ImageState::ImportFailed => ("import failed", "导入失败"),
        ImageState::Other(word) => return plain(word).into_owned(),
    };
    match lang {
        Lang::En => en.to_owned(),
        Lang::Zh => zh.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    /// The figures that the variants ask for, without the English nouns.
    fn holes(variants: &[&str]) -> Vec<BTreeSet<String>> {
        variants
            .iter()
            .map(|v| {
                v.split('{')
                    .skip(1)
                    .map(|h| h.split(['}', ':']).next().unwrap().trim_start_matches('?').to_owned())
                    .collect()
            })
            .collect()
    }

    #[test]
    fn both_languages_ask_for_the_same_figures_and_end_with_words_that_need_none() {
        for code in Code::ALL.iter().copied() {
            let (en, zh) = (words(code, Lang::En), words(code, Lang::Zh));
            assert_eq!(holes(en.sentence), holes(zh.sentence), "{code}");
            assert_eq!(holes(en.short), holes(zh.short), "{code}");
            assert_eq!(holes(en.remedy), holes(zh.remedy), "{code}");
            for variants in [en.sentence, en.short] {
                assert_eq!(holes(variants).last(), Some(&BTreeSet::new()), "{code}");
            }
            assert!(en.remedy.is_empty() || holes(en.remedy).last() == Some(&BTreeSet::new()), "{code}");
        }
    }

    #[test]
    fn no_variant_stands_behind_one_that_is_always_taken_first() {
        for code in Code::ALL.iter().copied() {
            let words = words(code, Lang::En);
            for variants in [words.sentence, words.short, words.remedy] {
                let holes = holes(variants);
                for (i, later) in holes.iter().enumerate() {
                    assert!(!holes[..i].iter().any(|h| h.is_subset(later)), "{code}: {}", variants[i]);
                }
            }
        }
    }
}
