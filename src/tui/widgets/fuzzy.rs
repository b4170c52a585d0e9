//! What fits what was typed, letters in their order with anything between them. It compares in place: a table of a
//! hundred thousand rows is asked at every key. (A scoring matcher was not taken: rows keep the order that they are
//! sorted by, so that a score would buy nothing, and scattered letters that begin nowhere are not what was meant.)

/// A word as it is looked for: in lower case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Word(String);

impl Word {
    /// A word as it was typed.
    pub fn new(typed: &str) -> Self {
        Self(typed.to_lowercase())
    }

    /// What is looked for.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Where it stands in a text as it is, in bytes; capitals do not count.
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

    /// Whether a text has it as it is.
    pub fn is_in(&self, text: &str) -> bool {
        self.find(text).is_some()
    }

    /// Whether a text has its letters in their order, the first where a word of the text begins.
    pub fn fits(&self, text: &str) -> bool {
        self.is_in(text) || self.scattered(text, |_| {}).is_some()
    }

    /// Where its letters stand in a text that it fits, in bytes.
    pub fn letters(&self, text: &str) -> Vec<usize> {
        if let Some(at) = self.find(text) {
            let letters = text[at..].char_indices().map(|(n, _)| at + n);
            return letters.take(self.0.chars().count()).collect();
        }
        let mut found = Vec::new();
        match self.scattered(text, |at| found.push(at)) {
            Some(_) => found,
            None => Vec::new(),
        }
    }

    /// How far apart its letters stand, and where each is; nothing where they do not all follow one another.
    fn scattered(&self, text: &str, mut at: impl FnMut(usize)) -> Option<usize> {
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

    /// The lower, the better it fits.
    fn fit(&self, text: &str) -> Option<usize> {
        match self.find(text) {
            Some(at) => Some(usize::from(at > 0)),
            None => Some(2 + self.scattered(text, |_| {})?),
        }
    }
}

fn lower(c: char) -> char {
    if c.is_ascii() { c.to_ascii_lowercase() } else { c.to_lowercase().next().unwrap_or(c) }
}

/// How well a text fits what was typed, the lower the better; nothing where it does not. Each word has to be in it,
/// letter by letter; a word that stands there as it is fits better than one that is scattered.
pub(crate) fn fit(typed: &str, text: &str) -> Option<usize> {
    typed.split_whitespace().map(|word| Word::new(word).fit(text)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_fit_in_any_order_and_scattered_letters_fit_worse() {
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
            assert_eq!(fit(typed, text), wanted, "{typed:?}");
        }
    }

    #[test]
    fn letters_are_found_where_they_stand_and_the_first_begins_a_word() {
        for (word, text, letters) in [
            ("web", "golden-web-7", Some(vec![7, 8, 9])),
            ("gw7", "golden-web-7", Some(vec![0, 7, 11])),
            ("GLDN", "golden-web-7", Some(vec![0, 2, 3, 5])),
            ("ldw", "golden-web-7", None),
            ("rod", "backup-of-prod", Some(vec![11, 12, 13])),
            ("prod", "backup-of-rod", None),
            ("ub", "myUbuntuBase", Some(vec![2, 3])),
            ("据库", "镜像-数据库", Some(vec![10, 13])),
            ("镜库", "镜像-数据库", Some(vec![0, 13])),
            ("É", "café-é", Some(vec![3])),
            ("", "anything", Some(vec![])),
        ] {
            let word = Word::new(word);
            let found = word.fits(text).then(|| word.letters(text));
            assert_eq!(found, letters, "{word:?} in {text:?}");
        }
    }

    /// What is typed on never brings a text back: rows can be narrowed as the filter grows.
    #[test]
    fn a_longer_word_fits_nothing_that_the_shorter_did_not() {
        let texts = ["golden-web-7", "myUbuntuBase", "镜像-数据库", "a-ab-abc", "backup-of-prod", "x.y_z"];
        for text in texts {
            let letters: Vec<char> = text.to_lowercase().chars().collect();
            for a in &letters {
                for b in &letters {
                    for c in &letters {
                        let long: String = [*a, *b, *c].iter().collect();
                        let short: String = [*a, *b].iter().collect();
                        let (long, short) = (Word::new(&long), Word::new(&short));
                        assert!(!long.fits(text) || short.fits(text), "{long:?} in {text:?}");
                    }
                }
            }
        }
    }
}
