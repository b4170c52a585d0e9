//! `cvmshare jobs undo`.

use jiff::Timestamp;
use serde_json::{Value, json};

use crate::{
    boundary::output::say,
    commands::{
        action_runner::recorder,
        cloud_error::message,
        confirm::{Consent, confirm},
        job_report::{self, account_name},
        job_runner::JobRunner,
        lookup, printer,
        verdict::{self, missing_name, reason_lines, sentence_with_code},
    },
    facts::{
        Load, Loaded,
        undo::{self, Ended, Leftover, LeftoverKind, UndoPlan, UndoStep},
    },
    i18n,
    jobs::{Acquired, Job, Journal, journal::StoredJob, report},
    messages::{Lang, m, text, tr},
    model::{InstanceId, Uin},
    rules::{Action, Verdict, VerdictKind},
    session::{
        error::{CommandError, Exit},
        flags::Format,
        setup::Setup,
    },
};

/// Reads the current state of a finished job, cancels the shares and deletes the copies that it made, and prints the
/// job.
pub(super) async fn undo(
    kept: StoredJob,
    with_snapshots: bool,
    consent: Consent,
    setup: &Setup,
    journal: &Journal,
) -> Result<Exit, CommandError> {
    let lang = setup.lang;
    let id = kept.job.id.clone();
    if !kept.job.is_over() {
        return Err(CommandError::Failed(text!(cmd_undo_not_over, id)));
    }
    let runner = JobRunner::new(setup, journal, false)?;
    let caller = runner.check_account(&kept).await?;
    let at = Timestamp::now();
    let mut facts = lookup::known_facts(setup).await?;
    facts.add_loaded(&Load::Identity, Loaded::Identity(caller.clone()), at);
    let problems = undo::read_job(&runner.client, &kept.job, &mut facts).await;
    problems.iter().for_each(|error| say(&message(error, lang)));
    lookup::update_records(&mut facts, setup, at).await?;
    let kept = journal.job(&id).await?.unwrap_or(kept);
    let plan = undo::plan(&kept.job, &facts, with_snapshots, at);

    if plan.steps.is_empty() && !plan.leftovers.iter().any(|s| matches!(s.what, LeftoverKind::Copy(_))) {
        say(&tr!(lang, cmd_undo_nothing, id));
    } else {
        plan.steps.iter().for_each(|step| report_step(step, consent.dry_run, setup));
    }
    plan.leftovers.iter().for_each(|stay| say(&stay_text(stay, setup)));
    if consent.dry_run {
        match setup.flags.output {
            Format::Json => {
                let steps: Vec<Value> = plan.steps.iter().map(|s| step_json(s, None, lang)).collect();
                printer::document(&json!({ "job": id, "steps": steps, "stays": stays_json(&plan, lang) }))?;
            }
            _ => job_report::print(&kept.job, setup)?,
        }
        return Ok(exit_before(&plan));
    }
    if !plan.can_start() {
        print(&kept.job, &plan, &[], setup)?;
        return Ok(exit_before(&plan));
    }
    let steps = plan.steps.len();
    let what = text!(cmd_undo_question, id, steps);
    confirm(consent, &what, &plan.risks(), None, setup)?;
    let Acquired::Held(mut job, lease) = journal.acquire(&id).await? else {
        return Err(CommandError::Failed(text!(common_job_elsewhere, id)));
    };
    let recorder = recorder(journal.clone(), Some(caller), Some(id.clone()), setup);
    let ends = undo::run(&runner.client, &lease, &mut job, &plan, &recorder, |_| {}).await?;
    lease.release().await;
    plan.steps.iter().zip(&ends).for_each(|(step, ended)| report_end(step, ended, setup));
    say(i18n::others_instances_stay(lang));
    let job = journal.job(&id).await?.map_or(*job, |kept| kept.job);
    print(&job, &plan, &ends, setup)?;
    let copies_stay = plan.leftovers.iter().any(|s| matches!(s.what, LeftoverKind::Copy(_)));
    Ok(match ends.iter().filter(|e| **e == Ended::Done).count() {
        done if done == ends.len() && !copies_stay => Exit::Done,
        0 => Exit::Failed,
        _ => Exit::Partly,
    })
}

/// Returns the exit status of the plan: it can be done, it is blocked, or a fact is missing.
fn exit_before(plan: &UndoPlan) -> Exit {
    let blocked = |v: &Verdict| v.kind() == VerdictKind::Blocked;
    let copy_stays = plan.leftovers.iter().any(|s| matches!(s.what, LeftoverKind::Copy(_)));
    if plan.steps.iter().any(|s| blocked(&s.verdict)) || (plan.steps.is_empty() && copy_stays) {
        Exit::Blocked
    } else if plan.steps.iter().any(|s| !s.verdict.is_allowed()) {
        Exit::Unknown
    } else {
        Exit::Done
    }
}

/// Prints the job, and in JSON also the result of each step and what stays.
fn print(job: &Job, plan: &UndoPlan, ends: &[Ended], setup: &Setup) -> Result<(), CommandError> {
    if setup.flags.output != Format::Json {
        return job_report::print(job, setup);
    }
    let lang = setup.lang;
    let mut document = serde_json::to_value(report::json(&job_report::localized(job, lang)))
        .map_err(|e| CommandError::Failed(e.to_string().into()))?;
    let steps = plan.steps.iter().enumerate().map(|(n, step)| step_json(step, ends.get(n), lang));
    document["steps"] = steps.collect();
    document["stays"] = stays_json(plan, lang);
    printer::document(&document)
}

fn step_json(step: &UndoStep, ended: Option<&Ended>, lang: Lang) -> Value {
    // A step that was refused when its turn came shows the verdict of that time.
    let verdict = match ended {
        Some(Ended::Refused(verdict)) => verdict,
        _ => &step.verdict,
    };
    let mut value = serde_json::to_value(verdict::document(&step.action, verdict, lang)).unwrap_or_default();
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
            Ended::Failed(error) => json!({ "code": error.code, "text": message(error, lang) }),
            Ended::StillShown(left) => json!({ "code": "still-shown", "text": still_shown(left, lang) }),
            Ended::Done | Ended::Refused(_) => Value::Null,
        };
    }
    value
}

fn stays_json(plan: &UndoPlan, lang: Lang) -> Value {
    let one = |stay: &Leftover| {
        let mut value = json!({ "region": stay.region, "image_id": stay.image });
        match &stay.what {
            LeftoverKind::Shares(accounts) => {
                value["what"] = json!("shares");
                value["accounts"] = json!(accounts);
            }
            LeftoverKind::Copy(verdict) => {
                let delete = Action::Delete { image: stay.image.clone(), with_snapshots: false };
                value["what"] = json!("copy");
                let document = serde_json::to_value(verdict::document(&delete, verdict, lang));
                value["reasons"] = document.unwrap_or_default()["reasons"].take();
            }
            LeftoverKind::Snapshots(count) => {
                value["what"] = json!("snapshots");
                value["count"] = json!(count);
            }
            LeftoverKind::Instances(ids) => {
                value["what"] = json!("instances");
                value["instances"] = json!(ids);
            }
        }
        value
    };
    plan.leftovers.iter().map(one).collect()
}

fn report_step(step: &UndoStep, would: bool, setup: &Setup) {
    let lang = setup.lang;
    let would = if would { lang.text(m::cmd_undo_would) } else { "" };
    let (word, region, what) = (i18n::action(&step.action, lang), &step.region, step_title(step, setup));
    say(&tr!(lang, cmd_undo_step, would, word, region, what));
    reasons(&step.verdict, lang).iter().for_each(|line| say(line));
}

fn report_end(step: &UndoStep, ended: &Ended, setup: &Setup) {
    let lang = setup.lang;
    let lines = match ended {
        Ended::Done => return,
        Ended::Refused(verdict) => reasons(verdict, lang),
        Ended::Failed(error) => vec![format!("  {}", message(error, lang))],
        Ended::StillShown(left) => vec![format!("  {}", still_shown(left, lang))],
    };
    let (word, region, what) = (i18n::action(&step.action, lang), &step.region, step_title(step, setup));
    say(&tr!(lang, cmd_undo_not_done, word, region, what));
    lines.iter().for_each(|line| say(line));
}

/// Returns each reason with its code and its fix.
fn reasons(verdict: &Verdict, lang: Lang) -> Vec<String> {
    let lines = verdict.reasons.iter().flat_map(|r| ["  - ", "  "].into_iter().zip(reason_lines(r, lang)));
    let reasons = lines.map(|(start, line)| format!("{start}{line}"));
    let missing = verdict.missing.iter().map(|m| {
        let what = missing_name(m, lang);
        tr!(lang, cmd_undo_not_known, what)
    });
    reasons.chain(missing).collect()
}

fn still_shown(left: &[Uin], lang: Lang) -> String {
    let all: Vec<&str> = left.iter().map(Uin::as_str).collect();
    let all = all.join(lang.text(m::common_list_comma));
    tr!(lang, cmd_undo_share_list_still_shows, all)
}

fn names(accounts: &[Uin], setup: &Setup) -> String {
    let names: Vec<String> = accounts.iter().map(|account| account_name(account, setup)).collect();
    names.join(setup.lang.text(m::common_list_comma))
}

/// Returns the description of a step.
fn step_title(step: &UndoStep, setup: &Setup) -> String {
    let image = &step.image;
    match &step.action {
        Action::Unshare { .. } => {
            let all = names(step.accounts(), setup);
            tr!(setup.lang, cmd_undo_with, image, all)
        }
        _ => image.to_string(),
    }
}

fn stay_text(stay: &Leftover, setup: &Setup) -> String {
    let (region, image, lang) = (&stay.region, &stay.image, setup.lang);
    match &stay.what {
        LeftoverKind::Shares(accounts) => i18n::shares_stay(region, image, &names(accounts, setup), lang),
        LeftoverKind::Copy(verdict) => {
            let why: Vec<_> = verdict.reasons.iter().map(|r| sentence_with_code(r, lang)).collect();
            i18n::copy_stays(region, image, &why.join(" "), lang)
        }
        LeftoverKind::Snapshots(count) => i18n::snapshots_stay(region, image, *count, lang),
        LeftoverKind::Instances(ids) => {
            let ids: Vec<&str> = ids.iter().map(InstanceId::as_str).collect();
            i18n::instances_stay(region, image, &ids.join(lang.text(m::common_list_comma)), lang)
        }
    }
}
