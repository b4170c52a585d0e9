//! Runs a job to its end, or watches the process that runs it and takes over if that process ends.

use std::time::Duration;

use tokio::sync::mpsc::UnboundedReceiver;
use tokio_util::sync::CancellationToken;

use super::{
    job::{Job, JobCommand},
    journal::{Acquired, Error, Holder, Journal},
    machine::Pace,
    worker::{Clients, ExitReason, Worker, WorkerExit},
};

/// How often a watcher reads the job. People see the result.
const WATCH_INTERVAL: Duration = Duration::from_millis(500);

/// Follows a job of the journal until it is over, it is paused, or `stop` is ready. Calls `on_change` after
/// each change, with the holder if another process drives the job, and forwards commands to that process. If
/// this process drives a paused job, it resumes the job first, because its credentials are new.
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
            Acquired::Held(mut job, lease) => {
                job.paused = None;
                let worker = Worker::with_lease(lease, clients.clone(), pace);
                let exit = worker.run(*job, commands, stop.clone(), |job| on_change(job, None)).await;
                if exit.reason != ExitReason::Taken {
                    return Ok(Some(exit));
                }
            }
            Acquired::HeldByOther(holder) => {
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
