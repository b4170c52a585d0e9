//! A text on its way to the terminal's clipboard. Over SSH only the terminal itself can put it there (OSC 52), and it
//! never says whether it did: "sent", never "copied".

use std::{
    env,
    io::Write,
    process::{Command, Stdio},
};

use crossterm::{Command as _, clipboard::CopyToClipboard};

/// The bytes that ask the terminal for it; none where a multiplexer took the text itself.
pub fn bytes(text: &str) -> Vec<u8> {
    if env::var_os("TMUX").is_some() && tmux(text) {
        return Vec::new();
    }
    let mut ansi = String::new();
    if CopyToClipboard::to_clipboard_from(text).write_ansi(&mut ansi).is_err() {
        return Vec::new();
    }
    // screen swallows what is not wrapped for it.
    if env::var("TERM").is_ok_and(|t| t.starts_with("screen")) && env::var_os("STY").is_some() {
        ansi = format!("\x1bP{ansi}\x1b\\");
    }
    ansi.into_bytes()
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
