//! Copying a text to the clipboard. Over SSH only the terminal can do it (OSC 52), and it never reports whether it
//! did: the texts say "sent", never "copied".

use std::{
    env,
    io::{self, Write},
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use base64::{Engine, engine::general_purpose::STANDARD};

/// The longest text in bytes: 100,000 bytes of base64, where the strictest terminals stop.
pub const MAX_BYTES: usize = 74_994;
/// How long `tmux load-buffer` may take.
const TMUX_TIMEOUT: Duration = Duration::from_secs(2);

/// Copies a text. `send` gets the bytes to write to the terminal, or none where the text is longer than
/// [`MAX_BYTES`]. Inside tmux a thread runs `tmux load-buffer`, and `send` is called only when that fails.
pub fn copy(text: String, send: impl FnOnce(Option<Vec<u8>>) + Send + 'static) {
    if env::var_os("TMUX").is_none() {
        return send(bytes(&text));
    }
    // Without a thread nothing is copied; the same shortage ends the program soon.
    let _ = thread::Builder::new().name("tmux".into()).spawn(move || {
        if !tmux(&text).unwrap_or(false) {
            send(bytes(&text));
        }
    });
}

fn bytes(text: &str) -> Option<Vec<u8>> {
    let osc = osc_52(text)?;
    let in_screen = env::var("TERM").is_ok_and(|t| t.starts_with("screen")) && env::var_os("STY").is_some();
    Some(if in_screen { wrapped_for_screen(&osc) } else { osc }.into_bytes())
}

fn osc_52(text: &str) -> Option<String> {
    (text.len() <= MAX_BYTES).then(|| format!("\x1b]52;c;{}\x1b\\", STANDARD.encode(text)))
}

/// GNU screen passes on what is wrapped in DCS, in pieces that fit its buffer. The first string terminator ends the
/// wrapper, so the OSC inside ends with BEL.
fn wrapped_for_screen(ansi: &str) -> String {
    let inner = format!("{}\x07", ansi.trim_end_matches("\x1b\\"));
    let pieces: Vec<&[u8]> = inner.as_bytes().chunks(240).collect();
    // Base64 and controls: every byte is a character.
    pieces.into_iter().map(|piece| format!("\x1bP{}\x1b\\", String::from_utf8_lossy(piece))).collect()
}

/// tmux drops OSC 52 from applications by default; its own command fills its buffer and the terminal's clipboard.
fn tmux(text: &str) -> io::Result<bool> {
    let mut child = Command::new("tmux")
        .args(["load-buffer", "-w", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()?;
    let (stdin, text) = (child.stdin.take(), text.to_owned());
    // A tmux that hangs may leave the pipe full: the write has a thread, which ends with the process.
    let written =
        thread::Builder::new().spawn(move || stdin.map(|mut stdin| stdin.write_all(text.as_bytes())))?;
    let success = wait(&mut child, TMUX_TIMEOUT)?;
    Ok(success && matches!(written.join(), Ok(Some(Ok(())))))
}

/// Waits for a process; kills it after `timeout`. Returns whether it succeeded.
fn wait(child: &mut Child, timeout: Duration) -> io::Result<bool> {
    let end = Instant::now() + timeout;
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(status.success());
        }
        if Instant::now() >= end {
            child.kill()?;
            child.wait()?;
            return Ok(false);
        }
        thread::sleep(Duration::from_millis(5));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_than_terminals_take_is_not_sent() {
        assert_eq!(osc_52("hi").as_deref(), Some("\x1b]52;c;aGk=\x1b\\"));
        let base64 = |text: &str| osc_52(text).map(|ansi| ansi.len() - "\x1b]52;c;\x1b\\".len());
        assert_eq!(base64(&"a".repeat(MAX_BYTES)), Some(99_992));
        assert_eq!(base64(&"a".repeat(MAX_BYTES + 1)), None);
    }

    #[test]
    fn a_process_that_hangs_is_ended() {
        let mut hanging = Command::new("sleep").arg("60").spawn().unwrap();
        assert!(!wait(&mut hanging, Duration::from_millis(30)).unwrap());
        assert!(hanging.try_wait().unwrap().is_some(), "it runs on");
        let mut quick = Command::new("true").spawn().unwrap();
        assert!(wait(&mut quick, Duration::from_secs(20)).unwrap());
    }

    #[test]
    fn screen_gets_pieces_that_make_the_whole() {
        assert_eq!(wrapped_for_screen("\x1b]52;c;aGk=\x1b\\"), "\x1bP\x1b]52;c;aGk=\x07\x1b\\");
        let long = format!("\x1b]52;c;{}\x1b\\", "QUJD".repeat(400));
        let wrapped = wrapped_for_screen(&long);
        let pieces: Vec<&str> = wrapped.split("\x1b\\").filter(|p| !p.is_empty()).collect();
        assert!(pieces.len() > 1 && pieces.iter().all(|p| p.starts_with("\x1bP") && p.len() <= 242));
        let whole: String = pieces.iter().map(|p| &p[2..]).collect();
        assert_eq!(whole, format!("\x1b]52;c;{}\x07", "QUJD".repeat(400)));
    }
}
