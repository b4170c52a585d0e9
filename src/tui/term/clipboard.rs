//! A text on its way to the terminal's clipboard. Over SSH only the terminal itself can put it there (OSC 52), and it
//! never says whether it did: "sent", never "copied".

use std::{
    env,
    io::Write,
    process::{Command, Stdio},
};

use crossterm::{Command as _, clipboard::CopyToClipboard};

/// So many bytes a terminal is asked to take: 100,000 of base64, where the strictest ones stop.
pub const MOST: usize = 74_994;

/// The bytes that ask the terminal for it; none where a multiplexer took the text itself. Nothing where no terminal
/// would take so much.
pub fn bytes(text: &str) -> Option<Vec<u8>> {
    if env::var_os("TMUX").is_some() && tmux(text) {
        return Some(Vec::new());
    }
    let mut ansi = asked(text)?;
    if env::var("TERM").is_ok_and(|t| t.starts_with("screen")) && env::var_os("STY").is_some() {
        ansi = for_screen(&ansi);
    }
    Some(ansi.into_bytes())
}

fn asked(text: &str) -> Option<String> {
    let mut ansi = String::new();
    let small = text.len() <= MOST;
    (small && CopyToClipboard::to_clipboard_from(text).write_ansi(&mut ansi).is_ok()).then_some(ansi)
}

/// screen hands on what is wrapped for it, in pieces that its buffer has room for. The first end of a string ends the
/// wrapper, so the text inside ends with the other one, BEL.
fn for_screen(ansi: &str) -> String {
    let inner = format!("{}\x07", ansi.trim_end_matches("\x1b\\"));
    let pieces: Vec<&[u8]> = inner.as_bytes().chunks(240).collect();
    // Base64 and controls: every byte is a character.
    pieces.into_iter().map(|piece| format!("\x1bP{}\x1b\\", String::from_utf8_lossy(piece))).collect()
}

/// tmux drops an application's OSC 52 by default; its own command fills both its buffer and the terminal's clipboard.
fn tmux(text: &str) -> bool {
    let child = Command::new("tmux")
        .args(["load-buffer", "-w", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn();
    let Ok(mut child) = child else { return false };
    let written = child.stdin.take().is_some_and(|mut stdin| stdin.write_all(text.as_bytes()).is_ok());
    written && child.wait().is_ok_and(|status| status.success())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_than_terminals_take_is_not_sent() {
        assert_eq!(asked("hi").as_deref(), Some("\x1b]52;c;aGk=\x1b\\"));
        let base64 = |text: &str| asked(text).map(|ansi| ansi.len() - "\x1b]52;c;\x1b\\".len());
        assert_eq!(base64(&"a".repeat(MOST)), Some(99_992));
        assert_eq!(base64(&"a".repeat(MOST + 1)), None);
    }

    #[test]
    fn screen_gets_pieces_that_make_the_whole() {
        assert_eq!(for_screen("\x1b]52;c;aGk=\x1b\\"), "\x1bP\x1b]52;c;aGk=\x07\x1b\\");
        let long = format!("\x1b]52;c;{}\x1b\\", "QUJD".repeat(400));
        let wrapped = for_screen(&long);
        let pieces: Vec<&str> = wrapped.split("\x1b\\").filter(|p| !p.is_empty()).collect();
        assert!(pieces.len() > 1 && pieces.iter().all(|p| p.starts_with("\x1bP") && p.len() <= 242));
        let whole: String = pieces.iter().map(|p| &p[2..]).collect();
        assert_eq!(whole, format!("\x1b]52;c;{}\x07", "QUJD".repeat(400)));
    }
}
