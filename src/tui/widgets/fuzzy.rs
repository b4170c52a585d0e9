//! Fuzzy matching: a text matches if it contains the typed letters in order, with anything between them.
//!
//! It compares without allocations, since every key matches up to a hundred thousand rows. A scoring matcher would
//! bring nothing: rows keep their sort order, and letters that start within a word are not what users mean.

/// A search word in lower case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Word(String);

impl Word {
    /// Makes a search word from typed text.
    pub fn new(typed: &str) -> Self {
        Self(typed.to_lowercase())
    }

    /// Returns the word.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the byte position at which a text contains the word, ignoring case.
    pub fn find(&self, text: &str) -> Option<usize> {
        let word = self.0.as_str();
        if word.is_ascii() {
            let (word, text) = (word.as_bytes(), text.as_bytes());
            return match word.len() {
                0 => Some(0),
                n => text.windows(n).position(|part| part.eq_ignore_ascii_case(word)),
            };
        }
        let begins = |rest: &str| {
            let mut letters = rest.chars().map(lower);
            word.chars().all(|c| letters.next() == Some(c))
        };
        text.char_indices().map(|(at, _)| at).find(|at| begins(&text[*at..]))
    }

    /// Returns whether a text contains the word.
    pub fn is_in(&self, text: &str) -> bool {
        self.find(text).is_some()
    }

    /// Returns whether a text matches: it contains the word, or its letters in order, the first at the start of a word.
    pub fn matches(&self, text: &str) -> bool {
        self.is_in(text) || self.match_in_order(text, |_| {}).is_some()
    }

    /// Returns the byte positions of the matching letters in a text. Returns none if it does not match.
    pub fn match_positions(&self, text: &str) -> Vec<usize> {
        if let Some(at) = self.find(text) {
            let letters = text[at..].char_indices().map(|(n, _)| at + n);
            return letters.take(self.0.chars().count()).collect();
        }
        let mut found = Vec::new();
        match self.match_in_order(text, |at| found.push(at)) {
            Some(_) => found,
            None => Vec::new(),
        }
    }

    /// Matches the letters in order and passes the position of each to `at`. Returns the number of characters between
    /// them, or `None` if the text does not match.
    fn match_in_order(&self, text: &str, mut at: impl FnMut(usize)) -> Option<usize> {
        let mut letters = text.char_indices();
        let mut wanted = self.0.chars();
        let first = wanted.next()?;
        let mut before = None;
        let start = letters.find(|(_, c)| {
            let begins =
                before.is_none_or(|b: char| !b.is_alphanumeric() || b.is_lowercase() && c.is_uppercase());
            before = Some(*c);
            begins && lower(*c) == first
        })?;
        at(start.0);
        let mut between = 0;
        for c in wanted {
            let mut gap = 0;
            let (here, _) = letters.find(|(_, l)| {
                gap += 1;
                lower(*l) == c
            })?;
            at(here);
            between += gap - 1;
        }
        Some(between)
    }

    /// Returns the score of a text. Lower is better.
    fn score(&self, text: &str) -> Option<usize> {
        match self.find(text) {
            Some(at) => Some(usize::from(at > 0)),
            None => Some(2 + self.match_in_order(text, |_| {})?),
        }
    }
}

fn lower(c: char) -> char {
    if c.is_ascii() { c.to_ascii_lowercase() } else { c.to_lowercase().next().unwrap_or(c) }
}

/// Returns the score of a text for typed words, or `None` if it does not match all of them. Lower is better; a word
/// that the text contains scores better than one whose letters are scattered.
pub(crate) fn score(typed: &str, text: &str) -> Option<usize> {
    typed.split_whitespace().map(|word| Word::new(word).score(text)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_match_in_any_order_and_scattered_letters_score_worse() {
        let text = "S5.MEDIUM4 2 cores 4 GiB";
        for (typed, wanted) in [
            ("", Some(0)),
            ("s5", Some(0)),
            ("medium s5", Some(1)),
            ("s5m4", Some(8)),
            ("MEDIUM4", Some(1)),
            ("s6", None),
            ("s5 8", None),
        ] {
            assert_eq!(score(typed, text), wanted, "{typed:?}");
        }
    }

    #[test]
    fn match_positions_are_found_and_the_first_letter_starts_a_word() {
        for (word, text, letters) in [
            ("web", "golden-web-7", Some(vec![7, 8, 9])),
            ("gw7", "golden-web-7", Some(vec![0, 7, 11])),
            ("GLDN", "golden-web-7", Some(vec![0, 2, 3, 5])),
            ("ldw", "golden-web-7", None),
            ("rod", "backup-of-prod", Some(vec![11, 12, 13])),
            ("prod", "backup-of-rod", None),
            ("ub", "myUbuntuBase", Some(vec![2, 3])),
            ("\u{636e}\u{5e93}", "\u{955c}\u{50cf}-\u{6570}\u{636e}\u{5e93}", Some(vec![10, 13])),
            ("\u{955c}\u{5e93}", "\u{955c}\u{50cf}-\u{6570}\u{636e}\u{5e93}", Some(vec![0, 13])),
            ("É", "café-é", Some(vec![3])),
            ("", "anything", Some(vec![])),
        ] {
            let word = Word::new(word);
            let found = word.matches(text).then(|| word.match_positions(text));
            assert_eq!(found, letters, "{word:?} in {text:?}");
        }
    }

    /// A longer word never matches a text that its beginning does not, so a growing filter only has to look at the
    /// remaining rows.
    #[test]
    fn a_longer_word_matches_only_what_the_shorter_one_matched() {
        let texts = [
            "golden-web-7",
            "myUbuntuBase",
            "\u{955c}\u{50cf}-\u{6570}\u{636e}\u{5e93}",
            "a-ab-abc",
            "backup-of-prod",
            "x.y_z",
        ];
        for text in texts {
            let letters: Vec<char> = text.to_lowercase().chars().collect();
            for a in &letters {
                for b in &letters {
                    for c in &letters {
                        let long: String = [*a, *b, *c].iter().collect();
                        let short: String = [*a, *b].iter().collect();
                        let (long, short) = (Word::new(&long), Word::new(&short));
                        assert!(!long.matches(text) || short.matches(text), "{long:?} in {text:?}");
                    }
                }
            }
        }
    }
}
