//! `cvmshare jobs`: what is under way, what is over, and going on with it.

use futures_util::future::join_all;
use serde_json::json;

use super::{
    drive,
    out::{self, Row},
    report, say, undo,
};
use crate::{
    cli::{Exit, Fault, Format, Jobs, Setup},
    jobs::{
        Command, Journal,
        journal::Kept,
        report::{job_word, markdown},
    },
    words::{self, Lang, tell},
};

/// Does what was asked for with jobs.
///
/// # Errors
/// [`Fault`]
pub async fn jobs(what: &Jobs, setup: &Setup, format: Format) -> Result<Exit, Fault> {
    match what {
        Jobs::List => list(setup, format),
        Jobs::Show { id, markdown: as_markdown } => {
            let kept = find(&setup.journal()?, id)?;
            match as_markdown {
                true => out::text(&markdown(&report::told_with_fix(&kept.job, setup.lang), &setup.accounts))?,
                false => report::print(&kept.job, setup, format)?,
            }
            Ok(Exit::Done)
        }
        Jobs::Resume { id: Some(id), detached } => {
            let journal = setup.journal()?;
            let kept = find(&journal, id)?;
            let again = (kept.job.is_over() && !*detached).then_some(Command::RetryAll);
            let setup = &drive::setup_for(&kept, setup).await?;
            let desk = drive::Desk::new(setup, &journal, *detached)?;
            let driven = drive::resume(&kept, again, &desk).await?;
            report::print(&driven.job, setup, format)?;
            Ok(driven.early.unwrap_or_else(|| report::exit(&driven.job)))
        }
        Jobs::Resume { id: None, .. } => resume_all(setup, format).await,
        Jobs::Cancel { id } => {
            let journal = setup.journal()?;
            let kept = find(&journal, id)?;
            if kept.job.is_over() {
                return Err(Fault::Failed(format!(
                    "job {id} is over; cvmshare jobs undo {id} takes back what it did"
                ))
                .zh(format!("任务 {id} 已结束；cvmshare jobs undo {id} 可撤销它所做的更改")));
            }
            let setup = &drive::setup_for(&kept, setup).await?;
            let desk = drive::Desk::new(setup, &journal, false)?;
            let driven = drive::resume(&kept, Some(Command::Cancel), &desk).await?;
            report::print(&driven.job, setup, format)?;
            Ok(driven.early.unwrap_or(Exit::Done))
        }
        Jobs::Undo { id, consent } => {
            let journal = setup.journal()?;
            let kept = find(&journal, id)?;
            let setup = &drive::setup_for(&kept, setup).await?;
            undo::undo(kept, *consent, setup, format, &journal).await
        }
    }
}

fn find(journal: &Journal, id: &str) -> Result<Kept, Fault> {
    journal.job(id)?.ok_or_else(|| {
        Fault::Failed(format!("there is no job {id}; cvmshare jobs list names them"))
            .zh(format!("没有任务 {id}；cvmshare jobs list 列出全部任务"))
    })
}

/// Goes on with every job that is not over, all at once.
async fn resume_all(setup: &Setup, format: Format) -> Result<Exit, Fault> {
    let journal = setup.journal()?;
    let open: Vec<Kept> = journal.jobs()?.into_iter().filter(|k| !k.job.is_over()).collect();
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
pub(super) fn list(setup: &Setup, format: Format) -> Result<Exit, Fault> {
    let rows = setup.journal()?.jobs()?.iter().map(|kept| row(kept, setup.lang)).collect();
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
    Ok(Exit::Done)
}

fn row(kept: &Kept, lang: Lang) -> Row {
    let job = &kept.job;
    let shared = job.edges.iter().filter(|e| e.state.is_shared()).count();
    let accounts: std::collections::BTreeSet<_> = job.edges.iter().map(|e| &e.account).collect();
    let driver = kept.holder.as_ref().map(|h| format!("{} on {}", h.pid, h.host));
    let drives = kept.holder.as_ref().map(|h| tell!(lang, "{} on {}", "{}（{}）", h.pid, h.host));
    let state = match (&job.paused, job.cancelled) {
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
            words::progress(state, lang).to_owned(),
            job.name.clone(),
            job.image.to_string(),
            job.cells.len().to_string(),
            tell!(lang, "{shared} of {}", "{shared}/{}", job.edges.len()),
            drives.unwrap_or_else(|| "-".to_owned()),
            job.created.strftime("%Y-%m-%d %H:%M").to_string(),
        ],
    }
}
