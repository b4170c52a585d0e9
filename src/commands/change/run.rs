//! Runs a change: reads facts, checks rules, asks, performs, prints.

use serde::Serialize;
use serde_json::{Value, json};

use crate::{
    boundary::output::say,
    cloud::{self, Client},
    commands::{
        action_runner::{ActionRunner, recorder},
        cloud_error::{log_drift, message, shape},
        confirm::{Consent, confirm},
        lookup,
        printer::{self, Row},
        rows::{INSTANCE_HEAD, image_head, image_row, instance_row},
        verdict::{self, exit_status, refusal, report_notes, warn_missing},
    },
    facts::FactStore,
    i18n,
    jobs::{self, CallRecord, act::CallOptions, report::CallReport},
    messages::{Text, m, text, tr},
    model::{Image, ImageKind, Instance, Region, Uin, plain},
    rules::{self, Action, Step, Verdict, VerdictKind},
    session::{
        error::{CommandError, ErrorShape, Exit},
        flags::Format,
        setup::Setup,
    },
};

/// A change of one image or one instance.
#[derive(Debug, Clone)]
pub(super) struct Change {
    pub action: Action,
    /// Whether to cancel all shares first, if nothing else blocks the action.
    pub cancel_shares: bool,
    /// Parameters of the call that the rules do not need.
    pub extra: CallOptions,
    pub consent: Consent,
}

/// Reads facts, checks the rules, asks for confirmation, performs the change and prints the result.
///
/// # Errors
///
/// [`CommandError`] if there is no verdict, or if the answer is no.
pub(super) async fn run(change: &Change, setup: &Setup) -> Result<Exit, CommandError> {
    let consent = change.consent;
    let client = setup.client(setup.profile(), None)?;
    let (verdict, facts, problems) = lookup::verdict(&change.action, setup, &client).await?;
    warn_missing(&verdict, &problems, setup.lang);
    let mut work = Work::new(change, setup, verdict, facts);
    if !work.verdict.is_allowed() {
        let state = if work.verdict.kind() == VerdictKind::Blocked { "blocked" } else { "unknown" };
        // The table of a dry run contains the reasons already.
        if setup.flags.output != Format::Table || !consent.dry_run {
            say(&work.verdict_table());
        }
        work.outcome.error = Some(refusal(&work.verdict, setup.lang));
        if rules::cancel_first(&change.action, &work.verdict).is_some() {
            say(setup.lang.text(m::cmd_change_use_cancel_shares));
        }
        work.print(state)?;
        return Ok(exit_status(&work.verdict));
    }
    if consent.dry_run {
        let answer = work.rehearse(&client).await;
        return work.finish(answer, "planned");
    }
    if !consent.yes {
        report_notes(&work.verdict.notes, setup.lang);
    }
    confirm(consent, &work.summary(), &work.verdict.acknowledge, work.text_to_type().as_deref(), setup)?;
    let me = work.facts.standing.me.clone();
    let recorder = recorder(setup.journal().await?, me, None, setup);
    let runner = ActionRunner { client: &client, recorder, setup };
    let done = work.perform(&runner).await;
    work.finish(done, "done")
}

/// The image or instance before the change.
#[derive(Debug, Clone, Serialize)]
struct ChangeTarget {
    id: String,
    name: String,
    region: Region,
}

/// The JSON document.
#[derive(Serialize)]
struct Document<'a> {
    action: &'static str,
    state: &'static str,
    target: Option<&'a ChangeTarget>,
    made: Option<&'a str>,
    image: Option<Value>,
    instance: Option<Value>,
    unshared: &'a [Uin],
    verdict: verdict::Document<'a>,
    calls: Vec<CallReport<'a>>,
    error: Option<&'a ErrorShape>,
}

struct Work<'a> {
    change: &'a Change,
    setup: &'a Setup,
    /// The steps in order: the action, after cancelling its shares if requested.
    steps: Vec<Step>,
    /// The verdict to print: that of the action, or of several steps with all risks and notes.
    verdict: Verdict,
    facts: FactStore,
    target: Option<ChangeTarget>,
    outcome: ChangeResult,
}

/// The result of the steps.
#[derive(Default)]
struct ChangeResult {
    /// The ID of the instance or image that was created.
    made: Option<String>,
    calls: Vec<CallRecord>,
    image: Option<Image>,
    instance: Option<Instance>,
    unshared: Vec<Uin>,
    error: Option<ErrorShape>,
}

impl<'a> Work<'a> {
    fn new(change: &'a Change, setup: &'a Setup, verdict: Verdict, facts: FactStore) -> Self {
        let action = &change.action;
        let target = facts.target(action).map(|(id, name, region)| ChangeTarget {
            id: id.to_owned(),
            name: name.to_owned(),
            region: region.clone(),
        });
        let alone = Step { action: action.clone(), verdict: verdict.clone() };
        let steps = match change.cancel_shares {
            true => facts.guided(action).unwrap_or_else(|| vec![alone]),
            false => vec![alone],
        };
        let mut whole = verdict;
        if steps.len() > 1 {
            whole = Verdict::default();
            for step in &steps {
                whole.acknowledge.extend(step.verdict.acknowledge.iter().cloned());
                whole.notes.extend(step.verdict.notes.iter().cloned());
            }
        }
        Self { change, setup, steps, verdict: whole, facts, target, outcome: ChangeResult::default() }
    }

    fn verdict_table(&self) -> String {
        verdict::table(&self.change.action, &self.verdict, &self.facts, self.setup.lang).trim_end().to_owned()
    }

    /// Returns a short description of the change.
    fn summary(&self) -> Text {
        let target = self.target.as_ref();
        let target = target
            .map(|ChangeTarget { id, name, region }| text!(change_target, name = plain(name), id, region));
        let target = target.unwrap_or_default();
        match &self.change.action {
            _ if self.steps.len() > 1 => text!(change_cancel_and_delete, target),
            Action::Rename { .. } => text!(change_rename, target),
            Action::Launch { .. } => text!(change_launch, target),
            Action::Reinstall { .. } => text!(change_reinstall, target),
            Action::Capture { .. } => text!(change_capture, target),
            Action::Delete { .. } => text!(change_delete, target),
            action => Text::from(format!("{} {}", action.as_str(), target.render(self.setup.lang))),
        }
    }

    /// Returns the text that the user must type: the name of an image to delete, the ID of an instance to wipe.
    fn text_to_type(&self) -> Option<String> {
        let target = self.target.as_ref()?;
        match self.change.action {
            Action::Delete { .. } if !target.name.trim().is_empty() => Some(target.name.clone()),
            Action::Delete { .. } | Action::Reinstall { .. } => Some(target.id.clone()),
            _ => None,
        }
    }

    /// Sends a dry run to the cloud, if the action has one.
    async fn rehearse(&mut self, client: &Client) -> Result<(), cloud::Error> {
        let region = self.target.as_ref().map(|t| t.region.clone());
        // No dry run if the shares are to be cancelled first: the image is still shared and would be refused.
        let (Some(region), 1) = (region, self.steps.len()) else { return Ok(()) };
        let dry_run = jobs::dry_run(client, &self.change.action, &self.change.extra, &region);
        let Some((call, answer)) = dry_run.await else { return Ok(()) };
        self.outcome.calls.push(call);
        answer
    }

    /// Performs the steps. Checks the rules again before each.
    async fn perform(&mut self, runner: &ActionRunner<'_>) -> Result<(), cloud::Error> {
        let Some(region) = self.target.as_ref().map(|t| t.region.clone()) else { return Ok(()) };
        for Step { action, verdict } in self.steps.clone() {
            let cleared = match rules::clear(action.clone(), &self.facts, &verdict) {
                Ok(cleared) => cleared,
                Err(verdict) => {
                    // The facts have changed since the confirmation.
                    self.outcome.error = Some(refusal(&verdict, self.setup.lang));
                    return Ok(());
                }
            };
            let before = action.image().and_then(|id| self.facts.shares(id)).unwrap_or_default().to_vec();
            let extra = &self.change.extra;
            let done = runner.perform(&cleared, &region, extra, &self.facts).await;
            let done = done.inspect_err(|e| log_drift(&action, e))?;
            if let Some(error) = &done.unread {
                let why = message(error, self.setup.lang);
                say(&tr!(self.setup.lang, cmd_change_done_not_read_back, why));
            }
            self.outcome.made = done.launched.map(|i| i.to_string()).or(done.captured.map(|i| i.to_string()));
            self.outcome.calls.extend(done.calls);
            if let (Some(shares), Some(id)) = (done.shares, action.image()) {
                let gone = before.into_iter().map(|s| s.account);
                self.outcome.unshared = gone.filter(|a| shares.iter().all(|s| s.account != *a)).collect();
                self.facts.set_shares(id.clone(), shares);
            }
            (self.outcome.image, self.outcome.instance) = (done.image, done.instance);
        }
        Ok(())
    }

    /// Prints the error, if any, and the result.
    fn finish(mut self, done: Result<(), cloud::Error>, good: &'static str) -> Result<Exit, CommandError> {
        let mut exit = Exit::Done;
        if let Err(error) = done {
            exit = CommandError::Cloud(error.clone()).exit();
            self.outcome.error = Some(shape(&self.change.action, &error, self.setup.lang));
        } else if self.outcome.error.is_some() {
            exit = Exit::Failed;
        }
        let (ChangeResult { error, unshared, .. }, lang) = (&self.outcome, self.setup.lang);
        if let Some(error) = error {
            let id = error.request_id.as_ref();
            let id = id.map(|id| tr!(lang, common_request, id)).unwrap_or_default();
            let text = tr!(lang, cmd_change_error_line, error = error.text, code = error.code, id);
            say(&plain(&text));
            error.fix.iter().for_each(|fix| say(fix));
            if !unshared.is_empty() {
                exit = Exit::Partly;
                let accounts: Vec<&str> = unshared.iter().map(Uin::as_str).collect();
                let accounts = accounts.join(lang.text(m::common_list_comma));
                say(&tr!(lang, cmd_change_shares_with_are_cancelled, accounts));
            }
        }
        let state = match exit {
            Exit::Done => good,
            Exit::Partly => "partial",
            _ => "failed",
        };
        self.print(state)?;
        Ok(exit)
    }

    fn print(&self, state: &'static str) -> Result<(), CommandError> {
        let (ChangeResult { made, image, instance, unshared, calls, error, .. }, lang) =
            (&self.outcome, self.setup.lang);
        match self.setup.flags.output {
            Format::Json => printer::document(&Document {
                action: self.change.action.as_str(),
                state,
                target: self.target.as_ref(),
                made: made.as_deref(),
                image: image.as_ref().map(|i| image_row(i, None, lang).json),
                instance: instance.as_ref().map(|i| instance_row(i).json),
                unshared,
                verdict: verdict::document(&self.change.action, &self.verdict, lang),
                calls: calls.iter().map(CallReport::from).collect(),
                error: error.as_ref(),
            }),
            Format::Csv => {
                let fields = "action,state,id,name,region,image,instance,error,request_id";
                printer::rows(self.setup, fields, &[], vec![self.row(state)])
            }
            Format::Table if self.change.consent.dry_run => {
                let last = lang.text(m::cmd_change_dry_run);
                printer::text(&format!("{}\n{last}\n", self.verdict_table()))
            }
            Format::Table if state == "done" => printer::text(&self.table(state)),
            Format::Table => Ok(()),
        }
    }

    fn row(&self, state: &str) -> Row {
        let (target, ChangeResult { image, instance, error, .. }) = (self.target.as_ref(), &self.outcome);
        let cells = target
            .map(|t| vec![t.name.clone(), t.id.clone(), t.region.to_string(), state.to_owned()])
            .unwrap_or_default();
        let json = json!({
            "action": self.change.action.as_str(), "state": state,
            "id": target.map(|t| &t.id), "name": target.map(|t| &t.name), "region": target.map(|t| &t.region),
            "image": image.as_ref().map(|i| &i.id), "instance": instance.as_ref().map(|i| &i.id),
            "error": error.as_ref().map(|e| &e.code),
            "request_id": error.as_ref().and_then(|e| e.request_id.as_ref()),
        });
        Row { json, cells }
    }

    /// Returns the table: the image or instance after the change, or before it if it was deleted.
    fn table(&self, state: &str) -> String {
        match (&self.outcome.image, &self.outcome.instance) {
            (Some(image), _) => {
                let shares = self.facts.shares(&image.id).map(<[_]>::len);
                let row = image_row(image, shares, self.setup.lang);
                printer::table(image_head(ImageKind::Own), vec![row], self.setup.lang)
            }
            (_, Some(instance)) => {
                printer::table(INSTANCE_HEAD, vec![instance_row(instance)], self.setup.lang)
            }
            (None, None) => {
                let word =
                    if matches!(self.change.action, Action::Delete { .. }) { "deleted" } else { state };
                let row = vec![self.row(i18n::progress(word, self.setup.lang))];
                printer::table(
                    &[m::head_name, m::head_id, m::head_region, m::head_state],
                    row,
                    self.setup.lang,
                )
            }
        }
    }
}
