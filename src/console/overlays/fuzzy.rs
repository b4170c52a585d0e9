//! A filter that forgives: letters in their order, with anything between them.

/// How well a text fits what was typed, the lower the better; nothing where it does not. Each word has to be in it,
/// letter by letter; a word that stands there as it is fits better than one that is scattered.
pub(super) fn fit(typed: &str, text: &str) -> Option<usize> {
    let text = text.to_lowercase();
    typed.to_lowercase().split_whitespace().map(|word| word_fit(word, &text)).sum()
}

fn word_fit(word: &str, text: &str) -> Option<usize> {
    if let Some(at) = text.find(word) {
        return Some(usize::from(at > 0));
    }
    let mut letters = text.chars();
    let mut between = 2;
    for c in word.chars() {
        between += letters.position(|t| t == c)?;
    }
    Some(between)
}

#[cfg(test)]
mod tests {
    use super::fit;

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
}
