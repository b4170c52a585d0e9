//! Runs a job to its end in a command, or follows the process that runs it. A signal that ends the command leaves the
//! job resumable.

use std::{
    collections::BTreeMap,
    io::{BufRead, IsTerminal},
    pin::pin,
    time::Duration,
};

use tokio::{
    signal::unix::{SignalKind, signal},
    sync::mpsc::{UnboundedReceiver, unbounded_channel},
};
use tokio_util::sync::CancellationToken;

use crate::{
    boundary::output::say,
    cloud::Client,
    commands::{job_report, progress::Progress},
    i18n,
    jobs::{self, Clients, CopyPoller, ExitReason, Job, JobCommand, Journal, WorkerExit, journal::StoredJob},
    messages::{Lang, m, text, tr},
    model::Uin,
    rules::{Action, Code},
    session::{
        error::{CommandError, Exit},
        setup::Setup,
    },
};

/// The interval at which a background job looks for new credentials, and the number of attempts.
const CREDENTIAL_POLLS: (Duration, u32) = (Duration::from_secs(20), 360);

/// Runs jobs of one profile.
pub(crate) struct JobRunner<'a> {
    pub setup: &'a Setup,
    pub journal: &'a Journal,
    /// The client of all jobs, so that together they obey the documented rates.
    pub client: Client,
    /// The poller of all jobs, so that they poll their copies together.
    poller: CopyPoller,
    /// Whether the job runs in the background: nobody can be asked, and it can wait.
    background: bool,
}

/// The job when the command ends.
pub(crate) struct RunResult {
    pub job: Job,
    /// The command's exit status, if it ended before the job.
    pub early: Option<Exit>,
}

impl RunResult {
    /// Returns the exit status of the command.
    pub(crate) fn exit_status(&self) -> Exit {
        self.early.unwrap_or_else(|| job_report::exit_status(&self.job))
    }
}

/// Returns the exit status of one of several runs. Prints why it failed.
pub(crate) fn exit_of_run(id: &str, result: &Result<RunResult, CommandError>, setup: &Setup) -> Exit {
    match result {
        Ok(ran) => ran.exit_status(),
        Err(fault) => {
            let why = fault.message(setup.lang, &[]);
            say(&tr!(setup.lang, cmd_job_runner_job, id, why));
            fault.exit()
        }
    }
}

/// Returns the setup with the profile of a job, unless `--profile` selects another.
pub(crate) async fn setup_for(kept: &StoredJob, setup: &Setup) -> Result<Setup, CommandError> {
    let profile = &kept.job.profile;
    let known = setup.profiles.iter().any(|p| p.name == *profile);
    if setup.flags.profile.is_some() || setup.profile().name == *profile || !known {
        return Ok(setup.clone());
    }
    setup.clone().with_profile(profile)?.with_cloud().await
}

impl<'a> JobRunner<'a> {
    /// Makes a runner for jobs of the setup's profile.
    pub(crate) fn new(
        setup: &'a Setup,
        journal: &'a Journal,
        background: bool,
    ) -> Result<Self, CommandError> {
        let client = setup.client(setup.profile(), None)?;
        Ok(Self { setup, journal, client, poller: CopyPoller::default(), background })
    }

    /// Checks that a job of the journal can be resumed here, and runs it.
    pub(crate) async fn resume(
        &self,
        kept: &StoredJob,
        first: Option<JobCommand>,
    ) -> Result<RunResult, CommandError> {
        self.check_allowed(kept).await?;
        self.run(&kept.job, first).await
    }

    /// Checks that a job can be resumed here: on its cloud, by its account, with changes allowed.
    pub(crate) async fn check_allowed(&self, kept: &StoredJob) -> Result<(), CommandError> {
        let facts = self.setup.facts(self.setup.profile());
        let action =
            Action::Distribute { image: kept.job.image.clone(), with: Vec::new(), regions: Vec::new() };
        if let Some(reason) = facts.verdict(&action).reasons.iter().find(|r| r.code == Code::ModeReadOnly) {
            return Err(CommandError::Blocked(
                i18n::sentence(reason.code, &reason.args, self.setup.lang).into(),
            ));
        }
        self.check_account(kept).await.map(drop)
    }

    /// Checks that the cloud in use is the job's and the caller is its account. Returns the account.
    pub(crate) async fn check_account(&self, kept: &StoredJob) -> Result<Uin, CommandError> {
        let (Job { id, profile, .. }, setup) = (&kept.job, self.setup);
        if !setup.uses_cloud_of(kept.endpoint.as_deref(), setup.profile()) {
            return Err(CommandError::Usage(match &kept.endpoint {
                Some(endpoint) => text!(cmd_job_runner_add_endpoint, id, endpoint),
                None => text!(cmd_job_runner_drop_endpoint, id),
            }));
        }
        let caller = self.client.caller().await?.account;
        match &kept.job.account {
            Some(account) if *account != caller => {
                Err(CommandError::Usage(text!(cmd_job_runner_other_account, id, account, caller, profile)))
            }
            _ => Ok(caller),
        }
    }

    /// Runs a job until it ends or a signal ends the command.
    pub(crate) async fn run(
        &self,
        job: &Job,
        mut first: Option<JobCommand>,
    ) -> Result<RunResult, CommandError> {
        let (setup, id) = (self.setup, &job.id);
        let mut progress = Progress::new(setup.lang);
        let mut polls = 0;
        loop {
            let own = match polls {
                0 => self.client.clone(),
                // After a sign-in, credentials are looked up again.
                _ => setup.client(setup.profile(), None)?,
            };
            let clients =
                Clients { receivers: receivers(job, setup).await, own, poller: self.poller.clone() };
            // The sender is dropped, so the worker returns when the job pauses.
            let (tell, mut commands) = unbounded_channel();
            first.take().into_iter().for_each(|command| drop(tell.send(command)));
            drop(tell);
            let (left, early) = self.follow(job, clients, &mut commands, &mut progress).await?;
            match (&left.reason, early) {
                (ExitReason::Journal(why), _) => {
                    return Err(CommandError::Failed(text!(cmd_job_runner_nothing_more_was_sent, why)));
                }
                (ExitReason::Unreachable, None) => {
                    let why = left.job.paused.as_ref().map(|p| &p.text).cloned().unwrap_or_default();
                    say(&tr!(setup.lang, cmd_job_runner_stopped_why, id, why));
                    return Ok(RunResult { job: left.job, early: Some(Exit::Failed) });
                }
                (_, Some(early)) => return Ok(RunResult { job: left.job, early: Some(early) }),
                (ExitReason::Paused, None) => {
                    let why = left.job.paused.as_ref().map_or("", |p| p.code.as_str()).to_owned();
                    say(&tr!(setup.lang, cmd_job_runner_job_waits_for_sign_in, id, why));
                    polls += 1;
                    if !wait_for_sign_in(self.background, polls, setup.lang).await {
                        say(&tr!(setup.lang, cmd_job_runner_sign_in_first, id));
                        return Ok(RunResult { job: left.job, early: Some(Exit::Credentials) });
                    }
                }
                _ => return Ok(RunResult { job: left.job, early: None }),
            }
        }
    }

    /// Runs or follows a job until it stops. Also returns the exit status if a signal ends the command first.
    async fn follow(
        &self,
        job: &Job,
        clients: Clients,
        commands: &mut UnboundedReceiver<JobCommand>,
        progress: &mut Progress,
    ) -> Result<(WorkerExit, Option<Exit>), CommandError> {
        let (setup, lang, id) = (self.setup, self.setup.lang, &job.id);
        let stop = CancellationToken::new();
        let show = |job: &Job, holder: Option<&jobs::journal::Holder>| progress.show(job, holder);
        let mut following = pin!(jobs::follow(
            self.journal,
            id,
            clients,
            setup.pace(&job.profile),
            commands,
            stop.clone(),
            show
        ));
        let listen = |kind| {
            signal(kind).map_err(|e| CommandError::Failed(text!(cmd_job_runner_signals_cannot_be_heard, e)))
        };
        let (mut hangup, mut interrupt, mut terminate) = (
            listen(SignalKind::hangup())?,
            listen(SignalKind::interrupt())?,
            listen(SignalKind::terminate())?,
        );
        let mut early = None;
        let left = loop {
            let status = tokio::select! {
                left = &mut following => break left,
                _ = hangup.recv() => Exit::Hangup,
                _ = interrupt.recv() => Exit::Interrupted,
                _ = terminate.recv() => Exit::Terminated,
            };
            if self.background && status == Exit::Hangup {
                continue;
            }
            let elsewhere = other_holder(self.journal, id).await;
            if early.is_none() {
                early = Some(status);
                say(&match (elsewhere, status) {
                    (Some(pid), _) => {
                        tr!(lang, cmd_job_runner_in_process, id, pid)
                    }
                    (None, Exit::Hangup) => match setup.spawn_worker(id, setup.profile()) {
                        Ok(()) => tr!(lang, common_job_in_background, id),
                        Err(why) => {
                            tr!(lang, cmd_job_runner_unchanged_why, id, why)
                        }
                    },
                    _ if setup.ends_with_process(setup.profile()) => {
                        tr!(lang, cmd_job_runner_ends_with_cloud, id)
                    }
                    _ => tr!(lang, cmd_job_runner_paused, id),
                });
            }
            stop.cancel();
        };
        let left =
            left?.ok_or_else(|| CommandError::Failed(text!(cmd_job_runner_there_is_no_job_any, id)))?;
        Ok((left, early))
    }
}

/// Waits for the user to sign in; in the background, polls for a limited time. Returns whether to try again.
async fn wait_for_sign_in(background: bool, polls: u32, lang: Lang) -> bool {
    if background {
        tokio::time::sleep(CREDENTIAL_POLLS.0).await;
        return polls < CREDENTIAL_POLLS.1;
    }
    if std::io::stdin().is_terminal() && std::io::stderr().is_terminal() {
        say(lang.text(m::cmd_job_runner_sign_in_elsewhere));
        let read = tokio::task::spawn_blocking(|| std::io::stdin().lock().read_line(&mut String::new()));
        return matches!(read.await, Ok(Ok(n)) if n > 0);
    }
    false
}

/// Returns the ID of another process that runs a job.
async fn other_holder(journal: &Journal, id: &str) -> Option<u32> {
    let holder = journal.job(id).await.ok().flatten()?.holder?;
    (holder.pid != std::process::id()).then_some(holder.pid)
}

/// Returns clients for the receivers of a job that are profiles of the setup.
async fn receivers(job: &Job, setup: &Setup) -> BTreeMap<Uin, Client> {
    let mut receivers = BTreeMap::new();
    for profile in setup.profiles.iter().filter(|p| p.name != setup.profile().name) {
        if let Ok(client) = setup.client(profile, None)
            && let Ok(caller) = client.caller().await
            && job.edges.iter().any(|e| e.account == caller.account)
        {
            receivers.insert(caller.account, client);
        }
    }
    receivers
}
