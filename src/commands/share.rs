//! `cvmshare share`: copy, then share, as one job.

use jiff::Timestamp;

use crate::{
    cli::{Consent, ShareArgs},
    cloud::Client,
    commands::{
        agree::{What, agree},
        check::{said, shown_word},
        drive, gather, report, say, say_clock,
    },
    facts::FactStore,
    i18n::{
        self,
        lang::{Lang, tell},
        refused::Purpose,
    },
    jobs::{
        Cause, CellKind, Choice, EdgeKind, Failure, Goal, Job, JobState, Journal, Plan, journal::StoredJob,
        rehearse,
    },
    model::Region,
    rules::{Code, Kind, Verdict},
    session::{
        error::{Exit, Fault},
        flags::Format,
        setup::Setup,
    },
};

/// Shares an image, and prints what came of it.
///
/// # Errors
/// [`Fault`]
pub async fn share(asked: &ShareArgs, setup: &Setup, format: Format) -> Result<Exit, Fault> {
    let with = setup.config.receivers(asked.with.iter().map(String::as_str), &setup.accounts);
    let goal = Goal::new(asked.image.clone(), with, asked.to.clone());
    run(goal, asked.reuse, asked.consent, asked.detach, setup, format).await
}

/// Takes a goal from the plan to the report.
pub(crate) async fn run(
    goal: Goal,
    reuse: bool,
    ask: Consent,
    detach: bool,
    setup: &Setup,
    format: Format,
) -> Result<Exit, Fault> {
    if detach && setup.ends_with_us(setup.profile()) {
        return Err(Fault::Usage(
            "--detach needs a cloud that goes on without this program; the built-in one ends with it, unless it \
             is served apart (cvmshare emulate) and named with --endpoint"
                .to_owned(),
        )
        .zh(
            "--detach 需要在本程序之外继续运行的云；内置云会随本程序结束，除非单独运行它（cvmshare emulate）并用 \
             --endpoint 指定",
        ));
    }
    let client = setup.client(setup.profile(), None)?;
    let journal = setup.journal().await?;
    let planned = Planned::make(goal, reuse, gather::known(setup).await?, setup, &client).await;
    say_clock(&client, setup);
    let planned = planned?;
    let ends = client.credentials().and_then(|keys| keys.expires_at);
    if let Some(note) = ends.and_then(|ends| session_note(ends, Timestamp::now(), setup.lang)) {
        say(&note);
    }
    if let Some(kept) = planned.old.as_ref().filter(|k| !k.job.is_over() && !ask.dry_run) {
        let id = &kept.job.id;
        say(&tell!(setup.lang, "job {id} is there already and goes on", "任务 {id} 已存在，将继续执行"));
        return begin(&kept.job, detach, setup, format, &journal).await;
    }
    if let Some(kept) = planned.old.as_ref().filter(|_| planned.is_there_already() && !ask.dry_run) {
        report::print(&kept.job, setup, format)?;
        return Ok(Exit::Done);
    }
    let exit = planned.say_what_stands_in_the_way("--reuse", setup);
    if ask.dry_run || exit != Exit::Done {
        planned.print(setup, format)?;
        return Ok(exit);
    }
    if !ask.yes {
        planned.tell(setup)?;
    }
    agree(ask, &planned.words(), &planned.plan.acknowledge, setup)?;
    let job = planned.start(setup)?;
    let endpoint = setup.endpoint_of(setup.profile());
    // Where another process was quicker with the same job, that one goes on.
    journal.begin(&job, endpoint).await?;
    begin(&job, detach, setup, format, &journal).await
}

/// Takes a job of the journal to its end, or leaves it to a process in the background.
async fn begin(
    job: &Job,
    detach: bool,
    setup: &Setup,
    format: Format,
    journal: &Journal,
) -> Result<Exit, Fault> {
    if detach {
        let id = &job.id;
        setup.hand_over(id, setup.profile()).map_err(|e| {
            Fault::Failed(format!(
                "job {id} cannot go on in the background: {e}; cvmshare jobs resume {id} does it here"
            ))
            .zh(format!("任务 {id} 无法转入后台：{e}；可用 cvmshare jobs resume {id} 在此继续"))
        })?;
        say(&tell!(
            setup.lang,
            "job {id} goes on in the background; cvmshare jobs show {id} tells how far it is",
            "任务 {id} 在后台继续；用 cvmshare jobs show {id} 查看进展"
        ));
        report::print(job, setup, format)?;
        return Ok(Exit::Done);
    }
    let desk = drive::Desk::new(setup, journal, false)?;
    let driven = drive::drive(job, None, &desk).await?;
    report::print(&driven.job, setup, format)?;
    Ok(driven.early.unwrap_or_else(|| report::exit(&driven.job)))
}

/// Copies take 10 to 30 minutes (api-3.0.md, section 7): a session that may end before them is worth a word.
fn session_note(ends: Timestamp, now: Timestamp, lang: Lang) -> Option<String> {
    let minutes = ends.duration_since(now).as_mins().max(0);
    (minutes < 60).then(|| {
        tell!(
            lang,
            "the session ends in {minutes} min; a job that takes longer waits for a sign-in then",
            "登录将在 {minutes} 分钟后到期；届时未完成的任务会等待重新登录"
        )
    })
}

/// A plan with all that was learnt for it.
pub(crate) struct Planned {
    goal: Goal,
    pub plan: Plan,
    pub facts: FactStore,
    /// What could not be read, for people.
    pub problems: Vec<String>,
    /// What the cloud's own dry run refused, by region.
    pub refused: Vec<(Region, Failure)>,
    /// The job of the same id.
    old: Option<StoredJob>,
    pub id: String,
}

impl Planned {
    /// Plans a goal, reading what `facts` lacks. An unfinished job of the same goal does not block it: it is gone on with.
    pub async fn make(
        mut goal: Goal,
        reuse: bool,
        mut facts: FactStore,
        setup: &Setup,
        client: &Client,
    ) -> Result<Self, Fault> {
        let (mut plan, mut problems) = gather::plan(&goal, &mut facts, setup, client).await?;
        let id = plan.id(&goal, &setup.profile().name);
        let old = gather::job(&id, setup).await?;
        if old.as_ref().is_some_and(|o| !o.job.is_over()) {
            facts.job_may_go_on(&id);
            plan = Plan::make(&goal, &facts);
        }
        // A look-alike is ours where this very job may have asked for it; otherwise a person has to say so.
        let mut chosen = false;
        for cell in &plan.cells {
            let CellKind::LooksLike(there) = &cell.kind else { continue };
            let was = old.as_ref().and_then(|o| Some((&o.job, o.job.cell(&cell.region)?)));
            let ours = was.is_some_and(|(job, was)| {
                was.doubt && facts.image(there).is_some_and(|image| job.could_be_copy(was, image))
            });
            if ours || reuse {
                goal.choices.insert(cell.region.clone(), Choice::Reuse(there.clone()));
                chosen = true;
            }
        }
        if chosen {
            (plan, problems) = gather::plan(&goal, &mut facts, setup, client).await?;
        }
        let refused = match plan.is_ready() {
            true => rehearse(&plan, &goal.image, &facts, client).await,
            false => Vec::new(),
        };
        Ok(Self { goal, plan, facts, problems, refused, old, id })
    }

    /// Everything that was asked for was done by a job of ours and is so still.
    fn is_there_already(&self) -> bool {
        let done = self.old.as_ref().is_some_and(|k| k.job.state() == JobState::Done);
        let codes = self.plan.verdict().codes();
        done && self.plan.missing.is_empty()
            && codes.iter().all(|c| is_there(*c))
            && self.plan.edges.iter().all(|e| matches!(e.kind, EdgeKind::Already(_)))
            && self.plan.cells.iter().all(|c| matches!(c.kind, CellKind::Here(_) | CellKind::Copied(_)))
    }

    /// Tells all that stands in the way, and the exit status that comes of it. `reuse` says how a look-alike is taken.
    pub fn say_what_stands_in_the_way(&self, reuse: &str, setup: &Setup) -> Exit {
        self.problems.iter().for_each(|p| say(p));
        for missing in &self.plan.missing {
            say(&tell!(setup.lang, "not known: {}", "未知：{}", shown_word(missing, setup.lang)));
        }
        let reasons = self.verdict().reasons;
        let blocks = |f: &&crate::jobs::PlanFinding| f.blocking && reasons.contains(&f.cause.reason());
        for finding in self.plan.findings.iter().filter(blocks) {
            let place = finding.region.as_ref().map_or_else(String::new, |r| format!("{r}: "));
            let account = match &finding.account {
                Some(Ok(uin)) => format!("{uin}: "),
                Some(Err(text)) => format!("{text}: "),
                None => String::new(),
            };
            said(&finding.cause.reason(), setup.lang)
                .into_iter()
                .enumerate()
                .for_each(|(n, line)| say(&if n == 0 { format!("{place}{account}{line}") } else { line }));
            if let Cause::LooksLike { image, .. } = &finding.cause {
                say(&tell!(
                    setup.lang,
                    "  -> or, where {image} is a copy of it, take it with {reuse}",
                    "  -> 或者，如果 {image} 就是它的副本，用 {reuse} 直接采用"
                ));
            }
        }
        for (region, why) in &self.refused {
            let (told, fix) = i18n::job_failure(&why.code, &why.text, Purpose::Copy, setup.lang);
            let (text, code) = (told.trim_end_matches(['.', '。']), &why.code);
            say(&tell!(
                setup.lang,
                "{region}: the cloud would refuse it: {text} ({code})",
                "{region}：云端会拒绝：{text}（{code}）"
            ));
            if let Some(fix) = fix {
                say(&format!("  -> {fix}"));
            }
        }
        self.standing()
    }

    /// The verdict on the whole. That everything is there already blocks nothing where a job of this very goal has done
    /// it, or is to be gone on with.
    pub fn verdict(&self) -> Verdict {
        let mut verdict = self.plan.verdict();
        if self.unfinished().is_some() || self.is_there_already() {
            verdict.reasons.retain(|r| !is_there(r.code));
        }
        verdict
    }

    /// The job of this very goal, where it is not over: it is to be gone on with.
    pub fn unfinished(&self) -> Option<&StoredJob> {
        self.old.as_ref().filter(|kept| !kept.job.is_over())
    }

    /// Whether it can begin.
    pub fn standing(&self) -> Exit {
        let done_by_job = self.unfinished().is_some() || self.is_there_already();
        match self.verdict().kind() {
            Kind::Unknown => Exit::Unknown,
            Kind::Allowed if self.refused.is_empty() && (self.plan.is_ready() || done_by_job) => Exit::Done,
            _ => Exit::Blocked,
        }
    }

    /// In a few words, what would be done.
    fn words(&self) -> What {
        let copies = self.plan.cells.iter().filter(|c| matches!(c.kind, CellKind::Copy { .. })).count();
        let shares = self.plan.edges.iter().filter(|e| e.kind == EdgeKind::Add).count();
        let many = |n: usize, one: &str, more: &str| format!("{n} {}", if n == 1 { one } else { more });
        let (id, gib) = (&self.id, self.plan.bytes_gib);
        What {
            en: format!(
                "Job {id}: {} ({gib} GiB) and {}",
                many(copies, "copy", "copies"),
                many(shares, "share", "shares")
            ),
            zh: format!("任务 {id}：复制 {copies} 个（{gib} GiB），共享 {shares} 个"),
        }
    }

    /// The job as it would begin, with what stands in the way in its cells and edges.
    fn sketch(&self, setup: &Setup) -> Option<Job> {
        let profile = &setup.profile().name;
        let mut job = self.plan.sketch(&self.goal, &self.facts, profile, Timestamp::now())?;
        for finding in self.plan.findings.iter().filter(|f| f.blocking) {
            let reason = finding.cause.reason();
            let failure = Failure {
                code: reason.code.as_str().to_owned(),
                text: i18n::sentence(reason.code, &reason.args, setup.lang),
            };
            let here = |region: &Region| finding.region.as_ref().is_none_or(|r| r == region);
            let account = finding.account.as_ref().and_then(|a| a.as_ref().ok());
            match account {
                Some(account) => {
                    let edges = job.edges.iter_mut().filter(|e| here(&e.region) && e.account == *account);
                    edges.for_each(|e| e.error = e.error.take().or_else(|| Some(failure.clone())));
                }
                None => {
                    let cells = job.cells.iter_mut().filter(|c| here(&c.region));
                    cells.for_each(|c| c.error = c.error.take().or_else(|| Some(failure.clone())));
                }
            }
        }
        for (region, failure) in &self.refused {
            let cells = job.cells.iter_mut().filter(|c| c.region == *region);
            cells.for_each(|c| c.error = Some(failure.clone()));
        }
        Some(job)
    }

    fn print(&self, setup: &Setup, format: Format) -> Result<(), Fault> {
        match self.sketch(setup) {
            Some(job) => report::print_plan(&job, setup, format),
            None => Ok(()),
        }
    }

    /// Shows a person what they are about to be asked about, beside the data.
    fn tell(&self, setup: &Setup) -> Result<(), Fault> {
        let Some(job) = self.sketch(setup) else { return Ok(()) };
        report::table(&job, setup).lines().for_each(say);
        for note in &self.plan.notes {
            say(&i18n::plain(&i18n::sentence(note.code, &note.args, setup.lang)));
        }
        Ok(())
    }

    /// The job, through the one gate.
    pub fn start(&self, setup: &Setup) -> Result<Job, Fault> {
        let profile = &setup.profile().name;
        let made = self.plan.start(&self.goal, &self.facts, profile, Timestamp::now());
        let mut job = made.map_err(|now| {
            let all: Vec<String> = now.verdict().reasons.iter().flat_map(|r| said(r, setup.lang)).collect();
            // The sentences are in the language already.
            Fault::Blocked(all.join("\n"))
        })?;
        if let Some(kept) = &self.old {
            job.inherit(&kept.job);
        }
        Ok(job)
    }
}

/// What is asked for is there already.
fn is_there(code: Code) -> bool {
    matches!(code, Code::ShareAlready | Code::CopySameRegion)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_session_that_may_end_before_the_copies_is_worth_a_word() {
        let now: Timestamp = "2026-11-24T03:00:00Z".parse().unwrap();
        let in_minutes = |n| session_note(now + jiff::SignedDuration::from_mins(n), now, Lang::En);
        assert_eq!(in_minutes(90), None);
        assert!(in_minutes(12).unwrap().starts_with("the session ends in 12 min;"));
        assert!(in_minutes(-5).unwrap().starts_with("the session ends in 0 min;"));
    }
}
