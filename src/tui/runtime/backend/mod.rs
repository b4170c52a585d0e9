//! The backend: runs effects (reads, cleared actions, jobs) in the background. Each effect answers with messages.

mod doctor;
mod jobs;
mod notices;
pub(crate) mod view_state_file;

use parking_lot::Mutex;
use std::{collections::HashMap, io, sync::Arc};

use jiff::Timestamp;
use tokio::{
    runtime::Runtime,
    sync::{OnceCell, mpsc as channel},
};
use tokio_util::sync::CancellationToken;

use crate::{
    cloud::{self, CallLog, Client},
    facts::{Load, Loaded, fetch},
    jobs::act::{self, CallOptions},
    messages::tr,
    model::{Region, RuleSet, Uin},
    rules::Cleared,
    session::{
        self,
        config_edit::{ConfigEntry, Notes},
        error::CommandError,
        setup::Setup,
    },
    tui::{
        app::{
            effect::{Effect, SavedChange},
            message::{CallError, CallLine, Message, Performed},
            table::RowId,
        },
        runtime::{
            backend::jobs::JobTasks,
            event::{Event, Sender},
        },
    },
};

/// The backend of the console.
pub(crate) struct Backend {
    runtime: Runtime,
    shared: Arc<Shared>,
    turn: CancellationToken,
    epoch: u64,
    job_tasks: JobTasks,
}

/// State that the tasks share.
pub(crate) struct Shared {
    send: Mutex<Sender>,
    pub(crate) first: Setup,
    /// The setup with the built-in cloud running, once it is needed.
    ready: OnceCell<Setup>,
    calls: channel::UnboundedSender<CallLog>,
    clients: Mutex<HashMap<String, Client>>,
    /// A profile for credentials that were found outside the configuration.
    pub(crate) found: Mutex<Option<session::Profile>>,
    /// The name of the current profile.
    pub(crate) profile: Mutex<String>,
    pub(crate) profile_key: String,
    /// The last `Message::SessionInfo`: epoch, expiry of the credentials, clock difference in seconds.
    pub(crate) session_info: Mutex<Option<(u64, Option<Timestamp>, i64)>>,
    /// The client of the current profile.
    now: Mutex<Option<Client>>,
    /// The main account of each profile, once it is known.
    accounts: Mutex<HashMap<String, Uin>>,
    jobs: jobs::SharedJobs,
}

impl Shared {
    pub(super) fn send(&self, message: Message) {
        let send = self.send.lock();
        // The receiver is gone only while the program ends.
        let _ = send.send(Event::Messages(vec![message]));
    }

    fn client(&self) -> Option<Client> {
        self.now.lock().clone()
    }

    /// Returns the setup with another initial profile.
    fn setup_of(&self, name: &str) -> Result<Setup, CommandError> {
        let mut setup = self.first.clone();
        setup.profiles.extend(self.found.lock().clone());
        setup.with_profile(name)
    }

    /// Prepares a setup for calls. All accounts of the built-in cloud share one server.
    async fn started(&self, setup: Setup) -> Result<Setup, CommandError> {
        if !setup.profile().is_demo() {
            return setup.with_cloud().await;
        }
        let name = setup.profile().name.clone();
        self.ready.get_or_try_init(|| setup.with_cloud()).await.cloned()?.with_profile(&name)
    }

    /// Returns the client of a profile. It is made once.
    async fn client_of(&self, name: &str) -> Result<Client, CallError> {
        if let Some(client) = self.clients.lock().get(name) {
            return Ok(client.clone());
        }
        let text_of = |fault: &CommandError, shared: &Self| fault.message(shared.first.lang, &[]);
        let setup = self.setup_of(name).map_err(|fault| error_of_text("profile", text_of(&fault, self)))?;
        let setup = self
            .started(setup)
            .await
            .map_err(|fault| CallError { offline: true, ..error_of_text("setup", text_of(&fault, self)) })?;
        let client = setup.client(setup.profile(), Some(self.calls.clone())).map_err(|fault| CallError {
            session: true,
            ..error_of_text("credentials", fault.message(setup.lang, &setup.other_profiles()))
        })?;
        self.clients.lock().insert(name.to_owned(), client.clone());
        Ok(client)
    }
}

pub(crate) fn error_of_text(code: &str, text: String) -> CallError {
    CallError { code: code.into(), text, request_id: None, session: false, offline: false }
}

impl Backend {
    /// Makes a backend without running effects. `profile_key` is the key that changes the profile, for error messages.
    ///
    /// # Errors
    /// If the threads cannot be started.
    pub(crate) fn new(setup: Setup, send: Sender, profile_key: String) -> io::Result<Self> {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
        // The receiver forwards each record to the event loop at once, so the channel does not fill up.
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
            session_info: Mutex::default(),
            now: Mutex::default(),
            accounts: Mutex::default(),
            jobs: jobs::SharedJobs::default(),
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
            runtime.spawn(async move { shared.find_credentials().await });
        }
        Ok(Self { runtime, shared, turn: CancellationToken::new(), epoch: 0, job_tasks: JobTasks::default() })
    }

    /// Starts an effect.
    pub(crate) fn run(&mut self, effect: Effect) {
        match effect {
            Effect::Connect { profile, epoch } => self.connect(profile, epoch),
            Effect::Load { ticket, load } => self.load(ticket, load),
            Effect::Save(what) => self.keep(what),
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
            // The event loop and its driver run these.
            Effect::Settle(_)
            | Effect::Clipboard(_)
            | Effect::Mouse(_)
            | Effect::Suspend
            | Effect::Redraw
            | Effect::Quit => {}
        }
    }

    /// Spawns a task that is cancelled when another profile is connected.
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
        *self.shared.now.lock() = None;
        self.shared.profile.lock().clone_from(&profile);
        self.recall_rows(&profile, epoch);
        let shared = self.shared.clone();
        self.spawn(async move {
            let result = shared.client_of(&profile).await.map(|client| {
                *shared.now.lock() = Some(client);
            });
            shared.send(Message::Connected { epoch, result });
        });
    }

    fn load(&self, ticket: u64, load: Load) {
        let Some(client) = self.shared.client() else { return };
        let (shared, epoch) = (self.shared.clone(), self.epoch);
        self.spawn(async move {
            let pages = shared.clone();
            let result =
                fetch(&client, &load, |page| pages.send(Message::Pages { epoch, pages: vec![page] }))
                    .await
                    .map_err(|error| shared.call_error(&error));
            if let Ok(Loaded::Identity(account)) = &result {
                shared.note_account(account);
            }
            shared.send(Message::Answer { epoch, ticket, load, result });
            shared.report_session(&client, epoch);
        });
    }
}

impl Backend {
    /// Performs an action. A change of profile does not cancel it.
    fn perform(&self, cleared: Cleared, region: Region, extra: CallOptions) {
        let Some(client) = self.shared.client() else { return };
        let (shared, epoch) = (self.shared.clone(), self.epoch);
        self.runtime.spawn(async move {
            let mut performed = Performed::new(cleared.clone());
            let done = match shared.recorder().await {
                Ok(recorder) => act::perform_with(&client, &cleared, &region, &extra, &recorder)
                    .await
                    .map_err(|error| (error.sent == cloud::Sent::Maybe, shared.call_error(&error))),
                // An action that cannot be recorded is not performed.
                Err(error) => Err((false, error)),
            };
            match done {
                Ok(done) => {
                    let launched = done.launched.map(RowId::Instance);
                    performed.made = launched.or(done.captured.map(RowId::Image));
                    (performed.image, performed.shares) = (done.image, done.shares);
                    performed.instance = done.instance;
                    performed.unread = done.unread.as_ref().map(|e| shared.call_error(e));
                }
                Err((unsure, error)) => {
                    performed.unsure = unsure;
                    performed.error = Some(error);
                }
            }
            shared.send(Message::Performed { epoch, performed: Box::new(performed) });
        });
    }

    fn keep(&self, what: SavedChange) {
        let shared = self.shared.clone();
        self.runtime.spawn_blocking(move || {
            let paths = &shared.first.paths;
            let (config, notes) = (paths.config_file(), paths.notes());
            let lang = shared.first.lang;
            let entry = |entry| {
                session::write_entry(&config, &entry)
                    .map(|()| config.clone())
                    .map_err(|e| e.text().render(lang))
            };
            let of_profile = |name: String, of: &dyn Fn(Box<session::Profile>) -> ConfigEntry| match shared
                .first
                .profiles
                .iter()
                .find(|p| p.name == name)
            {
                Some(profile) => entry(of(Box::new(profile.clone()))),
                None => Err(tr!(lang, setup_there_is_no_profile, name)),
            };
            let result = match what {
                SavedChange::Name(uin, name) => entry(ConfigEntry::Name(uin, name)),
                SavedChange::Trust(name, uin, trusted) => {
                    of_profile(name, &|p| ConfigEntry::Trust(p, uin.clone(), trusted))
                }
                SavedChange::Newer(name) => of_profile(name, &|p| ConfigEntry::Rules(p, RuleSet::Current)),
                SavedChange::Note(image, note) => Notes::update(&notes, |all| match note {
                    Some(note) => drop(all.notes.insert(image, note)),
                    None => drop(all.notes.remove(&image)),
                })
                .map(|()| notes.clone())
                .map_err(|e| e.render(lang)),
                SavedChange::Hidden(image, hidden) => Notes::update(&notes, |all| match hidden {
                    true => all.hidden.extend([image]),
                    false => all.hidden.retain(|i| *i != image),
                })
                .map(|()| notes.clone())
                .map_err(|e| e.render(lang)),
            };
            shared.send(Message::Written(result));
        });
    }

    /// Sends `Message::Look` after a pause that grows with `looks`, like the pauses between polls of a job.
    fn look(&self, looks: u32) {
        let (shared, epoch) = (self.shared.clone(), self.epoch);
        let profile = shared.profile.lock().clone();
        let pause = shared.first.pace(&profile).grown(looks).unsigned_abs();
        self.spawn(async move {
            tokio::time::sleep(pause).await;
            shared.send(Message::Look { epoch });
        });
    }
}
