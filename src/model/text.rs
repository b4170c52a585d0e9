//! Text from outside, made safe to look at.

use std::borrow::Cow;

/// A text as a terminal may show it: each control character, and each mark that turns the direction of what follows,
/// becomes `�`. Values keep what the cloud sent; this is for the moment of showing.
pub fn visible(text: &str) -> Cow<'_, str> {
    let hostile = |c: char| {
        c.is_control()
            || matches!(c, '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
    };
    if text.contains(hostile) { text.replace(hostile, "\u{fffd}").into() } else { text.into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_are_shown_and_words_of_all_languages_stay() {
        assert_eq!(visible("镜像-数据库 ok"), "镜像-数据库 ok");
        assert_eq!(visible("a\u{1b}[31mb\nc\u{9b}2J\u{202e}d"), "a\u{fffd}[31mb\u{fffd}c\u{fffd}2J\u{fffd}d");
    }
}
