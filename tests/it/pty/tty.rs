//! A pseudo-terminal with a program in it: input, output, a screen, modes. The thread that waits also reads, so that
//! tests can play a terminal that nobody reads.

use std::{
    collections::BTreeMap,
    num::NonZeroU16,
    os::{fd::AsFd, unix::fs::OpenOptionsExt},
    time::{Duration, Instant},
};

use filedescriptor::FileDescriptor;
use portable_pty::{Child, CommandBuilder, PtyPair, PtySize, native_pty_system};
use rustix::{
    event::{PollFd, PollFlags, Timespec, poll},
    process::{Pid, Signal, kill_process},
    termios::{Action, OptionalActions, Termios, tcflow, tcgetattr, tcsetattr},
};
use tempfile::TempDir;

use super::stream;

/// The time limit of every wait. Only failures reach it.
pub const PATIENCE: Duration = Duration::from_secs(30);
/// The size in columns and rows that most tests use.
pub const SMALL: (u16, u16) = (80, 24);
/// The larger of the two sizes in which everything has to work.
pub const LARGE: (u16, u16) = (120, 40);

/// How a program is started.
pub struct Start {
    /// The program and its arguments.
    pub argv: Vec<String>,
    /// Columns and rows.
    pub size: (u16, u16),
    /// The size that the kernel reports, if it differs.
    pub told: Option<(u16, u16)>,
    /// Variables besides PATH, HOME, TERM, LANG and the directories of cvmshare.
    pub env: Vec<(String, String)>,
    /// Files in the configuration directory.
    pub files: Vec<(&'static str, String)>,
    /// Input before the program starts.
    pub typed: Vec<u8>,
    /// Whether the terminal is the program's controlling one, so that the kernel signals a hang-up.
    pub controlling: bool,
}

impl Start {
    /// cvmshare with these arguments.
    pub fn new(args: &[&str]) -> Self {
        let mut argv = vec![env!("CARGO_BIN_EXE_cvmshare").to_owned()];
        argv.extend(args.iter().map(|a| (*a).to_owned()));
        // Tests use no network beyond this machine.
        argv.push("--metadata=off".to_owned());
        Self { argv, size: SMALL, told: None, env: vec![], files: vec![], typed: vec![], controlling: true }
    }

    pub fn size(mut self, size: (u16, u16)) -> Self {
        self.size = size;
        self
    }

    pub fn env(mut self, name: &str, value: &str) -> Self {
        self.env.push((name.to_owned(), value.to_owned()));
        self
    }

    pub fn file(mut self, name: &'static str, text: &str) -> Self {
        self.files.push((name, text.to_owned()));
        self
    }

    /// Makes the terminal report a size of 0 columns and 0 rows.
    pub fn unsized_(mut self) -> Self {
        self.told = Some((0, 0));
        self
    }

    pub fn go(self) -> Tty {
        Tty::start(self)
    }
}

/// Opens the console on the built-in cloud in this size, and waits until everything is loaded.
pub fn demo(size: (u16, u16)) -> Tty {
    let mut tty = Start::new(&["--demo"]).size(size).go();
    tty.loaded();
    tty
}

/// How a program ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum End {
    /// It exited with this status.
    Status(u32),
    /// An unhandled signal ended it.
    Signal(String),
}

pub struct Tty {
    /// `None` once the terminal has hung up.
    pair: Option<(PtyPair, FileDescriptor)>,
    child: Box<dyn Child + Send + Sync>,
    vt: vt100::Parser,
    /// All output of the program.
    pub out: Vec<u8>,
    before: Termios,
    size: (u16, u16),
    _home: TempDir,
}

impl Tty {
    fn start(start: Start) -> Self {
        let (cols, rows) = start.told.unwrap_or(start.size);
        let pair = native_pty_system()
            .openpty(PtySize { rows, cols, pixel_width: 0, pixel_height: 0 })
            .expect("a pseudo-terminal");
        let master = FileDescriptor::dup(&pair.master.as_raw_fd().unwrap()).unwrap();
        let before = tcgetattr(master.as_fd()).unwrap();
        let home = tempfile::tempdir().unwrap();
        let config = home.path().join("config");
        std::fs::create_dir(&config).unwrap();
        for (name, text) in &start.files {
            std::fs::create_dir_all(config.join(name).parent().unwrap()).unwrap();
            std::fs::write(config.join(name), text).unwrap();
        }
        let mut command = CommandBuilder::new(&start.argv[0]);
        command.args(&start.argv[1..]);
        command.env_clear();
        command.env("PATH", std::env::var_os("PATH").unwrap());
        command.env("TERM", "xterm-256color");
        command.env("LANG", "C.UTF-8");
        command.env("HOME", home.path());
        command.env("CVMSHARE_CONFIG_DIR", &config);
        command.env("CVMSHARE_STATE_DIR", home.path().join("state"));
        command.env("RUST_BACKTRACE", "0");
        for (name, value) in &start.env {
            command.env(name, value);
        }
        command.cwd(home.path());
        command.set_controlling_tty(start.controlling);
        if !start.typed.is_empty() {
            rustix::io::write(master.as_fd(), &start.typed).unwrap();
        }
        let child = pair.slave.spawn_command(command).expect("the program starts");
        let (cols, rows) = start.size;
        let vt = vt100::Parser::new(NonZeroU16::new(rows).unwrap(), NonZeroU16::new(cols).unwrap(), 0);
        let size = start.size;
        Self { pair: Some((pair, master)), child, vt, out: Vec::new(), before, size, _home: home }
    }

    // ---- input --------------------------------------------------------------------------------------------------

    /// Sends keys as one burst.
    pub fn send(&mut self, keys: impl AsRef<[u8]>) -> &mut Self {
        let mut rest = keys.as_ref();
        let end = Instant::now() + PATIENCE;
        while !rest.is_empty() {
            assert!(Instant::now() < end, "the program takes no more keys\n{}", self.text());
            let master = &self.pair.as_ref().unwrap().1;
            // At most the buffer of the line discipline; more would block while nobody reads the output.
            let most = rest.len().min(1024);
            if ready(master, PollFlags::OUT, Duration::ZERO) {
                let n = rustix::io::write(master.as_fd(), &rest[..most]).unwrap();
                rest = &rest[n..];
            } else {
                self.pump(Duration::from_millis(10));
            }
        }
        self
    }

    /// Stops the terminal's output, as Ctrl-S does.
    pub fn stall(&self) {
        let path = self.pair.as_ref().unwrap().0.master.tty_name().unwrap();
        let flags = rustix::fs::OFlags::NOCTTY.bits() as i32;
        let slave =
            std::fs::OpenOptions::new().read(true).write(true).custom_flags(flags).open(path).unwrap();
        tcflow(&slave, Action::OOff).unwrap();
    }

    /// Changes the size, as when a window is resized.
    pub fn resize(&mut self, (cols, rows): (u16, u16)) {
        let size = PtySize { rows, cols, pixel_width: 0, pixel_height: 0 };
        self.pair.as_ref().unwrap().0.master.resize(size).unwrap();
        self.vt.set_size(NonZeroU16::new(rows).unwrap(), NonZeroU16::new(cols).unwrap());
        self.size = (cols, rows);
    }

    pub fn signal(&self, signal: Signal) {
        kill_process(self.pid(), signal).unwrap();
    }

    /// Resets the terminal's attributes, as a shell does that takes the terminal back.
    pub fn cook(&self) {
        let master = &self.pair.as_ref().unwrap().1;
        tcsetattr(master.as_fd(), OptionalActions::Now, &self.before).unwrap();
    }

    /// Hangs up the terminal.
    pub fn hang_up(&mut self) {
        self.pair = None;
    }

    // ---- output -------------------------------------------------------------------------------------------------

    /// Reads the output, and waits at most `wait` for it. Returns whether there was any.
    pub fn pump(&mut self, wait: Duration) -> bool {
        let Some((_, master)) = &self.pair else {
            std::thread::sleep(wait.min(Duration::from_millis(1)));
            return false;
        };
        if !ready(master, PollFlags::IN, wait) {
            return false;
        }
        let mut bytes = [0u8; 8192];
        let n = rustix::io::read(master.as_fd(), &mut bytes).unwrap_or(0);
        self.vt.process(&bytes[..n]);
        self.out.extend_from_slice(&bytes[..n]);
        n > 0
    }

    /// Waits until a condition holds on a complete frame.
    pub fn until(&mut self, what: &str, so: impl Fn(&Self) -> bool) -> &mut Self {
        let end = Instant::now() + PATIENCE;
        loop {
            if !stream::mid_frame(&self.out) && so(self) {
                return self;
            }
            let Some(left) = end.checked_duration_since(Instant::now()) else {
                panic!("waited in vain for {what}; the screen:\n{}", self.text());
            };
            if !self.pump(left.min(Duration::from_millis(200)))
                && let Some(status) = self.child.try_wait().unwrap()
            {
                while self.pump(Duration::ZERO) {}
                if so(self) {
                    return self;
                }
                panic!("it ended ({status:?}) before {what}; the screen:\n{}", self.text());
            }
        }
    }

    /// Waits until the screen shows a text.
    pub fn shows(&mut self, text: &str) -> &mut Self {
        self.until(&format!("{text:?}"), |t| t.text().contains(text))
    }

    /// Waits until the screen no longer shows a text.
    pub fn lacks(&mut self, text: &str) -> &mut Self {
        self.until(&format!("no {text:?}"), |t| !t.text().contains(text))
    }

    /// Waits until all requests of the start are answered.
    pub fn loaded(&mut self) -> &mut Self {
        self.until("all answers of the start", |t| {
            let text = t.text();
            text.contains("100000000001")
                && text.contains("1 My Images 16")
                && text.contains("3 of 50")
                && text.contains("1 of 50")
                && !text.contains("asking")
        })
    }

    /// Reads until there was no output for this long. This is for output that must not occur: there is nothing else to
    /// wait for.
    pub fn quiet(&mut self, long: Duration) -> &mut Self {
        let end = Instant::now() + PATIENCE;
        while self.pump(long) {
            assert!(Instant::now() < end, "it never stops writing\n{}", self.text());
        }
        self
    }

    /// Waits until the program has ended, and reads the rest of its output.
    pub fn ended(&mut self) -> End {
        let end = Instant::now() + PATIENCE;
        loop {
            self.pump(Duration::from_millis(5));
            if let Some(status) = self.child.try_wait().unwrap() {
                while self.pump(Duration::ZERO) {}
                return match status.signal() {
                    Some(name) => End::Signal(name.to_owned()),
                    None => End::Status(status.exit_code()),
                };
            }
            assert!(Instant::now() < end, "it does not end; the screen:\n{}", self.text());
        }
    }

    // ---- state --------------------------------------------------------------------------------------------------

    pub fn screen(&self) -> &vt100::Screen {
        self.vt.screen()
    }

    /// Returns the rows without trailing spaces.
    pub fn rows(&self) -> Vec<String> {
        self.screen().rows(0, self.size.0).map(|row| row.trim_end().to_owned()).collect()
    }

    pub fn text(&self) -> String {
        self.rows().join("\n")
    }

    /// Returns the text after the marker of the selected row.
    pub fn selected(&self) -> String {
        let marked = |row: &String| row.trim_start().strip_prefix('▌').map(|r| r.trim().to_owned());
        self.rows().iter().find_map(marked).unwrap_or_default()
    }

    /// Lists what the program has left changed in the terminal; empty if everything is restored.
    pub fn changed(&self) -> Vec<String> {
        let screen = self.screen();
        let mut all = Vec::new();
        let mut note = |so: bool, what: &str| {
            if so {
                all.push(what.to_owned());
            }
        };
        note(screen.alternate_screen(), "alternate screen");
        note(screen.hide_cursor(), "no cursor");
        note(screen.bracketed_paste(), "bracketed paste");
        note(stream::focus_told(&self.out), "focus");
        note(screen.mouse_protocol_mode() != vt100::MouseProtocolMode::None, "mouse");
        note(screen.application_cursor() || screen.application_keypad(), "application keys");
        note(stream::mid_frame(&self.out), "synchronized update");
        let plain = screen.fgcolor() == vt100::Color::Default
            && screen.bgcolor() == vt100::Color::Default
            && !(screen.bold() || screen.dim() || screen.italic() || screen.underline() || screen.inverse());
        note(!plain, "colours");
        note(self.termios() != format!("{:?}", self.before), "termios");
        all
    }

    /// Returns the terminal's attributes as text.
    pub fn termios(&self) -> String {
        let (_, master) = self.pair.as_ref().unwrap();
        format!("{:?}", tcgetattr(master.as_fd()).unwrap())
    }

    pub fn pid(&self) -> Pid {
        Pid::from_raw(self.child.process_id().unwrap() as i32).unwrap()
    }

    /// Returns the state letter of the process. An ended process keeps it until it is waited for.
    pub fn process(&self) -> char {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.pid().as_raw_nonzero())).unwrap();
        // The name in parentheses may contain spaces.
        stat.rsplit_once(") ").unwrap().1.chars().next().unwrap()
    }

    /// Waits until the process is in one of these states, given as letters of /proc/PID/stat.
    pub fn until_process(&mut self, states: &str) -> &mut Self {
        let end = Instant::now() + PATIENCE;
        while !states.contains(self.process()) {
            assert!(Instant::now() < end, "never {states}: {:?}\n{}", self.process(), self.text());
            self.pump(Duration::from_millis(5));
        }
        self
    }

    /// Waits until the terminal is in raw mode, the first change that the program makes.
    pub fn until_raw(&mut self) {
        let end = Instant::now() + PATIENCE;
        while self.termios() == format!("{:?}", self.before) {
            assert!(Instant::now() < end, "never raw\n{}", self.text());
            self.pump(Duration::from_millis(1));
        }
    }

    /// Returns how often each thread has yielded the CPU, which is how often it was woken up.
    pub fn wakes(&self) -> BTreeMap<String, u64> {
        let tasks = std::fs::read_dir(format!("/proc/{}/task", self.pid().as_raw_nonzero())).unwrap();
        let of = |dir: std::path::PathBuf| -> Option<(String, u64)> {
            let status = std::fs::read_to_string(dir.join("status")).ok()?;
            let field =
                |name: &str| status.lines().find_map(|l| l.strip_prefix(name)).map(|v| v.trim().to_owned());
            let name = format!("{} {}", field("Name:")?, dir.file_name()?.to_string_lossy());
            Some((name, field("voluntary_ctxt_switches:")?.parse().ok()?))
        };
        tasks.filter_map(|task| of(task.unwrap().path())).collect()
    }
}

impl Drop for Tty {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn ready(fd: &FileDescriptor, flags: PollFlags, wait: Duration) -> bool {
    let mut fds = [PollFd::new(fd, flags)];
    let wait = Timespec { tv_sec: wait.as_secs() as i64, tv_nsec: i64::from(wait.subsec_nanos()) };
    matches!(poll(&mut fds, Some(&wait)), Ok(n) if n > 0) && fds[0].revents().intersects(flags)
}
