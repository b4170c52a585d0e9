//! `cvmshare plan` and `cvmshare apply`: compare a plan file with the cloud, and make what is missing.

mod diff;
mod file;
mod print;
mod resolve;

use std::{
    num::NonZeroU8,
    path::{Path, PathBuf},
    process::ExitCode,
};

use clap::Args;
use futures_util::future::join_all;

pub use crate::commands::plan::diff::Prune;

use crate::{
    boundary::{self, file::PLAN, output::say},
    cloud::Client,
    commands::{
        action_runner::{ActionRunner, recorder},
        cloud_error::{message, warn_clock},
        confirm::{Consent, confirm},
        job_runner::{JobRunner, exit_of_run},
        plan::{
            diff::{DiffStatus, Difference},
            print::{ApplyResult, Cancelled},
            resolve::PlannedImage,
        },
        verdict::{reason_lines, refusal},
    },
    facts::FactStore,
    jobs::{Job, Journal, act::CallOptions, journal::StoredJob},
    messages::{m, text, tr},
    model::{ImageId, Region, Uin, plain},
    rules::clear,
    session::{
        error::{CommandError, ErrorShape, Exit},
        flags::Format,
        setup::Setup,
    },
};

/// Print the difference between a file and what the cloud has.
#[derive(Debug, Args)]
pub struct PlanArgs {
    /// The file, TOML as in assets/plan.toml; - for stdin
    pub file: PathBuf,
    /// End with this status, not 0, where there is something to do
    #[arg(long, value_name = "STATUS")]
    pub changed_status: Option<std::num::NonZeroU8>,
}

/// Do what a file declares.
#[derive(Debug, Args)]
pub struct ApplyArgs {
    /// The file, TOML as in assets/plan.toml; - for stdin
    pub file: PathBuf,
    /// Cancel the shares of these images that are not in the file: those made from here, or all with --prune=all
    #[arg(long, value_name = "WHICH", num_args = 0..=1, require_equals = true, default_missing_value = "ours")]
    pub prune: Option<Prune>,
    /// End with this status, not 0, where something was changed
    #[arg(long, value_name = "STATUS")]
    pub changed_status: Option<std::num::NonZeroU8>,
    /// Whether to ask
    #[command(flatten)]
    pub consent: Consent,
}

/// Prints the difference.
///
/// # Errors
///
/// [`CommandError`]; [`CommandError::Usage`] if the file is invalid.
pub async fn plan(args: &PlanArgs, setup: &Setup) -> Result<ExitCode, CommandError> {
    let declared = PlannedFile::open(&args.file, None, setup).await?;
    declared.print(args.changed_status, setup)
}

/// Makes what is missing and, if requested, cancels shares that are not in the file.
///
/// # Errors
///
/// [`CommandError`]; [`CommandError::Usage`] if the file is invalid.
pub async fn apply(args: &ApplyArgs, setup: &Setup) -> Result<ExitCode, CommandError> {
    let declared = PlannedFile::open(&args.file, args.prune, setup).await?;
    if args.consent.dry_run || declared.exit_status(setup, false) != Exit::Done || declared.changes() == 0 {
        return declared.print(args.changed_status, setup);
    }
    declared.confirm(args.consent, setup)?;
    let (outcome, exit) = declared.perform(setup).await?;
    print::print(&declared.all, &declared.differences, &outcome, setup)?;
    let (added, gone) = (outcome.changes - outcome.cancelled.len(), outcome.cancelled.len());
    say(&tr!(setup.lang, cmd_plan_added_cancelled, added, gone));
    Ok(exit_code(exit, outcome.changes, args.changed_status))
}

/// Returns the exit status. `changed` replaces `Done` if there are changes.
fn exit_code(exit: Exit, changes: usize, changed: Option<NonZeroU8>) -> ExitCode {
    match changed {
        Some(status) if exit == Exit::Done && changes > 0 => status.get().into(),
        _ => exit.into(),
    }
}

/// Returns the text of the file, and its name for messages.
fn read(path: &Path) -> Result<(String, String), CommandError> {
    let (name, read) = match path.as_os_str().as_encoded_bytes() {
        b"-" => ("stdin".to_owned(), boundary::file::read_stdin(PLAN)),
        _ => (plain(&path.display().to_string()).into_owned(), boundary::file::read_text(path, PLAN)),
    };
    let text = read.map_err(|e| CommandError::Usage(text!(plan_unreadable, name, why = e.text())))?;
    Ok((text, name))
}

/// A file with its plan, and the facts that were read for it.
struct PlannedFile {
    client: Client,
    journal: Journal,
    all: Vec<PlannedImage>,
    differences: Vec<Difference>,
    facts: FactStore,
    prunes: Vec<(Region, ImageId, Vec<Uin>)>,
}

impl PlannedFile {
    async fn open(file: &Path, prune: Option<Prune>, setup: &Setup) -> Result<Self, CommandError> {
        let (text, name) = read(file)?;
        let names = file::names(&setup.config.groups, &setup.accounts);
        let entries = file::read(&text, &name, names)?;
        let client = setup.client(setup.profile(), None)?;
        let journal = setup.journal().await?;
        let all = resolve::resolve(entries, &name, setup, &client).await;
        warn_clock(&client, setup);
        let all = all?;
        let (differences, facts) = diff::differences(&all, &client).await?;
        let prunes = diff::prunes(&differences, prune);
        Ok(Self { client, journal, all, differences, facts, prunes })
    }

    /// Returns the number of copies and shares with a step.
    fn count(&self, step: DiffStatus) -> usize {
        let copies = self.differences.iter().flat_map(|d| &d.copies).map(|c| c.step);
        let shares = self.differences.iter().flat_map(|d| &d.shares).map(|s| s.step);
        copies.chain(shares).filter(|s| *s == step).count()
    }

    /// Returns the number of shares to cancel.
    fn cancels(&self) -> usize {
        self.prunes.iter().map(|(.., accounts)| accounts.len()).sum()
    }

    /// Returns the number of copies and shares to make and of shares to cancel.
    fn changes(&self) -> usize {
        self.count(DiffStatus::Add) + self.cancels()
    }

    /// Returns the exit status: `Done` if everything can be done. If `tell` is set, prints what blocks it.
    fn exit_status(&self, setup: &Setup, tell: bool) -> Exit {
        let mut worst = Exit::Done;
        for one in self.all.iter().filter(|w| !diff::is_unchanged(w) && w.planned.unfinished().is_none()) {
            let exit = one.planned.exit_status();
            if exit != Exit::Done && tell {
                let (line, name, id) = (one.entry.line, &one.image.name, &one.image.id);
                say(&plain(&tr!(setup.lang, cmd_plan_line, line, name, id)));
                let reuse = setup.lang.text(m::cmd_plan_reuse_true);
                one.planned.report_blockers(reuse, setup);
            }
            worst = match (worst, exit) {
                (Exit::Blocked, _) | (_, Exit::Blocked) => Exit::Blocked,
                (Exit::Unknown, _) | (_, Exit::Unknown) => Exit::Unknown,
                _ => Exit::Done,
            };
        }
        let (_, reasons) = diff::risks(&self.all, &self.prunes, &self.facts);
        for reason in &reasons {
            worst = Exit::Blocked;
            if tell {
                reason_lines(reason, setup.lang).iter().for_each(|line| say(line));
            }
        }
        worst
    }

    /// Prints the difference without changing anything.
    fn print(&self, changed: Option<NonZeroU8>, setup: &Setup) -> Result<ExitCode, CommandError> {
        let exit = self.exit_status(setup, true);
        let changes = self.changes();
        let state = match exit {
            Exit::Blocked => "blocked",
            Exit::Unknown => "unknown",
            _ if changes > 0 => "planned",
            _ => "same",
        };
        let outcome = ApplyResult { state, changes, ..ApplyResult::default() };
        print::print(&self.all, &self.differences, &outcome, setup)?;
        if setup.flags.output == Format::Table {
            let (add, there, extra) =
                (self.count(DiffStatus::Add), self.count(DiffStatus::There), self.count(DiffStatus::Extra));
            say(&tr!(setup.lang, cmd_plan_summary_add, add, there, extra));
        }
        Ok(exit_code(exit, changes, changed))
    }

    fn confirm(&self, consent: Consent, setup: &Setup) -> Result<(), CommandError> {
        let (risks, _) = diff::risks(&self.all, &self.prunes, &self.facts);
        if !consent.yes {
            print::table(&self.all, &self.differences, setup).lines().for_each(say);
        }
        let (add, gone) = (self.count(DiffStatus::Add), self.cancels());
        let what = text!(cmd_plan_summary_cancel, add, gone);
        confirm(consent, &what, &risks, None, setup)
    }

    async fn perform(&self, setup: &Setup) -> Result<(ApplyResult, Exit), CommandError> {
        let mut jobs: Vec<(Job, Option<&StoredJob>)> = Vec::new();
        for one in &self.all {
            if let Some(kept) = one.planned.unfinished() {
                jobs.push((kept.job.clone(), Some(kept)));
            } else if one.planned.plan.is_ready() {
                let job = one.planned.start(setup)?;
                self.journal.begin(&job, setup.endpoint_of(setup.profile())).await?;
                jobs.push((job, None));
            }
        }
        let mut outcome = ApplyResult::default();
        let (mut worst, mut good) = (Exit::Done, 0);
        let runner = JobRunner::new(setup, &self.journal, false)?;
        let runs = jobs.iter().map(async |(job, kept)| match kept {
            Some(kept) => runner.resume(kept, None).await,
            None => runner.run(job, None).await,
        });
        for ((job, _), result) in jobs.iter().zip(join_all(runs).await) {
            let exit = exit_of_run(&job.id, &result, setup);
            worst = if worst == Exit::Done { exit } else { worst };
            match result {
                Ok(ran) => {
                    good += usize::from(matches!(exit, Exit::Done | Exit::Partly));
                    outcome.changes += added(job, &ran.job);
                    outcome.jobs.push(ran.job);
                }
                Err(fault) => {
                    outcome.error = Some(ErrorShape::from_command(&fault, setup.lang, &[]));
                    outcome.jobs.push(job.clone());
                }
            }
        }
        match worst {
            Exit::Done => worst = self.cancel(&mut outcome, setup).await,
            _ if !self.prunes.is_empty() => say(setup.lang.text(m::cmd_plan_nothing_cancelled)),
            _ => {}
        }
        if worst == Exit::Failed && good > 0 {
            worst = Exit::Partly;
        }
        outcome.state = match worst {
            Exit::Done => "done",
            Exit::Partly => "partial",
            Exit::Failed => "failed",
            Exit::Blocked => "blocked",
            // The job was interrupted or waits for a sign-in. It can be resumed.
            _ => "running",
        };
        Ok((outcome, worst))
    }

    /// Cancels the shares that are not in the file, image by image.
    async fn cancel(&self, outcome: &mut ApplyResult, setup: &Setup) -> Exit {
        let mut exit = Exit::Done;
        let recorder = recorder(self.journal.clone(), self.facts.standing.me.clone(), None, setup);
        let runner = ActionRunner { client: &self.client, recorder, setup };
        for (region, id, accounts) in &self.prunes {
            let action = diff::cancel(id, accounts);
            let shown = self.facts.verdict(&action);
            let error = match clear(action, &self.facts, &shown) {
                Ok(cleared) => {
                    match runner.perform(&cleared, region, &CallOptions::default(), &self.facts).await {
                        Ok(done) => {
                            if let Some(error) = &done.unread {
                                say(&message(error, setup.lang));
                                exit = Exit::Partly;
                            }
                            let gone = accounts.iter().filter(|a| !done.still_listed.contains(a)).cloned();
                            let gone: Vec<Cancelled> = gone
                                .map(|account| Cancelled {
                                    region: region.clone(),
                                    image_id: id.clone(),
                                    account,
                                })
                                .collect();
                            outcome.changes += gone.len();
                            outcome.cancelled.extend(gone);
                            if !done.still_listed.is_empty() {
                                say(setup.lang.text(m::common_share_list_lags));
                                exit = Exit::Partly;
                            }
                            continue;
                        }
                        Err(error) => ErrorShape::from_cloud(&error, setup.lang, &[]),
                    }
                }
                Err(verdict) => refusal(&verdict, setup.lang),
            };
            let (text, code) = (&error.text, &error.code);
            say(&plain(&tr!(setup.lang, cmd_plan_refused, id, region, text, code)));
            outcome.error = Some(error);
            exit = Exit::Partly;
        }
        match outcome.changes {
            0 if exit == Exit::Partly => Exit::Failed,
            _ => exit,
        }
    }
}

/// Returns the number of copies and shares that a job added.
fn added(before: &Job, after: &Job) -> usize {
    let copies = after.cells.iter().filter(|c| {
        c.is_made_by_job() && c.image.is_some() && before.cell(&c.region).is_none_or(|b| b.image.is_none())
    });
    let shares = after.edges.iter().filter(|e| {
        e.state.is_shared() && before.edge(&e.region, &e.account).is_none_or(|b| !b.state.is_shared())
    });
    copies.count() + shares.count()
}
