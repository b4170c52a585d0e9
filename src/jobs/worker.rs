//! Drives a job: makes the calls that the state machine wants, in all regions concurrently, and passes it the
//! answers. The journal stores the intent of a call before it is sent and the result afterwards, so the
//! worker may end at any moment.

use std::{collections::BTreeMap, pin::pin, time::Duration};

use futures_util::{FutureExt, StreamExt, stream::FuturesUnordered};
use jiff::Timestamp;
use tokio::{sync::mpsc::UnboundedReceiver, time::Instant};
use tokio_util::sync::CancellationToken;

use super::{
    answer::{Answer, Outcome},
    copy_poller::CopyPoller,
    failpoints::Failpoints,
    job::{Call, Job, JobCommand},
    journal::{self, Intent, Lease},
    journal_writer::JournalWriter,
    machine::{Machine, Pace},
};
use crate::{
    cloud::{Client, Error, Kind, Permission, Sent},
    messages::Text,
    model::{ImageId, ImageKind, Region, Uin},
};

/// How long a worker that is told to stop waits for calls in progress. When the job is continued, it
/// determines the outcome of the others by reading.
const LEAVE_TIMEOUT: Duration = Duration::from_secs(1);

/// The API clients of a job.
#[derive(Debug, Clone)]
pub struct Clients {
    /// The owner's client.
    pub own: Client,
    /// The receivers' own clients, if their profiles are available. They show whether the receiver sees the
    /// image.
    pub receivers: BTreeMap<Uin, Client>,
    /// Polls the owner's copies for all jobs.
    pub poller: CopyPoller,
}

impl Clients {
    /// Returns the owner's client with a new poller and no receivers.
    pub fn owner_only(own: Client) -> Self {
        Self { own, receivers: BTreeMap::new(), poller: CopyPoller::default() }
    }
}

/// Why a worker stopped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ExitReason {
    /// Nothing is left to do, or a person has to act.
    Over,
    /// The job waits for a sign-in, and nobody can report one.
    Paused,
    /// The worker was told to stop.
    Stopped,
    /// Another process drives the job now.
    Taken,
    /// The cloud has not answered at all for [`Pace::patience`]. The job can be resumed.
    Unreachable,
    /// The journal cannot be written, so nothing more may be sent.
    Journal(Text),
}

/// The job when its worker stopped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorkerExit {
    /// The job.
    pub job: Job,
    /// Why the worker stopped.
    pub reason: ExitReason,
}

/// Drives one job.
pub struct Worker {
    /// The API clients.
    pub clients: Clients,
    /// The pauses between reads.
    pub pace: Pace,
    /// The lease of the job, which gives access to its journal; `None` if the job need not survive the
    /// process.
    pub lease: Option<Lease>,
    /// Failpoints for tests.
    #[doc(hidden)]
    pub failpoints: Failpoints,
}

impl Worker {
    /// Creates a worker whose job need not survive the process.
    pub fn new(clients: Clients, pace: Pace) -> Self {
        Self { clients, pace, lease: None, failpoints: Failpoints::default() }
    }

    /// Creates a worker for the job of a lease.
    pub fn with_lease(lease: Lease, clients: Clients, pace: Pace) -> Self {
        Self { lease: Some(lease), failpoints: Failpoints::from_env(), ..Self::new(clients, pace) }
    }

    /// Drives the job until a person has to act or until it is told to stop. Calls `on_change` after each
    /// change. Commands may already be in the channel, so that a finished job can be retried. If the sender
    /// of `commands` is gone, a paused job ends.
    pub async fn run(
        self,
        job: Job,
        commands: &mut UnboundedReceiver<JobCommand>,
        stop: CancellationToken,
        mut on_change: impl FnMut(&Job),
    ) -> WorkerExit {
        let Self { clients, pace, lease, failpoints } = self;
        let verify = clients.receivers.keys().cloned().collect();
        let mut journal = JournalWriter::new(lease, failpoints.clone());
        let mut machine = Machine::new(job, pace, verify, Timestamp::now());
        let mut flights = FuturesUnordered::new();
        let (mut commands_open, mut unreachable) = (true, false);
        let patience = Duration::try_from(pace.patience).unwrap_or(Duration::MAX);
        // A monotonic clock, so that the time in which the machine sleeps does not count.
        let mut last_answer = Instant::now();
        let failed = loop {
            while let Ok(command) = commands.try_recv() {
                apply_command(&mut machine, command);
                journal.job_changed();
            }
            let (now, mut intents) = (Timestamp::now(), Vec::new());
            let calls = machine.next(now);
            let writes: Vec<bool> = calls
                .iter()
                .map(|call| {
                    Intent::from_call(machine.job(), call, now).map(|intent| intents.push(intent)).is_some()
                })
                .collect();
            // Store the intents before the calls are sent.
            let mut kept = match journal.save_if_due(machine.job(), intents).await {
                Ok(kept) => kept.into_iter(),
                Err(error) => break Some(error),
            };
            for (call, writes) in calls.into_iter().zip(writes) {
                let intent = if writes { kept.next() } else { None };
                let (job, clients, failpoints) = (machine.job(), &clients, &failpoints);
                let (source, image) = (job.source.clone(), job.image.clone());
                flights.push(async move {
                    let outcome =
                        failpoints.around_call(call_cloud(clients, pace, &source, &image, &call)).await;
                    (call, intent, outcome)
                });
            }
            on_change(machine.job());
            let paused = machine.job().paused.is_some();
            if machine.is_over() || (paused && flights.is_empty() && !commands_open) {
                break None;
            }
            if paused {
                // The job waits for a person, not for the cloud.
                last_answer = Instant::now();
            } else if last_answer.elapsed() >= patience {
                machine.unreachable(pace.patience);
                journal.job_changed();
                unreachable = true;
                break None;
            }
            let wake = machine.next_wake();
            let too_long = last_answer.checked_add(patience);
            tokio::select! {
                () = stop.cancelled() => break None,
                Some((call, intent, outcome)) = flights.next(), if !flights.is_empty() => {
                    let mut came = Some((call, intent, outcome));
                    // Handle all outcomes that have arrived.
                    while let Some((call, intent, outcome)) = came {
                        if outcome.answer.is_answered() {
                            last_answer = Instant::now();
                        }
                        journal.take_outcome(&mut machine, &call, intent, &outcome);
                        came = flights.next().now_or_never().flatten();
                    }
                }
                command = commands.recv(), if commands_open => match command {
                    Some(command) => {
                        apply_command(&mut machine, command);
                        journal.job_changed();
                    }
                    None => commands_open = false,
                },
                () = journal.due() => {}
                () = sleep_until_wall_clock(wake) => {}
                () = sleep_until(too_long), if !paused => {}
            }
            match journal.renew_and_take_commands().await {
                Ok(commands_of_others) => commands_of_others.into_iter().for_each(|command| {
                    apply_command(&mut machine, command);
                    journal.job_changed();
                }),
                Err(error) => break Some(error),
            }
        };
        if failed.is_none() {
            // Do not wait for reads.
            let mut timeout = pin!(tokio::time::sleep(LEAVE_TIMEOUT));
            while machine.is_writing() {
                tokio::select! {
                    () = &mut timeout => break,
                    landed = flights.next() => match landed {
                        Some((call, intent, outcome)) => journal.take_outcome(&mut machine, &call, intent, &outcome),
                        None => break,
                    },
                }
            }
        }
        let failed = journal.close(machine.job(), failed).await;
        on_change(machine.job());
        let reason = match failed {
            Some(journal::Error::Taken) => ExitReason::Taken,
            Some(error) => ExitReason::Journal(error.text()),
            None if unreachable => ExitReason::Unreachable,
            None if machine.is_over() => ExitReason::Over,
            None if machine.job().paused.is_some() && !stop.is_cancelled() => ExitReason::Paused,
            None => ExitReason::Stopped,
        };
        WorkerExit { job: machine.into_job(), reason }
    }
}

/// Sleeps until `at`, or forever if it is `None`.
async fn sleep_until(at: Option<Instant>) {
    match at {
        Some(at) => tokio::time::sleep_until(at).await,
        None => std::future::pending().await,
    }
}

/// Like [`sleep_until`], by the wall clock.
async fn sleep_until_wall_clock(wake: Option<Timestamp>) {
    match wake {
        Some(at) => {
            let wait = Timestamp::now().duration_until(at);
            tokio::time::sleep(Duration::try_from(wait).unwrap_or(Duration::ZERO)).await;
        }
        None => std::future::pending().await,
    }
}

fn apply_command(machine: &mut Machine, command: JobCommand) {
    match command {
        JobCommand::Retry(region) => machine.retry(&region, Timestamp::now()),
        JobCommand::Drop(region) => machine.drop_cell(&region),
        JobCommand::DropEdge(region, account) => machine.drop_edge(&region, &account),
        JobCommand::Resume => machine.resume(Timestamp::now()),
        JobCommand::RetryAll => machine.retry_all(Timestamp::now()),
        JobCommand::Cancel => machine.cancel(),
    }
}

async fn call_cloud(clients: &Clients, pace: Pace, source: &Region, image: &ImageId, call: &Call) -> Outcome {
    let own = &clients.own;
    let with_id = |answer, id| Outcome { answer, request_id: Some(id) };
    let done = match call {
        Call::Copy { to, name } => own
            .sync_images(source, image, to, Some(name), false)
            .await
            .map(|synced| with_id(Answer::Copied(synced.images), synced.request_id)),
        Call::Find { region, name } => {
            own.own_named(region, name).await.map(|found| Answer::Image(found.map(Box::new)).into())
        }
        Call::Look { region, image } => {
            // Shorter than the job's own interval, so that a single job is not delayed. Several jobs in a
            // region share their calls.
            let interval = pace.first.unsigned_abs().mul_f64(0.8);
            let found = clients.poller.poll(own, region, image, interval).await;
            found.map(|found| Answer::Image(found.map(Box::new)).into())
        }
        Call::Share { region, image, accounts } => own
            .modify_shares(region, image, accounts, Permission::Share)
            .await
            .map(|id| with_id(Answer::Accepted, id)),
        Call::ReadShares { region, image } => {
            own.shares(region, image).await.map(|shares| Answer::Shares(shares).into())
        }
        Call::Verify { region, image, account } => match clients.receivers.get(account) {
            Some(theirs) => theirs.image(region, image).await.map(|found| {
                Answer::Seen(found.is_some_and(|image| image.kind == ImageKind::Received)).into()
            }),
            None => Ok(Answer::Seen(false).into()),
        },
    };
    done.unwrap_or_else(outcome_of_error)
}

fn outcome_of_error(error: Error) -> Outcome {
    let Error { kind, code, message: text, request_id, sent, .. } = error;
    let answer = match (sent, kind) {
        // A sign-in helps in both cases, whether the service reported the error or this program.
        (_, Kind::Expired | Kind::Credentials | Kind::Setup) | (Sent::Answered, _) => {
            Answer::Refused { code, text }
        }
        (Sent::Never, _) => Answer::Unsent { text },
        (Sent::Maybe, _) => Answer::Lost { text },
    };
    Outcome { answer, request_id }
}
