//! The line mode for screen readers and simple terminals: no cursor movement, no screen, no colours. It drives the
//! event loop of the console with typed commands instead of keys, and prints lines.

pub(crate) mod change;
pub(crate) mod input;
pub(crate) mod instance;
pub(crate) mod launch;
pub(crate) mod print;
pub(crate) mod prompt;
pub(crate) mod share;
pub(crate) mod typed;

use std::{
    collections::{BTreeMap, VecDeque},
    io::{self, IsTerminal, Write},
    sync::mpsc,
};

use jiff::Timestamp;

use crate::{
    boundary::output,
    facts::{self, Load},
    messages::{m, tr},
    plain::typed::LineCommand,
    rules::{Action, Missing},
    session::{refresh::Refresh, setup::Setup},
    tui::{
        app::{
            message::Message,
            request::{Form, Request},
            state::{LoadState, State},
            table::RowId,
        },
        keymap::Keymap,
        runtime::{
            backend::Backend,
            event::Event,
            event_loop::{Clock, EventLoop},
        },
        term::signals::Signal,
    },
};

/// The size of the virtual screen in columns and rows. `more` prints as many rows as fit on it.
const SIZE: (u16, u16) = (500, 60);
/// The maximum number of rounds of reads for one verdict. An answer can show that more facts are needed.
const ROUNDS: usize = 6;

/// The reason why the line mode ends.
#[derive(Debug)]
enum End {
    /// The user quit.
    Quit,
    /// A signal arrived. Contains the exit status.
    Signal(u8),
    /// The output is closed or cannot be written.
    Output(io::Error),
}

impl From<io::Error> for End {
    fn from(error: io::Error) -> Self {
        Self::Output(error)
    }
}

type Result<T = ()> = std::result::Result<T, End>;

/// The console and the state of the output.
struct LineMode {
    console: EventLoop,
    setup: Setup,
    out: Box<dyn Write>,
    /// Whether stdin is a terminal, so that a prompt is printed.
    prompts: bool,
    /// Lines that were typed ahead.
    lines: VecDeque<String>,
    /// Whether the input has ended.
    ended: bool,
    /// The rows of the last list, in the order of their numbers.
    listed: Vec<RowId>,
    /// The lines that were printed for each job, by job ID.
    jobs: BTreeMap<String, Vec<String>>,
    /// Whether quit was typed once while jobs run that end with the program.
    warned: bool,
}

/// Runs the line mode until it ends, and returns the exit status.
///
/// # Errors
///
/// The I/O error if a thread cannot be started or output cannot be written.
pub fn run(setup: Setup) -> io::Result<u8> {
    let (sender, events) = mpsc::channel();
    input::signals(sender.clone())?;
    input::lines(sender.clone())?;
    let keymap = Keymap::builtin().map_err(|e| io::Error::other(e.render(setup.lang)))?;
    let mut state = crate::tui::first_state(&setup, keymap, Timestamp::now());
    state.size = SIZE;
    // Rows are read only when they are asked for.
    state.fresh.every = Refresh::Off;
    let backend = Backend::new(setup.clone(), sender, "profile".to_owned())?;
    let mut plain = LineMode {
        console: EventLoop::new(state, backend, events, Clock::Untimed).connected(),
        setup,
        out: Box::new(output::Clean(io::stdout())),
        prompts: io::stdin().is_terminal() && io::stdout().is_terminal(),
        lines: VecDeque::new(),
        ended: false,
        listed: Vec::new(),
        jobs: BTreeMap::new(),
        warned: false,
    };
    let status = match plain.run() {
        Ok(()) | Err(End::Quit) => Ok(0),
        Err(End::Signal(status)) => Ok(status),
        Err(End::Output(error)) if error.kind() == io::ErrorKind::BrokenPipe => Ok(0),
        Err(End::Output(error)) => Err(error),
    };
    if let Some(text) = plain.console.backend.hand_over() {
        // This fails only if stderr is closed.
        output::say(&text);
    }
    plain.console.backend.keep_rows(&plain.console.state);
    status
}

impl LineMode {
    fn run(&mut self) -> Result {
        let lang = self.console.state.lang;
        let label = self.console.state.profile().map_or_else(String::new, |p| {
            let demo = lang.text(m::line_mode_demo);
            format!("{}{}", p.label, if p.demo { demo } else { "" })
        });
        self.print(&tr!(lang, line_mode_welcome, label))?;
        self.wait_for_profile()?;
        while let Some(line) = self.read_line("")? {
            let command = match LineCommand::read(&line, lang) {
                Ok(command) => command,
                Err(fix) => {
                    self.print(&fix)?;
                    continue;
                }
            };
            self.warned &= matches!(command, LineCommand::Quit);
            self.execute(command)?;
        }
        // The input has ended. Waits for jobs that would end with this program.
        self.wait_for(|state| {
            !state.running_jobs().any(|j| ends_with_process(state, &j.profile) && j.paused.is_none())
        })
    }

    fn execute(&mut self, command: LineCommand) -> Result {
        match command {
            LineCommand::Nothing => Ok(()),
            LineCommand::Help => self.help(),
            LineCommand::List(tab, words) => self.list(tab, words),
            LineCommand::More => self.more(),
            LineCommand::Show(what) => self.on_row(&what, Self::show),
            LineCommand::Actions(what) => self.on_row(&what, Self::actions),
            LineCommand::Share(what) => self.on_image(&what, |this, image| this.share(image, true)),
            LineCommand::Copy(what) => self.on_image(&what, |this, image| this.share(image, false)),
            LineCommand::Unshare(what) => self.on_image(&what, Self::unshare),
            LineCommand::Delete(what) => self.on_image(&what, Self::delete),
            LineCommand::Rename(what) => self.on_image(&what, Self::rename),
            LineCommand::Launch(what) => self.on_image(&what, Self::launch),
            LineCommand::Reinstall(what) => self.on_instance(&what, Self::reinstall),
            LineCommand::Capture(what) => self.on_instance(&what, Self::capture),
            LineCommand::Jobs => self.print_jobs(),
            LineCommand::Wait => {
                self.wait_for(|state| !state.running_jobs().any(|j| j.paused.is_none()))?;
                self.print(self.console.state.lang.text(m::line_mode_no_job_is_running))
            }
            LineCommand::Refresh => {
                self.request(Request::Refresh)?;
                self.wait_for_rows()?;
                self.print_summary()
            }
            LineCommand::Profile(None) => self.print_profiles(),
            LineCommand::Profile(Some(name)) => {
                match self.console.state.profiles.iter().position(|p| p.name == name || p.label == name) {
                    Some(index) => {
                        self.listed.clear();
                        self.request(Request::Profile(index))?;
                        self.wait_for_profile()
                    }
                    None => self.print(&tr!(self.console.state.lang, line_mode_no_profile, name)),
                }
            }
            LineCommand::Quit => self.quit(),
        }
    }

    fn quit(&mut self) -> Result {
        let ending = self
            .console
            .state
            .running_jobs()
            .filter(|j| ends_with_process(&self.console.state, &j.profile))
            .count();
        if ending > 0 && !self.warned {
            self.warned = true;
            return self.print(self.console.state.lang.text(m::line_mode_quit_with_job));
        }
        Err(End::Quit)
    }

    /// Waits until the profile's cloud is connected, and prints a summary.
    fn wait_for_profile(&mut self) -> Result {
        self.wait_for(|state| {
            state.connected || matches!(state.loads.get(&Load::Identity), Some(LoadState::Failed(..)))
        })?;
        self.wait_for_rows()?;
        self.print_summary()
    }

    /// Waits until the lists were read or have failed.
    fn wait_for_rows(&mut self) -> Result {
        self.wait_for(|state| state.pending_reads(Load::is_list).0 == 0)
    }

    /// Reads what the verdict on an action needs, and what makes it exact.
    fn load_for(&mut self, action: &Action) -> Result {
        self.load_missing(|state| state.facts.verdict(action).missing.clone())?;
        let wanted = facts::optional_loads(action, &self.console.state.facts);
        self.request(Request::LoadOnce(wanted))?;
        self.wait_for(|state| state.pending_reads(|_| true).0 == 0)
    }

    /// Reads what is missing until nothing is missing, or until a read returns nothing new.
    fn load_missing(&mut self, lacks: impl Fn(&State) -> Vec<Missing>) -> Result {
        for _ in 0..ROUNDS {
            let missing = lacks(&self.console.state);
            if missing.is_empty() {
                return Ok(());
            }
            self.request(Request::LoadMissing(missing.clone()))?;
            self.wait_for(|state| state.pending_reads(|_| true).0 == 0)?;
            if lacks(&self.console.state) == missing {
                return Ok(());
            }
        }
        Ok(())
    }

    fn request(&mut self, request: Request) -> Result {
        self.send(Message::Request(request))
    }

    /// Opens a form, runs `ask`, and closes the form, or the form that replaced it.
    fn with_form<T>(&mut self, form: Form, ask: impl FnOnce(&mut Self) -> Result<T>) -> Result<T> {
        let below = self.console.state.dialogs.len();
        self.request(Request::Open(form))?;
        let end = ask(self)?;
        while self.console.state.dialogs.len() > below {
            self.request(Request::Close)?;
        }
        Ok(end)
    }

    fn send(&mut self, message: Message) -> Result {
        self.console.send(message);
        self.console.effects.clear();
        self.print_news()
    }

    /// Processes one event.
    fn next_event(&mut self) -> Result {
        match self.console.next(None) {
            // Rows of the last session are dropped, because a line cannot show how old each row is.
            Ok(Event::Messages(messages)) => {
                let mut now = messages.into_iter().filter(|m| !matches!(m, Message::CachedRows { .. }));
                now.try_for_each(|message| self.send(message))
            }
            Ok(Event::Line(Some(line))) => {
                self.lines.push_back(line);
                Ok(())
            }
            Ok(Event::Line(None) | Event::Hangup) => {
                self.ended = true;
                Ok(())
            }
            Ok(Event::Signal(Signal::End(status))) => Err(End::Signal(status)),
            Ok(Event::Signal(_) | Event::Bytes(_)) => Ok(()),
            Err(_) => Err(End::Quit),
        }
    }

    /// Processes events until `condition` holds.
    fn wait_for(&mut self, condition: impl Fn(&State) -> bool) -> Result {
        self.console.flush();
        while !condition(&self.console.state) {
            self.next_event()?;
        }
        Ok(())
    }
}

/// Returns whether jobs of this profile end with the program.
fn ends_with_process(state: &State, profile: &str) -> bool {
    state.own_cloud && state.profiles.iter().any(|p| p.name == profile && p.demo)
}
