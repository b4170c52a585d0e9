//! The filter: words and terms that a row has to match, all of them.
//!
//! A word matches a name that contains its letters in order, or another text of the row that contains the word. A
//! term such as `state:normal`, `region:sh` or `shared:>0` matches one field. `!` before a word or term negates it.

use std::cmp::Ordering;

use crate::{
    messages::{Lang, tr},
    model::ImageId,
    tui::{
        app::column::{Field, TermKind, Terms},
        widgets::fuzzy::Word,
    },
};

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Test {
    Anywhere(Word),
    Text(Field, Word),
    Figure(Field, Comparison, i128),
    Region(Word),
    Receiver(Word),
    Family(ImageId),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Term {
    pub(crate) not: bool,
    pub(crate) test: Test,
}

/// A comparison with a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Comparison {
    pub(crate) orderings: &'static [Ordering],
}

/// A parsed filter.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Query {
    pub(crate) terms: Vec<Term>,
    /// The error message for a part that could not be parsed. No row matches such a filter.
    pub error: Option<String>,
}

impl Query {
    /// Parses a filter. A term without a value yet is ignored.
    pub fn parse(terms: Terms, typed: &str, lang: Lang) -> Self {
        let mut query = Self::default();
        for word in typed.split_whitespace() {
            let (not, word) = match word.strip_prefix('!') {
                Some(rest) => (true, rest),
                None => (false, word),
            };
            match test(terms, word, lang) {
                Ok(Some(test)) => query.terms.push(Term { not, test }),
                Ok(None) => {}
                Err(why) => query.error = query.error.or(Some(why)),
            }
        }
        query
    }

    /// Returns whether the filter matches every row.
    pub fn is_empty(&self) -> bool {
        self.terms.is_empty() && self.error.is_none()
    }

    /// Returns whether the filter needs the share lists.
    pub fn reads_shares(&self) -> bool {
        let of_shares = |test: &Test| matches!(test, Test::Figure(Field::Shared, ..) | Test::Receiver(_));
        self.terms.iter().any(|term| of_shares(&term.test))
    }

    /// Returns whether every row that matches this filter also matches the old one, so that only the remaining rows
    /// have to be checked.
    pub fn narrows(&self, old: &Self) -> bool {
        let (Some((last, before)), None) = (old.terms.split_last(), &old.error) else {
            return old.is_empty();
        };
        let grown = |new: &Term| {
            !new.not
                && !last.not
                && match (&last.test, &new.test) {
                    (Test::Anywhere(a), Test::Anywhere(b)) => b.as_str().starts_with(a.as_str()),
                    (Test::Text(f, a), Test::Text(g, b)) => f == g && b.as_str().starts_with(a.as_str()),
                    _ => false,
                }
        };
        self.terms.starts_with(before)
            && self.terms.get(before.len()).is_some_and(|new| new == last || grown(new))
    }

    /// Returns the byte offsets of the letters of a name that the filter matches.
    pub fn letters(&self, name: &str) -> Vec<usize> {
        let words = self.terms.iter().filter(|t| !t.not).filter_map(|t| match &t.test {
            Test::Anywhere(word) => Some(word.match_positions(name)),
            Test::Text(Field::Name, word) => word.find(name).map(|_| word.match_positions(name)),
            _ => None,
        });
        words.flatten().collect()
    }
}

/// Parses one word. Returns `None` if its value is still missing.
fn test(terms: Terms, word: &str, lang: Lang) -> Result<Option<Test>, String> {
    let Some((key, value)) = word.split_once(':') else {
        return Ok((!word.is_empty()).then(|| Test::Anywhere(Word::new(word))));
    };
    let known = terms.iter().find(|(term, _)| term.eq_ignore_ascii_case(key));
    let Some((term, ask)) = known else {
        return Err(tr!(lang, query_unknown_term, key, told = terms_text(terms)));
    };
    if value.is_empty() {
        return Ok(None);
    }
    Ok(match ask {
        TermKind::Text(field) => Some(Test::Text(*field, Word::new(value))),
        TermKind::Region => Some(Test::Region(Word::new(value))),
        TermKind::Receiver => Some(Test::Receiver(Word::new(value))),
        TermKind::Family => match value.parse() {
            Ok(id) => Some(Test::Family(id)),
            // The value may be an incomplete ID.
            Err(_) if "img-".starts_with(value) || value.starts_with("img-") => None,
            Err(_) => {
                return Err(tr!(lang, query_needs_image, term));
            }
        },
        TermKind::Figure(field) | TermKind::Time(field) => {
            let time = matches!(ask, TermKind::Time(_));
            let (comparison, figure) = comparison(value);
            if figure.is_empty() {
                return Ok(None);
            }
            let read = if time { seconds(figure) } else { figure.parse().ok() };
            match read {
                Some(figure) => Some(Test::Figure(*field, comparison, figure)),
                None if time => {
                    return Err(tr!(lang, query_needs_time, term));
                }
                None => {
                    return Err(tr!(lang, query_needs_number, term));
                }
            }
        }
    })
}

fn comparison(value: &str) -> (Comparison, &str) {
    let all: [(&str, &'static [Ordering]); 5] = [
        (">=", &[Ordering::Greater, Ordering::Equal]),
        ("<=", &[Ordering::Less, Ordering::Equal]),
        (">", &[Ordering::Greater]),
        ("<", &[Ordering::Less]),
        ("=", &[Ordering::Equal]),
    ];
    let signed = all.iter().find_map(|(sign, o)| value.strip_prefix(sign).map(|rest| (*o, rest)));
    let (orderings, rest) = signed.unwrap_or((&[Ordering::Equal], value));
    (Comparison { orderings }, rest)
}

/// Parses `90`, `90s`, `2h`, `7d`, `3w` or `1y` to seconds. A number without a unit is in days.
fn seconds(text: &str) -> Option<i128> {
    let unit = text.chars().last().filter(|c| c.is_ascii_alphabetic());
    let figure: i128 = text.trim_end_matches(|c: char| c.is_ascii_alphabetic()).parse().ok()?;
    let each = match unit {
        Some('s') => 1,
        Some('m') => 60,
        Some('h') => 3600,
        None | Some('d') => 86_400,
        Some('w') => 7 * 86_400,
        Some('y') => 365 * 86_400,
        Some(_) => return None,
    };
    figure.checked_mul(each)
}

/// Returns the list of the terms, as they are typed.
pub(crate) fn terms_text(terms: Terms) -> String {
    terms.iter().map(|(word, _)| format!("{word}:")).collect::<Vec<_>>().join(" ")
}
