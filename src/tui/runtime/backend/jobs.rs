//! Jobs in the console: runs them, watches those that another process runs, and hands them over when the console ends.

use parking_lot::Mutex;
use std::{
    collections::{BTreeMap, HashMap},
    time::Duration,
};

use jiff::Timestamp;
use tokio::{sync::mpsc as channel, task::JoinHandle};
use tokio_util::sync::CancellationToken;

use crate::{
    cloud::Client,
    facts::{
        FactStore,
        undo::{self, UndoPlan},
    },
    jobs::{
        Acquired, Clients, CopyPoller, ExitReason, Job, JobCommand, Journal, Recorder, follow,
        journal::{self, Holder},
    },
    messages::tr,
    model::{JobFailure, Uin},
    rules::Standing,
    session::{error::CommandError, profile::Profile},
    tui::{
        app::{
            effect::JobOrder,
            message::{CallError, Message},
        },
        runtime::backend::{Backend, Shared, error_of_text},
    },
};

/// How long the console waits for its workers when it ends.
const SHUTDOWN_TIMEOUT: Duration = Duration::from_millis(1200);

/// The workers and watchers of this console.
#[derive(Default)]
pub(super) struct JobTasks {
    orders: HashMap<String, channel::UnboundedSender<JobCommand>>,
    tasks: Vec<JoinHandle<()>>,
    stop: CancellationToken,
}

/// State that the tasks of all jobs share.
#[derive(Default)]
pub(super) struct SharedJobs {
    /// The pollers of copies, by profile.
    pollers: Mutex<HashMap<String, CopyPoller>>,
    /// [`Journal::data_version`] at the last read of the journal.
    data_version: Mutex<Option<i64>>,
    /// Unfinished jobs that this console runs: id and profile.
    running: Mutex<BTreeMap<String, String>>,
}

fn broken(error: journal::Error) -> CallError {
    error_of_text("journal", error.to_string())
}

impl Shared {
    pub(super) fn profile_of(&self, name: &str) -> Option<Profile> {
        let found = self.found.lock().clone();
        self.first.profiles.iter().chain(&found).find(|p| p.name == name).cloned()
    }

    /// Opens the journal of a profile.
    async fn journal(&self, profile: &str) -> Result<Journal, CallError> {
        let profile = self.profile_of(profile);
        let opened = self.first.journal_of(profile.as_ref().unwrap_or(self.first.profile())).await;
        opened.map_err(|e| error_of_text("journal", CommandError::from(e).message(self.first.lang, &[])))
    }

    /// Returns the recorder that writes single actions to the journal.
    pub(super) async fn recorder(&self) -> Result<Recorder, CallError> {
        let profile = self.profile.lock().clone();
        let journal = Some(self.journal(&profile).await?);
        let account = self.accounts.lock().get(&profile).cloned();
        Ok(Recorder { journal, profile, account, job: None })
    }

    /// Remembers the main account of the current profile.
    pub(super) fn note_account(&self, account: &Uin) {
        let profile = self.profile.lock().clone();
        self.accounts.lock().insert(profile, account.clone());
    }

    /// Returns the clients of a job's receivers that have a profile here.
    async fn receiver_clients(&self, job: &Job) -> BTreeMap<Uin, Client> {
        let mut receivers = BTreeMap::new();
        let all = self.first.profiles.iter().map(|p| p.name.clone());
        let profiles: Vec<String> = all.filter(|name| *name != job.profile).collect();
        for name in profiles {
            if let Ok(client) = self.client_of(&name).await
                && let Ok(caller) = client.caller().await
                && job.edges.iter().any(|e| e.account == caller.account)
            {
                receivers.insert(caller.account, client);
            }
        }
        receivers
    }

    /// Returns the poller of a profile. All jobs of a profile share one.
    fn poller_for(&self, profile: &str) -> CopyPoller {
        let mut all = self.jobs.pollers.lock();
        all.entry(profile.to_owned()).or_default().clone()
    }

    fn note_driver(&self, job: &Job, holder: Option<&Holder>) {
        let mut running = self.jobs.running.lock();
        match holder {
            None if !job.is_over() => drop(running.insert(job.id.clone(), job.profile.clone())),
            _ => drop(running.remove(&job.id)),
        }
    }

    async fn run_undo(
        &self,
        id: &str,
        profile: &str,
        plan: &UndoPlan,
    ) -> Result<Vec<undo::Ended>, CallError> {
        let (journal, job, client) = self.load_job(id, profile).await?;
        let Acquired::Held(mut job, lease) = journal.acquire(id).await.map_err(broken)? else {
            let text = tr!(self.first.lang, common_job_elsewhere, id = job.id);
            return Err(error_of_text("journal", text));
        };
        let recorder = Recorder {
            journal: Some(journal.clone()),
            profile: profile.to_owned(),
            account: job.account.clone(),
            job: Some(id.to_owned()),
        };
        let show = |job: &Job| self.send(Message::Job(Box::new(job.clone())));
        let ended = undo::run(&client, &lease, &mut job, plan, &recorder, show).await.map_err(broken);
        lease.release().await;
        ended
    }

    /// Shows a job as paused with an error that needs the user.
    fn show_paused(&self, mut job: Job, trouble: CallError) {
        job.paused = Some(JobFailure::new(&trouble.code, trouble.text));
        self.send(Message::Job(Box::new(job)));
    }

    /// Returns the client that may continue a job. Fails if the profile now belongs to another account than the job's
    /// owner.
    async fn owner_client(&self, job: &Job) -> Result<Client, CallError> {
        let own = self.client_of(&job.profile).await?;
        if let Some(account) = &job.account {
            let caller = own.caller().await.map_err(|error| self.call_error(&error))?.account;
            if caller != *account {
                let text = tr!(self.first.lang, jobs_other_account, account, caller);
                return Err(error_of_text("account", text));
            }
        }
        Ok(own)
    }
}

impl Shared {
    /// Reads a job from the journal, and returns it with the client that may continue it.
    async fn load_job(&self, id: &str, profile: &str) -> Result<(Journal, Job, Client), CallError> {
        let journal = self.journal(profile).await?;
        let Some(kept) = journal.job(id).await.map_err(broken)? else {
            let text = tr!(self.first.lang, jobs_there_is_no_job, id);
            return Err(error_of_text("journal", text));
        };
        let client = self.owner_client(&kept.job).await?;
        Ok((journal, kept.job, client))
    }

    /// Reads the cloud state that a job's record claims, and updates the record. Returns the job, the facts, and the
    /// time of the reads.
    async fn observe_job(
        &self,
        id: &str,
        profile: &str,
        standing: Standing,
    ) -> Result<(Job, FactStore, Client, Journal, Timestamp), CallError> {
        let (journal, job, client) = self.load_job(id, profile).await?;
        let mut facts =
            FactStore::new(profile, standing, self.first.accounts.clone(), self.first.group_members());
        let at = Timestamp::now();
        if let Some(error) = undo::read_job(&client, &job, &mut facts).await.into_iter().next() {
            return Err(self.call_error(&error));
        }
        let jobs = journal.observe(&facts, at, |job, _| job.id == id).await.map_err(broken)?;
        jobs.iter().for_each(|kept| facts.add_job(&kept.job));
        // Unlike a list of jobs, this read includes the calls.
        let job = journal.job(id).await.map_err(broken)?.map_or(job, |kept| kept.job);
        Ok((job, facts, client, journal, at))
    }
}

impl Backend {
    /// Reads the cloud state of a finished job again. If that fails, the record keeps what was last seen.
    pub(crate) fn look_at_job(&self, id: String, profile: String) {
        let shared = self.shared.clone();
        self.runtime.spawn(async move {
            match shared.observe_job(&id, &profile, Standing::default()).await {
                Ok((job, ..)) => shared.send(Message::Job(Box::new(job))),
                Err(error) => tracing::warn!("job {id} was not looked at again: {}", error.text),
            }
        });
    }

    /// Plans the undo of a job from the current cloud state.
    pub(crate) fn plan_undo(&self, id: String, profile: String, with_snapshots: bool, standing: Standing) {
        let shared = self.shared.clone();
        self.runtime.spawn(async move {
            let result = match shared.observe_job(&id, &profile, standing).await {
                Ok((job, facts, _, _, at)) => {
                    let plan = undo::plan(&job, &facts, with_snapshots, at);
                    shared.send(Message::Job(Box::new(job)));
                    Ok(Box::new(plan))
                }
                Err(error) => Err(error),
            };
            shared.send(Message::UndoPlanned { job: id, result });
        });
    }

    /// Runs an undo. Each step updates the job on the screen.
    pub(crate) fn undo(&self, id: String, profile: String, plan: Box<UndoPlan>) {
        let shared = self.shared.clone();
        self.runtime.spawn(async move {
            let result = shared.run_undo(&id, &profile, &plan).await;
            shared.send(Message::Undone { job: id, plan, result });
        });
    }

    pub(crate) fn order(&mut self, job: &Job, order: JobOrder) {
        let command = match order {
            JobOrder::Retry(region) => JobCommand::Retry(region),
            JobOrder::Drop(region) => JobCommand::Drop(region),
            JobOrder::Resume => JobCommand::Resume,
        };
        match self.job_tasks.orders.get(&job.id).filter(|o| !o.is_closed()) {
            Some(orders) => {
                // If the worker has just ended, the next order starts a new one.
                let _ = orders.send(command);
            }
            None => self.follow(job.id.clone(), job.profile.clone(), Some(command)),
        }
    }

    /// Saves a new job and runs it. A change of profile does not stop it.
    pub(crate) fn start_job(&mut self, mut job: Job) {
        let shared = self.shared.clone();
        let (id, profile) = (job.id.clone(), job.profile.clone());
        let begun = async move {
            let journal = shared.journal(&job.profile).await.map_err(|t| (job.clone(), t))?;
            if let Some(old) = journal.job(&job.id).await.map_err(|e| (job.clone(), broken(e)))? {
                job.inherit(&old.job);
            }
            let endpoint =
                shared.profile_of(&job.profile).and_then(|p| shared.first.endpoint_of(&p).map(str::to_owned));
            journal.begin(&job, endpoint.as_deref()).await.map_err(|e| (job, broken(e)))?;
            Ok(())
        };
        self.drive(id, profile, None, begun);
    }

    /// Continues a job from the journal, or watches the process that runs it.
    pub(super) fn follow(&mut self, id: String, profile: String, first: Option<JobCommand>) {
        if self.job_tasks.orders.get(&id).is_some_and(|o| !o.is_closed()) {
            return;
        }
        self.drive(id, profile, first, std::future::ready(Ok(())));
    }

    fn drive(
        &mut self,
        id: String,
        profile: String,
        first: Option<JobCommand>,
        begun: impl Future<Output = Result<(), (Job, CallError)>> + Send + 'static,
    ) {
        let (orders, mut receive) = channel::unbounded_channel();
        if let Some(first) = first {
            let _ = orders.send(first);
        }
        self.job_tasks.orders.insert(id.clone(), orders);
        let (shared, stop) = (self.shared.clone(), self.job_tasks.stop.clone());
        self.job_tasks.tasks.retain(|t| !t.is_finished());
        self.job_tasks.tasks.push(self.runtime.spawn(async move {
            if let Err((job, error)) = begun.await {
                return shared.show_paused(job, error);
            }
            let journal = match shared.journal(&profile).await {
                Ok(journal) => journal,
                Err(error) => return shared.send(Message::Broken(error.text)),
            };
            let Ok(Some(kept)) = journal.job(&id).await else { return };
            let own = match shared.owner_client(&kept.job).await {
                Ok(own) => own,
                Err(error) => return shared.show_paused(kept.job, error),
            };
            let poller = shared.poller_for(&kept.job.profile);
            let clients = Clients { receivers: shared.receiver_clients(&kept.job).await, own, poller };
            // Profiles can differ in their cloud, so each job has its own pace.
            let pace = shared.first.pace(&kept.job.profile);
            let mut driver: Option<String> = None;
            let tell = |job: &Job, holder: Option<&Holder>| {
                shared.note_driver(job, holder);
                let now = holder
                    .map(|h| tr!(shared.first.lang, common_process_on_host, pid = h.pid, host = h.host));
                if now != driver {
                    driver.clone_from(&now);
                    shared.send(Message::Driver(job.id.clone(), now));
                }
                shared.send(Message::Job(Box::new(job.clone())));
            };
            match follow(&journal, &id, clients, pace, &mut receive, stop, tell).await {
                Ok(Some(left)) => {
                    if let ExitReason::Journal(why) = left.reason {
                        shared.show_paused(left.job, error_of_text("journal", why.render(shared.first.lang)));
                    }
                }
                Ok(None) => {}
                Err(error) => shared.show_paused(kept.job, error_of_text("journal", error.to_string())),
            }
        }));
    }

    /// Reads the journal if another process has written to it, and sends the jobs of profiles that use the same cloud
    /// as here.
    pub(crate) fn recall(&self) {
        let shared = self.shared.clone();
        let profile = shared.profile.lock().clone();
        let ours = shared.profile_of(&profile).is_some_and(|p| shared.first.ends_with_process(&p));
        // An in-process cloud has no earlier jobs, and the journal file exists only once a job was saved.
        if ours || !shared.first.paths.journal().exists() {
            return;
        }
        self.runtime.spawn(async move {
            let journal = match shared.journal(&profile).await {
                Ok(journal) => journal,
                Err(error) => return shared.send(Message::Broken(error.text)),
            };
            let last = *shared.jobs.data_version.lock();
            let read = async {
                let version = journal.data_version().await?;
                let jobs = if last == Some(version) { None } else { Some(journal.jobs().await?) };
                Ok::<_, journal::Error>((version, jobs))
            };
            let asked = |name: &str, endpoint: Option<&str>| {
                shared.profile_of(name).is_some_and(|p| {
                    !shared.first.ends_with_process(&p) && shared.first.uses_cloud_of(endpoint, &p)
                })
            };
            match read.await {
                Ok((_, None)) => {}
                Ok((version, Some(jobs))) => {
                    *shared.jobs.data_version.lock() = Some(version);
                    let here = jobs.into_iter().filter(|k| asked(&k.job.profile, k.endpoint.as_deref()));
                    let here: Vec<Job> = here.map(|k| k.job).collect();
                    if !here.is_empty() {
                        shared.send(Message::Recalled(here));
                    }
                }
                Err(error) => shared.send(Message::Broken(error.to_string())),
            }
        });
    }

    /// Hands running jobs over to background processes when the console ends. Returns a message for the user about
    /// them.
    pub(crate) fn hand_over(&mut self) -> Option<String> {
        let running = self.shared.jobs.running.lock().clone();
        let (lang, mut told) = (self.shared.first.lang, Vec::new());
        for (id, profile) in &running {
            let Some(profile) = self.shared.profile_of(profile) else { continue };
            if self.shared.first.ends_with_process(&profile) {
                continue;
            }
            told.push(match self.shared.first.spawn_worker(id, &profile) {
                Ok(()) => tr!(lang, common_job_in_background, id),
                Err(why) => tr!(lang, jobs_paused, id, why),
            });
        }
        self.job_tasks.stop.cancel();
        let tasks = std::mem::take(&mut self.job_tasks.tasks);
        self.runtime.block_on(async {
            let all = futures_util::future::join_all(tasks);
            // A worker that does not end in time leaves its job to the next process, which reads the cloud's state
            // first.
            let _ = tokio::time::timeout(SHUTDOWN_TIMEOUT, all).await;
        });
        (!told.is_empty()).then(|| tr!(lang, jobs_cvmshare_jobs_list_shows_them, told = told.join("; ")))
    }
}
