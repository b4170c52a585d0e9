//! Drives one job against the cloud: makes the calls that the machine wants, all regions at once, and brings it the
//! answers. It holds no state of its own, so leaving is safe at any moment.

use std::{collections::BTreeMap, pin::pin, time::Duration};

use futures_util::{FutureExt, StreamExt, stream::FuturesUnordered};
use jiff::Timestamp;
use tokio::sync::mpsc::UnboundedReceiver;
use tokio_util::sync::CancellationToken;

use super::{
    answer::{Answer, Outcome},
    job::{Call, Job},
    machine::{Machine, Pace},
};
use crate::{
    cloud::{Client, Error, Kind, Permission, Sent},
    model::{ImageKind, Region, Uin},
};

/// How long calls that are under way may take to end when the worker is told to leave. What does not end in time is
/// settled by reading when the job is taken up again.
const FAREWELL: Duration = Duration::from_secs(1);

/// What a person can tell a running job.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    /// Try a failed region, or the failed shares in a region, again.
    Retry(Region),
    /// Leave a region out.
    Drop(Region),
    /// Leave an account out of a region.
    DropEdge(Region, Uin),
    /// Go on after a pause: the client has new credentials.
    Resume,
}

/// Whose API a job uses.
#[derive(Debug, Clone)]
pub struct Clients {
    /// The owner's.
    pub own: Client,
    /// Receivers' own, where their profile is at hand: they tell whether the receiver sees the image.
    pub receivers: BTreeMap<Uin, Client>,
}

/// Drives a job until nothing more can be done without a person, or until it is told to stop, and returns it as it is
/// then. `on_change` gets it after each change. Commands may be waiting already, so that a job that ended can be tried
/// again; when the other end of `commands` is gone, a job that pauses ends.
pub async fn run(
    job: Job,
    clients: Clients,
    pace: Pace,
    mut commands: UnboundedReceiver<Command>,
    stop: CancellationToken,
    mut on_change: impl FnMut(&Job),
) -> Job {
    let verify = clients.receivers.keys().cloned().collect();
    let mut machine = Machine::new(job, pace, verify, Timestamp::now());
    let mut flights = FuturesUnordered::new();
    let mut listening = true;
    loop {
        while let Ok(command) = commands.try_recv() {
            obey(&mut machine, command);
        }
        for call in machine.next(Timestamp::now()) {
            let (job, clients) = (machine.job(), &clients);
            let (source, image) = (job.source.clone(), job.image.clone());
            flights.push(async move {
                let outcome = make(clients, &source, &image, &call).await;
                (call, outcome)
            });
        }
        on_change(machine.job());
        let paused = machine.job().paused.is_some();
        if machine.is_over() || (paused && flights.is_empty() && !listening) {
            return machine.into_job();
        }
        let wake = machine.wake();
        tokio::select! {
            () = stop.cancelled() => break,
            Some((call, outcome)) = flights.next(), if !flights.is_empty() => {
                machine.on(&call, &outcome, Timestamp::now());
                // What came with it, in one go.
                while let Some(Some((call, outcome))) = flights.next().now_or_never() {
                    machine.on(&call, &outcome, Timestamp::now());
                }
            }
            command = commands.recv(), if listening => match command {
                Some(command) => obey(&mut machine, command),
                None => listening = false,
            },
            () = until(wake) => {}
        }
    }
    let mut farewell = pin!(tokio::time::sleep(FAREWELL));
    loop {
        tokio::select! {
            () = &mut farewell => break,
            flown = flights.next() => match flown {
                Some((call, outcome)) => machine.on(&call, &outcome, Timestamp::now()),
                None => break,
            },
        }
    }
    on_change(machine.job());
    machine.into_job()
}

/// Sleeps until then; for ever where there is no then.
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
    }
}

async fn make(clients: &Clients, source: &Region, image: &crate::model::ImageId, call: &Call) -> Outcome {
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
            own.image(region, image).await.map(|found| Answer::Image(found.map(Box::new)).into())
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
