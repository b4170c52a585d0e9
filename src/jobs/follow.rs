//! Seeing a job to its end: driving it where nobody does, else watching whoever does, and taking over where they go.

use std::time::Duration;

use tokio::sync::mpsc::UnboundedReceiver;
use tokio_util::sync::CancellationToken;

use super::{
    job::Job,
    journal::{Error, Holder, Journal, Take},
    ledger::blocking,
    machine::Pace,
    worker::{Clients, Command, End, Left, Worker},
};

/// How often a watcher looks: people see what it shows.
const GLANCE: Duration = Duration::from_millis(500);

/// Follows a job of the journal until it is over or paused, or until it is told to stop. `on_change` gets it after each
/// change, with who drives it where that is another process; what is said to a job that is driven elsewhere is handed
/// on. A pause ends where a driver begins: its credentials are new.
///
/// # Errors
/// The journal cannot be used, or has no such job (`None`).
pub async fn follow(
    journal: &Journal,
    id: &str,
    clients: Clients,
    pace: Pace,
    commands: &mut UnboundedReceiver<Command>,
    stop: CancellationToken,
    mut on_change: impl FnMut(&Job, Option<&Holder>),
) -> Result<Option<Left>, Error> {
    let mut seen = None;
    loop {
        let (own, name) = (journal.clone(), id.to_owned());
        match blocking(move || own.take(&name)).await? {
            Take::Unknown => return Ok(None),
            Take::Ours(mut job, hold) => {
                job.paused = None;
                let worker = Worker::holding(hold, clients.clone(), pace);
                let left = worker.run(*job, commands, stop.clone(), |job| on_change(job, None)).await;
                if left.end != End::Taken {
                    return Ok(Some(left));
                }
            }
            Take::Theirs(holder) => {
                while let Ok(command) = commands.try_recv() {
                    journal.order(id, &command)?;
                }
                let (own, name) = (journal.clone(), id.to_owned());
                let kept = blocking(move || match own.revision(&name)? {
                    revision if revision == seen => Ok(None),
                    _ => own.job(&name),
                })
                .await?;
                if let Some(kept) = kept {
                    seen = Some(kept.revision);
                    on_change(&kept.job, Some(&holder));
                }
            }
        }
        tokio::select! {
            () = stop.cancelled() => {
                let kept = journal.job(id)?;
                return Ok(kept.map(|kept| Left { job: kept.job, end: End::Stopped }));
            }
            () = tokio::time::sleep(GLANCE) => {}
        }
    }
}
