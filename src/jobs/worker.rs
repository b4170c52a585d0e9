//! Drives one job against the cloud: makes the calls that the machine wants, all regions at once, and brings it the
//! answers. What is about to be sent is in the journal before it is, and what came of it after, so leaving is safe at
//! any moment.

use std::{collections::BTreeMap, pin::pin, time::Duration};

use futures_util::{FutureExt, StreamExt, stream::FuturesUnordered};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use tokio::{sync::mpsc::UnboundedReceiver, time::Instant};
use tokio_util::sync::CancellationToken;

use super::{
    answer::{Answer, Outcome},
    fuse::Fuse,
    job::{Call, Job},
    journal::{self, Hold, Intent},
    ledger::Ledger,
    looks::Looks,
    machine::{Machine, Pace},
};
use crate::{
    cloud::{Client, Error, Kind, Permission, Sent},
    model::{ImageId, ImageKind, Region, Uin},
};

/// How long calls that are under way may take to end when the worker is told to leave. What does not end in time is
/// settled by reading when the job is taken up again.
const FAREWELL: Duration = Duration::from_secs(1);

/// What a person can tell a running job.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Command {
    /// Try a failed region, or the failed shares in a region, again.
    Retry(Region),
    /// Leave a region out.
    Drop(Region),
    /// Leave an account out of a region.
    DropEdge(Region, Uin),
    /// Go on after a pause: the client has new credentials.
    Resume,
    /// Try everything that failed again.
    RetryAll,
    /// Give the job up: nothing more is begun. What is shared stays shared, and copies that run go on in the cloud.
    Cancel,
}

/// Whose API a job uses.
#[derive(Debug, Clone)]
pub struct Clients {
    /// The owner's.
    pub own: Client,
    /// Receivers' own, where their profile is at hand: they tell whether the receiver sees the image.
    pub receivers: BTreeMap<Uin, Client>,
    /// Who waits for copies of the owner's, in all jobs.
    pub looks: Looks,
}

impl Clients {
    /// The owner's alone, waiting for nobody else's copies.
    pub fn of(own: Client) -> Self {
        Self { own, receivers: BTreeMap::new(), looks: Looks::default() }
    }
}

/// Why a worker left its job.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum End {
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
pub struct Left {
    /// As it stands.
    pub job: Job,
    /// Why.
    pub end: End,
}

/// Drives one job.
pub struct Worker {
    /// Whose API.
    pub clients: Clients,
    /// How long to wait between reads.
    pub pace: Pace,
    /// The right to drive it, and the journal that is written; a job that need not survive has none.
    pub hold: Option<Hold>,
    /// For tests: where the power goes.
    #[doc(hidden)]
    pub fuse: Fuse,
}

impl Worker {
    /// One whose job need not survive.
    pub fn new(clients: Clients, pace: Pace) -> Self {
        Self { clients, pace, hold: None, fuse: Fuse::none() }
    }

    /// One that drives the job of a lease.
    pub fn holding(hold: Hold, clients: Clients, pace: Pace) -> Self {
        Self { hold: Some(hold), fuse: Fuse::of_process(), ..Self::new(clients, pace) }
    }

    /// Drives the job until nothing more can be done without a person, or until it is told to stop. `on_change` gets
    /// it after each change. Commands may be waiting already, so that a job that ended can be tried again; when the
    /// other end of `commands` is gone, a job that pauses ends.
    pub async fn run(
        self,
        job: Job,
        commands: &mut UnboundedReceiver<Command>,
        stop: CancellationToken,
        mut on_change: impl FnMut(&Job),
    ) -> Left {
        let Self { clients, pace, hold, fuse } = self;
        let verify = clients.receivers.keys().cloned().collect();
        let mut ledger = Ledger::new(hold, fuse.clone());
        let mut machine = Machine::new(job, pace, verify, Timestamp::now());
        let mut flights = FuturesUnordered::new();
        let (mut listening, mut unreachable) = (true, false);
        let patience = Duration::try_from(pace.patience).unwrap_or(Duration::MAX);
        // Time that the machine slept does not count.
        let mut heard = Instant::now();
        let failed = loop {
            while let Ok(command) = commands.try_recv() {
                obey(&mut machine, command);
                ledger.changed();
            }
            let (now, mut intents) = (Timestamp::now(), Vec::new());
            let calls = machine.next(now);
            let writes: Vec<bool> = calls
                .iter()
                .map(|call| Intent::of(machine.job(), call, now).map(|intent| intents.push(intent)).is_some())
                .collect();
            // What is about to be sent is on the disk before it is.
            let mut kept = match ledger.keep(machine.job(), intents).await {
                Ok(kept) => kept.into_iter(),
                Err(error) => break Some(error),
            };
            for (call, writes) in calls.into_iter().zip(writes) {
                let intent = if writes { kept.next() } else { None };
                let (job, clients, fuse) = (machine.job(), &clients, &fuse);
                let (source, image) = (job.source.clone(), job.image.clone());
                flights.push(async move {
                    let outcome = fuse.around(make(clients, pace, &source, &image, &call)).await;
                    (call, intent, outcome)
                });
            }
            on_change(machine.job());
            let paused = machine.job().paused.is_some();
            if machine.is_over() || (paused && flights.is_empty() && !listening) {
                break None;
            }
            if paused {
                // It waits for a person, not for the cloud.
                heard = Instant::now();
            } else if heard.elapsed() >= patience {
                machine.unreachable(pace.patience);
                ledger.changed();
                unreachable = true;
                break None;
            }
            let wake = machine.wake();
            let too_long = heard.checked_add(patience);
            tokio::select! {
                () = stop.cancelled() => break None,
                Some((call, intent, outcome)) = flights.next(), if !flights.is_empty() => {
                    let mut came = Some((call, intent, outcome));
                    // What came with it, in one go.
                    while let Some((call, intent, outcome)) = came {
                        if outcome.answer.is_heard() {
                            heard = Instant::now();
                        }
                        ledger.ended(&mut machine, &call, intent, &outcome);
                        came = flights.next().now_or_never().flatten();
                    }
                }
                command = commands.recv(), if listening => match command {
                    Some(command) => {
                        obey(&mut machine, command);
                        ledger.changed();
                    }
                    None => listening = false,
                },
                () = ledger.due() => {}
                () = until(wake) => {}
                () = deadline(too_long), if !paused => {}
            }
            match ledger.listen().await {
                Ok(orders) => orders.into_iter().for_each(|order| {
                    obey(&mut machine, order);
                    ledger.changed();
                }),
                Err(error) => break Some(error),
            }
        };
        if failed.is_none() {
            // What only reads is not waited for.
            let mut farewell = pin!(tokio::time::sleep(FAREWELL));
            while machine.sends() {
                tokio::select! {
                    () = &mut farewell => break,
                    flown = flights.next() => match flown {
                        Some((call, intent, outcome)) => ledger.ended(&mut machine, &call, intent, &outcome),
                        None => break,
                    },
                }
            }
        }
        let failed = match failed {
            None => ledger.close(machine.job()).await.err(),
            some => some,
        };
        on_change(machine.job());
        let end = match failed {
            Some(journal::Error::Taken) => End::Taken,
            Some(error) => End::Journal(error.to_string()),
            None if unreachable => End::Unreachable,
            None if machine.is_over() => End::Over,
            None if machine.job().paused.is_some() && !stop.is_cancelled() => End::Paused,
            None => End::Stopped,
        };
        Left { job: machine.into_job(), end }
    }
}

/// Sleeps until then; for ever where there is no then.
async fn deadline(at: Option<Instant>) {
    match at {
        Some(at) => tokio::time::sleep_until(at).await,
        None => std::future::pending().await,
    }
}

/// The same by the wall clock.
async fn until(wake: Option<Timestamp>) {
    match wake {
        Some(at) => {
            let wait = Timestamp::now().duration_until(at);
            tokio::time::sleep(Duration::try_from(wait).unwrap_or(Duration::ZERO)).await;
        }
        None => std::future::pending().await,
    }
}

fn obey(machine: &mut Machine, command: Command) {
    match command {
        Command::Retry(region) => machine.retry(&region, Timestamp::now()),
        Command::Drop(region) => machine.drop_cell(&region),
        Command::DropEdge(region, account) => machine.drop_edge(&region, &account),
        Command::Resume => machine.resume(Timestamp::now()),
        Command::RetryAll => machine.retry_all(Timestamp::now()),
        Command::Cancel => machine.cancel(),
    }
}

async fn make(clients: &Clients, pace: Pace, source: &Region, image: &ImageId, call: &Call) -> Outcome {
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
            let found = clients.looks.look(own, region, image, interval).await;
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
    done.unwrap_or_else(failed)
}

fn failed(error: Error) -> Outcome {
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
