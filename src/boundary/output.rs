//! All text that the program writes to stdout, stderr and its log, apart from the console's own screen.
//!
//! Every function here redacts secrets; those for people also neutralise what a terminal would obey or a reader could
//! not see, and cut lines that are longer than [`LONGEST`].

use std::{
    borrow::Cow,
    fmt::Write as _,
    io::{self, Write},
};

use super::secret::{REDACTED, redact};
use crate::model::{is_hostile, plain};

/// Characters of a line, at most. A row of the widest table has some hundred.
pub const LONGEST: usize = 4096;

/// Text for people: secrets and passwords in URLs are redacted, each line is neutralised and cut. Line feeds stay.
pub fn clean(text: &str) -> Cow<'_, str> {
    let text = redact_both(text);
    if text.split('\n').all(|line| line.len() <= LONGEST && matches!(plain(line), Cow::Borrowed(_))) {
        return text;
    }
    let lines: Vec<String> = text.split('\n').map(|line| cut(&plain(line))).collect();
    Cow::Owned(lines.join("\n"))
}

/// The same in one line: a line feed becomes visible too.
pub fn clean_line(text: &str) -> String {
    cut(&plain(&redact_both(text)))
}

fn redact_both(text: &str) -> Cow<'_, str> {
    match redact(text) {
        Cow::Borrowed(text) => redact_passwords(text),
        Cow::Owned(text) => Cow::Owned(redact_passwords(&text).into_owned()),
    }
}

/// The text without the user names and passwords of its URLs: `https://user:password@host` becomes
/// `https://[redacted]@host`.
pub fn redact_passwords(text: &str) -> Cow<'_, str> {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find("://") {
        let (before, after) = rest.split_at(at + 3);
        let end = after.find(|c: char| c.is_whitespace() || "/?#\"'`<>".contains(c)).unwrap_or(after.len());
        out.push_str(before);
        rest = match after[..end].rfind('@') {
            Some(host) => {
                out.push_str(REDACTED);
                &after[host..]
            }
            None => after,
        };
    }
    if out.is_empty() {
        return Cow::Borrowed(text);
    }
    out.push_str(rest);
    Cow::Owned(out)
}

fn cut(line: &str) -> String {
    match line.char_indices().nth(LONGEST) {
        None => line.to_owned(),
        Some((at, _)) => format!("{}... ({} more bytes)", &line[..at], line.len() - at),
    }
}

/// Writes text for people to stdout.
///
/// # Errors
/// Those of writing.
pub fn print(text: &str) -> io::Result<()> {
    write_out(&clean(text))
}

/// Writes text for programs to stdout: secrets are redacted, nothing else is changed.
///
/// # Errors
/// Those of writing.
pub fn print_data(text: &str) -> io::Result<()> {
    write_out(&redact(text))
}

/// Writes a JSON document to stdout. Whatever a terminal would obey and JSON lets stand as it is, such as DEL, the
/// second set of control characters, and marks that turn the direction of writing, becomes `\uXXXX`: the document
/// still says the same. All of these can only be inside of its strings.
///
/// # Errors
/// Those of writing.
pub fn print_json(document: &str) -> io::Result<()> {
    let document = redact(document);
    let mut safe = String::with_capacity(document.len());
    for c in document.chars() {
        match c {
            '\n' => safe.push('\n'),
            c if is_hostile(c) => {
                for unit in c.encode_utf16(&mut [0; 2]) {
                    // A String takes every write.
                    let _ = write!(safe, "\\u{unit:04x}");
                }
            }
            c => safe.push(c),
        }
    }
    write_out(&safe)
}

/// Writes text that this program is made of, such as its man page, and nothing from outside, to stdout as it is.
///
/// # Errors
/// Those of writing.
pub fn print_own(text: &str) -> io::Result<()> {
    write_out(text)
}

fn write_out(text: &str) -> io::Result<()> {
    let mut stdout = io::stdout().lock();
    stdout.write_all(text.as_bytes())?;
    stdout.flush()
}

/// Tells a person something on stderr, beside the data: lines that begin with the program's name.
pub fn say(text: &str) {
    error(&format!("cvmshare: {text}\n"));
}

/// Writes text for people to stderr.
pub fn error(text: &str) {
    // A closed stderr leaves nobody to tell.
    let _ = io::stderr().write_all(clean(text).as_bytes());
}

/// Writes lines over those that were written last: moves up `back` lines and replaces each. For a terminal on stderr.
pub fn error_over(back: usize, lines: impl IntoIterator<Item = String>) {
    let mut out = String::new();
    if back > 0 {
        out.push_str(&format!("\u{1b}[{back}A"));
    }
    for line in lines {
        out.push_str(&format!("\u{1b}[2K{}\n", clean_line(&line)));
    }
    let _ = io::stderr().write_all(out.as_bytes());
}

/// Replaces the last line, which has no end, of a terminal on stderr; without a text takes it away.
pub fn error_status(line: Option<&str>) {
    let _ = write!(io::stderr(), "\r\u{1b}[2K{}", line.map(clean_line).unwrap_or_default());
}

/// A writer for people: stdout, a file, or anything else behind it gets clean text. Text has to come in whole lines, or
/// a secret that is cut in two is not found.
#[derive(Debug)]
pub struct Clean<W>(pub W);

impl<W: Write> Write for Clean<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write_all(clean(&String::from_utf8_lossy(bytes)).as_bytes())?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

/// A writer for the log: every write is one entry and becomes one line.
#[derive(Debug)]
pub struct LogLines<W>(pub W);

impl<W: Write> Write for LogLines<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let text = String::from_utf8_lossy(bytes);
        let mut line = clean_line(text.strip_suffix('\n').unwrap_or(&text));
        line.push('\n');
        self.0.write_all(line.as_bytes())?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::boundary::secret::Secret;

    #[test]
    fn lines_stay_lines_and_all_else_is_shown() {
        assert_eq!(clean("a\u{1b}[2J\nb\u{202e}c\r\n"), "a^[[2J\nb\u{fffd}c^M\n");
        assert_eq!(clean_line("a\nb"), "a^Jb");
        assert!(matches!(clean("a\nb"), Cow::Borrowed(_)));
    }

    #[test]
    fn a_long_line_is_cut_and_says_so() {
        let long = "镜".repeat(LONGEST + 2);
        assert_eq!(clean(&format!("a\n{long}")), format!("a\n{}... (6 more bytes)", "镜".repeat(LONGEST)));
    }

    #[test]
    fn passwords_in_addresses_go_and_everything_else_stays() {
        for (from, to) in [
            ("the endpoint \"https://me:pw@host/x\" is", "the endpoint \"https://[redacted]@host/x\" is"),
            ("http://a:b@c@d e@f", "http://[redacted]@d e@f"),
            ("https://host/path?mail=a@b", "https://host/path?mail=a@b"),
            ("me@example.com", "me@example.com"),
            ("http://a@b, socks5://c:d@e", "http://[redacted]@b, socks5://[redacted]@e"),
        ] {
            assert_eq!(redact_passwords(from), to);
        }
    }

    #[test]
    fn a_log_entry_is_one_line_without_secrets() {
        let _ = Secret::from("xk3-log-secret");
        let mut log = LogLines(Vec::new());
        log.write_all(b"WARN a\nWARN forged xk3-log-secret \x1b[2J\n").unwrap();
        assert_eq!(String::from_utf8(log.0).unwrap(), "WARN a^JWARN forged [redacted] ^[[2J\n");
    }
}
