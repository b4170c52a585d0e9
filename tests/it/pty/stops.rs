//! Ctrl-Z and stop signals: the shell gets its terminal back, and `fg` redraws the console.

use rustix::process::{Pid, Signal, kill_process};

use super::tty::{End, SMALL, Start, Tty, demo};

/// Runs the console as a job of an interactive shell. dash never changes the terminal's modes, so what the console
/// leaves behind stays visible.
fn under_shell() -> Tty {
    let mut start = Start::new(&[]).env("PS1", "PROMPT> ").size(SMALL);
    let program = std::mem::replace(&mut start.argv, vec!["/bin/sh".into(), "-i".into()]).remove(0);
    let mut tty = start.go();
    tty.shows("PROMPT>");
    tty.send(format!("{program} --demo\r")).loaded();
    tty
}

/// Returns the process of the console, a child of the shell.
fn console(tty: &Tty) -> Pid {
    let shell = tty.pid().as_raw_nonzero();
    let children = std::fs::read_to_string(format!("/proc/{shell}/task/{shell}/children")).unwrap();
    let first = children.split_whitespace().next().unwrap_or_else(|| panic!("no child\n{}", tty.text()));
    Pid::from_raw(first.parse().unwrap()).unwrap()
}

/// Checks that the prompt is back and the terminal is as the shell set it.
fn stopped_clean(tty: &mut Tty) {
    tty.until("the prompt after the stop", |t| {
        let text = t.text();
        text.contains("Stopped") && text.trim_end().ends_with("PROMPT>")
    });
    assert_eq!(tty.changed(), [""; 0]);
    tty.send("echo it is $((6 * 7))\r").shows("it is 42");
}

fn comes_back(tty: &mut Tty) {
    tty.send("fg\r").until("the console again", |t| {
        let screen = t.screen();
        let entered = screen.alternate_screen() && screen.hide_cursor() && screen.bracketed_paste();
        entered && !t.text().contains("PROMPT") && !t.text().contains("Stopped")
    });
    tty.loaded();
    // Keys come one by one again, and unseen.
    tty.send("gj").until("the second row", |t| t.selected().starts_with("镜像-数据库"));
}

#[test]
fn ctrl_z_restores_the_terminal_and_fg_redraws() {
    let mut tty = under_shell();
    for _ in 0..2 {
        tty.send("\x1a");
        stopped_clean(&mut tty);
        comes_back(&mut tty);
    }
    tty.send("q").lacks("My Images");
    tty.send("echo status $?\r").shows("status 0");
    assert_eq!(tty.changed(), [""; 0]);
}

/// Mouse reports are off while the console is stopped, and after it has ended.
#[test]
fn mouse_reports_are_off_while_the_console_is_stopped() {
    let mut tty = under_shell();
    tty.send("m").until("the mouse", |t| t.screen().mouse_protocol_mode() != vt100::MouseProtocolMode::None);
    tty.send("\x1a");
    stopped_clean(&mut tty);
    comes_back(&mut tty);
    tty.until("the mouse again", |t| t.screen().mouse_protocol_mode() != vt100::MouseProtocolMode::None);
    tty.send("q").until("the end", |t| t.changed().is_empty());
}

#[test]
fn a_stop_signal_restores_the_terminal_and_the_console_resumes() {
    let mut tty = under_shell();
    let pid = console(&tty);
    kill_process(pid, Signal::TSTP).unwrap();
    stopped_clean(&mut tty);
    comes_back(&mut tty);
    // SIGSTOP leaves no time to restore the terminal, but the console resumes correctly, although the shell has changed
    // the modes meanwhile.
    kill_process(pid, Signal::STOP).unwrap();
    tty.until("the prompt", |t| t.text().contains("Stopped"));
    tty.cook();
    tty.resize((100, 30));
    tty.send("\r");
    comes_back(&mut tty);
    assert!(tty.rows()[0].len() > 80, "it did not see the new size\n{}", tty.text());
    tty.send("q").until("the end", |t| t.changed().is_empty());
}

#[test]
fn ending_a_stopped_console_leaves_the_shell_alone() {
    let mut tty = under_shell();
    let pid = console(&tty);
    tty.send("\x1a");
    stopped_clean(&mut tty);
    kill_process(pid, Signal::TERM).unwrap();
    kill_process(pid, Signal::CONT).unwrap();
    tty.until("the end", |_| {
        std::fs::metadata(format!("/proc/{}", pid.as_raw_nonzero())).is_err() || {
            std::fs::read_to_string(format!("/proc/{}/stat", pid.as_raw_nonzero()))
                .is_ok_and(|s| s.contains(") Z "))
        }
    });
    tty.send("echo still $((6 * 7))\r").shows("still 42");
    assert_eq!(tty.changed(), [""; 0]);
}

#[test]
fn without_a_shell_ctrl_z_does_not_stop_the_console() {
    let mut tty = demo(SMALL);
    tty.send("\x1a").shows("Cannot suspend");
    tty.signal(Signal::TSTP);
    tty.send("2").shows("quay-ml-runtime");
    tty.signal(Signal::CONT);
    tty.send("1").shows("golden-web-7");
    tty.send("q");
    assert_eq!(tty.ended(), End::Status(0));
    assert_eq!(tty.changed(), [""; 0]);
}
