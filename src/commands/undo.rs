//! `cvmshare jobs undo`: offered, never automatic.

use jiff::Timestamp;
use serde_json::{Value, json};

use crate::{
    cli::Consent,
    commands::{
        agree::{What, agree},
        check, drive, gather, out, report, say, told,
    },
    facts::{
        Load, Loaded,
        undo::{self, Ended, Stay, Stays, Step, UndoPlan},
    },
    i18n::{
        self,
        lang::{Lang, tell},
    },
    jobs::{Acquired, Job, Journal, Recorder, journal::StoredJob},
    model::{Uin, plain},
    rules::{Action, Kind, Verdict},
    session::{
        error::{Exit, Fault},
        flags::Format,
        setup::Setup,
    },
};

/// Reads what is there now of a job that is over, cancels the shares and deletes the copies that it made, and prints the
/// job as it stands then.
pub(super) async fn undo(
    kept: StoredJob,
    with_snapshots: bool,
    ask: Consent,
    setup: &Setup,
    format: Format,
    journal: &Journal,
) -> Result<Exit, Fault> {
    let lang = setup.lang;
    let id = kept.job.id.clone();
    if !kept.job.is_over() {
        return Err(Fault::Failed(format!("job {id} is not over; cvmshare jobs cancel {id} comes first"))
            .zh(format!("任务 {id} 尚未结束；请先运行 cvmshare jobs cancel {id}")));
    }
    let desk = drive::Desk::new(setup, journal, false)?;
    let caller = drive::its_account(&kept, &desk).await?;
    let at = Timestamp::now();
    let mut facts = gather::known(setup).await?;
    facts.take(&Load::Identity, Loaded::Identity(caller.clone()), at);
    let problems = undo::look_at(&desk.own, &kept.job, &mut facts).await;
    problems.iter().for_each(|error| say(&told(error, lang)));
    gather::remember(&mut facts, setup, at).await?;
    let kept = journal.job(&id).await?.unwrap_or(kept);
    let plan = undo::plan(&kept.job, &facts, with_snapshots, at);

    if plan.steps.is_empty() && !plan.stays.iter().any(|s| matches!(s.what, Stays::Copy(_))) {
        say(&tell!(
            lang,
            "there is nothing to undo: no share and no copy that job {id} made is there",
            "没有可撤销的：任务 {id} 建立的共享和副本都已不在"
        ));
    } else {
        plan.steps.iter().for_each(|step| say_step(step, ask.dry_run, setup));
    }
    plan.stays.iter().for_each(|stay| say(&stays(stay, setup)));
    if ask.dry_run {
        match format {
            Format::Json => {
                let steps: Vec<Value> = plan.steps.iter().map(|s| step_json(s, None, lang)).collect();
                out::document(&json!({ "job": id, "steps": steps, "stays": stays_json(&plan, lang) }))?;
            }
            _ => report::print(&kept.job, setup, format)?,
        }
        return Ok(exit_before(&plan));
    }
    if !plan.can_begin() {
        print(&kept.job, &plan, &[], setup, format)?;
        return Ok(exit_before(&plan));
    }
    let steps = plan.steps.len();
    let what = What {
        en: format!("Undo what job {id} did ({steps} {})", if steps == 1 { "step" } else { "steps" }),
        zh: format!("撤销任务 {id} 所做的更改（{steps} 步）"),
    };
    let risks = plan.risks();
    agree(ask, &what, &risks, setup)?;
    let Acquired::Ours(mut job, lease) = journal.acquire(&id).await? else {
        return Err(Fault::Failed(format!("another process works on job {id} now"))
            .zh(format!("另一个进程正在执行任务 {id}")));
    };
    let recorder = Recorder {
        journal: Some(journal.clone()),
        profile: setup.profile().name.clone(),
        account: Some(caller),
        job: Some(id.clone()),
    };
    let ends = undo::run(&desk.own, &lease, &mut job, &plan, &recorder, |_| {}).await?;
    lease.release().await;
    plan.steps.iter().zip(&ends).for_each(|(step, ended)| say_end(step, ended, setup));
    say(i18n::others_instances_stay(lang));
    let job = journal.job(&id).await?.map_or(*job, |kept| kept.job);
    print(&job, &plan, &ends, setup, format)?;
    let copies_stay = plan.stays.iter().any(|s| matches!(s.what, Stays::Copy(_)));
    Ok(match ends.iter().filter(|e| **e == Ended::Done).count() {
        done if done == ends.len() && !copies_stay => Exit::Done,
        0 => Exit::Failed,
        _ => Exit::Partly,
    })
}

/// What the plan alone comes to: it can be done, it is blocked, or something is not known.
fn exit_before(plan: &UndoPlan) -> Exit {
    let blocked = |v: &Verdict| v.kind() == Kind::Blocked;
    let copy_stays = plan.stays.iter().any(|s| matches!(s.what, Stays::Copy(_)));
    if plan.steps.iter().any(|s| blocked(&s.verdict)) || (plan.steps.is_empty() && copy_stays) {
        Exit::Blocked
    } else if plan.steps.iter().any(|s| !s.verdict.is_allowed()) {
        Exit::Unknown
    } else {
        Exit::Done
    }
}

/// The job, and in JSON how each step ended and what stays.
fn print(job: &Job, plan: &UndoPlan, ends: &[Ended], setup: &Setup, format: Format) -> Result<(), Fault> {
    if format != Format::Json {
        return report::print(job, setup, format);
    }
    let lang = setup.lang;
    let mut document = serde_json::to_value(crate::jobs::report::json(&report::told(job, lang)))
        .map_err(|e| Fault::Failed(e.to_string()))?;
    let steps = plan.steps.iter().enumerate().map(|(n, step)| step_json(step, ends.get(n), lang));
    document["steps"] = steps.collect();
    document["stays"] = stays_json(plan, lang);
    out::document(&document)
}

fn step_json(step: &Step, ended: Option<&Ended>, lang: Lang) -> Value {
    // What was refused at its turn is told as it was then.
    let verdict = match ended {
        Some(Ended::Refused(verdict)) => verdict,
        _ => &step.verdict,
    };
    let mut value = serde_json::to_value(check::document(&step.action, verdict, lang)).unwrap_or_default();
    value["region"] = json!(step.region);
    value["image_id"] = json!(step.image);
    value["accounts"] = json!(step.accounts());
    if let Some(ended) = ended {
        value["outcome"] = json!(match ended {
            Ended::Done => "done",
            Ended::Refused(_) => "refused",
            Ended::Failed(_) | Ended::StillShown(_) => "failed",
        });
        value["error"] = match ended {
            Ended::Failed(error) => json!({ "code": error.code, "text": told(error, lang) }),
            Ended::StillShown(left) => json!({ "code": "still-shown", "text": still_shown(left, lang) }),
            Ended::Done | Ended::Refused(_) => Value::Null,
        };
    }
    value
}

fn stays_json(plan: &UndoPlan, lang: Lang) -> Value {
    let one = |stay: &Stay| {
        let mut value = json!({ "region": stay.region, "image_id": stay.image });
        match &stay.what {
            Stays::Shares(accounts) => {
                value["what"] = json!("shares");
                value["accounts"] = json!(accounts);
            }
            Stays::Copy(verdict) => {
                let delete = Action::Delete { image: stay.image.clone(), with_snapshots: false };
                value["what"] = json!("copy");
                let document = serde_json::to_value(check::document(&delete, verdict, lang));
                value["reasons"] = document.unwrap_or_default()["reasons"].take();
            }
            Stays::Snapshots(count) => {
                value["what"] = json!("snapshots");
                value["count"] = json!(count);
            }
            Stays::Instances(ids) => {
                value["what"] = json!("instances");
                value["instances"] = json!(ids);
            }
        }
        value
    };
    plan.stays.iter().map(one).collect()
}

fn say_step(step: &Step, would: bool, setup: &Setup) {
    let lang = setup.lang;
    let would = if would { lang.of("would ", "将") } else { "" };
    let (word, region, what) = (i18n::action(&step.action, lang), &step.region, about(step, setup));
    say(&tell!(lang, "{would}{word} {region}: {what}", "{would}{word}（{region}）：{what}"));
    reasons(&step.verdict, lang).iter().for_each(|line| say(line));
}

fn say_end(step: &Step, ended: &Ended, setup: &Setup) {
    let lang = setup.lang;
    let lines = match ended {
        Ended::Done => return,
        Ended::Refused(verdict) => reasons(verdict, lang),
        Ended::Failed(error) => vec![format!("  {}", told(error, lang))],
        Ended::StillShown(left) => vec![format!("  {}", still_shown(left, lang))],
    };
    let (word, region, what) = (i18n::action(&step.action, lang), &step.region, about(step, setup));
    say(&tell!(lang, "not done: {word} {region}: {what}", "未完成：{word}（{region}）：{what}"));
    lines.iter().for_each(|line| say(line));
}

/// Each reason with its code and what to do about it.
fn reasons(verdict: &Verdict, lang: Lang) -> Vec<String> {
    let mut lines = Vec::new();
    for r in &verdict.reasons {
        let said = i18n::sentence(r.code, &r.args, lang);
        lines.push(format!("  - {} [{}]", plain(&said), r.code.as_str()));
        let remedy = i18n::remedy(&r.remedy, r.code, lang);
        if !remedy.is_empty() {
            lines.push(format!("    -> {}", plain(&remedy)));
        }
    }
    for missing in &verdict.missing {
        let what = check::shown_word(missing, lang);
        lines.push(tell!(lang, "  - not known: {what}", "  - 未知：{what}"));
    }
    lines
}

fn still_shown(left: &[Uin], lang: Lang) -> String {
    let all: Vec<&str> = left.iter().map(Uin::as_str).collect();
    let all = all.join(lang.of(", ", "、"));
    tell!(lang, "the share list still shows {all}", "共享列表仍显示 {all}")
}

fn names(accounts: &[Uin], setup: &Setup) -> String {
    let name = |a: &Uin| setup.accounts.get(a).map_or_else(|| a.to_string(), |l| format!("{a} {}", plain(l)));
    accounts.iter().map(name).collect::<Vec<_>>().join(setup.lang.of(", ", "、"))
}

/// What a step is about.
fn about(step: &Step, setup: &Setup) -> String {
    let image = &step.image;
    match &step.action {
        Action::Unshare { .. } => {
            let all = names(step.accounts(), setup);
            tell!(setup.lang, "{image} with {all}", "{image}，账号 {all}")
        }
        _ => image.to_string(),
    }
}

fn stays(stay: &Stay, setup: &Setup) -> String {
    let (region, image, lang) = (&stay.region, &stay.image, setup.lang);
    match &stay.what {
        Stays::Shares(accounts) => i18n::shares_stay(region, image, &names(accounts, setup), lang),
        Stays::Copy(verdict) => {
            let why = verdict
                .reasons
                .iter()
                .map(|r| format!("{} [{}]", plain(&i18n::sentence(r.code, &r.args, lang)), r.code.as_str()));
            i18n::copy_stays(region, image, &why.collect::<Vec<_>>().join(" "), lang)
        }
        Stays::Snapshots(count) => i18n::snapshots_stay(region, image, *count, lang),
        Stays::Instances(ids) => {
            let ids: Vec<&str> = ids.iter().map(crate::model::InstanceId::as_str).collect();
            i18n::instances_stay(region, image, &ids.join(lang.of(", ", "、")), lang)
        }
    }
}
