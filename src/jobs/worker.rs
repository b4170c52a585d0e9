//! Drives one job against the cloud: makes the calls that the state machine wants, all regions at once, and feeds the
//! answers back to it. The intent of a call is in the journal before the call is sent, and its result afterwards, so the
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
    model::{ImageId, ImageKind, Region, Uin},
};

/// How long calls that are under way may take to end when the worker is told to leave. What does not end in time is
/// settled by reading when the job is taken up again.
const LEAVE_TIMEOUT: Duration = Duration::from_secs(1);

/// Whose API a job uses.
#[derive(Debug, Clone)]
pub struct Clients {
    /// The owner's.
    pub own: Client,
    /// Receivers' own, where their profile is at hand: they tell whether the receiver sees the image.
    pub receivers: BTreeMap<Uin, Client>,
    /// Polls the owner's copies, for all jobs together.
    pub poller: CopyPoller,
}

impl Clients {
    /// The owner's alone, with a poller of its own.
    pub fn owner_only(own: Client) -> Self {
        Self { own, receivers: BTreeMap::new(), poller: CopyPoller::default() }
    }
}

/// Why a worker left its job.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ExitReason {
    /// Nothing more can be done, or nothing without a person.
    Over,
    /// It waits for a sign-in, and nobody is there to tell it of one.
    Paused,
    /// It was told to stop.
    Stopped,
    /// Another process drives the job now.
    Taken,
    /// No answer at all came from the cloud for as long as [`Pace::patience`] says; the job can be resumed.
    Unreachable,
    /// The journal cannot be written, so nothing more may be sent.
    Journal(String),
}

/// A job as its worker left it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorkerExit {
    /// As it stands.
    pub job: Job,
    /// Why.
    pub reason: ExitReason,
}

/// Drives one job.
pub struct Worker {
    /// Whose API.
    pub clients: Clients,
    /// How long to wait between reads.
    pub pace: Pace,
    /// The right to drive it, and the journal that is written; a job that need not survive has none.
    pub lease: Option<Lease>,
    /// For tests.
    #[doc(hidden)]
    pub failpoints: Failpoints,
}

impl Worker {
    /// A worker whose job need not survive.
    pub fn new(clients: Clients, pace: Pace) -> Self {
        Self { clients, pace, lease: None, failpoints: Failpoints::default() }
    }

    /// A worker that drives the job of a lease.
    pub fn with_lease(lease: Lease, clients: Clients, pace: Pace) -> Self {
        Self { lease: Some(lease), failpoints: Failpoints::of_process(), ..Self::new(clients, pace) }
    }

    /// Drives the job until nothing more can be done without a person, or until it is told to stop. `on_change` gets
    /// it after each change. Commands may be waiting already, so that a job that ended can be tried again; when the
    /// other end of `commands` is gone, a job that pauses ends.
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
        // Time that the machine slept does not count.
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
                    Intent::of_call(machine.job(), call, now).map(|intent| intents.push(intent)).is_some()
                })
                .collect();
            // What is about to be sent is on the disk before it is.
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
                // It waits for a person, not for the cloud.
                last_answer = Instant::now();
            } else if last_answer.elapsed() >= patience {
                machine.unreachable(pace.patience);
                journal.job_changed();
                unreachable = true;
                break None;
            }
            let wake = machine.wake();
            let too_long = last_answer.checked_add(patience);
            tokio::select! {
                () = stop.cancelled() => break None,
                Some((call, intent, outcome)) = flights.next(), if !flights.is_empty() => {
                    let mut came = Some((call, intent, outcome));
                    // What came with it, in one go.
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
            // What only reads is not waited for.
            let mut timeout = pin!(tokio::time::sleep(LEAVE_TIMEOUT));
            while machine.sends() {
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
            Some(error) => ExitReason::Journal(error.to_string()),
            None if unreachable => ExitReason::Unreachable,
            None if machine.is_over() => ExitReason::Over,
            None if machine.job().paused.is_some() && !stop.is_cancelled() => ExitReason::Paused,
            None => ExitReason::Stopped,
        };
        WorkerExit { job: machine.into_job(), reason }
    }
}

/// Sleeps until `at`; for ever without one.
async fn sleep_until(at: Option<Instant>) {
    match at {
        Some(at) => tokio::time::sleep_until(at).await,
        None => std::future::pending().await,
    }
}

/// The same by the wall clock.
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
            // No job alone looks sooner again; several in one region look together.
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
        // Signing in is what helps, whether the service said so or we knew.
        (_, Kind::Expired | Kind::Credentials | Kind::Setup) | (Sent::Answered, _) => {
            Answer::Refused { code, text }
        }
        (Sent::Never, _) => Answer::Unsent { text },
        (Sent::Maybe, _) => Answer::Lost { text },
    };
    Outcome { answer, request_id }
}
