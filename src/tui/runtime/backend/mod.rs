//! Effects carried out: questions to the cloud, cleared actions, jobs. Each answers with a message.

mod doctor;
mod jobs;
mod notices;
pub(crate) mod view_state_file;

use std::{
    collections::HashMap,
    io,
    sync::{Arc, Mutex, PoisonError, mpsc},
    time::{Duration, Instant},
};

use jiff::Timestamp;
use tokio::{
    runtime::Runtime,
    sync::{OnceCell, mpsc as channel},
};
use tokio_util::sync::CancellationToken;

use crate::{
    cloud::{self, CallLog, Client},
    facts::fetch,
    i18n::tell,
    jobs::act::{self, Extra},
    model::{Region, RuleSet, Uin},
    rules::Cleared,
    session::{self, Entry, Fault, Notes, Setup},
    tui::{
        app::{
            effect::{Effect, Keep},
            message::{CallLine, Load, Loaded, Message, Performed, Trouble},
            state::RowId,
        },
        runtime::{
            backend::jobs::{Driving, Journals},
            event_loop::Event,
        },
    },
};

/// How long keys rest before the pane follows the selection.
const SETTLE: Duration = Duration::from_millis(45);

/// The background of the console.
pub(crate) struct Backend {
    runtime: Runtime,
    shared: Arc<Shared>,
    turn: CancellationToken,
    epoch: u64,
    /// When the keys will have rested, and the number of that settle.
    settle: Option<(Instant, u64)>,
    driving: Driving,
}

/// What tasks share.
pub(crate) struct Shared {
    send: Mutex<mpsc::Sender<Event>>,
    pub(crate) first: Setup,
    /// The setup with the built-in cloud started, where it is needed.
    ready: OnceCell<Setup>,
    calls: channel::UnboundedSender<CallLog>,
    clients: Mutex<HashMap<String, Client>>,
    /// A profile that was not in the configuration.
    pub(crate) found: Mutex<Option<session::Profile>>,
    /// The name of the profile that holds, and the key that turns to another.
    pub(crate) profile: Mutex<String>,
    pub(crate) profile_key: String,
    /// What was told last beside answers, and in which turn of profiles.
    pub(crate) beside: Mutex<Option<(u64, Option<Timestamp>, i64)>>,
    /// The client of the profile that holds.
    now: Mutex<Option<Client>>,
    /// The main account of each profile, once it was told.
    accounts: Mutex<HashMap<String, Uin>>,
    journals: Journals,
}

impl Shared {
    pub(crate) fn send(&self, message: Message) {
        let send = self.send.lock().unwrap_or_else(PoisonError::into_inner);
        // Nobody listens only while the program ends.
        let _ = send.send(Event::Messages(vec![message]));
    }

    fn client(&self) -> Option<Client> {
        self.now.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The setup with a profile to begin with.
    fn setup_of(&self, name: &str) -> Result<Setup, Fault> {
        let mut setup = self.first.clone();
        setup.profiles.extend(self.found.lock().unwrap_or_else(PoisonError::into_inner).clone());
        setup.with_profile(name)
    }

    /// A setup that is ready for calls. All accounts of the built-in cloud share one.
    async fn started(&self, setup: Setup) -> Result<Setup, Fault> {
        if !setup.profile().is_demo() {
            return setup.started().await;
        }
        let name = setup.profile().name.clone();
        self.ready.get_or_try_init(|| setup.started()).await.cloned()?.with_profile(&name)
    }

    /// The client of a profile, made once.
    async fn client_of(&self, name: &str) -> Result<Client, Trouble> {
        if let Some(client) = self.clients.lock().unwrap_or_else(PoisonError::into_inner).get(name) {
            return Ok(client.clone());
        }
        let told = |fault: &Fault, shared: &Self| fault.message(shared.first.lang, &[]);
        let setup = self.setup_of(name).map_err(|fault| trouble_of_text("profile", told(&fault, self)))?;
        let setup = self
            .started(setup)
            .await
            .map_err(|fault| Trouble { offline: true, ..trouble_of_text("setup", told(&fault, self)) })?;
        let client = setup.client(setup.profile(), Some(self.calls.clone())).map_err(|fault| Trouble {
            session: true,
            ..trouble_of_text("credentials", fault.message(setup.lang, &setup.other_profiles()))
        })?;
        self.clients.lock().unwrap_or_else(PoisonError::into_inner).insert(name.to_owned(), client.clone());
        Ok(client)
    }
}

pub(crate) fn trouble_of_text(code: &str, text: String) -> Trouble {
    Trouble { code: code.into(), text, request_id: None, session: false, offline: false }
}

impl Backend {
    /// The background, with nothing begun. `profile_key` is what turns to another profile, for advice.
    ///
    /// # Errors
    /// When no threads can be started.
    pub(crate) fn new(setup: Setup, send: mpsc::Sender<Event>, profile_key: String) -> io::Result<Self> {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
        let (calls, mut called) = channel::unbounded_channel::<CallLog>();
        let shared = Arc::new(Shared {
            send: Mutex::new(send),
            first: setup,
            ready: OnceCell::new(),
            calls,
            clients: Mutex::default(),
            found: Mutex::default(),
            profile: Mutex::default(),
            profile_key,
            beside: Mutex::default(),
            now: Mutex::default(),
            accounts: Mutex::default(),
            journals: Journals::default(),
        });
        let to = shared.clone();
        runtime.spawn(async move {
            while let Some(call) = called.recv().await {
                to.send(Message::Call(CallLine {
                    at: call.at,
                    action: call.action.to_owned(),
                    region: call.region,
                    outcome: call.outcome,
                    request_id: call.request_id,
                    ms: call.ms,
                }));
            }
        });
        if shared.first.demo {
            let shared = shared.clone();
            runtime.spawn(async move { shared.look_around().await });
        }
        Ok(Self {
            runtime,
            shared,
            turn: CancellationToken::new(),
            epoch: 0,
            settle: None,
            driving: Driving::default(),
        })
    }

    /// Waits for what happens next, until then at most. That keys have rested is told here, so that no other thread is
    /// woken for it while their frame is drawn.
    pub(crate) fn wait(
        &mut self,
        events: &mpsc::Receiver<Event>,
        until: Option<Instant>,
    ) -> Result<Event, mpsc::RecvTimeoutError> {
        let rested = self.settle.filter(|(at, _)| until.is_none_or(|until| *at <= until));
        let Some(until) = rested.map(|(at, _)| at).or(until) else {
            return events.recv().map_err(|_| mpsc::RecvTimeoutError::Disconnected);
        };
        match (events.recv_timeout(until.saturating_duration_since(Instant::now())), rested) {
            (Err(mpsc::RecvTimeoutError::Timeout), Some((_, number))) => {
                self.settle = None;
                Ok(Event::Messages(vec![Message::Settled(number)]))
            }
            (came, _) => came,
        }
    }

    /// Begins an effect.
    pub(crate) fn run(&mut self, effect: Effect) {
        match effect {
            Effect::Connect { profile, epoch } => self.connect(profile, epoch),
            Effect::Load { ticket, load } => self.load(ticket, load),
            Effect::Settle(number) => self.settle = Some((Instant::now() + SETTLE, number)),
            Effect::Keep(what) => self.keep(what),
            Effect::Log(line) => tracing::warn!("{line}"),
            Effect::Perform(cleared, region, extra) => self.perform(cleared, region, extra),
            Effect::Look(looks) => self.look(looks),
            Effect::StartJob(job) => self.start_job(*job),
            Effect::Follow(id, profile) => self.follow(id, profile, None),
            Effect::Recall => self.recall(),
            Effect::Doctor => self.doctor(),
            Effect::Remember(kept) => self.remember(*kept),
            Effect::Order(job, order) => self.order(&job, order),
            Effect::LookAtJob(id, profile) => self.look_at_job(id, profile),
            Effect::PlanUndo { job, profile, with_snapshots, standing } => {
                self.plan_undo(job, profile, with_snapshots, *standing);
            }
            Effect::Undo { job, profile, plan } => self.undo(job, profile, plan),
            // The loop does these itself.
            Effect::Clipboard(_) | Effect::Mouse(_) | Effect::Suspend | Effect::Redraw | Effect::Quit => {}
        }
    }

    /// Begins something that ends with the turn of the profile that holds now.
    fn spawn(&self, task: impl Future<Output = ()> + Send + 'static) {
        let turn = self.turn.clone();
        self.runtime.spawn(async move {
            tokio::select! {
                () = turn.cancelled() => {}
                () = task => {}
            }
        });
    }

    fn connect(&mut self, profile: String, epoch: u64) {
        self.turn.cancel();
        self.turn = CancellationToken::new();
        self.epoch = epoch;
        *self.shared.now.lock().unwrap_or_else(PoisonError::into_inner) = None;
        self.shared.profile.lock().unwrap_or_else(PoisonError::into_inner).clone_from(&profile);
        self.recall_rows(&profile, epoch);
        let shared = self.shared.clone();
        self.spawn(async move {
            let result = shared.client_of(&profile).await.map(|client| {
                *shared.now.lock().unwrap_or_else(PoisonError::into_inner) = Some(client);
            });
            shared.send(Message::Connected { epoch, result });
        });
    }

    fn load(&self, ticket: u64, load: Load) {
        let Some(client) = self.shared.client() else { return };
        let (shared, epoch) = (self.shared.clone(), self.epoch);
        self.spawn(async move {
            let pages = shared.clone();
            let result = fetch(&client, &load, |page| pages.send(Message::Page { epoch, page }))
                .await
                .map_err(|error| shared.trouble(&error));
            if let Ok(Loaded::Identity(account)) = &result {
                shared.note_account(account);
            }
            shared.send(Message::Answer { epoch, ticket, load, result });
            shared.tell_beside(&client, epoch);
        });
    }
}

impl Backend {
    /// Not bound to the turn of the profile: what was begun comes to its end.
    fn perform(&self, cleared: Cleared, region: Region, extra: Extra) {
        let Some(client) = self.shared.client() else { return };
        let (shared, epoch) = (self.shared.clone(), self.epoch);
        self.runtime.spawn(async move {
            let mut performed = Performed::new(cleared.clone());
            let done = match shared.recorder().await {
                Ok(recorder) => act::perform_with(&client, &cleared, &region, &extra, &recorder)
                    .await
                    .map_err(|error| (error.sent == cloud::Sent::Maybe, shared.trouble(&error))),
                // What cannot be kept is not done.
                Err(trouble) => Err((false, trouble)),
            };
            match done {
                Ok(done) => {
                    let launched = done.launched.map(RowId::Instance);
                    performed.made = launched.or(done.captured.map(RowId::Image));
                    (performed.image, performed.shares) = (done.image, done.shares);
                    performed.instance = done.instance;
                    performed.unread = done.unread.as_ref().map(|e| shared.trouble(e));
                }
                Err((unsure, trouble)) => {
                    performed.unsure = unsure;
                    performed.trouble = Some(trouble);
                }
            }
            shared.send(Message::Performed { epoch, performed: Box::new(performed) });
        });
    }

    fn keep(&self, what: Keep) {
        let shared = self.shared.clone();
        self.runtime.spawn_blocking(move || {
            let paths = &shared.first.paths;
            let (config, notes) = (paths.config_file(), paths.notes());
            let entry =
                |entry| session::keep(&config, &entry).map(|()| config.clone()).map_err(|e| e.to_string());
            let of_profile = |name: String, of: &dyn Fn(Box<session::Profile>) -> Entry| match shared
                .first
                .profiles
                .iter()
                .find(|p| p.name == name)
            {
                Some(profile) => entry(of(Box::new(profile.clone()))),
                None => Err(tell!(shared.first.lang, "there is no profile {name}", "没有名为 {name} 的配置")),
            };
            let result = match what {
                Keep::Name(uin, name) => entry(Entry::Name(uin, name)),
                Keep::Trust(name, uin, trusted) => {
                    of_profile(name, &|p| Entry::Trust(p, uin.clone(), trusted))
                }
                Keep::Newer(name) => of_profile(name, &|p| Entry::Rules(p, RuleSet::Current)),
                Keep::Note(image, note) => Notes::change(&notes, |all| match note {
                    Some(note) => drop(all.notes.insert(image, note)),
                    None => drop(all.notes.remove(&image)),
                })
                .map(|()| notes.clone()),
                Keep::Hidden(image, hidden) => Notes::change(&notes, |all| match hidden {
                    true => all.hidden.extend([image]),
                    false => all.hidden.retain(|i| *i != image),
                })
                .map(|()| notes.clone()),
            };
            shared.send(Message::Kept(result));
        });
    }

    /// The pauses between looks grow like those of a job; the turn of the profile ends them.
    fn look(&self, looks: u32) {
        let (shared, epoch) = (self.shared.clone(), self.epoch);
        let profile = shared.profile.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let pause = shared.first.pace(&profile).grown(looks).unsigned_abs();
        self.spawn(async move {
            tokio::time::sleep(pause).await;
            shared.send(Message::Look { epoch });
        });
    }
}
