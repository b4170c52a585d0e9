//! Writes all text for stdout, stderr and the log. The console draws its own screen.
//!
//! Every function redacts secrets. Functions that print for people also make control characters visible and
//! truncate lines longer than [`MAX_LINE_CHARS`].

use std::{
    borrow::Cow,
    fmt::Write as _,
    io::{self, Write},
};

use super::secret::{REDACTED, redact};
use crate::model::{is_hostile, plain};

/// Maximum number of characters in a line. A row of the widest table has a few hundred.
pub const MAX_LINE_CHARS: usize = 4096;

/// Prepares text for people: redacts secrets and passwords in URLs, neutralises and truncates each line. Keeps
/// line feeds.
pub fn clean(text: &str) -> Cow<'_, str> {
    let text = redact_all(text);
    if text.split('\n').all(|line| line.len() <= MAX_LINE_CHARS && matches!(plain(line), Cow::Borrowed(_))) {
        return text;
    }
    let lines: Vec<String> = text.split('\n').map(|line| cut(&plain(line))).collect();
    Cow::Owned(lines.join("\n"))
}

/// Like [`clean`], for a single line: line feeds become visible as well.
pub fn clean_line(text: &str) -> String {
    cut(&plain(&redact_all(text)))
}

fn redact_all(text: &str) -> Cow<'_, str> {
    match redact(text) {
        Cow::Borrowed(text) => redact_passwords(text),
        Cow::Owned(text) => Cow::Owned(redact_passwords(&text).into_owned()),
    }
}

/// Redacts the user names and passwords of URLs: `https://user:password@host` becomes `https://[redacted]@host`.
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
    match line.char_indices().nth(MAX_LINE_CHARS) {
        None => line.to_owned(),
        Some((at, _)) => format!("{}... ({} more bytes)", &line[..at], line.len() - at),
    }
}

/// Writes text for people to stdout.
///
/// # Errors
/// Any error of writing.
pub fn print(text: &str) -> io::Result<()> {
    write_out(&clean(text))
}

/// Writes text for programs to stdout. Redacts secrets and changes nothing else.
///
/// # Errors
/// Any error of writing.
pub fn print_data(text: &str) -> io::Result<()> {
    write_out(&redact(text))
}

/// Writes a JSON document to stdout. Escapes as `\uXXXX` the characters that JSON allows unescaped but that a
/// terminal may interpret, such as DEL, C1 controls and bidirectional marks. They can occur only inside of
/// strings, so the document keeps its meaning.
///
/// # Errors
/// Any error of writing.
pub fn print_json(document: &str) -> io::Result<()> {
    let document = redact(document);
    let mut safe = String::with_capacity(document.len());
    for c in document.chars() {
        match c {
            '\n' => safe.push('\n'),
            c if is_hostile(c) => {
                for unit in c.encode_utf16(&mut [0; 2]) {
                    // Writing to a `String` cannot fail.
                    let _ = write!(safe, "\\u{unit:04x}");
                }
            }
            c => safe.push(c),
        }
    }
    write_out(&safe)
}

/// Writes text without changes to stdout. Only for text that contains nothing from outside, such as the man page.
///
/// # Errors
/// Any error of writing.
pub fn print_trusted(text: &str) -> io::Result<()> {
    write_out(text)
}

fn write_out(text: &str) -> io::Result<()> {
    let mut stdout = io::stdout().lock();
    stdout.write_all(text.as_bytes())?;
    stdout.flush()
}

/// Writes a message for people to stderr. Each line begins with the name of the program.
pub fn say(text: &str) {
    error(&format!("cvmshare: {text}\n"));
}

/// Writes text for people to stderr.
pub fn error(text: &str) {
    // If stderr is closed, nobody can read the message.
    let _ = io::stderr().write_all(clean(text).as_bytes());
}

/// Overwrites the lines that were written last to a terminal on stderr: moves the cursor up `back` lines and
/// replaces each line.
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

/// Replaces the unfinished last line of a terminal on stderr, or clears it if `line` is `None`.
pub fn error_status(line: Option<&str>) {
    let _ = write!(io::stderr(), "\r\u{1b}[2K{}", line.map(clean_line).unwrap_or_default());
}

/// A writer that passes clean text for people to the inner writer. Each write must contain whole lines, because a
/// secret that is split between two writes is not found.
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

/// A writer for the log. Each write is one entry and becomes one line.
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
    fn keeps_line_feeds_and_shows_control_characters() {
        assert_eq!(clean("a\u{1b}[2J\nb\u{202e}c\r\n"), "a^[[2J\nb\u{fffd}c^M\n");
        assert_eq!(clean_line("a\nb"), "a^Jb");
        assert!(matches!(clean("a\nb"), Cow::Borrowed(_)));
    }

    #[test]
    fn marks_a_truncated_line() {
        let long = "\u{955c}".repeat(MAX_LINE_CHARS + 2);
        assert_eq!(
            clean(&format!("a\n{long}")),
            format!("a\n{}... (6 more bytes)", "\u{955c}".repeat(MAX_LINE_CHARS))
        );
    }

    #[test]
    fn redacts_only_the_passwords_of_urls() {
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
    fn writes_a_log_entry_as_one_line_without_secrets() {
        let _ = Secret::from("xk3-log-secret");
        let mut log = LogLines(Vec::new());
        log.write_all(b"WARN a\nWARN forged xk3-log-secret \x1b[2J\n").unwrap();
        assert_eq!(String::from_utf8(log.0).unwrap(), "WARN a^JWARN forged [redacted] ^[[2J\n");
    }
}
