//! Jobs: driven here, or watched where another process drives them, and handed on when the console ends.

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
    i18n::lang::tell,
    jobs::{
        Acquired, Clients, CopyPoller, ExitReason, Failure, Job, JobCommand, Journal, Recorder, follow,
        journal::{self, Holder},
    },
    model::Uin,
    rules::Standing,
    session::{error::Fault, profile::Profile},
    tui::{
        app::{
            effect::JobOrder,
            message::{Message, Trouble},
        },
        runtime::backend::{Backend, Shared, trouble_of_text},
    },
};

/// How long a console that ends waits for its workers to let go.
const PARTING: Duration = Duration::from_millis(1200);

/// What is driven or watched.
#[derive(Default)]
pub(super) struct Driving {
    orders: HashMap<String, channel::UnboundedSender<JobCommand>>,
    tasks: Vec<JoinHandle<()>>,
    stop: CancellationToken,
}

/// What the tasks of all jobs share.
#[derive(Default)]
pub(super) struct SharedJobs {
    /// Polls copies, by profile.
    pollers: Mutex<HashMap<String, CopyPoller>>,
    /// [`Journal::data_version`] when the file was read last.
    data_version: Mutex<Option<i64>>,
    /// Jobs that are driven here and go on, with their profiles.
    here: Mutex<BTreeMap<String, String>>,
}

fn broken(error: journal::Error) -> Trouble {
    trouble_of_text("journal", error.to_string())
}

impl Shared {
    pub(super) fn profile_of(&self, name: &str) -> Option<Profile> {
        let found = self.found.lock().clone();
        self.first.profiles.iter().chain(&found).find(|p| p.name == name).cloned()
    }

    /// The journal of a profile's jobs.
    async fn journal(&self, profile: &str) -> Result<Journal, Trouble> {
        let profile = self.profile_of(profile);
        let opened = self.first.journal_of(profile.as_ref().unwrap_or(self.first.profile())).await;
        opened.map_err(|e| trouble_of_text("journal", Fault::from(e).message(self.first.lang, &[])))
    }

    /// What keeps the calls of single actions.
    pub(super) async fn recorder(&self) -> Result<Recorder, Trouble> {
        let profile = self.profile.lock().clone();
        let journal = Some(self.journal(&profile).await?);
        let account = self.accounts.lock().get(&profile).cloned();
        Ok(Recorder { journal, profile, account, job: None })
    }

    /// Takes whose profile it is that holds.
    pub(super) fn note_account(&self, account: &Uin) {
        let profile = self.profile.lock().clone();
        self.accounts.lock().insert(profile, account.clone());
    }

    /// The clients of a job's receivers, as far as a profile of ours is one of them.
    async fn receivers(&self, job: &Job) -> BTreeMap<Uin, Client> {
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

    /// Jobs of one profile poll their copies together.
    fn poller_of(&self, profile: &str) -> CopyPoller {
        let mut all = self.jobs.pollers.lock();
        all.entry(profile.to_owned()).or_default().clone()
    }

    fn driven(&self, job: &Job, holder: Option<&Holder>) {
        let mut here = self.jobs.here.lock();
        match holder {
            None if !job.is_over() => drop(here.insert(job.id.clone(), job.profile.clone())),
            _ => drop(here.remove(&job.id)),
        }
    }

    async fn undone(&self, id: &str, profile: &str, plan: &UndoPlan) -> Result<Vec<undo::Ended>, Trouble> {
        let (journal, job, client) = self.of_journal(id, profile).await?;
        let Acquired::Held(mut job, lease) = journal.acquire(id).await.map_err(broken)? else {
            let text = tell!(
                self.first.lang,
                "another process works on job {} now",
                "另一个进程正在执行任务 {}",
                job.id
            );
            return Err(trouble_of_text("journal", text));
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

    /// Shows a job as one that waits for a person.
    fn stuck(&self, mut job: Job, trouble: Trouble) {
        job.paused = Some(Failure { code: trouble.code, text: trouble.text });
        self.send(Message::Job(Box::new(job)));
    }

    /// The client that may go on with a job: nobody else's than that of the account whose image it is.
    async fn owner_of(&self, job: &Job) -> Result<Client, Trouble> {
        let own = self.client_of(&job.profile).await?;
        if let Some(account) = &job.account {
            let caller = own.caller().await.map_err(|error| self.trouble(&error))?.account;
            if caller != *account {
                let text = tell!(
                    self.first.lang,
                    "it is account {account}'s, and the profile is now {caller}'s",
                    "它属于账号 {account}，而这个配置现在属于 {caller}"
                );
                return Err(trouble_of_text("account", text));
            }
        }
        Ok(own)
    }
}

impl Shared {
    /// A job of the journal with the client that may go on with it.
    async fn of_journal(&self, id: &str, profile: &str) -> Result<(Journal, Job, Client), Trouble> {
        let journal = self.journal(profile).await?;
        let Some(kept) = journal.job(id).await.map_err(broken)? else {
            let text = tell!(self.first.lang, "there is no job {id}", "没有任务 {id}");
            return Err(trouble_of_text("journal", text));
        };
        let client = self.owner_of(&kept.job).await?;
        Ok((journal, kept.job, client))
    }

    /// Reads what a job claims, brings its record up to date, and returns it with what was read.
    async fn looked_at(
        &self,
        id: &str,
        profile: &str,
        standing: Standing,
    ) -> Result<(Job, FactStore, Client, Journal, Timestamp), Trouble> {
        let (journal, job, client) = self.of_journal(id, profile).await?;
        let mut facts = FactStore::new(profile, standing, self.first.accounts.clone(), self.first.grouped());
        let at = Timestamp::now();
        if let Some(error) = undo::read_job(&client, &job, &mut facts).await.into_iter().next() {
            return Err(self.trouble(&error));
        }
        let jobs = journal.observe(&facts, at, |job, _| job.id == id).await.map_err(broken)?;
        jobs.iter().for_each(|kept| facts.add_job(&kept.job));
        // With its calls, which a list of jobs does not have.
        let job = journal.job(id).await.map_err(broken)?.map_or(job, |kept| kept.job);
        Ok((job, facts, client, journal, at))
    }
}

impl Backend {
    /// Reads again what a job that is over claims. Where it cannot be read, the record stands as it was last seen.
    pub(crate) fn look_at_job(&self, id: String, profile: String) {
        let shared = self.shared.clone();
        self.runtime.spawn(async move {
            match shared.looked_at(&id, &profile, Standing::default()).await {
                Ok((job, ..)) => shared.send(Message::Job(Box::new(job))),
                Err(trouble) => tracing::warn!("job {id} was not looked at again: {}", trouble.text),
            }
        });
    }

    /// Plans the undo of a job from what is there now.
    pub(crate) fn plan_undo(&self, id: String, profile: String, with_snapshots: bool, standing: Standing) {
        let shared = self.shared.clone();
        self.runtime.spawn(async move {
            let result = match shared.looked_at(&id, &profile, standing).await {
                Ok((job, facts, _, _, at)) => {
                    let plan = undo::plan(&job, &facts, with_snapshots, at);
                    shared.send(Message::Job(Box::new(job)));
                    Ok(Box::new(plan))
                }
                Err(trouble) => Err(trouble),
            };
            shared.send(Message::UndoPlanned { job: id, result });
        });
    }

    /// Takes back what a job made; the screen follows step by step.
    pub(crate) fn undo(&self, id: String, profile: String, plan: Box<UndoPlan>) {
        let shared = self.shared.clone();
        self.runtime.spawn(async move {
            let result = shared.undone(&id, &profile, &plan).await;
            shared.send(Message::Undone { job: id, plan, result });
        });
    }

    pub(crate) fn order(&mut self, job: &Job, order: JobOrder) {
        let command = match order {
            JobOrder::Retry(region) => JobCommand::Retry(region),
            JobOrder::Drop(region) => JobCommand::Drop(region),
            JobOrder::Resume => JobCommand::Resume,
        };
        match self.driving.orders.get(&job.id).filter(|o| !o.is_closed()) {
            Some(orders) => {
                // A worker that has just ended is begun anew by the next order.
                let _ = orders.send(command);
            }
            None => self.follow(job.id.clone(), job.profile.clone(), Some(command)),
        }
    }

    /// Keeps a new job and drives it, whatever profile is looked at meanwhile.
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

    /// Goes on with a job of the journal, or watches whoever drives it.
    pub(super) fn follow(&mut self, id: String, profile: String, first: Option<JobCommand>) {
        if self.driving.orders.get(&id).is_some_and(|o| !o.is_closed()) {
            return;
        }
        self.drive(id, profile, first, std::future::ready(Ok(())));
    }

    fn drive(
        &mut self,
        id: String,
        profile: String,
        first: Option<JobCommand>,
        begun: impl Future<Output = Result<(), (Job, Trouble)>> + Send + 'static,
    ) {
        let (orders, mut receive) = channel::unbounded_channel();
        if let Some(first) = first {
            let _ = orders.send(first);
        }
        self.driving.orders.insert(id.clone(), orders);
        let (shared, stop) = (self.shared.clone(), self.driving.stop.clone());
        self.driving.tasks.retain(|t| !t.is_finished());
        self.driving.tasks.push(self.runtime.spawn(async move {
            if let Err((job, trouble)) = begun.await {
                return shared.stuck(job, trouble);
            }
            let journal = match shared.journal(&profile).await {
                Ok(journal) => journal,
                Err(trouble) => return shared.send(Message::Broken(trouble.text)),
            };
            let Ok(Some(kept)) = journal.job(&id).await else { return };
            let own = match shared.owner_of(&kept.job).await {
                Ok(own) => own,
                Err(trouble) => return shared.stuck(kept.job, trouble),
            };
            let poller = shared.poller_of(&kept.job.profile);
            let clients = Clients { receivers: shared.receivers(&kept.job).await, own, poller };
            // A console may turn from the built-in cloud to a real one: each job has the pace of its own.
            let pace = shared.first.pace(&kept.job.profile);
            let mut driver: Option<String> = None;
            let tell = |job: &Job, holder: Option<&Holder>| {
                shared.driven(job, holder);
                let now = holder.map(|h| tell!(shared.first.lang, "{} on {}", "{1} 上的 {0}", h.pid, h.host));
                if now != driver {
                    driver.clone_from(&now);
                    shared.send(Message::Driver(job.id.clone(), now));
                }
                shared.send(Message::Job(Box::new(job.clone())));
            };
            match follow(&journal, &id, clients, pace, &mut receive, stop, tell).await {
                Ok(Some(left)) => {
                    if let ExitReason::Journal(why) = left.reason {
                        shared.stuck(left.job, trouble_of_text("journal", why));
                    }
                }
                Ok(None) => {}
                Err(error) => shared.stuck(kept.job, trouble_of_text("journal", error.to_string())),
            }
        }));
    }

    /// Reads the journal, where another process wrote it since: jobs of profiles whose cloud is asked here.
    pub(crate) fn recall(&self) {
        let shared = self.shared.clone();
        let profile = shared.profile.lock().clone();
        let ours = shared.profile_of(&profile).is_some_and(|p| shared.first.ends_with_us(&p));
        // A cloud of this process has no past, and a journal is made only where there is something to keep.
        if ours || !shared.first.paths.journal().exists() {
            return;
        }
        self.runtime.spawn(async move {
            let journal = match shared.journal(&profile).await {
                Ok(journal) => journal,
                Err(trouble) => return shared.send(Message::Broken(trouble.text)),
            };
            let last = *shared.jobs.data_version.lock();
            let read = async {
                let version = journal.data_version().await?;
                let jobs = if last == Some(version) { None } else { Some(journal.jobs().await?) };
                Ok::<_, journal::Error>((version, jobs))
            };
            let asked = |name: &str, endpoint: Option<&str>| {
                shared.profile_of(name).is_some_and(|p| {
                    !shared.first.ends_with_us(&p) && shared.first.asks_cloud_of(endpoint, &p)
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

    /// The console ends. What it drives and can go on without it goes on in the background; says so.
    pub(crate) fn hand_over(&mut self) -> Option<String> {
        let here = self.shared.jobs.here.lock().clone();
        let (lang, mut told) = (self.shared.first.lang, Vec::new());
        for (id, profile) in &here {
            let Some(profile) = self.shared.profile_of(profile) else { continue };
            if self.shared.first.ends_with_us(&profile) {
                continue;
            }
            told.push(match self.shared.first.hand_over(id, &profile) {
                Ok(()) => tell!(lang, "job {id} goes on in the background", "任务 {id} 在后台继续"),
                Err(why) => tell!(
                    lang,
                    "job {id} stays as it is ({why}); cvmshare jobs resume {id} goes on",
                    "任务 {id} 停在原处（{why}）；用 cvmshare jobs resume {id} 继续"
                ),
            });
        }
        self.driving.stop.cancel();
        let tasks = std::mem::take(&mut self.driving.tasks);
        self.runtime.block_on(async {
            let all = futures_util::future::join_all(tasks);
            // What does not end in time is settled by reading when the job is taken up again.
            let _ = tokio::time::timeout(PARTING, all).await;
        });
        (!told.is_empty()).then(|| {
            tell!(
                lang,
                "{}; cvmshare jobs list shows them",
                "{}；用 cvmshare jobs list 查看",
                told.join("; ")
            )
        })
    }
}
