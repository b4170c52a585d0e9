//! `cvmshare share`: copies, then shares, as one job.

use clap::Args;
use jiff::Timestamp;

use crate::{
    boundary::output::say,
    commands::{
        cloud_error::warn_clock,
        confirm::{Consent, confirm},
        job_report,
        job_runner::JobRunner,
        lookup,
        planned::Planned,
    },
    jobs::{Goal, Job, Journal},
    messages::{Lang, text, tr},
    model::{ImageId, Region},
    session::{
        error::{CommandError, Exit},
        setup::Setup,
    },
};

/// What to share, with whom, and where.
#[derive(Debug, Clone, Args)]
pub struct ShareArgs {
    /// The image's ID
    pub image: ImageId,
    /// Accounts, each with the region in which it needs the image; or the names of groups in config.toml
    #[arg(long, value_name = "UIN[@REGION],...", value_delimiter = ',', required = true)]
    pub with: Vec<String>,
    /// Regions to share in; where the image is not there, it is copied first
    #[arg(long = "in", value_name = "REGION,...", value_delimiter = ',')]
    pub to: Vec<Region>,
    /// Take an image of the same name, size and system that is there for the copy
    #[arg(long)]
    pub reuse: bool,
    /// Whether to ask
    #[command(flatten)]
    pub consent: Consent,
    /// Leave the work to a process in the background
    #[arg(long)]
    pub detach: bool,
}

/// Shares an image, and prints the result.
///
/// # Errors
///
/// [`CommandError`]
pub async fn share(args: &ShareArgs, setup: &Setup) -> Result<Exit, CommandError> {
    let with = setup.config.receivers(args.with.iter().map(String::as_str), &setup.accounts);
    let goal = Goal::new(args.image.clone(), with, args.to.clone());
    run_goal(goal, args.reuse, args.consent, args.detach, setup).await
}

/// Plans a goal, asks for confirmation, runs the job and prints the result.
pub(crate) async fn run_goal(
    goal: Goal,
    reuse: bool,
    consent: Consent,
    detach: bool,
    setup: &Setup,
) -> Result<Exit, CommandError> {
    if detach && setup.ends_with_process(setup.profile()) {
        return Err(CommandError::Usage(text!(cmd_share_detach_needs_endpoint)));
    }
    let client = setup.client(setup.profile(), None)?;
    let journal = setup.journal().await?;
    let planned = Planned::make(goal, reuse, lookup::known_facts(setup).await?, setup, &client).await;
    warn_clock(&client, setup);
    let planned = planned?;
    let ends = client.credentials().and_then(|keys| keys.expires_at);
    if let Some(note) = ends.and_then(|ends| session_warning(ends, Timestamp::now(), setup.lang)) {
        say(&note);
    }
    if let Some(kept) = planned.unfinished().filter(|_| !consent.dry_run) {
        let id = &kept.job.id;
        say(&tr!(setup.lang, cmd_share_job_exists, id));
        return begin(&kept.job, detach, setup, &journal).await;
    }
    if let Some(kept) = planned.old.as_ref().filter(|_| planned.is_there_already() && !consent.dry_run) {
        job_report::print(&kept.job, setup)?;
        return Ok(Exit::Done);
    }
    let exit = planned.report_blockers("--reuse", setup);
    if consent.dry_run || exit != Exit::Done {
        planned.print(setup)?;
        return Ok(exit);
    }
    if !consent.yes {
        planned.show(setup)?;
    }
    confirm(consent, &planned.summary(), &planned.plan.acknowledge, None, setup)?;
    let job = planned.start(setup)?;
    let endpoint = setup.endpoint_of(setup.profile());
    // If another process has just started the same job, that job is resumed.
    journal.begin(&job, endpoint).await?;
    begin(&job, detach, setup, &journal).await
}

/// Runs a job of the journal to its end, or starts a background process for it.
async fn begin(job: &Job, detach: bool, setup: &Setup, journal: &Journal) -> Result<Exit, CommandError> {
    if detach {
        let id = &job.id;
        setup
            .spawn_worker(id, setup.profile())
            .map_err(|e| CommandError::Failed(text!(cmd_share_not_detached, id, e)))?;
        say(&tr!(setup.lang, cmd_share_detached, id));
        job_report::print(job, setup)?;
        return Ok(Exit::Done);
    }
    let ran = JobRunner::new(setup, journal, false)?.run(job, None).await?;
    job_report::print(&ran.job, setup)?;
    Ok(ran.exit_status())
}

/// Returns a warning if the session may end before the copies, which take 10 to 30 minutes.
fn session_warning(ends: Timestamp, now: Timestamp, lang: Lang) -> Option<String> {
    let minutes = ends.duration_since(now).as_mins().max(0);
    (minutes < 60).then(|| tr!(lang, cmd_share_session_ends, minutes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_session_that_may_end_before_the_copies_is_warned_about() {
        let now: Timestamp = "2026-11-24T03:00:00Z".parse().unwrap();
        let in_minutes = |n| session_warning(now + jiff::SignedDuration::from_mins(n), now, Lang::EN);
        assert_eq!(in_minutes(90), None);
        assert!(in_minutes(12).unwrap().starts_with("the session ends in 12 min;"));
        assert!(in_minutes(-5).unwrap().starts_with("the session ends in 0 min;"));
    }
}
