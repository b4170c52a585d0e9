//! `cvmshare jobs`: what is under way, what is over, and going on with it.

use futures_util::future::join_all;
use jiff::Timestamp;
use serde_json::json;

use crate::{
    cli::Jobs,
    commands::{
        drive, gather,
        out::{self, Row},
        report, say, undo,
    },
    facts,
    i18n::{
        self,
        lang::{Lang, tell},
    },
    jobs::{
        Failure, Job, JobCommand, JobState, Journal,
        job::UNREACHABLE,
        journal::StoredJob,
        report::{job_word, markdown},
    },
    session::{
        error::{Exit, Fault},
        flags::Format,
        setup::Setup,
    },
};

/// Does what was asked for with jobs.
///
/// # Errors
/// [`Fault`]
pub async fn jobs(what: &Jobs, setup: &Setup, format: Format) -> Result<Exit, Fault> {
    match what {
        Jobs::List => list(setup, format).await,
        Jobs::Show { id, markdown: as_markdown } => {
            let kept = find(&setup.journal().await?, id).await?;
            if let Some(why) = &kept.job.paused {
                let text = i18n::plain(&i18n::ours(&why.text, setup.lang)).into_owned();
                say(&tell!(setup.lang, "it waits: {text} ({})", "在等待：{text}（{}）", why.code));
            }
            match as_markdown {
                true => out::text(&markdown(&report::told_with_fix(&kept.job, setup.lang), &setup.accounts))?,
                false => report::print(&kept.job, setup, format)?,
            }
            Ok(Exit::Done)
        }
        Jobs::Resume { id: Some(id), detached } => {
            let journal = setup.journal().await?;
            let mut kept = find(&journal, id).await?;
            let setup = &drive::setup_for(&kept, setup).await?;
            let desk = drive::Desk::new(setup, &journal, *detached)?;
            drive::allowed(&kept, &desk).await?;
            let over = kept.job.is_over() && !*detached;
            if over {
                kept = look_again(kept, &desk).await?;
                say_gone(&kept.job, setup);
                if kept.job.failed_regions().next().is_none() {
                    report::print(&kept.job, setup, format)?;
                    return Ok(exit_of_look(&kept.job));
                }
            }
            let driven = drive::resume(&kept, over.then_some(JobCommand::RetryAll), &desk).await?;
            report::print(&driven.job, setup, format)?;
            Ok(driven.early.unwrap_or_else(|| exit_of_look(&driven.job)))
        }
        Jobs::Resume { id: None, .. } => resume_all(setup, format).await,
        Jobs::Cancel { id } => {
            let journal = setup.journal().await?;
            let kept = find(&journal, id).await?;
            if kept.job.is_over() {
                return Err(Fault::Failed(format!(
                    "job {id} is over; cvmshare jobs undo {id} takes back what it did"
                ))
                .zh(format!("任务 {id} 已结束；cvmshare jobs undo {id} 可撤销它所做的更改")));
            }
            let setup = &drive::setup_for(&kept, setup).await?;
            let desk = drive::Desk::new(setup, &journal, false)?;
            let driven = drive::resume(&kept, Some(JobCommand::Cancel), &desk).await?;
            report::print(&driven.job, setup, format)?;
            Ok(driven.early.unwrap_or(Exit::Done))
        }
        Jobs::Undo { id, with_snapshots, consent } => {
            let journal = setup.journal().await?;
            let kept = find(&journal, id).await?;
            let setup = &drive::setup_for(&kept, setup).await?;
            undo::undo(kept, *with_snapshots, *consent, setup, format, &journal).await
        }
    }
}

/// Reads what a job that is over claims, and returns it as it stands then.
async fn look_again(kept: StoredJob, desk: &drive::Desk<'_>) -> Result<StoredJob, Fault> {
    let (mut store, at) = (gather::known(desk.setup).await?, Timestamp::now());
    let failed = facts::undo::look(&desk.own, &facts::undo::needs(&kept.job), &mut store).await;
    gather::remember(&mut store, desk.setup, at).await?;
    if let Some(error) = failed.into_iter().next() {
        return Err(error.into());
    }
    find(desk.journal, &kept.job.id).await
}

/// Says what a job's record once claimed and the cloud has no more.
fn say_gone(job: &Job, setup: &Setup) {
    let lang = setup.lang;
    let (cells, edges) = job.gone();
    let why = |error: &Option<Failure>| {
        let text = error.as_ref().map_or("", |e| e.text.as_str());
        i18n::plain(&i18n::ours(text, lang)).into_owned()
    };
    for cell in cells {
        say(&tell!(lang, "{}: {}", "{}：{}", cell.region, why(&cell.error)));
    }
    for edge in edges {
        let who = setup.accounts.get(&edge.account).map_or_else(|| edge.account.to_string(), Clone::clone);
        let (who, why) = (i18n::plain(&who).into_owned(), why(&edge.error));
        say(&tell!(lang, "{} with {who}: {why}", "{}，{who}：{why}", edge.region));
    }
}

/// The exit status of a job that was looked at again: partly done where something is not there any more.
fn exit_of_look(job: &Job) -> Exit {
    let (cells, edges) = job.gone();
    if cells.is_empty() && edges.is_empty() { report::exit(job) } else { Exit::Partly }
}

async fn find(journal: &Journal, id: &str) -> Result<StoredJob, Fault> {
    journal.job(id).await?.ok_or_else(|| {
        Fault::Failed(format!("there is no job {id}; cvmshare jobs list names them"))
            .zh(format!("没有任务 {id}；cvmshare jobs list 列出全部任务"))
    })
}

/// Goes on with every job that is not over, all at once.
async fn resume_all(setup: &Setup, format: Format) -> Result<Exit, Fault> {
    let journal = setup.journal().await?;
    let open: Vec<StoredJob> = journal.jobs().await?.into_iter().filter(|k| !k.job.is_over()).collect();
    // Jobs of one profile share a desk.
    let mut setups: Vec<Setup> = Vec::new();
    for kept in &open {
        let one = drive::setup_for(kept, setup).await?;
        if !setups.iter().any(|s| s.profile().name == one.profile().name) {
            setups.push(one);
        }
    }
    let desks: Vec<(&str, Result<drive::Desk<'_>, Fault>)> =
        setups.iter().map(|s| (s.profile().name.as_str(), drive::Desk::new(s, &journal, false))).collect();
    let each = open.iter().map(|kept| {
        let its = desks.iter().find(|(name, _)| *name == kept.job.profile).or(desks.first());
        async move {
            match its {
                Some((_, Ok(desk))) => drive::resume(kept, None, desk).await,
                Some((_, Err(fault))) => Err(fault.clone()),
                None => Err(Fault::Failed("there is no profile".to_owned()).zh("没有配置")),
            }
        }
    });
    let (mut done, mut worst) = (Vec::new(), Exit::Done);
    for (kept, result) in open.iter().zip(join_all(each).await) {
        match result {
            Ok(driven) => {
                let exit = driven.early.unwrap_or_else(|| report::exit(&driven.job));
                if worst == Exit::Done {
                    worst = exit;
                }
                done.push(driven.job);
            }
            Err(fault) => {
                let (id, why) = (&kept.job.id, fault.told(setup.lang, &[]));
                say(&tell!(setup.lang, "job {id}: {why}", "任务 {id}：{why}"));
                if worst == Exit::Done {
                    worst = fault.exit();
                }
            }
        }
    }
    match format {
        Format::Json => {
            let told: Vec<_> = done.iter().map(|job| report::told(job, setup.lang)).collect();
            let all: Vec<_> = told.iter().map(crate::jobs::report::json).collect();
            let text = serde_json::to_string_pretty(&all).map_err(|e| Fault::Failed(e.to_string()))?;
            out::json(&format!("{text}\n"))?;
        }
        _ => done.iter().try_for_each(|job| report::print(job, setup, format))?,
    }
    if open.is_empty() {
        say(setup.lang.of("no job is unfinished", "没有未完成的任务"));
    }
    Ok(worst)
}

/// Prints all jobs.
pub(super) async fn list(setup: &Setup, format: Format) -> Result<Exit, Fault> {
    let journal = setup.journal().await?;
    let rows = journal.jobs().await?.iter().map(|kept| row(kept, setup.lang)).collect();
    let fields = [
        "job",
        "state",
        "profile",
        "account",
        "image",
        "name",
        "source",
        "regions",
        "accounts",
        "shared",
        "paused",
        "cancelled",
        "driven_by",
        "created_at",
        "changed_at",
    ];
    let head = ["JOB", "STATE", "IMAGE", "ID", "REGIONS", "SHARED", "DRIVEN BY", "CREATED"];
    out::rows(format, setup.lang, &fields, &head, rows)?;
    // A list that lacks a job is not the whole of it.
    Ok(if journal.unreadable().await?.is_empty() { Exit::Done } else { Exit::Partly })
}

fn row(kept: &StoredJob, lang: Lang) -> Row {
    let job = &kept.job;
    let shared = job.edges.iter().filter(|e| e.state.is_shared()).count();
    let accounts: std::collections::BTreeSet<_> = job.edges.iter().map(|e| &e.account).collect();
    let driver = kept.holder.as_ref().map(|h| format!("{} on {}", h.pid, h.host));
    let drives = kept.holder.as_ref().map(|h| tell!(lang, "{} on {}", "{}（{}）", h.pid, h.host));
    let state = match (&job.paused, job.cancelled) {
        _ if job.state() == JobState::Undone => job_word(JobState::Undone),
        (Some(why), _) if why.code == UNREACHABLE => lang.of("reached nobody", "未能连通"),
        (Some(_), _) => lang.of("waits for a sign-in", "等待登录"),
        (None, true) => "cancelled",
        (None, false) if !job.is_over() && driver.is_none() => "unfinished",
        (None, false) => job_word(job.state()),
    };
    Row {
        json: json!({
            "job": job.id, "state": job_word(job.state()), "profile": job.profile, "account": job.account,
            "image": job.image, "name": job.name, "source": job.source,
            "regions": job.cells.iter().map(|c| &c.region).collect::<Vec<_>>(), "accounts": accounts.len(),
            "shared": shared, "paused": job.paused.as_ref().map(|p| &p.code), "cancelled": job.cancelled,
            "driven_by": driver, "created_at": job.created, "changed_at": kept.changed,
        }),
        shown: vec![
            job.id.clone(),
            i18n::progress(state, lang).to_owned(),
            job.name.clone(),
            job.image.to_string(),
            job.cells.len().to_string(),
            tell!(lang, "{shared} of {}", "{shared}/{}", job.edges.len()),
            drives.unwrap_or_else(|| "-".to_owned()),
            job.created.strftime("%Y-%m-%d %H:%M").to_string(),
        ],
    }
}
