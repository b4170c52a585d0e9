//! `cvmshare jobs`.

use clap::Subcommand;
use futures_util::future::join_all;
use jiff::Timestamp;
use serde_json::json;

use crate::{
    boundary::output::say,
    commands::{
        confirm::Consent,
        job_report,
        job_runner::{JobRunner, exit_of_run, setup_for},
        lookup,
        printer::{self, Row},
        undo,
    },
    facts, i18n,
    jobs::{
        Job, JobCommand, JobState, Journal,
        job::UNREACHABLE,
        journal::StoredJob,
        report::{self, job_state_name, markdown},
    },
    messages::{Lang, m, text, tr},
    model::JobFailure,
    session::{
        error::{CommandError, Exit},
        flags::Format,
        setup::Setup,
    },
};

/// What can be done with jobs.
#[derive(Debug, Clone, Subcommand)]
pub enum JobsArgs {
    /// Print all jobs, the newest first
    List,
    /// Print one job: every region, every account, every call
    Show {
        /// Its ID
        id: String,
        /// As Markdown, for a ticket or a page
        #[arg(long)]
        markdown: bool,
    },
    /// Go on with a job, or try again what failed in it; without an ID, with all that are unfinished
    Resume {
        /// Its ID
        id: Option<String>,
        /// In a session of its own
        #[arg(long, hide = true, requires = "id")]
        detached: bool,
    },
    /// Begin nothing more of a job; what is shared stays shared, and copies that run go on
    Cancel {
        /// Its ID
        id: String,
    },
    /// Cancel the shares that a job made, and delete the copies that it made
    Undo {
        /// Its ID
        id: String,
        /// Delete the snapshots of its copies too
        #[arg(long)]
        with_snapshots: bool,
        /// Whether to ask
        #[command(flatten)]
        consent: Consent,
    },
}

/// Lists, shows, resumes, cancels or undoes jobs.
///
/// # Errors
///
/// [`CommandError`]
pub async fn jobs(args: &JobsArgs, setup: &Setup) -> Result<Exit, CommandError> {
    match args {
        JobsArgs::List => list(setup).await,
        JobsArgs::Show { id, markdown: as_markdown } => {
            let kept = find(&setup.journal().await?, id).await?;
            if let Some(why) = &kept.job.paused {
                let text = i18n::plain(&why.text.render(setup.lang)).into_owned();
                say(&tr!(setup.lang, cmd_jobs_it_waits, text, code = why.code));
            }
            match as_markdown {
                true => {
                    let job = job_report::localized_with_fix(&kept.job, setup.lang);
                    printer::text(&markdown(&job, &setup.accounts, setup.lang))?;
                }
                false => job_report::print(&kept.job, setup)?,
            }
            Ok(Exit::Done)
        }
        JobsArgs::Resume { id: Some(id), detached } => {
            let journal = setup.journal().await?;
            let mut kept = find(&journal, id).await?;
            let setup = &setup_for(&kept, setup).await?;
            let runner = JobRunner::new(setup, &journal, *detached)?;
            runner.check_allowed(&kept).await?;
            let over = kept.job.is_over() && !*detached;
            if over {
                kept = read_again(kept, &runner).await?;
                report_gone(&kept.job, setup);
                if kept.job.failed_regions().next().is_none() {
                    job_report::print(&kept.job, setup)?;
                    return Ok(exit_after_reading(&kept.job));
                }
            }
            let ran = runner.resume(&kept, over.then_some(JobCommand::RetryAll)).await?;
            job_report::print(&ran.job, setup)?;
            Ok(ran.early.unwrap_or_else(|| exit_after_reading(&ran.job)))
        }
        JobsArgs::Resume { id: None, .. } => resume_all(setup).await,
        JobsArgs::Cancel { id } => {
            let journal = setup.journal().await?;
            let kept = find(&journal, id).await?;
            if kept.job.is_over() {
                return Err(CommandError::Failed(text!(cmd_jobs_already_over, id)));
            }
            let setup = &setup_for(&kept, setup).await?;
            let runner = JobRunner::new(setup, &journal, false)?;
            let ran = runner.resume(&kept, Some(JobCommand::Cancel)).await?;
            job_report::print(&ran.job, setup)?;
            Ok(ran.early.unwrap_or(Exit::Done))
        }
        JobsArgs::Undo { id, with_snapshots, consent } => {
            let journal = setup.journal().await?;
            let kept = find(&journal, id).await?;
            let setup = &setup_for(&kept, setup).await?;
            undo::undo(kept, *with_snapshots, *consent, setup, &journal).await
        }
    }
}

/// Reads the copies and shares of a finished job again, and returns its updated record.
async fn read_again(kept: StoredJob, runner: &JobRunner<'_>) -> Result<StoredJob, CommandError> {
    let (mut store, at) = (lookup::known_facts(runner.setup).await?, Timestamp::now());
    let failed =
        facts::undo::read_images(&runner.client, &facts::undo::images_to_read(&kept.job), &mut store).await;
    lookup::update_records(&mut store, runner.setup, at).await?;
    if let Some(error) = failed.into_iter().next() {
        return Err(error.into());
    }
    find(runner.journal, &kept.job.id).await
}

/// Prints the copies and shares of a job that no longer exist in the cloud.
fn report_gone(job: &Job, setup: &Setup) {
    let lang = setup.lang;
    let (cells, edges) = job.gone();
    let why = |error: &Option<JobFailure>| {
        let text = error.as_ref().map(|e| e.text.render(lang)).unwrap_or_default();
        i18n::plain(&text).into_owned()
    };
    for cell in cells {
        say(&tr!(lang, common_region_why, region = cell.region, why = why(&cell.error)));
    }
    for edge in edges {
        let who = setup.accounts.get(&edge.account).map_or_else(|| edge.account.to_string(), Clone::clone);
        let (who, why) = (i18n::plain(&who).into_owned(), why(&edge.error));
        say(&tr!(lang, cmd_jobs_region_with_why, region = edge.region, who, why));
    }
}

/// Returns the exit status of a job that was read again: "partly" if a copy or share no longer exists.
fn exit_after_reading(job: &Job) -> Exit {
    let (cells, edges) = job.gone();
    if cells.is_empty() && edges.is_empty() { job_report::exit_status(job) } else { Exit::Partly }
}

async fn find(journal: &Journal, id: &str) -> Result<StoredJob, CommandError> {
    journal.job(id).await?.ok_or_else(|| CommandError::Failed(text!(cmd_jobs_not_found, id)))
}

/// Resumes every unfinished job concurrently.
async fn resume_all(setup: &Setup) -> Result<Exit, CommandError> {
    let journal = setup.journal().await?;
    let open: Vec<StoredJob> = journal.jobs().await?.into_iter().filter(|k| !k.job.is_over()).collect();
    // Jobs of one profile share a runner.
    let mut setups: Vec<Setup> = Vec::new();
    for kept in &open {
        let one = setup_for(kept, setup).await?;
        if !setups.iter().any(|s| s.profile().name == one.profile().name) {
            setups.push(one);
        }
    }
    let runners: Vec<_> = setups.iter().map(|s| (s.profile(), JobRunner::new(s, &journal, false))).collect();
    let each = open.iter().map(async |kept| {
        let its = runners.iter().find(|(profile, _)| profile.name == kept.job.profile).or(runners.first());
        match its {
            Some((_, Ok(runner))) => runner.resume(kept, None).await,
            Some((_, Err(fault))) => Err(fault.clone()),
            None => Err(CommandError::Failed(text!(cmd_jobs_there_is_no_profile))),
        }
    });
    let (mut done, mut worst) = (Vec::new(), Exit::Done);
    for (kept, result) in open.iter().zip(join_all(each).await) {
        let exit = exit_of_run(&kept.job.id, &result, setup);
        worst = if worst == Exit::Done { exit } else { worst };
        done.extend(result.ok().map(|ran| ran.job));
    }
    match setup.flags.output {
        Format::Json => {
            let done: Vec<Job> = done.iter().map(|job| job_report::localized(job, setup.lang)).collect();
            printer::document(&done.iter().map(report::json).collect::<Vec<_>>())?;
        }
        _ => done.iter().try_for_each(|job| job_report::print(job, setup))?,
    }
    if open.is_empty() {
        say(setup.lang.text(m::cmd_jobs_no_job_is_unfinished));
    }
    Ok(worst)
}

/// Prints all jobs.
pub(crate) async fn list(setup: &Setup) -> Result<Exit, CommandError> {
    let journal = setup.journal().await?;
    let rows = journal.jobs().await?.iter().map(|kept| row(kept, setup.lang)).collect();
    let fields = "job,state,profile,account,image,name,source,regions,accounts,shared,paused,cancelled,driven_by,created_at,changed_at";
    let head = &[
        m::head_job,
        m::head_state,
        m::head_image,
        m::head_id,
        m::head_regions,
        m::head_shared,
        m::head_driven_by,
        m::head_created,
    ];
    printer::rows(setup, fields, head, rows)?;
    Ok(if journal.unreadable().await?.is_empty() { Exit::Done } else { Exit::Partly })
}

fn row(kept: &StoredJob, lang: Lang) -> Row {
    let job = &kept.job;
    let shared = job.edges.iter().filter(|e| e.state.is_shared()).count();
    let accounts: std::collections::BTreeSet<_> = job.edges.iter().map(|e| &e.account).collect();
    let holder = kept.holder.as_ref().map(|h| format!("{} on {}", h.pid, h.host));
    let holder_cell =
        kept.holder.as_ref().map(|h| tr!(lang, common_process_on_host, pid = h.pid, host = h.host));
    let state = match (&job.paused, job.cancelled) {
        _ if job.state() == JobState::Undone => job_state_name(JobState::Undone),
        (Some(why), _) if why.code == UNREACHABLE => lang.text(m::common_unreachable),
        (Some(_), _) => lang.text(m::common_waits_for_sign_in),
        (None, true) => "cancelled",
        (None, false) if !job.is_over() && holder.is_none() => "unfinished",
        (None, false) => job_state_name(job.state()),
    };
    Row {
        json: json!({
            "job": job.id, "state": job_state_name(job.state()), "profile": job.profile, "account": job.account,
            "image": job.image, "name": job.name, "source": job.source,
            "regions": job.cells.iter().map(|c| &c.region).collect::<Vec<_>>(), "accounts": accounts.len(),
            "shared": shared, "paused": job.paused.as_ref().map(|p| &p.code), "cancelled": job.cancelled,
            "driven_by": holder, "created_at": job.created, "changed_at": kept.changed,
        }),
        cells: vec![
            job.id.clone(),
            i18n::progress(state, lang).to_owned(),
            job.name.clone(),
            job.image.to_string(),
            job.cells.len().to_string(),
            tr!(lang, cmd_jobs_of, shared, n = job.edges.len()),
            holder_cell.unwrap_or_else(|| "-".to_owned()),
            job.created.strftime("%Y-%m-%d %H:%M").to_string(),
        ],
    }
}
