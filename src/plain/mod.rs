//! The console line by line: no cursor movement, no screen, no colours. For screen readers and for terminals that can
//! do no more. The same state, rules and jobs as on the screen; words typed instead of keys, and whole lines in answer.

pub(crate) mod change;
pub(crate) mod input;
pub(crate) mod instance;
pub(crate) mod launch;
pub(crate) mod lines;
pub(crate) mod share;
pub(crate) mod tell;
pub(crate) mod typed;

use std::{
    collections::{BTreeMap, VecDeque},
    io::{self, IsTerminal, Write},
    sync::mpsc::{self, Receiver},
};

use jiff::Timestamp;

use crate::{
    boundary::output,
    facts::{self, Load},
    i18n::lang::tell,
    plain::typed::Typed,
    rules::{Action, Missing},
    session::{refresh::Refresh, setup::Setup},
    tui::{
        app::{
            effect::Effect,
            message::Message,
            reads,
            state::{LoadState, State},
            table::RowId,
        },
        keymap::Keymap,
        runtime::{backend::Backend, event_loop::Event},
        term::signals::Signal,
        update::{self, commands},
    },
};

/// Columns and rows of the screen that nobody sees: so many rows are told at once, and read more closely.
const SIZE: (u16, u16) = (500, 60);
/// Rounds of questions for what a verdict lacks: an answer can raise new ones.
const ROUNDS: usize = 6;
/// Why it is over.
#[derive(Debug)]
enum Halt {
    /// It was asked for.
    Quit,
    /// A signal, with its exit status.
    Ended(u8),
    /// Nobody reads any more, or nothing can be written.
    Gone(io::Error),
}

impl From<io::Error> for Halt {
    fn from(error: io::Error) -> Self {
        Self::Gone(error)
    }
}

type Told<T = ()> = Result<T, Halt>;

/// The console, and what was said of it.
struct Plain {
    state: State,
    backend: Backend,
    events: Receiver<Event>,
    setup: Setup,
    out: Box<dyn Write>,
    /// A person sits there: a mark says that it is their turn.
    prompts: bool,
    /// Lines that were typed ahead.
    lines: VecDeque<String>,
    /// No more will come.
    ended: bool,
    /// The rows that were told last, by their numbers.
    listed: Vec<RowId>,
    /// What was told of each job.
    jobs: BTreeMap<String, Vec<String>>,
    /// Quit was asked for once while jobs run that end with it.
    warned: bool,
}

/// Runs it until it is left; returns the exit status.
///
/// # Errors
/// When no threads can be started or the lines cannot be written.
pub fn run(setup: Setup) -> io::Result<u8> {
    let (send, events) = mpsc::channel();
    input::signals(send.clone())?;
    input::lines(send.clone())?;
    let keymap = Keymap::builtin().map_err(io::Error::other)?;
    let mut state = crate::tui::first_state(&setup, keymap, Timestamp::now());
    state.size = SIZE;
    // What is told is asked for when it is wanted.
    state.fresh.every = Refresh::Off;
    let mut backend = Backend::new(setup.clone(), send, "profile".to_owned())?;
    if let Some(profile) = state.profile() {
        backend.run(Effect::Connect { profile: profile.name.clone(), epoch: state.epoch });
    }
    let prompts = io::stdin().is_terminal() && io::stdout().is_terminal();
    let mut plain = Plain {
        state,
        backend,
        events,
        setup,
        out: Box::new(output::Clean(io::stdout())),
        prompts,
        lines: VecDeque::new(),
        ended: false,
        listed: Vec::new(),
        jobs: BTreeMap::new(),
        warned: false,
    };
    let end = match plain.serve() {
        Ok(()) | Err(Halt::Quit) => Ok(0),
        Err(Halt::Ended(status)) => Ok(status),
        Err(Halt::Gone(error)) if error.kind() == io::ErrorKind::BrokenPipe => Ok(0),
        Err(Halt::Gone(error)) => Err(error),
    };
    if let Some(text) = plain.backend.hand_over() {
        // A terminal that is gone need not be told.
        output::say(&text);
    }
    plain.backend.keep_rows(&plain.state);
    end
}

impl Plain {
    fn serve(&mut self) -> Told {
        let lang = self.state.lang;
        let label = self.state.profile().map_or_else(String::new, |p| {
            let demo = lang.of(", DEMO: the built-in cloud", "，DEMO：内置云");
            format!("{}{}", p.label, if p.demo { demo } else { "" })
        });
        self.say(&tell!(
            lang,
            "cvmshare, line by line. Profile {label}. Type help for the commands.",
            "cvmshare，逐行模式。配置 {label}。输入 help 查看命令。"
        ))?;
        self.arrive()?;
        while let Some(line) = self.line("")? {
            let command = match Typed::read(&line, lang) {
                Ok(command) => command,
                Err(mend) => {
                    self.say(&mend)?;
                    continue;
                }
            };
            self.warned &= matches!(command, Typed::Quit);
            self.take_up(command)?;
        }
        // Nobody types any more. What would end with this program comes to its end first.
        self.until(|state| {
            !state.running_jobs().any(|j| ends_with_us(state, &j.profile) && j.paused.is_none())
        })
    }

    fn take_up(&mut self, command: Typed) -> Told {
        match command {
            Typed::Nothing => Ok(()),
            Typed::Help => self.help(),
            Typed::List(tab, words) => self.list(tab, words),
            Typed::More => self.more(),
            Typed::Show(what) => self.on_row(&what, Self::show),
            Typed::Actions(what) => self.on_row(&what, Self::actions),
            Typed::Share(what) => self.on_image(&what, |this, image| this.share(image, true)),
            Typed::Copy(what) => self.on_image(&what, |this, image| this.share(image, false)),
            Typed::Unshare(what) => self.on_image(&what, Self::unshare),
            Typed::Delete(what) => self.on_image(&what, Self::delete),
            Typed::Rename(what) => self.on_image(&what, Self::rename),
            Typed::Launch(what) => self.on_image(&what, Self::launch),
            Typed::Reinstall(what) => self.on_instance(&what, Self::reinstall),
            Typed::Capture(what) => self.on_instance(&what, Self::capture),
            Typed::Jobs => self.tell_jobs(),
            Typed::Wait => {
                self.until(|state| !state.running_jobs().any(|j| j.paused.is_none()))?;
                self.say(self.state.lang.of("No job is running.", "没有正在运行的任务。"))
            }
            Typed::Refresh => {
                self.change(commands::refresh)?;
                self.answered()?;
                self.counts()
            }
            Typed::Profile(None) => self.profiles(),
            Typed::Profile(Some(name)) => {
                match self.state.profiles.iter().position(|p| p.name == name || p.label == name) {
                    Some(index) => {
                        self.listed.clear();
                        self.change(|state, effects| reads::connect(state, index, effects))?;
                        self.arrive()
                    }
                    None => self.say(&tell!(
                        self.state.lang,
                        "There is no profile {name}. Type profile for those there are.",
                        "没有配置 {name}。输入 profile 查看已有配置。"
                    )),
                }
            }
            Typed::Quit => self.quit(),
        }
    }

    fn quit(&mut self) -> Told {
        let ending = self.state.running_jobs().filter(|j| ends_with_us(&self.state, &j.profile)).count();
        if ending > 0 && !self.warned {
            self.warned = true;
            return self.say(self.state.lang.of(
                "A job is running, and its cloud ends with this program. wait waits for it; quit once more leaves.",
                "有任务正在运行，其所在的内置云会随本程序结束。输入 wait 等待其完成；再次输入 quit 则退出。",
            ));
        }
        Err(Halt::Quit)
    }

    /// Waits for the cloud at the start and after another profile was taken, and says what is there.
    fn arrive(&mut self) -> Told {
        self.until(|state| {
            state.connected || matches!(state.loads.get(&Load::Identity), Some(LoadState::Failed(..)))
        })?;
        self.answered()?;
        self.counts()
    }

    /// Waits until the rows have come or have failed to.
    fn answered(&mut self) -> Told {
        self.until(|state| state.asking(Load::is_list).0 == 0)
    }

    /// Reads all that the verdict on an action needs, and what makes it exact.
    fn learn_action(&mut self, action: &Action) -> Told {
        self.learn(|state| state.facts.verdict(action).missing.clone())?;
        let wanted = facts::wanted(action, &self.state.facts);
        self.change(|state, effects| {
            wanted.into_iter().for_each(|load| reads::load_once(state, load, effects))
        })?;
        self.until(|state| state.asking(|_| true).0 == 0)
    }

    /// Asks for what something lacks until it lacks nothing, or nothing new comes.
    fn learn(&mut self, lacks: impl Fn(&State) -> Vec<Missing>) -> Told {
        for _ in 0..ROUNDS {
            let missing = lacks(&self.state);
            if missing.is_empty() {
                return Ok(());
            }
            self.change(|state, effects| reads::fetch(state, &missing, effects))?;
            self.until(|state| state.asking(|_| true).0 == 0)?;
            if lacks(&self.state) == missing {
                return Ok(());
            }
        }
        Ok(())
    }

    // ---- what happens ---------------------------------------------------------------------------------------------

    fn take(&mut self, message: Message) -> Told {
        self.state.now = Timestamp::now();
        let effects = update::update(&mut self.state, message);
        self.begin(effects);
        self.news()
    }

    /// Changes the state as a key would.
    fn change(&mut self, change: impl FnOnce(&mut State, &mut Vec<Effect>)) -> Told {
        self.state.now = Timestamp::now();
        let mut effects = Vec::new();
        change(&mut self.state, &mut effects);
        self.begin(effects);
        // What holds after every message holds now too.
        self.take(Message::Resize(SIZE.0, SIZE.1))
    }

    fn begin(&mut self, effects: Vec<Effect>) {
        effects.into_iter().for_each(|effect| self.backend.run(effect));
    }

    /// Takes one thing that happens.
    fn happen(&mut self) -> Told {
        match self.backend.wait(&self.events, None) {
            // What is told is of now; nothing here could say of each row how old it is.
            Ok(Event::Messages(messages)) => {
                let mut now = messages.into_iter().filter(|m| !matches!(m, Message::Past { .. }));
                now.try_for_each(|message| self.take(message))
            }
            Ok(Event::Line(Some(line))) => {
                self.lines.push_back(line);
                Ok(())
            }
            Ok(Event::Line(None) | Event::Hangup) => {
                self.ended = true;
                Ok(())
            }
            Ok(Event::Signal(Signal::End(status))) => Err(Halt::Ended(status)),
            Ok(Event::Signal(_)) => Ok(()),
            Err(_) => Err(Halt::Quit),
        }
    }

    fn until(&mut self, so: impl Fn(&State) -> bool) -> Told {
        while !so(&self.state) {
            self.happen()?;
        }
        Ok(())
    }
}

/// Whether a job of this profile ends with the program.
fn ends_with_us(state: &State, profile: &str) -> bool {
    state.own_cloud && state.profiles.iter().any(|p| p.name == profile && p.demo)
}
