//! Copies text to the clipboard. Over SSH only the terminal can do that (OSC 52), and it never reports success, so
//! messages say "sent", never "copied".

use std::{
    env,
    io::{self, Write},
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use base64::{Engine, engine::general_purpose::STANDARD};

/// The most bytes of a text. Encoded they are 100,000 bytes of base64, the limit of the strictest terminals.
pub const MAX_BYTES: usize = 74_994;
/// The time limit of `tmux load-buffer`.
const TMUX_TIMEOUT: Duration = Duration::from_secs(2);

/// Copies a text. `send` receives the bytes to write to the terminal, or `None` if the text is longer than
/// [`MAX_BYTES`]. Inside tmux a thread runs `tmux load-buffer`, and `send` is called only if that fails.
pub fn copy(text: String, send: impl FnOnce(Option<Vec<u8>>) + Send + 'static) {
    if env::var_os("TMUX").is_none() {
        return send(bytes(&text));
    }
    // If the thread cannot start, nothing is copied.
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

/// Wraps a sequence in DCS strings, which GNU screen passes on, in pieces that fit its buffer. The first string
/// terminator ends a DCS string, so the OSC sequence inside ends with BEL instead.
fn wrapped_for_screen(ansi: &str) -> String {
    let inner = format!("{}\x07", ansi.trim_end_matches("\x1b\\"));
    let pieces: Vec<&[u8]> = inner.as_bytes().chunks(240).collect();
    // The text is base64 and control characters, so every byte is a character.
    pieces.into_iter().map(|piece| format!("\x1bP{}\x1b\\", String::from_utf8_lossy(piece))).collect()
}

/// Copies with tmux's own command, which fills its buffer and the terminal's clipboard. By default tmux drops OSC 52 of
/// applications.
fn tmux(text: &str) -> io::Result<bool> {
    let mut child = Command::new("tmux")
        .args(["load-buffer", "-w", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()?;
    let (stdin, text) = (child.stdin.take(), text.to_owned());
    // A hanging tmux may leave the pipe full. The thread that writes ends with the process.
    let written =
        thread::Builder::new().spawn(move || stdin.map(|mut stdin| stdin.write_all(text.as_bytes())))?;
    let success = wait(&mut child, TMUX_TIMEOUT)?;
    Ok(success && matches!(written.join(), Ok(Some(Ok(())))))
}

/// Waits for a process, and kills it after `timeout`. Returns whether it succeeded.
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
    fn texts_over_the_limit_are_not_sent() {
        assert_eq!(osc_52("hi").as_deref(), Some("\x1b]52;c;aGk=\x1b\\"));
        let base64 = |text: &str| osc_52(text).map(|ansi| ansi.len() - "\x1b]52;c;\x1b\\".len());
        assert_eq!(base64(&"a".repeat(MAX_BYTES)), Some(99_992));
        assert_eq!(base64(&"a".repeat(MAX_BYTES + 1)), None);
    }

    #[test]
    fn a_hanging_process_is_killed() {
        let mut hanging = Command::new("sleep").arg("60").spawn().unwrap();
        assert!(!wait(&mut hanging, Duration::from_millis(30)).unwrap());
        assert!(hanging.try_wait().unwrap().is_some(), "it runs on");
        let mut quick = Command::new("true").spawn().unwrap();
        assert!(wait(&mut quick, Duration::from_secs(20)).unwrap());
    }

    #[test]
    fn screen_gets_pieces_that_add_up_to_the_sequence() {
        assert_eq!(wrapped_for_screen("\x1b]52;c;aGk=\x1b\\"), "\x1bP\x1b]52;c;aGk=\x07\x1b\\");
        let long = format!("\x1b]52;c;{}\x1b\\", "QUJD".repeat(400));
        let wrapped = wrapped_for_screen(&long);
        let pieces: Vec<&str> = wrapped.split("\x1b\\").filter(|p| !p.is_empty()).collect();
        assert!(pieces.len() > 1 && pieces.iter().all(|p| p.starts_with("\x1bP") && p.len() <= 242));
        let whole: String = pieces.iter().map(|p| &p[2..]).collect();
        assert_eq!(whole, format!("\x1b]52;c;{}\x07", "QUJD".repeat(400)));
    }
}
