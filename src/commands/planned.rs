//! A goal of copies and shares with its plan, for `share`, `copy`, `check`, `plan` and `apply`.

use jiff::Timestamp;

use crate::{
    boundary::output::say,
    cloud::Client,
    commands::{
        job_report, lookup,
        verdict::{missing_name, reason_lines, report_notes},
    },
    facts::FactStore,
    i18n::{self, refused::Purpose},
    jobs::{
        Cause, CellKind, Choice, EdgeKind, Goal, Job, JobState, Plan, PlanFinding, journal::StoredJob,
        rehearse,
    },
    messages::{Text, text, tr},
    model::{JobFailure, Region},
    rules::{Code, Verdict, VerdictKind},
    session::{
        error::{CommandError, Exit},
        setup::Setup,
    },
};

/// A goal with its plan, and the facts that were read for it.
pub(crate) struct Planned {
    goal: Goal,
    pub plan: Plan,
    pub facts: FactStore,
    /// Messages about what could not be read.
    pub problems: Vec<String>,
    /// The regions whose dry run the cloud refused, with the error.
    pub refused: Vec<(Region, JobFailure)>,
    /// The job with the same id, if the journal has one.
    pub old: Option<StoredJob>,
    pub id: String,
}

impl Planned {
    /// Plans a goal, and reads what `facts` lacks. An unfinished job of the same goal does not block it, because it
    /// is resumed.
    pub async fn make(
        mut goal: Goal,
        reuse: bool,
        mut facts: FactStore,
        setup: &Setup,
        client: &Client,
    ) -> Result<Self, CommandError> {
        let (mut plan, mut problems) = lookup::plan(&goal, &mut facts, setup, client).await?;
        let id = plan.id(&goal, &setup.profile().name);
        let old = lookup::job(&id, setup).await?;
        if old.as_ref().is_some_and(|o| !o.job.is_over()) {
            facts.release_job(&id);
            plan = Plan::make(&goal, &facts);
        }
        // An image that looks like the copy is reused if this very job may have created it; otherwise only with
        // `reuse`.
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
            (plan, problems) = lookup::plan(&goal, &mut facts, setup, client).await?;
        }
        let refused = match plan.is_ready() {
            true => rehearse(&plan, &goal.image, &facts, client).await,
            false => Vec::new(),
        };
        Ok(Self { goal, plan, facts, problems, refused, old, id })
    }

    /// Returns whether a job of this journal did everything, and it still exists.
    pub fn is_there_already(&self) -> bool {
        self.old.as_ref().is_some_and(|k| k.job.state() == JobState::Done) && self.is_all_there()
    }

    /// Returns whether everything exists already, whoever did it.
    pub fn is_all_there(&self) -> bool {
        let Plan { missing, edges, cells, .. } = &self.plan;
        missing.is_empty()
            && self.plan.verdict().codes().iter().all(|c| is_existing(*c))
            && edges.iter().all(|e| matches!(e.kind, EdgeKind::Already(_)))
            && cells.iter().all(|c| matches!(c.kind, CellKind::Here(_) | CellKind::Copied(_)))
    }

    /// Prints everything that blocks the goal, and returns the exit status. `reuse` is the option that reuses an
    /// image that looks like the copy.
    pub fn report_blockers(&self, reuse: &str, setup: &Setup) -> Exit {
        self.problems.iter().for_each(|p| say(p));
        for missing in &self.plan.missing {
            say(&tr!(setup.lang, cmd_planned_not_known, missing_name = missing_name(missing, setup.lang)));
        }
        let reasons = self.verdict().reasons;
        let blocks = |f: &&PlanFinding| f.blocking && reasons.contains(&f.cause.reason());
        for finding in self.plan.findings.iter().filter(blocks) {
            let place = finding.region.as_ref().map_or_else(String::new, |r| format!("{r}: "));
            let account = match &finding.account {
                Some(Ok(uin)) => format!("{uin}: "),
                Some(Err(text)) => format!("{text}: "),
                None => String::new(),
            };
            let mut start = format!("{place}{account}");
            for line in reason_lines(&finding.cause.reason(), setup.lang) {
                say(&(std::mem::take(&mut start) + &line));
            }
            if let Cause::LooksLike { image, .. } = &finding.cause {
                say(&tr!(setup.lang, cmd_planned_reuse, image, reuse));
            }
        }
        for (region, why) in &self.refused {
            let (failure, fix) = i18n::job_failure(why, Purpose::Copy, setup.lang);
            let (text, code) = (failure.trim_end_matches(['.', '\u{3002}']), &why.code);
            say(&tr!(setup.lang, cmd_planned_cloud_would_refuse_it, region, text, code));
            if let Some(fix) = fix {
                say(&format!("  -> {fix}"));
            }
        }
        self.exit_status()
    }

    /// Returns the verdict on the whole goal. Copies and shares that exist do not block it if a job of this goal made
    /// them or is to be resumed.
    pub fn verdict(&self) -> Verdict {
        let mut verdict = self.plan.verdict();
        if self.unfinished().is_some() || self.is_there_already() {
            verdict.reasons.retain(|r| !is_existing(r.code));
        }
        verdict
    }

    /// Returns the unfinished job of this goal, which is to be resumed.
    pub fn unfinished(&self) -> Option<&StoredJob> {
        self.old.as_ref().filter(|kept| !kept.job.is_over())
    }

    /// Returns the exit status: `Done` if the job can start.
    pub fn exit_status(&self) -> Exit {
        let done_by_job = self.unfinished().is_some() || self.is_there_already();
        match self.verdict().kind() {
            VerdictKind::Unknown => Exit::Unknown,
            VerdictKind::Allowed if self.refused.is_empty() && (self.plan.is_ready() || done_by_job) => {
                Exit::Done
            }
            _ => Exit::Blocked,
        }
    }

    /// Returns a short description of the job.
    pub fn summary(&self) -> Text {
        let copies = self.plan.cells.iter().filter(|c| matches!(c.kind, CellKind::Copy { .. })).count();
        let shares = self.plan.edges.iter().filter(|e| e.kind == EdgeKind::Add).count();
        let (copies, shares) = (text!(count_copies, n = copies), text!(count_shares, n = shares));
        text!(cmd_planned_summary, id = self.id, copies, gib = self.plan.bytes_gib, shares)
    }

    /// Returns the job before its start, with reasons that block it in its cells and edges.
    fn sketch(&self, setup: &Setup) -> Option<Job> {
        let profile = &setup.profile().name;
        let mut job = self.plan.sketch(&self.goal, &self.facts, profile, Timestamp::now())?;
        for finding in self.plan.findings.iter().filter(|f| f.blocking) {
            let reason = finding.cause.reason();
            let sentence = i18n::sentence(reason.code, &reason.args, setup.lang);
            let failure = JobFailure::new(reason.code.as_str(), sentence);
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

    /// Prints the job before its start.
    pub fn print(&self, setup: &Setup) -> Result<(), CommandError> {
        match self.sketch(setup) {
            Some(job) => job_report::print_plan(&job, setup),
            None => Ok(()),
        }
    }

    /// Prints the plan on stderr before the user is asked.
    pub fn show(&self, setup: &Setup) -> Result<(), CommandError> {
        let Some(job) = self.sketch(setup) else { return Ok(()) };
        job_report::table(&job, setup).lines().for_each(say);
        report_notes(&self.plan.notes, setup.lang);
        Ok(())
    }

    /// Returns the job to start, cleared by the rules.
    pub fn start(&self, setup: &Setup) -> Result<Job, CommandError> {
        let profile = &setup.profile().name;
        let made = self.plan.start(&self.goal, &self.facts, profile, Timestamp::now());
        let mut job = made.map_err(|now| {
            let reasons = now.verdict().reasons;
            let lines: Vec<String> = reasons.iter().flat_map(|r| reason_lines(r, setup.lang)).collect();
            CommandError::Blocked(lines.join("\n").into())
        })?;
        if let Some(kept) = &self.old {
            job.inherit(&kept.job);
        }
        Ok(job)
    }
}

/// Returns whether a reason means that the copy or share exists already.
fn is_existing(code: Code) -> bool {
    matches!(code, Code::ShareAlready | Code::CopySameRegion)
}
