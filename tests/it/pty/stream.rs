//! Parses the output of a program: frames, and the kinds of control sequences.

use std::collections::BTreeSet;

const BEGIN: &[u8] = b"\x1b[?2026h";
const END: &[u8] = b"\x1b[?2026l";

/// Returns the position of the last occurrence of `of`.
fn last(bytes: &[u8], of: &[u8]) -> Option<usize> {
    bytes.windows(of.len()).rposition(|w| w == of)
}

/// Returns whether a frame has started and not ended.
pub fn mid_frame(bytes: &[u8]) -> bool {
    last(bytes, BEGIN) > last(bytes, END)
}

/// Returns whether focus reports are on.
pub fn focus_told(bytes: &[u8]) -> bool {
    last(bytes, b"\x1b[?1004h") > last(bytes, b"\x1b[?1004l")
}

/// Counts the frames.
pub fn frames(bytes: &[u8]) -> usize {
    bytes.windows(END.len()).filter(|w| *w == END).count()
}

/// Returns all kinds of control sequences: `^G` for a control character, `CSI 25 h`, `CSI H`, `OSC 52`, `ESC c` and so
/// on. Numbers that are positions or counts are left out.
pub fn kinds(bytes: &[u8]) -> BTreeSet<String> {
    let mut kinds = BTreeSet::new();
    if std::str::from_utf8(bytes).is_err() {
        kinds.insert("not UTF-8".into());
    }
    let text = String::from_utf8_lossy(bytes);
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\x1b' => match chars.next() {
                Some('[') => {
                    let mut args = String::new();
                    let end = loop {
                        match chars.next() {
                            Some(c @ '\x40'..='\x7e') => break c,
                            Some(c) => args.push(c),
                            None => break '?',
                        }
                    };
                    kinds.insert(match end {
                        'h' | 'l' => format!("CSI {args} {end}"),
                        'm' => sgr(&args).to_owned(),
                        _ => {
                            let odd: String =
                                args.chars().filter(|c| !c.is_ascii_digit() && *c != ';').collect();
                            format!("CSI {odd}{end}")
                        }
                    });
                }
                Some(']') => {
                    let mut args = String::new();
                    while let Some(c) = chars.next_if(|c| !matches!(c, '\x07' | '\x1b')) {
                        args.push(c);
                    }
                    if chars.next() == Some('\x1b') {
                        chars.next();
                    }
                    kinds.insert(format!("OSC {}", args.split(';').next().unwrap_or_default()));
                }
                Some(c) => {
                    kinds.insert(format!("ESC {c}"));
                }
                None => {
                    kinds.insert("ESC at the end".into());
                }
            },
            '\0'..'\x20' => {
                kinds.insert(format!("^{}", char::from(c as u8 + b'@')));
            }
            '\x7f'..='\u{9f}'
            | '\u{200b}'..='\u{200f}'
            | '\u{2028}'..='\u{202e}'
            | '\u{2066}'..='\u{2069}' => {
                kinds.insert(format!("U+{:04X}", c as u32));
            }
            _ => {}
        }
    }
    kinds
}

/// Returns the kind of a style. Colours beyond the 16 standard ones are a kind of their own.
fn sgr(args: &str) -> &'static str {
    let mut numbers = args.split(';').map(|n| n.parse::<u32>().unwrap_or_default());
    while let Some(n) = numbers.next() {
        if matches!(n, 38 | 48 | 58) && (numbers.next() != Some(5) || numbers.next().is_none_or(|n| n >= 16))
        {
            return "CSI m of many colours";
        }
    }
    "CSI m"
}

#[test]
fn kinds_of_control_sequences_are_distinguished() {
    let bytes = b"a\x1b[?25l\x1b[3;4Hb\x1b[38;5;9m\x1b[38;5;99m\x1b[1m\x1b]0;owned\x07\x1b]52;c;aGk=\x1b\\\x1b[6n\x1bc\x07\xc2\x9b\xff";
    let all: Vec<String> = kinds(bytes).into_iter().collect();
    let wanted = [
        "CSI ?25 l",
        "CSI H",
        "CSI m",
        "CSI m of many colours",
        "CSI n",
        "ESC c",
        "OSC 0",
        "OSC 52",
        "U+009B",
        "^G",
        "not UTF-8",
    ];
    assert_eq!(all, wanted);
    assert!(mid_frame(b"\x1b[?2026hx"));
    assert!(!mid_frame(b"\x1b[?2026hx\x1b[?2026l"));
    assert!(!mid_frame(b""));
}
