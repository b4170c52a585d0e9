//! Commands that change one image or one instance: gather, judge, ask, do, tell.

use jiff::Timestamp;
use serde::Serialize;
use serde_json::Value;

use crate::{
    cli::{Change, Consent},
    cloud::{self, Client},
    commands::{
        agree::{What, agree_typing},
        check, gather, list, out,
        refused::{drift, refusal, spoken, told},
        say, say_clock,
    },
    facts::FactStore,
    i18n::{
        self,
        lang::{Lang, tell},
    },
    jobs::{
        self, CallRecord, Recorder,
        act::{self, Extra},
        report::CallReport,
    },
    model::{Image, ImageId, ImageKind, Instance, Region, Uin, plain},
    rules::{self, Action, Facts, Kind, Step, Verdict},
    session::{
        error::{ErrorShape, Exit, Fault},
        flags::Format,
        setup::Setup,
    },
};

/// Does what was asked, where the rules let it pass and the person says yes, and prints what came of it.
///
/// # Errors
/// [`Fault`] for what hinders before there is a verdict, and when the person says no.
pub async fn change(change: &Change, consent: Consent, setup: &Setup, format: Format) -> Result<Exit, Fault> {
    let client = setup.client(setup.profile(), None)?;
    let gathered = gather::verdict(&change.action, setup, &client).await;
    say_clock(&client, setup);
    let (verdict, facts, problems) = gathered?;
    check::say_missing(&verdict, &problems, setup.lang);
    let mut work = Work::new(change, verdict, facts, setup.lang);
    if !work.verdict.is_allowed() {
        let state = if work.verdict.kind() == Kind::Blocked { "blocked" } else { "unknown" };
        // A table of what would be done holds the reasons already.
        if format != Format::Table || !consent.dry_run {
            say(&work.shown());
        }
        work.error = Some(refusal(&work.verdict, work.lang));
        if work.could_cancel_first() {
            say(setup.lang.of(
                "--cancel-shares cancels all shares first, as one step",
                "--cancel-shares 会先取消全部共享，一并完成",
            ));
        }
        work.print(state, consent, format)?;
        return Ok(check::exit(&work.verdict));
    }
    if consent.dry_run {
        let told = work.rehearse(&client).await;
        return work.end(told, "planned", consent, format);
    }
    if !consent.yes {
        work.say_notes();
    }
    agree_typing(consent, &work.words(), &work.verdict.acknowledge, work.typed().as_deref(), setup)?;
    let recorder = Recorder {
        journal: Some(setup.journal().await?),
        profile: setup.profile().name.clone(),
        account: work.facts.standing.me.clone(),
        job: None,
    };
    let done = work.perform(&client, &recorder, setup).await;
    work.end(done, "done", consent, format)
}

/// What it is about, as it was before.
#[derive(Debug, Clone, Serialize)]
struct Target {
    id: String,
    name: String,
    region: Region,
}

/// The document for scripts.
#[derive(Serialize)]
struct Document<'a> {
    action: &'static str,
    state: &'static str,
    target: Option<&'a Target>,
    made: Option<&'a str>,
    image: Option<Value>,
    instance: Option<Value>,
    unshared: &'a [Uin],
    verdict: check::Document<'a>,
    calls: Vec<CallReport<'a>>,
    error: Option<&'a ErrorShape>,
}

struct Work {
    /// What is done, in order: the action, after cancelling its shares where that was asked for.
    steps: Vec<Step>,
    action: Action,
    /// What is printed: the verdict on the action, or of several steps all risks and notes.
    verdict: Verdict,
    facts: FactStore,
    lang: Lang,
    target: Option<Target>,
    extra: Extra,
    /// The ID of the instance or image that was made.
    made: Option<String>,
    calls: Vec<CallRecord>,
    image: Option<Image>,
    instance: Option<Instance>,
    unshared: Vec<Uin>,
    error: Option<ErrorShape>,
    /// An error of the cloud in Chinese, and what to do about it; scripts get what `error` has.
    spoken: Option<(String, Option<String>)>,
}

impl Work {
    fn new(change: &Change, verdict: Verdict, facts: FactStore, lang: Lang) -> Self {
        let action = change.action.clone();
        let target = facts.target(&action).map(|(id, name, region)| Target {
            id: id.to_owned(),
            name: name.to_owned(),
            region: region.clone(),
        });
        let alone = Step { action: action.clone(), verdict: verdict.clone() };
        let steps = match change.cancel_shares {
            true => facts.guided(&action).unwrap_or_else(|| vec![alone]),
            false => vec![alone],
        };
        // Of several steps the person is told all.
        let mut whole = verdict;
        if steps.len() > 1 {
            whole = Verdict::default();
            for step in &steps {
                whole.acknowledge.extend(step.verdict.acknowledge.iter().cloned());
                whole.notes.extend(step.verdict.notes.iter().cloned());
            }
        }
        Self {
            steps,
            target,
            action,
            verdict: whole,
            facts,
            lang,
            extra: change.extra.clone(),
            made: None,
            calls: Vec::new(),
            image: None,
            instance: None,
            unshared: Vec::new(),
            error: None,
            spoken: None,
        }
    }

    fn could_cancel_first(&self) -> bool {
        rules::cancel_first(&self.action, &self.verdict).is_some()
    }

    fn shown(&self) -> String {
        check::shown(&self.action, &self.verdict, &self.facts, self.lang).trim_end().to_owned()
    }

    /// What would be done, in a few words.
    fn words(&self) -> What {
        let (en, zh) = match &self.target {
            Some(Target { id, name, region }) => {
                let name = plain(name);
                (format!("{name} ({id}, {region})"), format!("{name}（{id}，{region}）"))
            }
            None => Default::default(),
        };
        let (first, before) = match self.steps.len() > 1 {
            true => ("cancel all shares of and ", "取消全部共享并"),
            false => ("", ""),
        };
        // Before a name, where the bare word does not do.
        let does = match &self.action {
            Action::Rename { .. } => "修改",
            Action::Launch { .. } => "创建实例，使用",
            Action::Reinstall { .. } => "重装",
            Action::Capture { .. } => "制作镜像，来自",
            action => i18n::action(action, Lang::Zh),
        };
        What { en: format!("{first}{} {en}", self.action.word()), zh: format!("{before}{does} {zh}") }
    }

    fn say_notes(&self) {
        for note in &self.verdict.notes {
            say(&plain(&i18n::sentence(note.code, &note.args, self.lang)));
        }
    }

    /// What the person has to type: the image's name where it will be gone, the instance's ID where it will be wiped.
    fn typed(&self) -> Option<String> {
        let target = self.target.as_ref()?;
        match self.action {
            Action::Delete { .. } if !target.name.trim().is_empty() => Some(target.name.clone()),
            Action::Delete { .. } | Action::Reinstall { .. } => Some(target.id.clone()),
            _ => None,
        }
    }

    /// Asks the cloud whether it would work, where it can be asked that without doing it.
    async fn rehearse(&mut self, client: &Client) -> Result<(), cloud::Error> {
        let region = self.target.as_ref().map(|t| t.region.clone());
        // A shared image would be refused for its shares, of which we know.
        let (Some(region), 1) = (region, self.steps.len()) else { return Ok(()) };
        let Some((call, said)) = jobs::dry_run(client, &self.action, &self.extra, &region).await else {
            return Ok(());
        };
        self.calls.push(call);
        said
    }

    /// Does one thing after the other. Each is asked of the rules again when its turn comes.
    async fn perform(
        &mut self,
        client: &Client,
        recorder: &Recorder,
        setup: &Setup,
    ) -> Result<(), cloud::Error> {
        let Some(region) = self.target.as_ref().map(|t| t.region.clone()) else { return Ok(()) };
        for Step { action, verdict } in self.steps.clone() {
            let cleared = match rules::clear(action.clone(), &self.facts, &verdict) {
                Ok(cleared) => cleared,
                Err(verdict) => {
                    self.refused(&verdict);
                    return Ok(());
                }
            };
            let before = action.image().map(|id| accounts(&self.facts, id)).unwrap_or_default();
            let (at, image) = (Timestamp::now(), action.image().and_then(|id| self.facts.image(id)).cloned());
            let done = act::perform_with(client, &cleared, &region, &self.extra, recorder);
            let done = done.await.inspect_err(|e| drift(&action, e))?;
            if let (Some(image), Action::Delete { .. } | Action::Unshare { .. }) = (image, &action) {
                let (shares, me) = (done.shares.as_deref(), self.facts.standing.me.clone());
                let kept = gather::remember_image(&image, shares, done.deleted, me, setup, at).await;
                // It is done; only the record of jobs is older than it.
                if let Err(fault) = kept {
                    say(&fault.told(self.lang, &[]));
                }
            }
            if let Some(error) = &done.unread {
                let (lang, why) = (self.lang, crate::commands::told(error, self.lang));
                say(&tell!(
                    lang,
                    "it is done; what came of it could not be read: {why}",
                    "已执行；无法读回结果：{why}"
                ));
            }
            self.made = done.launched.map(|i| i.to_string()).or(done.captured.map(|i| i.to_string()));
            self.calls.extend(done.calls);
            if let (Some(shares), Some(id)) = (done.shares, action.image()) {
                self.unshared =
                    before.into_iter().filter(|a| shares.iter().all(|s| s.account != *a)).collect();
                self.facts.take_shares(id.clone(), shares);
            }
            self.image = done.image;
            self.instance = done.instance;
        }
        Ok(())
    }

    /// Something changed under way, such as a share that the list goes on showing.
    fn refused(&mut self, verdict: &Verdict) {
        self.error = Some(refusal(verdict, self.lang));
    }

    fn end(
        mut self,
        done: Result<(), cloud::Error>,
        good: &'static str,
        consent: Consent,
        format: Format,
    ) -> Result<Exit, Fault> {
        let mut exit = Exit::Done;
        if let Err(error) = done {
            exit = Fault::Cloud(error.clone()).exit();
            self.error = Some(told(&self.action, &error, self.lang));
            self.spoken = (self.lang == Lang::Zh).then(|| spoken(&self.action, &error));
        } else if self.error.is_some() {
            exit = Exit::Failed;
        }
        if let Some(error) = &self.error {
            let lang = self.lang;
            let id = error.request_id.as_ref();
            let id = id.map(|id| tell!(lang, ", request {id}", "，请求 {id}")).unwrap_or_default();
            let said = || tell!(lang, "{} ({}{id})", "{}（{}{id}）", error.text, error.code);
            let (text, mend) = self.spoken.clone().unwrap_or_else(|| (said(), error.mend.clone()));
            say(&plain(&text));
            if let Some(mend) = mend {
                say(&mend);
            }
            if !self.unshared.is_empty() {
                exit = Exit::Partly;
                let accounts: Vec<&str> = self.unshared.iter().map(Uin::as_str).collect();
                let accounts = accounts.join(lang.of(", ", "、"));
                say(&tell!(lang, "the shares with {accounts} are cancelled", "对 {accounts} 的共享已取消"));
            }
        }
        let state = match exit {
            Exit::Done => good,
            Exit::Partly => "partial",
            _ => "failed",
        };
        self.print(state, consent, format)?;
        Ok(exit)
    }

    fn print(&self, state: &'static str, consent: Consent, format: Format) -> Result<(), Fault> {
        match format {
            Format::Json => out::document(&Document {
                action: self.action.word(),
                state,
                target: self.target.as_ref(),
                made: self.made.as_deref(),
                image: self.image.as_ref().map(|i| list::image_row(i, None, self.lang).json),
                instance: self.instance.as_ref().map(|i| list::instance_row(i).json),
                unshared: &self.unshared,
                verdict: check::document(&self.action, &self.verdict, self.lang),
                calls: self.calls.iter().map(CallReport::from).collect(),
                error: self.error.as_ref(),
            }),
            Format::Csv => out::rows(format, self.lang, &CSV, &[], vec![self.line(state)]),
            Format::Table if consent.dry_run => {
                let last = match self.lang {
                    Lang::En => "dry run: nothing was changed",
                    Lang::Zh => "演练：没有任何更改",
                };
                out::text(&format!("{}\n{last}\n", self.shown()))
            }
            Format::Table if state == "done" => out::text(&self.table(state)),
            Format::Table => Ok(()),
        }
    }

    fn line(&self, state: &str) -> out::Row {
        let target = self.target.as_ref();
        let shown = target
            .map(|t| vec![t.name.clone(), t.id.clone(), t.region.to_string(), state.to_owned()])
            .unwrap_or_default();
        let json = serde_json::json!({
            "action": self.action.word(), "state": state,
            "id": target.map(|t| &t.id), "name": target.map(|t| &t.name), "region": target.map(|t| &t.region),
            "image": self.image.as_ref().map(|i| &i.id), "instance": self.instance.as_ref().map(|i| &i.id),
            "error": self.error.as_ref().map(|e| &e.code),
            "request_id": self.error.as_ref().and_then(|e| e.request_id.as_ref()),
        });
        out::Row { json, shown }
    }

    /// The image or the instance as it is now; of what is gone, what it was.
    fn table(&self, state: &str) -> String {
        match (&self.image, &self.instance) {
            (Some(image), _) => {
                let shares = self.facts.shares(&image.id).map(<[_]>::len);
                out::table(
                    &list::image_head(ImageKind::Own),
                    vec![list::image_row(image, shares, self.lang)],
                    self.lang,
                )
            }
            (_, Some(instance)) => {
                out::table(&list::INSTANCE_HEAD, vec![list::instance_row(instance)], self.lang)
            }
            (None, None) => {
                let word = if matches!(self.action, Action::Delete { .. }) { "deleted" } else { state };
                let row = vec![self.line(i18n::progress(word, self.lang))];
                out::table(&["NAME", "ID", "REGION", "STATE"], row, self.lang)
            }
        }
    }
}

const CSV: [&str; 9] =
    ["action", "state", "id", "name", "region", "image", "instance", "error", "request_id"];

fn accounts(facts: &Facts, id: &ImageId) -> Vec<Uin> {
    facts.shares(id).unwrap_or_default().iter().map(|s| s.account.clone()).collect()
}
