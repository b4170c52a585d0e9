//! `cvmshare jobs undo`: offered, never automatic.

use super::{
    agree::{What, agree},
    gather, out, report, say, told,
};
use crate::{
    cli::{Consent, Exit, Fault, Format, Setup},
    jobs::{CellState, EdgeState, Job, Journal, Recorder, Take, act, journal::Kept, undo_plan},
    model::Region,
    rules::{Action, Code, Note, Which, clear},
    words::{self, Lang, tell},
};

/// Cancels the shares that a job made, then deletes the copies that it made, and prints the job as it is then.
pub(super) async fn undo(
    kept: Kept,
    ask: Consent,
    setup: &Setup,
    format: Format,
    journal: &Journal,
) -> Result<Exit, Fault> {
    let (job, lang) = (kept.job, setup.lang);
    let id = job.id.clone();
    if !job.is_over() {
        return Err(Fault::Failed(format!("job {id} is not over; cvmshare jobs cancel {id} comes first"))
            .zh(format!("任务 {id} 尚未结束；请先运行 cvmshare jobs cancel {id}")));
    }
    if !setup.asks_cloud_of(kept.endpoint.as_deref(), setup.profile()) {
        let endpoint = kept.endpoint.unwrap_or_default();
        return Err(Fault::Usage(format!("job {id} ran on another cloud; add --endpoint {endpoint}"))
            .zh(format!("任务 {id} 运行在另一个云上；请加上 --endpoint {endpoint}")));
    }
    let steps = steps(&job);
    if steps.is_empty() {
        say(&tell!(
            lang,
            "there is nothing to undo: job {id} made no share and no copy",
            "没有可撤销的：任务 {id} 没有共享也没有复制"
        ));
        report::print(&job, setup, format)?;
        return Ok(Exit::Done);
    }
    for (region, action) in &steps {
        let would = if ask.dry_run { lang.of("would ", "将") } else { "" };
        let (word, what) = (words::action(action, lang), about(action, lang));
        say(&tell!(lang, "{would}{word} {region}: {what}", "{would}{word}（{region}）：{what}"));
    }
    if ask.dry_run {
        report::print(&job, setup, format)?;
        return Ok(Exit::Done);
    }
    let client = setup.client(setup.profile(), None)?;
    let caller = client.caller().await?;
    if job.account.as_ref().is_some_and(|account| *account != caller.account) {
        let its = &job.profile;
        return Err(Fault::Usage(format!("job {id} is another account's; choose --profile {its}"))
            .zh(format!("任务 {id} 属于另一个账号；请用 --profile {its}")));
    }
    let mut risks: Vec<Note> = Vec::new();
    for (_, action) in &steps {
        let (verdict, ..) = gather::verdict(action, setup, &client).await?;
        for risk in verdict.acknowledge {
            if !risks.iter().any(|r| r.code == risk.code) {
                risks.push(risk);
            }
        }
    }
    let what = What {
        en: format!("Undo what job {id} did ({} steps)", steps.len()),
        zh: format!("撤销任务 {id} 所做的更改（{} 步）", steps.len()),
    };
    agree(ask, &what, &risks, setup)?;
    let Take::Ours(mut job, hold) = journal.take(&id)? else {
        return Err(Fault::Failed(format!("another process works on job {id} now"))
            .zh(format!("另一个进程正在执行任务 {id}")));
    };
    let recorder = Recorder {
        journal: Some(journal.clone()),
        profile: setup.profile().name.clone(),
        account: Some(caller.account),
        job: Some(id.clone()),
    };
    let accepted: Vec<Code> = risks.iter().map(|r| r.code).collect();
    let mut exit = Exit::Done;
    for (region, action) in steps {
        match step(&action, &region, &accepted, &recorder, setup, &client).await {
            Ok(()) => took_back(&mut job, &region, &action),
            Err(why) => {
                say(&tell!(
                    lang,
                    "{} {region}: {why}",
                    "{}（{region}）：{why}",
                    words::action(&action, lang)
                ));
                exit = Exit::Partly;
            }
        }
        hold.amend(&job)?;
    }
    drop(hold);
    say(lang.of(
        "what stays: instances that were made from these images go on, and so do snapshots of the copies",
        "保留的内容：由这些镜像创建的实例继续运行，副本的快照也仍在",
    ));
    let kept = journal.job(&id)?;
    match format {
        Format::Json => out::json(&format!(
            "{}\n",
            report::document(kept.as_ref().map_or(&job, |k| &k.job), setup.lang)?
        ))?,
        _ => report::print(&job, setup, format)?,
    }
    Ok(exit)
}

/// What is to be done, each with its region.
fn steps(job: &Job) -> Vec<(Region, Action)> {
    let place = |action: &Action| {
        let cell = job.cells.iter().find(|c| c.image.as_ref() == action.image());
        cell.map(|c| c.region.clone())
    };
    undo_plan(job).into_iter().filter_map(|action| Some((place(&action)?, action))).collect()
}

/// One of them, through the gate: the shares are read anew before a copy is deleted.
async fn step(
    action: &Action,
    region: &Region,
    _accepted: &[Code],
    recorder: &Recorder,
    setup: &Setup,
    client: &crate::cloud::Client,
) -> Result<(), String> {
    let (shown, facts, _) =
        gather::verdict(action, setup, client).await.map_err(|fault| fault.told(setup.lang, &[]))?;
    let cleared = clear(action.clone(), &facts, &shown).map_err(|verdict| {
        let all = verdict.reasons.iter().map(|r| words::sentence(r.code, &r.args, setup.lang));
        all.collect::<Vec<_>>().join(" ")
    })?;
    let done =
        act::perform(client, &cleared, region, recorder).await.map_err(|error| told(&error, setup.lang))?;
    match done.left.is_empty() {
        true => Ok(()),
        false => {
            let text = setup.lang.of("the share list still shows some of them", "共享列表仍显示其中一些账号");
            Err(text.to_owned())
        }
    }
}

/// The job claims nothing any more that was taken back.
fn took_back(job: &mut Job, region: &Region, action: &Action) {
    match action {
        Action::Unshare { which: Which::Accounts(accounts), .. } => {
            let edges = job.edges.iter_mut().filter(|e| e.region == *region);
            for edge in edges.filter(|e| accounts.contains(&e.account)) {
                (edge.state, edge.ours, edge.unsure) = (EdgeState::Skipped, false, false);
            }
        }
        _ => {
            for cell in job.cells.iter_mut().filter(|c| c.region == *region) {
                (cell.state, cell.image, cell.percent, cell.doubt) = (CellState::Skipped, None, None, false);
            }
        }
    }
}

/// What a step is about.
fn about(action: &Action, lang: Lang) -> String {
    match action {
        Action::Unshare { image, which: Which::Accounts(accounts) } => {
            let all: Vec<&str> = accounts.iter().map(crate::model::Uin::as_str).collect();
            tell!(lang, "{image} with {}", "{image}，账号 {}", all.join(lang.of(", ", "、")))
        }
        other => other.image().map_or_else(String::new, ToString::to_string),
    }
}
