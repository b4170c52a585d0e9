//! Neutralises text from outside.

use std::borrow::Cow;

/// Replaces every character that a terminal may interpret or that is invisible:
///
/// - The control characters U+0000 to U+001F and U+007F become a caret and a letter (`^[` for escape, `^J` for a
///   line feed).
/// - The controls U+0080 to U+009F, line and paragraph separators, bidirectional marks, zero-width spaces and
///   joiners, soft hyphens, tags and fillers become U+FFFD.
///
/// Letters, combining marks and wide characters stay unchanged.
pub fn plain(text: &str) -> Cow<'_, str> {
    if is_plain_ascii(text) || !text.chars().any(is_hostile) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            '\0'..='\x1f' | '\x7f' => {
                out.push('^');
                // Inverting bit 6 gives the caret notation: @ for NUL, [ for escape, ? for DEL.
                out.push(char::from(c as u8 ^ 0x40));
            }
            c if is_hostile(c) => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    Cow::Owned(out)
}

/// Returns whether the text consists of printable ASCII, one column per byte. Most texts do.
pub fn is_plain_ascii(text: &str) -> bool {
    text.bytes().all(|byte| matches!(byte, b' '..=b'~'))
}

/// Returns whether [`plain`] replaces a character.
pub fn is_hostile(c: char) -> bool {
    matches!(c,
        '\0'..='\x1f' | '\x7f'..='\u{9f}'
        | '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}'
        | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}'
        | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shows_controls_and_keeps_letters() {
        let cases = [
            ("golden-web-7", "golden-web-7"),
            ("\u{955c}\u{50cf}-\u{6570}\u{636e}\u{5e93}", "\u{955c}\u{50cf}-\u{6570}\u{636e}\u{5e93}"),
            ("cafe\u{301} 🚀", "cafe\u{301} 🚀"),
            ("", ""),
            ("\u{1b}[31mred\u{1b}[0m", "^[[31mred^[[0m"),
            ("a\nb\tc\rd", "a^Jb^Ic^Md"),
            ("\0\x7f", "^@^?"),
            ("\u{9b}31m", "\u{fffd}31m"),
            ("ap\u{202e}gpj.exe", "ap\u{fffd}gpj.exe"),
            ("ad\u{200b}min", "ad\u{fffd}min"),
            ("a\u{2028}b\u{feff}c", "a\u{fffd}b\u{fffd}c"),
            ("x\u{e0041}y", "x\u{fffd}y"),
        ];
        for (from, to) in cases {
            assert_eq!(plain(from), to, "{from:?}");
        }
        assert!(matches!(plain("golden"), Cow::Borrowed(_)));
    }

    #[test]
    fn neutralises_every_hostile_character() {
        for c in '\0'..=char::MAX {
            let text = c.to_string();
            assert!(!plain(&text).chars().any(is_hostile), "{c:?}");
            assert!(!plain(&text).chars().any(char::is_control), "{c:?}");
        }
    }
}
