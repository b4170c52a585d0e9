//! Drives a job to its end where nobody does, else watches the process that does, and takes over when it goes.

use std::time::Duration;

use tokio::sync::mpsc::UnboundedReceiver;
use tokio_util::sync::CancellationToken;

use super::{
    job::{Job, JobCommand},
    journal::{Acquired, Error, Holder, Journal},
    machine::Pace,
    worker::{Clients, ExitReason, Worker, WorkerExit},
};

/// How often a watcher reads the job: people see what it shows.
const WATCH_INTERVAL: Duration = Duration::from_millis(500);

/// Follows a job of the journal until it is over or paused, or until `stop`. `on_change` gets it after each change, with
/// its holder where another process drives it; commands to such a job are handed on. A pause ends where a driver begins:
/// its credentials are new.
///
/// # Errors
/// The journal cannot be used, or has no such job (`None`).
pub async fn follow(
    journal: &Journal,
    id: &str,
    clients: Clients,
    pace: Pace,
    commands: &mut UnboundedReceiver<JobCommand>,
    stop: CancellationToken,
    mut on_change: impl FnMut(&Job, Option<&Holder>),
) -> Result<Option<WorkerExit>, Error> {
    let mut last = None;
    loop {
        match journal.acquire(id).await? {
            Acquired::Unknown => return Ok(None),
            Acquired::Ours(mut job, lease) => {
                job.paused = None;
                let worker = Worker::with_lease(lease, clients.clone(), pace);
                let exit = worker.run(*job, commands, stop.clone(), |job| on_change(job, None)).await;
                if exit.reason != ExitReason::Taken {
                    return Ok(Some(exit));
                }
            }
            Acquired::Theirs(holder) => {
                while let Ok(command) = commands.try_recv() {
                    journal.send_command(id, &command).await?;
                }
                if journal.revision(id).await? != last
                    && let Some(stored) = journal.job(id).await?
                {
                    last = Some(stored.revision);
                    on_change(&stored.job, Some(&holder));
                }
            }
        }
        tokio::select! {
            () = stop.cancelled() => {
                let stored = journal.job(id).await?;
                return Ok(stored.map(|s| WorkerExit { job: s.job, reason: ExitReason::Stopped }));
            }
            () = tokio::time::sleep(WATCH_INTERVAL) => {}
        }
    }
}
